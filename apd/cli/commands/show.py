"""``apd show``: documents in words, or as JSON."""

import click

from apd.cli import options, output
from apd.cli.card import rows
from apd.cli.card_layout import write_card
from apd.cli.inputs import Inputs
from apd.cli.labels import Words
from apd.cli.masking import Hide, hide_patient, show
from apd.model.document import AppointmentDocument
from apd.wording import Language


@click.command("show")
@options.files
@options.language
@click.option(
    "--json",
    "wants_json",
    is_flag=True,
    help="Write JSON for programs instead: one document a line. With --show-cpr, apd build makes "
    "the same document of it.",
)
@click.option(
    "--show-cpr",
    is_flag=True,
    help="Show CPR numbers in full. With --json, also show the XML that the model has no "
    "place for.",
)
def command(files: tuple[str, ...], language: Language, wants_json: bool, show_cpr: bool) -> int:
    """Show appointment documents in words.

    FILE is a file, a directory (every *.xml below it) or - for standard input. CPR numbers
    are shown as 251248-**** unless --show-cpr is given. The exit status is 2 if any document
    could not be read, otherwise 0.
    """
    words = Words(language)
    inputs = Inputs(files, words)
    for number, source in enumerate(inputs):
        document = source.document
        hide = show if show_cpr else hide_patient(document.appointment.patient.id)
        if wants_json:
            output.write(f"{_as_json(document, None if show_cpr else hide)}\n")
        else:
            if number > 0:
                output.write("\n")
            title = output.printable(hide(source.name))
            write_card(title, rows(document, words, hide))
    return inputs.status


def _as_json(document: AppointmentDocument, hide: Hide | None) -> str:
    from apd.cli.json_form import as_json  # on first use: who reads text needs no cattrs

    return as_json(document, hide, ascii_only=not output.is_utf8())
