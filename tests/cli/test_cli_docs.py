"""What the pages on the command line show is what the commands write."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "command-line.md").read_text("utf-8")
PAGES = TEXT, (ROOT / "docs" / "validating.md").read_text("utf-8")
SHOWN = [
    shown
    for page in PAGES
    for shown in re.findall(r"```console\n\$ ([^\n]+)\n(.*?)```", page, re.DOTALL)
]


@pytest.mark.skipif(shutil.which("sh") is None, reason="asks for a shell")
@pytest.mark.parametrize(("line", "output"), SHOWN, ids=[line for line, _ in SHOWN])
def test_output(environment, line, output) -> None:
    for program in ("jq", "sed"):
        if program in line and shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    apd = f'apd() {{ {shlex.quote(sys.executable)} -m apd "$@"; }}'
    done = subprocess.run(
        ["sh", "-c", f"{apd}\n{line}"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert done.stdout.decode() == output


def test_options_are_told_of(apd_command) -> None:
    for command in ("show", "roundtrip"):
        for option in re.findall(r"  (--[a-z-]+)", apd_command(command, "--help").out):
            assert option in TEXT
