"""How a card looks: a panel on a terminal, plain lines in a file or a pipe."""

import sys

from apd.cli import output
from apd.cli.card import Row

_INDENT = "  "


def write_card(title: str, rows: list[Row]) -> None:
    """Write a card to standard output."""
    if sys.stdout.isatty():
        output.write(_panel(title, rows))
    else:
        output.write(_plain(title, rows))


def _plain(title: str, rows: list[Row]) -> str:
    """The title, then each label with its lines in a column; lines are not broken."""
    width = max(len(row.label) for row in rows)
    text = [title]
    for row in rows:
        for number, line in enumerate(row.lines):
            label = row.label if number == 0 else ""
            text.append(f"{_INDENT}{label:{width}}{_INDENT}{line}")
    return "\n".join([*text, ""])


def _panel(title: str, rows: list[Row]) -> str:
    from rich.console import Console
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        # Text takes what it is given to the letter: no markup, no highlighting
        table.add_row(Text(row.label), Text("\n".join(row.lines)))
    console = Console(highlight=False, emoji=False)
    with console.capture() as capture:
        console.print(Panel(table, title=Text(title), title_align="left"))
    return capture.get()
