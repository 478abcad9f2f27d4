"""An overview as text: its paragraphs and their styles."""

import datetime
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from attrs import field, frozen

from apd.cli.io import streams
from apd.cli.io.overview_entries import OfPatient
from apd.cli.io.streams import printable
from apd.cli.views.tables import write_table
from apd.findings import Finding
from apd.overview import (
    AgendaEntry,
    Day,
    Line,
    OnDay,
    Overview,
    PartKind,
    PatientViewer,
    Phase,
    ShownAppointment,
    Week,
    make_overview,
)
from apd.overview.groups import Group, series_key
from apd.overview.overlaps import OverlapSeverity
from apd.text import terms, times
from apd.text.overview import Words
from apd.text.reports import SEVERITIES
from apd.wording import Hide, Wording

_TEXTS = {
    "day": Wording("{day} ({distance})", "{day} ({distance})"),
    "detailed": Wording("{about} ({detail})", "{about} ({detail})"),
    "legend": Wording("{short}: {sentence}", "{short}: {sentence}"),
    "finding": Wording("Fund", "Finding"),
    "unread": Wording(
        "Filer, der ikke kunne læses: {count}. Der kan mangle aftaler.",
        "Files that could not be read: {count}. Appointments may be missing.",
    ),
}
_BEFORE = frozenset(("repeats",))
"""The lines before the location and the performer; the others stand after them."""
_ELSEWHERE = frozenset(("when", "note", "about", "where", "performer"))
"""The lines of which the heading, the cautions and the meeting are made."""
_LEFT_OUT = frozenset(("custodian", "category"))
"""The lines that are left out, as all details are."""
_CAUTIONS = frozenset((PartKind.TEXT, PartKind.CAUTION))
_READABLE = frozenset((PartKind.TEXT, PartKind.TIME, PartKind.LINK, PartKind.CAUTION))
_ROW, _BODY = 2, 4


def _as_pieces(text: str | Iterable[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@frozen
class Paragraph:
    """A paragraph of pieces that are broken only if necessary; an empty line without any.

    ``is_column`` aligns its label with others.
    """

    pieces: tuple[str, ...] = field(converter=_as_pieces)
    style: str = ""
    indent: int = 0
    label: str = field(default="", kw_only=True)
    is_column: bool = field(default=False, kw_only=True)


def agenda(overview: Overview, hide: Hide, *, unread: int = 0) -> list[Paragraph]:
    """The whole overview: the patient, the cautions, and the appointments by day.

    Today and later days come first, then past days. The common lines of a series are shown with its
    first appointment. ``unread`` files are mentioned.
    """
    groups = {_key(group.first): group for group in overview.groups()}
    days = (*overview.agenda.past, *overview.agenda.days)
    entries = {entry.shown.key: entry for day in days for entry in day.entries}
    view = _AgendaView(overview, Words(overview.language), groups, entries)
    return [
        Paragraph(
            tuple(printable(hide(piece)) for piece in part.pieces),
            part.style,
            part.indent,
            label=printable(hide(part.label)),
            is_column=part.is_column,
        )
        for part in view.all(unread)
    ]


_Paragraphs = Iterator[Paragraph]
_Rows = list[tuple[str, tuple[str, ...]]]
_NOTHING = Paragraph(())


@frozen
class _AgendaView:
    """Describes an overview, with a method for each part."""

    overview: Overview
    words: Words
    groups: dict[object, Group]
    entries: dict[str, AgendaEntry]
    shown_rows: dict[object, _Rows] = field(factory=dict)
    """The parts of an appointment or a series that were shown."""

    def say(self, key: str, **values: object) -> str:
        return self.words.put(_TEXTS[key], **values)

    def all(self, unread: int) -> _Paragraphs:
        yield from self.heading()
        yield from self.notices(unread)
        yield from self.summary()
        today = self.overview.now.date()
        if self.overview.nothing_upcoming is not None:
            yield _NOTHING
            yield Paragraph(self.overview.nothing_upcoming)
        for week in self.overview.weeks:
            yield from self.week(week, [day for day in week.days if day.date >= today])
        past = [[day for day in week.days if day.date < today] for week in self.overview.weeks]
        if any(past):
            yield _NOTHING
            yield Paragraph(Phase.PAST.display(self.words.language), "section")
        for week, days in zip(self.overview.weeks, past, strict=True):
            yield from self.week(week, days)

    def heading(self) -> _Paragraphs:
        yield Paragraph(self.overview.title, "title")
        for text in self.overview.patient_texts:
            yield Paragraph(text, "", _ROW)
        moment = times.moment(self.overview.now, self.words.language)
        yield Paragraph(self.words("as_of", moment=moment), "dim", _ROW)

    def notices(self, unread: int) -> _Paragraphs:
        texts = [notice.text for notice in self.overview.notices]
        if unread:
            texts.append(self.say("unread", count=unread))
        if texts:
            yield _NOTHING
        for text in texts:
            yield Paragraph(text, "caution", label="!")

    def summary(self) -> _Paragraphs:
        """The number of overlaps, and the full sentences that are abbreviated below."""
        agenda = self.overview.agenda
        if agenda.overlap_summary or agenda.cautions:
            yield _NOTHING
        if agenda.overlap_summary:
            yield Paragraph(agenda.overlap_summary, "clash", label="!")
        for short, sentence in agenda.cautions:
            yield Paragraph(self.say("legend", short=short, sentence=sentence), "caution")

    # --- the appointments ---

    def week(self, week: Week, days: Iterable[Day]) -> _Paragraphs:
        for number, day in enumerate(days):
            yield _NOTHING
            if number == 0:
                yield Paragraph(week.title, "dim")
            today = self.overview.now.date()
            distance = times.distance(day.date, today, self.words.language)
            yield Paragraph(self.say("day", day=day.title, distance=distance), "day")
            for on_day in day.appointments:
                yield from self.on_day(on_day)

    def on_day(self, on_day: OnDay) -> _Paragraphs:
        shown = on_day.appointment
        entry = self.entries[shown.key]
        yield Paragraph(
            self.heading_of(entry),
            "dim" if shown.phase is Phase.PAST else "appointment",
            _ROW,
            label=on_day.when,
        )
        for text in _said_of_time(entry):
            yield Paragraph(text, "caution", _BODY)
        if on_day.begins is not None:
            yield from self.clashes(shown)
        rows = self.rows(on_day)
        if self.shown_rows.get(_key(shown)) == rows:
            rows = [row for row in rows if row[0] == entry.meeting[0].label]
        else:
            self.shown_rows[_key(shown)] = rows
        for label, texts in rows:
            yield Paragraph(texts, "", _BODY, label=label, is_column=True)

    def heading_of(self, entry: AgendaEntry) -> str:
        """Its reason, whether it is in progress, and its number in its series."""
        shown = entry.shown
        details = [entry.position.text] if entry.position else []
        if shown.phase is Phase.ONGOING:
            details.insert(0, shown.phase.display(self.words.language).lower())
        if not details:
            return shown.about
        return self.say("detailed", about=shown.about, detail=_BETWEEN_PIECES.join(details))

    def clashes(self, shown: ShownAppointment) -> _Paragraphs:
        overlaps = self.overview.shown_overlaps_of(shown)
        for overlap in overlaps.overlaps:
            is_firm = overlap.severity is OverlapSeverity.FIRM
            style, label = ("clash", "!") if is_firm else ("caution", "?")
            yield Paragraph(overlap.text_beside(shown), style, _BODY, label=label)
        if overlaps.rest is not None:
            yield Paragraph(overlaps.rest, "caution", _BODY)

    def rows(self, on_day: OnDay) -> _Rows:
        """The lines below the heading: labels and texts."""
        shown = on_day.appointment
        group = self.groups[_key(shown)]
        lines = [line for line in shown.lines if _is_listed(line)]
        before = [line for line in lines if line.key in _BEFORE]
        after = [line for line in lines if line.key not in _BEFORE]
        rows = [
            (line.label, (group.title,) if _is_series(line, group) else _texts(line))
            for line in (*before, *self.entries[shown.key].meeting, *after)
        ]
        if shown.schedule.first_day != shown.schedule.last_day:
            rows.insert(0, (_line(shown, "when").label, (shown.when,)))
        found = (self.found(finding) for finding in shown.findings)
        rows += [(self.say("finding"), (text,)) for text in dict.fromkeys(found)]
        return rows

    def found(self, finding: Finding) -> str:
        language = self.words.language
        severity = SEVERITIES[finding.severity].in_language(language)
        return f"{severity}: {finding.wording.in_language(language)} [{finding.rule}]"


def _is_listed(line: Line) -> bool:
    return not line.is_detail and line.key not in _ELSEWHERE | _LEFT_OUT


def _key(shown: ShownAppointment) -> object:
    """The lines that the appointments of a group share."""
    return series_key(shown) or shown.key


def _said_of_time(entry: AgendaEntry) -> list[str]:
    """The cautions, and a note if the clock changes."""
    note = (line.parts for line in entry.shown.lines if line.key == "note")
    parts = (*entry.when_parts, *chain.from_iterable(note))
    return [part.text for part in parts if part.kind in _CAUTIONS]


def _line(shown: ShownAppointment, key: str) -> Line:
    return next(line for line in shown.lines if line.key == key)


def _is_series(line: Line, group: Group) -> bool:
    """True for the line about repetition, if others of its series are shown."""
    return line.key == "repeats" and group.is_series


def _texts(line: Line) -> tuple[str, ...]:
    """The text of a line."""
    return tuple(part.text for part in line.parts if part.kind in _READABLE)


STYLES = {
    "": "",
    "title": "bold",
    "section": "bold underline",
    "day": "bold",
    "appointment": "bold cyan",
    "caution": "yellow",
    "clash": "bold red",
    "dim": "dim",
    "label": "dim",
}
_BETWEEN, _BETWEEN_PIECES = "  ", ", "
_NARROWEST = 20


def write_agenda(paragraphs: Sequence[Paragraph]) -> None:
    """Write an agenda to standard output."""
    width = max((len(one.label) for one in paragraphs if one.is_column), default=0)
    streams.write(_folded(paragraphs, width) if sys.stdout.isatty() else _plain(paragraphs, width))


def _plain(paragraphs: Iterable[Paragraph], width: int) -> str:
    lines = (
        f"{' ' * one.indent}{_label(one, width)}{_BETWEEN_PIECES.join(one.pieces)}"
        for one in paragraphs
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _label(paragraph: Paragraph, width: int) -> str:
    """The prefix of the text."""
    if not paragraph.label:
        return ""
    label = f"{paragraph.label:{width}}" if paragraph.is_column else paragraph.label
    return f"{label}{_BETWEEN}"


def _folded(paragraphs: Iterable[Paragraph], width: int) -> str:
    """Paragraphs wrapped to the width of the terminal, with a hanging indent."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, emoji=False)
    with console.capture() as capture:
        for one in paragraphs:
            # Text is literal: no markup, no highlighting
            label = Text(_label(one, width), STYLES["label" if one.is_column else one.style])
            lead = Text(" " * one.indent) + label
            room = max(console.width - lead.cell_len, _NARROWEST)
            for packed in _packed(one.pieces, room) or [""]:
                for line in Text(packed, STYLES[one.style]).wrap(console, room):
                    line.rstrip()
                    console.print(lead + line, soft_wrap=True)
                    lead = Text(" " * lead.cell_len)
    return capture.get()


def _packed(pieces: Sequence[str], room: int) -> list[str]:
    """The pieces on lines, as many on each as fit."""
    from rich.cells import cell_len

    lines: list[str] = []
    for piece in pieces:
        longer = f"{lines[-1]}{_BETWEEN_PIECES}{piece}" if lines else ""
        if lines and cell_len(longer) < room:
            lines[-1] = longer
        else:
            lines = [f"{line}," if line is lines[-1] else line for line in lines]
            lines.append(piece)
    return lines


# --- whose documents there are, where they are about several patients ----------------------------


_HEADER = (
    Wording("Patient", "Patient"),
    Wording("Kommende", "Upcoming"),
    Wording("Tidligere", "Past"),
    Wording("Et dokument", "A document"),
)


def write_patients(
    patients: Iterable[OfPatient], now: datetime.datetime, words: terms.Words, hide: Hide
) -> None:
    """Write each patient, the number of appointments, and the file of a document."""
    rows = [_row(patient, now, hide) for patient in patients]
    write_table(rows, [words.put(title) for title in _HEADER])


def _row(patient: OfPatient, now: datetime.datetime, hide: Hide) -> list[str]:
    agenda = make_overview(
        patient.entries, viewer=PatientViewer(patient.id), now=now, patient=patient.id
    ).agenda
    past = sum(len(day.entries) for day in agenda.past)
    number = hide(patient.id.extension or "")
    return [number, str(len(agenda.entries)), str(past), hide(patient.name)]
