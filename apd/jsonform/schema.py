"""The JSON Schema of the form, made from the classes of the model.

It describes the *structure* that the reader accepts: keys, types, closed lists, the form of dates
and times. Other requirements of the model (the digits of a CPR number, an end after the start) are
checked by the reader alone. Source: JSON Schema, draft 2020-12.
"""

import datetime
import inspect
import re
from typing import Any

import attrs

from apd.jsonform.converter import converter
from apd.jsonform.scalars import DESCRIPTIONS, PATTERNS
from apd.jsonform.types import (
    TAG,
    TAGS,
    Class,
    choice,
    classes,
    fields,
    is_closed_list,
    is_list,
    item,
    members,
)
from apd.model.document import AppointmentDocument, DocumentSource
from apd.model.schedule import Schedule

Schema = dict[str, Any]

_SCALARS: dict[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    DocumentSource: {"type": "string"},
    datetime.date: {"type": "string", "format": "date", "pattern": PATTERNS[datetime.date]},
    datetime.datetime: {
        "type": "string",
        "format": "date-time",
        "pattern": PATTERNS[datetime.datetime],
    },
}
_ARGUMENT = re.compile(r"^    (\w+): (.+(?:\n        .+)*)", re.MULTILINE)
_PYTHON = (
    (re.compile(r":\w+:`[~!]?(?:\w+\.)*(\w+)`"), r"\1"),
    (re.compile(r"``([^`]+)``|\*([^*]+)\*"), r"\1\2"),
    (re.compile(r'\(("[^"]*"),\)'), r"[\1]"),
    (re.compile(r"\bNone\b"), "null"),
)
"""What docstrings say in the terms of Python and reStructuredText, and what stands for it here."""


def schema() -> Schema:
    """The JSON Schema of a document; ``$defs`` has one of every class of the model."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "DK-APD appointment document",
        "$ref": _reference(AppointmentDocument),
        "$defs": {one.__name__: object_schema(one) for one in classes()},
    }


def _reference(one: type) -> str:
    return f"#/$defs/{one.__name__}"


def object_schema(one: type[attrs.AttrsInstance]) -> Schema:
    """The JSON Schema of one class, which refers to those of the classes of its fields."""
    described = _descriptions(one)
    by_day = DESCRIPTIONS if one is Schedule else {}
    tag = {TAG: {"const": TAGS[one]}} if one in TAGS else {}
    demanded = [name for name, field in fields(one).items() if field.default is attrs.NOTHING]
    return {
        "type": "object",
        "description": _plain(inspect.getdoc(one) or "").partition("\n")[0],
        "properties": {
            **tag,
            **{
                name: {**_field(field), **described.get(name, {})}
                for name, field in fields(one).items()
            },
            **{name: _dated(fields(one)[name], stated) for name, stated in by_day.items()},
        },
        "required": [*tag, *demanded],
        "additionalProperties": False,
    }


def _field(field: "attrs.Attribute[Any]") -> Schema:
    default = converter().unstructure(field.default)
    has_default = field.default is not attrs.NOTHING and default not in (None, [], ())
    return {**_of(field.type), **({"default": default} if has_default else {})}


def _dated(field: "attrs.Attribute[Any]", description: str) -> Schema:
    """A time that may be a date as well."""
    return {"description": description, **_of(datetime.date | field.type)}


def _of(field_type: Class) -> Schema:
    allowed, nullable = choice(field_type)
    schemas = [*map(_of_one, allowed), *([{"type": "null"}] if nullable else [])]
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _of_one(one: Class) -> Schema:
    if is_list(one):
        return {"type": "array", "items": _of(item(one))}
    if is_closed_list(one):
        return {"enum": list(members(one))}
    if one in _SCALARS:
        return _SCALARS[one]
    if attrs.has(one):
        return {"$ref": _reference(one)}
    return _SCALARS[one]


def _descriptions(one: type) -> dict[str, Schema]:
    """What the docstrings of a class and of those it derives from say of its fields."""
    found: dict[str, Schema] = {}
    for base in reversed(one.__mro__[:-1]):
        for name, text in _ARGUMENT.findall(inspect.getdoc(base) or ""):
            found[name] = {"description": " ".join(_plain(text).split())}
    return found


def _plain(text: str) -> str:
    """What a docstring says, in the terms of JSON."""
    for pattern, replacement in _PYTHON:
        text = pattern.sub(replacement, text)
    return text
