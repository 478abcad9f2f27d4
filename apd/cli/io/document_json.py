"""A document and other data in the JSON form, in the clear or with CPR numbers hidden."""

from typing import Any

from apd.jsonform import to_data
from apd.jsonform.types import MASKED
from apd.model.document import AppointmentDocument
from apd.wording import Hide


def as_data(document: AppointmentDocument, hide: Hide | None) -> dict[str, Any]:
    """A document in the JSON form.

    Args:
        document: the document.
        hide: hides CPR numbers in a text; None writes everything, and nothing is lost. What is
            hidden from is marked, so that nobody takes it for the document.
            Of what is beyond the model, only where it stands is shown then.
    """
    data: dict[str, Any] = to_data(document)
    if hide is None:
        return data
    shown = {key: value for key, value in data.items() if key != "source"}
    places = [{"path": p.path, "difference": p.difference.value} for p in document.unmapped]
    if places:
        shown["unmapped"] = places
    return masked(shown, hide)


def masked(data: dict[str, Any], hide: Hide) -> dict[str, Any]:
    """Data without CPR numbers, marked as such, so that nobody takes it for the whole."""
    return {MASKED: True, **_hidden(data, hide)}


def _hidden(value: Any, hide: Hide) -> Any:
    """Data without CPR numbers in any of its texts."""
    if isinstance(value, dict):
        return {key: _hidden(inner, hide) for key, inner in value.items()}
    if isinstance(value, list):
        return [_hidden(inner, hide) for inner in value]
    return hide(value) if isinstance(value, str) else value
