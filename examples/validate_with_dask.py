"""Validates a directory on Dask: python examples/validate_with_dask.py [DIRECTORY [SCHEDULER]]

It asks for Dask: pip install "dask[bag]". The scheduler is "processes" (the cores of this machine),
"threads", "sync" (one after another, for a debugger), or the address of a cluster that is running,
such as tcp://scheduler:8786, which asks for dask.distributed and for directories that its workers
see as well.

The functions of apd take values and give values, keep nothing, and can be pickled; so they run as
they are on Dask, or on any other engine. `apd validate --jobs` needs none.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import dask
from dask import bag

import apd

FILES_AT_ONCE = 200  # a task that lasts some tenths of a second is worth sending


class Checked(NamedTuple):
    """What a worker sends back: a name and findings, which hold nothing personal."""

    file: str
    report: apd.Report | None
    problem: str = ""


def check(path: Path) -> Checked:
    """Validate one file. A file that cannot be read must not stop the others."""
    try:
        return Checked(path.name, apd.validate(path))
    except OSError as error:
        return Checked(path.name, None, error.strerror or "cannot be read")


@contextmanager
def engine(scheduler: str) -> Iterator[None]:
    """Let Dask work there."""
    if "://" not in scheduler:
        with dask.config.set(scheduler=scheduler):
            yield
        return
    from dask.distributed import Client

    with Client(scheduler):
        yield


def main(
    directory: Path = Path(__file__).parent / "documents", scheduler: str = "processes"
) -> int:
    """Print what is wrong, and how many documents there are. Returns the exit status."""
    paths = sorted(directory.rglob("*.xml"))
    if not paths:
        print("no XML files", file=sys.stderr)
        return 2
    checked = bag.from_sequence(paths, partition_size=FILES_AT_ONCE).map(check)
    # Only what is printed comes back to this process: clean documents are counted there.
    bad = checked.filter(lambda one: one.report is None or one.report.findings)
    clean = checked.filter(lambda one: one.report is not None and not one.report.findings).count()
    with engine(scheduler):
        found, clean_count = dask.compute(bad, clean)
    for one in found:
        for finding in one.report.findings if one.report else ():
            print(
                f"{one.file}:{finding.line}: {finding.severity}: {finding.message} [{finding.rule}]"
            )
        if one.report is None:
            print(f"{one.file}: {one.problem}", file=sys.stderr)
    print(f"{len(paths)} documents, {clean_count} without findings")
    if any(one.report is None for one in found):
        return 2
    return 0 if all(one.report.is_valid for one in found) else 1


if __name__ == "__main__":
    argument = sys.argv[1:]
    sys.exit(main(*map(Path, argument[:1]), *argument[1:2]))
