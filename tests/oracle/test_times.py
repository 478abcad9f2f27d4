"""The clock in Denmark, the types, and the parts of the day."""

import datetime
from typing import Any

from hypothesis import strategies as st

import apd
from tests import samples
from tests.oracle import times as t
from tests.oracle.agreeing import agree, on_scenarios
from tests.oracle.expected import clock, parts_of_day
from tests.oracle.expected.types import types

PARTS = {
    "morgen": apd.PartOfDay.MORNING,
    "formiddag": apd.PartOfDay.FORENOON,
    "middag": apd.PartOfDay.MIDDAY,
    "eftermiddag": apd.PartOfDay.AFTERNOON,
    "aften": apd.PartOfDay.EVENING,
    "nat": apd.PartOfDay.NIGHT,
}


def _local(shown: datetime.datetime) -> datetime.datetime | None:
    try:
        return apd.local_time(*shown.timetuple()[:6])
    except apd.InvalidValue:
        return None


def _what_the_clock_shows(shown: datetime.datetime) -> None:
    moments = clock.moments(shown)
    assert _local(shown) == (moments[0] if moments else None)
    for moment in moments:
        assert apd.Schedule(moment).start.replace(tzinfo=None) == shown


@on_scenarios(100, 2000)
def test_the_clock(times: int) -> None:
    agree(_what_the_clock_shows, t.clock_times(), times)


def _which_types(scenario: tuple[datetime.datetime, int | None, bool, bool]) -> None:
    start, minutes, indicative, repeats = scenario
    end = None if minutes is None else start + minutes * t.MINUTE
    appointment = samples.appointment(
        schedule=apd.Schedule(start, end, indicative=indicative),
        repetition=apd.Repetition(samples.medcom_id(5)) if repeats else None,
    )
    found = {int(one.value) for one in appointment.types}
    assert found == types(end is not None, indicative, repeats)


@on_scenarios(50, 2000)
def test_the_types(times: int) -> None:
    lasts = st.none() | st.integers(1, 5000)
    agree(_which_types, st.tuples(t.moments(), lasts, st.booleans(), st.booleans()), times)


def _which_types_of_days(scenario: tuple[datetime.date, int | None, bool]) -> None:
    day, days, repeats = scenario
    last = None if days is None else day + datetime.timedelta(days=days)
    appointment = samples.appointment(
        schedule=apd.Schedule.on(day, last),
        repetition=apd.Repetition(samples.medcom_id(5)) if repeats else None,
    )
    assert {int(one.value) for one in appointment.types} == types(days is not None, True, repeats)
    schedule = appointment.schedule
    assert schedule.start == clock.midnight(day)
    assert schedule.end == (None if last is None else clock.midnight(last + clock.DAY))


@on_scenarios(50, 1000)
def test_the_types_of_days_without_a_time(times: int) -> None:
    agree(
        _which_types_of_days,
        st.tuples(t.days(), st.none() | st.integers(0, 3), st.booleans()),
        times,
    )


def _a_part(scenario: tuple[str, datetime.date]) -> None:
    name, day = scenario
    schedule = apd.Schedule.during(PARTS[name], day)
    assert (schedule.start, schedule.end) == parts_of_day.part(name, day)
    assert schedule.indicative
    assert schedule.part_of_day is PARTS[name]


@on_scenarios(100, 1000)
def test_a_part_of_the_day(times: int) -> None:
    agree(_a_part, st.tuples(st.sampled_from(sorted(PARTS)), t.days()), times)


def _an_own_interval(scenario: tuple[datetime.date, datetime.time, datetime.time]) -> None:
    interval = parts_of_day.own(*scenario)
    try:
        schedule = apd.Schedule.between(*scenario)
    except apd.InvalidValue:
        assert interval is None
        return
    assert (schedule.start, schedule.end) == interval
    assert interval is not None
    name = parts_of_day.name(*interval)
    assert schedule.part_of_day is (PARTS[name] if name else None)


_HOURS: Any = st.integers(0, 23).map(datetime.time) | st.sampled_from(
    [datetime.time(7), datetime.time(9), datetime.time(22), datetime.time(2, 30)]
)


@on_scenarios(100, 2000)
def test_an_own_interval(times: int) -> None:
    agree(_an_own_interval, st.tuples(t.days(), _HOURS, _HOURS), times)
