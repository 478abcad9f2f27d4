"""Changes of a document that are tried and undone."""

from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import Self

from lxml import etree

from apd.cda.xml import Element


class TriedChanges:
    """Changes of a document; in the end it is what it was."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], None]] = []

    def __enter__(self) -> Self:
        return self

    def take_out(self, element: Element) -> None:
        """Take out an element; not the root."""
        parent = element.getparent()
        if parent is not None:
            self._undo.append(partial(parent.insert, parent.index(element), element))
            parent.remove(element)

    def take_out_attribute(self, element: Element, name: str) -> None:
        """Take out an attribute that an element may have."""
        attributes = [(str(key), str(value)) for key, value in element.items()]
        self._undo += [partial(element.attrib.update, attributes), element.attrib.clear]
        element.attrib.pop(name, "")

    def move_before(self, element: Element, sibling: Element) -> None:
        """Put an element in front of a sibling."""
        self.take_out(element)
        sibling.addprevious(element)
        self._undo.append(partial(_remove, element))

    def put_before(self, element: Element, name: str) -> Element:
        """Put an empty element in front of one that is not the root."""
        made = etree.Element(name)
        element.addprevious(made)
        self._undo.append(partial(_remove, made))
        return made

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for undo in reversed(self._undo):
            undo()


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
