"""The registers: in memory and in a file, with the same behaviour."""

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from attrs import evolve

import apd
from apd.publication import (
    Acceptance,
    Attempt,
    BulkRegister,
    Entry,
    Kind,
    MemoryRegister,
    Register,
    Registered,
    RegisterError,
    SqliteRegister,
    Trouble,
    TroubleKind,
    sqlite_register,
    synchronize,
)
from tests import samples
from tests.places import ROOT
from tests.publication.house import House
from tests.publication.making import DAY, KEY, MINUTE, NOW, booking
from tests.publication.registry import Crash, Fault

MICROSECOND = MINUTE / 60_000_000


def registered(number: int, days: float = 1) -> Registered:
    return Registered(
        document_id=samples.medcom_id(1000 + number),
        entry_uuid=f"urn:uuid:{samples.medcom_id(2000 + number).value}",
        digest=bytes([number]) * 16,
        patient=None,
        ends=NOW + days * DAY,
    )


def entry(number: int, document: Registered | None, attempt: Attempt | None = None) -> Entry:
    return Entry(
        appointment_id=samples.medcom_id(number),
        version=number,
        document=document,
        planned=NOW + MICROSECOND,
        attempt=attempt,
    )


def attempt(number: int, minutes: float, *, has_due: bool = True) -> Attempt:
    return Attempt(
        kind=Kind.REPLACE,
        version=number + 1,
        document=registered(number + 100),
        due=NOW if has_due else None,
        expires=NOW + minutes * MINUTE + MICROSECOND,
    )


TO_COME, OVER = entry(1, registered(1)), entry(2, registered(2, -1))
DEPRECATED = entry(3, None)
SENDING = entry(4, None, attempt(4, 2))
REPLACING = entry(5, registered(5, -1), attempt(5, 4, has_due=False))
STANDING = entry(6, evolve(registered(6), ends=None))
ENTRIES = [TO_COME, OVER, DEPRECATED, SENDING, REPLACING, STANDING]


@pytest.fixture(params=["memory", "sqlite"])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Register]:
    if request.param == "memory":
        yield MemoryRegister(ENTRIES)
        return
    with SqliteRegister(tmp_path / "register.db") as opened:
        opened.adopt(ENTRIES)
        yield opened


def by_id(entries: object) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.appointment_id.value)  # type: ignore[call-overload,no-any-return]


REFUSED = Trouble(
    kind=TroubleKind.REFUSED,
    step=Kind.REPLACE,
    codes=("XDSRegistryBusy", "XDSPatientIdDoesNotMatch"),
    count=3,
    again=NOW + MINUTE + MICROSECOND,
    digest=b"d" * 16,
)


@pytest.mark.parametrize(
    "more",
    [
        {"trouble": REFUSED},
        {"trouble": evolve(REFUSED, again=None, digest=None, step=Kind.DEPRECATE)},
        {"trouble": Trouble(kind=TroubleKind.UNSENDABLE, step=Kind.PUBLISH)},
        {"accepted": Acceptance(at=NOW, due=NOW + MINUTE)},
        {"accepted": Acceptance(at=NOW, due=None)},
    ],
)
def test_what_is_known_of_an_appointment_comes_back(
    more: dict[str, object], tmp_path: Path
) -> None:
    known = evolve(TO_COME, **more)
    with SqliteRegister(tmp_path / "register.db") as register:
        register.adopt([known])
        assert list(register.entries([known.appointment_id], NOW)) == [known]
        assert list(MemoryRegister([known]).entries([known.appointment_id], NOW)) == [known]


@pytest.mark.parametrize(
    ("asked", "reported"),
    [
        ([], [TO_COME, SENDING, REPLACING, STANDING]),
        ([2, 3], ENTRIES),
        ([1, 4, 99], [TO_COME, SENDING, REPLACING, STANDING]),
        ([2, *range(1000, 3000)], [TO_COME, OVER, SENDING, REPLACING, STANDING]),
    ],
)
def test_it_returns_those_asked_for_and_what_is_not_history(
    register: Register, asked: list[int], reported: list[Entry]
) -> None:
    assert by_id(register.entries([samples.medcom_id(number) for number in asked], NOW)) == reported


@pytest.mark.parametrize(
    ("minutes", "reported"),
    [(2, []), (2 + 1e-3, [SENDING]), (5, [SENDING, REPLACING])],
)
def test_it_returns_which_attempts_have_expired(
    register: Register, minutes: float, reported: list[Entry]
) -> None:
    assert by_id(register.expired(NOW + minutes * MINUTE)) == reported


def test_it_writes_what_a_change_makes_of_an_entry(register: Register) -> None:
    seen: list[Entry] = []

    def change(old: Entry) -> Entry:
        seen.append(old)
        return evolve(old, version=9, document=registered(9), attempt=attempt(9, 1))

    for number in (1, 77):
        assert register.update(samples.medcom_id(number), change)
    new = Entry(appointment_id=samples.medcom_id(77))
    assert seen == [TO_COME, new]
    ids = [samples.medcom_id(1), samples.medcom_id(77)]
    found = by_id(register.entries(ids, NOW + 9 * DAY))
    assert [each for each in found if each.appointment_id in ids] == [
        evolve(old, version=9, document=registered(9), attempt=attempt(9, 1)) for old in seen
    ]


def test_it_writes_nothing_where_nothing_is_to_change(register: Register) -> None:
    assert not register.update(samples.medcom_id(1), lambda old: None)
    assert not register.update(samples.medcom_id(77), lambda old: None)
    every = [samples.medcom_id(number) for number in (1, 2, 3, 4, 5, 77)]
    assert by_id(register.entries(every, NOW)) == ENTRIES


def test_a_change_that_fails_changes_nothing(register: Register) -> None:
    def change(old: Entry) -> Entry:
        raise Crash

    with pytest.raises(Crash):
        register.update(samples.medcom_id(1), change)
    assert TO_COME in register.entries([], NOW)
    assert register.update(samples.medcom_id(1), lambda old: DEPRECATED)  # it can go on


# --- the file --------------------------------------------------------------------------------


def test_the_file_is_there_for_the_next_one(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    with SqliteRegister(path) as first:
        first.adopt(ENTRIES)
    with SqliteRegister(str(path)) as second:
        assert by_id(second.entries([entry.appointment_id for entry in ENTRIES], NOW)) == ENTRIES


def test_times_in_the_file_are_microseconds_since_1970(tmp_path: Path) -> None:
    """So that a version to come reads what this one has written."""
    path = tmp_path / "register.db"
    with SqliteRegister(path) as register:
        register.adopt([TO_COME])
    with closing(sqlite3.connect(path)) as database:
        [row] = database.execute("SELECT ends, planned FROM entry")
    assert row == (
        NOW.timestamp() * 10**6 + DAY.total_seconds() * 10**6,
        NOW.timestamp() * 10**6 + 1,
    )


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    SqliteRegister(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_adopted_is_adopted_as_a_whole(tmp_path: Path) -> None:
    with SqliteRegister(tmp_path / "register.db") as register:
        register.adopt([TO_COME])
        with pytest.raises(RegisterError, match="UNIQUE"):
            register.adopt([SENDING, TO_COME])
        assert by_id(register.entries([], NOW)) == [TO_COME]


def text_file(path: Path) -> None:
    path.write_text(
        "no database, but more than the hundred bytes that a header has " * 3, encoding="utf-8"
    )


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as opened, opened as database:
        database.execute("CREATE TABLE patients (name)")


def later_version(path: Path) -> None:
    SqliteRegister(path).close()
    with closing(sqlite3.connect(path)) as opened, opened as database:
        database.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (text_file, "not a database"),
        (other_database, "not a register"),
        (later_version, "by a newer version"),
        (Path.mkdir, "directory"),
        (lambda path: path.symlink_to(path.parent / "not" / "there"), "No such file"),
    ],
)
def test_a_file_that_is_no_register(
    tmp_path: Path, make: Callable[[Path], None], problem: str
) -> None:
    path = tmp_path / "some.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RegisterError, match=problem) as caught:
        SqliteRegister(path)
    assert isinstance(caught.value, apd.ApdError)
    assert str(tmp_path) not in str(caught.value)
    assert before == (path.read_bytes() if path.is_file() else None)


def test_6_there_is_nothing_personal_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    held = booking(reason=apd.Reason("Kontrol af knæ"))
    with SqliteRegister(path) as register:
        house = House(register=register)
        house.registry.faults = [Fault.SILENT]
        house.run(held)
        sending = path.read_bytes()
        house.run(held)
    patient = held.appointment.patient
    assert patient.name is not None
    assert patient.address is not None
    for secret in (
        samples.CPR,
        *patient.name.given,
        *patient.address.lines,
        "Tranekær",
        "Kontrol",
        "Ortop",
        "111111000016003",
    ):
        assert secret.encode() not in sending + path.read_bytes()


def test_a_crash_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    with SqliteRegister(path) as register:
        register.adopt(ENTRIES)
    program = (  # ends in the middle of a transaction, and without closing anything
        "import os, sys; from apd.publication import SqliteRegister; from tests import samples;"
        "SqliteRegister(sys.argv[1]).update(samples.medcom_id(1), lambda old: os._exit(7))"
    )
    child = subprocess.run([sys.executable, "-c", program, str(path)], cwd=ROOT)
    assert child.returncode == 7
    with SqliteRegister(path) as register:
        assert by_id(register.entries([samples.medcom_id(3)], NOW)) == [
            TO_COME,
            DEPRECATED,
            SENDING,
            REPLACING,
            STANDING,
        ]


def test_one_that_somebody_else_is_writing_for_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_register, "_SECONDS_TO_WAIT", 0.05)
    path = tmp_path / "register.db"
    with SqliteRegister(path) as register:
        writer = sqlite3.connect(path, isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegisterError, match="locked"):
            register.update(samples.medcom_id(1), lambda old: TO_COME)
        writer.close()
        assert register.entries([], NOW) == []
        assert register.update(samples.medcom_id(1), lambda old: TO_COME)


def test_whoever_reads_keeps_nobody_from_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_register, "_SECONDS_TO_WAIT", 0.05)
    path = tmp_path / "register.db"
    with SqliteRegister(path) as register:
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        assert reader.execute("SELECT * FROM entry").fetchall() == []
        assert register.update(samples.medcom_id(1), lambda old: TO_COME)
        assert reader.execute("SELECT * FROM entry").fetchall() == []
        reader.close()


def test_what_is_written_together_is_written_or_not(register: Register) -> None:
    assert isinstance(register, BulkRegister)
    one, other = entry(70, registered(70)), entry(71, registered(71))
    with pytest.raises(ZeroDivisionError), register.together():
        register.update(one.appointment_id, lambda old: one)
        raise ZeroDivisionError
    assert one not in register.entries([], NOW)
    with register.together():
        register.update(one.appointment_id, lambda old: one)
        register.update(other.appointment_id, lambda old: other)
    assert {one, other} <= set(register.entries([], NOW))


def test_some_and_all_others_are_all_there_is_of_interest(register: Register) -> None:
    assert isinstance(register, BulkRegister)
    asked = [samples.medcom_id(number) for number in (1, 2, 3, 99)]
    some = list(register.some(asked))
    others = list(register.others({id.value for id in asked}, NOW))
    assert by_id(some) == [TO_COME, OVER, DEPRECATED]
    assert by_id(others) == [SENDING, REPLACING, STANDING]
    assert by_id([*some, *others]) == by_id(register.entries(asked, NOW))


def test_it_belongs_to_one_thread(tmp_path: Path) -> None:
    with (
        SqliteRegister(tmp_path / "register.db") as register,
        ThreadPoolExecutor(1) as pool,
        pytest.raises(RegisterError, match="thread"),
    ):
        pool.submit(register.expired, NOW).result()


def test_a_whole_run_over_a_file(tmp_path: Path) -> None:
    with SqliteRegister(tmp_path / "register.db") as register:
        house = House(register=register)
        outcomes = synchronize(
            [booking(2), booking(3)],
            register,
            NOW,
            send=house.registry.send,
            look_up=house.registry.look_up,
            clock=lambda: NOW,
            key=KEY,
        )
        assert [outcome.result for outcome in outcomes] == ["done", "done"]
        assert house.run(booking(2), booking(3)) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("attempt_kind", "forget"),
        ("attempt_due", 10**18),
        ("document", "no-uuid"),
        ("ends", "soon"),
    ],
)
def test_a_row_that_nobody_wrote_so_is_an_error_of_the_register(
    tmp_path: Path, column: str, value: object
) -> None:
    path = tmp_path / "register.db"
    with SqliteRegister(path) as register:
        held = entry(1, registered(1), attempt(2, 5))
        register.update(held.appointment_id, lambda _: held)
    with closing(sqlite3.connect(path)) as opened, opened as connection:
        connection.execute(f"UPDATE entry SET {column} = ?", (value,))
    with SqliteRegister(path) as register, pytest.raises(RegisterError, match="cannot be read"):
        register.entries([held.appointment_id], NOW)
