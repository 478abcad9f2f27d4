"""Defects of the bytes; for most of them the validator reports nothing else."""

import base64
import gzip
import json
from collections.abc import Callable
from functools import partial
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from apd.limits import MAX_ATTRIBUTES, MAX_DECLARATIONS, MAX_DEPTH, MAX_DOCUMENT_BYTES

_DECLARATION_ENDS = b"?>"


def _cut_off(data: bytes) -> bytes:
    return data[: data.rindex(b"</")]


def _in_unknown_encoding(data: bytes) -> bytes:
    return data.replace(b"UTF-8", b"x-unknown", 1)


def _in_an_encoding_that_java_lacks(data: bytes) -> bytes:
    return data.replace(b"UTF-8", b"UTF8", 1)


def _without_namespace(data: bytes) -> bytes:
    return data.replace(b' xmlns="urn:hl7-org:v3"', b"", 1)


def _of_another_profile(data: bytes) -> bytes:
    return data.replace(b'root="1.2.208.184.14.', b'root="1.2.208.184.15.')


def _in_soap(data: bytes) -> bytes:
    envelope = b'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>'
    return envelope + _without_declaration(data) + b"</s:Body></s:Envelope>"


def _in_fhir(data: bytes) -> bytes:
    inside = base64.b64encode(data).decode()
    return json.dumps(
        {"resourceType": "Binary", "contentType": "text/xml", "data": inside}
    ).encode()


def _in_mime(data: bytes) -> bytes:
    return b"--part\r\nContent-Type: text/xml\r\n\r\n" + data + b"\r\n--part--\r\n"


def _in_zip(data: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(ZipInfo("document.xml"), data)  # of no time, so that bytes are the same
    return packed.getvalue()


def _without_declaration(data: bytes) -> bytes:
    return data.partition(_DECLARATION_ENDS)[2]


def _as(other: bytes) -> Callable[[bytes], bytes]:
    """Other content instead of the document."""
    return lambda _: other


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
    "XML-ENCODING-JAVA": _in_an_encoding_that_java_lacks,
    "XML-EMPTY": _as(b""),
    "XML-IS-TEXT": _as(b"The document is missing."),
    "XML-IS-BINARY": _as(bytes(range(64))),
    "XML-IS-JSON": _as(b'{"error": "not found"}'),
    "XML-IS-HTML": _as(b"<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>"),
    "XML-IS-GZIP": partial(gzip.compress, mtime=0),
    "XML-IS-ZIP": _in_zip,
    "XML-IS-PDF": _as(b"%PDF-1.7\n%%EOF\n"),
    "XML-IS-BASE64": base64.encodebytes,
    "XML-IS-MIME": _in_mime,
    "XML-IS-SOAP": _in_soap,
    "XML-IS-FHIR": _in_fhir,
    "XML-IS-EBXML": _as(
        b'<RegistryResponse xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" status="Failure"/>'
    ),
    "XML-PROLOG": lambda data: b"\n" + data,
    "APD-ROOT": _without_namespace,
    "APD-TEMPLATE": _of_another_profile,
}
"""The change of a document's bytes, by rule."""
