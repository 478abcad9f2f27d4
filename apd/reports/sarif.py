"""Findings as SARIF 2.1.0, which GitHub, GitLab, Azure DevOps and editors read."""

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from apd.findings import Finding, Severity
from apd.reports.checked import Checked, Context
from apd.reports.json_lines import as_json
from apd.standard.requirement import Requirement

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}


def sarif(documents: Iterable[Checked], context: Context) -> Iterator[str]:
    """One run: the rules, then a line a finding, then what could not be checked."""
    positions = {id_: number for number, id_ in enumerate(context.rules)}
    problems: list[Checked] = []
    driver = {
        "name": "dk-apd",
        **({"version": context.version} if context.version else {}),
        "language": context.language,
        "rules": [_rule(rule, context) for rule in context.rules.values()],
    }
    yield (
        f'{{"$schema": {as_json(_SCHEMA, context)}, "version": "2.1.0", "runs": [{{"tool": '
        f'{{"driver": {as_json(driver, context)}}}, "columnKind": "unicodeCodePoints", '
        '"results": ['
    )
    held = ""
    for checked in documents:
        if checked.problem is not None:
            problems.append(checked)
        for finding in checked.findings:
            if held:
                yield f"{held},"
            held = as_json(_result(checked, finding, positions, context), context)
    if held:
        yield held
    invocation = {
        "executionSuccessful": not problems,
        "toolExecutionNotifications": [_notification(one, context) for one in problems],
    }
    yield f'], "invocations": [{as_json(invocation, context)}]}}]}}'


def _rule(rule: Requirement, context: Context) -> dict[str, Any]:
    wording, explanation, remedy = (
        part.in_language(context.language) for part in (rule.wording, rule.explanation, rule.remedy)
    )
    return {
        "id": rule.id,
        "shortDescription": {"text": wording},
        "fullDescription": {"text": explanation or wording},
        "help": {"text": "\n".join((explanation or wording, remedy, rule.source))},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "layer": rule.layer.value,
            "conformance": list(rule.conformance),
            "source": rule.source,
        },
    }


def _result(
    checked: Checked, finding: Finding, positions: dict[str, int], context: Context
) -> dict[str, Any]:
    place = _physical(checked.name, context)
    if finding.line:
        place["region"] = {"startLine": finding.line}
    location: dict[str, Any] = {"physicalLocation": place}
    if finding.path:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.path, "kind": "element"}]
    related = [{"physicalLocation": _physical(other, context)} for other in checked.others]
    known = positions.get(finding.rule)
    return {
        "ruleId": finding.rule,
        **({} if known is None else {"ruleIndex": known}),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.wording.in_language(context.language)},
        "locations": [location],
        **({"relatedLocations": related} if related else {}),
    }


def _physical(name: str, context: Context) -> dict[str, Any]:
    return {"artifactLocation": {"uri": uri(name, context.directory)}}


def _notification(checked: Checked, context: Context) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": checked.problem},
        "locations": [{"physicalLocation": _physical(checked.name, context)}],
    }


def uri(name: str, directory: str) -> str:
    """A file as a URI: relative where it lies below the directory or was named so."""
    path = PurePath(name)
    if directory and path.is_absolute():
        if not path.is_relative_to(directory):
            return path.as_uri()
        path = path.relative_to(directory)
    return quote(path.as_posix())
