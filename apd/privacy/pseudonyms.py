"""Test data that replace the data of persons: equal for equal data, and revealing nothing else.

Everything is derived from the seed and from the data replaced, so documents can be made anonymous
in any order, on any machine, and what was equal in two of them is equal afterwards.
"""

import datetime
import hashlib
import uuid
from typing import Any

from attrs import Attribute, field, frozen
from stdnum import verhoeff
from stdnum.dk import cpr

from apd.model.identifiers import FIRST_BIRTH, CprNumber, SorCode
from apd.model.validators import is_a, wrong_type
from apd.wording import Wording

# No Danish word and hardly a name begins like these, so nobody takes a pseudonym for a name.
_FIRST_LETTERS = "qxz"
_CONSONANTS, _VOWELS, _DANISH_VOWELS = "bdfghjklmnprstvz", "aeiouy", "aeiouyæøå"
_ALPHABET, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
_LONGEST_WORD = 8
_ROUNDS = 8
_MOST_AT_ONCE, _PART = 24, 12

# Test persons have serial numbers from 9900 on and a check digit that is wrong. These are the years
# that such a number can say, by the century of who it stands for.
_FIRST_SERIAL, _SERIALS = 9900, 100
_BORN_1900, _BORN_2000 = (
    (datetime.date(1937, 1, 1), datetime.date(1999, 12, 31)),
    (datetime.date(2000, 1, 1), datetime.date(2016, 12, 31)),
)
_NEVER_BORN = (datetime.date(1800, 1, 1), datetime.date(1857, 12, 31))
_YEAR_2000 = 2000
_DAY_OFFSET = 60  # of replacement numbers

SOR_END = "1000016" + "00"
"""What SOR codes end with, before their check digit."""
_SHORTEST_SOR = 6
_PHONE, _SHORT_NUMBER = 8, 4
_MOST_WEEKS = 52
_YEARS_OF_WEEKS = 3  # no document is moved so far


def _as_key(seed: str | bytes) -> bytes:
    if isinstance(seed, str):
        seed = seed.encode()
    return hashlib.blake2b(seed).digest() if isinstance(seed, bytes) else seed


def _is_key(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    if not isinstance(value, bytes):
        raise wrong_type(
            "Pseudonyms.seed", value, Wording("tekst (str) eller bytes", "text (str) or bytes")
        )


@frozen
class Pseudonyms:
    """Finds the test data that replace personal data.

    Anyone who knows the seed can find out by trial whom a pseudonym replaces. Keep it secret, or
    generate one at random and discard it.

    Args:
        seed: a secret; a text or bytes. The same seed gives the same test data.
        keep_organizations: organisations keep their names, SOR codes and provider numbers. The
            name of a practice is often that of a person.
        shift_times: move each patient's appointments, and all other times, by a number of weeks
            that depends on the patient. Otherwise times stay the same, except the date of birth.

    Raises:
        InvalidValue: the seed is not a text.
    """

    seed: bytes = field(converter=_as_key, validator=_is_key, repr=False)
    keep_organizations: bool = field(default=False, kw_only=True, validator=is_a(bool))
    shift_times: bool = field(default=False, kw_only=True, validator=is_a(bool))

    def _draw(self, kind: str, value: str) -> int:
        """A number that follows from the seed, and from nothing that could be guessed."""
        digest = hashlib.blake2b(f"{kind}\0{value}".encode(errors="surrogatepass"), key=self.seed)
        return int.from_bytes(digest.digest()[:16], "big")

    # --- words and numbers ----------------------------------------------------------------

    def word(self, word: str) -> str:
        """A meaningless word, no longer than the one it replaces, in the same case.

        It has letters outside ASCII only if that one has.
        """
        return _in_case_of(word, self._letters(word.casefold(), min(len(word), _LONGEST_WORD)))

    def _letters(self, word: str, length: int) -> str:
        if len(word) == 1 and word in _ALPHABET:
            return self._one_of(_ALPHABET, word)
        drawn = self._draw("word", word)
        drawn, first = divmod(drawn, len(_FIRST_LETTERS))
        letters = [_FIRST_LETTERS[first]]
        vowels = _VOWELS if word.isascii() else _DANISH_VOWELS
        while len(letters) < length:
            alphabet = vowels if len(letters) % 2 else _CONSONANTS
            drawn, letter = divmod(drawn, len(alphabet))
            letters.append(alphabet[letter])
        return "".join(letters)

    def number(self, digits: str) -> str:
        """Another number of as many digits, odd for odd and even for even; zeros stay.

        With eight digits, like a telephone number, it begins with 00, as none in Denmark does.
        """
        if not digits.strip("0"):
            return digits
        kind, kept, changed = "number", "", digits
        if len(digits) == _PHONE:
            kind, kept, changed = f"phone{digits[:2]}", "00", digits[2:]
        found = self._permuted(kind, changed)
        while int(found[-1]) % 2 != int(digits[-1]) % 2:  # a malformed CPR number shows a gender
            found = self._permuted(kind, found)
        return kept + found

    def phone(self, digits: str) -> str:
        """A telephone number of as many digits; one of more than four begins with 00."""
        if len(digits) == _PHONE or len(digits) <= _SHORT_NUMBER or not digits.strip("0"):
            return self.number(digits)
        return f"00{self._permuted(f'phone{digits[:2]}', digits[2:])}"

    def _permuted(self, kind: str, digits: str) -> str:
        """A number for each number of that length, and none for two: a Feistel network."""
        if len(digits) == 1:
            return self._one_of(_DIGITS, digits)
        if len(digits) > _MOST_AT_ONCE:  # what is drawn has fewer digits than half of it
            parts = (digits[at : at + _PART] for at in range(0, len(digits), _PART))
            return "".join(self._permuted(kind, part) for part in parts)
        half = len(digits) // 2
        left, right = digits[:half], digits[half:]
        for turn in range(_ROUNDS):
            added = self._draw(f"{kind}{turn}{len(digits)}", right)
            mixed = (int(left) + added) % 10 ** len(left)
            left, right = right, f"{mixed:0{len(left)}}"
        return left + right

    def _one_of(self, alphabet: str, character: str) -> str:
        """A character for each of an alphabet, and none for two."""
        order = sorted(alphabet, key=lambda other: self._draw("order", other))
        return order[alphabet.index(character)]

    def arc(self, digits: str) -> str:
        """Another number of an OID, which never begins with zero."""
        if len(digits) == 1:
            return digits
        found = self._permuted("arc", digits)
        while found[0] == "0":
            found = self._permuted("arc", found)
        return found

    def name(self, text: str) -> str:
        """A name for a whole text: eight ASCII letters."""
        return self._letters(text.encode("unicode_escape").decode(), _LONGEST_WORD)

    def reference(self, text: str) -> str:
        """A name for a target inside a document; all names differ."""
        return f"x-{self._uuid('reference', text)}"

    # --- identifiers ------------------------------------------------------------------------

    def uuid(self, value: str) -> str:
        """Another UUID, in the same case."""
        found = self._uuid("uuid", value.lower())
        return found if value == value.lower() else found.upper()

    def _uuid(self, kind: str, value: str) -> str:
        return str(uuid.UUID(int=self._draw(kind, value), version=4))

    def sor(self, digits: str) -> str:
        """A SOR code that belongs to nobody; its check digit is right if the other's is."""
        if _has_check_digit(digits):
            stem = f"999{self._draw('sor', digits) % 10**5:05}{SOR_END}"
            return f"{stem}{verhoeff.calc_check_digit(stem)}"
        found = self.number(digits)
        while _has_check_digit(found):
            found = self.number(found)
        return found

    def cpr(self, digits: str) -> str:
        """The number of a test person of the same century, and of the same gender.

        A number with 60 added to the day is replaced by such a number.

        Args:
            digits: a CPR number, ten digits.
        """
        born = self.birth_date(CprNumber(digits).birth_date)
        day = born.day + (_DAY_OFFSET if int(digits[:2]) > _DAY_OFFSET else 0)
        drawn = self._draw("cpr", digits)
        for step in range(_SERIALS):
            serial = _FIRST_SERIAL + (drawn + step) % _SERIALS
            found = f"{day:02}{born:%m%y}{serial}"
            is_of_gender = serial % 2 == int(digits[-1]) % 2
            if is_of_gender and cpr.checksum(found) != 0:
                return found
        raise AssertionError("one serial number in eleven has a right check digit")

    def birth_date(
        self, born: datetime.date, made: datetime.date = datetime.date.max
    ) -> datetime.date:
        """Another day of the same century, if test persons are born in it.

        A day before any CPR number or after ``made``, on which nobody is born, becomes another
        such day.
        """
        if born < FIRST_BIRTH:
            first, last = _NEVER_BORN
        elif born > made:
            year = min(made.year + _YEARS_OF_WEEKS, datetime.MAXYEAR)
            first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        else:
            first, last = _BORN_2000 if born.year >= _YEAR_2000 else _BORN_1900
        days = (last - first).days
        found = first + datetime.timedelta(self._draw("born", born.isoformat()) % days)
        return found if found != born else last

    # --- times ------------------------------------------------------------------------------

    def weeks(self, patient: str) -> int:
        """The number of weeks by which a patient's times are moved; 0 if they stay."""
        if not self.shift_times:
            return 0
        drawn = self._draw("weeks", patient)
        return (1 + drawn // 2 % _MOST_WEEKS) * (1 if drawn % 2 else -1)


def _in_case_of(word: str, letters: str) -> str:
    if len(word) > 1 and word.isupper():
        return letters.upper()
    return letters.capitalize() if word[0].isupper() else letters


def _has_check_digit(digits: str) -> bool:
    return len(digits) >= _SHORTEST_SOR and SorCode(digits).has_check_digit
