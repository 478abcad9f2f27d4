"""The document around an appointment."""

import datetime
import pickle
from copy import deepcopy
from typing import Any

import pytest
from attrs import evolve, fields

import apd
from apd.model.document import DocumentSource
from tests import samples
from tests.model.refusal import Refused, assert_refused


def test_a_document_is_normally_confidential_in_danish_and_of_the_current_release() -> None:
    document = samples.document()
    assert document.confidentiality is apd.Confidentiality.NORMAL
    assert document.language == "da-DK"
    assert document.release == apd.Release.V2_0_1
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


_DOCUMENT_ID = "MedComId, Identifier or None"
_TYPES = {
    "id": ("17", "not str", _DOCUMENT_ID),
    "time": (datetime.datetime(2026, 1, 1), "has no time zone", "local_time()"),
    "appointment": (None, "not None", "Appointment"),
    "custodian": ("Regionen", "not str", "Custodian or None"),
    "confidentiality": ("N", "not str", "Confidentiality or None"),
    "language": ("da DK", "does not have the right form", "a code without white space"),
    "set_id": (apd.SorCode("1"), "not SorCode", _DOCUMENT_ID),
    "version_number": ("1", "is not a version number", "at most nine digits"),
    "release": ("2.0.1", "not str", "Release"),
    "source": (b"<a/>", "not bytes", "DocumentSource or None"),
}


def a_document(**changes: Any) -> apd.AppointmentDocument:
    """The sample, with a name of its own."""
    return samples.document(**changes)


@pytest.mark.parametrize("field", _TYPES)
def test_refused(field: str) -> None:
    assert_refused(Refused(a_document, field, *_TYPES[field], where=f"AppointmentDocument.{field}"))


def test_every_field_of_a_document_is_in_the_table() -> None:
    assert {field.name for field in fields(apd.AppointmentDocument)} == set(_TYPES)


# --- the XML that a document was read from ---------------------------------------------------

PIECE = apd.Unmapped(
    path="/ClinicalDocument/extra", difference=apd.Difference.EXTRA, xml="<extra/>"
)


def one_piece(source: DocumentSource) -> tuple[apd.Unmapped, ...]:
    """What a comparison would find."""
    return (PIECE,)


def a_source(**stated: Any) -> DocumentSource:
    """A source that said what the sample says, but for some fields."""
    made = samples.document(**stated)
    names = [field.name for field in fields(apd.AppointmentDocument) if field.name != "source"]
    return DocumentSource(
        b"<x/>", {name: getattr(made, name) for name in names}, made.release, one_piece
    )


def test_what_is_beyond_the_model_is_stated_by_the_source() -> None:
    assert samples.document(source=a_source()).unmapped == (PIECE,)
    assert samples.document().unmapped == ()


def test_the_source_does_not_count_when_documents_are_compared() -> None:
    with_source = samples.document(source=a_source())
    assert with_source == samples.document()
    assert hash(with_source) == hash(samples.document())
    assert repr(with_source) == repr(samples.document())


def test_a_changed_copy_keeps_the_source() -> None:
    source = a_source()
    assert evolve(samples.document(source=source), language="en").source is source


def test_whether_a_source_states_what_a_document_states_whatever_its_release() -> None:
    source = a_source(language="en")
    assert source.says(samples.document(language="en"))
    assert source.says(samples.document(language="en", release=apd.Release.V1_0))
    assert not source.says(samples.document())


@pytest.mark.parametrize("copied", [deepcopy, lambda it: pickle.loads(pickle.dumps(it))])
def test_a_copy_has_the_source(copied: Any) -> None:
    copy = copied(samples.document(source=a_source()))
    assert copy.unmapped == (PIECE,)
    assert copy.source.data == b"<x/>"
    assert copy.source.says(copy)


def test_reading_alone_compares_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("apd.cda.lossless.unmapped.write", write)
    document = apd.loads(apd.dumps(samples.document()))
    assert document.appointment == samples.appointment()
    with pytest.raises(AssertionError):
        len(document.unmapped)
