"""Finds rules by the names that people use: an id, a clause, or the last part of a clause."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from apd.standard.requirement import Requirement
from apd.wording import Wording, suggestion

_SUGGESTED = 3
_UNKNOWN = Wording("reglen '{name}' findes ikke; {hint}", "there is no rule '{name}'; {hint}")
_LISTED = Wording("apd rules viser dem alle", "apd rules lists them all")


class RuleNames:
    """The names of rules; if several rules share a name, the first one counts."""

    def __init__(self, rules: Iterable[Requirement]) -> None:
        whole = [one for rule in rules for one in (rule.id, *rule.conformance)]
        names: dict[str, str] = {}
        for name in whole:
            names.setdefault(name.lower(), name)
        for name in whole:
            names.setdefault(name.rpartition(":")[2].lower(), name)
        self._names: Mapping[str, str] = names
        """Each id and clause by its name in small letters, whole and without what is before :."""

    def canonical(self, name: str) -> str | None:
        """The id or the clause that is meant, or None."""
        return self._names.get(name.strip().lower())

    def unknown(self, name: str) -> Wording:
        """The error for an unknown rule, with suggestions."""
        close = get_close_matches(name.strip().lower(), self._names, _SUGGESTED)
        hint = suggestion((self._names[one] for one in close), _LISTED)
        return _UNKNOWN.filled(name=name, hint=hint)
