"""Names of files on the command line: what each is for, and those that cannot go together."""

import os
import stat
from collections.abc import Iterable
from enum import Enum, auto
from pathlib import Path
from typing import Any, Final, NamedTuple

import click

from apd.cli.io.failures import safe_name
from apd.cli.language import say, usage_error
from apd.wording import Wording

STANDARD_INPUT: Final = "-"
"""The name that means standard input, where something is read."""
STANDARD_OUTPUT: Final = "-"
"""The name that means standard output, where something is written."""
_NAMED: Final = "apd.files"
"""The key in a context for the files that were named."""
_OUTPUTS = frozenset(("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"))
"""Other names of standard output, which would empty the file that it goes to."""

_EMPTY = Wording("navnet på filen er tomt", "the name of the file is empty")
_A_FILE = Wording("- kan ikke bruges her; angiv en fil", "- cannot be used here; specify a file")
_A_DIRECTORY = Wording(
    "- kan ikke bruges her; angiv en mappe", "- cannot be used here; specify a directory"
)
_ONCE = Wording(
    "standard input (-) kan kun angives én gang", "standard input (-) can be specified only once"
)
_TWICE = Wording("to ting kan ikke skrives til én fil", "two things cannot be written to one file")
_OVERWRITES = Wording(
    "{name} ville blive overskrevet, men er også input",
    "{name} would be overwritten, but is an input file",
)


class Use(Enum):
    """What a command does with the file that is named."""

    READ = auto()
    WRITTEN = auto()
    KEPT = auto()
    """It is read, and written anew by the same command: a register, a baseline."""
    DIRECTORY = auto()
    """It is a directory in which files are made."""


class _Named(NamedTuple):
    use: Use
    name: str


class FileName(click.Path):
    """The name of a file, which is not empty.

    Args:
        use: what the command does with the file.
        given: more of :class:`click.Path`. Without ``allow_dash`` the name ``-`` is refused, as it
            would be a file of that name.
    """

    def __init__(self, use: Use, **given: Any) -> None:
        super().__init__(**given)
        self.use = use

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The name as it is given; another name of standard output becomes ``-``."""
        if value == "":
            self.fail(say(_EMPTY), param, ctx)
        if self.use is Use.WRITTEN and self.allow_dash and value in _OUTPUTS:
            value = STANDARD_OUTPUT
        if value == STANDARD_INPUT and not self.allow_dash:
            self.fail(say(_A_DIRECTORY if self.use is Use.DIRECTORY else _A_FILE), param, ctx)
        if ctx is not None:
            ctx.meta.setdefault(_NAMED, []).append(_Named(self.use, value))
        return super().convert(value, param, ctx)


def refuse_clashes(context: click.Context, output: str | None) -> None:
    """Refuse files that a command can read and write only one after the other.

    ``output`` replaces standard output while the command reads; what a command writes itself it
    leaves out of the directories that it reads.
    """
    try:
        _refuse_clashes(context.meta.get(_NAMED, []), output)
    except click.UsageError as error:
        error.ctx = context  # whose help is referred to
        raise


def _refuse_clashes(named: list[_Named], output: str | None) -> None:
    read = [one.name for one in named if one.use in (Use.READ, Use.KEPT)]
    if read.count(STANDARD_INPUT) > 1:
        raise usage_error(_ONCE)
    written = [one.name for one in named if one.use is Use.WRITTEN and one.name != STANDARD_OUTPUT]
    refuse_to_overwrite(written, read)
    if output is not None and any(_is_read_below(output, name) for name in read):
        raise would_overwrite(output)
    targets = [_real_path(name) for name in written if not _is_special(name)]
    if len(set(targets)) < len(targets):
        raise usage_error(_TWICE)


def refuse_to_overwrite(targets: Iterable[str | None], read: Iterable[str]) -> None:
    """Refuse files to be written to that are among those that are read, by whatever names.

    ``-`` is standard output or input; so is None.
    """
    existing: dict[tuple[int, int], str] = {}
    for target in targets:
        found = None if target is None or target == STANDARD_OUTPUT else _status(target)
        if target is not None and found is not None and stat.S_ISREG(found.st_mode):
            existing[found.st_dev, found.st_ino] = target
    for name in read if existing else ():
        found = None if name == STANDARD_INPUT else _status(name)
        if found is None:
            continue
        target = existing.get((found.st_dev, found.st_ino))
        if target is not None:
            raise would_overwrite(target)


def would_overwrite(path: str) -> click.UsageError:
    """The error where a file that is read would be written to."""
    return usage_error(_OVERWRITES, name=safe_name(path))


def _status(path: str) -> os.stat_result | None:
    try:
        return Path(path).stat()
    except (OSError, ValueError):  # it does not exist, or is no path
        return None


def _is_special(path: str) -> bool:
    """True for a pipe, a terminal or ``/dev/null``, to which many things can be written."""
    found = _status(path)
    return found is not None and not stat.S_ISREG(found.st_mode)


def _real_path(path: str) -> str:
    from apd.files import real_path  # on first use: completing a name does without

    return real_path(path)


def _is_read_below(path: str, directory: str) -> bool:
    """True for an XML file that exists below a directory, as those are read."""
    # unlike Path.resolve, it gives a path also where links lead in a circle
    file, above = (Path(_real_path(one)) for one in (path, directory))
    return path.lower().endswith(".xml") and above in file.parents and file.exists()
