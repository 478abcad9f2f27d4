"""A register in a file, with the standard library's SQLite.

Each change is one transaction that is on disk when it is done, and that keeps every other writer
out from its reading on; so several processes may use one file. Not on a network drive: SQLite's
locks cannot be relied on there. What is written goes to a log beside the file first (``-wal``),
which belongs to it as long as it is there.
"""

import datetime
import os
import sqlite3
from collections.abc import Collection, Container, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from apd.errors import ApdError
from apd.model.identifiers import MedComId
from apd.publication.register import Attempt, Change, Entry, Kind, Registered
from apd.wording import Wording

_APPLICATION, _VERSION = 0x41504431, 1  # "APD1"
_SECONDS_TO_WAIT = 60.0
_IDS_AT_ONCE = 500  # older SQLites take 999 parameters at most
_MINE_ALONE = 0o600

_SCHEMA = (
    """CREATE TABLE entry (
    appointment TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    planned INTEGER,
    document TEXT,
    entry_uuid TEXT,
    digest BLOB,
    patient BLOB,
    ends INTEGER,
    attempt_kind TEXT,
    attempt_version INTEGER,
    attempt_document TEXT,
    attempt_entry_uuid TEXT,
    attempt_digest BLOB,
    attempt_patient BLOB,
    attempt_ends INTEGER,
    attempt_due INTEGER,
    attempt_expires INTEGER
) WITHOUT ROWID""",
    "CREATE INDEX entry_by_end ON entry (ends)",
    "CREATE INDEX entry_by_attempt ON entry (attempt_expires) WHERE attempt_expires IS NOT NULL",
    f"PRAGMA application_id = {_APPLICATION}",
    f"PRAGMA user_version = {_VERSION}",
)
_DURABLE = (
    "PRAGMA journal_mode = WAL",  # one write to disk a transaction, not four
    "PRAGMA synchronous = FULL",  # which is there when the transaction is done
)
_WIDTH = 17
_WRITE = f"INSERT OR REPLACE INTO entry VALUES ({', '.join('?' * _WIDTH)})"
_ADD = _WRITE.replace(" OR REPLACE", "")
_ONE = "SELECT * FROM entry WHERE appointment = ?"
_CURRENT = "SELECT * FROM entry WHERE ends > ? OR attempt_expires IS NOT NULL"
_EXPIRED = "SELECT * FROM entry WHERE attempt_expires <= ? ORDER BY attempt_expires, appointment"

Row = tuple[Any, ...]


class RegisterError(ApdError):
    """The register cannot be read or written; nothing of it was changed by what raised this."""


class SqliteRegister:
    """A register in a SQLite file, which is made if there is none.

    One object belongs to one thread; other threads and processes open their own.

    Args:
        path: the file. Only its owner may read it if it is made.

    Raises:
        RegisterError: the file cannot be opened or made, or is something else than a register.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        with _as_register_error():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, _MINE_ALONE))
            self._database = sqlite3.connect(path, _SECONDS_TO_WAIT, isolation_level=None)
            try:
                self._open()
            except BaseException:
                self._database.close()
                raise

    def _open(self) -> None:
        with self._transaction("BEGIN IMMEDIATE"):
            found = (self._pragma("application_id"), self._pragma("user_version"))
            is_new = found == (0, 0) and not self._all("SELECT * FROM sqlite_master")
            if not is_new and found != (_APPLICATION, _VERSION):
                raise RegisterError(
                    Wording(
                        "filen er en database, men ikke et register af denne version",
                        "the file is a database, but not a register of this version",
                    )
                )
            for statement in _SCHEMA if is_new else ():
                self._database.execute(statement)
        for pragma in _DURABLE:
            self._database.execute(pragma)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def entries(self, appointment_ids: Collection[MedComId], now: datetime.datetime) -> list[Entry]:
        """See :meth:`apd.publication.Register.entries`."""
        with _as_register_error(), self._transaction("BEGIN"):
            rows = self._all(_CURRENT, _number(now))
            current = {row[0] for row in rows}
            rows += self._rows_of([id.value for id in appointment_ids if id.value not in current])
        return [_entry(row) for row in rows]

    def some(self, appointment_ids: Collection[MedComId]) -> list[Entry]:
        """See :meth:`apd.publication.BulkRegister.some`."""
        with _as_register_error():
            return [_entry(row) for row in self._rows_of([id.value for id in appointment_ids])]

    def others(self, known: Container[str], now: datetime.datetime) -> Iterator[Entry]:
        """See :meth:`apd.publication.BulkRegister.others`."""
        with _as_register_error():
            for row in self._database.execute(_CURRENT, [_number(now)]):
                if row[0] not in known:
                    yield _entry(row)

    def expired(self, now: datetime.datetime) -> list[Entry]:
        """See :meth:`apd.publication.Register.expired`."""
        with _as_register_error():
            return [_entry(row) for row in self._all(_EXPIRED, _number(now))]

    def update(self, appointment_id: MedComId, change: Change) -> bool:
        """See :meth:`apd.publication.Register.update`."""
        with _as_register_error(), self._transaction("BEGIN IMMEDIATE"):
            rows = self._all(_ONE, appointment_id.value)
            new = change(_entry(rows[0]) if rows else Entry(appointment_id=appointment_id))
            if new is not None:
                self._database.execute(_WRITE, _row(new))
        return new is not None

    @contextmanager
    def together(self) -> Iterator[None]:
        """See :meth:`apd.publication.BulkRegister.together`."""
        with _as_register_error(), self._transaction("BEGIN IMMEDIATE"):
            yield

    def adopt(self, entries: Iterable[Entry]) -> None:
        """Take over what was published before there was this register: all of it or nothing.

        Raises:
            RegisterError: there is an entry of one of the appointments already.
        """
        with _as_register_error(), self._transaction("BEGIN IMMEDIATE"):
            self._database.executemany(_ADD, map(_row, entries))

    def _rows_of(self, ids: list[str]) -> list[Row]:
        rows: list[Row] = []
        for begin in range(0, len(ids), _IDS_AT_ONCE):
            some = ids[begin : begin + _IDS_AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows += self._all(f"SELECT * FROM entry WHERE appointment IN ({marks})", *some)
        return rows

    def _all(self, statement: str, *values: Any) -> list[Row]:
        return self._database.execute(statement, values).fetchall()

    def _pragma(self, name: str) -> Any:
        return self._all(f"PRAGMA {name}")[0][0]

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        if self._database.in_transaction:  # of those that are written together
            yield
            return
        self._database.execute(begin)
        try:
            yield
            self._database.execute("COMMIT")
        except BaseException:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            raise


@contextmanager
def _as_register_error() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise RegisterError(
            Wording(
                f"registret kan ikke bruges: {reason}", f"the register cannot be used: {reason}"
            )
        ) from error


# --- an entry as a row -----------------------------------------------------------------------

_START = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)
_NO_END = 2**63 - 1
"""What stands for the end of a standing appointment: SQLite's greatest number is after any time."""


def _number(time: datetime.datetime) -> int:
    """A time as microseconds since 1970, so that it comes back as it was."""
    return (time - _START) // _MICROSECOND


def _time(number: int) -> datetime.datetime:
    return _START + number * _MICROSECOND


def _row(entry: Entry) -> Row:
    return (
        entry.appointment_id.value,
        entry.version,
        None if entry.planned is None else _number(entry.planned),
        *_document_row(entry.document),
        *_attempt_row(entry.attempt),
    )


def _document_row(document: Registered | None) -> Row:
    if document is None:
        return (None,) * 5
    return (
        document.document_id.value,
        document.entry_uuid,
        document.digest,
        document.patient,
        _NO_END if document.ends is None else _number(document.ends),
    )


def _attempt_row(attempt: Attempt | None) -> Row:
    if attempt is None:
        return (None,) * 9
    return (
        attempt.kind.value,
        attempt.version,
        *_document_row(attempt.document),
        None if attempt.due is None else _number(attempt.due),
        _number(attempt.expires),
    )


def _entry(row: Row) -> Entry:
    """What a row says.

    Raises:
        RegisterError: a value in it cannot be read by this version.
    """
    id, version, planned, *document = row[:8]
    try:
        return Entry(
            appointment_id=MedComId(id),
            version=version,
            planned=None if planned is None else _time(planned),
            document=None if document[0] is None else _document(*document),
            attempt=None if row[8] is None else _attempt(*row[8:]),
        )
    except (ValueError, OverflowError, TypeError):
        raise RegisterError(
            Wording("en række i registret kan ikke læses", "a row of the register cannot be read")
        ) from None


def _document(
    id: str, entry_uuid: str, digest: bytes | None, patient: bytes | None, ends: int
) -> Registered:
    return Registered(
        document_id=MedComId(id),
        entry_uuid=entry_uuid,
        digest=digest,
        patient=patient,
        ends=None if ends == _NO_END else _time(ends),
    )


def _attempt(kind: str, version: int, *rest: Any) -> Attempt:
    *document, due, expires = rest
    return Attempt(
        kind=Kind(kind),
        version=version,
        document=_document(*document),
        due=None if due is None else _time(due),
        expires=_time(expires),
    )
