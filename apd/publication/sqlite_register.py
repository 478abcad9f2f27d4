"""A register in a file, with the standard library's SQLite.

Each change is one transaction, which locks out other writers from its first read, and is on disk
when it is done; so several processes may share one file. Do not use a network drive: SQLite's locks
are unreliable there. Data are first written to a log beside the file (``-wal``), which is part of
the register as long as it exists.
"""

import datetime
import os
import sqlite3
from collections.abc import Collection, Container, Iterable, Iterator
from contextlib import contextmanager
from errno import errorcode
from itertools import chain
from typing import Any, Self

from apd.model.identifiers import MedComId
from apd.publication.entry import Acceptance, Attempt, Entry, Kind, Registered, Trouble, TroubleKind
from apd.publication.register import Change, RegisterError
from apd.wording import Wording

_APPLICATION = 0x41504431  # "APD1"
_SECONDS_TO_WAIT = 60.0
_IDS_AT_ONCE = 500  # older versions of SQLite allow at most 999 parameters
_MINE_ALONE = 0o600

_MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
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
        """CREATE INDEX entry_by_attempt ON entry (attempt_expires)
    WHERE attempt_expires IS NOT NULL""",
    ),
    (
        "ALTER TABLE entry ADD COLUMN producer TEXT",
        "ALTER TABLE entry ADD COLUMN sealed BLOB",
        "ALTER TABLE entry ADD COLUMN attempt_producer TEXT",
        "ALTER TABLE entry ADD COLUMN attempt_sealed BLOB",
        "ALTER TABLE entry ADD COLUMN trouble_kind TEXT",
        "ALTER TABLE entry ADD COLUMN trouble_step TEXT",
        "ALTER TABLE entry ADD COLUMN trouble_codes TEXT",
        "ALTER TABLE entry ADD COLUMN trouble_count INTEGER",
        "ALTER TABLE entry ADD COLUMN trouble_again INTEGER",
        "ALTER TABLE entry ADD COLUMN trouble_digest BLOB",
        "ALTER TABLE entry ADD COLUMN accepted_at INTEGER",
        "ALTER TABLE entry ADD COLUMN accepted_due INTEGER",
        "CREATE INDEX entry_by_trouble ON entry (trouble_kind) WHERE trouble_kind IS NOT NULL",
        "CREATE INDEX entry_by_acceptance ON entry (accepted_at) WHERE accepted_at IS NOT NULL",
        "CREATE TABLE register_key (check_value BLOB NOT NULL)",
    ),
)
"""The migrations, each from the previous version of the register; the first from an empty file."""

_VERSION = len(_MIGRATIONS)
_DURABLE = (
    "PRAGMA journal_mode = WAL",  # one write to disk a transaction, not four
    "PRAGMA synchronous = FULL",  # which is there when the transaction is done
)
_WIDTH = 29
_WRITE = f"INSERT OR REPLACE INTO entry VALUES ({', '.join('?' * _WIDTH)})"
_ADD = _WRITE.replace(" OR REPLACE", "")
_ONE = "SELECT * FROM entry WHERE appointment = ?"
_CURRENT = "SELECT * FROM entry WHERE ends > ? OR attempt_expires IS NOT NULL"
_RECENT = f"{_CURRENT} OR trouble_kind IS NOT NULL OR accepted_at > ?"
_TROUBLED = "SELECT * FROM entry WHERE trouble_kind IS NOT NULL"
_EXPIRED = "SELECT * FROM entry WHERE attempt_expires <= ? ORDER BY attempt_expires, appointment"

Row = tuple[Any, ...]

_NO_REGISTER = Wording(
    "filen er en database, men ikke et register", "the file is a database, but not a register"
)
_NEWER = Wording(
    "registret er fra en nyere version af dk-apd: opdatér dk-apd",
    "the register was written by a newer version of dk-apd: update dk-apd",
)


class SqliteRegister:
    """A register in a SQLite file, which is created if it does not exist.

    Use an instance in one thread only; other threads and processes open their own.

    Args:
        path: the file. If it is created, only its owner has access.

    Raises:
        RegisterError: the file cannot be opened or created, or is not a register.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        with _as_register_error():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, _MINE_ALONE))
            self._database = sqlite3.connect(path, timeout=_SECONDS_TO_WAIT, isolation_level=None)
            try:
                self._open()
            except BaseException:
                self._database.close()
                raise

    def _open(self) -> None:
        with self._transaction("BEGIN IMMEDIATE"):
            version = self._version_found()
            for statement in chain(*_MIGRATIONS[version:]):
                self._database.execute(statement)
            if version < _VERSION:
                self._database.execute(f"PRAGMA application_id = {_APPLICATION}")
                self._database.execute(f"PRAGMA user_version = {_VERSION}")
        for pragma in _DURABLE:
            self._database.execute(pragma)

    def _version_found(self) -> int:
        """The version of the register in the file, 0 for an empty file."""
        application, version = self._pragma("application_id"), self._pragma("user_version")
        if (application, version) == (0, 0) and not self._all("SELECT * FROM sqlite_master"):
            return 0
        if application == _APPLICATION and 0 < version <= _VERSION:
            return int(version)
        raise RegisterError(_NEWER if application == _APPLICATION else _NO_REGISTER)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
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

    def recent(self, since: datetime.datetime) -> Iterator[Entry]:
        """See :meth:`apd.publication.PublisherRegister.recent`."""
        with _as_register_error():
            for row in self._database.execute(_RECENT, [_number(since)] * 2):
                yield _entry(row)

    def troubled(self) -> list[Entry]:
        """See :meth:`apd.publication.PublisherRegister.troubled`."""
        with _as_register_error():
            return [_entry(row) for row in self._all(_TROUBLED)]

    def key_check(self) -> bytes | None:
        """See :meth:`apd.publication.PublisherRegister.key_check`."""
        with _as_register_error():
            rows = self._all("SELECT check_value FROM register_key")
        return bytes(rows[0][0]) if rows else None

    def remember_key(self, check: bytes) -> None:
        """See :meth:`apd.publication.PublisherRegister.remember_key`."""
        with _as_register_error(), self._transaction("BEGIN IMMEDIATE"):
            if not self._all("SELECT * FROM register_key"):
                self._database.execute("INSERT INTO register_key VALUES (?)", [check])

    @contextmanager
    def together(self) -> Iterator[None]:
        """See :meth:`apd.publication.BulkRegister.together`."""
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    def adopt(self, entries: Iterable[Entry]) -> None:
        """Import entries that were published before this register existed, in one transaction.

        Raises:
            RegisterError: one of the appointments already has an entry.
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
        with _as_register_error():
            self._database.execute(begin)
        try:
            yield  # what others raise in here is theirs
            with _as_register_error():
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
        if isinstance(error, OSError):
            reason, code = error.strerror, errorcode.get(error.errno or 0, "")
        else:  # which has a name where it is of SQLite itself, and not of its caller
            reason, code = str(error), getattr(error, "sqlite_errorname", "SQLite")
        raise RegisterError(
            Wording(f"registret kan ikke bruges: {code}", f"the register cannot be used: {reason}")
        ) from error


# --- an entry as a row -----------------------------------------------------------------------

_START = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)
_NO_END = 2**63 - 1
"""The end of a standing appointment: SQLite's greatest number, which is after any time."""


def _number(time: datetime.datetime) -> int:
    """A time as microseconds since 1970, without loss."""
    return (time - _START) // _MICROSECOND


def _time(number: int) -> datetime.datetime:
    return _START + number * _MICROSECOND


def _optional_number(time: datetime.datetime | None) -> int | None:
    return None if time is None else _number(time)


def _optional_time(number: int | None) -> datetime.datetime | None:
    return None if number is None else _time(number)


def _row(entry: Entry) -> Row:
    document, attempt = entry.document, entry.attempt
    of_attempt = None if attempt is None else attempt.document
    return (
        entry.appointment_id.value,
        entry.version,
        _optional_number(entry.planned),
        *_document_row(document),
        *_attempt_row(attempt),
        *_submitted_row(document),
        *_submitted_row(of_attempt),
        *_trouble_row(entry.trouble),
        *_acceptance_row(entry.accepted),
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


def _submitted_row(document: Registered | None) -> Row:
    return (None, None) if document is None else (document.producer, document.sealed)


def _attempt_row(attempt: Attempt | None) -> Row:
    if attempt is None:
        return (None,) * 9
    return (
        attempt.kind.value,
        attempt.version,
        *_document_row(attempt.document),
        _optional_number(attempt.due),
        _number(attempt.expires),
    )


def _trouble_row(trouble: Trouble | None) -> Row:
    if trouble is None:
        return (None,) * 6
    return (
        trouble.kind.value,
        trouble.step.value,
        " ".join(trouble.codes),
        trouble.count,
        _optional_number(trouble.again),
        trouble.digest,
    )


def _acceptance_row(accepted: Acceptance | None) -> Row:
    if accepted is None:
        return (None, None)
    return (_number(accepted.at), _optional_number(accepted.due))


def _entry(row: Row) -> Entry:
    """The entry of a row; :class:`RegisterError` if this version cannot read one of its values."""
    id, version, planned = row[:3]
    document, attempt, trouble, accepted = row[3:8], row[8:17], row[21:27], row[27:29]
    try:
        return Entry(
            appointment_id=MedComId(id),
            version=version,
            planned=_optional_time(planned),
            document=None if document[0] is None else _document(*document, *row[17:19]),
            attempt=None if attempt[0] is None else _attempt(*attempt, submitted=row[19:21]),
            trouble=None if trouble[0] is None else _trouble(*trouble),
            accepted=None if accepted[0] is None else _acceptance(*accepted),
        )
    except (ValueError, OverflowError, TypeError):
        raise RegisterError(
            Wording("en række i registret kan ikke læses", "a row of the register cannot be read")
        ) from None


def _document(
    id: str,
    entry_uuid: str,
    digest: bytes | None,
    patient: bytes | None,
    ends: int,
    producer: str | None,
    sealed: bytes | None,
) -> Registered:
    return Registered(
        document_id=MedComId(id),
        entry_uuid=entry_uuid,
        digest=digest,
        patient=patient,
        ends=None if ends == _NO_END else _time(ends),
        producer=producer,
        sealed=sealed,
    )


def _attempt(kind: str, version: int, *rest: Any, submitted: Row) -> Attempt:
    *document, due, expires = rest
    return Attempt(
        kind=Kind(kind),
        version=version,
        document=_document(*document, *submitted),
        due=_optional_time(due),
        expires=_time(expires),
    )


def _trouble(
    kind: str, step: str, codes: str, count: int, again: int | None, digest: bytes | None
) -> Trouble:
    return Trouble(
        kind=TroubleKind(kind),
        step=Kind(step),
        codes=tuple(codes.split()),
        count=count,
        again=_optional_time(again),
        digest=digest,
    )


def _acceptance(at: int, due: int | None) -> Acceptance:
    return Acceptance(at=_time(at), due=_optional_time(due))
