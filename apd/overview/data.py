"""An overview as data for :mod:`json`.

Times are in ISO 8601 with Denmark's offset, or dates if no time of day is known. Appointments are
referred to by their keys. Texts are in the language of the overview.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from apd.findings import Finding
from apd.model.location import LOCATION_TYPES, Location
from apd.model.schedule import Schedule
from apd.overview.agenda import Agenda, AgendaDay
from apd.overview.days import Day, Week
from apd.overview.groups import Group
from apd.overview.overlaps import Overlap
from apd.overview.records import id_data
from apd.overview.shown import ShownAppointment
from apd.overview.value import Overview
from apd.text.appointment import Line
from apd.wording import Language

Data = dict[str, Any]


def as_data(overview: Overview) -> Data:
    """The unmasked overview, as dicts, lists, strings, numbers and None.

    ``docs/showing.md`` describes the keys. The same overview always gives the same data.
    """
    return {
        "title": overview.title,
        "language": overview.language,
        "now": overview.now.isoformat(),
        "viewer": {"role": overview.viewer.role.value, "may_edit": overview.viewer.may_edit},
        "patient": {
            "id": id_data(overview.patient.id),
            "name": overview.patient.name.full if overview.patient.name else None,
            "texts": list(overview.patient_texts),
        },
        "notices": [{"key": notice.key, "text": notice.text} for notice in overview.notices],
        "has_withheld": overview.has_withheld,
        "is_incomplete": overview.is_incomplete,
        "nothing_upcoming": overview.nothing_upcoming,
        "appointments": [_appointment(shown) for shown in overview.appointments],
        "series": [_series(group) for group in overview.groups() if group.is_series],
        "agenda": _agenda(overview.agenda),
        "weeks": [_week(week) for week in overview.weeks],
        "overlaps": [_overlap(overlap) for overlap in overview.overlaps],
        "has_more_overlaps": overview.has_more_overlaps,
        "cancelled": [_appointment(shown) for shown in overview.cancelled],
    }


def _appointment(shown: ShownAppointment) -> Data:
    part = shown.schedule.part_of_day
    return {
        "key": shown.key,
        "phase": shown.phase.value,
        **_times(shown.schedule),
        "indicative": shown.schedule.indicative,
        "date_only": shown.schedule.date_only,
        "part_of_day": part.name.lower() if part else None,
        "types": [int(kind) for kind in shown.document.types],
        "about": shown.about,
        "when": shown.when,
        "place": shown.place,
        "location": _location(shown.appointment.location),
        "cautions": list(shown.cautions),
        "lines": [_line(line) for line in shown.lines],
        "sequence": shown.sequence,
        "findings": [_finding(finding, shown.language) for finding in shown.findings],
    }


def _times(schedule: Schedule) -> Data:
    """Start and end; without times of day, the first and the last day."""
    start: datetime.date = schedule.start
    end: datetime.date | None = schedule.end
    if schedule.date_only:
        start, end = schedule.first_day, end and schedule.last_day
    return {"start": start.isoformat(), "end": end.isoformat() if end else None}


def _finding(finding: Finding, language: Language) -> Data:
    message = finding.wording.in_language(language)
    return {"rule": finding.rule, "severity": finding.severity.value, "message": message}


def _location(location: Location | None) -> Data | None:
    if location is None:
        return None
    return {"type": LOCATION_TYPES[type(location)], "id": id_data(location.id)}


def _line(line: Line) -> Data:
    parts = [{"text": one.text, "kind": one.kind.value, "value": one.value} for one in line.parts]
    return {"key": line.key, "label": line.label, "is_detail": line.is_detail, "said": parts}


def _series(group: Group) -> Data:
    return {"title": group.title, "appointments": _keys(group.appointments)}


def _keys(appointments: Iterable[ShownAppointment]) -> list[str]:
    return [shown.key for shown in appointments]


def _agenda(agenda: Agenda) -> Data:
    return {
        "next": agenda.next.shown.key if agenda.next else None,
        "overlap_summary": agenda.overlap_summary,
        "cautions": [{"short": short, "text": text} for short, text in agenda.cautions],
        "days": [_agenda_day(day) for day in agenda.days],
        "past": [_agenda_day(day) for day in agenda.past],
    }


def _agenda_day(day: AgendaDay) -> Data:
    entries = [
        {
            "key": entry.shown.key,
            "title": entry.title,
            "time": entry.time,
            "cautions": list(entry.cautions),
            "position": entry.position.text if entry.position else None,
            "overlap": entry.overlap.value if entry.overlap else None,
            "meeting": [_line(line) for line in entry.meeting],
        }
        for entry in day.entries
    ]
    return {
        "date": day.date.isoformat(),
        "title": day.title,
        "distance": day.distance,
        "appointments": entries,
    }


def _week(week: Week) -> Data:
    return {"name": week.name, "title": week.title, "days": [_day(day) for day in week.days]}


def _day(day: Day) -> Data:
    return {
        "date": day.date.isoformat(),
        "title": day.title,
        "appointments": [
            {"key": one.appointment.key, "when": one.when} for one in day.appointments
        ],
    }


def _overlap(overlap: Overlap) -> Data:
    return {
        "first": overlap.first.key,
        "second": overlap.second.key,
        "kind": overlap.kind.value,
        "severity": overlap.severity.value,
        "minutes": overlap.minutes,
        "text": overlap.text,
    }
