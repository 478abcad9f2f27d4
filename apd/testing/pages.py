"""Tables as a self-contained HTML page, without scripts, in light and dark colours."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from apd.wording import Language

_STYLE = """
:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{max-width:70rem;margin:2rem auto;padding:0 1rem;background:Canvas;color:CanvasText}
h1{font-size:1.75rem;line-height:1.25}
table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{border:1px solid GrayText;padding:.35rem .5rem;text-align:start;vertical-align:top}
.table{overflow-x:auto}
.failed{font-weight:700;text-decoration:underline}
code{overflow-wrap:anywhere}
@media print{body{max-width:none;margin:0}.table{overflow:visible}tr{break-inside:avoid}}
"""

Row = Sequence[str]


class Section(NamedTuple):
    """A table of a page, with a CSS class for each cell of each row, or empty."""

    title: str
    heads: Row
    rows: Sequence[Row]
    marks: Sequence[Row] = ()


def page(
    title: str,
    about: str,
    facts: Sequence[tuple[str, str]],
    sections: Sequence[Section],
    language: Language,
) -> str:
    """An HTML page of tables.

    Args:
        title: the title of the page.
        about: a description, as a paragraph.
        facts: pairs of a name and a value.
        sections: the tables.
        language: the language of the texts.
    """
    fact_rows = "".join(
        f"<tr><th scope=row>{escape(name)}<td>{escape(value)}" for name, value in facts
    )
    tables = "".join(_section(one, one.title or title) for one in sections)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n"
        f"<body><main><h1>{escape(title)}</h1>"
        f"<p>{escape(about)}</p><table>{fact_rows}</table>\n{tables}</main></body></html>\n"
    )


def _section(section: Section, label: str) -> str:
    above = f"<h2>{escape(section.title)}</h2>\n" if section.title else ""
    head = "".join(f"<th scope=col>{escape(one)}" for one in section.heads)
    marks = section.marks or [[""] * len(section.heads)] * len(section.rows)
    rows = "".join(map(_row, section.rows, marks))
    group = f'class=table tabindex=0 role=group aria-label="{escape(label)}"'  # scrolled by keys
    return (
        f"{above}<div {group}><table><thead><tr>{head}</thead><tbody>{rows}</tbody></table></div>\n"
    )


def _row(cells: Row, marks: Row) -> str:
    inside = "".join(
        f"<td{f' class={mark}' if mark else ''}>{escape(cell).replace(chr(10), '<br>')}"
        for cell, mark in zip(cells, marks, strict=True)
    )
    return f"<tr>{inside}"
