"""What a finding is known by from run to run, and that nothing personal goes into it."""

import re
from collections.abc import Callable

import pytest

import apd
from apd.cda.xml import parse
from apd.reports.checked import Checked
from apd.rules.catalogue import rules_of_the_library
from apd.rules.fingerprints import PlacesByNames
from tests.places import ROOT

DOCUMENTS = ROOT / "examples" / "documents"
GOOD = (DOCUMENTS / "home-nurse.xml").read_text("utf-8")
TELECOM = '<telecom use="WP" value="tel:00402000"/>'
WRONG = TELECOM.replace("WP", "QQ")
BAD = GOOD.replace('use="WP"', 'use="QQ"').replace('"DK"', '"SE"')
"""Several findings of one rule, at several places, and one of another rule."""


def known_by(text: str) -> list[str]:
    """The fingerprints of what is wrong with a document, sorted."""
    return sorted(one.fingerprint for one in apd.validate(text).findings)


def test_each_finding_has_one_of_its_own() -> None:
    found = known_by(BAD)
    assert len({*found}) == len(found) > 3
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in found)


SAME: dict[str, Callable[[str], str]] = {
    "lines before it": lambda text: text.replace("<realmCode", "\n\n<!-- a note -->\n<realmCode"),
    "on one line": lambda text: re.sub(r">\s+<", "><", text),
    "other quotes": lambda text: text.replace('"SE"', "'SE'"),
    "another encoding": lambda text: text.replace("UTF-8", "UTF-16"),
    "another patient": lambda text: text.replace("<family>", "<family>Ny"),
    "another case of the id": lambda text: re.sub(
        r'(<id [^>]*extension=")([^"]+)', lambda found: found[1] + found[2].upper(), text, count=1
    ),
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_what_does_not_change_them(change: Callable[[str], str]) -> None:
    changed = change(BAD)
    assert changed != BAD
    assert known_by(changed) == known_by(BAD)


def test_what_is_found_besides_changes_none() -> None:
    more = BAD.replace("<title>", "<unknown/><title>", 1).replace('code="N"', 'code="Q"')
    assert len(known_by(more)) > len(known_by(BAD))
    assert {*known_by(BAD)} < {*known_by(more)}


def test_one_more_of_the_same_is_one_that_is_new() -> None:
    one = GOOD.replace(TELECOM, WRONG, 1)
    two = GOOD.replace(TELECOM, WRONG * 2, 1)
    assert len({*known_by(two)} - {*known_by(one)}) == len(known_by(two)) - len(known_by(one)) > 0
    assert {*known_by(one)} < {*known_by(two)}


def test_another_document_has_others() -> None:
    other = re.sub(r'(<id [^>]*extension=")[^"]+', r"\g<1>" + "0" * 8, BAD, count=1)
    as_uuid = other.replace('"00000000"', '"0f8fad5b-d9cb-469f-a165-70867728950e"', 1)
    assert {*known_by(as_uuid)}.isdisjoint(known_by(BAD))


def test_a_document_without_a_uuid_is_known_by_its_file() -> None:
    report = apd.validate(b"")
    assert report.document == ""
    (finding,) = report.findings
    names = ("a.xml", "b.xml", "a.xml")
    one, other, again = (Checked(name, (finding,)).fingerprint(finding) for name in names)
    assert one == again != other
    named = Checked("a.xml", (finding,), document="0f8fad5b-d9cb-469f-a165-70867728950e")
    assert named.fingerprint(finding) == finding.fingerprint


def test_two_documents_with_one_id_have_the_same() -> None:
    assert [one.document for one in map(apd.validate, (BAD, BAD))] == [apd.loads(GOOD).id.value] * 2


def test_what_documents_are_wrong_together_is_known_by_all_of_them() -> None:
    visit = (DOCUMENTS / "hospital-visit.xml").read_text("utf-8")
    pairs = ([GOOD, GOOD, visit], [visit, GOOD, GOOD], [visit, visit])
    first, again, other = (
        {one.finding.fingerprint for one in apd.validate_all(texts).findings} for texts in pairs
    )
    assert first == again != other
    assert "" not in first | other


PERSONAL = ["2512489988", "251248-9988", "Egeskov", "1.2.208.176.1.2.2512489988"]


@pytest.mark.parametrize("value", PERSONAL)
def test_nothing_that_somebody_writes_goes_in(value: str) -> None:
    """Neither as the name of an element nor as a code, an id, a text or the document's id."""
    texts = [
        BAD.replace(
            "<title>", f'<x{value}><id extension="{value}" use="{value}"/></x{value}><title>'
        ),
        BAD.replace("<title>", f'<author typeCode="{value}" classCode="{value}"/><title>'),
        re.sub(r'(<id [^>]*extension=")[^"]+', rf"\g<1>{value}", BAD, count=1),
    ]
    for text in texts:
        assert apd.validate(text).document.find(value) == -1
        other = text.replace(value, "A" * len(value))
        assert known_by(text) == known_by(other)


def test_places_are_named_by_names_and_closed_lists() -> None:
    root = parse(GOOD.encode())
    places = [PlacesByNames().of(element) for element in root.iter("*")]
    assert places[0] == "/ClinicalDocument[classCode=DOCCLIN]"
    assert "/ClinicalDocument[classCode=DOCCLIN]/realmCode" in places
    assert not any(re.search(r"\d{3}|Egeskov", one) for one in places)


def test_a_finding_states_what_to_do() -> None:
    remedies = {rule.id: rule.remedy for rule in rules_of_the_library()}
    for data in (BAD, b"", b"{}", b"<a/>"):
        for language in ("da", "en"):
            for one in apd.validate(data, language=language).findings:
                assert one.remedy == remedies[one.rule].in_language(language) != ""
