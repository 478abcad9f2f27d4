"""What an archive costs is in proportion to its size, whatever it unpacks to."""

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from apd.cli.batch import archives
from apd.limits import MAX_DOCUMENT_BYTES, MAX_UNPACKING, MIN_UNPACKED_BYTES

BLANKS = b" " * MAX_DOCUMENT_BYTES


def zipped(path: Path, count: int, data: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for number in range(count):
            made.writestr(f"{number}.xml", data)
    return path


def tarred(path: Path, count: int, data: bytes) -> Path:
    with tarfile.open(path, "w:gz") as made:
        for number in range(count):
            entry = tarfile.TarInfo(f"{number}.xml")
            entry.size = len(data)
            made.addfile(entry, io.BytesIO(data))
    return path


@pytest.mark.parametrize(("name", "make"), [("a.zip", zipped), ("a.tgz", tarred)])
def test_an_archive_that_unpacks_to_very_much_is_not_read_to_its_end(name, make, tmp_path) -> None:
    path = make(tmp_path / name, 40, BLANKS)
    read = []
    with pytest.raises(archives.ArchiveError, match=f"more than {MAX_UNPACKING} times its size"):
        for member in archives.members(str(path)):
            read.append(len(member.data))
    assert sum(read) <= max(MIN_UNPACKED_BYTES, MAX_UNPACKING * path.stat().st_size)


@pytest.mark.parametrize(("name", "make"), [("a.zip", zipped), ("a.tgz", tarred)])
def test_a_few_long_documents_of_blanks_are_read(name, make, tmp_path) -> None:
    path = make(tmp_path / name, 10, BLANKS)
    assert [len(member.data) for member in archives.members(str(path))] == [len(BLANKS)] * 10


def test_an_archive_has_so_many_files(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(archives, "MAX_ARCHIVE_ENTRIES", 3)
    path = zipped(tmp_path / "a.zip", 4, b"<a/>")
    with pytest.raises(archives.ArchiveError, match="The archive has more than"):
        list(archives.members(str(path)))
    assert archives.count(str(path)) == 3
