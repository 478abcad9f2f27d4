"""Values as a table at a prompt: in a notebook (``_repr_html_``) and on a terminal of Rich.

As in a ``repr``, what is personal is masked.
"""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from apd.person_numbers import hide_numbers, repr_without_numbers

Row = tuple[str, ...]


class Tabular:
    """What is shown as a table; a class says of which rows."""

    __slots__ = ()

    def _table(self) -> tuple[Row, Iterable[Row]]:
        """The headings, and the rows."""
        return ("", ""), fields_of(self)

    def _repr_html_(self) -> str:
        from html import escape

        headings, rows = self._table()
        head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
        body = "".join(
            f"<tr>{''.join(f'<td>{escape(printable(cell))}</td>' for cell in row)}</tr>"
            for row in rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def __rich__(self) -> Any:
        from rich.table import Table
        from rich.text import Text

        headings, rows = self._table()
        table = Table(show_header=any(headings))
        for heading in headings:
            table.add_column(Text(heading), overflow="fold")
        for row in rows:
            table.add_row(*(Text(printable(cell)) for cell in row))  # Text is never markup
        return table


def printable(text: str) -> str:
    """A text without characters that a terminal or a page would obey."""
    return text if text.isprintable() else ascii(text)


def fields_of(value: Any, name: str = "") -> Iterator[Row]:
    """The fields of a value of attrs, and of those inside it, as its ``repr`` has them.

    ``name`` is the field that it is itself: ``appointment.performer``.
    """
    for field in attrs.fields(type(value)):
        content = getattr(value, field.name)
        if field.repr and content is not None and content != ():
            path = f"{name}.{field.name}" if name else field.name
            if callable(field.repr) and field.repr is not repr_without_numbers:
                yield path, field.repr(content)
            else:
                yield from _of_content(content, path)


def _of_content(content: Any, path: str) -> Iterator[Row]:
    if isinstance(content, tuple):
        for number, one in enumerate(content):
            yield from _of_content(one, f"{path}[{number}]")
    elif attrs.has(type(content)):
        # one that holds texts alone may have a repr of its own, which masks it as a whole
        is_whole = any(
            attrs.has(type(one)) or isinstance(one, datetime.datetime) for one in _contents(content)
        )
        yield from fields_of(content, path) if is_whole else [(path, repr(content))]
    else:
        yield path, hide_numbers(str(content))


def _contents(value: Any) -> Iterator[Any]:
    for field in attrs.fields(type(value)):
        content = getattr(value, field.name)
        yield from content if isinstance(content, tuple) else (content,)
