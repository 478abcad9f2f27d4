"""Documents for the tests of the JSON form."""

from typing import Any

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import apd
from apd import jsonform
from apd.testing import strategies as apd_st
from tests import samples

_ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_PIECES = st.lists(
    st.builds(
        apd.Unmapped,
        path=_ANY_TEXT,
        difference=st.sampled_from(apd.Difference),
        xml=st.none() | _ANY_TEXT,
        expected=st.none() | _ANY_TEXT,
        place=_ANY_TEXT,
        after=_ANY_TEXT,
    ),
    max_size=2,
)


def documents() -> SearchStrategy[apd.AppointmentDocument]:
    """Documents of every kind: complete or not, of every release, with pieces of any text."""
    return st.builds(
        lambda document, release, pieces: evolve(document, release=release, unmapped=pieces),
        apd_st.documents() | apd_st.documents(complete=False),
        st.sampled_from(apd.Release),
        _PIECES,
    )


def data() -> Any:
    """The data of a document that has everything; to be changed."""
    return jsonform.to_data(samples.full_document())


def refused(given: object, type: Any = apd.AppointmentDocument) -> tuple[jsonform.Problem, ...]:
    """What is wrong with data; nothing where they are read."""
    try:
        jsonform.from_data(given, type)
    except jsonform.JsonError as error:
        return error.problems
    return ()
