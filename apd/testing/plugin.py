"""``pytest --apd``: every appointment document below a path is a test. Loaded when asked for."""

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from apd.cda.detection import other_than_appointment
from apd.findings import Finding
from apd.limits import MAX_DOCUMENT_BYTES
from apd.privacy.masking import hide_numbers
from apd.standard.file_kinds import OTHER_ROOT
from apd.testing.failure_message import Expectation, explained
from apd.wording import Wording, language_of_environment

_EXPECTATION = pytest.StashKey[Expectation]()
_MARKER = "apd"
_NO_LANGUAGE = Wording("apd_language skal være da eller en", "apd_language must be da or en")
_CANNOT_BE_READ = Wording("{file} kan ikke læses: {reason}", "{file} cannot be read: {reason}")


class DocumentFailure(Exception):
    """A document has findings that count, or cannot be read; the text says which and why."""


def configure(config: pytest.Config) -> None:
    """Keeps what the documents have to meet.

    Raises:
        pytest.UsageError: the settings name a level, a language or a rule that does not exist.
    """
    configured = config.getini("apd_language")
    if configured not in ("da", "en"):
        raise pytest.UsageError(_NO_LANGUAGE.in_language(language_of_environment() or "en"))
    language = language_of_environment() or configured
    try:
        config.stash[_EXPECTATION] = Expectation.of(
            config.getoption("--apd-level") or config.getini("apd_level"),
            ignore=config.getini("apd_ignore"),
            language=language,
        )
    except ValueError as error:
        raise pytest.UsageError(f"--apd: {error}") from None


def collect(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The test of a file; None for any other XML.

    What is something else has a test too, which is skipped with what it is as the reason.
    """
    config = parent.config
    if not any(_matches(path, config.rootpath, one) for one in config.getini("apd_files")):
        return None
    other = _other(path)
    if other is not None and other.wording == OTHER_ROOT:  # there may be much other XML
        return None
    return DocumentFile.from_parent(parent, path=path, other=other)


def _matches(path: Path, root: Path, pattern: str) -> bool:
    """True where a pattern fits: with a slash the path from the root, else the name."""
    if "/" not in pattern:
        return fnmatch(path.name, pattern)
    return path.is_relative_to(root) and fnmatch(path.relative_to(root).as_posix(), pattern)


def _other(path: Path) -> Finding | None:
    """What a file is that is to be left alone; the test of one that cannot be read reports it."""
    try:
        with path.open("rb") as file:
            return other_than_appointment(file.read(MAX_DOCUMENT_BYTES + 1))
    except OSError:
        return None


class DocumentFile(pytest.File):
    """A file with an appointment document, or with something else.

    Args:
        other: what else it is; None for an appointment document.
        given: as pytest has it.
    """

    def __init__(self, *, other: Finding | None, **given: Any) -> None:
        super().__init__(**given)
        self._other = other

    def collect(self) -> Iterator["DocumentItem"]:
        """Its one test, called as the file, which is what reports show."""
        item = DocumentItem.from_parent(self, name=self.path.name)
        if self._other is not None:
            language = self.config.stash[_EXPECTATION].language
            reason = self._other.wording.in_language(language)
            item.add_marker(pytest.mark.skip(reason=reason))
        yield item


class DocumentItem(pytest.Item):
    """The test that a document has no findings that count."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.add_marker(_MARKER)

    def runtest(self) -> None:
        """Validate the document.

        Raises:
            DocumentFailure: it has findings that count, or cannot be read.
        """
        try:
            message = explained(self.path, self.config.stash[_EXPECTATION], self._file)
        except OSError as error:
            wording = _CANNOT_BE_READ.in_language(self.config.stash[_EXPECTATION].language)
            reason = wording.format(file=self._file, reason=error.strerror)
            raise DocumentFailure(reason) from None
        if message is not None:
            raise DocumentFailure(message)

    @property
    def _file(self) -> str:
        """The file, from the root directory where it is below that."""
        return hide_numbers(self.nodeid.partition("::")[0])

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Findings as they are; a traceback only for a fault of the program."""
        if isinstance(excinfo.value, DocumentFailure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file, its first line, and the heading of a failure."""
        return self.path, 0, self._file
