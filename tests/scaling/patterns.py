"""Regular expressions of the library, and texts that make them look at the same letters again."""

import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import Any, NamedTuple

from tests.places import modules

_UNITS = 2
_SEPARATE = ("", "\0", ">", "=", "!")
"""What may stand behind, so that what began does not fit in the end."""
_LETTERS = re.compile(r"\\.|[^\\()\[\]{}?*+|^$]")
_STAND_FOR = {"\\s": " ", "\\d": "0", "\\w": "a", "\\S": "a", "\\W": "-", "\\D": "a", "\\n": "\n"}


class Used(NamedTuple):
    """A regular expression and how it is used: a search of a whole text unless it is held so."""

    pattern: "re.Pattern[Any]"
    use: Callable[[Any], object]


def patterns() -> dict[str, Used]:
    """Every regular expression that a module of the library holds, by its place."""
    found: dict[str, Used] = {}
    for module in modules():
        if ".testing" in module.__name__:
            continue
        for name, value in vars(module).items():
            for number, used in enumerate(_held(value)):
                found[f"{module.__name__}.{name}" + (f"[{number}]" if number else "")] = used
    return found


def _held(value: object) -> Iterator[Used]:
    owner = getattr(value, "__self__", value)
    if isinstance(owner, re.Pattern):
        yield Used(owner, owner.findall if value is owner else value)  # type: ignore[arg-type]
    elif isinstance(value, dict):
        for one in value.values():
            yield from _held(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _held(one)


def units(pattern: "re.Pattern[Any]") -> list[str]:
    """Short texts of the letters that a regular expression speaks of."""
    source = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    letters = {_STAND_FOR.get(one, one[-1]) for one in _LETTERS.findall(source)}
    usual = sorted(letters | {" ", "a", "0"})[:24]
    return ["".join(some) for size in range(1, _UNITS + 1) for some in product(usual, repeat=size)]


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def slow_texts(used: Used, size: int) -> Iterator[str]:
    """The texts that take ten times as long, and more, where they are four times as long."""
    pattern, use = used
    is_text = isinstance(pattern.pattern, str)
    begin = re.sub(r"\\.|[\\()\[\]{}?*+|^$].*", "", str(pattern.pattern))[:1]
    for unit, before, behind in product(units(pattern), {"", begin, "<a"}, _SEPARATE):
        texts = [before + unit * (n // len(unit)) + behind for n in (size, 4 * size)]
        given = texts if is_text else [text.encode("latin-1", "replace") for text in texts]
        short, long = (partial(use, one) for one in given)
        taken = seconds(short)
        if taken > size * 1e-6 and all(seconds(long) > 10 * taken for _ in range(2)):
            yield f"{before!r} + {unit!r} * n + {behind!r}"
