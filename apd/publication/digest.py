"""A digest of the content of a booking's document, to detect changes.

The register keeps digests and no content. An appointment has few facts, and many of them can be
guessed: with plain digests, times and places could be tried for a known person until one matches.
The digest is therefore keyed, and the key must be kept apart from the register.

Equal content has the same digest in every process and every version of Python. A field without a
value (None, False, empty) is left out, so that a new field of the model does not change the digests
of appointments that do not use it.
"""

import datetime
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any

import attrs

from apd.keyed import KeyedDigest
from apd.model.appointment import RECURRING
from apd.publication.booking import Booking

_STANDING = "standing"
_PURPOSE = b"dk-apd content 1"
_CHECK = b"dk-apd key 1"

_REMEMBERED = 1024

Form = Callable[[Any], str]


def check_of(key: bytes) -> bytes:
    """The check value of a key: a register recognises its key by it, and it reveals nothing.

    :class:`InvalidValue` if the key is not 16 to 64 bytes.
    """
    return KeyedDigest(key, _CHECK)(b"")


class Digester:
    """Makes digests of bookings with one key.

    Args:
        key: 16 to 64 secret bytes, the same ones every time. With another key everything looks
            changed, and is replaced once.

    Raises:
        InvalidValue: the key is too short or too long.
    """

    def __init__(self, key: bytes) -> None:
        self._keyed = KeyedDigest(key, _PURPOSE)
        self._forms = _Forms()

    def __call__(self, booking: Booking) -> bytes:
        """The digest of the document of a booking, without its id and its time.

        It includes whether the appointment is standing, which no document states.
        """
        content: tuple[Any, ...] = (booking.appointment, booking.custodian, booking.confidentiality)
        return self._digest((*content, _STANDING) if booking.standing else content)

    def patient(self, booking: Booking) -> bytes:
        """The digest of the patient of a booking; it does not link the bookings of a patient."""
        return self._digest((booking.id, booking.appointment.patient.id))

    def _digest(self, content: tuple[Any, ...]) -> bytes:
        return self._keyed(self._forms.of(content).encode())


def _text(value: str) -> str:
    """A text after its length, so that it cannot be confused with two texts or with a field."""
    return f"{len(value)}:{value}"


class _Forms(dict[type, Form]):
    """For each type, the function that writes its values in a canonical form."""

    def __init__(self) -> None:
        super().__init__(
            {
                str: _text,
                bool: str,
                tuple: self._items,
                datetime.datetime: datetime.datetime.isoformat,
                datetime.date: datetime.date.isoformat,
            }
        )

    def __missing__(self, kind: type) -> Form:
        self[kind] = form = str if issubclass(kind, StrEnum) else self._fields(kind)
        return form

    def of(self, value: Any) -> str:
        return self[type(value)](value)

    def _items(self, values: tuple[Any, ...]) -> str:
        return f"[{' '.join([self[type(value)](value) for value in values])}]"

    def _fields(self, kind: type) -> Form:
        """For a class of the model: its name, and every field with a value."""
        names = [attribute.name for attribute in attrs.fields(kind)]
        # the class comes last, for attrgetter gives a tuple for two names and more; zip drops it
        get, keys = attrgetter(*names, "__class__"), [f"{name}=" for name in names]
        begins = f"({kind.__name__}"

        def form(value: Any) -> str:
            content = [begins]
            for key, part in zip(keys, get(value), strict=False):
                if type(part) is str and part:  # by far the most common
                    content.append(f"{key}{len(part)}:{part}")
                elif part:
                    content.append(key + self[type(part)](part))
            return f"{' '.join(content)})"

        return lru_cache(_REMEMBERED)(form) if kind in RECURRING else form
