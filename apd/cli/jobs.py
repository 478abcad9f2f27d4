"""Checking one file, and many of them in several processes, in the order they were named."""

import itertools
import multiprocessing
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

import click
from attrs import frozen

from apd.cli.app import internal_fault
from apd.cli.files import File
from apd.cli.inputs import STANDARD_INPUT, bytes_of
from apd.finding import Finding, Layer
from apd.reports.excerpt import Excerpt, excerpts
from apd.rules.documents import DocumentKeys
from apd.rules.settings import Settings
from apd.validation import validate_with_keys
from apd.wording import Language

MOST_PROCESSES = 61
"""More than these Windows cannot wait for."""

_FILES_AT_ONCE = 32
_AHEAD = 4


@frozen(kw_only=True)
class Job:
    """What is to be done with every file; small, as each process gets it.

    Args:
        settings: which rules apply.
        language: of messages.
        schema: path of an XSD, or None for the project's own.
        layers: findings of which layers are told; those of XML always are.
        with_excerpts: look up the line of each finding.
        with_keys: keep what the rules over a set of documents need.
    """

    settings: Settings
    language: Language
    schema: str | None
    layers: frozenset[Layer]
    with_excerpts: bool
    with_keys: bool


@frozen
class Outcome:
    """What came of one file.

    Args:
        file: the file.
        findings: sorted by place.
        excerpts: beside the findings, where they were asked for.
        keys: what the rules over a set of documents need, where they were asked for.
        error: number and words of the system's error, where it could not be read.
        fault: where the program itself failed.
    """

    file: File
    findings: tuple[Finding, ...] = ()
    excerpts: tuple[Excerpt | None, ...] = ()
    keys: DocumentKeys | None = None
    error: tuple[int, str] | None = None
    fault: str | None = None


def outcomes(job: Job, files: Iterable[File], processes: int) -> Generator[Outcome, None, None]:
    """What comes of each file, in the order of the files, whatever the number of processes.

    Raises:
        click.ClickException: a process came to an end that was none of its own.
    """
    if processes == 1:
        return (_checked(job, file) for file in files)
    return _in_processes(job, files, processes)


def _in_processes(
    job: Job, files: Iterable[File], processes: int
) -> Generator[Outcome, None, None]:
    # started afresh: a copy of this process would share its threads and its open files
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, _begin, (job,))
    with _interrupts_ignored():  # and so by every process that begins here
        for _ in range(processes):
            pool.submit(_nothing)
    waiting: deque[Future[list[Outcome]] | list[Outcome]] = deque()
    try:
        for files_at_once in _portions(files):
            if files_at_once[0].path == STANDARD_INPUT:  # only this process can read it
                waiting.append([_checked(job, file) for file in files_at_once])
            else:
                waiting.append(pool.submit(_portion_checked, files_at_once))
            if len(waiting) > processes * _AHEAD:
                yield from _result(waiting.popleft())
        while waiting:
            yield from _result(waiting.popleft())
    except BrokenProcessPool:
        raise click.ClickException("a process was ended from outside; try fewer --jobs") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _portions(files: Iterable[File]) -> Iterator[list[File]]:
    """A few files at a time; standard input by itself."""
    for _, group in itertools.groupby(files, lambda file: file.path == STANDARD_INPUT):
        while portion := list(itertools.islice(group, _FILES_AT_ONCE)):
            yield portion


def _result(waiting: "Future[list[Outcome]] | list[Outcome]") -> list[Outcome]:
    return waiting if isinstance(waiting, list) else waiting.result()


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _nothing() -> None:
    """What a process is given to do so that it begins."""


_job: Job | None = None


def _begin(job: Job) -> None:
    """At the start of a process: Ctrl-C is for the process that started it."""
    global _job
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _job = job


def _portion_checked(files: list[File]) -> list[Outcome]:
    assert _job is not None
    return [_checked(_job, file) for file in files]


def _checked(job: Job, file: File) -> Outcome:
    if file.problem is not None:
        return Outcome(file)
    try:
        data = bytes_of(file.path)
    except OSError as error:
        return Outcome(file, error=(error.errno or 0, error.strerror or ""))
    try:
        report, keys = validate_with_keys(
            data, language=job.language, schema=job.schema, settings=job.settings
        )
        told = tuple(f for f in report.findings if f.layer in job.layers or f.layer is Layer.XML)
        shown = excerpts(data, told) if job.with_excerpts and told else ()
    except Exception as error:  # one bad file never stops the rest
        return Outcome(file, fault=internal_fault(error))
    return Outcome(file, told, shown, keys if job.with_keys else None)
