"""What has been checked has no None where the standard demands a value."""

import re

import pytest
from attrs import evolve, fields

import apd
from tests.places import ROOT

DOCUMENT = apd.load(ROOT / "examples" / "documents" / "hospital-visit.xml")
PATHS = sorted((ROOT / "examples" / "documents").glob("*.xml"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_it_states_what_the_document_states(path) -> None:
    document = apd.load(path)
    complete = apd.complete(document)
    assert complete.document is document
    assert (complete.id, complete.custodian) == (document.id, document.custodian)
    assert complete.confidentiality is document.confidentiality
    for field in fields(apd.CompleteAppointment):
        value = getattr(complete.appointment, field.name)
        assert value is getattr(document.appointment, field.name) is not None


@pytest.mark.parametrize("name", ["id", "custodian", "confidentiality"])
def test_a_document_that_lacks_something(name: str) -> None:
    with pytest.raises(apd.InvalidDocument) as caught:
        apd.complete(evolve(DOCUMENT, **{name: None}))
    assert all(finding.line is None for finding in caught.value.findings)


# patient and schedule cannot be None in the first place
OPTIONAL = {field.name for field in fields(apd.CompleteAppointment)} - {"patient", "schedule"}


@pytest.mark.parametrize("name", sorted(OPTIONAL))
def test_an_appointment_that_lacks_something(name: str) -> None:
    lacking = evolve(DOCUMENT, appointment=evolve(DOCUMENT.appointment, **{name: None}))
    with pytest.raises(apd.InvalidDocument):
        apd.complete(lacking)
    with pytest.raises(apd.InvalidValue, match=name):
        evolve(apd.complete(DOCUMENT).appointment, **{name: None})


def test_what_is_no_document() -> None:
    with pytest.raises(TypeError, match="complete"):
        apd.complete(DOCUMENT.appointment)  # type: ignore[arg-type]


def test_nothing_personal_is_in_its_repr() -> None:
    complete = apd.complete(DOCUMENT)
    patient = DOCUMENT.appointment.patient
    assert str(patient.id.value) not in repr(complete)
    assert complete.appointment.reason.text not in repr(complete)


WITHOUT_ID = (
    r"<id assigningAuthorityName[^>]*>(?=\s*<code code=.39289)",
    '<id nullFlavor="NI"/>',
)
WITHOUT_CONFIDENTIALITY = (
    "<confidentialityCode [^>]*>",
    '<confidentialityCode nullFlavor="NI"/>',
)
WITHOUT_RESPONSIBLE = (r"<author.*?</author>\s*(?=<author)", "")


@pytest.mark.parametrize(
    ("written", "instead", "field"),
    [
        (*WITHOUT_ID, "id"),
        (*WITHOUT_CONFIDENTIALITY, "confidentiality"),
        (*WITHOUT_RESPONSIBLE, "appointment.responsible"),
    ],
)
def test_a_field_that_may_be_null_is_named_where_it_has_no_value(
    written: str, instead: str, field: str
) -> None:
    """The rules accept such a document, as MedCom's do."""
    text = (ROOT / "examples" / "documents" / "episode-of-care.xml").read_text("utf-8")
    document = apd.loads(re.sub(written, instead, text, count=1, flags=re.DOTALL))
    assert apd.validate(document).is_valid

    with pytest.raises(apd.InvalidDocument, match=f"no value for {field}:") as caught:
        apd.complete(document)
    assert [found.field for found in caught.value.findings] == [field]
