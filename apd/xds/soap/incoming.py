"""Incoming messages: unpacked, taken out of the envelope, and parsed as untrusted input."""

from collections.abc import Mapping
from typing import NamedTuple

from attrs import evolve

from apd.cda.xml import Element, local_name, parse
from apd.errors import ParseError
from apd.files import schemas_of
from apd.findings import Finding, Layer, Report
from apd.limits import MAX_MESSAGE_BYTES
from apd.rules.element_paths import ElementPaths
from apd.rules.schema_layer import Verdict, Violation, violations
from apd.wording import Language
from apd.xds.errors import not_understood
from apd.xds.soap.envelope import Addressing, read_addressing, read_body
from apd.xds.soap.mtom import read_package


class IncomingMessage(NamedTuple):
    """The content of a message, the other parts by Content-ID, and its addressing."""

    content: Element
    parts: Mapping[str, bytes]
    addressing: Addressing

    def __repr__(self) -> str:
        return "IncomingMessage(***)"


def open_message(body: bytes, content_type: str | None = None) -> IncomingMessage:
    """Open XML with or without an envelope, or a package, which needs its media type.

    :class:`ParseError` if it is not XML, is refused as untrusted, or is empty; :class:`SoapFault`
    for a fault.
    """
    if len(body) > MAX_MESSAGE_BYTES:
        raise not_understood(
            f"Meddelelsen er på mere end {MAX_MESSAGE_BYTES} bytes.",
            f"The message has more than {MAX_MESSAGE_BYTES} bytes.",
        )
    envelope, parts = read_package(body, content_type)
    root = parse(envelope, max_bytes=MAX_MESSAGE_BYTES)
    return IncomingMessage(read_body(root), parts, read_addressing(root))


def open_as(body: bytes, content_type: str | None, *tags: str) -> IncomingMessage:
    """Like :func:`open_message`; :class:`ParseError` if the root element is none of ``tags``."""
    opened = open_message(body, content_type)
    if opened.content.tag not in tags:
        expected = " / ".join(tag.rpartition("}")[2] for tag in tags)
        found = local_name(opened.content)
        raise not_understood(
            f"Det er ikke {expected}, men {found}.", f"This is not {expected} but {found}."
        )
    return opened


def _schema() -> str:
    return str(schemas_of("apd.xds.ebxml") / "messages.xsd")


def check_message(
    body: bytes, content_type: str | None = None, *, language: Language = "en"
) -> Report:
    """Check the structure of a message by ebRIM and XDS.b, but not its content.

    Args:
        body: its bytes: XML with or without an envelope, or a package.
        content_type: its media type; needed for a package only.
        language: the language of the messages.

    Raises:
        SoapFault: it is a fault.
    """
    try:
        content = open_message(body, content_type).content
    except ParseError as error:
        return Report([evolve(found, language=language) for found in error.findings])
    paths = ElementPaths()
    return Report(
        [
            _finding(found, content, paths, language)
            for found in violations(Verdict(content, _schema()))
        ]
    )


def _finding(
    found: Violation, content: Element, paths: ElementPaths, language: Language
) -> Finding:
    return Finding(
        rule=found.rule,
        layer=Layer.SCHEMA,
        wording=found.wording,
        path=paths.of(content if found.element is None else found.element),
        source="OASIS ebRIM and ebRS 3.0; IHE XDS.b",
        language=language,
    )
