"""Standard output and standard error.

Everything that is printed passes through here: control characters are replaced, characters that
the output cannot show are escaped, and a closed pipe is distinguished from a full disk.
"""

import codecs
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from apd.cli.help import QUIET
from apd.text.characters import json_text, on_a_line

_SPELLED = {
    "æ": "ae",
    "ø": "oe",
    "å": "aa",
    "Æ": "Ae",
    "Ø": "Oe",
    "Å": "Aa",
    "–": "-",
    "’": "'",
    "“": '"',
    "”": '"',
    "→": "->",
}


class OutputClosedError(Exception):
    """The reader of the output is gone, as ``head`` is after its lines."""


class OutputFailedError(Exception):
    """The output cannot be written, for example because the disk is full."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error.strerror)
        self.error = error


def prepare() -> None:
    """Make every character printable, whatever the encoding."""
    codecs.register_error("apd-spelled", _spell)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="apd-spelled")


def _spell(error: UnicodeError) -> tuple[str, int]:
    """An error handler of :mod:`codecs`: escape in ASCII what cannot be encoded."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    return "".join(map(_spelled, characters)), error.end


def _spelled(character: str) -> str:
    if character in _SPELLED:
        return _SPELLED[character]
    plain = unicodedata.normalize("NFKD", character)
    return "".join(c for c in plain if c.isascii()) or "?"


def printable(text: str) -> str:
    """A text in characters that standard output takes; only now has it its length."""
    encoding = sys.stdout.encoding or "ascii"
    return on_a_line(text).encode(encoding, "apd-spelled").decode(encoding)


def is_utf8() -> bool:
    """True when standard output takes every character."""
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf8")


def json_line(data: Any) -> str:
    """Data as a line of JSON in characters that standard output takes."""
    return f"{json_text(data, ascii_only=not is_utf8())}\n"


def write(text: str) -> None:
    """Write lines to standard output."""
    with _failures_distinguished():
        sys.stdout.write(text)


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output as they are, whatever its encoding."""
    flush()
    with _failures_distinguished():
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def flush() -> None:
    """Flush the output."""
    with _failures_distinguished():
        sys.stdout.flush()


def is_quiet() -> bool:
    """True if only errors and the result are to be written."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(QUIET))


def note(line: str) -> None:
    """Write a line to standard error that is not an error, unless ``--quiet`` is given."""
    if not is_quiet():
        write_error(line)


def write_error(line: str) -> None:
    """Write one line to standard error."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{on_a_line(line)}\n")
        sys.stderr.flush()
    except OSError:
        _give_up(sys.stderr)


@contextmanager
def _failures_distinguished() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        _give_up(sys.stdout)
        raise OutputClosedError from None
    except OSError as error:
        _give_up(sys.stdout)
        raise OutputFailedError(error) from None


def _give_up(stream: object) -> None:
    """Redirect a stream to the null device, so that Python's last flush does not fail as well."""
    if isinstance(stream, io.TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
