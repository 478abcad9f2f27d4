"""``apd series``: what is listed, in words and as JSON, and what is refused."""

import datetime
import json
import re
import uuid
from collections.abc import Callable

import pytest

import apd
from apd import jsonform
from apd.series import Pattern, Recurrence
from tests.cli.inside import Result, call_inside

SERIES = "6a6c1a2e-6f2b-4f0e-9a53-5d1f0a7f2c11"
START = ("--start", "2026-03-23T10:15")

Call = Callable[..., Result]


@pytest.fixture
def series(monkeypatch) -> Call:
    """Calls ``apd series`` in this process."""
    return lambda *arguments, **more: call_inside(monkeypatch, "series", *arguments, **more)


def test_the_clock_stays_and_the_offset_changes(apd_command) -> None:
    result = apd_command(
        "series", "FREQ=WEEKLY;BYDAY=MO,TH", *START, "--duration", "45m", "--to", "2026-03-30"
    )
    assert result == (
        0,
        "mandag   2026-03-23  10:15–11:00  +01:00\n"
        "torsdag  2026-03-26  10:15–11:00  +01:00\n"
        "mandag   2026-03-30  10:15–11:00  +02:00\n",
        "",
    )


def test_a_calendar_from_standard_input(apd_command) -> None:
    calendar = (
        b"DTSTART;TZID=Europe/Copenhagen:20260302T101500\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"
        b"EXDATE;TZID=Europe/Copenhagen:20260303T101500\r\nRDATE:20260401T130000\r\n"
    )
    result = apd_command("series", "-", "--lang", "en", stdin=calendar)
    assert (result.status, result.err) == (0, "")
    assert [line.split()[:3] for line in result.out.splitlines()] == [
        ["Monday", "2026-03-02", "10:15–end"],
        ["Wednesday", "2026-03-04", "10:15–end"],
        ["Wednesday", "2026-04-01", "13:00–end"],
    ]


def test_ids_are_those_of_the_series(series) -> None:
    result = series("FREQ=DAILY;COUNT=3", *START, "--end", "10:45", "--series", SERIES)
    listed = [line.split()[-1] for line in result.out.splitlines()]
    pattern = Pattern(Recurrence.of("FREQ=DAILY;COUNT=3", apd.local_time(2026, 3, 23, 10, 15)))
    found = pattern.until(apd.local_time(2027, 1, 1))
    assert listed == [one.id(uuid.UUID(SERIES)).value for one in found]


def test_json_is_the_form_of_an_appointment(series) -> None:
    result = series(
        "FREQ=DAILY;COUNT=2", *START, "--duration", "1h30m", "--series", SERIES, "--json"
    )
    first, second = map(json.loads, result.out.splitlines())
    assert jsonform.from_data(first["schedule"], apd.Schedule) == apd.Schedule(
        apd.local_time(2026, 3, 23, 10, 15), apd.local_time(2026, 3, 23, 11, 45)
    )
    assert jsonform.from_data(first["id"], apd.MedComId) != jsonform.from_data(
        second["id"], apd.MedComId
    )
    alone = series("FREQ=DAILY;COUNT=2", *START, "--json").out.splitlines()
    assert json.loads(alone[0]) == {"schedule": {"start": "2026-03-23T10:15:00+01:00"}}


@pytest.mark.parametrize(
    ("options", "last", "count"),
    [
        ([], "2026-09-21", 27),  # six months: to 23 September
        (["--from", "2026-06-01"], "2026-11-30", 27),
        (["--to", "2026-03-30"], "2026-03-30", 2),
        (["--from", "2026-03-24", "--to", "2026-04-06"], "2026-04-06", 2),
    ],
)
def test_the_window_of_a_rule_without_end(series, options, last, count) -> None:
    result = series("FREQ=WEEKLY", *START, *options)
    lines = result.out.splitlines()
    assert result.status == 0
    assert (len(lines), lines[-1].split()[1]) == (count, last)
    assert ("seks måneder" in result.err) == ("--to" not in options)


def test_six_months_after_31_august(series) -> None:
    result = series("FREQ=DAILY", "--start", "2026-08-31T08:00", "--lang", "en")
    assert result.out.splitlines()[-1].split()[1] == "2027-02-28"
    assert result.err == (
        "apd: The pattern has no end; shown are six months, to 2027-02-28. Choose another day "
        "with --to.\n"
    )


def test_a_part_of_the_day(series) -> None:
    options = ("--start", "2026-03-28", "--part-of-day", "night", "--exdate", "2026-03-29")
    result = series("FREQ=DAILY;COUNT=3", *options)
    assert result.out.splitlines() == [
        "lørdag  2026-03-28  22:00–2026-03-29 07:00  +01:00/+02:00",
        "mandag  2026-03-30  22:00–2026-03-31 07:00  +02:00",
        "Bemærk at aftalens start- og sluttidspunkt er vejledende",
    ]


@pytest.mark.parametrize(
    ("options", "language", "stated"),
    [
        (
            [],
            "da",
            ["lørdag  2026-03-28  i løbet af dagen", "mandag  2026-03-30  i løbet af dagen"],
        ),
        (
            ["--days", "1"],
            "en",
            [
                "Saturday  2026-03-28  during the day",
                "Monday    2026-03-30  during the day",
            ],
        ),
        (
            ["--days", "3"],
            "da",
            ["lørdag  2026-03-28  –2026-03-30", "mandag  2026-03-30  –2026-04-01"],
        ),
    ],
)
def test_days_without_a_time(series, options, language, stated) -> None:
    given = ("FREQ=DAILY;COUNT=3", "--start", "2026-03-28", "--date-only", "--exdate", "2026-03-29")
    result = series(*given, *options, "--lang", language)
    no_time = {"da": "Der er ikke fastsat noget klokkeslæt", "en": "No time of day has been set"}
    assert result.out.splitlines() == [*stated, no_time[language]]
    listed = map(
        json.loads, series(*given, *options, "--json", "--series", SERIES).out.splitlines()
    )
    days = datetime.timedelta(days=int(options[-1]) - 1) if options else None
    for day, one in zip((28, 30), listed, strict=True):
        first = datetime.date(2026, 3, day)
        last = None if days is None else first + days
        assert jsonform.from_data(one["schedule"], apd.Schedule) == apd.Schedule.on(first, last)
        assert jsonform.from_data(one["id"], apd.MedComId)


@pytest.mark.parametrize(
    ("choice", "times"),
    [("shift", ["02:30", "03:30", "02:30"]), ("skip", ["02:30", "02:30", "02:30"])],
)
def test_the_missing_hour(series, choice, times) -> None:
    result = series(
        "FREQ=DAILY;COUNT=3",
        "--start",
        "2026-03-28T02:30",
        "--missing-hour",
        choice,
        "--end",
        "04:00",
    )
    assert [line.split()[2][:5] for line in result.out.splitlines()] == times
    assert ("2026-03-29" in result.out) == (choice == "shift")


def test_none_in_the_window_is_reported(series) -> None:
    result = series("FREQ=DAILY;COUNT=3", *START, "--from", "2027-01-01")
    assert result == (0, "", "apd: Der er ingen tider i perioden.\n")


def test_extra_times_and_whole_days_out(series) -> None:
    result = series(
        *("FREQ=DAILY;COUNT=3", *START, "--rdate", "2026-04-01T12:00"),
        *("--exdate", "2026-03-24", "--exdate", "2026-03-25T10:15"),
    )
    assert [line.split()[1] for line in result.out.splitlines()] == ["2026-03-23", "2026-04-01"]


DAILY = "FREQ=DAILY;COUNT=3"
REFUSED = [
    (["", *START], "the rule is empty"),
    (["-"], "the rule is empty"),
    (["calendar.ics"], "that is not a rule; specify one such as FREQ=WEEKLY"),
    (["weekly", *START], "that is not a rule"),
    (["FREQ=WEKLY", *START], "the rule has an invalid FREQ: specify one of YEARLY"),
    (["FREQ=DAILY;BYMONTHDAY=0", *START], "the rule has an invalid BYMONTHDAY"),
    (["DTSTART:2026\nRRULE:FREQ=DAILY"], "the rule has a date that cannot be read"),
    (["SUMMARY:Asta", *START], "the rule has a line of another kind"),
    ([DAILY], "--start is missing: specify --start 2026-12-01T10:15, or DTSTART"),
    ([DAILY, "--start", "2026-03-23"], "--start is only a date: specify day and time"),
    (
        [DAILY, "--start", "23/3"],
        "'--start': is not a day or time; specify a time such as 2026-12-01T10:15",
    ),
    ([f"DTSTART:20260323T101500\nRRULE:{DAILY}", *START], "--start is specified, but the rule"),
    ([DAILY, *START, "--duration", "0m"], "the end is not after the start"),
    (
        [DAILY, *START, "--duration", "soon"],
        "is not a duration; specify a duration such as 30m, 1h30m or 2d",
    ),
    ([DAILY, *START, "--duration", ""], "is not a duration"),
    ([DAILY, *START, "--end", "25:00"], "is not a time of day; specify 10:45"),
    ([DAILY, *START, "--end", "11:00", "--duration", "1h"], "specify either --duration or --end"),
    ([DAILY, *START, "--part-of-day", "night"], "--part-of-day needs a day"),
    ([DAILY, "--start", "2026-03-23", "--part-of-day", "night", "--indicative"], "leave out"),
    ([DAILY, "--start", "2026-03-23", "--part-of-day", "noon"], "'forenoon'"),
    ([DAILY, *START, "--date-only"], "--date-only needs a day, as --start 2026-12-01"),
    ([DAILY, *START, "--days", "2"], "--days goes with --date-only"),
    ([DAILY, "--start", "2026-03-23", "--date-only", "--end", "11:00"], "leave out the others"),
    (
        [DAILY, "--start", "2026-03-23", "--date-only", "--part-of-day", "night"],
        "leave out the others",
    ),
    ([DAILY, "--start", "2026-03-23", "--date-only", "--days", "0"], "'--days': 0"),
    ([DAILY, "--start", "2026-03-23", "--date-only", "--days", "400"], "--days is out of range"),
    ([DAILY, *START, "--from", "2026-04-02", "--to", "2026-04-01"], "--to is before --from"),
    ([DAILY, *START, "--to", "tomorrow"], "is not a day; specify a day such as 2026-12-01"),
    ([DAILY, *START, "--rdate", "2026-04-01"], "--rdate must be a time (datetime), not date"),
    ([DAILY, *START, "--series", "x"], "'x' is not a valid UUID"),
    ([DAILY, "--start", "2026-03-28T02:30"], "the start on 2026-03-29 at 02:30 does not exist"),
    (
        ["FREQ=SECONDLY", *START],
        "the rule gives more than 20000 times from its start to the end of the window: specify "
        "an earlier --to, or a later --start",
    ),
    (["FREQ=DAILY", "--start", "1899-12-31T08:00"], "--start is out of range"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
def test_what_cannot_be_carried_out_is_one_line(series, arguments, message) -> None:
    result = series(*arguments, "--lang", "en")
    assert (result.status, result.out) == (2, "")
    assert re.fullmatch(r"apd: .+\n", result.err)
    assert message in result.err
    assert "ASTA" not in result.err.upper()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["FREQ=DAYLY", "--start", "2026-03-02T10:15"],
            "reglen har en ugyldig FREQ: angiv en af YEARLY, ",
        ),
        (["FREQ=DAILY"], "--start mangler: angiv --start 2026-12-01T10:15, eller DTSTART"),
        (
            ["FREQ=DAILY", "--start", "2026-03-28T02:30"],
            "starttidspunktet den 2026-03-29 kl. 02:30 findes ikke: vælg et andet tidspunkt "
            "(timen springes over, når sommertiden begynder), udelad den dag med --exdate",
        ),
    ],
)
@pytest.mark.parametrize("place", ["before", "after", "default"])
def test_messages_in_danish(series, arguments, message, place) -> None:
    language = [] if place == "default" else ["--lang", "da"]
    given = [*language, *arguments] if place == "before" else [*arguments, *language]
    assert series(*given).err.startswith(f"apd: {message}")


def test_standard_input_that_is_no_text(series) -> None:
    assert series("-", stdin=b"\xff") == (2, "", "apd: standard input er ikke UTF-8\n")


def test_the_name_of_a_file_is_told_from_a_rule(series, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "calendar.ics").write_text("RRULE:FREQ=DAILY;COUNT=2", "utf-8")

    result = series("calendar.ics", "--lang", "en")

    assert result.status == 2
    assert result.err.startswith(
        "apd: calendar.ics is a file and not a rule; its lines are read with "
        "apd series - < calendar.ics"
    )
