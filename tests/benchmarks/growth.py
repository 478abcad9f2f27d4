"""Prints what grows faster than its input in C: ``python -m tests.benchmarks.growth [FUNCTION …]``.

What Python does is counted by ``tests/scaling``. What libxml2 and regular expressions do shows in
time alone: each public function is given documents in which something is repeated, and others of
eight times the size. Where pairs are compared it takes sixty-four times as long.
"""

import sys
import time
from functools import partial

from lxml import etree

from tests.cda.editing import WRITTEN
from tests.scaling.counting import Work
from tests.scaling.documents import FUNCTIONS, REPETITIONS, Repetition, done

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


def growth(function: str, repetition: Repetition) -> tuple[float, float]:
    """The units of a document, and of one of eight times the size."""
    each = (len(repetition(100)) - len(repetition(0))) / 100
    count = int(PIECE / each)
    done(FUNCTIONS[function], repetition(1))
    return units(function, repetition(count)), units(function, repetition(LARGER * count))


def main() -> None:
    """Print a line for each function and repetition, marked where it grows too fast."""
    for function in sys.argv[1:] or FUNCTIONS:
        for name, repetition in REPETITIONS.items():
            few, many = growth(function, repetition)
            mark = "  grows faster than its input" if many > 2 * LARGER * max(few, 1) else ""
            print(f"{function:<16} {name:<40} {few:8.1f} {many:8.1f}{mark}", flush=True)


if __name__ == "__main__":
    main()
