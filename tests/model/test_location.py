"""Where the patient meets: the three types of location are three classes."""

from typing import Any

import pytest

import apd
from tests.model.refusal import Refused, assert_refused

TYPES: list[Any] = [apd.SorLocation, apd.OtherLocation, apd.HomeLocation]


@pytest.mark.parametrize("make", TYPES)
def test_nothing_needs_to_be_known_of_a_location(make: Any) -> None:
    location = make()
    assert (location.id, location.address, location.telecom) == (None, None, None)


@pytest.mark.parametrize(
    ("location", "name"),
    [
        (apd.HomeLocation(), "Borgerens egen adresse"),
        (apd.HomeLocation(name="Bagdøren"), "Bagdøren"),
        (apd.HomeLocation(name=None), None),
        (apd.OtherLocation(), None),
        (apd.SorLocation(), None),
    ],
)
def test_a_home_is_called_so_unless_it_is_called_otherwise(
    location: apd.HomeLocation | apd.OtherLocation | apd.SorLocation, name: str | None
) -> None:
    assert location.name == name


def test_locations_of_two_types_are_never_equal() -> None:
    assert len({make(name="Hallen") for make in TYPES}) == len(TYPES)


@pytest.mark.parametrize(
    "row",
    [
        row
        for make in TYPES
        for row in (
            Refused(make, "id", "325421000016001", "not str", "SorCode, ProviderNumber"),
            Refused(make, "id", apd.CprNumber("2512489996"), "not CprNumber", "SorCode"),
            Refused(make, "address", "Torvet 1", "not str", "Address or None"),
            Refused(make, "telecom", "tel:65998877", "not str", "Telecom or None"),
        )
    ],
    ids=str,
)
def test_refused(row: Refused) -> None:
    assert_refused(row)
