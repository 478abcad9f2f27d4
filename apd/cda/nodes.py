"""Letters as nested tuples: made at once, and equal where the XML is.

lxml makes an element anew whenever Python looks at it, so comparing a document through elements
takes longer than reading it. Letters are split at every ``<`` in a few microseconds.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from apd.cda.defaults import DEFAULTS
from apd.cda.letters import name_at_start, standing_alone, tag_name
from apd.cda.xml import has_text

Node: TypeAlias = tuple[str, Sequence[Any]]
"""An element: its start tag without the ``<``, with the text that follows, which is its *piece*;
and what is inside, which is nodes and the texts behind them. (``Any`` is ``Node | str``.)"""

_attribute = re.compile(r' ([^ =]+)="([^"]*)"').findall
_NO_DEFAULTS: frozenset[tuple[str, str]] = frozenset()


def node(pieces: Iterable[str]) -> Node:
    """The node that the pieces of some letters make."""
    top: list[Any] = []
    inside = top
    around: list[list[Any]] = []
    for piece in pieces:
        text = ""
        if piece[-1] != ">":
            tag, _, text = piece.partition(">")
            if tag[0] == "/" or tag[-1] == "/":
                piece = f"{tag}>"
        if piece[0] == "/":
            inside = around.pop()
        elif piece[-2:] == "/>":
            inside.append((piece, ()))
        else:
            below: list[Any] = []
            inside.append((piece, below))
            around.append(inside)
            inside = below
            continue
        if text:
            inside.append(text)
    made: Node = top[0]
    return made


def pieces_of(letters: str) -> list[str]:
    """Letters in pieces: tags without the ``<``, each with the text that follows."""
    return letters.split("<")[1:]


def alike(pieces: list[str], words: list[str]) -> dict[str, str]:
    """For pieces that are not among some words, the words that mean the same.

    No two pieces have the same word, so that what is told in words can be told in pieces again.
    """
    absent = {_meaning(word): word for word in set(words).difference(pieces)}
    strange = {_meaning(piece): piece for piece in set(pieces).difference(words)}
    return {strange[meaning]: absent[meaning] for meaning in strange.keys() & absent.keys()}


def _meaning(piece: str) -> tuple[str, frozenset[tuple[str, str]], str]:
    """What a piece means, whatever the order of its attributes and whether it says defaults."""
    start, _, text = piece.partition(">")
    if start[0] == "/":
        return start, _NO_DEFAULTS, text
    return tag_name(start), _said(start), f"/{text}" if start[-1] == "/" else text


def _said(start: str) -> frozenset[tuple[str, str]]:
    """The attributes of a start tag that are no defaults."""
    return frozenset(_attribute(start)) - DEFAULTS.get(tag_name(start), _NO_DEFAULTS)


_AS_IT_IS: Mapping[str, str] = {}


def letters_in(one: Node, told: Mapping[str, str] = _AS_IT_IS) -> str:
    """The letters that say a node.

    Args:
        one: the node.
        told: for some of its pieces, what to say instead.
    """
    said: list[str] = []
    left: list[Node | str] = [one]  # no recursion: what strangers write may be deep
    while left:
        current = left.pop()
        if isinstance(current, str):
            said.append(current)
            continue
        piece, inside = current
        said.append(f"<{told.get(piece, piece)}")
        if piece[-2:] != "/>":
            left.append(f"</{tag_name(piece)}>")
            left += reversed(inside)
    return "".join(said)


# --- what a node says ------------------------------------------------------------------------


def name_of(one: Node) -> str:
    """The name of an element: a plain one for HL7's alone."""
    piece = one[0]
    name: str = name_at_start(piece)[0]  # type: ignore[index]  # not tag_name, for speed
    return f":{name}" if ' xmlns="' in piece else name


def elements_in(one: Node) -> list[Node]:
    """The elements inside, without the texts behind them."""
    return [inside for inside in one[1] if type(inside) is tuple]


def first_in(one: Node, name: str) -> Node | None:
    """The first element of a plain name."""
    named = (inside for inside in elements_in(one) if inside[0].startswith(name))
    return next((inside for inside in named if name_of(inside) == name), None)


def text_of(one: Node) -> str:
    """The text of an element before the first element in it."""
    return one[0].partition(">")[2]


def plain(text: str) -> str:
    """A text as people read it. It was serialised by lxml, which escapes no more than this."""
    for escaped, character in (("&lt;", "<"), ("&gt;", ">"), ("&#13;", "\r"), ("&amp;", "&")):
        text = text.replace(escaped, character)
    return text


def has_same_attributes(one: Node, other: Node) -> bool:
    """True where what is not said is the default that the other says."""
    start, other_start = one[0].partition(">")[0], other[0].partition(">")[0]
    return start.rstrip("/") == other_start.rstrip("/") or _said(start) == _said(other_start)


# --- a node as XML that stands alone ---------------------------------------------------------


def xml_of(one: Node, told: Mapping[str, str] = _AS_IT_IS) -> str:
    """The element with everything inside it; see :func:`letters_in`."""
    return standing_alone(letters_in(one, told))


def head_of(one: Node, told: Mapping[str, str] = _AS_IT_IS, *, with_text: bool = True) -> str:
    """The element without the elements inside, and without its text if so wanted."""
    piece = told.get(one[0], one[0])
    start, _, text = piece.partition(">")
    if with_text and has_text(text):
        return standing_alone(f"<{piece}</{tag_name(piece)}>")
    return standing_alone(f"<{start.removesuffix('/')}/>")
