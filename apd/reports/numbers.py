"""Hiding CPR numbers in what is told that is no document, such as the names of files."""

import re

# A date of birth (60 may have been added to its day), four digits more, nothing else around.
_DAY = "(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
_MONTH = "(?:0[1-9]|1[0-2])"
_NUMBER = re.compile(f"(?<![0-9A-Za-z+])({_DAY}{_MONTH}[0-9]{{2}})[- ]?[0-9]{{4}}(?![0-9A-Za-z])")
HIDDEN = "****"
"""Stands for the last four digits."""


def hide_numbers(text: str) -> str:
    """The text with everything hidden that has the form of a CPR number."""
    return _NUMBER.sub(rf"\1-{HIDDEN}", text)
