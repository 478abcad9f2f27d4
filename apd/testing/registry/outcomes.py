"""The outcome of a message: what is answered, that nothing is, and what is recorded of it."""

from typing import NamedTuple

from attrs import field, frozen

from apd.model.validators import masked
from apd.testing.registry.faults import Fault
from apd.xds.ebxml.responses import ResponseStatus
from apd.xds.ebxml.vocabulary import Transaction


@frozen
class HttpResponse:
    """What is answered over HTTP.

    Args:
        status: the status code.
        content_type: the media type of the body.
        body: the bytes. They may hold a patient's data, so ``repr`` does not show them.
    """

    status: int
    content_type: str
    body: bytes = field(repr=masked)

    @property
    def headers(self) -> dict[str, str]:
        """The HTTP headers: Content-Type."""
        return {"Content-Type": self.content_type}


class NoAnswer(TimeoutError):
    """No answer comes (:attr:`Fault.TIME_OUT`); nothing was accepted.

    Args:
        seconds: so long a connection is kept open all the same.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__("no answer comes: ordered by the test")
        self.seconds = seconds


class AnswerLost(ConnectionError):
    """The message was accepted, and the answer is lost (:attr:`Fault.LOSE_ANSWER`)."""

    def __init__(self) -> None:
        super().__init__("the answer is lost: ordered by the test")


class Received(NamedTuple):
    """A message that came in. It says nothing personal.

    Args:
        transaction: what was asked for; None where that could not be made out.
        status: how it was answered; None for a fault, a page, or no answer.
        codes: the error codes of the answer.
        document_ids: the own ids of the documents in it, as the metadata write them.
        fault: what went wrong as ordered, or None.
    """

    transaction: Transaction | None
    status: ResponseStatus | None
    codes: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    fault: Fault | None = None
