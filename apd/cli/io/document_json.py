"""A document as a line of the JSON form, in the clear or with CPR numbers hidden."""

import json
import re
from typing import Any

from apd.jsonform import to_data
from apd.jsonform.types import MASKED
from apd.model.document import AppointmentDocument
from apd.wording import Hide

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
    shown = data if hide is None else _masked(data, document, hide)
    return json_text(shown, ascii_only=ascii_only)


def json_text(data: Any, *, ascii_only: bool, indent: int | None = None) -> str:
    """Data as JSON without a character that a terminal would obey.

    Args:
        data: dicts, lists, texts, numbers.
        ascii_only: escape everything else.
        indent: spaces a level; None writes one line.
    """
    text = json.dumps(data, ensure_ascii=ascii_only, indent=indent)
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _masked(data: dict[str, Any], document: AppointmentDocument, hide: Hide) -> dict[str, Any]:
    """The data without CPR numbers; of what is beyond the model, only where it stands."""
    shown = {key: value for key, value in data.items() if key != "source"}
    places = [{"path": p.path, "difference": p.difference.value} for p in document.unmapped]
    if places:
        shown["unmapped"] = places
    return {MASKED: True, **hidden(shown, hide)}


def hidden(value: Any, hide: Hide) -> Any:
    """Data without CPR numbers in any of its texts."""
    if isinstance(value, dict):
        return {key: hidden(inner, hide) for key, inner in value.items()}
    if isinstance(value, list):
        return [hidden(inner, hide) for inner in value]
    return hide(value) if isinstance(value, str) else value
