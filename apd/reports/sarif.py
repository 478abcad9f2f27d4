"""Findings as SARIF 2.1.0, which GitHub, GitLab, Azure DevOps and editors read."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from apd.findings import Finding, Place, Severity
from apd.reports.addresses import address_of
from apd.reports.checked import Checked, Context
from apd.reports.contract import gone, header
from apd.standard.requirement import Requirement
from apd.text.characters import exact_name, json_text
from apd.text.reports import cited

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}


_FINGERPRINT = "dkApd/v1"


def sarif(documents: Iterable[Checked], context: Context) -> Iterator[str]:
    """One run: the rules, then a line for each finding, then what could not be checked."""
    line = partial(json_text, ascii_only=context.ascii_only)
    positions = {id_: number for number, id_ in enumerate(context.rules)}
    problems: list[Checked] = []
    driver = {
        "name": "dk-apd",
        **({"version": context.version} if context.version else {}),
        **({"informationUri": context.documentation} if context.documentation else {}),
        "language": context.language,
        "rules": [_rule(rule, context) for rule in context.rules.values()],
    }
    yield (
        f'{{"$schema": {line(_SCHEMA)}, "version": "2.1.0", "runs": [{{"tool": '
        f'{{"driver": {line(driver)}}}, "columnKind": "unicodeCodePoints", '
        '"results": ['
    )
    held = ""
    for result in _results(documents, problems, positions, context):
        if held:
            yield f"{held},"
        held = line(result)
    if held:
        yield held
    language = context.language
    invocation = {
        "executionSuccessful": not problems,
        "ruleConfigurationOverrides": _overrides(positions, context),
        "toolExecutionNotifications": [
            *(_notification(one, context) for one in problems),
            *(
                {"level": "note", "message": {"text": f"{count} x {kind.in_language(language)}"}}
                for kind, count in context.ending.left_alone.most_common()
            ),
        ],
    }
    about: dict[str, Any] = {"header": header(context)}
    if context.baseline is not None:
        # As results they would have no file, and GitHub refuses a report with one that has none.
        about["gone"] = [gone(one) for one in context.ending.gone]
    yield (f'], "invocations": [{line(invocation)}], "properties": {line(about)}}}]}}')


def _results(
    documents: Iterable[Checked],
    problems: list[Checked],
    positions: Mapping[str, int],
    context: Context,
) -> Iterator[dict[str, Any]]:
    """The results; documents with a problem are put aside."""
    for checked in documents:
        if checked.problem is not None:
            problems.append(checked)
        known = checked.known or (None,) * len(checked.findings)
        for finding, is_known in zip(checked.findings, known, strict=True):
            yield _result(checked, finding, is_known, positions, context)


def _rule(rule: Requirement, context: Context) -> dict[str, Any]:
    wording, explanation, remedy = (
        part.in_language(context.language) for part in (rule.wording, rule.explanation, rule.remedy)
    )
    source = cited(rule.source, context.language)
    address = address_of(rule.id, context.documentation)
    return {
        "id": rule.id,
        "shortDescription": {"text": wording},
        "fullDescription": {"text": explanation or wording},
        "help": {"text": "\n".join((explanation or wording, remedy, source))},
        **({} if address is None else {"helpUri": address}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "layer": rule.layer.value,
            "conformance": list(rule.conformance),
            "source": rule.source,
        },
    }


def _overrides(positions: Mapping[str, int], context: Context) -> list[dict[str, Any]]:
    """The rules that the settings turn off or give another severity."""
    if context.rule_set is None:
        return []
    levels = dict(context.rule_set.severities)
    overrides = []
    for rule in context.rules.values():
        names = (rule.id, *rule.conformance)
        configuration: dict[str, Any] = {}
        if not set(names).isdisjoint(context.rule_set.off):
            configuration["enabled"] = False
        level = next((levels[name] for name in names if name in levels), None)
        if level is not None:
            configuration["level"] = _LEVELS[level]
        if configuration:
            descriptor = {"id": rule.id, "index": positions[rule.id]}
            overrides.append({"descriptor": descriptor, "configuration": configuration})
    return overrides


def _result(
    checked: Checked,
    finding: Finding,
    is_known: bool | None,
    positions: Mapping[str, int],
    context: Context,
) -> dict[str, Any]:
    places = (Place(path=finding.path, line=finding.line, column=finding.column), *finding.also_at)
    others = dict.fromkeys(checked.others)  # an archive may hold two of one name
    related = [{"physicalLocation": _physical(other, context)} for other in others]
    return {
        **_of_rule(finding.rule, positions),
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.wording.in_language(context.language)},
        "locations": [_location(checked.name, place, context) for place in places],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {_FINGERPRINT: checked.fingerprint(finding)},
        **({} if is_known is None else {"baselineState": "unchanged" if is_known else "new"}),
    }


def _location(name: str, place: Place, context: Context) -> dict[str, Any]:
    """A finding about the whole file is placed at its beginning."""
    column = {} if place.column is None else {"startColumn": place.column}
    region = {"startLine": place.line or 1, **column}
    logical = {"fullyQualifiedName": place.path, "kind": _kind(place.path)}
    return {
        "physicalLocation": {**_physical(name, context), "region": region},
        **({"logicalLocations": [logical]} if place.path else {}),
    }


def _kind(path: str) -> str:
    return "attribute" if path.rpartition("/")[2].startswith("@") else "element"


def _of_rule(id_: str, positions: Mapping[str, int]) -> dict[str, Any]:
    return {"ruleId": id_, **({"ruleIndex": positions[id_]} if id_ in positions else {})}


def _physical(name: str, context: Context) -> dict[str, Any]:
    return {"artifactLocation": {"uri": uri(name, context.directory)}}


def _notification(checked: Checked, context: Context) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": checked.problem},
        "locations": [{"physicalLocation": _physical(checked.name, context)}],
    }


def uri(name: str, directory: str) -> str:
    """A file as a URI: relative if it is below the directory or was given as a relative path."""
    path = PurePath(exact_name(name))
    if directory and path.is_absolute():
        if not path.is_relative_to(directory):
            return path.as_uri()
        path = path.relative_to(directory)
    return quote(path.as_posix().encode(errors="surrogateescape"))
