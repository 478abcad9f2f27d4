"""Reads the documents that the FILE arguments of a command name, and reports errors."""

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, cast

from attrs import field, frozen

import apd
from apd.cli import FAILED
from apd.cli.file_names import STANDARD_INPUT
from apd.cli.io import streams
from apd.cli.io.failures import printed, reading, safe_name, unreadable
from apd.cli.language import usage_error
from apd.cli.views.labels import Words
from apd.files import XML_FILES, is_wanted
from apd.findings import explained
from apd.limits import MAX_DOCUMENT_BYTES, MAX_NAME_BYTES
from apd.wording import Wording

_AT_ONCE = 1 << 16


@frozen
class Names:
    """Names of files, directories and archives, read lazily.

    They are those of the command line, and those in a file, or ``-`` for standard input, with a
    separator.
    """

    files: tuple[str, ...]
    listed_in: str | None = None
    separator: bytes = b"\n"

    def __iter__(self) -> Iterator[str]:
        yield from self.files
        if self.listed_in is not None:
            yield from self._listed(self.listed_in)

    @property
    def can_be_counted(self) -> bool:
        """True if they can be read a second time."""
        return self.listed_in is None or Path(self.listed_in).is_file()

    def _listed(self, path: str) -> Iterator[str]:
        with reading(path), opened(path) as file:
            yield from self._in(cast(BufferedReader, file))

    def _in(self, file: BufferedReader) -> Iterator[str]:
        for name in _split(file, self.separator):
            if b"\0" in name:
                raise usage_error(
                    Wording(
                        "navnene i listen slutter med NUL; angiv --null",
                        "the names in the list end with NUL; specify --null",
                    )
                )
            # of a list that was made on Windows
            path = os.fsdecode(name.removesuffix(b"\r") if self.separator == b"\n" else name)
            if path:
                # what means standard input elsewhere is a file of that name here
                yield f".{os.sep}{path}" if path == STANDARD_INPUT else path


def _split(file: BufferedReader, separator: bytes) -> Iterator[bytes]:
    """The names in a file, each as soon as it is read."""
    begun = b""
    while piece := file.read1(_AT_ONCE):
        *whole, begun = (begun + piece).split(separator)
        yield from whole
        if len(begun) > MAX_NAME_BYTES:
            raise usage_error(
                Wording(
                    "listen over filer har et navn på mere end 1 MiB",
                    "the list of files has a name of more than 1 MiB",
                )
            )
    yield begun


@frozen
class Source:
    """A document that was read: the printable name of its file, its bytes, and the document."""

    name: str
    data: bytes = field(repr=False)
    document: apd.AppointmentDocument


class Inputs:
    """The documents that FILE arguments name. Each error is a line on standard error.

    ``patterns`` are the files of a directory to read; see :func:`apd.files.is_wanted`.
    """

    def __init__(
        self,
        files: Iterable[str],
        words: Words,
        *,
        patterns: tuple[str, ...] = XML_FILES,
        root: Path | None = None,
    ) -> None:
        self._patterns = patterns
        self._root = root
        self.failed = 0
        """The number of files that could not be read so far."""
        self._files = files
        self._words = words

    @property
    def status(self) -> int:
        """The exit status, if there are no other errors."""
        return FAILED if self.failed else 0

    def __iter__(self) -> Iterator[Source]:
        for file in self._files:
            for path in self.paths(file):
                source = self._read(path)
                if source is not None:
                    yield source

    def paths(self, file: str) -> Iterator[str]:
        """The file itself, or the XML files below a directory, sorted."""
        if file == STANDARD_INPUT or not _is_directory(file):
            yield file
            return
        failed, is_empty = self.failed, True
        for path in self._below(file):
            is_empty = False
            yield path
        if is_empty and self.failed == failed:
            self.report(file, self._words("no_xml"))

    def _below(self, directory: str) -> Iterator[str]:
        try:
            with os.scandir(directory) as entries:
                # only their names, as there may be very many
                names = sorted(filter(None, map(self._wanted, entries)), key=_without_sep)
        except OSError as error:
            self.report(directory, unreadable(error))
            return
        above = f"{_without_sep(directory)}{os.sep}"
        for name in names:
            if name.endswith(os.sep):
                yield from self._below(f"{above}{_without_sep(name)}")
            else:
                yield f"{above}{name}"

    def _wanted(self, entry: "os.DirEntry[str]") -> str | None:
        """The name of a directory, with a separator, or of a file to read; None for others."""
        if entry.is_dir(follow_symlinks=False):
            return entry.name + os.sep
        # a pipe or a socket would block; a broken link is reported
        is_file = entry.is_symlink() or entry.is_file()
        if not is_file:
            return None
        if self._patterns == XML_FILES:  # nearly always, and much faster
            return entry.name if entry.name.lower().endswith(".xml") else None
        root = Path() if self._root is None else self._root
        return entry.name if is_wanted(Path(entry.path), self._patterns, root) else None

    def _read(self, path: str) -> Source | None:
        with self.reported(path):
            data = bytes_of(path)
            return Source(printed(path), data, apd.loads(data))
        return None

    @contextmanager
    def reported(self, path: str) -> Iterator[None]:
        """Report why a file cannot be read, or why it is no document, and go on."""
        try:
            yield
        except OSError as error:
            self.report(path, unreadable(error))
        except apd.ParseError as error:
            self.report(path, *(self._explained(finding) for finding in error.findings))

    def _explained(self, finding: apd.Finding) -> str:
        line = f"{self._words('line', line=finding.line)}: " if finding.line else ""
        return f"{line}{explained(finding).in_language(self._words.language)}"

    def report(self, path: str, *problems: str) -> None:
        """Report a problem with a file on standard error."""
        self.failed += 1
        streams.flush()  # so that the error comes after earlier output
        for problem in problems:
            streams.write_error(f"apd: {safe_name(path)}: {problem}")


def _without_sep(path: str) -> str:
    return path.removesuffix(os.sep)


def _is_directory(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:  # opening it will report the error
        return False


def bytes_of(path: str, most: int = MAX_DOCUMENT_BYTES) -> bytes:
    """The bytes of a document; if it is too large, enough to detect that."""
    if path != STANDARD_INPUT:
        with Path(path).open("rb") as file:
            return file.read(most + 1)
    return standard_input().read(most + 1)


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """A file, opened to be read in parts."""
    if path == STANDARD_INPUT:
        yield standard_input()
        return
    with Path(path).open("rb") as file:
        yield file


def standard_input() -> BinaryIO:
    """The bytes of standard input; ``OSError`` if it is closed."""
    if sys.stdin is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return sys.stdin.buffer
