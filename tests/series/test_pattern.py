"""When the appointments of a pattern are: by the clock, in summer and in winter."""

import datetime
from typing import Any

import pytest

import apd
from apd.series import ClockEnd, MissingHour, Pattern, Recurrence, timetable
from tests.series.making import HALF_AN_HOUR, SERIES_ID, clock, recurrence, starts, time_at

NIGHT_SPRING = ("2026-03-28 00:00", "2026-03-31 00:00")
NIGHT_AUTUMN = ("2026-10-24 00:00", "2026-10-27 00:00")
YEAR = ("2026-01-01 00:00", "2027-01-01 00:00")

OCCURRENCES = {
    "into summer time": ("FREQ=WEEKLY", "2026-03-23 10:15",
        ("2026-03-20 00:00", "2026-04-07 00:00"),
        ["03-23 10:15+01", "03-30 10:15+02", "04-06 10:15+02"]),
    "into winter time": ("FREQ=WEEKLY", "2026-10-19 10:15",
        ("2026-10-19 00:00", "2026-11-03 00:00"),
        ["10-19 10:15+02", "10-26 10:15+01", "11-02 10:15+01"]),
    "on the day of the change in spring": ("FREQ=DAILY", "2026-03-28 01:59", NIGHT_SPRING,
        ["03-28 01:59+01", "03-29 01:59+01", "03-30 01:59+02"]),
    "after the change in spring": ("FREQ=DAILY", "2026-03-28 03:00", NIGHT_SPRING,
        ["03-28 03:00+01", "03-29 03:00+02", "03-30 03:00+02"]),
    "in the hour that comes twice": ("FREQ=DAILY", "2026-10-24 02:30", NIGHT_AUTUMN,
        ["10-24 02:30+02", "10-25 02:30+02", "10-26 02:30+01"]),
    "after the hour that comes twice": ("FREQ=DAILY", "2026-10-24 03:00", NIGHT_AUTUMN,
        ["10-24 03:00+02", "10-25 03:00+01", "10-26 03:00+01"]),
    "the 31st, in the months that have one": ("FREQ=MONTHLY", "2026-01-31 08:00", YEAR,
        ["01-31 08:00+01", "03-31 08:00+02", "05-31 08:00+02", "07-31 08:00+02", "08-31 08:00+02",
         "10-31 08:00+01", "12-31 08:00+01"]),
    "the last of each month": ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2028-01-31 08:00",
        ("2028-01-01 00:00", "2029-01-01 00:00"),
        ["01-31 08:00+01", "02-29 08:00+01", "03-31 08:00+02"]),
    "a leap day, in the years that have one": ("FREQ=YEARLY", "2024-02-29 08:00",
        ("2025-01-01 00:00", "2033-01-01 00:00"), ["02-29 08:00+01", "02-29 08:00+01"]),
    "over a leap day": ("FREQ=DAILY", "2028-02-28 08:00", ("2028-02-28 00:00", "2028-03-02 00:00"),
        ["02-28 08:00+01", "02-29 08:00+01", "03-01 08:00+01"]),
    "week 53, in the years that have one": ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", "2020-01-01 08:00",
        ("2020-01-01 00:00", "2030-01-01 00:00"), ["12-28 08:00+01", "12-28 08:00+01"]),
    "every other week over week 53": ("FREQ=WEEKLY;INTERVAL=2", "2026-12-21 08:00",
        ("2026-12-01 00:00", "2027-02-01 00:00"),
        ["12-21 08:00+01", "01-04 08:00+01", "01-18 08:00+01"]),
    "the first Monday and the last Friday": ("FREQ=MONTHLY;BYDAY=1MO,-1FR", "2026-03-02 10:15",
        ("2026-03-01 00:00", "2026-05-01 00:00"),
        ["03-02 10:15+01", "03-27 10:15+01", "04-06 10:15+02", "04-24 10:15+02"]),
    "the last workday of a month": (
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-05-01 09:00",
        ("2026-05-01 00:00", "2026-08-01 00:00"),
        ["05-29 09:00+02", "06-30 09:00+02", "07-31 09:00+02"]),
    "several a day": ("FREQ=DAILY;BYHOUR=8,12,20;BYMINUTE=0", "2026-03-29 00:00",
        ("2026-03-29 00:00", "2026-03-30 00:00"),
        ["03-29 08:00+02", "03-29 12:00+02", "03-29 20:00+02"]),
    "the first is the rule's own": ("FREQ=WEEKLY;BYDAY=TH;COUNT=2", "2026-03-02 10:15", YEAR,
        ["03-05 10:15+01", "03-12 10:15+01"]),
    "until a time in UTC, itself included": ("FREQ=WEEKLY;UNTIL=20260330T081500Z",
        "2026-03-23 10:15", YEAR, ["03-23 10:15+01", "03-30 10:15+02"]),
    "until a second before it": ("FREQ=WEEKLY;UNTIL=20260330T081459Z",
        "2026-03-23 10:15", YEAR, ["03-23 10:15+01"]),
    "until a day, all of it": ("FREQ=WEEKLY;UNTIL=20260330", "2026-03-23 10:15", YEAR,
        ["03-23 10:15+01", "03-30 10:15+02"]),
    "until the second pass of an hour": ("FREQ=DAILY;UNTIL=20261025T010000Z",
        "2026-10-24 02:45", YEAR, ["10-24 02:45+02", "10-25 02:45+02"]),
    "until the first pass of an hour": ("FREQ=DAILY;UNTIL=20261025T000000Z",
        "2026-10-24 02:45", YEAR, ["10-24 02:45+02"]),
    "three times": ("FREQ=WEEKLY;COUNT=3", "2026-12-21 08:00", YEAR,
        ["12-21 08:00+01", "12-28 08:00+01"]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "start", "window", "expected"), OCCURRENCES.values(), ids=OCCURRENCES
)
def test_occurrences(rule: str, start: str, window: tuple[str, str], expected: list[str]) -> None:
    assert starts(Pattern(recurrence(rule, start)), *window) == expected


EXCEPTIONS = {
    "a day": ([datetime.date(2026, 3, 16)], ["03-02", "03-09", "03-23", "03-30"]),
    "a clock time": ([clock("2026-03-16 10:15")], ["03-02", "03-09", "03-23", "03-30"]),
    "a moment": (
        [datetime.datetime(2026, 3, 30, 8, 15, tzinfo=datetime.UTC)],
        ["03-02", "03-09", "03-16", "03-23"],
    ),
    "another clock time that day": (
        [clock("2026-03-16 10:00")],
        ["03-02", "03-09", "03-16", "03-23", "03-30"],
    ),
}


@pytest.mark.parametrize(("exceptions", "expected"), EXCEPTIONS.values(), ids=EXCEPTIONS)
def test_exceptions(exceptions: list[datetime.date], expected: list[str]) -> None:
    pattern = Pattern(recurrence("FREQ=WEEKLY;COUNT=5", exceptions=exceptions))
    assert [start[:5] for start in starts(pattern, *YEAR)] == expected


def test_extra_times_and_each_time_once() -> None:
    extra = [clock("2026-03-10 12:00"), clock("2026-03-09 10:15"), time_at("2026-04-01 12:00")]
    pattern = Pattern(recurrence("FREQ=WEEKLY;COUNT=2", extra=extra))
    expected = ["03-02 10:15+01", "03-09 10:15+01", "03-10 12:00+01", "04-01 12:00+02"]
    assert starts(pattern, *YEAR) == expected


def test_a_rule_may_leave_times_out() -> None:
    days = "DTSTART:20260302T101500\nRRULE:FREQ=DAILY;COUNT=9\nEXRULE:FREQ=WEEKLY;BYDAY=SA,SU,MO"
    assert [start[3:5] for start in starts(Pattern(days), *YEAR)] == ["03", "04", "05", "06", "10"]


def test_a_pattern_of_single_dates() -> None:
    pattern = Pattern("RDATE:20260302T101500,20260330T101500")
    assert starts(pattern, *YEAR) == ["03-02 10:15+01", "03-30 10:15+02"]


def test_times_of_a_day_are_counted_by_days() -> None:
    times = [datetime.time(18), datetime.time(8, 30), datetime.time(12, 15)]
    recurrence = Recurrence.of("FREQ=DAILY;COUNT=2", datetime.date(2026, 3, 28), times=times)
    assert starts(Pattern(recurrence), *YEAR) == [
        "03-28 08:30+01", "03-28 12:15+01", "03-28 18:00+01",
        "03-29 08:30+02", "03-29 12:15+02", "03-29 18:00+02",
    ]  # fmt: skip


# --- the hour that is skipped ---------------------------------------------------------------

AT_NIGHT = recurrence("FREQ=DAILY;COUNT=3", "2026-03-28 02:30")
MISSING = {
    "shift": ["03-28 02:30+01", "03-29 03:30+02", "03-30 02:30+02"],
    "skip": ["03-28 02:30+01", "03-30 02:30+02", "03-31 02:30+02"],  # three all the same
}


@pytest.mark.parametrize(("missing_hour", "expected"), MISSING.items(), ids=MISSING)
def test_the_hour_that_is_skipped(missing_hour: MissingHour, expected: list[str]) -> None:
    assert starts(Pattern(AT_NIGHT, missing_hour=missing_hour), *YEAR) == expected


def test_the_hour_that_is_skipped_is_refused_and_the_day_named() -> None:
    pattern = Pattern(AT_NIGHT)
    with pytest.raises(apd.InvalidValue, match="on 2026-03-29 at 02:30 does not exist"):
        pattern.between(time_at("2026-03-29 00:00"), time_at("2026-03-30 00:00"))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-03-28 00:00", "2026-03-29 01:59", ["03-28 02:30+01"]),
        ("2026-03-28 00:00", "2026-03-29 03:00", ["03-28 02:30+01"]),
        ("2026-03-29 03:31", "2026-03-31 00:00", ["03-30 02:30+02"]),
    ],
)
def test_it_is_refused_only_in_a_window_that_holds_it(
    first: str, last: str, expected: list[str]
) -> None:
    assert starts(Pattern(AT_NIGHT), first, last) == expected


def test_an_extra_time_in_the_hour_that_is_skipped_is_skipped() -> None:
    rule = recurrence("FREQ=DAILY;COUNT=1", extra=[clock("2026-03-29 02:30")])
    assert starts(Pattern(rule, missing_hour="skip"), *YEAR) == ["03-02 10:15+01"]


def test_a_shifted_occurrence_keeps_its_id() -> None:
    """The setting changes no id, and a shifted one may meet another: both stay (R1)."""
    twice = recurrence("FREQ=DAILY;BYHOUR=2,3;BYMINUTE=30", "2026-03-28 02:30")
    shifted = Pattern(twice, missing_hour="shift")
    window = time_at("2026-03-29 00:00"), time_at("2026-03-30 00:00")
    found = shifted.between(*window)
    assert [one.original for one in found] == [clock("2026-03-29 02:30"), clock("2026-03-29 03:30")]
    assert found[0].schedule == found[1].schedule
    assert found[0].id(SERIES_ID) != found[1].id(SERIES_ID)
    skipped = Pattern(twice, missing_hour="skip").between(*window)
    assert [one.id(SERIES_ID) for one in skipped] == [found[1].id(SERIES_ID)]


# --- how an appointment ends ----------------------------------------------------------------

NINE_HOURS = datetime.timedelta(hours=9)
SEVEN = datetime.time(7)
ENDS: list[tuple[str, Any, str]] = [
    # the nights of 27 March, of the change to summer time and of that to winter time
    ("2026-03-27 22:00", NINE_HOURS, "03-28 07:00+01"),
    ("2026-03-28 22:00", NINE_HOURS, "03-29 08:00+02"),
    ("2026-10-24 22:00", NINE_HOURS, "10-25 06:00+01"),
    ("2026-03-27 22:00", SEVEN, "03-28 07:00+01"),
    ("2026-03-28 22:00", SEVEN, "03-29 07:00+02"),
    ("2026-10-24 22:00", SEVEN, "10-25 07:00+01"),
    ("2026-10-25 01:30", datetime.time(2, 30), "10-25 02:30+02"),
    ("2026-10-25 01:30", datetime.timedelta(hours=2), "10-25 02:30+01"),
    # over several days, a month's end, a leap day, the year's end
    ("2026-03-27 08:00", ClockEnd(datetime.time(14), days=2), "03-29 14:00+02"),
    ("2026-03-27 08:00", datetime.timedelta(days=2, hours=6), "03-29 15:00+02"),
    ("2026-08-31 22:00", datetime.time(22), "09-01 22:00+02"),
    ("2028-02-28 22:00", SEVEN, "02-29 07:00+01"),
    ("2026-12-31 22:00", SEVEN, "01-01 07:00+01"),
    ("2026-03-05 08:00", ClockEnd(datetime.time(9), days=0), "03-05 09:00+01"),
]


@pytest.mark.parametrize(("start", "end", "expected"), ENDS)
def test_the_end(start: str, end: Any, expected: str) -> None:
    pattern = Pattern(recurrence("FREQ=DAILY;COUNT=1", start), end)
    (one,) = pattern.until(time_at("2029-01-01 00:00"))
    assert one.schedule.end is not None
    assert f"{one.schedule.end:%m-%d %H:%M%z}"[:-2] == expected


@pytest.mark.parametrize(("missing_hour", "expected"), [("shift", "03:30"), ("skip", "03:30")])
def test_an_end_in_the_hour_that_is_skipped(missing_hour: MissingHour, expected: str) -> None:
    """What has begun must end: to skip is for a start."""
    late = recurrence("FREQ=DAILY;COUNT=1", "2026-03-28 22:00")
    pattern = Pattern(late, datetime.time(2, 30), missing_hour=missing_hour)
    (one,) = pattern.until(time_at("2027-01-01 00:00"))
    assert one.schedule.end == time_at(f"2026-03-29 {expected}")


@pytest.mark.parametrize(
    ("start", "end", "missing_hour", "problem"),
    [
        ("2026-03-28 22:00", datetime.time(2, 30), "refuse", "end on 2026-03-29 at 02:30 does not"),
        ("2026-03-29 02:30", datetime.time(3, 15), "shift", "end on 2026-03-29 at 03:15 is not af"),
        ("2026-03-05 10:00", ClockEnd(datetime.time(9), days=0), "refuse", "end on 2026-03-05"),
    ],
)
def test_no_end(start: str, end: Any, missing_hour: MissingHour, problem: str) -> None:
    pattern = Pattern(recurrence("FREQ=DAILY", start), end, missing_hour=missing_hour)
    with pytest.raises(apd.InvalidValue, match=f"^{problem}"):
        pattern.between(time_at("2026-03-01 00:00"), time_at("2026-04-01 00:00"))


def test_types_1_2_and_3() -> None:
    times = recurrence("FREQ=DAILY;COUNT=1")
    patterns = [
        Pattern(times, HALF_AN_HOUR),
        Pattern(times, HALF_AN_HOUR, indicative=True, note="Ring først"),
        Pattern(times),
    ]
    schedules = [pattern.until(time_at(YEAR[1]))[0].schedule for pattern in patterns]
    assert [schedule.type for schedule in schedules] == [1, 2, 3]
    assert schedules[1].note == "Ring først"
    assert "Ring" not in repr(patterns[1])


@pytest.mark.parametrize("part", apd.PartOfDay)
@pytest.mark.parametrize("window", [NIGHT_SPRING, NIGHT_AUTUMN])
def test_a_part_of_the_day(part: apd.PartOfDay, window: tuple[str, str]) -> None:
    pattern = Pattern.during(part, "FREQ=DAILY", clock(window[0]).date())
    found = pattern.between(time_at(window[0]), time_at(window[1]))
    days = [clock(window[0]).date() + datetime.timedelta(days=count) for count in range(3)]
    assert [one.schedule for one in found] == [apd.Schedule.during(part, day) for day in days]


def test_a_part_of_the_day_but_not_every_day() -> None:
    christmas = datetime.date(2026, 12, 24)
    pattern = Pattern.during(
        apd.PartOfDay.NIGHT, "FREQ=DAILY", datetime.date(2026, 12, 23), exceptions=[christmas]
    )
    expected = ["12-23 22:00+01", "12-25 22:00+01"]
    assert starts(pattern, "2026-12-23 00:00", "2026-12-26 00:00") == expected


# --- windows and ids ------------------------------------------------------------------------


def test_a_window_has_its_start_and_not_its_end() -> None:
    pattern = Pattern(recurrence("FREQ=WEEKLY"))
    assert starts(pattern, "2026-03-09 10:15", "2026-03-16 10:15") == ["03-09 10:15+01"]
    assert starts(pattern, "2026-03-09 10:16", "2026-03-16 10:15") == []
    assert starts(pattern, "2026-03-09 10:15", "2026-03-09 10:15") == []


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("at", "start", "end", "expected"),
    [
        ("02:30", "2026-03-29T03:30+02:00", "2026-03-29T04:00+02:00", ["03-29 03:30+02"]),
        ("02:45", "2026-10-25T02:00+02:00", "2026-10-25T02:15+01:00", ["10-25 02:45+02"]),
        ("02:45", "2026-10-25T02:00+02:00", "2026-10-25T02:45+02:00", []),
        ("02:45", "2026-10-25T02:00+01:00", "2026-10-25T04:00+01:00", []),
        ("23:45", "2026-03-02T23:00+01:00", "2026-03-02T23:46+01:00", ["03-02 23:45+01"]),
    ],
)
def test_a_window_that_ends_near_a_change_of_the_clock(
    at: str, start: str, end: str, expected: list[str]
) -> None:
    pattern = Pattern(recurrence("FREQ=DAILY", f"2026-03-01 {at}"), missing_hour="shift")
    found = pattern.between(moment(start), moment(end))
    assert [f"{one.schedule.start:%m-%d %H:%M%z}"[:-2] for one in found] == expected


def test_ids_that_are_the_same_for_ever() -> None:
    """They stand in published documents: another release must not make others."""
    pattern = Pattern(recurrence("FREQ=WEEKLY"), HALF_AN_HOUR)
    listed = timetable(pattern, SERIES_ID, time_at("2026-03-23 00:00"), time_at("2026-04-01 00:00"))
    assert [(one.start, one.end) for one in listed] == [
        (time_at("2026-03-23 10:15"), time_at("2026-03-23 10:45")),
        (time_at("2026-03-30 10:15"), time_at("2026-03-30 10:45")),
    ]
    assert [one.id.value for one in listed] == [
        "a6cf9185-041a-5c07-8443-9a2c31358d84",
        "6921f82d-c820-5c3c-8171-d68a6bb1bc5f",
    ]


def test_a_pattern_that_has_moved_keeps_its_ids() -> None:
    plain = Pattern(recurrence("FREQ=WEEKLY;COUNT=3"), HALF_AN_HOUR)
    later = Pattern(
        plain.recurrence, HALF_AN_HOUR, moved_by=datetime.timedelta(days=1, hours=2, minutes=45)
    )
    assert starts(later, *YEAR) == ["03-03 13:00+01", "03-10 13:00+01", "03-17 13:00+01"]
    year = time_at(YEAR[0]), time_at(YEAR[1])
    assert [one.id(SERIES_ID) for one in later.between(*year)] == [
        one.id(SERIES_ID) for one in plain.between(*year)
    ]


RULE = recurrence("FREQ=DAILY")
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"recurrence": "FREQ=DAILY"}, "Recurrence.start is missing"),
    ({"end": datetime.timedelta(0)}, "Pattern.end is not after the start"),
    ({"end": -HALF_AN_HOUR}, "Pattern.end is not after the start"),
    ({"end": 30}, "Pattern.end must be .*, not int"),
    ({"note": "Ring først"}, "Pattern.note is specified for an exact time"),
    ({"missing_hour": "guess"}, "Pattern.missing_hour has an unknown value"),
    ({"moved_by": 3}, "Pattern.moved_by must be .*, not int"),
    ({"indicative": "ja"}, "Pattern.indicative must be .*, not str"),
]


@pytest.mark.parametrize(("fields", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_no_pattern(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(apd.InvalidValue, match=f"^{message}"):
        Pattern(**{"recurrence": RULE, **fields})


def test_a_note_is_one_line() -> None:
    assert Pattern(RULE, indicative=True, note=" Ring\n først ").note == "Ring først"
    assert Pattern(RULE, indicative=True, note=" ").note is None


def test_only_recurrence_and_end_go_by_their_place() -> None:
    with pytest.raises(TypeError):
        Pattern(RULE, HALF_AN_HOUR, True)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("at", "days", "message"),
    [
        (SEVEN, -1, "ClockEnd.days is out of range"),
        (SEVEN, 367, "ClockEnd.days is out of range"),
        (SEVEN.replace(tzinfo=datetime.UTC), None, "ClockEnd.at has a time zone"),
        ("07:00", None, "ClockEnd.at must be .*, not str"),
    ],
)
def test_no_clock_end(at: Any, days: Any, message: str) -> None:
    with pytest.raises(apd.InvalidValue, match=message):
        ClockEnd(at, days)


def test_no_window() -> None:
    pattern = Pattern(RULE)
    with pytest.raises(apd.InvalidValue, match="end is before the start"):
        pattern.between(time_at(YEAR[1]), time_at(YEAR[0]))
    with pytest.raises(apd.InvalidValue, match="start has no time zone"):
        pattern.between(clock(YEAR[0]), time_at(YEAR[1]))


def test_a_pattern_moved_out_of_the_calendar() -> None:
    yearly = recurrence("FREQ=YEARLY")
    for years in (9000, -9000):
        pattern = Pattern(yearly, moved_by=datetime.timedelta(days=365 * years))
        assert pattern.between(time_at(YEAR[0]), time_at(YEAR[1])) == ()
