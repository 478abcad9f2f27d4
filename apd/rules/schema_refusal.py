"""Finds the parts of a document that a schema refuses, for xmlschema to explain.

lxml quickly shows which elements it refuses. xmlschema, which takes a hundred times as long,
explains only those: it gets a copy of the document in which the elements that lxml accepts are
reduced to their names, and reports the same as for the whole document.
"""

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from apd.cda.xml import XSI_TYPE, Element
from apd.limits import MAX_ATTRIBUTES_EXPLAINED, MAX_ENTRIES_READ, MAX_EXPLAINED, MAX_ROUNDS
from apd.rules.schema_log import (
    CONTENT,
    FOREIGN,
    LACKING,
    MISSING,
    REFERRING,
    element_at,
    names_to,
    refusals,
)

_SHALLOW = frozenset((LACKING, "SCHEMAV_CVC_COMPLEX_TYPE_2_3"))
"""Errors of an element after which lxml looks at what is in it all the same."""

_attribute = re.compile(r"Element '[^']*', attribute '([^']*)'").match


class Part:
    """A copy of an element for xmlschema, in which some descendants are reduced to their names.

    Args:
        element: the element of the document.
        selected: the elements that are explained.
    """

    def __init__(self, element: Element, selected: "_Selected") -> None:
        self.element = element
        self._selected = selected
        self._left_out: set[Element] = set()
        self._originals: dict[Element, Element] = {}
        self.root = etree.Element(element.tag, self._attributes(element), _prefixes(element))
        self._fill(self.root, element, element in selected.deep)

    @property
    def names(self) -> tuple[str, ...] | None:
        """The names from the root down to it; None where a type is stated on the way."""
        return names_to(self.element)

    @property
    def prefixes(self) -> dict[str, str]:
        """The namespaces that are declared where it stands, by their prefixes."""
        return {prefix or "": namespace for prefix, namespace in self.element.nsmap.items()}

    def is_left_out(self, element: Element, _: object) -> bool:
        """True for an element that is not explained; xmlschema's hook asks it."""
        return element in self._left_out

    def original(self, element: Element | None) -> Element | None:
        """The element of the document that one in the part stands for."""
        return None if element is None else self._originals[element]

    def _fill(self, made: Element, element: Element, is_deep: bool) -> None:
        self._originals[made] = element
        if len(made.attrib) > MAX_ATTRIBUTES_EXPLAINED + len(
            self._selected.foreign.get(element, ())
        ):
            self._left_out.add(made)
            return
        made.text = element.text
        deep, inner = self._selected.deep, self._selected.inner
        for child in element:
            if is_deep or child in inner:
                attributes = self._attributes(child)
                # a type is named by a prefix, which may be declared where it is used
                declared = _prefixes(child) if XSI_TYPE in attributes else None
                below = etree.SubElement(made, child.tag, attributes, declared)
                self._fill(below, child, is_deep or child in deep)
            else:
                below = etree.SubElement(made, child.tag)
                self._left_out.add(below)
            below.tail = child.tail

    def _attributes(self, element: Element) -> dict[str, str]:
        attributes = {str(name): str(value) for name, value in element.items()}
        for name in self._selected.foreign.get(element, ())[MAX_EXPLAINED:]:
            attributes.pop(name, None)
        return attributes


def parts_of(document: Element, log: Any, schema: "etree.XMLSchema | None") -> list[Part]:
    """The parts of a document that are to be explained, in document order.

    Args:
        document: the document.
        log: the log of lxml.
        schema: the schema that refuses it; None to have all explained.
    """
    selected = _Selected(document, log, schema)
    return [Part(element, selected) for element in selected.outermost]


def _prefixes(element: Element) -> Any:
    # lxml-stubs has no type for the prefix of the default namespace, which is None
    return element.nsmap


def _with_ancestors(elements: Iterable[Element]) -> set[Element]:
    found: set[Element] = set()
    for element in elements:
        at: Element | None = element
        while at is not None and at not in found:
            found.add(at)
            at = at.getparent()
    return found


class _Selected:
    """The elements of a document that are to be explained.

    Args:
        document: the document.
        log: the log of lxml.
        schema: the schema that refuses it; None to have all explained.

    Attributes:
        shallow: those whose attributes and children, by name, are explained.
        deep: those that are with all that is in them.
        foreign: the attributes that lxml does not know, by the element.
        inner: all of these, and the elements around them.
        outermost: those that are in no other.
    """

    def __init__(self, document: Element, log: Any, schema: "etree.XMLSchema | None") -> None:
        self._document = document
        self.shallow: set[Element] = set()
        self.deep: set[Element] = set()
        self.foreign: dict[Element, list[str]] = {}
        unexpected = self._note(log, document)
        if schema is None or not self._is_all_seen(unexpected, schema):
            self.deep.add(document)
        elif (found := REFERRING(document)) and isinstance(found, list):
            self.shallow.add(document)
            self.shallow.update(one for one in found if isinstance(one, etree._Element))
        chosen = self.shallow | self.deep
        self.inner = _with_ancestors(chosen)
        self.outermost = list(self._outermost(document, chosen))

    def _outermost(self, element: Element, chosen: set[Element]) -> Iterator[Element]:
        if element in chosen:
            yield element
        elif element in self.inner:
            for child in element:
                yield from self._outermost(child, chosen)

    def _note(
        self, log: Any, root: Element, originals: Mapping[Element, Element] | None = None
    ) -> list[Element]:
        """Note what a log says, which may be of a copy; gives those that lxml did not expect."""
        unexpected = []
        known: dict[str, Element] = {}
        for number, entry in enumerate(log):
            element = known.get(entry.path)
            if element is None:
                if number > MAX_ENTRIES_READ:
                    continue
                found = element_at(entry.path, root)
                if found is None:
                    self.deep.add(self._document)
                    continue
                element = known[entry.path] = found if originals is None else originals[found]
            attribute = _attribute(entry.message)
            if attribute is not None and entry.type_name == FOREIGN:
                self.foreign.setdefault(element, []).append(attribute[1])
            is_missing = entry.type_name == CONTENT and MISSING in entry.message
            if attribute is not None or is_missing or entry.type_name in _SHALLOW:
                self.shallow.add(element)
                if attribute is not None and attribute[1] == XSI_TYPE:
                    self._add_parent(element)
            else:
                self.deep.add(element)
                if entry.type_name == CONTENT:
                    self._add_parent(element)
                    unexpected.append(element)
        return unexpected

    def _add_parent(self, element: Element) -> None:
        """What is wrong with an element xmlschema may report of the one around it."""
        parent = element.getparent()
        if parent is not None:
            self.shallow.add(parent)

    def _is_all_seen(self, unexpected: list[Element], schema: "etree.XMLSchema") -> bool:
        """What lxml finds in a copy without those that it did not expect, for a few rounds."""
        if not unexpected:
            return True
        left = copy.deepcopy(self._document)
        pairs = list(zip(self._document.iter(), left.iter(), strict=True))
        copies, originals = dict(pairs), {made: element for element, made in pairs}
        for _ in range(MAX_ROUNDS):
            for element in unexpected:
                refused = copies[element]
                parent = refused.getparent()
                if parent is None:
                    return False
                parent.remove(refused)
            log = refusals(schema, left)
            if log is None:
                return True
            unexpected = self._note(log, left, originals)
            if not unexpected:
                return True
        return False
