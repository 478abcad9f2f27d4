"""Invented organisations: hospitals, municipalities and practices, and their custodians.

They are the same for every seed. Each has a SOR code that is valid in form but not assigned.
"""

from functools import lru_cache

from apd.model.identifiers import ProviderNumber, SorCode
from apd.model.party import Custodian, Organization
from apd.standard.codes import Category
from apd.testing.numbers import phone, sor_code
from apd.testing.synthetic.dice import Dice
from apd.testing.synthetic.places import REGIONS, Town, address, hospital_town, region_of

_GENERAL_PRACTICE = "Lægerne"
_IT = "it-afdelingen"
_UNITS = {
    Category.REGIONAL: (
        "Ortopædkirurgisk Ambulatorium", "Billeddiagnostisk Afdeling",
        "Hjertemedicinsk Ambulatorium", "Lungemedicinsk Ambulatorium", "Kirurgisk Dagafsnit",
        "Kirurgisk Sengeafsnit", "Dialyseafsnittet", "Svangreambulatoriet",
        "Ambulatorium for Psykiatri", "Blodprøvetagningen", "Fysioterapi og Ergoterapi", _IT,
    ),
    Category.MUNICIPAL: (
        "Hjemmeplejen", "Sygeplejeklinikken", "Træningscenteret", "Sundhedscenteret",
        "Omsorgstandplejen", _IT,
    ),
    Category.PRACTITIONER: (_GENERAL_PRACTICE, "Fysioterapeuterne", "Fodterapeuterne"),
}  # fmt: skip

_IN_TOWN, _IN_CATEGORY, _FIRST_PLACE = 1000, 300, 150
_FIRST_PROVIDER, _PROVIDERS_IN_TOWN = 990_000, 10


def _number(category: Category, name: str, town: Town) -> int:
    """A number for each unit, from which its SOR code is made."""
    of_category = list(Category).index(category) * _IN_CATEGORY
    return town.number * _IN_TOWN + of_category + _UNITS[category].index(name)


@lru_cache(maxsize=1024)
def unit(category: Category, name: str, town: Town) -> Organization:
    """A department, an office or a practice that serves a town.

    Args:
        category: the category of its appointments.
        name: its short name; see the table above.
        town: the town. A hospital is in one town of its region.
    """
    stands_in = hospital_town(town) if category is Category.REGIONAL else town
    house = "house" if category is Category.REGIONAL else name  # a hospital has one address
    number = _number(category, name, stands_in)
    return Organization(
        name=_full_name(category, name, stands_in),
        id=sor_code(number),
        address=address(stands_in, Dice("organization", category.value, house, stands_in.number)),
        telecoms=[phone(400_000 + number)],
    )


def _full_name(category: Category, name: str, town: Town) -> str:
    if category is Category.REGIONAL:
        owner = REGIONS[region_of(town)] if name == _IT else f"{town.name} Sygehus"
        return f"{name[:1].upper()}{name[1:]}, {owner}"
    if category is Category.MUNICIPAL:
        return f"{name[:1].upper()}{name[1:]}, {town.name} Kommune"
    return f"{name} i {town.name}"


def place_code(category: Category, name: str, town: Town) -> SorCode:
    """The SOR code of the location of a unit."""
    stands_in = hospital_town(town) if category is Category.REGIONAL else town
    return sor_code(_number(category, name, stands_in) + _FIRST_PLACE)


def practice(town: Town) -> Organization:
    """The general practice of a town."""
    return unit(Category.PRACTITIONER, _GENERAL_PRACTICE, town)


def provider_number(name: str, town: Town) -> ProviderNumber:
    """The ydernummer of a practice."""
    number = _UNITS[Category.PRACTITIONER].index(name)
    return ProviderNumber(str(_FIRST_PROVIDER + town.number * _PROVIDERS_IN_TOWN + number))


@lru_cache(maxsize=256)
def custodian(category: Category, town: Town) -> Custodian:
    """The custodian: region, municipality or general practice."""
    is_practice = category is Category.PRACTITIONER
    keeper = practice(town) if is_practice else unit(category, _IT, town)
    return Custodian(
        id=keeper.id, name=keeper.name, address=keeper.address, telecom=keeper.telecoms[0]
    )
