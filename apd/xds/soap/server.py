"""The server side of the messages: requests as a registry or repository receives them, and answers.

Source: IHE ITI TF-2, ITI-18, ITI-41, ITI-42, ITI-43 and ITI-57.
"""

from typing import NamedTuple

from apd.xds.ebxml.queries import ASKED, Query, read_query
from apd.xds.ebxml.requests import (
    PROVIDE_AND_REGISTER,
    SUBMIT_OBJECTS,
    read_provide_and_register,
    read_submit_objects,
)
from apd.xds.ebxml.responses import RegistryResponse, write_response
from apd.xds.ebxml.retrieval import (
    RETRIEVE,
    DocumentRequest,
    RetrieveResponse,
    read_retrieve_request,
    write_retrieve_response,
)
from apd.xds.ebxml.vocabulary import Transaction
from apd.xds.errors import not_understood
from apd.xds.metadata.submission import Submission
from apd.xds.metadata.value_sets import MEDIA_TYPE
from apd.xds.soap.envelope import Addressing, SoapHeader, write_envelope
from apd.xds.soap.incoming import IncomingMessage, open_as
from apd.xds.soap.mtom import PackagePart, write_package

_OF_ELEMENTS = {
    PROVIDE_AND_REGISTER: Transaction.PROVIDE_AND_REGISTER,
    ASKED: Transaction.QUERY,
    RETRIEVE: Transaction.RETRIEVE,
}
_OF_OBJECTS = (Transaction.REGISTER, Transaction.UPDATE)


class Request(NamedTuple):
    """A submission, with the document's bytes in ITI-41; a query; or the requested documents."""

    transaction: Transaction
    asked: Submission | Query | tuple[DocumentRequest, ...]
    data: bytes = b""


def open_request(body: bytes, content_type: str | None = None) -> IncomingMessage:
    """A message of one of the five transactions, not yet interpreted; see :func:`open_message`."""
    return open_as(body, content_type, *_OF_ELEMENTS, SUBMIT_OBJECTS)


def transaction_of(message: IncomingMessage) -> Transaction:
    """The transaction of a message; :class:`ParseError` if the action is not that of its body.

    ITI-42 and ITI-57 are distinguished by the action; without one, a message is of ITI-42.
    """
    action = message.addressing.action
    of_element = _OF_ELEMENTS.get(message.content.tag)
    possible = _OF_OBJECTS if of_element is None else (of_element,)
    if not action:
        return possible[0]
    for transaction in possible:
        if action == transaction:
            return transaction
    raise not_understood(
        "wsa:Action svarer ikke til meddelelsen.", "wsa:Action does not agree with the message."
    )


def read_request(message: IncomingMessage) -> Request:
    """Read the request in a message; :class:`ParseError` if it cannot be interpreted."""
    content, transaction = message.content, transaction_of(message)
    if transaction is Transaction.PROVIDE_AND_REGISTER:
        return Request(transaction, *read_provide_and_register(content, message.parts))
    if transaction is Transaction.QUERY:
        return Request(transaction, read_query(content))
    if transaction is Transaction.RETRIEVE:
        return Request(transaction, read_retrieve_request(content))
    return Request(transaction, read_submit_objects(content))


class Response(NamedTuple):
    """An answer: the body of an HTTP response, and its media type."""

    content_type: str
    body: bytes


def write_answer(
    response: RegistryResponse, transaction: Transaction, asked: Addressing, header: SoapHeader
) -> Response:
    """The answer to a message, with documents in separate parts (MTOM)."""
    action = transaction.response_action
    related = asked.message_id or None
    if not isinstance(response, RetrieveResponse):
        envelope = write_envelope(write_response(response), action, header, related)
        return Response(f"{header.version.media_type}; charset=UTF-8", envelope)
    ids = [f"document-{number}@dk-apd" for number, _ in enumerate(response.documents, 1)]
    body = write_retrieve_response(response, ids)
    package = write_package(
        write_envelope(body, action, header, related),
        [
            PackagePart(document.mime_type or MEDIA_TYPE, id, document.data)
            for id, document in zip(ids, response.documents, strict=True)
        ],
        action=action,
        version=header.version,
        boundary="dk-apd-documents",
    )
    return Response(*package)
