"""The formats of reports for programs. A new format is a module in this package and a row here."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from apd.reports.checked import Checked, Context
from apd.reports.json_lines import json_lines
from apd.reports.junit import junit
from apd.reports.sarif import sarif
from apd.wording import Wording


class Format(NamedTuple):
    """A format.

    Args:
        lines: makes the lines of a report.
        about: a description, for help and documentation.
    """

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
