"""Strategies for documents can be narrowed: by type, place, category, days, release, flaws."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import apd
from apd.testing import strategies as apd_st
from apd.testing.synthetic import as_released
from apd.testing.synthetic.older_releases import FIRST_RELEASES
from apd.validation import validate

pytestmark = pytest.mark.slow

DAY = datetime.date(2026, 10, 25)  # the clock is changed
SECOND = datetime.date(2026, 10, 26)
unhurried = settings(suppress_health_check=[HealthCheck.too_slow])
Case = tuple[dict[str, Any], Callable[[apd.Appointment], bool]]


def day_of(appointment: apd.Appointment) -> datetime.date:
    """The day on which it begins."""
    return appointment.schedule.start.date()


CASES: dict[str, Case] = {
    "anything": ({}, lambda made: True),
    **{
        f"type {type}": ({"types": [type]}, lambda made, type=type: type in made.types)
        for type in apd.AppointmentType
    },
    "types 3 and 4": ({"types": {3, 4}}, lambda made: not {3, 4}.isdisjoint(made.types)),
    "home": (
        {"locations": [apd.HomeLocation]},
        lambda made: isinstance(made.location, apd.HomeLocation),
    ),
    "not at home": (
        {"locations": (apd.SorLocation, apd.OtherLocation)},
        lambda made: isinstance(made.location, apd.SorLocation | apd.OtherLocation),
    ),
    "category": (
        {"categories": [apd.Category.MUNICIPAL]},
        lambda made: made.category is apd.Category.MUNICIPAL,
    ),
    "one day": ({"first": DAY, "last": DAY}, lambda made: day_of(made) == DAY),
    "two days": ({"first": DAY, "last": SECOND}, lambda made: DAY <= day_of(made) <= SECOND),
    "from a day": ({"first": DAY}, lambda made: day_of(made) >= DAY),
    "until a day": ({"last": DAY}, lambda made: day_of(made) <= DAY),
    "release 1.1": (
        {"release": apd.Release.V1_1},
        lambda made: (
            (made.repetition, made.episode_of_care, made.schedule.indicative) == (None, None, False)
        ),
    ),
    "all at once": (
        {"types": [2], "locations": [apd.HomeLocation], "first": DAY, "last": DAY},
        lambda made: (
            (made.types[0], type(made.location), day_of(made)) == (2, apd.HomeLocation, DAY)
        ),
    ),
}


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("case", CASES)
@settings(unhurried, max_examples=8)
@given(data=st.data())
def test_appointments(case: str, complete: bool, data: st.DataObject) -> None:
    chosen, holds = CASES[case]
    made = data.draw(apd_st.appointments(complete=complete, **chosen))
    assert holds(made)


@pytest.mark.parametrize("case", CASES)
@settings(unhurried, max_examples=5)
@given(data=st.data())
def test_documents_without_a_flaw(case: str, data: st.DataObject) -> None:
    chosen, holds = CASES[case]
    made = data.draw(apd_st.documents(flawless=True, **chosen))
    assert holds(made.appointment)
    assert validate(apd.dumps(made)).findings == ()


@pytest.mark.parametrize("release", apd.RELEASES)
@settings(unhurried, max_examples=20)
@given(data=st.data())
def test_releases(release: apd.Release, data: st.DataObject) -> None:
    made = data.draw(apd_st.documents(release=release))
    assert made.release is release
    written = as_released(made)
    assert apd.loads(written).release is release
    assert release not in FIRST_RELEASES or b"<precondition" not in written


@given(apd_st.times(first=DAY, last=SECOND))
def test_times(time: datetime.datetime) -> None:
    assert DAY <= time.date() <= SECOND


def test_times_on_the_day_of_a_change_come_to_the_hour_that_comes_twice() -> None:
    second_pass = datetime.datetime(2026, 10, 25, 1, 30, tzinfo=datetime.UTC)
    hour = datetime.timedelta(minutes=30)
    once = settings(database=None, max_examples=500, phases=[Phase.generate])
    find(
        apd_st.times(first=DAY, last=DAY),
        lambda time: abs(time.astimezone(datetime.UTC) - second_pass) <= hour,
        settings=once,
    )


WRONG: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
    "no type": lambda: apd_st.documents(types=[]),
    "no such type": lambda: apd_st.appointments(types=[5]),
    "no class": lambda: apd_st.documents(locations=[]),
    "no category": lambda: apd_st.documents(categories=[None]),
    "types that the release had not": lambda: apd_st.documents(
        types=[2, 4], release=apd.Release.V1_0
    ),
    "days in the wrong order": lambda: apd_st.documents(first=SECOND, last=DAY),
    "times in the wrong order": lambda: apd_st.times(first=SECOND, last=DAY),
    "a schedule of type 4": lambda: apd_st.schedules(types=[4]),
    "too late": lambda: apd_st.schedules(first=datetime.date(9999, 1, 1)),
    "no such rule": lambda: apd_st.defective_documents("BR-0"),
}


@pytest.mark.parametrize("case", WRONG)
def test_nothing_that_fits_is_reported_as_an_error(case: str) -> None:
    @settings(database=None, max_examples=1, phases=[Phase.generate])
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        data.draw(WRONG[case]())

    with pytest.raises(apd.InvalidValue, match="specify"):
        draw()


def test_the_smallest_narrowed_document_is_small() -> None:
    quick = settings(database=None, phases=[Phase.generate, Phase.shrink])
    narrowed = apd_st.documents(types=[4], first=DAY, locations=[apd.SorLocation], flawless=True)
    smallest = find(narrowed, lambda _: True, settings=quick)
    patient = smallest.appointment.patient
    assert (patient.name, patient.address, smallest.appointment.requester) == (None, None, None)
    assert smallest.appointment.schedule.start.date() == DAY
    assert len(apd.dumps(smallest)) < 7500
