"""Times: of a clock in Denmark, summer and winter, and on the two days between."""

import datetime
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

import apd
from apd.model.time import combined, copenhagen, danish_time
from tests.model.refusal import Refused, assert_refused


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        (apd.local_time(2026, 3, 28, 10, 15), "2026-03-28T10:15:00+01:00"),
        (apd.local_time(2026, 3, 29, 10, 15), "2026-03-29T10:15:00+02:00"),
        (apd.local_time(2026, 3, 29, 1, 59, 59), "2026-03-29T01:59:59+01:00"),
        (apd.local_time(2026, 3, 29, 3), "2026-03-29T03:00:00+02:00"),
        (apd.local_time(2026, 10, 25, 1, 59), "2026-10-25T01:59:00+02:00"),
        (apd.local_time(2026, 10, 25, 2, 30), "2026-10-25T02:30:00+02:00"),
        (apd.local_time(2026, 10, 25, 3), "2026-10-25T03:00:00+01:00"),
        (apd.local_time(1970, 7, 1), "1970-07-01T00:00:00+01:00"),
        (apd.local_time(2100, 7, 1), "2100-07-01T00:00:00+02:00"),
        (apd.local_time(9998, 7, 1), "9998-07-01T00:00:00+02:00"),
    ],
)
def test_a_local_time_has_the_offset_of_its_day(time: datetime.datetime, shown: str) -> None:
    assert time.isoformat() == shown


@pytest.mark.parametrize("hour_and_minute", [(2, 0), (2, 30), (2, 59)])
def test_the_hour_that_is_skipped_in_march_is_refused(hour_and_minute: tuple[int, int]) -> None:
    with pytest.raises(apd.InvalidValue, match="time does not exist: choose another time"):
        apd.local_time(2026, 3, 29, *hour_and_minute)


def test_of_the_hour_that_comes_twice_in_october_the_first_is_meant() -> None:
    first = apd.local_time(2026, 10, 25, 2, 30)
    second = danish_time(datetime.datetime.fromisoformat("2026-10-25T02:30:00+01:00"))
    assert second - first == datetime.timedelta(hours=1)
    assert [first.isoformat()[-6:], second.isoformat()[-6:]] == ["+02:00", "+01:00"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (datetime.datetime(2026, 7, 1, 8, tzinfo=UTC), "2026-07-01T10:00:00+02:00"),
        (datetime.datetime(2026, 1, 1, 9, tzinfo=UTC), "2026-01-01T10:00:00+01:00"),
        (datetime.datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25T02:30:00+02:00"),
        (datetime.datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25T02:30:00+01:00"),
        (
            datetime.datetime(2026, 1, 1, 10, tzinfo=ZoneInfo("America/Nuuk")),
            "2026-01-01T13:00:00+01:00",
        ),
        (
            datetime.datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=copenhagen()),
            "2026-10-25T02:30:00+01:00",
        ),
        (
            datetime.datetime.fromisoformat("2026-07-01T10:00:00+01:00"),
            "2026-07-01T11:00:00+02:00",
        ),
        (datetime.datetime(2026, 1, 1, 9, 0, 0, 999_999, UTC), "2026-01-01T10:00:00+01:00"),
    ],
    ids=[
        "UTC in summer",
        "UTC in winter",
        "the first of the hour that comes twice",
        "the second of it",
        "another zone",
        "fold",
        "a wrong offset is another moment",
        "whole seconds",
    ],
)
def test_a_time_of_any_zone_is_kept_as_the_same_moment_in_denmark(
    given: datetime.datetime, shown: str
) -> None:
    kept = danish_time(given)
    assert kept.isoformat() == shown
    assert kept.astimezone(UTC) == given.astimezone(UTC).replace(microsecond=0)


def test_keeping_a_time_twice_changes_nothing() -> None:
    once = danish_time(datetime.datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert danish_time(once).isoformat() == once.isoformat()


def test_a_date_and_a_time_of_day_together() -> None:
    together = combined(datetime.date(2026, 7, 1), datetime.time(10, 15, 30))
    assert together == apd.local_time(2026, 7, 1, 10, 15, 30)


def test_there_is_no_such_date() -> None:
    with pytest.raises(ValueError, match="day"):
        apd.local_time(2026, 2, 30)


_GIVE_ZONE = "local_time()"
_OUT = ("is out of range", "a year from 1900 to 9998")


@pytest.mark.parametrize(
    "row",
    [
        Refused(
            danish_time, "value", datetime.datetime(2026, 1, 1), "has no time zone", _GIVE_ZONE
        ),
        Refused(danish_time, "value", datetime.date(2026, 1, 1), "not date", _GIVE_ZONE),
        Refused(danish_time, "value", "2026-01-01T10:00", "not str", _GIVE_ZONE),
        Refused(danish_time, "value", datetime.datetime(1899, 12, 31, tzinfo=UTC), *_OUT),
        Refused(danish_time, "value", datetime.datetime(9999, 1, 1, tzinfo=UTC), *_OUT),
        Refused(danish_time, "value", datetime.datetime.max.replace(tzinfo=UTC), *_OUT),
        Refused(danish_time, "value", datetime.datetime.min.replace(tzinfo=UTC), *_OUT),
    ],
    ids=str,
)
def test_refused(row: Refused) -> None:
    assert_refused(row._replace(where="time"))
