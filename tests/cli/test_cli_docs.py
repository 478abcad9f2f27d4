"""The tables of options on the page about the command line are those of the commands."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

from apd.cli.commands import COMMANDS
from apd.cli.help import Group
from tests.places import ROOT, needs_clone

PAGE = ROOT / "docs" / "command-line.md"
_GENERATOR = ROOT / "docs" / "generators" / "options.py"


def _generated(text: str) -> str:
    spec = importlib.util.spec_from_file_location(Path(_GENERATOR).stem, _GENERATOR)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page: str = module.page(text)
    return page


@needs_clone
def test_the_tables_are_current() -> None:
    text = PAGE.read_text("utf-8")
    assert _generated(text) == text


def _names() -> Iterator[str]:
    """The names of the commands, and of the commands in them."""
    for name in COMMANDS:
        command = importlib.import_module(f"apd.cli.commands.{name}").command
        inside = command.commands if isinstance(command, Group) else {}
        yield from (name, *(f"{name} {one}" for one in inside))


@needs_clone
def test_no_option_is_forgotten() -> None:
    text = PAGE.read_text("utf-8")
    tables = set(re.findall(r"<!-- options of (\w+(?: \w+)?) -->", text))
    for name in _names():
        section = text.partition(f"## `apd {name}")[2].partition("\n## ")[0]
        table = _generated(f"<!-- options of {name} -->\n")
        for option in re.findall(r"`(--[a-z-]+)", table):
            assert name in tables or option in section, f"{name} {option}"
