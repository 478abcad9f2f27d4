"""A sweep over many cases: some of them in every run, all of them where slow tests run."""

from collections.abc import Iterable
from typing import Any

import pytest


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
