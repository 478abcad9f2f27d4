"""Where an element stands is the same whether a document is walked or one element is asked for."""

import pytest

from apd.rules.engine import view_of
from tests.laws.bases import bases


@pytest.mark.parametrize("name", bases())
def test_an_element_is_where_the_walk_finds_it(name: str) -> None:
    view = view_of(bases()[name])
    assert view is not None
    found = {path: [node.element for node in view.at(path)] for path in view.places.paths}
    for path, elements in found.items():
        for element in elements:
            assert path in view.places.state_of(element).paths
    opened = {element for elements in found.values() for element in elements}
    for element in opened:
        at = [path for path, elements in found.items() if element in elements]
        assert view.places.state_of(element).paths == frozenset(at)


def test_the_position_among_namesakes_counts_as_far_as_it_makes_a_difference() -> None:
    view = view_of(bases()[next(iter(bases()))])
    assert view is not None
    authors = [one for one in view.document.element if one.tag.endswith("}author")]
    states = [view.places.state_of(one) for one in authors]
    assert len({state.number for state in states}) == len(authors)
