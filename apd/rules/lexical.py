"""The lexical forms of values: UUID, OID, time, URI. Source: HL7 v3 data types release 1."""

import datetime
import re
from collections.abc import Callable
from functools import lru_cache

from apd.standard.element import Lexical

_uuid = re.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}").fullmatch
_oid = re.compile(r"[0-2](?:\.(?:0|[1-9][0-9]*))*").fullmatch
# RFC 3986 has no blank, no control character, none of these marks and nothing outside ASCII.
_uri = re.compile(r"[!#-;=?-\[\]_a-z~]*").fullmatch
_integer = re.compile("-?[1-9][0-9]*|[0-9]+").fullmatch
_organization_number = re.compile("[0-9]{1,18}").fullmatch
_TS = re.compile(
    r"(?P<year>[0-9]{4})(?:(?P<month>[0-9]{2})(?:(?P<day>[0-9]{2})(?:(?P<hour>[0-9]{2})"
    r"(?:(?P<minute>[0-9]{2})(?:(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?)?)?)?)?)?"
    r"(?P<offset>[+\-][0-9]{2}(?P<minutes>[0-9]{2})?)?"
)
_MOST_MINUTES = 14 * 60  # no zone is further from UTC


def is_uuid(value: str | None) -> bool:
    """A UUID, in either case."""
    return value is not None and _uuid(value) is not None


@lru_cache(maxsize=256)  # nearly all of them are a dozen that come again and again
def is_oid_or_uuid(value: str) -> bool:
    """An OID or a UUID."""
    return _oid(value) is not None or _uuid(value) is not None


def is_uri(value: str) -> bool:
    """A URI, with or without a scheme."""
    return _uri(value) is not None


class Moment:
    """What the value of a TS says.

    Args:
        at: the moment in UTC; a value without an offset is taken as UTC, what is left out of it
            as the beginning.
        local: the same, as a clock shows it.
        offset: the offset in minutes, or None.
        is_full: date, clock time in seconds and an offset in four digits.
        has_whole_offset: no offset, or one in four digits.
    """

    __slots__ = ("at", "has_whole_offset", "is_full", "local", "offset")

    def __init__(self, parts: "re.Match[str]") -> None:
        year, month, day, hour, minute, second, fraction, offset, minutes = parts.groups()
        microsecond = int((fraction or "0")[:6].ljust(6, "0"))
        is_midnight = hour == "24" and not (int(minute or 0) or int(second or 0) or microsecond)
        self.local = datetime.datetime(
            int(year),
            int(month or 1),
            int(day or 1),
            0 if is_midnight else int(hour or 0),
            int(minute or 0),
            int(second or 0),
            microsecond,
        )
        if is_midnight:  # 24:00 is the first moment of the next day
            self.local += datetime.timedelta(days=1)
        self.offset: int | None = None
        if offset is not None:
            amount = int(offset[1:3]) * 60 + int(minutes or 0)
            if amount > _MOST_MINUTES or int(minutes or 0) >= 60:
                raise ValueError("no such zone")
            self.offset = -amount if offset[0] == "-" else amount
        self.at = self.local - datetime.timedelta(minutes=self.offset or 0)
        self.has_whole_offset = offset is None or minutes is not None
        self.is_full = second is not None and offset is not None and minutes is not None


@lru_cache(maxsize=256)  # a document says the same few times over and over
def moment(value: str) -> Moment | None:
    """What a TS says, or None for a value that is no date and time of the calendar."""
    parts = _TS.fullmatch(value)
    if parts is None:
        return None
    try:
        return Moment(parts)
    except (ValueError, OverflowError):
        return None


def full_time(value: str) -> Moment | None:
    """What a TS says, if it has date, clock time in seconds and zone."""
    found = moment(value)
    return found if found is not None and found.is_full else None


RECOGNISERS: dict[Lexical, Callable[[str], object]] = {
    Lexical.UUID: is_uuid,
    Lexical.OID_OR_UUID: is_oid_or_uuid,
    Lexical.ORGANIZATION_NUMBER: _organization_number,
    Lexical.FULL_TIME: full_time,
    Lexical.TIME: moment,
    Lexical.URI: is_uri,
    Lexical.INTEGER: _integer,
    Lexical.NOT_BLANK: str.strip,
}
"""What recognises a value of each form: true for one that is of it."""
