"""A document without personal data: names, structure and harmless codes stay.

Every text, comment and instruction becomes ``…``, and so does every attribute except those listed
here with a value from the closed list for their place: structural attributes of CDA, code systems
and template ids. A word outside its list could be somebody's name. Line breaks stay. The text is
masked, not the tree, so that the result shows what was written.
"""

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from apd.cda import fixed_values
from apd.privacy.patterns import CPR_NUMBER_IN_OID, HARMLESS_OID
from apd.standard.codes import REALM, TYPE_EXTENSION
from apd.standard.releases import RELEASES

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
_ATTRIBUTE = re.compile(r"(?<!\s)(\s++)([^\s=]++)(\s*+=\s*+)([\"'])(.*?)\4", re.DOTALL)
_WORDS = re.compile(r"\S(?:[^\n]*\S)?")

_Test = Callable[[str], bool]


def _is_code(value: str) -> bool:
    """Whether these are codes of HL7's closed lists; one attribute may have several."""
    return fixed_values.codes().issuperset(value.split())


def _is_type(value: str) -> bool:
    prefix, _, name = value.rpartition(":")
    return name in fixed_values.types() and prefix in fixed_values.PREFIXES


def _is_oid(value: str) -> bool:
    return _OID.fullmatch(value) is not None and _CPR_IN_OID.search(value) is None


# a value is shown where it is of the closed list of its place, and so says nothing of anybody
_SHOWN_ANYWHERE: dict[str, _Test] = {
    **dict.fromkeys(
        (
            *("classCode", "moodCode", "typeCode", "determinerCode", "contextControlCode"),
            *("contextConductionInd", "negationInd", "inversionInd", "nullFlavor"),
            *("use", "qualifier", "partType", "operator", "representation", "compression"),
        ),
        _is_code,
    ),
    "xsi:type": _is_type,
    "root": _is_oid,
    "codeSystem": _is_oid,
    "unit": _is_code,
    "mediaType": fixed_values.MEDIA_TYPES.__contains__,
}
_SHOWN_IN: dict[tuple[str, str], _Test] = {
    ("templateId", "extension"): frozenset(one.template_date for one in RELEASES).__contains__,
    ("typeId", "extension"): TYPE_EXTENSION.__eq__,
    ("realmCode", "code"): REALM.__eq__,
    ("languageCode", "code"): fixed_values.is_language,
    ("confidentialityCode", "code"): _is_code,
    ("statusCode", "code"): _is_code,
}
# elsewhere a code may reveal the reason, the gender or the illness
_PARENTS_OF_CODES = frozenset(("ClinicalDocument", "section", "encounter"))
_OID = re.compile(HARMLESS_OID)
_CPR_IN_OID = re.compile(CPR_NUMBER_IN_OID)


class Place(NamedTuple):
    """The beginning of an element in the masked text, and the length to highlight."""

    offset: int
    width: int


class Masked(NamedTuple):
    """The masked text, and the places of the requested elements, by their paths."""

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
    """A well-formed document with all personal data hidden; None if it is not well-formed.

    ``wanted`` are paths of elements with a position in every step.
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
    if not value:
        return True
    if name.partition(":")[0] == "xmlns":
        return value in fixed_values.NAMESPACES
    if name == "code" and element == "code" and parent in _PARENTS_OF_CODES:
        return _is_code(value)
    test = _SHOWN_ANYWHERE.get(name) or _SHOWN_IN.get((element, name))
    return test is not None and test(value)


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
