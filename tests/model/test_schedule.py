"""When an appointment is: exact, indicative, without an end; the parts of the day."""

import datetime
from typing import Any

import pytest
from hypothesis import given

import apd
from apd.model.schedule import NO_TIME_NOTE
from apd.testing import strategies as apd_st
from tests.model.refusal import Refused, assert_refused

START = apd.local_time(2026, 3, 5, 10, 15)
END = apd.local_time(2026, 3, 5, 10, 45)
DAY = datetime.date(2026, 3, 5)
Type = apd.AppointmentType


@pytest.mark.parametrize(
    ("schedule", "type_of_it"),
    [
        (apd.Schedule(START, END), Type.STANDARD),
        (apd.Schedule(START, END, indicative=True), Type.INDICATIVE),
        (apd.Schedule(START, END, indicative=True, note="Inden frokost"), Type.INDICATIVE),
        (apd.Schedule(START), Type.OPEN_END),
        (apd.Schedule(START, indicative=True), Type.OPEN_END),
    ],
)
def test_the_type_follows(schedule: apd.Schedule, type_of_it: Type) -> None:
    assert schedule.type is type_of_it


@pytest.mark.parametrize(
    ("part", "start", "end", "note"),
    [
        (apd.PartOfDay.MORNING, "05T07", "05T09", "i løbet af morgenen"),
        (apd.PartOfDay.FORENOON, "05T09", "05T11", "i løbet af formiddagen"),
        (apd.PartOfDay.MIDDAY, "05T11", "05T13", "omkring middag"),
        (apd.PartOfDay.AFTERNOON, "05T13", "05T17", "i løbet af eftermiddagen"),
        (apd.PartOfDay.EVENING, "05T17", "05T22", "i løbet af aftenen"),
        (apd.PartOfDay.NIGHT, "05T22", "06T07", "i løbet af natten"),
    ],
)
def test_a_part_of_the_day(part: apd.PartOfDay, start: str, end: str, note: str) -> None:
    schedule = apd.Schedule.during(part, DAY)
    assert schedule.start.isoformat() == f"2026-03-{start}:00:00+01:00"
    assert schedule.end is not None
    assert schedule.end.isoformat() == f"2026-03-{end}:00:00+01:00"
    assert schedule.indicative
    assert schedule.note == f"Tidspunktet er vejledende, {note}"
    assert schedule.part_of_day is part


@pytest.mark.parametrize("part", apd.PartOfDay)
@pytest.mark.parametrize("day", ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"])
def test_a_part_of_a_day_on_which_the_clock_is_changed(part: apd.PartOfDay, day: str) -> None:
    schedule = apd.Schedule.during(part, datetime.date.fromisoformat(day))
    assert schedule.part_of_day is part


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-27", 9), ("2026-03-28", 8), ("2026-10-24", 10)]
)
def test_the_night_is_as_long_as_it_is(day: str, hours: int) -> None:
    night = apd.Schedule.during(apd.PartOfDay.NIGHT, datetime.date.fromisoformat(day))
    assert night.end is not None
    assert night.end - night.start == datetime.timedelta(hours=hours)


@pytest.mark.parametrize(
    "schedule",
    [
        apd.Schedule(apd.local_time(2026, 3, 5, 9), apd.local_time(2026, 3, 5, 11)),
        apd.Schedule(apd.local_time(2026, 3, 5, 9), indicative=True),
        apd.Schedule(
            apd.local_time(2026, 3, 5, 9), apd.local_time(2026, 3, 6, 11), indicative=True
        ),
        apd.Schedule(
            apd.local_time(2026, 3, 5, 9), apd.local_time(2026, 3, 5, 12), indicative=True
        ),
        apd.Schedule(
            apd.local_time(2026, 3, 5, 22), apd.local_time(2026, 3, 7, 7), indicative=True
        ),
    ],
    ids=["an exact time", "no end", "two days", "other hours", "two nights"],
)
def test_no_part_of_the_day(schedule: apd.Schedule) -> None:
    assert schedule.part_of_day is None


@pytest.mark.parametrize(
    ("begins", "ends", "last_day"),
    [((8, 0), (12, 0), 5), ((22, 0), (6, 0), 6), ((8, 0), (8, 0), 6)],
    ids=["the same day", "over midnight", "a whole day"],
)
def test_an_interval_of_ones_own(
    begins: tuple[int, int], ends: tuple[int, int], last_day: int
) -> None:
    schedule = apd.Schedule.between(DAY, datetime.time(*begins), datetime.time(*ends))
    assert schedule.end == apd.local_time(2026, 3, last_day, *ends)
    assert (schedule.indicative, schedule.note) == (True, "Tidspunktet er vejledende")


def test_an_interval_may_have_words_of_its_own_or_none() -> None:
    eight, noon = datetime.time(8), datetime.time(12)
    assert apd.Schedule.between(DAY, eight, noon, "Ring først").note == "Ring først"
    assert apd.Schedule.between(DAY, eight, noon, None).note is None


def test_an_interval_cannot_begin_in_an_hour_that_is_skipped() -> None:
    with pytest.raises(apd.InvalidValue, match="does not exist"):
        apd.Schedule.between(datetime.date(2026, 3, 29), datetime.time(2), datetime.time(5))


def test_an_appointment_may_last_from_one_pass_of_an_hour_to_the_next() -> None:
    first = apd.local_time(2026, 10, 25, 2, 30)
    schedule = apd.Schedule(first, first + datetime.timedelta(minutes=45))
    assert schedule.end is not None
    assert schedule.end.isoformat() == "2026-10-25T02:15:00+01:00"


DAY, NINE = datetime.date(2026, 3, 5), datetime.time(9)
_LATER = ("is not after the start", "a later time, or leave it out")

REFUSED = [
    Refused(apd.Schedule, "end", START, *_LATER, {"start": START}),
    Refused(apd.Schedule, "end", START - datetime.timedelta(days=1), *_LATER, {"start": START}),
    Refused(
        apd.Schedule, "note", "Ring til Ida", "is specified for an exact time", "time indicative",
        {"start": START},
    ),
    Refused(apd.Schedule, "indicative", "ja", "not str", "bool", {"start": START}),
    Refused(apd.Schedule, "indicative", None, "not None", "bool", {"start": START}),
    Refused(
        apd.Schedule, "start", datetime.datetime(2026, 3, 5), "has no time zone", "local_time()",
    ),
    Refused(apd.Schedule, "start", None, "not None", "datetime"),
    Refused(
        apd.Schedule, "end", datetime.datetime(2026, 3, 5), "has no time zone", "local_time()",
        {"start": START},
    ),
    Refused(
        apd.Schedule.during, "part", "morning", "not str", "PartOfDay", {"day": DAY},
        "Schedule.during(part)",
    ),
    Refused(
        apd.Schedule.during, "day", "2026-03-05", "not str", "date",
        {"part": apd.PartOfDay.MORNING}, "Schedule.during(day)",
    ),
    Refused(
        apd.Schedule.between, "day", None, "not None", "date",
        {"begins": NINE, "ends": NINE}, "Schedule.between(day)",
    ),
    Refused(
        apd.Schedule.between, "begins", "09:00", "not str", "time",
        {"day": DAY, "ends": NINE}, "Schedule.between(begins)",
    ),
    Refused(
        apd.Schedule.between, "ends", 11, "not int", "time",
        {"day": DAY, "begins": NINE}, "Schedule.between(ends)",
    ),
]  # fmt: skip


@pytest.mark.parametrize("row", REFUSED, ids=str)
def test_refused(row: Refused) -> None:
    assert_refused(row)


@given(apd_st.schedules())
def test_every_schedule_is_of_one_type_and_in_danish_time(schedule: apd.Schedule) -> None:
    assert schedule.type in (Type.STANDARD, Type.INDICATIVE, Type.OPEN_END)
    times: list[Any] = [schedule.start, *([] if schedule.end is None else [schedule.end])]
    for time in times:
        assert time.utcoffset() in (datetime.timedelta(hours=1), datetime.timedelta(hours=2))
        assert time.microsecond == 0


# A day without a time of day -----------------------------------------------------------------

LATER = datetime.date(2026, 3, 7)


@pytest.mark.parametrize(
    ("schedule", "end", "last_day", "type_of_it"),
    [
        (apd.Schedule.on(DAY), None, DAY, Type.OPEN_END),
        (apd.Schedule.on(DAY, DAY), apd.local_time(2026, 3, 6), DAY, Type.INDICATIVE),
        (apd.Schedule.on(DAY, LATER), apd.local_time(2026, 3, 8), LATER, Type.INDICATIVE),
    ],
)
def test_a_day_without_a_time_of_day(
    schedule: apd.Schedule, end: Any, last_day: datetime.date, type_of_it: Type
) -> None:
    assert schedule.date_only
    assert schedule.indicative
    assert (schedule.start, schedule.end) == (apd.local_time(2026, 3, 5), end)
    assert (schedule.first_day, schedule.last_day) == (DAY, last_day)
    assert schedule.type is type_of_it
    assert schedule.part_of_day is None
    assert schedule != apd.Schedule(schedule.start, schedule.end, indicative=True)


@pytest.mark.parametrize("day", ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"])
def test_days_on_which_the_clock_is_changed_end_at_midnight(day: str) -> None:
    first = datetime.date.fromisoformat(day)
    schedule = apd.Schedule.on(first, first)
    assert schedule.end is not None
    assert schedule.end.time() == schedule.start.time() == datetime.time()
    assert schedule.last_day == first


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        (None, None),
        (NO_TIME_NOTE, None),
        (f" {NO_TIME_NOTE}. ", None),
        (f"{NO_TIME_NOTE}. Ring først", "Ring først"),
        (
            "Der er ikke fastsat noget klokkeslæt endnu",
            "Der er ikke fastsat noget klokkeslæt endnu",
        ),
        ("Tidspunktet er ikke aftalt", "Tidspunktet er ikke aftalt"),
    ],
)
def test_a_note_does_not_say_again_that_no_time_is_set(note: str | None, kept: str | None) -> None:
    schedule = apd.Schedule.on(DAY, note=note)
    assert schedule.note == kept
    assert apd.Schedule.on(DAY, note=schedule.note) == schedule


@pytest.mark.parametrize(
    ("make", "names"),
    [
        (lambda: apd.Schedule(START, indicative=True, date_only=True), "Schedule.start"),
        (
            lambda: apd.Schedule(apd.local_time(2026, 3, 5), END, indicative=True, date_only=True),
            "Schedule.end",
        ),
        (lambda: apd.Schedule(apd.local_time(2026, 3, 5), date_only=True), "Schedule.indicative"),
        (lambda: apd.Schedule.on(LATER, DAY), "Schedule.end"),
        (lambda: apd.Schedule.on("2026-03-05"), "Schedule.on(day)"),
        (lambda: apd.Schedule.on(DAY, "2026-03-05"), "Schedule.on(last_day)"),
        (lambda: apd.Schedule.on(datetime.date(9999, 12, 31), datetime.date.max), "time"),
        (lambda: apd.Schedule(START, END, date_only=1), "Schedule.date_only"),
    ],
)
def test_what_is_no_day_is_refused(make: Any, names: str) -> None:
    with pytest.raises(apd.InvalidValue) as caught:
        make()
    assert caught.value.field == names
