"""The paths of the table as an automaton, which finds the places of elements.

A document is walked once. At each element, the state says which places of the table it is at; the
name of a child, and its selectors where several places share the name, lead to the next state.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from apd.cda.xml import HL7, SDTC, Element, hl7
from apd.standard.element_types import TYPES
from apd.standard.paths import ROOT, Declares, Having, Path, Position, Selector

_TEMPLATE_ID = hl7("templateId")


_SDTC_NAME = f"{{{SDTC}}}"
_HL7_NAME = f"{{{HL7}}}"


@lru_cache(maxsize=256)
def described(tag: str) -> tuple[str, str | None]:
    """The plain name of an element, and its data type or how to find that."""
    if tag.startswith(_HL7_NAME):
        name = tag[len(_HL7_NAME) :]
    elif tag.startswith(_SDTC_NAME):
        name = "sdtc:" + tag[len(_SDTC_NAME) :]
    else:
        name = "*:" + tag.rpartition("}")[2]
    return name, TYPES.get(name)


def takes(selector: Selector, element: Element, position: int) -> bool:
    """Whether a selector matches an element with a known position among siblings of its name."""
    if isinstance(selector, Having):
        return element.get(selector.attribute) == selector.value
    if isinstance(selector, Position):
        last = selector.last
        return position >= selector.first and (last is None or position <= last)
    assert isinstance(selector, Declares)
    template = selector.template
    return any(one.get("root") == template for one in element.iterchildren(_TEMPLATE_ID))


class State:
    """The places that one element is at, and the states of its children.

    Args:
        paths: the places.
        number: which of the states it is.
        places: which of the places they are.
    """

    __slots__ = ("next", "number", "paths", "places")

    def __init__(self, paths: frozenset[Path], number: int, places: tuple[int, ...]) -> None:
        self.paths = paths
        self.number = number
        self.places = places
        self.next: dict[str, State | Choice] = {}


class Choice:
    """The state of a child whose name several places share: its selectors decide which.

    Args:
        selectors: the selectors.
        states: the states, by the sum of 1 for the first selector that takes the element, 2 for
            the second, 4 for the third, and so on.

    Attributes:
        counted: how many namesakes before an element make a difference.
    """

    __slots__ = ("counted", "selectors", "states")

    def __init__(self, selectors: tuple[Selector, ...], states: dict[int, State]) -> None:
        self.selectors = selectors
        self.states = states
        positions = (one for one in selectors if isinstance(one, Position))
        self.counted = max((one.last or one.first for one in positions), default=0)

    def position_of(self, element: Element) -> int:
        """The position of an element among its namesakes, as far as the selectors count."""
        before = element.itersiblings(element.tag, preceding=True)
        return 1 + sum(1 for _ in islice(before, self.counted))

    def of(self, element: Element, position: int) -> State:
        """The state of an element, whose position among its namesakes is known."""
        bits = 0
        for number, selector in enumerate(self.selectors):
            if takes(selector, element, position):
                bits |= 1 << number
        return self.states[bits]


def state_of(leads: State | Choice, element: Element, position: int) -> State:
    """The state of a child, whose position among its namesakes is known, of what leads to it."""
    return leads if isinstance(leads, State) else leads.of(element, position)


class Places:
    """All places of a table, and those on the way to them."""

    def __init__(self, paths: Iterable[Path]) -> None:
        known: dict[Path, None] = {ROOT: None}
        for path in paths:
            for length in range(1, len(path.steps) + 1):
                known[Path(path.steps[:length])] = None
        self._below: dict[Path, list[Path]] = {}
        for path in known:
            if path.steps:
                self._below.setdefault(path.parent, []).append(path)
        self.paths = tuple(known)
        self.numbers = {path: number for number, path in enumerate(known)}
        self.states: list[State] = []
        self._by_paths: dict[frozenset[Path], State] = {}
        self.nowhere = self._state(frozenset())
        self.root = self._state(frozenset((ROOT,)))

    def state_of(self, element: Element) -> State:
        """The state of one element, found by way of those around it."""
        around = element.getparent()
        return self.root if around is None else self.state_in(self.state_of(around), element)

    def state_in(self, around: State, element: Element) -> State:
        """The state of one element in another, whose state is known."""
        leads = around.next.get(described(element.tag)[0], self.nowhere)
        return leads if isinstance(leads, State) else leads.of(element, leads.position_of(element))

    def _state(self, paths: frozenset[Path]) -> State:
        state = self._by_paths.get(paths)
        if state is None:
            places = tuple(sorted(self.numbers[path] for path in paths))
            state = self._by_paths[paths] = State(paths, len(self.states), places)
            self.states.append(state)
            self._lead_on(state)
        return state

    def _lead_on(self, state: State) -> None:
        by_name: dict[str, list[Path]] = {}
        for path in self.paths:
            if path.steps and path.parent in state.paths:
                by_name.setdefault(path.name, []).append(path)
        for name, paths in by_name.items():
            plain = frozenset(path for path in paths if path.steps[-1].selector is None)
            chosen = [path for path in paths if path not in plain]
            if not chosen:
                state.next[name] = self._state(plain)
                continue
            states = {
                bits: self._state(plain.union(_of_bits(chosen, bits)))
                for bits in range(1 << len(chosen))
            }
            selectors = (path.steps[-1].selector for path in chosen)
            state.next[name] = Choice(tuple(s for s in selectors if s is not None), states)


def _of_bits(paths: list[Path], bits: int) -> list[Path]:
    return [path for number, path in enumerate(paths) if bits >> number & 1]
