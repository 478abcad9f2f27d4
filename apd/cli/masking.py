"""Hiding CPR numbers in what is printed: ``251248-****``."""

import re
from collections.abc import Callable

from apd.model.identifiers import CprNumber, Identifier

Hide = Callable[[str], str]

# A date of birth (60 may have been added to its day), four digits more, nothing else around.
_DAY = "(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
_MONTH = "(?:0[1-9]|1[0-2])"
_NUMBER = re.compile(f"(?<![0-9A-Za-z+])({_DAY}{_MONTH}[0-9]{{2}})[- ]?[0-9]{{4}}(?![0-9A-Za-z])")
_BETWEEN_DIGITS = r"[\s./\-\u2010-\u2015]?"
_BIRTH_DIGITS, _CPR_DIGITS = 6, 10
_HIDDEN = "****"


def show(text: str) -> str:
    """The text as it is."""
    return text


def hide_numbers(text: str) -> str:
    """The text with everything hidden that has the form of a CPR number."""
    return _NUMBER.sub(rf"\1-{_HIDDEN}", text)


def hide_patient(number: CprNumber | Identifier) -> Hide:
    """A function that hides a patient's number, however it is spaced, and all CPR numbers."""
    digits = number.extension or ""
    if len(digits) < _CPR_DIGITS:
        # too short to be looked for inside of other texts
        return lambda text: _HIDDEN if text == digits else hide_numbers(text)
    own = re.compile(_BETWEEN_DIGITS.join(map(re.escape, digits)), re.IGNORECASE)
    hidden = f"{digits[:_BIRTH_DIGITS]}-{_HIDDEN}"
    # the replacement is a function, so that nothing in it has a meaning of its own
    return lambda text: hide_numbers(own.sub(lambda _: hidden, text))
