"""The report on one document as a single text, for callers from Python."""

import datetime

from apd import __version__
from apd.findings import Finding, Report
from apd.privacy.masking import hide_numbers
from apd.reports.checked import Checked, Context
from apd.reports.contract import document, header
from apd.reports.junit import junit
from apd.reports.sarif import sarif
from apd.sor.register_rules import every_rule
from apd.standard.requirement import Requirement
from apd.text.characters import json_text, name_on_a_line
from apd.wording import Language


def as_json(report: Report, file: str, language: Language | None) -> str:
    """The header and the document as one JSON object."""
    context = _context(report, language)
    data = {"header": header(context), **document(_checked(report, file), context)}
    return json_text(data, ascii_only=context.ascii_only)


def as_sarif(report: Report, file: str, language: Language | None) -> str:
    """A SARIF log with one document."""
    return "\n".join(sarif([_checked(report, file)], _context(report, language)))


def as_junit(report: Report, file: str, language: Language | None) -> str:
    """A JUnit test suite with one document."""
    return "\n".join(junit([_checked(report, file)], _context(report, language)))


def _checked(report: Report, file: str) -> Checked:
    return Checked(name_on_a_line(hide_numbers(file)), report.findings, document=report.document)


def _context(report: Report, language: Language | None) -> Context:
    of_findings = report.findings[0].language if report.findings else "en"
    own = {one.rule: _requirement(one) for one in report.findings}
    return Context(
        rules={**own, **{rule.id: rule for rule in every_rule()}},
        language=language or of_findings,
        version=__version__,
        rule_set=report.rule_set,
        date=datetime.date.today().isoformat(),
    )


def _requirement(finding: Finding) -> Requirement:
    """A rule that is not in the list of rules, as its finding describes it."""
    return Requirement(
        id=finding.rule,
        conformance=finding.conformance,
        layer=finding.layer,
        severity=finding.severity,
        source=finding.source,
        wording=finding.wording,
        explanation=finding.wording,
        remedy=finding.remedy_wording,
    )
