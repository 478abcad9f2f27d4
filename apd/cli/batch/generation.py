"""Making synthetic documents and writing them to files, each of which appears as a whole."""

import json
from collections.abc import Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from apd import __version__
from apd.files import whole_file
from apd.testing.defects import is_of_set, set_with_defect
from apd.testing.synthetic import Selection, as_released, document, document_name

if TYPE_CHECKING:
    from apd.testing.bench.manifest import Case

_AT_ONCE = 50
_IN_A_DIRECTORY = 1000
_NOTE = ".apd-generate.json"


@frozen(kw_only=True)
class Order:
    """What is to be made; small, as each process gets it.

    Args:
        directory: where the files go.
        seed: which population.
        count: how many documents, and of each defect.
        selection: which documents.
        defects: ids of rules, for documents that break them; None for documents without a flaw.
        keep: leave alone the files that are there.
    """

    directory: str
    seed: int
    count: int
    selection: Selection
    defects: tuple[str | None, ...] = (None,)
    keep: bool = False


@frozen
class Portion:
    """Some documents that are made at once.

    Args:
        defect: id of the rule that they break, or None.
        first: the number of the first.
        last: the number of the last.
    """

    defect: str | None
    first: int
    last: int


@frozen
class Made:
    """What came of a portion.

    Args:
        written: how many documents were written.
        kept: how many were there before.
    """

    written: int
    kept: int


def portions(order: Order) -> Iterator[Portion]:
    """All that is to be made, in the order of the numbers."""
    for defect in order.defects:
        for first in range(1, order.count + 1, _AT_ONCE):
            yield Portion(defect, first, min(first + _AT_ONCE - 1, order.count))


def total(order: Order) -> int:
    """How many documents are to be made; those of a set count as one."""
    return order.count * len(order.defects)


def make(order: Order, portion: Portion) -> Made:
    """Make some documents, and write those that are wanted.

    Raises:
        OSError: a file cannot be written.
    """
    written = 0
    numbers = range(portion.first, portion.last + 1)
    for number in numbers:
        paths = files(order, portion.defect, number)
        if order.keep and all(path.exists() for path in paths):
            continue
        for path, data in zip(paths, contents(order, portion.defect, number), strict=True):
            _write(path, data)
        written += 1
    return Made(written, len(numbers) - written)


def files(order: Order, defect: str | None, number: int) -> list[Path]:
    """Where the document with a number goes; those of a set stand in a directory of their own.

    A place depends on the number, not on how many there are, so that more can be made later.
    """
    directory = Path(order.directory)
    if number > _IN_A_DIRECTORY:
        begin = (number - 1) // _IN_A_DIRECTORY * _IN_A_DIRECTORY
        directory /= f"{begin + 1:07}-{begin + _IN_A_DIRECTORY:07}"
    if defect is None:
        return [directory / f"{document_name(order.seed, number, order.selection)}.xml"]
    stem = f"{defect.replace(':', '-')}-{number:07}"
    if is_of_set(defect):
        return [directory / stem / "1.xml", directory / stem / "2.xml"]
    return [directory / f"{stem}.xml"]


def contents(order: Order, defect: str | None, number: int) -> tuple[bytes, ...]:
    """What stands in these files."""
    made = document(order.seed, number, order.selection)
    return (as_released(made),) if defect is None else set_with_defect(made, defect)


def write_manifest(order: Order, path: str) -> None:
    """Write what each document must bring; it follows from the order alone.

    Raises:
        OSError: the file cannot be written.
    """
    from apd.testing.bench.manifest import manifest_lines  # what makes documents needs no cattrs

    with whole_file(path) as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="\n")
        text.writelines(manifest_lines(order.seed, order.selection.release, _cases(order)))
        text.flush()
        text.detach()  # or it would close the file, which is not its own


def _cases(order: Order) -> "Iterator[Case]":
    from apd.testing.bench.manifest import case

    for portion in portions(order):
        for number in range(portion.first, portion.last + 1):
            paths = files(order, portion.defect, number)
            names = [path.relative_to(order.directory).as_posix() for path in paths]
            yield case(names, number, portion.defect)


def begin(order: Order) -> None:
    """Write down what is being made, so that it can be taken up."""
    _write(Path(order.directory) / _NOTE, _described(order))


def can_be_continued(order: Order) -> bool:
    """True where what was begun in the directory is the same, if for another count."""
    note = Path(order.directory) / _NOTE
    return note.is_file() and note.read_bytes() == _described(order)


def _described(order: Order) -> bytes:
    """All that the documents follow from."""
    selection = order.selection
    values = {
        "dk-apd": __version__,
        "seed": order.seed,
        "types": sorted(selection.types),
        "locations": sorted(location.__name__ for location in selection.locations),
        "categories": sorted(selection.categories),
        "days": [day.isoformat() for day in selection.days],
        "release": selection.release.name,
        "patients": selection.patients,
        "defects": sorted(defect or "" for defect in order.defects),
    }
    return f"{json.dumps(values)}\n".encode()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as file:
        file.write(data)
