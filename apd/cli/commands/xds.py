"""``apd xds``: the metadata of a document, and the messages that publish it."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4, uuid5

import click
from attrs import frozen
from click.shell_completion import CompletionItem

from apd import xds
from apd.cli import FAILED, options
from apd.cli.file_names import STANDARD_OUTPUT, FileName, Use
from apd.cli.help import Option, make_command, option
from apd.cli.io import streams
from apd.cli.io.inputs import Inputs, Source
from apd.cli.io.output_files import write_out
from apd.cli.language import bad_parameter, usage_error
from apd.cli.views.labels import Words
from apd.cli.views.tables import plain, write_table
from apd.cli.xds_options import CODES, code_of, complete_code, soap_options
from apd.errors import InvalidDocument
from apd.findings import Finding, Severity
from apd.privacy.masking import hide_in, show
from apd.reports.checked import Checked, Context
from apd.reports.plain_text import text
from apd.text.characters import json_text
from apd.wording import Hide, Language, Wording
from apd.xds.soap.mtom import read_package
from apd.xds.soap.outgoing import Sending

FOUND = 1
"""The exit status if the metadata have an error."""
_NONE = "none"
_LISTED_IN = "apd.listed_in"
"""The key in a context for the file of ``-o``."""


class _ListsCodes(Option):
    """An option that is carried out before the others are read, as required ones may be missing."""

    def consume_value(self, ctx: click.Context, opts: Mapping[str, Any]) -> tuple[Any, Any]:
        """Its value; what is given to ``-o`` is kept."""
        ctx.meta[_LISTED_IN] = opts.get("target")
        return super().consume_value(ctx, opts)


def _list_codes(context: click.Context, _: click.Parameter, wanted: str | None) -> None:
    if wanted and not context.resilient_parsing:
        rows = [(code.code, code.display or "") for code in CODES[wanted]]
        given = context.meta[_LISTED_IN]
        name = FileName(Use.WRITTEN, allow_dash=True)
        target = STANDARD_OUTPUT if given is None else str(name.convert(given, None, context))
        if target == STANDARD_OUTPUT:
            write_table(rows)
        else:
            write_out(target, plain(rows).encode())
        context.exit()


def _code(_: click.Context, parameter: click.Parameter, text: str) -> str:
    return code_of(str(parameter.name), text)


def _home_community(_: click.Context, __: click.Parameter, text: str | None) -> str | None:
    if text is None or text == _NONE:
        return None
    return code_of("home-community", text.removeprefix("urn:oid:"))


def _complete_home_community(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    none = [CompletionItem(_NONE)] if _NONE.startswith(incomplete) else []
    return [*complete_code(context, parameter, incomplete), *none]


def _entry_uuid(_: click.Context, __: click.Parameter, text: str | None) -> UUID | None:
    if text is None:
        return None
    try:
        return UUID(text.strip().lower().removeprefix("urn:uuid:"))
    except ValueError:
        raise bad_parameter(
            Wording(
                "er ikke en entryUUID; angiv en UUID, eller urn:uuid: og en UUID",
                "is not an entry UUID; specify a UUID, or urn:uuid: and a UUID",
            )
        ) from None


@frozen(kw_only=True)
class _Asked:
    """The input of the output formats; ``hide`` masks CPR numbers, except in messages."""

    source: Source
    configuration: xds.ProducerConfiguration
    entry: xds.DocumentEntry
    sending: Sending
    replaces: UUID | None
    deprecates: UUID | None
    hide: Hide
    ascii_only: bool

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The metadata, with a row for each value."""
        return [
            (row.name, self.hide(f"{row.value} ({row.display})" if row.display else row.value))
            for row in xds.metadata(self.entry)
        ]

    def message(self) -> xds.Message:
        """The requested message."""
        if self.deprecates is not None:
            return self.sending.deprecate(self.entry, self.configuration, self.deprecates)
        return self.sending.publish(self.entry, self.source.data, self.configuration, self.replaces)


def _text(asked: _Asked) -> bytes:
    return plain(asked.rows).encode()


def _json(asked: _Asked) -> bytes:
    from apd.cli.io.document_json import masked  # on first use: text needs no cattrs

    data = xds.metadata_json(asked.entry)
    if asked.hide is not show:
        data = masked(data, asked.hide)
    return f"{json_text(data, ascii_only=asked.ascii_only, indent=2)}\n".encode()


def _fhir(asked: _Asked) -> bytes:
    replaces = None if asked.replaces is None else f"urn:uuid:{asked.replaces}"
    data = xds.document_reference(asked.entry, replaces=replaces, check=asked.sending.check)
    return f"{json_text(data, ascii_only=asked.ascii_only, indent=2)}\n".encode()


def _ebrim(asked: _Asked) -> bytes:
    message = asked.message()
    return read_package(message.body, message.content_type)[0]


def _mime(asked: _Asked) -> bytes:
    return bytes(asked.message())


_FORMS: dict[str, Callable[[_Asked], bytes]] = {
    "text": _text,
    "json": _json,
    "fhir": _fhir,
    "ebrim": _ebrim,
    "mime": _mime,
}
_MESSAGES = ("ebrim", "mime")
_IN_THE_CLEAR = ("fhir", *_MESSAGES)


@make_command(
    "xds",
    danish="""Dan et dokuments XDS-metadata og de beskeder, der publicerer det.

    FILE er en fil, eller - for standard input. Fejl i metadata vises på standard error.
    fhir, ebrim og mime er til maskiner og viser patienten i klartekst. Afslutningskoden er
    1, hvis der er en fejl i metadata, 2, hvis dokumentet ikke kunne læses eller beskeden
    ikke dannes, ellers 0.
    """,
    examples=(
        "apd xds --facility hospital --specialty urologi examples/documents/hospital-visit.xml",
        "apd xds --codes specialty",
        "apd xds --facility hospital --specialty urologi --source 1.2.208.176.43210.8.1.29 "
        "--format mime -o message.mime examples/documents/hospital-visit.xml",
    ),
)
@click.argument("file", metavar="FILE", type=options.DOCUMENT)
@option(
    "--facility",
    required=True,
    metavar="CODE",
    callback=_code,
    shell_complete=complete_code,
    da="Enhedstypen: en kode eller dens danske navn.",
    en="The type of facility (enhedstype): a code, or its Danish name.",
)
@option(
    "--specialty",
    required=True,
    metavar="CODE",
    callback=_code,
    shell_complete=complete_code,
    da="Specialet: en kode eller dens danske navn.",
    en="The specialty (speciale): a code, or its Danish name.",
)
@option(
    "--source",
    metavar="OID",
    da="OID for dit system; beskeder kræver den.",
    en="OID of your system; messages need it.",
)
@option(
    "--home-community",
    metavar="OID",
    default="1.2.208.176.8.1",
    show_default=True,
    callback=_home_community,
    shell_complete=_complete_home_community,
    da="XDS-domænet, angivet ved OID eller navn, f.eks. TEST1; eller none.",
    en="The XDS domain, by its OID or name, such as TEST1; or none.",
)
@click.option(
    "--codes",
    cls=_ListsCodes,
    type=click.Choice(list(CODES)),
    is_eager=True,
    expose_value=False,
    callback=_list_codes,
    help=Wording(
        "Vis de koder, en indstilling kan have, og afslut.",
        "List the codes that an option may have, and exit.",
    ),
)
@options.form(
    *_FORMS,
    default=None,
    aliases={"--json": "json"},
    help=Wording(
        "text (en tabel; standard), json; fhir (en DocumentReference); ebrim (beskedens "
        "XML; standard med --replaces og --deprecate), mime (hele beskeden: headere og "
        "indhold).",
        "text (a table; the default), json; fhir (a DocumentReference); ebrim (the "
        "message's XML; the default with --replaces and --deprecate), mime (the whole "
        "message: headers and body).",
    ),
)
@option(
    "--replaces",
    metavar="ENTRYUUID",
    callback=_entry_uuid,
    da="Dan den besked, der sætter dokumentet i stedet for denne registrerings.",
    en="Make the message that replaces the document of this entry.",
)
@option(
    "--deprecate",
    "deprecates",
    metavar="ENTRYUUID",
    callback=_entry_uuid,
    da="Dan den besked, der fjerner denne registrering, dokumentets egen, fra visning.",
    en="Make the message that deprecates this entry, which is the document's own.",
)
@option(
    "--entry-uuid",
    metavar="ENTRYUUID",
    callback=_entry_uuid,
    da="Id for dokumentets registrering; ellers et nyt.",
    en="Id of the document's entry; a new one otherwise.",
)
@option(
    "--submission-uuid",
    "submission_id",
    type=click.UUID,
    metavar="UUID",
    da="Id for indsendelsen, som beskedens id dannes af; ellers et nyt.",
    en="Id of the submission, from which the id of the message is made; a new one otherwise.",
)
@options.now
@soap_options
@options.output_of(Wording("resultatet", "the result"))
@options.check(
    Wording(
        "Afvis beskeder, hvis metadata mangler noget, der kræves.",
        "Refuse messages whose metadata lack something required.",
    )
)
@options.show_cpr(
    Wording(
        "Vis hele CPR-numre. Beskeder gør det altid.",
        "Show CPR numbers in full. Messages always do.",
    )
)
def command(
    file: str,
    language: Language,
    form: str | None,
    target: str | None,
    *,
    check: bool,
    show_cpr: bool,
    now: datetime.datetime | None,
    **given: Any,
) -> int:
    """Make the XDS metadata of a document, and the messages that publish it.

    FILE is a file, or - for standard input. What is wrong with the metadata is reported on
    standard error. fhir, ebrim and mime are for machines and show the patient in the clear. The
    exit status is 1 if the metadata have an error, 2 if the document could not be read or the
    message not be made, otherwise 0.
    """
    form = _form(form, given)
    configuration = _configuration(given)
    inputs = Inputs((file,), Words(language))
    source = next(iter(inputs), None)
    if source is None:
        return inputs.status
    hide = hide_in(source.document)
    submission_id: UUID = given["submission_id"] or uuid4()
    asked = _Asked(
        source=source,
        configuration=configuration,
        entry=xds.document_entry(
            source.document,
            configuration,
            entry_uuid=given["entry_uuid"] or uuid4(),
            data=source.data,
        ),
        sending=Sending(
            now=now or datetime.datetime.now(datetime.UTC),
            submission_id=submission_id,
            header=xds.SoapHeader(
                message_id=uuid5(submission_id, "message"),
                to=given["endpoint"],
                security=given["security"],
                version=given["version"],
            ),
            check=check,
        ),
        replaces=given["replaces"],
        deprecates=given["deprecates"],
        hide=show if show_cpr else hide,
        ascii_only=target is None and not streams.is_utf8(),
    )
    name = hide(source.name)
    if form in _IN_THE_CLEAR:
        return _write_message(asked, form, target, name, language)
    return _write_metadata(asked, form, target, name, language)


_GOES_WITH = Wording(
    "{option} hører sammen med --format {forms}", "{option} goes with --format {forms}"
)


def _form(form: str | None, given: dict[str, Any]) -> str:
    """The requested format, once the options are known to be compatible."""
    is_about_other = given["replaces"] or given["deprecates"]
    if given["replaces"] and given["deprecates"]:
        raise usage_error(
            Wording(
                "angiv enten --replaces eller --deprecate",
                "specify either --replaces or --deprecate",
            )
        )
    form = form or ("ebrim" if is_about_other else "text")
    wanted = _MESSAGES if given["deprecates"] else _IN_THE_CLEAR
    if is_about_other and form not in wanted:
        option = "--deprecate" if given["deprecates"] else "--replaces"
        raise usage_error(_GOES_WITH, option=option, forms=", ".join(wanted))
    if form in _MESSAGES and given["source"] is None:
        raise usage_error(
            Wording(
                "en besked kræver --source, OID for dit system",
                "a message needs --source, the OID of your system",
            )
        )
    return form


def _configuration(given: dict[str, Any]) -> xds.ProducerConfiguration:
    with options.refused_as("--source"):  # the codes were looked up before
        return xds.ProducerConfiguration(
            healthcare_facility_type_code=given["facility"],
            practice_setting_code=given["specialty"],
            source_id=given["source"],
            home_community_id=given["home_community"],
        )


def _write_message(
    asked: _Asked, form: str, target: str | None, name: str, language: Language
) -> int:
    try:
        data = _FORMS[form](asked)
    except InvalidDocument as error:
        report_findings(name, error.findings, language)
        return FAILED
    write_out(target, data)
    return 0


def _write_metadata(
    asked: _Asked, form: str, target: str | None, name: str, language: Language
) -> int:
    if form == "text" and target is None:
        write_table(asked.rows)
    else:
        write_out(target, _FORMS[form](asked))
    report = xds.check_metadata(
        asked.source.document, asked.entry, asked.source.data, language=language
    )
    report_findings(name, report.findings, language)
    is_wrong = any(finding.severity is Severity.ERROR for finding in report.findings)
    return FOUND if is_wrong else 0


def report_findings(name: str, findings: Iterable[Finding], language: Language) -> None:
    """Report the findings of a document, by a name that may be printed."""
    checked = Checked(name, tuple(findings))
    if not checked.findings:
        return
    streams.flush()  # so that they come after earlier output
    for line in text([checked], Context(rules={}, language=language)):
        shown = "".join(piece for piece, _ in line)
        if shown:
            streams.write_error(shown)
