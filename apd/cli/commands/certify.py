"""``apd certify``: the national integration test, run against a producer, with its protocol."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import click

from apd.cli import DIFFERENT, options
from apd.cli.batch import progress
from apd.cli.help import make_command, option
from apd.cli.io.output_files import write_out
from apd.cli.language import failure, usage_error
from apd.standard.codes import AppointmentType
from apd.testing.certification import (
    ROW_IDS,
    Producer,
    ProducerError,
    Protocol,
    RealClock,
    SimulatedClock,
    as_data,
    certify,
    command_maker,
    html,
    load_hook,
    maker,
    markdown,
    publisher,
)
from apd.testing.certification.certifying import ALL_CATEGORIES, ALL_TYPES
from apd.testing.registry import RunningRegistry
from apd.testing.synthetic import CATEGORIES
from apd.wording import Language, Wording

_ONE_OF_THREE = Wording(
    "angiv én af --publisher, --maker og --command",
    "specify one of --publisher, --maker and --command",
)
_TWO_CLOCKS = Wording(
    "--now er for et simuleret ur; udelad den, eller --real-time.",
    "--now is for a simulated clock; leave it out, or --real-time.",
)
_NO_ADDRESS = Wording("Registret kan ikke starte.", "The registry cannot start.")


def _json(protocol: Protocol, language: Language) -> str:
    return f"{json.dumps(as_data(protocol, language), ensure_ascii=False)}\n"


_WRITTEN: dict[str, Callable[[Protocol, Language], str]] = {
    "markdown": markdown,
    "json": _json,
    "html": html,
}


def _hook(name: str, parameter: str, da: str, en: str) -> Callable[[Any], Any]:
    return option(name, parameter, metavar="MODULE:FUNCTION", da=da, en=en)


@make_command(
    "certify",
    danish="""Kør den nationale integrationstest mod dit system, og udfyld testprotokollen.

    Systemet får bookinger, publicerer til et testregister, der kun lever imens, og det
    publicerede hentes og kontrolleres: test 1 til 4 og tretten scenarier, se
    docs/certifying.md. Protokollen indeholder id'er og tider og intet personligt.
    Afslutningskoden er 1, hvis en test ikke er bestået, 2, hvis systemet ikke kan bruges, eller
    noget ikke kan skrives, ellers 0.
    """,
    examples=(
        'apd certify --publisher examples.certified_system:publish --name "Our system 7.1"',
        "apd certify --publisher examples.certified_system:publish --format json -o protocol.json",
    ),
)
@_hook(
    "--publisher",
    "publisher_name",
    da="En Python-funktion, der får bookinger og et register og publicerer.",
    en="A Python function that receives bookings and a registry, and publishes.",
)
@_hook(
    "--maker",
    "maker_name",
    da="En Python-funktion, der danner et dokument af en booking.",
    en="A Python function that makes a document of a booking.",
)
@option(
    "--command",
    "command_line",
    metavar="COMMAND",
    da="En kommando, der danner dokumenter af en fil med bookinger, med {bookings} og {output} "
    "der, hvor filen og mappen skal stå.",
    en="A command that makes documents of a bookings file, with {bookings} and {output} where "
    "the file and the directory belong.",
)
@option(
    "--name",
    "system",
    default="",
    metavar="NAME",
    da="Systemets navn og version.",
    en="The name and version of the system.",
)
@option(
    "--type",
    "types",
    type=click.Choice([str(int(one)) for one in AppointmentType]),
    multiple=True,
    da="En aftaletype, systemet understøtter; ellers alle. Kan gentages.",
    en="A type of appointment that the system supports; otherwise all. Can be repeated.",
)
@option(
    "--category",
    "categories",
    type=click.Choice(list(CATEGORIES)),
    multiple=True,
    da="Hvem der har aftalerne i systemet; ellers region og kommune. Kan gentages.",
    en="Who runs the appointments of the system; otherwise region and municipality. "
    "Can be repeated.",
)
@option(
    "--real-time",
    "is_real",
    is_flag=True,
    da="Mål med maskinens ur, for et system, der publicerer i sin egen takt.",
    en="Use the clock of the machine, for a system that publishes on its own schedule.",
)
@options.now
@options.form(
    *_WRITTEN,
    help=Wording(
        "markdown til mennesker; json til programmer; html: en side.",
        "markdown for people; json for programs; html: a page.",
    ),
    aliases={"--json": "json"},
)
@options.output_of(Wording("protokollen", "the protocol"))
@options.file_of("--html", "page", Wording("også protokollen som side", "the protocol as a page"))
def command(
    publisher_name: str | None,
    maker_name: str | None,
    command_line: str | None,
    system: str,
    types: Sequence[str],
    categories: Sequence[str],
    is_real: bool,
    now: Any,
    form: str,
    target: str | None,
    page: str | None,
    language: Language,
) -> int:
    """Run the national integration test against your system, and fill in its protocol.

    The system is handed bookings and publishes to a registry for tests that lives as long; what was
    published is fetched and checked: tests 1 to 4 and thirteen scenarios, see docs/certifying.md.
    The protocol holds ids and times and nothing personal. The exit status is 1 if a test failed, 2
    if the system cannot be used or something cannot be written, otherwise 0.
    """
    if is_real and now is not None:
        raise usage_error(_TWO_CLOCKS)
    try:
        producer = _producer(publisher_name, maker_name, command_line)
    except ProducerError as error:
        raise failure(error.wording) from None
    clock = RealClock() if is_real else SimulatedClock(now or RealClock().now())
    try:
        registry = RunningRegistry()
    except OSError:
        raise failure(_NO_ADDRESS) from None
    tests = Wording("test", "tests")
    with registry, progress.Bar(len(ROW_IDS), progress.NOTHING_WRITTEN, counted=tests) as bar:
        protocol = certify(
            producer,
            producer_name=system,
            clock=clock,
            registry=registry,
            types=[AppointmentType(int(one)) for one in types] or ALL_TYPES,
            categories=[CATEGORIES[one] for one in categories] or ALL_CATEGORIES,
            on_row=lambda _: bar.advance(),
        )
    if page is not None:
        write_out(page, html(protocol, language).encode())
    write_out(target, _WRITTEN[form](protocol, language).encode())
    return 0 if protocol.is_passed else DIFFERENT


def _producer(
    publisher_name: str | None, maker_name: str | None, command_line: str | None
) -> Producer:
    given = [one for one in (publisher_name, maker_name, command_line) if one is not None]
    if len(given) != 1:
        raise usage_error(_ONE_OF_THREE)
    if command_line is not None:
        return command_maker(command_line)
    if maker_name is not None:
        return maker(load_hook(maker_name))
    return publisher(load_hook(given[0]))
