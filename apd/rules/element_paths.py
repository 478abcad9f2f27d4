"""The XPaths of elements, with a position where siblings have the same name."""

from collections import Counter
from collections.abc import Iterator

from apd.cda.path_automaton import described
from apd.cda.xml import XSI_TYPE, Element


def attribute_name(name: str) -> str:
    """The name of an attribute in a path, such as ``xsi:type``, from the name that lxml uses."""
    return "xsi:type" if name == XSI_TYPE else name.rpartition("}")[2]


class ElementPaths:
    """The paths of the elements of a tree: names, and a position where siblings share a name.

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
