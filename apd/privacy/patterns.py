"""What can identify a person in a text: numbers, ids, and dates and times as people write them.

Each pattern is a regular expression. The form of a CPR number is in :mod:`apd.person_numbers`,
forms of the standard in :mod:`apd.standard.identifier_forms`, HL7's times in
:mod:`apd.cda.timestamps`, telephone numbers and e-mail addresses in :mod:`apd.model.contact`.
"""

from apd.person_numbers import MONTH
from apd.standard.identifier_forms import UUID, oid_of_short_numbers
from apd.text.times import MONTH_NUMBERS

__all__ = ["UUID"]

# nothing of a longer number
_BEFORE, _AFTER = "(?<![0-9])", "(?![0-9])"

# --- numbers of persons ----------------------------------------------------------------------

NINE_OF_CPR_NUMBER = f"{_BEFORE}[1-9]{MONTH}[0-9]{{6}}{_AFTER}"
"""A CPR number without the zero that it begins with, which a spreadsheet takes away."""
LIKE_CPR_NUMBER = f"{_BEFORE}[0-9]{{6}}[- ]?[0-9]{{4}}{_AFTER}"
"""Ten digits, whether or not they begin with a date."""
CPR_NUMBER_IN_OID = rf"{_BEFORE}[0-9]{{6}}\.[0-9]{{4}}{_AFTER}"
GROUPED_PHONE_NUMBER = (
    f"{_BEFORE}(?:[0-9]{{2}}(?:[ -][0-9]{{2}}){{3}}|[0-9]{{4}}[ -][0-9]{{4}}){_AFTER}"
)
"""*65 11 33 33*, *6511-3333*."""
COUNTRY_CODE = rf"\+45(?= ?(?:[0-9]{{8}}{_AFTER}|{GROUPED_PHONE_NUMBER}))"
"""The prefix of a telephone number of eight digits."""

# --- ids -------------------------------------------------------------------------------------

_ONE_MORE = r"(?:\.[0-9]+)"
LIKE_ROOT = f"[0-2]{_ONE_MORE}*"
"""The form of an OID where one is due: of a single number as well, and with leading zeros."""
LIKE_OID = f"[0-2]{_ONE_MORE}{{2,}}"
"""The form of an OID, also with leading zeros in its numbers."""
HARMLESS_OID = oid_of_short_numbers(9)

# --- dates and times -------------------------------------------------------------------------

ISO_DATE = f"{_BEFORE}[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_AFTER}"
DATE = rf"{_BEFORE}[0-9]{{1,2}}[./\-] ?[0-9]{{1,2}}[./\-] ?[0-9]{{4}}{_AFTER}"
"""*5/3-2026*, *05.03.2026*."""
DATE_IN_WORDS = rf"{_BEFORE}[0-9]{{1,2}}\.? (?:{'|'.join(MONTH_NUMBERS)}) [0-9]{{4}}{_AFTER}"
"""*5. marts 2026*, *5 March 2026*; months in lower case, to be found in either case."""
CLOCK = f"{_BEFORE}[0-9]{{1,2}}[.:][0-9]{{2}}{_AFTER}"
