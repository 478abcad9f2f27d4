"""Keyed digests: how what is personal can be compared without being kept.

A CPR number, or a time and a place of a known person, can be found from a plain digest by trying:
there are not many of them. So every digest of something personal is keyed, and the key is kept
where the digests are not.
"""

import hashlib

from apd.errors import InvalidValue
from apd.wording import Wording

DIGEST_SIZE = 16
"""Of a digest, in bytes."""

_KEY_SIZES = range(16, hashlib.blake2b.MAX_KEY_SIZE + 1)


class KeyedDigest:
    """Makes digests (BLAKE2b) with one key of 16 to 64 secret bytes, for one purpose.

    Digests of one value for two purposes, of at most 16 bytes, have nothing in common. Another key
    is an :class:`InvalidValue`.
    """

    def __init__(self, key: bytes, purpose: bytes) -> None:
        if not isinstance(key, bytes) or len(key) not in _KEY_SIZES:
            raise InvalidValue(
                "key",
                Wording("er ikke en nøgle", "is not a key"),
                Wording("angiv 16 til 64 hemmelige bytes", "specify 16 to 64 secret bytes"),
            )
        self._keyed = hashlib.blake2b(digest_size=DIGEST_SIZE, key=key, person=purpose)

    def __call__(self, value: bytes) -> bytes:
        """The digest of a value."""
        keyed = self._keyed.copy()
        keyed.update(value)
        return keyed.digest()
