"""The card of a document, as a panel or as plain lines."""

import sys

from attrs import frozen

from apd.cda.lossless.unmapped import is_schema_hint
from apd.cli.io import streams
from apd.cli.io.streams import printable
from apd.cli.views.labels import Words
from apd.model.document import AppointmentDocument
from apd.text.appointment import Detail, lines_of
from apd.wording import Hide

_ABOUT_IT = ("when", "repeats", "about", "category", "type")
"""The first lines of a card, in this order; the others keep their own order."""


@frozen
class Row:
    """A label and its lines."""

    label: str
    lines: tuple[str, ...]


def rows(document: AppointmentDocument, words: Words, hide: Hide) -> list[Row]:
    """The rows of a document's card; empty ones are left out."""
    lines = lines_of(document, words.language, detail=Detail.FULL, hide=hide)
    first = {line.key: line for line in lines if line.key in _ABOUT_IT}
    ordered = [*(first[key] for key in _ABOUT_IT if key in first), *lines]
    card = [
        Row(printable(line.label), tuple(map(printable, line.texts)))
        for line in dict.fromkeys(ordered)
    ]
    unmapped = _unmapped(document, words)
    if unmapped:
        card.append(Row(words("unmapped"), tuple(printable(hide(line)) for line in unmapped)))
    return card


def _unmapped(document: AppointmentDocument, words: Words) -> list[str]:
    """The content outside the model: the number of pieces, and the place of each."""
    pieces = [piece for piece in document.unmapped if not is_schema_hint(piece)]
    if not pieces:
        return []
    count = len(pieces)
    places = dict.fromkeys(
        f"{piece.difference.display(words.language)}: {piece.path}" for piece in pieces
    )
    return [words("one_piece" if count == 1 else "pieces", count=count), *places]


_INDENT = "  "
_FRAME = 6
"""The columns that a frame takes of the line with its title."""
_BESIDE = 6
"""The columns that it takes beside a label and its text, including their gap."""


def write_card(title: str, rows: list[Row]) -> None:
    """Write a card to standard output."""
    if sys.stdout.isatty():
        streams.write(_panel(title, rows))
    else:
        streams.write(_plain(title, rows))


def _plain(title: str, rows: list[Row]) -> str:
    """The title, then each label with its lines in a column; lines are not wrapped."""
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
        # Text is literal: no markup, no highlighting
        table.add_row(Text(row.label), Text("\n".join(row.lines)))
    console = Console(highlight=False, emoji=False)
    longest = max(len(word) for row in rows for line in row.lines for word in (*line.split(), ""))
    if max(len(row.label) for row in rows) + longest + _BESIDE > console.width:
        return _plain(title, rows)  # a frame would truncate a long word
    has_room = len(title) + _FRAME <= console.width
    with console.capture() as capture:
        if not has_room:  # a frame would truncate the title
            console.print(Text(title), soft_wrap=True)
        console.print(Panel(table, title=Text(title) if has_room else None, title_align="left"))
    return capture.get()
