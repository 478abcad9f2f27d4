"""What of the days a reader may choose to see: who carries it out, and series alone.

A choice is a rule of the style sheet (``:has(:checked)``), so there are as many as that has rules.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from apd.overview.agenda import AgendaEntry

_MOST = 8


class Choice(NamedTuple):
    """One that can be chosen.

    Args:
        number: names it in the style sheet, from 1.
        name: who carries it out; None for all that have no choice of their own.
    """

    number: int
    name: str | None


class Filters(NamedTuple):
    """The choices of a page.

    Args:
        choices: who carries it out; none where that is one alone.
        numbers: by the name of who carries it out, the number of the choice.
        has_series: some are of a series, and some are not.
    """

    choices: tuple[Choice, ...]
    numbers: dict[str | None, int]
    has_series: bool

    def number_of(self, entry: AgendaEntry) -> int | None:
        """The number of the choice that shows an appointment."""
        return self.numbers.get(entry.performer, len(self.choices))


def filters_of(entries: Iterable[AgendaEntry]) -> Filters:
    """The choices among appointments: those who carry out most of them, and all others."""
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
