"""The patient, organisations, persons and the roles around an appointment."""

import datetime
from typing import Any

import pytest

import apd
from tests import samples
from tests.model.refusal import Refused, assert_refused

Role = type[apd.Responsible | apd.Requester | apd.Performer | apd.Custodian]
ROLES: list[Any] = [apd.Responsible, apd.Requester, apd.Performer, apd.Custodian]
SOR = apd.SorCode("325421000016001")


@pytest.mark.parametrize("id", [apd.CprNumber("2512489996"), apd.Identifier("1.2.3", "E-17")])
def test_a_patient_needs_no_more_than_an_id(id: apd.CprNumber | apd.Identifier) -> None:
    patient = apd.Patient(id=id)
    assert (patient.name, patient.address, patient.telecoms) == (None, None, ())
    assert (patient.gender, patient.birth_date, patient.provider_organization) == (None,) * 3


def test_the_date_of_birth_is_not_made_of_the_cpr_number_and_may_disagree_with_it() -> None:
    id = apd.CprNumber("2512489996")
    assert apd.Patient(id=id).birth_date is None
    other = datetime.date(1949, 12, 25)
    assert apd.Patient(id=id, birth_date=other).birth_date == other


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "id", [SOR, apd.ProviderNumber("012345"), apd.Identifier("1.2.3", "17"), None]
)
def test_a_role_needs_no_more_than_an_id_which_may_be_missing(role: Any, id: Any) -> None:
    assert role(id=id).id == id


@pytest.mark.parametrize(
    "stated",
    [
        {"name": "Lægerne på Torvet"},
        {"id": SOR},
        {"address": apd.Address(city="Odense")},
        {"telecoms": [apd.Telecom.phone("111")]},
    ],
)
def test_an_organisation_states_something(stated: dict[str, Any]) -> None:
    apd.Organization(**stated)


@pytest.mark.parametrize("role", [apd.Responsible, apd.Requester])
def test_the_time_of_an_author_is_danish(role: Any) -> None:
    time = datetime.datetime(2026, 7, 1, 8, tzinfo=datetime.UTC)
    assert role(id=SOR, time=time).time.isoformat() == "2026-07-01T10:00:00+02:00"


@pytest.mark.parametrize(
    "make", [apd.Patient, apd.Organization, apd.Responsible, apd.Requester, apd.Performer]
)
def test_telecoms_are_kept_in_order_each_once(make: Any) -> None:
    two, one = apd.Telecom.phone("222"), apd.Telecom.phone("111")
    id = apd.CprNumber("2512489996") if make is apd.Patient else SOR
    assert make(id=id, telecoms=iter([two, one, two])).telecoms == (two, one)


_CPR = {"id": apd.CprNumber("2512489996")}
_ORGANIZATION_ID = "SorCode, ProviderNumber, Identifier or None"

REFUSED = [
    Refused(apd.Patient, "id", None, "not None", "CprNumber or Identifier"),
    Refused(apd.Patient, "id", "2512489996", "not str", "CprNumber or Identifier"),
    Refused(apd.Patient, "id", SOR, "not SorCode", "CprNumber or Identifier"),
    Refused(apd.Patient, "id", apd.Identifier("1.2.3"), "has no number", "an extension"),
    Refused(apd.Patient, "name", "Ida Egeskov", "not str", "PersonName or None", _CPR),
    Refused(apd.Patient, "address", "Torvet 1", "not str", "Address or None", _CPR),
    Refused(apd.Patient, "telecoms", ["tel:65998877"], "not str", "Telecom", _CPR),
    Refused(apd.Patient, "gender", "F", "not str", "Gender or None", _CPR),
    Refused(apd.Patient, "birth_date", "1948-12-25", "not str", "a date or None", _CPR),
    Refused(
        apd.Patient, "birth_date", apd.local_time(1948, 12, 25), "not datetime",
        "a date or None", _CPR,
    ),
    Refused(
        apd.Patient, "provider_organization", "Lægerne", "not str", "Organization or None", _CPR
    ),
    Refused(apd.Person, "name", "Ida Egeskov", "not str", "PersonName"),
    Refused(apd.Person, "name", None, "not None", "PersonName"),
    Refused(apd.Organization, "name", " ", "is empty", "a name or an id", where="Organization"),
    Refused(apd.Organization, "id", "17", "not str", _ORGANIZATION_ID),
    Refused(
        apd.Organization, "id", apd.CprNumber("2512489996"), "not CprNumber", _ORGANIZATION_ID
    ),
    *[
        row
        for role in ROLES
        for row in (
            Refused(role, "id", "325421000016001", "not str", _ORGANIZATION_ID),
            Refused(role, "id", samples.medcom_id(1), "not MedComId", _ORGANIZATION_ID),
            Refused(role, "address", "Torvet 1", "not str", "Address or None", {"id": SOR}),
        )
    ],
    *[
        row
        for role in ROLES[:3]
        for row in (
            Refused(role, "organization", "OUH", "not str", "Organization or None", {"id": SOR}),
            Refused(role, "person", "Ida Egeskov", "not str", "Person or None", {"id": SOR}),
            Refused(role, "telecoms", [None], "not None", "Telecom", {"id": SOR}),
        )
    ],
    Refused(apd.Custodian, "telecom", "tel:65998877", "not str", "Telecom or None", {"id": SOR}),
    Refused(
        apd.Responsible, "time", datetime.datetime(2026, 1, 1), "has no time zone", "local_time()",
        {"id": SOR},
    ),
]  # fmt: skip


@pytest.mark.parametrize("row", REFUSED, ids=str)
def test_refused(row: Refused) -> None:
    assert_refused(row)


@pytest.mark.parametrize("role", ROLES)
def test_the_id_of_a_role_cannot_be_forgotten(role: Any) -> None:
    with pytest.raises(TypeError, match="id"):
        role()
