"""The readable text of a document as HTML: a few of its elements, and the text of the others.

The text is untrusted. Elements that are not listed here lose their tags and keep their text, and
only the attributes below are used. The tags in the output are always balanced. Source: CDA R2,
section 4.3.5 (narrative block).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from lxml import etree
from markupsafe import Markup, escape

from apd.cda.narrative import differences
from apd.cda.xml import Element, child, hl7, local_name, parse, parse_fragment
from apd.errors import ParseError
from apd.model.appointment import Appointment
from apd.overview.html.rendering import is_safe_uri
from apd.privacy.masking import show
from apd.text.characters import visible
from apd.text.page import PageWords
from apd.wording import Hide, Language

_TAGS = {
    "paragraph": "p",
    "item": "li",
    **{name: name for name in ("table", "thead", "tbody", "tfoot", "tr", "th", "td")},
    **{name: name for name in ("br", "sub", "sup")},
}
_LISTS = {"ordered": "ol"}
_CAPTIONS = {"table": "caption", "list": "li"}
_REVISED = {"insert": "ins", "delete": "del"}
_STYLES = {"Bold": "b", "Emphasis": "em", "Italics": "i", "Underline": "u"}
_IN_A_LINE = frozenset(("a", "sub", "sup", "ins", "del", *_STYLES.values()))
_SPANS = ("colspan", "rowspan")
_NONE: Mapping[Element, str] = MappingProxyType({})
_is_span = re.compile("[1-9][0-9]?").fullmatch


class Narrative(NamedTuple):
    """A readable text: its heading, and HTML without scripts and external resources."""

    title: str
    html: Markup


def narratives(
    data: bytes | str,
    hide: Hide = show,
    appointment: Appointment | None = None,
    language: Language = "da",
) -> tuple[Narrative, ...]:
    """The readable texts of a document, valid or not; empty if it is not XML.

    Cells that differ from the appointment, if one is given, get a note in the language.
    """
    words = PageWords(language)

    def notes(text: Element) -> dict[Element, str]:
        if appointment is None:
            return {}
        found = differences(text, appointment)
        return {one.cell: words("of_data", text=one.of_data) for one in found}

    try:
        root = parse(data, keep_blanks=True)
    except ParseError:
        return ()
    found = ((section, child(section, "text")) for section in root.iter(hl7("section")))
    return tuple(
        Narrative(_title(section), as_html(text, hide, notes(text)))
        for section, text in found
        if text is not None
    )


def _title(section: Element) -> str:
    title = child(section, "title")
    return "" if title is None else " ".join("".join(map(str, title.itertext())).split())


def html_of(xml: str, hide: Hide = show) -> Markup:
    """A readable text that the library made, as HTML."""
    return as_html(parse_fragment(xml), hide)


class _Piece(NamedTuple):
    """A tag with its name, or a text between tags, whose ``tag`` is empty."""

    text: str
    tag: str = ""


def as_html(text: Element, hide: Hide = show, notes: Mapping[Element, str] = _NONE) -> Markup:
    """A ``text`` element of a section as HTML, without its own tag.

    ``hide`` is applied to every text, and tags inside hidden text are removed; cells with ``notes``
    are marked.
    """

    def clean(value: str) -> str:
        return visible(hide(value))

    pieces = list(_pieces(text, clean, notes))
    cleaned = [piece if piece.tag else _Piece(clean(piece.text)) for piece in pieces]
    whole = clean("".join(map(_plain, pieces)))
    if whole != "".join(map(_plain, cleaned)):
        return Markup('<p class="plain">{}</p>').format(whole.strip())
    return Markup("").join(
        Markup(piece.text) if piece.tag else escape(piece.text) for piece in cleaned
    )


def _plain(piece: _Piece) -> str:
    """The text of a piece: a line break for a tag that is not inline."""
    if not piece.tag:
        return piece.text
    return "" if piece.tag in _IN_A_LINE else "\n"


def _pieces(
    text: Element, clean: Callable[[str], str], notes: Mapping[Element, str]
) -> Iterator[_Piece]:
    for event, element in etree.iterwalk(text, events=("start", "end")):
        tag = "" if element is text else _tag(element)
        note = notes.get(element)
        if event == "start":
            if tag:
                mark = ' class="differs"' if note is not None else ""
                yield _Piece(f"<{tag}{mark}{_attributes(element, tag, clean)}>", tag)
            yield _Piece(element.text or "")
        else:
            if note is not None:
                yield _Piece(f'\n<p class="of-data">{escape(clean(note))}</p>', "p")
            if tag and tag != "br":
                yield _Piece(f"</{tag}>", tag)
            if element is not text:
                yield _Piece(element.tail or "")


def _tag(element: Element) -> str:
    """The corresponding element of HTML; empty for an unknown one."""
    name = local_name(element)
    if name == "list":
        return _LISTS.get(element.get("listType", ""), "ul")
    if name == "caption":
        parent = element.getparent()
        return "p" if parent is None else _CAPTIONS.get(local_name(parent), "p")
    if name == "content":
        styles = element.get("styleCode", "").split()
        styled = next((_STYLES[style] for style in styles if style in _STYLES), "")
        return _REVISED.get(element.get("revised", ""), styled)
    if name == "linkHtml":
        return "a" if is_safe_uri(element.get("href")) else ""
    return _TAGS.get(name, "")


def _attributes(element: Element, tag: str, clean: Callable[[str], str]) -> str:
    if tag == "a":
        href = escape(clean(element.get("href", "")))
        return f' href="{href}" rel="noopener noreferrer"'
    if tag in ("th", "td"):
        spans = ((name, element.get(name, "")) for name in _SPANS)
        return "".join(f' {name}="{span}"' for name, span in spans if _is_span(span))
    return ""
