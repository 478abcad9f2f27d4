"""Arguments and options that several commands share."""

import datetime
from collections.abc import Callable
from typing import Any, TypeVar

import click

from apd.cli import help
from apd.cli.help import option
from apd.cli.language import bad_parameter, language_of_run
from apd.errors import InvalidValue
from apd.model.time import copenhagen, danish_time
from apd.standard.edition import Edition
from apd.wording import Wording

_F = TypeVar("_F", bound=Callable[..., Any])


def files(function: _F) -> _F:
    """FILE...: files, directories, or ``-`` for standard input."""
    return click.argument("files", nargs=-1, required=True, metavar="FILE...")(function)


def language(function: _F) -> _F:
    """``--lang da|en``."""
    return help.language(is_given=True)(function)


def refused(
    error: InvalidValue, called: str | Wording, advice: Wording | None = None
) -> click.ClickException:
    """What an option gave and the library refuses, told in the language of the run.

    Args:
        error: the refusal.
        called: what the command line calls the field: an option, or words for it.
        advice: what would be right, where the library speaks of Python.
    """
    language = language_of_run()
    name = called if isinstance(called, str) else called.in_language(language)
    own = InvalidValue(name, error.problem, advice or error.expected)
    return click.ClickException(own.message(language))


def edition(function: _F) -> _F:
    """``--edition 2.0|1.0``."""
    return option(
        "--edition",
        type=click.Choice([one.value for one in reversed(Edition)]),
        default=Edition.CURRENT.value,
        show_default=True,
        help=Wording(
            "Den version af Aftaleoversigtens forretningsregler, der kontrolleres efter.",
            "The edition of Aftaleoversigten's business rules to judge by.",
        ),
    )(function)


def now(function: _F) -> _F:
    """``--now``: a time, or None where it was not given."""
    return option(
        "--now",
        metavar="TIME",
        callback=_time,
        help=Wording(
            "Tidspunktet i stedet for urets: 2026-11-02T09:31, som et ur i Danmark viser det, "
            "eller med tidszone.",
            "The time to use instead of the clock's: 2026-11-02T09:31, as a clock in Denmark "
            "shows it, or with an offset.",
        ),
    )(function)


def _time(_: click.Context, __: click.Parameter, text: str | None) -> datetime.datetime | None:
    if text is None:
        return None
    try:
        time = datetime.datetime.fromisoformat(text.strip())
        return danish_time(time if time.tzinfo else time.replace(tzinfo=copenhagen()), "time")
    except (ValueError, OverflowError):
        raise bad_parameter(
            Wording(
                "er ikke et tidspunkt; angiv 2026-11-02T09:31",
                "is not a time; give 2026-11-02T09:31",
            )
        ) from None
