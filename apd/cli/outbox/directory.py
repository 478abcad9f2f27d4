"""The directory that messages are sent from: messages, and the answers to them.

A message is called by the document that it is about and by what it does, so that its answer is
known by its name: ``DOCUMENT.publish.mime`` and ``DOCUMENT.publish.answer``. Whoever sends it may
call it ``DOCUMENT.publish.sent`` first. Until the register knows of it, it is called
``DOCUMENT.publish.draft``, and an answer that is being recorded ``DOCUMENT.publish.read``: whenever
the process ends, the register shows what has to be done with them.

Where the register cannot keep what a deprecation has to name, the document itself lies there as
``DOCUMENT.xml`` as long as it is approved.
"""

import datetime
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from attrs import frozen

from apd.model.identifiers import MedComId
from apd.publication import Attempt, Kind

_DOCUMENT, _DRAFT, _MESSAGE, _SENT = ".xml", ".draft", ".mime", ".sent"
_ANSWER, _READ = ".answer", ".read"
_IN_ORDER = (_DRAFT, _MESSAGE, _SENT, _ANSWER, _READ)
"""What a message and its answer are called one after the other."""
_MINE_ALONE, _ONLY_MINE = 0o600, 0o700


@frozen
class OutboxMessage:
    """What is to be sent.

    Args:
        kind: publish, replace or deprecate.
        document_id: the document that it is about.
        message: the message's headers and body.
        document: the document's bytes where they have to be kept, otherwise None.
    """

    kind: Kind
    document_id: MedComId
    message: bytes
    document: bytes | None = None


@frozen
class AnswerFile:
    """An answer as it lies there.

    Args:
        path: its file.
        data: what it holds.
        written: when it was last written.
    """

    path: Path
    data: bytes
    written: datetime.datetime


@frozen
class Outbox:
    """A directory that messages are sent from.

    Args:
        directory: where it is.
    """

    directory: Path

    def open(self) -> None:
        """Make the directory if it is not there; only its owner may look into it.

        Raises:
            OSError: it cannot be made, or is something else.
        """
        self.directory.mkdir(mode=_ONLY_MINE, parents=True, exist_ok=True)

    def message(self, kind: Kind, document_id: MedComId) -> Path:
        """Where the message is put."""
        return self._path(kind, document_id, _MESSAGE)

    def document(self, document_id: MedComId) -> Path:
        """Where a document is that has to be kept."""
        return self.directory / f"{document_id.value}{_DOCUMENT}"

    # --- before it is sent -------------------------------------------------------------------

    def draft(self, message: OutboxMessage) -> None:
        """Write a message, on disk when this returns, that is not to be sent yet.

        What is left of an earlier message of that name is taken away.

        Raises:
            OSError: something cannot be written; there is no draft.
        """
        kind, document_id = message.kind, message.document_id
        for ending in (_MESSAGE, _SENT, _ANSWER, _READ):
            self._path(kind, document_id, ending).unlink(missing_ok=True)
        if message.document is not None:
            _write(self.document(document_id), message.document)
        _write(self._path(kind, document_id, _DRAFT), message.message)

    def release(self, kind: Kind, document_id: MedComId) -> None:
        """Let the draft of a message be sent, unless somebody else did already.

        Raises:
            OSError: it cannot be renamed.
        """
        with suppress(FileNotFoundError):
            self._path(kind, document_id, _DRAFT).replace(self.message(kind, document_id))

    def recover(self, under_way: Iterable[Attempt]) -> None:
        """Go on where a process ended: let drafts be sent, and take away what is of no use.

        Args:
            under_way: all that the register has as under way, while nobody else changes it.

        Raises:
            OSError: a file cannot be renamed or taken away.
        """
        wanted = set()
        for attempt in under_way:
            kind, document_id = attempt.kind, attempt.document.document_id
            self.release(kind, document_id)
            wanted.add(self._path(kind, document_id, _READ))
        for ending in (_DRAFT, _READ):
            for path in self.directory.glob(f"*{ending}"):
                if path not in wanted:
                    path.unlink(missing_ok=True)

    def holds(self, attempt: Attempt) -> bool:
        """Whether anything of a message is there, whatever it is called by now."""
        document_id = attempt.document.document_id
        return any(self._path(attempt.kind, document_id, name).exists() for name in _IN_ORDER)

    # --- after it was sent -------------------------------------------------------------------

    def answer(self, attempt: Attempt) -> AnswerFile | None:
        """The answer to what was sent, or None if there is none yet.

        Raises:
            OSError: it cannot be read.
        """
        for ending in (_ANSWER, _READ):
            path = self._path(attempt.kind, attempt.document.document_id, ending)
            if path.exists():
                written = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
                return AnswerFile(path, path.read_bytes(), written)
        return None

    def withdraw(self, attempt: Attempt) -> None:
        """Take away a message, so that nobody sends it any more; its answer is being recorded.

        Raises:
            OSError: it cannot be taken away.
        """
        path = self._path(attempt.kind, attempt.document.document_id, _ANSWER)
        with suppress(FileNotFoundError):
            path.replace(path.with_suffix(_READ))
        for ending in (_DRAFT, _MESSAGE, _SENT):
            self._path(attempt.kind, attempt.document.document_id, ending).unlink(missing_ok=True)

    def clear(self, attempt: Attempt, *, gone: MedComId | None) -> None:
        """Take away the answer to a message that was withdrawn, as it is recorded.

        Args:
            attempt: what it was about.
            gone: a document that is shown no more, which is taken away, too.

        Raises:
            OSError: something cannot be taken away.
        """
        path = self._path(attempt.kind, attempt.document.document_id, _READ)
        path.unlink(missing_ok=True)
        if gone is not None:
            self.document(gone).unlink(missing_ok=True)

    def _path(self, kind: Kind, document_id: MedComId, ending: str) -> Path:
        return self.directory / f"{document_id.value}.{kind}{ending}"


def _write(path: Path, data: bytes) -> None:
    """Write a file that counts only when the register says so."""
    try:
        with open(path, "wb", opener=_open_private) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _open_private(name: str, flags: int) -> int:
    return os.open(name, flags, _MINE_ALONE)
