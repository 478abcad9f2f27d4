"""The command, called as a user would call it."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Result(NamedTuple):
    """How a call ended, and what it wrote."""

    status: int
    out: str
    err: str


Apd = Callable[..., Result]


@pytest.fixture(scope="session")
def documents() -> Path:
    """The example documents."""
    return ROOT / "examples" / "documents"


@pytest.fixture(scope="session")
def apd_command(environment: dict[str, str]) -> Apd:
    """Calls ``apd``: arguments, standard input, the working directory, more environment."""

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
