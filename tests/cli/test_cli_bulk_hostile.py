"""``apd validate`` and archives that are broken, or made to do harm."""

import contextlib
import gzip
import io
import random
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from apd.cli.app import run
from apd.cli.batch import archives
from tests.cli.inside import documents_in

MEGABYTE = 1 << 20


def zip_of(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = 8) -> bytes:
    """A zip with these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


def tar_of(*members: tuple[str, bytes]) -> bytes:
    """A tar with these files."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in members:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def header(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    """The header of a file in a tar, which may lie about its size."""
    member = tarfile.TarInfo(name)
    member.size, member.type = size, kind
    return member.tobuf(tarfile.GNU_FORMAT)


def encrypted() -> bytes:
    """A zip whose file says that it is encrypted."""
    data = bytearray(zip_of(("a.xml", b"<a/>")))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    return bytes(data)


def with_wrong_sum() -> bytes:
    """A zip with a file that is not what it was."""
    return zip_of(("a.xml", b"<a/>"), method=0).replace(b"<a/>", b"<b/>")


def end_of_zip(count: int, size: int, offset: int) -> bytes:
    return struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, size, offset, 0)


# what becomes large is made when it is asked for


@cache
def bomb_zip() -> bytes:
    return zip_of(("bomb.xml", bytes(64 * MEGABYTE)), ("a.xml", b"<a/>"))


@cache
def bomb_tgz() -> bytes:
    return gzip.compress(tar_of(("bomb.xml", bytes(64 * MEGABYTE)), ("a.xml", b"<a/>")))


@cache
def name_bomb_tgz() -> bytes:
    name = header("././@LongLink", 64 * MEGABYTE, tarfile.GNUTYPE_LONGNAME)
    return gzip.compress(name + bytes(64 * MEGABYTE))


GOOD_ZIP = zip_of(*((f"{n}.xml", b"<a/>" * 100) for n in range(9)))
GOOD_TAR = tar_of(*((f"{n}.xml", b"<a/>" * 300) for n in range(9)))
NO_ARCHIVE = "The archive is broken or is not an archive"
DAMAGED = "The file in the archive is damaged."
OUTSIDE = "The path leads out of the archive"
ENCRYPTED = "is encrypted"
METHOD = "compressed with an unknown method"
EMPTY = "There are no XML files in the archive."

# what it is called, what is in it, and what is said of it, in this order; "" is a finding
HOSTILE: dict[str, tuple[bytes | Callable[[], bytes], list[str]]] = {
    "empty.zip": (b"", [NO_ARCHIVE]),
    "words.zip": (b"hello" * 1000, [NO_ARCHIVE]),
    "nothing.zip": (end_of_zip(0, 0, 0), [EMPTY]),
    "no-xml.zip": (zip_of(("a.txt", b"")), [EMPTY]),
    "cut.zip": (GOOD_ZIP[:-100], [NO_ARCHIVE]),
    "begins-late.zip": (GOOD_ZIP[500:], [NO_ARCHIVE]),
    "cut-end.zip": (GOOD_ZIP[:-5], [NO_ARCHIVE]),
    "huge-list.zip": (end_of_zip(9, 0xFFFFFFF0, 0), [NO_ARCHIVE]),
    "huge-offset.zip": (end_of_zip(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF), [NO_ARCHIVE]),
    "list-of-nothing.zip": (bytes(460) + end_of_zip(9, 460, 0), [NO_ARCHIVE]),
    "encrypted.zip": (encrypted(), [ENCRYPTED]),
    "sum.zip": (with_wrong_sum(), [DAMAGED]),
    "bzip2.zip": (zip_of(("a.xml", b"<a/>"), method=zipfile.ZIP_BZIP2), [METHOD]),
    "paths.zip": (
        zip_of(
            *((name, b"<a/>") for name in ("../a.xml", "a/../../b.xml", "/c.xml", "C:\\d.xml")),
            *((name, b"<a/>") for name in ("..\\e.xml", "..f.xml", "a/...xml")),
        ),
        [OUTSIDE] * 5 + [""] * 2,
    ),
    "bomb.zip": (bomb_zip, ["", ""]),
    "empty.tar": (b"", [NO_ARCHIVE]),
    "words.tar": (b"hello" * 1000, [NO_ARCHIVE]),
    "nothing.tar": (bytes(1024), [EMPTY]),
    "no-xml.tar": (tar_of(("a.txt", b"")), [EMPTY]),
    "cut-header.tar": (GOOD_TAR[: 3 * 2048 + 100], [""] * 3 + [NO_ARCHIVE]),
    "cut-file.tar": (GOOD_TAR[: 3 * 2048 + 1000], [""] * 3 + [DAMAGED, NO_ARCHIVE]),
    "cut-between.tar": (GOOD_TAR[: 3 * 2048], [""] * 3 + [NO_ARCHIVE]),
    "broken-header.tar": (
        GOOD_TAR[:2048] + b"x" * 2048 + GOOD_TAR[4096:],
        ["", NO_ARCHIVE],
    ),
    "paths.tar": (tar_of(("../a.xml", b""), ("/b.xml", b""), ("c.xml", b"")), [OUTSIDE] * 2 + [""]),
    "long-name.tar": (header("././@LongLink", 8 << 30, tarfile.GNUTYPE_LONGNAME), [NO_ARCHIVE]),
    "many-names.tar": (
        (header("././@LongLink", 1, tarfile.GNUTYPE_LONGNAME) + bytes(512)) * 5000,
        [NO_ARCHIVE],
    ),
    "pax.tar": (header("a", 8 << 30, tarfile.XHDTYPE), [NO_ARCHIVE]),
    "words.tgz": (b"hello", [NO_ARCHIVE]),
    "cut.tgz": (gzip.compress(GOOD_TAR, 0)[:10_000], [""] * 5 + [NO_ARCHIVE]),
    "bomb.tgz": (bomb_tgz, ["", ""]),
    "name-bomb.tgz": (name_bomb_tgz, [NO_ARCHIVE]),
}


def content_of(name: str) -> bytes:
    """What is in a file of the table."""
    content, _ = HOSTILE[name]
    return content() if callable(content) else content


@pytest.mark.parametrize("name", HOSTILE)
def test_the_message(capsys, monkeypatch, tmp_path, name) -> None:
    (tmp_path / name).write_bytes(content_of(name))
    monkeypatch.chdir(tmp_path)
    status = run(["validate", "--no-set", "--format", "json", "--lang", "en", name])
    out, err = capsys.readouterr()
    forms = documents_in(out)
    stated, (_, expected) = [form["problem"] or "" for form in forms], HOSTILE[name]
    for one, text in zip(stated, expected, strict=True):
        assert one.startswith(text) if text in (NO_ARCHIVE, OUTSIDE) else text in one, stated
        assert bool(one) == bool(text)
    assert len(err.splitlines()) == len([text for text in expected if text])
    assert status == (2 if any(expected) else 1)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_bomb_is_too_large(capsys, monkeypatch, tmp_path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("bomb.zip", "bomb.tgz"):
        Path(name).write_bytes(content_of(name))
        run(["validate", "--no-set", "--format", "json", name])
        first, *_ = documents_in(capsys.readouterr().out)
        assert [finding["rule"] for finding in first["findings"]] == ["XML-SIZE"]


@pytest.mark.parametrize("name", [*(n for n in HOSTILE if "bomb" in n), "long-name.tar", "pax.tar"])
def test_a_bomb_takes_no_memory(tmp_path, name) -> None:
    """They hold 64 MiB, or say that they hold 8 GiB."""
    (tmp_path / name).write_bytes(content_of(name))
    tracemalloc.start()
    try:
        for member in lazily_read(tmp_path / name):
            assert len(member.data) <= 512 * 1024 + 1
        assert tracemalloc.get_traced_memory()[1] < 4 * MEGABYTE
    finally:
        tracemalloc.stop()


def test_the_list_of_a_zip_takes_no_memory(tmp_path) -> None:
    """Which is why it is not :mod:`zipfile` that reads it."""
    path = tmp_path / "many.zip"
    path.write_bytes(zip_of(*((f"{number}.xml", b"") for number in range(8000))))
    tracemalloc.start()
    try:
        assert archives.count(str(path)) == 8000
        own = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        zipfile.ZipFile(path).close()
        assert own < 2 * MEGABYTE < tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def lazily_read(path: Path) -> Iterator[archives.Member]:
    """The members of an archive, as far as they can be read."""
    with contextlib.suppress(archives.ArchiveError):
        yield from archives.members(str(path))


def read(path: Path) -> list[archives.Member]:
    """The same, all at once."""
    return list(lazily_read(path))


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tgz"])
def test_whatever_is_changed_nothing_else_is_raised(tmp_path, suffix) -> None:
    chance = random.Random(6)
    whole = {".zip": GOOD_ZIP, ".tar": GOOD_TAR, ".tgz": gzip.compress(GOOD_TAR)}[suffix]
    path = tmp_path / f"a{suffix}"
    read_once = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 4, 40))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data[: chance.choice((len(data), chance.randrange(len(data))))])
        read_once += bool(read(path))
    assert read_once > 5


def test_what_zipfile_reads_is_read_alike(tmp_path) -> None:
    """Archives of all kinds that :mod:`zipfile` writes."""
    chance = random.Random(7)
    path = tmp_path / "a.zip"
    for _ in range(30):
        with zipfile.ZipFile(path, "w", chance.choice((0, 8)), strict_timestamps=False) as archive:
            archive.comment = chance.randbytes(chance.choice((0, 9, 60_000)))
            for number in range(chance.randrange(1, 9)):
                info = zipfile.ZipInfo(f"{'æ' * chance.randrange(2)}{number}.xml")
                info.compress_type = chance.choice((0, 8))
                info.comment = chance.randbytes(chance.choice((0, 30)))
                data = chance.randbytes(chance.choice((0, 3, 70_000))) * chance.randrange(1, 5)
                with archive.open(info, "w", force_zip64=chance.random() < 0.5) as file:
                    file.write(data)
        with zipfile.ZipFile(path) as archive:
            expected = [(name, archive.read(name)) for name in archive.namelist()]
        assert [(one.path, one.data) for one in read(path)] == expected


def test_a_list_that_needs_wide_numbers(monkeypatch, tmp_path) -> None:
    """As of a zip with more than 65,535 files."""
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 2)
    data = zip_of(*((f"{number}.xml", b"<a/>") for number in range(9)))
    assert b"PK\x06\x06" in data
    (tmp_path / "a.zip").write_bytes(b"before" + data)
    assert len(read(tmp_path / "a.zip")) == archives.count(str(tmp_path / "a.zip")) == 9


def test_a_stream_that_promises_more_than_there_is(tmp_path) -> None:
    """Deflated data that end too soon, under a right checksum of what is there."""
    data = bytearray(zip_of(("a.xml", b"<a/>" * 1000)))
    packed = zlib.compress(b"<a/>" * 1000)[2:-4]
    assert bytes(packed) in bytes(data)
    cut = bytes(data).replace(bytes(packed), bytes(packed[:8]) + bytes(len(packed) - 8))
    (tmp_path / "a.zip").write_bytes(cut)
    assert [bool(one.problem) for one in read(tmp_path / "a.zip")] == [True]
