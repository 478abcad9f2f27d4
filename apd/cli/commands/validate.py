"""``apd validate``: what is wrong with documents, where, and how to mend it."""

import os
from contextlib import closing
from typing import Any

import click
from click.core import ParameterSource

from apd.cli import options, output, progress
from apd.cli.app import version
from apd.cli.checking import Checking
from apd.cli.configuration import Configuration, configuration, rule, severity
from apd.cli.files import Files, count, current_directory
from apd.cli.inputs import printed
from apd.cli.jobs import MOST_PROCESSES, Job
from apd.cli.labels import Words
from apd.cli.report_file import FORMATS, STANDARD_OUTPUT, report_file, report_lines
from apd.errors import InvalidValue
from apd.finding import Layer, Severity
from apd.reports.checked import Context
from apd.rules.catalogue import rules_of_the_library
from apd.rules.settings import Settings
from apd.validation import validate
from apd.wording import Language


def _rules(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    try:
        return tuple(map(rule, names))
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def _severities(
    _: click.Context, __: click.Parameter, pairs: tuple[str, ...]
) -> dict[str, Severity]:
    found = {}
    for pair in pairs:
        name, equals, level = pair.partition("=")
        try:
            if not equals:
                raise ValueError("must be RULE=LEVEL")
            found[rule(name)] = severity(level)
        except ValueError as error:
            raise click.BadParameter(f"{pair}: {error}") from None
    return found


@click.command("validate")
@options.files
@options.language
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="text for people; json (one object a document, each on a line), sarif or junit.",
)
@click.option(
    "--output",
    "target",
    type=click.Path(),
    metavar="FILE",
    help="Write the report there, whole or not at all, and not to standard output.",
)
@click.option(
    "--fail-on",
    type=click.Choice([level.value for level in Severity]),
    default=Severity.ERROR.value,
    show_default=True,
    help="The least severity that makes the exit status 1.",
)
@click.option(
    "--layer",
    "layers",
    type=click.Choice([layer.value for layer in Layer]),
    multiple=True,
    help="Tell findings of this layer only, and of xml. Can be given again.",
)
@click.option(
    "--off",
    multiple=True,
    metavar="RULE",
    callback=_rules,
    help="Switch a rule off, by its id or a clause. Can be given again.",
)
@click.option(
    "--severity",
    "severities",
    multiple=True,
    metavar="RULE=LEVEL",
    callback=_severities,
    help="Give a rule another severity: error, warning or information. Can be given again.",
)
@click.option(
    "--schema", type=click.Path(), metavar="PATH", help="Check against this XSD, such as HL7's."
)
@click.option(
    "--set/--no-set",
    "as_set",
    default=None,
    help="Compare the documents with each other. Done by default where there are several.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, MOST_PROCESSES),
    default=1,
    show_default=True,
    metavar="N",
    help="Work in N processes. The report is the same.",
)
@click.option(
    "--config",
    type=click.Path(),
    metavar="PATH",
    help="Read [tool.apd] of this file, and not of the first pyproject.toml upward that has it.",
)
@click.pass_context
def command(
    context: click.Context, /, files: tuple[str, ...], config: str | None, **given: Any
) -> int:
    """Say what is wrong with appointment documents, and how to mend it.

    FILE is a file, a directory (every *.xml below it) or - for standard input. No personal data
    are shown. The exit status is 0 if nothing is found that counts, 1 if something is (see
    --fail-on), and 2 if any document could not be checked.
    """
    configured = configuration(config)
    language: Language = _given(context, "language", configured.language)
    target = None if given["target"] == STANDARD_OUTPUT else given["target"]
    _refuse_to_overwrite(files, target)
    job = Job(
        settings=_settings(configured, given["off"], given["severities"]),
        language=language,
        schema=given["schema"] or configured.schema,
        layers=frozenset(map(Layer, given["layers"])) or frozenset(Layer),
        with_excerpts=given["form"] == "text",
        with_keys=given["as_set"] is not False,
    )
    _try_schema(job.schema)
    about = Context(
        rules={one.id: one for one in rules_of_the_library()},
        language=language,
        fail_on=Severity(_given(context, "fail_on", configured.fail_on)),
        version=version(),
        ascii_only=target is None and not output.is_utf8(),
        directory=current_directory(),
    )
    words = Words(language)
    with progress.Bar(count(files) if progress.wanted() else 0) as bar:
        checking = Checking(Files(files, words, target), job, words, bar)
        documents = checking.documents(given["jobs"], as_set=given["as_set"])
        with closing(documents), report_file(target) as write:
            for line in report_lines(given["form"], documents, about, target):
                bar.make_room(target)
                write(line)
    return checking.status(about.fail_on)


def _given(context: click.Context, name: str, configured: object) -> Any:
    """What the command line says; else what is configured; else what is usual."""
    is_said = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    return context.params[name] if is_said or configured is None else configured


def _settings(
    configured: Configuration, off: tuple[str, ...], severities: dict[str, Severity]
) -> Settings:
    """A rule that is given a severity on the command line is on, whatever is configured."""
    return Settings(
        off={*off, *(name for name in configured.off if name not in severities)},
        severities={**configured.severity, **severities},
    )


def _refuse_to_overwrite(files: tuple[str, ...], target: str | None) -> None:
    if target is not None and os.path.realpath(target) in map(os.path.realpath, files):
        raise click.UsageError("the report would overwrite a document that is to be checked")


def _try_schema(schema: str | None) -> None:
    """Fail before anything is checked where there is no such schema."""
    if schema is None:
        return
    try:
        validate(b"<a/>", schema=schema)
    except OSError as error:
        raise click.ClickException(f"{printed(schema)}: {error.strerror}") from None
    except InvalidValue:
        raise click.ClickException(f"{printed(schema)}: this is not an XML Schema") from None
