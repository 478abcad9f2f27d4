"""Generating synthetic documents and writing them to files atomically."""

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
    """What to generate; small, as each process gets a copy.

    ``count`` is for each of ``defects``, ids of rules to break, None for no fault; ``keep`` leaves
    existing files alone.
    """

    directory: str
    seed: int
    count: int
    selection: Selection
    defects: tuple[str | None, ...] = (None,)
    keep: bool = False


@frozen
class Portion:
    """Documents that are generated together: a defect or None, and the first and last number."""

    defect: str | None
    first: int
    last: int


@frozen
class Made:
    """The number of documents of a portion that were written, and that existed before."""

    written: int
    kept: int


def portions(order: Order) -> Iterator[Portion]:
    """All portions, in the order of the numbers."""
    for defect in order.defects:
        for first in range(1, order.count + 1, _AT_ONCE):
            yield Portion(defect, first, min(first + _AT_ONCE - 1, order.count))


def total(order: Order) -> int:
    """The number of documents to generate; those of a set count as one."""
    return order.count * len(order.defects)


def make(order: Order, portion: Portion) -> Made:
    """Generate a portion, and write the selected documents."""
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
    """The path of a document; those of a set are in a directory of their own.

    It depends on the number alone, not on the count, so that more can be generated later.
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
    """The content of these files."""
    made = document(order.seed, number, order.selection)
    return (as_released(made),) if defect is None else set_with_defect(made, defect)


def write_manifest(order: Order, path: str) -> None:
    """Write the manifest, which depends on the order alone."""
    from apd.testing.bench.manifest import manifest_lines  # generating documents needs no cattrs

    with whole_file(path) as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="\n")
        text.writelines(manifest_lines(order.seed, order.selection.release, _cases(order)))
        text.flush()
        text.detach()  # or it would close the file, which it does not own


def _cases(order: Order) -> "Iterator[Case]":
    from apd.testing.bench.manifest import case

    for portion in portions(order):
        for number in range(portion.first, portion.last + 1):
            paths = files(order, portion.defect, number)
            names = [path.relative_to(order.directory).as_posix() for path in paths]
            yield case(names, number, portion.defect)


def begin(order: Order) -> None:
    """Record what is being generated, so that it can be resumed."""
    _write(Path(order.directory) / _NOTE, _described(order))


def can_be_continued(order: Order) -> bool:
    """True if the directory holds the beginning of the same work, perhaps with another count."""
    note = Path(order.directory) / _NOTE
    return note.is_file() and note.read_bytes() == _described(order)


def _described(order: Order) -> bytes:
    """Everything that the documents depend on."""
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
