"""Searches the anonymous copy of a document for anything of the original.

This checks :mod:`apd.privacy.anonymising` from outside: it knows nothing about elements, and
compares the characters of both. It searches for

- every word of three letters or more: as a word; of six or more also inside others, by its first
  36 letters;
- every number of five digits or more: as a number; of eight or more also inside others; blanks,
  dots, hyphens and slashes inside a number are ignored;
- every UUID, in either case;
- the CPR numbers, in any form, and the dates of birth.

Common texts are ignored: the words and codes of the standard, the names of its elements, attributes
and namespaces, and the times in a document. Shorter words and numbers identify nobody, but have
been replaced as well.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

from attrs import frozen
from lxml import etree

from apd.cda import fixed_values
from apd.cda.xml import Element, parse
from apd.privacy import patterns
from apd.privacy.anonymising import cpr_of, kept_words, moments, time_of_element
from apd.privacy.pseudonyms import SOR_END
from apd.privacy.scrubbing import common_words
from apd.text.times import MONTH_NUMBERS
from apd.wording import Wording

_SHORTEST_WORD, _SHORTEST_INSIDE = 3, 6
_SHORTEST_NUMBER, _SHORTEST_NUMBER_INSIDE = 5, 8
_LENGTH_OF_UUID = 36
_LONGEST_INSIDE = 36

_words_in = re.compile(r"[^\W\d_]+").findall
_groups_in = re.compile(r"[0-9]+(?:[ ./\-][0-9]+)*").findall
_runs = re.compile("[0-9]+").findall
_uuid = re.compile(patterns.UUID)
_uuids_in = _uuid.findall
_oids = re.compile(patterns.LIKE_OID)
_dates = re.compile(f"{patterns.ISO_DATE}|{patterns.DATE}")
_not_digits = re.compile("[^0-9]")
_in_words = re.compile(patterns.DATE_IN_WORDS, re.IGNORECASE)
_no_character = re.compile("&#(?:[0-9]{8,}|[xX][0-9A-Fa-f]{7,})")  # which int() may refuse
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
# What declarations, telecoms and the version of the profile say.
_COMMON_WORDS = frozenset(
    (
        *("xml", "version", "encoding", "utf", "standalone", "xmlns", "apd"),
        *("tel", "sms", "fax", "mailto", "http", "https", "invalid"),
    )
)


@frozen
class Leak:
    """A part of a document that is present in its anonymous copy.

    It does not contain the part, which may be personal.

    Args:
        line: the line of the copy.
        wording: what kind of thing it is.
    """

    line: int
    wording: Wording


_WORD = Wording(
    "Et ord fra originalen findes stadig.", "A word from the original is still present."
)
_UUID = Wording("Et id fra originalen findes stadig.", "An id from the original is still present.")
_DENMARK = "45"
_NUMBER = Wording(
    "Et tal fra originalen findes stadig.", "A number from the original is still present."
)


def leaks(
    original: bytes | str, result: bytes | str, *, keep_organizations: bool = False
) -> tuple[Leak, ...]:
    """The parts of a document that are present in its copy; none if the copy is anonymous.

    Args:
        original: the document.
        result: the copy.
        keep_organizations: whether the names and codes of organisations may be in it.

    Raises:
        ParseError: one of them is not XML.
    """
    root = parse(original)
    elements = list(root.iter("*"))
    kept = set(kept_words(elements)) if keep_organizations else set()
    common = _common_words() | kept
    common_numbers = _common_numbers() | kept
    text = _letters(_decoded(original, root))
    words = _words(text) - common
    times = " ".join(_times(elements))
    numbers = (_numbers(text) | set(_births(elements))) - common_numbers
    # a child may be seen on the day when it is born
    numbers = {number for number in numbers if number not in times}
    numbers.update(cpr for element in elements if (cpr := cpr_of(element)) is not None)
    kinds = (
        _Kind(_WORD, words, _SHORTEST_INSIDE, lambda t: _words(t) - common),
        _Kind(_NUMBER, numbers, _SHORTEST_NUMBER_INSIDE, lambda t: _numbers(t) - common_numbers),
        _Kind(_UUID, _uuids(text), _LENGTH_OF_UUID, _uuids),
    )
    return tuple(_found(_decoded(result, parse(result)), kinds))


class _Kind(NamedTuple):
    """What is looked for, the message where it is found, and how it is found inside of others."""

    wording: Wording
    wanted: set[str]
    shortest_inside: int
    seen: Callable[[str], set[str]]


def _letters(text: str) -> str:
    """A text as a person reads it: references resolved, no character that is not seen."""
    text = _unescaped(_unescaped(text))  # twice: what was escaped again can still be read
    if "%" in text:
        text = f"{text} {unquote(text)}"
    return _in_words.sub(_in_digits, unicodedata.normalize("NFKC", text.translate(_UNSEEN)))


def _unescaped(text: str) -> str:
    return html.unescape(_no_character.sub("& ", text))


def _decoded(data: bytes | str, root: Element) -> str:
    """All of a document as text: comments, names and all."""
    if isinstance(data, str):
        return data
    encoding = root.getroottree().docinfo.encoding or "utf-8"
    try:
        return data.decode(encoding, errors="replace")
    except LookupError:  # libxml2 knows more encodings than Python; without the comments then
        return etree.tostring(root, encoding="unicode")


def _uuids(text: str) -> set[str]:
    return {uuid.lower() for uuid in _uuids_in(text)}


def _in_digits(date: re.Match[str]) -> str:
    """*5. marts 2026* as 05-03-2026, so that it counts as a date and not as a word."""
    day, month, year = date[0].replace(".", "").split()
    return f"{int(day):02}-{MONTH_NUMBERS[month.lower()]:02}-{year}"


# --- what is looked for ----------------------------------------------------------------------


def _words(text: str) -> set[str]:
    return {
        word for word in _words_in(_uuid.sub("", text).casefold()) if len(word) >= _SHORTEST_WORD
    }


@cache
def _common_words() -> frozenset[str]:
    """The words of the standard, of its namespaces and their prefixes, and of media types."""
    known = (fixed_values.NAMESPACES, fixed_values.PREFIXES, fixed_values.MEDIA_TYPES)
    fixed = " ".join(one for names in known for one in names)
    return common_words() | _COMMON_WORDS | frozenset(_words_in(fixed.casefold()))


def _numbers(text: str) -> set[str]:
    """The numbers, those in known OIDs left out; each also with what stands beside it."""
    text = _oids.sub(_unless_known, _uuid.sub("", text))
    groups = _groups_in(_dates.sub(r"|\g<0>|", text))
    found = {_not_digits.sub("", number) for group in groups for number in (group, *_runs(group))}
    return {
        number
        for number in found
        # zeros behind the code of the country are nobody's number, and stay zeros
        if len(number) >= _SHORTEST_NUMBER and number.removeprefix(_DENMARK).strip("0")
    }


def _unless_known(oid: re.Match[str]) -> str:
    return "" if fixed_values.is_known_oid(oid[0]) else oid[0]


@cache
def _common_numbers() -> frozenset[str]:
    """The numbers in codes, and what every SOR code ends with."""
    ends = (f"{SOR_END}{digit}" for digit in range(10))
    parts = {end[at:to] for end in ends for at in range(len(end)) for to in range(len(end) + 1)}
    return frozenset(
        number for code in (*fixed_values.codes(), *parts) for number in _numbers(code)
    )


def _times(elements: list[Element]) -> Iterator[str]:
    """The digits of the times that a document says, and the dates of its templates."""
    for element in elements:
        value = time_of_element(element)
        if value is not None:
            yield from _numbers(value)
            for at in moments(value):
                yield from (f"{at:%Y%m%d}", f"{at:%d%m%Y}", f"{at.day}{at.month}{at.year}")
        elif str(element.tag).endswith("}templateId"):
            yield from _numbers(element.get("extension", ""))


def _births(elements: list[Element]) -> Iterator[str]:
    """The dates of birth, as digits, in the order of years and of days."""
    for element in elements:
        if str(element.tag).endswith(("}birthTime", "}deceasedTime")):
            date = element.get("value", "").strip()[:8]
            if len(date) == len("YYYYMMDD") and date.isdecimal():
                yield date
                yield f"{date[6:]}{date[4:6]}{date[:4]}"


# --- where it is found -----------------------------------------------------------------------


class _Search:
    """Finds what is wanted in texts, in time that grows with their length alone.

    What is as long as ``shortest_inside`` is looked for inside of others too, by its first
    :data:`_LONGEST_INSIDE` characters.
    """

    def __init__(self, wanted: set[str], shortest_inside: int) -> None:
        self._wanted = wanted
        self._shortest = shortest_inside
        self._inside = {one[:_LONGEST_INSIDE] for one in wanted if len(one) >= shortest_inside}
        self._beginnings = {
            one[:length] for one in self._inside for length in range(shortest_inside, len(one) + 1)
        }

    def finds_in(self, texts: set[str]) -> bool:
        """True where one of the texts is wanted, or holds what is."""
        return not texts.isdisjoint(self._wanted) or any(map(self._is_inside, texts))

    def _is_inside(self, text: str) -> bool:
        for at in range(len(text) - self._shortest + 1):
            end = at + self._shortest
            while (part := text[at:end]) in self._beginnings:
                if part in self._inside:
                    return True
                end += 1
                if end > len(text):
                    break
        return False


def _found(text: str, kinds: Iterable[_Kind]) -> Iterator[Leak]:
    for kind in kinds:
        search = _Search(kind.wanted, kind.shortest_inside)
        if search.finds_in(kind.seen(_letters(text))):
            for at, line in enumerate(text.split("\n"), 1):
                if search.finds_in(kind.seen(_letters(line))):
                    yield Leak(at, kind.wording)
