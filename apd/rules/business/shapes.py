"""What the business rules share."""

from apd.finding import Layer, Severity
from apd.rules.registry import Check, Rule
from apd.wording import Wording

OVERVIEW = "Aftaleoversigten, content and business rules 2.0"
FAQ = "MedCom, FAQ of 2023"


def business(
    id: str,
    check: Check,
    wording: Wording,
    explanation: Wording,
    mend: Wording,
    source: str,
    severity: Severity = Severity.WARNING,
) -> Rule:
    """A rule of the business layer."""
    return Rule(
        id=id,
        layer=Layer.BUSINESS,
        severity=severity,
        source=source,
        wording=wording,
        explanation=explanation,
        mend=mend,
        check=check,
    )
