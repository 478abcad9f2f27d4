"""An appointment that has a day and no time of day: the forms in which a document says so."""

import datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given as given_any
from lxml import etree

import apd
from apd.cda.date_only import indicative_text, says_no_time
from apd.model.schedule import NO_TIME_NOTE
from apd.testing import strategies as apd_st
from tests import samples
from tests.cda.comparison import HL7, assert_same
from tests.cda.editing import ENCOUNTER, Edit, edited, give, put_last

EXACT = apd.dumps(samples.document())
DAY, LAST = datetime.date(2026, 3, 3), datetime.date(2026, 3, 5)
TIMES = ("documentationOf[1]/serviceEvent/effectiveTime", f"{ENCOUNTER}/effectiveTime")
_PRECONDITION = (
    f'<precondition xmlns="{HL7}" typeCode="PRCN">'
    '<templateId extension="2019-09-10" root="1.2.208.184.14.11.5"/><criterion>'
    '<code code="GuidedIntervalType" codeSystem="1.2.208.184.100.1"'
    ' codeSystemName="MedCom Message Codes"/><text>{note}</text></criterion></precondition>'
)


def document_with_times(low: str, high: str | None, note: str | None = None) -> bytes:
    """A document with these times in header and body; a high that is None is null."""
    ends: dict[str, Any] = {"value": None, "nullFlavor": "NI"} if high is None else {"value": high}
    edits: list[Edit] = []
    for path in TIMES:
        edits += give(f"{path}/low", value=low), give(f"{path}/high", **ends)
    if note is not None:
        edits.append(put_last(ENCOUNTER, _PRECONDITION.format(note=note)))
    return edited(EXACT, *edits)


ONE, ENDED, SEVERAL = (
    apd.Schedule.on(DAY),
    apd.Schedule.on(DAY, DAY),
    apd.Schedule.on(DAY, LAST),
)
MIDNIGHT = "20260303000000+0100"
OWN_WORDS = "Der er ikke afsat et bestemt tidspunkt, du bliver ringet op"


@pytest.mark.parametrize(
    ("low", "high", "note", "schedule"),
    [
        ("20260303", None, None, ONE),
        ("2026-03-03", None, None, ONE),
        ("20260303+0100", None, None, ONE),
        ("20260303", "20260303", None, ENDED),
        ("20260303", "20260305", None, SEVERAL),
        ("2026-03-03", "2026-03-05", None, SEVERAL),
        ("20260303", "20260302", None, ONE),
        ("20260303", "20260303153000+0100", None, ENDED),
        ("20260303", None, "Ring først", evolve(ONE, note="Ring først")),
        ("20260303", None, NO_TIME_NOTE, ONE),
        (MIDNIGHT, None, NO_TIME_NOTE, ONE),
        (MIDNIGHT, None, f"{NO_TIME_NOTE}. Ring først", evolve(ONE, note="Ring først")),
        (MIDNIGHT, None, OWN_WORDS, evolve(ONE, note=OWN_WORDS)),
        ("20260302240000+0100", None, NO_TIME_NOTE, ONE),
        ("20260302230000Z", None, NO_TIME_NOTE, ONE),
        (MIDNIGHT, MIDNIGHT, NO_TIME_NOTE, ONE),
        (MIDNIGHT, "20260304000000+0100", NO_TIME_NOTE, ENDED),
        (MIDNIGHT, "20260303235900+0100", NO_TIME_NOTE, ENDED),
        (MIDNIGHT, "20260303235959+0100", NO_TIME_NOTE, ENDED),
        (MIDNIGHT, "20260306000000+0100", NO_TIME_NOTE, SEVERAL),
        (MIDNIGHT, "20260305", NO_TIME_NOTE, SEVERAL),
    ],
)
def test_a_day_in_a_document(
    low: str, high: str | None, note: str | None, schedule: apd.Schedule
) -> None:
    data = document_with_times(low, high, note)
    document = apd.loads(data)
    assert document.appointment.schedule == schedule
    again = apd.dumps(document, check=False)
    assert_same(again, data)
    assert apd.loads(again) == document


START = datetime.datetime(2026, 3, 3, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
QUARTER = START.replace(hour=10, minute=15)


@pytest.mark.parametrize(
    ("low", "high", "note", "schedule"),
    [
        (MIDNIGHT, None, None, apd.Schedule(START)),
        (MIDNIGHT, None, "", apd.Schedule(START, indicative=True)),
        (MIDNIGHT, None, "Ring", apd.Schedule(START, indicative=True, note="Ring")),
        (
            MIDNIGHT,
            "20260303101500+0100",
            NO_TIME_NOTE,
            apd.Schedule(START, QUARTER, indicative=True, note=NO_TIME_NOTE),
        ),
        (
            "20260303101500+0100",
            None,
            NO_TIME_NOTE,
            apd.Schedule(QUARTER, indicative=True, note=NO_TIME_NOTE),
        ),
        ("20260303101500+0100", "20260305", None, apd.Schedule(QUARTER)),
        ("20260303101500+0100", "20260303", None, apd.Schedule(QUARTER)),
    ],
)
def test_a_time_of_day_stays_one(
    low: str, high: str | None, note: str | None, schedule: apd.Schedule
) -> None:
    data = document_with_times(low, high, note)
    document = apd.loads(data)
    assert document.appointment.schedule == schedule
    assert_same(apd.dumps(document, check=False), data)


@pytest.mark.parametrize(
    "note",
    [
        NO_TIME_NOTE,
        OWN_WORDS,
        "Tidspunktet er endnu ikke aftalt",
        "TIDSPUNKT IKKE FASTSAT",
        "Klokkeslæt ikke angivet",
        "Mødetiden er ikke kendt",
        "Intet klokkeslæt",
        "Uden fast tid",
        "Ingen bestemt mødetid",
        "Der er ikke noget tidspunkt",
        "Der er ikke et fast tidspunkt for aftalen",
        "Du kommer til i løbet af dagen",
        "Aftalen varer hele dagen",
    ],
)
def test_words_that_say_that_no_time_is_set(note: str) -> None:
    assert says_no_time(note)
    assert apd.loads(document_with_times(MIDNIGHT, None, note)).appointment.schedule.date_only


@pytest.mark.parametrize(
    "note",
    [
        None,
        "",
        "Tidspunktet er vejledende",
        "Tidspunktet er vejledende, i løbet af formiddagen",
        "Sluttidspunktet er ikke kendt",
        "Sluttiden er ikke fastsat",
        "Hvis tidspunktet ikke passer, så ring",
        "Kom ikke for sent til det aftalte tidspunkt",
        "Spis ikke om morgenen",
    ],
)
def test_other_words(note: str | None) -> None:
    assert not says_no_time(note)


@pytest.mark.parametrize(
    ("schedule", "high", "note"),
    [
        (ONE, None, NO_TIME_NOTE),
        (ENDED, "20260304000000+0100", NO_TIME_NOTE),
        (SEVERAL, "20260306000000+0100", NO_TIME_NOTE),
        (evolve(ONE, note="Ring først"), None, f"{NO_TIME_NOTE}. Ring først"),
        (evolve(ONE, note=OWN_WORDS), None, OWN_WORDS),
    ],
)
def test_what_is_written_of_a_day(schedule: apd.Schedule, high: str | None, note: str) -> None:
    """The form of the test protocol, which the validator has no error for."""
    made = samples.document(appointment=samples.appointment(schedule=schedule))
    data = apd.dumps(made)
    assert apd.loads(data) == made
    root = etree.fromstring(data)
    for name, value in (("low", MIDNIGHT), ("high", high)):
        found = {one.get("value") for one in root.iter(f"{{{HL7}}}{name}")}
        assert found == {value}
    (text,) = root.iterfind(f".//{{{HL7}}}criterion/{{{HL7}}}text")
    assert text.text == note


@pytest.mark.parametrize(
    ("low", "high"), [("20260303", "20260303"), ("20260303", None), (MIDNIGHT, None)]
)
@pytest.mark.parametrize(
    "schedule",
    [
        ONE,
        ENDED,
        SEVERAL,
        apd.Schedule.on(LAST),
        apd.Schedule(QUARTER),
        apd.Schedule.on(LAST, LAST),
    ],
)
def test_a_day_that_was_read_and_moved(low: str, high: str | None, schedule: apd.Schedule) -> None:
    read = apd.loads(document_with_times(low, high, NO_TIME_NOTE if low == MIDNIGHT else None))
    moved = evolve(read, appointment=evolve(read.appointment, schedule=schedule))
    again = apd.loads(apd.dumps(moved, check=False))
    assert again.appointment == moved.appointment


def test_the_readable_text_of_a_day() -> None:
    for schedule, dates in ((ONE, "03-03-2026"), (SEVERAL, "03-03-2026 - 05-03-2026")):
        made = samples.document(appointment=samples.appointment(schedule=schedule))
        cells = [
            "".join(map(str, cell.itertext()))
            for cell in etree.fromstring(apd.dumps(made)).iter(f"{{{HL7}}}td")
        ]
        assert cells[:2] == [dates, "I løbet af dagen"]
        assert cells[5] == f"Ja. {NO_TIME_NOTE}"


@given_any(apd_st.days_without_time())
def test_any_day_is_read_as_it_was_written(schedule: apd.Schedule) -> None:
    made = samples.document(appointment=samples.appointment(schedule=schedule))
    assert apd.loads(apd.dumps(made)).appointment.schedule == schedule
    assert says_no_time(indicative_text(schedule))


def test_a_start_that_the_clock_skips_is_named_as_the_cause() -> None:
    data = document_with_times("20260329023000", "20260329040000")
    with pytest.raises(apd.ParseError) as caught:
        apd.loads(data)
    (finding,) = caught.value.findings
    assert finding.rule == "APD-START"
    assert "timen springes over" in finding.wording.da
    assert "that hour is skipped" in finding.wording.en
    assert apd.loads(document_with_times("20260329023000+0100", None)).appointment.schedule.start


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("20260303101500+01:00", "20260303104500+01:00"),
        ("20260303091500Z", "20260303094500Z"),
        ("2026-03-03T10:15:00+01:00", "2026-03-03T10:45:00+01:00"),
    ],
)
def test_other_forms_of_a_time_are_read_and_kept(low: str, high: str) -> None:
    data = document_with_times(low, high)
    document = apd.loads(data)
    assert document.appointment.schedule == apd.Schedule(QUARTER, QUARTER.replace(minute=45))
    assert_same(apd.dumps(document, check=False), data)
