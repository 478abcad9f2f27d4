"""Detects whether bytes are an appointment document, and if not, what they are.

The single finding on other data states what they are and what to do. The cost is proportional to
the size; nothing is unpacked, fetched or expanded, and of base64 only a few characters are decoded.
The content of the file is never repeated.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple, cast

from lxml import etree

from apd.cda import encoding
from apd.cda.xml import Element, hl7, local_name, parse
from apd.errors import ParseError
from apd.findings import NO_WORDS, Finding, Layer
from apd.limits import MAX_DOCUMENT_BYTES
from apd.standard import file_kinds
from apd.standard.codes import DOCUMENT_TEMPLATE, ENCOUNTER_TEMPLATE, SECTION_TEMPLATE
from apd.standard.file_kinds import FileKind, Statement
from apd.wording import Wording

APD_TEMPLATES = frozenset((DOCUMENT_TEMPLATE, SECTION_TEMPLATE, ENCOUNTER_TEMPLATE))
"""The template ids that identify an appointment document; one of them is enough."""

_ROOT, _TEMPLATE_ID, _CODE = hl7("ClinicalDocument"), hl7("templateId"), hl7("code")


class _Detected(NamedTuple):
    """What is found: the rule, the words, and the line where it shows, the first as a rule."""

    rule: str
    said: Statement
    line: int = 1
    source: str = "XML 1.0; HL7 CDA R2"


# --- opening ---------------------------------------------------------------------------------


def parse_document(data: bytes | str, *, keep_blanks: bool = False) -> Element:
    """The root of a document from a stranger, as returned by :func:`apd.cda.xml.parse`.

    Args:
        data: the document.
        keep_blanks: keep white space that stands alone between elements.

    Raises:
        ParseError: it is not XML that may be read. Its single finding states what it is.
    """
    if isinstance(data, bytes):
        wording = encoding.contradiction(data[:MAX_DOCUMENT_BYTES])
        if wording is not None:
            raise _error(_of_encoding(wording))
    try:
        return parse(data, keep_blanks=keep_blanks)
    except ParseError as error:
        refused = error
    stated = _recognised(data, refused.findings[0].rule)
    raise refused if stated is None else _error(stated)


def is_appointment(root: Element) -> bool:
    """True for a ClinicalDocument with a template id of DK-APD, of any release."""
    templates = root.iter(_TEMPLATE_ID) if root.tag == _ROOT else ()
    return any(template.get("root") in APD_TEMPLATES for template in templates)


def not_appointment(root: Element) -> ParseError:
    """The error for XML that is no appointment document; its one finding states what it is."""
    stated = _said_of_root(root, holds_appointment(etree.tostring(root)))
    path = f"/{local_name(root)}"
    return _error(stated._replace(line=cast(int, root.sourceline)), path)


def other_than_appointment(data: bytes) -> Finding | None:
    """Identifies a file that has nothing to do with appointment documents.

    Args:
        data: the file, or the beginning of it.

    Returns:
        The finding that states what it is. None for an appointment document, also for one that is
        broken after its first template id, lacks its namespace, or is inside a message: those
        are to be validated. Any other XML is something else, whatever it contains: stylesheets
        and test projects may be full of documents.
    """
    if _begins_as_appointment(data):
        return None
    try:
        root = parse_document(data)
        if is_appointment(root) or _is_called_otherwise(root):
            return None
        raise not_appointment(root)
    except ParseError as error:
        found = error.findings[0]
    if found.rule == "APD-ROOT" and found.wording not in _OF_NAMESPACE:
        return found
    return None if holds_appointment(encoding.in_ascii(data[:MAX_DOCUMENT_BYTES])) else found


_OF_NAMESPACE = (file_kinds.NO_NAMESPACE.wording, file_kinds.OTHER_NAMESPACE.wording)


def _begins_as_appointment(data: bytes) -> bool:
    try:
        for number, element in enumerate(_starts(data)):
            if number == 0 and element.tag != _ROOT:
                return False
            if element.tag == _TEMPLATE_ID and element.get("root") in APD_TEMPLATES:
                return True
    except (etree.XMLSyntaxError, LookupError, UnicodeError, ValueError):
        pass
    return False


def _of_encoding(wording: Wording, line: int = 1) -> _Detected:
    said = Statement(wording, encoding.WRITE_UTF_8)
    return _Detected("XML-ENCODING", said, line, "XML 1.0, 4.3.3")


def _error(stated: _Detected, path: str = "") -> ParseError:
    finding = Finding(
        rule=stated.rule,
        layer=Layer.XML,
        wording=stated.said.wording,
        remedy_wording=stated.said.remedy or NO_WORDS,
        path=path,
        line=stated.line,
        source=stated.source,
    )
    return ParseError([finding])


# --- bytes -----------------------------------------------------------------------------------

_BLANKS = b" \t\r\n\f"
_MARK = b"\xef\xbb\xbf"
_HEAD = 4096
"""The number of bytes used to recognise data that are not XML."""
_is_json = re.compile(rb"""\{\s*["}]|\[\s*[\[{"\]]|"\s*(<|\\u003[cC])""").match
_is_http = re.compile(rb"(?:[A-Z]{1,10} \S{1,2000} )?HTTP/[0-9]").match
_is_mime = re.compile(
    rb"(?im)^(?:content-(?:type|transfer-encoding|id|length|disposition)|mime-version)[ \t]{0,9}:"
).search
_is_html = re.compile(rb"(?i)<(?:!doctype\s{1,20})?(?:html|head|body)[\s>]").search
_begins_document = re.compile(rb"<\?xml\s|<(?:[A-Za-z_][\w.\-]{0,60}:)?ClinicalDocument[\s>/]")
_is_binary = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]").search
_resource_type = re.compile(rb'"resourceType"\s{0,9}:\s{0,9}"([A-Za-z]{1,60})"').search

_OF_LETTERS = frozenset(("XML-SYNTAX", "XML-ENCODING"))
"""The refusals that characters in another encoding lead to."""


def _recognised(data: bytes | str, refusal: str) -> _Detected | None:
    """What something is that is not XML, or none that is taken; None for a broken document."""
    if isinstance(data, str):
        letters = data[:MAX_DOCUMENT_BYTES].encode(errors="replace")
    else:
        letters = data[:MAX_DOCUMENT_BYTES]
    ascii = encoding.in_ascii(letters)
    found = _recognised_start(
        ascii, of_text=isinstance(data, str), is_whole=len(data) <= MAX_DOCUMENT_BYTES
    )
    if found is None and isinstance(data, bytes) and refusal in _OF_LETTERS:
        not_utf_8 = encoding.not_utf_8(data[:MAX_DOCUMENT_BYTES])
        if not_utf_8 is not None:
            wording, line = not_utf_8
            return _of_encoding(wording, line)
    return found


def _recognised_start(data: bytes, *, of_text: bool, is_whole: bool) -> _Detected | None:
    begin = data[:_HEAD].lstrip(_BLANKS + _MARK)
    if not begin and not data.strip(_BLANKS + _MARK):
        return _of(file_kinds.EMPTY) if is_whole else None
    if begin.startswith(b"<"):
        return _recognised_markup(data)
    for magic, kind, name in file_kinds.MAGIC:
        if begin.startswith(magic):
            return _of(kind, name, data)
    if _is_json(begin):
        resource = _resource_type(data)
        if resource is None:
            return _of(file_kinds.JSON, None, data)
        return _of(file_kinds.FHIR, file_kinds.fhir_resource(resource[1].decode()), data)
    if _is_http(begin):
        return _of(file_kinds.MIME, file_kinds.IN_HTTP, data)
    if _is_mime(begin):
        return _of(file_kinds.MIME, None, data)
    inner = _in_base64(begin)
    if inner is not None:
        return _of(file_kinds.BASE64, *inner, data)
    document = _begins_document.search(data)
    if document and not _is_binary(data, 0, min(document.start(), _HEAD)):
        return _before(data, document)
    if not is_whole:
        return None
    if _is_binary(begin):
        return _of(file_kinds.BINARY)
    if of_text and b"<" not in data:
        return _Detected(file_kinds.TEXT.rule, file_kinds.A_PATH)
    return _of(file_kinds.TEXT)


def _of(kind: FileKind, name: Wording | None = None, data: bytes = b"") -> _Detected:
    return _Detected(kind.rule, kind.says(name, holds_appointment=holds_appointment(data)))


def _recognised_markup(data: bytes) -> _Detected | None:
    """What begins with ``<`` and cannot be read; None for a document that is broken."""
    document = _begins_document.search(data)
    is_late = document and document.start() > 0 and document[0].startswith(b"<?xml")
    if document and is_late and not data[: document.start()].strip(_BLANKS + _MARK):
        return _before(data, document)
    try:
        root = next(_starts(data), None)
    except (etree.XMLSyntaxError, LookupError, UnicodeError, ValueError):
        root = None
    if root is not None:
        return _said_of_kind(root, data)
    if document and is_late:
        return _before(data, document)
    if _is_html(data[:_HEAD]):
        return _of(file_kinds.HTML)
    return None


def _before(data: bytes, document: "re.Match[bytes]") -> _Detected:
    """The finding where something stands before a document."""
    before = data[: document.start()]
    if not document[0].startswith(b"<?xml"):
        what = file_kinds.TEXT_BEFORE_ROOT
    elif not before.strip(_BLANKS):
        what = file_kinds.BLANKS_BEFORE
    elif not before.strip(_BLANKS + _MARK):
        what = file_kinds.MARK_BEFORE
    elif before.lstrip(_BLANKS + _MARK).startswith(b"<"):
        what = file_kinds.COMMENT_BEFORE
    else:
        what = file_kinds.TEXT_BEFORE
    kind = file_kinds.BEFORE
    return _Detected(kind.rule, Statement(what, kind.do), before.count(b"\n") + 1)


# --- XML -------------------------------------------------------------------------------------


def _starts(data: bytes) -> "Iterator[Element]":
    parser = etree.iterparse(
        BytesIO(data),
        events=("start",),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    return (element for _, element in parser)


def _said_of_kind(root: Element, data: bytes) -> _Detected | None:
    """The finding on the root of a kind of XML that is known; None for any other."""
    namespace, _, name = root.tag.lstrip("{").rpartition("}")
    if name.lower() == "html" and not namespace.startswith("urn:"):
        return _of(file_kinds.HTML)
    for beginning, kind, known in file_kinds.NAMESPACES:
        if namespace.startswith(beginning):
            is_fhir = kind is file_kinds.FHIR
            return _of(kind, file_kinds.fhir_resource(name) if is_fhir else known, data)
    return None


def _said_of_root(root: Element, holds: bool) -> _Detected:
    """The finding on XML that can be read and is not an appointment document."""
    known = _said_of_kind(root, etree.tostring(root))
    if known is not None:
        return known
    if root.tag == _ROOT:
        templates = {one.get("root") for one in root.iterchildren(_TEMPLATE_ID)}
        code = next(root.iterchildren(_CODE), None)
        coded = (None, None) if code is None else (code.get("code"), code.get("codeSystem"))
        return _Detected("APD-TEMPLATE", file_kinds.other_cda(templates, coded))
    if local_name(root) == "ClinicalDocument":
        in_other = root.tag.startswith("{")
        return _Detected(
            "APD-ROOT", file_kinds.OTHER_NAMESPACE if in_other else file_kinds.NO_NAMESPACE
        )
    if _is_called_otherwise(root):
        return _Detected("APD-ROOT", file_kinds.OTHER_NAME)
    return _Detected("APD-ROOT", file_kinds.HOLDS_APPOINTMENT if holds else file_kinds.OTHER_ROOT)


def _is_called_otherwise(root: Element) -> bool:
    """True for the root of an appointment document that has another name."""
    return any(
        local_name(child) == "templateId" and child.get("root") in APD_TEMPLATES for child in root
    )


# --- what is inside --------------------------------------------------------------------------

_base64_begins = re.compile(
    rb"""["']?(?:data:[\w/+.\-]{0,80};base64,)?((?:[A-Za-z0-9+/\-_]\s{0,4}){16,64})"""
).match
_in_document = re.compile(
    rb"(?:<|&lt;|&#60;|\\u003[cC])(?:[A-Za-z_][\w.\-]{0,60}:)?ClinicalDocument(?![\w.\-])"
).search
_LINE_ENDS = (rb"\r", rb"\n", b"&#13;", b"&#10;", b"&#xD;", b"&#xA;", b"&#xd;", b"&#xa;")
"""How JSON and XML write the line ends of base64."""


def _in_base64(begin: bytes) -> tuple[Wording] | None:
    """What base64 holds that begins as something known."""
    letters = _base64_begins(begin)
    if letters is None:
        return None
    text = b"".join(letters[1].split()).translate(bytes.maketrans(b"-_", b"+/"))
    try:
        decoded = base64.b64decode(text[: len(text) // 4 * 4])
    except (binascii.Error, ValueError):
        return None
    if encoding.in_ascii(decoded).lstrip(_BLANKS + _MARK).startswith(b"<"):
        return (file_kinds.in_base64(None),)
    kinds = (kind for magic, kind, _ in file_kinds.MAGIC if decoded.startswith(magic))
    kind = next(kinds, None)
    return None if kind in (None, file_kinds.TEXT) else (file_kinds.in_base64(kind),)


def _as_base64(text: bytes) -> tuple[bytes, ...]:
    """The letters of base64 that say a text and nothing else, wherever it begins: three ways."""
    letters = []
    for skipped in range(3):
        encoded = base64.b64encode(b"\0" * skipped + text)
        if encoded.endswith(b"="):
            encoded = encoded.rstrip(b"=")[:-1]  # its last letter says what comes after, too
        letters.append(encoded[(skipped * 8 + 5) // 6 :])
    return tuple(letters)


_TEMPLATE = DOCUMENT_TEMPLATE.encode()
"""The prefix of all template ids of DK-APD."""
_TEMPLATE_IN_BASE64 = tuple(
    letters
    for codec in ("utf-8", "utf-16-le", "utf-16-be")
    for letters in _as_base64(DOCUMENT_TEMPLATE.encode(codec))
)


def holds_appointment(data: bytes) -> bool:
    """Whether these bytes contain an appointment document: as XML, escaped or in base64."""
    if _TEMPLATE in data and _in_document(data):
        return True
    letters = data.translate(None, _BLANKS)
    for end in _LINE_ENDS:
        letters = letters.replace(end, b"")
    return any(template in letters for template in _TEMPLATE_IN_BASE64)
