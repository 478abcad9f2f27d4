"""One of several processes that publish the same bookings: ``python -m tests.publication.worker``.

Arguments: the register's file, the registry's file, how many bookings, the lease in seconds, and
after how many accepted messages the process is to die, if at all. The registry is a database too,
so that all of them see the same one; it takes down every message it gets.
"""

import datetime
import os
import sqlite3
import sys
import time

import apd
from apd.publication import Answer, Booking, Found, Sent, SqliteRegister, synchronize_each
from tests.publication.making import DAY, KEY, booking

ENDED = 7


def clock() -> datetime.datetime:
    """The time."""
    return datetime.datetime.now(datetime.UTC)


def bookings(count: int) -> list[Booking]:
    """The same for every process, in a week."""
    starts = apd.local_time(*(clock() + 7 * DAY).timetuple()[:3], 12)
    return [booking(number, starts) for number in range(1, count + 1)]


def open_registry(path: str) -> sqlite3.Connection:
    """The registry: the documents it accepted, and the messages it got."""
    database = sqlite3.connect(path, timeout=60, isolation_level=None)
    database.execute("CREATE TABLE IF NOT EXISTS accepted (id TEXT PRIMARY KEY, entry TEXT)")
    database.execute("CREATE TABLE IF NOT EXISTS message (id TEXT)")
    return database


def main(
    register_path: str, registry_path: str, count: str, lease: str, dies_after: str = "-1"
) -> None:
    """Publish until there is nothing left to do."""
    registry, accepted = open_registry(registry_path), 0

    def send(step: Sent) -> Answer:
        nonlocal accepted
        registry.execute("INSERT INTO message VALUES (?)", [step.document_id.value])
        time.sleep(0.002)
        try:
            values = [step.document_id.value, step.entry_uuid]
            registry.execute("INSERT INTO accepted VALUES (?, ?)", values)
        except sqlite3.IntegrityError:
            return Answer.DUPLICATE
        accepted += 1
        if accepted == int(dies_after):
            os._exit(ENDED)
        return Answer.ACCEPTED

    def look_up(document_id: apd.MedComId) -> Found | None:
        rows = registry.execute("SELECT entry FROM accepted WHERE id = ?", [document_id.value])
        row = rows.fetchone()
        return row and Found(entry_uuid=row[0], approved=True)

    held, is_done = bookings(int(count)), False
    with SqliteRegister(register_path) as register:
        while not is_done:
            run = synchronize_each(
                held,
                register,
                clock(),
                send=send,
                look_up=look_up,
                clock=clock,
                key=KEY,
                lease=datetime.timedelta(seconds=float(lease)),
            )
            is_done = not list(run)


if __name__ == "__main__":
    main(*sys.argv[1:])
