"""Findings as JSON Lines: the header, then one object a document, each on a line of its own."""

import json
import re
from collections.abc import Iterable, Iterator

from apd.reports.checked import Checked, Context
from apd.reports.contract import document, gone, header, left_alone

# valid in JSON, but a terminal would obey them
_CONTROL = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def json_lines(documents: Iterable[Checked], context: Context) -> Iterator[str]:
    """The header, a line a document in the order of the documents, and what is known at the end."""
    yield as_json(header(context), context)
    for checked in documents:
        yield as_json(document(checked, context), context)
    for known in context.ending.gone:
        yield as_json(gone(known), context)
    for kind, count in context.ending.left_alone.most_common():
        yield as_json(left_alone(kind, count, context), context)


def as_json(form: object, context: Context) -> str:
    """One line of JSON that can be shown on any terminal."""
    line = json.dumps(form, ensure_ascii=context.ascii_only)
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", line)
