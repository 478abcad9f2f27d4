"""The same place is the same place for whoever asks.

a series of edition 1.0 takes both  <=>  the rules over a set find one place
<=>  a comparison tells of no other place  <=>  is_same_place
=>   nobody has to travel between them
"""

import datetime

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd.model.location import Location, is_same_place
from apd.series import Series, SeriesRuleError
from apd.testing import strategies as apd_st
from tests import samples
from tests.model.test_same_place import LOCATIONS, OTHER, SAME
from tests.overview import kit
from tests.series.making import OTHER_ID, SERIES_ID, template

KEY = bytes(range(32))
SERIES = apd.Repetition(samples.medcom_id(500))
PLACES = st.sampled_from(LOCATIONS) | apd_st.locations()


def in_a_series(one: Location | None, other: Location | None) -> bool:
    """Whether a series of edition 1.0 takes both."""
    first, second = (template(location=place, id=OTHER_ID) for place in (one, other))
    try:
        Series(id=SERIES_ID, template=first, appointments=[second], edition="1.0")
    except SeriesRuleError as error:
        assert error.rule == "R6"
        return False
    return True


def in_a_set(one: Location | None, other: Location | None) -> bool:
    """Whether the rules over a set find one place, in the documents as they are written."""
    keys = [
        apd.set_keys(apd.dumps(document, check=False), key=KEY)
        for document in documents(one, other)
    ]
    assert keys[0] is not None
    assert keys[1] is not None
    return keys[0].location == keys[1].location


def in_a_comparison(one: Location | None, other: Location | None) -> bool:
    """Whether a comparison tells of no other place."""
    first, second = documents(one, other)
    second = evolve(second, appointment=evolve(second.appointment, id=first.appointment.id))
    compared = apd.diff(first, second, edition="1.0")
    reported = "R6" in {rule.rule for rule in compared.consequences}
    assert reported == any("R6" in change.rules for change in compared.changes)
    return not reported


def may_have_to_travel(one: Location | None, other: Location | None) -> bool:
    """Whether it is a conflict that the second begins as the first ends."""
    first, second = documents(one, other, repetition=None)
    made = kit.overview(first, second, travel=datetime.timedelta(minutes=30))
    return bool(made.overlaps)


def documents(
    *places: Location | None, repetition: apd.Repetition | None = SERIES
) -> list[apd.AppointmentDocument]:
    """Documents of one patient, one after the other in time; of a series, or of none."""
    return [
        kit.document(
            number,
            kit.schedule(f"2026-03-10 1{number}:00", f"1{number + 1}:00"),
            location=place,
            repetition=repetition,
        )
        for number, place in enumerate(places)
    ]


def test_somebody_has_to_travel() -> None:
    assert may_have_to_travel(*OTHER["two SOR codes"]) is False  # at one address
    assert may_have_to_travel(*OTHER["two streets"])


def assert_all_agree(one: Location | None, other: Location | None) -> None:
    is_same = is_same_place(one, other)
    assert in_a_series(one, other) == is_same
    assert in_a_set(one, other) == is_same
    assert in_a_comparison(one, other) == is_same
    assert not (is_same and may_have_to_travel(one, other))


@pytest.mark.parametrize(("one", "other"), [*SAME.values(), *OTHER.values()], ids=[*SAME, *OTHER])
def test_all_agree_on_what_is_reported(one: Location | None, other: Location | None) -> None:
    assert_all_agree(one, other)


@given(PLACES, PLACES)
def test_all_agree_on_any_two_places(one: Location | None, other: Location | None) -> None:
    assert_all_agree(one, other)


@given(st.lists(st.booleans(), min_size=2, max_size=6), st.sampled_from(apd.Edition))
def test_home_visits_some_of_them_protected(protected: list[bool], edition: apd.Edition) -> None:
    """They are one series, and nothing of it is more than worth knowing."""
    places = [kit.HOME if not is_protected else apd.HomeLocation() for is_protected in protected]
    visits = documents(*places)
    reports = apd.validate_all(visits, edition=edition)
    assert [found.finding.rule for found in reports.findings] == []
    first, *others = (visit.appointment for visit in visits)
    series = Series(id=SERIES_ID, template=first, appointments=[first, *others], edition=edition)
    assert len(series.appointments) == len(protected)
