"""The parts that a document is written of, each with what of the model it is made of.

Where the model has not changed in that, neither has the part, and it need not be written.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from apd.model.document import AppointmentDocument
from apd.standard.releases import Release


class Part(NamedTuple):
    """The elements of one name in the header or the encounter: what they are made of, and how."""

    name: str
    of: Callable[[AppointmentDocument], Any]
    write: Callable[[Any, Release], str]


class Change(NamedTuple):
    """A part before and after."""

    name: str
    before: str
    after: str


def fixed(name: str, write: Callable[[Release], str]) -> Part:
    """A part that no model has a say in."""
    return Part(name, lambda _: None, lambda _, release: write(release))


def write_all(parts: Iterable[Part], document: AppointmentDocument, release: Release) -> list[str]:
    """All parts of a document."""
    return [part.write(part.of(document), release) for part in parts]


def changes(
    parts: Iterable[Part], then: AppointmentDocument, now: AppointmentDocument, release: Release
) -> Iterator[Change]:
    """The parts that are not the same in two documents."""
    for name, of, write in parts:
        old, new = of(then), of(now)
        if old is not new and old != new:
            before, after = write(old, release), write(new, release)
            if before != after:
                yield Change(name, before, after)
