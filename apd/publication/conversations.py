"""The work of a publisher as generators that yield messages and receive replies.

The same code thus runs with a function and with a coroutine function, and nothing here opens a
connection, starts a thread or sleeps.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from apd.errors import ApdError
from apd.findings import Finding
from apd.model.identifiers import MedComId
from apd.model.validators import masked
from apd.publication.booking import Booking, Producer, Unreadable, as_producer
from apd.publication.brake import Brake, Braked, braked
from apd.publication.digest import check_of
from apd.publication.entry import document_id
from apd.publication.exchanges import (
    LEASE,
    Acknowledgement,
    Answer,
    Clock,
    Exchange,
    Execution,
    Retry,
)
from apd.publication.legal_basis import LEGAL_BASES, LegalBases
from apd.publication.messages import (
    DOUBLED,
    MessageMaker,
    Reply,
    acknowledgement_of,
    configuration_of,
    findings_of,
    found_of,
    header_of,
    internal_error,
    no_header,
    question_about,
    question_about_entry,
    sender_of,
)
from apd.publication.plan import Deprecate, Ground, Leave, Outcome, Result, Sent, Step
from apd.publication.planning import place_in_plan, plan_each
from apd.publication.register import (
    PublisherRegister,
    entry_of,
    forget_troubles,
    note_unsendable,
    unsendable_step,
)
from apd.xds import Message, SoapHeader

T = TypeVar("T")
Conversation = Generator[Message, Reply, T]
"""Yields a message and receives its reply, or a :class:`NoReplyError` is thrown into it."""

PATIENCE = 3
"""The number of consecutive messages without an answer that ends a run."""


@frozen(kw_only=True)
class Run:
    """The result of a run.

    Args:
        at: the time of its plan.
        outcomes: the outcomes of earlier attempts without an answer and of all steps, in order.
        left: the number of appointments that were left unchanged, by reason.
        braked: the reason why the plan was not carried out, or None.
        stopped: True if it ended early because the registry did not answer; the next run
            continues.
    """

    at: datetime.datetime
    outcomes: tuple[Outcome, ...] = ()
    left: Mapping[Ground, int] = field(factory=dict)
    braked: Braked | None = None
    stopped: bool = False

    def of(self, *results: Result) -> tuple[Outcome, ...]:
        """The outcomes with one of these results."""
        return tuple(one for one in self.outcomes if one.result in results)


@frozen
class _Planned:
    """A step and its producer; None if no producer is known."""

    step: Sent
    producer: Producer | None


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@frozen
class PublisherSettings:
    """What a publisher works with; see :class:`apd.publication.Publisher`."""

    register: PublisherRegister
    post: Any = field(repr=False)
    key: bytes = field(kw_only=True, repr=masked)
    producer: Producer | None = field(kw_only=True, default=None, converter=as_producer)
    header: Callable[[], object] = field(kw_only=True, default=no_header, repr=False)
    clock: Clock = field(kw_only=True, default=_utc_now, repr=False)
    brake: Brake | None = field(kw_only=True, factory=Brake)
    retry: Retry = field(kw_only=True, factory=Retry)
    lease: datetime.timedelta = field(kw_only=True, default=LEASE)
    bases: LegalBases = field(kw_only=True, default=LEGAL_BASES, repr=False)


@frozen
class Conversations:
    """The work of a publisher, with what it works with."""

    settings: PublisherSettings
    maker: MessageMaker

    # --- a run ---------------------------------------------------------------------------------

    def run(
        self,
        bookings: Iterable[Booking | Unreadable],
        now: datetime.datetime | None,
        confirmed: int,
    ) -> Conversation[Run]:
        """See :meth:`apd.publication.Publisher.run`."""
        now = now or self.settings.clock()
        outcomes, is_answering = yield from self._settled()
        planned, left, unsendable, known = self._planned(bookings, now)
        outcomes += [self._unsendable(leave, now) for leave in unsendable]
        run = Run(at=now, outcomes=tuple(outcomes), left=left)
        steps = [one.step for one in planned]
        if held := braked(self.settings.brake, steps, self.settings.register, now, confirmed):
            return evolve(run, braked=held)
        self.settings.register.remember_key(check_of(self.settings.key))
        forget_troubles(self.settings.register, known)
        if not is_answering:
            return evolve(run, stopped=True)
        unanswered = 0
        for one in planned:
            outcome = yield from self._carried_out(one)
            outcomes.append(outcome)
            is_silent = outcome.result in (Result.UNANSWERED, Result.NOT_SENT)
            unanswered = unanswered + 1 if is_silent else 0
            if unanswered >= PATIENCE:
                break
        return evolve(run, outcomes=tuple(outcomes), stopped=unanswered >= PATIENCE)

    def settle(self) -> Conversation[tuple[Outcome, ...]]:
        """See :meth:`apd.publication.Publisher.settle`."""
        outcomes, _ = yield from self._settled()
        return tuple(outcomes)

    def _settled(self) -> Conversation[tuple[list[Outcome], bool]]:
        """Settle earlier attempts; returns whether the registry answers."""
        execution = self._execution()
        outcomes: list[Outcome] = []
        unanswered = 0
        for entry in list(self.settings.register.expired(self.settings.clock())):
            if entry.attempt is None:
                continue
            exchange = execution.settle(entry.appointment_id, entry.attempt)
            outcome = yield from self._exchanged(exchange, None)
            outcomes.append(outcome)
            unanswered = unanswered + 1 if outcome.result is Result.UNANSWERED else 0
            if unanswered >= PATIENCE:
                return outcomes, False
        return outcomes, True

    def _planned(
        self, bookings: Iterable[Booking | Unreadable], now: datetime.datetime
    ) -> tuple[list[_Planned], Counter[Ground], list[Leave], set[str]]:
        planned: list[_Planned] = []
        left: Counter[Ground] = Counter()
        unsendable: list[Leave] = []
        known: set[str] = set()
        doubled: dict[str, Leave] = {}
        for booking, step in self.plan(_once(bookings, doubled), now):
            known.add(step.appointment_id.value)
            if not isinstance(step, Leave):
                planned.append(
                    _Planned(step, (booking and booking.producer) or self.settings.producer)
                )
                continue
            left[step.reason] += 1
            if step.reason is Ground.INCOMPLETE:
                unsendable.append(step)
        planned = [one for one in planned if one.step.appointment_id.value not in doubled]
        unsendable = [one for one in unsendable if one.appointment_id.value not in doubled]
        unsendable += doubled.values()
        planned.sort(key=lambda one: place_in_plan(one.step))
        return planned, left, unsendable, known

    def plan(
        self, bookings: Iterable[Booking | Unreadable], now: datetime.datetime
    ) -> Iterator[tuple[Booking | None, Step]]:
        """The steps of a plan, each with its booking."""
        return plan_each(
            bookings, self.settings.register, now, key=self.settings.key, bases=self.settings.bases
        )

    # --- a step --------------------------------------------------------------------------------

    def _carried_out(self, one: _Planned) -> Conversation[Outcome]:
        step = one.step
        try:
            message, step = yield from self._message(one)
        except ApdError as error:
            return self._not_makeable(step, findings_of(error))
        except OSError:
            return self._outcome(step, Result.NOT_SENT)
        except Exception as error:  # a fault of ours with one booking must not stop the others
            return self._not_makeable(step, (internal_error(error),))
        exchange = self._execution().send(step)
        return (yield from self._exchanged(exchange, message))

    def _message(self, one: _Planned) -> Conversation[tuple[Message | None, Sent]]:
        """The message of a step; None to deprecate a document that the registry does not have."""
        step, now = one.step, self.settings.clock()
        if not isinstance(step, Deprecate):
            configuration = configuration_of(one.producer)
            return self.maker.submission(step, configuration, self._header(), now)
        sender = self.maker.opened(step)
        if sender is None:
            configuration = configuration_of(one.producer)
            reply = yield question_about_entry(step.entry_uuid, self._header())
            sender = sender_of(reply, configuration)
        if sender is None:
            return None, step
        return self.maker.deprecation(step, sender, self._header(), now), step

    def _exchanged(self, exchange: Exchange, message: Message | None) -> Conversation[Outcome]:
        """The outcome of an exchange over messages."""
        try:
            request = next(exchange)
            while True:
                response: Any
                try:
                    if isinstance(request, MedComId):
                        reply = yield question_about(request, self._header())
                        response = found_of(reply)
                    elif message is None:
                        response = Acknowledgement(Answer.REFUSED)
                    else:
                        reply = yield message
                        response = acknowledgement_of(reply)
                except OSError as error:
                    request = exchange.throw(error)
                else:
                    request = exchange.send(response)
        except StopIteration as stop:
            outcome: Outcome = stop.value
            return outcome

    def _header(self) -> SoapHeader:
        return header_of(self.settings.header)

    def _execution(self) -> Execution:
        return Execution(
            self.settings.register, self.settings.clock, self.settings.lease, self.settings.retry
        )

    # --- what cannot be sent -------------------------------------------------------------------

    def _unsendable(self, leave: Leave, now: datetime.datetime) -> Outcome:
        id = leave.appointment_id
        entry = entry_of(self.settings.register, id)
        kind = unsendable_step(entry)
        note_unsendable(self.settings.register, id, kind, leave.findings)
        return Outcome(
            appointment_id=id,
            kind=kind,
            document_id=document_id(entry),
            result=Result.UNSENDABLE,
            at=now,
            due=leave.due,
            findings=leave.findings,
        )

    def _not_makeable(self, step: Sent, findings: tuple[Finding, ...]) -> Outcome:
        note_unsendable(self.settings.register, step.appointment_id, step.kind, findings)
        return evolve(self._outcome(step, Result.UNSENDABLE), findings=findings)

    def _outcome(self, step: Sent, result: Result) -> Outcome:
        return Outcome(
            appointment_id=step.appointment_id,
            kind=step.kind,
            document_id=step.document_id,
            result=result,
            at=self.settings.clock(),
            due=step.due,
        )


def _once(
    bookings: Iterable[Booking | Unreadable], doubled: dict[str, Leave]
) -> Iterator[Booking | Unreadable]:
    """Each appointment once; duplicates are noted, as it is unknown which one is right."""
    seen: set[str] = set()
    for booking in bookings:
        id = booking.id
        if id is not None and id.value in seen:
            doubled[id.value] = Leave(
                appointment_id=id, reason=Ground.INCOMPLETE, findings=(DOUBLED,)
            )
            continue
        if id is not None:
            seen.add(id.value)
        yield booking
