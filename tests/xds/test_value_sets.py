"""The value sets: all codes are there, each with a name, a right check digit and a source."""

import datetime

import pytest
from stdnum import verhoeff

import apd
from apd.xds import TEST_HOME_COMMUNITIES, VALUE_SETS
from apd.xds.metadata.attributes import DOCUMENT_ENTRY

SIZES = {
    "classCode": 2,
    "confidentialityCode": 1,
    "eventCodeList": 8,
    "formatCode": 2,
    "healthcareFacilityTypeCode": 65,
    "homeCommunityId": 2,
    "languageCode": 2,
    "mimeType": 2,
    "practiceSettingCode": 54,
    "typeCode": 3,
}
SNOMED_CODES = [
    code
    for value_set in VALUE_SETS.values()
    for code in value_set.codes
    if code.system == apd.Oid.SNOMED_CT
]


def test_how_many_there_are() -> None:
    assert {name: len(value_set.codes) for name, value_set in VALUE_SETS.items()} == SIZES


@pytest.mark.parametrize("value_set", VALUE_SETS.values(), ids=VALUE_SETS)
def test_each(value_set) -> None:
    codes = [code.code for code in value_set.codes]
    assert len(set(codes)) == len(codes)
    assert all(code.display for code in value_set.codes)
    assert "MedCom" in value_set.source
    assert datetime.date(2026, 1, 1) < value_set.date < datetime.date(2027, 1, 1)
    assert value_set.attribute in {row.name for row in DOCUMENT_ENTRY}


@pytest.mark.parametrize("code", SNOMED_CODES, ids=lambda code: code.code)
def test_check_digit(code) -> None:
    assert verhoeff.is_valid(code.code)
    assert code.code[-3:-1] in ("00", "10")  # a concept of the core, or of an extension


NAMES = [
    ("healthcareFacilityTypeCode", "22232009", "hospital"),
    ("healthcareFacilityTypeCode", "547211000005108", "kommune"),
    ("healthcareFacilityTypeCode", "550811000005108", "administrativ enhed"),
    ("practiceSettingCode", "408443003", "almen medicin"),
    ("practiceSettingCode", "394588006", "børne- og ungdomspsykiatri"),
    ("practiceSettingCode", "658161000005107", "hjemmesygepleje"),
    ("eventCodeList", "ALAL51", "Graviditet, fødsel og barsel"),
    ("classCode", "001", "Klinisk rapport"),
    ("formatCode", "urn:ad:dk:medcom:apd-v2.0.1:full", "DK APD schema"),
    ("homeCommunityId", "1.2.208.176.8.1", "Common Danish IHE XDS domain"),
]


@pytest.mark.parametrize(("attribute", "code", "display"), NAMES)
def test_names(attribute, code, display) -> None:
    found = VALUE_SETS[attribute].find(code)
    assert found is not None
    assert found.display == display
    assert found in VALUE_SETS[attribute]
    assert code in VALUE_SETS[attribute]


def test_what_is_not_there() -> None:
    facilities = VALUE_SETS["healthcareFacilityTypeCode"]
    assert facilities.find("554011000005107") is None  # retired
    assert apd.Code("22232009", apd.Oid.LOINC) not in facilities
    assert "_" not in "".join(str(c.display) for c in VALUE_SETS["practiceSettingCode"].codes)
    for test_community in TEST_HOME_COMMUNITIES.codes:
        assert test_community.code not in VALUE_SETS["homeCommunityId"]


def test_a_set_shows_itself_in_few_words() -> None:
    assert "<65 codes>" in repr(VALUE_SETS["healthcareFacilityTypeCode"])
