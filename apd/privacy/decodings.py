"""The ways in which bytes can be read as text, so that nothing hides in how it is written."""

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from apd.privacy.address_terms import clean

_declared = re.compile(rb"""\A<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._\-]+)""").search
_tag = re.compile("<[^<>]*>")
_JSON_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")
_FOLD = re.compile("\r?\n[ \t]|%0D%0A%20")  # the second within a link
_ESCAPED_LETTER = re.compile(r"\\[nrtN]")


def readings(data: bytes | str) -> Iterator[str]:
    """Every way in which a document, a page, a calendar or JSON can be read, each cleaned.

    As it stands, with the values of attributes; with every tag taken for a blank; and with the
    lines of a calendar unfolded. Entities, JSON's escapes and URIs are spelled out in each.
    """
    text = decoded(data) if isinstance(data, bytes) else data
    for reading in dict.fromkeys((text, _tag.sub(_blank, text), _FOLD.sub("", text))):
        yield clean(_spelled_out(reading))


def decoded(data: bytes) -> str:
    """Bytes as text: by their mark, by what an XML declaration says, as UTF-8 or as Latin-1."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    found = _declared(data)
    stated = found[1].decode() if found else "utf-8"
    for encoding in (stated, "utf-8"):
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1")


def _blank(tag: re.Match[str]) -> str:
    return " " + "\n" * tag[0].count("\n")


def _spelled_out(text: str) -> str:
    text = _JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    text = unquote(html.unescape(_ESCAPED_LETTER.sub(" ", text)))
    return _ESCAPED_LETTER.sub(" ", text)  # those of a calendar within a link
