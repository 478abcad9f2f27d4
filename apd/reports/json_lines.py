"""Findings as JSON Lines: one object a document, each on a line of its own."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from apd.findings import Finding
from apd.reports.checked import Checked, Context, weighs

# valid in JSON, but a terminal would obey them
_CONTROL = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def json_lines(documents: Iterable[Checked], context: Context) -> Iterator[str]:
    """One line a document, in the order of the documents."""
    for checked in documents:
        yield as_json(
            {
                "file": checked.name,
                "set": checked.of_set,
                "others": list(checked.others),
                "checked": checked.problem is None,
                "passed": passed(checked, context),
                "problem": checked.problem,
                "findings": [_finding(finding, context) for finding in checked.findings],
            },
            context,
        )


def passed(checked: Checked, context: Context) -> bool:
    """True where a document was checked and nothing in it counts as failed."""
    return checked.problem is None and not any(
        weighs(finding.severity, context.fail_on) for finding in checked.findings
    )


def _finding(finding: Finding, context: Context) -> dict[str, Any]:
    rule = context.rules.get(finding.rule)
    return {
        "rule": finding.rule,
        "conformance": list(finding.conformance),
        "layer": finding.layer.value,
        "severity": finding.severity.value,
        "message": finding.wording.in_language(context.language),
        "remedy": rule.remedy.in_language(context.language) if rule else None,
        "path": finding.path or None,
        "line": finding.line,
        "source": finding.source or None,
    }


def as_json(form: object, context: Context) -> str:
    """One line of JSON that can be shown on any terminal."""
    line = json.dumps(form, ensure_ascii=context.ascii_only)
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", line)
