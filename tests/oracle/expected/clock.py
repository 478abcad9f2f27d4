"""What a clock in Denmark shows.

Source: directive 2000/84/EC, articles 2 and 3: summer time begins on the last Sunday of March
at 01:00 UTC and ends on the last Sunday of October at 01:00 UTC. It has been so since 1996.
Danish time is one hour ahead of UTC, two hours in summer.

A *moment* is an aware ``datetime`` in UTC; a *clock time* is a naive one.
"""

import datetime
from functools import cache

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
FIRST_YEAR = 1996


@cache
def summer(year: int) -> tuple[datetime.datetime, datetime.datetime]:
    """The moments at which summer time begins and ends."""
    return _last_sunday(year, 3), _last_sunday(year, 10)


def clock(moment: datetime.datetime) -> datetime.datetime:
    """What a clock shows at a moment."""
    utc = moment.astimezone(datetime.UTC)
    begins, ends = summer(utc.year)
    return (utc + (2 * HOUR if begins <= utc < ends else HOUR)).replace(tzinfo=None)


def moments(shown: datetime.datetime) -> list[datetime.datetime]:
    """The moments at which a clock shows this: one; none, or two, where it is changed."""
    candidates = (shown.replace(tzinfo=datetime.UTC) - hours * HOUR for hours in (2, 1))
    return [moment for moment in candidates if clock(moment) == shown]


def today(moment: datetime.datetime) -> datetime.date:
    """The day that it is in Denmark."""
    return clock(moment).date()


def midnight(day: datetime.date) -> datetime.datetime:
    """The moment at which a day begins; the clock is never changed at midnight."""
    (moment,) = moments(datetime.datetime.combine(day, datetime.time()))
    return moment


def _last_sunday(year: int, month: int) -> datetime.datetime:
    """01:00 UTC on the last Sunday of a month that has 31 days."""
    last = datetime.datetime(year, month, 31, 1, tzinfo=datetime.UTC)
    return last - (last.isoweekday() % 7) * DAY
