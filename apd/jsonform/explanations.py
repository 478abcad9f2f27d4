"""What belongs in a place, in words; and what cattrs and the model raise, as problems by path."""

import datetime
import difflib
import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import attrs
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError

from apd.errors import InvalidValue
from apd.jsonform.problems import Kind, Problem
from apd.jsonform.types import MASKED, TAG, TAGS, Class, choice, is_closed_list, is_list, members
from apd.limits import MAX_PROBLEMS
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
_NO_JSON = Wording("ikke en JSON-værdi", "not a JSON value")


class Refused(Exception):
    """A piece of JSON, or of one key in it, that does not belong there: *is a number*."""

    def __init__(self, kind: Kind, wrong: Wording, right: Wording, at: str = "") -> None:
        super().__init__(kind, wrong, right, at)
        self.kind = kind
        self.wording = refusal(wrong, right)
        self.at = at


def refusal(wrong: Wording, right: Wording) -> Wording:
    """What is wrong and what would be right, in one sentence."""
    return Wording(f"{wrong.da}: angiv {right.da}", f"{wrong.en}: specify {right.en}")


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


def problems(error: Exception, path: str) -> Iterator[Problem]:
    """Every problem in an error of reading, in the order of the model's fields, below ``path``."""
    match error:
        case ClassValidationError():
            within, whole = error.group_exceptions()
            for one, field in within:
                if isinstance(one, KeyError):
                    yield Problem(f"{path}.{field.name}", Kind.MISSING, missing(field.type))
                else:
                    yield from problems(one, f"{path}.{field.name}")
            for one in whole:
                yield from problems(one, path)
        case IterableValidationError():
            for one, item in error.group_exceptions()[0]:
                yield from problems(one, f"{path}[{item.index}]")
        case Refused():
            yield Problem(f"{path}.{error.at}" if error.at else path, error.kind, error.wording)
        case InvalidValue():
            field_name = error.field.partition(".")[2]
            at = f"{path}.{field_name}" if field_name else path
            yield Problem(at, Kind.VALUE, error.refusal)
        case ForbiddenExtraKeysError():
            yield from _unknown_keys(error.extra_fields, error.cl, path)
        case _:
            raise error


def _unknown_keys(keys: Collection[object], one: type, path: str) -> Iterator[Problem]:
    """A key is named only where it is nearly a known one; anything else may be personal data."""
    known = [*([TAG] if one in TAGS else []), *(field.name for field in attrs.fields(one))]
    found = {key: _closest(key, known) for key in sorted(map(str, keys))[:MAX_PROBLEMS]}
    for key, closest in found.items():
        if closest is not None:
            yield Problem(path, Kind.UNKNOWN, _misspelt(key, closest))
    if MASKED in found:
        yield Problem(f"{path}.{MASKED}", Kind.UNKNOWN, _IS_MASKED)
    elif None in found.values():
        yield Problem(path, Kind.UNKNOWN, _unknown(known))


def _closest(key: str, known: Collection[str]) -> str | None:
    return next(iter(difflib.get_close_matches(key, known, n=1)), None)


def _misspelt(key: str, closest: str) -> Wording:
    shown = json.dumps(key)
    return Wording(
        f'har den ukendte nøgle {shown}: mente du "{closest}"?',
        f'has the unknown key {shown}: did you mean "{closest}"?',
    )


def _unknown(known: Collection[str]) -> Wording:
    names = ", ".join(known)
    return Wording(
        f"har en eller flere ukendte nøgler: de kendte er {names}",
        f"has one or more unknown keys: the known keys are {names}",
    )


_IS_MASKED = Wording(
    "viser, at noget er skjult: brug det, som apd show --json --show-cpr skriver",
    "states that data are masked: use what apd show --json --show-cpr writes",
)
