"""Appointments by the days they touch, and days by ISO week."""

import datetime
from collections.abc import Iterable, Iterator

from attrs import field, frozen

from apd.limits import MAX_SCHEDULE_DAYS
from apd.model.schedule import Schedule
from apd.overview.shown import ShownAppointment
from apd.text import times
from apd.text.overview import Words
from apd.wording import Language

_DAY = datetime.timedelta(days=1)


@frozen
class OnDay:
    """An appointment on one of the days it touches.

    Args:
        appointment: the appointment.
        begins: its start, if on this day; None if it began before, or no time of day is known.
        ends: its end, if on this day (24:00 at the latest); None if it goes on, or if its end or
            the time of day is unknown.
        goes_on: whether it goes on after this day.
    """

    appointment: ShownAppointment
    begins: datetime.datetime | None
    ends: datetime.datetime | None
    goes_on: bool

    @property
    def is_all_day(self) -> bool:
        """Whether it began before this day and goes on after it."""
        is_in_between = self.begins is None and self.goes_on
        return is_in_between and not self.appointment.schedule.date_only

    @property
    def when(self) -> str:
        """Its time on this day: *10.15–10.45*, *fra 22.00*, *til 07.00*, *hele dagen*.

        It states that a time is indicative, as Aftaleoversigten requires; if no time of day is
        known, it is *i løbet af dagen*.
        """
        schedule, words = self.appointment.schedule, Words(self.appointment.language)
        is_marked = schedule.indicative and not schedule.date_only
        return words("indicative", time=self.time) if is_marked else self.time

    @property
    def time(self) -> str:
        """The same without the remark on indicative times, for use with the cautions."""
        words = Words(self.appointment.language)
        if self.appointment.schedule.date_only:
            return words("during_the_day")
        begins = times.clock(self.begins, words.language) if self.begins else None
        ends = times.clock_at_end(self.ends, words.language) if self.ends else None
        if begins and ends:
            return f"{begins}–{ends}"
        if begins:
            return words("from", clock=begins)
        return words("until", clock=ends) if ends else words("all_day")


@frozen
class Day:
    """A day that appointments touch.

    Args:
        date: the day, in Denmark.
        appointments: the appointments on it, by their start on that day; earlier ones come first.
        language: the language of the texts.
    """

    date: datetime.date
    appointments: tuple[OnDay, ...]
    language: Language = "da"

    @property
    def title(self) -> str:
        """*torsdag den 5. marts 2026*."""
        return times.weekday(self.date, self.language)


@frozen
class Week:
    """An ISO 8601 week with appointments: it begins on a Monday, and week 1 has 4 January.

    Args:
        year: the ISO year, which around New Year may differ from that of a day.
        number: 1 to 53.
        days: its days that appointments touch.
        language: of the texts.
    """

    year: int
    number: int
    days: tuple[Day, ...] = field(repr=False)
    language: Language = "da"

    @property
    def name(self) -> str:
        """In ISO 8601: *2026-W53*."""
        return f"{self.year:04}-W{self.number:02}"

    @property
    def monday(self) -> datetime.date:
        """Its first day."""
        return datetime.date.fromisocalendar(self.year, self.number, 1)

    @property
    def title(self) -> str:
        """*Uge 53, 2026*."""
        return Words(self.language)("week", number=self.number, year=self.year)


def days_touched(schedule: Schedule) -> Iterator[datetime.date]:
    """The days that a schedule touches, in order; see :data:`apd.limits.MAX_SCHEDULE_DAYS`."""
    first, last = schedule.first_day, schedule.last_day
    count = (last - first).days + 1
    for number in range(min(count, MAX_SCHEDULE_DAYS)):
        yield first + number * _DAY
    if count > MAX_SCHEDULE_DAYS:
        yield last


def days_of(appointments: Iterable[ShownAppointment], language: Language) -> tuple[Day, ...]:
    """Every day that appointments, sorted by their start, touch, with its appointments."""
    days: dict[datetime.date, list[OnDay]] = {}
    for appointment in appointments:
        for day in days_touched(appointment.schedule):
            days.setdefault(day, []).append(on_day(appointment, day))
    return tuple(Day(day, tuple(days[day]), language) for day in sorted(days))


def on_day(appointment: ShownAppointment, day: datetime.date) -> OnDay:
    """An appointment on one of the days it touches."""
    schedule = appointment.schedule
    goes_on = schedule.last_day > day
    if schedule.date_only:
        return OnDay(appointment, None, None, goes_on)
    begins = schedule.start if schedule.first_day == day else None
    return OnDay(appointment, begins, None if goes_on else schedule.end, goes_on)


def weeks_of(days: Iterable[Day], language: Language) -> tuple[Week, ...]:
    """The weeks that days, in order, are in."""
    weeks: dict[tuple[int, int], list[Day]] = {}
    for day in days:
        year, number, _ = day.date.isocalendar()
        weeks.setdefault((year, number), []).append(day)
    return tuple(Week(*week, tuple(inside), language) for week, inside in weeks.items())
