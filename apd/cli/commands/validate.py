"""``apd validate``: the findings of documents, with places and remedies."""

import datetime
import os
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from attrs import evolve
from click.core import ParameterSource

from apd import __version__
from apd.cda.xml import parse
from apd.cli import options
from apd.cli.batch import progress
from apd.cli.batch.batched_checks import Checking
from apd.cli.batch.documents import Files, count, current_directory
from apd.cli.batch.jobs import Job
from apd.cli.batch.resume import earlier_run
from apd.cli.batch.spool import Done, Seen, Spool
from apd.cli.configuration import configuration, register_is_read
from apd.cli.file_names import FileName, Use
from apd.cli.help import make_command, option
from apd.cli.io import streams
from apd.cli.io.failures import reading, safe_name, writing
from apd.cli.io.inputs import Names
from apd.cli.io.output_files import report_file, report_lines
from apd.cli.language import bad_parameter, chosen, language_of_run, say, usage_error
from apd.cli.rule_arguments import complete_rule, complete_severity
from apd.cli.views.labels import Words
from apd.errors import InvalidValue
from apd.files import XML_FILES
from apd.findings import Layer, Severity
from apd.reports.baseline import Baseline, Comparison
from apd.reports.checked import Context
from apd.reports.contract import header
from apd.reports.formats import FORMATS
from apd.rules.catalogue import rules_of_the_library
from apd.rules.cross_document import RULES as SET_RULES
from apd.rules.schema_layer import Verdict, violations
from apd.rules.settings import applied, rule_set
from apd.settings_file import ProjectSettings, severity
from apd.wording import Language, Wording

_KEY_SIZE = 32
_WITH_RESUME = Wording(
    "--resume-from kan ikke angives sammen med {option}",
    "--resume-from cannot be used with {option}",
)
_NO_PAIR = Wording("{pair}: skal være RULE=LEVEL", "{pair}: must be RULE=LEVEL")
_UPDATES_WHAT = Wording(
    "--update-baseline kræver --baseline FILE", "--update-baseline requires --baseline FILE"
)
_NOT_WITH_RESUME = {
    "target": Wording("--output", "--output"),
    "form": Wording("--format, bortset fra json", "--format other than json"),
    "as_set": Wording("--compare", "--compare"),
}


def _severities(
    _: click.Context, __: click.Parameter, pairs: tuple[str, ...]
) -> dict[str, Severity]:
    found = {}
    for pair in pairs:
        name, equals, level = pair.partition("=")
        if not equals:
            raise bad_parameter(_NO_PAIR, pair=pair)
        try:
            found[name] = severity(level)
        except InvalidValue as error:
            raise click.BadParameter(f"{pair}: {say(error.refusal)}") from None
    return found


@make_command(
    "validate",
    danish="""Vis, hvad der er galt med aftaledokumenter, og hvordan det rettes.

    FILE er en fil, en mappe (alle *.xml under den), et arkiv (alle *.xml i en .zip, .tar,
    .tar.gz eller .tgz) eller - for standard input. Ingen personoplysninger vises.
    Afslutningskoden er 0, hvis der ikke er fund, der tæller, 1, hvis der er (se --fail-on),
    og 2, hvis et dokument ikke kunne kontrolleres.
    """,
    examples=(
        "apd validate examples/documents",
        "apd validate --format sarif -o report.sarif examples/documents",
        "apd validate --severity BR-4=warning --off br-home examples/documents/home-nurse.xml",
    ),
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=options.DOCUMENTS)
@option(
    "--files-from",
    "listed_in",
    type=FileName(Use.READ, allow_dash=True),
    metavar="LIST",
    da="Kontrollér også de filer, som LIST nævner, én på hver linje; - er standard input.",
    en="Also check the files that LIST names, one per line; - is standard input.",
)
@option(
    "-0",
    "--null",
    is_flag=True,
    da="Navnene i LIST slutter med NUL, ikke med linjeskift.",
    en="The names in LIST end with NUL, not with a newline.",
)
@option(
    "--apd-only",
    is_flag=True,
    da="Spring filer over, som efter rod og template-id'er ikke har med aftaledokumenter "
    "at gøre; de tælles, og det vises, hvad de er.",
    en="Skip files that have nothing to do with appointment documents, judged by root "
    "and template ids; they are counted by kind.",
)
@option(
    "--strict",
    is_flag=True,
    da="Hver fil skal være et aftaledokument, og et, som modtagerne kan læse.",
    en="Every file must be an appointment document, and one that receivers can read.",
)
@options.form(
    "text",
    *FORMATS,
    help=Wording(
        "".join(
            (
                "text til mennesker",
                *(f"; {key}: {one.about.da}" for key, one in FORMATS.items()),
                ".",
            )
        ),
        "".join(
            ("text for people", *(f"; {key}: {one.about.en}" for key, one in FORMATS.items()), ".")
        ),
    ),
)
@options.output_of(Wording("rapporten", "the report"))
@option(
    "--resume-from",
    "resume",
    type=FileName(Use.WRITTEN),
    metavar="FILE",
    aliases={"--resume": "--resume-from"},
    da="Skriv rapporten som JSON Lines til FILE, linje for linje; det, FILE allerede "
    "rummer fra en afbrudt kørsel, gøres ikke igen.",
    en="Write the report as JSON Lines to FILE, line by line; what FILE already reports "
    "from an interrupted run is not done again.",
)
@option(
    "--fail-on",
    type=click.Choice([level.value for level in Severity]),
    default=Severity.ERROR.value,
    show_default=True,
    da="Den laveste alvorlighed, der giver afslutningskode 1.",
    en="The lowest severity that makes the exit status 1.",
)
@option(
    "--baseline",
    type=FileName(Use.KEPT),
    metavar="FILE",
    da="Kun fund, der ikke findes i FILE, tæller; nye og forsvundne fund vises.",
    en="Only findings that are not in FILE count; new and gone findings are reported.",
)
@option(
    "--update-baseline",
    is_flag=True,
    da="Skriv alle fund til baseline-filen, når alt er kontrolleret.",
    en="Write all findings to the file of the baseline when everything has been checked.",
)
@options.layers(
    Wording("Vis kun fund i dette lag og i xml.", "Report findings of this layer only, and of xml.")
)
@option(
    "--off",
    multiple=True,
    metavar="RULE",
    shell_complete=complete_rule,
    da="Slå en regel fra, angivet ved dens id eller en klausul. Kan gentages.",
    en="Switch a rule off, by its id or a clause. Can be repeated.",
)
@option(
    "--severity",
    "severities",
    multiple=True,
    metavar="RULE=LEVEL",
    callback=_severities,
    shell_complete=complete_severity,
    da="Skift en regels alvorlighed til error, warning eller information. Kan gentages.",
    en="Change the severity of a rule to error, warning or information. Can be repeated.",
)
@options.edition
@option(
    "--as-release",
    is_flag=True,
    da="Kontrollér et dokument af en ældre version af DK-APD som det, det er: det, som den "
    "version ikke krævede, er ikke et fund.",
    en="Judge a document of an older release of DK-APD as what it is: what that release did not "
    "require is not a finding.",
)
@option(
    "--schema",
    type=FileName(Use.READ),
    metavar="PATH",
    da="Kontrollér mod dette XSD, f.eks. HL7's.",
    en="Check against this XSD, such as HL7's.",
)
@options.sor
@option(
    "--compare/--no-compare",
    "as_set",
    aliases={"--set": "--compare", "--no-set": "--no-compare"},
    default=None,
    da="Sammenlign dokumenterne med hinanden. Sker som standard, hvor der er flere.",
    en="Compare the documents with each other. Done by default where there are several.",
)
@options.jobs(Wording("Rapporten er den samme.", "The report is the same."))
@option(
    "--config",
    type=FileName(Use.READ),
    metavar="PATH",
    da="Læs indstillingerne i denne fil og ikke i den første apd.toml eller pyproject.toml med "
    "[tool.apd] opad.",
    en="Read the settings from this file instead of the first apd.toml, or pyproject.toml with "
    "[tool.apd], upwards.",
)
@click.pass_context
def command(
    context: click.Context, /, files: tuple[str, ...], config: str | None, **given: Any
) -> int:
    """Report what is wrong with appointment documents, and how to fix it.

    FILE is a file, a directory (every *.xml below it), an archive (every *.xml in a .zip, .tar,
    .tar.gz or .tgz) or - for standard input. No personal data are shown. The exit status is 0 if
    nothing is found that counts, 1 if something is (see --fail-on), and 2 if any document could
    not be checked.
    """
    names = _names(files, given["listed_in"], is_null=given["null"])
    resume: str | None = given["resume"]
    if resume is not None:
        _refuse_with_resume(context)
        given.update(target=resume, form="json", as_set=False)
    configured = configuration(config)
    on_command_line = any(  # before or after the command
        one.get_parameter_source("language") is ParameterSource.COMMANDLINE
        for one in (context.find_root(), context)
    )
    language = chosen(language_of_run() if on_command_line else None, configured.language)
    target = given["target"]
    given.update(
        edition=_given(context, "edition", configured.edition),
        baseline=given["baseline"] or configured.baseline,
        layers=given["layers"] or configured.layers,
        strict=given["strict"] or configured.strict,
    )
    job = _job(given, configured, language)
    _try_schema(job.schema)
    baseline = _baseline_file(given)
    known = None if baseline is None else _comparison(baseline, updates=given["update_baseline"])
    about = Context(
        rules={one.id: one for one in (*rules_of_the_library(), *job.settings.rules)},
        language=language,
        fail_on=Severity(_given(context, "fail_on", configured.fail_on)),
        version=__version__,
        ascii_only=target is None and not streams.is_utf8(),
        directory=current_directory(),
        rule_set=rule_set(job.settings),
        set_rules=tuple(
            one.id
            for one in SET_RULES
            if one.id in applied(job.settings) and one.layer in job.layers
        ),
        layers=tuple(layer for layer in Layer if layer in job.layers),
        strict=given["strict"],
        documentation=configured.documentation,
        schema=_shown(job.schema),
        baseline=_shown(baseline),
        date=datetime.date.today().isoformat(),
    )
    words = Words(language)
    with Spool() as spool, progress.Bar(_total(names), _going_on(given)) as bar:
        earlier = None if resume is None else earlier_run(resume, Done(spool))
        to_check = Files(
            names,
            words,
            Seen(spool),
            target,
            patterns=configured.files or XML_FILES,
            root=None if configured.file is None else Path(configured.file).parent,
        )
        checking = Checking(to_check, job, words, bar, earlier, known)
        about = evolve(about, ending=checking.ending)
        if earlier is not None:
            earlier.check_same(header(about))
        documents = checking.documents(given["jobs"], spool, as_set=given["as_set"])
        with (
            closing(documents),
            report_file(target) if earlier is None else earlier.file() as write,
        ):
            lines = report_lines(given["form"], documents, about, target)
            if earlier is not None and earlier.length:
                next(lines)  # the header, which exists
            for line in lines:
                bar.make_room(target)
                write(line)
    if baseline is not None and known is not None and given["update_baseline"]:
        with writing(baseline):
            known.updated(checking.silent_rules).write(baseline)
        return checking.status(None)
    return checking.status(about.fail_on)


def _shown(path: str | None) -> str | None:
    """The name of a file in a report, without a home directory."""
    if path is None:
        return None
    try:
        return safe_name(os.path.relpath(path))
    except (OSError, ValueError):  # there is no current directory, or it is on another drive
        return safe_name(Path(path).name)


def _baseline_file(given: dict[str, Any]) -> str | None:
    path: str | None = given["baseline"]
    if given["update_baseline"]:
        if path is None:
            raise usage_error(_UPDATES_WHAT)
        if given["resume"] is not None:
            raise usage_error(_WITH_RESUME, option="--update-baseline")
    return path


def _comparison(path: str, *, updates: bool) -> Comparison:
    """The baseline; an empty one if its file is to be created."""
    with reading(path), options.refused_as(safe_name(path)):
        try:
            return Comparison(Baseline.read(path), keeps_found=updates)
        except FileNotFoundError:
            if not updates:
                raise
            return Comparison(Baseline(), keeps_found=True)


def _going_on(given: dict[str, Any]) -> Wording:
    """How to continue after Ctrl-C."""
    return _WITH_A_FILE if given["resume"] is None else _SAME_AGAIN


_SAME_AGAIN = Wording(
    "Den samme kommando (--resume-from) fortsætter derfra.",
    "The same command (--resume-from) goes on from there.",
)
_WITH_A_FILE = Wording(
    "Med --resume-from FILE kan en afbrudt kørsel fortsættes.",
    "With --resume-from FILE an interrupted run can be continued.",
)


def _job(given: dict[str, Any], configured: ProjectSettings, language: Language) -> Job:
    for option_name, names in (("--off", given["off"]), ("--severity", given["severities"])):
        for name in names:
            if configured.names.canonical(name) is None:
                raise click.BadParameter(
                    say(configured.names.unknown(name)), param_hint=f"'{option_name}'"
                )
    with register_is_read(configured, given["sor"]):
        settings = configured.with_others(
            off=given["off"],
            severity=given["severities"],
            edition=given["edition"],
            register=given["sor"],
            strict=given["strict"],
            as_release=given["as_release"],
        )
    return Job(
        settings=settings,
        language=language,
        schema=given["schema"] or configured.schema,
        layers=frozenset(map(Layer, given["layers"])) or frozenset(Layer),
        with_excerpts=given["form"] == "text",
        set_key=None if given["as_set"] is False else os.urandom(_KEY_SIZE),
        apd_only=given["apd_only"] and not given["strict"],
    )


def _names(files: tuple[str, ...], listed_in: str | None, *, is_null: bool) -> Names:
    if not files and listed_in is None:
        raise usage_error(
            Wording(
                "mangler argumentet 'FILE...' eller --files-from",
                "missing argument 'FILE...', or --files-from",
            )
        )
    if is_null and listed_in is None:
        raise usage_error(Wording("--null hører til --files-from", "--null goes with --files-from"))
    return Names(files, listed_in, b"\0" if is_null else b"\n")


def _refuse_with_resume(context: click.Context) -> None:
    for name, called in _NOT_WITH_RESUME.items():
        is_given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if is_given and context.params[name] not in ("json", False):
            raise usage_error(_WITH_RESUME, option=say(called))


def _total(names: Names) -> int | None:
    """The number of documents, if a progress bar is shown and it can be known."""
    if not progress.wanted():
        return None
    return count(names) if names.can_be_counted else None


def _given(context: click.Context, name: str, configured: object) -> Any:
    """The value of the command line, else that of the settings, else the default."""
    is_given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    return context.params[name] if is_given or configured is None else configured


def _try_schema(schema: str | None) -> None:
    """Fail before anything is checked if the schema does not exist."""
    if schema is None:
        return
    with reading(schema), options.refused_as(safe_name(schema)):
        violations(Verdict(parse(b"<a/>"), schema))
