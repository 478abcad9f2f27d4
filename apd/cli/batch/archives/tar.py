"""The files in a tar, also one that is packed by gzip."""

import gzip
import io
import tarfile
from collections.abc import Iterator
from functools import partial
from typing import IO, Any, cast

from apd.cli.batch.archives.member import BROKEN, ArchiveError, Entry
from apd.limits import MAX_DOCUMENT_BYTES

_GZIP = b"\x1f\x8b"
_MOST_AT_ONCE = MAX_DOCUMENT_BYTES + tarfile.BLOCKSIZE
"""No header needs more, and of a document no more is read."""


def tar_entries(file: IO[bytes]) -> Iterator[Entry]:
    """The regular files in a tar, one after another; memory does not grow with their number.

    Raises:
        Exception: of any kind, where it is no tar, or broken, or ends too soon.
    """
    is_packed = file.read(len(_GZIP)) == _GZIP
    file.seek(0)
    bounded = _Bounded(cast(IO[bytes], gzip.GzipFile(fileobj=file)) if is_packed else file)
    with tarfile.open(fileobj=bounded, mode="r:") as archive:
        remembered: list[tarfile.TarInfo] = cast(Any, archive).members
        while (member := archive.next()) is not None:
            remembered.clear()  # or memory would grow with every file
            if member.isreg():
                yield Entry(member.name, partial(_read, archive, member))
    if bounded.latest != bytes(tarfile.BLOCKSIZE):  # at a broken header tarfile just stops
        raise ArchiveError(BROKEN)


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    return b"" if file is None else file.read(MAX_DOCUMENT_BYTES + 1)


class _Bounded(io.BufferedIOBase):
    """A file of which nobody reads very much at once, whatever the length in a header."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.latest = b""
        """What was read last."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or not 0 <= size <= _MOST_AT_ONCE:
            raise ArchiveError(BROKEN)
        self.latest = self._file.read(size)
        return self.latest

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()
