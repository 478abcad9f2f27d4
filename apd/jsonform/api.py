"""Reading and writing the JSON form, under the names that the standard library's ``json`` uses."""

import json
from typing import Any, TypeVar

from cattrs.errors import BaseValidationError

from apd.errors import InvalidValue
from apd.jsonform.converter import converter
from apd.jsonform.explanations import Refused, problems
from apd.jsonform.parsing import parse
from apd.jsonform.problems import JsonError
from apd.model.document import AppointmentDocument

_T = TypeVar("_T")


def to_data(value: object) -> Any:
    """A value of the model as what :mod:`json` writes: dicts, lists, texts, numbers.

    Args:
        value: an object of any class of the model.
    """
    return converter().unstructure(value)


def from_data(data: object, type: type[_T], *, path: str = "$") -> _T:
    """A value of the model from what :func:`to_data` makes, read strictly.

    Args:
        data: dicts, lists, texts, numbers, true, false and None.
        type: a class of the model, such as :class:`apd.Appointment`.
        path: where in a larger JSON text the data stand; problems' paths begin with it.

    Raises:
        JsonError: unknown or missing keys, wrong types, values that the model refuses.
    """
    try:
        return converter().structure(data, type)
    except (BaseValidationError, Refused, InvalidValue) as error:
        found = list(problems(error, path))
    raise JsonError(found)


def dumps(document: AppointmentDocument, *, indent: int | None = None) -> str:
    """A document as JSON; the same document always gives the same text.

    Args:
        document: what to write.
        indent: spaces a level; None writes it on one line.
    """
    return json.dumps(to_data(document), ensure_ascii=False, indent=indent)


def loads(text: str | bytes) -> AppointmentDocument:
    """The document that a JSON text says.

    Args:
        text: JSON; as bytes in UTF-8.

    Raises:
        JsonError: it is no JSON, or not the form; its problems name every single thing.
    """
    return from_data(parse(text), AppointmentDocument)
