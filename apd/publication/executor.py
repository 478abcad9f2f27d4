"""Carries out a plan with the vendor's functions, and settles attempts without an answer.

Nothing here opens a connection or reads a clock: functions to send, to query and to get the time
are arguments. Each function acts when it is called, and returns the outcomes. Those named
``…_each`` are generators: a message is sent when the next outcome is requested, so that the caller
can stop at any of them, for example when the registry is down.

::

    for outcome in synchronize(bookings, register, now, send=send, look_up=look_up,
                               clock=clock, key=key):
        log.info("%s %s", outcome.kind, outcome.result)
"""

import datetime
from collections.abc import Callable, Iterable, Iterator

from apd.model.identifiers import MedComId
from apd.publication.booking import Booking, Unreadable
from apd.publication.digest import check_of
from apd.publication.entry import (
    Found,
)
from apd.publication.exchanges import (
    LEASE,
    Acknowledgement,
    Answer,
    Clock,
    Exchange,
    Execution,
    result_of,
)
from apd.publication.plan import Leave, Outcome, Sent, Step
from apd.publication.planning import plan
from apd.publication.register import PublisherRegister, Register

Send = Callable[[Sent], Answer | Acknowledgement]
"""Sends a step and waits for the answer. It must time out well before the lease ends. An
``OSError``, which includes ``TimeoutError`` and ``ConnectionError``, counts as unanswered. Any
other exception ends the run, and the next one at the same step: catch errors that a single document
can cause, and return ``REFUSED`` if nothing was sent."""
LookUp = Callable[[MedComId], Found | None]
"""Queries the registry for a document by its uniqueId (ITI-18, GetDocuments); None if it has no
such document. An ``OSError`` means that it cannot be queried now."""


def synchronize(
    bookings: Iterable[Booking | Unreadable],
    register: Register,
    now: datetime.datetime,
    *,
    send: Send,
    look_up: LookUp,
    clock: Clock,
    key: bytes,
    lease: datetime.timedelta = LEASE,
) -> tuple[Outcome, ...]:
    """One run: settle earlier attempts, plan, and carry out the plan.

    Call it every few minutes: with a run every four minutes, a message that fails twice in a row is
    still accepted within 15 minutes. Two processes may run at the same time with one register.
    :class:`apd.publication.Publisher` does the same and more: it makes the messages, waits before
    it repeats refused ones, and stops before it deprecates too much.

    Args:
        bookings: all current bookings; see :func:`apd.publication.plan`.
        register: the register of what was published.
        now: the time before the bookings were read, with a time zone.
        send: sends a step.
        look_up: queries the registry for a document.
        clock: returns the current time.
        key: the secret of the register's digests.
        lease: how long a message may be under way: longer than ``send`` waits, and longer than
            the registry may take to process a message.

    Returns:
        The outcome of each attempt and of each step that sends a message.

    Raises:
        InvalidValue: as :func:`apd.publication.plan`.
        TypeError: ``send`` or ``look_up`` returned something else than it should.
    """
    return tuple(
        synchronize_each(
            *(bookings, register, now),
            send=send,
            look_up=look_up,
            clock=clock,
            key=key,
            lease=lease,
        )
    )


def synchronize_each(
    bookings: Iterable[Booking | Unreadable],
    register: Register,
    now: datetime.datetime,
    *,
    send: Send,
    look_up: LookUp,
    clock: Clock,
    key: bytes,
    lease: datetime.timedelta = LEASE,
) -> Iterator[Outcome]:
    """The same as :func:`synchronize`, as a generator: nothing is sent before it is iterated.

    The arguments are those of :func:`synchronize`.

    Yields:
        The outcome of each attempt and of each step that sends a message.
    """
    yield from settle_each(register, look_up=look_up, clock=clock)
    steps = plan(bookings, register, now, key=key)
    if isinstance(register, PublisherRegister):
        register.remember_key(check_of(key))
    yield from carry_out_each(steps, register, send=send, look_up=look_up, clock=clock, lease=lease)


def carry_out(
    steps: Iterable[Step],
    register: Register,
    *,
    send: Send,
    look_up: LookUp,
    clock: Clock,
    lease: datetime.timedelta = LEASE,
) -> tuple[Outcome, ...]:
    """Send the steps of a plan, one after the other.

    Any exception but an ``OSError`` while sending is passed on, and leaves the attempt to be
    settled, as a crash does.

    Args:
        steps: the plan, or a part of it.
        register: the register that it was planned from.
        send: sends a step.
        look_up: queries the registry for a document.
        clock: returns the current time.
        lease: how long a message may be under way; see :func:`synchronize`.

    Returns:
        The outcome of each step, except those that leave an appointment unchanged.
    """
    return tuple(
        carry_out_each(steps, register, send=send, look_up=look_up, clock=clock, lease=lease)
    )


def carry_out_each(
    steps: Iterable[Step],
    register: Register,
    *,
    send: Send,
    look_up: LookUp,
    clock: Clock,
    lease: datetime.timedelta = LEASE,
) -> Iterator[Outcome]:
    """The same as :func:`carry_out`, as a generator: a step is sent when its outcome is requested.

    The arguments are those of :func:`carry_out`.

    Yields:
        The outcome of each step, except those that leave an appointment unchanged.
    """
    execution = Execution(register, clock, lease)
    for step in steps:
        if not isinstance(step, Leave):
            yield _result_of(execution.send(step), send, look_up)


def settle(register: Register, *, look_up: LookUp, clock: Clock) -> tuple[Outcome, ...]:
    """Query the registry for the outcomes of attempts without an answer.

    Args:
        register: the register.
        look_up: queries the registry for a document.
        clock: returns the current time. Attempts that have not expired are left alone.

    Returns:
        The outcome of each.
    """
    return tuple(settle_each(register, look_up=look_up, clock=clock))


def settle_each(register: Register, *, look_up: LookUp, clock: Clock) -> Iterator[Outcome]:
    """The same as :func:`settle`, as a generator: the registry is queried when it is iterated.

    The arguments are those of :func:`settle`.

    Yields:
        The outcome of each.
    """
    execution = Execution(register, clock, LEASE)
    for entry in register.expired(clock()):
        if entry.attempt is not None:
            yield _result_of(
                execution.settle(entry.appointment_id, entry.attempt), _nothing_is_sent, look_up
            )


def _result_of(exchange: Exchange, send: Send, look_up: LookUp) -> Outcome:
    """The outcome of an exchange over two functions."""

    def answer(request: Sent | MedComId) -> Acknowledgement | Found | None:
        if isinstance(request, MedComId):
            return _found(look_up(request))
        return _acknowledged(send(request))

    return result_of(exchange, answer)


def _acknowledged(answer: object) -> Acknowledgement:
    if isinstance(answer, Acknowledgement):
        return answer
    if isinstance(answer, Answer):
        return Acknowledgement(answer)
    raise TypeError(f"send must return an Answer, not {type(answer).__name__}")


def _found(found: object) -> Found | None:
    if found is None or isinstance(found, Found):
        return found
    raise TypeError(f"look_up must return Found or None, not {type(found).__name__}")


def _nothing_is_sent(_: Sent) -> Answer:
    raise AssertionError("settling sends nothing")
