"""The names of files: those of the command line, and those of a list."""

import os
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import cast

import click
from attrs import frozen

from apd.cli.inputs import STANDARD_INPUT, safe_name, standard_input
from apd.limits import MAX_NAME_BYTES

_AT_ONCE = 1 << 16


@frozen
class Names:
    """Names of files, directories and archives; read as they are asked for.

    Args:
        files: those that are known.
        listed_in: a file with more of them, or ``-`` for standard input.
        separator: what stands between those.
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
        """True where they can be read a second time."""
        return self.listed_in is None or Path(self.listed_in).is_file()

    def _listed(self, path: str) -> Iterator[str]:
        try:
            if path == STANDARD_INPUT:
                yield from self._in(cast(BufferedReader, standard_input()))
            else:
                with Path(path).open("rb") as file:
                    yield from self._in(file)
        except OSError as error:
            raise click.ClickException(f"{safe_name(path)}: {error.strerror}") from None

    def _in(self, file: BufferedReader) -> Iterator[str]:
        for name in _split(file, self.separator):
            if b"\0" in name:
                raise click.UsageError("the names in the list end with NUL; give --null")
            # of a list that was made on Windows
            path = os.fsdecode(name.removesuffix(b"\r") if self.separator == b"\n" else name)
            if path:
                # what means standard input elsewhere is a file of that name here
                yield f".{os.sep}{path}" if path == STANDARD_INPUT else path


def _split(file: BufferedReader, separator: bytes) -> Iterator[bytes]:
    """The names in a file, as soon as each is there."""
    begun = b""
    while piece := file.read1(_AT_ONCE):
        *whole, begun = (begun + piece).split(separator)
        yield from whole
        if len(begun) > MAX_NAME_BYTES:
            raise click.UsageError("the list of files has a name of more than 1 MiB")
    yield begun
