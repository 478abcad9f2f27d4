"""Publication in time (rule #2, *tidstro*): within 15 minutes of the change.

An appointment that comes within the horizon merely because time passes has no change of its own.
What changes is the day, so its 15 minutes begin with the midnight from which it is to be
published (:func:`apd.publication.enters`). That is the strict reading: rule #3 asks that the
pattern is always there, and rule #2 knows no other delay.

Of a booking that is simply gone it is not known when it went, so it has no due time. A system
that wants one hands the booking on with another status (``cancelled``) and the time of that
change, until its document is deprecated.

What is entered late, when it has begun or is to begin within 15 minutes, may be over before it is
due. It is published all the same, also by a run that comes later than that, up to a day after it
was entered: rule #1 asks for all appointments, and the patient shall not miss one because a job
stood still over night. Any other that is over and was never published is the past of a system that
begins to publish, and stays unpublished.
"""

import datetime
from collections.abc import Iterable

from apd.publication.booking import Booking
from apd.publication.horizon import enters
from apd.publication.kind import Kind
from apd.publication.outcome import Outcome, Result
from apd.publication.steps import Leave, Sent, Step

WITHIN = datetime.timedelta(minutes=15)
"""How long after a change the registry must have accepted it."""


LATE_ENTRY = datetime.timedelta(days=1)
"""How long after a change something that is over by then is still published."""


def was_entered_late(booking: Booking, now: datetime.datetime) -> bool:
    """Whether a booking is one of those that are published although they are over.

    It was made or changed after its start, or so shortly before that it was due after it; and not
    longer ago than :data:`LATE_ENTRY`.

    Args:
        booking: a booking that is over.
        now: the time, with a zone.
    """
    return booking.starts <= booking.changed + WITHIN and now <= booking.changed + LATE_ENTRY


def due(booking: Booking, kind: Kind) -> datetime.datetime:
    """When the registry should have accepted what is to be done about a booking.

    Args:
        booking: the booking as it is now.
        kind: publish, for which coming within the horizon is a change too; or replace or
            deprecate, for which it is not.
    """
    entered = enters(booking) if kind is Kind.PUBLISH else None
    return max(booking.changed, entered or booking.changed) + WITHIN


def late(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """What was accepted too late; how much too late is in ``outcome.late_by``.

    Args:
        outcomes: of any number of runs. The latest comes first.
    """
    found = [outcome for outcome in outcomes if outcome.result is Result.DONE and outcome.late_by]
    return tuple(sorted(found, key=lambda outcome: outcome.late_by or _NOT_LATE, reverse=True))


def overdue(steps: Iterable[Step], now: datetime.datetime) -> tuple[Sent, ...]:
    """The steps of a plan that should have been carried out by now, the oldest first."""
    found = [
        step
        for step in steps
        if not isinstance(step, Leave) and step.due is not None and step.due < now
    ]
    return tuple(sorted(found, key=lambda step: step.due or now))


_NOT_LATE = datetime.timedelta()
