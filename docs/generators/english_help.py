"""The page of all commands shows their help in English: a hook of mkdocs around its work."""

from typing import Any

import click
from click.globals import pop_context, push_context


def on_startup(**_: Any) -> None:
    """Begin a run of ``apd`` in English, whose language the help is in."""
    push_context(click.Context(click.Command("apd"), obj="en"))


def on_shutdown(**_: Any) -> None:
    """End it."""
    pop_context()
