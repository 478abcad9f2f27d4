"""The outcome of a message: an answer or none, and the record of it."""

from typing import NamedTuple

from attrs import field, frozen

from apd.model.validators import masked
from apd.testing.registry.faults import Fault
from apd.xds.ebxml.responses import ResponseStatus
from apd.xds.ebxml.vocabulary import Transaction


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
