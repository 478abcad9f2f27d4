"""``apd plan``: what is to be published, replaced and deprecated, and its messages."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import uuid4

import click

from apd.cli import FAILED, options
from apd.cli.help import make_command
from apd.cli.io import streams
from apd.cli.io.document_json import json_reported
from apd.cli.io.failures import reading, safe_name, writing
from apd.cli.io.inputs import Inputs, opened
from apd.cli.language import failure, usage_error
from apd.cli.outbox.acknowledgements import Acknowledgements, under_way
from apd.cli.outbox.directory import Outbox
from apd.cli.outbox.problem_reports import FirstProblems, Problems
from apd.cli.outbox.writer import OutboxWriter
from apd.cli.plan_options import plan_options
from apd.cli.views.labels import Words
from apd.cli.views.plan import PlanView
from apd.cli.xds_options import soap_options
from apd.errors import InvalidValue
from apd.limits import MAX_KEY_BYTES
from apd.model.identifiers import MedComId
from apd.publication import (
    Brake,
    Digester,
    MemoryRegister,
    Outcome,
    PublisherRegister,
    RegisterError,
    Result,
    SqliteRegister,
    plan_each,
)
from apd.publication.bookings_stream import BookingStream
from apd.publication.register import release
from apd.publication.status import status_of
from apd.wording import Language, Wording
from apd.xds import SoapHeader, SoapVersion

REFUSED = 1
"""The exit status if the registry refused a message."""
_NO_REGISTER = Wording(
    "Registret over det publicerede ({name}) findes ikke endnu; planen er lagt, som om intet var "
    "publiceret.",
    "The register {name} does not exist yet; the plan is as if nothing were published.",
)


@make_command(
    "plan",
    danish="""Vis, hvad der skal publiceres, erstattes og fjernes fra visning, og skriv det.

    BOOKINGS er en JSON-fil med alle bookinger (se docs/publishing.md), eller - for standard
    input; der planlægges for det tidspunkt, de blev læst, medmindre --now er angivet. Uden
    BOOKINGS vises det, hvilke beskeder der venter på svar, og hvad registret har afvist.
    Intet sendes, og ingen personoplysninger vises. Afslutningskoden er 1, hvis registret har
    afvist en besked, 2, hvis noget ikke kunne læses, dannes eller skrives, eller hvis planen
    skal bekræftes, ellers 0.
    """,
    examples=(
        "apd plan --register published.db --key key examples/bookings.json",
        "apd plan --register published.db --key key --write outbox examples/bookings.json",
        "apd plan --register published.db --status",
    ),
)
@click.argument("file", metavar="[BOOKINGS]", required=False, type=options.DOCUMENT)
@plan_options
@options.form(
    "text",
    "json",
    "openmetrics",
    help=Wording(
        "text til mennesker; json: ét objekt for hvert trin, svar og tal, på hver sin linje; "
        "openmetrics: tallene fra --status i OpenMetrics' tekstformat, til overvågning.",
        "text for people; json: one object per step, answer and number, each on a line; "
        "openmetrics: the numbers of --status in the OpenMetrics text format, for monitoring.",
    ),
    aliases={"--json": "json", "--openmetrics": "openmetrics"},
)
@options.output_as_a_whole(Wording("planen", "the plan"))
@options.now
@soap_options
def command(
    file: str | None,
    language: Language,
    register_path: str,
    directory: str | None,
    now: datetime.datetime | None,
    **given: Any,
) -> int:
    """Show what is to be published, replaced and deprecated, and write it.

    BOOKINGS is a JSON file with all bookings (see docs/publishing.md), or - for standard input;
    it is planned for the time at which they were read, unless --now is given. Without BOOKINGS
    it is shown which messages await an answer, and what the registry refused. Nothing is sent by
    this, and nothing personal is shown. The exit status is 1 if the registry refused a message, 2
    if something could not be read, made or written, or if the plan has to be confirmed, otherwise
    0.
    """
    words, clock = Words(language), now or datetime.datetime.now(datetime.UTC)
    inputs = Inputs((), words)
    by_hand = _by_hand(given["accepted"], given["lost"])
    _refuse_what_status_does_not(bool(directory or by_hand), given)
    key = b"" if file is None else _key(given["key_path"], language)
    problems = Problems(inputs, words)
    view = PlanView(
        words=words, clock=clock, wants_json=given["form"] == "json", wants_all=given["wants_all"]
    )
    outcomes: list[Outcome] = []
    with ExitStack() as open_files:
        bookings, begun = None, clock
        if file is not None:
            with json_reported(file, inputs, language):
                on_problem = FirstProblems(file, problems)
                bookings = BookingStream(open_files.enter_context(opened(file)), on_problem)
                begun = min(bookings.read_at, clock)
            if inputs.failed:
                return FAILED
        outbox = None if directory is None else _outbox(directory)
        is_planning = bookings is not None
        is_made = is_planning and outbox is not None
        with _register(register_path, words, is_made=is_made, may_miss=is_planning) as register:
            if given["wants_status"]:
                steps = None
                if bookings is not None:
                    plan = plan_each(bookings, register, now or begun, key=key)
                    steps = (step for _, step in plan)
                with json_reported(str(file), inputs, language):
                    status = status_of(register, clock, steps)
                    _note_if_missing(register, register_path, words)
                    view.status(status, as_metrics=given["form"] == "openmetrics")
                return inputs.status
            acknowledgements = Acknowledgements(register, clock, outbox)
            outcomes = _settled(acknowledgements, by_hand, problems)
            view.outcomes(outcomes)
            if given["retries_refused"]:
                view.released(release(register))
            if bookings is None:
                view.under_way(under_way(register))
                view.troubled(list(register.troubled()))
            else:
                writer = OutboxWriter(
                    file=str(file),
                    bookings=bookings,
                    register=register,
                    key=key,
                    outbox=outbox,
                    clock=clock,
                    header=_headers(given["version"], given["security"], given["endpoint"]),
                    brake=Brake(share=given["brake_share"], count=given["brake_count"]),
                    confirmed=given["confirmed"],
                    problems=problems,
                )
                with json_reported(str(file), inputs, language):
                    made = writer.plan(now or begun, view.shows)
                    _note_if_missing(register, register_path, words)
                    shown = writer.carry_out(made)
                    view.plan(shown, made.counted, with_files=outbox is not None)
                    if made.braked is not None:
                        problems.hold(made.braked)
    if inputs.failed:
        return FAILED
    return REFUSED if any(one.result is Result.REFUSED for one in outcomes) else 0


def _headers(version: SoapVersion, security: str, to: str | None) -> Callable[[], SoapHeader]:
    """Makes a header for each message."""
    return lambda: SoapHeader(message_id=uuid4(), to=to, security=security, version=version)


def _refuse_what_status_does_not(writes: bool, given: Mapping[str, Any]) -> None:
    if given["form"] == "openmetrics" and not given["wants_status"]:
        raise usage_error(
            Wording("--openmetrics hører sammen med --status", "--openmetrics goes with --status")
        )
    if given["wants_status"] and (writes or given["retries_refused"]):
        raise usage_error(
            Wording(
                "--status skriver intet: angiv den uden --write, --confirm, --abandon og "
                "--retry-refused",
                "--status writes nothing: specify it without --write, --confirm, --abandon and "
                "--retry-refused",
            )
        )


def _by_hand(accepted: list[MedComId], lost: list[MedComId]) -> dict[MedComId, Result]:
    if not set(accepted).isdisjoint(lost):
        raise usage_error(
            Wording(
                "angiv enten --confirm eller --abandon for et dokument",
                "specify either --confirm or --abandon for a document",
            )
        )
    return dict.fromkeys(accepted, Result.DONE) | dict.fromkeys(lost, Result.NOT_ACCEPTED)


def _settled(
    acknowledgements: Acknowledgements, by_hand: Mapping[MedComId, Result], problems: Problems
) -> list[Outcome]:
    """The outcomes of messages, even if some could not be determined."""
    outcomes: list[Outcome] = []
    with problems.reported():
        acknowledgements.recover()
        for outcome in chain(
            acknowledgements.by_hand(by_hand), acknowledgements.by_answers(problems)
        ):
            outcomes.append(outcome)
        acknowledgements.report_lost(problems)
    return outcomes


def _note_if_missing(register: PublisherRegister, path: str, words: Words) -> None:
    if isinstance(register, MemoryRegister):
        streams.note(f"apd: {words.put(_NO_REGISTER, name=safe_name(path))}")


# --- what is read ----------------------------------------------------------------------------


_WRONG_KEY = Wording(
    "nøglen {name} har {length} bytes og {refusal}",
    "the key {name} has {length} bytes and {refusal}",
)


def _key(path: str | None, language: Language) -> bytes:
    if path is None:
        raise usage_error(
            Wording(
                "mangler indstillingen '--key', som en plan kræver",
                "missing option '--key', which a plan needs",
            )
        )
    name = safe_name(path)
    with reading(path), Path(path).open("rb") as file:
        key = file.read(MAX_KEY_BYTES)
    try:
        Digester(key)
    except InvalidValue as error:
        raise click.ClickException(
            _WRONG_KEY.in_language(language).format(
                name=name, length=len(key), refusal=error.refusal.in_language(language)
            )
        ) from None
    return key


_REGISTER_MISSING = Wording("der er ikke noget register {name}", "there is no register {name}")


def _outbox(directory: str) -> Outbox:
    outbox = Outbox(Path(directory))
    with writing(directory):
        outbox.open()
    return outbox


@contextmanager
def _register(
    path: str, words: Words, *, is_made: bool, may_miss: bool
) -> Iterator[PublisherRegister]:
    """The register, open; made, or done without, if it does not exist and that is asked for."""
    name = safe_name(path)
    if not is_made and not Path(path).exists():
        if not may_miss:
            raise failure(_REGISTER_MISSING, name=name)
        yield MemoryRegister()
        return
    try:
        with SqliteRegister(path) as register:
            yield register
    except RegisterError as error:
        raise click.ClickException(f"{name}: {error.message(words.language)}") from None
