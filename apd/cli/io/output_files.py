"""Documents and reports on the standard output, or in a file that appears as a whole."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from io import TextIOWrapper
from typing import IO, Any

import click

from apd.cli.file_names import STANDARD_OUTPUT
from apd.cli.io import streams
from apd.cli.io.failures import cannot_write, writing
from apd.files import whole_file
from apd.reports.checked import Checked, Context
from apd.reports.formats import FORMATS
from apd.reports.plain_text import Line, text
from apd.text.characters import on_a_line


def write_out(target: str | None, data: bytes) -> None:
    """Write to a file; None or ``-`` is standard output."""
    if target is None or target == STANDARD_OUTPUT:
        streams.write_bytes(data)
        return
    with writing(target), whole_file(target, is_synced=True) as file:
        file.write(data)


@contextmanager
def output_into(path: str) -> Iterator[None]:
    """Let a file have what a command writes to standard output."""
    try:
        with writing(path), whole_file(path) as file:
            text = TextIOWrapper(file, "utf-8", errors="apd-spelled", newline="\n")
            with redirect_stdout(text):
                yield
            text.flush()
            text.detach()  # or it would close the file, which it does not own
    except streams.OutputFailedError as error:
        raise cannot_write(path, error.error) from None


Write = Callable[[str], None]

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
    """
    if path is None:
        yield _write_out
        return
    with writing(path), _opened(path) as file:
        yield lambda line: _write(file, line)


@contextmanager
def _opened(path: str) -> Iterator[IO[str]]:
    with whole_file(path) as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="\n")
        yield text
        text.flush()
        text.detach()  # or it would close the file, which it does not own


def _write_out(line: str) -> None:
    """A line to standard output, at once, so that others can work on it while this goes on."""
    streams.write(f"{line}\n")
    streams.flush()


def _write(file: IO[str], line: str) -> None:
    file.write(f"{line}\n")


def report_lines(
    form: str, documents: Iterable[Checked], context: Context, path: str | None
) -> Iterator[str]:
    """The lines of a report, as ``text`` or one of :data:`apd.reports.formats.FORMATS`.

    The path is that of the file that they will be written to, or None for standard output.
    """
    if form in FORMATS:
        return FORMATS[form].lines(documents, context)
    render = _coloured if path is None and _takes_colours() else _plain
    clean = streams.printable if path is None else on_a_line
    return (render(line, clean) for line in text(documents, context))


def _takes_colours() -> bool:
    is_dumb = os.environ.get("TERM") == "dumb" or bool(os.environ.get("NO_COLOR"))
    return sys.stdout.isatty() and not is_dumb


def _plain(line: Line, clean: Callable[[str], str]) -> str:
    return clean("".join(piece for piece, _ in line)).rstrip()


def _coloured(line: Line, clean: Callable[[str], str]) -> str:
    return "".join(click.style(clean(piece), **_STYLES[style]) for piece, style in line)
