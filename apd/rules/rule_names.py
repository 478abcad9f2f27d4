"""Finding rules by what people call them: an id, a clause, or the last part of a clause."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from apd.standard.requirement import Requirement
from apd.wording import Wording

_SUGGESTED = 3
_UNKNOWN = Wording("reglen '{name}' findes ikke; {hint}", "there is no rule '{name}'; {hint}")
_MEANT = Wording("mente du {names}?", "did you mean {names}?")
_OR = Wording(" eller ", " or ")
_LISTED = Wording("apd rules viser dem alle", "apd rules lists them all")


class RuleNames:
    """The names of rules.

    Args:
        rules: where a name is that of several, the first counts.
    """

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
        """That there is no such rule, and which may be meant."""
        close = get_close_matches(name.strip().lower(), self._names, _SUGGESTED)
        meant = list(dict.fromkeys(self._names[one] for one in close))
        hints = (
            _MEANT.in_language(language).format(names=_OR.in_language(language).join(meant))
            if meant
            else _LISTED.in_language(language)
            for language in ("da", "en")
        )
        da, en = hints
        return Wording(
            _UNKNOWN.da.format(name=name, hint=da), _UNKNOWN.en.format(name=name, hint=en)
        )
