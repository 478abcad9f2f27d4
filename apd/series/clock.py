"""Clock times: what a clock on a wall in Denmark shows, as datetimes without a zone.

A series repeats by the clock, so its times have no offset until the day is known. Once a year
a clock skips an hour, and once it shows one twice. A clock time that comes twice means the
first pass here, as RFC 5545, 3.3.5 has it.
"""

import datetime

from apd.errors import InvalidValue
from apd.model.checks import wrong_type
from apd.model.time import copenhagen, danish_time
from apd.wording import Wording


def as_clock(value: datetime.date, field: str) -> datetime.datetime:
    """The clock time of a value, in whole seconds.

    Args:
        value: a clock time itself (no zone), or a moment (any zone).
        field: what an error calls it.

    Raises:
        InvalidValue: not a datetime, a year before 1900 or after 9998, or a moment in the second
            pass of the hour that comes twice: its clock time would mean the first.
    """
    if not isinstance(value, datetime.datetime):
        raise wrong_type(field, value, Wording("et tidspunkt (datetime)", "a time (datetime)"))
    if value.tzinfo is not None:
        local = danish_time(value, field).astimezone(copenhagen())
        if local.fold:
            raise InvalidValue(
                field,
                Wording(
                    "ligger i anden gennemgang af den time, der kommer to gange, og det kan et "
                    "mønster ikke udtrykke",
                    "is in the second pass of the hour that comes twice, which a pattern cannot "
                    "mean",
                ),
                Wording(
                    "tilføj eller flyt den aftale for sig, med et Schedule",
                    "add or move that appointment by itself, with a Schedule",
                ),
            )
        return local.replace(tzinfo=None)
    danish_time(value.replace(tzinfo=datetime.UTC), field)  # for the range of years alone
    return value.replace(microsecond=0, fold=0)


def clock_of(moment: datetime.datetime) -> datetime.datetime:
    """What the clock shows at a moment of the model, also in the second pass of an hour."""
    return moment.replace(tzinfo=None)


def moment_of(clock: datetime.datetime) -> datetime.datetime:
    """The moment at which the clock shows a time, with Copenhagen's offset.

    A time that the clock skips is read with the offset before the gap (RFC 5545, 3.3.5): 02:30
    becomes 03:30 in summer time.
    """
    return danish_time(clock.replace(tzinfo=copenhagen()).astimezone(datetime.UTC))


def later(clock: datetime.datetime, by: datetime.timedelta, field: str) -> datetime.datetime:
    """The clock time so much later, or earlier; ``field`` is what an error calls the distance.

    Raises:
        InvalidValue: that is beyond the years 1900 to 9998.
    """
    try:
        return as_clock(clock + by, field)
    except OverflowError:
        raise InvalidValue(
            field,
            Wording("ligger uden for det mulige", "is out of range"),
            Wording("hold dig til årene 1900 til 9998", "stay within years 1900 to 9998"),
        ) from None
