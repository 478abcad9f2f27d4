"""The parts of a document that the grammar keeps, for the reader and for the rules."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from apd.standard import paths
from apd.standard.codes import Oid
from apd.standard.paths import Having, Path


class Kept(NamedTuple):
    """The parts of an admitted document that are kept, by name.

    Args:
        attributes: values of attributes, by the place of the element and the attribute.
        texts: the text of elements that have no parts.
        elements: all elements of a place.
        places: elements of which only the place in the text is kept.
    """

    attributes: Mapping[tuple[Path, str], str]
    texts: Mapping[Path, str]
    elements: Mapping[Path, str]
    places: Mapping[Path, str]

    def element(self, paths: Collection[Path]) -> str | None:
        """The name under which an element in some places, or its own place, is kept."""
        for kept in (self.elements, self.places):
            for path, name in kept.items():
                if path in paths:
                    return name
        return None


KeptParts = Mapping[str, str]
"""The parts of one document by name, as they are written; an empty text for what it has not."""

HEADER = "header"
"""The name under which the place behind the start tag of the root is kept."""
PARSED = (
    *("provider_organization", "responsible", "requester"),
    *("custodian", "performer", "location"),
)
"""The names of elements that the reader may parse, so that what is in them need not be admitted."""
PARSED_TOGETHER = ("authors", "documentations", "authorization", "precondition")
"""Those of all siblings of a name that it may parse, so that none of them need be admitted."""


def unadmitted(name: str) -> str:
    """The name of a part that is empty unless what is in an element is not admitted."""
    return f"{name}_unadmitted"


KEPT = Kept(
    attributes={
        (paths.BODY_INTERVAL / "low", "value"): "begins",
        (paths.BODY_INTERVAL / "high", "value"): "ends",
        (paths.HEADER_INTERVAL / "low", "value"): "begins_in_header",
        (paths.BODY_INTERVAL / "high", "nullFlavor"): "null_end",
        (paths.HEADER_INTERVAL / "high", "value"): "ends_in_header",
        (paths.HEADER_INTERVAL / "high", "nullFlavor"): "null_end_in_header",
        (paths.ROOT / "effectiveTime", "value"): "made",
        (paths.ROOT / "id", "extension"): "document_id",
        (paths.ENCOUNTER / "id", "extension"): "appointment_id",
        ((paths.PATIENT_ROLE / "id").which(Having("root", Oid.CPR)), "extension"): "cpr",
        (paths.PATIENT / "birthTime", "value"): "birth",
        (paths.PATIENT / "administrativeGenderCode", "code"): "gender",
        (paths.PARTICIPANT, "typeCode"): "location_type",
        (paths.ROOT / "confidentialityCode", "code"): "confidentiality",
        (paths.ROOT / "languageCode", "code"): "language",
        (paths.ROOT / "versionNumber", "value"): "version_number",
        (paths.RESPONSIBLE / "time", "value"): "responsible_time",
        (paths.REQUESTER / "time", "value"): "requester_time",
        (paths.ENCOUNTER / "code", "code"): "category",
        (paths.ENCOUNTER / "statusCode", "code"): "status",
    },
    texts={paths.ROOT / "title": "title"},
    elements={
        paths.ROOT / "id": "document_ids",
        paths.ROOT / "setId": "set_ids",
        paths.PATIENT_ROLE / "id": "patient_ids",
        paths.PATIENT_ROLE / "addr": "home",
        paths.PATIENT_ROLE / "telecom": "patient_telecoms",
        paths.PATIENT / "name": "patient_name",
        paths.PROVIDER_ORGANIZATION: "provider_organization",
        paths.AUTHOR: "authors",
        paths.RESPONSIBLE / "assignedAuthor": "responsible",
        paths.REQUESTER / "assignedAuthor": "requester",
        paths.CUSTODIAN: "custodian",
        paths.PERFORMER / "telecom": "performer_telecoms",
        paths.LOCATION / "addr": "location_address",
        paths.LOCATION / "telecom": "location_telecoms",
        paths.ROOT / "documentationOf": "documentations",
        paths.ROOT / "authorization": "authorization",
        paths.EPISODE / "templateId": "episode",
        paths.EPISODE / "id": "episode_ids",
        paths.EPISODE / "code": "episode_label",
        paths.ENCOUNTER / "id": "appointment_ids",
        paths.ENCOUNTER / "performer": "performer",
        paths.PARTICIPANT: "location",
        paths.LOCATION / "id": "location_ids",
        paths.PLACE / "name": "place",
        paths.REASON_CODE: "reason",
        paths.PRECONDITION: "precondition",
        paths.SECTION_TEXT: "text",
    },
    places={paths.SECTION: "section", paths.ENCOUNTER: "encounter"},
)
"""The parts of a document that the grammar keeps."""
