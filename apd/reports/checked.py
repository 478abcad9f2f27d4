"""What a report is made of: one document after the other, and what holds for all of them."""

from collections.abc import Mapping

from attrs import field, frozen

from apd.findings import Finding, Severity
from apd.reports.excerpt import Excerpt
from apd.standard.requirement import Requirement
from apd.wording import Language


@frozen
class Checked:
    """One document, and what was found in it.

    Args:
        name: its file, by a name that may be printed.
        findings: sorted by place.
        excerpts: where each finding stands, beside it; empty where nobody asked.
        problem: why the document could not be checked, or None.
        of_set: True where the findings come of comparing it with others.
        others: those others, by their names.
    """

    name: str
    findings: tuple[Finding, ...] = ()
    excerpts: tuple[Excerpt | None, ...] = ()
    problem: str | None = None
    of_set: bool = False
    others: tuple[str, ...] = ()


@frozen(kw_only=True)
class Context:
    """What holds for the whole report.

    Args:
        rules: every rule, by its id.
        language: of messages.
        fail_on: what counts as failed.
        version: of the library.
        ascii_only: escape every other character.
        directory: the current one, as an absolute path; names of files below it become relative.
    """

    rules: Mapping[str, Requirement] = field(repr=False)
    language: Language
    fail_on: Severity = Severity.ERROR
    version: str = ""
    ascii_only: bool = False
    directory: str = ""


_WEIGHTS = {severity: weight for weight, severity in enumerate(reversed(Severity))}


def weighs(severity: Severity, least: Severity) -> bool:
    """True where a severity is as much as another, or more."""
    return _WEIGHTS[severity] >= _WEIGHTS[least]
