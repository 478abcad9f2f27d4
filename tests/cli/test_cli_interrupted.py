"""Ctrl-C says how far the work came and how to go on; the exit status is 130, nothing is half."""

import ast
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

import apd
from apd.cli import main
from apd.cli.batch.progress import Bar
from apd.testing.synthetic import Selection, document, documents
from tests.cli.conftest import ROOT
from tests.cli.inside import Apd
from tests.places import LIBRARY

OF_ONE = Selection(patients=1)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A directory with documents of one patient, beside examples."""
    (tmp_path / "in").mkdir()
    for number, made in enumerate(documents(6, 7, OF_ONE)):
        apd.dump(made, tmp_path / "in" / f"{number}.xml")
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    return tmp_path


@pytest.fixture
def interrupted(monkeypatch) -> Callable[[int], None]:
    """Lets Ctrl-C be pressed when so many are done."""

    def at(count: int) -> None:
        advance = Bar.advance

        def and_then(bar: Bar) -> None:
            advance(bar)
            if bar._done == count:
                raise KeyboardInterrupt

        monkeypatch.setattr(Bar, "advance", and_then)

    return at


GOES_ON, RESUMES = "goes on from there", "can be continued"
CERTIFY = ["certify", "--publisher", "examples.certified_system:publish"]
WORK = [
    # the call, what is counted, how to go on
    (["validate", "in", "-o", "out"], "3 documents", "With --resume-from FILE"),
    (["validate", "in", "--resume-from", "out"], "3 documents", "(--resume-from) goes on"),
    (["generate", "--count", "60", "-o", "out"], "3 of 60 documents", "--resume goes on"),
    (["anonymise", "in", "-o", "out/"], "3 of 6 documents", "(--resume)"),
    (["anonymise", "in", "-o", "out/", "--secret", "x"], "3 of 6 documents", "--resume goes on"),
    (["overview", "in", "-o", "out"], "3 documents", "Nothing was written"),
    (["overview", "in", "--html", "out", "--ics", "ics"], "3 documents", "Nothing was written"),
    ([*CERTIFY, "-o", "out", "--html", "page"], "3 of 18 tests", "Nothing was written"),
]


@pytest.mark.parametrize(("call", "counted", "how"), WORK)
def test_how_far_it_came(monkeypatch, apd_command: Apd, many, interrupted, call, counted, how):
    monkeypatch.delitem(sys.modules, "examples.certified_system", raising=False)
    interrupted(3)
    result = apd_command(*call, "--lang", "en", cwd=many)
    assert result.status == 130
    line = result.err.strip()
    assert line.startswith(f"apd: interrupted after {counted}. ")
    assert how in line and "\n" not in line
    result = apd_command(*call, "--force", cwd=many) if call[0] == "generate" else None
    if result is not None:
        assert result.err.strip().startswith("apd: afbrudt efter 3 af 60 dokumenter. ")
    whole = ("generate", "anonymise")
    if call[0] not in whole and "--resume-from" not in call:
        assert {path.name for path in many.iterdir()} == {"in", "examples"}
    for path in (many / "out").rglob("*.xml") if call[0] in whole else ():
        etree.fromstring(path.read_bytes())


def test_copies_are_taken_up(monkeypatch, apd_command: Apd, many, interrupted) -> None:
    call = ["anonymise", "in", "--secret", "x", "--lang", "en"]
    assert apd_command(*call, "-o", "whole/", cwd=many).status == 0
    with monkeypatch.context() as patched:
        patched.setattr(Bar, "advance", Bar.advance)
        interrupted(3)
        assert apd_command(*call, "-o", "out/", cwd=many).status == 130
    monkeypatch.undo()
    before = {path.name: path.stat().st_mtime_ns for path in (many / "out").iterdir()}
    assert len(before) == 3
    result = apd_command(*call, "-o", "out/", "--resume", cwd=many)
    assert (result.status, len(result.out.splitlines())) == (0, 3)
    for path in (many / "whole").iterdir():
        assert (many / "out" / path.name).read_bytes() == path.read_bytes()
    for name, time_written in before.items():
        assert (many / "out" / name).stat().st_mtime_ns == time_written


def test_copies_by_another_secret_are_not_taken_up(apd_command: Apd, many) -> None:
    for options in (["-o", "out/"], ["--secret", "x"]):
        result = apd_command("anonymise", "in", "--resume", *options, "--lang", "en", cwd=many)
        assert (result.status, result.out) == (2, "")
        assert "--resume needs --secret and --output" in result.err


# --- in earnest ------------------------------------------------------------------------------

posix = pytest.mark.skipif(os.name == "nt", reason="a signal is sent as a terminal sends it")
IN_EARNEST = [
    (["generate", "--count", "600", "-o", "out"], True),
    (["generate", "--count", "600", "-o", "out", "--jobs", "2"], True),
    (["anonymise", "few", "-o", "out/", "--secret", "x"], True),
    (["validate", "in", "--resume-from", "out"], True),
    (["validate", "in", "--resume-from", "out", "--jobs", "2"], True),
    (["validate", "nowhere.xml", "in", "-o", "out"], False),
    (["validate", "nowhere.xml", "in", "-o", "out", "--jobs", "2"], False),
    (["overview", "nowhere.xml", "in", "-o", "out"], False),
]


def test_nothing_is_imported_before_an_interrupt_is_caught(environment: dict[str, str]) -> None:
    """Else Ctrl-C, right after the start, would show a traceback."""
    script = "import sys; known = {*sys.modules}; import apd.cli; print({*sys.modules} - known)"
    done = subprocess.run(
        [sys.executable, "-S", "-c", script],
        env=environment | {"PYTHONPATH": str(LIBRARY.parent)},
        capture_output=True,
        check=True,
    )
    assert ast.literal_eval(done.stdout.decode()) == {"apd", "apd.cli"}


@pytest.mark.parametrize("module", ["importlib.util", "click", "apd.cli.app"])
def test_an_interrupt_while_python_imports(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], module: str
) -> None:
    class Interrupting:
        def find_spec(self, name: str, *_: object) -> None:
            if name == module:
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setattr(sys, "meta_path", [Interrupting(), *sys.meta_path])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 130
    assert capsys.readouterr() == ("", "")


@posix
@pytest.mark.slow
@pytest.mark.parametrize(("call", "is_kept"), IN_EARNEST)
def test_by_a_signal(environment: dict[str, str], tmp_path: Path, call, is_kept) -> None:
    """As a terminal sends it, to every process; then the work is taken up where it can be."""
    data = apd.dumps(document(7, 1, OF_ONE))
    for name, count in (("in", 4000), ("few", 200)):
        (tmp_path / name).mkdir()
        for number in range(count):
            (tmp_path / name / f"{number:04}.xml").write_bytes(data)
    command = [sys.executable, "-m", "apd", *call, "--lang", "en"]
    out = tmp_path / "out"
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stderr is not None
        while is_kept and process.poll() is None and not _has_something(out):
            time.sleep(0.02)
        if not is_kept:
            assert b"nowhere.xml" in process.stderr.readline()  # so it has begun
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    stated = err.decode().strip()
    assert process.returncode == 130, stated
    assert re.fullmatch(r"apd: interrupted after \d+( of \d+)? documents\. [^\n]+", stated)
    assert not [path for path in tmp_path.rglob(".*") if path.name != ".apd-generate.json"]
    if call[0] in ("generate", "anonymise"):
        for path in out.rglob("*.xml"):
            etree.fromstring(path.read_bytes())
        resumed = subprocess.run(
            [*command, "--resume", "-q"], cwd=tmp_path, env=environment, capture_output=True
        )
        assert (resumed.returncode, resumed.stdout, resumed.stderr) == (0, b"", b"")
        assert len(list(out.rglob("*.xml"))) == (600 if call[0] == "generate" else 200)
    elif is_kept:
        assert out.read_bytes().endswith(b"\n")
    else:
        assert not out.exists()


def _has_something(path: Path) -> bool:
    if path.is_dir():
        return sum(1 for _ in path.rglob("*.xml")) > 20
    return path.exists() and path.stat().st_size > 5000
