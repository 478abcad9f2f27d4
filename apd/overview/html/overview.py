"""An overview as a page: a list of cards, weeks and months."""

from typing import NamedTuple

from apd.overview.html.cards import CardGroup, card_group
from apd.overview.html.rendering import render
from apd.overview.html.sheets import months, weeks
from apd.overview.shown import Phase
from apd.overview.value import Overview
from apd.text import times
from apd.text.times import WEEKDAYS
from apd.wording import Hide


class Section(NamedTuple):
    """The appointments of a phase.

    Args:
        phase: the phase.
        title: its heading.
        groups: the cards.
    """

    phase: Phase
    title: str
    groups: tuple[CardGroup, ...]

    @property
    def size(self) -> int:
        """How many appointments there are."""
        return sum(1 + len(group.more) for group in self.groups)


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
    return render(
        "overview.html",
        overview.language,
        hide,
        overview=overview,
        as_of=times.moment(overview.now, overview.language),
        sections=[section for phase in _PHASES if (section := _section(phase, overview)).groups],
        weekdays=[name.in_language(overview.language) for name in WEEKDAYS],
        weeks=weeks(overview),
        months=months(overview),
    )


_PHASES = (Phase.ONGOING, Phase.UPCOMING, Phase.PAST)


def _section(phase: Phase, overview: Overview) -> Section:
    groups = (card_group(group, overview) for group in overview.groups(phase))
    return Section(phase, phase.display(overview.language), tuple(groups))
