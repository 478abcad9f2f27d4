"""A rule: a requirement, and a function that sees whether a document meets it."""

from collections.abc import Callable, Iterable

import attrs
from attrs import field, frozen

from apd.rules.view import DocumentView, Node
from apd.standard.requirement import Requirement

Check = Callable[[DocumentView], Iterable[Node]]
"""Gives the elements that break the rule; for one that is missing, the element it belongs in."""


def each(predicate: Callable[[Node], bool], *types: str) -> Check:
    """The elements of some data types of which something is true."""
    return lambda view: filter(predicate, view.of_type(*types))


@frozen(kw_only=True)
class Rule(Requirement):
    """A requirement with a check of its own, where no row of the table of elements can say it.

    Args:
        id: stable; the first clause it speaks for, or a name of its own where there is none.
        conformance: every clause id it speaks for.
        layer: the set of rules it belongs to.
        severity: what a finding weighs, unless the settings say otherwise.
        source: where it is written: document, section, errata item.
        wording: what is wrong and what would be right, the same for every finding.
        explanation: what the rule is for, and what the sources say of it.
        mend: what to do about it.
        severity_by_edition: what a finding weighs by earlier editions of Aftaleoversigten, where
            that is something else.
        check: gives the elements that break it. For use in several processes it must be a
            function of a module.
    """

    check: Check | None = field(default=None, repr=False)


def checked(requirement: Requirement, check: Check) -> Rule:
    """The rule that a requirement is with a check."""
    return Rule(**attrs.asdict(requirement, recurse=False), check=check)
