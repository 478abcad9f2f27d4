"""How the library is held against the oracle: on a few scenarios by default, on thousands with
``-m slow``."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy

Law = Callable[[Any], None]


def on_scenarios(few: int, many: int) -> pytest.MarkDecorator:
    """Gives a test the number of scenarios, as ``times``: few by default, many if it may be "
    "slow."""
    return pytest.mark.parametrize("times", [few, pytest.param(many, marks=pytest.mark.slow)])


def agree(law: Law, scenarios: SearchStrategy[Any], times: int) -> None:
    """Hold a law over that many scenarios.

    Args:
        law: drives the library through a scenario and asserts what the oracle says.
        scenarios: what it is driven through.
        times: how many.
    """
    found = settings(
        max_examples=times, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    found(given(scenarios)(law))()
