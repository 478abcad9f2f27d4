"""From what cattrs and the model raise to problems, each with its path."""

import difflib
import json
from collections.abc import Collection, Iterator

import attrs
from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError

from apd.errors import InvalidValue
from apd.jsonform.expected import Refused, missing
from apd.jsonform.problems import Kind, Problem
from apd.jsonform.types import MASKED, TAG, TAGS
from apd.limits import MAX_PROBLEMS
from apd.wording import Wording


def problems(error: Exception, path: str) -> Iterator[Problem]:
    """Every problem in an error, in the order of the model's fields.

    Args:
        error: what was raised while data were read.
        path: where the data are.
    """
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
    "siger, at noget er skjult: brug det, som apd show --json --show-cpr skriver",
    "says that something is hidden: use what apd show --json --show-cpr writes",
)
