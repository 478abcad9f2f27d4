"""Times of day in Denmark.

Every time of the model has a time zone, is exact to the second, and has the offset that applies in
Copenhagen on that day: +01:00 in winter, +02:00 in summer. The offset is fixed, so that times are
compared by their moments, even in the hour that occurs twice.
"""

import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from attrs import Attribute

from apd.errors import InvalidValue
from apd.model.validators import field_name, is_a, wrong_type
from apd.wording import Wording

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 1900, 9998  # before 1900 the offset was no whole minute


@cache
def copenhagen() -> "ZoneInfo":
    """The time zone of Denmark."""
    from zoneinfo import ZoneInfo  # on first use: it takes longer to import than to look up

    return ZoneInfo("Europe/Copenhagen")


@cache
def _fixed(offset: datetime.timedelta) -> datetime.timezone:
    return datetime.timezone(offset)


def danish_time(value: datetime.datetime, field: str = "time") -> datetime.datetime:
    """The same moment with the offset of Copenhagen on that day, in whole seconds.

    Args:
        value: a time with a time zone.
        field: its name in an error.

    Raises:
        InvalidValue: it has no time zone, is in the hour that the change to summer time skips, or
            has a year before 1900 or after 9998.
    """
    if not isinstance(value, datetime.datetime):
        raise wrong_type(
            field,
            value,
            Wording(
                "et tidspunkt med tidszone (datetime, se local_time())",
                "a time with a time zone (datetime, see local_time())",
            ),
        )
    is_fixed = isinstance(value.tzinfo, datetime.timezone)
    if not is_fixed and value.utcoffset() is None:
        raise InvalidValue(
            field,
            Wording("har ingen tidszone", "has no time zone"),
            Wording(
                "dan det med local_time(), eller angiv tzinfo",
                "make it with local_time(), or specify a tzinfo",
            ),
        )
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise out_of_range(field)
    if value.microsecond:
        value = value.replace(microsecond=0)
    if not is_fixed:
        if _is_skipped(value):
            raise InvalidValue(
                field,
                Wording("findes ikke", "does not exist"),
                Wording(
                    "vælg et andet tidspunkt, da timen springes over, når sommertiden begynder",
                    "choose another time, as that hour is skipped when summer time begins",
                ),
            )
        value = value.astimezone(datetime.UTC)
    local = _with_danish_offset(value)
    if not FIRST_YEAR <= local.year <= LAST_YEAR:  # over the year's end by its offset
        raise out_of_range(field)
    return local


def out_of_range(field: str) -> InvalidValue:
    """The error that states the years that are allowed."""
    return InvalidValue(
        field,
        Wording("ligger uden for det tilladte", "is out of range"),
        Wording(
            f"angiv et år fra {FIRST_YEAR} til {LAST_YEAR}",
            f"specify a year from {FIRST_YEAR} to {LAST_YEAR}",
        ),
    )


# One document says the same few times over and over. Times of fixed offsets that are equal are
# the same moment; of others, which the cache must not see, two moments may be equal.
@lru_cache(maxsize=64)
def _with_danish_offset(value: datetime.datetime) -> datetime.datetime:
    local = value.astimezone(copenhagen())
    offset = local.utcoffset()
    assert offset is not None  # a ZoneInfo always has one
    return local.replace(tzinfo=_fixed(offset), fold=0)


def _is_skipped(value: datetime.datetime) -> bool:
    """To UTC and back: another clock time comes out for one that the change skips."""
    there_and_back = value.astimezone(datetime.UTC).astimezone(value.tzinfo)
    return there_and_back.replace(tzinfo=None) != value.replace(tzinfo=None)


def as_time(value: datetime.datetime) -> datetime.datetime:
    """Converter: as :func:`danish_time`; :func:`is_time` names the field of what is refused."""
    try:
        return danish_time(value)
    except InvalidValue:
        return value


def as_optional_time(value: datetime.datetime | None) -> datetime.datetime | None:
    """Converter: as :func:`as_time`, or None."""
    return None if value is None else as_time(value)


def is_time(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    """Validator: a time that :func:`as_time` could convert, or None."""
    if value is not None and not (
        isinstance(value, datetime.datetime)
        and isinstance(value.tzinfo, datetime.timezone)
        and FIRST_YEAR <= value.year <= LAST_YEAR
    ):
        danish_time(value, field_name(instance, attribute))


_is_datetime = is_a(datetime.datetime)


def is_given_time(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    """Validator: as :func:`is_time`, but not None."""
    _is_datetime(instance, attribute, value)
    is_time(instance, attribute, value)


def read_time(text: str) -> datetime.datetime:
    """A time in ISO 8601; without an offset it is Danish local time.

    Raises:
        ValueError: it is not a time, or is out of range for a document.
        OverflowError: the same.
    """
    time = datetime.datetime.fromisoformat(text.strip())
    return danish_time(time) if time.tzinfo else in_denmark(time)


def local_time(
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0
) -> datetime.datetime:
    """A time in Danish local time.

    In the hour that occurs twice when summer time ends, it is the first one; specify a datetime
    with an offset for the second.

    Raises:
        InvalidValue: the change to summer time skips that time.
        ValueError: there is no such date or time.
    """
    return danish_time(
        datetime.datetime(year, month, day, hour, minute, second, tzinfo=copenhagen())
    )


def last_sunday(year: int, month: int) -> datetime.date:
    """The last Sunday of a month of 31 days: in March and October the clock is changed then."""
    last_day = datetime.date(year, month, 31)
    return last_day - datetime.timedelta(days=last_day.isoweekday() % 7)


def exists(clock: datetime.datetime) -> bool:
    """Whether a local time exists; one that is skipped when summer time begins does not.

    Args:
        clock: the local time, without a time zone.
    """
    try:
        return not _is_skipped(clock.replace(tzinfo=copenhagen()))
    except OverflowError:  # next to the first or the last year there is
        return True


def in_denmark(clock: datetime.datetime) -> datetime.datetime:
    """The time for a Danish local time; see :func:`local_time`.

    Args:
        clock: the local time, without a time zone.
    """
    return danish_time(clock.replace(tzinfo=copenhagen()))


def midnight(day: datetime.date) -> datetime.datetime:
    """The time at which a day begins in Denmark."""
    return combined(day, datetime.time())


def combined(day: datetime.date, at: datetime.time) -> datetime.datetime:
    """The time for a date and a time of day in Denmark; see :func:`local_time`."""
    return local_time(day.year, day.month, day.day, at.hour, at.minute, at.second)
