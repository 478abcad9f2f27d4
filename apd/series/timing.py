"""From local times to moments: the hour that is skipped, and how an appointment ends.

A series repeats in local time, so its times have no offset until the day is known. Once a year an
hour is skipped, and once an hour occurs twice. A local time that occurs twice means the first
occurrence here, as in RFC 5545, 3.3.5.

Sources: RFC 5545, 3.3.5 and 3.3.10 (times that are skipped), 3.3.6 (durations).
"""

import datetime
from enum import StrEnum

from attrs import evolve, field, frozen

from apd.errors import InvalidValue
from apd.limits import MAX_SCHEDULE_DAYS
from apd.model.schedule import Schedule
from apd.model.time import copenhagen, danish_time, exists, out_of_range
from apd.model.validators import is_a, optional, wrong_type
from apd.wording import Wording


def as_clock(value: datetime.date, field: str) -> datetime.datetime:
    """The local time of a value without a time zone or of a moment, in whole seconds.

    :class:`InvalidValue` of ``field`` for a year before 1900 or after 9998, and for a moment in the
    second occurrence of a repeated hour: its local time would mean the first.
    """
    if not isinstance(value, datetime.datetime):
        raise wrong_type(field, value, Wording("et tidspunkt (datetime)", "a time (datetime)"))
    if value.tzinfo is not None:
        local = danish_time(value, field).astimezone(copenhagen())
        if local.fold:
            raise InvalidValue(
                field,
                Wording(
                    "ligger i anden forekomst af den time, der gentages, og det kan et mønster "
                    "ikke udtrykke",
                    "is in the second occurrence of the hour that is repeated, which a pattern "
                    "cannot express",
                ),
                Wording(
                    "tilføj eller flyt den aftale for sig, med et Schedule",
                    "add or move that appointment separately, with a Schedule",
                ),
            )
        return local.replace(tzinfo=None)
    danish_time(value.replace(tzinfo=datetime.UTC), field)  # for the range of years alone
    return value.replace(microsecond=0, fold=0)


def clock_of(moment: datetime.datetime) -> datetime.datetime:
    """The local time at a moment of the model, also in the second occurrence of an hour."""
    return moment.replace(tzinfo=None)


def moment_of(clock: datetime.datetime) -> datetime.datetime:
    """The moment of a local time, with Copenhagen's offset.

    A skipped time is read with the offset before the gap (RFC 5545, 3.3.5): 02:30 becomes 03:30.
    """
    return danish_time(clock.replace(tzinfo=copenhagen()).astimezone(datetime.UTC))


def later(clock: datetime.datetime, by: datetime.timedelta, field: str) -> datetime.datetime:
    """A local time moved by a timedelta; errors, outside 1900 to 9998, name the field."""
    try:
        return as_clock(clock + by, field)
    except OverflowError:
        raise out_of_range(field) from None


class MissingHour(StrEnum):
    """What happens to a local time in the hour that is skipped when summer time begins."""

    REFUSE = "refuse"
    """An error that names the date. Nothing is moved or left out silently."""
    SHIFT = "shift"
    """An hour later in local time: 02:30 becomes 03:30 (RFC 5545, 3.3.5)."""
    SKIP = "skip"
    """There is no appointment that day, and COUNT does not count it (RFC 5545, 3.3.10).

    For the end of an appointment this is the same as ``SHIFT``: what has begun must end.
    """


@frozen
class ClockEnd:
    """An end that is a local time, regardless of time changes.

    Args:
        at: the time of day.
        days: the number of days after the start; None for the next such time: on the same day, or
            on the next day if that is not later than the start.

    Raises:
        InvalidValue: the time has a time zone, or there are fewer than 0 or more than 366 days.
    """

    at: datetime.time = field(validator=is_a(datetime.time))
    days: int | None = field(default=None, validator=optional(int))

    def __attrs_post_init__(self) -> None:
        if self.at.tzinfo is not None:
            raise InvalidValue(
                "ClockEnd.at",
                Wording("har en tidszone", "has a time zone"),
                Wording("angiv dansk lokal tid", "specify Danish local time"),
            )
        if self.days is not None and not 0 <= self.days <= MAX_SCHEDULE_DAYS:
            raise InvalidValue(
                "ClockEnd.days",
                Wording("ligger uden for det tilladte", "is out of range"),
                Wording(f"angiv 0 til {MAX_SCHEDULE_DAYS}", f"specify 0 to {MAX_SCHEDULE_DAYS}"),
            )

    def after(self, start: datetime.datetime) -> datetime.datetime:
        """The local time of the end for a local start time."""
        days = int(self.at <= start.time()) if self.days is None else self.days
        midnight = later(start, datetime.timedelta(days=days), "ClockEnd.days")
        return as_clock(datetime.datetime.combine(midnight, self.at), "ClockEnd.at")


def start_and_end(
    start: datetime.datetime,
    end: datetime.datetime | datetime.timedelta | None,
    missing_hour: MissingHour,
) -> tuple[datetime.datetime, datetime.datetime | None]:
    """The moments of an appointment, from local times or an elapsed time.

    :class:`InvalidValue`, which names the date, for a time that is skipped, unless it is shifted (a
    start is not left out here), and for an end that is then not after the start.
    """
    begins = _moment("start", start, refuses=missing_hour is not MissingHour.SHIFT)
    if end is None:
        return begins, None
    if isinstance(end, datetime.timedelta):
        return begins, begins + end
    ends = _moment("end", end, refuses=missing_hour is MissingHour.REFUSE)
    if ends <= begins:
        raise InvalidValue(
            "end",
            Wording(
                f"den {end:%Y-%m-%d kl. %H:%M} ligger ikke efter starten",
                f"on {end:%Y-%m-%d at %H:%M} is not after the start",
            ),
            Wording("angiv et senere tidspunkt", "specify a later time"),
        )
    return begins, ends


def moved(
    field: str,
    schedule: Schedule,
    by: datetime.timedelta,
    missing_hour: MissingHour,
    *,
    keeps_length: bool,
) -> Schedule:
    """A schedule moved later or earlier in local time.

    Args:
        field: the argument that states how much later, for the refusal.
        schedule: start and end, indicative or not.
        by: how much later the start is in local time; a day later it is the same time of day.
        missing_hour: what happens to a start or end that is skipped. It is never left out: if
            that is requested, such a start is refused.
        keeps_length: the end is as long after the start as before. Otherwise the end is moved in
            local time by as much as the start, as days without a time of day always are.

    Raises:
        InvalidValue: as for :func:`start_and_end`; or it would be outside the years 1900 to 9998,
            or days without a time of day are not moved by whole days.
    """
    if not by:  # what is in the second pass of an hour stays there
        return schedule
    start = later(clock_of(schedule.start), by, field)
    end: datetime.datetime | datetime.timedelta | None = None
    if schedule.end is not None:
        by_clock = later(clock_of(schedule.end), by, field)
        is_as_long = keeps_length and not schedule.date_only
        end = schedule.end - schedule.start if is_as_long else by_clock
    begins, ends = start_and_end(start, end, missing_hour)
    return evolve(schedule, start=begins, end=ends)


SKIPPED = Wording(
    "vælg et andet tidspunkt (timen springes over, når sommertiden begynder), gør den dag til en "
    "undtagelse, eller angiv 'shift' eller 'skip' som mønsterets missing_hour",
    "choose another time (that hour is skipped when summer time begins), make that day an "
    "exception, or specify 'shift' or 'skip' as the pattern's missing_hour",
)
"""What would be right instead of a time that is skipped."""


def _moment(name: str, clock: datetime.datetime, *, refuses: bool) -> datetime.datetime:
    if refuses and not exists(clock):
        raise InvalidValue(
            name,
            Wording(
                f"den {clock:%Y-%m-%d kl. %H:%M} findes ikke",
                f"on {clock:%Y-%m-%d at %H:%M} does not exist",
            ),
            SKIPPED,
        )
    return moment_of(clock)
