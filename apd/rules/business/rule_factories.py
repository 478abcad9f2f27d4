"""What the business rules share."""

from apd.findings import Layer, Severity
from apd.rules.rule import Check, Rule
from apd.standard.business_rules import source_of
from apd.wording import Wording


def business(
    id: str,
    check: Check,
    wording: Wording,
    explanation: Wording,
    mend: Wording,
    *further: str,
    severity: Severity = Severity.WARNING,
) -> Rule:
    """A rule of the business layer; its sources are the sentences that name it.

    Args:
        id: stable, as the table of business rules names it.
        check: gives the elements that break it.
        wording: what is wrong and what would be right.
        explanation: what it is for.
        mend: what to do.
        further: other documents that speak of it.
        severity: what a finding weighs.
    """
    return Rule(
        id=id,
        layer=Layer.BUSINESS,
        severity=severity,
        source=source_of(id, *further),
        wording=wording,
        explanation=explanation,
        mend=mend,
        check=check,
    )
