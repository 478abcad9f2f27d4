"""Compares documents with each other: python examples/compare_with_dask.py [DIRECTORY [SCHEDULER]]

It asks for Dask: pip install "dask[bag,distributed]". The scheduler is the address of a cluster,
such as tcp://scheduler:8786, or "local" for a cluster of two processes on this machine. The workers
make the rows of keys of their documents, Dask groups the rows, and the workers judge the groups.
What is found is what `apd validate --compare` finds.

The key is drawn here, sent to the workers, and forgotten at the end: with it, who has the rows
could find CPR numbers by trying.
"""

import secrets
import sys
from collections.abc import Iterator
from functools import partial
from operator import attrgetter, itemgetter
from pathlib import Path

from dask import bag
from dask.distributed import Client, LocalCluster

import apd
from apd.rules.cross_document import SetFinding, without_replaced
from apd.rules.set_keys import GROUP_KEYS, GroupKey

FILES_AT_ONCE = 200  # a task that lasts some tenths of a second is worth sending


def row(key: bytes, numbered: tuple[int, Path]) -> apd.SetKeys | None:
    """The row of one file; None for what cannot be read, or is no appointment document."""
    number, path = numbered
    try:
        return apd.set_keys(path, key=key, number=number)
    except OSError:
        return None


def by_document_id(row: apd.SetKeys) -> list[tuple[bytes | None, apd.SetKeys]]:
    """A row beside its id and beside each id that it replaces, so that the two come together."""
    return [(id, row) for id in {row.document_id, *row.replaces}]


def marked(
    group: tuple[bytes | None, list[tuple[bytes | None, apd.SetKeys]]],
) -> list[apd.SetKeys]:
    """The rows of one document id; not active where another row of the group replaces them."""
    id, pairs = group
    return [one for one in without_replaced(row for _, row in pairs) if one.document_id == id]


def judged(key: GroupKey, group: tuple[bytes | None, list[apd.SetKeys]]) -> list[SetFinding]:
    """What is wrong with the documents that share a key."""
    return list(apd.findings_by_key(group[1], key))


def findings(paths: list[Path]) -> Iterator[SetFinding]:
    """What is wrong with the documents together, key by key."""
    make = partial(row, secrets.token_bytes(32))
    files = bag.from_sequence(enumerate(paths), partition_size=FILES_AT_ONCE)
    rows = files.map(make).filter(lambda one: one is not None)
    pairs = rows.map(by_document_id).flatten().groupby(itemgetter(0))
    rows = pairs.map(marked).flatten().persist()
    for key in GROUP_KEYS:
        shared = rows.filter(lambda one, key=key: getattr(one, key) is not None)
        yield from shared.groupby(attrgetter(key)).map(partial(judged, key)).flatten().compute()


def main(directory: Path = Path(__file__).parent / "documents", scheduler: str = "local") -> int:
    """Print what is wrong with the documents together. Returns the exit status."""
    paths = sorted(directory.rglob("*.xml"))
    cluster = (
        LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None)
        if scheduler == "local"
        else scheduler
    )
    is_valid = True
    with Client(cluster):
        for found in findings(paths):
            names = ", ".join(paths[number].name for number in found.documents)
            print(f"{found.finding.severity}: {found.finding.message} ({names})")
            is_valid = is_valid and found.finding.severity is not apd.Severity.ERROR
    print(f"{len(paths)} documents compared")
    return 0 if is_valid else 1


if __name__ == "__main__":
    argument = sys.argv[1:]
    sys.exit(main(*map(Path, argument[:1]), *argument[1:2]))
