"""Texts as iCalendar writes them."""

import re
from collections.abc import Callable

from icalendar import Component, vText

Hide = Callable[[str], str]
"""Hides in a text what is not to be shown, such as CPR numbers."""

_TO_BE_ESCAPED = re.compile(r"[\\;,]")
_END_OF_LINE = re.compile(r"\r\n|\r|\n")
# Control characters, line separators, embedded changes of direction, and halves of characters.
# Some readers take a line separator for the end of a line, and what follows for a property.
_NOT_TO_BE_WRITTEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*").fullmatch


def as_it_is(text: str) -> str:
    """Hides nothing."""
    return text


class _Text(vText):
    """A text to the letter. The library's own takes a backslash before an N for a line break."""

    def to_ical(self) -> bytes:
        escaped = _TO_BE_ESCAPED.sub(r"\\\g<0>", self)
        return _END_OF_LINE.sub(r"\\n", escaped).encode()


def add_text(to: Component, name: str, text: str, hide: Hide, language: str | None = None) -> None:
    """Adds a text that may hold any character; an empty one is left out.

    Args:
        to: the component.
        name: name of the property.
        text: the text; a character that would be obeyed and not seen becomes a visible mark (�).
        hide: is applied to it.
        language: its language, if it is known; told where it has the form of one.
    """
    if not text:
        return
    parameters = {"LANGUAGE": language} if language and _LANGUAGE(language) else {}
    to.add(name, _Text(_NOT_TO_BE_WRITTEN.sub("\ufffd", hide(text))), parameters)
