"""Reports and counts problems while messages are written and answers recorded."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from attrs import frozen

from apd.cli.io import streams
from apd.cli.io.failures import printed, reason
from apd.cli.io.inputs import Inputs
from apd.cli.views.labels import Words
from apd.jsonform import Problem
from apd.limits import MAX_PROBLEMS
from apd.privacy.masking import hide_numbers
from apd.publication import Braked, RegisterError
from apd.wording import Wording

_HOW = Wording(
    "Angiv så --confirm-deprecations {count}.", "Then specify --confirm-deprecations {count}."
)


@frozen
class Problems:
    """Reports problems, which the inputs count."""

    inputs: Inputs
    words: Words

    def report(self, path: str, *wordings: Wording) -> None:
        """Report a problem with a file."""
        self.inputs.report(
            path, *(wording.in_language(self.words.language) for wording in wordings)
        )

    def note(self, path: str, wording: Wording) -> None:
        """Report a remark about a file that does not count as a problem."""
        streams.flush()
        message = f"{printed(path)}: {wording.in_language(self.words.language)}"
        streams.write_error(f"apd: {hide_numbers(message)}")

    def hold(self, braked: Braked) -> None:
        """Report that a plan must be confirmed before it is carried out, and how to do so."""
        self.inputs.failed += 1
        streams.flush()
        message = braked.message(self.words.language)
        how = self.words.put(_HOW, count=braked.deprecations)
        streams.write_error(f"apd: {message} {how}")

    @contextmanager
    def reported(self) -> Iterator[None]:
        """Report what could not be read or written, and continue, so that the rest is shown."""
        try:
            yield
        except OSError as error:
            if error.filename is None:
                self._report_alone(reason(error))
            else:
                self.inputs.report(os.fsdecode(error.filename), reason(error))
        except RegisterError as error:
            self._report_alone(error.message(self.words.language))

    def _report_alone(self, problem: str) -> None:
        """Report a problem of no file that is known."""
        self.inputs.failed += 1
        streams.write_error(f"apd: {problem}")


class FirstProblems:
    """Reports the first problems of single bookings, and once that there are more."""

    def __init__(self, file: str, problems: Problems) -> None:
        self._file, self._problems = file, problems
        self._count = 0

    def __call__(self, problem: Problem) -> None:
        """Report a problem, or that there are more."""
        self._count += 1
        if self._count <= MAX_PROBLEMS:
            worded = Wording(problem.in_language("da"), problem.in_language("en"))
            self._problems.report(self._file, worded)
        elif self._count == MAX_PROBLEMS + 1:
            self._problems.report(self._file, _MORE)


_MORE = Wording("Der er flere fejl i bookingerne.", "There are more problems in the bookings.")
