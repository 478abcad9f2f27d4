"""How far ahead repeating appointments are published (#3)."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apd.publication import Horizon, LegalBasis, enters, last_day
from tests.publication.making import DAY, HOUR, MINUTE, booking
from tests.samples import time_at as at

FAR, NEAR = LegalBasis.HEALTH_ACT, LegalBasis.HEALTH_ACT_138
UTC = datetime.UTC


@pytest.mark.parametrize(
    ("basis", "days"),
    [
        (LegalBasis.HEALTH_ACT, None),
        (LegalBasis.HEALTH_ACT_138, 30),
        (LegalBasis.SERVICES_ACT_79A, None),
        (LegalBasis.SERVICES_ACT_83, 30),
        (LegalBasis.SERVICES_ACT_83A, None),
        (LegalBasis.SERVICES_ACT_84, None),
        (LegalBasis.SERVICES_ACT_86, None),
    ],
)
def test_the_law_decides_how_far(basis: LegalBasis, days: int | None) -> None:
    six_months = datetime.date(2026, 8, 2)
    expected = six_months if days is None else datetime.date(2026, 2, 2) + days * DAY
    assert last_day(basis, at("2026-02-02 09:00")) == expected


@pytest.mark.parametrize(
    ("now", "far", "near"),
    [
        # month ends and leap days
        ("2026-08-31 09:00", "2027-02-28", "2026-09-30"),
        ("2027-08-31 09:00", "2028-02-29", "2027-09-30"),
        ("2027-08-29 09:00", "2028-02-29", "2027-09-28"),
        ("2028-02-29 09:00", "2028-08-29", "2028-03-30"),
        ("2026-10-31 09:00", "2027-04-30", "2026-11-30"),
        ("2026-03-31 09:00", "2026-09-30", "2026-04-30"),
        ("2026-01-31 09:00", "2026-07-31", "2026-03-02"),
        ("2028-01-30 09:00", "2028-07-30", "2028-02-29"),
        # over the turn of the year; 2026 has a week 53
        ("2026-06-30 09:00", "2026-12-30", "2026-07-30"),
        ("2026-07-01 09:00", "2027-01-01", "2026-07-31"),
        ("2026-12-31 23:59", "2027-06-30", "2027-01-30"),
        ("2027-01-03 00:00", "2027-07-03", "2027-02-02"),
        # on the days when the clock is changed, and from one side of it to the other
        ("2026-03-29 01:59", "2026-09-29", "2026-04-28"),
        ("2026-03-29 03:00", "2026-09-29", "2026-04-28"),
        ("2026-10-25 02:30", "2027-04-25", "2026-11-24"),
        ("2026-09-25 12:00", "2027-03-25", "2026-10-25"),
        ("2026-02-27 12:00", "2026-08-27", "2026-03-29"),
    ],
)
def test_the_last_day(now: str, far: str, near: str) -> None:
    assert last_day(FAR, at(now)).isoformat() == far
    assert last_day(NEAR, at(now)).isoformat() == near


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime.datetime(2026, 8, 31, 21, 59, tzinfo=UTC), "2027-02-28"),  # 23:59 in Denmark
        (datetime.datetime(2026, 8, 31, 22, 0, tzinfo=UTC), "2027-03-01"),
        (datetime.datetime(2026, 1, 31, 22, 59, tzinfo=UTC), "2026-07-31"),  # 23:59 in winter
        (datetime.datetime(2026, 1, 31, 23, 0, tzinfo=UTC), "2026-08-01"),
    ],
)
def test_the_day_is_denmarks(now: datetime.datetime, day: str) -> None:
    assert last_day(FAR, now).isoformat() == day


@pytest.mark.parametrize("basis", [FAR, NEAR])
@pytest.mark.parametrize("now", ["2026-08-31 09:00", "2026-09-25 12:00", "2026-02-27 00:00"])
def test_the_last_day_counts_to_its_end(now: str, basis: LegalBasis) -> None:
    horizon = Horizon.at(at(now))
    midnight = datetime.datetime.combine(last_day(basis, at(now)) + DAY, datetime.time())
    last = at(str(midnight)) - MINUTE
    for lasts in (HOUR, 3 * DAY, None):  # over midnight, over several days, open: the start counts
        assert horizon.reaches(booking(starts=last, lasts=lasts, repeats=True, basis=basis))
    assert not horizon.reaches(booking(starts=last + MINUTE, repeats=True, basis=basis))


@pytest.mark.parametrize(
    ("days", "repeats", "basis", "permits"),
    [
        (400, True, FAR, True),  # six months are no limit
        (30, True, NEAR, True),
        (31, True, NEAR, False),
        (400, False, NEAR, True),
    ],
)
def test_what_may_stay_published(
    days: int, repeats: bool, basis: LegalBasis, permits: bool
) -> None:
    now = at("2026-02-02 09:00")
    held = booking(starts=now + days * DAY, repeats=repeats, basis=basis)
    assert Horizon.at(now).permits(held) is permits


@pytest.mark.parametrize("basis", [FAR, NEAR])
def test_what_does_not_repeat_has_no_horizon(basis: LegalBasis) -> None:
    far_ahead = booking(starts=at("2031-05-05 10:00"), basis=basis)
    assert Horizon.at(at("2026-02-02 09:00")).reaches(far_ahead)
    assert enters(far_ahead) is None


@pytest.mark.parametrize(
    ("starts", "basis", "entered"),
    [
        ("2026-08-02 10:00", FAR, "2026-02-02T00:00:00+01:00"),
        ("2027-02-28 10:00", FAR, "2026-08-28T00:00:00+02:00"),
        ("2027-03-01 10:00", FAR, "2026-09-01T00:00:00+02:00"),
        ("2026-08-31 10:00", FAR, "2026-03-01T00:00:00+01:00"),
        ("2028-08-31 10:00", FAR, "2028-03-01T00:00:00+01:00"),
        ("2028-02-29 10:00", FAR, "2027-08-29T00:00:00+02:00"),
        ("2026-09-29 00:00", FAR, "2026-03-29T00:00:00+01:00"),  # the day summer time begins
        ("2027-04-25 23:59", FAR, "2026-10-25T00:00:00+02:00"),  # and ends
        ("2027-01-01 10:00", FAR, "2026-07-01T00:00:00+02:00"),  # in week 53
        ("2026-04-28 10:00", NEAR, "2026-03-29T00:00:00+01:00"),
        ("2028-03-30 10:00", NEAR, "2028-02-29T00:00:00+01:00"),
    ],
)
def test_when_it_comes_near(starts: str, basis: LegalBasis, entered: str) -> None:
    found = enters(booking(starts=at(starts), repeats=True, basis=basis))
    assert found is not None
    assert found.isoformat() == entered


@given(
    st.dates(datetime.date(2026, 1, 1), datetime.date(2029, 12, 31)), st.sampled_from([FAR, NEAR])
)
def test_it_comes_near_on_the_first_day_that_reaches_it(
    day: datetime.date, basis: LegalBasis
) -> None:
    starting = booking(starts=at(f"{day} 12:00"), repeats=True, basis=basis)
    entered = enters(starting)
    assert entered is not None
    assert Horizon.at(entered).reaches(starting)
    assert not Horizon.at(entered - MINUTE).reaches(starting)


@given(st.datetimes(datetime.datetime(2026, 1, 1), datetime.datetime(2029, 1, 1)), st.data())
def test_it_never_moves_back(moment: datetime.datetime, data: st.DataObject) -> None:
    now = moment.replace(tzinfo=UTC)
    later = now + data.draw(st.timedeltas(datetime.timedelta(), 40 * DAY))
    for basis in (FAR, NEAR):
        assert last_day(basis, now) <= last_day(basis, later)
