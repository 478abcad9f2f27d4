"""The bytes of a document in a message: beside it in the package (XOP), or in it as base64.

Reader beside writer. Source: W3C XOP 1.0; IHE ITI TF-2, ITI-41 and ITI-43.
"""

import base64
from collections.abc import Mapping
from urllib.parse import quote, unquote

from apd.cda.xml import Element
from apd.xds.ebxml.vocabulary import XDS_B, XOP

DOCUMENT = f"{{{XDS_B}}}Document"
_INCLUDE = f"{{{XOP}}}Include"


def write_include(content_id: str) -> str:
    """The reference to the part of the package that holds the bytes.

    Args:
        content_id: Content-ID of that part.
    """
    return f'<xop:Include href="cid:{quote(content_id, safe="@")}" xmlns:xop="{XOP}"/>'


def read_content(document: Element, parts: Mapping[str, bytes]) -> bytes:
    """The bytes that a document refers to, or that stand in it; none where they are not there.

    Args:
        document: the element of the document.
        parts: the parts of the package, by Content-ID.
    """
    include = next(document.iterchildren(_INCLUDE), None)
    if include is not None:
        return parts.get(unquote(include.get("href", "").removeprefix("cid:")), b"")
    try:
        return base64.b64decode("".join((document.text or "").split()), validate=True)
    except ValueError:
        return b""
