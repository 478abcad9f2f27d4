"""The files that are to be checked, by path, without reading them yet."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import field, frozen

from apd.cli.inputs import STANDARD_INPUT, Inputs
from apd.cli.labels import Words


@frozen
class File:
    """A file, or what was named as one.

    Args:
        path: its path, or ``-``.
        problem: why it is none, or None.
    """

    path: str
    problem: str | None = field(default=None)


class Files(Inputs):
    """As :class:`Inputs`, but what cannot be listed is passed on in its place.

    Args:
        files: files, directories, or ``-`` for standard input.
        words: the words of the language.
        besides: a file that is not looked at in a directory: the report itself.
    """

    def __init__(self, files: Iterable[str], words: Words, besides: str | None = None) -> None:
        super().__init__(files, words)
        self._besides = None if besides is None else os.path.realpath(besides)
        self._problems: list[File] = []

    def listed(self) -> Iterator[File]:
        """The files, in order."""
        for file in self._files:
            for path in self.paths(file):
                yield from self._told()
                if path == file or not self._is_besides(path):
                    yield File(path)
            yield from self._told()

    def _is_besides(self, path: str) -> bool:
        return self._besides is not None and os.path.realpath(path) == self._besides

    def tell(self, path: str, *problems: str) -> None:
        """Keep problems until the file's turn comes."""
        self._problems += [File(path, problem) for problem in problems]

    def _told(self) -> Iterator[File]:
        problems, self._problems = self._problems, []
        return iter(problems)


def count(files: Iterable[str]) -> int:
    """About how many documents there are, for a progress bar; nothing is remembered."""
    return sum(_count(file) for file in files)


def _count(file: str) -> int:
    if file == STANDARD_INPUT or not Path(file).is_dir():
        return 1
    return sum(name.lower().endswith(".xml") for _, _, names in os.walk(file) for name in names)


def current_directory() -> str:
    """The current directory, or nothing where it has been removed."""
    try:
        return str(Path.cwd())
    except OSError:
        return ""
