"""The content of a report: one document after the other, and the settings that all share."""

import os
import posixpath
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from attrs import define, field, frozen

from apd.findings import Finding, RuleSet, Severity
from apd.reports.excerpt import Excerpt
from apd.rules.fingerprints import digest, place_of_path
from apd.standard.requirement import Requirement
from apd.wording import Language, Wording


@frozen
class Checked:
    """A document that was checked, and its findings.

    Args:
        name: its file, by a name that may be printed.
        findings: sorted by place.
        excerpts: the excerpt of each finding, in order; empty unless requested.
        problem: why the document could not be checked, or None.
        of_set: True if the findings come from comparing the document with others.
        others: those others, by their names.
        document: its UUID; None if it has none.
        known: for each finding whether a baseline has it, in order; empty without a baseline.
        seconds: how long it took to check, or None.
    """

    name: str
    findings: tuple[Finding, ...] = ()
    excerpts: tuple[Excerpt | None, ...] = ()
    problem: str | None = None
    of_set: bool = False
    others: tuple[str, ...] = ()
    document: str = ""
    known: tuple[bool, ...] = ()
    seconds: float | None = field(default=None, eq=False)

    @property
    def file(self) -> str:
        """The name of its file, with slashes as separators."""
        return _file(self.name)

    @property
    def other_files(self) -> tuple[str, ...]:
        """The files of the others."""
        return tuple(map(_file, self.others))

    @property
    def identity(self) -> str:
        """The key of the document: its UUID, or its file if it has none."""
        return self.document or self.file

    def fingerprint(self, finding: Finding) -> str:
        """The fingerprint of a finding; without a UUID it includes the name of the file."""
        own = finding.fingerprint or digest(finding.rule, "", place_of_path(finding.path))
        return own if self.document or self.of_set else digest(own, self.file)

    def counting(self, fail_on: Severity) -> tuple[Finding, ...]:
        """The findings that count as failures: severe enough, and not in the baseline."""
        known = self.known or (False,) * len(self.findings)
        return tuple(
            finding
            for finding, is_known in zip(self.findings, known, strict=True)
            if finding.severity >= fail_on and not is_known
        )


def _file(name: str) -> str:
    return posixpath.normpath(name.replace(os.sep, "/"))


class Known(NamedTuple):
    """A finding that a baseline has, of a document by its UUID or file, or several by their files.

    The place is the XPath without positions and without names that are not HL7's.
    """

    documents: tuple[str, ...]
    rule: str
    place: str
    fingerprint: str


@define
class Ending:
    """The part of a report that is known once every document has been checked.

    ``gone`` are findings of the baseline that were not found again; ``left_alone`` counts the files
    that are not appointment documents, by what they are.
    """

    compared: bool = False
    gone: tuple[Known, ...] = ()
    left_alone: Counter[Wording] = field(factory=Counter)


@frozen(kw_only=True)
class Context:
    """The settings of the whole report.

    Args:
        rules: every rule, by its id.
        language: of messages.
        fail_on: the lowest severity that counts as a failure.
        version: of the library.
        ascii_only: whether characters outside ASCII are escaped.
        directory: the current one, as an absolute path; names of files below it become relative.
        rule_set: the rules by which the documents were judged; None for those of the library.
        set_rules: the ids of the rules over a set that apply.
        layers: the layers whose findings are reported.
        strict: whether every file must be an appointment document.
        schema: the printable name of the XSD that replaces the library's own.
        baseline: the printable name of the file of known findings.
        date: the day of the report, as ``2026-11-02``.
        documentation: the address of the pages that explain the rules.
        ending: the part that is known at the end, and filled in only then.
    """

    rules: Mapping[str, Requirement] = field(repr=False)
    language: Language
    fail_on: Severity = Severity.ERROR
    version: str = ""
    ascii_only: bool = False
    directory: str = ""
    rule_set: RuleSet | None = None
    set_rules: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    strict: bool = False
    schema: str | None = None
    baseline: str | None = None
    date: str = ""
    documentation: str | None = None
    ending: Ending = field(factory=Ending)

    def remedy(self, finding: Finding) -> str:
        """How to remedy a finding."""
        rule = self.rules.get(finding.rule)
        own = finding.remedy_wording.in_language(self.language)
        return own or (rule.remedy.in_language(self.language) if rule else "")
