"""The part of SARIF 2.1.0 that the reports use, as data, and a checker for it.

Written from the standard (OASIS, SARIF 2.1.0, chapter 3): each object with the properties that
the standard gives it, of those it knows; anything else is an error. A name that ends in ``!`` is
required. A list of which no two may be the same is a tuple here.
"""

import re
from typing import Any

_LEVEL = {"none", "note", "warning", "error"}
_MESSAGE = {"text": str, "markdown": str, "id": str, "arguments": [str]}
_MULTIFORMAT = {"text!": str, "markdown": str}
_ARTIFACT = {"uri": "uri", "uriBaseId": str, "index": int}
_REGION = {"startLine": "positive", "startColumn": "positive", "endLine": "positive"}
_PHYSICAL = {"artifactLocation": _ARTIFACT, "region": _REGION}
_LOGICAL = {"name": str, "fullyQualifiedName": str, "kind": str, "index": int}
_LOCATION = {"physicalLocation": _PHYSICAL, "logicalLocations": (_LOGICAL,), "message": _MESSAGE}
_NOTIFICATION = {"message!": _MESSAGE, "level": _LEVEL, "locations": [_LOCATION]}
_CONFIGURATION = {"level": _LEVEL, "enabled": bool}
_OVERRIDE = {
    "descriptor!": {"id": str, "index": "index"},
    "configuration!": _CONFIGURATION,
}
_INVOCATION = {
    "executionSuccessful!": bool,
    "exitCode": int,
    "ruleConfigurationOverrides": (_OVERRIDE,),
    "toolExecutionNotifications": [_NOTIFICATION],
}
_RULE = {
    "id!": str,
    "name": str,
    "shortDescription": _MULTIFORMAT,
    "fullDescription": _MULTIFORMAT,
    "help": _MULTIFORMAT,
    "helpUri": "uri",
    "defaultConfiguration": _CONFIGURATION,
    "properties": dict,
}
_DRIVER = {
    "name!": str,
    "version": str,
    "semanticVersion": str,
    "informationUri": "uri",
    "language": re.compile("[a-zA-Z]{2}(-[a-zA-Z]{2})?"),
    "rules": (_RULE,),
}
_RESULT = {
    "message!": _MESSAGE,
    "ruleId": str,
    "ruleIndex": "index",
    "level": _LEVEL,
    "kind": {"notApplicable", "pass", "fail", "review", "open", "informational"},
    "locations": [_LOCATION],
    "relatedLocations": (_LOCATION,),
    "partialFingerprints": {"dkApd/v1!": str},
    "baselineState": {"new", "unchanged", "updated", "absent"},
    "properties": dict,
}
_RUN = {
    "tool!": {"driver!": _DRIVER},
    "invocations": [_INVOCATION],
    "columnKind": {"utf16CodeUnits", "unicodeCodePoints"},
    "results": [_RESULT],
    "properties": dict,
}
LOG = {"$schema": "uri", "version!": {"2.1.0"}, "runs!": [_RUN]}

_URI = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")


def check(value: Any, shape: Any = LOG, at: str = "$") -> None:
    """Fail where a value has not the shape."""
    match shape:
        case dict():
            assert isinstance(value, dict), at
            names = {name.rstrip("!"): inner for name, inner in shape.items()}
            assert set(value) <= set(names), at
            assert {name[:-1] for name in shape if name.endswith("!")} <= set(value), at
            for name, inner in value.items():
                check(inner, names[name], f"{at}.{name}")
        case tuple():
            check(value, [*shape], at)
            assert all(one not in value[:number] for number, one in enumerate(value)), at
        case [item]:
            assert isinstance(value, list), at
            for number, inner in enumerate(value):
                check(inner, item, f"{at}[{number}]")
        case set():
            assert value in shape, at
        case re.Pattern():
            assert shape.fullmatch(value), at
        case "uri":
            assert isinstance(value, str), at
            assert _URI.fullmatch(value), at
        case "positive" | "index":
            assert type(value) is int, at
            assert value >= (shape == "positive"), at
        case _:
            assert type(value) is shape, at
