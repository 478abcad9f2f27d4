"""The command with its sub-commands, and the exit status for every way to end."""

import importlib
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from apd import __version__
from apd.cli import FAILED, INTERRUPTED, OUTPUT_CLOSED
from apd.cli.commands import COMMANDS
from apd.cli.help import Command, make_command, option
from apd.cli.io import streams
from apd.cli.io.failures import FileError, reason
from apd.cli.language import OwnUsageError, language_of_arguments, language_of_run, say
from apd.wording import Language, Wording

_PACKAGE = Path(__file__).parents[1]

_HELP = "help"
_SEE = Wording("se", "see")
_CANNOT_WRITE = Wording("output kan ikke skrives", "cannot write the output")
_CLOSED = Wording("standard output er lukket", "standard output is closed")


class _LazyGroup(Command, click.Group):
    """Sub-commands whose modules are imported when they are called, not for ``--help``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name == _HELP:
            return _help
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"apd.cli.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        command = self.get_command(ctx, name)
        if command is None and not name.startswith("-"):
            raise no_such_command(name, ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """List the commands, without importing them, and the options."""
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [*_complete_commands(ctx, None, incomplete), *options]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, say(about)) for name, about in COMMANDS.items()])


def _complete_commands(
    context: click.Context, _: click.Parameter | None, incomplete: str
) -> list[CompletionItem]:
    language = language_of_run(context)
    return [
        CompletionItem(name, help=about.in_language(language))
        for name, about in COMMANDS.items()
        if name.startswith(incomplete)
    ]


def no_such_command(name: str, context: click.Context) -> click.UsageError:
    """The error for an unknown command, with suggestions."""
    from apd.cli.usage_errors import NoSuchCommandError

    group = context.command
    names = group.list_commands(context) if isinstance(group, click.Group) else ()
    return NoSuchCommandError(name, names, context)


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"dk-apd {__version__}")
        context.exit()


@click.group(
    cls=_LazyGroup,
    invoke_without_command=True,
    danish="""Læs, vis og kontrollér DK-APD-aftaledokumenter.

    "apd COMMAND --help" viser hjælp til én kommando.
    """,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    da="Vis versionen, og afslut.",
    en="Show the version and exit.",
)
@click.pass_context
def _apd(context: click.Context) -> int:
    """Read, show and check DK-APD appointment documents.

    "apd COMMAND --help" shows the help of one command.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0


@make_command(
    _HELP,
    danish="""Vis hjælp til en kommando, eller til dem alle.""",
    examples=("apd help", "apd help validate"),
)
@click.argument("names", metavar="[COMMAND]...", nargs=-1, shell_complete=_complete_commands)
@click.pass_context
def _help(context: click.Context, names: tuple[str, ...], language: Language) -> int:
    """Show the help of a command, or of all of them."""
    assert context.parent is not None
    shown = context.parent
    for name in names:
        group = shown.command
        command = group.get_command(shown, name) if isinstance(group, click.Group) else None
        if command is None:
            raise no_such_command(name, shown)
        shown = command.make_context(name, [], parent=shown, resilient_parsing=True)
    click.echo(shown.get_help())
    return 0


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line, ``sys.argv`` by default, and return its exit status."""
    language = language_of_arguments(sys.argv[1:] if arguments is None else arguments)
    if sys.stdout is None:
        return _fail(_CLOSED.in_language(language))
    streams.prepare()
    try:
        status = _apd.main(arguments, prog_name="apd", standalone_mode=False, obj=language)
        streams.flush()
    except (KeyboardInterrupt, click.Abort) as error:
        interrupt = error.__context__ or error  # click puts an exception of its own in its place
        for how_far in interrupt.args:
            streams.write_error(f"apd: {how_far}")
        return INTERRUPTED
    except streams.OutputClosedError:
        return OUTPUT_CLOSED
    except streams.OutputFailedError as error:
        return _fail(f"{_CANNOT_WRITE.in_language(language)}: {reason(error.error, language)}")
    except click.ClickException as error:
        return _fail(_in_one_line(error, language))
    except Exception as error:  # the last resort, as a traceback could show personal data
        if sys.flags.dev_mode:
            raise
        return _fail(internal_fault(error))
    return int(status or 0)


def _fail(message: str) -> int:
    """Tell why nothing was done, without the numbers of persons that a value may have."""
    from apd.person_numbers import hide_numbers  # on first use, as completion needs none

    streams.write_error(f"apd: {hide_numbers(message)}")
    return FAILED


def _in_one_line(error: click.ClickException, language: Language) -> str:
    if isinstance(error, FileError):
        return " ".join(error.message.split())
    if isinstance(error, click.UsageError):
        from apd.cli.usage_errors import worded

        message = worded(error, language)
    else:
        message = " ".join(error.format_message().split())
    if not isinstance(error, OwnUsageError):  # click's begin with a capital
        message = f"{message[:1].lower()}{message[1:]}"
    message = message.rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    see = _SEE.in_language(language)
    return f"{message} ({see} {context.command_path} --help)" if context else message


def internal_fault(error: Exception) -> str:
    """The place of a fault of the program itself, without its message, which may quote data."""
    ours = [
        f"{frame.filename.removeprefix(f'{_PACKAGE.parent}/')} line {frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(str(_PACKAGE))
    ]
    where = f" at {ours[-1]}" if ours else ""
    return f"internal error, please report it: {type(error).__name__}{where}"
