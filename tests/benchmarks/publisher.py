"""Prints what a publisher costs: ``python -m tests.benchmarks.publisher [FIRST [PLANNED]]``.

First so many bookings are published for the first time, over a function that accepts everything at
once, with a register in a file: the messages, two changes of the register each, and the answers.
Then so many, all published, are planned again by a run that finds nothing to do. The seconds are of
the processor; the unit is what lxml takes to parse one such document, just before.
"""

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from apd import xds
from apd.publication import Booking, Digester, Entry, Publisher, Registered, SqliteRegister
from apd.publication.entry import document_id, entry_uuid
from tests.benchmarks.planning import made, unit
from tests.publication.making import KEY, NOW
from tests.publication.publishing import PRODUCER

FIRST, PLANNED = 3_000, 100_000
_ACCEPTED = xds.write_response(xds.RegistryResponse(xds.ResponseStatus.SUCCESS)).encode()


def accept(message: xds.Message) -> bytes:
    """As a registry that accepts everything at once."""
    return _ACCEPTED


def publisher(register: SqliteRegister) -> Publisher:
    """A publisher over that registry."""
    return Publisher(register, accept, key=KEY, producer=PRODUCER, clock=lambda: NOW)


def published(count: int) -> Iterator[Entry]:
    """What a register has of so many bookings, all of them published as they are."""
    digest = Digester(KEY)
    for number in range(1, count + 1):
        booking = made(number)
        entry = Entry(appointment_id=booking.id)
        yield Entry(
            appointment_id=booking.id,
            version=1,
            document=Registered(
                document_id=document_id(entry),
                entry_uuid=entry_uuid(entry),
                digest=digest(booking),
                patient=digest.patient(booking),
                ends=booking.ends,
            ),
        )


def bookings(count: int) -> Iterator[Booking]:
    """So many bookings, one at a time."""
    return map(made, range(1, count + 1))


def print_cost(what: str, count: int, since: float, one: float) -> None:
    """Print what something cost."""
    seconds = time.process_time() - since
    each = seconds / count
    print(f"{what:<28}{count:>8}{seconds:>9.1f} s{each * 1e6:>8.0f} µs{each / one:>7.1f} units")


def main(first: int = FIRST, planned: int = PLANNED) -> None:
    """Print the table."""
    one = unit()
    with TemporaryDirectory() as folder:
        with SqliteRegister(Path(folder) / "first.db") as register:
            held = list(bookings(first))
            since = time.process_time()
            run = publisher(register).run(held)
            assert len(run.of("done")) == first
            print_cost("published for the first time", first, since, one)
        with SqliteRegister(Path(folder) / "planned.db") as register:
            register.adopt(published(planned))
            since = time.process_time()
            run = publisher(register).run(bookings(planned))
            assert run.outcomes == ()
            print_cost("planned, nothing to do", planned, since, one)
            since = time.process_time()
            list(bookings(planned))
            print_cost("(of this, the bookings)", planned, since, one)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
