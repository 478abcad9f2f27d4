"""When two locations are the same place, however they are told."""

import unicodedata

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd.model.location import Location, is_same_place, place_key
from apd.testing import strategies as apd_st
from tests import samples

CODE, OTHER_CODE = apd.SorCode("333333000016001"), apd.SorCode("444444000016006")
PHONE, OTHER_PHONE = apd.Telecom.phone("65000005"), apd.Telecom.phone("65000009")
BADVEJ = samples.address(lines=["Badvej 1, st. tv."], postal_code="5000", city="Odense C")
BADVEJ_WRITTEN_OTHERWISE = apd.Address(["BADVEJ 1", "st tv"], "5000", "Odense", "Danmark")
POOL = apd.OtherLocation(name="Svømmehallen", address=BADVEJ, telecom=PHONE)
NUMBER = apd.ProviderNumber("012345")
NULL = apd.Address.not_informed(null_flavor=apd.NullFlavor.MASKED)
PROTECTED = apd.Address(["ADRESSEBESKYTTET"], "0000", "ADRESSEBESKYTTET")

SAME: dict[str, tuple[Location | None, Location | None]] = {
    "none is told": (None, None),
    "home, protected": (apd.HomeLocation(address=BADVEJ), apd.HomeLocation()),
    "home, masked": (apd.HomeLocation(address=BADVEJ), apd.HomeLocation(address=NULL)),
    "home, as MedCom's example": (
        apd.HomeLocation(address=BADVEJ),
        apd.HomeLocation(name="ADRESSEBESKYTTET", address=PROTECTED),
    ),
    "home, at the back door": (apd.HomeLocation(), apd.HomeLocation(name="Bagdøren")),
    "home, called": (apd.HomeLocation(telecom=PHONE), apd.HomeLocation(telecom=OTHER_PHONE)),
    "home, with an id": (apd.HomeLocation(id=CODE), apd.HomeLocation()),
    "SOR, another room": (
        apd.SorLocation(id=CODE, name="Stue 1"),
        apd.SorLocation(id=CODE, name="Stue 2"),
    ),
    "SOR, another address": (
        apd.SorLocation(id=CODE, address=BADVEJ),
        apd.SorLocation(id=CODE, address=NULL),
    ),
    "SOR, another telephone": (
        apd.SorLocation(id=CODE, telecom=PHONE),
        apd.SorLocation(id=CODE, telecom=OTHER_PHONE),
    ),
    "SOR, another type": (apd.SorLocation(id=CODE), apd.OtherLocation(id=CODE)),
    "outside SOR, another telephone": (
        POOL,
        apd.OtherLocation(name="Svømmehallen", address=BADVEJ),
    ),
    "outside SOR, written otherwise": (
        POOL,
        apd.OtherLocation(name=" SVØMMEHALLEN ", address=BADVEJ_WRITTEN_OTHERWISE),
    ),
    "outside SOR, decomposed letters": (
        POOL,
        apd.OtherLocation(
            name=unicodedata.normalize("NFD", "Svømmehallen"),
            address=BADVEJ,
        ),
    ),
    "outside SOR, another id": (
        POOL,
        apd.OtherLocation(id=NUMBER, name="Svømmehallen", address=BADVEJ),
    ),
    "outside SOR, address not told": (
        apd.OtherLocation(name="Svømmehallen"),
        apd.OtherLocation(name="Svømmehallen", address=NULL),
    ),
    "the id alone": (apd.OtherLocation(id=NUMBER), apd.SorLocation(id=NUMBER)),
    "nothing": (apd.OtherLocation(), apd.SorLocation()),
}

OTHER: dict[str, tuple[Location | None, Location | None]] = {
    "none is told of one": (None, POOL),
    "home and elsewhere": (apd.HomeLocation(address=BADVEJ), apd.OtherLocation(address=BADVEJ)),
    "two SOR codes": (
        apd.SorLocation(id=CODE, name="Hallen", address=BADVEJ),
        apd.SorLocation(id=OTHER_CODE, name="Hallen", address=BADVEJ),
    ),
    "with the SOR code and without": (
        apd.SorLocation(id=CODE, name="Hallen", address=BADVEJ),
        apd.SorLocation(name="Hallen", address=BADVEJ),
    ),
    "two names": (POOL, apd.OtherLocation(name="Hallen", address=BADVEJ)),
    "two streets": (
        POOL,
        apd.OtherLocation(name="Svømmehallen", address=samples.address(lines=["Badvej 3"])),
    ),
    "two towns": (
        POOL,
        apd.OtherLocation(
            name="Svømmehallen",
            address=samples.address(lines=["Badvej 1, st. tv."], postal_code="8000"),
        ),
    ),
    "two cities without postal codes": (
        apd.OtherLocation(address=apd.Address(["Badvej 1"], city="Odense")),
        apd.OtherLocation(address=apd.Address(["Badvej 1"], city="Aarhus")),
    ),
    "two countries": (
        apd.OtherLocation(address=apd.Address(["Badvej 1"], "5000", country="Danmark")),
        apd.OtherLocation(address=apd.Address(["Badvej 1"], "5000", country="Sverige")),
    ),
    "two ids alone": (apd.OtherLocation(id=NUMBER), apd.OtherLocation(id=apd.Identifier("1.2.3"))),
    "the address told and not": (POOL, apd.OtherLocation(name="Svømmehallen")),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_the_same_place(one: Location | None, other: Location | None) -> None:
    assert is_same_place(one, other)
    assert is_same_place(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER)
def test_another_place(one: Location | None, other: Location | None) -> None:
    assert not is_same_place(one, other)
    assert not is_same_place(other, one)


LOCATIONS = [place for pair in (*SAME.values(), *OTHER.values()) for place in pair]
PLACES = st.sampled_from(LOCATIONS) | apd_st.locations()


@given(PLACES, PLACES, PLACES)
def test_sameness_is_reflexive_symmetric_and_transitive(
    one: Location | None, other: Location | None, third: Location | None
) -> None:
    assert is_same_place(one, one)
    assert is_same_place(one, other) == is_same_place(other, one)
    if is_same_place(one, other) and is_same_place(other, third):
        assert is_same_place(one, third)
    assert is_same_place(one, other) == (place_key(one) == place_key(other))


@given(apd_st.locations(), st.sampled_from([None, PHONE, OTHER_PHONE]))
def test_a_telephone_never_makes_another_place(
    place: Location, telecom: apd.Telecom | None
) -> None:
    assert is_same_place(place, evolve(place, telecom=telecom))
