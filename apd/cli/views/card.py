"""The card of a document: its lines, and how they look: a panel or plain lines."""

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
"""The lines that stand first on a card, in this order; the others follow in their own order."""


@frozen
class Row:
    """A label and the lines that stand beside it."""

    label: str
    lines: tuple[str, ...]


def rows(document: AppointmentDocument, words: Words, hide: Hide) -> list[Row]:
    """The rows of a document's card; one that has nothing to say is left out."""
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
    """What has no place in the model: how many pieces, and where each is."""
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
"""So many columns a frame takes of the line with its title."""
_BESIDE = 6
"""So many it takes beside a label and its text, with what stands between them."""


def write_card(title: str, rows: list[Row]) -> None:
    """Write a card to standard output."""
    if sys.stdout.isatty():
        streams.write(_panel(title, rows))
    else:
        streams.write(_plain(title, rows))


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
    longest = max(len(word) for row in rows for line in row.lines for word in (*line.split(), ""))
    if max(len(row.label) for row in rows) + longest + _BESIDE > console.width:
        return _plain(title, rows)  # in a frame a long word would be cut; so the terminal breaks it
    has_room = len(title) + _FRAME <= console.width
    with console.capture() as capture:
        if not has_room:  # a title in a frame would be cut
            console.print(Text(title), soft_wrap=True)
        console.print(Panel(table, title=Text(title) if has_room else None, title_align="left"))
    return capture.get()
