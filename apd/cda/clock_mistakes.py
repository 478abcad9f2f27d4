"""Mistakes that systems make when they write a time, recognised by the difference they make.

A time that is an hour off may just be wrong; but if it is off by exactly Denmark's offset on that
day, UTC was most likely written as local time. The time to compare with comes from elsewhere: from
the readable text, or from the intended content.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from apd.cda.timestamps import Precision, TimeValue, time_value
from apd.model.time import copenhagen
from apd.wording import WordedStrEnum, Wording

_A_MINUTE = datetime.timedelta(minutes=1)
_A_DAY = datetime.timedelta(days=1)
_HALF_A_DAY = datetime.timedelta(hours=12)
_WINTER, _SUMMER = 60, 120  # minutes


class ClockMistake(WordedStrEnum):
    """A mistake that may have been made with a time, in words about the data."""

    WINTER_IN_SUMMER = (
        "winter-in-summer",
        Wording(
            "klokkeslættet er rigtigt, men tidszonen er vintertidens (+0100) i stedet for "
            "sommertidens",
            "the time of day is right, but the offset is that of winter time (+0100), not of "
            "summer time",
        ),
    )
    SUMMER_IN_WINTER = (
        "summer-in-winter",
        Wording(
            "klokkeslættet er rigtigt, men tidszonen er sommertidens (+0200) i stedet for "
            "vintertidens",
            "the time of day is right, but the offset is that of summer time (+0200), not of "
            "winter time",
        ),
    )
    LOCAL_AS_UTC = (
        "local-as-utc",
        Wording(
            "dansk tid er formentlig skrevet som UTC (+0000)",
            "Danish local time was probably written as UTC (+0000)",
        ),
    )
    WRONG_OFFSET = (
        "wrong-offset",
        Wording(
            "klokkeslættet er rigtigt, men tidszonen er ikke Danmarks",
            "the time of day is right, but the offset is not Denmark's",
        ),
    )
    UTC_AS_LOCAL = (
        "utc-as-local",
        Wording(
            "UTC er formentlig skrevet som dansk tid (forskellen er præcis Danmarks tidszone)",
            "UTC was probably written as Danish local time (the difference is exactly Denmark's "
            "offset)",
        ),
    )
    OFFSET_ADDED_TWICE = (
        "offset-added-twice",
        Wording(
            "forskellen mellem UTC og dansk tid er formentlig lagt til to gange",
            "the difference between UTC and Danish time was probably added twice",
        ),
    )
    TWELVE_HOURS = (
        "twelve-hours",
        Wording(
            "klokkeslættet er formentlig skrevet i 12-timersformat (forskellen er 12 timer)",
            "the time of day was probably written in 12-hour format (the difference is 12 hours)",
        ),
    )
    DAY_AND_MONTH = (
        "day-and-month",
        Wording(
            "dag og måned er formentlig byttet om", "the day and the month were probably swapped"
        ),
    )


def offset_text(minutes: int) -> str:
    """An offset as written in a document: *+0100*."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}{rest:02}"


def offset_due(value: TimeValue) -> int | None:
    """Denmark's offset at a time, in minutes; None if the value is not a moment."""
    moment = value.moment
    offset = None if moment is None else moment.utcoffset()
    return None if offset is None else int(offset.total_seconds() // 60)


@lru_cache(maxsize=1024)  # documents say the same few days, and none of them is one of birth
def _offset_of(day: str) -> str | None:
    """The offset that Denmark has all of a day; None where it changes."""
    begins = datetime.datetime.fromisoformat(day).replace(tzinfo=copenhagen())
    try:
        offsets = {begins.utcoffset(), (begins + _A_DAY).utcoffset()}
    except OverflowError:
        return None
    offset = offsets.pop()
    return None if offsets or offset is None else offset_text(offset // _A_MINUTE)


def is_danish_time(time: str) -> bool:
    """Whether a full time has the offset that Denmark has at that moment."""
    offset = _offset_of(time[:8])
    if offset is not None:
        return offset == time[14:]
    value = time_value(time)
    return value is not None and offset_due(value) is not None and not has_other_offset(value)


def has_other_offset(value: TimeValue) -> bool:
    """Whether the offset of a time differs from Denmark's at that moment."""
    return value.offset is not None and offset_due(value) not in (None, value.offset)


def as_value(moment: datetime.datetime) -> TimeValue:
    """A moment as written in a document, in Danish local time."""
    offset = moment.utcoffset()
    minutes = None if offset is None else int(offset.total_seconds() // 60)
    return TimeValue(moment.replace(tzinfo=None), minutes, Precision.SECOND, True, True)


def clock_mistake(
    written: Sequence[TimeValue], is_right: Callable[[datetime.datetime], bool]
) -> ClockMistake | None:
    """The first mistake that explains every written time, or None.

    ``is_right`` returns whether a Danish local time, without a time zone, is the right one.
    """
    if not written:
        return None
    undone = [dict(_undone(one)) for one in written]
    for mistake in ClockMistake:
        clocks = [one.get(mistake) for one in undone]
        if all(clock is not None and any(map(is_right, clock)) for clock in clocks):
            return mistake
    return None


def _undone(written: TimeValue) -> Iterator[tuple[ClockMistake, tuple[datetime.datetime, ...]]]:
    """What a clock in Denmark would show if one mistake or another had not been made."""
    moment, due = written.moment, offset_due(written)
    if moment is None or due is None:
        return
    shown, offset = moment.replace(tzinfo=None), datetime.timedelta(minutes=due)
    if written.offset is not None and has_other_offset(written):
        yield _of_offset(written.offset, due), (written.local,)
        yield ClockMistake.WRONG_OFFSET, (written.local,)
    try:
        yield ClockMistake.UTC_AS_LOCAL, (shown + offset,)
        yield ClockMistake.OFFSET_ADDED_TWICE, (shown - offset,)
        # only some of several times are in the half of the day that is written wrong
        yield ClockMistake.TWELVE_HOURS, (shown, shown + _HALF_A_DAY, shown - _HALF_A_DAY)
        yield ClockMistake.DAY_AND_MONTH, (shown.replace(day=shown.month, month=shown.day),)
    except (OverflowError, ValueError):
        return


def _of_offset(written: int, due: int) -> ClockMistake:
    if written == 0:
        return ClockMistake.LOCAL_AS_UTC
    if (written, due) == (_WINTER, _SUMMER):
        return ClockMistake.WINTER_IN_SUMMER
    if (written, due) == (_SUMMER, _WINTER):
        return ClockMistake.SUMMER_IN_WINTER
    return ClockMistake.WRONG_OFFSET
