"""The readable text of the section: one table, in Danish, made from the data."""

import datetime
from collections.abc import Iterable, Iterator

from apd.cda.date_only import indicative_text
from apd.cda.xml import content
from apd.model.appointment import Appointment
from apd.model.contact import remarked
from apd.model.location import Location
from apd.model.party import Patient, Performer
from apd.model.schedule import INDICATIVE_NOTE, Schedule

_LEAD = "Aftale:"
_HEADINGS = (
    ("Aftale dato", "Aftale tidspunkt", "Vedrørende", "Mødested"),
    ("Udførende organisation", "Er tidspunktet vejledende?", "Repeterende aftale"),
)
_UNKNOWN = "Ikke oplyst"
_DURING_THE_DAY = "I løbet af dagen"

Cells = tuple[str, str, str, str, str, str, str]


def cells(appointment: Appointment) -> Cells:
    """What the table says of an appointment, cell by cell, in the order of the headings."""
    schedule = appointment.schedule
    return (
        _dates(schedule),
        _times(schedule),
        appointment.reason.text if appointment.reason else _UNKNOWN,
        _place(appointment),
        _performer(appointment),
        _indicative(schedule),
        "Nej" if appointment.repetition is None else "Ja",
    )


def summary(of: Cells, patient: Patient) -> str:
    """What a readable text may speak of, to decide whether it still holds for changed data."""
    name = patient.name.full if patient.name else ""
    address = patient.address.one_line if patient.address else ""
    return "\n".join((*of, patient.id.value or "", name, address))


def _dates(schedule: Schedule) -> str:
    start = _date(schedule.start)
    if schedule.date_only:
        end = _date(schedule.last_day)
    else:
        end = start if schedule.end is None else _date(schedule.end)
    return start if start == end else f"{start} - {end}"


def _date(day: datetime.date) -> str:
    return f"{day.day:02}-{day.month:02}-{day.year}"


def _times(schedule: Schedule) -> str:
    if schedule.date_only:
        return _DURING_THE_DAY
    start = _clock(schedule.start)
    return start if schedule.end is None else f"{start} - {_clock(schedule.end)}"


def _clock(time: datetime.datetime) -> str:
    return f"{time.hour:02}:{time.minute:02}"


def _place(appointment: Appointment) -> str:
    location = appointment.location
    if location is None:
        return _UNKNOWN
    address = location.address.one_line if location.address else ""
    return _joined(location.name, address, *_telephones(location))


def _performer(appointment: Appointment) -> str:
    performer = appointment.performer
    if performer is None:
        return _UNKNOWN
    name = performer.organization.name if performer.organization else None
    return _joined(name, *_telephones(performer))


def _telephones(of: Location | Performer) -> Iterator[str]:
    for phone in of.telephones:
        yield remarked(f"tlf. {phone.address}", phone.use, "da")


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part) or _UNKNOWN


def _indicative(schedule: Schedule) -> str:
    if not schedule.indicative:
        return "Nej"
    note = indicative_text(schedule)
    says_more = note and note != INDICATIVE_NOTE
    return f"Ja. {note}" if says_more else "Ja"


def write_narrative(of: Cells) -> str:
    """The table."""
    first, second = of[: len(_HEADINGS[0])], of[len(_HEADINGS[0]) :]
    return (
        f'<text><paragraph>{_LEAD}</paragraph><table width="100%"><tbody>'
        f"{_HEADING_ROWS[0]}{_row('td', first)}{_HEADING_ROWS[1]}{_row('td', second)}"
        "</tbody></table></text>"
    )


def _row(tag: str, texts: Iterable[str]) -> str:
    cells = f"</{tag}><{tag}>".join(map(content, texts))
    return f"<tr><{tag}>{cells}</{tag}></tr>"


_HEADING_ROWS = [_row("th", headings) for headings in _HEADINGS]
