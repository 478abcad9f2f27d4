"""The readable text of the section: a table in Danish made from the data, and its comparison."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, cast

from apd.cda.date_only import indicative_text
from apd.cda.remembering import remembered_if_short
from apd.cda.xml import Element, content, hl7, laid_out
from apd.model.appointment import Appointment, Reason, Repetition
from apd.model.contact import remarked
from apd.model.location import Location
from apd.model.party import Patient, Performer
from apd.model.schedule import INDICATIVE_NOTE, Schedule
from apd.text.mentions import as_compared, mentions_clock, mentions_date

_LEAD = "Aftale:"
_HEADINGS = (
    ("Aftale dato", "Aftale tidspunkt", "Vedrørende", "Mødested"),
    ("Udførende organisation", "Er tidspunktet vejledende?", "Repeterende aftale"),
)
_UNKNOWN = "Ikke oplyst"
CELL = "td"
"""The name of the elements for cells."""
_DURING_THE_DAY = "I løbet af dagen"

Cells = tuple[str, str, str, str, str, str, str]


def cells(appointment: Appointment) -> Cells:
    """The cells of the table for an appointment, in the order of the headings."""
    return cast(Cells, tuple(write(getattr(appointment, field)) for field, write in _MADE_FROM))


def cells_after(then: Appointment, of: Cells, now: Appointment) -> Cells:
    """The cells for an appointment, of which those for another are known."""
    fields = zip(of, _MADE_FROM, strict=True)
    return cast(
        Cells,
        tuple(
            cell if getattr(then, field) is (said := getattr(now, field)) else write(said)
            for cell, (field, write) in fields
        ),
    )


def spoken_of(appointment: Appointment) -> tuple[object, ...]:
    """The fields that a summary is made from: where they are the same, so is it."""
    patient = appointment.patient
    return (
        *(appointment.schedule, appointment.reason, appointment.location, appointment.performer),
        *(appointment.repetition is None, patient.id, patient.name, patient.address),
    )


def summary(of: Cells, patient: Patient) -> str:
    """The data that a readable text may mention, to decide whether it still matches."""
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


def _reason(reason: Reason | None) -> str:
    return reason.text if reason else _UNKNOWN


def _place(location: Location | None) -> str:
    if location is None:
        return _UNKNOWN
    address = location.address.one_line if location.address else ""
    return _joined(location.name, address, *_telephones(location))


def _performer(performer: Performer | None) -> str:
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


def _repeats(repetition: Repetition | None) -> str:
    return "Nej" if repetition is None else "Ja"


_MADE_FROM: tuple[tuple[str, Callable[[Any], str]], ...] = (
    ("schedule", _dates),
    ("schedule", _times),
    ("reason", _reason),
    ("location", _place),
    ("performer", _performer),
    ("schedule", _indicative),
    ("repetition", _repeats),
)
"""The fields of an appointment that the cells are made from, and what makes each."""


def write_narrative(of: Cells, lead: str = "", indent: str = "") -> str:
    """The table: on one line, or with a ``lead`` as :func:`~apd.cda.xml.laid_out` has it."""
    first, *others = _around_cells(lead, indent)
    behind = zip(map(content, of), others, strict=True)
    return "".join((first, *(text for both in behind for text in both)))


@remembered_if_short
def _around_cells(lead: str, indent: str) -> tuple[str, ...]:
    """What is written before, between and behind the cells."""
    rows = [_row("th", names) + _row(CELL, [_CELL_TEXT] * len(names)) for names in _HEADINGS]
    table = f'<table width="100%"><tbody>{"".join(rows)}</tbody></table>'
    text = f"<text><paragraph>{_LEAD}</paragraph>{table}</text>"
    return tuple((laid_out(text, lead, indent) if lead else text).split(_CELL_TEXT))


_CELL_TEXT = "\0"


def _row(tag: str, texts: Iterable[str]) -> str:
    return f"<tr><{tag}>{f'</{tag}><{tag}>'.join(texts)}</{tag}></tr>"


# --- a text of others, against the data ----------------------------------------------------------


class CellDifference(NamedTuple):
    """A cell of a readable text that does not match the data, and what the data state."""

    cell: Element
    of_data: str


def differences(text: Element, appointment: Appointment) -> list[CellDifference]:
    """The cells under known headings that do not match the data.

    A cell may use other words and contain more; what is under other headings, or outside a table,
    is not compared.
    """
    asked = [
        (keyword, states_for(appointment), of_data)
        for (keyword, states_for), of_data in zip(_ASKED, cells(appointment), strict=True)
    ]
    found = []
    for heading, cell in _cells_with_headings(text):
        content = as_compared("".join(map(str, cell.itertext())))
        for keyword, is_stated_in, of_data in asked:
            if keyword in heading and not is_stated_in(content):
                found.append(CellDifference(cell, of_data))
    return found


def _cells_with_headings(text: Element) -> Iterator[tuple[str, Element]]:
    """Each cell with its heading: before it in its row, or in the last row of headings alone."""
    above: list[str] = []
    for row in text.iter(hl7("tr")):
        of_row = [cell for cell in row if cell.tag in _CELLS]
        before, headings = "", []
        for number, cell in enumerate(of_row):
            if cell.tag == _HEADING:
                before = as_compared("".join(map(str, cell.itertext())))
                headings.append(before)
            elif before or number < len(above):
                yield before or above[number], cell
        if len(headings) == len(of_row):
            above = headings


_HEADING = hl7("th")
_CELLS = (_HEADING, hl7(CELL))
_IsMentioned = Callable[[str], bool]


def _says_one_of(*ways: str | None) -> _IsMentioned:
    """Whether a text contains one of the phrases; what the data lack is not required."""
    asked = [as_compared(way) for way in ways if way]
    return lambda content: not asked or any(way in content for way in asked)


def _says_date(of: Appointment) -> _IsMentioned:
    return lambda content: mentions_date(content, of.schedule.first_day)


def _says_times(of: Appointment) -> _IsMentioned:
    schedule = of.schedule
    bounds = () if schedule.date_only else (schedule.start, schedule.end)
    return lambda content: all(mentions_clock(content, time) for time in bounds if time is not None)


def _says_reason(of: Appointment) -> _IsMentioned:
    return _says_one_of(of.reason.text if of.reason else None)


def _says_place(of: Appointment) -> _IsMentioned:
    place = of.location
    lines = place.address.lines[:1] if place and place.address else ()
    return _says_one_of(place.name if place else None, *lines)


def _says_performer(of: Appointment) -> _IsMentioned:
    organization = of.performer.organization if of.performer else None
    return _says_one_of(organization.name if organization else None)


def _begins_with(yes: bool) -> _IsMentioned:
    return lambda content: content.startswith("ja" if yes else "nej")


_ASKED: tuple[tuple[str, Callable[[Appointment], _IsMentioned]], ...] = (
    ("aftale dato", _says_date),
    ("aftale tidspunkt", _says_times),
    ("vedrørende", _says_reason),
    ("mødested", _says_place),
    ("udførende organisation", _says_performer),
    ("vejledende", lambda of: _begins_with(of.schedule.indicative)),
    ("repeterende", lambda of: _begins_with(of.repetition is not None)),
)
"""What of a heading says what stands below it, and what that must say; in the order of cells."""
