"""The time of the appointment: CDA IVL_TS, in the header and in the encounter.

An appointment with a day but no time of day occurs in two forms: dates (``20260303``), or 00:00
with a note that no time is set. Both are read as ``date_only``; the second is written, as the
standard requires a time with seconds. Source: APD-DK 2.0.1; MedCom's test protocol, 0202.
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
    """The schedule in an effectiveTime, with the note of a guided interval; None without a start.

    An end that is not after the start is ignored, and so is a date if the start has a time of day,
    as it does not state when on that day the appointment ends.
    """
    return _schedule(*_bounds(interval), indicative, note)


def schedule_of(low: str, high: str, *, indicative: bool, note: str | None) -> Schedule | None:
    """The schedule from values of low and high, of which the second may be empty."""
    return _schedule(time_value(low), time_value(high) if high else None, indicative, note)


def _schedule(
    low: TimeValue | None, high: TimeValue | None, indicative: bool, note: str | None
) -> Schedule | None:
    start = None if low is None else low.moment
    if low is None or start is None:
        return None
    end = None if high is None else high.moment
    if not low.has_time or (indicative and _is_whole_days(start, end) and says_no_time(note)):
        found = _read_days(low.local.date() if not low.has_time else start.date(), high, note)
        if found is not None:
            return found
    if end is not None and (end <= start or not (high and high.has_time)):
        end = None
    return Schedule(start, end, indicative=indicative, note=note if indicative else None)


def is_start_skipped(interval: Element | None) -> bool:
    """Whether a start without an offset is in the hour that is skipped in Denmark."""
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
    """Start and end; an unknown end is null."""
    return (
        f"<effectiveTime>{write_time('low', schedule.start)}"
        f"{write_time('high', schedule.end)}</effectiveTime>"
    )
