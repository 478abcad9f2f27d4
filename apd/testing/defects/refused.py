"""Defects for which a document is refused: it is looked at no further."""

from collections.abc import Callable

from apd.limits import MAX_ATTRIBUTES, MAX_DECLARATIONS, MAX_DEPTH, MAX_DOCUMENT_BYTES

_DECLARATION_ENDS = b"?>"


def _cut_off(data: bytes) -> bytes:
    return data[: data.rindex(b"</")]


def _in_unknown_encoding(data: bytes) -> bytes:
    return data.replace(b"UTF-8", b"x-unknown", 1)


def _with_document_type(data: bytes) -> bytes:
    return _after_declaration(data, b'<!DOCTYPE ClinicalDocument [<!ENTITY a "b">]>')


def _too_large(data: bytes) -> bytes:
    return data + b"\n" * MAX_DOCUMENT_BYTES


def _too_deep(data: bytes) -> bytes:
    before, text, after = data.partition(b"<text>")
    nested = b"<content>" * MAX_DEPTH + b"</content>" * MAX_DEPTH
    return before + text + nested + after


def _with_attributes(data: bytes) -> bytes:
    return _at_root(data, *(f'a{number}="1"' for number in range(MAX_ATTRIBUTES + 1)))


def _with_declarations(data: bytes) -> bytes:
    declared = (f'xmlns:a{number}="urn:a"' for number in range(MAX_DECLARATIONS + 1))
    return _at_root(data, *declared)


def _at_root(data: bytes, *attributes: str) -> bytes:
    start = b"<ClinicalDocument"
    return data.replace(start, b" ".join([start, *(one.encode() for one in attributes)]), 1)


def _after_declaration(data: bytes, what: bytes) -> bytes:
    declaration, end, rest = data.partition(_DECLARATION_ENDS)
    return declaration + end + what + rest


REFUSED: dict[str, Callable[[bytes], bytes]] = {
    "XML-SYNTAX": _cut_off,
    "XML-ENCODING": _in_unknown_encoding,
    "XML-DTD": _with_document_type,
    "XML-SIZE": _too_large,
    "XML-DEPTH": _too_deep,
    "XML-ATTRIBUTES": _with_attributes,
    "XML-DECLARATIONS": _with_declarations,
}
"""By rule: what is done to the bytes of a document."""
