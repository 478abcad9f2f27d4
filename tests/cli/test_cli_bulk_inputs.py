"""``apd validate`` over very many documents: archives, lists of files, and only APD."""

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apd.cli.app import run
from tests.cli.inside import documents_in

pytestmark = pytest.mark.slow  # many processes, one after another

RULE = "CONF-DK-APD:cdc3-CODE"
Call = Callable[..., tuple[int, list[Any], str]]


@pytest.fixture
def contents(documents) -> dict[str, bytes]:
    """Files by their paths: two documents, of which one breaks a rule, and what is none."""
    good = (documents / "home-nurse.xml").read_bytes()
    return {
        "good.xml": good,
        "æble/bad.XML": good.replace(b'"DK"', b'"SE"'),
        "readme.txt": b"hello",
        "deep/er/2512489996.xml": (documents / "hospital-visit.xml").read_bytes(),
        "empty.xml": b"",
    }


def as_zip(path: Path, contents: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)


def as_stored_zip(path: Path, contents: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.mkdir("folder.xml")
        archive.comment = b"a comment"
        for name, data in contents.items():
            archive.writestr(name, data)


def as_program_zip(path: Path, contents: dict[str, bytes]) -> None:
    """With something before it, as in an archive that unpacks itself."""
    as_zip(path, contents)
    path.write_bytes(b"#!/bin/sh\nexit 0\n" + path.read_bytes())


def as_zip64(path: Path, contents: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in contents.items():
            with archive.open(name, "w", force_zip64=True) as file:
                file.write(data)


def as_tar(path: Path, contents: dict[str, bytes], mode: Any = "w", kind: int = 2) -> None:
    with tarfile.open(path, mode, format=kind) as archive:
        for name, data in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


def as_packed_tar(path: Path, contents: dict[str, bytes]) -> None:
    as_tar(path, contents, "w:gz", tarfile.GNU_FORMAT)


# the name of the archive, and what makes it
ARCHIVES = [
    ("documents.zip", as_zip),
    ("STORED.ZIP", as_stored_zip),
    ("program.zip", as_program_zip),
    ("wide.zip", as_zip64),
    ("documents.tar", as_tar),
    ("documents.tar.gz", as_packed_tar),
    ("documents.tgz", as_packed_tar),
]


@pytest.fixture
def call(tmp_path, monkeypatch, capsys) -> Call:
    """Calls ``apd validate`` in an empty directory; gives status, objects and errors."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> tuple[int, list[Any], str]:
        status = run(["validate", "--format", "json", "--lang", "en", *map(str, arguments)])
        out, err = capsys.readouterr()
        return status, documents_in(out), err

    return call


def broken(form: dict[str, Any]) -> list[str]:
    """The rules that a document breaks."""
    return [finding["rule"] for finding in form["findings"]]


# --- archives --------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "make"), ARCHIVES, ids=[name for name, _ in ARCHIVES])
def test_the_documents_in_an_archive(call, contents, tmp_path, name, make) -> None:
    make(tmp_path / name, contents)
    status, forms, err = call("--no-set", name)
    assert [(form["file"], broken(form)) for form in forms] == [
        (f"{name}!good.xml", []),
        (f"{name}!æble/bad.XML", [RULE]),
        (f"{name}!deep/er/251248-****.xml", []),
        (f"{name}!empty.xml", ["XML-EMPTY"]),
    ]
    assert (status, err) == (1, "")
    assert list(tmp_path.iterdir()) == [tmp_path / name]  # nothing was unpacked


def test_they_are_checked_as_files_are(call, contents, tmp_path) -> None:
    as_zip(tmp_path / "all.zip", contents)
    for path, data in contents.items():
        (tmp_path / "all" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "all" / path).write_bytes(data)
    _, zipped, _ = call("all.zip")
    _, plain, _ = call("all")
    for form in (*zipped, *plain):
        for finding in form["findings"]:
            del finding["fingerprint"]  # of what has no UUID the name counts
    found = [{broken(form)[0]: form["findings"]} for form in zipped if form["findings"]]
    assert found
    for one in found:
        assert one in [{broken(form)[0]: form["findings"]} for form in plain if form["findings"]]


def test_the_same_in_several_processes(apd_command, contents, tmp_path) -> None:
    as_zip(
        tmp_path / "a.zip",
        {f"{n}-{name}": data for n in range(9) for name, data in contents.items()},
    )
    as_packed_tar(tmp_path / "b.tgz", contents)
    (tmp_path / "c.xml").write_bytes(contents["good.xml"])
    arguments = ["validate", "--format", "json", "a.zip", "-", "b.tgz", "nowhere.tar", "c.xml"]
    one, two = (
        apd_command(*arguments, "--jobs", jobs, stdin=b"<", cwd=tmp_path) for jobs in (1, 2)
    )
    assert one == two
    assert (one.status, one.err) == (2, "apd: nowhere.tar: Filen findes ikke.\n")
    assert len(one.out.splitlines()) > 9 * 4 + 1 + 4 + 1 + 1  # and what they are together


def test_an_archive_twice(call, contents, tmp_path) -> None:
    as_zip(tmp_path / "a.zip", contents)
    (tmp_path / "b.zip").symlink_to("a.zip")
    _, forms, _ = call("--no-set", "a.zip", "b.zip", "./a.zip")
    assert len(forms) == 4


def test_links_in_an_archive_are_left_out(call, contents, tmp_path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            member = tarfile.TarInfo(f"{kind!r}.xml")
            member.type, member.linkname = kind, "/etc/hostname"
            archive.addfile(member)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as zipped:
        link = zipfile.ZipInfo("link.xml")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        zipped.writestr(link, "/etc/hostname")
    status, forms, err = call("a.tar", "a.zip")
    assert [form["problem"] for form in forms] == ["There are no XML files in the archive."] * 2
    assert (status, len(err.splitlines())) == (2, 2)


def test_a_directory_that_is_called_like_an_archive(call, contents, tmp_path) -> None:
    (tmp_path / "a.zip").mkdir()
    (tmp_path / "a.zip" / "good.xml").write_bytes(contents["good.xml"])
    assert [form["file"] for form in call("a.zip")[1]] == [f"a.zip{os.sep}good.xml"]


# --- lists of files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "separator"), [([], b"\n"), ([], b"\r\n"), (["--null"], b"\0"), (["-0"], b"\0")]
)
@pytest.mark.parametrize("ends", [True, False])
def test_names_from_a_list(call, contents, tmp_path, options, separator, ends) -> None:
    as_zip(tmp_path / "a.zip", contents)
    (tmp_path / "folder").mkdir()
    for name in ("named.xml", "listed.xml", "folder/in.xml", "-"):
        (tmp_path / name).write_bytes(contents["good.xml"])
    names = [b"listed.xml", b"a.zip", b"", b"folder", b"listed.xml", b"-", b"nowhere.xml"]
    (tmp_path / "list").write_bytes(separator.join(names) + separator * ends)
    status, forms, err = call("--no-set", "named.xml", "--files-from", "list", *options)
    files = [form["file"] for form in forms]
    assert files[:2] + files[6:] == [
        *("named.xml", "listed.xml"),
        *(f"folder{os.sep}in.xml", f".{os.sep}-"),
        "nowhere.xml",
    ]
    assert (status, err) == (2, "apd: nowhere.xml: There is no such file.\n")


def test_names_from_standard_input(apd_command, contents, tmp_path) -> None:
    (tmp_path / "a\nb.xml").write_bytes(contents["good.xml"])
    arguments = ["validate", "--files-from", "-", "--null", "--lang", "en"]
    result = apd_command(*arguments, stdin=b"a\nb.xml\0", cwd=tmp_path)
    assert (result.status, result.err) == (0, "")


def test_they_are_checked_as_they_come(environment, documents) -> None:
    """A result is told before the next name is there."""
    command = [sys.executable, "-m", "apd", "validate", "--files-from", "-", "--format", "json"]
    with subprocess.Popen(
        command, cwd=documents, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["type"] == "header"
        for name in ("home-nurse.xml", "hospital-visit.xml"):
            process.stdin.write(f"{name}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["file"] == name
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


# arguments, what stands in the list, and what is said
WRONG_LISTS = [
    ([], None, "missing argument 'FILE...', or --files-from"),
    (["--null", "x.xml"], None, "--null goes with --files-from"),
    (["-", "--files-from", "-"], None, "standard input (-) can be specified only once"),
    (["--files-from", "nowhere"], None, "nowhere: There is no such file."),
    (["--files-from", "."], None, "Is a directory"),
    (["--files-from", "list"], b"a.xml\0b.xml\0", "end with NUL; specify --null"),
    (["--files-from", "list", "-0"], b"a" * (2 << 20), "a name of more than 1 MiB"),
    (["--files-from", "list", "--output", "out.xml"], b"out.xml", "out.xml would be overwritten"),
]


@pytest.mark.parametrize(("arguments", "listed", "message"), WRONG_LISTS)
def test_lists_that_are_wrong(call, tmp_path, arguments, listed, message) -> None:
    if listed is not None:
        (tmp_path / "list").write_bytes(listed)
    before = sorted(tmp_path.iterdir())
    status, forms, err = call(*arguments)
    assert (status, forms) == (2, [])
    assert err.startswith("apd: ")
    assert message in err
    assert sorted(tmp_path.iterdir()) == before


def test_an_empty_list(call, tmp_path) -> None:
    (tmp_path / "list").write_bytes(b"")
    assert call("--files-from", "list") == (0, [], "")


# --- only appointment documents --------------------------------------------------------------


@pytest.fixture
def mixed(contents, tmp_path) -> list[str]:
    """Files of which some are no appointment documents."""
    good = contents["good.xml"]
    files = {
        "apd-bad.xml": contents["æble/bad.XML"],
        "apd-cut.xml": good[:3000],
        "apd-doctype.xml": b"<!DOCTYPE a>" + good.partition(b"?>")[2],
        "apd-good.xml": good,
        "apd-utf-16.xml": good.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        "other-cda.xml": good.replace(b"1.2.208.184.14.", b"1.2.208.184.15."),
        "other-empty.xml": b"",
        "other-large.xml": b"<a>" + b" " * (3 << 20),
        "other-root.xml": b"<project><target/></project>",
        "other-words.svg": b"hello",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return list(files)


def test_only_appointment_documents(call, mixed, tmp_path) -> None:
    as_zip(tmp_path / "all.zip", {name: (tmp_path / name).read_bytes() for name in mixed})
    status, forms, _ = call("--no-set", "--apd-only", *mixed)
    files = [form["file"] for form in forms]
    assert files == [name for name in mixed if name.startswith("apd")]
    assert [form["file"] for form in forms if form["passed"]] == ["apd-good.xml", "apd-utf-16.xml"]
    assert status == 1
    _, zipped, _ = call("--no-set", "--apd-only", "all.zip")
    assert [form["file"] for form in zipped] == [f"all.zip!{name}" for name in files]


@pytest.mark.parametrize("jobs", [1, 2])
def test_how_many_were_left_alone(apd_command, mixed, tmp_path, jobs) -> None:
    arguments = ["validate", "--apd-only", "--no-set", "--lang", "en", "--jobs", jobs, "."]
    lines = apd_command(*arguments, cwd=tmp_path).out.splitlines()
    assert lines[-6:] == [
        "Documents: 5, without findings: 2, with findings: 3, not checked: 0",
        "Other files, which are not appointment documents: 4",
        "  1  This is another CDA document, CPD (care plan), not an appointment document.",
        "  1  This is an empty file, not an appointment document.",
        "  1  The document is larger than 524288 bytes; an appointment document is far smaller.",
        "  1  This is not CDA: the root must be ClinicalDocument in urn:hl7-org:v3.",
    ]


def test_every_format_reports_how_many_were_left_alone(apd_command, mixed, tmp_path) -> None:
    arguments = ["validate", "--apd-only", "--no-set", "--lang", "en", ".", "--format"]
    stated = {
        form: apd_command(*arguments, form, cwd=tmp_path).out for form in ("json", "sarif", "junit")
    }
    lines = [json.loads(line) for line in stated["json"].splitlines()]
    reported = [line for line in lines if line.get("type") == "left_alone"]
    assert [line["count"] for line in reported] == [1, 1, 1, 1]
    [run] = json.loads(stated["sarif"])["runs"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [one["message"]["text"] for one in notes] == [
        f"1 x {line['reason']}" for line in reported
    ]
    assert run["invocations"][0]["executionSuccessful"]
    assert stated["junit"].count('classname="apd.left_alone"') == 4


def test_files_that_cannot_be_read_are_reported(call, mixed) -> None:
    status, forms, err = call("--apd-only", "nowhere.xml", "other-root.xml")
    assert (status, [form["checked"] for form in forms]) == (2, [False])
    assert err == "apd: nowhere.xml: There is no such file.\n"


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_with_git(apd_command, mixed, tmp_path) -> None:
    """As somebody would check what is in a repository."""
    subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", *mixed], cwd=tmp_path, check=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "*.xml"], cwd=tmp_path, check=True, capture_output=True
    )
    arguments = ["validate", "--apd-only", "--no-set", "--files-from", "-", "-0", "--lang", "en"]
    result = apd_command(*arguments, stdin=listed.stdout, cwd=tmp_path)
    assert (result.status, result.err) == (1, "")
    assert "Documents: 5, without findings: 2" in result.out
