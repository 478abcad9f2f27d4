"""The agenda: what is next, day by day, with what tells one appointment from another."""

import csv
import datetime
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

import apd
from apd import overview as ov
from apd.overview import ics
from apd.testing import strategies as apd_st
from apd.text import times
from tests import samples
from tests.overview import kit
from tests.overview.kit import document, overview, schedule

SERIES = apd.Repetition(samples.medcom_id(500))


@pytest.mark.parametrize(
    ("days", "da", "en"),
    [
        (-2, "for 2 dage siden", "2 days ago"),
        (-1, "i går", "yesterday"),
        (0, "i dag", "today"),
        (1, "i morgen", "tomorrow"),
        (4, "om 4 dage", "in 4 days"),
    ],
)
def test_how_far_off(days, da, en) -> None:
    today = datetime.date(2026, 3, 5)
    day = today + datetime.timedelta(days=days)
    assert (times.distance(day, today, "da"), times.distance(day, today, "en")) == (da, en)


def test_days_are_those_in_denmark() -> None:
    """At 23:30 in Denmark it is still today, though in UTC tomorrow's appointment is today's."""
    one = document(1, schedule("2026-03-29 00:15", "01:00"))  # the clock is set that night
    now = datetime.datetime(2026, 3, 28, 22, 30, tzinfo=datetime.UTC)
    (entry,) = overview(one, now=now).agenda.entries
    assert (entry.days_off, entry.distance) == (1, "i morgen")


def test_what_is_next() -> None:
    made = overview(
        document(1, schedule("2026-03-05 11:00", "13:00")),
        document(2, schedule("2026-03-05 15:00", "16:00")),
        document(3, schedule("2026-03-05 18:00", "19:00")),
        document(4, schedule("2026-03-04 18:00", "19:00")),
    )
    agenda = made.agenda
    assert [one.shown.start.hour for one in agenda.ongoing] == [11]
    assert agenda.next.shown.start.hour == 15
    assert [(day.title, day.distance) for day in agenda.days] == [
        ("torsdag den 5. marts 2026", "i dag")
    ]
    assert [one.time for day in agenda.later for one in day.entries] == ["18.00–19.00"]
    assert [day.distance for day in agenda.past] == ["i går"]
    assert overview(patient=kit.PATIENT).agenda == ov.Agenda()


def test_a_title_distinguishes_it_from_its_neighbours() -> None:
    same_day = (document(n, schedule(f"2026-03-06 {9 + n}:00", f"{9 + n}:30")) for n in (1, 2))
    other_day = document(3, schedule("2026-03-07 09:00", "10:00"))
    other = document(4, schedule("2026-03-06 18:00", "19:00"), reason=apd.Reason("Prøver"))
    titles = [one.title for one in overview(*same_day, other_day, other).agenda.entries]
    name = samples.performer().organization.name
    assert titles == [
        f"Kontrol af knæ, {name}, 10.00–10.30",
        f"Kontrol af knæ, {name}, 11.00–11.30",
        f"Prøver, {name}",
        f"Kontrol af knæ, {name}",
    ]


def test_the_position_in_its_series() -> None:
    """Past ones count; one that is alone has none."""
    days = ("2026-03-04", "2026-03-06", "2026-03-10")
    of_series = [
        document(n, schedule(f"{day} 10:00", "11:00"), repetition=SERIES)
        for n, day in enumerate(days)
    ]
    alone = apd.Repetition(samples.medcom_id(501))
    other = document(9, schedule("2026-03-12 10:00", "11:00"), repetition=alone)
    agenda = overview(*of_series, other).agenda
    assert [one.position and one.position.text for one in agenda.entries] == [
        "2 af 3",
        "3 af 3",
        None,
    ]
    (past,) = agenda.past
    assert (past.entries[0].position.number, past.entries[0].position.count) == (1, 3)
    english = overview(*of_series, language="en").agenda
    assert english.entries[0].position.text == "2 of 3"


PLACE = samples.location()
CLINIC = samples.performer(
    organization=apd.Organization(name=PLACE.name), telecoms=PLACE.telephones
)


@pytest.mark.parametrize(
    ("changes", "labels"),
    [
        ({"performer": CLINIC}, ["Mødested og udførende"]),
        (
            {"performer": CLINIC, "location": samples.location(name=PLACE.name.upper())},
            ["Mødested og udførende"],
        ),
        ({}, ["Mødested", "Udføres af"]),
        ({"performer": CLINIC, "location": kit.HOME}, ["Mødested", "Udføres af"]),
        ({"location": None}, ["Mødested", "Udføres af"]),
        ({"performer": None}, ["Mødested", "Udføres af"]),
    ],
)
def test_a_place_that_is_the_performer_is_shown_once(changes, labels) -> None:
    one = document(1, schedule("2026-03-06 10:00", "11:00"), **changes)
    (entry,) = overview(one).agenda.entries
    assert [line.label for line in entry.meeting] == labels
    parts = [part for line in entry.meeting for part in line.parts]
    links = [part.value for part in parts if part.kind is ov.PartKind.LINK]
    assert len(links) == len(set(links))


def test_a_calendar_shows_it_once_as_well() -> None:
    made = overview(document(1, schedule("2026-03-06 10:00", "11:00"), performer=CLINIC))
    (event,) = Calendar.from_ical(ics.calendar(made)).walk("VEVENT")
    description = str(event["DESCRIPTION"])
    assert "Mødested og udførende: " in description
    assert "Udføres af" not in description


@pytest.mark.parametrize(
    ("when", "cautions", "sentences"),
    [
        (schedule("2026-03-06 10:00", "11:00"), (), 0),
        (schedule("2026-03-06 10:00", "11:00", indicative=True), ("Vejledende tid",), 1),
        (
            schedule("2026-03-06 10:00", indicative=True),
            ("Vejledende starttid", "Sluttidspunktet er ikke kendt"),
            1,
        ),
        (schedule("2026-03-06 10:00"), ("Sluttidspunktet er ikke kendt",), 0),
        (
            apd.Schedule.during(apd.PartOfDay.FORENOON, datetime.date(2026, 3, 6)),
            ("Vejledende tid", "I løbet af formiddagen"),
            1,
        ),
    ],
)
def test_a_caution_is_short_and_its_sentence_stands_once(when, cautions, sentences) -> None:
    made = overview(*(document(number, when) for number in range(3)))
    assert {one.cautions for one in made.agenda.entries} == {cautions}
    assert len(made.agenda.cautions) == sentences
    for short, sentence in made.agenda.cautions:
        assert short == cautions[0]
        assert sentence == made.appointments[0].cautions[0]


def test_what_overlaps_is_marked_and_summed_up() -> None:
    made = overview(
        document(1, schedule("2026-03-06 10:00", "11:00")),
        document(2, schedule("2026-03-06 10:30", "11:30")),
        document(3, schedule("2026-03-06 11:15", "12:00", indicative=True)),
        document(4, schedule("2026-03-07 10:00", "11:00")),
    )
    firm, soft = ov.OverlapSeverity.FIRM, ov.OverlapSeverity.SOFT
    assert [one.overlap for one in made.agenda.entries] == [firm, firm, soft, None]
    assert made.agenda.overlap_summary == "3 aftaler overlapper"
    assert made.agenda.entries[2].overlap_text == "Overlapper måske en anden aftale"
    first, second = made.overlaps
    assert first.text_beside(first.second) == "Overlapper Kontrol af knæ (10.00–11.00)"
    assert second.text_beside(second.first).startswith("Overlapper måske Kontrol af knæ (11.15")


@given(st.lists(apd_st.schedules(), max_size=8))
def test_everything_stands_once_and_in_order(schedules) -> None:
    made = overview(*(document(n, when) for n, when in enumerate(schedules)), patient=kit.PATIENT)
    agenda = made.agenda
    for days, shown in ((agenda.days, (*made.ongoing, *made.upcoming)), (agenda.past, made.past)):
        entries = [entry for day in days for entry in day.entries]
        assert sorted(one.shown.key for one in entries) == sorted(one.key for one in shown)
        starts = [entry.shown.start for entry in entries]
        assert starts == sorted(starts)
        dates = [day.date for day in days]
        assert dates == sorted(set(dates))
    later = [one for day in agenda.later for one in day.entries]
    assert (*agenda.ongoing, *filter(None, [agenda.next]), *later) == agenda.entries
    assert json.dumps(ov.as_data(made)["agenda"])


# --- rows ----------------------------------------------------------------------------------------


def test_rows_are_flat_and_alike() -> None:
    made = overview(
        document(1, schedule("2026-03-06 10:00", "11:00", indicative=True), repetition=SERIES),
        document(2, schedule("2026-03-04 10:00"), repetition=SERIES, location=kit.HOME),
    )
    past, coming = made.to_rows()
    assert list(past) == list(coming)
    assert past["phase"] == "past"
    assert past["end"] is None
    assert coming["start"] == kit.at("2026-03-06 10:00")
    assert (coming["days_off"], coming["series_number"], coming["series_count"]) == (1, 2, 2)
    assert coming["indicative"] is True
    assert coming["cautions"] == "Bemærk at aftalens start- og sluttidspunkt er vejledende"
    flat = (str, int, bool, datetime.datetime, datetime.date, type(None))
    assert all(isinstance(cell, flat) for row in (past, coming) for cell in row.values())


@pytest.mark.parametrize("text", ["=1+1", "+45", "-1", "@SUM(A1)", 'a"b,\nc', "Kontrol"])
def test_csv_keeps_texts_texts(text) -> None:
    made = overview(document(1, schedule("2026-03-06 10:00", "11:00"), reason=apd.Reason(text)))
    (row,) = csv.DictReader(io.StringIO(ov.as_csv(made.to_rows())))
    assert row["about"].removeprefix("'") == made.appointments[0].about
    assert not row["about"].startswith(("=", "+", "-", "@"))
    assert row["start"] == "2026-03-06T10:00:00+01:00"


def test_nothing_of_a_person_is_in_a_repr() -> None:
    made = overview(document(1, schedule("2026-03-06 10:00", "11:00")))
    assert "Kontrol" not in repr(made.agenda)
    assert "Kontrol" not in repr(made.agenda.entries[0])
