"""XML as a string, with the positions of its elements.

A part can be changed while the rest stays as it is: white space, quotes, comments. The text has
been read by libxml2 before, so it is well-formed and has no document type.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from lxml import etree

from apd.cda.encoding import codec_of
from apd.cda.lossless.defaults import DEFAULTS
from apd.cda.xml import HL7, PREFIXES, XSI_TYPE, has_text

Scope: TypeAlias = Mapping[str, str]
"""Namespaces by the prefixes that stand for them; the empty prefix is the default."""
NOTHING_DECLARED: Scope = {"xml": "http://www.w3.org/XML/1998/namespace"}
WRITERS_SCOPE: Scope = {"": HL7, **{prefix: uri for uri, prefix in PREFIXES.items()}}
"""The namespaces declared around the writer's elements."""

_DECLARATION = re.compile(r"\ufeff?<\?xml\s.*?\?>", re.DOTALL)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_TAG = re.compile(r"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_BEHIND_TAG = re.compile(">[^<]*")
# possessive, and from the first blank on, so that no letter is looked at for each before it
_ATTRIBUTE = re.compile(r"""(?<!\s)\s++([^\s=]++)\s*+=\s*+("[^"]*+"|'[^']*+')""")
# what a word begins with stands first, so that nothing else is looked at
_WORD = re.compile(r""""(?<==")[^"]*"|'(?<==')[^']*'|>\s*[^<>\s][^<>]*<""")
_BLANK = re.compile(r"\s")
_REFERENCE = re.compile("&(#?[^;&]++);")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_NO_DEFAULTS: frozenset[tuple[str, str]] = frozenset()


class Edit(NamedTuple):
    """A replacement for a part of a text."""

    start: int
    end: int
    text: str


def attribute_in(text: str, start: int, name: str) -> tuple[int, int] | None:
    """The start and end of an attribute with its value in a text; None if it is missing.

    Args:
        text: the text.
        start: where the tag of its element starts.
        name: its name, without a prefix.
    """
    tag = _TAG.match(text, start)
    for found in _ATTRIBUTE.finditer(tag[0]) if tag else ():
        prefix, _, local = found[1].rpartition(":")
        if local == name and prefix != "xmlns":
            return start + found.start(1), start + found.end(2)
    return None


def edited(text: str, edits: Iterable[Edit], part: tuple[int, int] | None = None) -> str:
    """A text after edits, or a part of it; edits inside a part that is replaced are ignored."""
    pieces: list[str] = []
    at, last = part or (0, len(text))
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        if at <= start and end <= last:
            pieces += text[at:start], new
            at = end
    return "".join((*pieces, text[at:last]))


def without_hidden(text: str) -> str:
    """A text of the same length without what hides brackets from the parser.

    Comments, instructions and the declaration are blank; CDATA sections are masked.
    """
    declaration = _DECLARATION.match(text)
    at = declaration.end() if declaration else 0
    pieces = [" " * at]
    for start, end in _hidden(text, at):
        stands = HIDDEN if text.startswith(_CDATA, start) else " "
        pieces += text[at:start], stands * (end - start)
        at = end
    return "".join((*pieces, text[at:]))


def hidden_in(text: str) -> Iterator[Edit]:
    """Edits that remove every comment and instruction, except the declaration."""
    for start, end in _hidden(text):
        if not text.startswith(("<?xml ", _CDATA), start):
            yield Edit(start, end, "")


def _hidden(text: str, at: int = 0) -> Iterator[tuple[int, int]]:
    """Where comments, instructions and CDATA sections start and end, from a place on."""
    declared, instruction = _next(text, "!", at), _next(text, "?", at)
    while declared >= 0 or instruction >= 0:
        if 0 <= declared < instruction or instruction < 0:
            start, closes = declared, "-->" if text.startswith("<!--", declared) else _CDATA_END
        else:
            start, closes = instruction, "?>"
        closing = text.find(closes, start + len(closes) + 1)  # "<!-->" does not close itself
        end = len(text) if closing < 0 else closing + len(closes)
        yield start, end
        # each is looked for once, or many of one kind would make a far one of the other costly
        declared = _next(text, "!", end) if 0 <= declared < end else declared
        instruction = _next(text, "?", end) if 0 <= instruction < end else instruction


def _next(text: str, mark: str, at: int) -> int:
    """Where the next bracket with a mark behind it stands, from a place on; -1 for nowhere."""
    place = text.find(mark, at + 1)  # a single character is found much faster than two
    while place > 0 and text[place - 1] != "<":
        place = text.find(mark, place + 1)
    return place - 1 if place > 0 else -1


class Markup:
    """The text of a document, and the positions of its tags.

    It does not know its elements, and they know it: what goes round is kept for long. Of each tag,
    by its number, ``pieces`` has what stands from its first bracket to the next tag's, comments
    left out, and ``ends`` where the piece before it ends.

    Args:
        text: the whole text.
        seen: the same without what is hidden, if that is known.
        part: where the part starts that is asked for, and where it ends; no element is closed in
            it that was not opened there.
    """

    __slots__ = ("_seen", "closes", "ends", "opened", "pieces", "text")

    def __init__(
        self, text: str, seen: str | None = None, part: tuple[int, int] | None = None
    ) -> None:
        self.text = text
        seen = without_hidden(text) if seen is None else seen
        start = 0
        if part is not None:
            start, end = part
            seen = seen[start:end]
        before, *pieces = seen.split("<")
        if seen.count(">") != len(pieces):  # some stand within attributes or texts
            seen = _BEHIND_TAG.sub(_mask, _TAG.sub(_mask, seen))
            before, *pieces = seen.split("<")
        self._seen = seen
        self.pieces = pieces
        self.ends = list(accumulate(map(len, pieces), initial=start + len(before)))
        self.closes = closes = list(range(len(pieces)))
        """The number of the tag that closes each; its own where it closes itself. Of a tag that
        closes another, -1; of one that nothing in the part closes, the number of tags."""
        self.opened: list[int] = []
        """The tags that nothing in the part closes."""
        opened = self.opened
        for number, piece in enumerate(pieces):
            if piece[0] == "/":
                closes[opened.pop()], closes[number] = number, -1
            elif "/>" not in piece:
                opened.append(number)
        for number in opened:
            closes[number] = len(pieces)

    def span(self, number: int) -> tuple[int, int]:
        """Where a tag starts, and where it ends."""
        start = self.ends[number] + number
        return start, start + self.pieces[number].index(">") + 2

    def tail(self, number: int) -> str:
        """The text after a tag, without comments and instructions."""
        return self.pieces[number].partition(">")[2]

    def first(self, name: str) -> int | None:
        """The number of the first tag that opens an element of a name, whosever it is."""
        prefix = r"(?:[^\s<>/:]++:)?" if f":{name}" in self._seen else ""  # without, it is faster
        found = re.search(rf"<{prefix}{name}[\s/>]", self._seen)
        return None if found is None else self._seen.count("<", 0, found.start())


HIDDEN = "\0"
"""Stands in no document, and for what is not to be seen in one."""


def _mask(piece: re.Match[str]) -> str:
    """A tag, or what a tag ends with and what is behind it, with all other brackets masked."""
    tag = piece[0]
    if tag[0] == ">":
        return ">" + tag[1:].replace(">", HIDDEN)
    return tag[:-1].replace(">", HIDDEN) + ">"


class Element:
    """An element in a text.

    Args:
        markup: the text.
        number: which tag opens it.
        around: the namespaces that are declared around it.
    """

    __slots__ = (
        *("_attributes", "_children", "_places", "_texts"),
        *("around", "head", "inner", "key", "markup", "name", "number", "scope", "start"),
    )

    def __init__(self, markup: Markup, number: int, around: Scope) -> None:
        self.markup, self.number, self.around = markup, number, around
        start = markup.ends[number] + number
        inner = start + markup.pieces[number].index(">") + 2
        self.start, self.inner = start, inner
        """Where it starts, and where what is inside it does."""
        self.head = head = markup.text[start + 1 : inner - 1]
        """Its start tag without brackets."""
        self.name = name = head.split(None, 1)[0].rstrip("/")
        if "xmlns" in head:
            around = scope_within(head, around)
        self.scope = around
        prefix, _, local = name.rpartition(":") if ":" in name else ("", "", name)
        uri = around.get(prefix, "")
        self.key = local if uri == HL7 else f"{{{uri}}}{local}"
        """Its name; with its namespace in front where that is not HL7's."""
        self._attributes: dict[str, str] | None = None
        self._children: list[Element] | None = None
        self._places: dict[str, tuple[int, int]] | None = None
        self._texts: list[str] | None = None

    @property
    def close(self) -> int:
        """The end of its content."""
        markup, number = self.markup, self.number
        closing = markup.closes[number]
        return self.inner if closing == number else markup.span(closing)[0]

    @property
    def end(self) -> int:
        """Where it ends."""
        markup, number = self.markup, self.number
        closing = markup.closes[number]
        return self.inner if closing == number else markup.span(closing)[1]

    @property
    def is_closed(self) -> bool:
        """Whether its start tag closes it."""
        return self.markup.closes[self.number] == self.number

    @property
    def xml(self) -> str:
        """The element as written."""
        return self.markup.text[self.start : self.end]

    @property
    def children(self) -> list["Element"]:
        """The elements in it."""
        if self._children is None:
            markup, scope = self.markup, self.scope
            inside = self._inside() if self.has_children else ()
            self._children = [Element(markup, number, scope) for number in inside]
        return self._children

    @property
    def has_children(self) -> bool:
        """Whether there are elements in it."""
        return self.markup.closes[self.number] > self.number + 1

    def _inside(self) -> Iterator[int]:
        """The numbers of the elements in it."""
        closes = self.markup.closes
        number, closing = self.number + 1, closes[self.number]
        while number < closing:
            yield number
            number = closes[number] + 1

    def all(self) -> Iterator["Element"]:
        """Itself and all elements in it, in the order of the text."""
        left = [self]
        while left:
            element = left.pop()
            yield element
            left += reversed(element.children)

    def path_to(self, name: str) -> list["Element"]:
        """The first HL7 element of a name in a root, behind all that it is in; or nothing."""
        number = self.markup.first(name)
        path = [] if number is None else self._path_to(number)
        if not path or path[-1].key == name:
            return path
        # one of somebody else's has the name; as there may be many of them, all are looked at once
        first = next((element for element in self.all() if element.key == name), None)
        return [] if first is None else self._path_to(first.number)

    def _path_to(self, number: int) -> list["Element"]:
        path, closes = [self], self.markup.closes
        while path[-1].number != number:
            inside = path[-1].number + 1
            while closes[inside] < number:
                inside = closes[inside] + 1
            path.append(Element(self.markup, inside, path[-1].scope))
        return path

    def named(self, key: str) -> list["Element"]:
        """The elements in it with a name."""
        children = self._children
        if children is None:  # others are not looked at
            markup, scope, local = self.markup, self.scope, key.rpartition("}")[2]
            pieces = markup.pieces
            may_be = [number for number in self._inside() if local in pieces[number]]
            children = [Element(markup, number, scope) for number in may_be]
        return [child for child in children if child.key == key]

    def others(self, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Where elements in it start and end whose names begin with none of these.

        What is not parted by another element is one.
        """
        markup, first, last = self.markup, -1, -1
        for number in self._inside():
            if not markup.pieces[number].startswith(names):
                first, last = (number if first < 0 else first), markup.closes[number]
            elif first >= 0:
                yield markup.span(first)[0], markup.span(last)[1]
                first = -1
        if first >= 0:
            yield markup.span(first)[0], markup.span(last)[1]

    @property
    def attributes(self) -> dict[str, str]:
        """Its attributes; prefixes of names and types are replaced by their namespaces."""
        if self._attributes is None:
            self._attributes = {}
            for name, quoted in _ATTRIBUTE.findall(self.head):
                value = quoted[1:-1]
                if "&" in value or not value.isprintable():
                    value = plain(_BLANK.sub(" ", value))
                if ":" not in name:
                    if name != "xmlns":
                        self._attributes[name] = value
                elif not name.startswith("xmlns:"):
                    key = self._expanded(name)
                    self._attributes[key] = self._type(value) if key == XSI_TYPE else value
        return self._attributes

    def has(self, key: str) -> bool:
        """Whether it has an attribute."""
        return key in self.head and key in self.attributes

    def _expanded(self, name: str) -> str:
        prefix, _, local = name.rpartition(":")
        return f"{{{self.scope.get(prefix, prefix)}}}{local}" if prefix else name

    def _type(self, value: str) -> str:
        prefix, _, local = value.strip().rpartition(":")
        return f"{{{self.scope.get(prefix, prefix)}}}{local}"

    @property
    def stated(self) -> frozenset[tuple[str, str]]:
        """Its attributes except those that only repeat CDA's defaults."""
        return frozenset(self.attributes.items()) - DEFAULTS.get(self.key, _NO_DEFAULTS)

    def states_as(self, other: "Element") -> bool:
        """Whether both state the same, apart from defaults."""
        return self.attributes == other.attributes or self.stated == other.stated

    def place_of(self, key: str) -> tuple[int, int] | None:
        """The position of an attribute, with the white space before it."""
        if self._places is None:
            at = self.start + 1
            self._places = {
                self._expanded(found[1]): (at + found.start(), at + found.end())
                for found in _ATTRIBUTE.finditer(self.head)
            }
        return self._places.get(key)

    @property
    def gaps(self) -> list[tuple[int, int]]:
        """The positions of possible texts: before, between and after the elements in it."""
        starts = [self.inner, *(child.end for child in self.children)]
        ends = [*(child.start for child in self.children), self.close]
        return list(zip(starts, ends, strict=True))

    @property
    def texts(self) -> list[str]:
        """The texts of the gaps; white space alone is not a text."""
        if self._texts is None:
            markup, closes, number = self.markup, self.markup.closes, self.number
            if closes[number] == number:
                tails = []
            elif closes[number] == number + 1:
                tails = [markup.tail(number)]
            else:
                behind = [closes[child.number] for child in self.children]
                tails = [markup.tail(number), *map(markup.tail, behind)]
            if any(HIDDEN in tail for tail in tails):
                tails = [markup.text[start:end] for start, end in self.gaps]
            self._texts = [plain(tail) if has_text(tail) else "" for tail in tails] or [""]
        return self._texts

    @property
    def content(self) -> tuple[object, ...]:
        """Its whole content, for comparison."""
        children = [child.content for child in self.children]
        return (self.key, self.stated, *self.texts, *children)

    @property
    def is_null(self) -> bool:
        """Whether it is null, or contains only elements that are."""
        if self.attributes.get("nullFlavor"):
            return True
        return bool(self.children) and not any(self.texts) and all(c.is_null for c in self.children)

    @property
    def lead(self) -> str:
        """The line break before it and its indentation; empty if it does not start a line."""
        text = self.markup.text
        line = text.rfind("\n", 0, self.start)
        if line < 0 or text[line + 1 : self.start].strip(" \t"):
            return ""
        return text[line - (text[line - 1 : line] == "\r") : self.start]


def root_of(text: str, scope: Scope = WRITERS_SCOPE) -> Element:
    """The root of some XML.

    Args:
        text: the XML.
        scope: the namespaces that are declared around it.
    """
    return Element(Markup(text), 0, scope)


def scope_within(head: str, around: Scope) -> Scope:
    """The namespaces that are declared in an element, by its start tag and those around it."""
    return {**around, **{name: plain(quoted[1:-1]) for name, quoted in _declarations(head)}}


def words(xml: str) -> list[str]:
    """The values and texts in a piece of XML, to measure similarity."""
    return sorted([word[1:-1].strip() for word in _WORD.findall(xml)])


def _declarations(head: str) -> Iterable[tuple[str, str]]:
    for name, quoted in _ATTRIBUTE.findall(head):
        if name == "xmlns" or name.startswith("xmlns:"):
            yield name[6:], quoted


def plain(text: str) -> str:
    """The text of a piece of XML without elements."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    if "<!" in text or "<?" in text:
        pieces, at = [], 0
        for start, end in _hidden(text):
            pieces.append(_unescaped(text[at:start]))
            if text.startswith(_CDATA, start):
                pieces.append(text[start + len(_CDATA) : end - len(_CDATA_END)])
            at = end
        return "".join((*pieces, _unescaped(text[at:])))
    return _unescaped(text)


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    name = reference[1]
    if name[0] != "#":
        return _ENTITIES[name]
    return chr(int(name[2:], 16) if name[1] == "x" else int(name[1:]))


# --- bytes -----------------------------------------------------------------------------------


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a document that libxml2 has read, and the codec that encodes it again."""
    codec = codec_of(data)
    try:
        text = data.decode(codec)
        if codec == "utf-8" or text.encode(codec) == data:  # in UTF-8 each text has its own bytes
            return text, codec
    except (LookupError, ValueError):
        pass
    tree = etree.fromstring(data, untouched()).getroottree()
    return etree.tostring(tree, encoding="unicode"), "utf-8"


def encoded(text: str, codec: str) -> bytes:
    """The bytes of a text; a character that cannot be encoded becomes a reference."""
    return text.encode(codec, "xmlcharrefreplace")


def untouched() -> "etree.XMLParser":
    """A parser that keeps everything; for data that have been read before."""
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, strip_cdata=False
    )
