"""What goes wrong while messages are written and answered: reported and counted."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from attrs import frozen

from apd.cli.io import streams
from apd.cli.io.failures import printed, reason
from apd.cli.io.inputs import Inputs
from apd.cli.views.labels import Words
from apd.privacy.masking import hide_numbers
from apd.publication import RegisterError
from apd.wording import Wording


@frozen
class Problems:
    """Reports what is wrong.

    Args:
        inputs: counts it.
        words: the words of the language.
    """

    inputs: Inputs
    words: Words

    def report(self, path: str, *wordings: Wording) -> None:
        """Report what is wrong with a file."""
        self.inputs.report(
            path, *(wording.in_language(self.words.language) for wording in wordings)
        )

    def note(self, path: str, wording: Wording) -> None:
        """Report something about a file that is not a problem of this program."""
        streams.flush()
        message = f"{printed(path)}: {wording.in_language(self.words.language)}"
        streams.write_error(f"apd: {hide_numbers(message)}")

    @contextmanager
    def reported(self) -> Iterator[None]:
        """Report what could not be read or written, so that what was done can be shown, too."""
        try:
            yield
        except OSError as error:
            self.inputs.report(os.fsdecode(error.filename), reason(error))
        except RegisterError as error:
            self.inputs.failed += 1
            streams.write_error(f"apd: {error.message(self.words.language)}")
