"""An agenda as a flat table, a row for each appointment, for pandas, polars or a spreadsheet."""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator

from apd.overview.agenda import Agenda, AgendaEntry
from apd.text.appointment import LinePart, PartKind
from apd.wording import Hide

Cell = str | int | bool | datetime.datetime | datetime.date | None
Row = dict[str, Cell]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""The characters that begin a formula in a spreadsheet."""
COLUMNS = (
    "key", "phase", "date", "start", "end", "days_off", "date_only", "indicative", "about",
    "performer", "place", "address", "telephone", "category", "series_number", "series_count",
    "overlaps", "cautions",
)  # fmt: skip
"""The keys of a row, in their order."""


def rows_of(agenda: Agenda) -> list[Row]:
    """A row for each appointment: past ones, then coming ones, in order."""
    entries = (entry for day in (*agenda.past, *agenda.days) for entry in day.entries)
    return [dict(zip(COLUMNS, _cells(entry), strict=True)) for entry in entries]


def _cells(entry: AgendaEntry) -> Iterator[Cell]:
    shown = entry.shown
    schedule, place = shown.schedule, shown.appointment.location
    category, position = shown.appointment.category, entry.position
    has_address = place is not None and place.address is not None and place.address.is_informed
    yield shown.key
    yield shown.phase.value
    yield entry.date
    yield schedule.start
    yield schedule.end
    yield entry.days_off
    yield schedule.date_only
    yield schedule.indicative
    yield shown.about
    yield entry.performer
    yield shown.place
    yield place.address.one_line if has_address and place and place.address else None
    yield "; ".join(_telephones(entry)) or None
    yield category.display(shown.language) if category else None
    yield position.number if position else None
    yield position.count if position else None
    yield entry.overlap.value if entry.overlap else None
    yield "; ".join(shown.cautions) or None


def _telephones(entry: AgendaEntry) -> list[str]:
    """The telephones of the place and of the performer (F1), each once."""
    parts: Iterable[LinePart] = (part for line in entry.meeting for part in line.parts)
    uris = (part.value or "" for part in parts if part.kind is PartKind.LINK)
    numbers = (uri.partition(":") for uri in uris)
    return list(dict.fromkeys(number for scheme, _, number in numbers if scheme.lower() == "tel"))


def as_csv(rows: Iterable[Row], hide: Hide | None = None) -> str:
    """Rows as CSV (RFC 4180), with the names of the columns in the first line.

    Times are in ISO 8601. A text that a spreadsheet would treat as a formula is prefixed with an
    apostrophe.

    Args:
        rows: the rows of :meth:`apd.overview.Overview.to_rows`.
        hide: is applied to every text; None hides nothing.
    """
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(_as_text(row[column], hide) for column in COLUMNS)
    return made.getvalue()


def _as_text(cell: Cell, hide: Hide | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    text = hide(cell) if hide else cell
    return f"'{text}" if text.startswith(_FORMULA) else text
