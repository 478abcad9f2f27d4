"""The laws of reading and writing, for documents of every kind."""

import subprocess
import sys

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import apd
from apd.cda.document_parts import changes
from apd.cda.encounter import ENCOUNTER, read_encounter, read_named
from apd.cda.loader import open_document
from apd.testing import strategies as apd_st
from tests import samples
from tests.cda.comparison import assert_same
from tests.places import ROOT

COMPLETE = apd_st.documents()
ANY = apd_st.documents(complete=False)


@given(COMPLETE)
def test_a_document_that_is_written_is_read_as_it_was(document: apd.AppointmentDocument) -> None:
    assert apd.loads(apd.dumps(document)) == document


@given(ANY)
def test_so_is_one_that_lacks_what_the_standard_demands(document: apd.AppointmentDocument) -> None:
    assert apd.loads(apd.dumps(document, check=False)) == document


@given(ANY)
def test_what_is_read_is_written_to_the_same_bytes(document: apd.AppointmentDocument) -> None:
    data = apd.dumps(document, check=False)
    assert apd.dumps(apd.loads(data), check=False) == data


@given(COMPLETE)
def test_a_complete_document_is_well_formed_and_valid(
    schema: etree.XMLSchema, document: apd.AppointmentDocument
) -> None:
    root = etree.fromstring(apd.dumps(document))
    assert schema.validate(root), schema.error_log
    assert root.tag == "{urn:hl7-org:v3}ClinicalDocument"


@given(ANY)
def test_any_document_is_well_formed_in_utf_8_and_printed_as_lxml_prints_it(
    document: apd.AppointmentDocument,
) -> None:
    data = apd.dumps(document, check=False)
    root = etree.fromstring(data, etree.XMLParser(remove_blank_text=True))
    assert data.partition(b"\n")[2].decode() == etree.tostring(
        root, encoding="unicode", pretty_print=True
    )
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<ClinicalDocument ')
    assert data.decode().endswith("</ClinicalDocument>\n")


@given(ANY)
def test_the_same_document_always_gives_the_same_bytes(document: apd.AppointmentDocument) -> None:
    assert apd.dumps(document, check=False) == apd.dumps(evolve(document), check=False)


def test_also_in_another_process_with_other_hashes() -> None:
    """Nothing that is written depends on the order of a set or a dictionary of objects."""
    script = (
        "import sys, apd; from tests import samples; "
        "sys.stdout.buffer.write(apd.dumps(samples.full_document()))"
    )
    written = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert written == [apd.dumps(samples.full_document())] * 2


@given(ANY, st.booleans())
def test_white_space_between_elements_means_nothing(
    document: apd.AppointmentDocument, as_text: bool
) -> None:
    root = etree.fromstring(apd.dumps(document, check=False))
    for element in root.iter():
        if len(element):
            element.text = None
        element.tail = None
    squeezed = etree.tostring(root, encoding="unicode")
    assert apd.loads(squeezed if as_text else squeezed.encode()) == document


@given(COMPLETE, COMPLETE)
def test_different_documents_are_written_differently(
    one: apd.AppointmentDocument, other: apd.AppointmentDocument
) -> None:
    assert (apd.dumps(one) == apd.dumps(other)) == (one == other)


@given(COMPLETE, COMPLETE)
def test_a_document_is_changed_part_by_part_as_if_made_anew(
    one: apd.AppointmentDocument, other: apd.AppointmentDocument
) -> None:
    """What was read and then given another appointment is as one made with it."""
    read = apd.loads(apd.dumps(one))
    changed = evolve(read, appointment=other.appointment, id=other.id)
    made = evolve(one, appointment=other.appointment, id=other.id)
    assert apd.dumps(changed) == apd.dumps(made)


@pytest.mark.parametrize("document", [samples.document(), samples.full_document()])
def test_the_samples_hold_nothing_that_is_not_read(document: apd.AppointmentDocument) -> None:
    data = apd.dumps(document)
    assert apd.loads(data).unmapped == ()
    assert_same(apd.dumps(apd.loads(data)), data)


@given(COMPLETE, COMPLETE)
def test_of_each_part_that_differs_every_field_is_read_that_it_carries(
    one: apd.AppointmentDocument, other: apd.AppointmentDocument
) -> None:
    """Those of the encounter; so what is written by a change is held against all that is new."""
    names = {part.name for part in changes(ENCOUNTER, one, other, apd.Release.CURRENT)}
    opened = open_document(apd.dumps(other), apd.Release.CURRENT)
    named = dict(read_named(opened.encounter, opened.events, names))
    _, fields = read_encounter(opened.encounter, opened.events)
    for field in ("schedule", *fields):
        value = getattr(other.appointment, field)
        assert field in named or value == getattr(one.appointment, field)
        assert named.get(field, value) == value
