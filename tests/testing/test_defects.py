"""Every rule has a defect, which is found by that rule and by those that are named beside it."""

from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

import apd
from apd.testing import strategies as apd_st
from apd.testing.defects import consequences, defects, is_of_set, set_with_defect, with_defect
from apd.testing.defects.editing import edited
from apd.testing.synthetic import Selection, document, documents
from apd.validation import validate, validate_all
from tests.places import ROOT

ALONE = [rule for rule in defects() if not is_of_set(rule)]
TOGETHER = [rule for rule in defects() if is_of_set(rule)]
unhurried = settings(suppress_health_check=[HealthCheck.too_slow])
half = settings(unhurried, max_examples=max(1, settings.default.max_examples // 2))
NURSE = ROOT / "examples" / "documents" / "home-nurse.xml"


@cache
def whole() -> list[apd.AppointmentDocument]:
    """Documents of all types, at all classes of locations, with different seeds.

    One is about a patient whose address is masked, which some rules look at; of one the day is
    known, and no time of day.
    """
    classes = [apd.SorLocation, apd.OtherLocation, apd.HomeLocation] * 2
    some = list(documents(300, 2))
    of_kinds = [
        document(seed, 1, Selection(types=[type], locations=[location]))
        for seed, (type, location) in enumerate(zip((1, 2, 3, 1), classes, strict=False))
    ]
    masked = next(one for one in some if is_masked(one.appointment.patient))
    by_day = next(one for one in some if one.appointment.schedule.date_only)
    return [*of_kinds, masked, by_day]


def is_masked(patient: apd.Patient) -> bool:
    """Whether the patient's address is protected, and the document says so."""
    return patient.address is not None and not patient.address.is_informed


def found_in(data: bytes) -> set[str]:
    """The rules that a document breaks."""
    return {finding.rule for finding in validate(data).findings}


# Every rule ----------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ALONE)
@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_a_defect_is_found_by_its_rule_and_what_follows_and_nothing_else(
    rule: str, every: bool
) -> None:
    """What is said to follow does so in every document, so nothing is named in vain."""
    first = ALONE.index(rule) % len(whole())
    turned = [*whole()[first:], *whole()[:first]]
    for made in turned if every else turned[:1]:
        assert found_in(with_defect(made, rule)) == {rule, *consequences(rule)}


@pytest.mark.parametrize("rule", TOGETHER)
def test_a_defect_of_a_set_is_found_only_when_all_are_looked_at(rule: str) -> None:
    for made in whole():
        reports = validate_all(set_with_defect(made, rule))
        assert [report.findings for report in reports] == [(), ()]
        assert {found.finding.rule for found in reports.findings} == {rule}
        assert consequences(rule) == ()


@unhurried
@given(apd_st.defective_documents())
def test_so_it_is_in_any_document(defective: apd_st.Defective) -> None:
    assert found_in(defective.data) == {defective.rule, *consequences(defective.rule)}


@pytest.mark.parametrize("rule", TOGETHER)
@half
@given(made=apd_st.documents(flawless=True))
def test_and_in_any_set(rule: str, made: apd.AppointmentDocument) -> None:
    reports = validate_all(set_with_defect(made, rule))
    assert {found.finding.rule for found in reports.findings} == {rule}
    assert all(report.findings == () for report in reports)


def test_a_document_that_was_read_can_have_a_defect() -> None:
    read = apd.load(NURSE)
    assert found_in(with_defect(read, "BR-HOME")) == {"BR-HOME"}
    assert read == apd.load(NURSE)


def test_what_is_wrong_elsewhere_stays_as_it_is() -> None:
    """But for the title, a document with a wrong title is what it was."""
    made = document(1, 1)
    good, bad = (data.splitlines() for data in (apd.dumps(made), with_defect(made, TITLE)))
    assert len(good) == len(bad)
    assert [line for line, other in zip(good, bad, strict=True) if line != other][1:] == [
        f"  <title>Aftale for {made.appointment.patient.id.value}</title>".encode()
    ]


TITLE = "CONF-DK-APD:9ac6"


# What is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize("call", [with_defect, set_with_defect])
def test_a_rule_that_does_not_exist(call: object) -> None:
    with pytest.raises(apd.InvalidValue, match="unknown"):
        call(document(1, 1), "CONF-DK-APD:nope")  # type: ignore[operator]
    with pytest.raises(apd.InvalidValue, match="unknown"):
        is_of_set("")
    with pytest.raises(apd.InvalidValue, match="unknown"):
        consequences("BR-0")


def test_one_document_does_not_break_a_rule_over_several() -> None:
    with pytest.raises(apd.InvalidValue, match="set_with_defect"):
        with_defect(document(1, 1), "SET-OVERLAP")


def test_a_document_that_lacks_what_all_have() -> None:
    incomplete = apd.loads(edited("remove $performer", apd.dumps(document(1, 1))))
    with pytest.raises(apd.InvalidValue, match=r"has no .*performer/assignedEntity/addr"):
        with_defect(incomplete, "CONF-DK-APD:cd01")


# The strategy --------------------------------------------------------------------------------


@unhurried
@given(apd_st.defective_documents("BR-HOME", types=[1]))
def test_a_rule_can_be_named(defective: apd_st.Defective) -> None:
    assert defective.rule == "BR-HOME"
    assert apd.loads(defective.data).types[0] == 1


@half
@given(apd_st.defective_documents("SET-OVERLAP"))
def test_a_rule_over_a_set_gives_the_set(defective: apd_st.Defective) -> None:
    first, second = defective.documents
    assert defective.data == second != first


@pytest.mark.slow
def test_the_smallest_one_is_small() -> None:
    quick = settings(
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    smallest = find(apd_st.defective_documents(TITLE), lambda _: True, settings=quick)
    assert len(smallest.data) < 7000


def test_what_is_shown_of_it_is_the_rule() -> None:
    assert repr(apd_st.Defective("BR-4", (b"<a/>",))) == "Defective(rule='BR-4')"


# Edits ---------------------------------------------------------------------------------------

SMALL = b'<ClinicalDocument xmlns="urn:hl7-org:v3"><a x="1"><b/></a><c>text</c></ClinicalDocument>'
EDITS = {
    "remove a": "<c>text</c>",
    "double a/b": '<a x="1"><b/><b/></a><c>text</c>',
    "set a x=2": '<a x="2"><b/></a><c>text</c>',
    "set a y=": '<a x="1" y=""><b/></a><c>text</c>',
    "unset a x": "<a><b/></a><c>text</c>",
    "unset c x": '<a x="1"><b/></a><c>text</c>',
    "text c another text": '<a x="1"><b/></a><c>another text</c>',
    "text c": '<a x="1"><b/></a><c></c>',
    "add a <d/>": '<a x="1"><d/><b/></a><c>text</c>',
    "end a <d>1</d>": '<a x="1"><b/><d>1</d></a><c>text</c>',
    "before c <d/>": '<a x="1"><b/></a><d/><c>text</c>',
    "after a/b <d/>": '<a x="1"><b/><d/></a><c>text</c>',
    "move a after c": '<c>text</c><a x="1"><b/></a>',
    "double a && remove a[2]/b && remove a/b/..": '<a x="1"/><c>text</c>',
    "": '<a x="1"><b/></a><c>text</c>',
}


@pytest.mark.parametrize("edits", EDITS)
def test_an_edit(edits: str) -> None:
    lines = edited(edits, SMALL).decode().splitlines()[1:]
    inside = "".join(line.strip() for line in lines)
    assert inside == f'<ClinicalDocument xmlns="urn:hl7-org:v3">{EDITS[edits]}</ClinicalDocument>'


def test_a_place_is_found_by_its_template_wherever_it_stands() -> None:
    selection = Selection(types=[2])
    single = next(made for made in documents(60, 1, selection) if not made.appointment.repetition)
    data = edited("set $indicative/templateId extension=x", apd.dumps(single))
    assert b'extension="x" root="1.2.208.184.14.11.5"' in data


def test_a_place_that_is_not_there() -> None:
    with pytest.raises(apd.InvalidValue, match="has no d/e"):
        edited("remove d/e", SMALL)
