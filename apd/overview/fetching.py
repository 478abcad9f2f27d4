"""Finds (ITI-18), retrieves (ITI-43) and checks a patient's documents for an overview.

::

    from apd import overview
    from apd.overview import fetching

    fetched = fetching.fetch(patient, post)
    shown = overview.make_overview(fetched.entries, patient=patient, viewer=viewer, now=now)
    for problem in fetched.problems:
        log.warning(problem.message())

``post`` is the caller's: nothing here opens a connection. ``docs/fetching.md`` says what is
checked.
Source: IHE ITI TF-2, ITI-18 and ITI-43; Aftaleoversigten 1.0.10, rule #10.
"""

import datetime
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

from attrs import field, frozen

from apd.api import loads
from apd.errors import ApdError
from apd.findings import Severity
from apd.model.identifiers import CprNumber
from apd.model.validators import as_tuple
from apd.overview.fetch_problems import FetchProblem, FetchProblemKind
from apd.overview.selection import (
    Availability,
    Entry,
    NotFetched,
    RegisteredDocument,
    Withheld,
)
from apd.overview.viewers import same_person
from apd.publication.conversations import PATIENCE
from apd.publication.messages import NoReplyError, Reply, header_of, no_header
from apd.publication.publisher import AsyncPost, Post, awaited, posted
from apd.xds import (
    AvailabilityStatus,
    DocumentEntry,
    Message,
    Query,
    RegistryResponse,
    ResponseStatus,
    RetrievedDocument,
    SoapFault,
    Transaction,
    check_retrieved,
    find_documents,
    query,
    read_query_response,
    read_retrieved,
    retrieve,
)
from apd.xds.ebxml.retrieval import MAX_REQUESTED
from apd.xds.metadata.attribute_formats import write_unique_id

__all__ = ["FetchProblem", "FetchProblemKind", "Fetched", "fetch", "fetch_async"]

_APPROVED = (AvailabilityStatus.APPROVED,)
_GONE_FROM_REPOSITORY = "XDSDocumentUniqueIdError"
R = TypeVar("R", bound=RegistryResponse)


def _as_entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return as_tuple(entries)


def _as_problems(problems: Iterable[FetchProblem]) -> tuple[FetchProblem, ...]:
    return as_tuple(problems)


@frozen
class Fetched:
    """The documents of a patient, for :func:`apd.overview.make_overview`.

    Args:
        entries: the documents that agree with their entries, and ``Withheld()`` if documents may
            have been withheld, and ``NotFetched()`` if some could not be fetched.
        problems: the problems, with remedies.
    """

    entries: tuple[Entry, ...] = field(default=(), converter=_as_entries)
    problems: tuple[FetchProblem, ...] = field(default=(), converter=_as_problems)

    @property
    def is_complete(self) -> bool:
        """Whether all documents were fetched; withheld ones do not count."""
        return NotFetched() not in self.entries


def fetch(
    patient: CprNumber,
    post: Post,
    *,
    header: Callable[[], object] = no_header,
    statuses: Iterable[AvailabilityStatus] = _APPROVED,
    starts_from: datetime.datetime | None = None,
    starts_before: datetime.datetime | None = None,
) -> Fetched:
    """Find a patient's documents, retrieve them from each repository, and check them.

    A document is left out and reported if its bytes do not match its entry, if it or its entry is
    about another patient, or if it cannot be retrieved. A failure does not affect the others; after
    three consecutive messages without an answer, no more are sent.

    Args:
        patient: the patient's CPR number.
        post: sends a message to the address of its ``transaction`` and returns the answer: a
            :class:`apd.publication.Reply`, the body and its content type, or the body alone. An
            exception counts as no answer.
        header: is called for each message, and returns a :class:`apd.xds.SoapHeader` or the
            security headers as XML. An exception counts as no answer.
        statuses: approved alone by default; with deprecated ones, an overview shows what is
            cancelled.
        starts_from: the earliest start of an appointment, with a time zone.
        starts_before: the time before which it must start, with a time zone.

    Raises:
        InvalidValue: there is no CPR number, or a time has no zone.
        TypeError: ``post`` or ``header`` returned another type.
    """
    question = find_documents(
        patient, statuses=statuses, starts_from=starts_from, starts_before=starts_before
    )
    return posted(_fetched(patient, question, header), post)


async def fetch_async(
    patient: CprNumber,
    post: AsyncPost,
    *,
    header: Callable[[], object] = no_header,
    statuses: Iterable[AvailabilityStatus] = _APPROVED,
    starts_from: datetime.datetime | None = None,
    starts_before: datetime.datetime | None = None,
) -> Fetched:
    """The same with a coroutine function as ``post``; see :func:`fetch` for the arguments."""
    question = find_documents(
        patient, statuses=statuses, starts_from=starts_from, starts_before=starts_before
    )
    return await awaited(_fetched(patient, question, header), post)


# --- the messages --------------------------------------------------------------------------------


def _fetched(
    patient: CprNumber, question: Query, header: Callable[[], object]
) -> Generator[Message, Reply, Fetched]:
    """Query, and retrieve the documents found."""
    found, problems = yield from _asked(
        lambda: query(question, header_of(header)), Transaction.QUERY, read_query_response
    )
    if found is None:
        return Fetched([NotFetched()], problems)
    is_filtered = found.is_filtered
    entries: list[Entry] = []
    wanted, unwanted = _sorted_out(found.entries, patient)
    problems += unwanted
    unanswered = 0
    for part in _by_repository(wanted):
        response, failed = yield from _asked(
            partial(_retrieval, part, header), Transaction.RETRIEVE, read_retrieved
        )
        problems += failed
        is_silent = any(one.kind is FetchProblemKind.NO_ANSWER for one in failed)
        unanswered = unanswered + 1 if is_silent else 0
        if unanswered >= PATIENCE:
            break  # a person waits for the overview
        if response is None:
            continue
        is_filtered = is_filtered or response.is_filtered
        for entry in part:
            document = response.document(entry)
            is_missing = document is None or not document.data
            if is_missing and (response.is_filtered or _is_failure(response)):
                continue  # the answer says why; what may be withheld is not described
            checked = _checked(entry, document)
            if isinstance(checked, FetchProblem):
                problems.append(checked)
            else:
                entries.append(checked)
    if is_filtered:
        entries.append(Withheld())
    if any(problem.severity is Severity.ERROR for problem in problems):
        entries.append(NotFetched())
    return Fetched(entries, problems)


def _retrieval(entries: Sequence[DocumentEntry], header: Callable[[], object]) -> Message:
    return retrieve(entries, header_of(header))


def _asked(
    message: Callable[[], Message],
    transaction: Transaction,
    read: Callable[[bytes, str | None], R],
) -> Generator[Message, Reply, tuple[R | None, list[FetchProblem]]]:
    """The answer to a message, if there is one, and its problems."""
    try:
        reply = yield message()
        response = read(reply.body, reply.content_type)
    except NoReplyError:
        return None, [_problem(FetchProblemKind.NO_ANSWER, transaction)]
    except SoapFault as fault:
        code = fault.codes[-1] if fault.codes else ""
        return None, [_problem(FetchProblemKind.FAULT, transaction, code=code)]
    except ApdError:
        return None, [_problem(FetchProblemKind.NOT_UNDERSTOOD, transaction)]
    return response, list(_stated(response, transaction))


def _stated(response: RegistryResponse, transaction: Transaction) -> Iterator[FetchProblem]:
    """The problems in an answer, except those that would reveal what was withheld."""
    errors = [error for error in response.errors if not error.is_consent_filter]
    if response.is_filtered:
        # that it is not there may be how a repository words that it is withheld
        errors = [one for one in errors if _bare(one.code) != _GONE_FROM_REPOSITORY]
    is_partial = response.status is ResponseStatus.PARTIAL_SUCCESS
    if is_partial and (not response.is_filtered or _has_error(errors)):
        yield _problem(FetchProblemKind.PARTIAL, transaction)
    elif _is_failure(response) and not response.is_filtered and not _has_error(errors):
        yield _problem(FetchProblemKind.NOT_UNDERSTOOD, transaction)
    for error in errors:
        yield _problem(
            FetchProblemKind.ERROR,
            transaction,
            severity=error.severity,
            code=_bare(error.code),
            context="" if response.is_filtered else error.context,
        )


def _is_failure(response: RegistryResponse) -> bool:
    return response.status is ResponseStatus.FAILURE


def _has_error(errors: Iterable[Any]) -> bool:
    return any(error.severity is Severity.ERROR for error in errors)


def _bare(code: str) -> str:
    return code.rpartition(":")[2]


def _problem(kind: FetchProblemKind, transaction: Transaction, **more: Any) -> FetchProblem:
    return FetchProblem(kind=kind, transaction=transaction, **more)


# --- what was found, and what came ---------------------------------------------------------------


class _Wanted(NamedTuple):
    """The entries to retrieve, and the problems of the others."""

    entries: list[DocumentEntry]
    problems: list[FetchProblem]


def _sorted_out(entries: Iterable[DocumentEntry], patient: CprNumber) -> _Wanted:
    """The entries of the patient that can be retrieved, each document once."""
    wanted: dict[object, DocumentEntry] = {}
    problems: list[FetchProblem] = []
    for entry in entries:
        kind = None
        if entry.patient_id is None or not same_person(entry.patient_id, patient):
            kind = FetchProblemKind.OTHER_PATIENT
        elif not entry.unique_id or not entry.repository_unique_id:
            kind = FetchProblemKind.NO_PLACE
        if kind is not None:
            problems.append(_problem(kind, Transaction.QUERY, document_id=_id_of(entry)))
            continue
        before = wanted.get(entry.unique_id)
        if before is None or _is_approved(entry):
            wanted[entry.unique_id] = entry
    return _Wanted(list(wanted.values()), problems)


def _by_repository(entries: Iterable[DocumentEntry]) -> Iterator[Sequence[DocumentEntry]]:
    """The entries of each repository of each community, in batches of the maximum size."""
    of_place: dict[tuple[str | None, str | None], list[DocumentEntry]] = {}
    for entry in entries:
        place = entry.repository_unique_id, entry.home_community_id
        of_place.setdefault(place, []).append(entry)
    for held in of_place.values():
        for first in range(0, len(held), MAX_REQUESTED):
            yield held[first : first + MAX_REQUESTED]


def _checked(
    entry: DocumentEntry, retrieved: RetrievedDocument | None
) -> RegisteredDocument | FetchProblem:
    """The document of an entry, or the reason why it is left out."""
    if retrieved is None or not retrieved.data:
        return _problem(
            FetchProblemKind.NOT_RETRIEVED, Transaction.RETRIEVE, document_id=_id_of(entry)
        )
    findings = check_retrieved(retrieved.data, entry).errors
    if findings:  # its patient is that of the entry, which is the one that was asked for
        return _problem(
            FetchProblemKind.OTHER_DOCUMENT,
            Transaction.RETRIEVE,
            document_id=_id_of(entry),
            findings=findings,
        )
    status = Availability.APPROVED if _is_approved(entry) else Availability.DEPRECATED
    return RegisteredDocument(loads(retrieved.data), status)


def _is_approved(entry: DocumentEntry) -> bool:
    return entry.availability_status is not AvailabilityStatus.DEPRECATED


def _id_of(entry: DocumentEntry) -> str | None:
    return None if entry.unique_id is None else write_unique_id(entry.unique_id)
