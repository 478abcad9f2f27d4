"""What a stranger sends costs in proportion to its size: counted at n, 2n and 4n of many things.

What Python does is counted in instructions, which are the same on every machine. What C does in
one of them (libxml2, regular expressions) cannot be counted; it is measured, in the time that it
takes to parse a document.
"""

import time
from functools import partial
from itertools import islice

import pytest
from lxml import etree

from apd.limits import MAX_AT_ONCE, MAX_DOCUMENT_BYTES
from tests.cda.editing import WRITTEN
from tests.scaling.counting import Work, growth, is_in_proportion, operations
from tests.scaling.documents import FUNCTIONS, REPETITIONS, Repetition, done, every_repetition
from tests.scaling.patterns import patterns, slow_texts
from tests.scaling.sets import CASES, refusing

FEW = 60
"""More siblings than are held against each other for likeness."""
SOME = 12
MANY = 250
TIMES = (1, 2, 4)

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


def counted(repetition: Repetition, function: str, count: int) -> list[int]:
    """What a function does with documents in which something is repeated."""
    works = [partial(done, FUNCTIONS[function], repetition(count * times)) for times in TIMES]
    works[0]()  # what is made once and remembered
    return [operations(work) for work in works]


def disproportionate(function: str, repetitions: dict[str, Repetition], count: int) -> list[str]:
    """The repetitions with which a function does more and more."""
    counts = {name: counted(one, function, count) for name, one in repetitions.items()}
    return [f"{name}: {each}" for name, each in counts.items() if not is_in_proportion(each)]


def of_set(name: str, count: int) -> list[int]:
    works = [refusing(CASES[name](count * times)) for times in TIMES]
    works[0]()
    return [operations(work) for work in works]


def test_growth_is_told() -> None:
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


@pytest.mark.parametrize("function", ALWAYS)
def test_a_function_with_a_document(function: str) -> None:
    repetitions = {name: REPETITIONS[name] for name in ALWAYS[function]}
    assert not disproportionate(function, repetitions, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_with_every_repetition(function: str) -> None:
    assert not disproportionate(function, REPETITIONS, MANY)


@pytest.mark.slow
@pytest.mark.parametrize("function", ["validate", "dumps, changed", "unmapped", "a page"])
def test_every_element_repeated(function: str) -> None:
    assert not disproportionate(function, every_repetition(), FEW)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in USUAL else pytest.mark.slow) for name in CASES]
)
def test_many_of_something(name: str) -> None:
    counts = of_set(name, LARGE.get(name, SOME))
    assert is_in_proportion(counts), counts


# --- what C does -----------------------------------------------------------------------------

PIECE = 10_000
"""So many bytes are repeated in the smaller of the documents that are compared."""
LARGER = 8


def units(function: str, data: bytes) -> float:
    """What a function takes, in the time of parsing a usual document; the less of two turns."""

    def least(work: Work) -> float:
        taken = []
        for _ in range(2):
            begun = time.process_time()
            work()
            taken.append(time.process_time() - begun)
        return min(taken)

    unit = least(lambda: [etree.fromstring(WRITTEN) for _ in range(20)]) / 20
    return least(partial(done, FUNCTIONS[function], data)) / unit


@pytest.mark.slow
@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("name", REPETITIONS)
def test_units_grow_with_the_size(function: str, name: str) -> None:
    """Of eight times as much, no more than twice that; pairs would be sixty-four times as many."""
    repetition = REPETITIONS[name]
    each = (len(repetition(100)) - len(repetition(0))) / 100
    count = int(PIECE / each)
    large = repetition(LARGER * count)
    assert len(large) < MAX_DOCUMENT_BYTES
    done(FUNCTIONS[function], repetition(1))
    few = units(function, repetition(count))
    assert units(function, large) < 2 * LARGER * max(few, 1)


WELL_FORMED = {
    "apd.cda.lossless.markup._HIDDEN": "what begins a comment or an instruction is ended",
    "apd.reports.masked._TOKEN": "the same",
    "apd.cda.lossless.merging._REST_OF_LINE": "it is held against the text behind an element",
    "apd.cda.lossless.merging._COMMENTS_BEHIND": "the same",
}
"""Regular expressions that would be slow on texts that they never see."""


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(patterns().keys() - WELL_FORMED.keys()))
def test_no_regular_expression_looks_at_the_same_letters_again(name: str) -> None:
    assert not list(islice(slow_texts(patterns()[name], 1500), 1))
