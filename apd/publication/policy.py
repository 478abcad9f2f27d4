"""Whether an appointment may be shared, how far ahead, and by when (rules #2 and #3).

Whether: Aftaleoversigten 1.0.10, rules #4 and #7; MedCom's FAQ of 2023 (F2).

Rule #3 is about repeating appointments (type 4) alone, and says two things that differ in kind:

- They are published bit by bit, so that the pattern can be seen 6 months ahead. That is a
  *minimum*: it states by when an appointment has to be there. An appointment that is
  published for the first time waits until then (:meth:`Horizon.reaches`), so that a series of
  years is not published at once. What has been published is not taken down for it.
- Under serviceloven § 83 and sundhedsloven § 138 they are published *only* 30 days ahead. That is
  a limit: what is beyond it is not published, and what was is taken down
  (:meth:`Horizon.permits`).

An appointment that does not repeat falls under rule #1: it is published when it is made, however
far ahead, under those paragraphs too. Serviceloven § 83 a has 6 months: the rule names § 83 alone,
and where the sources mean § 83 a as well (F2) they say so.

Months are calendar months from today by a clock in Denmark, and the last day counts to its end:
on 31 August it is the last of February. What counts is the start of the appointment; one that
begins before that midnight and ends after it is published.


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
from typing import Self

from attrs import frozen
from dateutil.relativedelta import relativedelta

from apd.model.time import combined, danish_time
from apd.publication.booking import Booking
from apd.publication.entry import Kind
from apd.publication.legal_basis import LEGAL_BASES, LegalBases, LegalBasis, LegalBasisRule
from apd.publication.plan import Ground, Leave, Outcome, Result, Sent, Step
from apd.standard.codes import Status


def refusals(booking: Booking, bases: LegalBases = LEGAL_BASES) -> tuple[Ground, ...]:
    """Why a booking may not be shared, each with its rule; empty when it may.

    Whether it is so far ahead that it is not shared yet is another question; see
    :class:`apd.publication.Horizon`.

    Args:
        booking: the booking.
        bases: what the laws permit, looked up by the day of the appointment.
    """
    barred = {
        Ground.LEGAL_BASIS: not _rule_of(booking, bases).may_be_shared,
        Ground.WITHOUT_PATIENT: not booking.patient_present,
        Ground.NOT_ACTIVE: booking.appointment.status is not Status.ACTIVE,
    }
    return tuple([ground for ground, bars in barred.items() if bars])


_SIX_MONTHS = relativedelta(months=6)
_A_DAY = datetime.timedelta(days=1)


def _rule_of(booking: Booking, bases: LegalBases) -> LegalBasisRule:
    return bases.at(booking.legal_basis, booking.starts.date())


def _reach(rule: LegalBasisRule) -> relativedelta:
    return _SIX_MONTHS if rule.days_ahead is None else relativedelta(days=rule.days_ahead)


def last_day(
    basis: LegalBasis, now: datetime.datetime, bases: LegalBases = LEGAL_BASES
) -> datetime.date:
    """The last day of which repeating appointments under a law are published.

    Args:
        basis: the law, as it is on the day that it is asked for.
        now: the time, with a zone.
        bases: what the laws permit.
    """
    today = danish_time(now, "now").date()
    return today + _reach(bases.at(basis, today))


def enters(booking: Booking, bases: LegalBases = LEGAL_BASES) -> datetime.datetime | None:
    """When a repeating appointment comes within reach: at midnight, when a day begins.

    Args:
        booking: the booking.
        bases: what the laws permit.

    Returns:
        The midnight from which it is to be published, or None for an appointment that does not
        repeat, which is so at once.
    """
    if not booking.is_repeating:
        return None
    starts, reach = booking.starts.date(), _reach(_rule_of(booking, bases))
    day = starts - reach
    if day + reach < starts:  # six months before 31 August there is no 31st
        day += _A_DAY
    return combined(day, datetime.time())


@frozen
class Horizon:
    """How far ahead repeating appointments are published at one time.

    Args:
        today: the day, by a clock in Denmark.
        bases: what the laws permit.
    """

    today: datetime.date
    bases: LegalBases = LEGAL_BASES

    @classmethod
    def at(cls, now: datetime.datetime, bases: LegalBases = LEGAL_BASES) -> Self:
        """The horizon at a time, given with a zone."""
        return cls(danish_time(now, "now").date(), bases)

    def reaches(self, booking: Booking) -> bool:
        """Whether a booking is so near that it is published, if it was not before.

        True for every one that does not repeat.
        """
        return not booking.is_repeating or self._is_within(booking)

    def permits(self, booking: Booking) -> bool:
        """Whether a booking may be published, or stay so, as far ahead as it is.

        False only for one that repeats and is further ahead than its law permits; six months are
        not a limit.
        """
        has_limit = _rule_of(booking, self.bases).days_ahead is not None
        return not has_limit or self.reaches(booking)

    def _is_within(self, booking: Booking) -> bool:
        last = self.today + _reach(_rule_of(booking, self.bases))
        return booking.starts < combined(last + _A_DAY, datetime.time())


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


def due(booking: Booking, kind: Kind, bases: LegalBases = LEGAL_BASES) -> datetime.datetime:
    """When the registry should have accepted what is to be done about a booking.

    Args:
        booking: the booking as it is now.
        kind: publish, for which coming within the horizon is a change too; or replace or
            deprecate, for which it is not.
        bases: what the laws permit.
    """
    entered = enters(booking, bases) if kind is Kind.PUBLISH else None
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
