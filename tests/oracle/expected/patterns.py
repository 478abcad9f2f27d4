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


def appointments(
    pattern: Pattern, before: datetime.datetime | None = None
) -> dict[datetime.datetime, Interval]:
    """Start and end of every appointment, by the clock time that the rule says.

    Args:
        pattern: the pattern.
        before: the first moment that is not asked for.

    Raises:
        SkippedError: a time does not exist, and the pattern does not say what holds then.
    """
    found: dict[datetime.datetime, Interval] = {}
    count = 0
    for stated in _clock_times(pattern):
        if count == pattern.count:
            break
        shown = stated + pattern.moved_by
        if not moments(shown) and pattern.missing_hour == "skip":
            continue
        count += 1
        if before is None or on_the_clock(shown, "shift") < before:
            start = on_the_clock(shown, pattern.missing_hour)
            found[stated] = start, None if pattern.lasts is None else start + pattern.lasts
    return found


def on_the_clock(shown: datetime.datetime, missing_hour: str) -> datetime.datetime:
    """The first moment at which the clock shows a time; an hour later if it may be shifted."""
    found = moments(shown)
    if not found and missing_hour != "shift":
        raise SkippedError
    return found[0] if found else moments(shown + HOUR)[0]


def _clock_times(pattern: Pattern) -> Iterator[datetime.datetime]:
    """What the rule says, for ever."""
    if pattern.frequency == "DAILY":
        step, weekdays, stated = pattern.interval * DAY, [0], pattern.first
    else:
        step, weekdays = 7 * pattern.interval * DAY, sorted(pattern.weekdays)
        weekdays = weekdays or [pattern.first.weekday()]
        stated = pattern.first - pattern.first.weekday() * DAY
    while True:
        for weekday in weekdays:
            if stated + weekday * DAY >= pattern.first:
                yield stated + weekday * DAY
        stated += step
