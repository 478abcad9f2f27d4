"""From the rows of the tables to the documents in the registry: all that dk-apd asks for."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import clinic
import tables
from attrs import field, frozen
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, sessionmaker

import apd
from apd.publication import Booking, Publisher, Run, SqliteRegister, Unreadable, read_bookings
from apd.publication.http import HttpPost

log = logging.getLogger("booking-app")


def to_booking(row: tables.Booking) -> Booking:
    """What is told of a row."""
    patient = apd.Patient(
        id=apd.CprNumber(row.patient.cpr),
        name=apd.PersonName(row.patient.given_names.split(), row.patient.family_name),
        address=apd.Address([row.patient.street], row.patient.postal_code, row.patient.city),
        gender=row.patient.gender,
        birth_date=row.patient.birth_date,
    )
    responsible = apd.Responsible(
        id=clinic.CLINIC.id,
        organization=clinic.CLINIC,
        person=clinic.SECRETARY,
        address=clinic.ADDRESS,
        telecoms=[clinic.PHONE],
        time=row.made,
    )
    appointment = apd.Appointment(
        id=apd.MedComId(row.id),
        category=apd.Category.REGIONAL,
        status=apd.Status.CANCELLED if row.cancelled else apd.Status.ACTIVE,
        patient=patient,
        schedule=apd.Schedule(row.starts, row.ends),
        reason=apd.Reason(row.reason),
        responsible=responsible,
        performer=clinic.PERFORMER,
        location=clinic.PLACE,
    )
    return Booking(
        appointment=appointment,
        custodian=clinic.CUSTODIAN,
        legal_basis=row.legal_basis,
        patient_present=True,
        changed=row.changed,
        address_protected=row.patient.address_protected,
    )


@frozen
class Publication:
    """What is published: the bookings of a database; where to, and what of it already was."""

    sessions: sessionmaker[Session]
    post: HttpPost
    register: Path
    key: bytes = field(repr=False)

    def bookings(self) -> Iterator[Booking | Unreadable]:
        """All bookings, read while they are gone through."""
        rows = select(tables.Booking).options(joinedload(tables.Booking.patient))
        with self.sessions() as session:
            found = session.scalars(rows.execution_options(yield_per=500))
            yield from read_bookings(found, to_booking, lambda row: apd.MedComId(row.id))

    @contextmanager
    def publisher(self) -> Iterator[Publisher]:
        """A publisher for one thread."""
        with SqliteRegister(self.register) as register:
            yield Publisher(register, self.post, key=self.key, producer=clinic.PRODUCER)

    def go_on(self, every: float, stop: Event) -> None:
        """A run every so many seconds, until it is to stop. Whatever happens, it goes on."""
        while not stop.is_set():
            try:
                with self.publisher() as publisher:
                    tell(publisher.run(self.bookings()))
            except Exception as error:  # its text may quote what is a patient's
                log.error("Kørslen standsede: %s", type(error).__name__)
            stop.wait(every)


def tell(run: Run) -> None:
    """Log what a run did: ids and results, nothing personal."""
    for outcome in run.outcomes:
        codes = [error.code for error in outcome.errors]
        rules = [finding.rule for finding in outcome.findings]
        log.info("%s %s %s", outcome.appointment_id.value, outcome.kind, outcome.result)
        if codes or rules:
            log.warning("%s %s", outcome.appointment_id.value, ", ".join(codes + rules))
    if run.braked:
        log.error(run.braked.message("da"))
    if run.stopped:
        log.warning("Registret svarer ikke; den næste kørsel går videre.")
