"""From the rows of the tables to the documents in the registry: all that dk-apd asks for."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import clinic
import tables
from attrs import field, frozen
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, sessionmaker

import apd
from apd.publication import Booking, Publisher, Run, SqliteRegister, Unreadable, read_bookings
from apd.publication.http import HttpPost

log = logging.getLogger("booking-app")
DENMARK = ZoneInfo("Europe/Copenhagen")


def to_booking(row: tables.Booking) -> Booking:
    """The booking of a row, as it is published."""
    patient = apd.Patient(
        id=apd.CprNumber(row.patient.cpr),
        name=apd.PersonName(row.patient.given_names.split(), row.patient.family_name),
        address=apd.Address([row.patient.street], row.patient.postal_code, row.patient.city),
        gender=row.patient.gender,
        birth_date=row.patient.birth_date,
    )
    department = clinic.DEPARTMENTS[row.department]
    responsible = apd.Responsible(
        id=department.organization.id,
        organization=department.organization,
        person=clinic.SECRETARY,
        address=department.address,
        telecoms=[department.phone],
        time=row.made,
    )
    appointment = apd.Appointment(
        id=apd.MedComId(row.id),
        category=department.category,
        status=apd.Status.CANCELLED if row.cancelled else apd.Status.ACTIVE,
        patient=patient,
        schedule=schedule(row),
        reason=apd.Reason(row.reason),
        responsible=responsible,
        performer=department.performer,
        location=apd.HomeLocation(address=patient.address) if row.at_home else department.place,
        repetition=apd.Repetition(apd.MedComId(row.series)) if row.series else None,
    )
    return Booking(
        appointment=appointment,
        custodian=department.custodian,
        legal_basis=row.legal_basis,
        patient_present=True,
        changed=row.changed,
        producer=department.producer,
        address_protected=row.patient.address_protected,
    )


def schedule(row: tables.Booking) -> apd.Schedule:
    """When a booking is, as precisely as it is meant."""
    if row.precision is tables.Precision.DAY:
        return apd.Schedule.on(row.starts.astimezone(DENMARK).date())
    is_indicative = row.precision is tables.Precision.INDICATIVE
    return apd.Schedule(row.starts, row.ends, indicative=is_indicative)


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
            yield Publisher(register, self.post, key=self.key)

    def go_on(self, every: float, stop: Event) -> None:
        """A run every so many seconds, until it is to stop. Whatever happens, it goes on."""
        while not stop.is_set():
            try:
                with self.publisher() as publisher:
                    log_run(publisher.run(self.bookings()))
            except Exception as error:  # its text may quote what is a patient's
                log.error("Kørslen standsede: %s", type(error).__name__)
            stop.wait(every)


def log_run(run: Run) -> None:
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
