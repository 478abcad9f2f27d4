"""One step of a plan as an exchange: what is sent and asked for, and what the register records.

An exchange is a generator without a connection: it yields a step to send, or the id of a document
that the registry is to be asked for, and is given the answer.
"""

import datetime
from collections.abc import Callable, Generator, Iterable
from enum import Enum
from functools import partial
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from apd.model.identifiers import MedComId
from apd.publication.entry import (
    Acceptance,
    Attempt,
    Entry,
    Found,
    Kind,
    Trouble,
    TroubleKind,
    abandoned,
    begun,
    confirmed,
    corrected,
)
from apd.publication.plan import Deprecate, Outcome, Publish, Replace, Result, Sent
from apd.publication.register import Register
from apd.xds import RegistryError

Q = TypeVar("Q")
A = TypeVar("A")
T = TypeVar("T")
LEASE = datetime.timedelta(minutes=2)
"""The default lease: how long a message may be under way."""


class Answer(Enum):
    """What the registry answered to a message."""

    ACCEPTED = "accepted"
    """It was accepted: ``ResponseStatusType:Success``."""
    REFUSED = "refused"
    """It was refused: ``Failure`` with any error but the next."""
    DUPLICATE = "duplicate"
    """The registry or repository already has a document with that id:
    ``XDSDuplicateUniqueIdInRegistry`` or ``XDSNonIdenticalHash``."""
    UNANSWERED = "unanswered"
    """It is unknown whether it was accepted: no answer, or one that does not state it."""


def _codes_alone(errors: Iterable[RegistryError]) -> tuple[RegistryError, ...]:
    return tuple([RegistryError(error.code, severity=error.severity) for error in errors])


@frozen
class Acknowledgement:
    """An answer with its errors.

    Args:
        answer: the kind of answer.
        errors: its errors. Only their codes are kept, as their contexts may name the patient.
    """

    answer: Answer
    errors: tuple[RegistryError, ...] = field(default=(), converter=_codes_alone)

    @property
    def codes(self) -> tuple[str, ...]:
        """The error codes in it."""
        return tuple([error.code for error in self.errors])


Clock = Callable[[], datetime.datetime]
"""Gives the time, with a zone."""
_MINUTE = datetime.timedelta(minutes=1)


@frozen(kw_only=True)
class Retry:
    """When refused messages are sent again.

    Args:
        pauses: how long to wait after the first refusal, the second, and so on; the last pause
            applies to all later ones.
        attempts: the number of refusals after which a step is parked and not sent again
            automatically.
    """

    pauses: tuple[datetime.timedelta, ...] = tuple(
        minutes * _MINUTE for minutes in (1, 3, 10, 30, 60, 120, 240)
    )
    attempts: int = 12

    def again(self, count: int, now: datetime.datetime) -> datetime.datetime | None:
        """When to send again a step that was refused for the ``count``-th time; None for never."""
        if count >= self.attempts or not self.pauses:
            return None
        return now + self.pauses[min(count, len(self.pauses)) - 1]


Exchange = Generator[Sent | MedComId, Acknowledgement | Found | None, Outcome]
"""Yields a step to send, or the id of a document to query the registry for; receives the answer, or
an ``OSError`` is thrown into it; and returns the outcome."""


def result_of(exchange: Generator[Q, A, T], answer: Callable[[Q], A]) -> T:
    """The result of a generator whose requests a function answers; its ``OSError`` is thrown in."""
    try:
        request = next(exchange)
        while True:
            try:
                response = answer(request)
            except OSError as error:
                request = exchange.throw(error)
            else:
                request = exchange.send(response)
    except StopIteration as stop:
        result: T = stop.value
        return result
    finally:
        exchange.close()


Written = Callable[[Entry, Attempt], Entry | None]


@frozen
class Execution:
    """Sends and settles, and records the outcomes in the register."""

    register: Register
    clock: Clock
    lease: datetime.timedelta
    retry: Retry | None = None

    def send(self, step: Sent) -> Exchange:
        """Record the beginning of a step, send it, and record the answer."""
        attempt = Attempt(
            kind=step.kind,
            version=step.version,
            document=step.target if isinstance(step, Deprecate) else step.registered,
            due=step.due,
            expires=self.clock() + self.lease,
        )
        begin = partial(begun, seen=step.seen, attempt=attempt, planned=step.planned)
        if not self.register.update(step.appointment_id, begin):
            return self._outcome(step.appointment_id, attempt, Result.TAKEN)
        try:
            acknowledgement = yield step
        except OSError:
            return self._outcome(step.appointment_id, attempt, Result.UNANSWERED)
        assert isinstance(acknowledgement, Acknowledgement)
        errors = acknowledgement.errors
        if acknowledgement.answer is Answer.UNANSWERED:
            return self._outcome(step.appointment_id, attempt, Result.UNANSWERED, errors)
        at = self.clock()
        change, result = yield from self._answered(step, attempt, acknowledgement.answer)
        outcome = self._outcome(step.appointment_id, attempt, result, errors, at)
        return self._write(attempt, change, outcome)

    def settle(self, appointment_id: MedComId, attempt: Attempt) -> Exchange:
        """Query the outcome of an attempt, and record it."""
        try:
            found = yield attempt.document.document_id
        except OSError:
            return self._outcome(appointment_id, attempt, Result.UNANSWERED)
        assert not isinstance(found, Acknowledgement)
        deprecates = attempt.kind is Kind.DEPRECATE
        if _is_gone(found) if deprecates else found is not None:
            outcome = self._outcome(appointment_id, attempt, Result.DONE)
            return self._write(attempt, partial(confirmed, found=found), outcome)
        return self.record(appointment_id, attempt, Result.NOT_ACCEPTED)

    def record(
        self,
        appointment_id: MedComId,
        attempt: Attempt,
        result: Result,
        errors: tuple[RegistryError, ...] = (),
        at: datetime.datetime | None = None,
    ) -> Outcome:
        """Record the outcome of an attempt, done or not accepted, without querying the registry.

        ``at`` is when it was answered; None for now.
        """
        change = confirmed if result is Result.DONE else abandoned
        outcome = self._outcome(appointment_id, attempt, result, errors, at)
        return self._write(attempt, change, outcome)

    def _answered(
        self, step: Sent, attempt: Attempt, answer: Answer
    ) -> Generator[MedComId, Any, tuple[Written, Result]]:
        """The change to record for an answer, and the result of the step."""
        if answer is Answer.ACCEPTED:
            return confirmed, Result.DONE
        try:
            if answer is Answer.DUPLICATE and not isinstance(step, Deprecate):
                return (yield from self._duplicate(step)), Result.REFUSED
            if isinstance(step, Publish):
                return abandoned, Result.REFUSED
            found = yield step.target.document_id
        except OSError:  # it was refused, that much is known
            return abandoned, Result.REFUSED
        is_done = isinstance(step, Deprecate) and _is_gone(found)
        return partial(corrected, found=found), Result.DONE if is_done else Result.REFUSED

    def _duplicate(self, step: Publish | Replace) -> Generator[MedComId, Any, Written]:
        found = yield step.document_id
        if found is None:
            return partial(abandoned, id_is_taken=True)
        return partial(confirmed, found=found, is_ours=False)

    def _write(self, attempt: Attempt, change: Written, outcome: Outcome) -> Outcome:
        def written(entry: Entry) -> Entry | None:
            new = change(entry, attempt)
            return None if new is None else self._noted(entry, new, attempt, outcome)

        is_written = self.register.update(outcome.appointment_id, written)
        return outcome if is_written else evolve(outcome, result=Result.TAKEN)

    def _noted(self, before: Entry, after: Entry, attempt: Attempt, outcome: Outcome) -> Entry:
        """The entry with the time of acceptance, or the reason why it was not accepted."""
        result, at = outcome.result, outcome.at
        if result is Result.DONE:
            return evolve(after, trouble=None, accepted=Acceptance(at=at, due=attempt.due))
        if result is not Result.REFUSED or self.retry is None or after.version > before.version:
            return after  # with a new version the next step is another one
        digest = None if attempt.kind is Kind.DEPRECATE else attempt.document.digest
        trouble = before.trouble
        is_same = trouble is not None and (trouble.step, trouble.digest) == (attempt.kind, digest)
        count = trouble.count + 1 if trouble is not None and is_same else 1
        return evolve(
            after,
            trouble=Trouble(
                kind=TroubleKind.REFUSED,
                step=attempt.kind,
                codes=tuple([error.code for error in outcome.errors]),
                count=count,
                again=self.retry.again(count, at),
                digest=digest,
            ),
        )

    def _outcome(
        self,
        appointment_id: MedComId,
        attempt: Attempt,
        result: Result,
        errors: tuple[RegistryError, ...] = (),
        at: datetime.datetime | None = None,
    ) -> Outcome:
        return Outcome(
            appointment_id=appointment_id,
            kind=attempt.kind,
            document_id=attempt.document.document_id,
            result=result,
            at=at or self.clock(),
            due=attempt.due,
            errors=errors,
        )


def _is_gone(found: Found | None) -> bool:
    """Whether a document is not shown: it is deprecated or unknown."""
    return found is None or not found.approved
