"""A rule: what is required, by whom, and how to see whether it is so."""

from collections.abc import Callable, Iterable

from attrs import field, frozen

from apd.finding import Layer, Severity
from apd.rules.index import Index, Node
from apd.wording import Wording

Check = Callable[[Index], Iterable[Node]]
"""Gives the elements that break the rule; for one that is missing, the element it belongs in."""

CLAUSE = "CONF-DK-APD:"
"""What the clause ids of the profile begin with."""


@frozen(kw_only=True)
class Rule:
    """One requirement.

    Args:
        id: stable; the first clause it speaks for, or a name of its own where there is none.
        conformance: every clause id it speaks for.
        layer: the set of rules it belongs to.
        severity: what a finding weighs, unless the settings say otherwise.
        source: where it is written: document, section, errata item.
        wording: what is wrong and what would be right, the same for every finding.
        explanation: what the rule is for, and what the sources say of it.
        mend: what to do about it.
        check: gives the elements that break it; None for the rules of the XML and the schema
            layer, whose findings the parser and the schema make, and for those over a set of
            documents. For use in several processes it must be a function of a module.
    """

    id: str
    conformance: tuple[str, ...] = ()
    layer: Layer
    severity: Severity = Severity.ERROR
    source: str
    wording: Wording
    explanation: Wording
    mend: Wording
    check: Check | None = field(default=None, eq=False, repr=False)


def clause(short: str) -> str:
    """The whole clause id: ``17da`` is ``CONF-DK-APD:17da``, others are whole already."""
    return short if ":" in short else CLAUSE + short


def clauses(short: str) -> tuple[str, ...]:
    """The whole ids of clauses that stand with blanks between them."""
    return tuple(clause(one) for one in short.split())
