"""How an agenda looks: in colour and folded on a terminal, plain lines in a file or a pipe."""

import sys
from collections.abc import Iterable, Sequence

from apd.cli import output
from apd.cli.agenda import Paragraph

STYLES = {
    "": "",
    "title": "bold",
    "section": "bold underline",
    "day": "bold",
    "appointment": "bold cyan",
    "caution": "yellow",
    "clash": "bold red",
    "dim": "dim",
    "label": "dim",
}
_BETWEEN, _BETWEEN_PIECES = "  ", ", "
_NARROWEST = 20


def write_agenda(paragraphs: Sequence[Paragraph]) -> None:
    """Write an agenda to standard output."""
    width = max((len(one.label) for one in paragraphs if one.is_column), default=0)
    output.write(_folded(paragraphs, width) if sys.stdout.isatty() else _plain(paragraphs, width))


def _plain(paragraphs: Iterable[Paragraph], width: int) -> str:
    lines = (
        f"{' ' * one.indent}{_label(one, width)}{_BETWEEN_PIECES.join(one.pieces)}"
        for one in paragraphs
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _label(paragraph: Paragraph, width: int) -> str:
    """What stands before the text."""
    if not paragraph.label:
        return ""
    label = f"{paragraph.label:{width}}" if paragraph.is_column else paragraph.label
    return f"{label}{_BETWEEN}"


def _folded(paragraphs: Iterable[Paragraph], width: int) -> str:
    """Paragraphs that fit the terminal; a further line begins where the text did."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, emoji=False)
    with console.capture() as capture:
        for one in paragraphs:
            # Text takes what it is given to the letter: no markup, no highlighting
            label = Text(_label(one, width), STYLES["label" if one.is_column else one.style])
            lead = Text(" " * one.indent) + label
            room = max(console.width - lead.cell_len, _NARROWEST)
            for packed in _packed(one.pieces, room) or [""]:
                for line in Text(packed, STYLES[one.style]).wrap(console, room):
                    line.rstrip()
                    console.print(lead + line, soft_wrap=True)
                    lead = Text(" " * lead.cell_len)
    return capture.get()


def _packed(pieces: Sequence[str], room: int) -> list[str]:
    """Pieces on lines, as many on each as there is room for."""
    from rich.cells import cell_len

    lines: list[str] = []
    for piece in pieces:
        longer = f"{lines[-1]}{_BETWEEN_PIECES}{piece}" if lines else ""
        if lines and cell_len(longer) < room:
            lines[-1] = longer
        else:
            lines = [f"{line}," if line is lines[-1] else line for line in lines]
            lines.append(piece)
    return lines
