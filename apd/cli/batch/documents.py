"""The documents to check, by path, or with their bytes if they have no path."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import field, frozen

from apd.cli.batch import archives
from apd.cli.batch.spool import Seen
from apd.cli.file_names import STANDARD_INPUT, would_overwrite
from apd.cli.io.failures import safe_name, unreadable
from apd.cli.io.inputs import Inputs, bytes_of
from apd.cli.views.labels import Words
from apd.files import XML_FILES, real_path

_IN_ARCHIVE = "!"


@frozen
class File:
    """A document, or a name for which there is none, and why.

    The path of one in an archive is that of the archive and that in it, joined by ``!``.
    """

    path: str
    problem: str | None = field(default=None)
    data: bytes | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """Its path in a printable form."""
        return safe_name(self.path)


class Files(Inputs):
    """Like :class:`Inputs`, with archives. Unreadable documents are yielded with their problem.

    One that is named twice is yielded once; the report itself (``besides``) is left out in a
    directory.
    """

    def __init__(
        self,
        files: Iterable[str],
        words: Words,
        seen: Seen,
        besides: str | None = None,
        *,
        patterns: tuple[str, ...] = XML_FILES,
        root: Path | None = None,
    ) -> None:
        super().__init__(files, words, patterns=patterns, root=root)
        self._seen = seen
        self._besides = None if besides is None else real_path(besides)
        self._problems: list[File] = []

    def listed(self) -> Iterator[File]:
        """The files, in order; naming the report as a document is a usage error."""
        for name in self._files:
            if name == STANDARD_INPUT:
                yield self._standard_input()
                continue
            if self._is_besides(name):
                raise would_overwrite(name)
            if archives.is_archive(name):
                yield from self._members(name)
            else:
                yield from self._by_path(name)

    def _standard_input(self) -> File:
        try:
            return File(STANDARD_INPUT, data=bytes_of(STANDARD_INPUT))
        except OSError as error:
            return File(STANDARD_INPUT, unreadable(error))

    def _by_path(self, name: str) -> Iterator[File]:
        for path in self.paths(name):
            yield from self._reported()
            if not self._is_besides(path) and self._seen.add(path):
                yield File(path)
        yield from self._reported()

    def _members(self, archive: str) -> Iterator[File]:
        if not self._seen.add(archive):
            return
        is_empty = True
        try:
            for member in archives.members(archive):
                is_empty = False
                problem = member.problem and self._words.put(member.problem)
                yield File(f"{archive}{_IN_ARCHIVE}{member.path}", problem, member.data)
        except archives.ArchiveError as error:
            yield File(archive, self._words.put(error.wording))
        except OSError as error:
            yield File(archive, unreadable(error))
        else:
            if is_empty:
                yield File(archive, self._words.put(archives.EMPTY))

    def _is_besides(self, path: str) -> bool:
        return self._besides is not None and self._seen.real(path) == self._besides

    def report(self, path: str, *problems: str) -> None:
        """Keep problems until it is the file's turn."""
        self._problems += [File(path, problem) for problem in problems]

    def _reported(self) -> Iterator[File]:
        problems, self._problems = self._problems, []
        return iter(problems)


def count(files: Iterable[str]) -> int:
    """The approximate number of documents, for a progress bar."""
    return sum(_count(file) for file in files)


def _count(file: str) -> int:
    if archives.is_archive(file):
        return archives.count(file)
    if file == STANDARD_INPUT or not Path(file).is_dir():
        return 1
    return sum(name.lower().endswith(".xml") for _, _, names in os.walk(file) for name in names)


def current_directory() -> str:
    """The current directory, or an empty path if it has been removed."""
    try:
        return str(Path.cwd())
    except OSError:
        return ""
