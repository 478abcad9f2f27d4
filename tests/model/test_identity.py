"""Whether a patient, a party or a place is another one, or the same with new details."""

from typing import Any

import pytest
from attrs import evolve

import apd
from apd.model.identity import is_another
from tests import samples

UNNAMED = samples.performer(id=None, organization=None)
PRACTICE = apd.Organization(name="Lægerne på Havnen", id=apd.ProviderNumber("054321"))
OTHER = apd.SorCode("555555000016004")

CASES: dict[str, tuple[Any, Any, bool]] = {
    "a patient's name": (samples.patient(), samples.patient(name=None), False),
    "a patient's number": (
        samples.patient(),
        samples.patient(id=apd.CprNumber("2512489996")),
        True,
    ),
    "a party's id": (samples.performer(), samples.performer(id=OTHER), True),
    "a party's organisation": (samples.performer(), samples.performer(organization=None), False),
    "an id that is new": (samples.performer(id=None), samples.performer(), False),
    "an id that is gone": (samples.custodian(), samples.custodian(id=None), False),
    "names, where one has no id": (
        samples.custodian(),
        samples.custodian(id=None, name="Ny"),
        True,
    ),
    "no id and no name": (UNNAMED, samples.performer(id=OTHER), False),
    "an organisation's name": (PRACTICE, evolve(PRACTICE, name="Ny"), False),
    "an organisation's number": (PRACTICE, evolve(PRACTICE, id=OTHER), True),
    "a room": (samples.location(), samples.location(name="Stue 2"), False),
    "a code of a place": (samples.location(), samples.location(id=OTHER), True),
    "an authority": (
        samples.patient(id=apd.Identifier("1.2.3", "4", "Region")),
        samples.patient(id=apd.Identifier("1.2.3", "4")),
        False,
    ),
    "a home": (samples.location(), apd.HomeLocation(), True),
    "somebody where there was nobody": (None, samples.requester(), True),
    "nobody where there was somebody": (samples.requester(), None, False),
    "what is about nobody": (apd.Reason("Kontrol"), apd.Reason("Samtale"), False),
}


@pytest.mark.parametrize("case", CASES)
def test_who_is_another(case: str) -> None:
    old, new, expected = CASES[case]
    assert is_another(old, new) is expected
