"""The search for times has an end, also where a rule gives none or far too many."""

import datetime
import itertools
from functools import partial

import pytest

import apd
from apd.limits import MAX_OCCURRENCES, MAX_RULES
from apd.model.time import local_time
from apd.series import Pattern, Recurrence, Rule
from tests.scaling.counting import operations
from tests.series.making import clock

START = clock("2026-03-02 10:15")


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2,4,6,9,11;BYMONTHDAY=31",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20270101",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=1",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=6;BYYEARDAY=1",
        "FREQ=YEARLY;BYWEEKNO=20;BYYEARDAY=300,-1",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=5MO;BYSETPOS=2",
        "FREQ=WEEKLY;BYMONTH=5;BYSETPOS=8",
        "FREQ=MINUTELY;BYHOUR=3;BYSETPOS=2",
        "FREQ=SECONDLY;BYHOUR=3;BYSETPOS=-2",
    ],
)
def test_a_rule_that_never_gives_a_time_is_refused(text: str) -> None:
    with pytest.raises(apd.InvalidValue, match=r"Rule\.text gives no time"):
        Rule(text, START)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", ["2044-02-29", "2072-02-29"]),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=TU", ["2028-02-29", "2056-02-29"]),
        ("FREQ=DAILY;INTERVAL=5;BYMONTH=2;BYMONTHDAY=29", ["2032-02-29", "2052-02-29"]),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU", ["2027-01-03", "2033-01-02"]),
        ("FREQ=YEARLY;UNTIL=20200101", []),
    ],
)
def test_a_rule_that_seldom_gives_a_time_is_carried_out(text: str, days: list[str]) -> None:
    found = itertools.islice(Rule(text, START).times(), 2)
    assert [f"{time:%Y-%m-%d}" for time in found] == days


def test_no_more_times_are_given_than_anyone_needs() -> None:
    times = Rule("FREQ=SECONDLY", START).times()
    assert len(list(itertools.islice(times, MAX_OCCURRENCES))) == MAX_OCCURRENCES
    with pytest.raises(apd.InvalidValue, match=f"more than {MAX_OCCURRENCES} times"):
        next(times)


@pytest.mark.parametrize(
    "text", ["FREQ=SECONDLY", "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24)))]
)
def test_a_window_far_from_the_start_is_not_searched_for(text: str) -> None:
    far = Pattern(Recurrence.of(text, START))
    with pytest.raises(apd.InvalidValue, match="more than"):
        far.between(local_time(2090, 1, 1), local_time(2090, 1, 2))


def test_the_rules_of_a_recurrence_share_the_limit() -> None:
    hours = [datetime.time(hour) for hour in range(3, 24)]
    pattern = Pattern(Recurrence.of("FREQ=DAILY", START.date(), times=hours))
    assert len(pattern.between(local_time(2026, 3, 2), local_time(2027, 3, 2))) == 21 * 365
    with pytest.raises(apd.InvalidValue, match="more than"):
        pattern.until(local_time(2029, 1, 1))


def test_a_recurrence_has_so_many_rules() -> None:
    with pytest.raises(
        apd.InvalidValue, match=f"Recurrence\\.rules contains more than {MAX_RULES}"
    ):
        Recurrence.of("RRULE:FREQ=DAILY\n" * (MAX_RULES + 1), START)


def test_a_recurrence_has_so_many_characters() -> None:
    dates = ",".join(["20260302T101500"] * 5000)
    with pytest.raises(apd.InvalidValue, match="more than 65536 characters"):
        Recurrence.of(f"RDATE:{dates}", START)


def test_times_that_are_all_left_out_are_not_looked_for_beyond_the_window() -> None:
    """Each of them is in the hour that the clock skips."""
    rule = "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;BYHOUR=2;BYMINUTE=30"
    pattern = Pattern(Recurrence.of(rule, START), missing_hour="skip")
    window = partial(pattern.between, local_time(2026, 1, 1), local_time(2027, 1, 1))
    assert window() == ()
    assert operations(window) < 200_000
