"""How far ahead repeating appointments are published (rule #3).

Rule #3 is about repeating appointments (type 4) alone, and says two things that differ in kind:

- They are published bit by bit, so that the pattern can be seen 6 months ahead. That is a
  *minimum*: it tells when an appointment has to be there at the latest. An appointment that is
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
"""

import datetime
from typing import Self

from attrs import frozen
from dateutil.relativedelta import relativedelta

from apd.model.time import combined, danish_time
from apd.publication.booking import Booking
from apd.publication.legal_basis import LegalBasis

_SIX_MONTHS, _THIRTY_DAYS = relativedelta(months=6), relativedelta(days=30)
_NEAR = frozenset({LegalBasis.SERVICES_ACT_83, LegalBasis.HEALTH_ACT_138})
_A_DAY = datetime.timedelta(days=1)


def _reach(basis: LegalBasis) -> relativedelta:
    return _THIRTY_DAYS if basis in _NEAR else _SIX_MONTHS


def last_day(basis: LegalBasis, now: datetime.datetime) -> datetime.date:
    """The last day of which repeating appointments under a law are published.

    Args:
        basis: the law.
        now: the time, with a zone.
    """
    return danish_time(now, "now").date() + _reach(basis)


def enters(booking: Booking) -> datetime.datetime | None:
    """When a repeating appointment comes within reach: at midnight, when a day begins.

    Returns:
        The midnight from which it is to be published, or None for an appointment that does not
        repeat, which is so at once.
    """
    if not booking.is_repeating:
        return None
    starts, reach = booking.starts.date(), _reach(booking.legal_basis)
    day = starts - reach
    if day + reach < starts:  # six months before 31 August there is no 31st
        day += _A_DAY
    return combined(day, datetime.time())


@frozen
class Horizon:
    """How far ahead repeating appointments are published at one time.

    Args:
        far: the midnight before which appointments start, as a rule.
        near: the same under serviceloven § 83 and sundhedsloven § 138.
    """

    far: datetime.datetime
    near: datetime.datetime

    @classmethod
    def at(cls, now: datetime.datetime) -> Self:
        """The horizon at a time, given with a zone."""
        return cls(
            *(
                combined(last_day(basis, now) + _A_DAY, datetime.time())
                for basis in (LegalBasis.HEALTH_ACT, LegalBasis.HEALTH_ACT_138)
            )
        )

    def reaches(self, booking: Booking) -> bool:
        """Whether a booking is so near that it is published, if it was not before.

        True for every one that does not repeat.
        """
        limit = self.near if booking.legal_basis in _NEAR else self.far
        return not booking.is_repeating or booking.starts < limit

    def permits(self, booking: Booking) -> bool:
        """Whether a booking may be published, or stay so, as far ahead as it is.

        False only for one that repeats and is more than 30 days ahead under a law that permits no
        more; six months are no limit.
        """
        return booking.legal_basis not in _NEAR or self.reaches(booking)
