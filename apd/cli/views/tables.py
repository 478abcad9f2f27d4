"""Rows in columns: a table on a terminal, plain aligned text in a file or a pipe."""

import sys
from collections.abc import Sequence
from itertools import compress
from typing import TYPE_CHECKING

from apd.cli.io import streams

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

Cells = Sequence[str]


def write_table(rows: Sequence[Cells], header: Cells = ()) -> None:
    """Write rows of equal length to standard output; lines are wrapped only on a terminal."""
    if not rows:
        return
    clean = [[streams.printable(cell) for cell in row] for row in rows]
    above = [streams.printable(cell) for cell in header]
    if sys.stdout.isatty():
        streams.write(_table(clean, above))
    else:
        streams.write(plain([above, *clean] if above else clean))


def plain(rows: Sequence[Cells]) -> str:
    """Rows as lines of text, in columns that are as wide as need be."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "".join(f"{line}\n" for line in lines)


_GAP, _INDENT = 2, "  "
_READABLE = 24
"""The minimum width of a column of words; below it, the rows are stacked."""


def _table(rows: Sequence[Cells], header: Cells) -> str:
    from rich.console import Console

    console = Console(highlight=False, emoji=False)
    is_filled = [
        any(cells) for cells in zip(*rows, strict=True)
    ]  # a column without values is left out
    rows = [list(compress(row, is_filled)) for row in rows]
    header = list(compress(header, is_filled))
    columns = list(zip(*rows, strict=True))
    with console.capture() as capture:
        if _needed(columns, header) <= console.width:
            console.print(_grid(rows, columns, header))
        else:
            for row in rows:
                _stack(console, row, columns, header)
    return capture.get()


def _is_words(cells: Cells) -> bool:
    """True for a column whose cells may be wrapped between words."""
    return any(" " in cell.strip() and len(cell) > _READABLE for cell in cells)


def _needed(columns: Sequence[Cells], header: Cells) -> int:
    """The minimum width in which no cell is truncated and every text is readable."""
    titles = header or [""] * len(columns)
    widths = [max(map(len, (title, *cells))) for title, cells in zip(titles, columns, strict=True)]
    least = [
        max(min(width, _READABLE), _longest_word((title, *cells))) if _is_words(cells) else width
        for width, title, cells in zip(widths, titles, columns, strict=True)
    ]
    return sum(least) + _GAP * (len(least) - 1)


def _longest_word(cells: Cells) -> int:
    return max(len(word) for cell in cells for word in (*cell.split(), ""))


def _grid(rows: Sequence[Cells], columns: Sequence[Cells], header: Cells) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=bool(header), padding=(0, _GAP, 0, 0), pad_edge=False)
    for title, cells in zip(header or [""] * len(columns), columns, strict=True):
        table.add_column(Text(title), overflow="fold", no_wrap=not _is_words(cells))
    for row in rows:
        # Text is literal: no markup, no highlighting
        table.add_row(*map(Text, row))
    return table


def _stack(console: "Console", row: Cells, columns: Sequence[Cells], header: Cells) -> None:
    """One row as lines: with a header, each cell with its label; without, words below the rest."""
    from rich.padding import Padding
    from rich.text import Text

    def indented(text: str) -> None:
        if _longest_word([text]) > console.width - len(_INDENT):
            console.print(Text(f"{_INDENT}{text}"), soft_wrap=True)  # the terminal wraps it
        else:
            console.print(Padding(Text(text), (0, 0, 0, len(_INDENT))))

    if header:
        console.print(Text(f"{header[0]}: {row[0]}", style="bold"), soft_wrap=True)
        for title, cell in zip(header[1:], row[1:], strict=True):
            if cell:
                indented(f"{title}: {cell}")
        return
    words = [cell for cell, cells in zip(row, columns, strict=True) if _is_words(cells)]
    short = [cell for cell, cells in zip(row, columns, strict=True) if not _is_words(cells)]
    console.print(Text(_INDENT.join(filter(None, short)), style="bold"), soft_wrap=True)
    for cell in filter(None, words):
        indented(cell)
