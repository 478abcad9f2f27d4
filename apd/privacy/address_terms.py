"""Compares the buildings of addresses, and finds the parts of an address in a text.

A part is found word by word, regardless of what is between the words, of case and of composed
characters, and also with a longer last word: *Birkelunden* in *Birkelundens*.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from apd.model.contact import PROTECTED, Address, is_protected, words_of


def building(line: str) -> tuple[str, ...] | None:
    """Street and house number in a street line: *Birkelunden 12 B, 2. tv.* → birkelunden, 12b.

    None for a line that is not a street with a number, such as *2. sal* or *c/o Hansen*.
    """
    words = words_of(line)
    for place, word in enumerate(words):
        if word[0].isdigit():
            letter = words[place + 1 : place + 2]
            suffix = letter[0] if letter and len(letter[0]) == 1 and letter[0].isalpha() else ""
            return (*words[:place], word + suffix) if place else None
    return None


def is_same_building(one: Address | None, other: Address | None) -> bool:
    """Whether both are provided, with the same street and number, and no other part differs."""
    if one is None or other is None or not one.lines or not other.lines:
        return False
    return (
        street_of(one) == street_of(other)
        and _agree(one.postal_code, other.postal_code)
        and (bool(one.postal_code and other.postal_code) or _agree(one.city, other.city))
    )


def street_of(address: Address) -> tuple[str, ...]:
    """Street and number, from the line that has them; all lines if none has."""
    found = (building(line) for line in address.lines)
    return next((street for street in found if street), words_of(" ".join(address.lines)))


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or words_of(one) == words_of(other)


class AddressPart(StrEnum):
    """A part of an address that shows where it is."""

    HOUSE = "house"
    """Street and house number together."""
    STREET = "street"
    """The name of the street alone."""
    LINE = "line"
    """A line without a house number: the name of a place, *c/o*."""
    POSTAL_CODE = "postal_code"
    CITY = "city"


class Term(NamedTuple):
    """The words of one part of an address, in lower case and in order."""

    part: AddressPart
    words: tuple[str, ...]


# What a line may say of a floor or a door; alone it identifies nothing.
_IN_THE_HOUSE = frozenset(
    ("sal", "etage", "stuen", "kælder", "kælderen", "kld", "dør", "lejl", "lejlighed", "værelse")
)
_is_identifying = re.compile(r"[^\W\d_]{3}|\d{4}").search
_LONGER_FROM = 4


def terms_of(addresses: Iterable[Address]) -> tuple[Term, ...]:
    """The parts that show where addresses are, the longest first, so that they are found first.

    Floors and doors, countries, and texts with neither three letters nor four digits in a row
    identify nothing alone. A protected address has no such parts.
    """
    open_ones = (address for address in addresses if not is_protected(address))
    terms = {term for address in open_ones for term in _terms(address) if _identifies(term)}
    return tuple(sorted(terms, key=lambda term: (-len(term.words), term)))


def _terms(address: Address) -> Iterator[Term]:
    for line in address.lines:
        house = building(line)
        if house is None:
            yield Term(AddressPart.LINE, words_of(clean(line)))
            continue
        *street, number = house
        for form in _forms(number):
            yield Term(AddressPart.HOUSE, (*street, *form))
            yield Term(AddressPart.HOUSE, (*street, "nr", *form))
        yield Term(AddressPart.STREET, tuple(street))
    yield Term(AddressPart.POSTAL_CODE, words_of(clean(address.postal_code or "")))
    yield Term(AddressPart.CITY, words_of(clean(address.city or "")))


def _forms(number: str) -> Iterator[tuple[str, ...]]:
    """How a house number may be written: 12b as 12B, as 12 B, and without its letter."""
    yield (number,)
    if number[-1].isalpha():
        yield number[:-1], number[-1]
        yield (number[:-1],)


def _identifies(term: Term) -> bool:
    return any(_is_identifying(word) for word in term.words if word not in _IN_THE_HOUSE)


class Span(NamedTuple):
    """The position of a term in a text."""

    term: Term
    start: int
    end: int


# Format characters (Unicode category Cf), which are not seen: soft hyphens, joiners, marks of
# direction.
_unseen = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def clean(text: str) -> str:
    """A text with composed characters, and without invisible ones."""
    return text if text.isascii() else _unseen.sub("", unicodedata.normalize("NFKC", text))


_words = re.compile(r"[^\W_]+").finditer


def find(terms: Iterable[Term], text: str) -> list[Span]:
    """The positions of terms in a clean text, in order; at one position, the first of the terms."""
    folded = text.casefold()
    likely = [term for term in terms if all(word in folded for word in term.words)]
    if not likely:  # nearly always so, and quickly decided
        return []
    found = list(_words(text))
    words = [word[0].casefold() for word in found]
    spans: list[Span] = []
    for place in range(len(words)):
        for term in likely:
            if _stands(term.words, words, place):
                last = place + len(term.words) - 1
                spans.append(Span(term, found[place].start(), found[last].end()))
                break
    return spans


def _stands(words: tuple[str, ...], text: Sequence[str], place: int) -> bool:
    *before, last = words
    end = place + len(before)
    if end >= len(text) or text[place:end] != before:
        return False
    is_longer = len(last) >= _LONGER_FROM and last.isalpha() and text[end].startswith(last)
    return is_longer or text[end] == last


def without(terms: Iterable[Term], text: str) -> str:
    """A text in which :data:`PROTECTED` replaces every term; unchanged if there is none."""
    cleaned = clean(text)
    pieces, at = [], 0
    for span in find(terms, cleaned):
        if span.start >= at:
            pieces += [cleaned[at : span.start], PROTECTED]
            at = span.end
    return "".join([*pieces, cleaned[at:]]) if pieces else text
