"""Arguments and options that several commands share."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

_F = TypeVar("_F", bound=Callable[..., Any])


def files(function: _F) -> _F:
    """FILE...: files, directories, or ``-`` for standard input."""
    return click.argument("files", nargs=-1, required=True, metavar="FILE...")(function)


def language(function: _F) -> _F:
    """``--lang da|en``."""
    return click.option(
        "--lang",
        "language",
        type=click.Choice(["da", "en"]),
        default="da",
        show_default=True,
        help="Language of the output and of the errors.",
    )(function)
