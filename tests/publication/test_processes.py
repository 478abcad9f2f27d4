"""Several processes over one register, for real: nothing is sent twice, nothing is forgotten."""

import subprocess
import sys
import time
from pathlib import Path

from apd.publication import SqliteRegister, State
from tests.places import ROOT
from tests.publication.worker import ENDED, bookings, clock, open_registry

COUNT = 40
SHORT, LONG = "0.5", "60"


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    files = (str(folder / "register.db"), str(folder / "registry.db"))
    command = [sys.executable, "-m", "tests.publication.worker", *files, str(COUNT), *arguments]
    return subprocess.Popen(command, cwd=ROOT)


def column(folder: Path, statement: str) -> list[str]:
    database = open_registry(str(folder / "registry.db"))
    try:
        return [value for (value,) in database.execute(statement)]
    finally:
        database.close()


def assert_all_published(folder: Path) -> None:
    with SqliteRegister(folder / "register.db") as register:
        entries = register.entries([held.id for held in bookings(COUNT)], clock())
        assert [entry.state for entry in entries] == [State.APPROVED] * COUNT
        ids = {entry.document.document_id.value for entry in entries if entry.document}
    assert ids == set(column(folder, "SELECT id FROM accepted"))
    assert len(ids) == COUNT


def test_three_at_once_send_everything_once(tmp_path: Path) -> None:
    workers = [start(tmp_path, LONG) for _ in range(3)]
    assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    assert_all_published(tmp_path)
    messages = column(tmp_path, "SELECT id FROM message")
    assert len(messages) == len(set(messages)) == COUNT


def test_when_one_dies_another_finds_what_became_of_its_message(tmp_path: Path) -> None:
    assert start(tmp_path, SHORT, "20").wait(60) == ENDED
    time.sleep(float(SHORT))
    assert start(tmp_path, SHORT).wait(60) == 0
    assert_all_published(tmp_path)
    messages = column(tmp_path, "SELECT id FROM message")
    assert len(messages) == len(set(messages)) == COUNT
