"""Names in verdicts: rules by their ids and clauses, files by the ends of their names."""

import re
from collections.abc import Iterable
from typing import Generic, TypeVar

from apd.privacy.masking import hide_numbers
from apd.sor import register_rules

T = TypeVar("T")

_HYPHEN = re.compile(r"^(conf(?:-dk(?:-apd)?)?)-", re.IGNORECASE)
_SEPARATORS = re.compile(r"[/\\]+")
_LONGEST_NAME = 80
_PARTS_COMPARED = 8
"""The number of parts of a file's name that are compared, from its end; more make no difference."""


def rules_named(name: str) -> tuple[str, ...]:
    """The ids of the rules that an id, a clause, or the last part of one refers to, if any.

    ``CONF-DK-APD-b962`` is the same as ``CONF-DK-APD:b962``.
    """
    with_colon = _HYPHEN.sub(r"\1:", name.strip())
    meant = register_rules.rules_named(name) or register_rules.rules_named(with_colon)
    return tuple(rule.id for rule in meant)


def shown(name: str) -> str:
    """An unknown name in a form that is safe to show, since it may contain anything."""
    return hide_numbers(name)[:_LONGEST_NAME]


class Files(Generic[T]):
    """A mapping by names of files, of which one matches if either ends with the other."""

    def __init__(self, named: Iterable[tuple[str, T]]) -> None:
        self._ends: dict[tuple[str, ...], tuple[T, int] | None] = {}
        for name, thing in named:
            parts = _parts(name)
            for length in range(1, len(parts) + 1):
                end = parts[-length:]
                # the end of two names identifies neither
                self._ends[end] = None if end in self._ends else (thing, len(parts))

    def find(self, name: str) -> T | None:
        """The value of a name, or None."""
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
    """The directories of a file, the topmost first."""
    return tuple(part for part in _SEPARATORS.split(name)[:-1] if part not in ("", "."))
