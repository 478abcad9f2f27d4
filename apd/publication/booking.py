"""A booking: an appointment, its producer, and the facts that decide whether it is shared."""

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
                "specify a MedComId that the appointment keeps for good",
            ),
        )


@frozen(kw_only=True)
class Producer:
    """The producer and the domain to publish to: a ProducerConfiguration given by codes.

    Args:
        healthcare_facility_type_code: the type of facility (enhedstype); "apd xds --codes
            facility" lists the codes.
        practice_setting_code: the specialty (speciale) closest to the appointments; "apd xds
            --codes specialty" lists the codes.
        source_id: OID of the system that submits.
        home_community_id: the OID of the XDS domain, by default the common Danish domain
            (production); null if the receiver does not require one.

    Raises:
        InvalidValue: a code is not in its value set, or an OID is malformed.
    """

    healthcare_facility_type_code: str
    practice_setting_code: str
    source_id: str
    home_community_id: str | None = COMMON_DOMAIN

    def __attrs_post_init__(self) -> None:
        _ = self.configuration  # raises if it cannot be made

    @property
    def configuration(self) -> ProducerConfiguration:
        """The corresponding configuration of :mod:`apd.xds`."""
        return ProducerConfiguration(
            healthcare_facility_type_code=self.healthcare_facility_type_code,
            practice_setting_code=self.practice_setting_code,
            source_id=self.source_id,
            home_community_id=self.home_community_id,
        )


def as_producer(given: Any) -> Any:
    """A producer, also from a configuration."""
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
            the same however the appointment is moved or changed. All of it is published, so
            nothing in it may depend on the time of the export: its ``responsible.time`` is
            the time of booking.
        custodian: who keeps the document (forvalter).
        legal_basis: the law under which the appointment takes place.
        patient_present: whether the patient takes part.
        changed: when the booking was made or last changed, with a time zone. It only sets the
            deadline (:func:`apd.publication.due`); changes are detected by content.
        confidentiality: normal, as a rule.
        standing: whether it is a standing appointment (stående aftale): the patient comes without
            being called. It is not over until the booking system reports it with another status,
            as not standing, or not at all. In a document it looks like any other appointment
            without an end.
        producer: its producer, as a :class:`Producer` or an
            :class:`apd.xds.ProducerConfiguration`; None for the producer of all bookings.
        address_protected: whether the patient's address is protected (navne- og
            adressebeskyttelse): it is then removed from all of the booking before use.

    Raises:
        InvalidValue: the appointment has no id or another kind of id, or a time has no zone.
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
        """The appointment's id in lower case, as in the register; case has no meaning."""
        given = self.appointment.id
        assert isinstance(given, MedComId)  # ensured by the constructor
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
    """The booking without the patient's address anywhere; see ``docs/showing.md``."""
    return evolve(booking, appointment=appointment_without_address(booking.appointment))


def _as_medcom_id(given: Any) -> Any:
    return MedComId(given) if isinstance(given, str | UUID) else given


@frozen
class Unreadable:
    """A booking that exists but cannot be read: its published document is kept.

    Args:
        appointment_id: the id of its appointment, a UUID; or None if that cannot be read either.
            Then no missing booking counts as cancelled, since it may be this one.
        reason: the reason, for operations staff, without personal data.
    """

    appointment_id: MedComId | None = field(converter=_as_medcom_id, validator=optional(MedComId))
    reason: str = ""

    @property
    def id(self) -> MedComId | None:
        """The appointment's id in lower case, as in the register."""
        return self.appointment_id and _in_lower_case(self.appointment_id)


R = TypeVar("R")


def read_bookings(
    records: Iterable[R],
    to_booking: Callable[[R], "Booking"],
    id_of: Callable[[R], MedComId | None],
) -> Iterator["Booking | Unreadable"]:
    """Make bookings from your own records, one by one; an error affects one booking only.

    Args:
        records: the records, such as rows of a database.
        to_booking: makes a booking from a record. If it raises, that booking is unreadable.
        id_of: returns the id of a record's appointment, or None if unknown.

    Yields:
        Each booking, or :class:`Unreadable` if none can be made from the record. Its reason has
        the type of the error but not the message, which may quote personal data.

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
    """The time at which an appointment is over: its end or, if that is unknown, the end of its day.

    The day is that of its start in Danish local time. For standing appointments, which a schedule
    cannot show, see :attr:`Booking.ends`.
    """
    if schedule.end is not None:
        return schedule.end
    return combined(schedule.start.date() + datetime.timedelta(days=1), datetime.time())
