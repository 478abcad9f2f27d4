"""Times and schedules, the days on which the clock is changed among them."""

import datetime

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from apd.errors import InvalidValue
from apd.model.schedule import PartOfDay, Schedule
from apd.model.time import copenhagen
from apd.testing.strategies.text import texts

_DAYS_OF_WEEK, _SUNDAY = 7, 6
# What the model admits, a day in from its ends whatever the zone, with room for an end.
_FIRST, _LAST = datetime.datetime(1900, 1, 2), datetime.datetime(9997, 12, 30)
_SECOND, _LONGEST = datetime.timedelta(seconds=1), datetime.timedelta(days=300)
_ZONES = st.sampled_from(
    [
        datetime.UTC,
        datetime.timezone(datetime.timedelta(hours=14)),
        datetime.timezone(-datetime.timedelta(hours=11, minutes=30)),
    ]
)


def _change_of(year: int, month: int) -> datetime.datetime:
    """When the clock is changed: at 1 in UTC, on the last Sunday of March or October."""
    last_day = datetime.datetime(year, month, 31, 1, tzinfo=datetime.UTC)
    return last_day - datetime.timedelta(days=(last_day.weekday() - _SUNDAY) % _DAYS_OF_WEEK)


def _changes() -> SearchStrategy[datetime.datetime]:
    return st.builds(_change_of, st.integers(1996, 2100), st.sampled_from([3, 10]))


def _near_a_change() -> SearchStrategy[datetime.datetime]:
    """Moments of the hours around a change, those of the hour that comes twice among them."""
    minutes = st.integers(-180, 180).map(lambda count: datetime.timedelta(minutes=count))
    return st.builds(lambda change, distance: change + distance, _changes(), minutes)


def times() -> SearchStrategy[datetime.datetime]:
    """Times in any zone, in the years 1900 to 9997, many of them near a change of the clock."""
    danish = st.just(copenhagen())
    now = datetime.datetime(2020, 1, 1), datetime.datetime(2039, 12, 31)
    past = _FIRST, datetime.datetime(1980, 12, 31)
    return st.one_of(
        st.datetimes(*now, timezones=danish, allow_imaginary=False),
        _near_a_change(),
        st.datetimes(*past, timezones=danish, allow_imaginary=False),
        st.datetimes(_FIRST, _LAST, timezones=_ZONES),
    )


def _days() -> SearchStrategy[datetime.date]:
    """Days, those on which the clock is changed and those before them among them."""
    changes = _changes().map(datetime.datetime.date)
    return st.one_of(
        st.dates(datetime.date(2020, 1, 1), datetime.date(2039, 12, 31)),
        changes,
        changes.map(lambda day: day - datetime.timedelta(days=1)),
        st.dates(_FIRST.date(), _LAST.date()),
    )


def _lengths() -> SearchStrategy[datetime.timedelta]:
    """From a second to most of a year, often a round number of minutes."""
    seconds = st.sampled_from([minutes * 60 for minutes in (10, 15, 30, 45, 60, 90, 1440)] + [1])
    return st.one_of(
        seconds.map(lambda count: datetime.timedelta(seconds=count)),
        st.timedeltas(_SECOND, _LONGEST),
    )


_TIMES, _DAYS, _LENGTHS, _CLOCK = times(), _days(), _lengths(), st.times()
_MAYBE_NOTES = st.none() | texts()


@st.composite
def _intervals(draw: DrawFn, indicative: bool) -> Schedule:
    """From a start to an end, exact or indicative."""
    # in UTC, as adding to a time of a zone moves its clock and not the moment
    start = draw(_TIMES).astimezone(datetime.UTC).replace(microsecond=0)
    note = draw(_MAYBE_NOTES) if indicative else None
    return Schedule(start, start + draw(_LENGTHS), indicative=indicative, note=note)


@st.composite
def _own_intervals(draw: DrawFn) -> Schedule:
    """From one time of a day to another, as clocks show them."""
    day, begins, ends = draw(_DAYS), draw(_CLOCK), draw(_CLOCK)
    try:
        return Schedule.between(day, begins, ends, draw(_MAYBE_NOTES))
    except InvalidValue:  # a time that the change to summer time skips, or equal to the second
        assume(False)
        raise


def schedules() -> SearchStrategy[Schedule]:
    """Schedules of types 1, 2 and 3.

    Exact, indicative with and without a note, without an end, the parts of the day, and
    intervals of one's own; from one second to many days long.
    """
    return st.one_of(
        _intervals(indicative=False),
        st.builds(Schedule, _TIMES),
        st.builds(Schedule.during, st.sampled_from(PartOfDay), _DAYS),
        _intervals(indicative=True),
        _own_intervals(),
        st.builds(Schedule, _TIMES, indicative=st.just(True), note=_MAYBE_NOTES),
    )
