"""When the appointments of a pattern are.

Sources: RFC 5545, 3.3.10 (DAILY and WEEKLY with INTERVAL, BYDAY and COUNT), on the clock in
Denmark; Aftaleoversigten, table 2, type 4: any number of appointments, over any number of days
(R1).
"""

import datetime
from collections.abc import Iterator
from typing import Literal, NamedTuple

from tests.oracle.expected.clock import DAY, HOUR, moments

Interval = tuple[datetime.datetime, datetime.datetime | None]


class SkippedError(Exception):
    """An appointment would begin at a time that the clock skips."""


class Pattern(NamedTuple):
    """Every so many days or weeks, at a clock time."""

    first: datetime.datetime
    """The clock time of the first."""
    count: int
    frequency: Literal["DAILY", "WEEKLY"] = "DAILY"
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    """Monday is 0; none for that of the first."""
    lasts: datetime.timedelta | None = None
    """Time that passes; None where the end is not known."""
    missing_hour: Literal["refuse", "shift", "skip"] = "refuse"
    moved_by: datetime.timedelta = datetime.timedelta()
    """How much later on the clock all of them are than the rule says."""


def appointments(pattern: Pattern) -> dict[datetime.datetime, Interval]:
    """Start and end of every appointment, by the clock time that the rule says.

    Raises:
        SkippedError: a time does not exist, and the pattern does not say what holds then.
    """
    found: dict[datetime.datetime, Interval] = {}
    for said in _clock_times(pattern):
        if len(found) == pattern.count:
            break
        start = on_the_clock(said + pattern.moved_by, pattern.missing_hour)
        if start is not None:
            found[said] = start, None if pattern.lasts is None else start + pattern.lasts
    return found


def on_the_clock(shown: datetime.datetime, missing_hour: str) -> datetime.datetime | None:
    """The moment at which the clock shows a time first; None where it is to be left out."""
    found = moments(shown)
    if found:
        return found[0]
    if missing_hour == "refuse":
        raise SkippedError
    return moments(shown + HOUR)[0] if missing_hour == "shift" else None


def _clock_times(pattern: Pattern) -> Iterator[datetime.datetime]:
    """What the rule says, for ever."""
    if pattern.frequency == "DAILY":
        step, weekdays, said = pattern.interval * DAY, [0], pattern.first
    else:
        step, weekdays = 7 * pattern.interval * DAY, sorted(pattern.weekdays)
        weekdays = weekdays or [pattern.first.weekday()]
        said = pattern.first - pattern.first.weekday() * DAY
    while True:
        for weekday in weekdays:
            if said + weekday * DAY >= pattern.first:
                yield said + weekday * DAY
        said += step
