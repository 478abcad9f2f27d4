"""Regular expressions mean the same on every Python that the library runs on.

Up to Python 3.11.4 a possessive repetition of more than one character goes wrong: it may match what
it should not, or end elsewhere (issues 100061 and 106052 of CPython). A repetition in an atomic
group means the same, and is right.
"""

import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from apd.cda.grammar import KEPT
from apd.cda.grammar.derivation import Derivation
from apd.standard.elements import elements
from apd.standard.releases import Release
from tests.scaling.patterns import patterns

_ONE_CHARACTER = {codes.ANY, codes.IN, codes.LITERAL, codes.NOT_LITERAL}
_NAMES = re.compile(r"\?P<\w+>|\(\?P=\w+\)")
"""Of groups, of which a grammar has some twice."""


def grammars() -> dict[str, str]:
    """The patterns of documents, and of the elements in them that the reader parses."""
    found = {}
    for is_relaxed in (False, True):
        derivation = Derivation(elements(Release.CURRENT), KEPT, is_relaxed=is_relaxed)
        name = "relaxed grammar" if is_relaxed else "grammar"
        found[name] = derivation.pattern()
        found |= {f"{name}: {kept_as}": one for kept_as, one in derivation.parsed.items()}
    return {name: _NAMES.sub("", pattern) for name, pattern in found.items()}


def possessive_groups(pattern: str | bytes) -> list[Any]:
    """What a pattern repeats possessively that is more than one character."""
    return [
        repeated
        for code, argument in _steps(parser.parse(pattern))
        if code is codes.POSSESSIVE_REPEAT
        for repeated in argument[-1:]
        if len(repeated) != 1 or repeated[0][0] not in _ONE_CHARACTER
    ]


def _steps(pattern: Any) -> Iterator[tuple[Any, Any]]:
    """The steps of a pattern, and of all patterns in it."""
    if isinstance(pattern, parser.SubPattern):
        yield from pattern
    if isinstance(pattern, parser.SubPattern | tuple | list):
        for part in pattern:
            yield from _steps(part)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a*+", 0),
        (r"[^<]++\s?+", 0),
        ("(?>(?:ab)*)", 0),
        ("(?:ab)*+", 1),
        ("(a|(?=(?:b|cd)?+))", 1),
    ],
)
def test_what_is_a_possessive_group(pattern: str, expected: int) -> None:
    assert len(possessive_groups(pattern)) == expected


def test_there_is_none() -> None:
    all_patterns = {name: used.pattern.pattern for name, used in patterns().items()} | grammars()
    found = {name: possessive_groups(pattern) for name, pattern in all_patterns.items()}
    assert not {name: groups for name, groups in found.items() if groups}
