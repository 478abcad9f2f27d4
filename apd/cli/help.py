"""Commands and options: their help in the language of the run, their examples and other names."""

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from inspect import cleandoc
from typing import Any, Final, TypeVar

import click
from click.shell_completion import CompletionItem

from apd.cli.file_names import refuse_clashes
from apd.cli.language import OPTION, language_of_run, say
from apd.wording import Wording

OUTPUT: Final = "apd.output"
"""The key in a context for the file that replaces standard output."""
QUIET: Final = "apd.quiet"
"""The key in a context for the option ``--quiet``."""

_F = TypeVar("_F", bound=Callable[..., Any])

_USAGE = Wording("Brug:", "Usage:")
_HEADINGS = {
    "Options": Wording("Indstillinger", "Options"),
    "Commands": Wording("Kommandoer", "Commands"),
}
_PIECES = (
    ("[OPTIONS]", Wording("[INDSTILLINGER]", "[OPTIONS]")),
    ("[COMMAND] [ARGS]...", Wording("[KOMMANDO] [ARGUMENTER]...", "[COMMAND] [ARGS]...")),
    ("COMMAND [ARGS]...", Wording("KOMMANDO [ARGUMENTER]...", "COMMAND [ARGS]...")),
)
_EXTRAS = (
    ("[default: ", Wording("[standard: ", "[default: ")),
    ("[required]", Wording("[påkrævet]", "[required]")),
    ("; required]", Wording("; påkrævet]", "; required]")),
)
_HELP = Wording("Vis denne hjælp, og afslut.", "Show this message and exit.")
_EXAMPLES = Wording("Eksempler", "Examples")
_ALSO = Wording("Også {names}.", "Also {names}.")
_NO_VALUE = "Option {name!r} does not take a value."
_GOES_ON = " \\"
"""What ends a line in a shell, but not the command."""


class _Formatter(click.HelpFormatter):
    """Click's own texts, in the language of the run."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        for piece, wording in _PIECES:
            args = args.replace(piece, say(wording))
        super().write_usage(prog, args, f"{say(_USAGE)} " if prefix is None else prefix)

    def section(self, name: str) -> Any:
        return super().section(say(_HEADINGS[name]) if name in _HEADINGS else name)


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command with help in both languages, and with the common options ``--lang`` and ``-q``."""

    context_class = _Context

    def __init__(self, *args: Any, danish: str, examples: Sequence[str] = (), **given: Any) -> None:
        super().__init__(*args, **given)
        self.wording = Wording(cleandoc(danish), cleandoc(self.help or ""))
        self.examples = tuple(examples)
        if examples:  # for the page that is generated from the English help
            lines = "".join(f"    {line}\n" for line in examples)
            self.help = f"{self.wording.en}\n\n{lines}"
        is_group = isinstance(self, click.Group)
        own = [_language(is_given=not is_group)]
        self.params = [*self.params, *([] if is_group else [_quiet()]), *own]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the command line, with other names of options replaced by their own."""
        return super().parse_args(ctx, list(self._unaliased(ctx, args)))

    def _unaliased(self, ctx: click.Context, args: Sequence[str]) -> Iterator[str]:
        options = [one for one in self.params if isinstance(one, Option)]
        aliases = {name: own for one in options for name, own in one.aliases.items()}
        takes_value = {name for one in options if not one.is_flag for name in one.opts}
        is_value, is_argument = False, False
        for argument in args:
            name, equals, value = argument.partition("=")
            own = aliases.get(name)
            if is_value or is_argument or own is None:
                is_argument = is_argument or (argument == "--" and not is_value)
                is_value = not is_value and argument in takes_value
                yield argument
                continue
            if equals and "=" in own:
                raise click.BadOptionUsage(name, _NO_VALUE.format(name=name), ctx)
            is_value = not equals and own in takes_value
            yield f"{own}{equals}{value}"

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the command line, with help in the language of the run."""
        found = super().shell_complete(ctx, incomplete)
        meanings = {
            name: one.wording
            for one in self.params
            if isinstance(one, Option)
            for name in (*one.opts, *one.secondary_opts)
        }
        if isinstance(self, click.Group):
            own = self.commands.items()
            meanings |= {name: one.wording for name, one in own if isinstance(one, Command)}
        language = language_of_run(ctx)
        for item in found:
            if item.value in meanings:
                item.help = meanings[item.value].in_language(language).partition("\n")[0]
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Call it, with its output to the file of ``--output``.

        Raises:
            click.UsageError: the files that were named cannot go together.
        """
        path = ctx.meta.get(OUTPUT)
        refuse_clashes(ctx, path)
        if path is None:
            return super().invoke(ctx)
        from apd.cli.io.output_files import output_into  # on first use: it imports all reports

        with output_into(path):
            return super().invoke(ctx)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language of the run."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(self.wording))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples as they are typed, some of them on several lines."""
        if self.examples:
            with formatter.section(say(_EXAMPLES)):
                for example in self.examples:
                    for line in _typed(example, formatter.width - formatter.current_indent):
                        formatter.write(f"{'':{formatter.current_indent}}{line}\n")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option ``--help``, with help in the language of the run."""
        option = super().get_help_option(ctx)
        if option is None:
            return None
        shown = copy(option)
        shown.help = say(_HELP)
        return shown


def _typed(command: str, width: int) -> Iterator[str]:
    """A call on several lines, joined for the shell."""
    words = shlex.split(command, posix=False)
    line = ""
    for at, word in enumerate(words):
        follows = words[at + 1] if word.startswith("-") and at + 1 < len(words) else ""
        if line and len(f"{line} {word} {follows}{_GOES_ON}") > width:
            yield f"{line}{_GOES_ON}"
            line = f"    {word}"
        else:
            line = f"{line} {word}" if line else word
    yield line


class Group(Command, click.Group):
    """A group of commands; without a command it shows its help."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or suggest similar ones."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            from apd.cli.usage_errors import NoSuchCommandError

            raise NoSuchCommandError(name, self.commands, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the first sentence of each command's help."""
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, " ".join(say(one.wording).partition("\n\n")[0].split()))
                    for name, one in self.commands.items()
                    if isinstance(one, Command)
                ]
            )


class Option(click.Option):
    """An option whose help is a :class:`Wording`.

    ``aliases`` are other names of it and what each stands for: one of its own names, or that name
    and a value, such as ``--format=json``.
    """

    def __init__(
        self, *args: Any, help: Wording, aliases: Mapping[str, str] | None = None, **given: Any
    ) -> None:
        self.wording = help
        self.aliases = dict(aliases or {})
        super().__init__(*args, **given | {"help": self.meaning.en})

    @property
    def meaning(self) -> Wording:
        """Its help, with its other names."""
        if not self.aliases:
            return self.wording
        also = _ALSO.filled(names=", ".join(self.aliases))
        return Wording(f"{self.wording.da} {also.da}", f"{self.wording.en} {also.en}")

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return its names and its help in the language of the run."""
        shown = copy(self)
        shown.help = say(self.meaning)
        record = click.Option.get_help_record(shown, ctx)
        if record is None:
            return None
        names, text = record
        for extra, wording in _EXTRAS:
            text = text.replace(extra, say(wording))
        return names, text


def option(*names: str, da: str, en: str, **given: Any) -> Callable[[_F], _F]:
    """Declare an option, as :func:`click.option` does, with help in Danish and English."""
    return click.option(*names, cls=Option, help=Wording(da, en), **given)


def make_command(
    name: str, *, danish: str, examples: Sequence[str]
) -> Callable[[Callable[..., Any]], Command]:
    """Declare a command, whose English help is the docstring of the function."""
    return click.command(name, cls=Command, danish=danish, examples=examples)


def make_group(
    name: str, *, danish: str, examples: Sequence[str]
) -> Callable[[Callable[..., Any]], Group]:
    """Declare a group of commands, as :func:`make_command` declares a command."""
    return click.group(
        name, cls=Group, danish=danish, examples=examples, invoke_without_command=True
    )


def _language(*, is_given: bool) -> Option:
    """``--lang da|en``; :func:`language_of_run` has it also where the command is not given it."""
    return Option(
        [OPTION, "language"],
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


def _quiet() -> Option:
    """``-q``, ``--quiet``: only errors and the result are written."""

    def keep(context: click.Context, _: click.Parameter, is_quiet: bool) -> None:
        context.meta[QUIET] = is_quiet

    return Option(
        ["-q", "--quiet"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=keep,
        help=Wording(
            "Skriv kun resultatet og fejl: ingen fremdrift, bemærkninger og opsummeringer.",
            "Write the result and errors only: no progress, notes or summaries.",
        ),
    )
