"""Writing down in the register what became of messages: by their answers, or by hand."""

import datetime
from collections.abc import Iterator, Mapping

import click
from attrs import frozen

from apd.cli.answers import read_answer
from apd.cli.masking import hide_numbers
from apd.cli.outbox import Outbox
from apd.cli.problems import Problems
from apd.model.identifiers import MedComId
from apd.publication import Answer, Attempt, Entry, Kind, Outcome, Register, Result
from apd.publication.register import abandoned, confirmed
from apd.wording import Wording

_EVER = datetime.datetime(9998, 12, 31, tzinfo=datetime.UTC)
_UNCLEAR = {
    Answer.DUPLICATE: Wording(
        "Registret har allerede et dokument med det id{codes}: spørg det, hvad det har, og giv "
        "--confirm eller --abandon.",
        "The registry has a document of that id already{codes}: ask what it has, and give "
        "--confirm or --abandon.",
    ),
    Answer.UNANSWERED: Wording(
        "Svaret siger ikke, om beskeden er godtaget{codes}: spørg registret, hvad det har, og giv "
        "--confirm eller --abandon.",
        "The answer does not tell whether the message was accepted{codes}: ask the registry what "
        "it has, and give --confirm or --abandon.",
    ),
}
_REFUSED = Wording("Registret har afvist beskeden{codes}.", "The registry refused it{codes}.")


def under_way(register: Register) -> list[tuple[Entry, Attempt]]:
    """What was sent and is not answered; what is due first comes first."""
    found = [(entry, entry.attempt) for entry in register.expired(_EVER) if entry.attempt]
    return sorted(found, key=lambda one: (one[1].due or _EVER, one[0].appointment_id.value))


@frozen
class Clerk:
    """Writes down what became of messages.

    Args:
        register: where.
        now: when that is known.
        outbox: where the messages are, or None where nobody said.
    """

    register: Register
    now: datetime.datetime
    outbox: Outbox | None = None

    def by_answers(self, problems: Problems) -> Iterator[Outcome]:
        """Take in the answers that lie beside the messages.

        Args:
            problems: is told of answers that need a person, and of the codes of refusals.

        Raises:
            OSError: an answer cannot be read or taken away.
        """
        for entry, attempt in under_way(self.register):
            found = self.outbox and self.outbox.answer(attempt)
            if not found:
                continue
            path, data = found
            said = read_answer(data)
            answer = said.answer
            if answer is Answer.DUPLICATE and attempt.kind is Kind.DEPRECATE:
                answer = Answer.REFUSED  # nothing was handed in whose id could be taken
            if answer in _UNCLEAR:
                problems.tell(str(path), _with_codes(_UNCLEAR[answer], said.codes))
                continue
            if answer is Answer.REFUSED:
                problems.note(str(path), _with_codes(_REFUSED, said.codes))
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
                raise click.ClickException(
                    f"no message about the document {document_id.value} awaits an answer"
                )
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
    said = hide_numbers(f" ({', '.join(codes)})" if codes else "")
    return Wording(wording.da.format(codes=said), wording.en.format(codes=said))
