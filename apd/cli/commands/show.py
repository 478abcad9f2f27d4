"""``apd show``: documents as text or JSON, or one of them as a page."""

from pathlib import Path

import apd
from apd.cli import options
from apd.cli.file_names import STANDARD_INPUT, STANDARD_OUTPUT, FileName, Use
from apd.cli.help import make_command, option
from apd.cli.io import streams
from apd.cli.io.failures import printed, unreadable
from apd.cli.io.inputs import Inputs, bytes_of
from apd.cli.io.output_files import report_file
from apd.cli.language import usage_error
from apd.cli.views.card import rows, write_card
from apd.cli.views.labels import Words
from apd.findings import explained
from apd.privacy.masking import hide_in, hide_in_xml, show
from apd.wording import Language, Wording

_FORMS = ("text", "json", "html")


@make_command(
    "show",
    danish="""Vis aftaledokumenter i ord.

    FILE er en fil, en mappe (alle *.xml under den) eller - for standard input. CPR-numre
    vises som 251248-****, medmindre --show-cpr er angivet. Afslutningskoden er 2, hvis et
    dokument ikke kunne læses, ellers 0.
    """,
    examples=(
        "apd show examples/documents/home-nurse.xml",
        "apd show --format json -o documents.jsonl examples/documents",
        "apd show --format html -o page.html examples/documents/home-nurse.xml",
    ),
)
@options.files
@options.form(
    *_FORMS,
    help=Wording(
        "text til mennesker; json: ét dokument på hver linje, og med --show-cpr danner apd build "
        "det samme dokument af den; html: siden af ét dokument.",
        "text for people; json: one document per line, and with --show-cpr apd build makes the "
        "same document from it; html: the page of one document.",
    ),
    aliases={"--json": "json"},
)
@options.output_as_a_whole(Wording("det", "it"))
@option(
    "--html",
    "page",
    type=FileName(Use.WRITTEN, allow_dash=True),
    metavar="OUT",
    da="Skriv ét dokument, gyldigt eller ej, som en HTML-side til OUT: data ved siden af "
    "den læsbare tekst, og hvad kontrollen finder. Filen skrives helt eller slet "
    "ikke.",
    en="Write one document, valid or not, as an HTML page to OUT: its data beside its "
    "readable text, and what validation finds. The file is written completely or not "
    "at all.",
)
@options.show_cpr(
    Wording(
        "Vis hele CPR-numre. I json og html vises også den XML, som modellen ikke har plads til.",
        "Show CPR numbers in full. In json and html, also show the XML that the model has no "
        "place for.",
    )
)
@options.sor
def command(
    files: tuple[str, ...],
    language: Language,
    form: str,
    page: str | None,
    show_cpr: bool,
    sor: str | None,
) -> int:
    """Show appointment documents in words.

    FILE is a file, a directory (every *.xml below it) or - for standard input. CPR numbers
    are shown as 251248-**** unless --show-cpr is given. The exit status is 2 if any document
    could not be read, otherwise 0.
    """
    words = Words(language)
    inputs = Inputs(files, words)
    if form == "html" and page is None:
        page = STANDARD_OUTPUT
    if page is not None:
        file = _only(files, page, form)
        _write_page(file, page, inputs, language, sor, show_cpr=show_cpr)
        return inputs.status
    if sor is not None:
        raise usage_error(Wording("--sor hører til --html", "--sor goes with --html"))
    for number, source in enumerate(inputs):
        document = source.document
        hide = show if show_cpr else hide_in(document)
        if form == "json":
            from apd.cli.io.document_json import as_data  # on first use: others need no cattrs

            data = as_data(document, None if show_cpr else hide)
            streams.write(streams.json_line(data))
        else:
            if number > 0:
                streams.write("\n")
            title = streams.printable(hide(source.name))
            write_card(title, rows(document, words, hide))
    return inputs.status


def _only(files: tuple[str, ...], page: str, form: str) -> str:
    """The only file, for a page, which goes with no other format."""
    if form == "json":
        raise usage_error(
            Wording("angiv enten --html eller --json", "specify either --html or --json")
        )
    if len(files) > 1:
        raise usage_error(_SEVERAL_FILES)
    if Path(files[0]).is_dir():
        raise usage_error(_A_DIRECTORY)
    return files[0]


_SEVERAL_FILES = Wording(
    "--html viser ét dokument, men der er angivet flere filer; én patients aftaler vises af "
    "apd overview --html",
    "--html shows one document, but several files are specified; apd overview --html shows one "
    "patient's appointments",
)
_A_DIRECTORY = Wording(
    "--html viser ét dokument og ingen mappe: angiv en fil; én patients aftaler vises af "
    "apd overview --html",
    "--html shows one document and no directory: specify a file; apd overview --html shows one "
    "patient's appointments",
)


def _write_page(
    file: str,
    page: str,
    inputs: Inputs,
    language: Language,
    sor: str | None,
    *,
    show_cpr: bool,
) -> None:
    """Write the page of a document, also of one that cannot be read."""
    # on first use: text needs neither rules nor templates
    from apd.cli.configuration import configuration, register_is_read
    from apd.overview import html
    from apd.rules.settings import Settings

    project = configuration(None)
    with register_is_read(project, sor):
        settings = Settings(rules=project.sor.rules(sor))
    try:
        data = bytes_of(file)
    except OSError as error:
        inputs.report(file, unreadable(error))
        return
    try:
        hide = hide_in(apd.loads(data))
    except apd.ParseError as error:
        inputs.report(file, *(explained(one).in_language(language) for one in error.findings))
        hide = hide_in_xml(data)
    text = html.document_page(
        data,
        name=None if file == STANDARD_INPUT else printed(file),
        language=language,
        findings=apd.validate(data, settings=settings).findings,
        hide=None if show_cpr else hide,
    )
    if page == STANDARD_OUTPUT:
        streams.write_bytes(text.encode())
    else:
        with report_file(page) as write:
            write(text)
