"""What a registry or repository answered to a message, out of the file in which it was kept."""

import re
from codecs import BOM_UTF8
from email import message_from_bytes

from attrs import frozen

from apd.errors import ParseError
from apd.publication import Answer
from apd.xds import ResponseStatus, SoapFault, read_response

_STATUS_LINE = b"HTTP/"
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")


@frozen
class Said:
    """What was answered.

    Args:
        answer: what follows from it.
        codes: the error codes in it.
    """

    answer: Answer
    codes: tuple[str, ...] = ()


def read_answer(data: bytes) -> Said:
    """What an answer says.

    Args:
        data: the answer: XML, or a package (MTOM) with its headers before it or without them.
    """
    try:
        response = read_response(*_opened(data))
    except SoapFault as fault:  # says nothing of the document
        return Said(Answer.UNANSWERED, fault.codes)
    except ParseError:
        return Said(Answer.UNANSWERED)
    codes = tuple(error.code for error in response.errors)
    if response.succeeded:
        return Said(Answer.ACCEPTED)
    if response.is_duplicate:
        return Said(Answer.DUPLICATE, codes)
    is_clear = response.status is ResponseStatus.FAILURE
    return Said(Answer.REFUSED if is_clear else Answer.UNANSWERED, codes)


def _opened(data: bytes) -> tuple[bytes, str | None]:
    """The body, and its media type where that has to be known."""
    data = data.removeprefix(BOM_UTF8).lstrip()
    if data.startswith(b"<"):
        return data, None
    if data.startswith(b"--"):  # a package without its headers; the boundary tells itself
        boundary = data.partition(b"\n")[0].strip()[2:].decode("ascii", "replace")
        return data, f'multipart/related; boundary="{boundary}"'
    head, body = _split(data)
    while body.startswith(_STATUS_LINE):  # "100 Continue" stands before the answer
        head, body = _split(body)
    headers = head.partition(b"\n")[2] if head.startswith(_STATUS_LINE) else head
    return body, message_from_bytes(headers).get("Content-Type")


def _split(message: bytes) -> tuple[bytes, bytes]:
    """What stands before the first empty line, and after it."""
    head, *rest = _EMPTY_LINE.split(message, maxsplit=1)
    return head, b"".join(rest)
