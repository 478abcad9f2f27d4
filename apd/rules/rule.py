"""A rule: a requirement with a function, and as it applies under the settings given."""

from collections.abc import Callable, Iterable, Mapping

import attrs
from attrs import field, frozen

from apd.findings import Finding, Severity
from apd.rules.document_view import DocumentView, Node
from apd.standard.requirement import Requirement, takes_mend
from apd.wording import Language, Wording

Check = Callable[[DocumentView], Iterable[Node]]
"""Gives the elements that break the rule; for one that is missing, the element it belongs in."""


def each(predicate: Callable[[Node], bool], *types: str) -> Check:
    """The elements of some data types of which something is true."""
    return lambda view: filter(predicate, view.of_type(*types))


@takes_mend
@frozen(kw_only=True)
class Rule(Requirement):
    """A requirement with a check of its own, where no row of the table of elements can say it.

    Its other arguments are those of :class:`~apd.standard.requirement.Requirement`.

    Args:
        check: gives the elements that break it. For use in several processes it must be a
            function of a module.
    """

    check: Check | None = field(default=None, repr=False)


def checked(requirement: Requirement, check: Check) -> Rule:
    """The rule that a requirement is with a check."""
    return Rule(**attrs.asdict(requirement, recurse=False), check=check)


@frozen
class EffectiveRule:
    """A rule, and what a finding of it weighs here."""

    rule: Requirement
    severity: Severity

    def finding(
        self,
        language: Language,
        path: str = "",
        line: int | None = None,
        wording: Wording | None = None,
        field: str = "",
        column: int | None = None,
    ) -> Finding:
        """A finding of the rule, worded as the rule is unless another wording is given."""
        return Finding(
            rule=self.rule.id,
            layer=self.rule.layer,
            wording=wording or self.rule.wording,
            severity=self.severity,
            conformance=self.rule.conformance,
            path=path,
            field=field,
            line=line,
            column=column,
            source=self.rule.source,
            remedy_wording=self.rule.remedy,
            language=language,
        )


EffectiveRules = Mapping[str, EffectiveRule]
"""The rules that apply, by id."""
