"""Texts, numbers, dates, times and words of closed lists, read strictly."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from apd.jsonform.expected import Refused, expected, no_such_word, wrong_type
from apd.jsonform.problems import Kind
from apd.jsonform.words import members
from apd.wording import Wording

_DATE = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
PATTERNS = {datetime.date: f"^{_DATE}$", datetime.datetime: f"^{_DATE}T{_TIME}$"}
"""Dates and times as RFC 3339 has them, in regular expressions that JSON Schema knows, too."""

_MATCHES = {scalar: re.compile(pattern).fullmatch for scalar, pattern in PATTERNS.items()}
_NOT_A = {
    datetime.date: Wording("er ingen dato", "is no date"),
    datetime.datetime: Wording("er intet tidspunkt med zone", "is no time with an offset"),
}
_HALF = Wording(
    "rummer en halv Unicode-karakter (et ensomt surrogat)",
    "holds half of a Unicode character (a lone surrogate)",
)


def read_text(value: object, _: object = None) -> str:
    """A text of whole characters."""
    if not isinstance(value, str):
        raise wrong_type(value, str)
    if not value.isprintable():  # the cheap test that nearly every text passes
        try:
            value.encode()
        except UnicodeEncodeError:
            raise Refused(Kind.VALUE, _HALF, Wording("en hel", "a whole one")) from None
    return value


def read_number(value: object, _: object = None) -> int:
    """A whole number; to JSON, 1.0 is one."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if type(value) is not int:
        raise wrong_type(value, int)
    return value


def read_flag(value: object, _: object = None) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise wrong_type(value, bool)
    return value


def read_date(value: object, _: object = None) -> datetime.date:
    """A date."""
    return datetime.date.fromisoformat(_in_form(value, datetime.date))


def read_time(value: object, _: object = None) -> datetime.datetime:
    """A time with an offset."""
    return datetime.datetime.fromisoformat(_in_form(value, datetime.datetime))


def _in_form(value: object, scalar: Any) -> str:
    if not isinstance(value, str):
        raise wrong_type(value, scalar)
    if not _MATCHES[scalar](value):
        raise Refused(Kind.TYPE, _NOT_A[scalar], expected(scalar))
    try:
        scalar.fromisoformat(value)
    except ValueError:  # the thirtieth of February
        raise Refused(Kind.VALUE, _NOT_A[scalar], expected(scalar)) from None
    return value


def word_reader(closed_list: type) -> Callable[[object, object], object]:
    """Makes the function that reads a word of a closed list."""
    known = members(closed_list)

    def read_word(value: object, _: object) -> object:
        if not isinstance(value, str):
            raise wrong_type(value, closed_list)
        if value not in known:
            raise no_such_word(known)
        return known[value]

    return read_word
