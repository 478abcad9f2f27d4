"""What names in verdicts mean: rules by ids and clauses, files by the ends of their names."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Generic, TypeVar

from apd.privacy.masking import hide_numbers
from apd.rules.rule_names import RuleNames
from apd.sor.comparison import every_rule

T = TypeVar("T")

_HYPHEN = re.compile(r"^(conf(?:-dk(?:-apd)?)?)-", re.IGNORECASE)
_SEPARATORS = re.compile(r"[/\\]+")
_LONGEST_NAME = 80
_PARTS_COMPARED = 8
"""The number of parts of a file's name that are compared, from its end; more make no difference."""


@cache
def _names() -> RuleNames:
    return RuleNames(every_rule())


@cache
def _rules() -> dict[str, tuple[str, ...]]:
    """The ids of the rules that an id or a clause is of."""
    found: dict[str, dict[str, None]] = {}
    for rule in every_rule():
        for name in (rule.id, *rule.conformance):
            found.setdefault(name, {})[rule.id] = None
    return {name: tuple(ids) for name, ids in found.items()}


def rules_named(name: str) -> tuple[str, ...]:
    """The ids of the rules that are meant by an id, by a clause, or by the last part of one.

    Args:
        name: the name; ``CONF-DK-APD-b962`` is as good as ``CONF-DK-APD:b962``.

    Returns:
        None of them where there is no such rule.
    """
    with_colon = _HYPHEN.sub(r"\1:", name.strip())
    meant = _names().canonical(name) or _names().canonical(with_colon)
    return () if meant is None else _rules()[meant]


def shown(name: str) -> str:
    """A name that no rule of ours has, as it may be shown: a stranger may have put anything in."""
    return hide_numbers(name)[:_LONGEST_NAME]


class Files(Generic[T]):
    """Things by the names of files, of which the beginning need not be the same.

    A name finds what has a name that ends as it does, or that it ends as.

    Args:
        named: each name with what is found by it.
    """

    def __init__(self, named: Iterable[tuple[str, T]]) -> None:
        self._ends: dict[tuple[str, ...], tuple[T, int] | None] = {}
        for name, thing in named:
            parts = _parts(name)
            for length in range(1, len(parts) + 1):
                end = parts[-length:]
                # the end of two names is the name of neither
                self._ends[end] = None if end in self._ends else (thing, len(parts))

    def find(self, name: str) -> T | None:
        """What is found by a name, or None."""
        parts = _parts(name)
        for length in range(len(parts), 0, -1):
            if parts[-length:] in self._ends:
                found = self._ends[parts[-length:]]
                is_whole = found is not None and length in (len(parts), found[1])
                return found[0] if found is not None and is_whole else None
        return None


def _parts(name: str) -> tuple[str, ...]:
    parts = [part for part in _SEPARATORS.split(name) if part not in ("", ".")]
    return tuple(parts[-_PARTS_COMPARED:])


def folder_of(name: str) -> tuple[str, ...]:
    """The directories that a file lies in, from the first on."""
    return tuple(part for part in _SEPARATORS.split(name)[:-1] if part not in ("", "."))
