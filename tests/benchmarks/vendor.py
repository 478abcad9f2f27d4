"""What a vendor would write in an afternoon: an appointment read with lxml alone, to compare with.

It takes a document of the current release as it should be, and the first of everything: no older
release, no null, no check, no second author, nothing kept. Deliberately nothing of ``apd`` is used.
"""

import datetime
from dataclasses import dataclass

from lxml import etree

NAMES = {"h": "urn:hl7-org:v3"}
ENCOUNTER = "h:component/h:structuredBody/h:component/h:section/h:entry/h:encounter"


@dataclass
class Party:
    """Who takes part, or where."""

    id: str | None
    name: str | None
    address: str
    phones: list[str]


@dataclass
class Appointment:
    """An appointment."""

    document_id: str | None
    cpr: str | None
    patient: Party
    start: datetime.datetime | None
    end: datetime.datetime | None
    reason: str | None
    responsible: Party
    performer: Party
    place: Party


def read(data: bytes) -> Appointment:
    """The appointment in a document."""
    root = etree.fromstring(data)
    role = root.find("h:recordTarget/h:patientRole", NAMES)
    encounter = root.find(ENCOUNTER, NAMES)
    patient = _party(role, "h:patient/h:name")
    return Appointment(
        document_id=_attribute(root, "h:id", "extension"),
        cpr=patient.id,
        patient=patient,
        start=_time(_attribute(encounter, "h:effectiveTime/h:low", "value")),
        end=_time(_attribute(encounter, "h:effectiveTime/h:high", "value")),
        reason=_attribute(encounter, "h:entryRelationship/h:observation/h:code", "displayName"),
        responsible=_party(root.find("h:author/h:assignedAuthor", NAMES), _ORGANIZATION),
        performer=_party(encounter.find("h:performer/h:assignedEntity", NAMES), _ORGANIZATION),
        place=_party(encounter.find("h:participant/h:participantRole", NAMES), _PLACE),
    )


_ORGANIZATION, _PLACE = "h:representedOrganization/h:name", "h:playingEntity/h:name"


def _attribute(element: etree._Element, path: str, name: str) -> str | None:
    found = element.find(path, NAMES)
    return None if found is None else found.get(name)


def _time(value: str | None) -> datetime.datetime | None:
    return datetime.datetime.strptime(value, "%Y%m%d%H%M%S%z") if value else None


def _party(role: etree._Element, name: str) -> Party:
    named, address = role.find(name, NAMES), role.find("h:addr", NAMES)
    return Party(
        id=_attribute(role, "h:id", "extension"),
        name=None if named is None else " ".join(" ".join(named.itertext()).split()),
        address="" if address is None else ", ".join(part.text or "" for part in address),
        phones=[one.get("value", "") for one in role.findall("h:telecom", NAMES)],
    )
