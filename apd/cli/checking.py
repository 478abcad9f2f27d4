"""Checking documents one by one, telling of those that could not be read, and counting."""

from collections import Counter
from collections.abc import Generator
from contextlib import closing

from apd.cli import output
from apd.cli.files import Files
from apd.cli.inputs import printed
from apd.cli.jobs import Job, Outcome, outcomes
from apd.cli.labels import Words
from apd.cli.masking import hide_numbers
from apd.cli.progress import Bar
from apd.cli.status import FAILED
from apd.finding import Severity
from apd.reports.checked import Checked, weighs
from apd.rules.documents import DocumentKeys
from apd.validation import findings_over_set

FOUND = 1
"""The exit status where something was found that counts."""


class Checking:
    """Gives each document with its findings.

    What is remembered of a document is its name and what the rules over a set need.

    Args:
        files: what to check.
        job: how.
        words: the words of the language.
        bar: is told of every document.
    """

    def __init__(self, files: Files, job: Job, words: Words, bar: Bar) -> None:
        self._files = files
        self._job = job
        self._words = words
        self._bar = bar
        self._failed = False
        self._found: Counter[Severity] = Counter()

    def documents(self, processes: int, *, as_set: bool | None) -> Generator[Checked, None, None]:
        """Every document in the order of the files.

        Args:
            processes: how many work at once.
            as_set: compare the documents with each other; None does where there are several.
        """
        names: list[str] = []
        keys: list[DocumentKeys | None] = []
        with closing(outcomes(self._job, self._files.listed(), processes)) as found:
            for outcome in found:
                self._bar.advance()
                checked = self._checked(outcome)
                if checked.problem is not None:
                    self._failed = True
                    self._bar.hide()
                    output.flush()  # so that the error stands after what was written before it
                    output.tell(f"apd: {checked.name}: {checked.problem}")
                self._count(checked)
                yield checked
                if self._job.with_keys:
                    names.append(checked.name)
                    keys.append(outcome.keys)
        if as_set or (as_set is None and len(keys) > 1):
            for checked in self._together(names, keys):
                self._count(checked)
                yield checked

    def _together(
        self, names: list[str], keys: list[DocumentKeys | None]
    ) -> Generator[Checked, None, None]:
        """What is wrong with documents together, told of the first of them."""
        job = self._job
        for found in findings_over_set(keys, language=job.language, settings=job.settings):
            if found.finding.layer in job.layers:
                first, *others = (names[number] for number in found.documents)
                yield Checked(first, (found.finding,), of_set=True, others=tuple(others))

    def _count(self, checked: Checked) -> None:
        self._found.update(finding.severity for finding in checked.findings)

    def status(self, fail_on: Severity) -> int:
        """The exit status that follows from all of them."""
        if self._failed:
            return FAILED
        return FOUND if any(weighs(severity, fail_on) for severity in self._found) else 0

    def _checked(self, outcome: Outcome) -> Checked:
        name = hide_numbers(printed(outcome.file.path))
        return Checked(name, outcome.findings, outcome.excerpts, self._problem(outcome))

    def _problem(self, outcome: Outcome) -> str | None:
        """Why a document could not be checked, in words."""
        if outcome.error is not None:
            return self._files.reason(OSError(*outcome.error))
        return outcome.fault or outcome.file.problem
