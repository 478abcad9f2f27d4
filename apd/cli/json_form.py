"""A document as a line of the JSON form, in the clear or with CPR numbers hidden."""

import json
import re
from typing import Any

from apd.cli.masking import Hide
from apd.jsonform import to_data
from apd.jsonform.words import MASKED
from apd.model.document import AppointmentDocument

_CONTENT = frozenset(("xml", "expected"))
_CONTROL = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def as_json(document: AppointmentDocument, hide: Hide | None, *, ascii_only: bool) -> str:
    """A document as one line of JSON.

    Args:
        document: the document.
        hide: hides CPR numbers in a text; None writes everything, and nothing is lost. What is
            hidden from is marked, so that nobody takes it for the document.
        ascii_only: escape everything else.
    """
    data = to_data(document)
    line = json.dumps(data if hide is None else _masked(data, hide), ensure_ascii=ascii_only)
    # valid in JSON, but a terminal would obey them
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def _masked(data: dict[str, Any], hide: Hide) -> dict[str, Any]:
    """The data without CPR numbers, and without the XML that the model has no place for."""
    pieces = [
        {key: value for key, value in piece.items() if key not in _CONTENT}
        for piece in data.get("unmapped", ())
    ]
    told = {**data, "unmapped": pieces} if pieces else data
    return {MASKED: True, **_hidden(told, hide)}


def _hidden(value: Any, hide: Hide) -> Any:
    if isinstance(value, dict):
        return {key: _hidden(inner, hide) for key, inner in value.items()}
    if isinstance(value, list):
        return [_hidden(inner, hide) for inner in value]
    return hide(value) if isinstance(value, str) else value
