"""Every case of the conformance kit has the verdict of the reference validators."""

from collections import Counter

import pytest

from apd.validation import validate
from tests.places import needs_kit
from tests.rules.kit import REASONS, Case, cases, differences, explained

# one process makes for all of them what takes long to make
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kit")]

AGREEING = 3000
"""The cases that agree. The test fails if it is fewer, and if it is more and this is not raised."""

DIFFERING: dict[str, str] = {}
"""The cases that do not agree, and why."""

EXPLAINED = 83
"""Clean cases in which we find an error for one of the reasons in ``kit.py``."""


@pytest.fixture(scope="module")
def judged() -> list[tuple[Case, list[str], bool]]:
    """Each case, how we differ from the reference, and whether we find an error."""
    found = []
    for case in cases():
        report = validate(case.data)
        found.append((case, differences(case, report), not report.is_valid))
    return found


@needs_kit
def test_the_verdicts_agree(judged: list[tuple[Case, list[str], bool]]) -> None:
    differing = {case.id: different for case, different, _ in judged if different}

    assert len(judged) == AGREEING + len(DIFFERING)
    assert differing.keys() == DIFFERING.keys(), differing


@needs_kit
def test_we_say_more_than_the_reference_in_few_cases(
    judged: list[tuple[Case, list[str], bool]],
) -> None:
    more = [
        case.id
        for case, _, has_error in judged
        if has_error and not case.is_broken and case.official is not None
    ]

    assert len(more) == EXPLAINED


@needs_kit
def test_every_reason_is_needed() -> None:
    used = Counter[str]()
    for case in cases():
        if not case.is_broken and case.official is not None:
            used.update(r.why for r in explained(case, validate(case.data), REASONS))

    assert used.keys() == {reason.why for reason in REASONS}
