"""The files in a zip or tar archive, read entry by entry.

A zip is read here, as ``zipfile`` of the standard library makes an object of every entry before the
first can be read, 60 MiB for 100,000 of them, 6 GiB for as many as an archive may have. Source:
PKWARE, APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.14 to 4.3.16
(its end), 4.4.4 (flags), 4.5.3 (zip64). A tar is read by ``tarfile``, also one packed by gzip.
"""

import gzip
import io
import struct
import tarfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Any, NamedTuple, cast

from apd.limits import MAX_DOCUMENT_BYTES
from apd.wording import Wording

BROKEN = Wording(
    "Arkivet er ødelagt eller ikke et arkiv; resten af det kan ikke læses.",
    "The archive is broken or is not an archive; the rest of it cannot be read.",
)
DAMAGED = Wording("Filen i arkivet er beskadiget.", "The file in the archive is damaged.")


class ArchiveError(Exception):
    """An archive, or a file in it, cannot be read; the message gives the reason."""

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording.en)
        self.wording = wording


class Entry(NamedTuple):
    """A file in an archive.

    Args:
        path: its path within the archive.
        read: returns its bytes, limited to little more than the maximum of a document; must be
            called before the next entry is requested.
    """

    path: str
    read: Callable[[], bytes]


_ENCRYPTED = Wording(
    "Filen i arkivet er krypteret. Udpak den, eller pak den uden adgangskode.",
    "The file in the archive is encrypted. Unpack it, or pack it without a password.",
)
_METHOD = Wording(
    "Filen i arkivet er pakket på en måde, der ikke kendes. Pak den med deflate.",
    "The file in the archive is compressed with an unknown method. Compress it with deflate.",
)

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCATOR = struct.Struct("<4sIQI")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_EXTRA = struct.Struct("<2H")

_LONGEST_COMMENT = 0xFFFF
_IN_EXTRA = 0xFFFFFFFF
_ZIP64 = 1
_IS_ENCRYPTED, _IS_UTF_8 = 1 << 0, 1 << 11
_STORED, _DEFLATED = 0, 8
_UNIX, _KIND_OF_FILE, _LINK = 3, 0o170000, 0o120000
_AT_ONCE = 1 << 16


class _Central(NamedTuple):
    """The record of a file in the central directory."""

    flags: int
    method: int
    checksum: int
    packed: int
    offset: int


class _Directory(NamedTuple):
    """The position of the central directory, and the error of the offsets in it."""

    begins: int
    ends: int
    shift: int


def zip_entries(file: IO[bytes]) -> Iterator[Entry]:
    """The files in a zip, in the order of its list; memory does not grow with their number.

    Any exception may come of what is not a zip archive or is damaged.
    """
    directory = _directory(file)
    place = directory.begins
    while place < directory.ends:
        file.seek(place)
        header = _CENTRAL.unpack(file.read(_CENTRAL.size))
        signature, made, _, flags, method, _, _, checksum, packed, size, *more = header
        name_length, extra_length, comment_length, _, _, attributes, offset = more
        if signature != b"PK\x01\x02":
            raise ArchiveError(BROKEN)
        name = file.read(name_length)
        _, packed, offset = _with_zip64(file.read(extra_length), size, packed, offset)
        place = file.tell() + comment_length
        is_link = made >> 8 == _UNIX and (attributes >> 16) & _KIND_OF_FILE == _LINK
        if not name.endswith(b"/") and not is_link:
            path = name.decode("utf-8" if flags & _IS_UTF_8 else "cp437", errors="replace")
            central = _Central(flags, method, checksum, packed, offset + directory.shift)
            yield Entry(path, partial(_zip_file, file, central))


def _directory(file: IO[bytes]) -> _Directory:
    """The list of entries, at the end of the archive, before a comment of any length."""
    length = file.seek(0, io.SEEK_END)
    before = max(0, length - _LONGEST_COMMENT - _END.size - _LOCATOR.size)
    file.seek(before)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise ArchiveError(BROKEN)
    *_, size, offset, _ = _END.unpack_from(tail, at)
    ends = before + at
    if tail[max(0, at - _LOCATOR.size) :].startswith(b"PK\x06\x07"):
        ends -= _LOCATOR.size + _END_64.size
        file.seek(max(0, ends))
        signature, *_, size, offset = _END_64.unpack(file.read(_END_64.size))
        if signature != b"PK\x06\x06":
            raise ArchiveError(BROKEN)
    begins = ends - size
    shift = begins - offset  # the archive may be preceded by other data, such as a program
    if begins < 0 or shift < 0:
        raise ArchiveError(BROKEN)
    return _Directory(begins, ends, shift)


def _with_zip64(extra: bytes, *sizes: int) -> list[int]:
    """Sizes and offset; those of more than 32 bits are in an extra field."""
    wide: list[int] = []
    at = 0
    while at + _EXTRA.size <= len(extra):
        id_, length = _EXTRA.unpack_from(extra, at)
        at += _EXTRA.size
        if id_ == _ZIP64:
            usable = min(length, len(extra) - at) // 8
            wide = list(struct.unpack_from(f"<{usable}Q", extra, at))
        at += length
    found = []
    for size in sizes:
        if size == _IN_EXTRA and wide:
            size = wide.pop(0)
        found.append(size)
    return found


def _zip_file(file: IO[bytes], central: _Central) -> bytes:
    """The bytes of a file; of one that is too large, enough to detect that.

    Any exception may come of a damaged one.
    """
    if central.flags & _IS_ENCRYPTED:
        raise ArchiveError(_ENCRYPTED)
    if central.method not in (_STORED, _DEFLATED):
        raise ArchiveError(_METHOD)
    file.seek(min(central.offset, file.seek(0, io.SEEK_END)))
    signature, *_, name_length, extra_length = _LOCAL.unpack(file.read(_LOCAL.size))
    file.seek(name_length + extra_length, io.SEEK_CUR)
    data = (_stored if central.method == _STORED else _inflated)(file, central.packed)
    is_whole = len(data) <= MAX_DOCUMENT_BYTES
    if signature != b"PK\x03\x04" or (is_whole and zlib.crc32(data) != central.checksum):
        raise ArchiveError(DAMAGED)
    return data


def _stored(file: IO[bytes], packed: int) -> bytes:
    return file.read(min(packed, MAX_DOCUMENT_BYTES + 1))


def _inflated(file: IO[bytes], packed: int) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    data = bytearray()
    while packed > 0 and not inflater.eof and len(data) <= MAX_DOCUMENT_BYTES:
        piece = file.read(min(packed, _AT_ONCE))
        if not piece:
            break
        packed -= len(piece)
        data += inflater.decompress(piece, MAX_DOCUMENT_BYTES + 1 - len(data))
    return bytes(data)


_GZIP = b"\x1f\x8b"
_MOST_AT_ONCE = MAX_DOCUMENT_BYTES + tarfile.BLOCKSIZE
"""The limit for headers and documents."""


def tar_entries(file: IO[bytes]) -> Iterator[Entry]:
    """The regular files in a tar, one after another; memory does not grow with their number.

    Any exception may come of what is not a tar archive, is damaged, or is truncated.
    """
    is_packed = file.read(len(_GZIP)) == _GZIP
    file.seek(0)
    bounded = _Bounded(cast(IO[bytes], gzip.GzipFile(fileobj=file)) if is_packed else file)
    with tarfile.open(fileobj=bounded, mode="r:") as archive:
        remembered: list[tarfile.TarInfo] = cast(Any, archive).members
        while (member := archive.next()) is not None:
            remembered.clear()  # or memory would grow with every file
            if member.isreg():
                yield Entry(member.name, partial(_tar_file, archive, member))
    if bounded.latest != bytes(tarfile.BLOCKSIZE):  # at a broken header tarfile just stops
        raise ArchiveError(BROKEN)


def _tar_file(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    return b"" if file is None else file.read(MAX_DOCUMENT_BYTES + 1)


class _Bounded(io.BufferedIOBase):
    """A file with a limit on each read, whatever the length in a header."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.latest = b""
        """The bytes that were read last."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or not 0 <= size <= _MOST_AT_ONCE:
            raise ArchiveError(BROKEN)
        self.latest = self._file.read(size)
        return self.latest

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()
