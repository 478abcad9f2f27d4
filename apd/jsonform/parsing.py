"""From a JSON text to Python's lists and dicts: the place that meets strangers.

:mod:`json` does the work; what it lets pass and RFC 8259 (JSON) or RFC 7493 (I-JSON) does not, is
found here: the same key twice, NaN, numbers out of range.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from itertools import islice
from typing import Any

from apd.jsonform.problems import JsonError, Kind, Problem
from apd.jsonform.types import field_names
from apd.limits import MAX_JSON_BYTES, MAX_JSON_DEPTH, MAX_JSON_DIGITS, MAX_PROBLEMS
from apd.wording import Wording

_ROOT = "$"
_after_comma = re.compile(r",[ \t\n\r]*").match


class _Flaw(Enum):
    """Stands in the data for what is refused, until its path is known."""

    NOT_A_NUMBER = Wording(
        "er ikke et tal i JSON (NaN, Infinity): angiv et tal eller null",
        "is not a JSON number (NaN, Infinity): specify a number or null",
    )
    HUGE = Wording(
        "er et for stort tal: angiv et mindre", "is too large a number: specify a smaller one"
    )


class _Repeating(dict[str, Any]):
    """An object that has a key more than once."""


REPEATS = Wording(
    "har den samme nøgle flere gange: angiv den én gang",
    "has the same key more than once: specify it once",
)
NOT_UTF_8 = Wording("er ikke UTF-8: gem filen som UTF-8", "is not UTF-8: save the file as UTF-8")
TOO_DEEP = Wording(
    "er for dyb: lister og objekter er indlejret i for mange niveauer",
    "is too deep: lists and objects are nested in too many levels",
)


def parse(text: str | bytes, *, max_bytes: int = MAX_JSON_BYTES) -> Any:
    """The lists, dicts, texts and numbers of a JSON text.

    Args:
        text: JSON; as bytes in UTF-8, with or without a byte order mark.
        max_bytes: the most that is read.

    Raises:
        JsonError: it is no JSON, too deep or too large, has a key twice in one object, a number
            that is none (NaN) or out of range.
    """
    if len(text) > max_bytes:
        raise refusal(too_large(max_bytes))
    decoder = Decoder()
    try:
        data = decoder.whole(text if isinstance(text, str) else text.decode())
    except json.JSONDecodeError as error:
        wrong: Wording | None = no_json(error, error.lineno, error.colno)
    except UnicodeDecodeError:
        wrong = NOT_UTF_8
    except RecursionError:
        wrong = TOO_DEEP
    else:
        wrong = None
    if wrong is not None:  # raised here, so that what quotes the text does not travel along
        raise refusal(wrong)
    if flaws := decoder.flaws(data):
        raise JsonError(flaws)
    return data


class Decoder:
    """Python's own decoder, which takes down that something it reads is to be refused."""

    def __init__(self) -> None:
        self._is_flawed = False
        self._json = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_int=self._whole_number,
            parse_float=self._number,
            parse_constant=lambda _: self._flaw(_Flaw.NOT_A_NUMBER),
        )

    def whole(self, text: str) -> Any:
        """The data of a whole text; ``RecursionError`` if it is too deep."""
        with _same_place():
            return _shallow(self._json.decode(text.removeprefix("\ufeff")))

    def value(self, text: str, place: int) -> tuple[Any, int]:
        """The data that begin at a place in a text, and where they end; raises as :meth:`whole`."""
        with _same_place():
            data, end = self._json.raw_decode(text, place)
        return _shallow(data), end

    def flaws(self, data: Any, path: str = _ROOT) -> tuple[Problem, ...]:
        """What is refused in the data just read, which are gone through only if need be."""
        is_flawed, self._is_flawed = self._is_flawed, False
        return tuple(islice(_flaws(data, path), MAX_PROBLEMS)) if is_flawed else ()

    def _flaw(self, flaw: _Flaw) -> _Flaw:
        self._is_flawed = True
        return flaw

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) == len(pairs):
            return made
        self._is_flawed = True
        return _Repeating(pairs)

    def _whole_number(self, digits: str) -> int | _Flaw:
        return int(digits) if len(digits) <= MAX_JSON_DIGITS else self._flaw(_Flaw.HUGE)

    def _number(self, digits: str) -> float | _Flaw:
        number = float(digits)
        return number if math.isfinite(number) else self._flaw(_Flaw.HUGE)


def refusal(wording: Wording) -> JsonError:
    """The whole text is refused."""
    return JsonError([Problem(_ROOT, Kind.JSON, wording)])


def too_large(most: int) -> Wording:
    """More bytes than are read."""
    return Wording(
        f"er for stor: der læses højst {most // 1024**2} MiB",
        f"is too large: at most {most // 1024**2} MiB are read",
    )


_EMPTY = Wording("er tom: angiv JSON", "is empty: specify JSON")
_XML = Wording(
    "er XML, ikke JSON: apd show --json --show-cpr viser et dokument som JSON",
    "is XML, not JSON: apd show --json --show-cpr shows a document as JSON",
)


def no_json(
    error: json.JSONDecodeError, line: int, column: int, *, is_first: bool = True
) -> Wording:
    """It is no JSON, from this place on; ``is_first`` where nothing was read before this text."""
    begins_so = is_first and not error.doc[: error.pos].strip()
    if begins_so and error.pos == len(error.doc):
        return _EMPTY
    if begins_so and error.doc[error.pos] == "<":
        return _XML
    return Wording(
        f"er ikke JSON: se linje {line}, tegn {column}",
        f"is not JSON: see line {line}, column {column}",
    )


@contextmanager
def _same_place() -> Iterator[None]:
    """From Python 3.13 on, a comma before a bracket is where the error is, not the bracket."""
    try:
        yield
    except json.JSONDecodeError as error:
        if not error.msg.startswith("Illegal trailing comma"):
            raise
        bracket = _after_comma(error.doc, error.pos)
        place = bracket.end() if bracket else error.pos
        raise json.JSONDecodeError(error.msg, error.doc, place) from None


def _shallow(data: Any) -> Any:
    """The data, where they are not too deep."""
    level = [data]
    for _ in range(MAX_JSON_DEPTH + 1):
        level = [inner for one in level if isinstance(one, dict | list) for inner in _values(one)]
        if not level:
            return data
    raise RecursionError


def _values(one: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return one.values() if isinstance(one, dict) else one


def _flaws(data: Any, root: str) -> Iterator[Problem]:
    """What is refused in data, in order; not by recursion, as the data may be deep."""
    steps: list[str] = []
    levels = [iter([(root, data)])]
    while levels:
        for step, value in levels[-1]:
            if isinstance(value, _Flaw):
                yield Problem("".join([*steps, step]), Kind.JSON, value.value)
            elif isinstance(value, _Repeating):
                yield Problem("".join([*steps, step]), Kind.JSON, REPEATS)
            if isinstance(value, dict | list):
                steps.append(step)
                levels.append(_inside(value))
                break
        else:
            levels.pop()
            del steps[-1:]


def _inside(value: dict[str, Any] | list[Any]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield f".{key if key in field_names() else '*'}", inner
    else:
        for index, inner in enumerate(value):
            yield f"[{index}]", inner
