"""Nothing is taken out of the patient's sight that may be seen there (#1, #4, #5; #3's 30 days).

The law is over random histories of one appointment: booked, moved, made part of a series, put
under another law, worded otherwise, gone and back, with time passing and runs in between. Whether
it may be seen is told from the rules here, with nothing of the planner.
"""

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd.publication import Booking, Deprecate, LegalBasis, Publish
from tests import samples
from tests.publication.house import House
from tests.publication.making import DAY, HOUR, MINUTE, NOW, booking

DENMARK = ZoneInfo("Europe/Copenhagen")
LIMITED = {"serviceloven § 83", "sundhedsloven § 138"}
LAWFUL = [
    LegalBasis.HEALTH_ACT,
    LegalBasis.HEALTH_ACT_138,
    LegalBasis.SERVICES_ACT_79A,
    LegalBasis.SERVICES_ACT_83,
    LegalBasis.SERVICES_ACT_83A,
]
SERIES = [None, apd.Repetition(samples.medcom_id(5)), apd.Repetition(samples.medcom_id(6))]

_AHEAD = st.one_of(
    st.integers(0, 60 * 24).map(lambda hours: hours * HOUR),
    st.integers(28, 32).map(lambda days: days * DAY),
    st.integers(170, 190).map(lambda days: days * DAY),
    st.integers(190, 2000).map(lambda days: days * DAY),
)


def moved(held: Booking, now: datetime.datetime, ahead: datetime.timedelta) -> Booking:
    return _with(held, now, schedule=apd.Schedule(now + ahead, now + ahead + HOUR))


def put_in_a_series(held: Booking, now: datetime.datetime, series: Any) -> Booking:
    return _with(held, now, repetition=series)


def worded(held: Booking, now: datetime.datetime, reason: str) -> Booking:
    return _with(held, now, reason=apd.Reason(reason))


def under(held: Booking, now: datetime.datetime, basis: LegalBasis) -> Booking:
    return evolve(held, legal_basis=basis, changed=now)


def with_status(held: Booking, now: datetime.datetime, status: apd.Status) -> Booking:
    return _with(held, now, status=status)


def _with(held: Booking, now: datetime.datetime, **changes: Any) -> Booking:
    return evolve(held, appointment=evolve(held.appointment, **changes), changed=now)


class Change(NamedTuple):
    """What is done to the booking, and how much time passes before the next run."""

    make: Callable[[Booking, datetime.datetime, Any], Booking]
    given: Any
    wait: datetime.timedelta


_WAITS = st.sampled_from([MINUTE, HOUR, DAY, 20 * DAY, 31 * DAY, 100 * DAY])
_CHANGES = st.one_of(
    st.builds(Change, st.just(moved), _AHEAD, _WAITS),
    st.builds(Change, st.just(put_in_a_series), st.sampled_from(SERIES), _WAITS),
    st.builds(Change, st.just(worded), st.sampled_from(["Kontrol", "Samtale"]), _WAITS),
    st.builds(Change, st.just(under), st.sampled_from(LAWFUL), _WAITS),
    st.builds(
        Change,
        st.just(with_status),
        st.sampled_from([apd.Status.ACTIVE, apd.Status.ACTIVE, apd.Status.CANCELLED]),
        _WAITS,
    ),
)


def is_beyond_the_limit(held: Booking, now: datetime.datetime) -> bool:
    """Rule #3: under these laws what repeats is published 30 days ahead and no more."""
    if held.legal_basis.value not in LIMITED or held.appointment.repetition is None:
        return False
    ahead = held.starts.astimezone(DENMARK).date() - now.astimezone(DENMARK).date()
    return ahead.days > 30


def has_to_be_seen(held: Booking, now: datetime.datetime) -> bool:
    """Rules #1 and #3: all that does not repeat, and of what repeats at least six months."""
    if held.appointment.status != "active" or held.starts + HOUR <= now:
        return False
    if held.appointment.repetition is None:
        return True
    ahead = (held.starts.astimezone(DENMARK).date() - now.astimezone(DENMARK).date()).days
    return ahead <= (30 if held.legal_basis.value in LIMITED else 181)  # the shortest six months


@given(_AHEAD, st.sampled_from(SERIES), st.sampled_from(LAWFUL), st.lists(_CHANGES, max_size=8))
def test_what_may_be_seen_is_never_taken_down(
    ahead: datetime.timedelta, series: Any, basis: LegalBasis, changes: list[Change]
) -> None:
    house = House()
    held = booking(starts=NOW + ahead, basis=basis, repetition=series)
    for change in [Change(under, basis, MINUTE), *changes]:
        held = change.make(held, house.now, change.given)
        house.now += change.wait
        steps = house.plan(held)
        is_valid = held.appointment.status == "active"
        for step in steps:
            if isinstance(step, Deprecate):
                assert not is_valid or is_beyond_the_limit(held, house.now)
            if isinstance(step, Publish):
                assert is_valid
                assert not is_beyond_the_limit(held, house.now)
        was_seen = bool(house.shown())
        house.carry_out(steps)
        if is_valid and not is_beyond_the_limit(held, house.now) and was_seen:
            assert house.shown() == [held.appointment]  # as it is now, however far ahead
        if has_to_be_seen(held, house.now):
            assert house.shown() == [held.appointment]
        if not is_valid or is_beyond_the_limit(held, house.now):
            assert house.shown() == []
