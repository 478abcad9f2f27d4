"""The publisher: keeps the registry in line with the bookings, run by run.

It plans, makes messages, sends them, reads the answers, queries the registry in case of doubt,
waits before it repeats refused messages, and stops before it deprecates too much. The function to
send with is an argument: a plain one for :class:`Publisher`, a coroutine function for
:class:`AsyncPublisher`. Both drive the same generators, which yield a message and receive its
reply; nothing here opens a connection, starts a thread or sleeps.

::

    publisher = Publisher(register, post, key=key, producer=configuration)
    run = publisher.run(all_bookings())  # every few minutes
    for outcome in run.outcomes:
        log.info("%s %s %s", outcome.appointment_id.value, outcome.kind, outcome.result)
"""

import datetime
from collections.abc import Awaitable, Callable, Iterable

from attrs import field, frozen

from apd.model.identifiers import MedComId
from apd.publication.booking import Booking, Unreadable
from apd.publication.conversations import (
    Conversation,
    Conversations,
    PublisherSettings,
    Run,
    T,
)
from apd.publication.digest import check_of
from apd.publication.entry import Entry
from apd.publication.exchanges import result_of
from apd.publication.messages import MessageMaker, NoReplyError, Reply, as_reply
from apd.publication.plan import Outcome
from apd.publication.register import release
from apd.publication.sealing import sealer_of
from apd.publication.status import Status, status_of
from apd.xds import Message

Post = Callable[[Message], "Reply | tuple[bytes, str | None] | bytes"]
"""Sends a message, with ``message.body`` and ``message.headers``, to the address of its
``transaction``, and returns the answer: a :class:`Reply`, the body and its content type, or the
body alone. An exception means that it is unknown whether the message arrived. It must time out well
before the lease ends."""

AsyncPost = Callable[[Message], Awaitable["Reply | tuple[bytes, str | None] | bytes"]]
"""The same as a coroutine function."""


@frozen
class _Base(PublisherSettings):
    """The common part of both publishers; see :class:`Publisher`."""

    _core: Conversations = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        check_of(self.key)  # raises if the key is too short
        core = Conversations(self, MessageMaker(sealer_of(self.key)))
        object.__setattr__(self, "_core", core)

    def status(
        self,
        bookings: Iterable[Booking | Unreadable] | None = None,
        *,
        now: datetime.datetime | None = None,
    ) -> Status:
        """The status of publication. Nothing is sent.

        Args:
            bookings: all current bookings, to include what is due and overdue; or None.
            now: the time, with a time zone; None for that of the clock.

        Raises:
            InvalidValue: as :func:`apd.publication.plan`.
            WrongKeyError: the register was made with another key.
        """
        now = now or self.clock()
        if bookings is None:
            return status_of(self.register, now)
        return status_of(self.register, now, (step for _, step in self._core.plan(bookings, now)))

    def troubles(self) -> tuple[Entry, ...]:
        """The steps that fail, and why: the entries of the register with a ``trouble``.

        Returns:
            The refused steps, with the registry's codes and the time of the next attempt, and
            those that cannot be sent, with the rules that are broken.
        """
        return tuple(self.register.troubled())

    def release(self, appointment_ids: Iterable[MedComId] | None = None) -> int:
        """Try refused steps again in the next run, whether they wait or are parked.

        Args:
            appointment_ids: the appointments; None for all of them.

        Returns:
            The number of released steps.
        """
        return release(self.register, appointment_ids)


@frozen
class Publisher(_Base):
    """Keeps the registry in line with the bookings, run by run.

    Several processes may share one register. With ``cryptography`` installed (the extra
    ``publisher``) the register keeps the data for later deprecations, encrypted with the key;
    without it the registry is queried before each deprecation.

    Args:
        register: the register of what was published, such as a :class:`SqliteRegister`.
        post: sends a message and returns the answer; see :data:`Post`.
        key: 16 to 64 secret bytes, always the same, kept apart from the register.
        producer: the producer of bookings that do not state one.
        header: is called for each message, and returns a :class:`apd.xds.SoapHeader` or the
            security headers as XML. If it raises, nothing can be sent now.
        clock: returns the current time, with a time zone.
        brake: the limits above which a plan must be confirmed; None for none.
        retry: when refused messages are sent again.
        lease: how long a message may be under way: longer than ``post`` waits, and longer than
            the registry may take to process a message.
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
        """One run: settle earlier attempts, plan, and carry out the plan.

        Call it every few minutes, as a new or changed appointment must be published within 15
        (rule #2). One booking cannot stop another: a failure to send it is an outcome.

        Args:
            bookings: **all** current bookings, as for :func:`apd.publication.plan`; a generator is
                read once. See :func:`apd.publication.read_bookings` for your own records.
            now: the time, with a time zone, taken before the bookings were read; None for the
                time of the call.
            confirmed: the number of deprecations that is confirmed, whatever the brake.

        Returns:
            The outcome of each step.

        Raises:
            InvalidValue: two bookings share an appointment id.
            RegisterError: the register cannot be used.
            WrongKeyError: it was made with another key.
            TypeError: ``post`` or ``header`` returned another type.
        """
        return posted(self._core.run(bookings, now, confirmed), self.post)

    def settle(self) -> tuple[Outcome, ...]:
        """Query the registry for the outcomes of attempts without an answer.

        Returns:
            The outcome of each.
        """
        return posted(self._core.settle(), self.post)


@frozen
class AsyncPublisher(_Base):
    """The same for asyncio and similar libraries; only ``post`` is awaited.

    Reading bookings, planning and the register block: with very many bookings, run it in a separate
    thread.

    Args:
        register: the register of what was published.
        post: a coroutine function that sends a message and returns the answer; see :data:`Post`.
        key: 16 to 64 secret bytes.
        producer: the producer of bookings that do not state one.
        header: is called for each message.
        clock: returns the current time, with a time zone.
        brake: the limits above which a plan must be confirmed.
        retry: when refused messages are sent again.
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
    """The result of a conversation over a function; an exception counts as no answer."""

    def answer(message: Message) -> Reply:
        try:
            answered = post(message)
        except Exception as error:
            raise NoReplyError(type(error).__name__) from None
        return as_reply(answered)

    return result_of(conversation, answer)


async def awaited(conversation: Conversation[T], post: AsyncPost) -> T:
    """The result of a conversation over a coroutine function."""
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
