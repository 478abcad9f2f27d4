"""Whether an appointment may be shared, and how far ahead it is published.

Sources: Aftaleoversigten, rule #3 ("gentaget 6 måneder frem"; §§ 83 and 138 "kun ... 30 dage
frem") and rule #7; MedCom's FAQ of 2023 on what municipalities may share (F2).
"""

import datetime
from typing import NamedTuple

from tests.oracle.expected.clock import DAY, today


class Law(NamedTuple):
    """Whether appointments under a law are shared, and whether the 30 days limit them."""

    shared: bool
    limited: bool = False
    since: datetime.date = datetime.date.min


LAWS = {
    "sundhedsloven": Law(True),
    "sundhedsloven § 138": Law(True, limited=True),
    "serviceloven § 79 a": Law(True),
    "serviceloven § 83": Law(True, limited=True),
    "serviceloven § 83 a": Law(True),
    "serviceloven § 84": Law(True),
    "serviceloven § 85": Law(False),
    "serviceloven § 86": Law(True),
    "ældreloven": Law(True, limited=True, since=datetime.date(2025, 7, 1)),
    "ældreloven § 8": Law(True, since=datetime.date(2025, 7, 1)),
    "ældreloven § 16": Law(True, since=datetime.date(2025, 7, 1)),
    "andet": Law(False),
}
MONTHS_AHEAD = 6
DAYS_AHEAD = 30


def last_day(law: str, now: datetime.datetime) -> datetime.date:
    """The last day ahead, as seen from the day that it is in Denmark; that day is within."""
    day = today(now)
    return day + DAYS_AHEAD * DAY if LAWS[law].limited else months_after(day, MONTHS_AHEAD)


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month, so many months later, or that month's last day."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    first = datetime.date(year, month + 1, 1)
    last = (first + 31 * DAY).replace(day=1) - DAY
    return min(first + (day.day - 1) * DAY, last)


def may_be_shared(law: str, start: datetime.datetime, *, patient_present: bool) -> bool:
    """Whether an appointment may be in the overview at all (F2, rule #7)."""
    return LAWS[law].shared and LAWS[law].since <= today(start) and patient_present


def is_within(law: str, start: datetime.datetime, now: datetime.datetime, *, repeats: bool) -> bool:
    """Whether an appointment is to be published already (rule #3)."""
    return not repeats or today(start) <= last_day(law, now)


def within_since(law: str, start: datetime.datetime) -> datetime.date:
    """The first day on which a repeating appointment is within."""
    day = today(start)
    if LAWS[law].limited:
        return day - DAYS_AHEAD * DAY
    earliest = months_after(day, -MONTHS_AHEAD) - 4 * DAY
    while months_after(earliest, MONTHS_AHEAD) < day:
        earliest += DAY
    return earliest
