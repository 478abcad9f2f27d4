"""The changes R5 to R10 of a series: what becomes of one appointment, and of all."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

import apd
from apd.series import Change, ChangeKind, Outcome, Pattern, Series, SeriesRuleError
from tests import samples
from tests.series.making import (
    ELSEWHERE,
    HALF_AN_HOUR,
    MONDAYS,
    OTHER_ID,
    OTHER_REASON,
    REPETITION_ID,
    SERIES_ID,
    first_id,
    half_an_hour_from,
    ids,
    only,
    recurrence,
    template,
    time_at,
    times,
    weekly,
)

# --- R5: one moves --------------------------------------------------------------------------

MOVES = {
    "to another day": (
        "2026-03-25 14:00", [MONDAYS[0], MONDAYS[1], "2026-03-25 14:00", MONDAYS[3]],
    ),
    "to before the others": (
        "2026-03-02 08:00", ["2026-03-02 08:00", MONDAYS[0], MONDAYS[1], MONDAYS[3]],
    ),
    "into summer time": (
        "2026-03-29 03:00", [MONDAYS[0], MONDAYS[1], "2026-03-29 03:00", MONDAYS[3]],
    ),
    "to the time of another": (MONDAYS[3], [MONDAYS[0], MONDAYS[1], MONDAYS[3], MONDAYS[3]]),
    "to a leap day": (
        "2028-02-29 23:45", [MONDAYS[0], MONDAYS[1], MONDAYS[3], "2028-02-29 23:45"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("to", "expected"), MOVES.values(), ids=MOVES)
def test_r5_one_moves(to: str, expected: list[str]) -> None:
    series = weekly()
    old = series.appointments[2]
    assert old.id is not None
    outcome = series.move(old.id, half_an_hour_from(to))
    assert times(outcome.series) == expected
    moved = evolve(old, schedule=half_an_hour_from(to))
    assert only(outcome) == Change(ChangeKind.CHANGED, "R5", old, moved)
    assert (moved.id, moved.repetition) == (old.id, old.repetition)
    assert outcome.begun is None
    assert times(series) == MONDAYS  # a series never changes


def test_r5_to_the_second_pass_of_an_hour() -> None:
    night = apd.Schedule(datetime.datetime(2026, 10, 25, 1, 30, tzinfo=datetime.UTC))
    series = weekly()
    moved = series.move(first_id(series), night).series
    assert f"{moved.appointments[-1].schedule.start}" == "2026-10-25 02:30:00+01:00"


def test_r5_to_where_it_is_changes_nothing() -> None:
    series = weekly()
    assert series.move(first_id(series), series.appointments[0].schedule) == Outcome(series)


# --- R6: one changes location ---------------------------------------------------------------


@pytest.mark.parametrize(
    "location",
    [
        ELSEWHERE,
        samples.location(id=None),
        apd.OtherLocation(name="Svømmehallen"),
        apd.HomeLocation(),
        None,
    ],
    ids=["SOR code", "no SOR code", "type 2", "type 3", "none"],
)
@pytest.mark.parametrize("edition", apd.Edition)
def test_at_another_place_it_leaves_the_series(location: Any, edition: apd.Edition) -> None:
    """1.0 demands that (R6), 2.0 allows it."""
    series = evolve(weekly(), edition=edition)
    old = series.appointments[1]
    assert old.id is not None
    outcome = series.change_location(old.id, location)
    assert times(outcome.series) == [MONDAYS[0], *MONDAYS[2:]]
    new = evolve(old, location=location, repetition=None)
    assert only(outcome) == Change(ChangeKind.LEFT_THE_SERIES, "R6", old, new)
    assert new.types == (1,)


@pytest.mark.parametrize(
    "changes",
    [
        {"telecom": apd.Telecom.phone("65998877")},
        {"name": "Indgang 9, 1. sal"},
        {"address": samples.address(lines=["Bøgevej 1"])},
    ],
    ids=["telephone", "entrance", "address"],
)
@pytest.mark.parametrize("edition", apd.Edition)
def test_at_the_same_place_it_stays_in_the_series(changes: Any, edition: apd.Edition) -> None:
    """The place of a SOR code is that place, whatever else is said of it."""
    series = evolve(weekly(), edition=edition)
    outcome = series.change_location(first_id(series), samples.location(**changes))
    assert only(outcome).kind is ChangeKind.CHANGED
    assert times(outcome.series) == MONDAYS
    assert outcome.series.appointments[0].repetition == apd.Repetition(REPETITION_ID)


def test_it_may_stay_in_the_series_at_another_place() -> None:
    series = weekly()
    outcome = series.change_location(first_id(series), ELSEWHERE, keep_repetition=True)
    old = series.appointments[0]
    kept = evolve(old, location=ELSEWHERE)
    assert only(outcome) == Change(ChangeKind.CHANGED, "R6", old, kept)
    assert outcome.series.appointments == (kept, *series.appointments[1:])
    assert kept.repetition == apd.Repetition(REPETITION_ID)
    moved = outcome.series.move_all(datetime.timedelta(hours=1)).series
    assert moved.appointments[0].location == ELSEWHERE
    with pytest.raises(SeriesRuleError, match=r"^R6: .*different location"):
        evolve(outcome.series, edition="1.0")


def test_the_same_location_changes_nothing() -> None:
    series = weekly()
    assert series.change_location(first_id(series), samples.location()) == Outcome(series)


# --- R7: one changes reason -----------------------------------------------------------------


@pytest.mark.parametrize(
    "reason",
    [OTHER_REASON, apd.Reason("Kontrol af knæ", apd.Code("91251008", apd.Oid.SNOMED_CT))],
    ids=["words", "code"],
)
@pytest.mark.parametrize("edition", apd.Edition)
def test_for_another_reason_the_repetition_ends(reason: apd.Reason, edition: apd.Edition) -> None:
    """1.0 demands that (R7), 2.0 allows it."""
    series = evolve(weekly(), edition=edition)
    old = series.appointments[3]
    assert old.id is not None
    outcome = series.change_reason(old.id, reason)
    assert times(outcome.series) == MONDAYS[:3]
    new = evolve(old, reason=reason, repetition=None)
    assert only(outcome) == Change(ChangeKind.ENDED, "R7", old, new)
    assert outcome.begun is None


def test_it_may_stay_in_the_series_for_another_reason() -> None:
    series = weekly()
    outcome = series.change_reason(first_id(series), OTHER_REASON, keep_repetition=True)
    old = series.appointments[0]
    kept = evolve(old, reason=OTHER_REASON)
    assert only(outcome) == Change(ChangeKind.CHANGED, "R7", old, kept)
    assert outcome.series.appointments == (kept, *series.appointments[1:])
    assert outcome.begun is None
    with pytest.raises(SeriesRuleError, match=r"^R7: .*different reason"):
        evolve(outcome.series, edition="1.0")
    with pytest.raises(apd.InvalidValue, match="together with keep_repetition"):
        series.change_reason(
            first_id(series), OTHER_REASON, keep_repetition=True, new_repetition_id=OTHER_ID
        )


def test_the_same_words_written_otherwise_are_no_other_reason() -> None:
    series = weekly()
    outcome = series.change_reason(first_id(series), apd.Reason("KONTROL  af knæ"))
    assert only(outcome).kind is ChangeKind.CHANGED
    assert times(outcome.series) == MONDAYS


@pytest.mark.parametrize("edition", apd.Edition)
def test_another_reason_may_begin_a_series(edition: apd.Edition) -> None:
    series = evolve(weekly(), edition=edition)
    old = series.appointments[3]
    assert old.id is not None
    outcome = series.change_reason(old.id, OTHER_REASON, new_repetition_id=OTHER_ID)
    new = evolve(old, reason=OTHER_REASON, repetition=apd.Repetition(OTHER_ID))
    assert only(outcome) == Change(ChangeKind.ENDED, "R7", old, new)
    begun = outcome.begun
    assert begun is not None
    assert begun.appointments == (new,)
    assert (begun.repetition_id, begun.patient) == (OTHER_ID, series.patient)
    assert begun.edition is edition
    assert begun.id != series.id
    more = begun.add(template(id=samples.medcom_id(9), reason=OTHER_REASON, repetition=None))
    assert len(more.series.appointments) == 2
    again = series.change_reason(old.id, OTHER_REASON, new_repetition_id=OTHER_ID)
    assert again == outcome


def test_the_same_reason_changes_nothing() -> None:
    series = weekly()
    assert series.change_reason(first_id(series), apd.Reason("Kontrol af knæ")) == Outcome(series)


# --- R8: all move ---------------------------------------------------------------------------

ALL_MOVE = {
    "an hour later": (
        datetime.timedelta(hours=1),
        ["2026-03-09 11:15", "2026-03-16 11:15", "2026-03-23 11:15", "2026-03-30 11:15"],
    ),
    "to Sundays": (
        datetime.timedelta(days=-1),
        ["2026-03-08 10:15", "2026-03-15 10:15", "2026-03-22 10:15", "2026-03-29 10:15"],
    ),
    "to 23:50 the day before": (
        -datetime.timedelta(hours=10, minutes=25),
        ["2026-03-08 23:50", "2026-03-15 23:50", "2026-03-22 23:50", "2026-03-29 23:50"],
    ),
}


@pytest.mark.parametrize("new_id", [None, OTHER_ID], ids=["same id", "new id"])
@pytest.mark.parametrize(("by", "expected"), ALL_MOVE.values(), ids=ALL_MOVE)
def test_r8_all_move(by: datetime.timedelta, expected: list[str], new_id: Any) -> None:
    series = weekly()
    outcome = series.move_all(by, repetition_id=new_id)
    assert times(outcome.series) == expected
    assert ids(outcome.series) == ids(series)
    assert outcome.series.repetition_id == (new_id or REPETITION_ID)
    assert [change.kind for change in outcome.changes] == [ChangeKind.CHANGED] * 4
    assert {change.rule for change in outcome.changes} == {"R8"}
    assert tuple(change.old for change in outcome.changes) == series.appointments
    assert tuple(change.new for change in outcome.changes) == outcome.series.appointments


def test_r8_and_those_to_come() -> None:
    """What is made later has moved as well, and what is there is not made again."""
    moved = weekly().move_all(datetime.timedelta(days=1), repetition_id=OTHER_ID).series
    outcome = moved.extend(time_at("2026-03-01 00:00"), time_at("2026-04-15 00:00"))
    made = [change.new for change in outcome.changes if change.new is not None]
    assert [f"{one.schedule.start:%m-%d %H:%M}" for one in made] == [
        "03-03 10:15", "04-07 10:15", "04-14 10:15",
    ]  # fmt: skip
    assert {one.repetition for one in made} == {apd.Repetition(OTHER_ID)}


def test_r8_one_that_had_moved_moves_with_them() -> None:
    series = weekly()
    moved = series.move(first_id(series), half_an_hour_from("2026-03-11 14:00")).series
    later = moved.move_all(datetime.timedelta(hours=1)).series
    assert times(later)[0] == "2026-03-11 15:00"


def test_r8_to_times_of_their_own() -> None:
    series = weekly()
    new = {id: half_an_hour_from(f"2026-05-0{day} 09:00") for day, id in enumerate(ids(series), 1)}
    outcome = series.move_all(new)
    assert times(outcome.series) == [f"2026-05-0{day} 09:00" for day in (1, 2, 3, 4)]
    assert ids(outcome.series) == ids(series)
    assert outcome.series.pattern is None  # it does not say these times


@pytest.mark.parametrize(
    ("end", "expected"),
    [(datetime.timedelta(hours=9), "08:00"), (datetime.time(7), "07:00")],
    ids=["time that passes", "a time on the clock"],
)
def test_r8_into_the_night_of_the_change(end: Any, expected: str) -> None:
    """An end is what the pattern says it is, in the night that all moved to as well."""
    once = recurrence("FREQ=WEEKLY;COUNT=1", "2026-03-27 22:00")
    series = Series(id=SERIES_ID, template=template(), pattern=Pattern(once, end))
    series = series.extend(time_at("2026-03-27 00:00"), time_at("2026-04-01 00:00")).series
    moved = series.move_all(datetime.timedelta(days=1)).series
    schedule = moved.appointments[0].schedule
    assert schedule.start == time_at("2026-03-28 22:00")
    assert schedule.end == time_at(f"2026-03-29 {expected}")


@pytest.mark.parametrize("missing_hour", ["refuse", "skip"])
def test_r8_none_is_dropped_where_the_clock_skips_an_hour(missing_hour: Any) -> None:
    daily = Pattern(recurrence("FREQ=DAILY", "2026-03-28 01:30"), missing_hour=missing_hour)
    series = Series(id=SERIES_ID, template=template(), pattern=daily)
    series = series.extend(time_at("2026-03-28 00:00"), time_at("2026-03-31 00:00")).series
    with pytest.raises(apd.InvalidValue, match="start on 2026-03-29 at 02:30 does not exist"):
        series.move_all(datetime.timedelta(hours=1))
    shifting = evolve(series, pattern=evolve(daily, missing_hour="shift"))
    moved = shifting.move_all(datetime.timedelta(hours=1)).series
    assert times(moved) == ["2026-03-28 02:30", "2026-03-29 03:30", "2026-03-30 02:30"]


def test_r8_by_nothing_changes_nothing() -> None:
    series = weekly()
    assert series.move_all(datetime.timedelta(0)) == Outcome(series)
    same = {id: one.schedule for id, one in zip(ids(series), series.appointments, strict=True)}
    assert series.move_all(same).changes == ()
    second_pass = apd.Schedule(datetime.datetime(2026, 10, 25, 1, 30, tzinfo=datetime.UTC))
    moved = series.move(first_id(series), second_pass).series
    assert moved.move_all(datetime.timedelta(0)) == Outcome(moved)


def test_r8_what_has_begun_stays() -> None:
    """A history is not moved: the series ahead is, and does not make again what has been."""
    series = weekly().ahead(time_at("2026-03-16 10:15"))
    assert times(series) == MONDAYS[2:]
    moved = series.move_all(datetime.timedelta(days=1)).series
    outcome = moved.extend(time_at("2026-03-09 00:00"), time_at("2026-04-08 00:00"))
    assert times(outcome.series) == ["2026-03-24 10:15", "2026-03-31 10:15", "2026-04-07 10:15"]


def test_r8_by_what_is_no_time() -> None:
    to: Any = 60
    with pytest.raises(apd.InvalidValue, match=r"^to must be .*, not int"):
        weekly().move_all(to)
    with pytest.raises(apd.InvalidValue, match="to is out of range"):
        weekly().move_all(datetime.timedelta.max)


# --- R9: one is cancelled -------------------------------------------------------------------


def test_r9_it_is_taken_out_of_display_as_it_stands() -> None:
    series = weekly()
    old = series.appointments[0]
    outcome = series.cancel(first_id(series))
    assert only(outcome) == Change(ChangeKind.CANCELLED, "R9", old, None)
    assert old.repetition == apd.Repetition(REPETITION_ID)
    assert times(outcome.series) == MONDAYS[1:]


GONE: dict[str, Callable[[Series, apd.MedComId], Outcome]] = {
    "cancelled": lambda series, id: series.cancel(id),
    "left": lambda series, id: series.change_location(id, ELSEWHERE),
    "ended": lambda series, id: series.change_reason(id, OTHER_REASON),
}


@pytest.mark.parametrize("go", GONE.values(), ids=GONE)
def test_what_is_gone_is_not_made_again(go: Callable[[Series, apd.MedComId], Outcome]) -> None:
    series = go(weekly(), first_id(weekly())).series
    window = time_at("2026-03-09 00:00"), time_at("2026-04-01 00:00")
    assert series.extend(*window) == Outcome(series)


@pytest.mark.parametrize("go", GONE.values(), ids=GONE)
@pytest.mark.parametrize("then", GONE.values(), ids=GONE)
def test_what_is_gone_does_not_change(go: Any, then: Any) -> None:
    series = go(weekly(), first_id(weekly())).series
    with pytest.raises(apd.InvalidValue, match="id is no longer in the series"):
        then(series, first_id(weekly()))


@pytest.mark.parametrize("go", GONE.values(), ids=GONE)
def test_what_was_never_there_does_not_change(go: Any) -> None:
    with pytest.raises(apd.InvalidValue, match="id is not in the series"):
        go(weekly(), OTHER_ID)
    with pytest.raises(apd.InvalidValue, match=r"id must be .*, not str"):
        go(weekly(), OTHER_ID.value)


def test_an_id_may_be_written_in_capitals() -> None:
    series = weekly()
    assert times(series.cancel(apd.MedComId(first_id(series).value.upper())).series) == MONDAYS[1:]


# --- R10: more of them ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "repetition", [apd.Repetition(REPETITION_ID), apd.Repetition(), None], ids=["id", "no id", "no"]
)
def test_r10_more_take_the_repetition_id(repetition: apd.Repetition | None) -> None:
    more = template(
        id=OTHER_ID, repetition=repetition, schedule=half_an_hour_from("2026-03-12 09:00")
    )
    outcome = weekly().add(more)
    added = evolve(more, repetition=apd.Repetition(REPETITION_ID))
    assert only(outcome) == Change(ChangeKind.ADDED, "R10", None, added)
    assert times(outcome.series) == [MONDAYS[0], "2026-03-12 09:00", *MONDAYS[1:]]


def test_r10_one_that_left_may_come_back() -> None:
    series = weekly()
    left = series.change_location(first_id(series), ELSEWHERE)
    back = only(left).new
    assert back is not None
    returned = left.series.add(evolve(back, location=samples.location())).series
    assert returned == series


HORIZONS = {
    "six months from the last of August": ("2026-08-31 00:00", "2027-03-01 00:00", 26),
    "over both changes of the clock": ("2026-03-01 00:00", "2026-11-01 00:00", 35),
    "over week 53": ("2026-12-21 00:00", "2027-01-11 00:00", 3),
    "over a leap day": ("2028-02-28 00:00", "2028-03-07 00:00", 2),
}


@pytest.mark.parametrize(("first", "last", "count"), HORIZONS.values(), ids=HORIZONS)
def test_r10_further_along_the_pattern(first: str, last: str, count: int) -> None:
    empty = Series(
        id=SERIES_ID, template=template(), pattern=Pattern(recurrence("FREQ=WEEKLY"), HALF_AN_HOUR)
    )
    outcome = empty.extend(time_at(first), time_at(last))
    assert len(outcome.changes) == count
    assert {change.kind for change in outcome.changes} == {ChangeKind.ADDED}
    assert {f"{one.schedule.start:%a %H:%M}" for one in outcome.series.appointments} == {
        "Mon 10:15"
    }


def test_r10_no_pattern() -> None:
    series = Series(id=SERIES_ID, template=template())
    with pytest.raises(apd.InvalidValue, match="pattern is missing"):
        series.extend(time_at("2026-03-01 00:00"), time_at("2026-04-01 00:00"))


# --- what became of it, as a value and in words -----------------------------------------------


def test_kinds_of_change() -> None:
    assert [kind.value for kind in ChangeKind] == [
        kind.name.lower().replace("_", " ") for kind in ChangeKind
    ]
    for kind in ChangeKind:
        assert kind.display() == kind.display("da") != kind.display("en")
