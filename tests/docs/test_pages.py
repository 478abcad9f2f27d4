"""What the pages show is true: their Python runs, and commands write what stands below them."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import ROOT

pytestmark = pytest.mark.slow  # many processes, one after another

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(page: Path, language: str) -> list[str]:
    """What stands in the blocks of one language on a page."""
    fence = rf"^( *)```{language}\n(.*?)^\1```"
    found = re.findall(fence, page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return ["\n".join(line[len(i) :] for line in text.splitlines()) for i, text in found]


def _name(value: object) -> str:
    return value.relative_to(ROOT).as_posix() if isinstance(value, Path) else str(value)


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder with a copy of what pages read, in which a page may write what it likes."""
    for folder in ("docs", "examples"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.png"))
    return tmp_path


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=_name)
def test_python(page: Path, workplace: Path, environment: dict[str, str]) -> None:
    """The blocks of a page run one after the other, as a reader would try them."""
    script = "\n\n".join(blocks(page, "python"))
    done = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:__main__", "-c", script],
        cwd=workplace,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")


SHOWN = [
    (page, *block.removeprefix("$ ").partition("\n")[::2])
    for page in PAGES
    for block in blocks(page, "console")
]


@pytest.mark.skipif(shutil.which("sh") is None, reason="asks for a shell")
@pytest.mark.parametrize(("page", "line", "output"), SHOWN, ids=_name)
def test_console(
    page: Path, line: str, output: str, workplace: Path, environment: dict[str, str]
) -> None:
    """A command writes what the page shows below it."""
    for program in ("jq", "sed"):
        if program in line and shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    apd = f'apd() {{ {shlex.quote(sys.executable)} -m apd "$@"; }}'
    done = subprocess.run(
        ["sh", "-c", f"{apd}\n{line}"],
        cwd=workplace,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert done.stdout.decode().rstrip("\n") == output.rstrip("\n")
