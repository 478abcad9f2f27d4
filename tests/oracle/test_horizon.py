"""How far ahead is published, and from when on."""

import datetime

import pytest
from hypothesis import strategies as st

from apd.publication import Horizon, LegalBasis, enters, last_day
from tests.oracle import times as t
from tests.oracle.agreeing import agree, on_scenarios
from tests.oracle.expected import horizon
from tests.oracle.expected.clock import midnight
from tests.publication.making import booking

LAWS = st.sampled_from(sorted(horizon.LAWS))


def _last_day(scenario: tuple[str, datetime.datetime]) -> None:
    law, now = scenario
    assert last_day(LegalBasis(law), now) == horizon.last_day(law, now)


@on_scenarios(100, 2000)
def test_the_last_day(times: int) -> None:
    agree(_last_day, st.tuples(LAWS, t.moments()), times)


def _reaches(scenario: tuple[str, datetime.datetime, int, int, bool]) -> None:
    law, now, days, minutes, repeats = scenario
    start = midnight(horizon.last_day(law, now) + datetime.timedelta(days=days))
    start += minutes * t.MINUTE
    held = booking(starts=start, basis=LegalBasis(law), repeats=repeats)
    within = horizon.is_within(law, start, now, repeats=repeats)
    assert Horizon.at(now).reaches(held) == within
    assert Horizon.at(now).permits(held) == (within or not horizon.LAWS[law].limited)
    since = midnight(horizon.within_since(law, start)) if repeats else None
    assert enters(held) == since


@on_scenarios(100, 2000)
def test_what_is_within(times: int) -> None:
    near = st.tuples(
        LAWS, t.moments(), st.integers(-2, 2), st.integers(-2, 2), st.booleans() | st.just(True)
    )
    agree(_reaches, near, times)


@pytest.mark.parametrize("basis", LegalBasis)
def test_the_laws(basis: LegalBasis) -> None:
    assert basis.may_be_shared == horizon.LAWS[basis.value].shared


def test_every_law_is_known_to_both() -> None:
    assert {basis.value for basis in LegalBasis} == set(horizon.LAWS)
