"""A document that was read and changed: it is written as the changed model, or errors are named."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from attrs import evolve

import apd
from tests.laws.bases import bases, sample
from tests.laws.edits import ALL_KINDS
from tests.laws.law import differing_model

SAMPLED = 3
"""So many edited documents of a kind are changed in a run that is to be quick."""

OTHER_SOR = apd.SorCode("333333000016001")
OTHER_NAME = apd.PersonName(["Karla", "Marie"], "Tranekær")
OTHER_PLACE = apd.Address(["Ahornparken 7"], "5230", "Odense M", use=apd.AddressUse.WORK)
OTHER_PHONE = apd.Telecom.phone("65000009", apd.TelecomUse.WORK)
OTHER_ID = apd.MedComId("7f1c8b52-4f0e-4d3a-9a55-0c6d2e8f9b11")
MORNING = apd.Schedule(apd.local_time(2026, 5, 5, 8), apd.local_time(2026, 5, 5, 9))

Change = Callable[[apd.AppointmentDocument], apd.AppointmentDocument]


def of_document(**fields: Any) -> Change:
    """Fields of the document get other values."""
    return lambda document: evolve(document, **fields)


def of_appointment(**fields: Any) -> Change:
    """Fields of the appointment get other values."""
    return lambda document: evolve(document, appointment=evolve(document.appointment, **fields))


def of_part(name: str, /, **fields: Any) -> Change:
    """Fields of a part of the appointment get other values; a part that is not there stays so."""

    def change(document: apd.AppointmentDocument) -> apd.AppointmentDocument:
        part = getattr(document.appointment, name)
        return (
            document if part is None else of_appointment(**{name: evolve(part, **fields)})(document)
        )

    return change


def of_custodian(**fields: Any) -> Change:
    """Fields of the custodian get other values."""

    def change(document: apd.AppointmentDocument) -> apd.AppointmentDocument:
        custodian = document.custodian
        return (
            document
            if custodian is None
            else evolve(document, custodian=evolve(custodian, **fields))
        )

    return change


CHANGES: dict[str, Change] = {
    "document id": of_document(id=OTHER_ID),
    "document time": of_document(time=apd.local_time(2026, 4, 1, 12)),
    "set id and version": of_document(set_id=OTHER_ID, version_number=7),
    "no document id": of_document(id=None),
    "no time": of_document(time=None),
    "no language": of_document(language=None),
    "no custodian": of_document(custodian=None),
    "confidentiality": of_document(confidentiality=apd.Confidentiality.RESTRICTED),
    "custodian's id": of_custodian(id=OTHER_SOR),
    "custodian's name": of_custodian(name="Fyns Kommune"),
    "custodian's address": of_custodian(address=OTHER_PLACE),
    "custodian's telecom": of_custodian(telecom=OTHER_PHONE),
    "reason": of_appointment(reason=apd.Reason("Kontrol af knæ")),
    "coded reason": of_appointment(
        reason=apd.Reason("Genoptræning", apd.Code("91251008", apd.Oid.SNOMED_CT))
    ),
    "no reason": of_appointment(reason=None),
    "schedule": of_appointment(schedule=MORNING),
    "end not known": of_appointment(schedule=evolve(MORNING, end=None)),
    "indicative": of_appointment(schedule=evolve(MORNING, indicative=True, note="Ca.")),
    "repetition": of_appointment(repetition=apd.Repetition(OTHER_ID)),
    "no repetition": of_appointment(repetition=None),
    "status": of_appointment(status=apd.Status.CANCELLED),
    "category": of_appointment(category=apd.Category.MUNICIPAL),
    "appointment id": of_appointment(id=OTHER_ID),
    "no requester": of_appointment(requester=None),
    "no performer": of_appointment(performer=None),
    "no location": of_appointment(location=None),
    "at home": of_appointment(location=apd.HomeLocation(address=OTHER_PLACE)),
    "another patient": of_part("patient", id=apd.CprNumber("0503129900"), birth_date=None),
    "patient's name": of_part("patient", name=OTHER_NAME),
    "patient's address": of_part("patient", address=OTHER_PLACE),
    "patient's telecoms": of_part("patient", telecoms=[OTHER_PHONE]),
    "no address of the patient": of_part("patient", address=None),
    "no telecoms of the patient": of_part("patient", telecoms=[]),
    "gender": of_part("patient", gender=apd.Gender.MALE),
    "no birth date": of_part("patient", birth_date=None),
    "responsible's id": of_part("responsible", id=OTHER_SOR),
    "responsible's address": of_part("responsible", address=OTHER_PLACE),
    "responsible's telecoms": of_part("responsible", telecoms=[OTHER_PHONE]),
    "responsible's person": of_part("responsible", person=apd.Person(OTHER_NAME)),
    "no person of the responsible": of_part("responsible", person=None),
    "responsible's organisation": of_part("responsible", organization=apd.Organization(name="Ny")),
    "performer's id": of_part("performer", id=OTHER_SOR),
    "performer's address": of_part("performer", address=OTHER_PLACE),
    "performer's telecoms": of_part("performer", telecoms=[OTHER_PHONE]),
    "performer's organisation": of_part("performer", organization=apd.Organization(name="Ny")),
    "location's name": of_part("location", name="Indgang 4, stuen"),
    "location's address": of_part("location", address=OTHER_PLACE),
    "location's telecom": of_part("location", telecom=OTHER_PHONE),
}
"""What is changed in the model."""


def broken_change(change: Change, data: bytes) -> str:
    """How the writer fails a changed document, in words; nothing where it does not."""
    try:
        document = change(apd.loads(data))
    except (apd.ParseError, apd.InvalidValue):
        return ""
    try:
        written = apd.dumps(document)
    except apd.InvalidDocument as refused:
        return "" if refused.findings else "dumps refuses without a word"
    except Exception as error:  # the law allows no other
        return f"dumps raises {type(error).__name__}"
    if not apd.validate(written).is_valid:
        return "dumps writes what is not valid"
    return differing_model(document, written)


def broken_examples(change: str, names: Iterable[str]) -> dict[str, str]:
    """The examples in which the writer fails a change, and how."""
    found = {name: broken_change(CHANGES[change], bases()[name]) for name in names}
    return {name: how for name, how in found.items() if how}


@pytest.mark.parametrize(("number", "change"), list(enumerate(CHANGES)))
def test_a_changed_example_is_written_as_changed(number: int, change: str) -> None:
    assert not broken_examples(change, [*bases()][number % 8 :: 8])


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
def test_each_changed_example_is_written_as_changed(change: str) -> None:
    assert not broken_examples(change, bases())


def test_a_right_change_is_written() -> None:
    """The test above would let a writer pass that refuses everything."""
    for data in [*bases().values()][::4]:
        document = apd.loads(data)
        for change in ("reason", "patient's name", "performer's address", "document id"):
            assert apd.dumps(CHANGES[change](document))


def broken_after(kind: str, size: int) -> dict[str, str]:
    """The changes of edited documents in which the writer fails: one change for each edit."""
    changes = list(CHANGES)
    found = {}
    for number, (base, edit) in enumerate(sample(kind, size)):
        change = changes[number * 7 % len(changes)]
        if how := broken_change(CHANGES[change], edit.data()):
            found[f"{change} after {base}: {edit.name}"] = how
    return found


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_a_changed_document_of_others_is_written_as_changed(kind: str) -> None:
    assert not broken_after(kind, SAMPLED)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ALL_KINDS)
def test_many_changed_documents_of_others_are_written_as_changed(kind: str) -> None:
    assert not broken_after(kind, 100 * SAMPLED)
