"""An overview as a page: the next appointment, days, weeks and months."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote

from attrs import evolve
from markupsafe import Markup

from apd.model.time import copenhagen
from apd.overview.agenda import AgendaDay, AgendaEntry
from apd.overview.html.cards import CardDay, card, card_day
from apd.overview.html.rendering import render
from apd.overview.html.sheets import months, weeks
from apd.overview.ics.content_lines import folded
from apd.overview.ics.writer import event, head, moments
from apd.overview.ics.zone import timezone
from apd.overview.shown import Phase, ShownAppointment
from apd.overview.value import Overview
from apd.overview.viewers import ProfessionalViewer
from apd.privacy.masking import show
from apd.text import times
from apd.text.times import WEEKDAYS
from apd.wording import Hide


class Section(NamedTuple):
    """Days of an agenda under a heading."""

    title: str
    days: tuple[CardDay, ...]

    @property
    def size(self) -> int:
        """The number of appointments."""
        return sum(len(day.cards) for day in self.days)


def page(overview: Overview, *, hide: Hide | None = None) -> str:
    """One self-contained page that shows an overview.

    It has three views, list, week and month, with links between them; without style sheets they are
    shown one after the other. The same overview always gives the same page.

    Args:
        overview: the overview.
        hide: is applied to every text, for example to mask CPR numbers; None shows everything.

    Returns:
        HTML, to be written as UTF-8.
    """
    agenda, language = overview.agenda, overview.language
    of_days = (entry for day in (*agenda.later, *agenda.past) for entry in day.entries)
    return render(
        "overview.html",
        language,
        hide,
        overview=overview,
        agenda=agenda,
        filters=filters_of(of_days),
        calendar=calendar_links(overview, hide),
        as_of=times.moment(overview.now, language),
        ongoing=[card(entry, overview) for entry in agenda.ongoing],
        next_card=card(agenda.next, overview) if agenda.next else None,
        later=_section(Phase.UPCOMING, agenda.later, overview),
        past=_section(Phase.PAST, _backwards(agenda.past), overview),
        weekdays=[name.in_language(language) for name in WEEKDAYS],
        weeks=weeks(overview),
        months=months(overview),
    )


def _backwards(days: tuple[AgendaDay, ...]) -> Iterator[AgendaDay]:
    """The past appointments, the last one first."""
    return (evolve(day, entries=day.entries[::-1]) for day in reversed(days))


def _section(phase: Phase, days: Iterable[AgendaDay], overview: Overview) -> Section:
    made = tuple(card_day(day, overview, phase.value) for day in days)
    return Section(phase.display(overview.language), made)


# --- what of the days a reader may choose to see -------------------------------------------------


_MOST = 8
"""The number of rules in the style sheet, one for each choice (``:has(:checked)``)."""


class Choice(NamedTuple):
    """A performer, with a number in the style sheet from 1; None stands for all that have none."""

    number: int
    name: str | None


class Filters(NamedTuple):
    """The performers to choose from, none if there is only one; the number of each by its name."""

    choices: tuple[Choice, ...]
    numbers: dict[str | None, int]
    has_series: bool

    def number_of(self, entry: AgendaEntry) -> int | None:
        """The number of the choice that shows an appointment."""
        return self.numbers.get(entry.performer, len(self.choices))


def filters_of(entries: Iterable[AgendaEntry]) -> Filters:
    """The choices among appointments: the performers with most of them, and all others."""
    of_days = list(entries)
    names = [name for name, _ in Counter(entry.performer for entry in of_days).most_common()]
    has_others = len(names) > _MOST or None in names
    named = [name for name in names if name is not None][: _MOST - 1 if has_others else _MOST]
    choices = [Choice(number, name) for number, name in enumerate(named, 1)]
    if has_others:
        choices.append(Choice(len(choices) + 1, None))
    in_series = {entry.position is not None for entry in of_days}
    return Filters(
        tuple(choices) if len(choices) > 1 else (),
        {choice.name: choice.number for choice in choices if choice.name is not None},
        len(in_series) > 1,
    )


# --- links that a calendar takes appointments from (RFC 2397): no script, no network -------------


_SCHEME = "data:text/calendar;charset=utf-8,"
_others = re.compile(r"[^A-Za-z0-9\-._~;:/,=@+()!*$?%]+")
"""What has a meaning within such a link or within an attribute."""
_FREQUENT = (("%", "%25"), ("\r\n", "%0D%0A"), (" ", "%20"), ("\\", "%5C"))
"""Escapes that are cheaper than those of the standard library, which looks at every byte."""


class CalendarLinks(NamedTuple):
    """The link of each appointment that is not over, by its key, and of all; None below two."""

    by_key: dict[str, Markup]
    of_all: Markup | None


def calendar_links(overview: Overview, hide: Hide | None) -> CalendarLinks:
    """The links of an overview; none for a professional, in whose calendar it would be a copy.

    Source: rule #6 of :mod:`apd.standard.business_rules`. A patient, or who has their power of
    attorney, may keep what is theirs.
    """
    if isinstance(overview.viewer, ProfessionalViewer):
        return CalendarLinks({}, None)
    coming = [entry.shown for entry in overview.agenda.entries]
    events = {shown.key: _quoted(event(shown, overview.now, hide or show)) for shown in coming}
    beginnings = _Beginnings()
    return CalendarLinks(
        {shown.key: _link(beginnings.of(shown), events[shown.key]) for shown in coming},
        _link(beginnings.of(*coming), *events.values()) if len(coming) > 1 else None,
    )


class _Beginnings:
    """The beginning of a file, including the time zone for the years of its appointments."""

    def __init__(self) -> None:
        self._made: dict[frozenset[int], str] = {}

    def of(self, *appointments: ShownAppointment) -> str:
        """The beginning of a file; its cost is that of the years, not of what happens in them."""
        years = frozenset(one.astimezone(copenhagen()).year for one in moments(appointments))
        if years not in self._made:
            starts = (datetime.datetime(year, 1, 1, tzinfo=copenhagen()) for year in years)
            lines = ("BEGIN:VCALENDAR", *head("PUBLISH"), *timezone(starts))
            self._made[years] = _quoted(lines)
        return self._made[years]


def _link(*parts: str) -> Markup:
    return Markup(f"{_SCHEME}{''.join(parts)}{_END}")


def _quoted(lines: Iterable[str]) -> str:
    text = folded(lines).decode()
    for character, escape in _FREQUENT:
        text = text.replace(character, escape)
    return _others.sub(lambda found: quote(found[0]), text)


_END = _quoted(("END:VCALENDAR",))
