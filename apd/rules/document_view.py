"""The document view: a lightweight copy of the tree, made in one walk, that all rules use.

A rule takes about a microsecond this way; a look-up in lxml's own tree takes ten. The view contains
the elements of an appointment document, but neither the content of the readable text nor that of
statements that an appointment does not use (act, procedure, …), to which no rule applies.

Names are plain for HL7's elements, ``sdtc:name`` for those of SDTC and ``*:name`` for any
other. Data types follow from the name of an element and of its parent (CDA R2, data types
release 1).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from attrs import define

from apd.cda.path_automaton import Places, State, described
from apd.cda.xml import HL7, XSI_TYPE, Element
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
    Path,
    Step,
)
from apd.text.mentions import as_compared

_WITH_PARTS = frozenset(("AD", "PN", "ON", "EN"))


Part = tuple[str, str | None, str | None, str | None]
"""A part of an address or a name: its name, its text, the text behind it, its nullFlavor."""

_NONE: tuple["Node", ...] = ()
_NO_NAMES: Mapping[str, list["Node"]] = {}


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
    named: Mapping[str, list["Node"]]
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


def parts_of(element: Element) -> list[Part]:
    """The elements inside one, each with its texts and its null flavor."""
    return [
        (described(part.tag)[0], part.text, part.tail, part.get("nullFlavor")) for part in element
    ]


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
    """An element that breaks a rule.

    Args:
        rule: the id of the rule.
        node: the element; for one that is missing, the element it belongs in.
        field: the field of the model that is wrong, or "" where the element says which.
        attribute: the attribute that is wrong, by lxml's name, or "" where the element is.
    """

    rule: str
    node: Node
    field: str = ""
    attribute: str = ""


NodeCheck = Callable[[Node, list[Broken]], None]
"""Checks an element after the walk has visited its content, and records what is broken."""


class Walk(NamedTuple):
    """The checks made during the walk.

    Args:
        places: the places of the table.
        by_state: for each state, by its number, what is checked of an element in it.
        by_child: for each state, the same checks by the name of the children that they look at
            with what is in them; "" for those that look at the element itself.
        by_type: for each data type, what is checked of an element of it.
        types: the data types of the places.
    """

    places: Places
    by_state: Sequence[Sequence[NodeCheck]]
    by_child: Sequence[Mapping[str, Sequence[NodeCheck]]]
    by_type: Mapping[str, Sequence[NodeCheck]]
    types: Mapping[Path, str]


class DocumentView:
    """A document as the rules use it.

    Args:
        root: the root element, as :func:`apd.cda.xml.parse` gives it.
        walk: the checks made during the walk.

    Attributes:
        document: the root.
        null: the elements of data types that have a nullFlavor.
        places: the places of the table.
        padded: the elements with a blank around the value of an attribute.
        typed: the elements that state their type with ``xsi:type``.
        broken: what the walk found broken.
    """

    def __init__(self, root: Element, walk: Walk) -> None:
        self.null: list[Node] = []
        self.padded: list[Node] = []
        self.typed: list[Node] = []
        self.broken: list[Broken] = []
        self._types = walk.types
        self._readable_texts: list[tuple[Node, str]] | None = None
        self._by_type: dict[str, list[Node]] = {kind: [] for kind in DATA_TYPES}
        self._by_type[NARRATIVE] = []
        self._at = defaultdict[int, list[Node]](list)
        self.places = walk.places
        self._numbers = walk.places.numbers
        self._reason_code = walk.places.numbers.get(REASON_CODE)
        self._nowhere = walk.places.nowhere
        self._by_state, self._checks_by_type = walk.by_state, walk.by_type
        self._ids_by_root: dict[str | None, list[Node]] | None = None
        self.document = self._copy(root, *described(root.tag), None, walk.places.root)

    @property
    def narratives(self) -> list[Node]:
        """The elements of the readable texts of the sections, without their content."""
        return self._by_type[NARRATIVE]

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
                kind = None  # words for people, and not among the coded values, nor what is in it
            if kind is not None:
                node.kind = kind
                self._by_type[kind].append(node)
                if "nullFlavor" in attributes:
                    self.null.append(node)
                if kind is NARRATIVE:
                    is_opened = False
                elif kind in _WITH_PARTS:
                    is_opened = False
                    node.parts = parts_of(element)
        if is_opened and len(element):
            node.named = self._children(element, node, state)
        for check in self._checks(element, state):
            check(node, self.broken)
        if kind is not None:
            for check in self._checks_by_type.get(kind, ()):
                check(node, self.broken)
        return node

    def _checks(self, element: Element, state: State) -> Sequence[NodeCheck]:
        """What is checked of an element."""
        return self._by_state[state.number]

    def _children(self, element: Element, node: Node, state: State) -> Mapping[str, list[Node]]:
        named: dict[str, list[Node]] = {}
        following, nowhere = state.next, self._nowhere
        # of a statement that an appointment has no use for, only what the table names
        is_unopened = TYPES.get(node.name) is UNOPENED
        copy, is_reason = self._copy, self._reason_code in state.places
        for child in element:
            name, kind = described(child.tag)
            if is_reason:
                kind = None
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

    @property
    def types(self) -> frozenset[str]:
        """The data types of its elements."""
        return frozenset([kind for kind, nodes in self._by_type.items() if nodes])

    def type_of(self, node: Node) -> str | None:
        """The data type that an element has in the profile, if the table has one."""
        types = (self._types[path] for path in node.state.paths if path in self._types)
        return next(types, None)

    @property
    def readable_texts(self) -> list[tuple[Node, str]]:
        """The readable texts, each in lower case and with white space collapsed."""
        if self._readable_texts is None:
            self._readable_texts = [
                (node, as_compared(" ".join(texts_in(node.element)))) for node in self.narratives
            ]
        return self._readable_texts

    def of_type(self, *types: str) -> list[Node]:
        """The elements of some HL7 data types, which are among :data:`DATA_TYPES`."""
        if len(types) == 1:
            return self._by_type[types[0]]
        return [node for kind in types for node in self._by_type[kind]]


@lru_cache(maxsize=512)
def parent_and_step(path: Path) -> tuple[Path, Step]:
    """A path, split before its last step."""
    return path.parent, path.steps[-1]


def texts_in(element: Element) -> Iterator[str]:
    """The texts of an element and of all its descendants."""
    texts: Iterator[str] = element.itertext()  # type: ignore[assignment]  # text, as read
    return texts
