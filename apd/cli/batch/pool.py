"""Runs a function on many items in several processes, with the results in order."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

from apd.cli.language import failure
from apd.wording import Wording

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 4


def results(
    work: Callable[[T], R], things: Iterable[T], processes: int
) -> Generator[R, None, None]:
    """The result for each item; only a few are computed ahead of the consumer.

    With several processes ``work`` must be picklable.
    """
    if processes == 1:
        yield from map(work, things)
        return
    # started afresh: a copy of this process would share its threads and its open files
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, _begin)
    with _interrupts_ignored():  # and so by every process that begins here
        for _ in range(processes):
            pool.submit(_nothing)
    waiting: deque[Future[R]] = deque()
    try:
        for thing in things:
            waiting.append(pool.submit(work, thing))
            while waiting and (waiting[0].done() or len(waiting) > processes * _AHEAD):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise failure(
            Wording(
                "en proces blev afbrudt udefra; prøv færre --jobs",
                "a process was terminated from outside; try fewer --jobs",
            )
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _begin() -> None:
    """At the start of a process: ignore Ctrl-C, which the parent process handles."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _nothing() -> None:
    """A task that does nothing, to start a process."""
