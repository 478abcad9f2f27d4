"""Findings and documents for the tests of the reports, all invented."""

from typing import Any

from apd.findings import Finding, Layer, Severity
from apd.reports.checked import Checked, Context
from apd.rules.rule import Rule
from apd.wording import Wording


def rule(id_: str = "T-1", **changes: Any) -> Rule:
    """A rule."""
    fields: dict[str, Any] = {
        "id": id_,
        "conformance": (id_,),
        "layer": Layer.PROFILE,
        "source": "Side 7",
        "wording": Wording("Skal være <her> & nu.", "Must be <here> & now."),
        "explanation": Wording("Fordi.", "Because."),
        "remedy": Wording("Gør det.", "Do it."),
    }
    return Rule(**{**fields, **changes})


def finding(id_: str = "T-1", **changes: Any) -> Finding:
    """A finding of :func:`rule`."""
    fields: dict[str, Any] = {
        "rule": id_,
        "layer": Layer.PROFILE,
        "wording": rule(id_).wording,
        "conformance": (id_,),
        "path": "/ClinicalDocument/author[2]",
        "line": 7,
        "column": 5,
        "source": "Side 7",
    }
    return Finding(**{**fields, **changes})


WARNING = finding("T-2", severity=Severity.WARNING, path="", line=None, column=None, source="")
INFORMATION = finding("T-3", severity=Severity.INFORMATION)
UNKNOWN = finding("NO-SUCH-RULE")
TOGETHER = finding("T-1", path="", line=None, column=None)

DOCUMENTS = (
    Checked("clean.xml"),
    Checked("a folder/bad.xml", (finding(), WARNING)),
    Checked("nowhere.xml", problem="There is no such file."),
    Checked("æ&\u202e.xml", (INFORMATION, UNKNOWN)),
    Checked("warned.xml", (WARNING,)),
    Checked("clean.xml", (TOGETHER,), of_set=True, others=("warned.xml",)),
)


def context(**changes: Any) -> Context:
    """What holds for a report with three rules."""
    fields: dict[str, Any] = {
        "rules": {id_: rule(id_) for id_ in ("T-1", "T-2", "T-3")},
        "language": "en",
        "version": "1.2.3",
    }
    return Context(**{**fields, **changes})
