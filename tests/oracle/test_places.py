"""Whether two appointments are at the same place."""

from hypothesis import strategies as st

import apd
from apd.model.location import Location, is_same_place
from tests.oracle.agreeing import agree, on_scenarios
from tests.oracle.expected.places import Place, same

_NAMES = st.sampled_from([None, "Svømmehallen", "svømmehallen", "Indgang 4,  stuen", "Indgang 9"])
_STREETS = st.sampled_from([None, "Ahornparken 7", "ahornparken  7", "Ahornparken 9"])
_POSTAL_CODES = st.sampled_from(["5230", "5000"])
_SOR = st.sampled_from(["333333000016001", "111111000016003"])
_PHONES = st.none() | st.sampled_from(["65000005", "65000006"])


@st.composite
def places(draw: st.DrawFn) -> Place:
    """A home with its address or with a protected one, a place in SOR, or any other."""
    kind = draw(st.sampled_from(["sor", "other", "home"]))
    street = draw(_STREETS)
    return Place(
        kind=kind,
        name=draw(_NAMES),
        street=street,
        postal_code=street and draw(_POSTAL_CODES),
        sor=draw(_SOR) if kind == "sor" else None,
        phone=draw(_PHONES),
    )


PLACES = places()


def location(place: Place) -> Location:
    """The location of the model."""
    make = {"sor": apd.SorLocation, "other": apd.OtherLocation, "home": apd.HomeLocation}
    return make[place.kind](
        id=apd.SorCode(place.sor) if place.sor else None,
        name=place.name,
        address=apd.Address([place.street], place.postal_code, "Odense") if place.street else None,
        telecom=apd.Telecom.phone(place.phone) if place.phone else None,
    )


def _two_places(two: tuple[Place, Place]) -> None:
    one, other = two
    assert is_same_place(location(one), location(other)) == same(one, other)


@on_scenarios(150, 5000)
def test_whether_two_are_the_same(times: int) -> None:
    agree(_two_places, st.tuples(PLACES, PLACES), times)
