"""When the appointment is: CDA IVL_TS, as it stands in the header and in the encounter.

An appointment that has a day and no time of day comes in two forms: dates (``20260303``), or 00:00
with a note that no time is set. Both are read as ``date_only``; the second is what is written, as
the standard asks for a time in seconds. Source: APD-DK 2.0.1; MedCom's test protocol, 0202.
"""

import datetime

from apd.cda.datatypes import write_time
from apd.cda.date_only import says_no_time
from apd.cda.timestamps import TimeValue, time_value
from apd.cda.xml import Element, children, first, hl7
from apd.errors import InvalidValue
from apd.model.schedule import Schedule

_LOW, _HIGH = hl7("low"), hl7("high")
_MIDNIGHT, _LAST_MINUTE = datetime.time(), datetime.time(23, 59)
_SECOND = datetime.timedelta(seconds=1)


def read_interval(
    interval: Element | None, *, indicative: bool = False, note: str | None = None
) -> Schedule | None:
    """The schedule in an effectiveTime, with the words of a guided interval; None without a start.

    An end that is not after the start is no end, and neither is a date beside a start that has a
    time of day: when on that day it ends is not stated.
    """
    low, high = _bounds(interval)
    start = None if low is None else low.moment
    if low is None or start is None:
        return None
    end = None if high is None else high.moment
    if not low.has_time or (indicative and says_no_time(note) and _is_whole_days(start, end)):
        found = _read_days(low.local.date() if not low.has_time else start.date(), high, note)
        if found is not None:
            return found
    if end is not None and (end <= start or not (high and high.has_time)):
        end = None
    return Schedule(start, end, indicative=indicative, note=note if indicative else None)


def is_start_skipped(interval: Element | None) -> bool:
    """True for a start without an offset in the hour that the clock in Denmark skips."""
    low, _ = _bounds(interval)
    return low is not None and low.is_skipped


def _bounds(interval: Element | None) -> tuple[TimeValue | None, TimeValue | None]:
    parts = children(interval)
    return _value(first(parts, _LOW)), _value(first(parts, _HIGH))


def _value(element: Element | None) -> TimeValue | None:
    value = None if element is None else element.get("value")
    return None if value is None else time_value(value)


def _is_whole_days(start: datetime.datetime, end: datetime.datetime | None) -> bool:
    """From midnight, and to midnight (or the minute before it) if there is an end."""
    if start.time() != _MIDNIGHT:
        return False
    return end is None or end <= start or end.time() == _MIDNIGHT or end.time() >= _LAST_MINUTE


def _read_days(first: datetime.date, high: TimeValue | None, note: str | None) -> Schedule | None:
    """The day or the days; a date is the last day, and a moment the end of the last day."""
    last = None
    if high is not None and high.moment is not None:
        is_date = not high.has_time
        last = high.local.date() if is_date else (high.moment - _SECOND).date()
    if last is not None and last < first:
        last = None
    try:
        return Schedule.on(first, last, note=note)
    except InvalidValue:  # a day that does not begin at midnight, or out of range
        return None


def write_interval(schedule: Schedule) -> str:
    """Start and end; an end that is not known is null."""
    return (
        f"<effectiveTime>{write_time('low', schedule.start)}"
        f"{write_time('high', schedule.end)}</effectiveTime>"
    )
