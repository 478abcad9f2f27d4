"""The four functions: from and to bytes, texts, paths and files."""

import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import apd
from tests import samples

DOCUMENT = samples.full_document()
DATA = apd.dumps(DOCUMENT)
INCOMPLETE = samples.document(custodian=None)


def test_from_bytes_and_from_a_text() -> None:
    assert apd.loads(DATA) == apd.loads(DATA.decode()) == DOCUMENT


def test_to_and_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "aftale.xml"
    apd.dump(DOCUMENT, path)
    assert path.read_bytes() == DATA
    assert apd.load(path) == apd.load(str(path)) == DOCUMENT


@pytest.mark.skipif(os.name == "nt", reason="a directory that is in use stays there")
def test_a_file_in_a_directory_that_is_gone_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(FileNotFoundError) as error:
        apd.dump(DOCUMENT, "aftale.xml")
    assert error.value.filename == "aftale.xml"


def test_to_and_from_an_open_file() -> None:
    file = io.BytesIO()
    apd.dump(DOCUMENT, file)
    file.seek(0)
    assert apd.load(file) == DOCUMENT


def test_a_path_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    apd.dump(DOCUMENT, "aftale.xml")
    assert apd.load("aftale.xml") == DOCUMENT


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        apd.load(tmp_path / "none.xml")
    with pytest.raises(FileNotFoundError):
        apd.dump(DOCUMENT, tmp_path / "none" / "aftale.xml")


def test_nothing_is_written_of_what_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "aftale.xml"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(apd.InvalidDocument):
        apd.dump(INCOMPLETE, path)
    assert path.read_text(encoding="utf-8") == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["aftale.xml"]


def test_unless_the_check_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "aftale.xml"
    apd.dump(INCOMPLETE, path, check=False)
    assert apd.load(path) == INCOMPLETE


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """Who has the old one open still reads the old one."""
    path = tmp_path / "aftale.xml"
    path.write_text("before", encoding="utf-8")
    with path.open() as old:
        apd.dump(DOCUMENT, path)
        if os.name == "posix":
            assert old.read() == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["aftale.xml"]


def test_nothing_is_left_behind_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        apd.dump(DOCUMENT, tmp_path / "aftale.xml")
    assert not list(tmp_path.iterdir())


needs_posix = pytest.mark.skipif(os.name != "posix", reason="of POSIX")


@needs_posix
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "aftale.xml", tmp_path / "link.xml"
    link.symlink_to(path)
    apd.dump(DOCUMENT, link)
    assert link.is_symlink()
    assert path.read_bytes() == DATA


@needs_posix
def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as other:
        read = other.submit(pipe.read_bytes)
        apd.dump(DOCUMENT, pipe)
        assert read.result() == DATA
    assert pipe.is_fifo()
    with pytest.raises(IsADirectoryError):
        apd.dump(DOCUMENT, tmp_path)


@needs_posix
@pytest.mark.parametrize("mode", [0o640, 0o600])
def test_a_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "aftale.xml"
    path.write_text("before", encoding="utf-8")
    path.chmod(mode)
    apd.dump(DOCUMENT, path)
    assert path.stat().st_mode & 0o777 == mode


def test_an_error_names_the_file_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "none" / "aftale.xml"
    with pytest.raises(FileNotFoundError) as caught:
        apd.dump(DOCUMENT, path)
    assert caught.value.filename == str(path)


def test_all_that_is_promised_is_there() -> None:
    constants_first = sorted(apd.__all__, key=lambda name: (not name.isupper(), name))
    assert constants_first == list(apd.__all__)
    assert all(hasattr(apd, name) for name in apd.__all__)
