"""The registry and repository itself: bytes in, bytes out, without a connection.

The outcome of a message is an answer or none, and the record of it.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from uuid import UUID, uuid4

from attrs import field, frozen

from apd.errors import ParseError
from apd.model.identifiers import DocumentId
from apd.model.validators import masked
from apd.testing.registry.answers import answer_query, answer_retrieve
from apd.testing.registry.faults import (
    Fault,
    Order,
    failure,
    filtered,
    in_part,
    place_code,
    refusal,
)
from apd.testing.registry.store import Store
from apd.testing.registry.submissions import submit
from apd.xds.ebxml.queries import Query
from apd.xds.ebxml.responses import RegistryResponse, ResponseStatus
from apd.xds.ebxml.vocabulary import AvailabilityStatus, Transaction
from apd.xds.metadata.attribute_formats import write_unique_id
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.metadata.submission import Submission
from apd.xds.metadata.validators import PatientId
from apd.xds.metadata.value_sets import COMMON_DOMAIN
from apd.xds.soap.envelope import (
    Addressing,
    SoapFault,
    SoapHeader,
    SoapVersion,
    write_envelope,
    write_fault,
)
from apd.xds.soap.incoming import IncomingMessage
from apd.xds.soap.server import (
    Request,
    open_request,
    read_request,
    transaction_of,
    write_answer,
)


@frozen
class HttpResponse:
    """An HTTP answer.

    Args:
        status: the status code.
        content_type: the media type of the body.
        body: the bytes. They may contain personal data, so ``repr`` does not show them.
    """

    status: int
    content_type: str
    body: bytes = field(repr=masked)

    @property
    def headers(self) -> dict[str, str]:
        """The HTTP headers: Content-Type."""
        return {"Content-Type": self.content_type}


class NoAnswer(TimeoutError):
    """No answer is sent (:attr:`Fault.TIME_OUT`), and the message is not accepted.

    Args:
        seconds: how long the connection is kept open.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__("no answer comes: ordered by the test")
        self.seconds = seconds


class AnswerLost(ConnectionError):
    """The message was accepted, and the answer is lost (:attr:`Fault.LOSE_ANSWER`)."""

    def __init__(self) -> None:
        super().__init__("the answer is lost: ordered by the test")


class Received(NamedTuple):
    """A message that was received, without personal data.

    Args:
        transaction: the transaction; None if it could not be determined.
        status: the status of the answer; None for a SOAP fault, an error page, or no answer.
        codes: the error codes of the answer.
        document_ids: the unique ids of the documents in it, as in the metadata.
        fault: the ordered fault, or None.
    """

    transaction: Transaction | None
    status: ResponseStatus | None
    codes: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    fault: Fault | None = None


REPOSITORY = "2.25.290992077309069689003824005155561968002"
"""The default OID of the repository; no real repository has it."""
_FAULT_ACTION = "http://www.w3.org/2005/08/addressing/fault"
_UNSAID = (Fault.FAULT, Fault.HTML, Fault.TIME_OUT)
"""The faults after which there is no XDS answer."""
_PAGE = (
    b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head>"
    b"<body><h1>502 Bad Gateway</h1></body></html>"
)


class Registry:
    """A registry and repository for tests, in memory. It follows the rules of XDS.

    :meth:`receive` takes the body of a request and returns the answer; it may be called from
    several threads.

    Args:
        repository_unique_id: OID of the repository.
        home_community_id: OID of the community; by default that of :class:`ProducerConfiguration`.
        check: whether metadata must meet the Danish profile; see :func:`apd.xds.check_entry`.
        new_uuid: returns a new UUID, for entries with symbolic ids and for messages.
        sleep: waits for a number of seconds, for :attr:`Fault.SLOW`.
        on_message: is called with each message once it is answered; or None.
    """

    def __init__(
        self,
        *,
        repository_unique_id: str = REPOSITORY,
        home_community_id: str = COMMON_DOMAIN,
        check: bool = True,
        new_uuid: Callable[[], UUID] = uuid4,
        sleep: Callable[[float], None] = time.sleep,
        on_message: Callable[[Received], None] | None = None,
    ) -> None:
        self._store = Store(repository_unique_id, home_community_id)
        self._check = check
        self._new_uuid = new_uuid
        self._sleep = sleep
        self._on_message = on_message
        self._orders: list[Order] = []
        self._received: list[Received] = []
        self._lock = threading.RLock()

    # --- what is sent to it ------------------------------------------------------------------

    def receive(self, body: bytes, content_type: str | None = None) -> HttpResponse:
        """Answer a message of ITI-18, 41, 42, 43 or 57.

        Args:
            body: the body of the HTTP request.
            content_type: its media type; needed for a package (MTOM) only.

        Returns:
            Status, headers and body; a SOAP fault for any other message.

        Raises:
            NoAnswer: a time-out was ordered.
            AnswerLost: the loss of the answer was ordered.
        """
        try:
            message = open_request(body, content_type)
            transaction = transaction_of(message)
        except (ParseError, SoapFault) as error:
            self._note(Received(None, None))
            return self._fault(Addressing(), "Sender", str(error), 400)
        order = self._next_order(transaction)
        if order is not None and order.fault is Fault.SLOW:
            self._sleep(order.seconds)
        response, document_ids = self._outcome(message, transaction, order)
        fault = None if order is None else order.fault
        codes = () if response is None else tuple(error.code for error in response.errors)
        status = None if response is None else response.status
        if fault is Fault.LOSE_ANSWER:
            status, codes = None, ()
        self._note(Received(transaction, status, codes, document_ids, fault))
        if response is None or fault is Fault.LOSE_ANSWER:
            assert order is not None
            return self._without_response(order, message.addressing)
        header = self._header(message.addressing)
        answer = write_answer(response, transaction, message.addressing, header)
        return HttpResponse(200, answer.content_type, answer.body)

    def _outcome(
        self, message: IncomingMessage, transaction: Transaction, order: Order | None
    ) -> tuple[RegistryResponse | None, tuple[str, ...]]:
        """The outcome of a message, and the ids of its documents."""
        fault = None if order is None else order.fault
        try:
            request = read_request(message)
        except ParseError as error:
            is_submission = transaction not in (Transaction.QUERY, Transaction.RETRIEVE)
            code = place_code(transaction, "MetadataError" if is_submission else "Error")
            unread = failure(transaction, code, str(error))
            return None if fault in _UNSAID else unread, ()
        ids = _document_ids(request)
        if fault in _UNSAID:
            return None, ids
        if order is None:
            return self._act(request), ids
        if fault in (Fault.REFUSE, Fault.BUSY):
            return refusal(order, transaction), ids
        with self._lock:
            response = self._act(request)
            if fault is Fault.PARTIAL_SUCCESS:
                response = in_part(response, order)
            elif fault is Fault.CONSENT_FILTER:
                response = filtered(response, order, self._store)
        return response, ids

    def _act(self, request: Request) -> RegistryResponse:
        with self._lock:
            if isinstance(request.asked, Query):
                return answer_query(self._store, request.asked)
            if isinstance(request.asked, Submission):
                return submit(self._store, request, check=self._check, new_uuid=self._new_uuid)
            return answer_retrieve(self._store, request.asked)

    def _without_response(self, order: Order, asked: Addressing) -> HttpResponse:
        """The answer to a message with an ordered fault."""
        if order.fault is Fault.TIME_OUT:
            raise NoAnswer(order.seconds)
        if order.fault is Fault.LOSE_ANSWER:
            raise AnswerLost
        if order.fault is Fault.HTML:
            return HttpResponse(502, "text/html; charset=UTF-8", _PAGE)
        return self._fault(asked, "Receiver", order.code or "ordered by the test", 500)

    def _fault(self, asked: Addressing, code: str, reason: str, status: int) -> HttpResponse:
        version = asked.version
        body = write_envelope(
            write_fault(code, reason, version),
            _FAULT_ACTION,
            self._header(asked),
            asked.message_id or None,
        )
        # SOAP 1.1 has every fault with status 500
        status = 500 if version is SoapVersion.V1_1 else status
        return HttpResponse(status, f"{version.media_type}; charset=UTF-8", body)

    def _header(self, asked: Addressing) -> SoapHeader:
        return SoapHeader(message_id=str(self._new_uuid()), version=asked.version)

    def _note(self, received: Received) -> None:
        with self._lock:
            self._received.append(received)
        if self._on_message is not None:
            self._on_message(received)

    # --- what is ordered ---------------------------------------------------------------------

    def order(
        self,
        fault: Fault,
        *,
        times: int = 1,
        transaction: Transaction | None = None,
        code: str | None = None,
        seconds: float = 30,
        withheld: Iterable[DocumentId | str] = (),
    ) -> None:
        """Order a fault for the next messages. Several orders are carried out one after another.

        Args:
            fault: the kind of fault.
            times: the number of messages.
            transaction: the transaction of the messages; None for any.
            code: the error code of the answer, if it has one; for a SOAP fault, the reason.
            seconds: the delay of the answer (slow), or how long the connection is kept open
                without one (time out).
            withheld: the unique ids of the documents that the consent filter leaves out; empty
                for all.

        Raises:
            ValueError: there is no such fault.
        """
        hidden = frozenset(map(write_unique_id, withheld))
        with self._lock:
            self._orders.append(Order(Fault(fault), times, transaction, code, seconds, hidden))

    def _next_order(self, transaction: Transaction) -> Order | None:
        with self._lock:
            for order in self._orders:
                if order.is_for(transaction):
                    order.times -= 1
                    return order
            return None

    def put(self, entry: DocumentEntry, data: bytes | None = None) -> None:
        """Store an entry and a document unchecked, as if others had published them.

        An entry with the same entry UUID is replaced, so that a test can tamper with a document.

        Args:
            entry: the entry.
            data: the bytes of its document; None keeps the stored ones.
        """
        with self._lock:
            self._store.put(entry, data)

    def clear(self) -> None:
        """Delete everything: entries, documents, orders and received messages."""
        with self._lock:
            old = self._store
            self._store = Store(old.repository_unique_id, old.home_community_id)
            self._orders, self._received = [], []

    # --- what it has -------------------------------------------------------------------------

    @property
    def entries(self) -> tuple[DocumentEntry, ...]:
        """All entries, in order of arrival."""
        with self._lock:
            return tuple(self._store.entries.values())

    @property
    def documents(self) -> Mapping[str, bytes]:
        """The bytes of the documents by their unique ids, as in the metadata."""
        with self._lock:
            return dict(self._store.documents)

    @property
    def received(self) -> tuple[Received, ...]:
        """The received messages, in order."""
        with self._lock:
            return tuple(self._received)

    def approved(self, patient: PatientId | None = None) -> tuple[DocumentEntry, ...]:
        """The approved entries, of one patient or of all."""
        return tuple(
            entry
            for entry in self.entries
            if entry.availability_status is AvailabilityStatus.APPROVED
            and patient in (None, entry.patient_id)
        )

    def count(self, transaction: Transaction | None = None) -> int:
        """The number of received messages, of one transaction or of all."""
        return sum(transaction in (None, one.transaction) for one in self.received)


def _document_ids(request: Request) -> tuple[str, ...]:
    asked = request.asked
    if isinstance(asked, Submission):
        unique_id = None if asked.entry is None else asked.entry.unique_id
        return () if unique_id is None else (write_unique_id(unique_id),)
    return () if isinstance(asked, Query) else tuple(write_unique_id(d.unique_id) for d in asked)
