"""``apd generate``: documents of invented patients, without faults or with a given one."""

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from apd.cli import options
from apd.cli.batch import progress
from apd.cli.batch.generation import (
    Made,
    Order,
    begin,
    can_be_continued,
    make,
    portions,
    total,
    write_manifest,
)
from apd.cli.batch.pool import results
from apd.cli.file_names import FileName, Use
from apd.cli.help import make_command, option
from apd.cli.io import streams
from apd.cli.io.failures import cannot_write, safe_name, writing
from apd.cli.language import bad_parameter, failure, usage_error
from apd.cli.rule_arguments import complete_rule, unknown
from apd.errors import InvalidValue
from apd.files import real_path
from apd.sor.register_rules import rules_named
from apd.standard.codes import AppointmentType
from apd.standard.releases import RELEASES, Release
from apd.testing.defects import defects
from apd.testing.synthetic import CATEGORIES, LOCATIONS, MOST_DOCUMENTS, Selection, document_name
from apd.wording import Language, Wording

_ALL, _NONE = "all", "none"
_RELEASES = {release.name: release for release in RELEASES}
_WRITTEN = Wording("Skrevet: {written}", "Written: {written}")
_KEPT = Wording(", fandtes i forvejen: {kept}", ", already existed: {kept}")
_NO_DEFECT = Wording(
    "{name} kan kun brydes, hvor et register er angivet",
    "{name} can only be broken where a register is specified",
)
_OF_THE_CURRENT = Wording(
    "{option} hører til dokumenter i 2.0.1; udelad --release",
    "{option} goes with documents of 2.0.1; leave out --release",
)
_CALLED: dict[str, str | Wording] = {
    "Selection.first": "--from",
    "Selection.last": "--to",
    "number": "--count",
    "Selection": Wording("udvalget", "the selection"),
}
"""The names of fields on the command line."""


def _rules(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str | None, ...]:
    """The rules for ids and clauses, each once, in the order given; None for no rule."""
    found: dict[str | None, None] = {}
    for name in names:
        if name == _NONE:
            found[None] = None
            continue
        rules = rules_named(name)
        if name != _ALL and not rules:
            raise click.BadParameter(unknown(name))
        ids = defects() if name == _ALL else [rule.id for rule in rules if rule.id in defects()]
        if not ids:
            raise bad_parameter(_NO_DEFECT, name=name)
        found |= dict.fromkeys(ids)
    return tuple(found) or (None,)


def _complete_defect(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    others = [CompletionItem(one) for one in (_ALL, _NONE) if one.startswith(incomplete)]
    return [*complete_rule(context, parameter, incomplete), *others]


@make_command(
    "generate",
    danish="""Dan aftaledokumenter med opdigtede patienter, én fil for hvert.

    De er gyldige og uden bemærkninger, eller bryder én regel (--defect). Alle personer,
    numre og steder er opdigtede. Afslutningskoden er 2, hvis en fil ikke kunne skrives,
    ellers 0.
    """,
    examples=(
        "apd generate --count 20 --patients 3 --seed 7 -o documents",
        "apd generate --type 4 --category region --from 2027-01-01 --to 2027-03-31 -o region",
        "apd generate --defect BR-4 --count 3 -o wrong",
    ),
)
@options.output(
    Wording(
        "Mappen til filerne; den oprettes, hvis den ikke findes.",
        "The directory for the files; it is created if it does not exist.",
    ),
    required=True,
    callback=None,
    type=FileName(Use.DIRECTORY),
    aliases={"--out": "--output"},
)
@option(
    "--count",
    type=click.IntRange(1, MOST_DOCUMENTS),
    metavar="N",
    da="Antal dokumenter; ellers ét, eller med --patients ét til hver. Med --defect antallet for "
    "hver regel.",
    en="How many documents; otherwise one, or one each with --patients. With --defect, how many "
    "for each rule.",
)
@option(
    "--patients",
    type=click.IntRange(1, MOST_DOCUMENTS),
    metavar="N",
    da="Antal patienter, som alle dokumenterne er om; de får dem på skift, højst ét om dagen. "
    "Uden den får hver patient nogle få.",
    en="How many patients all documents are about; they get them in turn, one a day at most. "
    "Without it each patient has a few.",
)
@option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    metavar="S",
    da="Et heltal. Det samme giver de samme dokumenter, et andet giver andre patienter.",
    en="A whole number. The same one gives the same documents, another one other patients.",
)
@option(
    "--type",
    "types",
    type=click.Choice([str(int(type)) for type in AppointmentType]),
    multiple=True,
    da="Kun aftaler af denne type. Kan gentages.",
    en="Only appointments of this type. Can be repeated.",
)
@option(
    "--location",
    "locations",
    type=click.Choice(list(LOCATIONS)),
    multiple=True,
    da="Kun aftaler med et sådant mødested. Kan gentages.",
    en="Only appointments at such a location. Can be repeated.",
)
@option(
    "--category",
    "categories",
    type=click.Choice(list(CATEGORIES)),
    multiple=True,
    da="Kun aftaler af denne kategori. Kan gentages.",
    en="Only appointments of this category. Can be repeated.",
)
@option(
    "--from",
    "first",
    callback=options.day,
    metavar="DAY",
    da="Ingen aftale før denne dag, f.eks. 2026-01-01.",
    en="No appointment before this day, such as 2026-01-01.",
)
@option(
    "--to",
    "last",
    callback=options.day,
    metavar="DAY",
    da="Ingen aftale, der begynder efter denne dag.",
    en="No appointment that begins after this day.",
)
@option(
    "--release",
    type=click.Choice(list(_RELEASES)),
    default=Release.V2_0_1.value,
    show_default=True,
    da="Dokumenter, som denne version af DK-APD foreskriver dem.",
    en="Documents in the form of this release of DK-APD.",
)
@option(
    "--defect",
    "defects_wanted",
    multiple=True,
    metavar="RULE",
    callback=_rules,
    shell_complete=_complete_defect,
    da="Dan dokumenter, der bryder denne regel, angivet ved dens id eller en klausul; "
    "all for hver regel, none for ingen. Kan gentages.",
    en="Make documents that break this rule, specified by its id or a clause; all for every "
    "rule, none for no rule. Can be repeated.",
)
@options.file_of(
    "--manifest",
    "manifest",
    Wording(
        "manifestet, som siger, hvad en validator skal finde i hvert dokument,",
        "the manifest, which says what a validator must find in each document,",
    ),
    allow_dash=False,
)
@options.jobs(Wording("Filerne er de samme.", "The files are the same."))
@option(
    "--resume",
    is_flag=True,
    da="Fortsæt et afbrudt arbejde: lad de filer, der findes, være.",
    en="Continue interrupted work: leave existing files alone.",
)
@option(
    "--force",
    is_flag=True,
    da="Overskriv filer, der findes.",
    en="Overwrite existing files.",
)
def command(target: str, jobs: int, resume: bool, force: bool, **given: Any) -> int:
    """Make appointment documents of invented patients, a file each.

    They are valid, without findings, or break one rule (--defect). All persons, numbers and
    places are invented. The exit status is 2 if a file could not be written, otherwise 0.
    """
    if resume and force:
        raise usage_error(
            Wording(
                "--resume og --force kan ikke angives sammen",
                "--resume and --force cannot be combined",
            )
        )
    order = Order(
        directory=real_path(target),
        seed=given["seed"],
        count=_count(given),
        selection=_selection(given),
        defects=given["defects_wanted"],
        keep=resume,
    )
    manifest: str | None = given["manifest"]
    of_the_current = "--defect" if any(order.defects) else "--manifest" if manifest else None
    if of_the_current and order.selection.release != Release.V2_0_1:
        raise usage_error(_OF_THE_CURRENT, option=of_the_current)
    try:
        _look(order, target, force=force)
        begin(order)
        made = _make(order, jobs)
    except OSError as error:
        raise cannot_write(error.filename or target, error) from None
    if manifest is not None:
        with writing(manifest):
            write_manifest(order, manifest)
    if not streams.is_quiet():
        streams.write(_described(made, given["language"]))
    return 0


def _count(given: dict[str, Any]) -> int:
    """The number of documents to generate, one or more for each patient."""
    patients: int = given["patients"] or 1
    count: int = given["count"] or patients
    if count < patients:
        raise usage_error(
            Wording(
                "--count er mindre end --patients; hver patient skal have et dokument",
                "--count is less than --patients; each patient has to have a document",
            )
        )
    return count


def _selection(given: dict[str, Any]) -> Selection:
    chosen: dict[str, Any] = {
        "types": [AppointmentType(int(type)) for type in given["types"]],
        "locations": [LOCATIONS[name] for name in given["locations"]],
        "categories": [CATEGORIES[name] for name in given["categories"]],
        "first": given["first"],
        "last": given["last"],
        "release": _RELEASES[given["release"]],
        "patients": given["patients"],
    }
    try:
        selection = Selection(**{name: value for name, value in chosen.items() if value})
        document_name(given["seed"], _count(given), selection)  # there is something in it
    except InvalidValue as error:
        raise options.refused(error, _CALLED.get(error.field, error.field)) from None
    return selection


_NOT_EMPTY = Wording(
    "{directory} er ikke tom; angiv --resume for at fortsætte afbrudt arbejde eller --force for at "
    "overskrive filer",
    "{directory} is not empty; specify --resume to continue interrupted work, or --force to "
    "overwrite files",
)
_OTHERS = Wording(
    "{directory} rummer filer, der ikke er dannet med disse indstillinger; angiv de samme som før "
    "(kun antallet må være et andet) eller en anden mappe",
    "{directory} holds files that were not made with these options; specify the same options as "
    "before (only the count may differ), or another directory",
)


def _look(order: Order, directory: str, *, force: bool) -> None:
    """Refuse to write to a directory with files, unless requested."""
    path = Path(order.directory)
    if force or not path.exists() or not any(path.iterdir()):
        return
    if not order.keep:
        raise failure(_NOT_EMPTY, directory=safe_name(directory))
    if not can_be_continued(order):
        raise failure(_OTHERS, directory=safe_name(directory))


def _make(order: Order, jobs: int) -> Made:
    written = kept = 0
    with (
        progress.Bar(total(order), progress.SAME_WITH_RESUME) as bar,
        closing(results(partial(make, order), portions(order), jobs)) as done,
    ):
        for made in done:
            written, kept = written + made.written, kept + made.kept
            for _ in range(made.written + made.kept):
                bar.advance()
    return Made(written, kept)


def _described(made: Made, language: Language) -> str:
    written = _WRITTEN.in_language(language).format(written=made.written)
    kept = _KEPT.in_language(language).format(kept=made.kept) if made.kept else ""
    return f"{written}{kept}\n"
