"""Reads the answers to messages, and records the outcome of each in the register."""

import datetime
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from email import message_from_bytes
from email.utils import parsedate_to_datetime

from attrs import field, frozen

from apd.cli.language import failure
from apd.cli.outbox.directory import Outbox
from apd.cli.outbox.problem_reports import Problems
from apd.model.identifiers import MedComId
from apd.privacy.masking import hide_numbers
from apd.publication import (
    LEASE,
    Acknowledgement,
    Answer,
    Attempt,
    Entry,
    Kind,
    Outcome,
    PublisherRegister,
    Register,
    Reply,
    Result,
    Retry,
)
from apd.publication.exchanges import Execution
from apd.publication.messages import acknowledgement_of
from apd.wording import Language, Wording
from apd.xds import RegistryError

_EVER = datetime.datetime(9998, 12, 31, tzinfo=datetime.UTC)
_UNCLEAR = {
    Answer.DUPLICATE: Wording(
        "Registret har allerede et dokument med det id{codes}: spørg det, hvad det har, og angiv "
        "--confirm eller --abandon.",
        "The registry already has a document with that id{codes}: ask what it has, and specify "
        "--confirm or --abandon.",
    ),
    Answer.UNANSWERED: Wording(
        "Svaret siger ikke, om beskeden er godtaget{codes}: spørg registret, hvad det har, og "
        "angiv --confirm eller --abandon.",
        "The answer does not show whether the message was accepted{codes}: ask the registry what "
        "it has, and specify --confirm or --abandon.",
    ),
}
_REFUSED = Wording(
    "Registret har afvist beskeden{codes}.{advice}",
    "The registry refused the message{codes}.{advice}",
)


def under_way(register: Register) -> list[tuple[Entry, Attempt]]:
    """The messages that await an answer, the earliest deadline first."""
    found = [(entry, entry.attempt) for entry in register.expired(_EVER) if entry.attempt]
    return sorted(found, key=lambda one: (one[1].due or _EVER, one[0].appointment_id.value))


_LOST = Wording(
    "Registret over det publicerede siger, at beskeden er undervejs, og den findes ikke i mappen; "
    "den kan være sendt. Spørg registret, hvad det har, og angiv --confirm eller --abandon.",
    "The register says that the message is under way, and it is not in the directory; it may "
    "have been sent. Ask the registry what it has, and specify --confirm or --abandon.",
)
_NOT_AWAITED = Wording(
    "ingen besked om dokumentet {id} venter på svar",
    "no message about the document {id} awaits an answer",
)


@frozen
class Acknowledgements:
    """Records the outcomes of messages, in the register and the outbox, if there is one."""

    register: PublisherRegister
    now: datetime.datetime
    outbox: Outbox | None = None
    retry: Retry = field(factory=Retry)

    def recover(self) -> None:
        """Continue where an earlier process ended prematurely."""
        if self.outbox is not None:
            with self.register.together():  # no other process drafts or records anything meanwhile
                self.outbox.recover(attempt for _, attempt in under_way(self.register))

    def report_lost(self, problems: Problems) -> None:
        """Report messages under way without a file, whose outcome is unknown."""
        if self.outbox is None:
            return
        with self.register.together():  # no other process records an answer meanwhile
            lost = [one for _, one in under_way(self.register) if not self.outbox.holds(one)]
        for attempt in lost:
            path = self.outbox.message(attempt.kind, attempt.document.document_id)
            problems.report(str(path), _LOST)

    def by_answers(self, problems: Problems) -> Iterator[Outcome]:
        """Record the answers in the directory; report refusals and what needs work."""
        for entry, attempt in under_way(self.register):
            found = self.outbox and self.outbox.answer(attempt)
            if not found:
                continue
            given = read_answer(found.data)
            read = given.acknowledgement
            answer = read.answer
            if answer is Answer.DUPLICATE and attempt.kind is Kind.DEPRECATE:
                answer = Answer.REFUSED  # nothing was submitted whose id could be in use
            if answer in _UNCLEAR:
                problems.report(str(found.path), _with_codes(_UNCLEAR[answer], read))
                continue
            # neither before the message was written nor in the future, whatever other clocks show
            at = min(max(given.at or found.written, entry.planned or self.now), self.now)
            result = Result.DONE
            if answer is Answer.REFUSED:
                problems.note(str(found.path), _with_codes(_REFUSED, read))
                result = Result.REFUSED
            yield self._write(entry, attempt, result, read.errors, at)

    def by_hand(self, results: Mapping[MedComId, Result]) -> Iterator[Outcome]:
        """Record outcomes, by the ids of documents, that were determined manually.

        If no message about one of them awaits an answer, that is an error, and nothing is recorded.
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

    def _write(
        self,
        entry: Entry,
        attempt: Attempt,
        result: Result,
        errors: tuple[RegistryError, ...] = (),
        at: datetime.datetime | None = None,
    ) -> Outcome:
        """Record an outcome, and delete the message and its answer.

        The message is deleted before the outcome is on disk, as it must not be sent again; the
        answer after it, as it has to be read again if the process ends in between.
        """
        execution = Execution(self.register, lambda: self.now, LEASE, self.retry)
        with self.register.together():
            outcome = execution.record(entry.appointment_id, attempt, result, errors, at)
            is_written = outcome.result is not Result.TAKEN
            if is_written and self.outbox is not None:
                self.outbox.withdraw(attempt)
        if is_written and self.outbox is not None:
            is_accepted = result is Result.DONE
            self.outbox.clear(attempt, gone=_gone(entry, attempt, is_accepted=is_accepted))
        return outcome


def _gone(entry: Entry, attempt: Attempt, *, is_accepted: bool) -> MedComId | None:
    """The document that is no longer shown, or never was."""
    own = attempt.document.document_id
    if attempt.kind is Kind.DEPRECATE:
        return own if is_accepted else None
    if not is_accepted:
        return own
    return None if entry.document is None else entry.document.document_id


def _with_codes(wording: Wording, read: Acknowledgement) -> Wording:
    def advice(language: Language) -> str:
        each = dict.fromkeys(error.advice(language) for error in read.errors)
        return "".join(f" {one}" for one in each if one)

    codes = hide_numbers(f" ({', '.join(read.codes)})" if read.codes else "")
    return wording.filled(codes=codes, advice=Wording(advice("da"), advice("en")))


# --- the file of an answer, with its HTTP headers or without them --------------------------------


_STATUS_LINE = b"HTTP/"
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")


@frozen
class GivenAnswer:
    """An answer that was read, and its time, from its header ``Date``, or None."""

    acknowledgement: Acknowledgement
    at: datetime.datetime | None


def read_answer(data: bytes) -> GivenAnswer:
    """Read an answer: XML, or a package (MTOM), with or without its HTTP headers."""
    data = data.removeprefix(BOM_UTF8).lstrip()
    if data.startswith(b"<"):
        return GivenAnswer(acknowledgement_of(Reply(data)), None)
    if data.startswith(b"--"):  # a package without its headers; the boundary is in its first line
        boundary = data.partition(b"\n")[0].strip()[2:].decode("ascii", "replace")
        content_type = f'multipart/related; boundary="{boundary}"'
        return GivenAnswer(acknowledgement_of(Reply(data, content_type)), None)
    head, body = _split(data)
    while body.startswith(_STATUS_LINE):  # "100 Continue" stands before the answer
        head, body = _split(body)
    headers = message_from_bytes(
        head.partition(b"\n")[2] if head.startswith(_STATUS_LINE) else head
    )
    reply = Reply(body, headers.get("Content-Type"))
    return GivenAnswer(acknowledgement_of(reply), _time(headers.get("Date")))


def _split(message: bytes) -> tuple[bytes, bytes]:
    """The parts before and after the first empty line."""
    head, *rest = _EMPTY_LINE.split(message, maxsplit=1)
    return head, b"".join(rest)


def _time(date: str | None) -> datetime.datetime | None:
    """The time of a header, which is always UTC (RFC 9110, 5.6.7)."""
    try:
        time = None if date is None else parsedate_to_datetime(str(date))
    except (ValueError, OverflowError):
        return None
    return time if time is None or time.tzinfo else time.replace(tzinfo=datetime.UTC)
