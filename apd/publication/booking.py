"""A booking: an appointment, and what decides whether it is shared."""

import datetime
from typing import Any

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.model.appointment import Appointment
from apd.model.identifiers import MedComId
from apd.model.party import Custodian
from apd.model.schedule import Schedule
from apd.model.time import as_time, combined, is_time
from apd.model.validators import is_a
from apd.publication.legal_basis import LegalBasis
from apd.standard.codes import Confidentiality
from apd.wording import Wording

_is_appointment = is_a(Appointment)
_is_datetime = is_a(datetime.datetime)


def _is_identified(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    _is_appointment(instance, attribute, value)
    if not isinstance(value.id, MedComId):
        raise InvalidValue(
            "Booking.appointment.id",
            Wording("er ikke en UUID under MedComs rod", "is not a UUID under MedCom's root"),
            Wording(
                "angiv et MedComId, som aftalen beholder",
                "give a MedComId that the appointment keeps for good",
            ),
        )


def _is_given_time(instance: object, attribute: "Attribute[Any]", value: Any) -> None:
    _is_datetime(instance, attribute, value)
    is_time(instance, attribute, value)


@frozen(kw_only=True)
class Booking:
    """An appointment as a booking system holds it (booking).

    Args:
        appointment: the appointment, with an id of its own: a :class:`apd.MedComId` that stays
            the same as long as the appointment lives, however it is moved or changed. All that
            is in it is published, so nothing in it may depend on when it is asked for: its
            ``responsible.time`` is when it was booked, not the time of the export.
        custodian: who keeps the document (forvalter).
        legal_basis: the law that the appointment is held under.
        patient_present: whether the patient takes part.
        changed: when the booking was made or last changed, with a zone. Only
            :func:`apd.publication.due` looks at it; what has changed is seen from the content.
        confidentiality: normal, as a rule.
        standing: it is a standing appointment (stående aftale): the patient comes without being
            called. It is not over before the booking system hands it on with another status, as
            not standing, or not at all. A document cannot distinguish it from any other without
            an end.

    Raises:
        InvalidValue: the appointment has no id or another kind of id; a time without a zone.
    """

    appointment: Appointment = field(validator=_is_identified)
    custodian: Custodian = field(validator=is_a(Custodian))
    legal_basis: LegalBasis = field(validator=is_a(LegalBasis))
    patient_present: bool = field(validator=is_a(bool))
    changed: datetime.datetime = field(converter=as_time, validator=_is_given_time)
    confidentiality: Confidentiality = field(
        default=Confidentiality.NORMAL, validator=is_a(Confidentiality)
    )
    standing: bool = field(default=False, validator=is_a(bool))

    @property
    def id(self) -> MedComId:
        """The appointment's id in lower case, as the register has it: a UUID has no case."""
        given = self.appointment.id
        assert isinstance(given, MedComId)  # the constructor saw to it
        lower = given.value.lower()
        return given if lower == given.value else MedComId(lower)

    @property
    def starts(self) -> datetime.datetime:
        """When the appointment starts."""
        return self.appointment.schedule.start

    @property
    def ends(self) -> datetime.datetime | None:
        """When the appointment is over; see :func:`over_at`. None as long as it stands."""
        return None if self.standing else over_at(self.appointment.schedule)

    @property
    def is_repeating(self) -> bool:
        """True for an appointment of type 4."""
        return self.appointment.repetition is not None


def over_at(schedule: Schedule) -> datetime.datetime:
    """When an appointment is over: at its end; where that is unknown, when its day ends.

    The day is that of its start, by a clock in Denmark. That a standing appointment is not over
    no schedule states; see :attr:`Booking.ends`.
    """
    if schedule.end is not None:
        return schedule.end
    return combined(schedule.start.date() + datetime.timedelta(days=1), datetime.time())
