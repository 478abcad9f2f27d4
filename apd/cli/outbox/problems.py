"""What goes wrong while messages are written and answered: told on standard error, and counted."""

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
    """Tells what is wrong.

    Args:
        inputs: counts it.
        words: the words of the language.
    """

    inputs: Inputs
    words: Words

    def tell(self, path: str, *wordings: Wording) -> None:
        """Tell what is wrong with a file."""
        self.inputs.tell(path, *(wording.in_language(self.words.language) for wording in wordings))

    def note(self, path: str, wording: Wording) -> None:
        """Tell something of a file that is no problem of this program."""
        streams.flush()
        said = f"{printed(path)}: {wording.in_language(self.words.language)}"
        streams.tell(f"apd: {hide_numbers(said)}")

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell what could not be read or written, so that what was done can be told, too."""
        try:
            yield
        except OSError as error:
            self.inputs.tell(os.fsdecode(error.filename), reason(error))
        except RegisterError as error:
            self.inputs.failed += 1
            streams.tell(f"apd: {error.message(self.words.language)}")
