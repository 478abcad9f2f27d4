"""What holds for the calendar of every overview."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd import overview as ov
from apd.overview import ics
from apd.testing import strategies as apd_st
from tests import samples
from tests.overview import kit
from tests.overview.kit import overview
from tests.overview.reading_ics import events, lines, marked, own_events, written


@st.composite
def entries(draw: st.DrawFn) -> list[ov.RegisteredDocument]:
    """Documents of one patient, some of them removed from display."""
    documents = draw(st.lists(apd_st.documents(complete=False), max_size=3))
    return [
        ov.RegisteredDocument(
            attrs.evolve(one, appointment=attrs.evolve(one.appointment, patient=samples.patient())),
            draw(st.sampled_from(ov.Availability)),
        )
        for one in documents
    ]


@given(entries(), st.sampled_from(["da", "en"]))
def test_every_appointment_is_one_event_of_the_same_time(documents, language) -> None:
    made = overview(*documents, language=language)
    text = written(made)
    for found in (events(text), own_events(text)):
        keys = {shown.key for shown in (*made.appointments, *made.cancelled)}
        assert set(found) == keys
    assert text.count("BEGIN:VEVENT\r\n") == len(made.appointments) + len(made.cancelled)
    found = events(text)
    for shown in (*made.appointments, *made.cancelled):
        event = found[shown.key]
        if shown.schedule.date_only:
            assert event.dtstart == shown.schedule.first_day
            assert event.dtend == (shown.end and shown.end.date())
        else:
            # as moments: times of two zones are never equal in the hour that comes twice
            assert event.dtstart.timestamp() == shown.start.timestamp()
            assert (event.dtend and event.dtend.timestamp()) == (
                shown.end and shown.end.timestamp()
            )
        assert marked(shown.about) in event.summary
        is_cancelled = shown in made.cancelled
        assert (event.status == "CANCELLED") is is_cancelled
        assert (event.status == "TENTATIVE") is (shown.schedule.indicative and not is_cancelled)


def test_the_same_overview_gives_the_same_bytes() -> None:
    documents = [kit.document(number) for number in range(1, 7)]
    data = ics.calendar(overview(*documents, SECRET, BESIDE))
    assert ics.calendar(overview(BESIDE, SECRET, *reversed(documents))) == data


@given(entries())
def test_what_is_withheld_adds_a_notice_and_nothing_else(documents) -> None:
    reported = written(overview(*documents, ov.Withheld(), ov.Withheld()))
    without = written(overview(*documents, patient=kit.PATIENT))
    assert [line for line in lines(reported) if NOTICE not in line] == lines(without)


NOTICE = "Nogle oplysninger er spærret og vises ikke."
SECRET = kit.document(
    7,
    kit.schedule("2026-03-10 10:20", "11:00"),
    reason=apd.Reason("Samtale om misbrug"),
    performer=samples.performer(
        organization=apd.Organization(name="Rusmiddelcentret"),
        telecoms=[apd.Telecom.phone("65 77 77 77")],
    ),
    repetition=apd.Repetition(samples.medcom_id(500)),
)
BESIDE = kit.document(
    8,
    kit.schedule("2026-03-10 10:00", "10:30"),
    repetition=apd.Repetition(samples.medcom_id(500)),
)


@pytest.mark.parametrize("replaced_by", [None, SECRET.id])
def test_a_blocked_appointment_leaves_no_trace(replaced_by) -> None:
    entry = ov.RegisteredDocument(BESIDE, replaced_by=replaced_by)
    text = "\n".join(lines(written(overview(entry, ov.Withheld(), viewer=kit.NURSE))))
    alone = "\n".join(lines(written(overview(entry, viewer=kit.NURSE))))
    assert text.replace(f"{NOTICE}\\n", "") == alone
    known = kit.texts_in(BESIDE)
    for value in kit.texts_in(SECRET) - known:
        assert value not in text
    assert "T102000" not in text
