"""``apd upgrade``: a document of an older release as DK-APD 2.0.1."""

import datetime
from collections.abc import Iterable
from typing import Any

import click

import apd
from apd.change import Lack, upgrade
from apd.change.upgrade_inputs import ANSWERS
from apd.cli import options
from apd.cli.help import make_command, option
from apd.cli.io import streams
from apd.cli.io.inputs import Inputs
from apd.cli.io.output_files import write_out
from apd.cli.language import bad_parameter
from apd.cli.views.labels import Words
from apd.errors import InvalidValue
from apd.wording import Language, Wording

_MISSING = Wording("{what} Angiv {options}.", "{what} Specify {options}.")
_ADVISED = Wording("{what} Kan angives: {options}.", "{what} Can be specified: {options}.")
_OR = Wording(" og ", " and ")


_UNKNOWN = Wording(
    "'{name}' findes ikke; der er {names}", "'{name}' does not exist; there are {names}"
)


def _answers(_: click.Context, __: click.Parameter, pairs: tuple[str, ...]) -> dict[str, object]:
    found = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise bad_parameter(Wording("skal være NAME=VALUE", "must be NAME=VALUE"))
        if name not in ANSWERS:
            raise bad_parameter(_UNKNOWN, name=name, names=", ".join(ANSWERS))
        try:
            found[name] = ANSWERS[name].read(text)
        except ValueError:
            raise options.refused(_unlike(ANSWERS[name].hint), f"--set {name}") from None
    return found


def _unlike(hint: Wording) -> InvalidValue:
    return InvalidValue("--set", Wording(f"skal være {hint.da}", f"must be {hint.en}"))


@make_command(
    "upgrade",
    danish="""Opgradér et dokument fra en ældre version til DK-APD 2.0.1.

    FILE er en fil, eller - for standard input. Det, dokumentet mangler, nævnes med den
    --set, der angiver det; intet skrives, før alt er angivet. Et dokument, der ændres, skal
    have sit eget id (--set id=new); dets tidspunkt er nu, medmindre --set time angiver et
    andet. Hvad der er gjort, vises på standard error. Afslutningskoden er 2, hvis
    dokumentet ikke kunne læses eller mangler noget, ellers 0.
    """,
    examples=(
        "apd generate --release 1.1 -o older",
        "apd upgrade --set id=new --set version_number=2 --set category=region -o newer.xml "
        "older/0000001-region-type1-sor.xml",
    ),
)
@click.argument("file", metavar="FILE", type=options.DOCUMENT)
@options.output_of(Wording("dokumentet", "the document"))
@option(
    "--set",
    "answers",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_answers,
    da="Angiv det, dokumentet mangler, f.eks. category=region. Kan gentages.",
    en="Specify what the document lacks, such as category=region. Can be repeated.",
)
def command(file: str, language: Language, target: str | None, answers: dict[str, Any]) -> int:
    """Upgrade a document of an older release to DK-APD 2.0.1.

    FILE is a file, or - for standard input. What the document lacks is named with the --set that
    gives it; nothing is written before it has all of it. A document that is changed needs an id
    of its own (--set id=new); its time is now, unless --set time gives another. What was done is
    reported on standard error. The exit status is 2 if the document could not be read or lacks
    something, otherwise 0.
    """
    words = Words(language)
    inputs = Inputs((file,), words)
    source = next(iter(inputs), None)
    if source is None:
        return inputs.status
    try:
        upgraded = upgrade(source.document, **answers)
        if any("time" in lack.answers for lack in upgraded.missing):
            upgraded = upgrade(source.document, **answers, time=datetime.datetime.now(datetime.UTC))
    except apd.InvalidDocument as error:
        inputs.report(file, *(one.wording.in_language(language) for one in error.findings))
        return inputs.status
    if not upgraded.is_complete:
        inputs.report(file, *_described(_MISSING, upgraded.missing, words))
        return inputs.status
    write_out(target, apd.dumps(upgraded.document))
    steps = (step.wording.in_language(language) for step in upgraded.steps)
    for line in (*steps, *_described(_ADVISED, upgraded.advised, words)):
        streams.note(line)
    return inputs.status


def _described(wording: Wording, lacks: Iterable[Lack], words: Words) -> Iterable[str]:
    """The missing data, with the options that provide them."""
    for lack in lacks:
        given = (f"--set {name}=… ({words.put(ANSWERS[name].hint)})" for name in lack.answers)
        described = words.put(lack.wording)
        yield words.put(wording, what=described, options=words.put(_OR).join(given))
