"""Characters that would be obeyed and not seen, and how a text and JSON are shown without them.

They are control characters, line separators, embedded changes of direction, halves of characters,
and what is no character. Marks that scripts such as Arabic need for themselves stay.
"""

import os
import re
from typing import Any

_OBEYED = "\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
_in_lines = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f{_OBEYED}]")
_on_a_line = re.compile(f"[\x00-\x1f{_OBEYED}]")
_in_json = re.compile(f"[{_OBEYED}]")  # json escapes the others
_MARK = "\ufffd"

is_language_tag = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*").fullmatch
"""What has the form of a language: ``da-DK`` (RFC 5646)."""


def visible(text: str) -> str:
    """A text in which each such character is a visible mark (�); tabs and line ends stay."""
    return text if text.isprintable() else _in_lines.sub(_MARK, text)


def on_a_line(text: str) -> str:
    """As :func:`visible`, without tabs and line ends, so that it stays on its line."""
    return text if text.isprintable() else _on_a_line.sub(_MARK, text)


def name_on_a_line(name: str) -> str:
    r"""The name of a file with each such character, and each stray byte, as its bytes: ``\x0a``.

    Where a backslash may be part of a name it is written twice, so that no two names are the same.
    """
    if os.sep != "\\" and "\\" in name:
        name = name.replace("\\", r"\\")
    return name if name.isprintable() else _on_a_line.sub(_as_bytes, name)


def exact_name(shown: str) -> str:
    """The name of a file from what :func:`name_on_a_line` makes of it, with its stray bytes."""
    if "\\" not in shown or os.sep == "\\":
        return shown
    return _escape.sub(_as_byte, shown.encode(errors="replace")).decode(errors=_STRAY)


_STRAY = "surrogateescape"
_escape = re.compile(rb"\\(?:x([0-9a-f]{2})|(\\))")


def _as_bytes(found: re.Match[str]) -> str:
    is_stray = "\udc80" <= found[0] <= "\udcff"
    data = found[0].encode(errors=_STRAY if is_stray else "surrogatepass")
    return "".join(rf"\x{byte:02x}" for byte in data)


def _as_byte(found: re.Match[bytes]) -> bytes:
    return found[2] or bytes.fromhex(found[1].decode())


def printable(text: str) -> str:
    """A text in which everything but line ends that is not printable is a visible mark (�)."""
    return "".join(c if c.isprintable() or c == "\n" else _MARK for c in text)


def json_text(data: Any, *, ascii_only: bool, indent: int | None = None) -> str:
    """Data as JSON that can be shown on any terminal, as such characters are escaped.

    ``ascii_only`` escapes all others, too; without ``indent`` it is one line.
    """
    import json  # on first use: completion on the command line needs none

    text = json.dumps(data, ensure_ascii=ascii_only, indent=indent)
    return _in_json.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
