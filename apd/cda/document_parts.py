"""The parts of a written document, each with the fields of the model that it is made from.

If these fields have not changed, neither has the part, and it need not be written.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from apd.model.document import AppointmentDocument
from apd.standard.releases import Release


class Part(NamedTuple):
    """The elements of one name in the header or the encounter: their source fields and writer."""

    name: str
    of: Callable[[AppointmentDocument], Any]
    write: Callable[[Any, Release], str]


class Change(NamedTuple):
    """A part before and after."""

    name: str
    before: str
    after: str


def fixed(name: str, write: Callable[[Release], str]) -> Part:
    """A part that does not depend on the model."""
    return Part(name, lambda _: None, lambda _, release: write(release))


def write_all(parts: Iterable[Part], document: AppointmentDocument, release: Release) -> list[str]:
    """All parts of a document."""
    return [part.write(part.of(document), release) for part in parts]


def changes(
    parts: Iterable[Part], then: AppointmentDocument, now: AppointmentDocument, release: Release
) -> Iterator[Change]:
    """The parts that differ between two documents."""
    for name, of, write in parts:
        old, new = of(then), of(now)
        if old is not new and old != new:
            before, after = write(old, release), write(new, release)
            if before != after:
                yield Change(name, before, after)
