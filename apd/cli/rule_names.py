"""Finding rules by what people call them: an id, a clause, or the last part of a clause."""

from difflib import get_close_matches
from functools import cache

from apd.cli.language import say, suggestion
from apd.sor.comparison import every_rule
from apd.standard.requirement import Requirement
from apd.wording import Wording

_SUGGESTED = 3


_UNKNOWN = Wording("reglen '{name}' findes ikke; {hint}", "there is no rule '{name}'; {hint}")
_LISTED = Wording("apd rules viser dem alle", "apd rules lists them all")


@cache
def _names() -> dict[str, str]:
    """Each id and clause by its name in small letters, whole and without what stands before :."""
    names: dict[str, str] = {}
    whole = [one for rule in every_rule() for one in (rule.id, *rule.conformance)]
    for name in whole:
        names.setdefault(name.lower(), name)
    for name in whole:
        names.setdefault(name.rpartition(":")[2].lower(), name)
    return names


def canonical(name: str) -> str | None:
    """The id or the clause that is meant, or None."""
    return _names().get(name.strip().lower())


def named(name: str) -> list[Requirement]:
    """The rules of an id or a clause; nothing where there are none."""
    meant = canonical(name)
    return [rule for rule in every_rule() if meant in (rule.id, *rule.conformance)]


def unknown(name: str) -> str:
    """That there is no such rule, and which may be meant."""
    close = get_close_matches(name.strip().lower(), _names(), _SUGGESTED)
    hint = suggestion((_names()[one] for one in close), say(_LISTED))
    return say(_UNKNOWN, name=name, hint=hint)
