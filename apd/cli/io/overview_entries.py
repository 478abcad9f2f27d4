"""From the files of a command to the entries of an overview."""

import os
from collections.abc import Iterable, Iterator

from attrs import field, frozen

import apd
from apd.cli.io.inputs import STANDARD_INPUT, Inputs
from apd.cli.views.labels import Words
from apd.overview import Availability, Entry, RegisteredDocument, Withheld


@frozen(kw_only=True)
class Registered:
    """What is known of documents.

    Args:
        entries: the documents with their status, and what was withheld.
        paths: the files that were named, also those that could not be read.
        unread: how many could not be read.
    """

    entries: tuple[Entry, ...] = field(repr=False)
    paths: tuple[str, ...] = field(repr=False)
    unread: int

    @property
    def documents(self) -> tuple[apd.AppointmentDocument, ...]:
        """The documents alone."""
        return tuple(
            entry.document for entry in self.entries if isinstance(entry, RegisteredDocument)
        )


class _OnceOnly(Inputs):
    """As :class:`Inputs`; a file that has come before, by whatever name, does not come again."""

    def __init__(self, files: Iterable[str], words: Words, seen: dict[str, str]) -> None:
        super().__init__(files, words)
        self._seen = seen

    def paths(self, file: str) -> Iterator[str]:
        for path in super().paths(file):
            real = path if path == STANDARD_INPUT else os.path.realpath(path)
            if real not in self._seen:
                self._seen[real] = path
                yield path


def registered(
    files: Iterable[str],
    deprecated: Iterable[str],
    words: Words,
    *,
    is_withheld: bool,
    is_checked: bool,
) -> Registered:
    """Read documents. What cannot be read is a line on standard error.

    Args:
        files: files and directories of documents.
        deprecated: those that the registry has deprecated; they need not be among the others.
        words: the words of the language.
        is_withheld: the infrastructure withheld something.
        is_checked: validate the documents, and keep what is found.
    """
    seen: dict[str, str] = {}
    entries: list[Entry] = [Withheld()] if is_withheld else []
    unread = 0
    for names, availability in (
        (deprecated, Availability.DEPRECATED),  # first, as they may be among the others
        (files, Availability.APPROVED),
    ):
        inputs = _OnceOnly(names, words, seen)
        for source in inputs:
            findings = apd.validate(source.data).findings if is_checked else ()
            entries.append(RegisteredDocument(source.document, availability, findings=findings))
        unread += inputs.failed
    return Registered(entries=tuple(entries), paths=tuple(seen.values()), unread=unread)
