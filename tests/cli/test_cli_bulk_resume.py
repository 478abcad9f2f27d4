"""``apd validate --resume``: work that was interrupted is taken up again."""

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from apd.cli.app import run
from tests.cli.inside import documents_in
from tests.cli.terminal import posix

pytestmark = pytest.mark.slow

APD = [sys.executable, "-m", "apd"]
REPORT = "report.jsonl"
Call = Callable[..., tuple[int, str]]


@pytest.fixture
def folder(tmp_path, documents, monkeypatch) -> Path:
    """A directory and an archive with documents; the third breaks a rule. It is the current one."""
    good = (documents / "home-nurse.xml").read_bytes()
    (tmp_path / "in").mkdir()
    for number in range(6):
        data = good.replace(b'"DK"', b'"SE"') if number == 2 else good
        (tmp_path / "in" / f"{number}.xml").write_bytes(data)
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        for number in range(4):
            archive.writestr(f"{number}.xml", good)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(folder, capsys) -> Call:
    """Calls ``apd validate --resume``; gives the exit status and the errors."""

    def call(*arguments: str) -> tuple[int, str]:
        status = run(["validate", "--lang", "en", "--resume", REPORT, *arguments])
        out, err = capsys.readouterr()
        assert out == ""
        return status, err

    return call


@pytest.fixture
def whole(call, folder) -> bytes:
    """The report of a run that was not interrupted."""
    assert call("in", "in.zip") == (1, "")
    report = (folder / REPORT).read_bytes()
    assert [form["file"] for form in documents_in(report)] == [
        *(f"in{os.sep}{number}.xml" for number in range(6)),
        *(f"in.zip!{number}.xml" for number in range(4)),
    ]
    return report


# --- taken up --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kept", "jobs"), [*((part, "1") for part in (0.0, 0.01, 0.3, 0.5, 0.99, 1.0)), (0.3, "2")]
)
def test_what_is_missing_is_appended(call, folder, whole, kept, jobs) -> None:
    """Wherever the earlier run was cut off, in the end nothing is missing or there twice."""
    (folder / REPORT).write_bytes(whole[: int(len(whole) * kept)])
    assert call("in", "in.zip", "--jobs", jobs) == (1, "")
    assert (folder / REPORT).read_bytes() == whole


def test_wherever_it_was_torn(call, folder, whole) -> None:
    second = whole.index(b"\n") + 1
    for length in (1, 5, 8, 9, 20, 60, whole.index(b"\n", second) - second):
        (folder / REPORT).write_bytes(whole[: second + length])
        call("in", "in.zip")
        assert (folder / REPORT).read_bytes() == whole


def test_zeros_where_the_power_went(call, folder, whole) -> None:
    (folder / REPORT).write_bytes(whole[:400] + bytes(100))
    call("in", "in.zip")
    assert (folder / REPORT).read_bytes() == whole


def test_what_is_done_is_not_done_again(call, folder, whole) -> None:
    """What would have other findings now keeps those that it has."""
    for path in (folder / "in").iterdir():
        path.write_bytes(b"<")
    assert call("in", "in.zip") == (1, "")
    assert (folder / REPORT).read_bytes() == whole


def test_files_that_are_new(call, folder, whole) -> None:
    shutil.copy(folder / "in" / "0.xml", folder / "in" / "00.xml")
    (folder / "in" / "3.xml").unlink()
    assert call("in", "in.zip") == (1, "")
    report = (folder / REPORT).read_bytes()
    assert report.startswith(whole)
    assert [form["file"] for form in documents_in(report[len(whole) :])] == [f"in{os.sep}00.xml"]


def test_names_in_which_numbers_are_hidden(call, folder) -> None:
    """Two files may have the same name in the report; each is done once."""
    for number in ("2512489996", "2512489988"):
        shutil.copy(folder / "in" / "0.xml", folder / f"{number}.xml")
    call("2512489996.xml")
    call("2512489996.xml", "2512489988.xml")
    names = [form["file"] for form in documents_in((folder / REPORT).read_bytes())]
    assert names == ["251248-****.xml"] * 2


def test_the_exit_status_is_that_of_everything(call, folder, whole) -> None:
    lines = whole.splitlines(keepends=True)
    report = folder / REPORT
    report.write_bytes(b"".join(line for line in lines if b"cdc3" not in line))
    assert call("in/0.xml", "in/1.xml") == (0, "")
    assert call("nowhere.xml")[0] == 2
    assert call("in/0.xml") == (2, "")  # as the report still tells of what is nowhere
    report.write_bytes(whole)
    assert call("in/0.xml") == (1, "")


@pytest.mark.parametrize(
    "options", [["--off", "cdc3"], ["--fail-on", "warning"], ["--edition", "1.0"]]
)
def test_other_settings_than_those_of_the_report_are_refused(call, folder, whole, options) -> None:
    status, err = call("in", *options)
    assert (status, "made with other settings" in err) == (2, True)
    assert (folder / REPORT).read_bytes() == whole


def test_a_report_without_a_header_is_continued(call, folder, whole) -> None:
    lines = whole.splitlines(keepends=True)
    (folder / REPORT).write_bytes(b"".join(lines[1:3]))
    assert call("in", "in.zip") == (1, "")
    assert (folder / REPORT).read_bytes() == b"".join(lines[1:])


def test_the_report_itself_is_no_document(call, folder) -> None:
    (folder / "in" / "report.xml").write_bytes(b"")
    for _ in range(2):
        status = run(["validate", "--resume", "in/report.xml", "in"])
        assert status == 1
    names = [form["file"] for form in documents_in((folder / "in" / "report.xml").read_bytes())]
    assert names == [f"in{os.sep}{number}.xml" for number in range(6)]


def test_only_appointment_documents(call, folder, whole) -> None:
    (folder / "in" / "other.xml").write_bytes(b"<a/>")
    for _ in range(2):  # what was left alone is told once, at the end
        assert call("--apd-only", "in", "in.zip") == (1, "")
        report = (folder / REPORT).read_bytes()
        assert report.startswith(whole)
        assert report[len(whole) :].count(b"\n") == 1
        assert b'"type": "left_alone", "count": 1' in report


# --- interrupted -----------------------------------------------------------------------------

MANY = 5000
"""So many documents take a second or more, which is time to interrupt it."""


@posix
@pytest.mark.parametrize(("end", "jobs"), [("SIGINT", "1"), ("SIGINT", "2"), ("SIGKILL", "2")])
def test_interrupted_and_taken_up(environment, folder, documents, end, jobs) -> None:
    data = (documents / "home-nurse.xml").read_bytes()
    with zipfile.ZipFile(folder / "many.zip", "w") as archive:
        for number in range(MANY):
            archive.writestr(f"{number:04}.xml", data)
    command = [*APD, "validate", "--resume", REPORT, "--jobs", jobs, "many.zip"]
    report = folder / REPORT
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        while process.poll() is None and (not report.exists() or report.stat().st_size < 3000):
            pass
        os.killpg(process.pid, signal.Signals[end])
        out, err = process.communicate()
    status = 130 if end == "SIGINT" else -signal.SIGKILL
    assert (process.returncode, out) == (status, b"")
    assert err.strip().startswith(b"apd: afbrudt efter ") == (end == "SIGINT")
    before = report.read_bytes()
    assert 15 < before.count(b"\n") < MANY
    if end == "SIGINT":
        assert before.endswith(b"\n")  # no line is torn
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    after = report.read_bytes()
    assert after.startswith(before[: before.rindex(b"\n")])
    assert [form["file"] for form in documents_in(after)] == [
        f"many.zip!{n:04}.xml" for n in range(MANY)
    ]


@posix
def test_what_is_done_is_on_standard_output_after_ctrl_c(environment, documents, folder) -> None:
    with subprocess.Popen(
        [*APD, "validate", "--format", "json", "--files-from", "-"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"in/0.xml\nin/2.xml\n")
        process.stdin.flush()
        lines = [process.stdout.readline() for _ in range(3)]
        process.send_signal(signal.SIGINT)  # while it waits for more
        out, err = process.communicate()
    assert (process.returncode, out) == (130, b"")
    assert err.strip().startswith(b"apd: afbrudt efter 2 dokumenter. ")
    assert [form["file"] for form in documents_in(b"".join(lines))] == ["in/0.xml", "in/2.xml"]


# --- what cannot be taken up -----------------------------------------------------------------

LINE = b'{"file": "a.xml", "set": false, "others": [], "checked": true, "passed": true, '
WRONG = [
    b"<ClinicalDocument/>",
    b"<ClinicalDocument/>\n",
    b"PK\x03\x04",
    b"{}\n",
    b"[]\n",
    b"1\n",
    b'"x"\n',
    b'{"file": 1, "set": false, "checked": true, "findings": []}\n',
    b'{"file": "a.xml", "set": false, "checked": true}\n',
    b'{"file": "a.xml", "set": false, "checked": true, "findings": [{"severity": "grave"}]}\n',
    LINE + b'"problem": null, "findings": []}\n' + LINE + b"\n",
    LINE + b'"problem": null, "findings": []}\nhello',
]


@pytest.mark.parametrize("content", WRONG)
def test_a_file_that_is_something_else_is_left_as_it_is(call, folder, content) -> None:
    (folder / REPORT).write_bytes(content)
    status, err = call("in")
    line = 2 if content.startswith(LINE) else 1
    message = f"line {line} does not come from a report of apd validate --format json"
    assert (status, err) == (2, f"apd: {REPORT}: {message}\n")
    assert (folder / REPORT).read_bytes() == content


def test_a_directory(folder, capsys) -> None:
    assert run(["validate", "--resume", "in", "in.zip"]) == 2
    assert capsys.readouterr().err == "apd: in: det er ikke en fil, der kan skrives videre på\n"


def test_standard_output(folder, capsys) -> None:
    assert run(["validate", "--resume", "-", "in"]) == 2
    assert capsys.readouterr().err.startswith(
        "apd: ugyldig værdi for '--resume-from': - kan ikke bruges her; angiv en fil (se apd"
    )


def test_a_report_that_cannot_be_written(folder, capsys) -> None:
    assert run(["validate", "--resume", "nowhere/report", "in"]) == 2
    assert capsys.readouterr().err == (
        "apd: kan ikke skrive nowhere/report: filen eller mappen findes ikke\n"
    )


# options, and what is said of them
OPTIONS = [
    (["--output", "x"], "--output"),
    (["--set"], "--compare"),
    (["--format", "text"], "--format other than json"),
    (["--format", "sarif"], "--format other than json"),
]


@pytest.mark.parametrize(("options", "message"), OPTIONS)
def test_options_that_contradict_it(call, folder, options, message) -> None:
    status, err = call("in", *options)
    assert (status, err.startswith(f"apd: --resume-from cannot be used with {message}")) == (
        2,
        True,
    )
    assert not (folder / REPORT).exists()


def test_options_that_do_not(call, folder, whole) -> None:
    (folder / REPORT).unlink()
    assert call("in", "in.zip", "--format", "json", "--no-set") == (1, "")
    assert (folder / REPORT).read_bytes() == whole
