"""The example project of a test engineer, run as its README says."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

from tests.places import ROOT

SUITE = ROOT / "examples" / "test-suite"
_MADE = ("vendors", "wrong", "__pycache__", ".pytest_cache", "*.jsonl", "*.html", "wrong.json")


def run_suite(python: Path | str, place: Path, environment: dict[str, str]) -> None:
    """Run every command of the page in a copy of the project, and see how each ends.

    Args:
        python: an interpreter that has the library, and pytest.
        place: an empty directory.
        environment: of the processes.
    """
    project = place / "suite"
    shutil.copytree(SUITE, project, ignore=shutil.ignore_patterns(*_MADE))

    def ends_with(line: str) -> int:
        program, *arguments = shlex.split(line)
        module = [] if program == "python" else ["-m", program]
        done = subprocess.run(
            [python, *module, *arguments],
            cwd=project,
            env={**environment, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in (0, 1), (line, done.stdout, done.stderr)
        return done.returncode

    page = (SUITE / "README.md").read_text("utf-8")
    _, passing, one_more, judging = (
        block.splitlines() for block in re.findall(r"^```sh\n(.*?)^```", page, re.M | re.S)
    )
    assert [ends_with(line) for line in passing] == [0] * len(passing)
    card = (project / "scorecard.html").read_text("utf-8")
    assert all(f"<td>{vendor}" in card for vendor in ("east", "north", "south"))
    assert "HOUSE-WEEKEND (2)" in card
    assert [ends_with(line) for line in judging] == [0, 1, 1]

    assert [ends_with(line) for line in one_more] == [0]
    assert [ends_with(line) for line in ("pytest -q", "apd validate vendors")] == [1, 1]
    assert ends_with("apd validate --update-baseline vendors") == 0
    assert [ends_with(line) for line in ("pytest -q", "apd validate vendors")] == [0, 0]


def outside() -> dict[str, str]:
    """The environment without what leads an interpreter to this one."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_"))}
