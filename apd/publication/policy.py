"""Whether an appointment may be shared, how far ahead, and by when (rules #2 and #3).

Whether: Aftaleoversigten 1.0.10, rules #4 and #7; MedCom's FAQ of 2023 (F2).

Rule #3 applies to repeating appointments (type 4) alone, and has two parts of different kinds:

- They are published gradually, so that the pattern is visible 6 months ahead. That is a
  *minimum*: a deadline for each appointment. A first publication waits until then
  (:meth:`Horizon.reaches`), so that a series over years is not published at once. Published
  documents are not deprecated for this reason.
- Under serviceloven § 83 and sundhedsloven § 138 they are published *only* 30 days ahead. That is
  a limit: an appointment beyond it is not published, and its document is deprecated
  (:meth:`Horizon.permits`).

An appointment that does not repeat falls under rule #1: it is published when it is made, however
far ahead, under those sections too. Serviceloven § 83 a has 6 months: the rule names § 83 alone,
and where the sources mean § 83 a as well (F2) they say so.

Months are calendar months from today in Danish local time, and the last day counts to its end: on
31 August it is the last of February. The start of the appointment decides: one that begins before
that midnight and ends after it is published.


An appointment that comes within the horizon because time passes has not changed. Its 15 minutes
begin at the midnight from which it is to be published (:func:`apd.publication.enters`). That is the
strict interpretation: rule #3 requires the pattern at all times, and rule #2 has no other delay.

A booking that is missing has no deadline, as it is unknown when it was deleted. For a deadline, a
system passes the booking with another status (``cancelled``) and the time of that change, until its
document is deprecated.

An appointment that is entered late, after its start or less than 15 minutes before, may be over
before its deadline. It is published all the same, also by a later run, up to a day after it was
entered: rule #1 requires all appointments, and patients must not miss one because a job did not run
overnight. Other appointments that are over and were never published are the past of a system that
begins to publish, and stay unpublished.
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
    """The reasons why a booking may not be shared, each with its rule; empty if it may.

    For whether it is too far ahead to be shared yet, see
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
    """The last day for which repeating appointments under a law are published.

    Args:
        basis: the law, as of the day of ``now``.
        now: the time, with a zone.
        bases: what the laws permit.
    """
    today = danish_time(now, "now").date()
    return today + _reach(bases.at(basis, today))


def enters(booking: Booking, bases: LegalBases = LEGAL_BASES) -> datetime.datetime | None:
    """The time at which a repeating appointment comes within the horizon: a midnight.

    Args:
        booking: the booking.
        bases: what the laws permit.

    Returns:
        The midnight from which it is to be published; None for an appointment that does not
        repeat, which is published at once.
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
    """How far ahead repeating appointments are published on a day.

    Args:
        today: the day, in Danish local time.
        bases: what the laws permit.
    """

    today: datetime.date
    bases: LegalBases = LEGAL_BASES

    @classmethod
    def at(cls, now: datetime.datetime, bases: LegalBases = LEGAL_BASES) -> Self:
        """The horizon at a time, which has a time zone."""
        return cls(danish_time(now, "now").date(), bases)

    def reaches(self, booking: Booking) -> bool:
        """Whether a booking is near enough to be published for the first time.

        Always true for a booking that does not repeat.
        """
        return not booking.is_repeating or self._is_within(booking)

    def permits(self, booking: Booking) -> bool:
        """Whether a booking may be published, or stay published, so far ahead.

        False only for a repeating one that is further ahead than its law permits; six months are
        not a limit.
        """
        has_limit = _rule_of(booking, self.bases).days_ahead is not None
        return not has_limit or self.reaches(booking)

    def _is_within(self, booking: Booking) -> bool:
        last = self.today + _reach(_rule_of(booking, self.bases))
        return booking.starts < combined(last + _A_DAY, datetime.time())


WITHIN = datetime.timedelta(minutes=15)
"""The time after a change within which the registry must have accepted it."""


LATE_ENTRY = datetime.timedelta(days=1)
"""The time after a change within which an appointment that is over is still published."""


def was_entered_late(booking: Booking, now: datetime.datetime) -> bool:
    """Whether a booking is published although it is over.

    It was made or changed after its start, or so shortly before that its deadline was after it; and
    not longer ago than :data:`LATE_ENTRY`.

    Args:
        booking: a booking that is over.
        now: the time, with a zone.
    """
    return booking.starts <= booking.changed + WITHIN and now <= booking.changed + LATE_ENTRY


def due(booking: Booking, kind: Kind, bases: LegalBases = LEGAL_BASES) -> datetime.datetime:
    """The deadline for the registry to accept a step about a booking.

    Args:
        booking: the current booking.
        kind: publish, for which coming within the horizon is a change, too; or replace or
            deprecate, for which it is not.
        bases: what the laws permit.
    """
    entered = enters(booking, bases) if kind is Kind.PUBLISH else None
    return max(booking.changed, entered or booking.changed) + WITHIN


def late(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """The outcomes that were accepted too late; ``outcome.late_by`` has the delay.

    Args:
        outcomes: the outcomes of any number of runs.

    Returns:
        The late ones, those with the longest delay first.
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
