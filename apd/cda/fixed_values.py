"""Values fixed by the schema and the standard: codes, types, names and forms, never personal.

Source: HL7 CDA R2 vocabulary, by the project's own schema; APD-DK 2.0.1 and its older releases.
"""

import re
from functools import cache
from importlib import resources

from apd.cda.xml import HL7, SDTC, XSI
from apd.standard.codes import (
    DOCUMENT_CODE,
    FREE_TEXT,
    PRECONDITIONS,
    REALM,
    REQUESTER_CODES,
    SECTION_CODE,
    TIME_UNITS,
    TYPE_EXTENSION,
    AddressUse,
    Category,
    Confidentiality,
    Gender,
    NullFlavor,
    Status,
    TelecomUse,
)
from apd.standard.identifier_forms import oid_of_short_numbers

NAMESPACES = frozenset((HL7, SDTC, XSI))
"""The namespaces of a document."""
PREFIXES = frozenset(("", "cda", "hl7", "v3", "n1", "sdtc", "xsi", "xml"))
"""The usual prefixes of those namespaces; any other may carry information."""

_LISTS = (AddressUse, Category, Confidentiality, Gender, NullFlavor, Status, TelecomUse)
_CODES = frozenset(
    (
        *(code.value for closed in _LISTS for code in closed),
        *(REALM, DOCUMENT_CODE, SECTION_CODE, FREE_TEXT, TYPE_EXTENSION),
        *REQUESTER_CODES,
        *PRECONDITIONS.values(),
        *TIME_UNITS,
        *("185353001", "RepeatingAppointmentType"),  # of older releases
    )
)
_in_schema = re.compile(r'(?:value|fixed|default)="([A-Za-z][\w.\-]*)"').findall
_types_in_schema = re.compile(r'<xs:(?:complex|simple)Type name="([\w.]+)"').findall
_names_in_schema = re.compile(r'<xs:(?:element|attribute) (?:name|ref)="([\w.:]+)"').findall


@cache
def _schema() -> str:
    folder = resources.files("apd.cda") / "schema"
    files = (file for file in folder.iterdir() if file.name.endswith(".xsd"))
    return "\n".join(file.read_text("utf-8") for file in files)


@cache
def codes() -> frozenset[str]:
    """Codes of the closed lists of HL7 and MedCom."""
    return _CODES | frozenset(_in_schema(_schema()))


@cache
def types() -> frozenset[str]:
    """Names of HL7's data types and classes, as in xsi:type."""
    return frozenset(_types_in_schema(_schema()))


_NAMES_OF_XML = frozenset(
    ("lang", "space", "base", "type", "nil", "schemalocation", "nonamespaceschemalocation")
)


@cache
def names() -> frozenset[str]:
    """Names of the elements and attributes of HL7 and of XML, in lower case."""
    return _NAMES_OF_XML | frozenset(name.lower() for name in _names_in_schema(_schema()))


_fixed_extension = re.compile(r"POCD_HD000040|[0-9]{4}-[0-9]{2}-[0-9]{2}|apd-v[0-9](?:\.[0-9])*")
_LANGUAGES = frozenset(
    (
        *("da", "da-DK", "fo", "fo-FO", "kl", "kl-GL", "en", "en-DK", "en-GB", "en-US"),
        *("de", "de-DE", "sv", "sv-SE", "no", "nb", "nb-NO", "nn", "nn-NO", "fi-FI"),
    )
)
MEDIA_TYPES = frozenset(
    (
        *("text/plain", "text/html", "text/xml", "text/rtf", "text/x-hl7-text+xml"),
        *("application/xml", "application/pdf", "application/msword", "application/dicom"),
        *("image/jpeg", "image/png", "image/gif", "image/tiff", "image/g3fax", "image/svg+xml"),
        *("audio/basic", "audio/mpeg", "video/mpeg", "multipart/x-hl7-cda-level1"),
    )
)
"""The media types of CDA; another could contain anything."""
_small_number = re.compile(r"[0-9]{1,3}%?")


def is_fixed_extension(value: str) -> bool:
    """Whether it is the extension of a template or type, or the version of the profile."""
    return _fixed_extension.fullmatch(value) is not None


def is_language(value: str) -> bool:
    """Whether it is a Nordic language, English or German; others could be names (*ida*)."""
    return value in _LANGUAGES


def is_small_number(value: str) -> bool:
    """Whether it is a number of at most three digits, or a percentage."""
    return _small_number.fullmatch(value) is not None


_KNOWN_ROOTS = ("2.16.840.1.113883.", "1.2.208.184", "1.2.208.176.")
_arcs = re.compile(oid_of_short_numbers(6))


def is_known_oid(value: str) -> bool:
    """Whether it is an OID of HL7, MedCom or Sundhedsdatastyrelsen without a long number."""
    return value.startswith(_KNOWN_ROOTS) and _arcs.fullmatch(value) is not None
