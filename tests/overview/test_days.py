"""Appointments by days and ISO weeks, and series folded together."""

import datetime

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd import overview as ov
from apd.limits import MAX_SCHEDULE_DAYS
from apd.testing import strategies as apd_st
from tests import samples
from tests.overview import kit
from tests.overview.kit import document, overview, schedule

SUMMER_HALF_PAST_TWO = kit.at("2026-10-25 02:30")


def days(when: apd.Schedule, language: apd.wording.Language = "da") -> list[tuple[str, str]]:
    made = overview(document(1, when), language=language)
    return [(str(day.date), day.appointments[0].when) for day in made.days]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        pytest.param(
            schedule("2026-03-05 10:15", "10:45"), [("2026-03-05", "10.15–10.45")], id="a day"
        ),
        pytest.param(schedule("2026-03-05 10:15"), [("2026-03-05", "fra 10.15")], id="open end"),
        pytest.param(
            schedule("2026-03-05 22:00", "2026-03-06 07:00"),
            [("2026-03-05", "fra 22.00"), ("2026-03-06", "til 07.00")],
            id="a night",
        ),
        pytest.param(
            schedule("2026-03-05 22:00", "2026-03-06 00:00"),
            [("2026-03-05", "22.00–24.00")],
            id="until midnight",
        ),
        pytest.param(
            schedule("2026-03-05 00:00", "2026-03-06 00:00"),
            [("2026-03-05", "00.00–24.00")],
            id="midnight to midnight",
        ),
        pytest.param(
            schedule("2026-04-20 11:00", "2026-04-23 10:00"),
            [
                ("2026-04-20", "fra 11.00"),
                ("2026-04-21", "hele dagen"),
                ("2026-04-22", "hele dagen"),
                ("2026-04-23", "til 10.00"),
            ],
            id="several days",
        ),
        pytest.param(
            schedule("2026-04-20 11:00", "2026-04-22 00:00"),
            [("2026-04-20", "fra 11.00"), ("2026-04-21", "til 24.00")],
            id="several days, until midnight",
        ),
        pytest.param(
            apd.Schedule.during(apd.PartOfDay.NIGHT, datetime.date(2026, 3, 5)),
            [("2026-03-05", "fra 22.00 (vejledende)"), ("2026-03-06", "til 07.00 (vejledende)")],
            id="indicative",
        ),
        pytest.param(
            schedule("2026-03-29 01:00", "04:00"),
            [("2026-03-29", "01.00–04.00")],
            id="the day of 23 hours",
        ),
        pytest.param(
            schedule("2026-03-28 21:00", "2026-03-30 00:00"),
            [("2026-03-28", "fra 21.00"), ("2026-03-29", "til 24.00")],
            id="over the day of 23 hours",
        ),
        pytest.param(
            schedule("2026-10-24 23:00", "2026-10-26 00:00"),
            [("2026-10-24", "fra 23.00"), ("2026-10-25", "til 24.00")],
            id="over the day of 25 hours",
        ),
        pytest.param(
            apd.Schedule(SUMMER_HALF_PAST_TWO, SUMMER_HALF_PAST_TWO + datetime.timedelta(hours=1)),
            [("2026-10-25", "02.30 (sommertid)–02.30 (vintertid)")],
            id="the hour that comes twice",
        ),
    ],
)
def test_every_day_that_is_touched(when, expected) -> None:
    assert days(when) == expected


def test_the_same_in_english() -> None:
    several = schedule("2026-04-20 11:00", "2026-04-22 10:00")
    assert [when for _, when in days(several, "en")] == ["from 11:00", "all day", "until 10:00"]
    night = apd.Schedule.during(apd.PartOfDay.NIGHT, datetime.date(2026, 3, 5))
    assert [when for _, when in days(night, "en")] == [
        "from 22:00 (indicative)",
        "until 07:00 (indicative)",
    ]
    assert days(schedule("2026-03-05 22:00", "2026-03-06 00:00"), "en")[0][1] == "22:00–24:00"


def test_what_began_before_comes_first_on_a_day() -> None:
    stay = document(1, schedule("2026-04-20 11:00", "2026-04-22 10:00"))
    early = document(2, schedule("2026-04-21 07:00", "08:00"))
    day = overview(early, stay).days[1]
    assert [one.when for one in day.appointments] == ["hele dagen", "07.00–08.00"]
    assert [one.is_all_day for one in day.appointments] == [True, False]


def test_one_that_goes_on_for_ages_does_not_fill_the_memory() -> None:
    ages = schedule("2026-01-01 10:00", "9990-01-01 10:00")
    made = overview(document(1, ages))
    assert len(made.days) == MAX_SCHEDULE_DAYS + 1
    assert made.days[-1].date == datetime.date(9990, 1, 1)
    assert made.days[-1].appointments[0].when == "til 10.00"


@pytest.mark.parametrize(
    ("day", "name", "title"),
    [
        ("2026-12-31", "2026-W53", "Uge 53, 2026"),
        ("2027-01-03", "2026-W53", "Uge 53, 2026"),
        ("2027-01-04", "2027-W01", "Uge 1, 2027"),
        ("2024-12-30", "2025-W01", "Uge 1, 2025"),
        ("2026-03-05", "2026-W10", "Uge 10, 2026"),
    ],
)
def test_iso_weeks_around_new_year(day, name, title) -> None:
    (week,) = overview(document(1, schedule(f"{day} 10:00", "11:00"))).weeks
    assert (week.name, week.title) == (name, title)
    assert week.monday.weekday() == 0
    assert 0 <= (datetime.date.fromisoformat(day) - week.monday).days < 7


def test_a_week_over_new_year_is_one() -> None:
    stay = document(1, schedule("2026-12-30 15:00", "2027-01-05 09:30"))
    first, second = overview(stay, language="en").weeks
    assert (first.title, second.title) == ("Week 53, 2026", "Week 1, 2027")
    assert [str(day.date) for day in second.days] == ["2027-01-04", "2027-01-05"]
    assert first.days[0].title == "Wednesday 30 December 2026"


# --- series -----------------------------------------------------------------------------------

SERIES = apd.Repetition(samples.medcom_id(500))
SAME_IN_CAPITALS = apd.Repetition(apd.MedComId("ABCDEF00-0000-4000-8000-000000000001"))
SAME_IN_SMALL = apd.Repetition(apd.MedComId("abcdef00-0000-4000-8000-000000000001"))


def repeating(number: int, day: str, repetition: apd.Repetition) -> apd.AppointmentDocument:
    return document(number, schedule(f"{day} 09:00", "10:00"), repetition=repetition)


def test_a_series_is_folded_and_each_of_it_reachable() -> None:
    made = overview(
        repeating(1, "2026-03-06", SERIES),
        document(2, schedule("2026-03-07 09:00", "10:00")),
        repeating(3, "2026-03-08", SERIES),
        repeating(4, "2026-01-08", SERIES),
    )
    groups = made.groups()
    assert [len(group.appointments) for group in groups] == [3, 1]
    assert [group.is_series for group in groups] == [True, False]
    reached = {shown.key for group in groups for shown in group.appointments}
    assert reached == {shown.key for shown in made.appointments}
    upcoming = made.groups(ov.Phase.UPCOMING)
    assert [len(group.appointments) for group in upcoming] == [2, 1]
    assert upcoming[0].title == (
        "Kontrol af knæ: 2 aftaler i en serie, fra 6. marts 2026 til 8. marts 2026"
    )
    assert upcoming[1].title == "Kontrol af knæ"
    english = attrs.evolve(upcoming[0], language="en")
    assert english.title == (
        "Kontrol af knæ: 2 appointments in a series, from 6 March 2026 to 8 March 2026"
    )
    assert groups[0].first.start < groups[0].last.start


def test_repetitions_without_an_id_are_not_folded_together() -> None:
    nameless = apd.Repetition()
    made = overview(repeating(1, "2026-03-06", nameless), repeating(2, "2026-03-07", nameless))
    assert [len(group.appointments) for group in made.groups()] == [1, 1]
    assert all(shown.repeats for shown in made.appointments)


def test_an_id_in_other_letters_is_the_same_series() -> None:
    made = overview(
        repeating(1, "2026-03-06", SAME_IN_CAPITALS), repeating(2, "2026-03-07", SAME_IN_SMALL)
    )
    assert len(made.groups()) == 1


# --- laws -------------------------------------------------------------------------------------


@given(st.lists(apd_st.schedules(), max_size=6))
def test_the_days_together_show_exactly_the_appointments(schedules) -> None:
    made = overview(*(document(n, when) for n, when in enumerate(schedules)))
    shown_on_days = {one.appointment.key for day in made.days for one in day.appointments}
    assert shown_on_days == {shown.key for shown in made.appointments}
    assert len(made.appointments) == len(schedules)
    dates = [day.date for day in made.days]
    assert dates == sorted(set(dates))
    assert [day for week in made.weeks for day in week.days] == list(made.days)
    for week in made.weeks:
        assert {day.date.isocalendar()[:2] for day in week.days} == {(week.year, week.number)}


@given(apd_st.schedules())
def test_a_day_is_touched_if_and_only_if_a_moment_of_it_is(when) -> None:
    """Told from the moments, an hour at a time: every hour belongs to a day that is shown."""
    made = overview(document(1, when))
    touched = {day.date for day in made.days}
    end = when.end or when.start
    moment, hours = when.start, set()
    while moment < end and len(hours) < 24 * 400:
        hours.add(moment)
        moment = apd.model.time.danish_time(moment + datetime.timedelta(hours=1))
    assert {hour.date() for hour in hours} <= touched
    last = apd.model.time.danish_time(end - datetime.timedelta(seconds=1)).date()
    assert touched == {hour.date() for hour in hours} | {when.start.date()} | (
        {last} if when.end else set()
    )
    assert sum(one.begins is not None for day in made.days for one in day.appointments) == (
        not when.date_only
    )
    assert sum(one.ends is not None for day in made.days for one in day.appointments) == (
        when.end is not None and not when.date_only
    )
