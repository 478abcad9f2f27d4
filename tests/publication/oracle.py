"""What the rules say should be visible, written from the rules and from nothing in ``apd``.

The tests compare what the registry shows with this. It shares no code with the planner.
"""

import calendar
import datetime
from enum import Enum, auto
from zoneinfo import ZoneInfo

from apd.publication import Booking

_DENMARK = ZoneInfo("Europe/Copenhagen")
_SHARED_LAWS = (
    "sundhedsloven",
    "sundhedsloven § 138",
    "serviceloven § 79 a",
    "serviceloven § 83",
    "serviceloven § 83 a",
    "serviceloven § 84",
    "serviceloven § 86",
)
_THIRTY_DAYS_LAWS = ("sundhedsloven § 138", "serviceloven § 83")


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
    appointment = booking.appointment
    if booking.legal_basis.value not in _SHARED_LAWS or not booking.patient_present:
        return Wanted.HIDDEN
    if appointment.status == "completed" and appointment.schedule.start <= now:
        return Wanted.AS_IT_WAS
    if appointment.status != "active":
        return Wanted.HIDDEN
    start = appointment.schedule.start.astimezone(_DENMARK).date()
    if appointment.repetition and start > _last_day(booking.legal_basis.value, now):
        is_limited = booking.legal_basis.value in _THIRTY_DAYS_LAWS
        return Wanted.HIDDEN if is_limited else Wanted.MAY_WAIT
    # entered when it had begun or was about to (#2: 15 minutes), and not longer ago than a day
    was_entered_late = appointment.schedule.start - booking.changed <= datetime.timedelta(
        minutes=15
    )
    is_entered_now = now - booking.changed <= datetime.timedelta(days=1)
    if is_over(booking, now) and not (was_entered_late and is_entered_now):
        return Wanted.AS_IT_WAS
    return Wanted.SHOWN


def is_over(booking: Booking, now: datetime.datetime) -> bool:
    """Past its end, or where that is unknown, on a later day than its start; if not standing."""
    schedule = booking.appointment.schedule
    if booking.standing:
        return False
    if schedule.end is not None:
        return schedule.end <= now
    return now.astimezone(_DENMARK).date() > schedule.start.astimezone(_DENMARK).date()


def _last_day(law: str, now: datetime.datetime) -> datetime.date:
    today = now.astimezone(_DENMARK).date()
    if law in _THIRTY_DAYS_LAWS:
        return today + datetime.timedelta(days=30)
    year, month = today.year + (today.month > 6), (today.month + 5) % 12 + 1
    return today.replace(
        year=year, month=month, day=min(today.day, calendar.monthrange(year, month)[1])
    )
