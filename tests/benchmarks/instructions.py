"""Counts instructions in place of time: ``python -m tests.benchmarks.instructions loads dumps``.

On a machine that is busy with other things times grow, those of Python more than those of lxml; the
instructions are the same on any day. They are counted by valgrind, which has to be installed, and
which takes fifty times as long.
"""

import argparse
import os
import re
import subprocess
import sys

from apd.cda.grammar import FEW_DOCUMENTS
from tests.benchmarks.work import OTHERS, UNIT, WORKS, own_documents
from tests.places import ROOT

ALL = {"unit": UNIT, **OTHERS, **WORKS}
_CALLS = 100
_TO_GET_WARM = 3 * FEW_DOCUMENTS
_COUNTED = re.compile(r"Collected : ([0-9]+)").search


def instructions(work: str, name: str) -> int:
    """The instructions of one call of some work on a document, once everything is warm."""
    none, many = (_counted(work, name, calls) for calls in (0, _CALLS))
    return (many - none) // _CALLS


def _counted(work: str, name: str, calls: int) -> int:
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={os.devnull}", sys.executable]
    command += ["-m", "tests.benchmarks.instructions", work, "--named", name, "--calls", str(calls)]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    counted = _COUNTED(done.stderr)
    assert counted is not None
    return int(counted[1])


def main() -> None:
    """Print a table, or do the work that is counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("works", nargs="*", choices=[[], *ALL], help="all unless told otherwise")
    parser.add_argument("--named", default="written", help="on which document")
    parser.add_argument("--calls", type=int, help="do the work so often, and count nothing")
    arguments = parser.parse_args()
    if arguments.calls is not None:
        call = ALL[arguments.works[0]](own_documents()[arguments.named])
        for _ in range(_TO_GET_WARM + arguments.calls):
            call()
        return
    unit = instructions("unit", arguments.named)
    print(f"a unit is {unit:,} instructions")
    for work in arguments.works or ALL:
        found = instructions(work, arguments.named)
        print(f"{work:<24} {found:>12,} {found / unit:6.2f} units", flush=True)


if __name__ == "__main__":
    main()
