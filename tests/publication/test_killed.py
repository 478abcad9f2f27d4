"""A run that is killed, at any of its steps: the next loses nothing, doubles nothing, tells all.

A process publishes over HTTP and ends before, during or after a write to the register, or before
or after a message. The steps are counted, so that they are all tried and the loop has an end.
"""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

import apd
from apd.publication import Booking, Run, SqliteRegister
from apd.testing.registry import Transaction
from tests.publication.killed import ENDED, publish
from tests.publication.making import NOW, booking, cancelled, moved
from tests.publication.over_http import Connection, connected

SUBMIT, UPDATE, ASK = Transaction.PROVIDE_AND_REGISTER, Transaction.UPDATE, Transaction.QUERY
MOST = 60
"""No run of these has so many steps."""

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.publication.killed"])


@pytest.fixture
def connection() -> Iterator[Connection]:
    with connected() as opened:
        yield opened


STAYS, MOVES, GOES, COMES = (booking(number) for number in (2, 3, 4, 5))
BEFORE = [STAYS, MOVES, GOES]
AFTER = [STAYS, moved(MOVES), cancelled(GOES), COMES]
CHANGED = {MOVES.id, GOES.id, COMES.id}


def run(connection: Connection, path: Path, bookings: list[Booking], minutes: int) -> Run:
    """A run in this process, which nobody kills; every message is held against the schema."""
    now = NOW.replace(minute=minutes)
    with SqliteRegister(path) as register:
        publisher = connection.publisher(register, clock=lambda: now, brake=None)
        return publisher.run(bookings)


def killed(connection: Connection, path: Path, minutes: int, last: int) -> bool:
    """A run in another process; whether it was killed before its end."""
    arguments = (connection.running.url, path, AFTER, minutes, last)
    process = SERVER.Process(target=publish, args=arguments)
    process.start()
    process.join(60)
    assert process.exitcode in (0, ENDED)
    return process.exitcode == ENDED


def accepted_in(path: Path) -> set[apd.MedComId]:
    """The changes that the register knows to be accepted."""
    with SqliteRegister(path) as register:
        entries = register.some(list(CHANGED))
    since = NOW.replace(minute=5)
    return {one.appointment_id for one in entries if one.accepted and one.accepted.at >= since}


def assert_all_is_well(connection: Connection, path: Path) -> None:
    registry = connection.running
    approved = sorted(entry.service_start_time for entry in registry.approved())
    assert approved == sorted([STAYS.starts, moved(MOVES).starts, COMES.starts])
    assert len(registry.entries) == 5  # nothing doubled: three, what was moved, and what came
    gone = [one for one in registry.received if one.transaction is UPDATE and not one.codes]
    assert len(gone) == 1
    accepted = [one.document_ids for one in registry.received if one.transaction is SUBMIT]
    assert len(accepted) == len(set(accepted)) == 5
    status = run_status(connection, path)
    assert (status.published, status.under_way, status.refused, status.due) == (3, 0, 0, 0)


def run_status(connection: Connection, path: Path):
    now = NOW.replace(minute=55)
    with SqliteRegister(path) as register:
        return connection.publisher(register, clock=lambda: now).status(AFTER)


def try_at(connection: Connection, path: Path, last: int) -> bool:
    """Kill the run of the changes at a step; whether it has so many."""
    run(connection, path, BEFORE, 0)
    is_killed = killed(connection, path, 5, last)
    known = accepted_in(path)
    after = run(connection, path, AFTER, 10)
    reported = {one.appointment_id for one in after.outcomes if one.result == "done"}
    assert known | reported == CHANGED, "something is silent"
    assert not known & reported
    assert_all_is_well(connection, path)
    assert run(connection, path, AFTER, 15).outcomes == ()
    return is_killed


BEGUN, ACCEPTED = 6, 8
"""Steps: a message is registered and not sent yet; it is accepted, which is not registered yet."""


@pytest.mark.parametrize("last", [BEGUN, ACCEPTED])
def test_killed_at_a_step(connection: Connection, tmp_path: Path, last: int) -> None:
    assert try_at(connection, tmp_path / "published.db", last)


@pytest.mark.slow
def test_killed_at_every_step(tmp_path: Path) -> None:
    for last in range(1, MOST):
        with connected() as connection:
            if not try_at(connection, tmp_path / f"{last}.db", last):
                break
    assert 20 < last < MOST


@pytest.mark.slow
@pytest.mark.parametrize("first", [BEGUN, ACCEPTED])
def test_killed_again_while_it_recovers(tmp_path: Path, first: int) -> None:
    for last in range(1, MOST):
        path = tmp_path / f"{last}.db"
        with connected() as connection:
            run(connection, path, BEFORE, 0)
            assert killed(connection, path, 5, first)
            is_killed = killed(connection, path, 10, last)
            known = accepted_in(path)
            after = run(connection, path, AFTER, 15)
            reported = {one.appointment_id for one in after.outcomes if one.result == "done"}
            assert known | reported == CHANGED, "something is silent"
            assert_all_is_well(connection, path)
        if not is_killed:
            break
    assert 20 < last < MOST
