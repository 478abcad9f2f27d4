"""Arguments and options that several commands share."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from apd.cli.file_names import STANDARD_OUTPUT, FileName, Use
from apd.cli.help import OUTPUT, option
from apd.cli.language import bad_parameter, language_of_run
from apd.errors import InvalidValue
from apd.findings import Layer
from apd.model.time import read_time
from apd.standard.edition import Edition
from apd.wording import Wording

MOST_PROCESSES = 61
"""The maximum that Windows can wait for."""
DOCUMENTS = FileName(Use.READ, allow_dash=True)
"""Files or directories with documents, or ``-`` for standard input."""
DOCUMENT = FileName(Use.READ, dir_okay=False, allow_dash=True)
"""A file with one document, or ``-`` for standard input."""

_F = TypeVar("_F", bound=Callable[..., Any])

_ATOMICALLY = Wording(
    "Filen skrives helt eller slet ikke.", "The file is written completely or not at all."
)
_SHOW_CPR = Wording("Vis hele CPR-numre.", "Show CPR numbers in full.")


def files(function: _F) -> _F:
    """FILE...: files, directories, or ``-`` for standard input."""
    argument = click.argument("files", nargs=-1, required=True, metavar="FILE...", type=DOCUMENTS)
    return argument(function)


def refused(
    error: InvalidValue, called: str | Wording, advice: Wording | None = None
) -> click.ClickException:
    """The error for a value of an option that the library refuses, by its name on the command line.

    ``advice`` is the remedy, if that of the library is about Python.
    """
    language = language_of_run()
    name = called if isinstance(called, str) else called.in_language(language)
    own = InvalidValue(name, error.problem, advice or error.expected)
    return click.ClickException(own.message(language))


@contextmanager
def refused_as(called: str | Wording, advice: Wording | None = None) -> Iterator[None]:
    """Report what the library refuses as a value of an option; see :func:`refused`."""
    try:
        yield
    except InvalidValue as error:
        raise refused(error, called, advice) from None


def edition(function: _F) -> _F:
    """``--edition 2.0|1.0``."""
    return option(
        "--edition",
        type=click.Choice([one.value for one in reversed(Edition)]),
        default=Edition.CURRENT.value,
        show_default=True,
        da="Den version af Aftaleoversigtens forretningsregler, der kontrolleres efter.",
        en="The edition of Aftaleoversigten's business rules to judge by.",
    )(function)


def sor(function: _F) -> _F:
    """``--sor FILE``, or None if not given."""
    return option(
        "--sor",
        type=FileName(Use.READ),
        metavar="FILE",
        da="Sammenlign SOR-koder, navne, adresser og telefonnumre med dette register: CSV, som "
        "[tool.apd.sor] beskriver.",
        en="Compare SOR codes, names, addresses and telephone numbers with this register: CSV, "
        "as [tool.apd.sor] describes it.",
    )(function)


def output(meaning: Wording, **given: Any) -> Callable[[_F], _F]:
    """``-o``, ``--output OUT`` as ``target``, which is None for standard output."""
    usual: dict[str, Any] = {
        "type": FileName(Use.WRITTEN, allow_dash=True),
        "callback": lambda _, __, path: _unless_standard_output(path),
    }
    return option(
        "-o",
        "--output",
        "target",
        metavar="OUT",
        da=meaning.da,
        en=meaning.en,
        **usual | given,
    )


def output_of(what: Wording, **given: Any) -> Callable[[_F], _F]:
    """``-o``, ``--output OUT``, by default standard output; ``what`` has its article."""
    return output(
        Wording(
            f"Skriv {what.da} til OUT i stedet for til standard output. {_ATOMICALLY.da}",
            f"Write {what.en} to OUT instead of standard output. {_ATOMICALLY.en}",
        ),
        **given,
    )


def output_as_a_whole(what: Wording) -> Callable[[_F], _F]:
    """Like :func:`output_of`, for a command that only writes to standard output."""

    def keep(context: click.Context, _: click.Parameter, path: str | None) -> None:
        context.meta[OUTPUT] = _unless_standard_output(path)

    return output_of(what, expose_value=False, callback=keep)


def _unless_standard_output(path: str | None) -> str | None:
    return None if path == STANDARD_OUTPUT else path


def file_of(
    name: str, parameter: str, what: Wording, *, allow_dash: bool = True
) -> Callable[[_F], _F]:
    """An option for the file to write to; ``what`` has its article."""
    return option(
        name,
        parameter,
        type=FileName(Use.WRITTEN, allow_dash=allow_dash),
        metavar="OUT",
        da=f"Skriv {what.da} til OUT. {_ATOMICALLY.da}",
        en=f"Write {what.en} to OUT. {_ATOMICALLY.en}",
    )


def form(
    *forms: str, help: Wording, aliases: Mapping[str, str] | None = None, **given: Any
) -> Callable[[_F], _F]:
    """``--format`` as ``form``, the first by default; aliases are options such as ``--json``."""
    usual: dict[str, Any] = {"default": forms[0], "show_default": True}
    return option(
        "--format",
        "form",
        type=click.Choice(list(forms)),
        da=help.da,
        en=help.en,
        aliases={name: f"--format={form}" for name, form in (aliases or {}).items()},
        **usual | given,
    )


def show_cpr(meaning: Wording = _SHOW_CPR) -> Callable[[_F], _F]:
    """``--show-cpr``."""
    return option("--show-cpr", is_flag=True, da=meaning.da, en=meaning.en)


def check(meaning: Wording) -> Callable[[_F], _F]:
    """``--check/--no-check``; the meaning says what the check refuses."""
    return option(
        "--check/--no-check",
        default=True,
        da=f"{meaning.da} Sker som standard.",
        en=f"{meaning.en} Done by default.",
    )


def layers(meaning: Wording) -> Callable[[_F], _F]:
    """``--layer`` as ``layers``; the meaning says what is shown for a layer."""
    return option(
        "--layer",
        "layers",
        type=click.Choice([layer.value for layer in Layer]),
        multiple=True,
        da=f"{meaning.da} Kan gentages.",
        en=f"{meaning.en} Can be repeated.",
    )


def jobs(same: Wording) -> Callable[[_F], _F]:
    """``--jobs N``, with a sentence that the result does not depend on it."""
    return option(
        "--jobs",
        type=click.IntRange(1, MOST_PROCESSES),
        default=1,
        show_default=True,
        metavar="N",
        da=f"Arbejd i N processer. {same.da}",
        en=f"Work in N processes. {same.en}",
    )


def now(function: _F) -> _F:
    """``--now``: a time, or None if not given."""
    return option(
        "--now",
        metavar="TIME",
        callback=_time,
        da="Tidspunktet i stedet for urets: 2026-11-02T09:31, som et ur i Danmark viser det, "
        "eller med tidszone.",
        en="The time to use instead of the clock's: 2026-11-02T09:31, as a clock in Denmark "
        "shows it, or with an offset.",
    )(function)


def _time(_: click.Context, __: click.Parameter, text: str | None) -> datetime.datetime | None:
    if text is None:
        return None
    try:
        return read_time(text)
    except (ValueError, OverflowError):
        raise bad_parameter(
            Wording(
                "er ikke et tidspunkt; angiv 2026-11-02T09:31",
                "is not a time; specify a time such as 2026-11-02T09:31",
            )
        ) from None


def day(_: click.Context, __: click.Parameter, text: str | None) -> datetime.date | None:
    """A callback: a day, or None if not given."""
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        raise bad_parameter(
            Wording(
                "er ikke en dag; angiv 2026-12-01", "is not a day; specify a day such as 2026-12-01"
            )
        ) from None
