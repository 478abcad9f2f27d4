"""A temporary database for data about every document, so that memory use does not grow.

It is deleted with the process. Nothing in it can be traced to a person: values that are only
compared are stored as digests, with a key that never leaves memory. Reports
know a document by a digest of its UUID, or of the name of its file in which CPR numbers are masked.
"""

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from apd.cli.language import failure
from apd.keyed import KeyedDigest
from apd.wording import Wording

_KEY_SIZE = 32


class Spool:
    """A temporary database. SQLite keeps it in memory while it is small."""

    def __init__(self) -> None:
        self._digest = KeyedDigest(os.urandom(_KEY_SIZE), b"dk-apd spool")
        self._database = sqlite3.connect("", isolation_level=None)

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def run(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """The result of an SQL statement, unless there is no space for temporary files."""
        try:
            return self._database.execute(statement, values)
        except sqlite3.OperationalError:
            raise failure(
                Wording("midlertidige filer kan ikke skrives", "cannot write temporary files")
            ) from None

    def digest(self, value: bytes) -> bytes:
        """The digest of a value, valid in this database only."""
        return self._digest(value)


class Seen:
    """Files that were seen; each counts once, whatever its name."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._directory = self._real_directory = ""
        spool.run("CREATE TABLE seen (file BLOB PRIMARY KEY) WITHOUT ROWID")

    def add(self, path: str) -> bool:
        """True if the file of a path is seen for the first time."""
        file = self._spool.digest(os.fsencode(self.real(path)))
        return self._spool.run("INSERT OR IGNORE INTO seen VALUES (?)", (file,)).rowcount == 1

    def real(self, path: str) -> str:
        """Like :func:`os.path.realpath`, which is slow, called once for each directory."""
        try:
            if Path(path).is_symlink():
                return os.path.realpath(path)
            directory, name = os.path.split(path)
            if directory != self._directory or not self._real_directory:
                self._directory, self._real_directory = directory, os.path.realpath(directory)
        except OSError:  # for example, the current directory has been removed
            return path
        return f"{self._real_directory}{os.sep}{name}"


class Done:
    """The documents in the report of an earlier run, counted, as masked names may be equal."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        spool.run("CREATE TABLE done (name BLOB PRIMARY KEY, times INTEGER) WITHOUT ROWID")

    def add(self, name: str) -> None:
        """Add a document that is done."""
        self._spool.run(
            "INSERT INTO done VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1",
            (self._digest(name),),
        )

    def take(self, name: str) -> bool:
        """True as many times as documents with this name are done."""
        taken = self._spool.run(
            "UPDATE done SET times = times - 1 WHERE name = ? AND times > 0",
            (self._digest(name),),
        )
        return taken.rowcount == 1

    def _digest(self, name: str) -> bytes:
        return self._spool.digest(name.encode(errors="replace"))
