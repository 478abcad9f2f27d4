"""What stands in a place, and what belongs there, in words."""

import datetime
from collections.abc import Iterable
from typing import Any

from apd.jsonform.problems import Kind
from apd.jsonform.types import TAG, TAGS, Class, choice, is_closed_list, is_list, members
from apd.model.document import DocumentSource
from apd.wording import Wording

_SCALARS = {
    str: Wording("en tekst", "a text"),
    int: Wording("et helt tal", "a whole number"),
    bool: Wording("true eller false", "true or false"),
    DocumentSource: Wording("XML som en streng", "XML as a string"),
    datetime.date: Wording("en dato som 1948-12-25", "a date such as 1948-12-25"),
    datetime.datetime: Wording(
        "et tidspunkt som 2026-03-12T07:00:00+01:00", "a time such as 2026-03-12T07:00:00+01:00"
    ),
}
_LIST = Wording("en liste", "a list")
_OBJECT = Wording("et objekt", "an object")
_FOUND: dict[type, Wording] = {
    type(None): Wording("null", "null"),
    bool: Wording("true eller false", "true or false"),
    int: Wording("et tal", "a number"),
    float: Wording("et tal", "a number"),
    str: _SCALARS[str],
    list: _LIST,
    dict: _OBJECT,
}
_MISSING = Wording("mangler", "is missing")
_NO_JSON = Wording("ingen JSON-værdi", "not a JSON value")


class Refused(Exception):
    """A piece of JSON that is not what belongs in its place.

    Args:
        kind: what it is about.
        wrong: what is wrong, such as *is a number*.
        right: what would be right, such as *a text*.
        at: the key inside the piece that it is about, or nothing.
    """

    def __init__(self, kind: Kind, wrong: Wording, right: Wording, at: str = "") -> None:
        super().__init__(kind, wrong, right, at)
        self.kind = kind
        self.wording = refusal(wrong, right)
        self.at = at


def refusal(wrong: Wording, right: Wording) -> Wording:
    """What is wrong and what would be right, in one sentence."""
    return Wording(f"{wrong.da}: skriv {right.da}", f"{wrong.en}: use {right.en}")


def wrong_type(value: object, right: Class) -> Refused:
    """That a value is of another type than belongs in its place."""
    found = _FOUND.get(type(value), _NO_JSON)
    return Refused(Kind.TYPE, Wording(f"er {found.da}", f"is {found.en}"), expected(right))


def missing(right: Class) -> Wording:
    """That nothing stands in a place."""
    return refusal(_MISSING, expected(right))


def no_tag(right: Iterable[str]) -> Refused:
    """That an object does not say which of several it is."""
    return Refused(Kind.MISSING, _MISSING, quoted(right), TAG)


def no_such_word(right: Iterable[str], at: str = "") -> Refused:
    """That a word is not in its closed list."""
    wrong = Wording("er ikke en af de tilladte værdier", "is not one of the allowed values")
    return Refused(Kind.WORD, wrong, quoted(right), at)


def expected(right: Class) -> Wording:
    """What belongs in a place."""
    classes, nullable = choice(right)
    noun = _noun(classes)
    return Wording(f"{noun.da}, eller null", f"{noun.en}, or null") if nullable else noun


def _noun(classes: tuple[Class, ...]) -> Wording:
    (first, *_) = classes
    if first in _SCALARS:
        return _SCALARS[first]
    if is_list(first):
        return _LIST
    if is_closed_list(first):
        return quoted(members(first))
    return _tagged(classes) if first in TAGS else _OBJECT


def _tagged(classes: tuple[Any, ...]) -> Wording:
    tags = quoted(TAGS[one] for one in classes)
    return Wording(f'{_OBJECT.da} med "{TAG}": {tags.da}', f'{_OBJECT.en} with "{TAG}": {tags.en}')


def quoted(words: Iterable[str]) -> Wording:
    """*"a", "b" or "c"*."""
    *others, last = [f'"{word}"' for word in words]
    if not others:
        return Wording(last, last)
    before = ", ".join(others)
    return Wording(f"{before} eller {last}", f"{before} or {last}")
