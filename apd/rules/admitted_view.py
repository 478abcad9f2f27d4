"""The document view of a document that the grammar admits: elements on request, without a walk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, ClassVar

from apd.cda.path_automaton import Places, described, takes
from apd.cda.xml import Element, hl7
from apd.rules.document_view import DocumentView, Node, parent_and_step, parts_of
from apd.standard.element_types import (
    BY_PARENT,
    DATA_TYPES,
    STATED,
    TYPES,
    TYPES_BY_PARENT,
)
from apd.standard.paths import (
    ROOT,
    SECTION_TEXT,
    Path,
)

_tag = lru_cache(maxsize=256)(hl7)


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


def _kind_of(node: Node) -> str | None:
    parent = node.element.getparent()
    return None if parent is None else _type_below(node.element.tag, parent.tag)


_TAKEN: Mapping[str, Callable[[Node], object]] = {
    "name": lambda node: described(node.element.tag)[0],
    "kind": _kind_of,
    "attributes": lambda node: dict(node.element.items()),
    "text": lambda node: node.element.text,
    "named": _named_in,
    "parts": lambda node: parts_of(node.element),
}


class AdmittedNode(Node):
    """An element of a document that is not walked; its content is read from lxml's element."""

    __slots__ = ()
    taken: ClassVar = _TAKEN
    """How what is asked for is read."""

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
            taken = self.taken.get(name)
            if taken is None:
                raise AttributeError(name)
            value = taken(self)
            setattr(self, name, value)
            return value


class AdmittedView(DocumentView):
    """A document that the grammar admits, parsed and searched only when needed."""

    def __init__(self, opened: Callable[[], Element], places: Places) -> None:
        self._opened = opened
        self._parents: list[Element] = []
        self._found: dict[Path, list[Node]] = {}
        self._of_kind: dict[str, list[Node]] = {}
        self._readable_texts = self._ids_by_root = None
        self.places = places
        self._numbers = places.numbers

    @cached_property
    def document(self) -> Node:  # type: ignore[override]  # which the other makes at once
        """The root."""
        return AdmittedNode(self._opened(), 0)

    @property
    def narratives(self) -> list[Node]:
        """The readable text of the section."""
        return self.at(SECTION_TEXT)

    def at(self, path: Path) -> list[Node]:
        """The elements in a place."""
        found = self._found.get(path)
        if found is None:
            if path == ROOT:
                return [self.document]
            parent, (name, selector) = parent_and_step(path)
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
        for element in self._opened().iter(*_tags_of(kind)):
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
