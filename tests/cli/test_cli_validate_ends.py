"""``apd validate``: terminals, pipes, signals, and faults of the program itself."""

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.terminal import posix

pytestmark = pytest.mark.slow  # many processes, one after another

APD = [sys.executable, "-m", "apd"]


@pytest.fixture(scope="module")
def many(tmp_path_factory, documents) -> Path:
    """So many documents that one can see how the work goes on."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(200):
        shutil.copy(documents / "home-nurse.xml", folder / f"{number:03}.xml")
    return folder


@pytest.fixture(scope="module")
def very_many(tmp_path_factory, documents) -> Path:
    """So many that the work is not done before one can interrupt it."""
    archive = tmp_path_factory.mktemp("very_many") / "documents.zip"
    data = (documents / "home-nurse.xml").read_bytes()
    with zipfile.ZipFile(archive, "w") as file:
        for number in range(4_000):
            file.writestr(f"{number:04}.xml", data)
    return archive


def on_terminal(arguments, environment, *, out: bool) -> tuple[int, str, str]:
    """Call ``apd`` with standard error, and perhaps standard output, on a terminal."""
    import pty

    reading, writing = pty.openpty()
    variables = {**environment, "TERM": "xterm", "COLUMNS": "100"}
    variables.pop("NO_COLOR", None)
    with subprocess.Popen(
        [*APD, *map(str, arguments)],
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=writing if out else subprocess.PIPE,
        stderr=writing,
    ) as process:
        os.close(writing)
        terminal, piped = b"", b""
        while process.poll() is None or select.select([reading], [], [], 0)[0]:
            if select.select([reading], [], [], 0.05)[0]:
                try:
                    terminal += os.read(reading, 65536)
                except OSError:  # Linux says so when the other end is closed
                    break
        if process.stdout is not None:
            piped = process.stdout.read()
    os.close(reading)
    return process.returncode, terminal.decode(), piped.decode()


@posix
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bar_on_a_terminal(environment, many, jobs) -> None:
    arguments = ["validate", many, "--no-set", "--lang", "en", "--jobs", jobs]
    status, terminal, piped = on_terminal(arguments, environment, out=False)
    assert status == 0
    assert re.search(r"\d+/200", terminal)
    assert re.search(r"\d/s", terminal)
    assert piped == "Documents: 200, without findings: 200, with findings: 0, not checked: 0\n"


@posix
@pytest.mark.parametrize("listed", [True, False], ids=["a list", "a pipe"])
def test_a_bar_for_what_is_listed(environment, many, tmp_path, listed) -> None:
    """Where the names can be read twice they are counted first."""
    (tmp_path / "list").write_text(
        "".join(f"{path}\n" for path in sorted(many.iterdir())), encoding="utf-8"
    )
    if not listed:
        os.mkfifo(tmp_path / "pipe")
    source = tmp_path / ("list" if listed else "pipe")
    arguments = ["validate", "--files-from", source, "--no-set", "--lang", "en"]
    with subprocess.Popen(
        ["sh", "-c", '[ -f "$1" ] || cat "$0" > "$1"', tmp_path / "list", source]
    ):
        status, terminal, _ = on_terminal(arguments, environment, out=False)
    assert status == 0
    assert re.search(r"\d+/200" if listed else r"\d+/\?", terminal)
    assert re.search(r"\d/s", terminal)


@posix
@pytest.mark.parametrize("suffix", [".zip", ".tar.gz"])
def test_a_bar_for_an_archive(environment, many, tmp_path, suffix) -> None:
    kinds = {".zip": "zip", ".tar.gz": "gztar"}
    archive = shutil.make_archive(str(tmp_path / "many"), kinds[suffix], many)
    status, terminal, _ = on_terminal(["validate", archive, "--no-set"], environment, out=False)
    assert status == 0
    assert re.search(r"\d+/200", terminal)


@posix
def test_the_bar_counts_what_is_left(environment, many, tmp_path) -> None:
    report = tmp_path / "report.jsonl"
    arguments = ["validate", "--resume", report, many]
    on_terminal(arguments, environment, out=False)
    lines = report.read_bytes().splitlines(keepends=True)
    report.write_bytes(b"".join(lines[:21]))  # the header, and 20 documents
    status, terminal, _ = on_terminal(arguments, environment, out=False)
    assert (status, report.read_bytes()) == (0, b"".join(lines))
    assert re.search(r"\d+/180", terminal)


@posix
def test_no_bar_for_one_document(environment, documents) -> None:
    arguments = ["validate", documents / "home-nurse.xml"]
    status, terminal, _ = on_terminal(arguments, environment, out=False)
    assert (status, terminal) == (0, "")


@posix
def test_colours_and_a_bar_that_gives_way(environment, many, tmp_path) -> None:
    (tmp_path / "bad.xml").write_bytes(b"<")
    arguments = ["validate", many, tmp_path, "--no-set", "--lang", "en"]
    status, terminal, _ = on_terminal(arguments, environment, out=True)
    assert status == 1
    assert "\x1b[31m\x1b[1merror\x1b[0m" in terminal
    plain = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", terminal).replace("\r", "\n")
    assert any(re.match(r"\S*bad.xml:1: error: ", line) for line in plain.splitlines())


@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_reader_goes_away(environment, very_many, jobs) -> None:
    with subprocess.Popen(
        [*APD, "validate", "--format", "json", "--jobs", jobs, very_many],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupted(environment, very_many, tmp_path, jobs) -> None:
    arguments = ["--jobs", jobs, "--output", tmp_path / "report", "nowhere.xml", very_many]
    with subprocess.Popen(
        [*APD, "validate", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        assert b"nowhere.xml" in process.stderr.readline()  # so it has begun
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to every process
        out, err = process.communicate()
    assert (process.returncode, out) == (130, b"")
    assert err.strip().startswith(b"apd: afbrudt efter ")
    assert list(tmp_path.iterdir()) == []


@posix
def test_a_full_disk(environment, documents) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    for redirection, message in (
        (">/dev/full", "apd: output kan ikke skrives: der er ikke mere plads på disken\n".encode()),
        (
            "--output /dev/full",
            "apd: kan ikke skrive /dev/full: der er ikke mere plads på disken\n".encode(),
        ),
    ):
        done = subprocess.run(
            ["sh", "-c", f'"$@" {redirection}', "sh", *APD, "validate", documents],
            env=environment,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (2, message)


def test_a_fault_in_one_document_does_not_stop_the_rest(environment, documents) -> None:
    code = (
        "import sys, apd.validation\n"
        "real, calls = apd.validation.validate_with_keys, []\n"
        "def faulty(data, **more):\n"
        "    calls.append(1)\n"
        "    if len(calls) == 2: raise KeyError('2512489996')\n"
        "    return real(data, **more)\n"
        "apd.validation.validate_with_keys = faulty\n"
        "from apd.cli import main\n"
        f"sys.argv = ['apd', 'validate', '--lang', 'en', {str(documents)!r}]\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert re.fullmatch(
        rb"apd: \S+\.xml: internal error, please report it: KeyError at "
        rb"apd/cli/batch/jobs.py line \d+\n",
        done.stderr.replace(b"\\", b"/"),
    )
    assert b"without findings: 19, with findings: 0, not checked: 1\n" in done.stdout
