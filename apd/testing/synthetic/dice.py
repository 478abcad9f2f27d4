"""Pseudo-random choices that are the same on every machine and in every version of Python."""

import hashlib
import random
import uuid
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_BITS = 32


class Dice:
    """Pseudo-random choices that depend on a key of numbers and words.

    Only ``random()`` of a generator seeded with a number, as Python promises not to change that
    alone.
    """

    def __init__(self, *key: object) -> None:
        digest = hashlib.blake2b(repr(key).encode(), digest_size=16).digest()
        self._random = random.Random(int.from_bytes(digest, "big")).random

    def below(self, number: int) -> int:
        """A whole number from 0 to below the given one."""
        return int(self._random() * number)

    def between(self, least: int, most: int) -> int:
        """A whole number in a range, both ends included."""
        return least + self.below(most - least + 1)

    def one_of(self, items: Sequence[T]) -> T:
        """One of several items."""
        return items[self.below(len(items))]

    def happens(self, percent: int) -> bool:
        """True with a probability of ``percent`` in a hundred."""
        return self.below(100) < percent

    def uuid(self) -> uuid.UUID:
        """A UUID in the form of a random one (version 4)."""
        number = 0
        for _ in range(128 // _BITS):
            number = (number << _BITS) | self.below(1 << _BITS)
        return uuid.UUID(int=number, version=4)
