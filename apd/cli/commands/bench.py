"""``apd bench``: measures validators, with documents whose faults are known or not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from apd.cli import DIFFERENT, options
from apd.cli.file_names import FileName, Use
from apd.cli.help import make_group, option
from apd.cli.io import streams
from apd.cli.io.failures import reading, wrong
from apd.cli.io.inputs import opened
from apd.cli.language import language_of_run, say
from apd.cli.views.tables import write_table
from apd.errors import ApdError, InvalidValue, ParseError
from apd.findings import explained
from apd.limits import MAX_MANIFEST_BYTES, MAX_SVRL_BYTES
from apd.wording import Language, Wording

if TYPE_CHECKING:
    from apd.testing.bench.reports import Judged
    from apd.testing.bench.verdicts import Verdict

_F = TypeVar("_F", bound=Callable[..., Any])

_NO_SVRL = Wording(
    "rummer ingen filer, der slutter på .svrl eller .svrl.xml",
    "holds no files that end with .svrl or .svrl.xml",
)
_FORMS = Wording(
    "text til mennesker; json til programmer, med alle regler; html en side, med alle regler.",
    "text for people; json for programs, with every rule; html a page, with every rule.",
)
_SVRL_ENDINGS = (".svrl.xml", ".svrl")
_XML = ".xml"
_VERDICTS = FileName(Use.READ, allow_dash=True)


@make_group(
    "bench",
    danish="""Bedøm en validator ud fra dokumenter, hvis fejl er kendt.

    "apd generate --defect all --defect none --manifest FILE" danner dokumenterne.
    docs/judging.md har et samlet eksempel.
    """,
    examples=(
        "apd generate --defect all --defect none --manifest wrong.json -o wrong",
        "apd validate --no-compare --format json -o found.jsonl wrong",
        "apd bench score wrong.json found.jsonl",
    ),
)
@click.pass_context
def command(context: click.Context) -> int:
    """Judge a validator by documents whose faults are known.

    "apd generate --defect all --defect none --manifest FILE" makes the documents. docs/judging.md
    has a complete example.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0


def _reported(function: _F) -> _F:
    """The options of a result that is shown as a table, as a page or as JSON."""
    in_form = options.form("text", "json", "html", help=_FORMS, aliases={"--json": "json"})
    return in_form(options.output_as_a_whole(Wording("svaret", "the answer"))(function))


@command.command(
    "score",
    danish="""Vis regel for regel, hvad en validator har set, overset og meldt med urette.

    MANIFEST er skrevet af apd generate --manifest. VERDICTS er JSON Lines: validatorens domme,
    eller rapporten fra apd validate --format json; - er standard input. Afslutningskoden er 0,
    hvis alt blev set og intet andet, ellers 1, og 2, hvis filerne ikke kan bruges.
    """,
    examples=(
        "apd generate --defect br-home --defect none --manifest wrong.json -o wrong",
        "apd validate --no-compare --format json -o found.jsonl wrong",
        "apd bench score wrong.json found.jsonl",
    ),
)
@click.argument("manifest", type=FileName(Use.READ))
@click.argument("verdicts", type=_VERDICTS)
@_reported
def _score(manifest: str, verdicts: str, **given: Any) -> int:
    """Show rule by rule what a validator has seen, missed, and reported wrongly.

    MANIFEST was written by apd generate --manifest. VERDICTS is JSON Lines: the verdicts of the
    validator, or the report of apd validate --format json; - is standard input. The exit status
    is 0 if all was seen and nothing else, otherwise 1, and 2 if the files cannot be used.
    """
    from apd.testing.bench import read_manifest, score

    with _errors_of(manifest):
        known = read_manifest(_content(manifest, MAX_MANIFEST_BYTES))
    with _errors_of(verdicts), _verdicts_of(verdicts) as given_verdicts:
        scored = score(known, given_verdicts)
    _report(scored, **given)
    return 0 if scored.is_perfect else DIFFERENT


@command.command(
    "compare",
    danish="""Vis, hvor to validatorer er uenige om de samme dokumenter.

    FIRST og SECOND er JSON Lines med domme, som for apd bench score; én af dem kan være -,
    standard input. Afslutningskoden er 0, hvis de er enige, ellers 1, og 2, hvis filerne ikke
    kan bruges.
    """,
    examples=(
        "apd validate --format json -o ours.jsonl examples/documents",
        "apd validate --layer schema --format json -o xsd.jsonl examples/documents",
        "apd bench compare ours.jsonl xsd.jsonl",
    ),
)
@click.argument("first", type=_VERDICTS)
@click.argument("second", type=_VERDICTS)
@_reported
def _compare(first: str, second: str, **given: Any) -> int:
    """Show where two validators disagree on the same documents.

    FIRST and SECOND are JSON Lines with verdicts, as for apd bench score; one of them may be -,
    standard input. The exit status is 0 if they agree, otherwise 1, and 2 if the files cannot be
    used.
    """
    from apd.testing.bench import compare

    with _errors_of(first), _verdicts_of(first) as given_verdicts:
        one = [*given_verdicts]
    with _errors_of(second), _verdicts_of(second) as given_verdicts:
        compared = compare(one, given_verdicts)
    _report(compared, **given)
    return 0 if compared.is_equal else DIFFERENT


@command.command(
    "scorecard",
    danish="""Vis for hver leverandørs mappe, hvor mange dokumenter der er uden fund.

    De regler, som flest dokumenter bryder, vises med. VERDICTS er JSON Lines: rapporten fra
    apd validate --format json, eller en anden validators domme; - er standard input.
    Afslutningskoden er 0, og 2, hvis filen ikke kan bruges.
    """,
    examples=(
        "apd validate --format json -o found.jsonl examples/documents",
        "apd bench scorecard found.jsonl",
        "apd bench scorecard --by folder --format html -o vendors.html found.jsonl",
    ),
)
@click.argument("verdicts", type=_VERDICTS)
@option(
    "--by",
    type=click.Choice(["vendor", "folder"]),
    default="vendor",
    show_default=True,
    da="vendor: den første mappe under den, som alle filer ligger i; folder: den mappe, filen "
    "ligger i.",
    en="vendor: the first folder below the one that all files lie in; folder: the folder that "
    "the file lies in.",
)
@_reported
def _scorecard(verdicts: str, by: Any, **given: Any) -> int:
    """Show for each vendor's folder how many documents are clean.

    The rules that most documents break are shown beside it. VERDICTS is JSON Lines: the report of
    apd validate --format json, or the verdicts of another validator; - is standard input. The exit
    status is 0, and 2 if the file cannot be used.
    """
    from apd.testing.bench import scorecards

    with _errors_of(verdicts), _verdicts_of(verdicts) as given_verdicts:
        cards = scorecards(given_verdicts, by)
    _report(cards, **given)
    return 0


@command.command(
    "verdicts",
    danish="""Skriv en anden validators svar som domme, til apd bench score.

    FORM er svrl (rapporter fra en Schematron: FILE er en fil eller en mappe med *.svrl eller
    *.svrl.xml, kaldt som dokumentet) eller xmllint (hvad xmllint --noout --schema skrev).
    Afslutningskoden er 0, og 2, hvis en fil ikke kan bruges.
    """,
    examples=(
        "apd bench verdicts svrl -o theirs.jsonl svrl",
        "apd bench verdicts xmllint -o theirs.jsonl xsd.txt",
    ),
)
@click.argument("form", type=click.Choice(["svrl", "xmllint"]))
@click.argument("files", type=FileName(Use.READ), nargs=-1, required=True, metavar="FILE...")
@options.output_as_a_whole(Wording("dommene", "the verdicts"))
def _verdicts(form: str, files: tuple[str, ...], language: Language) -> int:
    """Write the results of another validator as verdicts, for apd bench score.

    FORM is svrl (reports of a Schematron: FILE is a file, or a directory with *.svrl or
    *.svrl.xml, called as the document is) or xmllint (what xmllint --noout --schema wrote). The
    exit status is 0, and 2 if a file cannot be used.
    """
    from apd.testing.bench.verdicts import written

    made = _of_xmllint(files) if form == "xmllint" else _of_svrl(files)
    for one in made:
        streams.write(f"{written(one)}\n")
    return 0


def _of_xmllint(files: tuple[str, ...]) -> "Iterator[Verdict]":
    from apd.testing.bench import xmllint_verdicts

    def lines() -> Iterator[str]:
        for name in files:
            with _errors_of(name), open(name, encoding="utf-8", errors="replace") as file:
                yield from file

    return xmllint_verdicts(lines())


def _of_svrl(files: tuple[str, ...]) -> "Iterator[Verdict]":
    from apd.testing.bench import svrl_verdict

    for path in chain.from_iterable(map(_svrl_files, files)):
        document = next(
            (str(path).removesuffix(end) for end in _SVRL_ENDINGS if str(path).endswith(end)),
            str(path),
        )
        with _errors_of(str(path)):
            name = document if document.endswith(_XML) else f"{document}{_XML}"
            verdict = svrl_verdict(_content(str(path), MAX_SVRL_BYTES), name)
        yield verdict


def _svrl_files(name: str) -> list[Path]:
    path = Path(name)
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.rglob("*") if one.name.endswith(_SVRL_ENDINGS))
    if not found:
        raise wrong(name, say(_NO_SVRL))
    return found


def _content(name: str, most: int) -> bytes:
    """The content of a file, up to the limit plus one byte, which the reader refuses."""
    with open(name, "rb") as file:
        return file.read(most + 1)


@contextmanager
def _verdicts_of(name: str) -> "Iterator[Iterator[Verdict]]":
    from apd.testing.bench.verdicts import bounded_lines, read_verdicts

    with opened(name) as file:
        yield read_verdicts(bounded_lines(file))


@contextmanager
def _errors_of(name: str) -> Iterator[None]:
    """Report what is wrong with a file."""
    try:
        with reading(name):
            yield
    except InvalidValue as error:
        raise wrong(name, error.refusal.in_language(language_of_run())) from None
    except ParseError as error:
        raise wrong(name, explained(error.findings[0]).in_language(language_of_run())) from None
    except ApdError as error:
        raise wrong(name, error.message(language_of_run())) from None


def _report(judged: "Judged", form: str, language: Language) -> None:
    from apd.testing.bench.reports import as_data, html, sheet

    if form == "html":
        streams.write(html(judged, language))
        return
    if form == "json":
        streams.write(streams.json_line(as_data(judged)))
        return
    made = sheet(judged, language, in_full=False)
    width = max(len(name) for name, _ in made.facts)
    facts = "".join(f"{name:{width}}  {value}\n" for name, value in made.facts)
    streams.write(facts)
    if made.rows:
        streams.write("\n")
        write_table(made.rows, made.heads)
