"""The time zone in the calendar, read by dateutil, against the time zone database."""

import datetime
import io

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from apd.model.time import copenhagen
from apd.overview.ics.zone import timezone
from tests.overview.kit import at, overview
from tests.overview.reading_ics import lines, written

HOUR = datetime.timedelta(hours=1)


def read(*moments: datetime.datetime) -> datetime.tzinfo:
    """The time zone, as dateutil reads it."""
    return tzical(io.StringIO("\n".join(timezone(moments)))).get("Europe/Copenhagen")


def disagreements(zone: datetime.tzinfo, first: int, last: int) -> list[datetime.datetime]:
    """The moments of some years at which a clock by the zone is wrong, hour by hour in the months
    in which clocks are changed, day by day in the others.

    Local times are asked for, as in a calendar; the hour that comes twice is the first.
    """
    found = []
    local = datetime.datetime(first, 1, 1)
    while local.year <= last:
        ours = local.replace(tzinfo=zone)
        truth = local.replace(tzinfo=copenhagen())
        exists = truth.astimezone(datetime.UTC).astimezone(copenhagen()).replace(tzinfo=None)
        if exists == local and ours.utcoffset() != truth.utcoffset():
            found.append(local)
        local += HOUR if local.month in (3, 4, 9, 10) else 24 * HOUR
    return found


@pytest.mark.parametrize(
    ("first", "last"),
    [
        *((2026, 2026), (2027, 2028), (1995, 1996), (1979, 1980), (1940, 1940), (1916, 1916)),
        *(
            pytest.param(*years, marks=pytest.mark.slow)
            for years in ((2024, 2031), (1995, 1997), (1979, 1982), (1939, 1950), (1900, 1917))
        ),
    ],
)
def test_the_clock_is_right_in_the_years_used(first, last) -> None:
    zone = read(*[at(f"{year}-01-01 00:00") for year in range(first, last + 1)])
    assert disagreements(zone, first, last) == []


def test_only_the_years_used_are_worked_out() -> None:
    moments = [at(f"{day} 12:00") for day in ("1901-07-01", "1942-06-15", "1975-07-01")]
    zone = read(*moments, at("9997-12-30 12:00"), *moments)
    for moment in moments:
        assert moment.replace(tzinfo=zone).utcoffset() == moment.utcoffset()


def test_todays_rule_is_written_as_one() -> None:
    """Some calendars know no other form."""
    found = list(lines(written(overview(now=at("2026-03-05 12:00")))))
    assert found[found.index("BEGIN:VTIMEZONE") : found.index("END:VTIMEZONE")] == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Copenhagen",
        "BEGIN:DAYLIGHT",
        "DTSTART:20250330T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20251026T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
    ]


def test_a_calendar_without_appointments_is_one_still() -> None:
    """It must have something in it (RFC 5545, §3.6)."""
    read_back = Calendar.from_ical(written(overview(patient=None)))
    assert [part.name for part in read_back.subcomponents] == ["VTIMEZONE"]
