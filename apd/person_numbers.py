"""CPR numbers in a text, found and hidden: ``251248-****``.

Whatever comes from outside may have one where nobody expects it: in a code, a name or an OID.
"""

import re
import unicodedata
from functools import cache

# 60 may have been added to the day of birth
_DAY = "(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
MONTH = "(?:0[1-9]|1[0-2])"
AFTER_ESCAPE = "(?<=%[0-9A-F]{2})"
"""In a link, what stands before a number may end with a digit."""
_DASH = r"[_\-\u00ad\u2010-\u2015\u2212\ufe63\uff0d]"
_UNSEEN = r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
_BLANK = r"[^\S\r\n]"
_SLASH = r"[/\uff0f\u2044\u2215]"
_DOT = r"[.\uff0e\u00b7]"
BETWEEN_DIGITS = rf"(?:\s|{_DOT}|{_SLASH}|{_DASH}|{_UNSEEN}|%[0-9A-F]{{2}})"
"""A character, or a byte in a link, that may stand between two digits of a known number."""
_BETWEEN = (
    rf"(?:{_DOT}|{_BLANK}?{_SLASH}{_BLANK}?"
    rf"|(?:{_DASH}|{_UNSEEN}|{_BLANK}|%[0-9A-F]{{2}}){{0,3}})"
)
"""What people and word processors put within a number: a dot, a slash, a blank or a hyphen of any
kind, what is not seen, and all that in a link; no line end, as on the next line a postal code may
stand."""
_IN_PAIRS = (
    rf"(?<![0-9][ ._/\-]){_DAY}(?P<mark>{_BLANK}|[._/\-]){MONTH}(?P=mark)[0-9]{{2}}"
    rf"(?= ?{_DASH}|(?P=mark)[0-9])"
)
"""A date in pairs of digits; with a dash or the same mark behind it, else four digits more are a
time of day. With digits and a mark before it, it is part of a telephone number."""
CPR_NUMBER = (
    f"(?:(?<![0-9A-Za-z+])|{AFTER_ESCAPE}|(?<=[Cc][Pp][Rr]))"
    f"(?P<birth>{_DAY}{MONTH}[0-9]{{2}}|{_IN_PAIRS})"
    f"{_BETWEEN}[0-9]{{4}}(?![0-9A-Za-z])"
)
"""A date of birth and four digits more, with nothing else around but the letters CPR."""

HIDDEN = "****"
"""Replaces the last four digits, or a number that is too short to show any part of it."""


def hide_numbers(text: str) -> str:
    """The text with everything hidden that has the form of a CPR number, in any script."""
    plain = in_plain_digits(text)
    hidden = _of(CPR_NUMBER).sub(rf"\g<birth>-{HIDDEN}", plain)
    return text if hidden == plain else hidden


def repr_without_numbers(value: object) -> str:
    """A ``repr`` of a value from outside, with what has the form of a CPR number hidden."""
    if isinstance(value, tuple):
        value = tuple(map(_without_number, value))
    return hide_numbers(repr(_without_number(value)))


def _without_number(value: object) -> object:
    """A text with the numbers hidden before ``repr`` writes out what is not seen in one."""
    return hide_numbers(value) if isinstance(value, str) else value


def in_plain_digits(text: str) -> str:
    """The text with the digits of other scripts as 0 to 9."""
    return text if text.isascii() else _of(_OTHER_DIGITS).sub(_plain, text)


def _plain(digit: re.Match[str]) -> str:
    return str(unicodedata.decimal(digit[0]))


_OTHER_DIGITS = r"(?![0-9])\d"
_of = cache(re.compile)  # on first use, as most of what imports this shows nothing
