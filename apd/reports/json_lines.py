"""Findings as JSON Lines: the header, then one object for each document."""

from collections.abc import Iterable, Iterator
from functools import partial

from apd.reports.checked import Checked, Context
from apd.reports.contract import document, gone, header, left_alone
from apd.text.characters import json_text


def json_lines(documents: Iterable[Checked], context: Context) -> Iterator[str]:
    """The header, a line for each document in order, and the lines of the ending."""
    line = partial(json_text, ascii_only=context.ascii_only)
    yield line(header(context))
    for checked in documents:
        yield line(document(checked, context))
    for known in context.ending.gone:
        yield line(gone(known))
    for kind, count in context.ending.left_alone.most_common():
        yield line(left_alone(kind, count, context))
