"""The document view: a light copy of the tree, made in one walk, that every rule looks at.

A rule costs a microsecond or so this way; a look-up in lxml's own tree costs ten. The view holds
what an appointment document is made of. It does not go into the readable text, nor into the
statements an appointment has no use for (act, procedure, …): there the rules have no say.

Names are plain for HL7's elements, ``sdtc:name`` for those of SDTC and ``*:name`` for any
other. Data types follow from the name of an element and of its parent (CDA R2, data types
release 1).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from attrs import define

from apd.cda.xml import HL7, SDTC, XSI_TYPE, Element, hl7
from apd.rules.places import Places, State, takes
from apd.standard.element_types import (
    BY_PARENT,
    DATA_TYPES,
    NARRATIVE,
    STATED,
    STATED_TYPES,
    TYPES,
    TYPES_BY_PARENT,
    UNOPENED,
)
from apd.standard.paths import (
    REASON_CODE,
    ROOT,
    SECTION_TEXT,
    Path,
    Step,
)

_WITH_PARTS = frozenset(("AD", "PN", "ON", "EN"))

_HL7_NAME = f"{{{HL7}}}"
_SDTC_NAME = f"{{{SDTC}}}"

Part = tuple[str, str | None, str | None, str | None]
"""A part of an address or a name: its name, its text, the text behind it, its nullFlavor."""

_NONE: tuple["Node", ...] = ()
_NO_NAMES: dict[str, list["Node"]] = {}


@define(eq=False, slots=True)
class Node:
    """An element.

    Args:
        name: its name; see the module.
        kind: its data type, among :data:`DATA_TYPES`, or None for what is no value.
        attributes: its attributes, by lxml's names.
        text: the text before its first child.
        within: a number that the children of one element share, and no others.
        element: lxml's element.
        named: the elements in it, by their names; none for an address or a name, whose elements
            are its parts.
        state: the places of the table that it is.
        parts: of an address or a name: name, text, text behind, and nullFlavor of each part.
    """

    name: str
    kind: str | None
    attributes: dict[str, str]
    text: str | None
    within: int
    element: Element
    named: dict[str, list["Node"]]
    state: State
    parts: Sequence[Part] = ()

    def get(self, attribute: str) -> str | None:
        """The value of an attribute, or None."""
        return self.attributes.get(attribute)

    def all(self, name: str) -> Sequence["Node"]:
        """The children of one name."""
        return self.named.get(name, _NONE)

    def first(self, name: str) -> "Node | None":
        """The first child of one name, or None."""
        found = self.named.get(name)
        return found[0] if found else None

    @property
    def children(self) -> list["Node"]:
        """The elements in it, name by name."""
        return [node for same in self.named.values() for node in same]

    @property
    def stated_type(self) -> str | None:
        """The name in ``xsi:type``, or None where it is not one of HL7's."""
        prefix, _, name = self.attributes.get(XSI_TYPE, "").strip().rpartition(":")
        return name if self.element.nsmap.get(prefix or None) == HL7 else None

    @property
    def is_null(self) -> bool:
        """True where a nullFlavor stands."""
        return "nullFlavor" in self.attributes

    @property
    def has_text(self) -> bool:
        """True where there is more than white space before the first child."""
        text = self.text
        return text is not None and text != "" and not text.isspace()


@lru_cache(maxsize=1024)
def described(tag: str) -> tuple[str, str | None]:
    """The plain name of an element, and its data type or how to find that."""
    if tag.startswith(_HL7_NAME):
        name = tag[len(_HL7_NAME) :]
    elif tag.startswith(_SDTC_NAME):
        name = "sdtc:" + tag[len(_SDTC_NAME) :]
    else:
        name = "*:" + tag.rpartition("}")[2]
    return name, TYPES.get(name)


def _parts_of(element: Element) -> list[Part]:
    return [
        (described(part.tag)[0], part.text, part.tail, part.get("nullFlavor")) for part in element
    ]


_tag = lru_cache(maxsize=256)(hl7)


class AdmittedNode(Node):
    """An element of a document that is not walked: what is asked of it is taken from lxml's."""

    __slots__ = ()

    def __init__(self, element: Element, within: int) -> None:
        self.element, self.within = element, within

    def get(self, attribute: str) -> str | None:
        """The value of an attribute, or None."""
        value: str | None = self.element.get(attribute)
        return value

    def all(self, name: str) -> Sequence[Node]:
        """The children of one name."""
        number = id(self)
        return [AdmittedNode(child, number) for child in self.element.iterchildren(_tag(name))]

    def first(self, name: str) -> Node | None:
        """The first child of one name, or None."""
        found = next(self.element.iterchildren(_tag(name)), None)
        return None if found is None else AdmittedNode(found, id(self))

    @property
    def is_null(self) -> bool:
        """True where a nullFlavor stands."""
        return self.element.get("nullFlavor") is not None

    if not TYPE_CHECKING:  # or every name would be one of its attributes

        def __getattr__(self, name: str) -> object:
            """What is asked for the first time, which is kept."""
            taken = _TAKEN.get(name)
            if taken is None:
                raise AttributeError(name)
            value = taken(self)
            setattr(self, name, value)
            return value


def _named_in(node: Node) -> dict[str, list[Node]]:
    named: dict[str, list[Node]] = {}
    number = id(node)
    for child in node.element:
        name = described(child.tag)[0]
        same = named.get(name)
        if same is None:
            named[name] = [AdmittedNode(child, number)]
        else:
            same.append(AdmittedNode(child, number))
    return named


_TAKEN: dict[str, Callable[[Node], object]] = {
    "name": lambda node: described(node.element.tag)[0],
    "attributes": lambda node: dict(node.element.items()),
    "text": lambda node: node.element.text,
    "named": _named_in,
    "parts": lambda node: _parts_of(node.element),
}


def below(nodes: Iterable[Node], *names: str) -> list[Node]:
    """The elements reached from the given ones by a way of child names."""
    found = list(nodes)
    for name in names:
        reached: list[Node] = []
        for node in found:
            reached += node.all(name)
        found = reached
    return found


class Broken(NamedTuple):
    """That an element breaks a rule.

    Args:
        rule: the id of the rule.
        node: the element; for one that is missing, the element it belongs in.
        field: the field of the model that is wrong, or "" where the element tells it.
    """

    rule: str
    node: Node
    field: str = ""


NodeCheck = Callable[[Node, list[Broken]], None]
"""Looks at an element when the walk has seen all that is in it, and notes what is broken."""


class Walk(NamedTuple):
    """What is looked at on the walk.

    Args:
        places: the places of the table.
        by_state: for each state, by its number, what is checked of an element in it.
        by_type: for each data type, what is checked of an element of it.
        types: the data types of the places.
    """

    places: Places
    by_state: Sequence[Sequence[NodeCheck]]
    by_type: Mapping[str, Sequence[NodeCheck]]
    types: Mapping[Path, str]


class DocumentView:
    """A document, as the rules see it.

    Args:
        root: the root element, as :func:`apd.cda.xml.parse` gives it.
        walk: what is looked at on the walk.

    Attributes:
        document: the root.
        null: the elements of data types that have a nullFlavor.
        narratives: the readable texts of the sections; without what is in them.
        padded: the elements with a blank around the value of an attribute.
        typed: the elements that say their type by ``xsi:type``.
        broken: what the walk found broken.
    """

    def __init__(self, root: Element, walk: Walk) -> None:
        self.narratives: list[Node] = []
        self.null: list[Node] = []
        self.padded: list[Node] = []
        self.typed: list[Node] = []
        self.broken: list[Broken] = []
        self._types = walk.types
        self._readable_texts: list[tuple[Node, str]] | None = None
        self._by_type: dict[str, list[Node]] = {kind: [] for kind in DATA_TYPES}
        self._by_type[NARRATIVE] = self.narratives
        self._at: list[list[Node]] = [[] for _ in walk.places.paths]
        self._numbers = walk.places.numbers
        self._reason_code = walk.places.numbers.get(REASON_CODE)
        self._nowhere = walk.places.nowhere
        self._by_state, self._checks_by_type = walk.by_state, walk.by_type
        self._ids_by_root: dict[str | None, list[Node]] | None = None
        self.document = self._copy(root, *described(root.tag), None, walk.places.root)

    @property
    def ids_by_root(self) -> dict[str | None, list[Node]]:
        """Every identifier, by its root."""
        if self._ids_by_root is None:
            self._ids_by_root = {}
            for node in self.of_type("II"):
                self._ids_by_root.setdefault(node.get("root"), []).append(node)
        return self._ids_by_root

    def at(self, path: Path) -> list[Node]:
        """The elements in a place; see :mod:`apd.standard.paths`."""
        number = self._numbers.get(path)
        if number is not None:
            return self._at[number]
        return below(self.at(path.parent), path.name)

    def _copy(
        self,
        element: Element,
        name: str,
        kind: str | None,
        parent: Node | None,
        state: State,
    ) -> Node:
        attributes: dict[str, str] = dict(element.items())  # type: ignore[arg-type]  # str, as read
        # the number of the parent, as a reference to it would make a circle of every two
        node = Node(name, None, attributes, element.text, id(parent), element, _NO_NAMES, state)
        for place in state.places:
            self._at[place].append(node)
        if attributes:
            for value in attributes.values():
                if value != value.strip():
                    self.padded.append(node)
                    break
            if XSI_TYPE in attributes:
                self.typed.append(node)
        is_opened = True
        if kind is not None:
            if kind is BY_PARENT:
                types = TYPES_BY_PARENT[name]
                kind = types.get("" if parent is None else parent.name) or types.get("")
            elif kind is STATED:
                kind = STATED_TYPES.get(node.stated_type or "")
            elif kind is UNOPENED:
                kind, is_opened = None, bool(state.next)
            if self._reason_code in state.places:
                kind = None  # words for people, and not among the coded values
            if kind is not None:
                node.kind = kind
                self._by_type[kind].append(node)
                if "nullFlavor" in attributes:
                    self.null.append(node)
                if kind is NARRATIVE:
                    is_opened = False
                elif kind in _WITH_PARTS:
                    is_opened = False
                    node.parts = _parts_of(element)
        if is_opened and len(element):
            node.named = self._children(element, node, state)
        for check in self._by_state[state.number]:
            check(node, self.broken)
        if kind is not None:
            for check in self._checks_by_type.get(kind, ()):
                check(node, self.broken)
        return node

    def _children(self, element: Element, node: Node, state: State) -> dict[str, list[Node]]:
        named: dict[str, list[Node]] = {}
        following, nowhere = state.next, self._nowhere
        # of a statement that an appointment has no use for, only what the table names
        is_unopened = TYPES.get(node.name) is UNOPENED
        copy = self._copy
        for child in element:
            name, kind = described(child.tag)
            if is_unopened and name not in following:
                continue
            same = named.get(name)
            if same is None:
                same = named[name] = []
            leads = following.get(name, nowhere)
            if not isinstance(leads, State):
                leads = leads.of(child, len(same) + 1)
            same.append(copy(child, name, kind, node, leads))
        return named

    def type_of(self, node: Node) -> str | None:
        """The data type that an element has in the profile, if the table tells it."""
        types = (self._types[path] for path in node.state.paths if path in self._types)
        return next(types, None)

    @property
    def readable_texts(self) -> list[tuple[Node, str]]:
        """The readable texts with their letters: small ones, and one blank for many."""
        if self._readable_texts is None:
            self._readable_texts = [
                (node, " ".join(" ".join(texts_in(node.element)).split()).lower())
                for node in self.narratives
            ]
        return self._readable_texts

    def of_type(self, *types: str) -> list[Node]:
        """The elements of some HL7 data types, which are among :data:`DATA_TYPES`."""
        if len(types) == 1:
            return self._by_type[types[0]]
        return [node for kind in types for node in self._by_type[kind]]


@lru_cache(maxsize=512)
def _parent_and_step(path: Path) -> tuple[Path, Step]:
    return path.parent, path.steps[-1]


class AdmittedView(DocumentView):
    """A document that the grammar admits, of which only what is asked for is looked at.

    Args:
        root: the root element.
        places: the places of the table.
    """

    def __init__(self, root: Element, places: Places) -> None:
        self._root = root
        self._parents: list[Element] = []
        self._found: dict[Path, list[Node]] = {}
        self._of_kind: dict[str, list[Node]] = {}
        self._readable_texts = self._ids_by_root = None
        self._numbers = places.numbers
        self.document: Node = AdmittedNode(root, 0)
        self._found[ROOT] = [self.document]
        self.narratives = self.at(SECTION_TEXT)

    def at(self, path: Path) -> list[Node]:
        """The elements in a place."""
        found = self._found.get(path)
        if found is None:
            parent, (name, selector) = _parent_and_step(path)
            children = [node.all(name) for node in self.at(parent)]
            found = self._found[path] = [
                child
                for same in children
                for position, child in enumerate(same, 1)
                if selector is None or takes(selector, child.element, position)
            ]
        return found

    def of_type(self, *types: str) -> list[Node]:
        """The elements of some HL7 data types, which are among :data:`DATA_TYPES`."""
        found: list[Node] = []
        for kind in types:
            nodes = self._of_kind.get(kind)
            if nodes is None:
                nodes = self._of_kind[kind] = list(self._of_type(kind))
            found += nodes
        return found

    def _of_type(self, kind: str) -> Iterator[Node]:
        for element in self._root.iter(*_tags_of(kind)):
            parent = element.getparent()
            if parent is not None and _type_below(element.tag, parent.tag) == kind:
                self._parents.append(parent)  # as long as it is kept, no other has its number
                node = AdmittedNode(element, id(parent))
                node.kind = kind
                yield node


@lru_cache(maxsize=len(DATA_TYPES))
def _tags_of(kind: str) -> tuple[str, ...]:
    """The elements that may be of a data type, which a document that is admitted has."""
    names = [name for name, one in TYPES.items() if one == kind and ":" not in name]
    names += [name for name, by_parent in TYPES_BY_PARENT.items() if kind in by_parent.values()]
    names += ["value"] if kind == "II" else []
    return tuple(map(hl7, names))


@lru_cache(maxsize=1024)
def _type_below(tag: str, parent: str) -> str | None:
    """The data type of an element that a document which is admitted has."""
    name, kind = described(tag)
    if kind is BY_PARENT:
        types = TYPES_BY_PARENT[name]
        return types.get(described(parent)[0]) or types.get("")
    return "II" if kind is STATED else kind  # the id of a repetition


def texts_in(element: Element) -> Iterator[str]:
    """The texts of an element and of all that is in it."""
    texts: Iterator[str] = element.itertext()  # type: ignore[assignment]  # text, as read
    return texts


class ElementPaths:
    """Where the elements of a tree are: names, and a position where siblings share the name.

    The children of an element are counted once, however many of them are asked for.
    """

    def __init__(self) -> None:
        self._steps: dict[Element, dict[Element, str]] = {}

    def of(self, element: Element) -> str:
        """The path of an element."""
        steps = []
        at = element
        while (parent := at.getparent()) is not None:
            if parent not in self._steps:
                self._steps[parent] = dict(_steps(parent))
            steps.append(self._steps[parent][at])
            at = parent
        steps.append(described(at.tag)[0])
        return "/" + "/".join(reversed(steps))


def _steps(parent: Element) -> Iterator[tuple[Element, str]]:
    children = list(parent.iterchildren("*"))
    count, seen = Counter(child.tag for child in children), Counter[str]()
    for child in children:
        seen[child.tag] += 1
        name = described(child.tag)[0]
        yield child, name if count[child.tag] == 1 else f"{name}[{seen[child.tag]}]"
