"""Valid-looking numbers that belong to nobody."""

import datetime
from functools import lru_cache

from stdnum import verhoeff
from stdnum.dk import cpr

from apd.model.contact import Telecom
from apd.model.identifiers import CprNumber, SorCode
from apd.standard.codes import Gender, TelecomUse

FIRST_TEST_SERIAL, LAST_TEST_SERIAL = 9900, 9999
"""The range of the last four digits of the test persons' CPR numbers."""

_ODD = "13579"
_SOR_NAMESPACE, _CONCEPT = "1000016", "00"
# SOR counts from 1; it is far from numbers of eight digits that begin with 9.
_NOBODYS = 90_000_000

_FIRST_BIRTH = datetime.date(1937, 1, 1)  # the first that such a serial number can say
_DAYS_OF_BIRTH = (datetime.date(2008, 1, 1) - _FIRST_BIRTH).days
_STEP = 11_003  # has no divisor in common with the number of days, so it comes to all of them
_PAIRS = (LAST_TEST_SERIAL + 1 - FIRST_TEST_SERIAL) // 2

MOST_PATIENTS = _DAYS_OF_BIRTH * _PAIRS
"""The number of patients with different CPR numbers."""


def cpr_number(number: int, shift: int) -> CprNumber:
    """The CPR number of a test person, born before 2008, which no real person can have.

    Its serial number is in the range of the test persons, and its check digit is wrong. ``number``
    is below :data:`MOST_PATIENTS`; ``shift`` is an offset of the sequence.
    """
    turn, place = divmod(number, _DAYS_OF_BIRTH)
    day = (place * _STEP + shift) % _DAYS_OF_BIRTH
    born = _FIRST_BIRTH + datetime.timedelta(days=day)
    # of two that follow each other, one at least has a wrong check digit
    serial = FIRST_TEST_SERIAL + (day + turn) % _PAIRS * 2 + (day // _PAIRS) % 2
    digits = f"{born:%d%m%y}{serial}"
    if cpr.checksum(digits) == 0:
        digits = f"{born:%d%m%y}{serial ^ 1}"
    return CprNumber(digits)


def gender_of(number: str | None) -> Gender:
    """The gender that a CPR number states: its last digit is odd for men."""
    return Gender.MALE if (number or "0")[-1] in _ODD else Gender.FEMALE


def sor_digits(item: int) -> str:
    """A SOR code in SOR's SNOMED namespace, with its check digit."""
    digits = f"{item}{_SOR_NAMESPACE}{_CONCEPT}"
    return digits + str(verhoeff.calc_check_digit(digits))


@lru_cache(maxsize=1024)
def sor_code(number: int) -> SorCode:
    """A valid-looking SOR code that belongs to nobody, different for each number."""
    return SorCode(sor_digits(_NOBODYS + number))


def phone(number: int, use: TelecomUse = TelecomUse.WORK) -> Telecom:
    """A telephone number that nobody has: in Denmark none begins with 00."""
    return Telecom.phone(f"00{number % 1_000_000:06}", use)
