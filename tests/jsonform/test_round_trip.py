"""Nothing is lost: from the model to JSON and back, and from XML through both."""

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import apd
from apd import jsonform
from apd.testing import strategies as apd_st
from tests.jsonform.making import documents
from tests.places import EXAMPLES, ROOT, example_names, needs_examples

PARTS = st.one_of(
    apd_st.appointments(complete=False),
    apd_st.patients(complete=False),
    apd_st.responsibles(complete=False),
    apd_st.requesters(complete=False),
    apd_st.performers(complete=False),
    apd_st.custodians(complete=False),
    apd_st.organizations(),
    apd_st.locations(complete=False),
    apd_st.episodes_of_care(complete=False),
    apd_st.repetitions(complete=False),
    apd_st.schedules(),
    apd_st.reasons(),
    apd_st.addresses(),
    apd_st.telecoms(),
    apd_st.person_names(),
    apd_st.identifiers(),
    apd_st.cpr_numbers(),
)


@given(documents())
def test_documents(document: apd.AppointmentDocument) -> None:
    assert jsonform.loads(jsonform.dumps(document)) == document


@given(apd_st.documents())
def test_documents_make_the_same_bytes(document: apd.AppointmentDocument) -> None:
    assert apd.dumps(jsonform.loads(jsonform.dumps(document))) == apd.dumps(document)


@given(PARTS)
@settings(max_examples=settings.default.max_examples * 4)
def test_every_part_by_itself(part: Any) -> None:
    assert jsonform.from_data(jsonform.to_data(part), type(part)) == part


@given(apd_st.documents(complete=False))
def test_the_same_document_gives_the_same_text(document: apd.AppointmentDocument) -> None:
    text = jsonform.dumps(document)
    assert jsonform.dumps(jsonform.loads(text)) == text


def assert_goes_through(path: Path) -> None:
    document = apd.load(path)
    again = jsonform.loads(jsonform.dumps(document))
    assert again == document
    assert apd.dumps(again, check=False) == apd.dumps(document, check=False)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples" / "documents").glob("*.xml")), ids=lambda path: path.name
)
def test_example_documents(path: Path) -> None:
    assert_goes_through(path)


@needs_examples
@pytest.mark.parametrize("name", example_names())
def test_official_examples(name: str) -> None:
    try:
        apd.load(EXAMPLES / name)
    except apd.ParseError:
        pytest.skip("there is no appointment in it")
    assert_goes_through(EXAMPLES / name)


def test_what_has_no_place_in_the_model_goes_along() -> None:
    xml = (ROOT / "examples" / "documents" / "home-nurse.xml").read_bytes()
    document = apd.loads(xml.replace(b"<td>Skift", b"<td>SKIFT"))
    data = jsonform.to_data(document)
    assert "SKIFT" in data["source"]
    assert b"<td>SKIFT" in apd.dumps(jsonform.loads(jsonform.dumps(document)))


HOME_NURSE = (ROOT / "examples" / "documents" / "home-nurse.xml").read_text("utf-8")
OTHERS = HOME_NURSE.replace("<title>", "<!-- who --><extra/><title>", 1)


def test_the_source_is_there_only_where_the_model_does_not_say_all_of_it() -> None:
    assert "source" not in jsonform.to_data(apd.loads(HOME_NURSE))
    assert "source" not in jsonform.to_data(apd.loads(HOME_NURSE.replace("\n", "\r\n")))
    assert jsonform.to_data(apd.loads(OTHERS))["source"] == OTHERS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_in_any_encoding(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    data = OTHERS.replace('"UTF-8"', f'"{declared}"', 1).encode(encoding)
    document = apd.loads(data)
    source = jsonform.to_data(document)["source"]
    assert source.startswith("data:application/xml;base64,") is not encoding.startswith("utf-8")
    assert apd.dumps(jsonform.loads(jsonform.dumps(document)), check=False) == data


def test_what_was_changed_is_written_as_it_is_now() -> None:
    document = apd.loads(OTHERS)
    reason = apd.Reason("Noget helt andet")
    changed = evolve(document, appointment=evolve(document.appointment, reason=reason))
    data = jsonform.to_data(changed)
    assert "Noget helt andet" in data["source"]
    assert jsonform.loads(jsonform.dumps(changed)) == changed
    data["appointment"]["reason"]["text"] = "Tilbage igen"
    written = apd.dumps(jsonform.from_data(data, apd.AppointmentDocument), check=False)
    assert apd.loads(written).appointment.reason == apd.Reason("Tilbage igen")
    assert b"<!-- who --><extra/>" in written


@pytest.mark.parametrize("source", ["", "<x/>", "data:application/xml;base64,?", "PHgvPg=="])
def test_a_source_that_is_no_document_is_refused(source: str) -> None:
    data = jsonform.to_data(apd.loads(OTHERS))
    with pytest.raises(jsonform.JsonError) as caught:
        jsonform.from_data({**data, "source": source}, apd.AppointmentDocument)
    (problem,) = caught.value.problems
    assert (problem.path, problem.kind) == ("$.source", jsonform.Kind.VALUE)
