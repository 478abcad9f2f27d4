"""The file of an answer, with or without its HTTP headers, and the time of the answer."""

import datetime
import re
from codecs import BOM_UTF8
from email import message_from_bytes
from email.utils import parsedate_to_datetime

from attrs import frozen

from apd.publication import Acknowledgement, Reply
from apd.publication.messages import acknowledgement_of

_STATUS_LINE = b"HTTP/"
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n")


@frozen
class GivenAnswer:
    """An answer that was read.

    Args:
        acknowledgement: its content.
        at: its time, from its header ``Date``; None without that header.
    """

    acknowledgement: Acknowledgement
    at: datetime.datetime | None


def read_answer(data: bytes) -> GivenAnswer:
    """Read an answer.

    Args:
        data: the answer: XML, or a package (MTOM), with or without its HTTP headers.
    """
    data = data.removeprefix(BOM_UTF8).lstrip()
    if data.startswith(b"<"):
        return GivenAnswer(acknowledgement_of(Reply(data)), None)
    if data.startswith(b"--"):  # a package without its headers; the boundary is in its first line
        boundary = data.partition(b"\n")[0].strip()[2:].decode("ascii", "replace")
        content_type = f'multipart/related; boundary="{boundary}"'
        return GivenAnswer(acknowledgement_of(Reply(data, content_type)), None)
    head, body = _split(data)
    while body.startswith(_STATUS_LINE):  # "100 Continue" comes before the answer
        head, body = _split(body)
    headers = message_from_bytes(
        head.partition(b"\n")[2] if head.startswith(_STATUS_LINE) else head
    )
    reply = Reply(body, headers.get("Content-Type"))
    return GivenAnswer(acknowledgement_of(reply), _time(headers.get("Date")))


def _split(message: bytes) -> tuple[bytes, bytes]:
    """The parts before and after the first empty line."""
    head, *rest = _EMPTY_LINE.split(message, maxsplit=1)
    return head, b"".join(rest)


def _time(date: str | None) -> datetime.datetime | None:
    """The time of a header, which is always UTC (RFC 9110, 5.6.7)."""
    try:
        time = None if date is None else parsedate_to_datetime(str(date))
    except (ValueError, OverflowError):
        return None
    return time if time is None or time.tzinfo else time.replace(tzinfo=datetime.UTC)
