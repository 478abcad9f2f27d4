"""A document as JSON: every field of the model, under its name there and in its order."""

import datetime
import json
import re
from enum import Enum
from typing import Any

import attrs

import apd
from apd.cli.labels import LOCATION_TYPES
from apd.cli.masking import Hide
from apd.model.identifiers import CprNumber, EpisodeId, MedComId, ProviderNumber, SorCode

_OWN_IDENTIFIERS = (CprNumber, EpisodeId, MedComId, ProviderNumber, SorCode)
_DERIVED = {
    apd.AppointmentDocument: ("title", "types"),
    apd.Schedule: ("part_of_day",),
}
"""What follows from the fields of a class and is told after them."""

_CONTENT = frozenset(("xml", "expected"))
_CONTROL = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def as_json(
    name: str, document: apd.AppointmentDocument, hide: Hide, *, content: bool, ascii_only: bool
) -> str:
    """A document as one line of JSON.

    Args:
        name: its file.
        document: the document.
        hide: hides CPR numbers in a text.
        content: tell what stands in the unmapped pieces, not only where.
        ascii_only: escape everything else.
    """
    form = {"file": hide(name), **_Former(hide, content).form(document)}
    line = json.dumps(form, ensure_ascii=ascii_only)
    # valid in JSON, but a terminal would obey them
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


@attrs.frozen
class _Former:
    """Makes what :mod:`json` takes out of the model's values."""

    hide: Hide
    content: bool

    def form(self, value: Any) -> Any:
        if isinstance(value, str) and not isinstance(value, Enum):
            return self.hide(value)
        if isinstance(value, Enum):
            return value.value if isinstance(value.value, str | int) else value.name.lower()
        if isinstance(value, datetime.date):  # a datetime is one
            return value.isoformat()
        if isinstance(value, tuple):
            return [self.form(item) for item in value]
        if isinstance(value, _OWN_IDENTIFIERS):
            return self._named(value, "root", "extension", "authority")
        if type(value) in LOCATION_TYPES:
            return {"type": LOCATION_TYPES[type(value)][0], **self._fields(value)}
        return self._fields(value) if attrs.has(type(value)) else value

    def _fields(self, value: Any) -> dict[str, Any]:
        names = [field.name for field in attrs.fields(type(value))]
        if isinstance(value, apd.Unmapped) and not self.content:
            names = [name for name in names if name not in _CONTENT]
        return self._named(value, *names, *_DERIVED.get(type(value), ()))

    def _named(self, value: object, *names: str) -> dict[str, Any]:
        return {name: self.form(getattr(value, name)) for name in names}
