"""The readable text: one table in Danish, made of the data, or the one that was read."""

import datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from lxml import etree

import apd
from apd.cda import narrative
from apd.testing import strategies as apd_st
from tests import samples
from tests.cda.comparison import HL7, assert_same
from tests.cda.editing import DOCUMENT, SECTION, WRITTEN, at, edited, remove, replace

DATE, TIME, ABOUT, PLACE, PERFORMER, INDICATIVE, REPEATS = range(7)
UNKNOWN = "Ikke oplyst"


def readable(data: bytes) -> etree._Element:
    """The readable text of a written document."""
    return at(etree.fromstring(data), f"{SECTION}/text")


def cells(document: apd.AppointmentDocument) -> list[str]:
    """What the cells of the table say, headings left out."""
    text = readable(apd.dumps(document, check=False))
    return ["".join(map(str, cell.itertext())) for cell in text.iter(f"{{{HL7}}}td")]


def cell(number: int, **changes: Any) -> str:
    """One cell, for the sample with fields of its appointment changed."""
    return cells(samples.document(appointment=samples.appointment(**changes)))[number]


# What it says --------------------------------------------------------------------------------


def test_one_table_with_headings_in_danish() -> None:
    text = readable(apd.dumps(samples.document()))
    headings = [heading.text for heading in text.iter(f"{{{HL7}}}th")]
    assert headings == [
        "Aftale dato", "Aftale tidspunkt", "Vedrørende", "Mødested",
        "Udførende organisation", "Er tidspunktet vejledende?", "Repeterende aftale",
    ]  # fmt: skip
    assert text[0].text == "Aftale:"


def test_the_cells_of_the_sample() -> None:
    assert cells(samples.document()) == [
        "05-03-2026",
        "10:15 - 10:45",
        "Kontrol af knæ",
        "Indgang 4, stuen, Ahornparken 7, 2. sal, 5230 Odense M, Danmark, tlf. 65000005",
        "Ortopædkirurgisk Ambulatorium, tlf. 65000004",
        "Nej",
        "Nej",
    ]


START = apd.local_time(2026, 10, 25, 1, 30)
NIGHT = apd.Schedule.during(apd.PartOfDay.NIGHT, datetime.date(2026, 3, 5))
NOT_INFORMED = apd.Address.not_informed()


@pytest.mark.parametrize(
    ("number", "changes", "expected"),
    [
        (DATE, {"schedule": apd.Schedule(START)}, "25-10-2026"),
        (TIME, {"schedule": apd.Schedule(START)}, "01:30"),
        (DATE, {"schedule": NIGHT}, "05-03-2026 - 06-03-2026"),
        (TIME, {"schedule": NIGHT}, "22:00 - 07:00"),
        (INDICATIVE, {"schedule": NIGHT}, "Ja. Tidspunktet er vejledende, i løbet af natten"),
        (INDICATIVE, {"schedule": apd.Schedule(START, indicative=True)}, "Ja"),
        (
            INDICATIVE,
            {"schedule": apd.Schedule(START, indicative=True, note="Tidspunktet er vejledende")},
            "Ja",
        ),
        (
            INDICATIVE,
            {"schedule": apd.Schedule(START, indicative=True, note="Ring først")},
            "Ja. Ring først",
        ),
        (REPEATS, {"repetition": apd.Repetition()}, "Ja"),
        (ABOUT, {"reason": None}, UNKNOWN),
        (ABOUT, {"reason": apd.Reason("<b> & ]]> 'x'")}, "<b> & ]]> 'x'"),
        (PLACE, {"location": None}, UNKNOWN),
        (PLACE, {"location": apd.SorLocation()}, UNKNOWN),
        (PLACE, {"location": apd.SorLocation(address=NOT_INFORMED)}, UNKNOWN),
        (PLACE, {"location": apd.OtherLocation(name="Hallen")}, "Hallen"),
        (PLACE, {"location": apd.HomeLocation()}, "Borgerens egen adresse"),
        (PERFORMER, {"performer": None}, UNKNOWN),
        (PERFORMER, {"performer": apd.Performer(id=None)}, UNKNOWN),
        (
            PERFORMER,
            {"performer": samples.performer(telecoms=[apd.Telecom.email("a@example.dk")])},
            "Ortopædkirurgisk Ambulatorium",
        ),
        (PERFORMER, {"performer": samples.performer(organization=None)}, "tlf. 65000004"),
    ],
)
def test_a_cell(number: int, changes: dict[str, Any], expected: str) -> None:
    assert cell(number, **changes) == expected


@given(apd_st.documents(complete=False))
def test_every_document_has_a_text_that_no_cell_of_is_empty(
    document: apd.AppointmentDocument,
) -> None:
    found = cells(document)
    assert len(found) == len(range(REPEATS + 1))
    assert all(found)


# What was read is kept -----------------------------------------------------------------------

OTHER_TEXTS = {
    "a list": "<list><item>Kom <content ID='t1'>fastende</content></item><item/></list>",
    "blanks between words": "<content>Kom</content> <content>fastende</content>",
    "line breaks": "Kom\n   fastende<br/> og\ttag   <sub>1</sub> <sup>2</sup>",
    "only words": "  Kom fastende  ",
    "special characters": "1 &lt; 2 &amp;amp; ]]&gt; &#8238;x&#8236; 👩‍⚕️",
    "a link": '<paragraph>Se <linkHtml href="https://example.dk/?a=1&amp;b=2">her</linkHtml></paragraph>',
    "other elements": '<v:p xmlns:v="urn:v">x</v:p>',
    "nothing": "",
    "an attribute of its own": None,
}


def with_text(inside: str | None) -> bytes:
    """The written sample with another readable text."""
    xml = '<text language="da">Kom</text>' if inside is None else f"<text>{inside}</text>"
    return edited(WRITTEN, replace(f"{SECTION}/text", xml))


def to_the_letter(data: bytes) -> bytes:
    """The readable text as canonical XML, white space and all."""
    alone = etree.fromstring(etree.tostring(readable(data), with_tail=False))
    etree.cleanup_namespaces(alone)
    return etree.tostring(alone, method="c14n2")


@pytest.mark.parametrize("case", OTHER_TEXTS)
def test_a_text_that_was_read_is_kept(case: str) -> None:
    data = with_text(OTHER_TEXTS[case])
    document = apd.loads(data)
    assert [piece.difference for piece in document.unmapped] == [apd.Difference.NARRATIVE]
    assert to_the_letter(apd.dumps(document, check=False)) == to_the_letter(data)


@pytest.mark.parametrize("case", OTHER_TEXTS)
def test_as_long_as_what_it_speaks_of_is_the_same(case: str) -> None:
    data = with_text(OTHER_TEXTS[case])
    document = evolve(apd.loads(data), custodian=samples.custodian(name="En anden"))
    assert to_the_letter(apd.dumps(document, check=False)) == to_the_letter(data)


_PATIENT = DOCUMENT.appointment.patient
SPOKEN_OF: dict[str, dict[str, Any]] = {
    "time": {"schedule": samples.schedule()},
    "reason": {"reason": apd.Reason("Noget andet")},
    "location": {"location": apd.HomeLocation()},
    "performer": {"performer": samples.performer(organization=apd.Organization(name="Klinik 2"))},
    "performer's telephone": {"performer": samples.performer(telecoms=[apd.Telecom.phone("777")])},
    "repetition": {"repetition": None},
    "patient's number": {"patient": evolve(_PATIENT, id=apd.CprNumber("0503129901"))},
    "patient's name": {"patient": evolve(_PATIENT, name=apd.PersonName(["Solveig"], "Skov"))},
    "patient's address": {"patient": evolve(_PATIENT, address=apd.Address(["Skoven 2"]))},
}


@pytest.mark.parametrize("case", SPOKEN_OF)
def test_a_text_that_speaks_of_what_is_changed_is_made_anew(case: str) -> None:
    document = apd.loads(with_text("Kom fastende"))
    appointment = evolve(document.appointment, **SPOKEN_OF[case])
    changed = evolve(document, appointment=appointment)
    made = evolve(DOCUMENT, appointment=appointment)
    assert_same(apd.dumps(changed), apd.dumps(made))


def test_there_may_be_no_text_at_all() -> None:
    data = edited(WRITTEN, remove(f"{SECTION}/text"))
    document = apd.loads(data)
    assert b"<text>" not in apd.dumps(document, check=False).split(b"<entry>")[0]
    assert evolve(document, source=None) == DOCUMENT


def test_the_writers_own_text_is_no_peculiarity() -> None:
    assert apd.loads(WRITTEN).unmapped == ()


@given(apd_st.documents(), apd_st.appointments())
def test_a_changed_document_has_the_text_of_what_it_states_now(
    document: apd.AppointmentDocument, appointment: apd.Appointment
) -> None:
    read = apd.loads(apd.dumps(document))
    changed = evolve(read, appointment=appointment)
    assert cells(changed) == cells(evolve(document, appointment=appointment))


@given(apd_st.appointments(), apd_st.appointments())
def test_what_it_does_not_speak_of_changes_nothing_in_it(
    one: apd.Appointment, other: apd.Appointment
) -> None:
    was = one.patient
    patient = evolve(other.patient, id=was.id, name=was.name, address=was.address)
    fields = ("schedule", "reason", "location", "performer", "repetition")
    same = {name: getattr(one, name) for name in fields}
    changed = evolve(other, patient=patient, **same)
    assert narrative.spoken_of(changed) == narrative.spoken_of(one)
    of_changed, of_one = narrative.cells(changed), narrative.cells(one)
    assert narrative.summary(of_changed, patient) == narrative.summary(of_one, was)
