"""``apd diff``: what has changed from one document to another."""

from collections.abc import Iterator
from typing import Any

import click

import apd
from apd.change import Change, Comparison
from apd.cli import DIFFERENT, options
from apd.cli.help import make_command, option
from apd.cli.io import streams
from apd.cli.io.inputs import Inputs
from apd.cli.views.labels import Words
from apd.privacy.masking import hide_in, show
from apd.text.characters import json_text
from apd.wording import Language, Wording


@make_command(
    "diff",
    danish="""Vis, hvad der er ændret fra dokument A til dokument B.

    A og B er filer, eller - for standard input. Det vises også, hvad reglerne for
    repeterende aftaler siger om ændringen. Dokumenternes id'er og tidspunkter, version og
    standardens version vises, men tæller ikke med. Afslutningskoden er 0, hvis der ikke er
    andre forskelle, 1, hvis der er, og 2, hvis et dokument ikke kunne læses.
    """,
    examples=(
        "apd diff examples/documents/pool-training-1.xml examples/documents/pool-training-2.xml",
        "apd diff --format json -o changes.json examples/documents/pool-training-1.xml "
        "examples/documents/pool-training-2.xml",
    ),
)
@click.argument("old", metavar="A", type=options.DOCUMENT)
@click.argument("new", metavar="B", type=options.DOCUMENT)
@options.edition
@options.form(
    "text",
    "json",
    help=Wording("text til mennesker; json til programmer.", "text for people; json for programs."),
    aliases={"--json": "json"},
)
@options.output_as_a_whole(Wording("ændringerne", "the changes"))
@option(
    "--show-content",
    is_flag=True,
    da="Vis, hvad der stod, og hvad der står nu, også personoplysninger som navne og årsager.",
    en="Show the old and the new content, including personal data such as names and reasons.",
)
def command(
    old: str,
    new: str,
    language: Language,
    edition: str,
    form: str,
    show_content: bool,
) -> int:
    """Show what has changed from document A to document B.

    A and B are files, or - for standard input. What the rules for repeating
    appointments say of the change is shown as well. Ids and times of the documents, version and
    release are shown, but do not count. The exit status is 0 if nothing else
    differs, 1 if something does, and 2 if a document could not be read.
    """
    inputs = Inputs((old, new), Words(language))
    documents = [source.document for source in inputs]
    if inputs.failed:
        return inputs.status
    first, second = documents
    compared = apd.diff(first, second, language, edition=edition)
    hide = show if show_content else hide_in(first, second)
    lines = (
        _as_json(compared, show_content)
        if form == "json"
        else compared.lines(personal=show_content)
    )
    for line in lines:
        streams.write(f"{streams.printable(hide(line))}\n")
    return 0 if compared.is_same else DIFFERENT


def _as_json(compared: Comparison, show_content: bool) -> Iterator[str]:
    def changes(these: tuple[Change, ...]) -> list[dict[str, Any]]:
        return [_change(change, show_content) for change in these]

    form = {
        "same": compared.is_same,
        "same_patient": compared.is_same_patient,
        "same_appointment": compared.is_same_appointment,
        "changes": changes(compared.changes),
        "unmapped": changes(compared.unmapped),
        "bookkeeping": changes(compared.bookkeeping),
        "consequences": [
            {
                "rule": one.rule,
                "source": one.source,
                "message": one.message,
                "followed": one.is_followed,
            }
            for one in compared.consequences
        ],
    }
    yield json_text(form, ascii_only=not streams.is_utf8())


def _change(change: Change, show_content: bool) -> dict[str, Any]:
    from apd.jsonform import to_data  # on first use: text needs no cattrs

    is_shown = show_content or not change.is_personal
    return {
        "path": change.path,
        "kind": change.kind.value,
        "message": change.describe(personal=show_content),
        "old": to_data(change.old) if is_shown else None,
        "new": to_data(change.new) if is_shown else None,
        "rules": list(change.rules),
    }
