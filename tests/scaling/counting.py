"""How much a function does, counted rather than timed, and how that grows with its input."""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import get_ident
from types import FrameType
from typing import Any

Work = Callable[[], object]

_LINEAR = 2.0
_MOST = 2.6
"""Between linear growth, which gives 2, and quadratic, which gives 4; a logarithm adds a little."""
_NOISE = 0.03
"""What may grow from nothing: a share of what the smallest input takes."""


def operations(work: Work) -> int:
    """How many instructions of Python are carried out; what C does in one of them counts as one."""
    with _without_collection():
        return _monitored(work) if sys.version_info >= (3, 12) else _traced(work)


@contextmanager
def _without_collection() -> Iterator[None]:
    """What others do whenever garbage is collected depends on what ran before."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _monitored(work: Work) -> int:
    """By events of instructions; tracing misses some where frames are made anew."""
    count, own = 0, get_ident()

    def each(*_: object) -> None:
        nonlocal count
        count += get_ident() == own  # all threads are monitored, also those of the test run

    monitoring = sys.monitoring
    tool, instruction = monitoring.PROFILER_ID, monitoring.events.INSTRUCTION
    monitoring.use_tool_id(tool, "operations")
    monitoring.register_callback(tool, instruction, each)
    try:
        monitoring.set_events(tool, instruction)
        work()
    finally:
        monitoring.set_events(tool, monitoring.events.NO_EVENTS)
        monitoring.free_tool_id(tool)
    return count


def _traced(work: Work) -> int:
    """By tracing, which every interpreter has."""
    count = 0

    def each(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if event == "opcode":
            count += 1
        return each

    def called(frame: FrameType, _: str, __: Any) -> Any:
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        return each

    before = sys.gettrace()
    sys.settrace(called)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def growth(counts: Sequence[float]) -> float:
    """How the work grows with inputs of n, 2n and 4n: 2 where it does so as the input does.

    What is the same for all of them, such as the rest of the document, makes no difference.
    """
    first, second, third = counts
    return max(third - second, 0) / max(second - first, _NOISE * first, 1)


def is_in_proportion(counts: Sequence[float]) -> bool:
    """Whether work grows no faster than its input."""
    return growth(counts) <= _MOST


def is_at_most_doubled(less: float, more: float) -> bool:
    """Whether work on twice as many takes about twice as much, the rest of the document and all."""
    return more <= _MOST * less
