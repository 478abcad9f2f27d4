"""Invented people, with the commonest Danish names. All patients are born before 2008."""

from functools import lru_cache

from attrs import evolve

from apd.model.contact import Address, PersonName, Telecom
from apd.model.party import Patient, Person
from apd.standard.codes import AddressUse, Gender, NullFlavor, TelecomUse
from apd.testing.numbers import MOST_PATIENTS, cpr_number, gender_of, phone
from apd.testing.synthetic.dice import Dice
from apd.testing.synthetic.organizations import TOWNS, Town, address, practice

_GIVEN = {
    Gender.FEMALE: (
        "Anne", "Mette", "Kirsten", "Hanne", "Anna", "Helle", "Susanne", "Lene", "Maria",
        "Marianne", "Lone", "Camilla", "Pia", "Louise", "Charlotte", "Bente", "Gitte", "Inge",
        "Karen", "Tina", "Ida", "Emma", "Sofie", "Freja", "Åse", "Fatima",
    ),
    Gender.MALE: (
        "Peter", "Michael", "Lars", "Jens", "Thomas", "Henrik", "Søren", "Christian", "Martin",
        "Jan", "Morten", "Anders", "Jesper", "Niels", "Hans", "Mads", "Rasmus", "Per", "Ole",
        "Jørgen", "William", "Noah", "Emil", "Magnus", "Åge", "Ali",
    ),
}  # fmt: skip
_FAMILIES = (
    "Nielsen", "Jensen", "Hansen", "Andersen", "Pedersen", "Christensen", "Larsen", "Sørensen",
    "Rasmussen", "Jørgensen", "Petersen", "Madsen", "Kristensen", "Olsen", "Thomsen", "Møller",
    "Poulsen", "Johansen", "Knudsen", "Mortensen", "Østergaard", "Kjær", "Lund", "Nguyen", "Khan",
)  # fmt: skip


def is_protected(patient: Patient) -> bool:
    """Whether the patient's address is protected."""
    return patient.address is None or not patient.address.is_informed


def town_of(seed: int, number: int) -> Town:
    """The town in which a patient lives."""
    return Dice(seed, "town", number).one_of(TOWNS)


@lru_cache(maxsize=64)  # consecutive documents are about the same few patients
def patient(seed: int, number: int) -> Patient:
    """The patient of a number, who has a CPR number of their own, and maybe a protected address."""
    dice = Dice(seed, "patient", number)
    id = cpr_number(number, Dice(seed, "births").below(MOST_PATIENTS))
    gender = gender_of(id.value)
    given = dict.fromkeys(dice.one_of(_GIVEN[gender]) for _ in range(dice.between(1, 2)))
    name = PersonName(list(given), _family(dice))
    town = town_of(seed, number)
    patient = Patient(
        id=id,
        name=name,
        address=address(town, dice, use=AddressUse.HOME, has_door=True),
        telecoms=_telecoms(dice),
        gender=gender,
        birth_date=id.birth_date,
        provider_organization=practice(town) if dice.happens(30) else None,
    )
    return evolve(patient, address=_not_informed(dice), telecoms=()) if dice.happens(5) else patient


def _not_informed(dice: Dice) -> Address | None:
    return Address.not_informed(null_flavor=NullFlavor.MASKED) if dice.happens(50) else None


def _family(dice: Dice) -> str:
    family = dice.one_of(_FAMILIES)
    return f"{dice.one_of(_FAMILIES)}-{family}" if dice.happens(4) else family


def _telecoms(dice: Dice) -> list[Telecom]:
    """A landline, a mobile, both or neither, and possibly an e-mail address."""
    telecoms = []
    if dice.happens(50):
        telecoms.append(phone(dice.below(1_000_000), TelecomUse.HOME))
    if dice.happens(70):
        telecoms.append(phone(dice.below(1_000_000), TelecomUse.MOBILE))
    if dice.happens(30):
        name = f"borger{dice.below(100_000)}@example.com"
        telecoms.append(Telecom.email(name, TelecomUse.HOME))
    return telecoms


def employee(title: str, dice: Dice) -> Person:
    """An employee of an organisation."""
    given = dice.one_of(_GIVEN[dice.one_of((Gender.FEMALE, Gender.MALE))])
    return Person(PersonName([given], dice.one_of(_FAMILIES), [title]))
