"""The law over small edits of every example: what is valid is read, written, and reads the same."""

import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

import apd
from apd.testing import strategies as apd_st
from tests.laws.bases import bases, broken, sample, summary, unlike_edits
from tests.laws.edits import ALL_KINDS, edits_of
from tests.laws.law import broken_law
from tests.places import needs_examples

SAMPLED = 8
"""So many edits of a kind are made in a run that is to be quick."""


@pytest.mark.parametrize("name", bases())
def test_the_law_holds_over_the_examples(name: str) -> None:
    assert broken_law(bases()[name]) == ""


@needs_examples
def test_examples_of_medcom_are_among_them() -> None:
    assert len(bases()) == 22


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_the_law_holds_after_some_edits(kind: str) -> None:
    found = broken(sample(kind, SAMPLED))

    assert not found, summary(found)


PARTS = 16
"""Into so many tests the whole is split, for several processes."""


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_the_law_holds_after_every_edit(part: int) -> None:
    found = broken(edit for index, edit in enumerate(unlike_edits()) if index % PARTS == part)

    assert not found, summary(found)


# an edit is small already: nothing is gained by looking for a smaller one
@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(apd_st.documents(), st.integers(0, 1_000_000))
def test_the_law_holds_after_an_edit_of_any_document(
    document: apd.AppointmentDocument, number: int
) -> None:
    data = apd.dumps(document, check=False)
    edits = list(edits_of(data))
    edit = edits[number % len(edits)]
    note(edit.name)

    assert broken_law(edit.data()) == "", edit.name


@given(apd_st.documents(complete=False))
def test_the_law_holds_over_any_document(document: apd.AppointmentDocument) -> None:
    assert broken_law(apd.dumps(document, check=False)) == ""
