"""Hiding CPR numbers in what is printed: ``251248-****``."""

import re
from collections.abc import Callable

from apd.model.identifiers import CprNumber, Identifier
from apd.reports.numbers import HIDDEN, hide_numbers

__all__ = ["Hide", "hide_numbers", "hide_patient", "show"]

Hide = Callable[[str], str]

_BETWEEN_DIGITS = r"[\s./\-\u2010-\u2015]?"
_BIRTH_DIGITS, _CPR_DIGITS = 6, 10


def show(text: str) -> str:
    """The text as it is."""
    return text


def hide_patient(number: CprNumber | Identifier) -> Hide:
    """A function that hides a patient's number, however it is spaced, and all CPR numbers."""
    digits = number.extension or ""
    if len(digits) < _CPR_DIGITS:
        # too short to be looked for inside of other texts
        return lambda text: HIDDEN if text == digits else hide_numbers(text)
    own = re.compile(_BETWEEN_DIGITS.join(map(re.escape, digits)), re.IGNORECASE)
    hidden = f"{digits[:_BIRTH_DIGITS]}-{HIDDEN}"
    # the replacement is a function, so that nothing in it has a meaning of its own
    return lambda text: hide_numbers(own.sub(lambda _: hidden, text))
