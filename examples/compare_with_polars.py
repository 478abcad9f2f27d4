"""Compares documents with each other on Polars: python examples/compare_with_polars.py [DIRECTORY]

It asks for Polars: pip install polars. The processes of this machine make a row of keys of each
document, and the rows are written as Parquet, which any engine can read. Polars finds what is
replaced, and groups the rows. What is found is what `apd validate --compare` finds.

The key is drawn here and forgotten at the end: with it, who has the rows could find CPR numbers by
trying.
"""

import secrets
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

import attrs
import polars as pl

import apd
from apd.rules.cross_document import SetFinding
from apd.rules.set_keys import GROUP_KEYS

ROWS_IN_A_FILE = 50_000
DIGESTS = ("document_id", "appointment_id", "patient", "repetition_id", "reason", "location")
SCHEMA = {
    "number": pl.Int64,
    **dict.fromkeys(DIGESTS, pl.Binary),
    "replaces": pl.List(pl.Binary),
    "is_active": pl.Boolean,
    "begins": pl.Int64,
    "ends": pl.Int64,
}


def row(key: bytes, numbered: tuple[int, Path]) -> apd.SetKeys | None:
    """The row of one file; None for what cannot be read, or is no appointment document."""
    number, path = numbered
    try:
        return apd.set_keys(path, key=key, number=number)
    except OSError:
        return None


def write_rows(paths: list[Path], directory: Path) -> None:
    """Make the rows of all documents, and write them as Parquet files."""
    with ProcessPoolExecutor() as pool:
        made = pool.map(partial(row, secrets.token_bytes(32)), enumerate(paths), chunksize=200)
        rows = (attrs.asdict(one) for one in made if one is not None)
        for number in range(0, len(paths), ROWS_IN_A_FILE):
            part = list(islice(rows, ROWS_IN_A_FILE))
            pl.DataFrame(part, SCHEMA).write_parquet(directory / f"{number}.parquet")


def findings(directory: Path) -> Iterator[SetFinding]:
    """What is wrong with the documents together, key by key."""
    rows = pl.scan_parquet(directory / "*.parquet")
    replaced = rows.select(document_id=pl.col("replaces").explode()).drop_nulls().unique()
    is_replaced = replaced.with_columns(is_replaced=True)
    rows = rows.join(is_replaced, on="document_id", how="left").with_columns(
        is_active=pl.col("is_active") & pl.col("is_replaced").is_null()
    )
    for key in GROUP_KEYS:
        is_shared = pl.col(key).is_not_null() & (pl.len().over(key) > 1)
        shared = rows.filter(is_shared).sort(key).select(*SCHEMA).collect(engine="streaming")
        for _, group in groupby(shared.iter_rows(named=True), itemgetter(key)):
            yield from apd.findings_by_key([apd.SetKeys(**one) for one in group], key)


def main(directory: Path = Path(__file__).parent / "documents") -> int:
    """Print what is wrong with the documents together. Returns the exit status."""
    paths = sorted(directory.rglob("*.xml"))
    is_valid = True
    with tempfile.TemporaryDirectory() as rows:
        write_rows(paths, Path(rows))
        for found in findings(Path(rows)):
            names = ", ".join(paths[number].name for number in found.documents)
            print(f"{found.finding.severity}: {found.finding.message} ({names})")
            is_valid = is_valid and found.finding.severity is not apd.Severity.ERROR
    print(f"{len(paths)} documents compared")
    return 0 if is_valid else 1


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
