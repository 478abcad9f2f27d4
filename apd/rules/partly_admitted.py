"""A document of which the grammar admits all but some elements: only these are walked.

Each check of a row looks at an element with what is in it. So where all of that is admitted, it
finds nothing; what is left are the elements that are not admitted, and those around them. The
functions find what is wrong with elements by themselves there as well; of those that compare one
place with another, a few values settle most, as far as they are admitted.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import islice
from typing import Any, NamedTuple

from apd.cda import fixed_values
from apd.cda.grammar import PartlyAdmitted, RelaxedGrammar, Unadmitted, canonical
from apd.cda.loader import release_of_root
from apd.cda.path_automaton import State, described, state_of
from apd.cda.xml import Element, local_name
from apd.rules.admitted_view import AdmittedNode, AdmittedView
from apd.rules.document_view import DocumentView, Node, NodeCheck, Walk
from apd.rules.schema_layer import Verdict
from apd.rules.schema_log import misplaced_in
from apd.rules.tried_changes import TriedChanges
from apd.standard import paths
from apd.standard.element_types import TYPES, UNOPENED
from apd.standard.releases import Release

_STATES_RELEASE = paths.PROFILE_VERSION.steps[0].name


class WalkedElements(NamedTuple):
    """The elements of a document that are walked.

    Args:
        unadmitted: those that are not admitted, and all that is in them.
        around: those around them, each with the names of its children that are not admitted, or
            are around others.
        ways: the names of elements from the root to what is misplaced.
    """

    unadmitted: set[Element]
    around: dict[Element, set[str]]
    ways: set[tuple[str, ...]]

    def looked_at_in(self, element: Element) -> Collection[str] | None:
        """The names of the children of an element that are looked at; None for all of them."""
        # what is misplaced is walked with its namesakes, one of which may be around something
        return None if element in self.unadmitted else self.around.get(element)


class InParts(NamedTuple):
    """A document of which some elements are walked.

    Args:
        text: its text, without what is misplaced.
        parts: what of it is admitted.
        elements: the others.
    """

    text: str
    parts: PartlyAdmitted
    elements: WalkedElements


def in_parts(
    relaxed: RelaxedGrammar,
    data: bytes | str,
    text: str | None,
    verdict: Verdict,
    release: Release,
) -> InParts | None:
    """The parts of a document, by the relaxed grammar; None where it does not tell them.

    None also for a document of another release.

    Args:
        relaxed: the grammar.
        data: the document.
        text: the text as written, if there is one.
        verdict: what the schema says of it.
        release: the release of the grammar.
    """
    root = verdict.root
    parts = relaxed.parts(text)
    if (parts is None or _may_be_older(parts)) and release_of_root(root, release) != release:
        return None
    is_in_order = parts is None and text is not None and _USUAL_ORDER in text
    if is_in_order and (found := _without_misplaced(relaxed, data, verdict)):
        return found
    if parts is None or len(parts.unadmitted) > _FEW:
        text = canonical(data, root)
        parts = relaxed.parts(text)
    if text is None:
        return None
    if (
        not is_in_order
        and (parts is None or any(one.end - one.start > _MUCH for one in parts.unadmitted))
        and (found := _without_misplaced(relaxed, data, verdict))
    ):
        return found
    return None if parts is None else _of_parts(text, parts, root)


def of_parts(text: str, parts: PartlyAdmitted, root: Element, release: Release) -> InParts | None:
    """As :func:`in_parts`, of a document of which is known what is admitted.

    Args:
        text: the text as written.
        parts: what of it is admitted.
        root: its root element.
        release: the release of the grammar.
    """
    if _may_be_older(parts) and release_of_root(root, release) != release:
        return None
    return _of_parts(text, parts, root)


def _of_parts(text: str, parts: PartlyAdmitted, root: Element) -> InParts | None:
    elements = walked_elements(text, root, parts.unadmitted)
    return None if elements is None else InParts(text, parts, elements)


def _may_be_older(parts: PartlyAdmitted) -> bool:
    """Whether what is not admitted may state another release; else what is admitted states it."""
    return any(one.way[1:2] == (_STATES_RELEASE,) for one in parts.unadmitted)


_FEW = 4
"""Where more elements of a document are not admitted, it may be written in another form."""
_MUCH = 500
"""Of an element with more characters only what is misplaced is walked, where that will do."""


_USUAL_ORDER = "<typeId extension="
"""Who writes these attributes in the order of canonical XML is likely to write all so."""


def _without_misplaced(
    relaxed: RelaxedGrammar, data: bytes | str, verdict: Verdict
) -> InParts | None:
    """The parts of a document with attributes and elements where they are not expected.

    None of one without such.
    """
    root = verdict.root
    misplaced = misplaced_in(root, verdict.log)
    if not misplaced:
        return None
    with TriedChanges() as changes:
        for element, attribute in misplaced:
            if attribute:
                changes.take_out_attribute(element, attribute)
            else:
                changes.take_out(element)
        text = canonical(data, root)
        parts = relaxed.parts(text)
        if text is None or parts is None:
            return None
        elements = walked_elements(text, root, parts.unadmitted)
    if elements is None:
        return None
    for element, attribute in misplaced:
        if not attribute:
            elements.unadmitted.update(_with_namesakes(element))
            elements.ways.add(_way_to(element))
        elif element not in elements.unadmitted:
            elements.around.setdefault(element, set())
        _add_around(elements, element)
    return InParts(text, parts, elements)


def _way_to(element: Element) -> tuple[str, ...]:
    """The names from the root to an element, without one that anybody may have made."""
    name = local_name(element)
    above = [local_name(one) for one in element.iterancestors()]
    return (*reversed(above), name if name.lower() in fixed_values.names() else "")


def _with_namesakes(element: Element) -> Iterator[Element]:
    """An element and its siblings of the same name, which are compared, with all in them."""
    parent = element.getparent()
    for one in () if parent is None else _children_of_name(parent, local_name(element)):
        yield from one.iter("*")


def _children_of_name(element: Element, name: str) -> Iterator[Element]:
    """The children of a local name, in whatever namespace."""
    return element.iterchildren(f"{{*}}{name}")


def _add_around(elements: WalkedElements, element: Element) -> None:
    """Add the elements around one, as far as they are not walked with all that is in them."""
    parent = element.getparent()
    while parent is not None:
        if parent not in elements.unadmitted:
            elements.around.setdefault(parent, set()).add(local_name(element))
        element, parent = parent, parent.getparent()


def walked_elements(
    text: str, root: Element, unadmitted: Sequence[Unadmitted]
) -> WalkedElements | None:
    """The elements of a document that are to be walked.

    Args:
        text: the document.
        root: its root element.
        unadmitted: what of it is not admitted.

    Returns:
        None where they are not on the ways that the grammar says.
    """
    begin = text.index(f"<{paths.ROOT.name}")
    found = WalkedElements(set(), {}, set())
    left, before = root.iter("*"), root
    for one in unadmitted:  # in the order of the text
        further = _started(text, begin, one.start)
        if further:
            before = next(islice(left, further - 1, None), root)
        begin = one.start
        around = [*reversed(list(before.iterancestors())), before][: len(one.way) - 1]
        if [local_name(element) for element in around] != list(one.way[:-1]):
            return None
        for element, name in zip(around, one.way[1:], strict=True):
            found.around.setdefault(element, set()).add(name)
        walked = list(islice(left, _started(text, one.start, one.end)))
        found.unadmitted.update(walked)
        before, begin = (walked[-1], one.end) if walked else (before, begin)
    return found


def _started(text: str, begin: int, end: int) -> int:
    """How many elements start in a part of a text in which there is nothing but tags and texts."""
    return text.count("<", begin, end) - text.count("</", begin, end)


class PartlyWalked(DocumentView):
    """A walk over some elements of a document only.

    What it finds are these; those beside them are there, but are not walked.

    Args:
        root: the root element.
        walk: the checks made during the walk.
        elements: the elements that are walked.
    """

    def __init__(self, root: Element, walk: Walk, elements: WalkedElements) -> None:
        self.elements = elements
        self._by_child = walk.by_child
        super().__init__(root, walk)

    def is_walked(self, element: Element) -> bool:
        """Whether an element is walked."""
        return element in self.elements.unadmitted or element in self.elements.around

    def _checks(self, element: Element, state: State) -> Sequence[NodeCheck]:
        """What is checked of an element; of one that is admitted, what is not in it."""
        names = self.elements.looked_at_in(element)
        if names is None:
            return super()._checks(element, state)
        by_child = self._by_child[state.number]
        return [check for name in ("", *names) for check in by_child.get(name, ())]

    def _children(self, element: Element, node: Node, state: State) -> Mapping[str, list[Node]]:
        """The children of an element; those that are admitted are made when they are asked for."""
        names = self.elements.looked_at_in(element)
        if names is None:
            return super()._children(element, node, state)
        is_unopened = TYPES.get(node.name) is UNOPENED
        looked_at: dict[str, list[Node]] = {}
        for child in element:
            name, kind = described(child.tag)
            if name in names and (name in state.next or not is_unopened):
                same = looked_at.setdefault(name, [])
                leads = state_of(state.next.get(name, self._nowhere), child, len(same) + 1)
                if self.is_walked(child):
                    same.append(self._copy(child, name, kind, node, leads))
                else:
                    same.append(_Unwalked(child, id(node), leads))
        return _ChildrenAround(names, looked_at, partial(_named_in, element, state, id(node)))


class _ChildrenAround(Mapping[str, list[Node]]):
    """The children of an element by their names, of which most are made when asked for.

    Args:
        names: the names of the others.
        made: these, as far as there are any.
        make: makes all; it does not know the node, as nodes and this would make a circle.
    """

    def __init__(
        self,
        names: Collection[str],
        made: Mapping[str, list[Node]],
        make: Callable[[], Mapping[str, list[Node]]],
    ) -> None:
        self._names, self._made, self._make = names, made, make

    @cached_property
    def _all(self) -> Mapping[str, list[Node]]:
        others = {name: same for name, same in self._make().items() if name not in self._names}
        return {**others, **self._made}

    def get(self, name: str, default: Any = None) -> Any:
        """The children of a name."""
        return (self._made if name in self._names else self._all).get(name, default)

    def __getitem__(self, name: str) -> list[Node]:
        return self._all[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


class _Unwalked(AdmittedNode):
    """An element that is admitted, and knows its places."""

    __slots__ = ()
    taken = {
        **AdmittedNode.taken,
        "named": lambda node: _named_in(node.element, node.state, id(node)),
    }

    def __init__(self, element: Element, within: int, state: State) -> None:
        self.element, self.within, self.state = element, within, state

    def all(self, name: str) -> Sequence[Node]:
        """The children of one name."""
        return self.named.get(name, ())


def _named_in(element: Element, state: State, number: int) -> dict[str, list[Node]]:
    """The children of an element, which know their places where the table has some for them."""
    named: dict[str, list[Node]] = {}
    for child in element:
        name = described(child.tag)[0]
        same = named.setdefault(name, [])
        leads = state.next.get(name)
        made = AdmittedNode(child, number)
        if leads is not None:
            made = _Unwalked(child, number, state_of(leads, child, len(same) + 1))
        same.append(made)
    return named


class PartlyAdmittedView(AdmittedView):
    """A document that is partly admitted, searched for what is asked for.

    Args:
        walked: what of it has been walked.
    """

    def __init__(self, walked: PartlyWalked) -> None:
        super().__init__(lambda: walked.document.element, walked.places)
        self._walked = walked
        self.document = walked.document

    @property
    def narratives(self) -> list[Node]:
        """The readable texts of the sections, wherever they are."""
        return [*self._walked.narratives, *self._admitted(super().narratives)]

    def _of_type(self, kind: str) -> Iterator[Node]:
        yield from self._walked.of_type(kind)
        yield from self._admitted(super()._of_type(kind))

    def _admitted(self, nodes: Iterable[Node]) -> Iterator[Node]:
        return (node for node in nodes if not self._walked.is_walked(node.element))
