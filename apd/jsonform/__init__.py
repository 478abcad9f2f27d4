"""The JSON form of the model: documents, and every part of one, as JSON and back.

::

    from apd import jsonform

    text = jsonform.dumps(document)
    assert jsonform.loads(text) == document

Nothing is lost in either direction. ``docs/json.md`` describes the form, and
``docs/apd.schema.json`` is its JSON Schema. It needs the extra ``json``:
``pip install dk-apd[json]``.
"""

from apd.jsonform.converter import dumps, from_data, loads, to_data
from apd.jsonform.parsing import parse
from apd.jsonform.problems import JsonError, Kind, Problem
from apd.jsonform.schema import schema
from apd.limits import MAX_JSON_BYTES as MAX_BYTES

__all__ = [
    "MAX_BYTES",
    "JsonError",
    "Kind",
    "Problem",
    "dumps",
    "from_data",
    "loads",
    "parse",
    "schema",
    "to_data",
]
