"""The law over every case of both conformance kits."""

from collections.abc import Iterable

import pytest

from tests.laws.bases import summary
from tests.laws.law import broken_law
from tests.places import needs_kit, needs_second_kit
from tests.rules.kit import Case, cases, causes, second_cases

SAMPLED = 60
"""Of so many cases one is judged in a run that is to be quick."""


def broken(cases: Iterable[Case]) -> list[tuple[str, str]]:
    """The cases that break the law, and how they do."""
    found = ((f"{case.id} {case.edit}", broken_law(case.data)) for case in cases)
    return [(name, how) for name, how in found if how]


@needs_kit
def test_the_law_holds_over_some_cases() -> None:
    found = broken(cases(SAMPLED))

    assert not found, summary(found)


@needs_second_kit
def test_the_law_holds_over_some_cases_of_the_second() -> None:
    found = broken(second_cases(SAMPLED // 3))

    assert not found, summary(found)


@needs_second_kit
def test_the_law_holds_over_the_causes() -> None:
    found = broken(causes())

    assert not found, summary(found)


@pytest.mark.slow
@needs_kit
def test_the_law_holds_over_every_case() -> None:
    found = broken(cases())

    assert not found, summary(found)


@pytest.mark.slow
@needs_second_kit
def test_the_law_holds_over_every_case_of_the_second() -> None:
    found = broken(second_cases())

    assert not found, summary(found)
