"""Making a report of a format, and writing it to standard output or to a file."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, Any

import click

from apd.cli import output
from apd.cli.output_file import failures_told
from apd.files import whole_file
from apd.reports.checked import Checked, Context
from apd.reports.json_lines import json_lines
from apd.reports.junit import junit
from apd.reports.sarif import sarif
from apd.reports.text import Line, text

Write = Callable[[str], None]
_Maker = Callable[[Iterable[Checked], Context], Iterator[str]]

_FOR_PROGRAMS: dict[str, _Maker] = {"json": json_lines, "sarif": sarif, "junit": junit}
FORMATS = ("text", *_FOR_PROGRAMS)
_STYLES: dict[str, dict[str, Any]] = {
    "": {},
    "strong": {"bold": True},
    "dim": {"dim": True},
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "information": {"fg": "cyan"},
}


@contextmanager
def report_file(path: str | None) -> Iterator[Write]:
    """Gives a function that writes a line to standard output, or to a file.

    Lines go beside the file first, so that nobody ever sees half of a report.

    Raises:
        click.ClickException: the file cannot be written.
    """
    if path is None:
        yield _write_out
        return
    with failures_told(path), _opened(path) as file:
        yield lambda line: _write(file, line)


@contextmanager
def _opened(path: str) -> Iterator[IO[str]]:
    with whole_file(path) as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="\n")
        yield text
        text.flush()
        text.detach()  # or it would close the file, which is not its own


def _write_out(line: str) -> None:
    """A line to standard output, at once, so that others can work on it while this goes on."""
    output.write(f"{line}\n")
    output.flush()


def _write(file: IO[str], line: str) -> None:
    file.write(f"{line}\n")


def report_lines(
    form: str, documents: Iterable[Checked], context: Context, path: str | None
) -> Iterator[str]:
    """The lines of a report.

    Args:
        form: one of :data:`FORMATS`.
        documents: what it tells of.
        context: what holds for all of it.
        path: the file it will be written to, or None for standard output.
    """
    if form in _FOR_PROGRAMS:
        return _FOR_PROGRAMS[form](documents, context)
    render = _coloured if path is None and _takes_colours() else _plain
    clean = output.printable if path is None else output.harmless
    return (render(line, clean) for line in text(documents, context))


def _takes_colours() -> bool:
    is_dumb = os.environ.get("TERM") == "dumb" or "NO_COLOR" in os.environ
    return sys.stdout.isatty() and not is_dumb


def _plain(line: Line, clean: Callable[[str], str]) -> str:
    return clean("".join(piece for piece, _ in line)).rstrip()


def _coloured(line: Line, clean: Callable[[str], str]) -> str:
    return "".join(click.style(clean(piece), **_STYLES[style]) for piece, style in line)
