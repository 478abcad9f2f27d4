"""Takes elements and attributes out of a document for a while."""

from types import TracebackType
from typing import Self

from apd.cda.xml import Element


class TakenOut:
    """What is taken out of a document; in the end each is where it was."""

    def __init__(self) -> None:
        self._elements: list[tuple[Element, int, Element]] = []
        self._attributes: list[tuple[Element, list[tuple[str, str]]]] = []

    def __enter__(self) -> Self:
        return self

    def take(self, element: Element) -> None:
        """Take out an element that is not the root."""
        parent = element.getparent()
        if parent is not None:
            self._elements.append((parent, parent.index(element), element))
            parent.remove(element)

    def take_attribute(self, element: Element, name: str) -> None:
        """Take out an attribute that an element has."""
        self._attributes.append(
            (element, [(str(key), str(value)) for key, value in element.items()])
        )
        del element.attrib[name]

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for parent, index, element in reversed(self._elements):
            parent.insert(index, element)
        for element, attributes in reversed(self._attributes):
            element.attrib.clear()
            element.attrib.update(attributes)
