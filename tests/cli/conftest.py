"""The command, called as a user would call it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.inside import Apd, Result, call_inside
from tests.cli.plans import AT, EXAMPLE, Call

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def documents() -> Path:
    """The example documents."""
    return ROOT / "examples" / "documents"


@pytest.fixture(scope="session")
def apd_command() -> Apd:
    """Calls ``apd`` in this process: arguments, standard input, working directory, encoding."""

    def call(
        *arguments: object, stdin: bytes = b"", cwd: Path = ROOT, encoding: str = "utf-8"
    ) -> Result:
        patch = pytest.MonkeyPatch()
        return call_inside(patch, *arguments, stdin=stdin, cwd=cwd, encoding=encoding)

    return call


@pytest.fixture(scope="session")
def apd_process(environment: dict[str, str]) -> Apd:
    """Calls ``apd`` in a process of its own: what ``apd_command`` is given."""

    def call(
        *arguments: object, stdin: bytes = b"", cwd: Path = ROOT, encoding: str = "utf-8"
    ) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "apd", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            cwd=cwd,
            env={**environment, "PYTHONIOENCODING": encoding},
            timeout=60,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        return Result(done.returncode, done.stdout.decode(encoding), done.stderr.decode())

    return call


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with bookings and a key, which is the working directory."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(EXAMPLE, "bookings.json")
    Path("key").write_bytes(bytes(range(32)))
    return tmp_path


@pytest.fixture
def plan(house: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Calls ``apd plan`` on the bookings in this process, in English unless told otherwise."""

    def call(
        *options: object,
        file: str | None = "bookings.json",
        now: str = AT,
        stdin: bytes = b"",
        lang: str = "en",
    ) -> Result:
        given = ["plan", *([file] if file else []), "--register", "published.db", "--key", "key"]
        arguments = [*given, "--lang", lang, "--now", now, *options]
        return call_inside(monkeypatch, *arguments, stdin=stdin)

    return call
