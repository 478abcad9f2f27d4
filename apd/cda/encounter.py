"""The appointment itself: the encounter in the section's entry.

Source: APD-DK 2.0.1, template 1.2.208.184.14.11.2.
"""

from typing import TypedDict

from apd.cda.conditions import (
    read_indicative,
    read_reason,
    read_repetition,
    write_conditions,
    write_reason,
)
from apd.cda.datatypes import read_id, read_symbol, write_id
from apd.cda.interval import read_interval, write_interval
from apd.cda.location import read_location, write_location
from apd.cda.organization import read_role, write_role
from apd.cda.templates import ENCOUNTER_TEMPLATE, TEMPLATE_DATE
from apd.cda.xml import Element, child, named
from apd.model.appointment import Appointment, Reason, Repetition
from apd.model.codes import CODE_SYSTEM_NAMES, Category, Oid, Status
from apd.model.identifiers import DocumentId, Identifier, MedComId
from apd.model.location import Location
from apd.model.party import Performer
from apd.model.schedule import Schedule

_CATEGORIES: dict[str | None, Category] = {category.value: category for category in Category}
_STATUSES: dict[str | None, Status] = {status.value: status for status in Status}


class EncounterParts(TypedDict):
    """What an encounter says, as arguments of :class:`Appointment`."""

    id: DocumentId | None
    category: Category | None
    status: Status | None
    performer: Performer | None
    location: Location | None
    reason: Reason | None
    repetition: Repetition | None


def read_encounter(encounter: Element) -> EncounterParts:
    """Everything an encounter says but when it is."""
    parts = named(encounter)
    return {
        "id": read_id(parts.get("id"), MedComId, Identifier),
        "category": _CATEGORIES.get(read_symbol(parts.get("code"))),
        "status": _STATUSES.get(read_symbol(parts.get("statusCode"))),
        "performer": _read_performer(parts.get("performer")),
        "location": read_location(encounter),
        "reason": read_reason(encounter),
        "repetition": read_repetition(encounter),
    }


def read_schedule(encounter: Element) -> Schedule | None:
    """When it is; None without a start."""
    indicative, note = read_indicative(encounter)
    return read_interval(child(encounter, "effectiveTime"), indicative=indicative, note=note)


def _read_performer(performer: Element | None) -> Performer | None:
    assigned = None if performer is None else child(performer, "assignedEntity")
    return None if assigned is None else Performer(**read_role(assigned))


def write_encounter(appointment: Appointment) -> list[str]:
    """The children of the encounter, in the order that CDA asks for."""
    category, status = appointment.category, appointment.status
    performer = appointment.performer
    return [
        f'<templateId extension="{TEMPLATE_DATE}" root="{ENCOUNTER_TEMPLATE}"/>',
        *([] if appointment.id is None else [write_id(appointment.id)]),
        *([] if category is None else [_write_category(category)]),
        *([] if status is None else [f'<statusCode code="{status}"/>']),
        write_interval(appointment.schedule),
        *([] if performer is None else [_write_performer(performer)]),
        *write_location(appointment.location),
        *write_reason(appointment.reason),
        *write_conditions(appointment.repetition, appointment.schedule),
    ]


def _write_category(category: Category) -> str:
    return (
        f'<code code="{category}" codeSystem="{Oid.MEDCOM_MESSAGE_CODES}"'
        f' codeSystemName="{CODE_SYSTEM_NAMES[Oid.MEDCOM_MESSAGE_CODES]}"/>'
    )


def _write_performer(performer: Performer) -> str:
    return f'<performer typeCode="PRF">{write_role("assignedEntity", performer)}</performer>'
