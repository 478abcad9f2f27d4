"""A sweep over many cases: some of them in every run, all of them where slow tests run."""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy


def one_in(step: int, cases: Iterable[Any]) -> list[Any]:
    """Cases to parametrise a test with: one of so many, evenly spread, and the others slow.

    Args:
        step: of so many cases one is tried in every run.
        cases: the arguments of the test, a tuple where there are several.
    """
    rows = [case if type(case) is tuple else (case,) for case in cases]
    return [
        pytest.param(*row, marks=pytest.mark.slow if number % step else ())
        for number, row in enumerate(rows)
    ]


def examples(strategy: SearchStrategy[Any], count: int) -> list[Any]:
    """A number of examples, the same every time."""
    made: list[Any] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: Any) -> None:
        made.append(example)

    collect()
    return made
