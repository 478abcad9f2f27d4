"""Additions to a document, so that a rule has something to check. All values are invented."""

import datetime
import uuid
from typing import Any

from attrs import evolve

from apd.model.appointment import EpisodeOfCare, Repetition
from apd.model.code import Code
from apd.model.contact import Address, PersonName
from apd.model.document import AppointmentDocument
from apd.model.identifiers import EpisodeId, MedComId
from apd.model.location import SorLocation
from apd.model.party import Organization, Requester
from apd.model.schedule import INDICATIVE_NOTE, Schedule
from apd.standard import paths
from apd.standard.codes import Oid
from apd.standard.paths import Path
from apd.testing.defects.editing import Change
from apd.testing.numbers import gender_of, phone, sor_code

SOR_CODE = sor_code(1)
ADDRESS = Address(["Humlevangen 12"], "0101", "Kløverby")
_PHONE = phone(102030)
_NAME = "Kløverby Sygehus"
_PRACTICE = Organization(name="Lægerne i Kløverby", id=SOR_CODE, address=ADDRESS, telecoms=[_PHONE])
_HOURS = datetime.timedelta(hours=2)


def id_for(purpose: str) -> MedComId:
    """An id that is the same in every run, and different for each purpose."""
    return MedComId(uuid.uuid5(uuid.NAMESPACE_OID, purpose))


def with_appointment(document: AppointmentDocument, **changes: Any) -> AppointmentDocument:
    """The document with other fields of its appointment."""
    return evolve(document, appointment=evolve(document.appointment, **changes))


def with_patient(document: AppointmentDocument, **changes: Any) -> AppointmentDocument:
    """The document with other fields of its patient."""
    return with_appointment(document, patient=evolve(document.appointment.patient, **changes))


def set_id(document: AppointmentDocument) -> AppointmentDocument:
    """An id of all versions."""
    return evolve(document, set_id=document.set_id or id_for("set"))


def patients_name(document: AppointmentDocument) -> AppointmentDocument:
    """The patient's name."""
    name = document.appointment.patient.name or PersonName(["Vera"], "Skovsang")
    return with_patient(document, name=name)


def gender(document: AppointmentDocument) -> AppointmentDocument:
    """The patient's gender, which the CPR number shows."""
    return with_patient(document, gender=gender_of(document.appointment.patient.id.value))


def birth_date(document: AppointmentDocument) -> AppointmentDocument:
    """The patient's date of birth."""
    patient = document.appointment.patient
    date = getattr(patient.id, "birth_date", datetime.date(1980, 7, 7))
    return with_patient(document, birth_date=patient.birth_date or date)


def nothing_masked(document: AppointmentDocument) -> AppointmentDocument:
    """The patient's address is not protected; a masked one is left out.

    For defects that remove the address of the location, since it is still in the text then and may
    look like the patient's.
    """
    address = document.appointment.patient.address
    is_informed = address is not None and address.is_informed
    return document if is_informed else with_patient(document, address=None)


def own_practice(document: AppointmentDocument) -> AppointmentDocument:
    """The patient's own practice, with an id."""
    return with_patient(document, provider_organization=_PRACTICE)


def address_of_responsible(document: AppointmentDocument) -> AppointmentDocument:
    """The responsible has an address."""
    return with_appointment(
        document, responsible=_changed(document.appointment.responsible, address=ADDRESS)
    )


def one_phone_of_responsible(document: AppointmentDocument) -> AppointmentDocument:
    """The responsible has one telecom."""
    return with_appointment(
        document, responsible=_changed(document.appointment.responsible, telecoms=[_PHONE])
    )


def time_of_booking(document: AppointmentDocument) -> AppointmentDocument:
    """The appointment was booked when the document was made."""
    return with_appointment(
        document, responsible=_changed(document.appointment.responsible, time=document.time)
    )


def _changed(part: Any, **changes: Any) -> Any:
    """A part with other fields; None stays None."""
    return part and evolve(part, **changes)


def requester(document: AppointmentDocument) -> AppointmentDocument:
    """Who referred the patient."""
    usual = Requester(
        id=SOR_CODE, organization=_PRACTICE, address=ADDRESS, telecoms=[_PHONE], time=document.time
    )
    return with_appointment(document, requester=document.appointment.requester or usual)


def telephone_of_performer(document: AppointmentDocument) -> AppointmentDocument:
    """The performer itself has a telephone, whether or not its organisation has one."""
    return with_appointment(
        document, performer=_changed(document.appointment.performer, telecoms=[_PHONE])
    )


def custodian(document: AppointmentDocument) -> AppointmentDocument:
    """The custodian has name, address and telephone."""
    return evolve(
        document,
        custodian=_changed(document.custodian, name=_NAME, address=ADDRESS, telecom=_PHONE),
    )


def episode(document: AppointmentDocument) -> AppointmentDocument:
    """An episode of care with a label."""
    usual = EpisodeOfCare(
        [EpisodeId(id_for("episode").value)], Code("ALAL02", Oid.SKS, "Hjertesygdomme")
    )
    return with_appointment(document, episode_of_care=document.appointment.episode_of_care or usual)


def end(document: AppointmentDocument) -> AppointmentDocument:
    """The end of the appointment and its times of day are known."""
    schedule = document.appointment.schedule
    ends = schedule.end or schedule.start + _HOURS
    return with_appointment(document, schedule=evolve(schedule, end=ends, date_only=False))


def times(document: AppointmentDocument) -> AppointmentDocument:
    """The time of day of the start is known."""
    return end(document) if document.appointment.schedule.date_only else document


def times_without_end(document: AppointmentDocument) -> AppointmentDocument:
    """The time of day of the start is known and the end is not (type 3)."""
    schedule = Schedule(document.appointment.schedule.start)
    return with_appointment(document, schedule=schedule)


def exact_times(document: AppointmentDocument) -> AppointmentDocument:
    """Start and end are exact (type 1)."""
    schedule = end(document).appointment.schedule
    return with_appointment(document, schedule=evolve(schedule, indicative=False, note=None))


def indicative_times(document: AppointmentDocument) -> AppointmentDocument:
    """Start and end are indicative (type 2)."""
    schedule = end(document).appointment.schedule
    note = schedule.note or INDICATIVE_NOTE
    return with_appointment(document, schedule=evolve(schedule, indicative=True, note=note))


def repetition(document: AppointmentDocument) -> AppointmentDocument:
    """The appointment is one of a series with an id (type 4)."""
    known = document.appointment.repetition
    has_id = known is not None and known.id is not None
    return with_appointment(document, repetition=known if has_id else Repetition(id_for("series")))


def sor_location(document: AppointmentDocument) -> AppointmentDocument:
    """A place in SOR (type 1)."""
    if isinstance(document.appointment.location, SorLocation):
        return document
    return with_appointment(
        document,
        location=SorLocation(id=SOR_CODE, name=_NAME, address=ADDRESS, telecom=_PHONE),
    )


def with_place(document: AppointmentDocument, **changes: Any) -> AppointmentDocument:
    """The document with other fields of its location."""
    return with_appointment(document, location=_changed(document.appointment.location, **changes))


def place_code(document: AppointmentDocument) -> AppointmentDocument:
    """The location has a SOR code, whatever its type."""
    return with_place(document, id=SOR_CODE)


def place_by_name(document: AppointmentDocument) -> AppointmentDocument:
    """The location has a unique name, and its address is not informed."""
    return with_place(document, name="Lokale 9, bag depotet", address=Address.not_informed())


_FOR_PATHS = {
    paths.REPETITION: repetition,
    paths.INDICATIVE: indicative_times,
    paths.EPISODE: episode,
    paths.PROVIDER_ORGANIZATION: own_practice,
    paths.REQUESTER: requester,
}
"""The additions to a document that may lack an element."""


def for_path(path: Path) -> tuple[Change, ...]:
    """The addition to a document that makes sure it has the element at a path."""
    while path.steps:
        if path in _FOR_PATHS:
            return (_FOR_PATHS[path],)
        path = path.parent
    return ()
