"""Defects of sets: two documents that break a rule only together."""

from collections.abc import Callable
from typing import NamedTuple

from attrs import evolve

from apd.model.appointment import Reason
from apd.model.document import AppointmentDocument
from apd.model.identifiers import CprNumber, MedComId
from apd.model.location import OtherLocation
from apd.testing.defects import given
from apd.testing.defects.editing import Change

Second = Callable[[AppointmentDocument, AppointmentDocument], AppointmentDocument]
"""Makes the second document conflict with the first."""

_WOMAN, _OTHER_WOMAN = CprNumber("2512489996"), CprNumber("1503919980")


class SetDefect(NamedTuple):
    """How to make two documents that break a rule together.

    Changes of the first, which the second shares, then of the second, the next appointment of the
    same patient.
    """

    rule: str
    second: Second
    given: tuple[Change, ...] = (given.end,)


def next_appointment(document: AppointmentDocument) -> AppointmentDocument:
    """The same appointment again, right after the first; the end must be known."""
    schedule = document.appointment.schedule
    end = schedule.end or schedule.start
    later = evolve(schedule, start=end, end=end + (end - schedule.start))
    id = document.appointment.id
    return evolve(
        given.with_appointment(document, id=id and _next(id.value), schedule=later),
        id=document.id and _next(document.id.value),
    )


def _next(id: str | None) -> MedComId:
    return given.id_for(f"after {id}")


def _same_document_id(
    first: AppointmentDocument, second: AppointmentDocument
) -> AppointmentDocument:
    return evolve(second, id=first.id)


def _same_appointment_id(
    first: AppointmentDocument, second: AppointmentDocument
) -> AppointmentDocument:
    return given.with_appointment(second, id=first.appointment.id)


def _other_patient(first: AppointmentDocument, second: AppointmentDocument) -> AppointmentDocument:
    id = _OTHER_WOMAN if first.appointment.patient.id == _WOMAN else _WOMAN
    return given.with_patient(second, id=id, gender=None, birth_date=None)


def _other_location(_: AppointmentDocument, second: AppointmentDocument) -> AppointmentDocument:
    return given.with_appointment(second, location=OtherLocation(name="Svømmehallen"))


def _other_reason(_: AppointmentDocument, second: AppointmentDocument) -> AppointmentDocument:
    return given.with_appointment(second, reason=Reason("Noget andet"))


def _same_time(first: AppointmentDocument, second: AppointmentDocument) -> AppointmentDocument:
    return given.with_appointment(second, schedule=first.appointment.schedule)


_IN_SERIES = (given.end, given.repetition)

SET_DEFECTS = (
    SetDefect("SET-DOCUMENT-ID", _same_document_id),
    SetDefect("SET-APPOINTMENT-ID", _same_appointment_id),
    SetDefect("SET-SERIES-PATIENT", _other_patient, _IN_SERIES),
    SetDefect("SET-SERIES-LOCATION", _other_location, _IN_SERIES),
    SetDefect("SET-SERIES-REASON", _other_reason, _IN_SERIES),
    SetDefect("SET-OVERLAP", _same_time),
)
