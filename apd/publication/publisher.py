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
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from attrs import field, frozen

from apd.model.identifiers import MedComId
from apd.model.validators import masked
from apd.publication.booking import Booking, Producer, Unreadable, as_producer
from apd.publication.brake import Brake
from apd.publication.conversations import Conversation, Conversations, Run, T
from apd.publication.digest import check_of
from apd.publication.entry import Entry
from apd.publication.exchanges import LEASE, Clock, Retry, driven
from apd.publication.legal_basis import LEGAL_BASES, LegalBases
from apd.publication.messages import MessageMaker, NoReplyError, Reply, as_reply, no_header
from apd.publication.plan import Outcome
from apd.publication.register import PublisherRegister
from apd.publication.sealing import sealer_of
from apd.publication.status import Status
from apd.xds import Message

Post = Callable[[Message], "Reply | tuple[bytes, str | None] | bytes"]
"""Sends a message, with ``message.body`` and ``message.headers``, to the address of its
``transaction``, and returns what was answered: a :class:`Reply`, the body and its content type, or
the body alone. Whatever it raises means that it is not known whether the message arrived. It must
give up well before the lease is over."""

AsyncPost = Callable[[Message], Awaitable["Reply | tuple[bytes, str | None] | bytes"]]
"""The same, awaited."""


def _utc_now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@frozen
class _Base:
    """What both publishers have; see :class:`Publisher`."""

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
    _core: Conversations = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        check_of(self.key)  # refuses a key that is too short
        core = Conversations(
            register=self.register,
            key=self.key,
            producer=self.producer,
            header=self.header,
            clock=self.clock,
            brake=self.brake,
            retry=self.retry,
            lease=self.lease,
            maker=MessageMaker(sealer_of(self.key)),
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

    def troubles(self) -> tuple[Entry, ...]:
        """What does not get through, and why: the entries of the register with a ``trouble``.

        Returns:
            What the registry refused, with its codes and when it is tried again, and what cannot
            be sent, with the rules that it breaks.
        """
        return self._core.troubles()

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
        return posted(self._core.run(bookings, now, confirmed), self.post)

    def settle(self) -> tuple[Outcome, ...]:
        """Ask the registry what became of the attempts that were left unanswered.

        Returns:
            What became of each.
        """
        return posted(self._core.settle(), self.post)


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
        return await awaited(self._core.run(bookings, now, confirmed), self.post)

    async def settle(self) -> tuple[Outcome, ...]:
        """See :meth:`Publisher.settle`."""
        return await awaited(self._core.settle(), self.post)


def posted(conversation: Conversation[T], post: Post) -> T:
    """The result of a conversation over a function; whatever it raises is as no answer."""

    def answer(message: Message) -> Reply:
        try:
            answered = post(message)
        except Exception as error:
            raise NoReplyError(type(error).__name__) from None
        return as_reply(answered)

    return driven(conversation, answer)


async def awaited(conversation: Conversation[T], post: AsyncPost) -> T:
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
