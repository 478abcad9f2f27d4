"""Runs of ``apd plan`` that are killed, each at another boundary.

``python -m tests.cli.killing DIRECTORY SCENE``: an empty directory, and one of the scenes.

A boundary is a system call that leaves something behind: before each statement that changes the
register; before a file is opened to be written, is made whole (also when half of it is written),
is renamed or taken away; before a directory is made. A child process is killed there (SIGKILL).
Then all that is called a message is sent, and the runs go on. What is wrong after that is printed,
a line each; the last line says how many boundaries there were.
"""

import datetime
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from attrs import define, field

import apd.cli.commands.plan  # noqa: F401 - so that not every child has to import it
from apd.cli.app import run
from apd.publication import SqliteRegister
from apd.testing.registry import Fault, Registry, Transaction
from tests.cli.plans import CARE, EXAMPLE, NURSES, cancelled, change, message, moved

_START = datetime.datetime.fromisoformat("2026-02-03T08:01:00+01:00")
_STEP = datetime.timedelta(minutes=5)
_MOST_BOUNDARIES = 500
_CHANGES = ("BEGIN IMMEDIATE", "COMMIT", "INSERT", "CREATE", "ALTER", "PRAGMA user_version =")
_FILES = ("os.rename", "os.remove", "os.mkdir")
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class _Killer:
    """Kills this process at a boundary."""

    def __init__(self, at: int) -> None:
        self._left = at

    def begin(self) -> None:
        """From now on; a hook for audits stays as long as the process."""
        self._fsync, self._connect = os.fsync, sqlite3.connect
        os.fsync, sqlite3.connect = self._at_fsync, self._connected
        sys.addaudithook(self._at_audit)

    def boundary(self) -> None:
        """Here it may end."""
        self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def _at_audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _FILES or (event == "open" and arguments[2] & _WRITES):
            self.boundary()

    def _connected(self, *arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = self._connect(*arguments, **options)
        connection.set_trace_callback(self._at_statement)
        return connection

    def _at_statement(self, statement: str) -> None:
        if statement.startswith(_CHANGES):
            self.boundary()

    def _at_fsync(self, file: int) -> None:
        whole = os.pread(file, os.fstat(file).st_size, 0)
        os.ftruncate(file, len(whole) // 2)
        self.boundary()  # half of it was written
        os.ftruncate(file, 0)
        os.pwrite(file, whole, 0)
        self.boundary()
        self._fsync(file)


@define
class House:
    """Bookings, a register, an outbox, and the registry that is sent to."""

    registry: Registry = field(factory=lambda: Registry(check=False))
    now: datetime.datetime = _START
    refused: int = 0

    def plan(self, *options: str, killed_at: int | None = None) -> int:
        """A run in a process of its own; its exit status, negative if it was killed."""
        self.now += _STEP
        child = os.fork()
        if not child:
            silent = os.open("output", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            if killed_at is not None:
                _Killer(killed_at).begin()
            given = ["--register", "published.db", "--key", "key", "--write", "outbox"]
            status = run(["plan", *options, *given, "--now", self.now.isoformat()])
            sys.stdout.flush()
            os._exit(status)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def send(self) -> None:
        """Send all messages, and put the answers beside them."""
        for path in sorted(Path("outbox").glob("*.mime")):
            sent = path.rename(path.with_suffix(".sent"))
            response = self.registry.receive(*message(sent.name))
            self.refused += b"ResponseStatusType:Failure" in response.body
            sent.with_suffix(".answer").write_bytes(response.body)

    def copied(self, directory: Path) -> "House":
        """The same at another place, which is the working directory from now on."""
        shutil.copytree(".", directory)
        os.chdir(directory)
        registry = Registry(check=False)
        for entry in self.registry.entries:
            registry.put(entry)
        return House(registry, self.now)


def _published(house: House) -> None:
    house.plan("bookings.json")
    house.send()
    house.plan("bookings.json")


def _nothing(_: House) -> None:
    pass


def _sent(house: House) -> None:
    house.plan("bookings.json")
    house.send()


def _refused(house: House) -> None:
    house.plan("bookings.json")
    house.registry.order(Fault.REFUSE, transaction=Transaction.PROVIDE_AND_REGISTER)
    house.send()
    house.refused = 0


def _changed(house: House) -> None:
    _published(house)
    change(moved, _care_is_cancelled)


def _changes_sent(house: House) -> None:
    _changed(house)
    house.plan("bookings.json", "--confirm-deprecations", "1")
    house.send()


def _written(house: House) -> None:
    house.plan("bookings.json")


def _care_is_cancelled(bookings: list[Any]) -> None:
    (care,) = [one for one in bookings if one["appointment"]["id"]["value"] == CARE]
    cancelled([care])


SCENES: dict[str, tuple[Callable[[House], None], Sequence[str], int, int]] = {
    "publish": (_nothing, (), 2, 2),
    "answers to publish": (_sent, (), 2, 2),
    "a refusal": (_refused, (), 2, 2),
    "replace and deprecate": (_changed, (), 1, 3),
    "answers to replace and deprecate": (_changes_sent, (), 1, 3),
    "abandoned by hand": (_written, ("--abandon", NURSES), 2, 2),
}
"""What was before, how it is called, and how many documents are approved, and were submitted."""


def wrong_after(house: House, options: Sequence[str], approved: int, submitted: int) -> list[str]:
    """What is wrong once the runs have gone on."""
    reported = []
    for _ in range(4):
        house.send()
        status = house.plan("bookings.json", "--confirm-deprecations", "1")
        output = Path("output").read_text("utf-8")
        if status == 2 and options and "--abandon" in output:
            house.plan("bookings.json", *options)  # as it is asked for
        elif status == 1 and "XDSRepositoryError" in output:
            continue  # it is told, and tried again
        elif status != 0:
            reported.append(f"the exit status is {status}: {output}")
        elif not any(Path("outbox").iterdir()):
            break
    with SqliteRegister("published.db") as register:
        entries = list(register.recent(_START))
    if any(entry.attempt for entry in entries):
        reported.append("something is under way")
    if (count := len(house.registry.approved())) != approved:
        reported.append(f"{count} are approved")
    if (count := len(house.registry.entries)) != submitted:
        reported.append(f"{count} were submitted")
    if house.refused:
        reported.append(f"{house.refused} were sent twice")
    if left := sorted(path.name for path in Path("outbox").iterdir()):
        reported.append(f"left in the outbox: {left}")
    return reported


def main(directory: str, scene: str) -> None:
    """Kill at every boundary of a scene."""
    before, options, approved, submitted = SCENES[scene]
    place = Path(directory)
    (place / "begin").mkdir()
    os.chdir(place / "begin")
    shutil.copy(EXAMPLE, "bookings.json")
    Path("key").write_bytes(bytes(range(32)))
    begun = House()
    before(begun)
    for boundary in range(_MOST_BOUNDARIES):
        os.chdir(place / "begin")
        house = begun.copied(place / str(boundary))
        status = house.plan(
            "bookings.json", "--confirm-deprecations", "1", *options, killed_at=boundary
        )
        for one in wrong_after(house, options, approved, submitted):
            print(f"{boundary}: {one}", flush=True)
        if status >= 0:  # there was no such boundary
            print(f"boundaries: {boundary}")
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
