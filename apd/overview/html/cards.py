"""What stands on the card of an appointment, and what of that is folded away."""

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from apd.findings import Finding
from apd.overview.groups import Group
from apd.overview.html.rendering import foreign_language
from apd.overview.overlaps import Overlap, OverlapSeverity
from apd.overview.shown import ShownAppointment
from apd.overview.value import Overview
from apd.text.appointment import Line, LinePart, PartKind
from apd.text.overview import Words
from apd.text.page import PageWords
from apd.text.reports import SEVERITIES
from apd.text.times import MONTHS, WEEKDAYS
from apd.wording import Language

# Who is to come needs these lines; the others are folded away, and so are all ids and codes.
_AT_ONCE = frozenset(("note", "repeats", "where", "performer"))
_LETTERS = 3


class ShownFinding(NamedTuple):
    """A finding as a page shows it.

    Args:
        severity: ``error``, ``warning`` or ``information``.
        severity_word: the same in words.
        message: what is wrong and what would be right.
        rule: the id of the rule.
        facts: labels and what stands beside them: how to fix it, clauses, path, source.
    """

    severity: str
    severity_word: str
    message: str
    rule: str
    facts: tuple[tuple[str, str], ...]


class Row(NamedTuple):
    """A label and what stands beside it."""

    label: str
    parts: tuple[LinePart, ...]


class Tile(NamedTuple):
    """A day as a sheet of a calendar shows it: *tor*, 5, *mar*, 2026."""

    weekday: str
    day: int
    month: str
    year: int


class Clash(NamedTuple):
    """A conflict, as it stands on the card of one of the two appointments.

    Args:
        text: its description.
        is_firm: False where a time is indicative, so that there may be none.
        other: the other appointment.
    """

    text: str
    is_firm: bool
    other: ShownAppointment


class Card(NamedTuple):
    """The card of an appointment.

    Args:
        shown: the appointment.
        lang: the language of what its document says, where it is not that of the page.
        tile: the day it begins.
        when: when it is, with the cautions about that.
        rows: what is seen at once.
        folded: everything else that the document says.
        clashes: its conflicts with others.
        more_clashes: the sentence that says how many more there are, or None.
        findings: what was found in the document.
    """

    shown: ShownAppointment
    lang: str | None
    tile: Tile
    when: tuple[LinePart, ...]
    rows: tuple[Row, ...]
    folded: tuple[Row, ...]
    clashes: tuple[Clash, ...]
    more_clashes: str | None
    findings: tuple[ShownFinding, ...]


class CardGroup(NamedTuple):
    """The cards of a series, or one that stands alone.

    Args:
        title: what the series is, how many there are, from when to when; None for one alone.
        first: the first card.
        more: the other cards of the series.
    """

    title: str | None
    first: Card
    more: tuple[Card, ...]


def card_group(group: Group, overview: Overview) -> CardGroup:
    """The cards of a group."""
    first, *more = (card(shown, overview) for shown in group.appointments)
    return CardGroup(group.title if group.is_series else None, first, tuple(more))


def card(shown: ShownAppointment, overview: Overview) -> Card:
    """The card of an appointment."""
    overlaps = overview.shown_overlaps_of(shown)
    return Card(
        shown=shown,
        lang=foreign_language(shown.document.language, shown.language),
        tile=_tile(shown.start, Words(shown.language)),
        when=next(line.parts for line in shown.lines if line.key == "when"),
        rows=tuple(_rows(shown, are_folded=False)),
        folded=tuple(_rows(shown, are_folded=True)),
        clashes=tuple(_clash(overlap, shown) for overlap in overlaps.overlaps),
        more_clashes=overlaps.rest,
        findings=shown_findings(shown.findings, shown.language),
    )


def _tile(day: datetime.date, words: Words) -> Tile:
    weekday, month = words.put(WEEKDAYS[day.weekday()]), words.put(MONTHS[day.month - 1])
    return Tile(weekday[:_LETTERS], day.day, month[:_LETTERS], day.year)


def _rows(shown: ShownAppointment, *, are_folded: bool) -> Iterator[Row]:
    """The lines but for what the heading says."""
    for line in shown.lines:
        if line.key == "when":
            continue
        parts = tuple(
            one
            for one in line.parts
            if _is_folded(line, one) is are_folded and not _is_title(line, one, shown)
        )
        if parts:
            yield Row(line.label, parts)


def _is_folded(line: Line, part: LinePart) -> bool:
    return line.key not in _AT_ONCE or part.kind is PartKind.DETAIL


def _is_title(line: Line, part: LinePart, shown: ShownAppointment) -> bool:
    return line.key == "about" and part.text == shown.about


def _clash(overlap: Overlap, shown: ShownAppointment) -> Clash:
    is_firm = overlap.severity is OverlapSeverity.FIRM
    return Clash(overlap.text, is_firm, overlap.other_than(shown))


def shown_findings(findings: Iterable[Finding], language: Language) -> tuple[ShownFinding, ...]:
    """Findings in the language of the page, in their order."""
    return tuple(_shown(finding, language) for finding in findings)


def _shown(finding: Finding, language: Language) -> ShownFinding:
    words = PageWords(language)
    line = "" if finding.line is None else words("line", line=finding.line)
    facts = {
        "remedy": _remedy(finding.rule, language),
        "clauses": ", ".join(finding.conformance),
        "path": ", ".join(filter(None, (finding.path, line))),
        "source": finding.source,
    }
    return ShownFinding(
        finding.severity.value,
        SEVERITIES[finding.severity].in_language(language),
        finding.wording.in_language(language),
        finding.rule,
        tuple((words(key), fact) for key, fact in facts.items() if fact),
    )


def _remedy(rule: str, language: Language) -> str:
    """How to fix what breaks a rule of the library; nothing for a rule of another's."""
    # the rules cost more than all the rest, and most pages have no finding
    from apd.sor.comparison import every_rule

    remedies = (known.remedy for known in every_rule() if known.id == rule)
    return next((remedy.in_language(language) for remedy in remedies), "")
