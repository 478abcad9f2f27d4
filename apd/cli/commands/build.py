"""``apd build``: makes a document from JSON."""

import click

import apd
from apd.cli import options
from apd.cli.help import make_command
from apd.cli.io import streams
from apd.cli.io.document_json import json_reported
from apd.cli.io.failures import writing
from apd.cli.io.inputs import Inputs, bytes_of
from apd.cli.views.labels import Words
from apd.jsonform import MAX_BYTES, loads
from apd.wording import Language, Wording


@make_command(
    "build",
    danish="""Dan et aftaledokument af JSON.

    FILE er en fil med ét dokument i den form, som "apd show --json --show-cpr" skriver, og
    som docs/json.md beskriver, eller - for standard input. Dokumentet er DK-APD 2.0.1.
    Afslutningskoden er 2, hvis det ikke kunne dannes, ellers 0.
    """,
    examples=(
        "apd show --json --show-cpr -o document.json examples/documents/home-nurse.xml",
        "apd build -o document.xml document.json",
    ),
)
@click.argument("file", metavar="FILE", type=options.DOCUMENT)
@options.output_of(Wording("dokumentet", "the document"))
@options.check(
    Wording(
        "Afvis at skrive det, profilen forbyder, eller som mangler det, den kræver.",
        "Refuse to write what the profile forbids, or what lacks something it requires.",
    )
)
def command(file: str, language: Language, target: str | None, check: bool) -> int:
    """Make an appointment document from JSON.

    FILE is a file with one document in the form that "apd show --json --show-cpr" writes and
    docs/json.md describes, or - for standard input. The document is DK-APD 2.0.1. The exit
    status is 2 if it could not be made, otherwise 0.
    """
    inputs = Inputs((file,), Words(language))
    document = _read(file, inputs, language)
    if document is not None:
        try:
            _write(document, target, check=check)
        except apd.InvalidDocument as error:
            inputs.report(file, *(_explained(finding, language) for finding in error.findings))
    return inputs.status


def _read(file: str, inputs: Inputs, language: Language) -> apd.AppointmentDocument | None:
    with json_reported(file, inputs, language):
        return loads(bytes_of(file, MAX_BYTES))
    return None


def _write(document: apd.AppointmentDocument, target: str | None, *, check: bool) -> None:
    if target is None:
        streams.write_bytes(apd.dumps(document, check=check))
        return
    with writing(target):
        apd.dump(document, target, check=check)


def _explained(finding: apd.Finding, language: Language) -> str:
    """The errors with their places; the fields of the model are the keys of the form."""
    wording = finding.wording.in_language(language)
    return f"{f'$.{finding.field}' if finding.field else finding.path}: {wording}"
