"""Hides CPR numbers and their replacements in everything that is shown: ``251248-****``."""

import re
import uuid
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any
from urllib.parse import quote

from attrs import fields, has

from apd.cda.xml import parse
from apd.errors import ParseError
from apd.limits import MAX_HIDDEN, MAX_HIDDEN_LENGTH
from apd.model.document import AppointmentDocument
from apd.model.identifiers import CprNumber, Identifier
from apd.person_numbers import (
    AFTER_ESCAPE,
    BETWEEN_DIGITS,
    CPR_NUMBER,
    HIDDEN,
    hide_numbers,
    in_plain_digits,
)
from apd.privacy.patterns import NINE_OF_CPR_NUMBER
from apd.standard.codes import Oid
from apd.wording import Hide

_cpr_numbers = re.compile(CPR_NUMBER)
_nine_digits = re.compile(NINE_OF_CPR_NUMBER)


def uuid_of_name(name: str) -> uuid.UUID:
    """A UUID that depends on a name only, without the CPR numbers in it.

    There are so few CPR numbers that a digest without a key would reveal them.
    """
    plain = in_plain_digits(name)
    without = _nine_digits.sub(HIDDEN, _cpr_numbers.sub(HIDDEN, plain))
    return uuid.uuid5(uuid.NAMESPACE_OID, name if without == plain else without)


def hide_patient(*numbers: CprNumber | Identifier) -> Hide:
    """A function that hides the numbers of persons, however they are spaced, and all CPR numbers.

    The first six characters are shown of a number as long as a CPR number, and nothing of a shorter
    one. A number of fewer than four letters and digits is found only where it stands for the
    person: by itself, in a title, or after the words for it.

    Args:
        numbers: CPR numbers, or any others that replace one.
    """
    return _hide_extensions(number.extension for number in numbers)


def _hide_extensions(extensions: Iterable[str | None]) -> Hide:
    stated = list(filter(None, extensions))
    known = dict.fromkeys((*stated, *filter(None, map(_without_zero, stated))))
    # the longest first, as one may be part of another
    hidings = [_hiding(number) for number in sorted(known, key=len, reverse=True)]

    def hide(text: str) -> str:
        for hiding in hidings:
            text = hiding(text)
        return hide_numbers(text)

    return hide


def _without_zero(number: str) -> str:
    """A CPR number as a spreadsheet leaves it; nothing of one that begins with another digit."""
    zero, digits = number[:1], "".join(filter(str.isalnum, number[1:]))
    return digits if zero == "0" and _nine_digits.fullmatch(digits) else ""


# --- one number ------------------------------------------------------------------------------

_BIRTH_DIGITS, _CPR_DIGITS = 6, 10
_LEAST_IN_A_TEXT, _LEAST_WITH_BLANKS = 4, 8
_SEPARATOR = re.compile(BETWEEN_DIGITS).fullmatch
_HL7 = {"|": "F", "^": "S", "&": "T", "~": "R", "\\": "E"}
_BEFORE_IT = ("Aftale for ", "Patient-id ", "Patient id ", "CPR ")
"""The texts before a patient's number: in titles, and where it is shown."""


def _hiding(number: str) -> Hide:
    letters = "".join(filter(str.isalnum, number))
    is_long = len(number) >= _CPR_DIGITS and len(letters) >= _LEAST_WITH_BLANKS
    pattern = re.compile(_pattern(number, letters, is_long=is_long), re.IGNORECASE)
    shown = f"{number[:_BIRTH_DIGITS]}-{HIDDEN}" if is_long else HIDDEN
    # the replacement is a function, so that nothing in it has a meaning of its own
    return lambda text: pattern.sub(lambda _: shown, text)


def _pattern(number: str, letters: str, *, is_long: bool) -> str:
    """Finds a number in a text; a long one wherever it stands, others as words of their own."""
    if len(letters) < _LEAST_IN_A_TEXT:
        one = _any_of(_forms(number))
        places = [rf"\A{one}(?=\Z|\^\^\^)", *(f"(?<={words}){one}(?!\\w)" for words in _BEFORE_IT)]
        if len(number) >= _LEAST_IN_A_TEXT:
            places.append(rf"(?<!\w){one}(?!\w)")
        return "|".join(places)
    is_plain = len(letters) < _LEAST_WITH_BLANKS
    found = "".join(_characters(number, has_blanks=not is_plain))
    if is_long:
        return found
    first, last = (_like(one, is_plain=is_plain) for one in (letters[0], letters[-1]))
    return f"(?:(?<!{first})|{AFTER_ESCAPE}){found}(?!{last})"


def _characters(number: str, *, has_blanks: bool) -> Iterator[str]:
    """Letters and digits; what stands between them may be there or not, and in any form."""
    groups = [(is_word, "".join(group)) for is_word, group in groupby(number, str.isalnum)]
    for place, (is_word, group) in enumerate(groups):
        if is_word:
            between = f"{BETWEEN_DIGITS}?" if has_blanks else ""
            yield between.join(map(_any_of, map(_forms, group)))
            continue
        is_outside = place in (0, len(groups) - 1)
        # each form once, as what can be taken in two ways is tried again and again
        forms = [form for one in group if not _SEPARATOR(one) for form in _forms(one)]
        within = [] if is_outside else [BETWEEN_DIGITS]
        if forms or within:
            yield f"{_any_of(dict.fromkeys(forms), *within)}*"


def _any_of(texts: Iterable[str], *patterns: str) -> str:
    return f"(?:{'|'.join([*map(re.escape, texts), *patterns])})"


def _forms(text: str) -> Iterable[str]:
    """A text as it is, with HL7's escapes, and as part of a link."""
    escaped = "".join(f"\\{_HL7[one]}\\" if one in _HL7 else one for one in text)
    return dict.fromkeys((escaped, quote(text, safe=""), text))


def _like(character: str, *, is_plain: bool) -> str:
    """What would go on at the end of a number: digits with a digit, a short word with a letter."""
    if character.isdigit():
        return r"\d"
    return r"[^\W\d_]" if is_plain else r"[^\s\S]"


__all__ = ["HIDDEN", "hide_in", "hide_in_xml", "hide_numbers", "hide_patient", "show"]


def show(text: str) -> str:
    """The text unchanged."""
    return text


def hide_in(*documents: AppointmentDocument) -> Hide:
    """A function that hides the numbers of the persons in documents, and all CPR numbers.

    These are the ids of the patients, whatever their form, and all other values under the CPR root
    that are not CPR numbers.
    """
    patients = [document.appointment.patient.id for document in documents]
    return hide_patient(*patients, *_cpr_roots(documents))


def hide_in_xml(data: bytes) -> Hide:
    """The same for a document that cannot be read: the ids that its XML states for its patient.

    If it states more ids than a person has, nothing at all is shown. In data that are not XML, only
    the form of a CPR number is recognised.
    """
    try:
        root = parse(data)
    except ParseError:
        return hide_numbers
    ids = [*root.iterfind(".//{*}patientRole/{*}id"), *root.iterfind(f".//*[@root='{Oid.CPR}']")]
    numbers = {id.get("extension", "").strip() for id in ids}
    if len(numbers) > MAX_HIDDEN or any(len(one) > MAX_HIDDEN_LENGTH for one in numbers):
        return lambda _: HIDDEN
    return _hide_extensions(sorted(numbers))


def _cpr_roots(value: Any) -> Iterator[CprNumber | Identifier]:
    """What is in a value below the root of CPR."""
    if isinstance(value, CprNumber | Identifier):
        if value.root == Oid.CPR:
            yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _cpr_roots(item)
    elif has(type(value)):
        for part in fields(type(value)):
            if part.name != "unmapped":  # nothing of it is shown where numbers are hidden
                yield from _cpr_roots(getattr(value, part.name))
