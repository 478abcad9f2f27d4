"""Anonymous copies: nothing of the original, the same form, and the same things wrong."""

import datetime
import re
from collections import Counter
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given, settings
from lxml import etree

import apd
from apd.change import Pseudonyms, anonymise, anonymise_bytes, leaks
from apd.rules.details import followers
from apd.testing import strategies as apd_st
from apd.text.mentions import clocks_in
from tests.laws.test_anonymised import faults
from tests.places import EXAMPLES, ROOT, example_names, needs_examples, needs_kit
from tests.rules.broken import edits
from tests.rules.editing import edited, valid
from tests.rules.kit import Case, cases
from tests.sampling import one_in

# Each of these makes, writes, reads and validates a document, some of them several times.
fewer = settings(max_examples=max(1, settings.default.max_examples // 3))
SEED = "a seed for the tests"
OWN_EXAMPLES = sorted((ROOT / "examples" / "documents").glob("*.xml"))
OPTIONS = [Pseudonyms(SEED), Pseudonyms(SEED, shift_times=True, keep_organizations=True)]


def rules(data: bytes | apd.AppointmentDocument) -> Counter[str]:
    """The rules that a document breaks, and how often."""
    return Counter(finding.rule for finding in apd.validate(data).findings)


def form(value: Any) -> Any:
    """What there is in a value of the model, whatever it says."""
    if isinstance(value, apd.AppointmentDocument):
        value = evolve(value, source=None)
    if attrs.has(type(value)):
        fields = attrs.fields(type(value))
        return type(value), {one.name: form(getattr(value, one.name)) for one in fields}
    if isinstance(value, tuple):
        return [form(item) for item in value]
    return type(value)


# Whole documents -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", OWN_EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("by", OPTIONS, ids=["plain", "with options"])
def test_examples_stay_valid_and_tell_nothing(path: Any, by: Pseudonyms) -> None:
    data = path.read_bytes()
    anonymous = anonymise_bytes(data, by)
    assert leaks(data, anonymous, keep_organizations=by.keep_organizations) == ()
    assert rules(anonymous) == rules(data)
    assert form(apd.loads(anonymous)) == form(apd.loads(data))


@needs_examples
@pytest.mark.parametrize("name", example_names())
@pytest.mark.parametrize(
    "by",
    [OPTIONS[0], pytest.param(OPTIONS[1], marks=pytest.mark.slow)],
    ids=["plain", "with options"],
)
def test_official_examples_have_the_same_faults(name: str, by: Pseudonyms) -> None:
    data = (EXAMPLES / name).read_bytes()
    anonymous = anonymise_bytes(data, by)
    assert leaks(data, anonymous, keep_organizations=by.keep_organizations) == ()
    assert rules(anonymous) == rules(data)


def _broken() -> list[str]:
    return [edit for kinds in edits().values() for edit in (*kinds["-"], *kinds["+"])]


@pytest.mark.parametrize("edit", one_in(4, _broken()))
def test_what_is_wrong_is_still_wrong(edit: str) -> None:
    data = edited(edit)
    anonymous = anonymise_bytes(data, SEED)
    assert rules(anonymous) == rules(data)
    assert leaks(data, anonymous) == ()


@needs_kit
def test_cases_of_the_conformance_kit_have_the_same_faults() -> None:
    some = list(cases(200))
    for case in some:
        _same_faults(case)
    assert len(some) == 15


def _same_faults(case: Case) -> None:
    anonymous = anonymise_bytes(case.data, SEED)
    assert rules(anonymous) == rules(case.data), case.id
    assert leaks(case.data, anonymous) == (), case.id


@fewer
@given(apd_st.documents(complete=False))
def test_any_document_keeps_its_form_and_gets_no_errors(
    document: apd.AppointmentDocument,
) -> None:
    data = apd.dumps(document, check=False)
    anonymous = anonymise(document, SEED)
    before = rules(data)
    found = rules(anonymous) - before
    # what another finding spoke for before, as of a date of birth that nobody can have
    spoken_for = {one for rule in before for one in followers(rule)}
    assert all(rule.startswith("BR-TEXT") or rule in spoken_for for rule in found)
    assert form(anonymous) == form(document)
    assert leaks(data, apd.dumps(anonymous, check=False)) == ()


@fewer
@given(apd_st.documents())
def test_what_can_be_written_can_be_written_afterwards(document: apd.AppointmentDocument) -> None:
    anonymous = anonymise(document, SEED)
    assert apd.loads(apd.dumps(anonymous)) == anonymous
    assert form(anonymise(anonymous, SEED)) == form(anonymous)


@fewer
@given(apd_st.documents())
def test_times_are_moved_by_whole_weeks(document: apd.AppointmentDocument) -> None:
    moved = anonymise(document, Pseudonyms(SEED, shift_times=True)).appointment.schedule
    schedule = document.appointment.schedule
    week = datetime.timedelta(weeks=1)
    assert (moved.start.date() - schedule.start.date()) % week == datetime.timedelta(0)
    assert moved.type is schedule.type


def test_names_of_code_systems_stay() -> None:
    anonymous = anonymise_bytes(valid(), SEED)

    assert b'codeSystemName="ParticipationType (HL7) Code System"' in anonymous


@pytest.mark.parametrize("by", OPTIONS)
@pytest.mark.parametrize(
    "value",
    [
        "2026",
        "1899",
        "202602",
        "20260202",
        "202602020930+0100",
        "20260329023000",  # summer time skips it
        "99990202093000+0100",
        "20260230",
        "soon",
    ],
)
def test_a_time_that_is_no_moment_stays_as_right_or_wrong_as_it_was(
    value: str, by: Pseudonyms
) -> None:
    text = (ROOT / "examples" / "documents" / "home-nurse.xml").read_text("utf-8")
    data = text.replace('<time value="20260202093000+0100"', f'<time value="{value}"')

    copy = apd.dumps(anonymise(apd.loads(data), by), check=False)

    assert rules_at_time(copy) == rules_at_time(data.encode())
    assert not leaks(data.encode(), copy, keep_organizations=by.keep_organizations)


def rules_at_time(data: bytes) -> list[str]:
    """The rules that the times of authors break."""
    findings = apd.validate(data).findings
    return [found.rule for found in findings if "/author/time" in found.path]


HOME_NURSE = (ROOT / "examples" / "documents" / "home-nurse.xml").read_text("utf-8")

# what stands in the document, and what is written in its place
KEPT = [
    ('<administrativeGenderCode code="F"', '<administrativeGenderCode code=" F "'),
    ('<languageCode code="da-DK"', '<languageCode code=" da-DK"'),
    ('<confidentialityCode code="N"', '<confidentialityCode code="N "'),
    ("<title>", '<title mediaType="text/plain">'),
    ("<title>", '<title representation="TXT">'),
    ("<title>", '<title language="da">'),
    ("<observation ", '<observation negationInd=" false" '),
]


@pytest.mark.parametrize(("old", "new"), KEPT, ids=[new for _, new in KEPT])
def test_what_the_standard_fixes_stays_as_it_is_written(old: str, new: str) -> None:
    assert old in HOME_NURSE
    data = HOME_NURSE.replace(old, new, 1).encode()

    copy = anonymise_bytes(data, SEED)

    assert new in copy.decode()
    assert rules(copy) == rules(data)
    assert leaks(data, copy) == ()


INSIDE = {
    "recordTarget/patientRole/patient": (
        '<languageCommunication><languageCode code="da-DK"/><preferenceInd value="true"/>'
        "</languageCommunication>"
    ),
    "component/structuredBody/component/section/entry/encounter/entryRelationship": (
        '<seperatableInd value="false"/>'
    ),
}


@pytest.mark.parametrize("place", INSIDE)
def test_truth_values_stay(place: str) -> None:
    data = _with(place, INSIDE[place])

    copy = anonymise_bytes(data, SEED)

    assert b'Ind value="true"' in copy or b'Ind value="false"' in copy
    assert rules(copy) == rules(data)


def _with(place: str, xml: str) -> bytes:
    root = etree.fromstring(HOME_NURSE.encode())
    parent = root.find("/".join(f"{{*}}{step}" for step in place.split("/")))
    assert parent is not None
    parent.append(etree.fromstring(f'<x xmlns="urn:hl7-org:v3">{xml}</x>')[0])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


XSI = "http://www.w3.org/2001/XMLSchema-instance"
VALUES = [  # of a value of an observation that the grammar allows anything in
    '<value xsi:type="BL" value="true"/>',
    '<value xsi:type="TS" value="19870203"/>',
    '<value xsi:type="TS" value="198702"/>',
    '<value xsi:type="PQ" value="1.5E-3" unit="mo"/>',
    '<value xsi:type="REAL" value="NaN"/>',
    '<value xsi:type="REAL" value="INF"/>',
    '<value xsi:type="INT" value="-5"/>',
    '<value xsi:type="INT" value="５"/>',
    '<value xsi:type="ED" integrityCheck="c2VjcmV0IHdvcmRz">qwert</value>',
    '<value xsi:type="ED" integrityCheck="c2VjcmV0=3">qwert</value>',
    '<value xsi:type="II" root="9.1"/>',
    '<value xsi:type="II" root="1.2.03"/>',
]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_keeps_its_lexical_form(value: str) -> None:
    entry = HOME_NURSE.partition("<entryRelationship")[2]
    assert "</observation>" in entry
    data = HOME_NURSE.replace(
        "</observation>", f"{value.replace(' ', f' xmlns:xsi={XSI!r} ', 1)}</observation>", 1
    ).encode()

    assert faults(anonymise_bytes(data, SEED)) == faults(data)


BIRTHS = [
    "1948", "194812", "19481225", "1948122510", "194812251030+0100", "194812252400", "20300101",
    "17990101", "01010101", "0101", "1948-12-25", "1948-12-25T10:30", "19481225106060", "19481225x",
    "1948+0100", "x", "19481232", " 19481225 ",
]  # fmt: skip


@pytest.mark.parametrize("value", BIRTHS)
@pytest.mark.parametrize("by", OPTIONS)
def test_a_date_of_birth_keeps_its_form(value: str, by: Pseudonyms) -> None:
    (old,) = re.findall(r'<birthTime value="([^"]*)"', HOME_NURSE)
    data = HOME_NURSE.replace(f'<birthTime value="{old}"', f'<birthTime value="{value}"').encode()

    copy = anonymise_bytes(data, by)

    (new,) = re.findall(r'<birthTime value="([^"]*)"', copy.decode())
    assert len(new) == len(value) or value == "x"
    assert new != value or value == "x"
    assert faults(copy) == faults(data)


PHONES = {
    "tel:11111111": r"tel:00\d{6}",
    "tel:+4511111111": r"tel:\+4500\d{6}",
    "tel:(45)11111111": r"tel:\(45\)00\d{6}",
    "tel:%2B4511111111": r"tel:%2B4500\d{6}",
    "tel:11111111;ext=4": r"tel:00\d{6};\w+=\d",
    "tel:11-11-11-11": r"tel:00-\d\d-\d\d-\d\d",
    "tel:11%2011%2011%2011": r"tel:00%20\d\d%20\d\d%20\d\d",
    "tel:4511111111": r"tel:00\d{8}",
    "tel:+46812345678": r"tel:\+00\d{9}",
    "tel:+451111": r"tel:\+45\d{4}",
    "tel:11111111x": r"tel:00\d{6}[a-z]",
    "tel:%31%31111111": r"tel:00\d{6}",
    "tel:;ext=12": r"tel:;\w+=\d\d",
    "sms:112": r"sms:\d{3}",
    "mailto:a%40example.dk": r"mailto:\w+@\w+\.invalid",
    "mailto:@example.dk": r"mailto:\w+\.invalid",
    "mailto:a@b@example.dk": r"mailto:\w+\.invalid",
    "http://www.example.dk/%4bjeldsen": r"http://\w+\.invalid",
    "11111111": r"00\d{6}",
    "æøå": r"[^:]+",
}


@pytest.mark.parametrize("uri", PHONES)
def test_a_telecom_stays_as_usable_as_it_was(uri: str) -> None:
    data = re.sub('value="tel:[^"]*"', f'value=" {uri}"', HOME_NURSE).encode()

    copy = anonymise_bytes(data, SEED)

    found = set(re.findall('<telecom[^>]* value=" ([^"]*)"', copy.decode()))
    assert found
    assert all(re.fullmatch(PHONES[uri], one) for one in found)
    assert faults(copy) == faults(data)
    assert leaks(data, copy) == ()


@pytest.mark.parametrize("text", ["11111111", "11 11 11 11", "1111-1111", "+45 11 11 11 11"])
def test_a_telephone_number_in_a_text_is_the_one_of_the_telecom(text: str) -> None:
    data = HOME_NURSE.replace("<title>", f"<title>{text} ", 1)
    data = re.sub('value="tel:[^"]*"', 'value="tel:11111111"', data)

    copy = anonymise_bytes(data, SEED).decode()

    (number,) = set(re.findall('value="tel:([^"]*)"', copy))
    assert re.sub("[ -]", "", copy.partition("<title>")[2])[: len(re.sub("[ -]", "", text))] in (
        number,
        f"+45{number}",
    )


def test_no_other_time_of_day_becomes_one_that_the_document_says() -> None:
    own = {datetime.time(9, 30), datetime.time(13, 0), datetime.time(13, 30)}
    every = {datetime.time(hour, minute) for hour in range(24) for minute in range(0, 60, 5)}
    others = " ".join(f"{time:%H.%M}" for time in sorted(every - own))
    data = re.sub("<title>[^<]*<", f"<title>{others}<", HOME_NURSE, count=1).encode()

    (title, *_) = re.findall("<title>([^<]*)<", anonymise_bytes(data, SEED).decode())

    assert own.isdisjoint(clocks_in(title))


@pytest.mark.parametrize("attribute", ["root", "extension"])
def test_what_is_too_long_stays_so(attribute: str) -> None:
    data = re.sub(
        f'(<setId|<id)([^>]*) {attribute}="[^"]*"',
        rf'\g<1>\g<2> {attribute}="{"x" * 200}"',
        HOME_NURSE,
        count=1,
    ).encode()
    assert "DT-II-LENGTH" in rules(data)

    copy = anonymise_bytes(data, SEED)

    assert faults(copy) == faults(data)
    assert leaks(data, copy) == ()
