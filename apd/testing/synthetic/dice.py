"""Choices that come out the same on every machine and in every version of Python."""

import hashlib
import random
import uuid
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_BITS = 32


class Dice:
    """Chance, as a key decides it: the same key, the same throws.

    Only ``random()`` of a generator that was seeded with a number is used: that is all Python
    promises not to change.

    Args:
        key: what the throws are for; numbers and words.
    """

    def __init__(self, *key: object) -> None:
        digest = hashlib.blake2b(repr(key).encode(), digest_size=16).digest()
        self._random = random.Random(int.from_bytes(digest, "big")).random

    def below(self, number: int) -> int:
        """A whole number from 0, below that one."""
        return int(self._random() * number)

    def between(self, least: int, most: int) -> int:
        """A whole number from the one to the other, both included."""
        return least + self.below(most - least + 1)

    def one_of(self, items: Sequence[T]) -> T:
        """One of several things."""
        return items[self.below(len(items))]

    def happens(self, percent: int) -> bool:
        """True in ``percent`` of a hundred cases."""
        return self.below(100) < percent

    def uuid(self) -> uuid.UUID:
        """A UUID, as random ones look."""
        number = 0
        for _ in range(128 // _BITS):
            number = (number << _BITS) | self.below(1 << _BITS)
        return uuid.UUID(int=number, version=4)
