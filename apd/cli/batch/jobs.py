"""Checks one file, or many in several processes, with the results in order."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from functools import partial
from time import perf_counter

from attrs import evolve, field, frozen

from apd.cda.detection import other_than_appointment
from apd.cli.app import internal_fault
from apd.cli.batch.documents import File
from apd.cli.batch.pool import results
from apd.cli.io.inputs import bytes_of
from apd.errors import RuleError
from apd.findings import Finding, Layer, Report
from apd.reports.excerpt import Excerpt, excerpts
from apd.rules.set_keys import SetKeys
from apd.rules.settings import Settings
from apd.validation import validate, validate_with_keys
from apd.wording import Language

_FILES_AT_ONCE = 32
_BYTES_AT_ONCE = 1 << 20


@frozen(kw_only=True)
class Job:
    """How to check every file; small, as each process gets a copy.

    Args:
        settings: the rules that apply.
        language: the language of messages.
        schema: the path of an XSD, or None for the library's own.
        layers: the layers whose findings are reported; those of XML always are.
        with_excerpts: whether to look up the line of each finding.
        set_key: the secret key for the rules over a set of documents, or None to keep nothing.
        apd_only: whether to leave alone files that are not appointment documents.
    """

    settings: Settings
    language: Language
    schema: str | None
    layers: frozenset[Layer]
    with_excerpts: bool
    set_key: bytes | None = field(repr=False)
    apd_only: bool


@frozen
class Outcome:
    """The outcome for one file.

    Args:
        file: the file, without its bytes.
        findings: sorted by place.
        excerpts: those of the findings, if requested.
        keys: the keys for the rules over a set of documents, if requested.
        error: number and text of the system's error, if the file could not be read.
        fault: the place where the program itself, or a rule from a register, failed.
        document: the UUID of the document; None if it has none.
        seconds: how long the check took.
        left_alone: the kind of the file, if it was left alone.
    """

    file: File
    findings: tuple[Finding, ...] = ()
    excerpts: tuple[Excerpt | None, ...] = ()
    keys: SetKeys | None = None
    error: tuple[int, str] | None = None
    fault: str | None = None
    left_alone: Finding | None = None
    document: str = ""
    seconds: float = field(default=0.0, eq=False)


def outcomes(job: Job, files: Iterable[File], processes: int) -> Generator[Outcome, None, None]:
    """The outcome for each file, in the order of the files, whatever the number of processes."""
    if processes == 1:
        yield from (_checked(job, file) for file in files)
        return
    work = partial(_portion_checked, job)
    with closing(results(work, _portions(files), processes)) as portions:
        for portion in portions:
            yield from portion


def _portions(files: Iterable[File]) -> Iterator[list[File]]:
    """Batches of files, limited in number and in the bytes passed with them."""
    portion: list[File] = []
    size = 0
    for file in files:
        portion.append(file)
        size += len(file.data or b"")
        if len(portion) == _FILES_AT_ONCE or size > _BYTES_AT_ONCE:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _portion_checked(job: Job, files: list[File]) -> list[Outcome]:
    return [_checked(job, file) for file in files]


def _checked(job: Job, given: File) -> Outcome:
    file = evolve(given, data=None)
    if file.problem is not None:
        return Outcome(file)
    try:
        data = bytes_of(file.path) if given.data is None else given.data
    except OSError as error:
        return Outcome(file, error=(error.errno or 0, error.strerror or ""))
    began = perf_counter()
    try:
        other = other_than_appointment(data) if job.apd_only else None
        if other is not None:
            return Outcome(file, left_alone=other)
        report, keys = _validated(job, data)
        reported = tuple(
            f for f in report.findings if f.layer in job.layers or f.layer is Layer.XML
        )
        shown = excerpts(data, reported) if job.with_excerpts and reported else ()
    except RuleError as error:
        return Outcome(file, fault=error.message(job.language))
    except Exception as error:  # one bad file must not stop the rest
        return Outcome(file, fault=internal_fault(error))
    return Outcome(
        file, reported, shown, keys, document=report.document, seconds=perf_counter() - began
    )


def _validated(job: Job, data: bytes) -> tuple[Report, SetKeys | None]:
    language, schema, settings = job.language, job.schema, job.settings
    if job.set_key is None:
        return validate(data, language=language, schema=schema, settings=settings), None
    return validate_with_keys(
        data, key=job.set_key, language=language, schema=schema, settings=settings
    )
