"""The MIME package of ITI-41 and ITI-43 (MTOM/XOP): the message and the bytes of documents.

The writer is our own, because the standard library's changes line ends in binary parts; the reader
is the standard library's. Source: W3C XOP and MTOM 1.0; RFC 2046, RFC 2387.
"""

import re
from collections.abc import Mapping, Sequence
from email import message_from_bytes
from email.message import Message as MimeMessage
from email.utils import collapse_rfc2231_value
from typing import NamedTuple

from apd.limits import MAX_PARTS
from apd.xds.errors import not_understood
from apd.xds.soap.envelope import SoapVersion

ROOT_ID = "message@dk-apd"


_is_related = re.compile(r"\s*multipart/related\s*;", re.IGNORECASE).match
# deeply nested packages would take the parser very long
_nested = re.compile(rb"(?:^|[\r\n])content-type:\s*(?:multipart|message)/", re.IGNORECASE).search


class Package(NamedTuple):
    """A package; its media type includes the boundary."""

    content_type: str
    body: bytes


class PackagePart(NamedTuple):
    """A part of a package."""

    content_type: str
    content_id: str
    content: bytes


def write_package(
    envelope: bytes,
    beside: Sequence[PackagePart],
    *,
    action: str,
    version: SoapVersion,
    boundary: str,
) -> Package:
    """Make a package; the boundary is lengthened if a part contains it."""
    kind = version.media_type
    root = PackagePart(f'application/xop+xml; charset=UTF-8; type="{kind}"', ROOT_ID, envelope)
    parts = (root, *beside)
    while any(boundary.encode() in part.content for part in parts):
        boundary += "-x"
    body = (
        b"".join([_write_part(boundary, part) for part in parts]) + f"--{boundary}--\r\n".encode()
    )
    return Package(
        f'multipart/related; boundary="{boundary}"; type="application/xop+xml"; '
        f'start="<{ROOT_ID}>"; start-info="{kind}"'
        + (f'; action="{action}"' if version is SoapVersion.V1_2 else ""),
        body,
    )


def _write_part(boundary: str, part: PackagePart) -> bytes:
    head = (
        f"--{boundary}\r\nContent-Type: {part.content_type}\r\n"
        f"Content-Transfer-Encoding: binary\r\nContent-ID: <{part.content_id}>\r\n\r\n"
    )
    return head.encode() + part.content + b"\r\n"


def read_package(body: bytes, content_type: str | None) -> tuple[bytes, Mapping[str, bytes]]:
    """The message, and the other parts by their Content-ID.

    A message alone has no ``content_type``. :class:`ParseError` without a message, or with too many
    parts.
    """
    if content_type is None or not content_type.lower().lstrip().startswith("multipart/"):
        return body, {}
    if not _is_related(content_type) or _nested(body):
        raise not_understood(
            "Pakken skal være multipart/related med dele, der ikke selv er pakker.",
            "The package must be multipart/related with parts that are not packages themselves.",
        )
    head = " ".join(content_type.split()).encode("ascii", "replace")
    start_of_package = b"Content-Type: " + head + b"\r\n\r\n"
    boundary = message_from_bytes(start_of_package).get_boundary("")
    if body.count(b"--" + boundary.encode("ascii", "replace")) > MAX_PARTS + 1:
        raise not_understood(
            f"Pakken har mere end {MAX_PARTS} dele.",
            f"The package has more than {MAX_PARTS} parts.",
        )
    package = message_from_bytes(start_of_package + body)
    parts = [part for part in package.walk() if not part.is_multipart()]
    start = collapse_rfc2231_value(package.get_param("start", "")).strip().strip("<>")
    contents = {_content_id(part): _bytes(part) for part in reversed(parts)}
    if not package.is_multipart() or not parts:
        raise not_understood("Pakken er tom.", "The package is empty.")
    return contents.get(start) or _bytes(parts[0]), contents


def _content_id(part: MimeMessage) -> str:
    return str(part.get("Content-ID", "")).strip().strip("<>")


def _bytes(part: MimeMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
