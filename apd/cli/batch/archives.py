"""The documents in zip and tar archives, one after another.

Nothing is unpacked to disk. At most one document is in memory at a time, and of a document that is
too large, only enough to detect that. The sizes that an archive states are not trusted.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from apd.cli.batch.archive_formats import (
    BROKEN,
    DAMAGED,
    ArchiveError,
    Entry,
    tar_entries,
    zip_entries,
)
from apd.limits import MAX_ARCHIVE_ENTRIES, MAX_UNPACKING, MIN_UNPACKED_BYTES
from apd.wording import Wording

__all__ = ["EMPTY", "SUFFIXES", "ArchiveError", "Member", "count", "is_archive", "members"]

EMPTY = Wording("Der er ingen XML-filer i arkivet.", "There are no XML files in the archive.")
"""The problem of an archive without documents."""

_OUTSIDE = Wording(
    "Stien fører ud af arkivet; dokumentet er ikke læst.",
    "The path leads out of the archive; the document was not read.",
)
_TOO_MANY = Wording(
    f"Arkivet har mere end {MAX_ARCHIVE_ENTRIES} filer; resten er ikke læst.",
    f"The archive has more than {MAX_ARCHIVE_ENTRIES} files; the rest was not read.",
)
_TOO_LARGE = Wording(
    f"Arkivet fylder udpakket mere end {MAX_UNPACKING} gange så meget; resten er ikke læst.",
    f"The archive unpacks to more than {MAX_UNPACKING} times its size; the rest was not read.",
)
_READERS: dict[str, Callable[[IO[bytes]], Iterator[Entry]]] = {
    ".zip": zip_entries,
    ".tar": tar_entries,
    ".tar.gz": tar_entries,
    ".tgz": tar_entries,
}
SUFFIXES = tuple(_READERS)
"""The suffixes of archives, in any case."""


class Member(NamedTuple):
    """A document in an archive: its path there, and its bytes, or why it cannot be read."""

    path: str
    data: bytes = b""
    problem: Wording | None = None


def is_archive(path: str) -> bool:
    """True for a file with the suffix of an archive."""
    return path.lower().endswith(SUFFIXES) and not Path(path).is_dir()


def members(path: str) -> Iterator[Member]:
    """The XML files in an archive, in its order. Links are left out, as nothing is unpacked.

    Raises:
        ArchiveError: it is not an archive, or is damaged; earlier members have been yielded.
        OSError: it cannot be read.
    """
    left = max(MIN_UNPACKED_BYTES, MAX_UNPACKING * Path(path).stat().st_size)
    for entry in _xml_files(path):
        member = _member(entry)
        left -= len(member.data)
        if left < 0:
            raise ArchiveError(_TOO_LARGE)
        yield member


def count(path: str) -> int:
    """The number of XML files in an archive, as far as it can be read."""
    found = 0
    try:
        for _ in _xml_files(path):
            found += 1
    except (ArchiveError, OSError):
        pass  # is reported when the archive is read
    return found


def _xml_files(path: str) -> Iterator[Entry]:
    with Path(path).open("rb") as file, _failures_as(BROKEN):
        for number, entry in enumerate(_reader(path)(file)):
            if number == MAX_ARCHIVE_ENTRIES:
                raise ArchiveError(_TOO_MANY)
            if entry.path.lower().endswith(".xml"):
                yield entry


def _reader(path: str) -> Callable[[IO[bytes]], Iterator[Entry]]:
    return next(read for suffix, read in _READERS.items() if path.lower().endswith(suffix))


def _member(entry: Entry) -> Member:
    if _leads_outside(entry.path):
        return Member(entry.path, problem=_OUTSIDE)
    try:
        with _failures_as(DAMAGED):
            return Member(entry.path, entry.read())
    except ArchiveError as error:
        return Member(entry.path, problem=error.wording)


@contextmanager
def _failures_as(wording: Wording) -> Iterator[None]:
    """Turn every error in reading into an :class:`ArchiveError`, except those of the system."""
    try:
        yield
    except ArchiveError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise ArchiveError(wording) from None


def _leads_outside(path: str) -> bool:
    """True for a path that leads outside the directory if the archive is unpacked."""
    steps = path.replace("\\", "/").split("/")
    is_drive = len(steps[0]) == 2 and steps[0].endswith(":")
    return ".." in steps or not steps[0] or is_drive
