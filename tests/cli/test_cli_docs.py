"""The tables of options on the page about the command line are those of the commands."""

import importlib
import importlib.util
import re
from collections.abc import Iterator
from typing import Any

import pytest

from apd.cli.commands import COMMANDS
from apd.cli.help import Group
from tests.places import ROOT, needs_clone

PAGE = ROOT / "docs" / "command-line.md"
COMMANDS_PAGE = ROOT / "docs" / "commands.md"


def _generator(name: str) -> Any:
    path = ROOT / "docs" / "generators" / name
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _generated(text: str) -> str:
    page: str = _generator("options.py").page(text)
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


@needs_clone
@pytest.mark.slow  # every command is loaded, and its help formatted
def test_the_page_of_all_commands_is_their_english_help() -> None:
    """As mkdocs makes it: no Danish, and no default that is not one."""
    pages = pytest.importorskip("mkdocs_click._docs", reason="mkdocs-click is not installed")
    hook = _generator("english_help.py")
    settings = dict(re.findall("    :([a-z_]+): (.+)", COMMANDS_PAGE.read_text("utf-8")))
    command = getattr(importlib.import_module(settings["module"]), settings["command"])
    options = {"prog_name": settings["prog_name"], "style": settings["style"]}
    hook.on_startup()
    page = "\n".join(pages.make_command_docs(command=command, depth=1, **options))
    hook.on_shutdown()
    for words in ("UNSET", "<function", " at 0x", "INDSTILLINGER", "Skriv", "[standard"):
        assert words not in page, words
    for name in COMMANDS:
        assert f"### {name}\n" in page
    assert "[default: error]" in page
