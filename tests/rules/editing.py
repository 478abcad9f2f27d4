"""A valid document in which everything stands that can, and small edits of it."""

import re
from functools import cache

from stdnum import verhoeff

import apd
from apd.testing.defects import editing
from tests import samples


@cache
def valid() -> bytes:
    """A document in which everything stands that can, and that breaks no rule at all."""
    return with_check_digits(apd.dumps(samples.full_document()))


@cache
def valid_document() -> apd.AppointmentDocument:
    """The same, as it is read."""
    return apd.loads(valid())


def with_check_digits(data: bytes) -> bytes:
    """The document with SOR codes that have the right check digit."""
    return re.sub(
        rb'(?<=SOR" extension=")[0-9]{5}',
        _with_check_digit,
        re.sub(rb'(?<=SOR" extension=")([0-9]{5})[0-9]+', rb"\1", data),
    )


def _with_check_digit(match: "re.Match[bytes]") -> bytes:
    stem = match[0].decode() + "1000016" + "00"
    return f"{stem}{verhoeff.calc_check_digit(stem)}".encode()


def edited(edits: str, document: bytes | None = None) -> bytes:
    """The valid document, or another one, after some edits.

    They are those of :mod:`apd.testing.defects.editing`, and one more::

        replace TEXT => TEXT         replace a text everywhere, in the document as written
    """
    data = valid() if document is None else document
    for edit in edits.split(" && "):
        command, _, rest = edit.strip().partition(" ")
        if command == "replace":
            old, _, new = rest.partition(" => ")
            assert old.encode() in data, old
            data = data.replace(old.encode(), new.encode())
        else:
            data = editing.edited(edit, data)
    return data
