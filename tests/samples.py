"""Invented documents and their parts, to be changed by the tests that need others.

Each function gives one that is complete; its arguments are fields to be given otherwise.
"""

import datetime
import uuid
from typing import Any

import apd

DAY = datetime.date(2026, 3, 5)
CPR = "0503129900"


def medcom_id(number: int) -> apd.MedComId:
    """The same id for the same number, another for another."""
    return apd.MedComId(uuid.UUID(int=number))


def address(**changes: Any) -> apd.Address:
    """A street in Odense."""
    fields: dict[str, Any] = {
        "lines": ("Ahornparken 7", "2. sal"),
        "postal_code": "5230",
        "city": "Odense M",
        "country": "Danmark",
        "use": apd.AddressUse.WORK,
    }
    return apd.Address(**{**fields, **changes})


def patient(**changes: Any) -> apd.Patient:
    """A patient of whom everything is told."""
    fields: dict[str, Any] = {
        "id": apd.CprNumber(CPR),
        "name": apd.PersonName(["Solveig", "Maj"], "Tranekær"),
        "address": address(lines=["Birkelunden 12"], use=apd.AddressUse.HOME),
        "telecoms": (
            apd.Telecom.phone("65 00 00 01", apd.TelecomUse.HOME),
            apd.Telecom.email("solveig@example.dk", apd.TelecomUse.HOME),
        ),
        "gender": apd.Gender.FEMALE,
        "birth_date": datetime.date(2012, 3, 5),
        "provider_organization": apd.Organization(
            name="Lægerne på Torvet",
            id=apd.ProviderNumber("012345"),
            address=address(lines=["Torvet 1"]),
            telecoms=(apd.Telecom.phone("65000002"),),
        ),
    }
    return apd.Patient(**{**fields, **changes})


def responsible(**changes: Any) -> apd.Responsible:
    """A hospital department, and the nurse who made the booking."""
    fields: dict[str, Any] = {
        "id": apd.SorCode("111111000016003"),
        "organization": apd.Organization(name="Ortopædkirurgisk Afdeling"),
        "person": apd.Person(apd.PersonName(["Bodil"], "Egeskov", ["Sygeplejerske"])),
        "address": address(),
        "telecoms": (apd.Telecom.phone("65000003"),),
        "time": apd.local_time(2026, 2, 1, 9, 30),
    }
    return apd.Responsible(**{**fields, **changes})


def requester(**changes: Any) -> apd.Requester:
    """The practice that referred the patient."""
    fields: dict[str, Any] = {
        "id": apd.SorCode("222222000016008"),
        "organization": apd.Organization(name="Lægerne på Torvet"),
        "person": apd.Person(apd.PersonName(["Vagn"], "Brahesminde", ["Læge"], ["ph.d."])),
        "address": address(lines=["Torvet 1"]),
        "telecoms": (apd.Telecom.phone("65000002"),),
        "time": apd.local_time(2026, 1, 15, 14, 5),
    }
    return apd.Requester(**{**fields, **changes})


def performer(**changes: Any) -> apd.Performer:
    """A hospital department."""
    fields: dict[str, Any] = {
        "id": apd.SorCode("111111000016003"),
        "organization": apd.Organization(name="Ortopædkirurgisk Ambulatorium"),
        "person": apd.Person(apd.PersonName(["Ejnar"], "Glorup")),
        "address": address(),
        "telecoms": (apd.Telecom.phone("65000004"),),
    }
    return apd.Performer(**{**fields, **changes})


def location(**changes: Any) -> apd.SorLocation:
    """A place in SOR."""
    fields: dict[str, Any] = {
        "id": apd.SorCode("333333000016001"),
        "name": "Indgang 4, stuen",
        "address": address(),
        "telecom": apd.Telecom.phone("65000005"),
    }
    return apd.SorLocation(**{**fields, **changes})


def custodian(**changes: Any) -> apd.Custodian:
    """The region."""
    fields: dict[str, Any] = {
        "id": apd.SorCode("444444000016006"),
        "name": "Regionens it-afdeling",
        "address": address(lines=["Damhaven 3"]),
        "telecom": apd.Telecom.email("data@example.dk"),
    }
    return apd.Custodian(**{**fields, **changes})


def schedule() -> apd.Schedule:
    """Half an hour on a morning in March."""
    return apd.Schedule(apd.local_time(2026, 3, 5, 10, 15), apd.local_time(2026, 3, 5, 10, 45))


def appointment(**changes: Any) -> apd.Appointment:
    """An appointment of type 1 at a hospital, with everything that must be told."""
    fields: dict[str, Any] = {
        "id": medcom_id(2),
        "category": apd.Category.REGIONAL,
        "patient": patient(),
        "schedule": schedule(),
        "reason": apd.Reason("Kontrol af knæ"),
        "responsible": responsible(),
        "performer": performer(),
        "location": location(),
    }
    return apd.Appointment(**{**fields, **changes})


def full_appointment() -> apd.Appointment:
    """An appointment of types 2 and 4, with everything that can be told."""
    return appointment(
        schedule=apd.Schedule.during(apd.PartOfDay.FORENOON, DAY),
        reason=apd.Reason("Genoptræning", apd.Code("91251008", apd.Oid.SNOMED_CT)),
        requester=requester(),
        episode_of_care=apd.EpisodeOfCare(
            [apd.EpisodeId(uuid.UUID(int=3)), medcom_id(4), apd.Identifier("1.2.3", "F-1")],
            apd.Code("ALAL07", apd.Oid.SKS, "Bevægeapparatet"),
        ),
        repetition=apd.Repetition(medcom_id(5)),
    )


def document(**changes: Any) -> apd.AppointmentDocument:
    """A document around :func:`appointment`."""
    fields: dict[str, Any] = {
        "id": medcom_id(1),
        "time": apd.local_time(2026, 2, 1, 9, 30),
        "appointment": appointment(),
        "custodian": custodian(),
    }
    return apd.AppointmentDocument(**{**fields, **changes})


def full_document() -> apd.AppointmentDocument:
    """A document around :func:`full_appointment`, with everything that can be told."""
    return document(appointment=full_appointment(), set_id=medcom_id(6), version_number=2)


def time_at(text: str) -> datetime.datetime:
    """A time on a clock in Denmark: ``2026-03-05 10:15``."""
    clock = datetime.datetime.fromisoformat(text)
    return apd.local_time(clock.year, clock.month, clock.day, clock.hour, clock.minute)
