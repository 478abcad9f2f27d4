"""The appointment itself: the encounter in the section's entry.

Source: APD-DK 2.0.1, template 1.2.208.184.14.11.2.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from operator import attrgetter
from typing import Any, cast

from apd.cda.datatypes import read_document_id, read_symbol, write_id
from apd.cda.document_parts import Part, fixed
from apd.cda.grammar.kept import KeptParts
from apd.cda.interval import read_interval, schedule_of, write_interval
from apd.cda.location import kept_location, read_location, write_location
from apd.cda.organization import read_role, write_others_in_role, write_role
from apd.cda.preconditions import (
    PRECONDITIONS_PART,
    Criteria,
    Preconditions,
    find_criteria,
    kept_criteria,
    read_indicative,
    read_preconditions,
)
from apd.cda.reason import kept_reason, read_reason, write_reason
from apd.cda.service_events import Events, find_header_interval
from apd.cda.written import attributes_in, recalled_text
from apd.cda.xml import (
    CODE,
    EFFECTIVE_TIME,
    ID,
    Children,
    Element,
    children,
    first,
    hl7,
    recalled,
)
from apd.model.appointment import Reason
from apd.model.identifiers import DocumentId
from apd.model.identity import is_another
from apd.model.location import HomeLocation, Location
from apd.model.party import Patient, Performer
from apd.model.schedule import Schedule
from apd.standard.codes import CODE_SYSTEM_NAMES, ENCOUNTER_TEMPLATE, Category, Oid, Status
from apd.standard.releases import Release

_STATUS_CODE, _PRECONDITION = hl7("statusCode"), hl7("precondition")
_PERFORMER, _ENTITY = hl7("performer"), hl7("assignedEntity")
_CATEGORIES: dict[str | None, Category] = {category.value: category for category in Category}
_STATUSES: dict[str | None, Status] = {status.value: status for status in Status}

_MESSAGE_CODES = (
    f'codeSystem="{Oid.MEDCOM_MESSAGE_CODES}"'
    f' codeSystemName="{CODE_SYSTEM_NAMES[Oid.MEDCOM_MESSAGE_CODES]}"'
)


class EncounterParts(Preconditions):
    """The content of an encounter except its schedule, as arguments of an appointment."""

    id: DocumentId | None
    category: Category | None
    status: Status | None
    performer: Performer | None
    location: Location | None
    reason: Reason | None


def read_encounter(encounter: Element, events: Events) -> tuple[Schedule | None, EncounterParts]:
    """The schedule of the appointment, None without a start, and everything else that is stated.

    The service events of the header repeat the effectiveTime; it is read if this one has no start.
    """
    parts = children(encounter)
    criteria = find_criteria(parts.get(_PRECONDITION, ()))
    fields: Any = {field: read(encounter, parts) for _, field, read in _FIELDS}
    fields |= read_preconditions(criteria)
    return _read_schedule(_intervals(parts, events), criteria), cast(EncounterParts, fields)


SCHEDULE = frozenset(("effectiveTime", "precondition"))
"""The elements of the encounter that carry the schedule together."""


def read_named(
    encounter: Element, events: Events, names: Collection[str]
) -> Iterator[tuple[str, object]]:
    """The fields that some elements of the encounter carry, and what they say of each."""
    parts = children(encounter)
    for name, field, read in _FIELDS:
        if name in names:
            yield field, read(encounter, parts)
    if not SCHEDULE.isdisjoint(names):
        criteria = find_criteria(parts.get(_PRECONDITION, ()))
        yield "schedule", _read_schedule(_intervals(parts, events), criteria)
        yield from read_preconditions(criteria).items()


def kept_encounter(kept: KeptParts) -> tuple[Schedule | None, EncounterParts]:
    """As :func:`read_encounter`, of a document that the grammar admits."""
    criteria = kept_criteria(kept)
    indicative, note = read_indicative(criteria)
    schedule = schedule_of(kept["begins"], kept["ends"], indicative=indicative, note=note)
    return schedule, {
        "id": read_document_id(attributes_in(kept["appointment_ids"])),
        "category": _CATEGORIES.get(kept["category"]),
        "status": _STATUSES.get(kept["status"]),
        "performer": recalled_text(_read_performer, kept["performer"]),
        "location": kept_location(kept),
        "reason": kept_reason(kept),
        **read_preconditions(criteria),
    }


def _intervals(encounter: Children, events: Events) -> Iterator[Element | None]:
    yield first(encounter, EFFECTIVE_TIME)
    yield find_header_interval(events)


def read_schedule(encounter: Element) -> Schedule | None:
    """The schedule in the encounter itself; None without a start."""
    parts = children(encounter)
    criteria = find_criteria(parts.get(_PRECONDITION, ()))
    return _read_schedule((first(parts, EFFECTIVE_TIME),), criteria)


def _read_schedule(intervals: Iterable[Element | None], criteria: Criteria) -> Schedule | None:
    """The first of these intervals that has a start."""
    indicative, note = read_indicative(criteria)
    found = (read_interval(one, indicative=indicative, note=note) for one in intervals)
    return next((schedule for schedule in found if schedule is not None), None)


def _performer(performer: Element | None) -> Performer | None:
    return None if performer is None else recalled(_read_performer, performer)


def _read_performer(performer: Element) -> Performer | None:
    assigned = first(children(performer), _ENTITY)
    return None if assigned is None else Performer(**read_role(children(assigned)))


_FIELDS: tuple[tuple[str, str, Callable[[Element, Children], object]], ...] = (
    ("id", "id", lambda _, parts: read_document_id(parts.get(ID, ()))),
    ("code", "category", lambda _, parts: _CATEGORIES.get(read_symbol(first(parts, CODE)))),
    (
        "statusCode",
        "status",
        lambda _, parts: _STATUSES.get(read_symbol(first(parts, _STATUS_CODE))),
    ),
    ("performer", "performer", lambda _, parts: _performer(first(parts, _PERFORMER))),
    ("participant", "location", lambda encounter, _: read_location(encounter)),
    ("entryRelationship", "reason", lambda encounter, _: read_reason(encounter)),
)
"""Elements of the encounter, the fields of an appointment that each carries, and its reader; but
for those that carry the schedule."""


def _write_category(category: Category | None, _: Release) -> str:
    return "" if category is None else f'<code code="{category}" {_MESSAGE_CODES}/>'


def _write_performer(performer: Performer | None, _: Release) -> str:
    if performer is None:
        return ""
    return f'<performer typeCode="PRF">{write_role("assignedEntity", performer)}</performer>'


def _write_other_performer(
    old: Performer | None, new: Performer | None, release: Release
) -> tuple[str, ...]:
    if is_another(old, new):
        return (_write_performer(new, release),)
    if old is None or new is None:
        return ()
    return tuple(write_others_in_role(old, new))


_Place = tuple[Location | None, Patient]
"""A location, and whose home it is if it is a home."""


def _write_place(place: _Place, release: Release) -> str:
    return write_location(place[0], release)


def _write_other_place(old: _Place, new: _Place, release: Release) -> tuple[str, ...]:
    is_other_home = isinstance(new[0], HomeLocation) and is_another(old[1], new[1])
    return (_write_place(new, release),) if is_other_home or is_another(old[0], new[0]) else ()


def _write_status(status: Status | None, _: Release) -> str:
    return "" if status is None else f'<statusCode code="{status}"/>'


ENCOUNTER = (
    fixed(
        "templateId",
        lambda release: (
            f'<templateId extension="{release.template_date}" root="{ENCOUNTER_TEMPLATE}"/>'
        ),
    ),
    Part("id", attrgetter("appointment.id"), lambda value, _: write_id(value)),
    Part("code", attrgetter("appointment.category"), _write_category),
    Part("statusCode", attrgetter("appointment.status"), _write_status),
    Part("effectiveTime", attrgetter("appointment.schedule"), lambda when, _: write_interval(when)),
    Part(
        "performer",
        attrgetter("appointment.performer"),
        _write_performer,
        _write_other_performer,
    ),
    Part(
        "participant",
        attrgetter("appointment.location", "appointment.patient"),
        _write_place,
        _write_other_place,
    ),
    Part("entryRelationship", attrgetter("appointment.reason"), lambda why, _: write_reason(why)),
    PRECONDITIONS_PART,
)
"""The children of the encounter in the order that CDA requires."""
