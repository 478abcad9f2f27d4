"""A pattern: when appointments repeat, how long each one lasts, and how its times are treated.

Sources: RFC 5545, 3.3.5 and 3.3.10 (times that are skipped), 3.3.6 and 3.8.5.3 (durations),
3.8.4.4 (RECURRENCE-ID); Aftaleoversigten 2.0, tables 2 and 3.
"""

import datetime
from collections.abc import Iterable
from typing import Any, NamedTuple, Self
from uuid import UUID, uuid5

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.model.identifiers import MedComId
from apd.model.schedule import PartOfDay, Schedule, demand_indicative
from apd.model.time import FIRST_YEAR, danish_time, exists, local_time
from apd.model.validators import is_a, is_optional_text, masked, optional, optional_line
from apd.series.recurrence import Recurrence, RuleLike, as_recurrence
from apd.series.timing import ClockEnd, MissingHour, clock_of, later, moment_of, start_and_end
from apd.wording import Wording

_HOUR, _NOTHING = datetime.timedelta(hours=1), datetime.timedelta(0)
_DAY, _MIDNIGHT = datetime.timedelta(days=1), datetime.time()


@frozen
class Occurrence:
    """One time that a pattern gives.

    Args:
        original: its local time before anything was moved. It identifies the
            occurrence within its series, as RECURRENCE-ID does (RFC 5545, 3.8.4.4).
        schedule: its start and end.
    """

    original: datetime.datetime
    schedule: Schedule

    def id(self, series_id: UUID) -> MedComId:
        """The id of its appointment in a series, which is always the same."""
        return MedComId(uuid5(series_id, self.original.isoformat(timespec="seconds")))


def _as_end(
    value: datetime.timedelta | datetime.time | ClockEnd | None,
) -> datetime.timedelta | ClockEnd | None:
    return ClockEnd(value) if isinstance(value, datetime.time) else value


def _is_positive(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    if isinstance(value, datetime.timedelta) and value < datetime.timedelta(seconds=1):
        raise InvalidValue(
            "Pattern.end",
            Wording("ligger ikke efter starten", "is not after the start"),
            Wording("angiv mindst et sekund", "specify at least one second"),
        )


def _as_missing_hour(value: str) -> MissingHour:
    try:
        return MissingHour(value)
    except ValueError:
        raise InvalidValue(
            "Pattern.missing_hour",
            Wording("har en ukendt værdi", "has an unknown value"),
            Wording(f"angiv {', '.join(MissingHour)}", f"specify {', '.join(MissingHour)}"),
        ) from None


@frozen
class Pattern:
    """When appointments repeat (repetitionsmønster), and the schedule of each.

    Its times are Danish local times and stay the same in summer and winter. In the hour that occurs
    twice they mean the first occurrence. In the hour that is skipped they do not exist, and
    ``missing_hour`` determines what happens to them.

    Args:
        recurrence: the times: a :class:`Recurrence`, or what :meth:`Recurrence.of` takes alone.
        end: how an appointment ends. A timedelta is elapsed time: four hours are four hours,
            even in the night of a time change. A time, or a :class:`ClockEnd`, is a local time:
            from 22 to 7 is nine hours, but eight or ten in those nights. None: the end is not
            known (type 3).
        indicative: the times are indicative (type 2).
        note: a note on indicative times.
        date_only: the days are known, but no time of day; :meth:`on` makes such a pattern. Its
            times are midnights, and so is an end, which is a :class:`ClockEnd`.
        missing_hour: what happens to times that are skipped: ``"refuse"``, ``"shift"`` or
            ``"skip"``.
        moved_by: how much later, or earlier, in local time the appointments are than in the
            recurrence (R8). Their ids stay those of the times in the recurrence.

    Raises:
        InvalidValue: the end is not after the start, an exact time has a note, or a setting is
            unknown.
    """

    recurrence: Recurrence = field(converter=as_recurrence)
    end: datetime.timedelta | ClockEnd | None = field(
        default=None,
        converter=_as_end,
        validator=[optional(datetime.timedelta, ClockEnd), _is_positive],
    )
    indicative: bool = field(default=False, kw_only=True, validator=is_a(bool))
    note: str | None = field(
        default=None,
        kw_only=True,
        converter=optional_line,
        validator=is_optional_text,
        repr=masked,
    )
    date_only: bool = field(default=False, kw_only=True, validator=is_a(bool))
    missing_hour: MissingHour = field(
        default=MissingHour.REFUSE, kw_only=True, converter=_as_missing_hour
    )
    moved_by: datetime.timedelta = field(
        default=_NOTHING, kw_only=True, validator=is_a(datetime.timedelta)
    )

    def __attrs_post_init__(self) -> None:
        demand_indicative(self.note, "Pattern.note", indicative=self.indicative)
        if self.date_only:
            self._refuse_times()

    def _refuse_times(self) -> None:
        ends_by_day = self.end is None or self.end == ClockEnd(_MIDNIGHT, _days_of(self.end))
        for name, is_right in (
            ("indicative", self.indicative),
            ("end", ends_by_day),
            ("moved_by", not self.moved_by % _DAY),
        ):
            if not is_right:
                raise InvalidValue(
                    f"Pattern.{name}",
                    Wording(
                        "passer ikke til dage uden klokkeslæt",
                        "does not apply to days without a time of day",
                    ),
                    Wording(
                        "brug Pattern.on(), og flyt med hele dage",
                        "use Pattern.on(), and move it by whole days",
                    ),
                )

    @classmethod
    def during(
        cls,
        part: PartOfDay,
        rule: RuleLike,
        first_day: datetime.date,
        *,
        exceptions: Iterable[datetime.date] = (),
    ) -> Self:
        """One of the six parts of the day, indicative, on the days of a rule.

        Args:
            part: the part of the day; the night ends on the next day.
            rule: a rule without a start.
            first_day: the day on which the rule starts.
            exceptions: days that are left out.
        """
        recurrence = Recurrence.of(rule, first_day, times=part.begins, exceptions=exceptions)
        note = Schedule.during(part, first_day).note
        return cls(recurrence, ClockEnd(part.ends), indicative=True, note=note)

    @classmethod
    def on(
        cls,
        rule: RuleLike,
        first_day: datetime.date,
        *,
        days: int | None = None,
        note: str | None = None,
        exceptions: Iterable[datetime.date] = (),
    ) -> Self:
        """The days of a rule without a time of day, as with :meth:`Schedule.on`.

        Args:
            rule: a rule without a start.
            first_day: the day on which the rule starts.
            days: how many days each appointment lasts; None if no end is known, which is treated as
                one day.
            note: a note on them.
            exceptions: days that are left out.

        Raises:
            InvalidValue: ``days`` is less than one.
        """
        recurrence = Recurrence.of(rule, first_day, times=_MIDNIGHT, exceptions=exceptions)
        end = None if days is None else ClockEnd(_MIDNIGHT, days)
        return cls(recurrence, end, indicative=True, note=note, date_only=True)

    def between(self, start: datetime.datetime, end: datetime.datetime) -> tuple[Occurrence, ...]:
        """The occurrences that begin at or after ``start`` and before ``end``, in order of time.

        An occurrence does not depend on the window.

        Args:
            start: a time with a time zone.
            end: a time with a time zone.

        Raises:
            InvalidValue: an occurrence in the window is in the hour that is skipped, and
                ``missing_hour`` is ``"refuse"``; or ``end`` is before ``start``.
        """
        start, end = danish_time(start, "start"), danish_time(end, "end")
        if end < start:
            raise InvalidValue(
                "end",
                Wording("ligger før starten", "is before the start"),
                Wording("angiv et senere tidspunkt", "specify a later time"),
            )
        # the clock is set by an hour: no moment is further than that from its clock time
        first = _clamped(clock_of(start), -self.moved_by - _HOUR)
        last = _clamped(clock_of(end), -self.moved_by + _HOUR)
        is_counted = self._is_shown if self.missing_hour is MissingHour.SKIP else None
        found = [
            Occurrence(original, self._schedule(original))
            for original in self.recurrence.between(first, last, is_counted)
            if self._is_within(original, start, end)
        ]
        return tuple(sorted(found, key=lambda one: (one.schedule.start, one.original)))

    def until(self, end: datetime.datetime) -> tuple[Occurrence, ...]:
        """The occurrences that begin before ``end``; as :meth:`between`, from the very first."""
        return self.between(local_time(FIRST_YEAR, 1, 1), end)

    @property
    def keeps_length(self) -> bool:
        """Whether all appointments last equally long, as the end is a timedelta."""
        return isinstance(self.end, datetime.timedelta)

    def _moved(self, original: datetime.datetime) -> datetime.datetime:
        return later(original, self.moved_by, "Pattern.moved_by")

    def _is_shown(self, original: datetime.datetime) -> bool:
        return exists(self._moved(original))

    def _is_within(
        self, original: datetime.datetime, start: datetime.datetime, end: datetime.datetime
    ) -> bool:
        is_skipped = self.missing_hour is MissingHour.SKIP and not self._is_shown(original)
        return not is_skipped and start <= moment_of(self._moved(original)) < end

    def _schedule(self, original: datetime.datetime) -> Schedule:
        start = self._moved(original)
        end = self.end.after(start) if isinstance(self.end, ClockEnd) else self.end
        begins, ends = start_and_end(start, end, self.missing_hour)
        return Schedule(
            begins, ends, indicative=self.indicative, note=self.note, date_only=self.date_only
        )


def _days_of(end: datetime.timedelta | ClockEnd) -> int | None:
    """The days after which an end by the clock is, if that is one at least."""
    return (end.days or None) if isinstance(end, ClockEnd) else None


def _clamped(clock: datetime.datetime, by: datetime.timedelta) -> datetime.datetime:
    try:
        return clock + by
    except OverflowError:
        return datetime.datetime.max if by > _NOTHING else datetime.datetime.min


class Planned(NamedTuple):
    """One line of a timetable: when an appointment is, and its id."""

    start: datetime.datetime
    end: datetime.datetime | None
    id: MedComId


def timetable(
    pattern: Pattern, series_id: UUID, start: datetime.datetime, end: datetime.datetime
) -> tuple[Planned, ...]:
    """The occurrences of a pattern in a window, as plain values.

    Args:
        pattern: the pattern.
        series_id: the id of the series, from which the ids of its appointments are made.
        start: a time with a time zone; the beginning of the window, included.
        end: a time with a time zone; the end of the window, not included.

    Raises:
        InvalidValue: as for :meth:`Pattern.between`.
    """
    return tuple(
        Planned(one.schedule.start, one.schedule.end, one.id(series_id))
        for one in pattern.between(start, end)
    )
