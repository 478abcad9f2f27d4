"""A booking: an appointment, who publishes it, and what decides whether it is shared."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar
from uuid import UUID

from attrs import Attribute, evolve, field, frozen

from apd.errors import InvalidValue
from apd.model.appointment import Appointment
from apd.model.identifiers import MedComId
from apd.model.party import Custodian
from apd.model.schedule import Schedule
from apd.model.time import as_time, combined, is_given_time
from apd.model.validators import is_a, optional
from apd.privacy.address_removal import appointment_without_address
from apd.publication.legal_basis import LegalBasis
from apd.standard.codes import Confidentiality
from apd.wording import Wording
from apd.xds import ProducerConfiguration
from apd.xds.metadata.value_sets import COMMON_DOMAIN

_is_appointment = is_a(Appointment)


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


@frozen(kw_only=True)
class Producer:
    """Who publishes, and where: a ProducerConfiguration, with codes alone.

    Args:
        healthcare_facility_type_code: what kind of place it is (enhedstype); "apd xds --codes
            facility" lists the codes.
        practice_setting_code: the specialty (speciale) that fits the appointments best; "apd xds
            --codes specialty" lists the codes.
        source_id: OID of the system that submits.
        home_community_id: OID of the XDS domain: the common Danish domain (production) unless
            another is given; null where the receiver does not ask.

    Raises:
        InvalidValue: a code that is not in its value set, or no OID.
    """

    healthcare_facility_type_code: str
    practice_setting_code: str
    source_id: str
    home_community_id: str | None = COMMON_DOMAIN

    def __attrs_post_init__(self) -> None:
        _ = self.configuration  # refuses what it cannot be made of

    @property
    def configuration(self) -> ProducerConfiguration:
        """The same for :mod:`apd.xds`."""
        return ProducerConfiguration(
            healthcare_facility_type_code=self.healthcare_facility_type_code,
            practice_setting_code=self.practice_setting_code,
            source_id=self.source_id,
            home_community_id=self.home_community_id,
        )


def as_producer(given: Any) -> Any:
    """A producer; one that is given as a configuration holds the same."""
    if not isinstance(given, ProducerConfiguration):
        return given
    return Producer(
        healthcare_facility_type_code=given.healthcare_facility_type_code.code,
        practice_setting_code=given.practice_setting_code.code,
        source_id=given.source_id or "",
        home_community_id=given.home_community_id,
    )


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
        producer: who publishes it, as a :class:`Producer` or an
            :class:`apd.xds.ProducerConfiguration`; None where that is who publishes all of them.
        address_protected: the patient's address is protected (navne- og adressebeskyttelse): it
            is taken out before anything is made of the booking, wherever it stands.

    Raises:
        InvalidValue: the appointment has no id or another kind of id; a time without a zone.
    """

    appointment: Appointment = field(validator=_is_identified)
    custodian: Custodian = field(validator=is_a(Custodian))
    legal_basis: LegalBasis = field(validator=is_a(LegalBasis))
    patient_present: bool = field(validator=is_a(bool))
    changed: datetime.datetime = field(converter=as_time, validator=is_given_time)
    confidentiality: Confidentiality = field(
        default=Confidentiality.NORMAL, validator=is_a(Confidentiality)
    )
    standing: bool = field(default=False, validator=is_a(bool))
    producer: Producer | None = field(
        default=None, converter=as_producer, validator=optional(Producer)
    )
    address_protected: bool = field(default=False, validator=is_a(bool))

    @property
    def id(self) -> MedComId:
        """The appointment's id in lower case, as the register has it: a UUID has no case."""
        given = self.appointment.id
        assert isinstance(given, MedComId)  # the constructor saw to it
        return _in_lower_case(given)

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


def _in_lower_case(id: MedComId) -> MedComId:
    lower = id.value.lower()
    return id if lower == id.value else MedComId(lower)


def without_address_of_patient(booking: Booking) -> Booking:
    """A booking without the patient's address in any place it stands; see ``docs/showing.md``."""
    return evolve(booking, appointment=appointment_without_address(booking.appointment))


def _as_medcom_id(given: Any) -> Any:
    return MedComId(given) if isinstance(given, str | UUID) else given


@frozen
class Unreadable:
    """A booking that exists and cannot be read: what is published of it stays as it is.

    Args:
        appointment_id: whose booking it is, a UUID; or None where not even that can be read.
            Then no booking that is missing is taken for cancelled, as it may be the one.
        reason: why, for those who run the system; nothing personal.
    """

    appointment_id: MedComId | None = field(converter=_as_medcom_id, validator=optional(MedComId))
    reason: str = ""

    @property
    def id(self) -> MedComId | None:
        """The appointment's id in lower case, as the register has it."""
        return self.appointment_id and _in_lower_case(self.appointment_id)


R = TypeVar("R")


def read_bookings(
    records: Iterable[R],
    to_booking: Callable[[R], "Booking"],
    id_of: Callable[[R], MedComId | None],
) -> Iterator["Booking | Unreadable"]:
    """Bookings made of records of your own, one by one; one that fails refuses itself alone.

    Args:
        records: rows of a database, for instance.
        to_booking: makes a booking of a record. Whatever it raises makes that booking unreadable.
        id_of: the appointment's id of a record, or None where that is not known.

    Yields:
        Each booking; for a record of which none can be made, that it is unreadable. Its reason
        names the kind of error and not its message, which may quote personal data.

    Examples:
        ::

            publisher.run(read_bookings(session.scalars(query), to_booking, lambda row: row.id))
    """
    for record in records:
        try:
            booking: Booking | Unreadable = to_booking(record)
        except Exception as error:
            booking = Unreadable(appointment_id=_id_of(record, id_of), reason=type(error).__name__)
        yield booking


def _id_of(record: R, id_of: Callable[[R], MedComId | None]) -> MedComId | None:
    try:
        return id_of(record)
    except Exception:
        return None


def over_at(schedule: Schedule) -> datetime.datetime:
    """When an appointment is over: at its end; where that is unknown, when its day ends.

    The day is that of its start, by a clock in Denmark. That a standing appointment is not over
    no schedule states; see :attr:`Booking.ends`.
    """
    if schedule.end is not None:
        return schedule.end
    return combined(schedule.start.date() + datetime.timedelta(days=1), datetime.time())
