"""The rules that an argument names, of the library and of a register."""

from functools import cache

from apd.cli.language import say
from apd.rules.rule_names import RuleNames
from apd.sor.comparison import every_rule
from apd.standard.requirement import Requirement


@cache
def _names() -> RuleNames:
    return RuleNames(every_rule())


def named(name: str) -> list[Requirement]:
    """The rules of an id or a clause; nothing where there are none."""
    meant = _names().canonical(name)
    return [rule for rule in every_rule() if meant in (rule.id, *rule.conformance)]


def unknown(name: str) -> str:
    """That there is no such rule, and which may be meant."""
    return say(_names().unknown(name))
