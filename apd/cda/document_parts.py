"""The parts of a written document, each with the fields of the model that it is made from.

If these fields have not changed, neither has the part, and it need not be written.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple

from apd.model.document import AppointmentDocument
from apd.standard.releases import Release

Others = Callable[[Any, Any, Release], Iterable[str]]
"""Writes the elements of a part that are about another patient, party or place than before, by its
source fields before and after."""


def no_others(_: Any, __: Any, ___: Release) -> Iterable[str]:
    """Of a part that is not about a patient, a party or a place."""
    return ()


class Part(NamedTuple):
    """The elements of one name in the header or the encounter: their source fields and writer."""

    name: str
    of: Callable[[AppointmentDocument], Any]
    write: Callable[[Any, Release], str]
    write_others: Others = no_others


class Change(NamedTuple):
    """A part before and after, and the elements in it that are about another one than before."""

    name: str
    before: str
    after: str
    others: frozenset[str]


def fixed(name: str, write: Callable[[Release], str]) -> Part:
    """A part that does not depend on the model."""
    return Part(name, lambda _: None, lambda _, release: write(release))


def write_all(parts: Iterable[Part], document: AppointmentDocument, release: Release) -> list[str]:
    """All parts of a document."""
    return [part.write(part.of(document), release) for part in parts]


def stated(
    parts: Iterable[Part], names: Collection[str], document: AppointmentDocument, release: Release
) -> Iterator[Change]:
    """Parts of some names, which have not changed."""
    for name, of, write, _ in parts:
        if name in names:
            written = write(of(document), release)
            yield Change(name, written, written, frozenset())


def changes(
    parts: Iterable[Part], then: AppointmentDocument, now: AppointmentDocument, release: Release
) -> Iterator[Change]:
    """The parts that differ between two documents."""
    for name, of, write, write_others in parts:
        old, new = of(then), of(now)
        if old is not new and old != new:
            before, after = write(old, release), write(new, release)
            others = frozenset(write_others(old, new, release))
            if before != after or others:
                yield Change(name, before, after, others)
