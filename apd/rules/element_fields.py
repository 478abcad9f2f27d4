"""The fields of the model that the elements of a document carry, by the table of elements."""

from collections.abc import Mapping
from functools import lru_cache

from apd.cda.path_automaton import Places, State
from apd.cda.xml import Element
from apd.standard.elements import elements
from apd.standard.paths import Path
from apd.standard.releases import Release


@lru_cache
def _carried(release: Release) -> Mapping[Path, tuple[int, str]]:
    """The fields of the model that places carry, each with the number of its row in the table."""
    rows = enumerate(elements(release))
    return {row.path: (number, row.field) for number, row in rows if row.field}


@lru_cache(maxsize=1024)
def _field_at(state: State, release: Release) -> str:
    """The field that an element in a state carries; of several rows the last."""
    carried = _carried(release)
    found = max((carried[path] for path in state.paths if path in carried), default=None)
    return "" if found is None else found[1]


class Fields:
    """The fields of the model that the elements of a document carry.

    Args:
        places: the places of the table.
        release: the release of the document.
    """

    def __init__(self, places: Places, release: Release) -> None:
        self._places, self._release = places, release
        self._known: dict[Element, tuple[State, str]] = {}

    def of(self, element: Element) -> str:
        """The field that an element or the nearest around it carries; "" if none does."""
        return self._found(element)[1]

    def _found(self, element: Element) -> tuple[State, str]:
        known = self._known.get(element)
        if known is None:
            around = element.getparent()
            if around is None:
                state, field = self._places.root, ""
            else:
                above, field = self._found(around)
                state = self._places.state_in(above, element)
            known = self._known[element] = state, _field_at(state, self._release) or field
        return known
