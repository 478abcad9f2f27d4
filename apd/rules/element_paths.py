"""The XPaths of elements, with a position where siblings have the same name."""

from itertools import count

from apd.cda.path_automaton import described
from apd.cda.xml import XSI_TYPE, Element


def attribute_name(name: str) -> str:
    """The name of an attribute in a path, such as ``xsi:type``, from the name that lxml uses."""
    return "xsi:type" if name == XSI_TYPE else name.rpartition("}")[2]


class ElementPaths:
    """The paths of the elements of a tree: names, and a position where siblings share a name.

    The children of one name that an element has are counted once, however many of them are asked
    for.
    """

    def __init__(self) -> None:
        self._positions: dict[tuple[Element, str], dict[Element, int]] = {}
        self._known: dict[Element, str] = {}

    def of(self, element: Element) -> str:
        """The path of an element."""
        known = self._known.get(element)
        if known is None:
            parent = element.getparent()
            if parent is None:
                known = f"/{described(element.tag)[0]}"
            else:
                known = f"{self.of(parent)}/{self._step(element, parent)}"
            self._known[element] = known
        return known

    def _step(self, element: Element, parent: Element) -> str:
        tag = element.tag
        positions = self._positions.get((parent, tag))
        if positions is None:
            namesakes = list(parent.iterchildren(tag))
            positions = dict(zip(namesakes, count(1))) if len(namesakes) > 1 else {}
            self._positions[parent, tag] = positions
        name = described(tag)[0]
        return f"{name}[{positions[element]}]" if positions else name
