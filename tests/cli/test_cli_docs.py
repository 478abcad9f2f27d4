"""No option is forgotten on the page about the command line."""

import re
from pathlib import Path

import pytest

from apd.cli.commands import COMMANDS

pytestmark = pytest.mark.slow  # many processes, one after another

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "command-line.md").read_text("utf-8")


def test_options_are_told_of(apd_command) -> None:
    for command in COMMANDS:
        for option in re.findall(r"  (--[a-z-]+)", apd_command(command, "--help").out):
            assert option in TEXT, command
