"""Laws that hold for every pattern and every series."""

import datetime

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import apd
from apd.model.time import exists
from apd.series import (
    ChangeKind,
    MissingHour,
    Outcome,
    Pattern,
    Recurrence,
    Rule,
    Series,
    SeriesRuleError,
)
from apd.series.timing import clock_of
from apd.testing import strategies as apd_st
from tests.series.making import SERIES_ID

DAY = datetime.timedelta(days=1)
SERIES_MEDCOM_ID = apd.MedComId(SERIES_ID)
WINDOWS = st.lists(st.integers(-5, 250), min_size=3, max_size=3).map(sorted)


def cuts(pattern: Pattern, days: list[int]) -> list[datetime.datetime]:
    """Midnights, so many days after the first day of a pattern."""
    first = min(rule.start for rule in pattern.recurrence.rules) + pattern.moved_by
    midnights = [first + day * DAY for day in days]
    return [apd.local_time(night.year, night.month, night.day) for night in midnights]


# --- patterns -------------------------------------------------------------------------------


@given(apd_st.patterns(), WINDOWS)
def test_two_windows_give_what_one_that_spans_both_gives(pattern: Pattern, days: list[int]) -> None:
    start, middle, end = cuts(pattern, days)
    assert pattern.between(start, end) == (
        *pattern.between(start, middle),
        *pattern.between(middle, end),
    )


@given(apd_st.patterns(), WINDOWS)
def test_ids_are_the_same_in_every_window(pattern: Pattern, days: list[int]) -> None:
    start, middle, end = cuts(pattern, days)
    wide = {one.id(SERIES_ID): one for one in pattern.between(start, end)}
    assert len(wide) == len(pattern.between(start, end))
    for one in pattern.between(middle, end):
        assert wide[one.id(SERIES_ID)] == one


@given(apd_st.patterns(), WINDOWS)
def test_the_clock_shows_the_same_in_summer_and_winter(pattern: Pattern, days: list[int]) -> None:
    start, _, end = cuts(pattern, days)
    for one in pattern.between(start, end):
        asked_for = one.original + pattern.moved_by
        shown = clock_of(one.schedule.start)
        if exists(asked_for):
            assert shown == asked_for
        else:
            assert pattern.missing_hour is MissingHour.SHIFT
            assert shown == asked_for + datetime.timedelta(hours=1)
        assert start <= one.schedule.start < end


@given(apd_st.patterns(), WINDOWS)
def test_the_order_is_that_of_time(pattern: Pattern, days: list[int]) -> None:
    start, _, end = cuts(pattern, days)
    found = [one.schedule.start for one in pattern.between(start, end)]
    assert found == sorted(found)


@given(apd_st.patterns(), WINDOWS)
def test_all_of_a_pattern_end_the_same_way(pattern: Pattern, days: list[int]) -> None:
    start, _, end = cuts(pattern, days)
    for one in pattern.between(start, end):
        if one.schedule.end is None:
            assert pattern.end is None
        elif isinstance(pattern.end, datetime.timedelta):
            assert one.schedule.end - one.schedule.start == pattern.end
        else:
            assert pattern.end is not None
            begins = one.original + pattern.moved_by
            asked_for = pattern.end.after(begins)
            shown = clock_of(one.schedule.end)
            assert shown == asked_for or not exists(asked_for)


@given(apd_st.patterns(), st.sampled_from([-1, 1, 7]), WINDOWS)
def test_a_pattern_moved_by_days_gives_the_same_ids_those_days_later(
    pattern: Pattern, days_later: int, days: list[int]
) -> None:
    here = evolve(pattern, missing_hour=MissingHour.SHIFT)  # to skip is for one day alone
    there = evolve(here, moved_by=here.moved_by + days_later * DAY)
    start, _, end = cuts(here, days)
    later_start, _, later_end = cuts(there, days)
    assert {one.id(SERIES_ID) for one in here.between(start, end)} == {
        one.id(SERIES_ID) for one in there.between(later_start, later_end)
    }


@given(apd_st.patterns())
def test_the_text_of_a_rule_states_all_of_it(pattern: Pattern) -> None:
    rules = pattern.recurrence.rules
    assert tuple(Rule(rule.text, rule.start) for rule in rules) == rules
    lines = [f"DTSTART:{rules[0].start:%Y%m%dT%H%M%S}", f"RRULE:{rules[0].text}"]
    assert Recurrence.of("\n".join(lines)).rules == rules[:1]


# --- series ---------------------------------------------------------------------------------


def some_id(series: Series, place: int) -> apd.MedComId:
    assume(series.appointments)
    id = series.appointments[place % len(series.appointments)].id
    assert isinstance(id, apd.MedComId)
    return id


def assert_whole(before: Series, outcome: Outcome) -> None:
    """What holds after every change."""
    after = outcome.series
    ids = [one.id for one in after.appointments]
    assert len(set(ids)) == len(ids)
    assert not set(ids) & after.closed
    assert after.id == before.id
    assert after.patient == before.patient
    standing = [*after.appointments, *(outcome.begun.appointments if outcome.begun else ())]
    assert {one.patient.id for one in standing} <= {before.patient.id}
    assert {one.repetition for one in after.appointments} <= {after.template.repetition}
    for change in outcome.changes:
        assert change.old is not None or change.new is not None
        if change.old is not None:
            assert change.old in before.appointments
            assert change.new is None or change.new.id == change.old.id
    reported = {change.old for change in outcome.changes} | {
        change.new for change in outcome.changes
    }
    assert set(before.appointments) ^ set(after.appointments) <= reported


PLACES = st.integers(0, 99)


@given(apd_st.series(), PLACES, apd_st.schedules())
def test_moved_there_and_back(series: Series, place: int, schedule: apd.Schedule) -> None:
    id = some_id(series, place)
    there = series.move(id, schedule)
    assert_whole(series, there)
    (home,) = (one.schedule for one in series.appointments if one.id == id)
    back = there.series.move(id, home)
    assert_whole(there.series, back)
    assert back.series == series


@given(apd_st.series(), st.sampled_from([-7, -1, 1, 2]), st.none() | apd_st.medcom_ids())
def test_all_moved_there_and_back(
    series: Series, days: int, repetition_id: apd.MedComId | None
) -> None:
    assume(series.pattern is not None)
    assume(_has_no_night_of_change(series, days))
    there = series.move_all(days * DAY, repetition_id=repetition_id)
    assert_whole(series, there)
    back = there.series.move_all(-days * DAY)
    assert_whole(there.series, back)
    assert evolve(back.series, template=series.template, appointments=()) == evolve(
        series, appointments=()
    )
    assert [one.schedule for one in back.series.appointments] == [
        one.schedule for one in series.appointments
    ]


def _has_no_night_of_change(series: Series, days: int) -> bool:
    """Neither here nor there is a start or end in the hour that is skipped or comes twice."""
    ends = [one.schedule.end for one in series.appointments]
    times = [one.schedule.start for one in series.appointments] + [end for end in ends if end]
    return all(not 1 < clock.hour < 4 for time in times for clock in (clock_of(time) + days * DAY,))


@given(apd_st.series(), WINDOWS)
def test_extended_in_any_steps(series: Series, days: list[int]) -> None:
    assert series.pattern is not None
    start, middle, end = cuts(series.pattern, [day // 5 for day in days])
    at_once = series.extend(start, end)
    assert_whole(series, at_once)
    assert series.extend(middle, end).series.extend(start, end).series == at_once.series
    assert at_once.series.extend(start, end) == Outcome(at_once.series)
    assert {change.kind for change in at_once.changes} <= {ChangeKind.ADDED}


@given(apd_st.series(), PLACES, st.integers(0, 60))
def test_what_is_cancelled_stays_so(series: Series, place: int, days: int) -> None:
    id = some_id(series, place)
    outcome = series.cancel(id)
    assert_whole(series, outcome)
    assert series.pattern is not None
    start, end = cuts(series.pattern, [-5, days])
    assert id not in [one.id for one in outcome.series.extend(start, end).series.appointments]


@given(apd_st.series(), PLACES, apd_st.locations())
def test_another_location(series: Series, place: int, location: apd.SorLocation) -> None:
    id = some_id(series, place)
    outcome = series.change_location(id, location)
    assert_whole(series, outcome)
    for change in outcome.changes:
        if change.kind is ChangeKind.LEFT_THE_SERIES:
            assert change.new is not None
            assert change.new.repetition is None
            assert id not in [one.id for one in outcome.series.appointments]


@given(apd_st.series(), PLACES, apd_st.reasons(), apd_st.medcom_ids())
def test_another_reason(
    series: Series, place: int, reason: apd.Reason, repetition_id: apd.MedComId
) -> None:
    id = some_id(series, place)
    assume(reason != series.template.reason)
    outcome = series.change_reason(id, reason, new_repetition_id=repetition_id)
    assert_whole(series, outcome)
    assert outcome.begun is not None
    assert [one.id for one in outcome.begun.appointments] == [id]
    assert len(outcome.series.appointments) == len(series.appointments) - 1


@given(apd_st.series(), PLACES, apd_st.locations(), apd_st.reasons(), st.booleans())
def test_what_1_0_allows_2_0_allows_likewise(
    series: Series,
    place: int,
    location: apd.SorLocation,
    reason: apd.Reason,
    keeps: bool,
) -> None:
    id = some_id(series, place)
    older = evolve(series, edition="1.0")
    for change in (
        lambda one: one.change_location(id, location, keep_repetition=keeps),
        lambda one: one.change_reason(id, reason, keep_repetition=keeps),
        lambda one: one.add(evolve(one.template, id=SERIES_MEDCOM_ID, location=location)),
    ):
        newer = change(series)
        assert_whole(series, newer)
        try:
            outcome = change(older)
        except SeriesRuleError as error:
            assert error.rule in ("R6", "R7")
        else:
            assert outcome.changes == newer.changes
            assert evolve(outcome.series, edition="2.0") == newer.series


@given(apd_st.series(), apd_st.medcom_ids(), apd_st.schedules())
def test_one_more(series: Series, id: apd.MedComId, schedule: apd.Schedule) -> None:
    more = evolve(series.template, id=id, schedule=schedule)
    outcome = series.add(more)
    assert_whole(series, outcome)
    assert len(outcome.series.appointments) == len(series.appointments) + 1
    assert outcome.series.cancel(id).series.appointments == series.appointments


@given(apd_st.series())
def test_its_appointments_can_be_written_and_show_nobody(series: Series) -> None:
    assert str(series.patient.id.value) not in f"{series!r} {series}"
    for number, one in enumerate(series.appointments[:2]):
        document = apd.AppointmentDocument(
            id=apd.MedComId(f"00000000-0000-4000-8000-00000000000{number}"),
            time=one.schedule.start,
            appointment=one,
            custodian=apd.Custodian(id=apd.SorCode("9990051000016001"), name="Region Vestfjord"),
        )
        assert apd.loads(apd.dumps(document)).appointment == one
