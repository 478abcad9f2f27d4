"""Carrying a plan out over what the vendor sends with, and settling what was left unanswered.

Nothing here opens a connection or looks at a clock: sending, asking and the time are handed in.
All of them are generators. Each message is sent when the next outcome is asked for, so whoever
goes through the outcomes may stop at any of them, for instance when the registry is down.

::

    for outcome in synchronize(bookings, register, now, send=send, look_up=look_up,
                               clock=clock, key=key):
        log.info("%s %s", outcome.kind, outcome.result)
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import partial

from attrs import frozen

from apd.model.identifiers import MedComId
from apd.publication.booking import Booking
from apd.publication.plan import Deprecate, Leave, Outcome, Publish, Replace, Result, Sent, Step
from apd.publication.planning import plan
from apd.publication.register import (
    Attempt,
    Entry,
    Found,
    Kind,
    Register,
    abandoned,
    begun,
    confirmed,
    corrected,
)

LEASE = datetime.timedelta(minutes=2)
"""How long a message may be under way, by default."""


class Answer(Enum):
    """What the registry answered to a message."""

    ACCEPTED = "accepted"
    """It has it: ``ResponseStatusType:Success``."""
    REFUSED = "refused"
    """It has not and will not: ``Failure`` with any error but the next."""
    DUPLICATE = "duplicate"
    """It, or the repository, has a document of that id already: ``XDSDuplicateUniqueIdInRegistry``
    or ``XDSNonIdenticalHash``."""
    UNANSWERED = "unanswered"
    """It is not known whether it has it: no answer, or one that does not say."""


Send = Callable[[Sent], Answer]
"""Sends a step and waits for the answer. It must give up well before the lease is over. An
``OSError``, to which ``TimeoutError`` and ``ConnectionError`` belong, counts as unanswered.
Anything else that it raises ends the run, and the next one at the same step: what a single
document can cause is to be caught, and answered with ``REFUSED`` if nothing was sent."""

LookUp = Callable[[MedComId], Found | None]
"""Asks the registry for a document by its uniqueId (ITI-18, GetDocuments); None where it has no
such document. An ``OSError`` means that it cannot be asked now."""

Clock = Callable[[], datetime.datetime]
"""Gives the time, with a zone."""


def synchronize(
    bookings: Iterable[Booking],
    register: Register,
    now: datetime.datetime,
    *,
    send: Send,
    look_up: LookUp,
    clock: Clock,
    key: bytes,
    lease: datetime.timedelta = LEASE,
) -> Iterator[Outcome]:
    """One run: settle what was left unanswered, plan, and carry the plan out.

    To be called every few minutes: with a run every four, what fails twice in a row is still
    accepted within 15 minutes. Two processes may do so at the same time over one register.

    Args:
        bookings: all bookings held; see :func:`apd.publication.plan`.
        register: what was published.
        now: the time before the bookings were read, with a zone.
        send: sends a step.
        look_up: asks the registry for a document.
        clock: gives the time.
        key: the secret of the register's digests.
        lease: how long a message may be under way: longer than ``send`` waits, and longer than
            the registry may take to accept what nobody waits for any more.

    Yields:
        What became of each attempt and of each step that sends something.

    Raises:
        InvalidValue: as :func:`apd.publication.plan`.
    """
    yield from settle(register, look_up=look_up, clock=clock)
    steps = plan(bookings, register, now, key=key)
    yield from carry_out(steps, register, send=send, look_up=look_up, clock=clock, lease=lease)


def carry_out(
    steps: Iterable[Step],
    register: Register,
    *,
    send: Send,
    look_up: LookUp,
    clock: Clock,
    lease: datetime.timedelta = LEASE,
) -> Iterator[Outcome]:
    """Send what a plan says, one step after the other.

    What raises anything but an ``OSError`` while sending goes through, and leaves the attempt
    to be settled, as a crash does.

    Args:
        steps: the plan, or a part of it.
        register: the register that it was planned from.
        send: sends a step.
        look_up: asks the registry for a document.
        clock: gives the time.
        lease: how long a message may be under way; see :func:`synchronize`.

    Yields:
        What became of each step but those that leave something.
    """
    execution = _Execution(register, look_up, clock)
    for step in steps:
        if not isinstance(step, Leave):
            yield execution.send(step, send, lease)


def settle(register: Register, *, look_up: LookUp, clock: Clock) -> Iterator[Outcome]:
    """Ask the registry what became of the attempts that were left unanswered.

    Args:
        register: the register.
        look_up: asks the registry for a document.
        clock: gives the time. Attempts that have not expired by then are left alone.

    Yields:
        What became of each.
    """
    execution = _Execution(register, look_up, clock)
    for entry in register.expired(clock()):
        if entry.attempt is not None:
            yield execution.settle(entry.appointment_id, entry.attempt)


Written = Callable[[Entry, Attempt], Entry | None]


@frozen
class _Execution:
    """Sends and settles, and records the outcome."""

    register: Register
    look_up: LookUp
    clock: Clock

    def send(self, step: Sent, send: Send, lease: datetime.timedelta) -> Outcome:
        """Write down that a step is begun, send it, and write down the answer."""
        attempt = Attempt(
            kind=step.kind,
            version=step.version,
            document=step.target if isinstance(step, Deprecate) else step.registered,
            due=step.due,
            expires=self.clock() + lease,
        )
        begin = partial(begun, seen=step.seen, attempt=attempt, planned=step.planned)
        if not self.register.update(step.appointment_id, begin):
            return self._outcome(step.appointment_id, attempt, Result.TAKEN)
        try:
            answer = send(step)
        except OSError:
            answer = Answer.UNANSWERED
        if answer is Answer.UNANSWERED:
            return self._outcome(step.appointment_id, attempt, Result.UNANSWERED)
        change, result = self._answered(step, attempt, answer)
        return self._write(step.appointment_id, attempt, change, result)

    def settle(self, appointment_id: MedComId, attempt: Attempt) -> Outcome:
        """Ask what became of an attempt, and write it down."""
        try:
            found = self.look_up(attempt.document.document_id)
        except OSError:
            return self._outcome(appointment_id, attempt, Result.UNANSWERED)
        deprecates = attempt.kind is Kind.DEPRECATE
        if _is_gone(found) if deprecates else found is not None:
            change = partial(confirmed, found=found)
            return self._write(appointment_id, attempt, change, Result.DONE)
        return self._write(appointment_id, attempt, abandoned, Result.NOT_ACCEPTED)

    def _answered(self, step: Sent, attempt: Attempt, answer: Answer) -> tuple[Written, Result]:
        """What is to be written upon an answer, and what became of the step."""
        if answer is Answer.ACCEPTED:
            return confirmed, Result.DONE
        try:
            if answer is Answer.DUPLICATE and not isinstance(step, Deprecate):
                return self._duplicate(step), Result.REFUSED
            if isinstance(step, Publish):
                return abandoned, Result.REFUSED
            found = self.look_up(step.target.document_id)
        except OSError:  # it was refused, that much is known
            return abandoned, Result.REFUSED
        is_done = isinstance(step, Deprecate) and _is_gone(found)
        return partial(corrected, found=found), Result.DONE if is_done else Result.REFUSED

    def _duplicate(self, step: Publish | Replace) -> Written:
        found = self.look_up(step.document_id)
        if found is None:
            return partial(abandoned, id_is_taken=True)
        return partial(confirmed, found=found, is_ours=False)

    def _write(
        self, appointment_id: MedComId, attempt: Attempt, change: Written, result: Result
    ) -> Outcome:
        written = self.register.update(appointment_id, lambda entry: change(entry, attempt))
        return self._outcome(appointment_id, attempt, result if written else Result.TAKEN)

    def _outcome(self, appointment_id: MedComId, attempt: Attempt, result: Result) -> Outcome:
        return Outcome(
            appointment_id=appointment_id,
            kind=attempt.kind,
            document_id=attempt.document.document_id,
            result=result,
            at=self.clock(),
            due=attempt.due,
        )


def _is_gone(found: Found | None) -> bool:
    """Whether a document is out of display: deprecated, or not known at all."""
    return found is None or not found.approved
