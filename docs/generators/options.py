"""The tables of options in ``docs/command-line.md``, made from the commands.

``python docs/generators/options.py`` writes them.
"""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import click

from apd.cli.help import Option
from apd.cli.language import OPTION

PAGE = Path(__file__).resolve().parents[1] / "command-line.md"
_OF_ALL = {OPTION, "--quiet"}
"""The head of the page has these."""
_TABLE = re.compile(r"(<!-- options of (\w+(?: \w+)?) -->\n)\n*(?:\|.*\n)*")


def page(text: str) -> str:
    """The page with its tables as the commands have them.

    Args:
        text: the page; each table follows a line such as ``<!-- options of show -->``.
    """
    return _TABLE.sub(lambda found: f"{found[1]}\n{_table(found[2])}", text)


def _table(name: str) -> str:
    first, _, inside = name.partition(" ")
    command = importlib.import_module(f"apd.cli.commands.{first}").command
    command = command.commands[inside] if inside else command
    rows = "".join(
        f"| {_names(one)} | {_meaning(one)} |\n"
        for one in command.params
        if isinstance(one, Option) and not _OF_ALL & set(one.opts)
    )
    return f"| option | meaning |\n|---|---|\n{rows}"


def _names(option: Option) -> str:
    *others, last = (*option.opts, *option.secondary_opts)
    value = "" if option.is_flag or not option.metavar else f" {option.metavar}"
    return ", ".join((*(f"`{name}`" for name in others), f"`{last}{value}`"))


def _meaning(option: Option) -> str:
    sentences = [option.meaning.en]
    if isinstance(option.type, click.Choice):
        sentences.append(f"One of {', '.join(_choices(option))}.")
    elif option.show_default:
        sentences.append(f"The default is `{option.default}`.")
    return " ".join(sentences).replace("|", r"\|")


def _choices(option: Option) -> Iterator[str]:
    assert isinstance(option.type, click.Choice)
    for choice in option.type.choices:
        is_default = option.show_default and choice == option.default
        yield f"`{choice}` (default)" if is_default else f"`{choice}`"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), encoding="utf-8", newline="\n")
