"""A document without anything personal: names, structure and harmless codes stay.

Every text, comment and instruction becomes ``…``, and so does every attribute but those listed
here: what the structure of CDA uses, code systems, and the ids of templates. Lines stay lines. It
works on the text and not on the tree, so that what is shown is what was written.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

_HL7, _SDTC = "urn:hl7-org:v3", "urn:hl7-org:sdtc"
_HIDDEN = "…"

_TOKEN = re.compile(
    r"<!--(?P<comment>.*?)-->"
    r"|<!\[CDATA\[(?P<cdata>.*?)\]\]>"
    r"|<\?(?P<instruction>.*?)\?>"
    r"|</(?P<end>[^\s<>]+)\s*>"
    r"|<(?P<name>[^\s/<>!?]+)"
    r"(?P<attributes>(?:\s+[^\s=<>]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*)\s*(?P<empty>/?)>"
    r"|(?P<text>[^<]+)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"(\s+)([^\s=]+)(\s*=\s*)([\"'])(.*?)\4", re.DOTALL)
_WORDS = re.compile(r"\S(?:[^\n]*\S)?")

_SHOWN_ANYWHERE = frozenset(
    (
        *("classCode", "moodCode", "typeCode", "determinerCode", "contextControlCode"),
        *("contextConductionInd", "negationInd", "inversionInd", "nullFlavor", "xsi:type"),
        *("root", "codeSystem", "use", "qualifier", "unit", "mediaType", "representation"),
    )
)
_SHOWN_ELEMENTS = frozenset(
    ("templateId", "typeId", "realmCode", "languageCode", "confidentialityCode", "statusCode")
)
# elsewhere a code may tell the reason, the gender or the illness
_PARENTS_OF_CODES = frozenset(("ClinicalDocument", "section", "encounter"))
_OID = re.compile(r"[0-2](?:\.[0-9]{1,9})+")
_HARMLESS = re.compile(r"(?!.*(?:[0-9]{7}|[0-9]{6}[.:/\-]))[\w.:/\-]{1,60}")


class Place(NamedTuple):
    """Where an element begins in the masked text, and how much of it to point at."""

    offset: int
    width: int


class Masked(NamedTuple):
    """The masked text, and the places of the elements that were asked for, by their paths."""

    text: str
    places: dict[str, Place]


class _Open:
    """An element that has begun: its name, path, namespaces, and children counted by name."""

    __slots__ = ("children", "name", "namespaces", "path")

    def __init__(self, name: str, path: str, namespaces: dict[str, str]) -> None:
        self.name = name
        self.path = path
        self.namespaces = namespaces
        self.children: dict[str, int] = {}


def masked(text: str, wanted: Collection[str]) -> Masked | None:
    """A well-formed document with everything personal hidden.

    Args:
        text: the document.
        wanted: paths of elements, with a position in every step.

    Returns:
        None where the text is not well-formed after all.
    """
    pieces: list[str] = []
    places: dict[str, Place] = {}
    around = [_Open("", "", {"xml": "http://www.w3.org/XML/1998/namespace"})]
    length = at = 0
    for token in _TOKEN.finditer(text):
        if token.start() != at:
            return None
        at = token.end()
        if token["name"] is not None:
            element = _opened(token, around[-1])
            if element.path in wanted:
                places.setdefault(element.path, Place(length, len(token["name"]) + 1))
            piece = _start_tag(token, element.name, around[-1].name)
            if not token["empty"]:
                around.append(element)
        elif token["end"] is not None:
            if len(around) == 1:
                return None
            around.pop()
            piece = token[0]
        else:
            piece = _without_words(token)
        pieces.append(piece)
        length += len(piece)
    return Masked("".join(pieces), places) if at == len(text) else None


def _opened(token: re.Match[str], parent: _Open) -> _Open:
    namespaces = parent.namespaces
    for _, name, _, _, value in _ATTRIBUTE.findall(token["attributes"]):
        if name == "xmlns" or name.startswith("xmlns:"):
            namespaces = {**namespaces, name[6:]: value}
    prefix, _, local = token["name"].rpartition(":")
    namespace = namespaces.get(prefix, "")
    step = {_HL7: local, _SDTC: f"sdtc:{local}"}.get(namespace, f"*:{local}")
    position = parent.children[step] = parent.children.get(step, 0) + 1
    return _Open(step, f"{parent.path}/{step}[{position}]", namespaces)


def _start_tag(token: re.Match[str], element: str, parent: str) -> str:
    def attribute(found: re.Match[str]) -> str:
        space, name, equals, quote, value = found.groups()
        shown = value if _is_harmless(element, parent, name, value) else _hidden(value)
        return f"{space}{name}{equals}{quote}{shown}{quote}"

    attributes = token["attributes"]
    if not attributes:
        return token[0]
    start = token.start("attributes") - token.start()
    end = token.end("attributes") - token.start()
    return token[0][:start] + _ATTRIBUTE.sub(attribute, attributes) + token[0][end:]


def _is_harmless(element: str, parent: str, name: str, value: str) -> bool:
    if not (_OID.fullmatch(value) if name == "root" else _is_plain(value)):
        return False
    return (
        name in _SHOWN_ANYWHERE
        or element in _SHOWN_ELEMENTS
        or name.partition(":")[0] == "xmlns"
        or (name == "code" and element == "code" and parent in _PARENTS_OF_CODES)
    )


def _is_plain(value: str) -> bool:
    """True for what looks like a code or an OID; a CPR number never does."""
    return bool(_OID.fullmatch(value) or _HARMLESS.fullmatch(value))


def _without_words(token: re.Match[str]) -> str:
    """A text, or what stands in a comment, an instruction or CDATA, as dots."""
    if token["text"] is not None:
        return _hidden(token[0])
    start, end = token.span(str(token.lastgroup))
    whole, begin = token[0], token.start()
    return whole[: start - begin] + _hidden(token[str(token.lastgroup)]) + whole[end - begin :]


def _hidden(text: str) -> str:
    """A text with one mark a line for its words."""
    return _WORDS.sub(_HIDDEN, text)
