"""The strategies reach the days and the settings that matter."""

import datetime
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, find, settings

import apd
from apd.series import ClockEnd, MissingHour, Occurrence, Pattern, Series
from apd.series.timing import clock_of
from apd.testing import strategies as apd_st
from tests.sampling import examples

pytestmark = pytest.mark.slow  # hundreds of examples, until what is rare is among them


@cache
def patterns() -> list[Pattern]:
    return examples(apd_st.patterns(), 120)


@cache
def some_series() -> list[Series]:
    return examples(apd_st.series(), 40)


def occurrences(pattern: Pattern) -> tuple[Occurrence, ...]:
    start = pattern.recurrence.rules[0].start
    first = apd.local_time(start.year, start.month, start.day)
    return pattern.between(first - datetime.timedelta(days=9), first + datetime.timedelta(days=300))


def is_shifted(pattern: Pattern) -> bool:
    by = pattern.moved_by
    return any(clock_of(one.schedule.start) != one.original + by for one in occurrences(pattern))


def is_over_a_change(pattern: Pattern) -> bool:
    return len({one.schedule.start.utcoffset() for one in occurrences(pattern)}) == 2


@pytest.mark.parametrize("has", [is_shifted, is_over_a_change])
def test_there_are_times_around_a_change_of_the_clock(has: Callable[[Pattern], bool]) -> None:
    """They are rare: how many examples it takes differs between releases of Hypothesis."""
    search = settings(
        max_examples=2000,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    assert has(find(apd_st.patterns(), has, settings=search))


PATTERNS: dict[str, Callable[[Pattern], bool]] = {
    "skips": lambda pattern: pattern.missing_hour is MissingHour.SKIP,
    "refuses": lambda pattern: pattern.missing_hour is MissingHour.REFUSE,
    "moved": lambda pattern: bool(pattern.moved_by),
    "open end": lambda pattern: pattern.end is None,
    "clock end": lambda pattern: isinstance(pattern.end, ClockEnd),
    "time that passes": lambda pattern: pattern.keeps_length,
    "with a note": lambda pattern: pattern.note is not None,
    "three a day": lambda pattern: len(pattern.recurrence.rules) == 3,
    "extra times": lambda pattern: bool(pattern.recurrence.extra),
    "exceptions": lambda pattern: bool(pattern.recurrence.exceptions),
    "without an end": lambda pattern: (
        not any(part in pattern.recurrence.rules[0].text for part in ("COUNT", "UNTIL"))
    ),
}


@pytest.mark.parametrize("has", PATTERNS.values(), ids=PATTERNS)
def test_there_are_patterns(has: Callable[[Pattern], bool]) -> None:
    assert any(map(has, patterns()))


SERIES: dict[str, Callable[[Series], bool]] = {
    "many": lambda series: len(series.appointments) > 10,
    "some cancelled": lambda series: bool(series.closed),
    "without a repetition id": lambda series: series.repetition_id is None,
}


@pytest.mark.parametrize("has", SERIES.values(), ids=SERIES)
def test_there_are_series(has: Callable[[Series], bool]) -> None:
    assert any(map(has, some_series()))


def test_there_are_incomplete_ones() -> None:
    made = examples(apd_st.series(complete=False), 20)
    assert any(series.template.reason is None for series in made)
