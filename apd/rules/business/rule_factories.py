"""What the business rules share, those over several documents among them."""

from apd.findings import Layer, Severity
from apd.rules.admitted_values import Settled
from apd.rules.rule import Check, Detail, Rule, checked
from apd.standard.business_rules import source_of
from apd.standard.edition import Edition
from apd.standard.requirement import Requirement
from apd.wording import Wording


def business(
    id: str,
    check: Check,
    wording: Wording,
    explanation: Wording,
    remedy: Wording,
    *further: str,
    severity: Severity = Severity.WARNING,
    attribute: str = "",
    detail: Detail | None = None,
    settled: Settled | None = None,
) -> Rule:
    """A rule of the business layer: as :func:`business_requirement`, with its check.

    Args:
        id: stable, as the table of business rules names it.
        check: gives the elements that break it.
        wording: what is wrong and what would be right.
        explanation: what it is for.
        remedy: what to do.
        further: other documents that speak of it.
        severity: what a finding weighs.
        attribute: as for :class:`~apd.rules.rule.Rule`.
        detail: as for :class:`~apd.rules.rule.Rule`.
        settled: as for :class:`~apd.rules.rule.Rule`.
    """
    demanded = business_requirement(id, wording, explanation, remedy, *further, severity=severity)
    return checked(demanded, check, attribute, detail, settled)


def business_requirement(
    id: str,
    wording: Wording,
    explanation: Wording,
    remedy: Wording,
    *further: str,
    severity: Severity = Severity.WARNING,
    in_1_0: Severity | None = None,
) -> Requirement:
    """A requirement of the business layer; its sources are the sentences that name it.

    Args:
        id: stable, as the table of business rules names it.
        wording: what is wrong and what would be right.
        explanation: what it is for.
        remedy: what to do.
        further: other documents that speak of it.
        severity: what a finding weighs.
        in_1_0: what it weighs by edition 1.0, where that is something else.
    """
    return Requirement(
        id=id,
        layer=Layer.BUSINESS,
        severity=severity,
        source=source_of(id, *further),
        wording=wording,
        explanation=explanation,
        remedy=remedy,
        severity_by_edition=() if in_1_0 is None else ((Edition.V1_0, in_1_0),),
    )
