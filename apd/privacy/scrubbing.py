"""Removes personal data from texts by replacing every word and every number.

Only what all documents have is kept: words of the standard, and the dates and times of day of the
document's own times. Equal words get equal replacements, so a readable text that matches the data
still does.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from apd.cda import fixed_values
from apd.cda.date_only import WORDS as NO_TIME_WORDS
from apd.cda.lexical_forms import is_uri
from apd.cda.timestamps import Precision, time_value
from apd.errors import InvalidValue
from apd.model.contact import NUMBER_SCHEMES, Telecom, is_well_formed
from apd.model.identifiers import CprNumber
from apd.model.location import PATIENTS_HOME
from apd.model.schedule import INDICATIVE_NOTE, NO_TIME_NOTE, PartOfDay
from apd.person_numbers import in_plain_digits
from apd.privacy import patterns
from apd.privacy.pseudonyms import Pseudonyms
from apd.privacy.shifting import shifted
from apd.standard.codes import (
    CODE_SYSTEM_NAMES,
    DOCUMENT_DISPLAY,
    REFERRED_BY_DISPLAY,
    SECTION_DISPLAY,
)
from apd.text.times import MONTH_NUMBERS, MONTHS

# --- words that everybody's documents have, as the standard and the library fix them -------------


_TEXTS = (
    *CODE_SYSTEM_NAMES.values(),
    *("CPR", "SOR", "MedCom", "Yderregisteret", "SKS", "EpisodeOfCareLabels"),
    *(part.phrase() for part in PartOfDay),
    *(PATIENTS_HOME, INDICATIVE_NOTE, NO_TIME_NOTE, "I løbet af dagen", "ADRESSEBESKYTTET"),
    *(SECTION_DISPLAY, REFERRED_BY_DISPLAY, DOCUMENT_DISPLAY),
    *("Aftale for", "Aftale:", "Aftale dato", "Aftale tidspunkt", "Vedrørende", "Mødested"),
    *("Udførende organisation", "Er tidspunktet vejledende?", "Repeterende aftale"),
    *("Danmark", "Denmark", "DK"),  # where addresses are judged
    *("Ikke oplyst", "Ja", "Nej", "tlf.", "kl."),
)
_words_in = re.compile(r"[^\W\d_]+").findall
WORDS = NO_TIME_WORDS | frozenset(word.casefold() for text in _TEXTS for word in _words_in(text))
"""The words of fixed texts and of notes that no time is set, in lower case."""


@cache
def common_words() -> frozenset[str]:
    """The words of fixed texts, of codes, and of the names of elements, in lower case."""
    fixed = (*fixed_values.codes(), *fixed_values.types(), *fixed_values.names())
    return WORDS | frozenset(word.casefold() for text in fixed for word in _words_in(text))


_SPECIAL = re.compile(
    rf"(?P<uuid>\b{patterns.UUID}\b)"
    rf"|(?P<cpr>{patterns.LIKE_CPR_NUMBER})"
    rf"|(?P<iso>{patterns.ISO_DATE})"
    rf"|(?P<date>{patterns.DATE})"
    rf"|(?P<in_words>{patterns.DATE_IN_WORDS})"
    rf"|(?P<grouped>{patterns.GROUPED_PHONE_NUMBER})"
    rf"|(?P<clock>{patterns.CLOCK})"
    rf"|(?P<country>{patterns.COUNTRY_CODE})"
    r"|(?P<number>\d+)"
    r"|(?P<word>[^\W\d_]+)",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"(?P<number>\d+)|(?P<word>[^\W\d_]+)")
_numbers = re.compile("[0-9]+").findall
_is_midnight = re.compile("[Tt ]?24").match
_pieces = re.compile("%[0-9A-Fa-f]{2}|[0-9]+|[A-Za-z]+|.").findall
_escape = re.compile("%([0-9A-Fa-f]{2})")
_country = re.compile(r"(?:\+|\(\+?|00)45").match
_power = re.compile(r"\A(-?[0-9.]+)([eE][+\-]?[0-9]{1,3})\Z")
_is_base64 = re.compile(r"(?:\s*(?:[A-Za-z0-9+/]\s*){3}[A-Za-z0-9+/=])*\s*").fullmatch
_CPR_BIRTH = 6
_DATE_DIGITS = 8
_DIGITS_OF = {Precision.YEAR: 4, Precision.MONTH: 6}
_MOST_TRIES = 20
_MIDNIGHT = (24, 0)


class Known(NamedTuple):
    """The data of a document that its texts may repeat: days, times, births, and words to keep.

    ``made`` is the day of the document, after which nobody in it is born; ``births`` are the dates
    of birth in CPR numbers, each with the one that stands for it; ``phones`` are the digits of its
    telephone numbers; ``weeks`` is the number of weeks by which its times are moved.
    """

    days: frozenset[datetime.date]
    made: datetime.date
    clocks: frozenset[tuple[int, int]]
    births: Mapping[datetime.date, datetime.date]
    kept: frozenset[str]
    phones: frozenset[str]
    weeks: int


class Texts:
    """Replaces what is personal in the texts and values of one document."""

    def __init__(self, by: Pseudonyms, known: Known) -> None:
        self._by = by
        self._known = known

    # --- texts ----------------------------------------------------------------------------

    def text(self, text: str) -> str:
        """A text with every word and number replaced, except those of the standard."""
        return _SPECIAL.sub(self._special, text)

    def _special(self, found: re.Match[str]) -> str:
        kind = str(found.lastgroup)
        return _BY_KIND[kind](self, found[0])

    def plain(self, text: str) -> str:
        """As :meth:`text`, without recognising dates and identifiers."""
        return _PLAIN.sub(self._special, text)

    def _word(self, word: str) -> str:
        folded = word.casefold()
        is_known = folded in WORDS or folded in self._known.kept
        return word if is_known else self._by.word(word)

    def _number(self, digits: str) -> str:
        if digits in self._known.kept:
            return digits
        if digits in self._known.phones:
            return self._by.phone(digits)
        if not digits.isascii():  # wrong where ours are due, and stays wrong
            plain = self._number(in_plain_digits(digits))
            zeros = (ord(digit) - int(digit) for digit in digits)
            return "".join(chr(zero + int(new)) for zero, new in zip(zeros, plain, strict=True))
        found = self._by.number(digits)
        while _is_cpr(found):  # it could be somebody's
            found = self._by.number(found)
        return found

    def _cpr(self, text: str) -> str:
        digits = "".join(_numbers(text))
        found = self._by.cpr(digits) if _is_cpr(digits) else self._number(digits)
        return f"{found[:_CPR_BIRTH]}{text[_CPR_BIRTH:-4]}{found[_CPR_BIRTH:]}"

    def _grouped(self, text: str) -> str:
        changed = iter(self._number("".join(_numbers(text))))
        return re.sub("[0-9]", lambda _: next(changed), text)

    def _uuid(self, text: str) -> str:
        return self._by.uuid(text)

    # --- dates in texts -------------------------------------------------------------------

    def _iso(self, text: str) -> str:
        year, month, day = _numbers(text)
        moved = self._moved(year, month, day)
        return self.plain(text) if moved is None else moved.isoformat()

    def _date(self, text: str) -> str:
        day, month, year = _numbers(text)
        moved = self._moved(year, month, day)
        if moved is None:
            return self.plain(text)
        is_padded = len(day) == len(month)
        numbers = iter(
            f"{number:02}" if is_padded else str(number)
            for number in (moved.day, moved.month, moved.year)
        )
        return re.sub("[0-9]+", lambda _: next(numbers), text)

    def _in_words(self, text: str) -> str:
        day, year = _numbers(text)
        name = text.split()[1]
        moved = self._moved(year, str(MONTH_NUMBERS[name.lower()]), day)
        if moved is None:
            return self.plain(text)
        is_danish = name.lower() == MONTHS[MONTH_NUMBERS[name.lower()] - 1].da
        month = MONTHS[moved.month - 1].da if is_danish else MONTHS[moved.month - 1].en
        dot = "." if "." in text else ""
        return f"{moved.day}{dot} {month} {moved.year}"

    def _moved(self, year: str, month: str, day: str) -> datetime.date | None:
        """The date that stands for one that the document says elsewhere; None for any other."""
        try:
            date = datetime.date(int(year), int(month), int(day))
            if date in self._known.days:
                return date + datetime.timedelta(weeks=self._known.weeks)
        except (ValueError, OverflowError):
            return None
        return self._known.births.get(date)

    def _clock(self, text: str) -> str:
        if self._is_known_clock(text):
            return text
        found = self.plain(text)
        for _ in range(_MOST_TRIES):
            if not self._is_known_clock(found):
                break
            found = self.plain(found)
        return found

    def _is_known_clock(self, text: str) -> bool:
        hour, minute = map(int, _numbers(text))
        return (0 if (hour, minute) == _MIDNIGHT else hour, minute) in self._known.clocks

    # --- values -----------------------------------------------------------------------------

    def birth_time(self, value: str) -> str:
        """A date of birth of the same form, that agrees with the CPR number if the original did.

        One that nobody can have becomes another that nobody can have.
        """
        stated = time_value(value)
        read = stated or time_value(value[:_DATE_DIGITS])
        if read is None:
            return self.unlike(value, lambda other: time_value(other) is not None)
        count = _DIGITS_OF.get(read.precision, _DATE_DIGITS)
        ends = [digit.end() for digit in re.finditer("[0-9]", value)]
        date, rest = value[: ends[count - 1]], value[ends[count - 1] :]
        day = read.local.date()
        if stated is None:  # a time of day that cannot be is followed by another
            rest = re.sub("[0-9]", "9", self.plain(rest))
        elif _is_midnight(rest):
            day -= datetime.timedelta(days=1)  # the one that is written
            rest = re.sub("[0-9]", "0", rest).replace("00", "24", 1)
        else:
            rest = re.sub("[0-9]", "0", rest)
        digits = iter(f"{self._birth(day, min(read.precision, Precision.DAY)):%Y%m%d}")
        return re.sub("[0-9]", lambda _: next(digits), date) + rest

    def _birth(self, born: datetime.date, parts: int) -> datetime.date:
        """The date of birth that stands for one of which year, month and day may be stated."""
        births = self._known.births.items()
        known = (new for old, new in births if old.timetuple()[:parts] == born.timetuple()[:parts])
        return next(known, None) or self._by.birth_date(born, self._known.made)

    def time(self, value: str) -> str:
        """A time, moved by the patient's number of weeks; any other text is replaced."""
        if time_value(value) is None:
            return self.unlike(value, lambda other: time_value(other) is not None)
        return shifted(value, self._known.weeks) if self._known.weeks else value

    def telecom(self, value: str) -> str:
        """A telecom of the same kind; what nobody can call or write to stays so."""
        scheme, colon, address = value.partition(":")
        if not colon:
            return self.text(value) if is_uri(value) else self.unlike(value, is_uri)
        known = scheme if scheme.lower() in _SCHEMES else self.plain(scheme)
        if not _is_uri(value):
            is_right = _is_uri if is_uri(value) else is_uri
            return self.unlike(address, lambda other: is_right(f"{known}:{other}"), f"{known}:")
        if scheme.lower() in NUMBER_SCHEMES and any(map(str.isdecimal, unquote(address))):
            return f"{known}:{self._called(address)}"
        local, at, domain = unquote(address).partition("@")
        if at and is_well_formed(value):
            return f"{known}:{self._by.name(local)}@{self._by.name(domain)}.invalid"
        slashes = "//" if address.startswith("//") else ""
        return f"{known}:{slashes}{self._by.name(address)}.invalid"

    def _called(self, address: str) -> str:
        """A telephone number with what is between its digits, and its parameters."""
        number, semicolon, parameters = _with_escaped_marks(address).partition(";")
        digits = phone_digits(number)
        prefix = _country(unquote(number))
        country = "" if prefix is None else "".join(_numbers(prefix[0]))
        changed = iter(country + self._by.phone(digits[len(country) :]))
        pieces = [
            "".join(islice(changed, len(piece))) if piece.isdecimal() else self._piece(piece)
            for piece in _pieces(number)
        ]
        return "".join((*pieces, semicolon, *map(self._piece, _pieces(parameters))))

    def _piece(self, piece: str) -> str:
        return piece if piece.startswith("%") else self.plain(piece)

    def real(self, value: str) -> str:
        """A number with a power of ten, which stays one; any other text is replaced."""
        power = _power.search(value)
        return self.text(value) if power is None else f"{self.text(power[1])}{power[2]}"

    def base64(self, value: str) -> str:
        """Other bytes, that are as few; an invalid text stays invalid."""
        if _is_base64(value):
            return self._by.name(value)
        return self.unlike(value, lambda other: _is_base64(other) is not None)

    def sor(self, value: str) -> str:
        """A SOR code."""
        if value in self._known.kept:
            return value
        is_code = re.fullmatch("[0-9]{1,18}", value) is not None
        return self._by.sor(value) if is_code else self.text(value)

    def oid(self, value: str) -> str:
        """An OID that is not in use."""
        numbers = value.split(".")
        kept = 2 if len(numbers) > 1 and len(numbers[1]) <= _LONGEST_SECOND else 1
        return ".".join((*numbers[:kept], *map(self._arc, numbers[kept:])))

    def _arc(self, digits: str) -> str:
        zeros = digits[: len(digits) - len(digits.lstrip("0"))]
        other = digits[len(zeros) :]
        return zeros + self._by.arc(other) if other else zeros

    def reference(self, value: str) -> str:
        """A name for a place in the document."""
        mark = "#" if value.startswith("#") else ""
        return f"{mark}{self._by.reference(value.removeprefix('#'))}"

    def unlike(self, value: str, is_right: Callable[[str], bool], before: str = "") -> str:
        """A text for what is wrong, that is wrong as well."""
        found = self.text(value)
        for _ in range(_MOST_TRIES):
            if not is_right(found):
                return before + found
            found = self.plain(found)
        return f"{before}{found} ?"


_LONGEST_SECOND = 3  # digits of the second number of an OID, such as 2.999
_SCHEMES = frozenset(("tel", "sms", "fax", "mailto", "http", "https", "ftp", "nfs"))
_BY_KIND: dict[str, Callable[[Texts, str], str]] = {
    "uuid": Texts._uuid,
    "cpr": Texts._cpr,
    "iso": Texts._iso,
    "date": Texts._date,
    "in_words": Texts._in_words,
    "grouped": Texts._grouped,
    "clock": Texts._clock,
    "country": lambda _, text: text,
    "number": Texts._number,
    "word": Texts._word,
}


def phone_digits(number: str) -> str:
    """The digits of a telephone number, without those of escapes and parameters."""
    return "".join(_numbers(_escape.sub("", _with_escaped_marks(number).partition(";")[0])))


def _with_escaped_marks(address: str) -> str:
    """An address in which letters and digits are not escaped."""
    return _escape.sub(lambda found: _letter(found[0], chr(int(found[1], 16))), address)


def _letter(escape: str, character: str) -> str:
    if not character.isascii():
        return "x"
    return character if character.isalnum() else escape


def _is_cpr(digits: str) -> bool:
    try:
        CprNumber(digits)
    except InvalidValue:
        return False
    return True


def _is_uri(value: str) -> bool:
    try:
        Telecom(value)
    except InvalidValue:
        return False
    return True
