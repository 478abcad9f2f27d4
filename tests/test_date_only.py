"""An appointment whose day is known, and no time of day: in every view, form and message."""

import datetime
import json
import pickle
import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import apd
from apd import jsonform, xds
from apd import overview as ov
from apd.change import anonymise_bytes
from apd.cli.views import card
from apd.cli.views.agenda import agenda
from apd.cli.views.labels import Words
from apd.model.schedule import NO_TIME_NOTE
from apd.overview import html, ics
from apd.publication import Booking, LegalBasis, bookings_file, over_at
from apd.publication.booking import Producer
from apd.publication.bookings_file import Bookings
from apd.publication.digest import Digester
from apd.series import Pattern, Series
from apd.testing import strategies as apd_st
from apd.text import times
from apd.wording import Language
from tests import samples
from tests.cli.inside import call_inside
from tests.overview.kit import document, overview
from tests.overview.reading_ics import lines, written
from tests.xds.making import entry

LANGUAGES: tuple[Language, ...] = ("da", "en")
FIRST, LAST = datetime.date(2026, 3, 10), datetime.date(2026, 3, 12)
ONE, ENDED, SEVERAL = (
    apd.Schedule.on(FIRST),
    apd.Schedule.on(FIRST, FIRST),
    apd.Schedule.on(FIRST, LAST),
)
SCHEDULES = (ONE, ENDED, SEVERAL, evolve(ONE, note="Ring først"))
NOON = apd.local_time(2026, 3, 10, 12)


def made(schedule: apd.Schedule) -> apd.AppointmentDocument:
    """A document whose own times are not at midnight."""
    found: apd.AppointmentDocument = document(1, schedule)
    return found


def shown(document: apd.AppointmentDocument, language: Language) -> Any:
    """An overview at a time that does not look like midnight."""
    now = apd.local_time(2026, 3, 5, 12, 34, 56)
    return overview(document, now=now, language=language)


# --- no view says 00.00 ----------------------------------------------------------------------


def _card(document: apd.AppointmentDocument, language: Language) -> str:
    rows = card.rows(document, Words(language), str)
    return "\n".join(line for row in rows for line in row.lines)


def _agenda(document: apd.AppointmentDocument, language: Language) -> str:
    found = agenda(shown(document, language), str)
    return "\n".join(f"{one.label} {' '.join(one.pieces)}" for one in found)


def _period(document: apd.AppointmentDocument, language: Language) -> str:
    schedule = document.appointment.schedule
    return "\n".join((times.period(schedule, language), *times.cautions(schedule, language)))


def _difference(document: apd.AppointmentDocument, language: Language) -> str:
    """From and to what has a time of day, and other days."""
    others = (
        apd.Schedule(apd.local_time(2026, 3, 10, 10, 15)),
        apd.Schedule.on(datetime.date(2026, 3, 17)),
        apd.Schedule.on(FIRST, datetime.date(2026, 3, 17)),
    )
    pairs = [
        pair
        for other in map(made, others)
        for pair in ((document, other), (other, document))
        if other != document
    ]
    return "\n".join(
        line for one, other in pairs for line in apd.diff(one, other, language).lines()
    )


VIEWS: dict[str, Callable[[apd.AppointmentDocument, Language], str]] = {
    "words": _period,
    "card": _card,
    "agenda": _agenda,
    "data": lambda document, language: json.dumps(
        ov.as_data(shown(document, language)), ensure_ascii=False
    ),
    "page": lambda document, language: html.page(shown(document, language)),
    "document page": lambda document, language: html.document_page(
        document, language=language, findings=()
    ),
    "difference": _difference,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_view_shows_the_day_and_no_time(
    schedule: apd.Schedule, name: str, language: Language
) -> None:
    stated = VIEWS[name](made(schedule), language)
    assert not any(midnight in stated for midnight in ("00.00", "00:00", "24.00", "24:00"))
    if schedule.last_day == schedule.first_day:
        assert ("løbet af dagen" if language == "da" else "during the day") in stated


@settings(max_examples=max(1, settings.default.max_examples // 5))
@given(apd_st.days_without_time(), st.sampled_from(["words", "card"]), st.sampled_from(LANGUAGES))
def test_no_view_of_any_day_shows_midnight(
    schedule: apd.Schedule, name: str, language: Language
) -> None:
    stated = VIEWS[name](made(evolve(schedule, note=None)), language)
    assert not any(midnight in stated for midnight in ("00.00", "00:00", "24.00", "24:00"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_calendar_has_dates(schedule: apd.Schedule, language: Language) -> None:
    text = written(shown(made(schedule), language))
    event = text[text.index("BEGIN:VEVENT") :]
    end = [] if schedule.end is None else [f"DTEND;VALUE=DATE:{schedule.end:%Y%m%d}"]
    stated = lines(event)
    assert [line for line in stated if line.startswith(("DTSTART", "DTEND"))] == [
        "DTSTART;VALUE=DATE:20260310",
        *end,
    ]
    assert "TRANSP:TRANSPARENT" in stated
    day = "I løbet af dagen" if language == "da" else "During the day"
    assert f"SUMMARY:{day}: Kontrol af knæ" in [
        line.replace(";LANGUAGE=da-DK", "") for line in stated
    ]
    assert "T000000" not in event
    assert "00.00" not in event
    assert ics.calendar(shown(made(schedule), language)).decode() == text


def test_the_same_day_is_written_in_the_page_for_machines() -> None:
    page = html.page(overview(made(ONE)))
    assert 'datetime="2026-03-10"' in page
    (data,) = ov.as_data(overview(made(SEVERAL)))["appointments"]
    assert (data["start"], data["end"], data["date_only"]) == ("2026-03-10", "2026-03-12", True)
    (data,) = ov.as_data(overview(made(ONE)))["appointments"]
    assert (data["start"], data["end"]) == ("2026-03-10", None)


Arguments = list[object]
_AT = ("--now", "2026-03-05T12:34")
_ENTRY = ("--facility", "22232009", "--specialty", "394801008")


def _overview(path: Path) -> Arguments:
    return ["overview", path, *_AT]


def _plan(path: Path) -> Arguments:
    """A plan of one booking, in a file that is written beside the document."""
    producer = Producer(
        healthcare_facility_type_code="22232009",
        practice_setting_code="394801008",
        source_id="1.2.208.176.43210.8.1.29",
    )
    held = Booking(
        appointment=apd.load(path).appointment,
        custodian=samples.custodian(),
        legal_basis=LegalBasis.HEALTH_ACT,
        patient_present=True,
        changed=apd.local_time(2026, 3, 5, 12, 30),
    )
    bookings = path.with_name("bookings.json")
    read_at = apd.local_time(2026, 3, 5, 12, 31)
    text = bookings_file.dumps(Bookings(read_at=read_at, bookings=[held], producer=producer))
    bookings.write_text(text, "utf-8")
    key = path.with_name("key")
    key.write_bytes(bytes(range(32)))
    return ["plan", bookings, "--register", path.with_name("register.db"), "--key", key, *_AT]


def _diff(path: Path) -> Arguments:
    other = path.with_name("other.xml")
    later = apd.Schedule(apd.local_time(2026, 3, 17, 10, 15))
    other.write_bytes(apd.dumps(made(later)))
    return ["diff", path, other]


COMMANDS: dict[str, Callable[[Path], Arguments]] = {
    "show for programs": lambda path: ["show", path, "--json"],
    "show": lambda path: ["show", path],
    "overview": _overview,
    "overview for programs": lambda path: [*_overview(path), "--json"],
    "diff": _diff,
    "validate": lambda path: ["validate", path],
    "xds": lambda path: ["xds", path, *_ENTRY, *_AT],
    "xds for programs": lambda path: ["xds", path, *_ENTRY, *_AT, "--format", "json"],
    "DocumentReference": lambda path: ["xds", path, *_ENTRY, *_AT, "--format", "fhir"],
    "plan": _plan,
    "plan for programs": lambda path: [*_plan(path), "--json"],
}
_SHOWN_BY = ("show", "overview")
_DATED_BY = ("xds", "xds for programs", "DocumentReference", "plan", "plan for programs")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("schedule", [ONE, SEVERAL], ids=["a day", "several days"])
def test_what_a_command_shows(
    schedule: apd.Schedule,
    name: str,
    language: Language,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "one.xml"
    path.write_bytes(apd.dumps(made(schedule)))
    result = call_inside(monkeypatch, *COMMANDS[name](path), "--lang", language)
    assert result.status in (0, 1), result.err
    for stated in (result.out, result.err):
        assert not any(midnight in stated for midnight in ("00.00", "00:00", "24.00", "24:00"))
        assert "20260310000000" not in stated
    if name in _SHOWN_BY and schedule is ONE:
        assert ("løbet af dagen" if language == "da" else "during the day") in result.out
    if name in _DATED_BY:
        assert re.search(r"2026-?03-?10(?![T0-9])", result.out)


def test_the_bookings_file() -> None:
    for schedule in SCHEDULES:
        held = Booking(
            appointment=samples.appointment(schedule=schedule),
            custodian=samples.custodian(),
            legal_basis=LegalBasis.HEALTH_ACT,
            patient_present=True,
            changed=NOON,
        )
        before = Bookings(read_at=NOON, bookings=[held])
        assert bookings_file.loads(bookings_file.dumps(before)) == before


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_the_readable_text(schedule: apd.Schedule) -> None:
    root = etree.fromstring(apd.dumps(made(schedule)))
    text = next(root.iter("{urn:hl7-org:v3}text"))
    stated = " ".join(" ".join(text.itertext()).split())
    assert "I løbet af dagen" in stated
    assert "00:00" not in stated
    assert "10-03-2026" in stated
    assert ("12-03-2026" in stated) is (schedule is SEVERAL)


# --- where it stands in time -----------------------------------------------------------------

BESIDE = apd.Schedule(apd.local_time(2026, 3, 10, 10, 15), apd.local_time(2026, 3, 10, 10, 45))


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_it_clashes_with_nothing(schedule: apd.Schedule) -> None:
    shown = overview(
        document(1, schedule), document(2, BESIDE), document(3, ENDED), document(4, SEVERAL)
    )
    assert not shown.overlaps


@pytest.mark.parametrize("other", [ONE, ENDED, SEVERAL, BESIDE])
@pytest.mark.parametrize("schedule", [ENDED, SEVERAL])
def test_nor_does_it_overlap_with_another_document(
    schedule: apd.Schedule, other: apd.Schedule
) -> None:
    both = [apd.dumps(document(1, schedule)), apd.dumps(document(2, other))]
    assert apd.validate_all(both).findings == ()


@pytest.mark.parametrize(
    ("schedule", "now", "phase"),
    [
        (ONE, "2026-03-09 23:59", "upcoming"),
        (ONE, "2026-03-10 00:01", "ongoing"),
        (ONE, "2026-03-10 23:59", "ongoing"),
        (ONE, "2026-03-11 00:00", "past"),
        (ENDED, "2026-03-10 23:59", "ongoing"),
        (ENDED, "2026-03-11 00:00", "past"),
        (SEVERAL, "2026-03-12 23:59", "ongoing"),
        (SEVERAL, "2026-03-13 00:00", "past"),
    ],
)
def test_it_is_over_when_the_day_is_over(schedule: apd.Schedule, now: str, phase: str) -> None:
    time = datetime.datetime.fromisoformat(now)
    at = apd.local_time(time.year, time.month, time.day, time.hour, time.minute)
    (shown,) = overview(made(schedule), now=at).appointments
    assert shown.phase == phase
    assert (over_at(schedule) <= at) is (phase == "past")


def test_the_days_of_the_overview() -> None:
    days = overview(made(SEVERAL)).days
    assert [day.date for day in days] == [FIRST, datetime.date(2026, 3, 11), LAST]
    stated = [
        (one.when, one.begins, one.ends, one.is_all_day) for day in days for one in day.appointments
    ]
    assert stated == [("i løbet af dagen", None, None, False)] * 3


# --- what has changed ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "language", "expected"),
    [
        (
            ONE,
            apd.Schedule.on(LAST),
            "en",
            "The time was moved from Tuesday 10 March 2026, during the day to "
            "Thursday 12 March 2026, during the day.",
        ),
        (
            ONE,
            apd.Schedule.on(LAST),
            "da",
            "Mødetiden er flyttet fra tirsdag den 10. marts 2026 i løbet af dagen til "
            "torsdag den 12. marts 2026 i løbet af dagen.",
        ),
        (
            ONE,
            SEVERAL,
            "en",
            "The time was moved from Tuesday 10 March 2026, during the day to "
            "Tuesday 10 March 2026 – Thursday 12 March 2026.",
        ),
        (ONE, ENDED, "en", "The time was changed."),
    ],
)
def test_a_difference(
    old: apd.Schedule, new: apd.Schedule, language: Language, expected: str
) -> None:
    found = apd.diff(made(old), made(new), language)
    assert [change.message for change in found.changes] == [expected]


# --- metadata --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schedule", "start", "stop"),
    [
        (ONE, "20260310", []),
        (ENDED, "20260310", ["20260310"]),
        (SEVERAL, "20260310", ["20260312"]),
    ],
)
def test_a_registry_gets_the_day(schedule: apd.Schedule, start: str, stop: list[str]) -> None:
    of_document = made(schedule)
    of_entry = entry(of_document)
    rows = {
        name: [row.value for row in xds.metadata(of_entry) if row.name == name]
        for name in ("serviceStartTime", "serviceStopTime")
    }
    assert rows == {"serviceStartTime": [start], "serviceStopTime": stop}
    answer = xds.QueryResponse(xds.ResponseStatus.SUCCESS, entries=[of_entry])
    (read,) = xds.read_query_response(xds.write_response(answer).encode()).entries
    assert (read.service_start_time, read.service_stop_time) == (
        of_entry.service_start_time,
        of_entry.service_stop_time,
    )
    assert xds.check_metadata(of_document, of_entry).is_valid
    period = xds.document_reference(of_entry, check=False)["context"]["period"]
    assert period == {
        "start": "2026-03-10",
        **({"end": schedule.last_day.isoformat()} if stop else {}),
    }


@pytest.mark.parametrize(
    ("start", "agrees"),
    [
        (FIRST, True),
        (apd.local_time(2026, 3, 10), True),  # as others make it of the document
        (apd.local_time(2026, 3, 9, 23, 59), False),
        (apd.local_time(2026, 3, 11, 0, 1), False),
        (LAST, False),
        (datetime.date(9999, 12, 31), False),
    ],
)
def test_whether_metadata_agree(start: datetime.date, agrees: bool) -> None:
    of_document = made(ONE)
    of_entry = evolve(entry(of_document), service_start_time=start)
    rules = {finding.rule for finding in xds.check_metadata(of_document, of_entry).findings}
    assert ("XDS:serviceStartTime" not in rules) is agrees


def test_a_moment_whose_zeros_a_registry_cut_agrees() -> None:
    of_document = made(apd.Schedule(apd.local_time(2026, 3, 10, 1)))  # midnight in UTC
    of_entry = evolve(entry(of_document), service_start_time=FIRST)
    assert "XDS:serviceStartTime" not in {
        finding.rule for finding in xds.check_metadata(of_document, of_entry).findings
    }


# --- forms that it goes through --------------------------------------------------------------

FORMS: dict[str, Callable[[apd.AppointmentDocument], Any]] = {
    "XML": lambda document: apd.loads(apd.dumps(document)),
    "JSON": lambda document: jsonform.loads(jsonform.dumps(document)),
    "pickle": lambda document: pickle.loads(pickle.dumps(document)),
}


@given(apd_st.days_without_time(), st.sampled_from(sorted(FORMS)))
def test_a_day_goes_through_every_form_and_back(schedule: apd.Schedule, form: str) -> None:
    before = made(schedule)
    assert FORMS[form](before) == before


def test_the_json_form() -> None:
    data = jsonform.to_data(SEVERAL)
    days = {"start": "2026-03-10", "end": "2026-03-12"}
    assert data == {**days, "indicative": True, "date_only": True}
    midnights = {"start": "2026-03-10T00:00:00+01:00", "end": "2026-03-13T00:00:00+01:00"}
    for stated in (data, days, {**data, **midnights}):
        assert jsonform.from_data(stated, apd.Schedule) == SEVERAL


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"indicative": False}, "indicative"),
        ({"start": "2026-03-10T10:15:00+01:00"}, "end"),
        ({"start": "2026-03-10T10:15:00+01:00", "end": None}, "start"),
        ({"end": "2026-03-12T10:15:00+01:00"}, "end"),
        ({"end": "2026-03-09"}, "end"),
        ({"date_only": False}, "date_only"),
        ({"start": "2026-02-30"}, "start"),
        ({"start": "1899-12-31"}, "start"),
        ({"end": "9998-12-31"}, "end"),
        ({"end": "9999-12-31"}, "end"),
    ],
)
def test_the_json_form_mixes_no_days_and_times(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(jsonform.JsonError) as refused:
        jsonform.from_data({**jsonform.to_data(SEVERAL), **wrong}, apd.Schedule)
    (problem,) = refused.value.problems
    assert problem.path == f"$.{field}"


def test_a_booking_of_a_day_is_another_than_one_of_midnight() -> None:
    digests = set()
    for schedule in (ONE, evolve(ONE, date_only=False), ENDED):
        booking = Booking(
            appointment=samples.appointment(schedule=schedule),
            custodian=samples.custodian(),
            legal_basis=LegalBasis.HEALTH_ACT,
            changed=NOON,
            patient_present=True,
        )
        digests.add(Digester(b"k" * 32)(booking))
    assert len(digests) == 3


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize(
    "note", ["Der er ikke afsat et bestemt tidspunkt, Solveig bliver ringet op", None]
)
def test_what_is_made_anonymous_has_no_time_either(
    schedule: apd.Schedule, note: str | None
) -> None:
    data = apd.dumps(made(evolve(schedule, note=note)))
    hidden = apd.loads(anonymise_bytes(data, seed="a secret")).appointment.schedule
    assert hidden.date_only
    assert hidden.last_day - hidden.first_day == schedule.last_day - schedule.first_day
    assert "Solveig" not in (hidden.note or "")


# --- series ----------------------------------------------------------------------------------


def test_a_series_of_days() -> None:
    pattern = Pattern.on("FREQ=WEEKLY;COUNT=4", FIRST, note="Ring først")
    days = [FIRST + datetime.timedelta(weeks=week) for week in range(4)]  # over the change
    found = [one.schedule for one in pattern.until(apd.local_time(2026, 12, 31))]
    assert found == [apd.Schedule.on(day, note="Ring først") for day in days]
    longer = Pattern.on("FREQ=WEEKLY;COUNT=4", FIRST, days=3, exceptions=[days[1]])
    found = [one.schedule for one in longer.until(apd.local_time(2026, 12, 31))]
    assert found == [
        apd.Schedule.on(day, day + datetime.timedelta(days=2)) for day in (days[0], *days[2:])
    ]


@pytest.mark.parametrize("days", [None, 1, 3])
def test_a_series_of_days_that_is_moved(days: int | None) -> None:
    pattern = Pattern.on("FREQ=WEEKLY;COUNT=4", FIRST, days=days)
    template = samples.appointment(schedule=ONE, repetition=apd.Repetition(samples.medcom_id(7)))
    made = Series(id=uuid.UUID(int=9), template=template, pattern=pattern)
    made = made.extend(apd.local_time(2026, 3, 1), apd.local_time(2026, 9, 1)).series
    moved = made.move_all(datetime.timedelta(days=14)).series  # into summer time
    for before, after in zip(made.appointments, moved.appointments, strict=True):
        assert after.schedule.date_only
        assert after.schedule.first_day == before.schedule.first_day + datetime.timedelta(days=14)
    with pytest.raises(apd.InvalidValue):
        made.move_all(datetime.timedelta(hours=2))


@pytest.mark.parametrize(
    "changes",
    [
        {"indicative": False, "note": None},
        {"end": datetime.timedelta(days=1)},
        {"end": datetime.time(7)},
        {"moved_by": datetime.timedelta(hours=3)},
    ],
)
def test_a_pattern_of_days_has_no_times(changes: dict[str, Any]) -> None:
    with pytest.raises(apd.InvalidValue):
        evolve(Pattern.on("FREQ=DAILY", FIRST), **changes)


def test_less_than_a_day_is_no_pattern() -> None:
    with pytest.raises(apd.InvalidValue):
        Pattern.on("FREQ=DAILY", FIRST, days=0)


def test_what_a_note_adds_is_shown_once() -> None:
    stated = _card(made(evolve(ONE, note=f"{NO_TIME_NOTE}. Ring først")), "da")
    assert stated.count(NO_TIME_NOTE) == stated.count("Ring først") == 1
