"""Rows in columns: a table on a terminal, plain aligned text in a file or a pipe."""

import sys
from collections.abc import Sequence

from apd.cli.io import streams

Cells = Sequence[str]


def write_table(rows: Sequence[Cells], header: Cells = ()) -> None:
    """Write rows to standard output; lines are not broken, except on a terminal.

    Args:
        rows: of equal length.
        header: what stands above the columns, or nothing.
    """
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


def _table(rows: Sequence[Cells], header: Cells) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=bool(header), padding=(0, 2, 0, 0), pad_edge=False)
    columns = list(zip(*rows, strict=True))
    for title, cells in zip(header or [""] * len(columns), columns, strict=True):
        is_words = any(" " in cell for cell in cells)
        table.add_column(Text(title), overflow="fold", no_wrap=not is_words)
    for row in rows:
        # Text takes what it is given to the letter: no markup, no highlighting
        table.add_row(*map(Text, row))
    console = Console(highlight=False, emoji=False)
    with console.capture() as capture:
        console.print(table)
    return capture.get()
