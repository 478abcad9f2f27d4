"""The law of anonymous copies: after any edit, a copy has the findings of its original."""

from collections import Counter

import pytest

import apd
from apd.change import anonymise_bytes, leaks
from tests.laws.bases import broken, sample, summary
from tests.laws.edits import ALL_KINDS

SAMPLED = 12
"""So many edits of a kind are made anonymous in a run that is to be quick."""


def faults(data: bytes) -> Counter[tuple[str, str, str]]:
    """What is wrong in a document, where, and how bad it is."""
    return Counter(
        (found.rule, found.path, found.severity.name) for found in apd.validate(data).findings
    )


def how_unlike(data: bytes) -> str:
    """How an anonymous copy breaks the law, in words; nothing where it does not."""
    copy = anonymise_bytes(data, "a seed for the law")
    before, after = faults(data), faults(copy)
    if before != after:
        gone, new = ({rule for rule, _, _ in some} for some in (before - after, after - before))
        return f"no longer wrong: {sorted(gone)}, wrong in the copy: {sorted(new)}"
    return "something is left" if leaks(data, copy) else ""


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_copy_has_the_same_faults_after_some_edits(kind: str) -> None:
    found = broken(sample(kind, SAMPLED), how_unlike)

    assert not found, summary(found)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_copy_has_the_same_faults_after_many_edits(kind: str) -> None:
    found = broken(sample(kind, 25 * SAMPLED), how_unlike)

    assert not found, summary(found)
