"""Prints how long each piece of work takes, in units: ``python -m tests.benchmarks.ratios``.

Unit and work take turns in one run, so that a machine that is busy for a while is so for both.
Of each the shortest and the median are told, in units of the same.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

from tests.benchmarks.work import IMPORTS, UNIT, WORKS, documents
from tests.places import ROOT

_SECONDS_A_TURN = 0.005


class Ratio(NamedTuple):
    """How many units some work takes."""

    shortest: float
    median: float


def _times_a_turn(call: Callable[[], object]) -> int:
    """How often a call is made in one turn, to last long enough to be measured."""
    begin = time.perf_counter()
    call()
    return max(1, int(_SECONDS_A_TURN / (time.perf_counter() - begin)))


def _seconds(call: Callable[[], object], times: int) -> float:
    begin = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - begin) / times


def ratio(unit: Callable[[], object], work: Callable[[], object], turns: int) -> Ratio:
    """Measure both in turns."""
    unit(), work()
    unit_times, work_times = _times_a_turn(unit), _times_a_turn(work)
    units, works = [], []
    for _ in range(turns):
        units.append(_seconds(unit, unit_times))
        works.append(_seconds(work, work_times))
    return Ratio(min(works) / min(units), median(works) / median(units))


def _import(statement: str) -> Callable[[], object]:
    """A new Python that imports something, without what pytest or we have loaded."""
    command = [sys.executable, "-c", statement]
    return lambda: subprocess.run(command, cwd=ROOT, check=True)


def _print(name: str, work: str, found: Ratio) -> None:
    print(f"{name:<58} {work:<10} {found.shortest:6.2f} {found.median:6.2f}", flush=True)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=30, help="how often each is measured")
    turns = parser.parse_args().turns
    print(f"{'document':<58} {'work':<10} {'min':>6} {'median':>6}   units")
    for name, data in documents().items():
        for work, prepare in WORKS.items():
            _print(name, work, ratio(UNIT(data), prepare(data), turns))
    unit, nothing = _import(IMPORTS["unit"]), _import("pass")
    _print(
        "import apd / import lxml.etree, attrs", "import", ratio(unit, _import("import apd"), 10)
    )
    _print("an empty Python / the same", "start", ratio(unit, nothing, 10))


if __name__ == "__main__":
    main()
