"""The JSON Schemas as files: ``python docs/generators/schemas.py`` writes them."""

import json
from pathlib import Path

from apd.jsonform import schema
from apd.publication.bookings_file import bookings_schema
from apd.reports.contract import report_schema
from apd.testing.bench import manifest_schema, verdict_schema

DOCS = Path(__file__).resolve().parents[1]


def files() -> dict[str, str]:
    """The files as texts, by their names in ``docs``."""
    made = {
        "apd.schema.json": schema(),
        "bookings.schema.json": bookings_schema(),
        "manifest.schema.json": manifest_schema(),
        "report.schema.json": report_schema(),
        "verdict.schema.json": verdict_schema(),
    }
    return {
        name: json.dumps(one, ensure_ascii=False, indent=2) + "\n" for name, one in made.items()
    }


def main(docs: Path = DOCS) -> None:
    """Write the files."""
    for name, text in files().items():
        (docs / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
