"""What goes wrong when a test orders it."""

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
from apd.xds.metadata.formats import write_unique_id


class Fault(StrEnum):
    """What goes wrong. Unless stated otherwise, the message is not accepted."""

    REFUSE = "refuse"
    """The registry refuses, with the error code that is given."""
    BUSY = "busy"
    """The registry is busy: XDSRegistryBusy or XDSRepositoryBusy."""
    FAULT = "fault"
    """A SOAP fault, with HTTP status 500."""
    HTML = "html"
    """The page of a gateway, with HTTP status 502."""
    TIME_OUT = "time out"
    """No answer comes, and at last the connection is dropped."""
    LOSE_ANSWER = "lose answer"
    """The message is accepted, and the connection is dropped before the answer."""
    SLOW = "slow"
    """The message is accepted, and the answer comes late."""
    PARTIAL_SUCCESS = "partial success"
    """The message is accepted and answered with a partial success. Of documents that are fetched
    the last does not come; a query is answered that a community did not answer."""
    CONSENT_FILTER = "consent filter"
    """Of what is asked for (ITI-18, ITI-43), what is withheld does not come, with a warning."""


_READING = frozenset({Transaction.QUERY, Transaction.RETRIEVE})
_OF_REPOSITORY = frozenset({Transaction.PROVIDE_AND_REGISTER, Transaction.RETRIEVE})


@define
class Order:
    """A fault that is ordered.

    Args:
        fault: what goes wrong.
        times: how many messages it is for.
        transaction: whose messages; None for any.
        code: error code of IHE; None for the usual one.
        seconds: how long it takes, where it takes time.
        withheld: own ids of the documents that are left out, as the metadata write them; none
            for all of them.
    """

    fault: Fault
    times: int
    transaction: Transaction | None
    code: str | None
    seconds: float
    withheld: frozenset[str]

    def is_for(self, transaction: Transaction) -> bool:
        """Whether it is for a message of this transaction."""
        if self.fault is Fault.CONSENT_FILTER and transaction not in _READING:
            return False
        return self.times > 0 and self.transaction in (None, transaction)


def refusal(order: Order, transaction: Transaction) -> RegistryResponse:
    """The answer of a registry that refuses, or is busy."""
    usual = "Busy" if order.fault is Fault.BUSY else "Error"
    return failure(transaction, order.code or place_code(transaction, usual), "ordered by the test")


def failure(transaction: Transaction, code: str, context: str) -> RegistryResponse:
    """An answer that refuses a message, of the kind that its transaction has."""
    kind = _KINDS.get(transaction, RegistryResponse)
    return kind(ResponseStatus.FAILURE, [RegistryError(code, context)])


def place_code(transaction: Transaction, kind: str) -> str:
    """An error code that names the place: ``XDSRegistryBusy`` or ``XDSRepositoryBusy``."""
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
    """The answer without what is withheld, and with the warning; a failure stays one."""
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
