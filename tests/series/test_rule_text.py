"""A rule is held against RFC 5545 before it calls anyone in."""

import calendar
import datetime
from typing import Any

import pytest
from dateutil.rrule import DAILY, MO, MONTHLY, WEEKLY, rrule, rruleset

import apd
from apd.series import Recurrence, Rule
from tests.series.making import clock, recurrence

START = clock("2026-03-02 10:15")


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO;WKST=MO"),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=MO;WKST=MO"),
        ("freq=weekly; byday=mo,th; wkst=su", "FREQ=WEEKLY;BYDAY=MO,TH;WKST=SU"),
        ("FREQ=DAILY;UNTIL=20260401", "FREQ=DAILY;UNTIL=20260401T235959;WKST=MO"),
        ("FREQ=DAILY;UNTIL=20260401T080000", "FREQ=DAILY;UNTIL=20260401T080000;WKST=MO"),
        ("FREQ=DAILY;UNTIL=20260301T080000Z", "FREQ=DAILY;UNTIL=20260301T090000;WKST=MO"),
        ("FREQ=DAILY;UNTIL=20260401T080000Z", "FREQ=DAILY;UNTIL=20260401T100000;WKST=MO"),
        # 00:30 in UTC is the first half past two on that night, 01:30 in UTC the second
        ("FREQ=DAILY;UNTIL=20261025T003000Z", "FREQ=DAILY;UNTIL=20261025T023000;WKST=MO"),
        ("FREQ=DAILY;UNTIL=20261025T013000Z", "FREQ=DAILY;UNTIL=20261025T025959;WKST=MO"),
    ],
)
def test_equal_rules_are_equal(given: str, text: str) -> None:
    assert Rule(given, START).text == text
    assert Rule(given, START) == Rule(text, START)


# RFC 5545, 3.3.10, the table of what each part does with each frequency ("N/A" is refused)
NOT_APPLICABLE = {
    "BYWEEKNO=20": {"MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"},
    "BYYEARDAY=100": {"MONTHLY", "WEEKLY", "DAILY"},
    "BYMONTHDAY=3": {"WEEKLY"},
    "BYMONTH=3": set(),
    "BYDAY=MO": set(),
    "BYDAY=1MO": {"WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"},
    "BYDAY=TU,1MO": {"WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"},
    "BYHOUR=10": set(),
    "BYMINUTE=10": set(),
    "BYSECOND=10": set(),
}


@pytest.mark.parametrize("part", NOT_APPLICABLE)
@pytest.mark.parametrize(
    "frequency", ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"]
)
def test_what_goes_with_a_frequency(frequency: str, part: str) -> None:
    text = f"FREQ={frequency};{part};COUNT=1"
    if frequency in NOT_APPLICABLE[part]:
        with pytest.raises(apd.InvalidValue, match=f"an invalid {part.split('=')[0]}"):
            Rule(text, START)
    else:
        assert Rule(text, START).text == f"{text};WKST=MO"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=TU,1MO", ("FREQ=MONTHLY;BYDAY=TU", "FREQ=MONTHLY;BYDAY=1MO")),
        ("FREQ=MONTHLY;BYDAY=MO,-1MO", ("FREQ=MONTHLY;BYDAY=MO",)),
        ("FREQ=MONTHLY;BYDAY=2WE", ("FREQ=MONTHLY;BYDAY=2WE",)),
        ("FREQ=YEARLY;BYDAY=20MO,TU", ("FREQ=YEARLY;BYDAY=TU", "FREQ=YEARLY;BYDAY=20MO")),
        (
            "FREQ=YEARLY;BYMONTH=3,8;BYDAY=1MO,FR",
            ("FREQ=YEARLY;BYMONTH=3,8;BYDAY=FR", "FREQ=YEARLY;BYMONTH=3,8;BYDAY=1MO"),
        ),
    ],
)
def test_weekdays_with_an_ordinal_and_without_are_a_choice(
    days: str, expected: tuple[str, ...]
) -> None:
    last = clock("2032-12-31 23:59")
    chosen = {time for rule in expected for time in Rule(rule, START).times(last=last)}
    assert list(Rule(days, START).times(last=last)) == sorted(chosen)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "an unknown part"),
        ("every monday", "an unknown part"),
        ("FREQ=DAILY;", "an unknown part"),
        ("FREQ=DAILY;COLOR=RED", "an unknown part"),
        ("FREQ=YEARLY;BYEASTER=366", "an unknown part"),
        ("FREQ=DAILY;BYHOUR=" + ",".join(["1"] * 2048), "more than 4096 characters"),
        ("FREQ=DAILY;FREQ=WEEKLY", "same part twice"),
        ("INTERVAL=2", "no FREQ"),
        ("FREQ=FORTNIGHTLY", "an invalid FREQ"),
        ("BYMONTH=2;FREQ=OFTEN", "an invalid FREQ"),
        ("FREQ=DAILY,WEEKLY", "an invalid FREQ"),
        ("FREQ=DAILY;INTERVAL=0", "an invalid INTERVAL"),
        ("FREQ=DAILY;INTERVAL=-1", "an invalid INTERVAL"),
        ("FREQ=DAILY;COUNT=0", "an invalid COUNT"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20260401", "both COUNT and UNTIL"),
        ("FREQ=DAILY;UNTIL=april", "an invalid UNTIL"),
        ("FREQ=DAILY;UNTIL=20260230", "an UNTIL that is not a date"),
        ("FREQ=DAILY;UNTIL=20260401T250000Z", "an UNTIL that is not a date"),
        ("FREQ=WEEKLY;WKST=1", "an invalid WKST"),
        ("FREQ=WEEKLY;BYDAY=", "an invalid BYDAY"),
        ("FREQ=WEEKLY;BYDAY=XX", "an invalid BYDAY"),
        ("FREQ=WEEKLY;BYDAY=1MO", "an invalid BYDAY"),
        ("FREQ=DAILY;BYDAY=-1FR", "an invalid BYDAY"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "an invalid BYDAY"),
        ("FREQ=MONTHLY;BYDAY=0MO", "an invalid BYDAY"),
        ("FREQ=DAILY;BYMONTH=13", "an invalid BYMONTH"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "an invalid BYMONTHDAY"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "an invalid BYMONTHDAY"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "an invalid BYMONTHDAY"),
        ("FREQ=DAILY;BYYEARDAY=100", "an invalid BYYEARDAY"),
        ("FREQ=MONTHLY;BYWEEKNO=20", "an invalid BYWEEKNO"),
        ("FREQ=YEARLY;BYWEEKNO=54", "an invalid BYWEEKNO"),
        ("FREQ=DAILY;BYHOUR=24", "an invalid BYHOUR"),
        ("FREQ=DAILY;BYMINUTE=60", "an invalid BYMINUTE"),
        ("FREQ=DAILY;BYSECOND=60", "an invalid BYSECOND"),
        ("FREQ=MONTHLY;BYSETPOS=0;BYDAY=MO", "an invalid BYSETPOS"),
        ("FREQ=MONTHLY;BYSETPOS=1", "a BYSETPOS alone"),
        ("FREQ=HOURLY;INTERVAL=2;BYHOUR=1", "cannot be carried out"),
    ],
)
def test_no_rule(text: str, problem: str) -> None:
    with pytest.raises(apd.InvalidValue, match=problem) as caught:
        Rule(text, START)
    assert caught.value.field == "Rule.text"
    assert caught.value.expected


LINES = """DTSTART;TZID=Europe/Copenhagen:20260302T101500
RRULE:FREQ=WEEKLY;BYDAY=MO,
 TH
EXDATE;TZID="Europe/Copenhagen":20260309T101500
EXDATE;VALUE=DATE:20260402
EXDATE:20260406T081500Z
RDATE;VALUE=DATE-TIME:20260311T120000,20260401T100000Z
EXRULE:FREQ=MONTHLY;BYMONTHDAY=16
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_lines_of_icalendar(line_end: str) -> None:
    assert Recurrence.of(LINES.replace("\n", line_end)) == Recurrence(
        rules=[Rule("FREQ=WEEKLY;BYDAY=MO,TH", START)],
        extra=[clock("2026-03-11 12:00"), clock("2026-04-01 12:00")],
        exceptions=[
            datetime.date(2026, 4, 2), clock("2026-03-09 10:15"), clock("2026-04-06 10:15"),
        ],
        excluding=[Rule("FREQ=MONTHLY;BYMONTHDAY=16", START)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("BEGIN:VEVENT", "a line of another kind"),
        ("DTSTART:20260302T101500Z\nRRULE:FREQ=DAILY", "starts at a time in UTC"),
        ("DTSTART;TZID=Europe/London:20260302T101500\nRRULE:FREQ=DAILY", "not understood"),
        ("RDATE;VALUE=PERIOD:20260302T101500/PT1H", "not understood"),
        ("DTSTART:20260302T101500,20260303T101500\nFREQ=DAILY", "has more than one DTSTART"),
        ("DTSTART:2026-03-02\nRRULE:FREQ=DAILY", "a date that cannot be read"),
        ("DTSTART:20260230T101500\nRRULE:FREQ=DAILY", "a date that cannot be read"),
        ("DTSTART:20260302T101500", "is empty"),
        ("", "is empty"),
        ("RDATE:20260302", "not date"),
        ("RDATE:20261025T013000Z", "second occurrence"),
        ("DTSTART:18000302T101500\nRRULE:FREQ=DAILY", "out of range"),
    ],
)
def test_no_lines_of_icalendar(text: str, problem: str) -> None:
    with pytest.raises(apd.InvalidValue, match=problem):
        Recurrence.of(text)


def test_a_rule_of_dateutil() -> None:
    rule = rrule(WEEKLY, dtstart=START, byweekday=[MO], interval=2, until=clock("2026-05-01 00:00"))
    assert Recurrence.of(rule) == recurrence(
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260501T000000;BYDAY=MO"
    )


def test_a_set_of_dateutil() -> None:
    made = rruleset()
    made.rrule(rrule(WEEKLY, dtstart=START, count=5))
    made.rrule(rrule(MONTHLY, dtstart=clock("2026-03-31 09:00")))
    made.exrule(rrule(DAILY, dtstart=START, count=2))
    made.rdate(clock("2026-03-20 12:00"))
    made.exdate(clock("2026-03-16 10:15"))
    assert Recurrence.of(made) == Recurrence(
        rules=[
            Rule("FREQ=WEEKLY;COUNT=5", START),
            Rule("FREQ=MONTHLY", clock("2026-03-31 09:00")),
        ],
        extra=[clock("2026-03-20 12:00")],
        exceptions=[clock("2026-03-16 10:15")],
        excluding=[Rule("FREQ=DAILY;COUNT=2", START)],
    )


def test_it_gives_what_dateutil_gives() -> None:
    made = rruleset()
    made.rrule(rrule(MONTHLY, dtstart=START, byweekday=[MO(1), MO(-1)], byhour=[8, 14]))
    made.rdate(clock("2026-03-20 12:00"))
    made.exdate(clock("2026-03-30 14:15"))
    year = clock("2026-01-01 00:00"), clock("2027-01-01 00:00")
    given = Recurrence.of(made).between(*year)
    assert given == made.between(*year, inc=True)
    assert len(given) == 39


def test_a_set_of_dateutil_may_change_afterwards() -> None:
    made = rruleset()
    made.rrule(rrule(DAILY, dtstart=START, count=3))
    before = Recurrence.of(made)
    made.exdate(START)
    assert before != Recurrence.of(made)
    assert before.exceptions == ()


def test_a_week_begins_on_monday_unless_the_rule_specifies_otherwise() -> None:
    days = "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU"
    window = clock("2026-03-01 00:00"), clock("2026-04-01 00:00")
    expected = [2, 8, 16, 22, 30]
    assert [time.day for time in recurrence(days).between(*window)] == expected
    calendar.setfirstweekday(calendar.SUNDAY)  # what dateutil goes by where nothing is said
    try:
        assert [time.day for time in recurrence(days).between(*window)] == expected
    finally:
        calendar.setfirstweekday(calendar.MONDAY)


AWARE = START.replace(tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("rule", "more", "problem"),
    [
        ("FREQ=DAILY", {}, "start is missing"),
        ("FREQ=DAILY", {"start": datetime.date(2026, 3, 2)}, "is only a date"),
        ("FREQ=DAILY", {"start": START, "times": datetime.time(8)}, "times of day are specified"),
        ("FREQ=DAILY", {"start": "2026-03-02"}, "not str"),
        ("FREQ=DAILY", {"start": datetime.date(2026, 3, 2), "times": ["8"]}, "not a time of day"),
        ("DTSTART:20260302T101500\nRRULE:FREQ=DAILY", {"start": START}, "the rule already has one"),
        (rrule(DAILY, dtstart=START), {"start": START}, "the rule already has one"),
        (rrule(DAILY, dtstart=AWARE), {}, "with a time zone"),
        (7, {}, "not int"),
        ("FREQ=DAILY", {"start": START, "extra": [datetime.date(2026, 3, 3)]}, "not date"),
        ("FREQ=DAILY", {"start": START, "exceptions": ["2026-03-03"]}, "not str"),
    ],
)
def test_no_recurrence(rule: Any, more: dict[str, Any], problem: str) -> None:
    with pytest.raises(apd.InvalidValue, match=problem):
        Recurrence.of(rule, **more)


def test_a_start_may_be_a_moment() -> None:
    moment = apd.local_time(2026, 3, 2, 10, 15)
    assert Recurrence.of("FREQ=DAILY", moment) == recurrence("FREQ=DAILY")
    utc = datetime.datetime(2026, 7, 2, 8, 15, tzinfo=datetime.UTC)
    assert Rule("FREQ=DAILY", utc).start == clock("2026-07-02 10:15")
