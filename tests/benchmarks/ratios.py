"""Prints how long each piece of work takes, in units: ``python -m tests.benchmarks.ratios``.

Unit and work take turns in one run, so that a machine that is busy for a while is so for both. It
is processor time that is taken, of each the shortest and the median, in units of the same.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from statistics import median
from typing import NamedTuple

from tests.benchmarks.work import OTHERS, STARTS, UNIT, WORKS, documents
from tests.places import ROOT

_SECONDS_A_TURN = 0.005


class Ratio(NamedTuple):
    """How many units some work takes."""

    shortest: float
    median: float


def _times_a_turn(call: Callable[[], object]) -> int:
    """How often a call is made in one turn, to last long enough to be measured."""
    begin = time.process_time()
    call()
    return max(1, int(_SECONDS_A_TURN / (time.process_time() - begin)))


def _seconds(call: Callable[[], object], times: int) -> float:
    begin = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - begin) / times


def ratio(unit: Callable[[], object], work: Callable[[], object], turns: int) -> Ratio:
    """Measure both in turns."""
    unit(), work()
    unit_times, work_times = _times_a_turn(unit), _times_a_turn(work)
    units, works = [], []
    for _ in range(turns):
        units.append(_seconds(unit, unit_times))
        works.append(_seconds(work, work_times))
    return Ratio(min(works) / min(units), median(works) / median(units))


def started(statement: str, compiled: str) -> float:
    """The processor time of a new Python that runs a statement, all modules compiled before.

    Args:
        statement: what it runs.
        compiled: a folder that keeps what is compiled.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": compiled, "PYTHONPATH": str(ROOT)}
    to_nowhere = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    command = [sys.executable, "-c", statement]
    child = os.posix_spawn(sys.executable, command, environment, file_actions=[to_nowhere])
    _, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError(statement)
    return used.ru_utime + used.ru_stime


def starts(turns: int) -> dict[str, Ratio]:
    """How long a new Python takes, in units of one that imports lxml and attrs."""
    with tempfile.TemporaryDirectory() as compiled:
        for statement in STARTS.values():
            started(statement, compiled)
        taken: dict[str, list[float]] = {name: [] for name in STARTS}
        for _ in range(turns):
            for name, statement in STARTS.items():
                taken[name].append(started(statement, compiled))
    unit = taken["unit"]
    return {
        name: Ratio(min(times) / min(unit), median(times) / median(unit))
        for name, times in taken.items()
    }


def _print(name: str, work: str, found: Ratio) -> None:
    print(f"{name:<58} {work:<24} {found.shortest:6.2f} {found.median:6.2f}", flush=True)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=30, help="how often each is measured")
    parser.add_argument("--named", default="", help="of which documents: a part of their names")
    arguments = parser.parse_args()
    print(f"{'document':<58} {'work':<24} {'min':>6} {'median':>6}   units")
    for name, data in documents().items():
        if arguments.named in name:
            for work, prepare in (OTHERS | WORKS).items():
                _print(name, work, ratio(UNIT(data), prepare(data), arguments.turns))
    for name, found in starts(arguments.turns).items():
        _print("import lxml.etree, attrs", name, found)


if __name__ == "__main__":
    main()
