"""What the rules say should be visible of a booking; :mod:`tests.oracle.expected` knows."""

import datetime
from enum import Enum, auto

from apd.publication import Booking
from tests.oracle.expected import planned


class Wanted(Enum):
    """What the rules ask of an appointment."""

    SHOWN = auto()
    HIDDEN = auto()
    AS_IT_WAS = auto()
    """It is over, and not just entered: shown if it was shown."""
    MAY_WAIT = auto()
    """It is more than six months ahead: shown if it was ever shown, and otherwise not yet."""


def wanted(booking: Booking, now: datetime.datetime) -> Wanted:
    """What the rules ask of a booking that is held."""
    one = held(booking)
    if planned.was_held(one, now):
        return Wanted.AS_IT_WAS
    if planned.must_be_taken_down(one, now):
        return Wanted.HIDDEN
    if planned.may_wait(one, now):
        return Wanted.MAY_WAIT
    is_to_come = planned.may_be_published(one, now, stood=True)
    return Wanted.SHOWN if is_to_come else Wanted.AS_IT_WAS


def is_over(booking: Booking, now: datetime.datetime) -> bool:
    """Past its end, or where that is unknown, on a later day than its start; if not standing."""
    return planned.is_over(held(booking), now)


def held(booking: Booking) -> planned.Held:
    """A booking in the oracle's values; the content of its document plays no part."""
    appointment = booking.appointment
    return planned.Held(
        content="",
        patient=appointment.patient.id.value or "",
        start=appointment.schedule.start,
        end=appointment.schedule.end,
        law=booking.legal_basis.value,
        changed=booking.changed,
        patient_present=booking.patient_present,
        status=appointment.status.value if appointment.status else "",
        repeats=appointment.repetition is not None,
        standing=booking.standing,
    )
