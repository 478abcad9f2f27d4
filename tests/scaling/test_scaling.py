"""What a stranger sends costs in proportion to its size: counted at n, 2n and 4n of many things.

What Python does is counted in instructions, which are the same on every machine. What C does in
one of them (libxml2, regular expressions) cannot be counted; ``tests.benchmarks.growth`` measures.
"""

from collections.abc import Sequence
from functools import partial
from itertools import islice

import pytest

from apd.limits import MAX_AT_ONCE
from tests.scaling.counting import (
    Work,
    growth,
    is_at_most_doubled,
    is_in_proportion,
    operations,
)
from tests.scaling.documents import (
    FOLLOWING,
    FUNCTIONS,
    REPETITIONS,
    Repetition,
    done,
    every_repetition,
)
from tests.scaling.patterns import patterns, slow_texts
from tests.scaling.sets import CASES, refusing

FEW = 60
"""More siblings than are held against each other for likeness."""
SOME = 12
MANY = 120
"""What is done once with each finding is more than what holding it against another takes."""
TIMES = (1, 2, 4)
LARGER_TIMES = (8, 16)

ALWAYS = {
    "loads": tuple(REPETITIONS),
    "validate": ("unknown elements", "declarations", "references"),
    "dumps, changed": ("unknown elements", "comments behind elements"),
    "unmapped": ("unknown elements", "elements of a known name"),
}
"""What is counted every time, and with which repetitions."""
USUAL = [
    "JSON, unknown keys",
    "JSON, depth",
    "answer of a registry, slots",
    "answer of a registry, unknown elements",
    "package, headers",
    "occurrences, HOURLY",
    "exceptions",
    "a series, moved",
    "files in a zip",
    "files in a tar",
    "appointments one after another, data",
]
"""What is cheap enough to be counted every time."""

# each of so many is held against so many others; days come in weeks and months
LARGE = {"appointments at once, data": MAX_AT_ONCE + SOME, "days of one appointment, page": 80}


def counted(
    repetition: Repetition, function: str, count: int, all_times: Sequence[int]
) -> list[int]:
    """What a function does with documents in which something is repeated."""
    works = [partial(done, FUNCTIONS[function], repetition(count * times)) for times in all_times]
    works[0]()  # what is made once and remembered
    return [operations(work) for work in works]


def disproportionate(function: str, repetitions: dict[str, Repetition], count: int) -> list[str]:
    """The repetitions with which a function does more and more."""
    found = []
    for name, repetition in repetitions.items():
        counts = counted(repetition, function, count, TIMES)
        if not is_in_proportion(counts):
            # a step, where another way begins, is no growth: of many more nothing else matters
            counts += counted(repetition, function, count, LARGER_TIMES)
            if not is_at_most_doubled(*counts[-2:]):
                found.append(f"{name}: {counts}")
    return found


def of_set(name: str, count: int) -> list[int]:
    works = [refusing(CASES[name](count * times)) for times in TIMES]
    works[0]()
    return [operations(work) for work in works]


def test_growth_is_reported() -> None:
    assert growth([5, 10, 20]) == 2
    assert growth([105, 110, 120]) == 2
    assert growth([1, 4, 16]) == 4
    assert growth([1000, 1000, 1010]) < 1
    assert is_in_proportion([30, 65, 140])
    assert not is_in_proportion([100, 400, 1600])

    def one_by_one(count: int) -> Work:
        return lambda: [one == count for one in range(count)]

    def pairs(count: int) -> Work:
        return lambda: [one == other for one in range(count) for other in range(count)]

    assert is_in_proportion([operations(one_by_one(count)) for count in (20, 40, 80)])
    assert not is_in_proportion([operations(pairs(count)) for count in (20, 40, 80)])
    assert not is_at_most_doubled(*(operations(pairs(count)) for count in (80, 160)))


@pytest.mark.parametrize("function", ALWAYS)
def test_a_function_with_a_document(function: str) -> None:
    repetitions = {name: REPETITIONS[name] for name in ALWAYS[function]}
    assert not disproportionate(function, repetitions, FEW)


@pytest.mark.parametrize(
    "name",
    ["null ids with content", pytest.param("times without an offset", marks=pytest.mark.slow)],
)
def test_findings_that_are_reported_with_others(name: str) -> None:
    counts = counted(FOLLOWING[name], "validate", MANY, TIMES)
    assert is_in_proportion(counts), counts


@pytest.mark.slow
@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_with_every_repetition(function: str) -> None:
    assert not disproportionate(function, REPETITIONS, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("function", ["loads", "dumps, changed"])
def test_every_element_repeated(function: str) -> None:
    assert not disproportionate(function, every_repetition(), SOME)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in USUAL else pytest.mark.slow) for name in CASES]
)
def test_many_of_something(name: str) -> None:
    counts = of_set(name, LARGE.get(name, SOME))
    assert is_in_proportion(counts), counts


# --- what regular expressions do --------------------------------------------------------------

WELL_FORMED = {
    "apd.privacy.masked_document._TOKEN": "the same",
    "apd.cda.lossless.merging._REST_OF_LINE": "it is held against the text behind an element",
    "apd.cda.lossless.merging._COMMENTS_BEHIND": "the same",
}
"""Regular expressions that would be slow on texts that they never see."""


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(patterns().keys() - WELL_FORMED.keys()))
def test_no_regular_expression_looks_at_the_same_letters_again(name: str) -> None:
    assert not list(islice(slow_texts(patterns()[name], 1500), 1))
