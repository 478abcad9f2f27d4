"""The directory that messages are sent from: documents, messages, and the answers to them.

A message is called by the document that it is about and by what it does, so that its answer is
known by its name: ``DOCUMENT.publish.mime`` and ``DOCUMENT.publish.answer``. Whoever sends it may
call it ``DOCUMENT.publish.sent`` first. The document itself is ``DOCUMENT.xml``. It stays as long
as it is approved, as the message that deprecates it has to name its patient.
"""

from pathlib import Path

from attrs import frozen

from apd.files import whole_file
from apd.model.identifiers import MedComId
from apd.publication import Attempt, Kind

_DOCUMENT, _MESSAGE, _SENT, _ANSWER = ".xml", ".mime", ".sent", ".answer"
_ONLY_MINE = 0o700


@frozen
class OutboxMessage:
    """What is to be sent.

    Args:
        kind: publish, replace or deprecate.
        document_id: the document that it is about.
        message: the message's headers and body.
        document: the document's bytes where it is handed in, otherwise None.
    """

    kind: Kind
    document_id: MedComId
    message: bytes
    document: bytes | None = None


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

    def put(self, message: OutboxMessage) -> None:
        """Write a document and its message, the message last; each file completely or not at all.

        Raises:
            OSError: something cannot be written; the message is not there.
        """
        kind, document_id = message.kind, message.document_id
        for ending in (_SENT, _ANSWER):  # of an earlier message of that name
            self._path(kind, document_id, ending).unlink(missing_ok=True)
        document = self.document(document_id)
        if message.document is not None:
            _write(document, message.document)
        try:
            _write(self.message(kind, document_id), message.message)
        except OSError:
            if message.document is not None:
                document.unlink(missing_ok=True)
            raise

    def answer(self, attempt: Attempt) -> tuple[Path, bytes] | None:
        """The answer to what was sent, with its file, or None if there is none yet.

        Raises:
            OSError: it cannot be read.
        """
        path = self._path(attempt.kind, attempt.document.document_id, _ANSWER)
        return (path, path.read_bytes()) if path.exists() else None

    def document(self, document_id: MedComId) -> Path:
        """Where a document is that was handed in."""
        return self.directory / f"{document_id.value}{_DOCUMENT}"

    def clear(self, attempt: Attempt, *, gone: MedComId | None) -> None:
        """Take away a message that is answered, and its answer.

        Args:
            attempt: what it was about.
            gone: a document that is shown no more, which is taken away, too.

        Raises:
            OSError: something cannot be taken away.
        """
        for ending in (_MESSAGE, _SENT, _ANSWER):
            path = self._path(attempt.kind, attempt.document.document_id, ending)
            path.unlink(missing_ok=True)
        if gone is not None:
            self.document(gone).unlink(missing_ok=True)

    def _path(self, kind: Kind, document_id: MedComId, ending: str) -> Path:
        return self.directory / f"{document_id.value}.{kind}{ending}"


def _write(path: Path, data: bytes) -> None:
    with whole_file(path, is_private=True, is_synced=True) as file:
        file.write(data)
