"""Parses XML, as the only place that handles XML from strangers, and writes text as XML.

Elements are lxml's. A reader asks once for the children of an element, with :func:`children`; a
writer makes text, with :func:`attribute` and :func:`content` around what comes from the model.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from lxml import etree

from apd.cda.encoding import WRITE_UTF_8
from apd.cda.remembering import remembered, remembered_if_short
from apd.errors import ParseError
from apd.findings import NO_WORDS, Finding, Layer
from apd.limits import (
    MAX_ATTRIBUTES,
    MAX_DECLARATIONS,
    MAX_DEPTH,
    MAX_DOCUMENT_BYTES,
    MAX_REMEMBERED,
)
from apd.wording import Wording

if TYPE_CHECKING:
    Element: TypeAlias = etree._Element
else:
    Element = object

Children: TypeAlias = dict[str, list[Element]]
"""The children of an element, by their names in lxml."""

T = TypeVar("T")

HL7 = "urn:hl7-org:v3"
SDTC = "urn:hl7-org:sdtc"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XSI_TYPE = f"{{{XSI}}}type"

DEFAULT_NAMESPACE = f' xmlns="{HL7}"'
"""The namespace declaration for plain HL7 names."""
XSI_NAMESPACE = f' xmlns:xsi="{XSI}"'
PREFIXES = {XSI: "xsi", SDTC: "sdtc", "http://www.w3.org/XML/1998/namespace": "xml"}
"""The usual prefixes of namespaces other than HL7's own."""


def hl7(name: str) -> str:
    """The name of an HL7 element in lxml: ``{urn:hl7-org:v3}author``."""
    return f"{{{HL7}}}{name}"


ADDR, CODE, EFFECTIVE_TIME, ID, NAME, TELECOM, TEMPLATE_ID = map(
    hl7, ("addr", "code", "effectiveTime", "id", "name", "telecom", "templateId")
)
"""Names of children that many kinds of elements have."""


# --- reading ---------------------------------------------------------------------------------


def parse(
    data: bytes | str, *, keep_blanks: bool = False, max_bytes: int = MAX_DOCUMENT_BYTES
) -> Element:
    """The root element of a document from a stranger, without comments and instructions.

    Nothing is fetched and no entity is expanded; the limits of size, depth and width are in
    :mod:`apd.limits`.

    Args:
        data: the document; the encoding that a text declares is ignored.
        keep_blanks: keep white space that stands alone between elements.
        max_bytes: the maximum size; data that are not a document may be longer.

    Raises:
        ParseError: it is not well-formed, has a document type, is too large or too deep, has too
            many attributes or declarations, or its encoding cannot be read.
    """
    if len(data) > max_bytes:
        raise _refused(
            "XML-SIZE",
            f"Dokumentet er på mere end {max_bytes} byte; et aftaledokument er langt mindre.",
            f"The document is larger than {max_bytes} bytes; an appointment document is far "
            "smaller.",
        )
    most = MAX_DECLARATIONS * max(1, max_bytes // MAX_DOCUMENT_BYTES)
    try:
        raw = as_bytes(data) if isinstance(data, str) else data
        if len(raw) > most * _SHORTEST_DECLARATION and _declarations(raw) > most:
            raise _many_declarations(most)
        root = etree.fromstring(raw, _parser(keep_blanks))
    except etree.XMLSyntaxError as error:
        refused = _not_well_formed(error)
    except (LookupError, UnicodeError, ValueError):
        refused = _encoding_refused()
    else:
        if root.getroottree().docinfo.internalDTD is not None:
            refused = _refused(
                "XML-DTD",
                "Dokumentet har en DOCTYPE, som kan hente filer og udvide entiteter. Fjern den.",
                "The document has a DOCTYPE, which can fetch files and expand entities. Remove it.",
            )
        elif _has_many_attributes(root):
            refused = _refused(
                "XML-ATTRIBUTES",
                f"Et element har mere end {MAX_ATTRIBUTES} attributter.",
                f"An element has more than {MAX_ATTRIBUTES} attributes.",
            )
        else:
            return root
    # raised out here, so that it does not carry along the error of lxml, which may quote
    raise refused


_has_many_attributes = etree.XPath(f"boolean(/descendant::*/@*[{MAX_ATTRIBUTES + 1}])")
_SHORTEST_DECLARATION = len(' xmlns:a="b"')


def _declarations(data: bytes) -> int:
    """How often namespaces are declared, counted before the parser has to look each of them up.

    Words that look so in texts are counted as well. Most encodings have the letters of ASCII as
    single bytes, the others with zeros between them.
    """
    count = data.count(b"xmlns")
    return count or data.replace(b"\0", b"").count(b"xmlns")


def _parser(keep_blanks: bool) -> "etree.XMLParser":
    # a new one each time: one that is kept has the log of the last document, and a copy of one
    # resolves entities again
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=not keep_blanks,
    )


def parse_excerpt(text: str) -> Element | None:
    """The root of an excerpt of a document that was read, without comments and instructions.

    None for what is not well-formed.
    """
    try:
        return etree.fromstring(text, _parser(keep_blanks=False))
    except (etree.XMLSyntaxError, ValueError):
        return None


_declared_encoding = re.compile(r"""\A(\ufeff?<\?xml\s[^>]*?encoding\s*=\s*["'])([^"']*)""")


def as_bytes(text: str) -> bytes:
    """A text as UTF-8; a declaration of another encoding is changed to UTF-8."""
    declared = _declared_encoding.match(text)
    if declared and declared[2].lower() not in ("utf-8", "utf8"):
        text = f"{declared[1]}UTF-8{text[declared.end() :]}"
    return text.encode()


def _refused(
    rule: str, da: str, en: str, line: int | None = None, remedy: Wording = NO_WORDS
) -> ParseError:
    finding = Finding(
        rule=rule,
        layer=Layer.XML,
        wording=Wording(da, en),
        remedy_wording=remedy,
        line=line,
        source="XML 1.0",
    )
    return ParseError([finding])


def _many_declarations(most: int) -> ParseError:
    return _refused(
        "XML-DECLARATIONS",
        f"Dokumentet erklærer mere end {most} navnerum (xmlns).",
        f"The document declares more than {most} namespaces (xmlns).",
    )


def _encoding_refused(line: int | None = None) -> ParseError:
    return _refused(
        "XML-ENCODING",
        "Tegnsættet kan ikke læses.",
        "The encoding cannot be read.",
        line,
        WRITE_UTF_8,
    )


_RESOURCE_LIMIT = (
    114  # the number of libxml2's error, for which older releases of lxml have no name
)
_NOT_ESCAPED = Wording(
    "& eller < i en tekst skal skrives som &amp; eller &lt;",
    "& or < in a text must be written as &amp; or &lt;",
)
_NOT_CLOSED = Wording(
    "en kommentar, en CDATA-sektion eller en instruktion er ikke afsluttet",
    "a comment, a CDATA section or a processing instruction is not closed",
)
_NO_NAMESPACE = Wording(
    "navnet på et navnerum (xmlns) skal være en URI, f.eks. urn:oid:1.2.3",
    "the name of a namespace (xmlns) must be a URI, such as urn:oid:1.2.3",
)
_COMMON_ERRORS = {
    "ERR_NAME_REQUIRED": _NOT_ESCAPED,
    "ERR_ENTITYREF_SEMICOL_MISSING": _NOT_ESCAPED,
    "ERR_LT_IN_ATTRIBUTE": _NOT_ESCAPED,
    "ERR_TAG_NAME_MISMATCH": Wording(
        "et slutmærke svarer ikke til sit startmærke", "an end tag does not match its start tag"
    ),
    "ERR_TAG_NOT_FINISHED": Wording(
        "dokumentet slutter, før alle elementer er afsluttet; det kan være afkortet",
        "the document ends before all elements are closed; it may have been cut off",
    ),
    "ERR_GT_REQUIRED": Wording(
        "et start- eller slutmærke er skrevet forkert, eller der mangler et >",
        "a start tag or an end tag is malformed, or a > is missing",
    ),
    "ERR_DOCUMENT_END": Wording(
        "der er indhold efter rodens slutmærke", "there is content after the end tag of the root"
    ),
    "ERR_ATTRIBUTE_REDEFINED": Wording(
        "et element har den samme attribut to gange", "an element has the same attribute twice"
    ),
    "ERR_ATTRIBUTE_WITHOUT_VALUE": Wording(
        "en attribut har ingen værdi", "an attribute has no value"
    ),
    "ERR_UNDECLARED_ENTITY": Wording(
        "en entitet, f.eks. &nbsp;, er ikke erklæret", "an entity such as &nbsp; is not declared"
    ),
    "NS_ERR_UNDEFINED_NAMESPACE": Wording(
        "et præfiks er ikke erklæret med xmlns", "a prefix is not declared with xmlns"
    ),
    "NS_ERR_XML_NAMESPACE": _NO_NAMESPACE,
    "WAR_NS_URI": _NO_NAMESPACE,
    "ERR_INVALID_CHAR": Wording(
        "et tegn, eller en henvisning til et tegn, er ikke tilladt i XML",
        "a character, or a reference to one, is not allowed in XML",
    ),
    "ERR_COMMENT_NOT_FINISHED": _NOT_CLOSED,
    "ERR_CDATA_NOT_FINISHED": _NOT_CLOSED,
    "ERR_PI_NOT_FINISHED": _NOT_CLOSED,
    "ERR_HYPHEN_IN_COMMENT": Wording(
        "en kommentar må ikke indeholde --", "a comment must not contain --"
    ),
    "ERR_XMLDECL_NOT_FINISHED": Wording(
        "XML-erklæringen er skrevet forkert", "the XML declaration is malformed"
    ),
    "ERR_RESERVED_XML_NAME": Wording(
        "en XML-erklæring må kun stå først i dokumentet",
        "an XML declaration must be the first thing in the document",
    ),
}
"""The meaning of libxml2's names for common mistakes, for people."""
_ENCODING_ERRORS = frozenset(("ERR_UNSUPPORTED_ENCODING", "ERR_INVALID_ENCODING"))


def _not_well_formed(error: etree.XMLSyntaxError) -> ParseError:
    # The message of libxml2 may quote the document; the name of its error does not.
    entry = cast(Any, error).error_log.last_error
    name = "" if entry is None else str(entry.type_name)
    if entry is not None and entry.type == _RESOURCE_LIMIT:
        return _refused(
            "XML-DEPTH",
            f"Elementerne er indlejret i mere end {MAX_DEPTH} niveauer.",
            f"Elements are nested more than {MAX_DEPTH} deep.",
            error.lineno,
        )
    if name in _ENCODING_ERRORS:
        return _encoding_refused(error.lineno)
    known = _COMMON_ERRORS.get(name)
    if known is not None:
        reason = Wording(f": {known.da}", f": {known.en}")
    elif name:
        plain = name.removeprefix("ERR_").lower().replace("_", " ")
        reason = Wording(f" (libxml2: {name})", f" ({plain})")  # as it has no Danish words
    else:
        reason = NO_WORDS
    return _refused(
        "XML-SYNTAX",
        f"Det er ikke velformet XML{reason.da}.",
        f"This is not well-formed XML{reason.en}.",
        error.lineno,
    )


def children(element: Element | None) -> Children:
    """The children of an element by their names; none if there is no element."""
    found: Children = {}
    if element is not None:
        for one in element:
            found.setdefault(one.tag, []).append(one)
    return found


def first(of: Children, name: str) -> Element | None:
    """The first child with a name in lxml's form."""
    found = of.get(name)
    return None if found is None else found[0]


def child(element: Element, name: str) -> Element | None:
    """The first child with a plain name."""
    return next(element.iterchildren(hl7(name)), None)


_count: Any = etree.XPath("count(/descendant::*)")


def number_of_elements(root: Element) -> int:
    """How many elements a document has."""
    return int(_count(root))


class _SourceText(str):
    """What an element says, as XML, and the element as long as it is read."""

    __slots__ = ("element",)
    element: Element


def recalled(read: Callable[[Element], T], element: Element) -> T:
    """The result of a reader for an element, from memory if it has read the same before."""
    stated = _SourceText(etree.tostring(element, encoding="unicode", with_tail=False))
    if len(stated) > MAX_REMEMBERED:
        return read(element)
    stated.element = element
    try:
        # typeshed's lru_cache forgets the type of what is returned
        return _recalled(read, stated)  # type: ignore[return-value]
    finally:
        del stated.element  # what it says is kept, and the document around it is not


@remembered
def _recalled(read: Callable[[Element], object], stated: _SourceText) -> object:
    return read(stated.element)


def canonical_xml(root: Element) -> str | None:
    """Canonical XML without comments; None where a namespace is no absolute URI.

    libxml2 compares each prefix with all that are in scope, again and again, so who asks sees to it
    that there are few.
    """
    try:
        return etree.tostring(root, method="c14n", with_comments=False).decode()
    except etree.C14NError:
        return None


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


# --- writing ---------------------------------------------------------------------------------

# the ampersand first, as the references of the others have one
_IN_CONTENT = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))
_IN_ATTRIBUTE = (*_IN_CONTENT, ('"', "&quot;"), ("\t", "&#9;"), ("\n", "&#10;"))
_special_in_attribute = re.compile('[&<>"\t\n\r]').search
_special_in_content = re.compile("[&<>\r]").search


def attribute(value: str) -> str:
    """A text as written between the quotes of an attribute."""
    return _with_references(value, _IN_ATTRIBUTE) if _special_in_attribute(value) else value


def content(value: str) -> str:
    """A text as written between tags."""
    return _with_references(value, _IN_CONTENT) if _special_in_content(value) else value


def _with_references(value: str, references: tuple[tuple[str, str], ...]) -> str:
    for character, reference in references:
        value = value.replace(character, reference)
    return value


_DEEPEST = 20  # what the writer makes is 13 deep


@remembered_if_short
def _starts(lead: str, indent: str) -> tuple[str, ...]:
    """What tags begin with, by how many elements they are in."""
    return tuple([f"{lead}{indent * depth}<" for depth in range(_DEEPEST)])


def laid_out(xml: str, lead: str = "\n", indent: str = "  ") -> str:
    """An element that was written on one line, with each element in it on a line of its own.

    The result is what lxml would print, without parsing and serialising. It has no mixed content;
    ``lead`` is the line break before it, with the indentation of its line.
    """
    starts = _starts(lead, indent)
    lines: list[str] = []
    depth = 0
    for piece in xml[1:-1].split("><"):  # brackets in texts and attributes are escaped
        if piece[0] == "/":
            depth -= 1
            lines.append(starts[depth] + piece)
        elif piece[-1] == "/" or "</" in piece:
            lines.append(starts[depth] + piece)
        else:
            lines.append(starts[depth] + piece)
            depth += 1
    return ">".join(lines)[len(lead) :] + ">"


def parse_fragment(xml: str) -> Element:
    """The element of a piece of XML that was made here, by a writer or from a document."""
    return etree.fromstring(xml)


WHITE_SPACE = " \t\r\n"


def has_text(text: str | None) -> bool:
    """Whether a text contains anything but XML's white space."""
    return text is not None and text.strip(WHITE_SPACE) != ""


NULL = 'nullFlavor="NI"'
"""The attribute of an element that is required but whose content is not known."""
