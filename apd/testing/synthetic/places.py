"""Invented towns and streets. No town has a postal code that begins with 01 to 04."""

from typing import NamedTuple

from apd.model.contact import Address
from apd.standard.codes import AddressUse
from apd.testing.synthetic.dice import Dice


class Town(NamedTuple):
    """A town, which has a municipality of its own.

    Args:
        number: its place among the towns.
        name: its name.
        postal_code: postnummer.
    """

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
    """An address in a town.

    Args:
        town: the town.
        dice: chooses street and house.
        use: the use of the address.
        has_door: whether it may be a flat.
    """
    street = dice.one_of(_BEGINNINGS) + dice.one_of(_ENDINGS)
    door = dice.one_of(_DOORS) if has_door else ""
    line = f"{street} {dice.between(1, _MOST_HOUSES)}{door}"
    return Address([line], town.postal_code, town.name, use=use)
