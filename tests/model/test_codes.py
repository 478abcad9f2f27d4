"""Codes and the closed lists of them, with the words people read."""

from enum import Enum

import pytest

import apd
from tests.model.refusal import Refused, assert_refused

STATUSES = {
    apd.Status.ACTIVE: ("aktiv", "active"),
    apd.Status.NORMAL: ("normal", "normal"),
    apd.Status.ABORTED: ("afbrudt", "aborted"),
    apd.Status.CANCELLED: ("aflyst", "cancelled"),
    apd.Status.COMPLETED: ("afsluttet", "completed"),
    apd.Status.HELD: ("sat i bero", "held"),
    apd.Status.NEW: ("ny", "new"),
    apd.Status.SUSPENDED: ("midlertidigt afbrudt", "suspended"),
    apd.Status.NULLIFIED: ("annulleret", "nullified"),
    apd.Status.OBSOLETE: ("forældet", "obsolete"),
}


@pytest.mark.parametrize(
    ("item", "danish", "english"),
    [
        (apd.Category.REGIONAL, "Regional aftale", "Regional appointment"),
        (apd.Category.MUNICIPAL, "Kommunal aftale", "Municipal appointment"),
        (apd.Category.PRACTITIONER, "Aftale i praksissektoren", "Practitioner appointment"),
        (apd.AppointmentType.STANDARD, "Standardaftale", "Standard appointment"),
        (apd.AppointmentType.INDICATIVE, "Tidspunkt ikke eksakt", "Time not exact"),
        (apd.AppointmentType.OPEN_END, "Sluttidspunkt ikke kendt", "End not known"),
        (apd.AppointmentType.REPEATING, "Repeterende aftale", "Repeating appointment"),
        (apd.Gender.MALE, "mand", "male"),
        (apd.Gender.FEMALE, "kvinde", "female"),
        (apd.Gender.UNDIFFERENTIATED, "ubestemt", "undifferentiated"),
        *((status, *words) for status, words in STATUSES.items()),
        (apd.Confidentiality.NORMAL, "normal", "normal"),
        (apd.Confidentiality.RESTRICTED, "begrænset adgang", "restricted"),
        (apd.Confidentiality.VERY_RESTRICTED, "meget begrænset adgang", "very restricted"),
        (apd.PartOfDay.MORNING, "Morgen", "Morning"),
        (apd.PartOfDay.FORENOON, "Formiddag", "Forenoon"),
        (apd.PartOfDay.MIDDAY, "Middag", "Midday"),
        (apd.PartOfDay.AFTERNOON, "Eftermiddag", "Afternoon"),
        (apd.PartOfDay.EVENING, "Aften", "Evening"),
        (apd.PartOfDay.NIGHT, "Nat", "Night"),
    ],
)
def test_in_words(
    item: apd.Category | apd.AppointmentType | apd.Gender | apd.PartOfDay,
    danish: str,
    english: str,
) -> None:
    assert (item.display(), item.display("en")) == (danish, english)


@pytest.mark.parametrize("kind", [apd.Category, apd.AppointmentType, apd.Gender, apd.PartOfDay])
def test_every_item_has_words_of_its_own(kind: type[Enum]) -> None:
    for language in ("da", "en"):
        words = {item.display(language) for item in kind}  # type: ignore[attr-defined]
        assert len(words) == len(kind)


@pytest.mark.parametrize(
    ("system", "name"),
    [
        (apd.Oid.SKS, "Sundhedsvæsenets Klassifikations System"),
        (apd.Oid.SNOMED_CT, "SNOMED CT"),
        (apd.Oid.LOINC, "LOINC"),
        (apd.Oid.MEDCOM_MESSAGE_CODES, "MedCom Message Codes"),
        ("1.2.3", None),
    ],
)
def test_a_code_system_that_the_profile_names_has_a_name(system: str, name: str | None) -> None:
    assert apd.Code("A1", system).system_name == name


def test_a_code_is_taken_without_the_blanks_around_it() -> None:
    assert apd.Code(" A1 ", " 1.2.3 ") == apd.Code("A1", "1.2.3")


_NOT_CODE = ("does not have the right form", "a code without white space", {"system": "1.2.3"})
_NOT_OID = ("does not have the right form", "an OID", {"code": "A1"})


@pytest.mark.parametrize(
    "row",
    [
        Refused(apd.Code, "code", "A 1", *_NOT_CODE),
        Refused(apd.Code, "code", "", *_NOT_CODE),
        Refused(apd.Code, "code", "ABCD\x00", *_NOT_CODE),
        Refused(apd.Code, "code", "ABCD\ud800", *_NOT_CODE),
        Refused(apd.Code, "code", None, *_NOT_CODE),
        Refused(apd.Code, "system", "SNOMED CT", *_NOT_OID),
        Refused(apd.Code, "system", "1.02", *_NOT_OID),
        Refused(apd.Code, "system", "", *_NOT_OID),
    ],
    ids=str,
)
def test_refused(row: Refused) -> None:
    assert_refused(row)
