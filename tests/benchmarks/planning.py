"""Prints how long planning takes: ``python -m tests.benchmarks.planning [COUNT …]``.

So many bookings, all of them published, are planned against the register of what was published;
one in a hundred has changed. Each count is measured in a process of its own, once with the
register in memory and once with it in a file. The unit is what lxml takes to parse one such
document, measured in the same process. Times are the process's own, so that what else the machine
does counts for little. The memory is the most the process had, before and after
planning.
"""

import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from attrs import evolve
from lxml import etree

import apd
from apd.publication import (
    Booking,
    Digester,
    Entry,
    MemoryRegister,
    Publish,
    Register,
    SqliteRegister,
    Step,
    plan,
)
from tests import samples
from tests.publication.making import DAY, KEY, MINUTE, NOW, booking

COUNTS = (1_000, 10_000, 100_000)
_CHANGED = 100  # every so many
_TURNS = 3


class Timed(NamedTuple):
    """The shortest of several turns, and what came of it."""

    seconds: float
    steps: tuple[Step, ...]


def made(number: int) -> Booking:
    """A booking with a patient and times of its own; organisations are shared, as they would be."""
    patient = samples.patient(
        name=apd.PersonName(["Solveig", str(number)], "Tranekær"),
        address=samples.address(lines=[f"Birkelunden {number}"]),
    )
    starts = NOW + DAY + number % 100_000 * MINUTE
    return booking(number, starts, patient=patient, repeats=number % 2 == 0)


def changed(held: Booking) -> Booking:
    """The same with another reason."""
    return evolve(held, appointment=evolve(held.appointment, reason=apd.Reason("Ændret")))


def entries(held: list[Booking]) -> list[Entry]:
    """The register's entries when all of them are published."""
    return [
        Entry(appointment_id=step.appointment_id, version=1, document=step.registered, planned=NOW)
        for step in plan(held, MemoryRegister(), NOW, key=KEY)
        if isinstance(step, Publish)
    ]


def timed(call: Callable[[], tuple[Step, ...]]) -> Timed:
    """The shortest of several turns."""
    turns = []
    for _ in range(_TURNS):
        begin = time.process_time()
        steps = call()
        turns.append(Timed(time.process_time() - begin, steps))
    return min(turns, key=lambda turn: turn.seconds)


def unit() -> float:
    """Seconds that lxml takes to parse a document like these."""
    data, times = apd.dumps(samples.document()), 2000
    turns = []
    for _ in range(5):
        begin = time.process_time()
        for _ in range(times):
            etree.fromstring(data)
        turns.append((time.process_time() - begin) / times)
    return min(turns)


def digesting(held: list[Booking]) -> float:
    """Seconds that one digest takes."""
    digest = Digester(KEY)
    begin = time.process_time()
    for each in held:
        digest(each)
    return (time.process_time() - begin) / len(held)


def mebibytes() -> float:
    """The most memory the process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tell(count: int, where: str, open_register: Callable[[list[Entry]], Register]) -> None:
    """Measure one count with one register, and print a line."""
    held = [made(number) for number in range(1, count + 1)]
    register = open_register(entries(held))
    now_held = [changed(each) if n % _CHANGED == 0 else each for n, each in enumerate(held)]
    before, one = mebibytes(), unit()
    found = timed(lambda: plan(now_held, register, NOW, key=KEY))
    after = mebibytes()
    each = found.seconds / count
    kinds = Counter(step.kind.value for step in found.steps)
    print(
        f"{count:>9} {where:<7} {found.seconds:>8.2f} {each * 1e6:>9.1f} {each / one:>6.2f} "
        f"{digesting(now_held) / one:>7.2f} {before:>7.0f} {after:>7.0f}  {dict(kinds)}",
        flush=True,
    )


def measure(count: int, where: str) -> None:
    """Measure in this process."""
    if where == "memory":
        tell(count, where, MemoryRegister)
        return
    with TemporaryDirectory() as folder, SqliteRegister(Path(folder) / "r.db") as register:

        def adopted(published: list[Entry]) -> Register:
            register.adopt(published)
            return register

        tell(count, where, adopted)


def main(*counts: int) -> None:
    """Print a table, each line of it from a process of its own."""
    print(
        f"{'bookings':>9} {'where':<7} {'seconds':>8} {'µs each':>9} {'units':>6} {'digest':>7} "
        f"{'MiB':>7} {'MiB':>7}  steps"
    )
    for count in counts or COUNTS:
        for where in ("memory", "sqlite"):
            program = f"from tests.benchmarks import planning; planning.measure({count}, '{where}')"
            subprocess.run([sys.executable, "-c", program], check=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
