"""The publisher: one run after the other, from the bookings held to what the registry has.

It plans, makes messages, sends them, reads the answers, asks for what is in doubt, waits before it
repeats what was refused, and stops before it takes down too much. What it sends with is handed in:
:class:`Publisher` with a function, :class:`AsyncPublisher` with one that is awaited. Both drive the
same generators, which yield a message and are given its reply; nothing here opens a connection,
starts a thread or sleeps.

::

    publisher = Publisher(register, post, key=key, producer=configuration)
    run = publisher.run(all_bookings())  # every few minutes
    for outcome in run.outcomes:
        log.info("%s %s %s", outcome.appointment_id.value, outcome.kind, outcome.result)
"""

import datetime
from collections import Counter
from collections.abc import Awaitable, Callable, Generator, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from apd.errors import ApdError
from apd.findings import Finding
from apd.model.identifiers import MedComId
from apd.model.validators import masked
from apd.publication.booking import Booking, Producer, Unreadable, as_producer
from apd.publication.brake import Brake, Braked, deprecated
from apd.publication.digest import check_of
from apd.publication.entry import Entry, Kind, Trouble, TroubleKind, document_id
from apd.publication.executor import (
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
    NO_PRODUCER,
    MessageMaker,
    NoReplyError,
    Reply,
    acknowledgement_of,
    as_reply,
    findings_of,
    found_of,
    header_of,
    question_about,
    question_about_entry,
    sender_of,
)
from apd.publication.plan import Deprecate, Ground, Leave, Outcome, Result, Sent, Step
from apd.publication.planning import place_in_plan, plan_each
from apd.publication.register import PublisherRegister, is_current
from apd.publication.sealing import Sealer, can_seal
from apd.publication.status import Status, status_of
from apd.xds import Message, ProducerConfiguration, SoapHeader

Post = Callable[[Message], "Reply | tuple[bytes, str | None] | bytes"]
"""Sends a message, with ``message.body`` and ``message.headers``, to the address of its
``transaction``, and returns what was answered: a :class:`Reply`, the body and its content type, or
the body alone. Whatever it raises means that it is not known whether the message arrived. It must
give up well before the lease is over."""

AsyncPost = Callable[[Message], Awaitable["Reply | tuple[bytes, str | None] | bytes"]]
"""The same, awaited."""

T = TypeVar("T")
Conversation = Generator[Message, Reply, T]
"""Yields a message and is given its reply, or a :class:`NoReplyError` is thrown into it."""

PATIENCE = 3
"""So many messages in a row without an answer end a run: the registry is down."""


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _no_header() -> str:
    return ""


@frozen(kw_only=True)
class Run:
    """What one run did.

    Args:
        at: the time that it planned for.
        outcomes: what became of each attempt that was left over and of each step, in order.
        left: how many appointments were left as they are, by the reason.
        braked: why the plan was not carried out, or None.
        stopped: True if it ended early, as the registry did not answer; the next goes on.
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
    """A step, and who publishes it; None where nobody is named."""

    step: Sent
    producer: Producer | None


@frozen(kw_only=True)
class _Core:
    """All that a publisher does, as conversations; see :class:`Publisher` for the arguments."""

    register: PublisherRegister
    key: bytes = field(repr=masked)
    producer: Producer | None
    header: Callable[[], object]
    clock: Clock
    brake: Brake | None
    retry: Retry
    lease: datetime.timedelta
    maker: MessageMaker
    bases: LegalBases

    # --- a run ---------------------------------------------------------------------------------

    def run(
        self,
        bookings: Iterable[Booking | Unreadable],
        now: datetime.datetime | None,
        confirmed: int,
    ) -> Conversation[Run]:
        now = now or self.clock()
        outcomes, is_answering = yield from self._settled()
        planned, left, unsendable, known = self._planned(bookings, now)
        outcomes += [self._unsendable(leave, now) for leave in unsendable]
        run = Run(at=now, outcomes=tuple(outcomes), left=left)
        if braked := self._braked([one.step for one in planned], now, confirmed):
            return evolve(run, braked=braked)
        self.register.remember_key(check_of(self.key))
        self._forget_troubles(known)
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
        outcomes, _ = yield from self._settled()
        return tuple(outcomes)

    def _settled(self) -> Conversation[tuple[list[Outcome], bool]]:
        """What became of attempts that are left over, and whether the registry answers."""
        execution = self._execution()
        outcomes: list[Outcome] = []
        unanswered = 0
        for entry in list(self.register.expired(self.clock())):
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
        for booking, step in self._plan(bookings, now):
            known.add(step.appointment_id.value)
            if not isinstance(step, Leave):
                planned.append(_Planned(step, (booking and booking.producer) or self.producer))
                continue
            left[step.reason] += 1
            if step.reason is Ground.INCOMPLETE:
                unsendable.append(step)
        planned.sort(key=lambda one: place_in_plan(one.step))
        return planned, left, unsendable, known

    def _plan(
        self, bookings: Iterable[Booking | Unreadable], now: datetime.datetime
    ) -> Iterator[tuple[Booking | None, Step]]:
        return plan_each(bookings, self.register, now, key=self.key, bases=self.bases)

    def _braked(self, steps: list[Sent], now: datetime.datetime, confirmed: int) -> Braked | None:
        count = deprecated(steps)
        if self.brake is None or not count or count <= confirmed:
            return None
        published = Counter(
            entry.document.producer
            for entry in self.register.recent(now)
            if entry.document is not None and is_current(entry, now)
        )
        return self.brake.judge(steps, published)

    def _forget_troubles(self, known: set[str]) -> None:
        """Troubles of what is neither held nor published any more are nobody's."""
        for entry in list(self.register.troubled()):
            if entry.appointment_id.value not in known and entry.document is None:
                self.register.update(entry.appointment_id, _without_trouble)

    # --- a step --------------------------------------------------------------------------------

    def _carried_out(self, one: _Planned) -> Conversation[Outcome]:
        step = one.step
        try:
            message, step = yield from self._message(one)
        except ApdError as error:
            return self._not_makeable(step, findings_of(error))
        except _NobodyPublishesError:
            return self._not_makeable(step, (NO_PRODUCER,))
        except OSError:
            return self._outcome(step, Result.NOT_SENT)
        exchange = self._execution().send(step)
        return (yield from self._exchanged(exchange, message))

    def _message(self, one: _Planned) -> Conversation[tuple[Message | None, Sent]]:
        """The message of a step; None to deprecate what the registry does not have."""
        step, now = one.step, self.clock()
        if not isinstance(step, Deprecate):
            configuration = _configuration(one.producer)
            return self.maker.submission(step, configuration, self._header(), now)
        sender = self.maker.opened(step)
        if sender is None:
            configuration = _configuration(one.producer)
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
        """A new header; one that cannot be had is as no connection."""
        try:
            given = self.header()
        except Exception as error:
            raise NoReplyError(type(error).__name__) from None
        return header_of(given)

    def _execution(self) -> Execution:
        return Execution(self.register, self.clock, self.lease, self.retry)

    # --- what cannot be sent -------------------------------------------------------------------

    def _unsendable(self, leave: Leave, now: datetime.datetime) -> Outcome:
        id = leave.appointment_id
        self._note(id, Kind.PUBLISH, leave.findings)
        [entry] = self.register.some([id])
        return Outcome(
            appointment_id=id,
            kind=Kind.PUBLISH if entry.document is None else Kind.REPLACE,
            document_id=document_id(entry),
            result=Result.UNSENDABLE,
            at=now,
            due=leave.due,
            findings=leave.findings,
        )

    def _not_makeable(self, step: Sent, findings: tuple[Finding, ...]) -> Outcome:
        self._note(step.appointment_id, step.kind, findings)
        return evolve(self._outcome(step, Result.UNSENDABLE), findings=findings)

    def _note(self, id: MedComId, step: Kind, findings: tuple[Finding, ...]) -> None:
        rules = tuple(dict.fromkeys(finding.rule for finding in findings))
        trouble = Trouble(kind=TroubleKind.UNSENDABLE, step=step, codes=rules)

        def noted(entry: Entry) -> Entry | None:
            return None if entry.trouble == trouble else evolve(entry, trouble=trouble)

        self.register.update(id, noted)

    def _outcome(self, step: Sent, result: Result) -> Outcome:
        return Outcome(
            appointment_id=step.appointment_id,
            kind=step.kind,
            document_id=step.document_id,
            result=result,
            at=self.clock(),
            due=step.due,
        )

    # --- operations ----------------------------------------------------------------------------

    def status(
        self, bookings: Iterable[Booking | Unreadable] | None, now: datetime.datetime | None
    ) -> Status:
        now = now or self.clock()
        if bookings is None:
            return status_of(self.register, now)
        plan = self._plan(bookings, now)
        return status_of(self.register, now, (step for _, step in plan))

    def release(self, ids: Iterable[MedComId] | None) -> int:
        if ids is None:
            ids = [one.appointment_id for one in list(self.register.troubled())]
        return sum(self.register.update(id, _without_trouble) for id in ids)


class _NobodyPublishesError(Exception):
    """Neither the booking nor the publisher names a producer."""


def _configuration(producer: Producer | None) -> ProducerConfiguration:
    if producer is None:
        raise _NobodyPublishesError
    return producer.configuration


def _without_trouble(entry: Entry) -> Entry | None:
    return None if entry.trouble is None else evolve(entry, trouble=None)


# --- with what it is sent ----------------------------------------------------------------------


@frozen
class _Base:
    """What both publishers have; see :class:`Publisher`."""

    register: PublisherRegister
    post: Any = field(repr=False)
    key: bytes = field(kw_only=True, repr=masked)
    producer: Producer | None = field(kw_only=True, default=None, converter=as_producer)
    header: Callable[[], object] = field(kw_only=True, default=_no_header, repr=False)
    clock: Clock = field(kw_only=True, default=_utc_now, repr=False)
    brake: Brake | None = field(kw_only=True, factory=Brake)
    retry: Retry = field(kw_only=True, factory=Retry)
    lease: datetime.timedelta = field(kw_only=True, default=LEASE)
    bases: LegalBases = field(kw_only=True, default=LEGAL_BASES, repr=False)
    _core: _Core = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        sealer = Sealer.with_key(self.key) if can_seal() else None
        check_of(self.key)  # refuses a key that is too short
        core = _Core(
            register=self.register,
            key=self.key,
            producer=self.producer,
            header=self.header,
            clock=self.clock,
            brake=self.brake,
            retry=self.retry,
            lease=self.lease,
            maker=MessageMaker(sealer),
            bases=self.bases,
        )
        object.__setattr__(self, "_core", core)

    def status(
        self,
        bookings: Iterable[Booking | Unreadable] | None = None,
        *,
        now: datetime.datetime | None = None,
    ) -> Status:
        """How publication goes. Nothing is sent.

        Args:
            bookings: all bookings held, where it should also say what is due and overdue.
            now: the time, with a zone; None for that of the clock.

        Raises:
            InvalidValue: as :func:`apd.publication.plan`.
            WrongKeyError: the register was made with another key.
        """
        return self._core.status(bookings, now)

    def release(self, appointment_ids: Iterable[MedComId] | None = None) -> int:
        """Try again what the registry refused, in the next run, whether it waits or is parked.

        Args:
            appointment_ids: the appointments; None for all of them.

        Returns:
            How many were released.
        """
        return self._core.release(appointment_ids)


@frozen
class Publisher(_Base):
    """Keeps the registry as the bookings are, one run after the other.

    Several processes may do so over one register. With ``cryptography`` installed (the extra
    ``publisher``) the register keeps what a later deprecation has to name, encrypted with the key;
    without it the registry is asked before each deprecation.

    Args:
        register: what was published, a :class:`SqliteRegister` for instance.
        post: sends a message and returns the answer; see :data:`Post`.
        key: 16 to 64 secret bytes, always the same, kept elsewhere than the register.
        producer: who publishes, where a booking does not say.
        header: called for each message: a :class:`apd.xds.SoapHeader`, or the security headers
            as XML. Whatever it raises means that nothing can be sent now.
        clock: gives the time, with a zone.
        brake: when a plan has to be confirmed; None for never.
        retry: when what the registry refused is sent again.
        lease: how long a message may be under way: longer than ``post`` waits, and longer than the
            registry may take to accept what nobody waits for any more.
        bases: what the laws permit; see :class:`apd.publication.LegalBases`.

    Raises:
        InvalidValue: the key is too short or too long.
    """

    post: Post

    def run(
        self,
        bookings: Iterable[Booking | Unreadable],
        *,
        now: datetime.datetime | None = None,
        confirmed: int = 0,
    ) -> Run:
        """One run: settle what was left unanswered, plan, and carry the plan out.

        To be called every few minutes, as a new or changed appointment must be there within 15
        (rule #2). One booking cannot stop another: what cannot be sent is an outcome.

        Args:
            bookings: **all** bookings held, as for :func:`apd.publication.plan`; a generator is
                read once. See :func:`apd.publication.read_bookings` for records of your own.
            now: the time, with a zone, taken before the bookings were read; None for the time at
                which this is called.
            confirmed: how many documents the run may deprecate although the brake would hold it.

        Returns:
            What became of each step.

        Raises:
            InvalidValue: two bookings of one appointment id.
            RegisterError: the register cannot be used.
            WrongKeyError: it was made with another key.
            TypeError: ``post`` or ``header`` returned something else than it should.
        """
        return _driven(self._core.run(bookings, now, confirmed), self.post)

    def settle(self) -> tuple[Outcome, ...]:
        """Ask the registry what became of the attempts that were left unanswered.

        Returns:
            What became of each.
        """
        return _driven(self._core.settle(), self.post)


@frozen
class AsyncPublisher(_Base):
    """The same for asyncio, or whatever awaits: only ``post`` is awaited.

    Reading the bookings, planning and the register are not: with very many bookings, run it in a
    thread of its own.

    Args:
        register: what was published.
        post: sends a message and returns the answer, awaited; see :data:`Post`.
        key: 16 to 64 secret bytes.
        producer: who publishes, where a booking does not say.
        header: called for each message.
        clock: gives the time, with a zone.
        brake: when a plan has to be confirmed.
        retry: when what the registry refused is sent again.
        lease: how long a message may be under way.
        bases: what the laws permit.
    """

    post: AsyncPost

    async def run(
        self,
        bookings: Iterable[Booking | Unreadable],
        *,
        now: datetime.datetime | None = None,
        confirmed: int = 0,
    ) -> Run:
        """See :meth:`Publisher.run`."""
        return await _awaited(self._core.run(bookings, now, confirmed), self.post)

    async def settle(self) -> tuple[Outcome, ...]:
        """See :meth:`Publisher.settle`."""
        return await _awaited(self._core.settle(), self.post)


def _driven(conversation: Conversation[T], post: Post) -> T:
    """The result of a conversation over a function."""
    try:
        message = next(conversation)
        while True:
            try:
                answered = post(message)
            except Exception as error:
                message = conversation.throw(NoReplyError(type(error).__name__))
            else:
                message = conversation.send(as_reply(answered))
    except StopIteration as stop:
        result: T = stop.value
        return result
    finally:
        conversation.close()


async def _awaited(conversation: Conversation[T], post: AsyncPost) -> T:
    """The result of a conversation over a function that is awaited."""
    try:
        message = next(conversation)
        while True:
            try:
                answered = await post(message)
            except Exception as error:
                message = conversation.throw(NoReplyError(type(error).__name__))
            else:
                message = conversation.send(as_reply(answered))
    except StopIteration as stop:
        result: T = stop.value
        return result
    finally:
        conversation.close()


def outcomes_of(runs: Iterable[Run]) -> Iterator[Outcome]:
    """The outcomes of several runs, in order; for :func:`apd.publication.late`."""
    for run in runs:
        yield from run.outcomes
