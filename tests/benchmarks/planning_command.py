"""Prints what ``apd plan`` costs: ``python -m tests.benchmarks.planning_command [COUNT …]``.

A file of so many bookings is planned against a register in which all of them are published, one in
a hundred as something else; each count in a process of its own. Then it is planned for a register
that knows nothing, so that every booking is to be published. The seconds are of the processor, so
that what else the machine does counts for less; the memory is the most the process had. The unit
is what lxml takes to parse one such document, just before.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from apd.publication import Digester, Entry, Registered, SqliteRegister
from apd.publication.booking import Booking, Producer
from apd.publication.bookings_file import Bookings, dumps
from apd.publication.entry import document_id, entry_uuid
from tests.benchmarks.planning import changed, made, unit
from tests.publication.making import KEY, NOW

COUNTS = (10_000, 100_000)
_CHANGED = 100  # every so many
_AT_ONCE = 1_000
_PRODUCER = Producer(
    healthcare_facility_type_code="22232009",
    practice_setting_code="394801008",
    source_id="1.2.208.176.43210.8.1.29",
)


def held(number: int) -> Booking:
    """A booking as the file has it."""
    booking = made(number)
    return Booking(
        appointment=booking.appointment,
        custodian=booking.custodian,
        legal_basis=booking.legal_basis,
        patient_present=booking.patient_present,
        changed=booking.changed,
    )


def write(count: int, path: Path) -> None:
    """Write a file of bookings, some at a time."""
    whole = dumps(Bookings(read_at=NOW, bookings=[], producer=_PRODUCER))
    head, tail = whole.split("[]")
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{head}[")
        for number in range(1, count + 1):
            one = dumps(Bookings(read_at=NOW, bookings=[held(number)]))
            item = one[one.index("[") + 1 : one.rindex("]")]
            file.write(f"{', ' if number > 1 else ''}{item}")
        file.write(f"]{tail}")


def published(count: int) -> Iterator[Entry]:
    """The register's entries when all of them are published, some as something else."""
    digest = Digester(KEY)
    for number in range(1, count + 1):
        booking = held(number) if number % _CHANGED else changed(held(number))
        entry = Entry(appointment_id=booking.id, planned=NOW)
        document = Registered(
            document_id=document_id(entry),
            entry_uuid=entry_uuid(entry),
            digest=digest(booking),
            patient=digest.patient(booking),
            ends=booking.ends,
        )
        yield evolve(entry, version=1, document=document)


def measure(count: int, register: str) -> None:
    """Run the command once, and print a line of the table."""
    parse = unit()
    command = [
        sys.executable,
        "-c",
        "from apd.cli import main; main()",
        "plan",
        "bookings.json",
        "--register",
        register,
    ]
    run = subprocess.run([*command, "--key", "key", "--json"], stdout=subprocess.PIPE, check=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime
    each = seconds / count
    print(
        f"{count:>9} {register:<8} {len(run.stdout.splitlines()):>7} {seconds:>8.1f} "
        f"{each * 1e6:>8.0f} {each / parse:>6.1f} {used.ru_maxrss / 1024:>6.0f}",
        flush=True,
    )


def main(*counts: int) -> None:
    """Print the table."""
    print(
        f"{'bookings':>9} {'register':<8} {'told of':>7} {'seconds':>8} {'µs each':>8} "
        f"{'units':>6} {'MiB':>6}"
    )
    for count in counts or COUNTS:
        with TemporaryDirectory() as folder:
            os.chdir(folder)
            Path("key").write_bytes(KEY)
            write(count, Path("bookings.json"))
            with SqliteRegister("full.db") as register:
                register.adopt(published(count))
            for name in ("full.db", "none.db"):
                program = (
                    "from tests.benchmarks import planning_command;"
                    f"planning_command.measure({count}, '{name}')"
                )
                subprocess.run([sys.executable, "-c", program], check=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
