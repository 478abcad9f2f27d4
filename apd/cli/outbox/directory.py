"""The directory that messages are sent from: messages, and the answers to them.

The name of a message consists of its document and its kind, and its answer has the same name:
``DOCUMENT.publish.mime`` and ``DOCUMENT.publish.answer``. A sender may rename the message to
``DOCUMENT.publish.sent`` first. Before the register has the message, its name is
``DOCUMENT.publish.draft``, and an answer that is being recorded is ``DOCUMENT.publish.read``:
whenever the process ends, the register shows how to continue.

If the register cannot keep the data that a deprecation needs, the document itself is in the
directory as ``DOCUMENT.xml`` as long as it is approved.
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
"""The successive suffixes of a message and its answer."""
_MINE_ALONE, _ONLY_MINE = 0o600, 0o700


@frozen
class OutboxMessage:
    """A message to send, and the bytes of its document if they must be kept."""

    kind: Kind
    document_id: MedComId
    message: bytes
    document: bytes | None = None


@frozen
class AnswerFile:
    """An answer in the directory: its file, its content, and when it was last written."""

    path: Path
    data: bytes
    written: datetime.datetime


@frozen
class Outbox:
    """A directory that messages are sent from."""

    directory: Path

    def open(self) -> None:
        """Create the directory if it does not exist; only its owner has access."""
        self.directory.mkdir(mode=_ONLY_MINE, parents=True, exist_ok=True)

    def message(self, kind: Kind, document_id: MedComId) -> Path:
        """The path of the message."""
        return self._path(kind, document_id, _MESSAGE)

    def document(self, document_id: MedComId) -> Path:
        """The path of a document that must be kept."""
        return self.directory / f"{document_id.value}{_DOCUMENT}"

    # --- before it is sent -------------------------------------------------------------------

    def draft(self, message: OutboxMessage) -> None:
        """Write a message that is not to be sent yet; it is on disk when this returns.

        Remains of an earlier message of that name are deleted. After an error there is no draft.
        """
        kind, document_id = message.kind, message.document_id
        for ending in (_MESSAGE, _SENT, _ANSWER, _READ):
            self._path(kind, document_id, ending).unlink(missing_ok=True)
        if message.document is not None:
            _write(self.document(document_id), message.document)
        _write(self._path(kind, document_id, _DRAFT), message.message)

    def release(self, kind: Kind, document_id: MedComId) -> None:
        """Release the draft of a message for sending, unless another process did."""
        with suppress(FileNotFoundError):
            self._path(kind, document_id, _DRAFT).replace(self.message(kind, document_id))

    def recover(self, under_way: Iterable[Attempt]) -> None:
        """Continue where a process ended: release drafts, and delete useless files.

        ``under_way`` are all messages that the register has as such; it must not change meanwhile.
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
        """Whether a file of a message exists, with any suffix."""
        document_id = attempt.document.document_id
        return any(self._path(attempt.kind, document_id, name).exists() for name in _IN_ORDER)

    # --- after it was sent -------------------------------------------------------------------

    def answer(self, attempt: Attempt) -> AnswerFile | None:
        """The answer to a message, or None if there is none yet."""
        for ending in (_ANSWER, _READ):
            path = self._path(attempt.kind, attempt.document.document_id, ending)
            if path.exists():
                written = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
                return AnswerFile(path, path.read_bytes(), written)
        return None

    def withdraw(self, attempt: Attempt) -> None:
        """Delete a message whose answer is being recorded, so that it is not sent again."""
        path = self._path(attempt.kind, attempt.document.document_id, _ANSWER)
        with suppress(FileNotFoundError):
            path.replace(path.with_suffix(_READ))
        for ending in (_DRAFT, _MESSAGE, _SENT):
            self._path(attempt.kind, attempt.document.document_id, ending).unlink(missing_ok=True)

    def clear(self, attempt: Attempt, *, gone: MedComId | None) -> None:
        """Delete the answer to a withdrawn message, and a document that is no longer shown."""
        path = self._path(attempt.kind, attempt.document.document_id, _READ)
        path.unlink(missing_ok=True)
        if gone is not None:
            self.document(gone).unlink(missing_ok=True)

    def _path(self, kind: Kind, document_id: MedComId, ending: str) -> Path:
        return self.directory / f"{document_id.value}.{kind}{ending}"


def _write(path: Path, data: bytes) -> None:
    """Write a file that counts only once the register has it."""
    try:
        with open(path, "wb", opener=_open_private) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        error.filename = str(path)  # a full disk names no file
        raise


def _open_private(name: str, flags: int) -> int:
    return os.open(name, flags, _MINE_ALONE)
