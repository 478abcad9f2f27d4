"""``pytest --apd``: every appointment document below a path is a test. Loaded on demand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apd.cda.detection import other_than_appointment
from apd.errors import RuleError
from apd.files import XML_FILES, is_wanted
from apd.findings import Finding
from apd.limits import MAX_DOCUMENT_BYTES
from apd.privacy.masking import hide_numbers
from apd.reports.baseline import silent_rules
from apd.settings_file import ProjectSettings, load_settings
from apd.standard.file_kinds import OTHER_ROOT
from apd.testing.failure_message import Expectation, explained
from apd.wording import Wording, language_of_environment

_EXPECTATION = pytest.StashKey[Expectation]()
_LEFT_OUT = pytest.StashKey[dict[str, int]]()
_PROJECT = pytest.StashKey[ProjectSettings]()
OF_WORKER = "apd_of_worker"
"""The key under which pytest-xdist passes the counts of a worker to the process that reports."""
_MARKER = "apd"
_NO_LANGUAGE = Wording("apd_language skal være da eller en", "apd_language must be da or en")
_SUMMARY = Wording("apd: udeladt: {count} ({reason})", "apd: left out: {count} ({reason})")
_GONE = Wording("apd: væk: {place} [{rule}]", "apd: gone: {place} [{rule}]")
_CANNOT_BE_READ = Wording("{file} kan ikke læses: {reason}", "{file} cannot be read: {reason}")


class DocumentFailure(Exception):
    """A document has findings that count, or cannot be read; the text says which and why."""


def configure(config: pytest.Config) -> None:
    """Store the requirements on the documents; a wrong level, language or rule is a usage error."""
    configured = config.getini("apd_language")
    if configured not in ("", "da", "en"):
        raise pytest.UsageError(_NO_LANGUAGE.in_language(language_of_environment() or "en"))
    try:
        project = load_settings(config.getoption("--apd-config"), directory=config.rootpath)
        config.stash[_PROJECT] = project
        config.stash[_EXPECTATION] = Expectation.of(
            config.getoption("--apd-level") or config.getini("apd_level"),
            project=project,
            ignore=config.getini("apd_ignore"),
            language=language_of_environment() or configured or None,
            strict=is_strict(config),
            baseline=_baseline(config),
        )
    except ValueError as error:
        raise pytest.UsageError(f"--apd: {error}") from None
    except OSError as error:
        raise pytest.UsageError(f"--apd: {error.filename}: {error.strerror}") from None


def _baseline(config: pytest.Config) -> Path | None:
    """The baseline: relative to the current directory, or if configured, to the root directory."""
    given = config.getoption("--apd-baseline")
    if given:
        return Path(given)
    configured = config.getini("apd_baseline")
    return config.rootpath / configured if configured else None


def is_strict(config: pytest.Config) -> bool:
    """Whether every collected file must be an appointment document."""
    asked = config.getoption("--apd-strict") or config.getini("apd_strict")
    return bool(asked or config.stash[_PROJECT].strict)


def of_worker(config: pytest.Config) -> dict[str, Any]:
    """The counts that a worker of pytest-xdist passes to the process that reports."""
    known = config.stash[_EXPECTATION].known
    again, seen = ((), ()) if known is None else (sorted(known.again), sorted(known.seen))
    return {"left_out": left_out(config), "again": [*again], "seen": [*seen]}


def take(config: pytest.Config, given: dict[str, Any] | None) -> None:
    """Add what a worker of pytest-xdist has counted; each worker collects everything."""
    if given is None:  # it did not get so far
        return
    left_out(config).update(given["left_out"])
    known = config.stash[_EXPECTATION].known
    if known is not None:
        known.again.update(given["again"])
        known.seen.update(given["seen"])


def left_out(config: pytest.Config) -> dict[str, int]:
    """The number of files that were left out, by what they are."""
    return config.stash.setdefault(_LEFT_OUT, {})


def summarize(reporter: pytest.TerminalReporter) -> None:
    """Report how many files were left out, and which findings of a baseline are gone."""
    expectation = reporter.config.stash[_EXPECTATION]
    language = expectation.language
    for reason, count in sorted(left_out(reporter.config).items()):
        reporter.write_line(_SUMMARY.in_language(language).format(count=count, reason=reason))
    if expectation.known is None:
        return
    silent = silent_rules(expectation.settings, expectation.layers, compared=False)
    for one in expectation.known.gone(silent):
        place = " ".join(filter(None, (*one.documents, one.place)))
        reporter.write_line(_GONE.in_language(language).format(place=place, rule=one.rule))


def collect(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The test of a file; None for any other XML.

    A file that is something else has a test too, which is skipped with its kind as the reason, and
    is counted. In strict mode nothing is skipped, and the test fails.
    """
    config = parent.config
    if not _is_looked_at(path, config):
        return None
    other = None if is_strict(config) else _other(path)
    if other is not None:
        reason = other.wording.in_language(config.stash[_EXPECTATION].language)
        left_out(config)[reason] = left_out(config).get(reason, 0) + 1
        if other.wording == OTHER_ROOT.wording:  # there may be much other XML
            return None
    return DocumentFile.from_parent(parent, path=path, other=other)


def _is_looked_at(path: Path, config: pytest.Config) -> bool:
    """Whether a file is to be validated, by the patterns of pytest, else of the settings file."""
    own = config.getini("apd_files")
    project = config.stash[_PROJECT]
    if own or project.file is None:
        return is_wanted(path, own or XML_FILES, config.rootpath)
    return is_wanted(path, project.files or XML_FILES, Path(project.file).parent)


def _other(path: Path) -> Finding | None:
    """The kind of a file that is left alone; None for others, and for one that cannot be read."""
    try:
        with path.open("rb") as file:
            return other_than_appointment(file.read(MAX_DOCUMENT_BYTES + 1))
    except OSError:
        return None


class DocumentFile(pytest.File):
    """A file with an appointment document or, if ``other`` has a kind, with something else."""

    def __init__(self, *, other: Finding | None, **given: Any) -> None:
        super().__init__(**given)
        self._other = other

    def collect(self) -> Iterator["DocumentItem"]:
        """Its only test, with the name of the file, which reports show."""
        item = DocumentItem.from_parent(self, name=self.path.name)
        if self._other is not None:
            language = self.config.stash[_EXPECTATION].language
            reason = self._other.wording.in_language(language)
            item.add_marker(pytest.mark.skip(reason=reason))
        yield item


class DocumentItem(pytest.Item):
    """A test that a document has no findings that count."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.add_marker(_MARKER)

    def runtest(self) -> None:
        """Validate the document; :class:`DocumentFailure` if it has findings that count."""
        try:
            message = explained(self.path, self.config.stash[_EXPECTATION], self._file)
        except OSError as error:
            wording = _CANNOT_BE_READ.in_language(self.config.stash[_EXPECTATION].language)
            reason = wording.format(file=self._file, reason=error.strerror)
            raise DocumentFailure(reason) from None
        except RuleError as error:
            language = self.config.stash[_EXPECTATION].language
            raise DocumentFailure(error.message(language)) from None
        if message is not None:
            raise DocumentFailure(message)

    @property
    def _file(self) -> str:
        """The path of the file, relative to the root directory if it is below that."""
        return hide_numbers(self.nodeid.partition("::")[0])

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The findings; a traceback only for a fault of the program."""
        if isinstance(excinfo.value, DocumentFailure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file, its first line, and the heading of a failure."""
        return self.path, 0, self._file
