"""Remembers what the last calls of a function gave, but nothing of what is long.

The documents of one house say the same again and again: its organisations, a few times. A process
that kept what is long would hold the last few hundred documents of strangers. Nothing personal to a
patient may be remembered.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import TypeVar

from apd.limits import MAX_REMEMBERED
from apd.locks import shared_lock

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

remembered = lru_cache(maxsize=256)
"""For a function that is given nothing long."""


def made_once(maxsize: int) -> Callable[[Callable[[K], T]], Callable[[K], T]]:
    """For what takes long to make: threads that need it at the same time wait for the first.

    Args:
        maxsize: so many are kept.
    """

    def once(make: Callable[[K], T]) -> Callable[[K], T]:
        recall, lock = lru_cache(maxsize)(make), shared_lock()

        @wraps(make)
        def wait(of: K) -> T:
            with lock:
                return recall(of)

        return wait

    return once


def remembered_if_short(of_texts: Callable[..., T]) -> Callable[..., T]:
    """For a function of texts, which may be long."""
    recall = remembered(of_texts)

    @wraps(of_texts)
    def give(*texts: str) -> T:
        is_short = sum(map(len, texts)) <= MAX_REMEMBERED
        return recall(*texts) if is_short else of_texts(*texts)

    return give


def remembered_if_written_short(write: Callable[..., str]) -> Callable[..., str]:
    """For a writer; after what is long, all is forgotten."""
    recall = remembered(write)

    @wraps(write)
    def give(*stated: object) -> str:
        written = recall(*stated)
        if len(written) > MAX_REMEMBERED:
            recall.cache_clear()
        return written

    return give
