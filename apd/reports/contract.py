"""The content of a report as plain data, and its JSON Schema: one contract for all formats.

A report consists of a header, the documents one after the other, and the findings of a baseline
that are gone. The version of the format is raised when a key is removed or changes its meaning, but
not when a key is added.
"""

from typing import Any

from apd.findings import Finding, Layer, Severity
from apd.reports.addresses import address_of
from apd.reports.checked import Checked, Context, Known
from apd.rules.settings import rule_set, usual
from apd.standard.edition import Edition
from apd.wording import Wording

FORMAT, FORMAT_VERSION = "dk-apd-report", 1
LINES = ("header", "document", "gone", "left_alone")
"""What a line of a report is about."""
NEW, KNOWN = "new", "known"


def header(context: Context) -> dict[str, Any]:
    """By what a report was made: the format, the tool, the rules, the settings, the day."""
    rules = context.rule_set or rule_set(usual())
    return {
        "type": "header",
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "tool": "dk-apd",
        "tool_version": context.version,
        "rules": {"count": rules.count, "digest": rules.digest},
        "settings": {
            "off": list(rules.off),
            "severity": dict(rules.severities),
            "own_rules": list(rules.own),
            "as_release": rules.as_release,
            "layers": list(context.layers or Layer),
            "fail_on": context.fail_on.value,
            "strict": context.strict,
            "schema": context.schema,
            "baseline": context.baseline,
        },
        "release": rules.release,
        "edition": rules.edition,
        "language": context.language,
        "date": context.date or None,
    }


def document(checked: Checked, context: Context) -> dict[str, Any]:
    """One document, or several that are wrong together."""
    known = checked.known or (None,) * len(checked.findings)
    return {
        "file": checked.name,
        "set": checked.of_set,
        "others": list(checked.others),
        "checked": checked.problem is None,
        "passed": checked.problem is None and not checked.counting(context.fail_on),
        "problem": checked.problem,
        "document": checked.document or None,
        "findings": [
            _finding(checked, finding, is_known, context)
            for finding, is_known in zip(checked.findings, known, strict=True)
        ],
    }


def _finding(
    checked: Checked, finding: Finding, is_known: bool | None, context: Context
) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "conformance": list(finding.conformance),
        "layer": finding.layer.value,
        "severity": finding.severity.value,
        "message": finding.wording.in_language(context.language),
        "remedy": context.remedy(finding) or None,
        "path": finding.path or None,
        "field": finding.field or None,
        "line": finding.line,
        "column": finding.column,
        "also_at": [
            {"path": place.path, "line": place.line, "column": place.column}
            for place in finding.also_at
        ],
        "source": finding.source or None,
        "explanation": address_of(finding.rule, context.documentation),
        "fingerprint": checked.fingerprint(finding),
        "baseline": None if is_known is None else KNOWN if is_known else NEW,
    }


def gone(known: Known) -> dict[str, Any]:
    """A finding that a baseline has and that was not found again."""
    return {
        "type": "gone",
        "documents": list(known.documents),
        "rule": known.rule,
        "place": known.place or None,
        "fingerprint": known.fingerprint,
    }


def left_alone(kind: Wording, count: int, context: Context) -> dict[str, Any]:
    """Files that are no appointment documents and were left alone, by what they are."""
    return {
        "type": "left_alone",
        "count": count,
        "reason": kind.in_language(context.language),
    }


# --- the schema ------------------------------------------------------------------------------

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_MAYBE_TEXT = {"type": ["string", "null"]}
_FLAG = {"type": "boolean"}
_MAYBE_NUMBER = {"type": ["integer", "null"], "minimum": 1}
_SEVERITY = {"enum": [one.value for one in Severity]}
_LAYER = {"enum": [one.value for one in Layer]}
_FINGERPRINT = {"type": "string", "pattern": "^[0-9a-f]{32}$"}


def _object(**properties: Any) -> dict[str, Any]:
    """An object that has these keys; later versions of the library may add others."""
    return {"type": "object", "properties": properties, "required": [*properties]}


_HEADER = _object(
    type={"const": "header"},
    format={"const": FORMAT},
    version={"const": FORMAT_VERSION},
    tool=_TEXT,
    tool_version=_TEXT,
    rules=_object(
        count={"type": "integer"}, digest={"type": "string", "pattern": "^[0-9a-f]{64}$"}
    ),
    settings=_object(
        off=_TEXTS,
        severity={"type": "object", "additionalProperties": _SEVERITY},
        own_rules=_TEXTS,
        as_release=_FLAG,
        layers={"type": "array", "items": _LAYER},
        fail_on=_SEVERITY,
        strict=_FLAG,
        schema=_MAYBE_TEXT,
        baseline=_MAYBE_TEXT,
    ),
    release=_TEXT,
    edition={"enum": [one.value for one in Edition]},
    language={"enum": ["da", "en"]},
    date={"type": ["string", "null"], "format": "date"},
)
_FINDING = _object(
    rule=_TEXT,
    conformance=_TEXTS,
    layer=_LAYER,
    severity=_SEVERITY,
    message=_TEXT,
    remedy=_MAYBE_TEXT,
    path=_MAYBE_TEXT,
    field=_MAYBE_TEXT,
    line=_MAYBE_NUMBER,
    column=_MAYBE_NUMBER,
    also_at={
        "type": "array",
        "items": _object(path=_TEXT, line=_MAYBE_NUMBER, column=_MAYBE_NUMBER),
    },
    source=_MAYBE_TEXT,
    explanation=_MAYBE_TEXT,
    fingerprint=_FINGERPRINT,
    baseline={"enum": [NEW, KNOWN, None]},
)
_DOCUMENT = _object(
    file=_TEXT,
    set=_FLAG,
    others=_TEXTS,
    checked=_FLAG,
    passed=_FLAG,
    problem=_MAYBE_TEXT,
    document=_MAYBE_TEXT,
    findings={"type": "array", "items": {"$ref": "#/$defs/finding"}},
)
_GONE = _object(
    type={"const": "gone"},
    documents=_TEXTS,
    rule=_TEXT,
    place=_MAYBE_TEXT,
    fingerprint=_FINGERPRINT,
)
_LEFT_ALONE = _object(
    type={"const": "left_alone"}, count={"type": "integer", "minimum": 1}, reason=_TEXT
)


def report_schema() -> dict[str, Any]:
    """The JSON Schema of a line of ``apd validate --format json``, and of ``Report.to_json()``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A report of dk-apd",
        "description": "A line of apd validate --format json: the header, which is the first, a "
        "document, a finding of a baseline that is gone, or files that were left alone. "
        "Report.to_json() is a document with the header in it.",
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in LINES],
        "$defs": {
            "header": _HEADER,
            "document": {
                **_DOCUMENT,
                "properties": {
                    "header": {"$ref": "#/$defs/header"},
                    **_DOCUMENT["properties"],
                },
            },
            "gone": _GONE,
            "left_alone": _LEFT_ALONE,
            "finding": _FINDING,
        },
    }
