"""The outcome of a submission: ITI-41, ITI-42 and ITI-57.

A submission is accepted as a whole, or refused with an error for each fault. The error codes are
those of IHE. Source: IHE ITI TF-3, sections 4.1 and 4.2.4; TF-2, ITI-41, ITI-42 and ITI-57.
"""

from collections.abc import Callable, Iterator
from uuid import UUID

from attrs import evolve

from apd.findings import Severity
from apd.testing.registry.store import Store
from apd.xds.ebxml.responses import RegistryError, RegistryResponse, ResponseStatus
from apd.xds.ebxml.vocabulary import (
    URN_UUID,
    AssociationType,
    AvailabilityStatus,
    Transaction,
)
from apd.xds.metadata.checks import check_entry, check_submission_set
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.metadata.from_document import from_bytes
from apd.xds.metadata.submission import Association, Submission
from apd.xds.soap.server import Request

UNRESOLVED = "UnresolvedReferenceException"
DUPLICATE = "XDSDuplicateUniqueIdInRegistry"
METADATA = "XDSRegistryMetadataError"
OTHER_PATIENT = "XDSPatientIdDoesNotMatch"
_ORIGINAL, _NEW = "OriginalStatus", "NewStatus"


def submit(
    store: Store, request: Request, *, check: bool, new_uuid: Callable[[], UUID]
) -> RegistryResponse:
    """Store a submission, or refuse it; ``check`` demands that metadata meet the Danish profile."""
    submission = request.asked
    assert isinstance(submission, Submission)
    if request.transaction is Transaction.PROVIDE_AND_REGISTER:
        submission = _filled_in(submission, request.data, store)
    errors = list(_refusals(store, submission, request, check=check))
    if errors:
        return RegistryResponse(ResponseStatus.FAILURE, errors)
    _keep(store, submission, request.data or None, new_uuid)
    return RegistryResponse(ResponseStatus.SUCCESS)


def _filled_in(submission: Submission, data: bytes, store: Store) -> Submission:
    """The attributes of an entry that a repository adds if the sender has not."""
    if submission.entry is None:
        return submission
    supplied = {**from_bytes(data), "repository_unique_id": store.repository_unique_id}
    if submission.entry.home_community_id is None:
        supplied["home_community_id"] = store.home_community_id
    missing = {
        name: value for name, value in supplied.items() if getattr(submission.entry, name) is None
    }
    return evolve(submission, entry=evolve(submission.entry, **missing))


def _keep(
    store: Store, submission: Submission, data: bytes | None, new_uuid: Callable[[], UUID]
) -> None:
    store.taken.add(submission.submission_set.unique_id or "")
    entry = submission.entry
    if entry is not None:
        is_real = entry.entry_uuid.startswith(URN_UUID)
        own_id = entry.entry_uuid if is_real else f"{URN_UUID}{new_uuid()}"
        store.put(
            evolve(
                entry,
                entry_uuid=own_id,
                logical_id=own_id,
                version=1,
                availability_status=AvailabilityStatus.APPROVED,
            ),
            data,
        )
    for association in submission.associations:
        if association.type == AssociationType.REPLACES:
            store.set_status(association.target, AvailabilityStatus.DEPRECATED)
        elif association.type == AssociationType.UPDATE_AVAILABILITY_STATUS:
            store.set_status(association.target, AvailabilityStatus(_slot(association, _NEW)))


# --- what is wrong ---------------------------------------------------------------------------


def _refusals(
    store: Store, submission: Submission, request: Request, *, check: bool
) -> Iterator[RegistryError]:
    if submission.submission_set.unique_id in store.taken:
        yield RegistryError(DUPLICATE, "SubmissionSet.uniqueId")
    if check:
        yield from _of_profile(submission)
    if request.transaction is Transaction.UPDATE:
        yield from _of_update(store, submission)
        return
    if submission.entry is None:
        yield RegistryError(METADATA, "the submission has no document entry")
        return
    if request.data:
        yield from _of_bytes(submission.entry, request.data, store)
    yield from _of_ids(store, submission.entry)
    yield from _of_patient(submission, submission.entry)
    yield from _of_associations(store, submission, submission.entry)


def _of_profile(submission: Submission) -> Iterator[RegistryError]:
    """Errors by the rules of the Danish profile in :func:`apd.xds.check_entry`."""
    reports = [check_submission_set(submission.submission_set)]
    if submission.entry is not None:
        reports.append(check_entry(submission.entry, stored=True))
    for report in reports:
        for finding in report.findings:
            if finding.severity is Severity.ERROR:
                yield RegistryError(METADATA, finding.rule, location=finding.path or "")


def _of_bytes(entry: DocumentEntry, data: bytes, store: Store) -> Iterator[RegistryError]:
    """Errors in hash, size and repository, if the sender of ITI-41 has stated them."""
    code = "XDSRepositoryMetadataError"
    found = {**from_bytes(data), "repository_unique_id": store.repository_unique_id}
    for name, value in found.items():
        if getattr(entry, name) != value:
            yield RegistryError(code, f"{name} is not that of the document")


def _of_ids(store: Store, entry: DocumentEntry) -> Iterator[RegistryError]:
    """Errors for ids in use. IHE allows the same document to be registered again; this does not."""
    known = [] if entry.unique_id is None else store.of_document(entry.unique_id)
    if known:
        is_same = all(one.hash == entry.hash for one in known)
        code = DUPLICATE if is_same else "XDSNonIdenticalHash"
        yield RegistryError(code, "DocumentEntry.uniqueId")
    elif entry.entry_uuid in store.entries:
        yield RegistryError(METADATA, "entryUUID is that of another entry")


def _of_patient(submission: Submission, entry: DocumentEntry) -> Iterator[RegistryError]:
    if submission.submission_set.patient_id != entry.patient_id:
        yield RegistryError(OTHER_PATIENT, "submission set and document entry")


def _of_associations(
    store: Store, submission: Submission, entry: DocumentEntry
) -> Iterator[RegistryError]:
    ends = (submission.submission_set.entry_uuid, entry.entry_uuid)
    members = [a for a in submission.associations if a.type == AssociationType.HAS_MEMBER]
    if not any((member.source, member.target) == ends for member in members):
        yield RegistryError(METADATA, "no HasMember from the submission set to the document entry")
    for association in submission.associations:
        if association.type == AssociationType.REPLACES:
            yield from _of_replacement(store, association, entry)
        elif association.type != AssociationType.HAS_MEMBER:
            yield RegistryError(METADATA, "a type of association that this registry does not know")


def _of_replacement(
    store: Store, association: Association, entry: DocumentEntry
) -> Iterator[RegistryError]:
    target = store.entries.get(association.target)
    if target is None or association.source != entry.entry_uuid:
        yield RegistryError(UNRESOLVED, "RPLC")
    elif target.availability_status is not AvailabilityStatus.APPROVED:
        yield RegistryError("XDSRegistryDeprecatedDocumentError", "RPLC")
    elif target.patient_id != entry.patient_id:
        yield RegistryError(OTHER_PATIENT, "RPLC")


def _of_update(store: Store, submission: Submission) -> Iterator[RegistryError]:
    if submission.entry is not None:
        # a new version of metadata, which no producer of appointments sends
        yield RegistryError("XDSMetadataUpdateOperationError", "only the status can be changed")
    wanted = AssociationType.UPDATE_AVAILABILITY_STATUS
    changes = [a for a in submission.associations if a.type == wanted]
    if not changes:
        yield RegistryError("XDSMetadataUpdateError", "nothing is changed")
    for change in changes:
        target = store.entries.get(change.target)
        if target is None:
            yield RegistryError(UNRESOLVED, "UpdateAvailabilityStatus")
            continue
        if target.patient_id != submission.submission_set.patient_id:
            yield RegistryError(OTHER_PATIENT, "submission set and document entry")
        if target.availability_status != _slot(change, _ORIGINAL):
            yield RegistryError("XDSMetadataUpdateError", _ORIGINAL)
        if _slot(change, _NEW) not in list(AvailabilityStatus):
            yield RegistryError("XDSMetadataUpdateError", _NEW)


def _slot(association: Association, name: str) -> str:
    values = (value for slot in association.slots if slot.name == name for value in slot.values)
    return next(values, "")
