"""The document around an appointment."""

import datetime
import pickle
from copy import deepcopy
from typing import Any

import pytest
from attrs import evolve, fields

import apd
from apd.model.document import FoundLater
from tests import samples
from tests.model.refusal import Refused, assert_refused


def test_a_document_is_normally_confidential_in_danish_and_of_the_current_release() -> None:
    document = samples.document()
    assert document.confidentiality is apd.Confidentiality.NORMAL
    assert document.language == "da-DK"
    assert document.release is apd.Release.V2_0_1
    assert (document.set_id, document.version_number, document.unmapped) == (None, None, ())


@pytest.mark.parametrize(
    ("id", "title"),
    [
        (apd.CprNumber("2512489996"), "Aftale for 2512489996"),
        (apd.Identifier("1.2.3", "E-17"), "Aftale for E-17"),
    ],
)
def test_the_title_names_the_patient(id: apd.CprNumber | apd.Identifier, title: str) -> None:
    appointment = samples.appointment(patient=apd.Patient(id=id))
    assert samples.document(appointment=appointment).title == title


def test_a_changed_copy_leaves_the_document_as_it_was() -> None:
    document = samples.document()
    changed = evolve(document, appointment=evolve(document.appointment, location=None))
    assert document == samples.document() != changed


def test_a_document_cannot_be_changed_in_place() -> None:
    with pytest.raises(AttributeError):
        samples.document().language = "en"  # type: ignore[misc]


def test_documents_can_be_put_in_a_set() -> None:
    assert len({samples.full_document(), samples.full_document(), samples.document()}) == 2


def test_documents_can_be_copied_and_sent_to_another_process() -> None:
    document = samples.full_document()
    hash(document)
    for copy in (deepcopy(document), pickle.loads(pickle.dumps(document))):
        assert copy == document
        assert hash(copy) == hash(document)


_DOCUMENT_ID = "MedComId or Identifier or None"
_TYPES = {
    "id": ("17", "is a str", _DOCUMENT_ID),
    "time": (datetime.datetime(2026, 1, 1), "has no zone", "local_time()"),
    "appointment": (None, "is a NoneType", "Appointment"),
    "custodian": ("Regionen", "is a str", "Custodian or None"),
    "confidentiality": ("N", "is a str", "Confidentiality or None"),
    "language": ("da DK", "does not have the right form", "a code without white space"),
    "set_id": (apd.SorCode("1"), "is a SorCode", _DOCUMENT_ID),
    "version_number": ("1", "is no version number", "nine digits at most"),
    "release": ("2.0.1", "is a str", "Release"),
    "unmapped": (["<a/>"], "is a str", "Unmapped"),
}


def a_document(**changes: Any) -> apd.AppointmentDocument:
    """The sample, with a name of its own."""
    return samples.document(**changes)


@pytest.mark.parametrize("field", _TYPES)
def test_refused(field: str) -> None:
    assert_refused(Refused(a_document, field, *_TYPES[field], where=f"AppointmentDocument.{field}"))


def test_every_field_of_a_document_is_in_the_table() -> None:
    assert {field.name for field in fields(apd.AppointmentDocument)} == set(_TYPES)


# --- pieces that are found when they are asked for -------------------------------------------

PIECE = apd.Unmapped(
    path="/ClinicalDocument/extra", difference=apd.Difference.EXTRA, xml="<extra/>"
)


class Search:
    """Finds a piece, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> tuple[apd.Unmapped, ...]:
        self.times += 1
        return (PIECE,)


def test_pieces_are_looked_for_when_somebody_asks_and_once() -> None:
    search = Search()
    document = samples.document(unmapped=FoundLater(search, {}))
    changed = evolve(document, appointment=evolve(document.appointment, location=None))
    assert search.times == 0
    assert list(document.unmapped) == list(changed.unmapped) == [PIECE]
    assert search.times == 1


@pytest.mark.parametrize(
    "of",
    [len, bool, hash, repr, tuple, list, lambda p: p[0], lambda p: p[:1], lambda p: PIECE in p],
)
def test_pieces_found_later_are_like_a_tuple_of_them(of: Any) -> None:
    assert of(FoundLater(Search(), {})) == of((PIECE,))


def test_documents_with_equal_pieces_are_equal_whenever_they_are_found() -> None:
    later, now = (samples.document(unmapped=p) for p in (FoundLater(Search(), {}), [PIECE]))
    assert later == now
    assert now == later == samples.document(unmapped=FoundLater(Search(), {}))
    assert hash(later) == hash(now)
    assert later != samples.document()


@pytest.mark.parametrize("copied", [deepcopy, lambda it: pickle.loads(pickle.dumps(it))])
def test_a_copy_has_the_pieces_themselves(copied: Any) -> None:
    document = samples.document(unmapped=FoundLater(Search(), {}))
    assert copied(document) == document
    assert type(copied(document).unmapped) is tuple


def test_reading_alone_looks_for_no_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("apd.cda.beyond.write_letters", write)
    document = apd.loads(apd.dumps(samples.document()))
    assert document.appointment == samples.appointment()
    with pytest.raises(AssertionError):
        len(document.unmapped)
