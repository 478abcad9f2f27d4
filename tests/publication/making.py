"""Bookings for the tests, and what the tests hand to the planner."""

import datetime
from typing import Any

from attrs import evolve

import apd
from apd.publication import Booking, LegalBasis
from tests import samples

KEY = b"a key of the tests"
NOW = apd.local_time(2026, 2, 2, 9)
MINUTE, HOUR, DAY = (datetime.timedelta(**{name: 1}) for name in ("minutes", "hours", "days"))
REPEATING = apd.Repetition(samples.medcom_id(5))


def booking(
    number: int = 2,
    starts: datetime.datetime = NOW + 3 * DAY,
    lasts: datetime.timedelta | None = HOUR,
    *,
    repeats: bool = False,
    basis: LegalBasis = LegalBasis.HEALTH_ACT,
    patient_present: bool = True,
    changed: datetime.datetime = NOW,
    standing: bool = False,
    **changes: Any,
) -> Booking:
    """A booking that may be shared; ``changes`` are fields of its appointment.

    Args:
        number: of the appointment's id.
        starts: when it starts.
        lasts: how long, or None where the end is not known.
        repeats: it is of type 4.
        basis: its legal basis.
        patient_present: whether the patient takes part.
        changed: when it was changed.
        standing: the patient comes without being called.
        changes: other fields of the appointment.
    """
    fields: dict[str, Any] = {
        "id": samples.medcom_id(number),
        "schedule": apd.Schedule(starts, None if lasts is None else starts + lasts),
        "repetition": REPEATING if repeats else None,
    }
    return Booking(
        appointment=samples.appointment(**{**fields, **changes}),
        custodian=samples.custodian(),
        legal_basis=basis,
        patient_present=patient_present,
        changed=changed,
        standing=standing,
    )


def moved(one: Booking, by: datetime.timedelta = HOUR) -> Booking:
    """The same at another time."""
    old = one.appointment.schedule
    schedule = apd.Schedule(old.start + by, old.end and old.end + by)
    return evolve(one, appointment=evolve(one.appointment, schedule=schedule))


def cancelled(one: Booking) -> Booking:
    """The same, no longer active."""
    return evolve(one, appointment=evolve(one.appointment, status=apd.Status.CANCELLED))
