"""``apd overview``: one patient's appointments as text, JSON, a page or a calendar."""

import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from apd.cli import FAILED, options
from apd.cli.batch import progress
from apd.cli.batch.documents import count
from apd.cli.file_names import STANDARD_INPUT, STANDARD_OUTPUT, FileName, Use, refuse_to_overwrite
from apd.cli.help import make_command, option
from apd.cli.io import streams
from apd.cli.io.failures import writing
from apd.cli.io.output_files import write_out
from apd.cli.io.overview_entries import Registered, registered
from apd.cli.language import failure, usage_error
from apd.cli.viewer_options import Viewing, keep_record, patient_named, patient_of_file
from apd.cli.views.agenda import agenda, write_agenda, write_patients
from apd.cli.views.labels import Words
from apd.model.contact import Telecom
from apd.overview import Overview, as_csv, as_data, make_overview
from apd.overview.viewers import PatientId, Role, same_person
from apd.privacy.masking import hide_in, show
from apd.wording import Hide, Language, Wording

_A_DAY = 24 * 60
_OTHER_FILES = {"html": "page", "ics": "ics"}
"""The formats with an option of their own, as several may be requested together."""


@make_command(
    "overview",
    danish="""Vis én patients aftaler, som patienten, en pårørende eller en fagperson ser dem.

    FILE er en fil, en mappe (alle *.xml under den) eller - for standard input. CPR-numre
    vises som 251248-****, medmindre --show-cpr er angivet. Er dokumenterne om flere
    patienter, vises en liste over dem, og én af dem skal angives. Afslutningskoden er 2, hvis et
    dokument ikke kunne læses, eller ingen patient er valgt, ellers 0.
    """,
    examples=(
        "apd overview --patient-of examples/documents/home-nurse.xml examples/documents",
        "apd overview --format csv -o rows.csv examples/documents/pool-training-*.xml",
        "apd overview --html page.html --ics calendar.ics examples/documents/pool-training-*.xml",
    ),
)
@options.files
@option(
    "--patient",
    metavar="CPR",
    da="Hvis aftaler; - læser nummeret fra standard input, da andre kan se, hvordan en "
    "kommando er kaldt. Er ikke nødvendigt, hvor alle dokumenter er om én patient.",
    en="Whose appointments; - reads the number from standard input, as others may see "
    "how a command is called. Not needed where all documents are about one patient.",
)
@option(
    "--patient-of",
    type=options.DOCUMENT,
    metavar="FILE",
    da="Aftaler for den patient, som dette dokument er om; det vises ikke af den grund.",
    en="The appointments of the patient whom this document is about; it is not shown for that.",
)
@option(
    "--viewer",
    "role",
    type=click.Choice([role.value for role in Role]),
    default=Role.PATIENT.value,
    show_default=True,
    da="Hvem der ser oversigten.",
    en="Who views the overview.",
)
@option(
    "--viewer-name",
    "name",
    metavar="NAME",
    da="Det fulde navn på den, der ser oversigten.",
    en="The full name of the viewer.",
)
@option(
    "--organization",
    metavar="NAME",
    da="Den organisation, en fagperson handler for.",
    en="The organisation that a professional acts for.",
)
@option(
    "--record",
    metavar="FILE",
    type=FileName(Use.WRITTEN, allow_dash=True),
    da="Tilføj registreringen af visningen til FILE, i klartekst; - er standard error. "
    "Kræves af en fagperson.",
    en="Add the record of the viewing to FILE, in the clear; - is standard error. "
    "Required of a professional.",
)
@options.now
@option(
    "--travel",
    type=click.IntRange(0, _A_DAY),
    default=0,
    metavar="MINUTES",
    da="Hvor lang tid det tager fra ét sted til et andet, for aftaler, der overlapper.",
    en="How long it takes from one place to another, for appointments that overlap.",
)
@option(
    "--deprecated",
    type=options.DOCUMENTS,
    multiple=True,
    metavar="FILE",
    da="Et dokument, som registret har fjernet fra visning, eller en mappe med dem. Kan "
    "gentages. Alle andre er godkendte.",
    en="A document that the registry has deprecated, or a directory of them. Can be "
    "repeated. All others are approved.",
)
@option(
    "--withheld",
    is_flag=True,
    da="Noget er tilbageholdt, fordi patienten har spærret det.",
    en="Something was withheld, as the patient blocked it.",
)
@option(
    "--validate",
    "check",
    is_flag=True,
    aliases={"--check": "--validate"},
    da="Kontrollér dokumenterne, og vis, hvad der findes.",
    en="Validate the documents, and show what is found.",
)
@options.form(
    "text",
    "json",
    "csv",
    "html",
    "ics",
    help=Wording(
        "text til mennesker; json til programmer; csv: en tabel med en række for hver aftale; "
        "html: en side; ics: en kalender.",
        "text for people; json for programs; csv: a table with a row for each appointment; "
        "html: a page; ics: a calendar.",
    ),
    aliases={"--json": "json"},
)
@options.output_as_a_whole(Wording("oversigten", "the overview"))
@options.file_of("--html", "page", Wording("en side", "a page"))
@options.file_of("--ics", "ics", Wording("en kalender", "a calendar"))
@option(
    "--ics-messages",
    "messages",
    type=FileName(Use.DIRECTORY, file_okay=False),
    metavar="DIR",
    da="Skriv en besked til en kalender for hver aftale, der ikke er overstået, til DIR: "
    "REQUEST, eller CANCEL for en, der ikke længere gælder. Kræver --ics-organizer og "
    "--ics-attendee.",
    en="Write a message to a calendar for each appointment that is not over to DIR: REQUEST, "
    "or CANCEL for one that is no longer valid. Needs --ics-organizer and --ics-attendee.",
)
@option(
    "--ics-organizer",
    "organizer",
    metavar="EMAIL",
    da="Den e-mail-adresse, beskederne er fra.",
    en="The e-mail address that the messages are from.",
)
@option(
    "--ics-attendee",
    "attendees",
    multiple=True,
    metavar="EMAIL",
    da="Den e-mail-adresse, beskederne er til. Kan gentages.",
    en="The e-mail address that the messages are for. Can be repeated.",
)
@options.show_cpr()
def command(files: tuple[str, ...], language: Language, show_cpr: bool, **given: Any) -> int:
    """Show one patient's appointments, as a patient, a relative or a professional sees them.

    FILE is a file, a directory (every *.xml below it) or - for standard input. CPR numbers are
    shown as 251248-**** unless --show-cpr is given. Where the documents are about several patients
    these are listed, and one has to be named. The exit status is 2 if any document could not be
    read or no patient is chosen, otherwise 0.
    """
    viewing = Viewing(
        role=Role(given["role"]),
        name=given["name"],
        organization=given["organization"],
        record=given["record"],
    )
    if (other := _OTHER_FILES.get(given["form"])) is not None and given[other] is None:
        given |= {"form": "text", other: STANDARD_OUTPUT}
    _refuse_unless_possible(files, given)
    words, now = Words(language), given["now"] or datetime.datetime.now(datetime.UTC)
    named = patient_named(given["patient"]) or patient_of_file(given["patient_of"], words)
    with progress.Bar(_total(files), progress.NOTHING_WRITTEN) as bar:
        read = registered(
            files,
            given["deprecated"],
            words,
            bar,
            is_withheld=given["withheld"],
            is_checked=given["check"],
        )
        refuse_to_overwrite(_targets(given), read.paths)
        if not read.documents:
            return FAILED
        bar.hide()
        hide = show if show_cpr else hide_in(*read.documents)
        patient = named or _only_patient(read, now, words, hide, is_listed=_is_text(given))
        if not any(same_person(one.id, patient) for one in read.of_patients):
            streams.note(f"apd: {words.put(_NO_DOCUMENT)}")
        overview = make_overview(
            read.entries,
            viewer=viewing.viewer(patient),
            now=now,
            language=language,
            patient=patient,
            travel=datetime.timedelta(minutes=given["travel"]),
        )
        files_made = _files_of(overview, hide, given)
        refuse_to_overwrite(files_made, read.paths)
    if viewing.record is not None:  # before anything is shown
        keep_record(overview.record, viewing.record)
    if given["messages"] is not None:
        with writing(given["messages"]):
            Path(given["messages"]).mkdir(parents=True, exist_ok=True)
    for target, data in files_made.items():
        write_out(target, data)
    if given["form"] == "csv":
        streams.write(as_csv(overview.to_rows(), hide))
    elif given["form"] == "json":
        streams.write(_json(overview, None if show_cpr else hide))
    elif _is_text(given):
        write_agenda(agenda(overview, hide, unread=read.unread))
    return FAILED if read.unread else 0


def _total(files: tuple[str, ...]) -> int | None:
    """The number of documents, if a progress bar is shown."""
    return count(files) if progress.wanted() else None


def _is_text(given: dict[str, Any]) -> bool:
    """Whether text is requested, which is the default."""
    is_file = any(given[name] is not None for name in ("page", "ics", "messages"))
    return given["form"] == "text" and not is_file


def _only_patient(
    read: Registered, now: datetime.datetime, words: Words, hide: Hide, *, is_listed: bool
) -> PatientId:
    """The patient that all documents are about; several are listed, if possible."""
    first, *others = read.of_patients
    if not others:
        return first.id
    if is_listed:
        write_patients((first, *others), now, words, hide)
        streams.flush()  # so that the error comes after them
    raise usage_error(_SEVERAL)


_SEVERAL = Wording(
    "dokumenterne er om flere patienter; angiv en med --patient-of FILE eller --patient CPR",
    "the documents are about several patients; name one with --patient-of FILE or --patient CPR",
)
_NO_DOCUMENT = Wording(
    "intet af dokumenterne er om den patient, der er angivet",
    "none of the documents is about the patient who is named",
)


def _files_of(overview: Overview, hide: Hide, given: dict[str, Any]) -> dict[str, bytes]:
    """The output, by its target."""
    made = {}
    if given["page"] is not None:
        from apd.overview import html  # on first use: text needs no templates

        made[given["page"]] = html.page(overview, hide=hide).encode()
    if given["ics"] is not None:
        from apd.overview import ics

        made[given["ics"]] = ics.calendar(overview, hide=hide)
    if given["messages"] is not None:
        made |= _messages(overview, hide, given)
    return made


def _messages(overview: Overview, hide: Hide, given: dict[str, Any]) -> dict[str, bytes]:
    """The messages by file; a message replaces an older one about the same appointment."""
    from apd.overview import ics

    messages = ics.messages(
        overview,
        organizer=_mailbox(given["organizer"], "--ics-organizer"),
        attendees=[_mailbox(one, "--ics-attendee") for one in given["attendees"]],
        hide=hide,
    )
    folder = Path(given["messages"])
    return {str(folder / f"{message.key}.ics"): message.data for message in messages}


def _mailbox(address: str, option: str) -> Telecom:
    """An e-mail address from the command line."""
    with options.refused_as(option):
        return Telecom.email(address)


def _json(overview: Overview, hide: Hide | None) -> str:
    from apd.cli.io.document_json import masked  # on first use: it needs cattrs

    data = as_data(overview)
    return streams.json_line(data if hide is None else masked(data, hide))


# --- what cannot be done ---------------------------------------------------------------------


def _targets(given: dict[str, Any]) -> list[str]:
    """The files that are written."""
    targets = (given["record"], given["page"], given["ics"])
    return [target for target in targets if target not in (None, STANDARD_OUTPUT)]


def _refuse_unless_possible(files: tuple[str, ...], given: dict[str, Any]) -> None:
    """Refuse an impossible combination of options, before anything is done."""
    whose = (given["patient"], given["patient_of"])
    if None not in whose:
        raise usage_error(
            Wording(
                "angiv enten --patient eller --patient-of",
                "specify either --patient or --patient-of",
            )
        )
    if STANDARD_INPUT in whose and STANDARD_INPUT in (*files, *given["deprecated"]):
        raise usage_error(
            Wording(
                "standard input kan ikke være både et dokument og patientens nummer",
                "standard input cannot be both a document and the patient's number",
            )
        )
    to_output = [given["page"], given["ics"]].count(STANDARD_OUTPUT) + (given["form"] != "text")
    if to_output > 1:
        raise usage_error(
            Wording(
                "kun én form kan skrives til standard output",
                "only one form can go to standard output",
            )
        )
    named = (given["organizer"], given["attendees"])
    if given["messages"] is not None and not all(named):
        raise usage_error(
            Wording(
                "--ics-messages kræver --ics-organizer og --ics-attendee",
                "--ics-messages needs --ics-organizer and --ics-attendee",
            )
        )
    if given["messages"] is None and any(named):
        raise usage_error(
            Wording(
                "--ics-organizer og --ics-attendee hører til --ics-messages",
                "--ics-organizer and --ics-attendee go with --ics-messages",
            )
        )
    if given["page"] is not None and find_spec("jinja2") is None:
        raise failure(_NOT_INSTALLED)


_NOT_INSTALLED = Wording(
    "jinja2 er ikke installeret: pip install 'dk-apd[html]'",
    "jinja2 is not installed: pip install 'dk-apd[html]'",
)
