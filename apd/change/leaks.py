"""Looking for anything of a document in the anonymous copy of it.

This checks :mod:`apd.change.anonymising` from outside: it knows nothing of elements, and looks at
the letters of both. It looks for

- every word of three letters or more: as a word; of six or more also inside of others;
- every number of five digits or more: as a number; of eight or more also inside of others; blanks,
  dots, hyphens and slashes inside a number do not count;
- every UUID, in either case;
- the CPR numbers, in any form, and the dates of birth.

What is common does not count: the words and codes of the standard, the names of elements and
attributes, and the times that a document says. Shorter words and numbers tell nobody apart; every
one of them has been replaced all the same.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from attrs import frozen
from lxml import etree

from apd.cda import vocabulary
from apd.cda.xml import Element, parse
from apd.change.anonymising import cpr_of, kept_words, moments, time_of_element
from apd.change.vocabulary import common_words
from apd.change.words import MONTH_NUMBERS
from apd.wording import Wording

_SHORTEST_WORD, _SHORTEST_INSIDE = 3, 6
_SHORTEST_NUMBER, _SHORTEST_NUMBER_INSIDE = 5, 8
_LENGTH_OF_UUID = 36
_LONG_TEXT = 100

_words_in = re.compile(r"[^\W\d_]+").findall
_groups_in = re.compile(r"[0-9]+(?:[ ./\-][0-9]+)*").findall
_runs = re.compile("[0-9]+").findall
_uuid = re.compile("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_uuids_in = _uuid.findall
_oids = re.compile(r"[0-2](?:\.[0-9]+){2,}")
_dates = re.compile(r"\b(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./\-][0-9]{1,2}[./\-][0-9]{4})\b")
_not_digits = re.compile("[^0-9]")
_spoken = re.compile(
    rf"\b([0-9]{{1,2}})\.? ({'|'.join(MONTH_NUMBERS)}) ([0-9]{{4}})\b", re.IGNORECASE
)
# What declarations, telecoms and the version of the profile say.
_COMMON_WORDS = frozenset(
    (
        *("xml", "version", "encoding", "utf", "standalone", "xmlns", "apd"),
        *("tel", "sms", "fax", "mailto", "http", "https", "invalid"),
    )
)


@frozen
class Leak:
    """Something of a document that stands in its anonymous copy.

    It does not tell what: that may be personal.

    Args:
        line: the line of the copy.
        wording: what kind of thing it is.
    """

    line: int
    wording: Wording


_WORD = Wording("Der står et ord fra originalen.", "There is a word of the original.")
_UUID = Wording("Der står et id fra originalen.", "There is an id of the original.")
_DENMARK = "45"
_NUMBER = Wording("Der står et tal fra originalen.", "There is a number of the original.")


def leaks(
    original: bytes | str, result: bytes | str, *, keep_organizations: bool = False
) -> tuple[Leak, ...]:
    """What of a document stands in its anonymous copy; nothing where it is anonymous.

    Args:
        original: the document.
        result: the copy.
        keep_organizations: the names and codes of organisations may stand in it.

    Raises:
        ParseError: one of them is no XML.
    """
    root = parse(original)
    elements = list(root.iter("*"))
    kept = set(kept_words(elements)) if keep_organizations else set()
    common_words = _common_words(elements) | kept
    common_numbers = _common_numbers() | kept
    text = _letters(original, root)
    words = _words(text) - common_words
    times = set(_times(elements))  # a child may be seen on the day when it is born
    numbers = (_numbers(text) | set(_births(elements))) - common_numbers - times
    numbers.update(cpr for element in elements if (cpr := cpr_of(element)) is not None)
    kinds = (
        _Kind(_WORD, words, _SHORTEST_INSIDE, lambda t: _words(t) - common_words),
        _Kind(_NUMBER, numbers, _SHORTEST_NUMBER_INSIDE, lambda t: _numbers(t) - common_numbers),
        _Kind(_UUID, _uuids(text), _LENGTH_OF_UUID, _uuids),
    )
    return tuple(_found(_letters(result, parse(result)), kinds))


class _Kind(NamedTuple):
    """What is looked for.

    Args:
        wording: what is said where it is found.
        wanted: what is looked for.
        shortest_inside: what is this long is looked for inside of others too.
        seen: what of this kind stands in a text.
    """

    wording: Wording
    wanted: set[str]
    shortest_inside: int
    seen: Callable[[str], set[str]]


def _letters(data: bytes | str, root: Element) -> str:
    """All of a document as text: comments, names and all, with entities decoded."""
    if isinstance(data, bytes):
        data = _decoded(data, root)
    return _spoken.sub(_in_digits, html.unescape(data))


def _decoded(data: bytes, root: Element) -> str:
    encoding = root.getroottree().docinfo.encoding or "utf-8"
    try:
        return data.decode(encoding, errors="replace")
    except LookupError:  # libxml2 knows more encodings than Python; without the comments then
        return etree.tostring(root, encoding="unicode")


def _uuids(text: str) -> set[str]:
    return {uuid.lower() for uuid in _uuids_in(text)}


def _in_digits(date: re.Match[str]) -> str:
    """*5. marts 2026* as 05-03-2026, so that it counts as a date and not as a word."""
    day, month, year = date.groups()
    return f"{int(day):02}-{MONTH_NUMBERS[month.lower()]:02}-{year}"


# --- what is looked for ----------------------------------------------------------------------


def _words(text: str) -> set[str]:
    return {
        word for word in _words_in(_uuid.sub("", text).casefold()) if len(word) >= _SHORTEST_WORD
    }


def _common_words(elements: list[Element]) -> set[str]:
    """The words of the standard, and of the names and namespaces of the document."""
    names = {str(name) for element in elements for name in (element.tag, *element.attrib)}
    names.update(f"{key}:{uri}" for element in elements for key, uri in element.nsmap.items())
    own = {word for name in names for word in _words_in(name.casefold())}
    return own | common_words() | _COMMON_WORDS


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
    return "" if vocabulary.is_known_oid(oid[0]) else oid[0]


@cache
def _common_numbers() -> frozenset[str]:
    return frozenset(number for code in vocabulary.codes() for number in _numbers(code))


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
            date = element.get("value", "")[:8]
            if len(date) == len("YYYYMMDD") and date.isdecimal():
                yield date
                yield f"{date[6:]}{date[4:6]}{date[:4]}"


# --- where it is found -----------------------------------------------------------------------


def _found(text: str, kinds: Iterable[_Kind]) -> Iterator[Leak]:
    for kind in kinds:
        if left := _left(text, kind, kind.wanted):
            for at, line in enumerate(text.splitlines(), 1):
                if _left(line, kind, left):
                    yield Leak(at, kind.wording)


def _left(text: str, kind: _Kind, wanted: set[str]) -> set[str]:
    """Those of the wanted that stand in a text; the long ones also inside of others."""
    seen = kind.seen(text)
    long = {one for one in wanted if len(one) >= kind.shortest_inside}
    lengths = {len(one) for one in long}
    return (seen & wanted).union(*(_inside(other, long, lengths) for other in seen))


def _inside(text: str, long: set[str], lengths: set[int]) -> set[str]:
    """Those that stand inside of a text. There may be too many to look for each."""
    if len(text) > _LONG_TEXT:
        return {one for one in long if one in text}
    return {
        part
        for length in lengths
        for at in range(len(text) - length + 1)
        if (part := text[at : at + length]) in long
    }
