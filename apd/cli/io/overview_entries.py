"""Reads the entries of an overview from the files of a command."""

from collections.abc import Iterable, Iterator

from attrs import field, frozen

import apd
from apd.cli.batch.progress import Bar
from apd.cli.file_names import STANDARD_INPUT
from apd.cli.io.inputs import Inputs
from apd.cli.views.labels import Words
from apd.files import real_path
from apd.overview import Availability, Entry, RegisteredDocument, Withheld
from apd.overview.viewers import PatientId, person_key


@frozen(kw_only=True)
class Registered:
    """The documents that were read, and their problems.

    Args:
        entries: the documents with their status, and withheld ones.
        names: the printable name of the file of each document.
        paths: the files given, including those that could not be read.
        unread: the number of files that could not be read.
    """

    entries: tuple[Entry, ...] = field(repr=False)
    names: tuple[str, ...] = field(repr=False)
    paths: tuple[str, ...] = field(repr=False)
    unread: int

    @property
    def documents(self) -> tuple[apd.AppointmentDocument, ...]:
        """The documents alone."""
        return tuple(entry.document for entry in self._registered)

    @property
    def of_patients(self) -> tuple["OfPatient", ...]:
        """The documents of each patient, in order of first appearance."""
        found: dict[object, OfPatient] = {}
        for entry, name in zip(self._registered, self.names, strict=True):
            id = entry.document.appointment.patient.id
            one = found.setdefault(person_key(id), OfPatient(id=id, name=name))
            one.entries.append(entry)
        return tuple(found.values())

    @property
    def _registered(self) -> list[RegisteredDocument]:
        return [entry for entry in self.entries if isinstance(entry, RegisteredDocument)]


@frozen(kw_only=True)
class OfPatient:
    """One patient's documents with their status, and the printable name of the first one's file."""

    id: PatientId = field(repr=False)
    name: str = field(repr=False)
    entries: list[RegisteredDocument] = field(factory=list, repr=False)


class _OnceOnly(Inputs):
    """Like :class:`Inputs`, but each file is read once, whatever its name."""

    def __init__(self, files: Iterable[str], words: Words, seen: dict[str, str]) -> None:
        super().__init__(files, words)
        self._seen = seen

    def paths(self, file: str) -> Iterator[str]:
        for path in super().paths(file):
            real = path if path == STANDARD_INPUT else real_path(path)
            if real not in self._seen:
                self._seen[real] = path
                yield path


def registered(
    files: Iterable[str],
    deprecated: Iterable[str],
    words: Words,
    bar: Bar,
    *,
    is_withheld: bool,
    is_checked: bool,
) -> Registered:
    """Read documents. Each file that cannot be read is a line on standard error.

    ``deprecated`` files need not be among the others. ``is_withheld`` where the infrastructure
    withheld documents; ``is_checked`` to validate them, and keep the findings.
    """
    seen: dict[str, str] = {}
    entries: list[Entry] = [Withheld()] if is_withheld else []
    file_names: list[str] = []
    unread = 0
    for names, availability in (
        (deprecated, Availability.DEPRECATED),  # first, as they may be among the others
        (files, Availability.APPROVED),
    ):
        inputs = _OnceOnly(names, words, seen)
        for source in inputs:
            file_names.append(source.name)
            findings = apd.validate(source.data).findings if is_checked else ()
            entries.append(RegisteredDocument(source.document, availability, findings=findings))
            bar.advance()
        unread += inputs.failed
    return Registered(
        entries=tuple(entries),
        names=tuple(file_names),
        paths=tuple(seen.values()),
        unread=unread,
    )
