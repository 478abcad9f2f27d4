"""Moves times by weeks: the same day of the week, and the same Danish local time."""

import datetime
from collections.abc import Collection
from itertools import pairwise

from apd.cda.clock_mistakes import offset_text
from apd.cda.timestamps import HL7_TIME, time_of, time_value
from apd.model.time import FIRST_YEAR, LAST_YEAR, copenhagen, exists, last_sunday

_PARTS = ("year", "month", "day", "hour", "minute", "second")
_FORMAT = "%Y%m%d%H%M%S"
_TRIES = 5


def shifted(value: str, weeks: int) -> str:
    """A time moved by weeks, in the same form, or in HL7's form if it has another one.

    Its offset is as far from the right one as before, and a time that summer time skips is still
    skipped. A year or a month moves as far as its first day does. Any other text is returned
    unchanged, and so is a year that no time of the model has.
    """
    parts = HL7_TIME.fullmatch(_in_hl7_form(value.strip()))
    if parts is None:
        return value
    local = "".join(filter(None, parts.group(*_PARTS)))
    form = _FORMAT[: len(local) - 2]  # two letters for two digits, but for the year
    try:
        old = datetime.datetime.strptime(local, form)
        if not FIRST_YEAR <= old.year <= LAST_YEAR:
            return value
        new = old + datetime.timedelta(weeks=weeks)
        if parts["offset"] is None and not exists(old):
            new = datetime.datetime.combine(last_sunday(new.year, 3), old.time())
        offset = "" if parts["offset"] is None else _offset(parts["offset"], old, new)
    except (ValueError, OverflowError):
        return value
    fraction = "" if parts["fraction"] is None else f".{parts['fraction']}"
    return f"{new.strftime(form)}{fraction}{offset}"


def _in_hl7_form(value: str) -> str:
    stated = time_value(value)
    if stated is None or stated.is_hl7 or stated.moment is None:
        return value
    offset = "" if stated.offset is None else offset_text(stated.offset)
    return f"{stated.local.strftime(_FORMAT[: 2 * stated.precision])}{offset}"


def _offset(stated: str, old: datetime.datetime, new: datetime.datetime) -> str:
    sign = -1 if stated[0] == "-" else 1
    minutes = sign * (int(stated[1:3]) * 60 + int(stated[3:] or 0))
    before, after = _offsets(old), _offsets(new)
    if minutes not in before:
        minutes += after[0] - before[0]
    elif minutes not in after:
        minutes = after[0]
    return offset_text(minutes)[: len(stated)]


def _offsets(time: datetime.datetime) -> list[int]:
    """The offsets of Denmark at a time on the clock, in minutes: two in the hour that repeats."""
    offsets = [time.replace(tzinfo=copenhagen(), fold=fold).utcoffset() for fold in (0, 1)]
    return [int(offset.total_seconds() // 60) for offset in offsets if offset is not None]


def fitting(values: Collection[str], weeks: int) -> int:
    """The number of weeks by which times can be moved without changing their order.

    It is the number requested, unless a time would be in the hour that is skipped when summer time
    begins, or is in the hour that is repeated when it ends; then a few more, or 0 if no number
    fits.
    """
    if not weeks:
        return 0
    asked = range(weeks, weeks + _TRIES)
    return next((count for count in asked if count and _keeps_order(values, count)), 0)


def _keeps_order(values: Collection[str], weeks: int) -> bool:
    stated = [(old, value) for value in values if (old := time_of(value)) is not None]
    moments = [(old, time_of(shifted(value, weeks))) for old, value in stated]
    known = sorted((old, new) for old, new in moments if new is not None)
    return len(known) == len(moments) and all(
        (one[0] < other[0]) == (one[1] < other[1]) for one, other in pairwise(known)
    )
