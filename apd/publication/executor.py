"""Carrying a plan out over what the vendor sends with, and settling what was left unanswered.

Nothing here opens a connection or looks at a clock: sending, asking and the time are handed in.
Each function acts when it is called, and returns what came of it. Those named ``…_each`` stream
instead: each message is sent when the next outcome is asked for, so whoever goes through the
outcomes may stop at any of them, for instance when the registry is down.

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
    driven,
)
from apd.publication.plan import Leave, Outcome, Sent, Step
from apd.publication.planning import plan
from apd.publication.register import PublisherRegister, Register

Send = Callable[[Sent], Answer | Acknowledgement]
"""Sends a step and waits for the answer. It must give up well before the lease is over. An
``OSError``, to which ``TimeoutError`` and ``ConnectionError`` belong, counts as unanswered.
Anything else that it raises ends the run, and the next one at the same step: what a single
document can cause is to be caught, and answered with ``REFUSED`` if nothing was sent."""
LookUp = Callable[[MedComId], Found | None]
"""Asks the registry for a document by its uniqueId (ITI-18, GetDocuments); None where it has no
such document. An ``OSError`` means that it cannot be asked now."""


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
    """One run: settle what was left unanswered, plan, and carry the plan out.

    To be called every few minutes: with a run every four, what fails twice in a row is still
    accepted within 15 minutes. Two processes may do so at the same time over one register.
    :class:`apd.publication.Publisher` does the same and more: it makes the messages, waits before
    it repeats what was refused, and stops before it takes down too much.

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

    Returns:
        What became of each attempt and of each step that sends something.

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
    """The same as :func:`synchronize` as a stream: nothing is sent before it is iterated.

    It takes what :func:`synchronize` takes.

    Yields:
        What became of each attempt and of each step that sends something.
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

    Returns:
        What became of each step but those that leave something.
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
    """The same as :func:`carry_out` as a stream: a step is sent when its outcome is asked for.

    It takes what :func:`carry_out` takes.

    Yields:
        What became of each step but those that leave something.
    """
    execution = Execution(register, clock, lease)
    for step in steps:
        if not isinstance(step, Leave):
            yield _driven(execution.send(step), send, look_up)


def settle(register: Register, *, look_up: LookUp, clock: Clock) -> tuple[Outcome, ...]:
    """Ask the registry what became of the attempts that were left unanswered.

    Args:
        register: the register.
        look_up: asks the registry for a document.
        clock: gives the time. Attempts that have not expired by then are left alone.

    Returns:
        What became of each.
    """
    return tuple(settle_each(register, look_up=look_up, clock=clock))


def settle_each(register: Register, *, look_up: LookUp, clock: Clock) -> Iterator[Outcome]:
    """The same as :func:`settle` as a stream: the registry is asked when it is iterated.

    It takes what :func:`settle` takes.

    Yields:
        What became of each.
    """
    execution = Execution(register, clock, LEASE)
    for entry in register.expired(clock()):
        if entry.attempt is not None:
            yield _driven(
                execution.settle(entry.appointment_id, entry.attempt), _nothing_is_sent, look_up
            )


def _driven(exchange: Exchange, send: Send, look_up: LookUp) -> Outcome:
    """The outcome of an exchange over two functions."""

    def answer(request: Sent | MedComId) -> Acknowledgement | Found | None:
        if isinstance(request, MedComId):
            return _found(look_up(request))
        return _acknowledged(send(request))

    return driven(exchange, answer)


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
