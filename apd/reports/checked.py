"""What a report is made of: one document after the other, and what holds for all of them."""

import os
import posixpath
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from attrs import define, field, frozen

from apd.findings import Finding, RuleSet, Severity
from apd.reports.addresses import DOCUMENTATION
from apd.reports.excerpt import Excerpt
from apd.rules.fingerprints import digest, place_of_path
from apd.standard.requirement import Requirement
from apd.wording import Language, Wording


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
        document: its UUID; nothing where it has none.
        known: which of the findings a baseline has, beside them; empty where there is none.
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
        """Its file with slashes, however it was named."""
        return _file(self.name)

    @property
    def other_files(self) -> tuple[str, ...]:
        """The files of the others."""
        return tuple(map(_file, self.others))

    @property
    def identity(self) -> str:
        """What the document is known by: its UUID, or its file where it has none."""
        return self.document or self.file

    def fingerprint(self, finding: Finding) -> str:
        """What a finding is known by; of a document without a UUID, the name of its file counts."""
        own = finding.fingerprint or digest(finding.rule, "", place_of_path(finding.path))
        return own if self.document or self.of_set else digest(own, self.file)

    def counting(self, fail_on: Severity) -> tuple[Finding, ...]:
        """The findings that count as failed: of some weight, and not known."""
        known = self.known or (False,) * len(self.findings)
        return tuple(
            finding
            for finding, is_known in zip(self.findings, known, strict=True)
            if finding.severity >= fail_on and not is_known
        )


def _file(name: str) -> str:
    return posixpath.normpath(name.replace(os.sep, "/"))


class Known(NamedTuple):
    """A finding that a baseline has.

    Args:
        documents: the UUID of the document, or its file where it has none; of documents that are
            wrong together, their files.
        rule: the id of the rule.
        place: the XPath without positions, and without names that are not HL7's.
        fingerprint: what it is known by.
    """

    documents: tuple[str, ...]
    rule: str
    place: str
    fingerprint: str


@define
class Ending:
    """What is known when every document has been checked.

    Args:
        compared: whether the documents were compared with each other.
        gone: what a baseline has and was not found again.
        left_alone: what the files are that are no appointment documents and were left alone, and
            how many are so.
    """

    compared: bool = False
    gone: tuple[Known, ...] = ()
    left_alone: Counter[Wording] = field(factory=Counter)


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
        rule_set: by which rules the documents were judged; None for those of the library.
        set_rules: the ids of the rules over a set that apply.
        layers: findings of which layers are reported.
        strict: whether every file must be an appointment document.
        schema: the XSD that takes the place of the library's own, by a name that may be printed.
        baseline: the file of known findings, by a name that may be printed.
        date: the day of the report, as ``2026-11-02``.
        documentation: where the pages that explain the rules lie.
        ending: what is known at the end; only then it is filled in.
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
    documentation: str = DOCUMENTATION
    ending: Ending = field(factory=Ending)

    def remedy(self, finding: Finding) -> str:
        """What to do about a finding."""
        rule = self.rules.get(finding.rule)
        own = finding.remedy_wording.in_language(self.language)
        return own or (rule.remedy.in_language(self.language) if rule else "")
