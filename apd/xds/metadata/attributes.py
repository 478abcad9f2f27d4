"""The attributes of document entry and submission set, with their place and format in ebRIM.

Each attribute is a row; reading, writing, listing and checking use these tables.
Source: Danish XDS metadata profile 1.0.1; IHE ITI TF-3, sections 4.2.3.2 and 4.2.3.3.
"""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

from apd.model.code import Code
from apd.xds.ebxml.vocabulary import DOCUMENT_ENTRY_AUTHOR, SUBMISSION_SET_AUTHOR
from apd.xds.metadata import attribute_formats as form
from apd.xds.metadata.composite_values import Author
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.metadata.submission import SubmissionSet


class Place(Enum):
    """The place of an attribute in an ebRIM object."""

    XML = auto()
    """An XML attribute of the object."""
    SLOT = auto()
    NAME = auto()
    VERSION = auto()
    CODE = auto()
    """A classification with a code."""
    AUTHOR = auto()
    """A classification with slots."""
    ID = auto()
    """An external identifier."""


class Optionality(Enum):
    """Whether an attribute is required when an appointment is submitted."""

    REQUIRED = auto()
    EXPECTED = auto()
    """Required, but not by all receivers."""
    OPTIONAL = auto()
    """If known, or by agreement."""
    REPOSITORY = auto()
    """The repository supplies it, or a producer with its own repository."""
    REGISTRY = auto()
    """The registry supplies it."""
    FORBIDDEN = auto()
    """An appointment document cannot have it."""


class Attribute(NamedTuple):
    """One attribute: its name in XDS, the field that holds it, and its place in the ebRIM object.

    ``key`` is the name of its XML attribute, slot or scheme.
    """

    name: str
    field: str
    optionality: Optionality
    format: form.Format
    place: Place
    key: str = ""

    def values(self, holder: object) -> Sequence[Any]:
        """Its values in ebRIM: texts, or the codes and authors of classifications."""
        value = getattr(holder, self.field)
        return () if value is None else self.format.write(value)


_REQUIRED, _EXPECTED, _OPTIONAL = Optionality.REQUIRED, Optionality.EXPECTED, Optionality.OPTIONAL
_REPOSITORY, _REGISTRY, _FORBIDDEN = (
    Optionality.REPOSITORY,
    Optionality.REGISTRY,
    Optionality.FORBIDDEN,
)
_XML, _SLOT, _CODE, _ID = Place.XML, Place.SLOT, Place.CODE, Place.ID

# fmt: off
DOCUMENT_ENTRY: tuple[Attribute, ...] = (
    Attribute("author", "author", _REQUIRED, form.AUTHOR, Place.AUTHOR, DOCUMENT_ENTRY_AUTHOR),
    Attribute("availabilityStatus", "availability_status", _REQUIRED, form.STATUS, _XML, "status"),
    Attribute("classCode", "class_code", _REQUIRED, form.CODE, _CODE,
              "urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a"),
    Attribute("confidentialityCode", "confidentiality_code", _REQUIRED, form.CODE, _CODE,
              "urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f"),
    Attribute("creationTime", "creation_time", _REQUIRED, form.DTM, _SLOT, "creationTime"),
    Attribute("entryUUID", "entry_uuid", _REQUIRED, form.TEXT, _XML, "id"),
    Attribute("eventCodeList", "event_code_list", _OPTIONAL, form.CODES, _CODE,
              "urn:uuid:2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4"),
    Attribute("formatCode", "format_code", _REQUIRED, form.CODE, _CODE,
              "urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d"),
    Attribute("hash", "hash", _REPOSITORY, form.TEXT, _SLOT, "hash"),
    Attribute("healthcareFacilityTypeCode", "healthcare_facility_type_code", _REQUIRED, form.CODE,
              _CODE, "urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1"),
    Attribute("homeCommunityId", "home_community_id", _EXPECTED, form.URN_OF_OID, _XML, "home"),
    Attribute("languageCode", "language_code", _REQUIRED, form.TEXT, _SLOT, "languageCode"),
    Attribute("legalAuthenticator", "legal_authenticator", _FORBIDDEN, form.XCN, _SLOT,
              "legalAuthenticator"),
    Attribute("logicalID", "logical_id", _REGISTRY, form.TEXT, _XML, "lid"),
    Attribute("mimeType", "mime_type", _REQUIRED, form.TEXT, _XML, "mimeType"),
    Attribute("objectType", "object_type", _REQUIRED, form.OBJECT_TYPE, _XML, "objectType"),
    Attribute("patientId", "patient_id", _REQUIRED, form.CX, _ID,
              "urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427"),
    Attribute("practiceSettingCode", "practice_setting_code", _REQUIRED, form.CODE, _CODE,
              "urn:uuid:cccf5598-8b07-4b77-a05e-ae952c785ead"),
    Attribute("referenceIdList", "reference_id_list", _OPTIONAL, form.REFERENCES, _SLOT,
              "urn:ihe:iti:xds:2013:referenceIdList"),
    Attribute("repositoryUniqueId", "repository_unique_id", _REPOSITORY, form.OID, _SLOT,
              "repositoryUniqueId"),
    Attribute("serviceStartTime", "service_start_time", _REQUIRED, form.DAY_OR_DTM,
              _SLOT, "serviceStartTime"),
    Attribute("serviceStopTime", "service_stop_time", _OPTIONAL, form.DAY_OR_DTM,
              _SLOT, "serviceStopTime"),
    Attribute("size", "size", _REPOSITORY, form.NUMBER, _SLOT, "size"),
    Attribute("sourcePatientId", "source_patient_id", _REQUIRED, form.CX, _SLOT,
              "sourcePatientId"),
    Attribute("sourcePatientInfo", "source_patient_info", _REQUIRED, form.PID, _SLOT,
              "sourcePatientInfo"),
    Attribute("title", "title", _REQUIRED, form.TITLE, Place.NAME),
    Attribute("typeCode", "type_code", _REQUIRED, form.CODE, _CODE,
              "urn:uuid:f0306f51-975f-434e-a61c-c59651d33983"),
    Attribute("uniqueId", "unique_id", _REQUIRED, form.UNIQUE_ID, _ID,
              "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab"),
    Attribute("URI", "uri", _OPTIONAL, form.TEXT, _SLOT, "URI"),
    Attribute("version", "version", _REGISTRY, form.NUMBER, Place.VERSION),
)

SUBMISSION_SET: tuple[Attribute, ...] = (
    Attribute("author", "author", _REQUIRED, form.AUTHOR, Place.AUTHOR, SUBMISSION_SET_AUTHOR),
    Attribute("availabilityStatus", "availability_status", _REQUIRED, form.STATUS, _XML, "status"),
    Attribute("contentTypeCode", "content_type_code", _REQUIRED, form.CODE, _CODE,
              "urn:uuid:aa543740-bdda-424e-8c96-df4873be8500"),
    Attribute("entryUUID", "entry_uuid", _REQUIRED, form.TEXT, _XML, "id"),
    Attribute("homeCommunityId", "home_community_id", _EXPECTED, form.URN_OF_OID, _XML, "home"),
    Attribute("patientId", "patient_id", _REQUIRED, form.CX, _ID,
              "urn:uuid:6b5aea1a-874d-4603-a4bc-96a0a7b38446"),
    Attribute("sourceId", "source_id", _REQUIRED, form.OID, _ID,
              "urn:uuid:554ac39e-e3fe-47fe-b233-965d2a147832"),
    Attribute("submissionTime", "submission_time", _REQUIRED, form.DTM, _SLOT, "submissionTime"),
    Attribute("title", "title", _REQUIRED, form.TITLE, Place.NAME),
    Attribute("uniqueId", "unique_id", _REQUIRED, form.OID, _ID,
              "urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8"),
)
# fmt: on


# --- as a list -----------------------------------------------------------------------------


class Listed(NamedTuple):
    """One value of an attribute, in the format of the metadata.

    Args:
        name: the attribute's name in XDS; ``author.authorPerson`` for a part of one.
        value: the text, or the code.
        display: the name of a code, or None.
        system: OID of a code's system, or None.
    """

    name: str
    value: str
    display: str | None = None
    system: str | None = None


def metadata(holder: DocumentEntry | SubmissionSet) -> tuple[Listed, ...]:
    """The known attributes, a row for each value. They show the patient unmasked.

    Args:
        holder: a document entry or a submission set.
    """
    table = DOCUMENT_ENTRY if isinstance(holder, DocumentEntry) else SUBMISSION_SET
    values = [(row.name, value) for row in table for value in row.values(holder)]
    return tuple([listed for name, value in values for listed in _rows(name, value)])


def _rows(name: str, value: Any) -> Iterator[Listed]:
    if isinstance(value, Code):
        yield Listed(name, value.code, value.display, value.system)
    elif isinstance(value, Author):
        for part, text in form.write_author(value).items():
            yield Listed(f"{name}.{part}", text)
    else:
        yield Listed(name, value)


_MANY = frozenset({"eventCodeList", "referenceIdList", "sourcePatientInfo"})


def metadata_json(holder: DocumentEntry | SubmissionSet) -> dict[str, Any]:
    """The known attributes, for :func:`json.dumps`; they show the patient unmasked.

    Args:
        holder: a document entry or a submission set.

    Returns:
        The attributes by name: a text, or for a code ``code``, ``codeSystem`` and ``display``; a
        list if there may be several.
    """
    found: dict[str, Any] = {}
    for listed in metadata(holder):
        value: Any = listed.value
        if listed.system is not None:
            value = {
                "code": listed.value,
                "codeSystem": listed.system,
                "display": listed.display,
            }
        if listed.name in _MANY:
            found.setdefault(listed.name, []).append(value)
        else:
            found[listed.name] = value
    return found
