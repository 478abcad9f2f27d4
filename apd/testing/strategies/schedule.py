"""Times and schedules, including days on which the clock changes."""

import datetime
import operator
from collections.abc import Callable, Collection
from functools import lru_cache

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from apd.errors import InvalidValue
from apd.model.schedule import PartOfDay, Schedule
from apd.model.time import copenhagen, last_sunday
from apd.standard.codes import AppointmentType
from apd.testing.strategies.text import texts
from apd.wording import Wording

_Times = SearchStrategy[datetime.datetime]
_Days = SearchStrategy[datetime.date]

_CHANGED_AT = datetime.time(1, tzinfo=datetime.UTC)
_CHANGED_SINCE, _CHANGED_UNTIL = 1996, 2100  # in March and October
# What the model admits, a day in from its ends whatever the zone, with room for an end.
_FIRST, _LAST = datetime.datetime(1900, 1, 2), datetime.datetime(9997, 12, 30)
_SECOND, _DAY = datetime.timedelta(seconds=1), datetime.timedelta(days=1)
_LONGEST = datetime.timedelta(days=300)
_ZONES = st.sampled_from(
    [
        datetime.UTC,
        datetime.timezone(datetime.timedelta(hours=14)),
        datetime.timezone(-datetime.timedelta(hours=11, minutes=30)),
    ]
)


def _change_of(year: int, month: int) -> datetime.datetime:
    """When the clock is changed: at 1 in UTC, on the last Sunday of March or October."""
    return datetime.datetime.combine(last_sunday(year, month), _CHANGED_AT)


def _changes() -> SearchStrategy[datetime.datetime]:
    return st.builds(
        _change_of, st.integers(_CHANGED_SINCE, _CHANGED_UNTIL), st.sampled_from([3, 10])
    )


def _near_a_change() -> SearchStrategy[datetime.datetime]:
    """Moments around a change of the clock, including the hour that occurs twice."""
    minutes = st.integers(-180, 180).map(lambda count: datetime.timedelta(minutes=count))
    return st.builds(lambda change, distance: change + distance, _changes(), minutes)


def times(
    *, first: datetime.date | None = None, last: datetime.date | None = None
) -> SearchStrategy[datetime.datetime]:
    """Times in any zone, in the years 1900 to 9997, many of them near a change of the clock.

    Args:
        first: the first day, in Danish local time.
        last: the last day.

    Raises:
        InvalidValue: ``last`` is before ``first``.
    """
    danish = st.just(copenhagen())
    if first is not None or last is not None:
        return _times_between(*_span(first, last))
    now = datetime.datetime(2020, 1, 1), datetime.datetime(2039, 12, 31)
    past = _FIRST, datetime.datetime(1980, 12, 31)
    return st.one_of(
        st.datetimes(*now, timezones=danish, allow_imaginary=False),
        _near_a_change(),
        st.datetimes(*past, timezones=danish, allow_imaginary=False),
        st.datetimes(_FIRST, _LAST, timezones=_ZONES),
    )


def _span(
    first: datetime.date | None, last: datetime.date | None
) -> tuple[datetime.date, datetime.date]:
    begins, ends = first or _FIRST.date(), last or _LAST.date()
    if not _FIRST.date() <= begins <= ends <= _LAST.date():
        raise InvalidValue(
            "last",
            Wording(
                "ligger før den første dag, eller er ikke en mulig dag",
                "is before the first day, or is not a possible day",
            ),
            Wording(
                f"angiv dage fra {_FIRST:%Y-%m-%d} til {_LAST:%Y-%m-%d}, den seneste til sidst",
                f"specify days from {_FIRST:%Y-%m-%d} to {_LAST:%Y-%m-%d}, the later one last",
            ),
        )
    return begins, ends


@lru_cache(maxsize=16)
def _times_between(first: datetime.date, last: datetime.date) -> SearchStrategy[datetime.datetime]:
    """Times on some days, including those around changes of the clock."""
    midnight, before_midnight = datetime.time.min, datetime.time(23, 59, 59)
    anywhere = st.datetimes(
        datetime.datetime.combine(first, midnight),
        datetime.datetime.combine(last, before_midnight),
        timezones=st.just(copenhagen()),
        allow_imaginary=False,
    )
    years = range(max(first.year, _CHANGED_SINCE), min(last.year, _CHANGED_UNTIL) + 1)
    changes = [
        change
        for change in (_change_of(year, month) for year in years for month in (3, 10))
        if first <= change.date() <= last
    ]
    if not changes:
        return anywhere
    on_the_day = st.integers(-60, 180).map(lambda count: datetime.timedelta(minutes=count))
    return anywhere | st.builds(operator.add, st.sampled_from(changes), on_the_day)


def _days(
    first: datetime.date | None = None, last: datetime.date | None = None
) -> SearchStrategy[datetime.date]:
    """Days, including those on which the clock changes and those before them."""
    if first is not None or last is not None:
        return st.dates(*_span(first, last))
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


_LENGTHS, _CLOCK = _lengths(), st.times()
_MAYBE_NOTES = st.none() | texts()
_MORE_DAYS = st.timedeltas(datetime.timedelta(0), _LONGEST).map(lambda one: one // _DAY * _DAY)


@st.composite
def _intervals(
    draw: DrawFn, starts: SearchStrategy[datetime.datetime], indicative: bool
) -> Schedule:
    """From a start to an end, exact or indicative."""
    # in UTC, as adding to a time of a zone moves its clock and not the moment
    start = draw(starts).astimezone(datetime.UTC).replace(microsecond=0)
    note = draw(_MAYBE_NOTES) if indicative else None
    return Schedule(start, start + draw(_LENGTHS), indicative=indicative, note=note)


@st.composite
def _own_intervals(draw: DrawFn, days: SearchStrategy[datetime.date]) -> Schedule:
    """From one clock time of a day to another."""
    day, begins, ends = draw(days), draw(_CLOCK), draw(_CLOCK)
    try:
        return Schedule.between(day, begins, ends, draw(_MAYBE_NOTES))
    except InvalidValue:  # a time that the change to summer time skips, or equal to the second
        assume(False)
        raise


@st.composite
def _on_days(draw: DrawFn, days: SearchStrategy[datetime.date], has_end: bool) -> Schedule:
    """One or several days, without a time of day."""
    day = draw(days)
    last = day + draw(_MORE_DAYS) if has_end else None
    try:
        return Schedule.on(day, last, note=draw(_MAYBE_NOTES))
    except InvalidValue:  # long ago, the clock skipped a midnight
        assume(False)
        raise


def days_without_time(
    *, first: datetime.date | None = None, last: datetime.date | None = None
) -> SearchStrategy[Schedule]:
    """Schedules of a day or several, without a time of day.

    Args:
        first: the first day of an appointment.
        last: the last day on which an appointment begins.

    Raises:
        InvalidValue: ``last`` is before ``first``.
    """
    days = _days(first, last)
    return _on_days(days, has_end=False) | _on_days(days, has_end=True)


def schedules(
    *,
    types: Collection[int] | None = None,
    first: datetime.date | None = None,
    last: datetime.date | None = None,
) -> SearchStrategy[Schedule]:
    """Schedules of types 1, 2 and 3.

    Exact; indicative with and without a note; without an end; parts of the day, other intervals,
    and days without a time of day; from one second to many days long.

    Args:
        types: the appointment types to generate, of 1 to 3.
        first: the first day of an appointment, in Danish local time.
        last: the last day on which an appointment begins.

    Raises:
        InvalidValue: no type is one of 1 to 3, or ``last`` is before ``first``.
    """
    wanted = [type for type in _BY_TYPE if types is None or type in types]
    if not wanted:
        raise InvalidValue(
            "types",
            Wording("har ingen af dem", "has none of them"),
            Wording("angiv nogle af typerne 1 til 3", "specify some of the types 1 to 3"),
        )
    return st.one_of([_of_type(type, first, last) for type in wanted])


@lru_cache(maxsize=64)
def _of_type(
    type: AppointmentType, first: datetime.date | None, last: datetime.date | None
) -> SearchStrategy[Schedule]:
    return _BY_TYPE[type](times(first=first, last=last), _days(first, last))


def _exact(starts: _Times, _: _Days) -> SearchStrategy[Schedule]:
    return _intervals(starts, indicative=False)


def _indicative(starts: _Times, days: _Days) -> SearchStrategy[Schedule]:
    return st.one_of(
        st.builds(Schedule.during, st.sampled_from(PartOfDay), days),
        _intervals(starts, indicative=True),
        _own_intervals(days),
        _on_days(days, has_end=True),
    )


def _open(starts: _Times, days: _Days) -> SearchStrategy[Schedule]:
    return st.one_of(
        st.builds(Schedule, starts),
        st.builds(Schedule, starts, indicative=st.just(True), note=_MAYBE_NOTES),
        _on_days(days, has_end=False),
    )


_BY_TYPE: dict[AppointmentType, Callable[[_Times, _Days], SearchStrategy[Schedule]]] = {
    AppointmentType.STANDARD: _exact,
    AppointmentType.INDICATIVE: _indicative,
    AppointmentType.OPEN_END: _open,
}
