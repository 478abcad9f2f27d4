"""Factories of business rules, also for rules on several documents."""

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
    """A rule of the business layer: a :func:`business_requirement` with its check.

    ``attribute``, ``detail`` and ``settled`` are as for :class:`~apd.rules.rule.Rule`.
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

    ``further`` lists other sources; ``in_1_0`` is its severity in edition 1.0, if different.
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
