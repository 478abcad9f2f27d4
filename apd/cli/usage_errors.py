"""Click's usage errors, in the language of the run."""

import difflib
import re
from collections.abc import Iterable

import click

from apd.wording import Language, Wording

_MEANT = Wording("{first} Mente du {name}?", "{first} Did you mean {name}?")
_ONE_OF = Wording(
    "{first} (Mente du en af disse: {names}?)", "{first} (Did you mean one of: {names}?)"
)
_NO_COMMAND = Wording("Der er ingen kommando {name}.", "No such command {name}.")
_NO_OPTION = Wording("Der er ingen indstilling {name}.", "No such option {name}.")
_TEXTS = (
    _MEANT,
    _ONE_OF,
    Wording("Mangler argumentet {name}. {rest}", "Missing argument {name}. {rest}"),
    Wording("Mangler argumentet {name}.", "Missing argument {name}."),
    Wording("Mangler indstillingen {name}. {rest}", "Missing option {name}. {rest}"),
    Wording("Mangler indstillingen {name}.", "Missing option {name}."),
    Wording("Mangler en kommando.", "Missing command."),
    Wording("Vælg mellem: {names}", "Choose from: {names}"),
    Wording("Indstillingen {name} kræver en værdi.", "Option {name} requires an argument."),
    Wording(
        "Indstillingen {name} kræver {count} værdier.", "Option {name} requires {count} arguments."
    ),
    Wording("Indstillingen {name} tager ingen værdi.", "Option {name} does not take a value."),
    Wording("Der er et argument for meget ({names})", "Got unexpected extra argument ({names})"),
    Wording("Der er argumenter for meget ({names})", "Got unexpected extra arguments ({names})"),
    Wording("Ugyldig værdi for {name}: {rest}", "Invalid value for {name}: {rest}"),
    Wording("Ugyldig værdi: {rest}", "Invalid value: {rest}"),
    Wording("{value} er ikke en af {names}.", "{value} is not one of {names}."),
    Wording("{value} er ikke et heltal.", "{value} is not a valid integer."),
    Wording("{value} er ikke en UUID.", "{value} is not a valid UUID."),
    Wording("{value} er ikke et heltal.", "{value} is not a valid integer range."),
    Wording("{value} er ikke et tal.", "{value} is not a valid float."),
    Wording("{value} er ikke i intervallet {range}.", "{value} is not in the range {range}."),
    Wording("{kind} {name} findes ikke.", "{kind} {name} does not exist."),
    Wording("{kind} {name} er en mappe.", "{kind} {name} is a directory."),
    Wording("{kind} {name} er en fil.", "{kind} {name} is a file."),
    Wording("{kind} {name} kan ikke læses.", "{kind} {name} is not readable."),
    Wording("{kind} {name} kan der ikke skrives til.", "{kind} {name} is not writable."),
)
_KINDS = {"File": "Filen", "Directory": "Mappen", "Path": "Stien"}
_SENTENCES = ("first", "rest")


class NoSuchCommandError(click.UsageError):
    """The error for an unknown command."""

    def __init__(self, name: str, commands: Iterable[str], context: click.Context) -> None:
        super().__init__(f"No such command '{name}'.", context)
        self.name = name
        self.possibilities = difflib.get_close_matches(name, list(commands))


def worded(error: click.UsageError, language: Language) -> str:
    """The message of a usage error, of click or of a command."""
    if isinstance(error, click.NoSuchOption):
        return _missing(_NO_OPTION, error.option_name, error.possibilities, language)
    if isinstance(error, NoSuchCommandError):
        return _missing(_NO_COMMAND, error.name, error.possibilities, language)
    message = " ".join(error.format_message().split())
    return _in_danish(message) if language == "da" else message


def _missing(
    wording: Wording, name: str, possibilities: Iterable[str] | None, language: Language
) -> str:
    """The unknown name, with suggestions; click's wording depends on its version."""
    first = wording.in_language(language).format(name=_quoted(name))
    meant = [_quoted(one) for one in sorted(possibilities or ())]
    if not meant:
        return first
    further = _MEANT if len(meant) == 1 else _ONE_OF
    return further.in_language(language).format(first=first, name=meant[0], names=", ".join(meant))


def _quoted(name: str) -> str:
    return f"'{name}'"


def _in_danish(message: str) -> str:
    """Click's message, on one line, in Danish; one that is not click's stays as it is."""
    for wording in _TEXTS:
        match = re.fullmatch(_pattern(wording.en), message)
        if match is not None:
            parts = match.groupdict()
            parts |= {name: _in_danish(parts[name]) for name in _SENTENCES if name in parts}
            if "kind" in parts:
                parts["kind"] = _KINDS.get(parts["kind"], parts["kind"])
            return wording.da.format(**parts)
    return message


def _pattern(english: str) -> str:
    """A message as a regular expression, with a group for each value, which is not empty."""
    return re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(english))
