"""The formats of reports for programs. A new format is a module in this package and a row here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from apd.reports.checked import Checked, Context
from apd.reports.contract import document, gone, header, left_alone
from apd.reports.junit import junit
from apd.reports.sarif import sarif
from apd.text.characters import json_text
from apd.wording import Wording


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


class Format(NamedTuple):
    """A format: what makes its lines, and a description for help and documentation."""

    lines: Callable[[Iterable[Checked], Context], Iterator[str]]
    about: Wording


FORMATS: Mapping[str, Format] = {
    "json": Format(
        json_lines,
        Wording(
            "et objekt pr. dokument, hvert på sin linje",
            "one object per document, each on its own line",
        ),
    ),
    "sarif": Format(
        sarif, Wording("SARIF 2.1.0, til editorer og GitHub", "SARIF 2.1.0, for editors and GitHub")
    ),
    "junit": Format(junit, Wording("JUnit XML, til byggeservere", "JUnit XML, for build servers")),
}
