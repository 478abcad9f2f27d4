"""A document and other data in the JSON form, in the clear or with CPR numbers hidden."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from apd.cli.io.failures import unreadable
from apd.cli.io.inputs import Inputs
from apd.jsonform import JsonError, to_data
from apd.jsonform.types import MASKED
from apd.model.document import AppointmentDocument
from apd.wording import Hide, Language


def as_data(document: AppointmentDocument, hide: Hide | None) -> dict[str, Any]:
    """A document in the JSON form.

    Args:
        document: the document.
        hide: masks CPR numbers in a text; None writes everything, so that nothing is lost. A masked
            document is marked as such, and has only the places of content outside the model.
    """
    data: dict[str, Any] = to_data(document)
    if hide is None:
        return data
    shown = {key: value for key, value in data.items() if key != "source"}
    places = [{"path": p.path, "difference": p.difference.value} for p in document.unmapped]
    if places:
        shown["unmapped"] = places
    return masked(shown, hide)


@contextmanager
def json_reported(file: str, inputs: Inputs, language: Language) -> Iterator[None]:
    """Report why a JSON file cannot be read, or why it has not the form, and go on.

    All else that is raised is no fault of the file.
    """
    try:
        yield
    except OSError as error:
        inputs.report(file, unreadable(error))
    except JsonError as error:
        inputs.report(file, *(problem.in_language(language) for problem in error.problems))


def masked(data: dict[str, Any], hide: Hide) -> dict[str, Any]:
    """The data without CPR numbers, marked as such, so that they are not taken for the original."""
    return {MASKED: True, **_hidden(data, hide)}


def _hidden(value: Any, hide: Hide) -> Any:
    """The data without CPR numbers in its texts."""
    if isinstance(value, dict):
        return {key: _hidden(inner, hide) for key, inner in value.items()}
    if isinstance(value, list):
        return [_hidden(inner, hide) for inner in value]
    return hide(value) if isinstance(value, str) else value
