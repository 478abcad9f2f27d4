"""The bookings file: it and its JSON Schema say the same, and every mistake is told."""

import copy
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import apd
from apd.jsonform import JsonError, Kind, Problem
from apd.publication import LegalBasis
from apd.publication.bookings_file import (
    Booking,
    Bookings,
    Producer,
    bookings_schema,
    dumps,
    loads,
)
from apd.testing import strategies as apd_st
from apd.xds import ProducerConfiguration
from docs.generators.schemas import files
from tests import samples
from tests.places import ROOT
from tests.publication.making import NOW

EXAMPLE = ROOT / "examples" / "bookings.json"
KEPT = ROOT / "docs" / "bookings.schema.json"
HOSPITAL = Producer(
    healthcare_facility_type_code="22232009",
    practice_setting_code="394801008",
    source_id="1.2.208.176.43210.8.1.29",
)
CLINIC = evolve(HOSPITAL, practice_setting_code="394612005", home_community_id=None)


def held(number: int = 2, producer: Producer | None = None, **changes: Any) -> Booking:
    """A booking with an appointment of this number."""
    fields: dict[str, Any] = {
        "appointment": samples.appointment(id=samples.medcom_id(number)),
        "custodian": samples.custodian(),
        "legal_basis": LegalBasis.HEALTH_ACT,
        "patient_present": True,
        "changed": NOW,
    }
    return Booking(producer=producer, **{**fields, **changes})


def bookings(*held: Booking, producer: Producer | None = HOSPITAL) -> Bookings:
    return Bookings(read_at=NOW, bookings=held, producer=producer)


def data(count: int = 1) -> Any:
    """The data of a file, to be changed."""
    return json.loads(dumps(bookings(*(held(number + 2) for number in range(count)))))


def refused(changed: Any) -> tuple[Problem, ...]:
    """What is wrong with data; nothing where they are read."""
    try:
        loads(json.dumps(changed))
    except JsonError as error:
        return error.problems
    return ()


@cache
def validator() -> Draft202012Validator:
    """Judges by the schema that is kept."""
    return Draft202012Validator(json.loads(KEPT.read_text("utf-8")))


# --- reading and writing ---------------------------------------------------------------------


@given(
    st.lists(
        st.builds(
            Booking,
            appointment=apd_st.appointments(),
            custodian=apd_st.custodians(),
            legal_basis=st.sampled_from(LegalBasis),
            patient_present=st.booleans(),
            changed=apd_st.times(),
            confidentiality=st.sampled_from(apd.Confidentiality),
            standing=st.booleans(),
            producer=st.sampled_from([None, HOSPITAL, CLINIC]),
        ),
        max_size=3,
        unique_by=lambda booking: booking.id,
    ),
    st.sampled_from([None, HOSPITAL, CLINIC]),
)
def test_what_is_written_is_read_back(some: list[Booking], producer: Producer | None) -> None:
    whole = bookings(*some, producer=producer)
    text = dumps(whole)
    assert loads(text) == loads(text.encode()) == whole
    validator().validate(json.loads(text))


def test_the_words_of_the_law() -> None:
    for basis in LegalBasis:
        written = json.loads(dumps(bookings(held(legal_basis=basis))))
        assert written["bookings"][0]["legal_basis"] == basis.name.lower()


def test_the_example() -> None:
    text = EXAMPLE.read_text("utf-8")
    example = loads(text)
    assert dumps(example, indent=2) + "\n" == text
    assert {booking.legal_basis.may_be_shared for booking in example.bookings} == {True, False}
    numbers = {booking.appointment.patient.id for booking in example.bookings}
    known = {apd.load(path).appointment.patient.id for path in (ROOT / "examples").rglob("*.xml")}
    assert numbers <= known  # which are nobody's


def test_who_publishes() -> None:
    whole = bookings(held(2), held(3, CLINIC))
    first, second = whole.bookings
    assert whole.producer_of(first) is HOSPITAL
    assert whole.producer_of(second) is CLINIC
    assert whole.producer_of(None) is HOSPITAL
    assert bookings(first, producer=None).producer_of(first) is None


def test_a_producer_is_a_configuration_by_its_codes() -> None:
    assert HOSPITAL.configuration == ProducerConfiguration(
        healthcare_facility_type_code="22232009",
        practice_setting_code="394801008",
        source_id="1.2.208.176.43210.8.1.29",
    )
    assert CLINIC.configuration.home_community_id is None


# --- refusals --------------------------------------------------------------------------------


def _set(*path: Any) -> Callable[[Any, Any], None]:
    def put(whole: Any, value: Any) -> None:
        for step in path[:-1]:
            whole = whole[step]
        whole[path[-1]] = value

    return put


_BOOKING = ("bookings", 0)
WRONG = [
    (_set("read_at"), "2026-02-02T09:31:00", Kind.TYPE, "$.read_at is not a time with an offset"),
    (_set("read_at"), None, Kind.TYPE, "$.read_at is null: specify a time such as"),
    (_set("bookings"), {}, Kind.TYPE, "$.bookings is an object: specify a list"),
    (_set("booking"), [], Kind.UNKNOWN, 'has the unknown key "booking": did you mean "bookings"'),
    (_set(*_BOOKING), 7, Kind.TYPE, "$.bookings[0] is a number: specify an object"),
    (
        _set(*_BOOKING, "legal_basis"),
        "sundhedsloven",
        Kind.WORD,
        'specify "health_act", "health_act',
    ),
    (_set(*_BOOKING, "legal_basis"), 138, Kind.TYPE, "$.bookings[0].legal_basis is a number"),
    (_set(*_BOOKING, "patient_present"), "yes", Kind.TYPE, "specify true or false"),
    (_set(*_BOOKING, "confidentiality"), "secret", Kind.WORD, 'specify "normal", "restricted" or'),
    (_set(*_BOOKING, "name"), "Asta", Kind.UNKNOWN, "the known keys are appointment, custodian"),
    (_set(*_BOOKING, "custodian"), None, Kind.TYPE, "$.bookings[0].custodian is null"),
    (
        _set(*_BOOKING, "appointment", "id"),
        {"type": "other", "root": "1.2.3", "extension": "5"},
        Kind.VALUE,
        '$.bookings[0].appointment.id is not a UUID under MedCom\'s root: specify "type": "medcom"',
    ),
    (_set(*_BOOKING, "appointment", "reason"), 3, Kind.TYPE, "$.bookings[0].appointment.reason is"),
    (
        _set("producer", "practice_setting_code"),
        "1",
        Kind.VALUE,
        '$.producer.practice_setting_code is not a code of the value set: "apd xds --codes',
    ),
    (
        _set("producer", "healthcare_facility_type_code"),
        "hospital",
        Kind.VALUE,
        '"apd xds --codes facility" lists them',
    ),
    (_set("producer", "home_community_id"), "1.2", Kind.VALUE, "is not a domain of the value set"),
    (
        _set("producer", "source_id"),
        "x",
        Kind.VALUE,
        "$.producer.source_id does not have the right",
    ),
    (
        _set("producer", "source_id"),
        None,
        Kind.TYPE,
        "$.producer.source_id is null: specify a text",
    ),
]


@pytest.mark.parametrize(("put", "value", "kind", "message"), WRONG)
def test_what_is_wrong_is_reported_with_its_place(put, value, kind, message) -> None:
    changed = data()
    put(changed, value)
    (problem,) = refused(changed)
    assert problem.kind is kind
    assert message in str(problem)
    assert "Asta" not in str(problem)
    assert problem.in_language("da") != str(problem)
    assert validator().is_valid(changed) == (kind is Kind.VALUE)


def test_everything_is_reported_at_once() -> None:
    changed = data(2)
    del changed["read_at"]
    del changed["bookings"][0]["custodian"]
    changed["bookings"][1]["appointment"]["category"] = "region"
    assert [problem.path for problem in refused(changed)] == [
        "$.read_at",
        "$.bookings[0].custodian",
        "$.bookings[1].appointment.category",
    ]


def test_an_appointment_that_comes_twice() -> None:
    changed = data(3)
    same = changed["bookings"][0]["appointment"]["id"]["value"]
    changed["bookings"][2]["appointment"]["id"]["value"] = same.upper()
    (problem,) = refused(changed)
    assert str(problem).startswith(
        "$.bookings[2].appointment.id is that of $.bookings[0], too: assign each appointment"
    )


@pytest.mark.parametrize("text", ["", "[]", "{", '{"bookings": [', "\ufeff", "null"])
def test_what_is_no_file_of_bookings(text: str) -> None:
    with pytest.raises(JsonError):
        loads(text)


# --- the JSON Schema -------------------------------------------------------------------------


def test_the_one_that_is_kept_is_what_is_made() -> None:
    made = files()["bookings.schema.json"]
    assert made == KEPT.read_bytes().decode()
    assert json.loads(made) == bookings_schema()
    Draft202012Validator.check_schema(bookings_schema())


def test_every_field_is_described() -> None:
    for name in ("Bookings", "Booking", "Producer"):
        for key, one in bookings_schema()["$defs"][name]["properties"].items():
            assert one["description"], f"{name}.{key}"


@pytest.mark.parametrize("value", [None, True, 2.5, "x", [], {}, ["x"], {"x": 1}], ids=repr)
def test_the_reader_and_the_schema_refuse_the_same_structures(value: Any) -> None:
    whole = data()
    places = [
        *[(whole, key) for key in whole],
        *[(whole["bookings"][0], key) for key in whole["bookings"][0]],
        *[(whole["producer"], key) for key in whole["producer"]],
        (whole["bookings"], 0),
    ]
    for place, key in places:
        before = copy.deepcopy(place[key])
        place[key] = value
        is_refused = any(problem.kind is not Kind.VALUE for problem in refused(whole))
        assert validator().is_valid(whole) == (not is_refused), key
        place[key] = before


def test_a_file_has_so_many_bookings(monkeypatch) -> None:
    monkeypatch.setattr("apd.publication.bookings_file.MAX_BOOKINGS", 1)
    with pytest.raises(JsonError, match="more than 1"):
        loads(EXAMPLE.read_bytes())
