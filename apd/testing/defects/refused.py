"""Defects for which a document is refused: it is looked at no further."""

from collections.abc import Callable

from apd.cda.xml import MAX_BYTES

_DEEPER_THAN_ALLOWED = 300
_DECLARATION_ENDS = b"?>"


def _cut_off(data: bytes) -> bytes:
    return data[: data.rindex(b"</")]


def _in_unknown_encoding(data: bytes) -> bytes:
    return data.replace(b"UTF-8", b"x-unknown", 1)


def _with_document_type(data: bytes) -> bytes:
    return _after_declaration(data, b'<!DOCTYPE ClinicalDocument [<!ENTITY a "b">]>')


def _too_large(data: bytes) -> bytes:
    return data + b"\n" * MAX_BYTES


def _too_deep(data: bytes) -> bytes:
    before, text, after = data.partition(b"<text>")
    nested = b"<content>" * _DEEPER_THAN_ALLOWED + b"</content>" * _DEEPER_THAN_ALLOWED
    return before + text + nested + after


def _after_declaration(data: bytes, what: bytes) -> bytes:
    declaration, end, rest = data.partition(_DECLARATION_ENDS)
    return declaration + end + what + rest


REFUSED: dict[str, Callable[[bytes], bytes]] = {
    "XML-SYNTAX": _cut_off,
    "XML-ENCODING": _in_unknown_encoding,
    "XML-DTD": _with_document_type,
    "XML-SIZE": _too_large,
    "XML-DEPTH": _too_deep,
}
"""By rule: what is done to the bytes of a document."""
