"""The language of a run: by ``--lang``, else APD_LANG, else ``[tool.apd]``, else Danish."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from apd.wording import Language, Wording, language_of_environment

OPTION: Final = "--lang"

_USUAL: Language = "da"


def language_of_arguments(arguments: Sequence[str]) -> Language:
    """The language of a command line, before the command itself is known."""
    given: str | None = None
    for at, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == OPTION and at + 1 < len(arguments):
            given = arguments[at + 1]
        elif argument.startswith(f"{OPTION}="):
            given = argument.partition("=")[2]
    return chosen(given, None) if _is_settled(given) else chosen(None, _configured())


def chosen(given: str | None, configured: object) -> Language:
    """The language of the command line, else of the environment, else of the settings."""
    for one in (given, language_of_environment(), configured):
        if one == "da" or one == "en":
            return one
    return _USUAL


def language_of_run(context: click.Context | None = None) -> Language:
    """The language of this run, also before the command is called, and in shell completion."""
    context = context or click.get_current_context(silent=True)
    language = None if context is None else context.find_root().obj
    return "en" if language == "en" else _USUAL


def say(wording: Wording, **values: object) -> str:
    """A text in the language of this run, with its values filled in."""
    text = wording.in_language(language_of_run())
    return text.format(**values) if values else text


class OwnUsageError(click.UsageError):
    """A usage error in words of this project, which may begin with the name of a file."""


def failure(wording: Wording, **values: object) -> click.ClickException:
    """An error that ends a command; the arguments are those of :func:`say`."""
    return click.ClickException(say(wording, **values))


def usage_error(wording: Wording, **values: object) -> click.UsageError:
    """A usage error; the arguments are those of :func:`say`."""
    return OwnUsageError(say(wording, **values))


def bad_parameter(wording: Wording, **values: object) -> click.BadParameter:
    """An invalid value of an option or argument; the arguments are those of :func:`say`."""
    return click.BadParameter(say(wording, **values))


def _is_settled(given: str | None) -> bool:
    return given in ("da", "en") or language_of_environment() is not None


def _configured() -> object:
    """The language that the settings file names; errors in it are left to the command."""
    try:
        here = Path.cwd()
    except OSError:
        return None
    for directory in (here, *here.parents):
        for name in ("apd.toml", "pyproject.toml"):
            try:
                content = (directory / name).read_bytes()
            except OSError:
                continue
            if name != "apd.toml" and b"tool.apd" not in content:
                continue  # without importing tomllib
            import tomllib

            try:
                table = tomllib.loads(content.decode())
                return (table if "tool" not in table else table["tool"]["apd"]).get("language")
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                continue
    return None
