"""What a producer configures is of the value sets, or refused in words that help."""

import pytest

import apd
from apd import xds
from tests.model.refusal import Refused, assert_refused
from tests.xds.making import configuration

OTHERS = {"healthcare_facility_type_code": "22232009", "practice_setting_code": "394801008"}


def without(name):
    return {key: value for key, value in OTHERS.items() if key != name}


def refused(field, value, problem, expected):
    others = without(field)
    return Refused(xds.ProducerConfiguration, field, value, problem, expected, others)


_NOT_OF_65 = "is not one of the 65 codes of its value set"
REFUSED = [
    refused("healthcare_facility_type_code", "N/A", _NOT_OF_65, "'557511000005107'"),
    refused("healthcare_facility_type_code", None, _NOT_OF_65, "akupunkturklinik"),
    refused("healthcare_facility_type_code", "394801008", _NOT_OF_65, "VALUE_SETS"),
    refused(
        "practice_setting_code",
        apd.Code("394801008", apd.Oid.LOINC),
        "is not one of the 54 codes of its value set",
        "'773568002' (akutmedicin)",
    ),
    refused("source_id", "min-server", "does not have the right form", "OID"),
    refused("repository_unique_id", "1", "does not have the right form", "OID"),
    refused(
        "home_community_id", "1.2.3", "is not a home community of the value set", "1.2.208.176.8.1"
    ),
]


@pytest.mark.parametrize("row", REFUSED, ids=str)
def test_refused(row) -> None:
    assert_refused(row)


def test_a_code_alone_is_enough() -> None:
    made = configuration()
    assert made.healthcare_facility_type_code == apd.Code("22232009", apd.Oid.SNOMED_CT, "hospital")
    assert made.practice_setting_code.display == "ortopædisk kirurgi"
    again = configuration(
        healthcare_facility_type_code=apd.Code("22232009", apd.Oid.SNOMED_CT, "Krankenhaus"),
    )
    assert again == made  # the name is that of the value set


@pytest.mark.parametrize("oid", ["1.2.208.176.8.1", "1.2.208.193.100", "1.2.208.176.43210.8.20"])
@pytest.mark.parametrize("prefix", ["", "urn:oid:"])
def test_home_communities(oid, prefix) -> None:
    assert configuration(home_community_id=prefix + oid).home_community_id == oid


def test_home_community_unless_specified() -> None:
    assert configuration().home_community_id == "1.2.208.176.8.1"
    assert configuration(home_community_id=None).home_community_id is None
