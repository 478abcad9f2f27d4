"""Content lines of iCalendar: escaped values and folded lines, safe for untrusted text.

Source: RFC 5545, §3.1 (content lines), §3.3.11 (text).
"""

import datetime
from collections.abc import Iterable, Iterator

from apd.text.characters import is_language_tag, visible
from apd.wording import Hide

_ESCAPES = (  # in this order, as they are cheaper one by one than a pattern of all of them
    ("\\", "\\\\"),
    (";", "\\;"),
    (",", "\\,"),
    ("\r\n", "\\n"),
    ("\r", "\\n"),
    ("\n", "\\n"),
)
_BYTE_ORDER_MARK = "\ufeff"
"""The BOM, which is removed inside a text."""
_OCTETS = 75
"""The maximum length of a line in bytes, without its end."""


def escaped(text: str) -> str:
    """A value of the type TEXT; control characters become �.

    Some readers treat a line separator as the end of a line, and what follows as a property.
    """
    text = visible(text).replace(_BYTE_ORDER_MARK, "\ufffd")
    for character, written in _ESCAPES:
        text = text.replace(character, written)
    return text


def text_lines(name: str, text: str, hide: Hide, language: str | None = None) -> Iterator[str]:
    """The line of a text with any characters; none for an empty text.

    ``hide`` is applied to it; the language is written if it is well-formed.
    """
    if text:
        parameter = f";LANGUAGE={language}" if language and is_language_tag(language) else ""
        yield f"{name}{parameter}:{escaped(hide(text))}"


def local(moment: datetime.datetime) -> str:
    """A moment in its own local time."""
    year = f"{moment.year:04}"  # which strftime does not write everywhere with four digits
    return f"{year}{moment:%m%dT%H%M%S}"


def utc(moment: datetime.datetime) -> str:
    """A moment in UTC."""
    return f"{local(moment.astimezone(datetime.UTC))}Z"


def component(name: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines of a component, with its begin and end."""
    yield f"BEGIN:{name}"
    yield from lines
    yield f"END:{name}"


def folded(lines: Iterable[str]) -> bytes:
    """Lines in UTF-8, with line ends, folded between characters."""
    return b"".join(map(_folded, lines))


def _folded(line: str) -> bytes:
    data = line.encode()
    if len(data) <= _OCTETS:
        return data + b"\r\n"
    pieces, start, room = [], 0, _OCTETS
    while start < len(data):
        end = start + room
        while end < len(data) and data[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        pieces.append(data[start:end])
        start, room = end, _OCTETS - 1  # for the blank before what is folded
    return b"\r\n ".join(pieces) + b"\r\n"
