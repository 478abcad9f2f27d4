"""Whether a readable text mentions a date or a time of day, however it is written."""

import datetime
import re
from functools import lru_cache

from apd.text.times import MONTHS

# it begins with a digit, so that Python looks for one before it tries the rest
_clocks_in = re.compile(
    r"([0-9](?<![0-9][0-9])(?<![0-9][.:][0-9])[0-9]?)[:.]([0-5][0-9])(?![0-9]|\.[0-9])"
).findall
_HOURS = 24


@lru_cache(maxsize=256)
def dates_as_written(day: datetime.date) -> tuple[str, ...]:
    """The ways in which a text may write a date, in small letters: *05-03-2026*, *5. marts 2026*.

    Not for dates of birth, as the answer is remembered.
    """
    at, month, year = day.day, day.month, day.year
    return (
        f"{at:02}-{month:02}-{year}",
        f"{year}-{month:02}-{at:02}",
        *(f"{at}{mark}{month}{mark}{year}" for mark in "./-"),
        *(f"{at:02}{mark}{month:02}{mark}{year}" for mark in "./"),
        f"{at}. {MONTHS[month - 1].da} {year}",
        f"{at}/{month}-{year}",
        f"{at:02}/{month:02}-{year}",
    )


def as_compared(text: str) -> str:
    """A text in small letters, with one blank for many."""
    return " ".join(text.split()).lower()


def mentions_date(text: str, day: datetime.date) -> bool:
    """Whether a text, in small letters, mentions a date."""
    return any(date in text for date in dates_as_written(day))


def mentions_clock(text: str, time: datetime.datetime | datetime.time) -> bool:
    """Whether a text mentions a time of day; seconds do not count."""
    return datetime.time(time.hour, time.minute) in clocks_in(text)


def clocks_in(text: str) -> frozenset[datetime.time]:
    """The times of day that a text mentions: *09:15*, *9.15*; 24:00 is 00:00."""
    return frozenset(
        datetime.time(int(hour) % _HOURS, int(minute))
        for hour, minute in _clocks_in(text)
        if int(hour) < _HOURS or (int(hour) == _HOURS and minute == "00")
    )


def to_the_minute(time: datetime.datetime) -> datetime.time:
    """What a clock shows, as :func:`clocks_in` finds it in a text."""
    return datetime.time(time.hour, time.minute)
