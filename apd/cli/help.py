"""Commands and options whose help is in both languages, chosen when it is shown."""

from collections.abc import Callable
from copy import copy
from inspect import cleandoc
from typing import Any, TypeVar

import click

from apd.cli.language import OPTION, language_of_run, say
from apd.wording import Wording

_F = TypeVar("_F", bound=Callable[..., Any])

_USAGE = Wording("Brug:", "Usage:")
_HEADINGS = {
    "Options": Wording("Indstillinger", "Options"),
    "Commands": Wording("Kommandoer", "Commands"),
}
_PIECES = (
    ("[OPTIONS]", Wording("[INDSTILLINGER]", "[OPTIONS]")),
    ("[COMMAND] [ARGS]...", Wording("[KOMMANDO] [ARGUMENTER]...", "[COMMAND] [ARGS]...")),
)
_EXTRAS = (
    ("[default: ", Wording("[standard: ", "[default: ")),
    ("[required]", Wording("[påkrævet]", "[required]")),
    ("; required]", Wording("; påkrævet]", "; required]")),
)
_HELP = Wording("Vis denne hjælp, og afslut.", "Show this message and exit.")


class _Formatter(click.HelpFormatter):
    """Click's own words, in the language of the run."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for piece, wording in _PIECES:
            args = args.replace(piece, say(wording))
        super().write_usage(prog, args, f"{say(_USAGE)} " if prefix is None else prefix)

    def section(self, name: str) -> Any:
        return super().section(say(_HEADINGS[name]) if name in _HEADINGS else name)


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command that has help in both languages.

    Args:
        help: the English help.
        danish: the Danish help.
    """

    context_class = _Context

    def __init__(self, *args: Any, danish: str, **given: Any) -> None:
        super().__init__(*args, **given)
        self.wording = Wording(cleandoc(danish), cleandoc(self.help or ""))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language of the run."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(self.wording))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give ``--help``, explained in the language of the run."""
        option = super().get_help_option(ctx)
        if option is None:
            return None
        shown = copy(option)
        shown.help = say(_HELP)
        return shown


class Option(click.Option):
    """An option whose help is a :class:`Wording`."""

    def __init__(self, *args: Any, **given: Any) -> None:
        self.wording: Wording = given.pop("help")
        super().__init__(*args, **given | {"help": self.wording.en})

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give its names and its help in the language of the run."""
        shown = copy(self)
        shown.help = say(self.wording)
        record = click.Option.get_help_record(shown, ctx)
        if record is None:
            return None
        names, text = record
        for extra, wording in _EXTRAS:
            text = text.replace(extra, say(wording))
        return names, text


def option(*names: str, help: Wording, **given: Any) -> Callable[[_F], _F]:
    """Declare an option, as :func:`click.option` does, with help in both languages."""
    return click.option(*names, cls=Option, help=help, **given)


def make_command(name: str, *, danish: str) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command, whose English help is the docstring of the function."""
    return click.command(name, cls=Command, danish=danish)


def language(*, is_given: bool) -> Callable[[_F], _F]:
    """Declare ``--lang da|en``.

    Args:
        is_given: whether the command gets it; :func:`language_of_run` knows it anyway.
    """
    return option(
        OPTION,
        "language",
        type=click.Choice(["da", "en"]),
        default=language_of_run,
        is_eager=True,
        expose_value=is_given,
        help=Wording(
            "Sproget i output og i fejl. Ellers vælger APD_LANG, så language i [tool.apd], og "
            "ellers er det da.",
            "Language of the output and of the errors. Otherwise APD_LANG decides, then language "
            "in [tool.apd], and then it is da.",
        ),
    )
