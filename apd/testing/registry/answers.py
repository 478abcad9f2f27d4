"""The answers to queries (ITI-18) and retrievals (ITI-43).

Source: IHE ITI TF-2, ITI-18, sections 3.18.4.1.2.3.7.1 and .5, and ITI-43.
"""

import datetime
from collections.abc import Callable, Iterable

from apd.model.code import Code
from apd.testing.registry.store import Store
from apd.xds.ebxml.queries import Query, Return, read_texts
from apd.xds.ebxml.responses import QueryResponse, RegistryError, ResponseStatus
from apd.xds.ebxml.retrieval import DocumentRequest, RetrievedDocument, RetrieveResponse
from apd.xds.ebxml.vocabulary import FIND_DOCUMENTS, GET_DOCUMENTS
from apd.xds.metadata.attribute_formats import write_unique_id
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.metadata.hl7v2 import read_cx, read_dtm

_ENTRY = "$XDSDocumentEntry"
_PATIENT, _STATUS = f"{_ENTRY}PatientId", f"{_ENTRY}Status"
_UNIQUE_ID, _ENTRY_UUID = f"{_ENTRY}UniqueId", f"{_ENTRY}EntryUUID"

Matches = Callable[[DocumentEntry, list[str]], bool]
"""Whether an entry matches the values of a parameter."""


def _coded(field: str) -> Matches:
    def matches(entry: DocumentEntry, texts: list[str]) -> bool:
        value = getattr(entry, field)
        codes: Iterable[Code] = value if isinstance(value, tuple) else (value,) if value else ()
        return any(f"{code.code}^^{code.system}" in texts for code in codes)

    return matches


def _time(field: str, *, is_first: bool) -> Matches:
    """A window includes its first moment, but not its last. Without a time an entry is outside."""

    def matches(entry: DocumentEntry, texts: list[str]) -> bool:
        asked, given = read_dtm("".join(texts)), getattr(entry, field)
        if asked is None or given is None:
            return False
        moment = _moment(given)
        return moment >= asked if is_first else moment < asked

    return matches


def _moment(time: datetime.date) -> datetime.datetime:
    """The moment of a time; a registry reads a day as midnight UTC at its beginning."""
    if isinstance(time, datetime.datetime):
        return time
    return datetime.datetime.combine(time, datetime.time(), datetime.UTC)


_CODES = {
    "ClassCode": "class_code",
    "ConfidentialityCode": "confidentiality_code",
    "EventCodeList": "event_code_list",
    "FormatCode": "format_code",
    "HealthcareFacilityTypeCode": "healthcare_facility_type_code",
    "PracticeSettingCode": "practice_setting_code",
    "TypeCode": "type_code",
}
_TIMES = {
    "CreationTime": "creation_time",
    "ServiceStartTime": "service_start_time",
    "ServiceStopTime": "service_stop_time",
}
_PARAMETERS: dict[str, Matches] = {
    _PATIENT: lambda entry, texts: (
        entry.patient_id is not None and entry.patient_id in map(read_cx, texts)
    ),
    _STATUS: lambda entry, texts: entry.availability_status in texts,
    f"{_ENTRY}Type": lambda entry, texts: entry.object_type in texts,
    **{f"{_ENTRY}{name}": _coded(field) for name, field in _CODES.items()},
    **{f"{_ENTRY}{name}From": _time(field, is_first=True) for name, field in _TIMES.items()},
    **{f"{_ENTRY}{name}To": _time(field, is_first=False) for name, field in _TIMES.items()},
}
_REQUIRED = (_PATIENT, _STATUS)
_ANY_MIME_TYPE = "application/octet-stream"
_WITHOUT_MEANING = frozenset({"$MetadataLevel"})


def answer_query(store: Store, query: Query) -> QueryResponse:
    """The answer of a registry to a query.

    It refuses unknown parameters: a test that relies on a filter must not pass without it.
    """
    answer = _ANSWERS.get(query.id)
    if answer is None:
        return _refused("XDSUnknownStoredQuery", "FindDocuments and GetDocuments are known")
    parameters = [
        (slot.name, read_texts(slot.values))
        for slot in query.parameters
        if slot.name not in _WITHOUT_MEANING
    ]
    found = answer(store, parameters)
    if isinstance(found, QueryResponse):
        return found
    if query.returns is Return.REFERENCES:
        references = [entry.entry_uuid for entry in found]
        return QueryResponse(ResponseStatus.SUCCESS, references=references)
    return QueryResponse(ResponseStatus.SUCCESS, entries=found)


_Parameters = list[tuple[str, list[str]]]
_Answer = Callable[[Store, _Parameters], QueryResponse | list[DocumentEntry]]


def _find(store: Store, parameters: _Parameters) -> QueryResponse | list[DocumentEntry]:
    """FindDocuments: the values of a slot are alternatives; slots of one name must all match."""
    given = {name for name, _ in parameters}
    for name in _REQUIRED:
        if name not in given:
            return _refused("XDSStoredQueryMissingParam", name)
    if not given <= _PARAMETERS.keys():
        return _refused("XDSRegistryError", "a parameter that this registry does not know")
    return [
        entry
        for entry in store.entries.values()
        if all(_PARAMETERS[name](entry, texts) for name, texts in parameters)
    ]


def _get(store: Store, parameters: _Parameters) -> QueryResponse | list[DocumentEntry]:
    """GetDocuments: by the unique ids of the documents, or by the ids of their entries."""
    if len(parameters) != 1 or parameters[0][0] not in (_UNIQUE_ID, _ENTRY_UUID):
        return _refused("XDSStoredQueryParamNumber", f"{_UNIQUE_ID} or {_ENTRY_UUID}")
    name, texts = parameters[0]
    wanted = dict.fromkeys(texts)
    if name == _ENTRY_UUID:
        return [store.entries[id] for id in wanted if id in store.entries]
    return [entry for id in wanted for entry in store.of_document(id)]


_ANSWERS: dict[str, _Answer] = {FIND_DOCUMENTS: _find, GET_DOCUMENTS: _get}


def _refused(code: str, context: str) -> QueryResponse:
    return QueryResponse(ResponseStatus.FAILURE, [RegistryError(code, context)])


# --- documents -------------------------------------------------------------------------------


def answer_retrieve(store: Store, asked: Iterable[DocumentRequest]) -> RetrieveResponse:
    """The requested documents, and an error for each that is missing."""
    found, errors = [], []
    for request in asked:
        answer = _document(store, request)
        if isinstance(answer, RegistryError):
            errors.append(answer)
        else:
            found.append(answer)
    status = ResponseStatus.SUCCESS
    if errors:
        status = ResponseStatus.PARTIAL_SUCCESS if found else ResponseStatus.FAILURE
    return RetrieveResponse(status, errors, found)


def _document(store: Store, request: DocumentRequest) -> RetrievedDocument | RegistryError:
    """A document; its community and repository may also be those in its entry."""
    entries = store.of_document(request.unique_id)
    data = store.documents.get(write_unique_id(request.unique_id))
    homes = {None, store.home_community_id, *(entry.home_community_id for entry in entries)}
    if request.home_community_id not in homes:
        return RegistryError("XDSUnknownCommunity", "HomeCommunityId")
    places = {store.repository_unique_id, *(entry.repository_unique_id for entry in entries)}
    if request.repository_unique_id not in places:
        return RegistryError("XDSUnknownRepositoryId", "RepositoryUniqueId")
    if data is None:
        return RegistryError("XDSDocumentUniqueIdError", "DocumentUniqueId")
    return RetrievedDocument(
        unique_id=request.unique_id,
        data=data,
        repository_unique_id=request.repository_unique_id,
        home_community_id=request.home_community_id,
        mime_type=entries[0].mime_type or _ANY_MIME_TYPE,
    )
