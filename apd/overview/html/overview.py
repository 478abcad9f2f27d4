"""An overview as a page: what is next, the days, weeks and months."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from attrs import evolve

from apd.overview.agenda import AgendaDay
from apd.overview.html.calendar_links import calendar_links
from apd.overview.html.cards import CardDay, card, card_day
from apd.overview.html.filters import filters_of
from apd.overview.html.rendering import render
from apd.overview.html.sheets import months, weeks
from apd.overview.shown import Phase
from apd.overview.value import Overview
from apd.text import times
from apd.text.times import WEEKDAYS
from apd.wording import Hide


class Section(NamedTuple):
    """Days of an agenda under a heading of their own.

    Args:
        title: its heading.
        days: its days with the cards.
    """

    title: str
    days: tuple[CardDay, ...]

    @property
    def size(self) -> int:
        """How many appointments there are."""
        return sum(len(day.cards) for day in self.days)


def page(overview: Overview, *, hide: Hide | None = None) -> str:
    """One self-contained page that shows an overview.

    It has three views, list, week and month, that are links to follow; without style sheets they
    stand one below the other. The same overview always gives the same page.

    Args:
        overview: what it shows.
        hide: is applied to every text, such as to hide CPR numbers; None shows everything.

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
    """What is over, the last one first."""
    return (evolve(day, entries=day.entries[::-1]) for day in reversed(days))


def _section(phase: Phase, days: Iterable[AgendaDay], overview: Overview) -> Section:
    made = tuple(card_day(day, overview, phase.value) for day in days)
    return Section(phase.display(overview.language), made)
