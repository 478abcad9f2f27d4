"""The parts of the day.

Source: Aftaleoversigten, table 3, and rule #8: those intervals, or own ones such as 8:00-13:00.
"""

import datetime

from tests.oracle.expected.clock import DAY, clock, moments

TABLE_3 = {
    "morgen": (7, 9),
    "formiddag": (9, 11),
    "middag": (11, 13),
    "eftermiddag": (13, 17),
    "aften": (17, 22),
    "nat": (22, 7),
}
"""From and to, in hours on the clock; the night ends on the next day."""

Interval = tuple[datetime.datetime, datetime.datetime]


def part(name: str, day: datetime.date) -> Interval:
    """The moments at which a part of a day begins and ends."""
    from_hour, to_hour = TABLE_3[name]
    found = own(day, datetime.time(from_hour), datetime.time(to_hour))
    assert found is not None  # no part begins or ends in the hours in which the clock is changed
    return found


def own(day: datetime.date, begins: datetime.time, ends: datetime.time) -> Interval | None:
    """An own interval; None where it begins or ends at a time that the clock skips.

    One that ends at the clock time at which it begins, or earlier, ends on the next day.
    """
    last = day + DAY if ends <= begins else day
    start = moments(datetime.datetime.combine(day, begins))
    end = moments(datetime.datetime.combine(last, ends))
    return (start[0], end[0]) if start and end else None


def name(start: datetime.datetime, end: datetime.datetime | None) -> str | None:
    """Which part of a day these moments are, if any."""
    if end is None:
        return None
    for candidate in TABLE_3:
        if part(candidate, clock(start).date()) == (start, end):
            return candidate
    return None
