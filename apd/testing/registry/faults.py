"""The faults that a test can order."""

from enum import StrEnum

from attrs import define, evolve

from apd.findings import Severity
from apd.model.identifiers import DocumentId
from apd.testing.registry.store import Store
from apd.xds.ebxml.responses import (
    QueryResponse,
    RegistryError,
    RegistryResponse,
    ResponseStatus,
)
from apd.xds.ebxml.retrieval import RetrieveResponse
from apd.xds.ebxml.vocabulary import Transaction
from apd.xds.metadata.attribute_formats import write_unique_id


class Fault(StrEnum):
    """A kind of fault. Unless stated otherwise, the message is not accepted."""

    REFUSE = "refuse"
    """The registry refuses the message, with the given error code."""
    BUSY = "busy"
    """The registry is busy: XDSRegistryBusy or XDSRepositoryBusy."""
    FAULT = "fault"
    """A SOAP fault, with HTTP status 500."""
    HTML = "html"
    """The error page of a gateway, with HTTP status 502."""
    TIME_OUT = "time out"
    """No answer is sent, and the connection is closed in the end."""
    LOSE_ANSWER = "lose answer"
    """The message is accepted, and the connection is closed before the answer."""
    SLOW = "slow"
    """The message is accepted, and the answer is sent late."""
    PARTIAL_SUCCESS = "partial success"
    """The message is accepted and answered with a partial success. The last of several documents is
    missing; the answer to a query states that a community did not respond."""
    CONSENT_FILTER = "consent filter"
    """Withheld documents are left out of the answer (ITI-18, ITI-43), with a warning."""


_READING = frozenset({Transaction.QUERY, Transaction.RETRIEVE})
_OF_REPOSITORY = frozenset({Transaction.PROVIDE_AND_REGISTER, Transaction.RETRIEVE})


@define
class Order:
    """A fault that a test has ordered, for a number of messages, of one transaction or any.

    ``withheld`` are the unique ids of the documents that are left out, as in the metadata; empty
    for all documents.
    """

    fault: Fault
    times: int
    transaction: Transaction | None
    code: str | None
    seconds: float
    withheld: frozenset[str]

    def is_for(self, transaction: Transaction) -> bool:
        """Whether it applies to a message of a transaction."""
        if self.fault is Fault.CONSENT_FILTER and transaction not in _READING:
            return False
        return self.times > 0 and self.transaction in (None, transaction)


def refusal(order: Order, transaction: Transaction) -> RegistryResponse:
    """The answer of a registry that refuses, or is busy."""
    usual = "Busy" if order.fault is Fault.BUSY else "Error"
    return failure(transaction, order.code or place_code(transaction, usual), "ordered by the test")


def failure(transaction: Transaction, code: str, context: str) -> RegistryResponse:
    """An answer that refuses a message, in the form of its transaction."""
    kind = _KINDS.get(transaction, RegistryResponse)
    return kind(ResponseStatus.FAILURE, [RegistryError(code, context)])


def place_code(transaction: Transaction, kind: str) -> str:
    """The error code of the actor: ``XDSRegistryBusy`` or ``XDSRepositoryBusy``."""
    place = "XDSRepository" if transaction in _OF_REPOSITORY else "XDSRegistry"
    return f"{place}{kind}"


_KINDS: dict[Transaction, type[RegistryResponse]] = {
    Transaction.QUERY: QueryResponse,
    Transaction.RETRIEVE: RetrieveResponse,
}


def in_part(response: RegistryResponse, order: Order) -> RegistryResponse:
    """The answer as a partial success; a failure stays one."""
    if not response.succeeded:
        return response
    context = "ordered by the test"
    error = RegistryError(order.code or "XDSExtraMetadataNotSaved", context, Severity.WARNING)
    if isinstance(response, QueryResponse):
        error = RegistryError(order.code or "XDSUnavailableCommunity", context)
    elif isinstance(response, RetrieveResponse):
        error = RegistryError(order.code or "XDSDocumentUniqueIdError", context)
        response = evolve(response, documents=response.documents[:-1])
    return evolve(response, status=ResponseStatus.PARTIAL_SUCCESS, errors=[error])


def filtered(response: RegistryResponse, order: Order, store: Store) -> RegistryResponse:
    """The answer without the withheld documents, and with a warning; a failure stays one."""
    if not response.succeeded:
        return response

    def is_shown(unique_id: DocumentId | str | None) -> bool:
        written = "" if unique_id is None else write_unique_id(unique_id)
        return bool(order.withheld) and written not in order.withheld

    context = "Consent Filter Applied"
    warning = RegistryError(order.code or "XDSRegistryError", context, Severity.WARNING)
    if isinstance(response, QueryResponse):
        entries = [entry for entry in response.entries if is_shown(entry.unique_id)]
        references = [id for id in response.references if is_shown(store.entries[id].unique_id)]
        response = evolve(response, entries=entries, references=references)
    elif isinstance(response, RetrieveResponse):
        documents = [found for found in response.documents if is_shown(found.unique_id)]
        response = evolve(response, documents=documents)
    return evolve(response, errors=[warning])
