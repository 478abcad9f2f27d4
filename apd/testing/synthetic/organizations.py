"""Invented towns, and organisations: hospitals, municipalities, practices, and custodians.

No town has a postal code that begins with 01 to 04. Organisations are the same for every seed.
Each has a SOR code that is valid in form but not assigned.
"""

from functools import lru_cache
from typing import NamedTuple

from apd.model.contact import Address
from apd.model.identifiers import ProviderNumber, SorCode
from apd.model.party import Custodian, Organization
from apd.standard.codes import AddressUse, Category
from apd.testing.numbers import phone, sor_code
from apd.testing.synthetic.dice import Dice


class Town(NamedTuple):
    """A town, which has a municipality of its own, and its place among the towns."""

    number: int
    name: str
    postal_code: str


_NAMES = (
    ("Anemoneby", "Birkelunde", "Dueholmby", "Egedalsby", "Fjordgårde"),
    ("Gåsehaven", "Hybenlund", "Klitager", "Kløverby", "Lyngbakkeby"),
    ("Mosehøjby", "Nøddelunde", "Ottelunde", "Pilehaveby", "Rosenmose"),
    ("Skovængeby", "Solsortby", "Tornevang", "Ulvemoseby", "Ærtehøj"),
)
REGIONS = ("Region Vestfjord", "Region Klitland", "Region Lyngbælt", "Region Østmose")

TOWNS = tuple(
    Town(5 * region + place, name, f"0{region + 1}{10 * (place + 1)}")
    for region, names in enumerate(_NAMES)
    for place, name in enumerate(names)
)
"""All towns, grouped by region."""

_BEGINNINGS = (
    "Anemone", "Birke", "Brombær", "Bøge", "Digter", "Ege", "Fasan", "Gartner", "Hassel", "Hyben",
    "Hyrde", "Jordbær", "Kastanje", "Kirsebær", "Klokke", "Lærke", "Møller", "Nattergale", "Pile",
    "Ravne", "Rosen", "Smede", "Solsikke", "Syren", "Tjørne", "Vibe", "Væver", "Åkande",
)  # fmt: skip
_ENDINGS = ("vej", "stien", "parken", "vænget", "haven", "bakken", "gade", "krogen")
_DOORS = ("", "", "", "", ", st. tv.", ", 1. th.", ", 2. tv.", ", 3. mf.")
_MOST_HOUSES = 89


def region_of(town: Town) -> int:
    """The number of the region of a town."""
    return town.number // len(_NAMES[0])


def hospital_town(town: Town) -> Town:
    """The town of the hospital of the region."""
    return TOWNS[region_of(town) * len(_NAMES[0])]


def address(
    town: Town, dice: Dice, *, use: AddressUse | None = None, has_door: bool = False
) -> Address:
    """An address in a town; the dice choose street and house."""
    street = dice.one_of(_BEGINNINGS) + dice.one_of(_ENDINGS)
    door = dice.one_of(_DOORS) if has_door else ""
    line = f"{street} {dice.between(1, _MOST_HOUSES)}{door}"
    return Address([line], town.postal_code, town.name, use=use)


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
    """A department, office or practice, by its short name above, that serves a town."""
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
