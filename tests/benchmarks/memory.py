"""Prints the memory that validating takes: ``python -m tests.benchmarks.memory [COUNT]``.

The project's example documents are validated over and over in one process, all layers, each time
with a comment of its own. What is told is the most memory the process has had, after each
tenth of the count.
"""

import resource
import sys
import time
import uuid
from pathlib import Path

from apd.validation import validate
from tests.places import ROOT

EXAMPLES = sorted((ROOT / "examples" / "documents").glob("*.xml"))
_SOME_ID = b'<encounter classCode="ENC" moodCode="APT">'


def variants(path: Path) -> tuple[bytes, bytes]:
    """A document in two halves, between which something of its own can be put."""
    before, found, after = path.read_bytes().partition(_SOME_ID)
    return before, found + after


def main(count: int = 100_000) -> None:
    """Validate ``count`` documents, and tell time and memory on the way."""
    halves = [variants(path) for path in EXAMPLES]
    begin = time.perf_counter()
    print(f"{'documents':>10} {'seconds':>8} {'MiB':>6}")
    for number in range(1, count + 1):
        before, after = halves[number % len(halves)]
        validate(before + f"<!-- {uuid.UUID(int=number)} -->".encode() + after)
        if number % (count // 10) == 0 or number == count // 100:
            mebibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{number:>10} {time.perf_counter() - begin:>8.1f} {mebibytes:>6.1f}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
