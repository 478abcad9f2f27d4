"""Documents of the older releases of DK-APD.

Source: MedCom's example documents of 1.0, 1.1 and the draft of 2.0.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from attrs import evolve

from apd.api import dumps
from apd.cda.preconditions import Preconditions
from apd.model.appointment import Appointment
from apd.model.document import AppointmentDocument
from apd.model.schedule import Schedule
from apd.model.time import combined
from apd.standard.codes import Oid
from apd.standard.releases import Release
from apd.testing.defects.editing import edited

FIRST_RELEASES = (Release.V1_0, Release.V1_1)
"""They knew no preconditions, so no types 2 and 4 and no notes, and no episodes of care."""

_OPENS = datetime.time(8)
_DATE = "2017-03-10"
_IN_1_X = (
    f"set $section/templateId extension={_DATE}",
    f"set $encounter/templateId extension={_DATE}",
    f"set $place/templateId extension={_DATE}",
    "set $reason moodCode=RQO",
    # no category, but a code for any appointment
    "set $encounter/code code=185353001",
    f"set $encounter/code codeSystem={Oid.SNOMED_CT}",
    "set $encounter/code codeSystemName=SNOMED CT",
)
_IN_1_0 = ("unset templateId extension", "remove documentationOf[2]", "remove $time/templateId")
_IN_1_1 = ("set $version/id extension=apd-v1.1",)
_IN_DRAFT_OF_2_0 = (
    "set $version/id extension=apd-v2.0",
    "set $version/id root=1.2.208.184.100.3",
    "set $version/templateId root=1.2.208.184.200.1.10",
    "set $time/templateId root=1.2.208.184.200.1.11",
)


def document_of_release(release: Release, document: AppointmentDocument) -> AppointmentDocument:
    """A document with what a release can express, as if read from a document of it."""
    if document.release == release:
        return document
    appointment = appointment_of_release(release, document.appointment)
    return evolve(document, appointment=appointment, release=release)


def appointment_of_release(release: Release, appointment: Appointment) -> Appointment:
    """An appointment with what a release can express."""
    if release not in FIRST_RELEASES:
        return appointment
    without: dict[str, Any] = dict.fromkeys(Preconditions.__annotations__)
    return evolve(
        appointment,
        schedule=_with_times(appointment.schedule),
        episode_of_care=None,
        **without,
    )


def _with_times(schedule: Schedule) -> Schedule:
    """Times that are exact; a day without a time of day begins when the house opens."""
    if schedule.date_only:
        return Schedule(combined(schedule.first_day, _OPENS))
    return evolve(schedule, indicative=False, note=None)


def as_released(document: AppointmentDocument) -> bytes:
    """A document as XML of its own release; :func:`apd.dumps` always writes 2.0.1.

    Args:
        document: a document with what its release can express.

    Raises:
        InvalidDocument: as :func:`apd.dumps`.
    """
    edits = " && ".join(_edits(document))
    return edited(edits, dumps(document)) if edits else dumps(document)


def _edits(document: AppointmentDocument) -> Iterator[str]:
    if document.release in FIRST_RELEASES:
        yield from _IN_1_X
        yield from _of_what_may_be_missing(document)
        yield from _IN_1_0 if document.release == Release.V1_0 else _IN_1_1
    elif document.release == Release.V2_0:
        yield from _IN_DRAFT_OF_2_0
        if document.appointment.episode_of_care is not None:
            yield "set $episode/templateId root=1.2.208.184.200.1.12"
        if document.appointment.repetition is not None:
            yield "set $repetition/criterion/code code=RepeatingAppointmentType"


def _of_what_may_be_missing(document: AppointmentDocument) -> Iterator[str]:
    """The date of birth had a clock time, and the requester was an author of the encounter."""
    appointment = document.appointment
    if appointment.patient.birth_date is not None:
        day = appointment.patient.birth_date.isoformat().replace("-", "")
        yield f"set $patient/patient/birthTime value={day}000000+0000"
    if appointment.requester is not None:
        yield "remove $requester/code"
        yield "move author[2] after $encounter/performer"
