"""Reads the answers to messages, and records the outcome of each in the register."""

import datetime
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from email import message_from_bytes

from attrs import frozen

from apd.cli.language import failure
from apd.cli.outbox.directory import Outbox
from apd.cli.outbox.problems import Problems
from apd.errors import ParseError
from apd.model.identifiers import MedComId
from apd.privacy.masking import hide_numbers
from apd.publication import Answer, Attempt, Entry, Kind, Outcome, Register, Result
from apd.publication.entry import abandoned, confirmed
from apd.wording import Wording
from apd.xds import ResponseStatus, SoapFault, read_response

_STATUS_LINE = b"HTTP/"
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")


@frozen
class Acknowledgement:
    """What was answered.

    Args:
        answer: what follows from it.
        codes: the error codes in it.
    """

    answer: Answer
    codes: tuple[str, ...] = ()


def read_answer(data: bytes) -> Acknowledgement:
    """What an answer says.

    Args:
        data: the answer: XML, or a package (MTOM) with its headers before it or without them.
    """
    try:
        response = read_response(*_opened(data))
    except SoapFault as fault:  # says nothing of the document
        return Acknowledgement(Answer.UNANSWERED, fault.codes)
    except ParseError:
        return Acknowledgement(Answer.UNANSWERED)
    codes = tuple(error.code for error in response.errors)
    if response.succeeded:
        return Acknowledgement(Answer.ACCEPTED)
    if response.is_duplicate:
        return Acknowledgement(Answer.DUPLICATE, codes)
    is_clear = response.status is ResponseStatus.FAILURE
    return Acknowledgement(Answer.REFUSED if is_clear else Answer.UNANSWERED, codes)


def _opened(data: bytes) -> tuple[bytes, str | None]:
    """The body, and its media type where that has to be known."""
    data = data.removeprefix(BOM_UTF8).lstrip()
    if data.startswith(b"<"):
        return data, None
    if data.startswith(b"--"):  # a package without its headers; the boundary is in its first line
        boundary = data.partition(b"\n")[0].strip()[2:].decode("ascii", "replace")
        return data, f'multipart/related; boundary="{boundary}"'
    head, body = _split(data)
    while body.startswith(_STATUS_LINE):  # "100 Continue" stands before the answer
        head, body = _split(body)
    headers = head.partition(b"\n")[2] if head.startswith(_STATUS_LINE) else head
    return body, message_from_bytes(headers).get("Content-Type")


def _split(message: bytes) -> tuple[bytes, bytes]:
    """What stands before the first empty line, and after it."""
    head, *rest = _EMPTY_LINE.split(message, maxsplit=1)
    return head, b"".join(rest)


_EVER = datetime.datetime(9998, 12, 31, tzinfo=datetime.UTC)
_UNCLEAR = {
    Answer.DUPLICATE: Wording(
        "Registret har allerede et dokument med det id{codes}: spørg det, hvad det har, og angiv "
        "--confirm eller --abandon.",
        "The registry has a document of that id already{codes}: ask what it has, and give "
        "--confirm or --abandon.",
    ),
    Answer.UNANSWERED: Wording(
        "Svaret siger ikke, om beskeden er godtaget{codes}: spørg registret, hvad det har, og "
        "angiv --confirm eller --abandon.",
        "The answer does not show whether the message was accepted{codes}: ask the registry what "
        "it has, and give --confirm or --abandon.",
    ),
}
_REFUSED = Wording(
    "Registret har afvist beskeden{codes}.", "The registry refused the message{codes}."
)


def under_way(register: Register) -> list[tuple[Entry, Attempt]]:
    """What was sent and is not answered; what is due first comes first."""
    found = [(entry, entry.attempt) for entry in register.expired(_EVER) if entry.attempt]
    return sorted(found, key=lambda one: (one[1].due or _EVER, one[0].appointment_id.value))


_NOT_AWAITED = Wording(
    "ingen besked om dokumentet {id} venter på svar",
    "no message about the document {id} awaits an answer",
)


@frozen
class Acknowledgements:
    """Records the outcomes of messages.

    Args:
        register: where.
        now: when that is known.
        outbox: where the messages are, or None where nobody listed.
    """

    register: Register
    now: datetime.datetime
    outbox: Outbox | None = None

    def by_answers(self, problems: Problems) -> Iterator[Outcome]:
        """Take in the answers that lie beside the messages.

        Args:
            problems: reports answers that need a person, and the codes of refusals.

        Raises:
            OSError: an answer cannot be read or taken away.
        """
        for entry, attempt in under_way(self.register):
            found = self.outbox and self.outbox.answer(attempt)
            if not found:
                continue
            path, data = found
            read = read_answer(data)
            answer = read.answer
            if answer is Answer.DUPLICATE and attempt.kind is Kind.DEPRECATE:
                answer = Answer.REFUSED  # nothing was handed in whose id could be taken
            if answer in _UNCLEAR:
                problems.report(str(path), _with_codes(_UNCLEAR[answer], read.codes))
                continue
            if answer is Answer.REFUSED:
                problems.note(str(path), _with_codes(_REFUSED, read.codes))
                yield self._write(entry, attempt, Result.REFUSED)
            else:
                yield self._write(entry, attempt, Result.DONE)

    def by_hand(self, results: Mapping[MedComId, Result]) -> Iterator[Outcome]:
        """Write down what a person has found out.

        Args:
            results: done, or not accepted; by the ids of the documents.

        Raises:
            click.ClickException: no message about one of them awaits an answer; nothing was
                written.
        """
        waiting = {
            attempt.document.document_id: (entry, attempt)
            for entry, attempt in under_way(self.register)
        }
        for document_id in results:
            if document_id not in waiting:
                raise failure(_NOT_AWAITED, id=document_id.value)
        for document_id, result in results.items():
            yield self._write(*waiting[document_id], result)

    def _write(self, entry: Entry, attempt: Attempt, result: Result) -> Outcome:
        is_accepted = result is Result.DONE
        change = confirmed if is_accepted else abandoned
        is_written = self.register.update(
            entry.appointment_id, lambda found: change(found, attempt)
        )
        if is_written and self.outbox is not None:
            self.outbox.clear(attempt, gone=_gone(entry, attempt, is_accepted=is_accepted))
        return Outcome(
            appointment_id=entry.appointment_id,
            kind=attempt.kind,
            document_id=attempt.document.document_id,
            result=result if is_written else Result.TAKEN,
            at=self.now,
            due=attempt.due,
        )


def _gone(entry: Entry, attempt: Attempt, *, is_accepted: bool) -> MedComId | None:
    """The document that is not shown any more, or never was."""
    own = attempt.document.document_id
    if attempt.kind is Kind.DEPRECATE:
        return own if is_accepted else None
    if not is_accepted:
        return own
    return None if entry.document is None else entry.document.document_id


def _with_codes(wording: Wording, codes: tuple[str, ...]) -> Wording:
    listed = hide_numbers(f" ({', '.join(codes)})" if codes else "")
    return Wording(wording.da.format(codes=listed), wording.en.format(codes=listed))
