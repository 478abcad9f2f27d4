"""Patterns and series, with many of their times around unusual days."""

import datetime

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from apd.model.appointment import Repetition
from apd.model.time import combined
from apd.series import ClockEnd, MissingHour, Pattern, Recurrence, Series
from apd.testing.strategies.document import appointments, repetitions
from apd.testing.strategies.text import texts

_SPRING_HOUR = 2  # the hour that the clock skips once a year
_DAY, _WINDOW = datetime.timedelta(days=1), datetime.timedelta(days=45)
_WEEK = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def _first_days() -> SearchStrategy[datetime.date]:
    """Days before the changes of the clock, leap days, month ends, week 53, and any other."""
    years = st.integers(2020, 2039)
    return st.one_of(
        st.builds(datetime.date, years, st.sampled_from([3, 10]), st.integers(20, 31)),
        st.builds(datetime.date, years, st.sampled_from([1, 8, 12]), st.integers(28, 31)),
        st.builds(datetime.date, st.sampled_from([2024, 2028, 2032]), st.just(2), st.just(29)),
        st.dates(datetime.date(2020, 1, 1), datetime.date(2039, 12, 31)),
    )


def _listed(name: str, values: SearchStrategy[str]) -> SearchStrategy[str]:
    lists = st.lists(values, min_size=1, max_size=3, unique=True)
    return lists.map(lambda chosen: f";{name}={','.join(chosen)}")


_NOTHING, _DAYS = st.just(""), _listed("BYDAY", st.sampled_from(_WEEK))
_NTH = st.builds("{}{}".format, st.sampled_from([1, 2, 4, -1]), st.sampled_from(_WEEK))
_NTH_DAYS = _listed("BYDAY", _NTH)
_MONTH_DAYS = _listed("BYMONTHDAY", st.sampled_from(["1", "15", "29", "30", "31", "-1", "-2"]))
_PARTS = {
    "DAILY": _NOTHING | _DAYS | _MONTH_DAYS,
    "WEEKLY": _NOTHING | _DAYS | _DAYS.map("{};WKST=SU".format),
    "MONTHLY": _NOTHING | _NTH_DAYS | _MONTH_DAYS | _DAYS.map("{};BYSETPOS=-1".format),
    "YEARLY": st.sampled_from(
        ["", ";BYWEEKNO=53", ";BYWEEKNO=13,44", ";BYMONTH=2,3;BYMONTHDAY=29"]
    ),
}
"""The parts that may go with each frequency."""

_FIRST_DAYS, _FREQUENCIES = _first_days(), st.sampled_from(sorted(_PARTS))
_INTERVALS = st.sampled_from(["", "", ";INTERVAL=1", ";INTERVAL=2", ";INTERVAL=3"])
_ENDS = st.sampled_from(["", ";COUNT={count}", ";UNTIL={last}", ";UNTIL={last}T013000Z"])
_COUNTS, _SOME_DAYS = st.integers(1, 60), st.integers(0, 60).map(lambda count: count * _DAY)


@st.composite
def _rules(draw: DrawFn, first_day: datetime.date) -> str:
    """Rules of all frequencies from a day to a year, with and without an end."""
    frequency = draw(_FREQUENCIES)
    end = draw(_ENDS).format(count=draw(_COUNTS), last=f"{first_day + draw(_SOME_DAYS):%Y%m%d}")
    return f"FREQ={frequency}{draw(_INTERVALS)}{draw(_PARTS[frequency])}{end}"


_HOURS = st.integers(0, 23)
_DAY_HOURS = _HOURS.filter(lambda hour: hour != _SPRING_HOUR)
_MINUTES = st.sampled_from([0, 15, 30, 59])
_CLOCK = st.builds(datetime.time, _HOURS | st.just(_SPRING_HOUR), _MINUTES)
_DAY_CLOCK = st.builds(datetime.time, _DAY_HOURS, _MINUTES)
_LENGTHS = st.sampled_from([1, 15, 45, 240, 540, 1440, 3000]).map(
    lambda minutes: datetime.timedelta(minutes=minutes)
)
# an end that the clock shows on a later day is later, whatever happens to the skipped hour
_END_LATER = st.builds(ClockEnd, _CLOCK, st.integers(1, 3))
_END_BY_DAY = st.builds(ClockEnd, _DAY_CLOCK, st.none() | st.integers(1, 3))
_AT_NIGHT = st.sampled_from([MissingHour.SHIFT, MissingHour.SKIP])
_ANY_MISSING, _MOVED_BY = st.sampled_from(MissingHour), st.sampled_from([0, 0, 0, -1, 1, 7])
_INDICATIVE, _MAYBE_NOTES, _IS_AT_NIGHT = st.booleans(), st.none() | texts(), st.booleans()


@st.composite
def patterns(draw: DrawFn) -> Pattern:
    """Patterns of types 1, 2 and 3, one to three times on the days of a rule, and exceptions.

    They start in the years 2020 to 2039. None raises an error in any window: the pattern shifts or
    skips a time in the hour that the clock skips in spring.
    """
    first_day, at_night = draw(_FIRST_DAYS), draw(_IS_AT_NIGHT)
    clock = _CLOCK if at_night else _DAY_CLOCK
    times = draw(st.lists(clock, min_size=1, max_size=3, unique=True))
    other_days = st.builds(first_day.__add__, _SOME_DAYS)
    other_times = st.builds(datetime.datetime.combine, other_days, st.sampled_from(times) | clock)
    recurrence = Recurrence.of(
        draw(_rules(first_day)),
        first_day,
        times=times,
        extra=draw(st.lists(other_times, max_size=2)),
        exceptions=draw(st.lists(other_days | other_times, max_size=2)),
    )
    indicative = draw(_INDICATIVE)
    return Pattern(
        recurrence,
        draw(st.none() | _LENGTHS | (_END_LATER if at_night else _END_BY_DAY)),
        indicative=indicative,
        note=draw(_MAYBE_NOTES) if indicative else None,
        missing_hour=draw(_AT_NIGHT if at_night else _ANY_MISSING),
        moved_by=draw(_MOVED_BY) * _DAY,
    )


_PATTERNS, _UUIDS, _PLACES = patterns(), st.uuids(), st.lists(st.integers(0, 5), max_size=2)
_APPOINTMENTS, _ANY_APPOINTMENTS = appointments(), appointments(complete=False)
_REPETITIONS, _ANY_REPETITIONS = repetitions(), repetitions(complete=False)


@st.composite
def series(draw: DrawFn, *, complete: bool = True) -> Series:
    """Series of a pattern's first six weeks, some of whose appointments were cancelled.

    Args:
        draw: the draw function of hypothesis.
        complete: only appointments that :func:`apd.dumps` writes.
    """
    template = draw(_APPOINTMENTS if complete else _ANY_APPOINTMENTS)
    repetition: Repetition = draw(_REPETITIONS if complete else _ANY_REPETITIONS)
    pattern = draw(_PATTERNS)
    first_day = min(rule.start for rule in pattern.recurrence.rules).date()
    start = combined(first_day, datetime.time()) + pattern.moved_by
    made = Series(
        id=draw(_UUIDS), template=evolve(template, repetition=repetition), pattern=pattern
    )
    made = made.extend(start - _DAY, start + _WINDOW).series
    for place in draw(_PLACES):
        if place < len(made.appointments):
            id = made.appointments[place].id
            assert id is not None
            made = made.cancel(id).series
    return made
