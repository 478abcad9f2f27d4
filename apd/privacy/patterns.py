"""What can identify a person in a text: numbers, ids, and dates and times as people write them.

Each pattern is a regular expression. Forms of the standard are in
:mod:`apd.standard.identifier_forms`, HL7's times in :mod:`apd.cda.timestamps`, telephone numbers
and e-mail addresses in :mod:`apd.model.contact`.
"""

from apd.standard.identifier_forms import UUID, oid_of_short_numbers
from apd.text.times import MONTH_NUMBERS

__all__ = ["UUID"]

# nothing of a longer number
_BEFORE, _AFTER = "(?<![0-9])", "(?![0-9])"

# --- numbers of persons ----------------------------------------------------------------------

# 60 may have been added to the day of birth
_DAY = "(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
_MONTH = "(?:0[1-9]|1[0-2])"
AFTER_ESCAPE = "(?<=%[0-9A-F]{2})"
"""In a link, what stands before a number may end with a digit."""
_DASH = r"[_\-\u00ad\u2010-\u2015\u2212]"
_UNSEEN = r"[\u200b-\u200f\u2060\ufeff]"
_BETWEEN = rf"(?:{_DASH}|{_UNSEEN}|[^\S\r\n]|%[0-9A-F]{{2}}){{0,3}}"
"""What word processors put within a number: a blank or a hyphen of any kind, what is not seen, and
all that in a link; no line end, as on the next line a postal code may stand."""
_IN_PAIRS = rf"{_DAY}(?P<mark>[ ./\-]){_MONTH}(?P=mark)[0-9]{{2}}(?= ?{_DASH})"
"""A date in pairs of digits; with a dash behind it, else four digits more are a time of day."""
CPR_NUMBER = (
    f"(?:(?<![0-9A-Za-z+])|{AFTER_ESCAPE}|(?<=[Cc][Pp][Rr]))"
    f"(?P<birth>{_DAY}{_MONTH}[0-9]{{2}}|{_IN_PAIRS})"
    f"{_BETWEEN}[0-9]{{4}}(?![0-9A-Za-z])"
)
"""A date of birth and four digits more, with nothing else around but the letters CPR."""
NINE_OF_CPR_NUMBER = f"{_BEFORE}[1-9]{_MONTH}[0-9]{{6}}{_AFTER}"
"""The same without the zero that it begins with, which a spreadsheet takes away."""
LIKE_CPR_NUMBER = f"{_BEFORE}[0-9]{{6}}[- ]?[0-9]{{4}}{_AFTER}"
"""Ten digits, whether or not they begin with a date."""
CPR_NUMBER_IN_OID = rf"{_BEFORE}[0-9]{{6}}\.[0-9]{{4}}{_AFTER}"
COUNTRY_CODE = rf"\+45(?= ?[0-9]{{8}}{_AFTER})"
"""The prefix of a telephone number of eight digits."""

# --- ids -------------------------------------------------------------------------------------

LIKE_OID = r"[0-2](?:\.[0-9]+){2,}"
"""The form of an OID, also with leading zeros in its numbers."""
HARMLESS_OID = oid_of_short_numbers(9)

# --- dates and times -------------------------------------------------------------------------

ISO_DATE = f"{_BEFORE}[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_AFTER}"
DATE = rf"{_BEFORE}[0-9]{{1,2}}[./\-] ?[0-9]{{1,2}}[./\-] ?[0-9]{{4}}{_AFTER}"
"""*5/3-2026*, *05.03.2026*."""
DATE_IN_WORDS = rf"{_BEFORE}[0-9]{{1,2}}\.? (?:{'|'.join(MONTH_NUMBERS)}) [0-9]{{4}}{_AFTER}"
"""*5. marts 2026*, *5 March 2026*; months in lower case, to be found in either case."""
CLOCK = f"{_BEFORE}[0-9]{{1,2}}[.:][0-9]{{2}}{_AFTER}"
