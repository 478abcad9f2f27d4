"""The meaning of a TS value: the only place that interprets times in a document.

HL7's form is digits from the year to the second, then an offset: ``20260303101500+0100``. A value
in another form with only one possible meaning (ISO 8601: dashes, colons, ``T``, ``Z``, ``+01:00``,
24:00) is read as that moment, and is marked as having another form. Source: HL7 v3 data types R1,
TS; ISO 8601-1:2019; RFC 3339.
"""

import datetime
import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from apd.cda.remembering import remembered_if_short
from apd.errors import InvalidValue
from apd.model.time import danish_time, exists, in_denmark

HL7_TIME = re.compile(
    r"(?P<year>[0-9]{4})(?:(?P<month>[0-9]{2})(?:(?P<day>[0-9]{2})(?:(?P<hour>[0-9]{2})"
    r"(?:(?P<minute>[0-9]{2})(?:(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?)?)?)?)?)?"
    r"(?P<offset>[+\-][0-9]{2}(?P<minutes>[0-9]{2})?)?"
)
"""HL7's form, part by part."""
_OTHER = re.compile(
    r"(?P<year>[0-9]{4})(?P<dash>-?)(?P<month>[0-9]{2})(?P=dash)(?P<day>[0-9]{2})"
    r"(?:[Tt ]?(?P<hour>[0-9]{2})(?P<colon>:?)(?P<minute>[0-9]{2})"
    r"(?:(?P=colon)(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]+))?)?)?"
    r" ?(?P<offset>[Zz]|[+\-][0-9]{2}(?::?(?P<minutes>[0-9]{2}))?)?"
)
_MOST_MINUTES = 14 * 60  # no zone is further from UTC
_DAY = datetime.timedelta(days=1)


class Precision(IntEnum):
    """The last part of a date and time that a value contains."""

    YEAR = 1
    MONTH = 2
    DAY = 3
    HOUR = 4
    MINUTE = 5
    SECOND = 6


_PRECISIONS = tuple(Precision)
_PARTS = (*(precision.name.lower() for precision in Precision), "fraction", "offset", "minutes")


class TimeValue(NamedTuple):
    """The local date and time of a TS value, with its offset in minutes.

    Parts that are left out have their first value, and 24:00 is 00:00 on the next day. A form other
    than HL7's has the same meaning, but gives a finding, and so does an offset of fewer than four
    digits.
    """

    local: datetime.datetime
    offset: int | None
    precision: Precision
    is_hl7: bool
    has_whole_offset: bool

    @property
    def has_time(self) -> bool:
        """Whether it has a time of day, not only a date."""
        return self.precision > Precision.DAY

    @property
    def is_full(self) -> bool:
        """Whether it has a date, a time with seconds, and an offset of four digits."""
        is_to_the_second = self.precision is Precision.SECOND
        return is_to_the_second and self.offset is not None and self.has_whole_offset

    @property
    def utc(self) -> datetime.datetime:
        """The moment in UTC, without a time zone; a value without an offset is taken as UTC.

        This serves to compare values of one kind, such as a start with an end. The offset is
        ignored if the year would be out of the range of a datetime.
        """
        try:
            return self.local - datetime.timedelta(minutes=self.offset or 0)
        except OverflowError:
            return self.local

    @property
    def is_skipped(self) -> bool:
        """Whether it has no offset and is in the hour that Denmark skips for summer time."""
        return self.offset is None and not exists(self.local)

    @property
    def moment(self) -> datetime.datetime | None:
        """The moment, with Denmark's offset of that day, in whole seconds.

        A value without an offset is Danish local time; a date is midnight on that day. None for a
        value without a day, one in the hour that is skipped, and years before 1900 or after 9998.
        """
        return None if self.precision < Precision.DAY else _moment(self.local, self.offset)


@lru_cache(maxsize=256)
def _moment(local: datetime.datetime, offset: int | None) -> datetime.datetime | None:
    try:
        if offset is None:
            return in_denmark(local)
        zone = datetime.timezone(datetime.timedelta(minutes=offset))
        return danish_time(local.replace(tzinfo=zone))
    except (InvalidValue, OverflowError):
        return None


def time_value(value: str) -> TimeValue | None:
    """The meaning of a TS value; None if it is not a date or time that exists."""
    value = value.strip()
    # A document says the same few times over and over. Anything but a time of day in HL7's form may
    # be a date of birth, which is personal and so not remembered.
    is_clock_time = value[:12].isdigit() and value[8:12] not in ("", "0000")
    return _remembered(value) if is_clock_time else _time_value(value)


def _time_value(value: str) -> TimeValue | None:
    parts = HL7_TIME.fullmatch(value)
    stated = None if parts is None else _from_parts(parts, is_hl7=True)
    if stated is None:
        parts = _OTHER.fullmatch(value)
        stated = None if parts is None else _from_parts(parts, is_hl7=False)
    return stated


_remembered = remembered_if_short(_time_value)


def _from_parts(parts: "re.Match[str]", *, is_hl7: bool) -> TimeValue | None:
    *stated, fraction, offset, minutes = parts.group(*_PARTS)
    year, month, day, hour, minute, second = stated
    is_midnight = hour == "24"  # the same moment as 00:00 of the next day
    try:
        local = datetime.datetime(
            int(year),
            int(month or 1),
            int(day or 1),
            0 if is_midnight else int(hour or 0),
            int(minute or 0),
            int(second or 0),
            int((fraction or "0")[:6].ljust(6, "0")),
        )
        if is_midnight:
            if local.time() != datetime.time():
                return None
            local += _DAY
        east = _offset(offset, minutes)
    except (ValueError, OverflowError):
        return None
    precision = _PRECISIONS[-1 - stated.count(None)]  # what is left out is at the end
    return TimeValue(local, east, precision, is_hl7, offset is None or minutes is not None)


def _offset(stated: str | None, minutes: str | None) -> int | None:
    if stated is None:
        return None
    if stated in "Zz":
        return 0
    amount = int(stated[1:3]) * 60 + int(minutes or 0)
    if amount > _MOST_MINUTES or int(minutes or 0) >= 60:
        raise ValueError("no such zone")
    return -amount if stated[0] == "-" else amount


def time_of(value: str) -> datetime.datetime | None:
    """The moment of a TS value, or None if it has none; see :attr:`TimeValue.moment`."""
    stated = time_value(value)
    return None if stated is None else stated.moment
