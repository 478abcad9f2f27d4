"""Findings on standard error, in the words of the validator's report."""

from collections.abc import Iterable

from apd.cli.io import streams
from apd.findings import Finding
from apd.reports.checked import Checked, Context
from apd.reports.text import text
from apd.wording import Language


def tell_findings(name: str, findings: Iterable[Finding], language: Language) -> None:
    """Say what was found in a document.

    Args:
        name: its file, by a name that may be printed.
        findings: what was found.
        language: of the words.
    """
    checked = Checked(name, tuple(findings))
    if not checked.findings:
        return
    streams.flush()  # so that they stand after what was written before them
    for line in text([checked], Context(rules={}, language=language)):
        said = "".join(piece for piece, _ in line)
        if said:
            streams.tell(said)
