"""The content of an appointment's card, and which of it is folded."""

import datetime
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from attrs import evolve

from apd.findings import Finding
from apd.overview.agenda import AgendaDay, AgendaEntry
from apd.overview.html.rendering import foreign_language
from apd.overview.overlaps import Overlap, OverlapSeverity
from apd.overview.shown import ShownAppointment
from apd.overview.value import Overview
from apd.overview.viewers import ProfessionalViewer
from apd.reports.excerpt import Excerpt
from apd.text.appointment import Line, LinePart, PartKind
from apd.text.page import PageWords
from apd.text.reports import SEVERITIES, cited
from apd.wording import Language

# Not folded, as the heading and the lines of a card contain them.
_SAID = frozenset(("when", "note", "about", "where", "performer"))


class ShownExcerpt(NamedTuple):
    """A line of a document: its label, the element that a finding is about, and the text around."""

    label: str
    before: str
    meant: str
    after: str


class ShownFinding(NamedTuple):
    """A finding as a page shows it, with personal data masked in its line.

    ``facts`` are labels with values: remedy, clauses, path, source.
    """

    severity: str
    severity_word: str
    message: str
    rule: str
    facts: tuple[tuple[str, str], ...]
    excerpt: ShownExcerpt | None = None


class Row(NamedTuple):
    """A label with its values."""

    label: str
    parts: tuple[LinePart, ...]


class Clash(NamedTuple):
    """A conflict, on the card of one of the two; not firm if a time is indicative."""

    text: str
    is_firm: bool
    other: ShownAppointment


class Card(NamedTuple):
    """The card of an appointment, with the rows that are always visible and those ``folded``.

    ``lang`` is the language of its document, if it is not that of the page; ``time`` is on its day,
    or in full if it lasts for several days; ``when`` is in full, with the cautions about it.
    """

    entry: AgendaEntry
    shown: ShownAppointment
    lang: str | None
    time: LinePart
    when: tuple[LinePart, ...]
    rows: tuple[Row, ...]
    folded: tuple[Row, ...]
    clashes: tuple[Clash, ...]
    more_clashes: str | None
    findings: tuple[ShownFinding, ...]


class CardDay(NamedTuple):
    """A day with the cards of the appointments that begin on it."""

    id: str
    date: datetime.date
    title: str
    distance: str
    cards: tuple[Card, ...]


def card_day(day: AgendaDay, overview: Overview, phase: str) -> CardDay:
    """The cards of a day; today may be both among past and coming days."""
    cards = tuple(card(entry, overview) for entry in day.entries)
    return CardDay(f"{phase}-{day.date}", day.date, day.title, day.distance, cards)


def card(entry: AgendaEntry, overview: Overview) -> Card:
    """The card of an appointment."""
    shown, overlaps = entry.shown, overview.shown_overlaps_of(entry.shown)
    time, *_ = when = entry.when_parts
    with_codes = isinstance(overview.viewer, ProfessionalViewer)
    notes = tuple(line for line in shown.lines if line.key == "note")
    is_one_day = shown.schedule.first_day == shown.schedule.last_day
    return Card(
        entry=entry,
        shown=shown,
        lang=foreign_language(shown.document.language, shown.language),
        time=evolve(time, text=entry.time) if is_one_day else time,
        when=when,
        rows=tuple(_rows((*notes, *_beside_title(entry)))),
        folded=tuple(_folded(shown.lines, with_codes=with_codes)),
        clashes=tuple(_clash(overlap, shown) for overlap in overlaps.overlaps),
        more_clashes=overlaps.rest,
        findings=shown_findings(shown.findings, shown.language),
    )


def _beside_title(entry: AgendaEntry) -> Iterator[Line]:
    """Location and performer, without the name in the title."""
    *_, last = entry.meeting
    for line in entry.meeting:
        rest = tuple(part for part in line.parts if part.text != entry.performer)
        yield evolve(line, parts=rest) if line is last and any(map(_is_text, rest)) else line


def _folded(lines: Iterable[Line], *, with_codes: bool) -> Iterator[Row]:
    for line in lines:
        parts = tuple(
            part for part in line.parts if (line.key not in _SAID if _is_text(part) else with_codes)
        )
        if parts:
            yield Row(line.label, parts)


def _rows(lines: Iterable[Line]) -> Iterator[Row]:
    """Lines without ids and codes."""
    for line in lines:
        parts = tuple(filter(_is_text, line.parts))
        if parts:
            yield Row(line.label, parts)


def _is_text(part: LinePart) -> bool:
    """True for anything except ids and codes."""
    return part.kind is not PartKind.DETAIL


def _clash(overlap: Overlap, shown: ShownAppointment) -> Clash:
    is_firm = overlap.severity is OverlapSeverity.FIRM
    return Clash(overlap.text_beside(shown), is_firm, overlap.other_than(shown))


def shown_findings(
    findings: Iterable[Finding], language: Language, excerpts: Iterable[Excerpt | None] = ()
) -> tuple[ShownFinding, ...]:
    """Findings in the language of the page, with their lines: errors first, otherwise in order."""
    shown = zip_longest(findings, excerpts)
    return tuple(
        _shown(finding, language, excerpt)
        for finding, excerpt in sorted(shown, key=lambda one: -one[0].severity.weight)
    )


def _shown(finding: Finding, language: Language, excerpt: Excerpt | None) -> ShownFinding:
    words = PageWords(language)
    line = "" if finding.line is None else words("line", line=finding.line)
    facts = {
        "remedy": _remedy(finding.rule, language),
        "clauses": ", ".join(finding.conformance),
        "path": ", ".join(filter(None, (finding.path, line))),
        "source": cited(finding.source, language),
    }
    return ShownFinding(
        finding.severity.value,
        SEVERITIES[finding.severity].in_language(language),
        finding.wording.in_language(language),
        finding.rule,
        tuple((words(key), fact) for key, fact in facts.items() if fact),
        _shown_excerpt(excerpt, words) if excerpt else None,
    )


def _shown_excerpt(excerpt: Excerpt, words: PageWords) -> ShownExcerpt:
    text, start, end = excerpt.text, excerpt.column, excerpt.column + excerpt.width
    label = words("line", line=excerpt.line)
    return ShownExcerpt(label, text[:start], text[start:end], text[end:])


def _remedy(rule: str, language: Language) -> str:
    """The remedy of a rule of the library; empty for other rules."""
    # importing the rules is slow, and most pages have no finding
    from apd.sor.register_rules import every_rule

    remedies = (known.remedy for known in every_rule() if known.id == rule)
    return next((remedy.in_language(language) for remedy in remedies), "")
