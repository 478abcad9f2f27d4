"""FILE: files, directories, standard input; and everything that can be wrong with them."""

import os
import shutil
from pathlib import Path

import pytest

from apd.cli.app import run

WELL = "home-nurse.xml"


@pytest.fixture
def folder(tmp_path, documents) -> Path:
    """Good and bad files."""
    good = (documents / WELL).read_bytes()
    files = {
        "good.xml": good,
        "empty.xml": b"",
        "words.xml": b"hello",
        "cut.xml": good[: len(good) // 2],
        "other.xml": b"\n<a/>",
        "cda.xml": b'<ClinicalDocument xmlns="urn:hl7-org:v3"/>',
        "dtd.xml": b"<!DOCTYPE a><a/>",
        "big.xml": b" " * (3 << 20),
        "encoding.xml": b'<?xml version="1.0" encoding="klingon"?><a/>',
        "no-start.xml": good.replace(b"<low value=", b"<low x="),
        "esc\x1b[31m.xml": b"<a/>",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "dangling.xml").symlink_to("nowhere")
    (tmp_path / "circle.xml").symlink_to("circle.xml")
    (tmp_path / "nothing").mkdir()
    return tmp_path


# the file, its line, and what is said of it in Danish and in English
BAD = [
    ("missing.xml", None, "Filen findes ikke.", "There is no such file."),
    ("dangling.xml", None, "Filen findes ikke.", "There is no such file."),
    ("circle.xml", None, "Kan ikke læses (et symbolsk link fører i ring).", "Cannot be read ("),
    ("nothing", None, "Der er ingen XML-filer i mappen.", "There are no XML files"),
    ("x" * 300, None, "Kan ikke læses (", "Cannot be read ("),
    ("empty.xml", 1, "Det er en tom fil", "This is an empty file"),
    ("words.xml", 1, "Det er tekst uden XML", "This is text without XML"),
    ("cut.xml", "", "Det er ikke velformet XML", "This is not well-formed XML"),
    ("other.xml", 2, "Dokumentet er ikke CDA", "This is not CDA"),
    ("cda.xml", 1, "Dokumentet er ikke et aftaledokument", "This is not an appointment"),
    ("dtd.xml", None, "Dokumentet har en DOCTYPE", "The document has a DOCTYPE"),
    ("big.xml", None, "Dokumentet er på mere end", "The document is larger than"),
    ("encoding.xml", "", "", ""),
    ("no-start.xml", "", "Aftalen har intet starttidspunkt", "The appointment has no start"),
    ("esc\x1b[31m.xml", 1, "Dokumentet er ikke CDA", "This is not CDA"),
]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("command", ["show", "roundtrip"])
def test_each_bad_file_is_one_line_and_the_others_are_read(
    apd_command, folder, command, language
) -> None:
    names = [name for name, *_ in BAD]
    result = apd_command(command, "good.xml", *names, WELL, "--lang", language, cwd=folder)
    lines = result.err.splitlines()
    assert result.status == 2
    assert len(lines) == len(BAD) + 1  # the last file is not here, either
    for (name, line, *message), reported in zip(BAD, lines, strict=False):
        word = "linje" if language == "da" else "line"
        place = "" if line is None else f"{word} {line}"
        shown = name.replace("\x1b", r"\x1b")
        assert reported.startswith(f"apd: {shown}: {place}"), reported
        assert message[language == "en"] in reported
    assert "good.xml" in result.out


@pytest.mark.parametrize("command", ["show", "roundtrip", "validate"])
@pytest.mark.parametrize("name", ["circle.xml", "dangling.xml"])
def test_a_link_that_leads_nowhere_is_a_name_for_output(apd_command, folder, command, name) -> None:
    result = apd_command(command, "good.xml", "-o", name, cwd=folder)
    assert (result.status, result.out) == (0, "")
    written = (folder / name).read_text("utf-8")
    assert written == apd_command(command, "good.xml", cwd=folder).out


def test_messages_never_quote_the_document(apd_command, documents, tmp_path) -> None:
    good = (documents / WELL).read_bytes()
    for number in range(200, len(good), 400):
        (tmp_path / f"{number:05}.xml").write_bytes(good[:number])
    result = apd_command("show", tmp_path)
    assert result.status == 2
    for personal in ("2512489996", "Skovsang", "Humlevangen", "Skift"):
        assert personal not in result.err


def test_directories(apd_command, documents, tmp_path) -> None:
    for name in ("b/2.xml", "b/1.XML", "a.xml", "b.xml", "z/deep/er/x.xml", "c/readme.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(documents / WELL, tmp_path / name)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "c" / "pipe.xml")  # would be waited for
    result = apd_command("show", ".", cwd=tmp_path)
    titles = [Path(line) for line in result.out.splitlines() if line.lower().endswith(".xml")]
    assert result.status == 0
    assert list(map(str, titles)) == [
        "a.xml",
        str(Path("b/1.XML")),
        str(Path("b/2.xml")),
        "b.xml",
        str(Path("z/deep/er/x.xml")),
    ]


def test_no_permission(apd_command, folder) -> None:
    (folder / "good.xml").chmod(0)
    (folder / "nothing").chmod(0)
    if os.access(folder / "good.xml", os.R_OK):
        pytest.skip("this user may read everything")
    for name in ("good.xml", "nothing"):
        result = apd_command("show", name, cwd=folder)
        assert (result.status, result.err) == (2, f"apd: {name}: Der er ikke læseadgang.\n")


def test_standard_input(apd_command, documents) -> None:
    data = (documents / WELL).read_bytes()
    shown = apd_command("show", "-", stdin=data)
    assert (shown.status, shown.out.splitlines()[0]) == (0, "-")
    assert apd_command("roundtrip", "-", stdin=data) == (0, "-: uændret\n", "")
    bad = apd_command("show", "-", stdin=b"<a>")
    assert (bad.status, bad.err.startswith("apd: -: linje 1: ")) == (2, True)


def test_names_that_are_not_text(apd_command, documents, tmp_path) -> None:
    try:
        shutil.copy(documents / WELL, os.fsencode(tmp_path) + b"/b\xe6d.xml")
    except OSError:
        pytest.skip("this file system takes text only")
    result = apd_command("show", ".", cwd=tmp_path)
    assert (result.status, result.err) == (0, "")
    assert r"b\xe6d.xml" in result.out


@pytest.mark.parametrize(
    "call",
    ["overview FILE -o new.x", "show FILE -o new.x", "anonymise FILE -o new.x", "generate -o new.x",
     "validate FILE --output new.x", "overview new.x", "show new.x"],
)  # fmt: skip
def test_a_working_directory_that_is_gone(tmp_path, monkeypatch, documents, capfd, call) -> None:
    """The file that was named cannot be read or written there; that is no fault of the program."""
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert run(call.replace("FILE", str(documents / WELL)).split()) == 2
    error = capfd.readouterr().err
    assert "new.x" in error
    assert error.count("\n") == 1
    assert "internal error" not in error
