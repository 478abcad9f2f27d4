"""Identifiers: which numbers each class takes, and what it says of others."""

import datetime
import uuid
from typing import Any

import pytest
from attrs import evolve

import apd
from apd.model.identifiers import known_identifier
from tests.model.refusal import Refused, assert_refused

A_UUID = "0d6f3c1a-88b7-4f0e-9c21-5e0b7a4d2f63"


# Taken ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("2512489996", "2512489996"),
        ("251248-9996", "2512489996"),
        ("251248 9996", "2512489996"),
        (" 2512489996 ", "2512489996"),
        ("0101659901", "0101659901"),
        ("0107009901", "0107009901"),
        ("8512489996", "8512489996"),
        ("6101009900", "6101009900"),
        ("2902009900", "2902009900"),
    ],
    ids=[
        "a test number",
        "a hyphen is dropped",
        "a blank is dropped",
        "blanks around it are dropped",
        "without a right check digit",
        "without a right check digit, of this century",
        "60 added to the day: a replacement number",
        "60 added to the first of a month",
        "the 29th of February of a leap year",
    ],
)
def test_a_cpr_number(given: str, value: str) -> None:
    assert apd.CprNumber(given).value == value


@pytest.mark.parametrize(
    ("number", "born"),
    [
        ("0201000001", datetime.date(1900, 1, 2)),
        ("1506993999", datetime.date(1999, 6, 15)),
        ("0101364001", datetime.date(2036, 1, 1)),
        ("1506374001", datetime.date(1937, 6, 15)),
        ("0101575001", datetime.date(2057, 1, 1)),
        ("0101585001", datetime.date(1858, 1, 1)),
        ("0101998001", datetime.date(1899, 1, 1)),
        ("0101369900", datetime.date(2036, 1, 1)),
        ("0101379900", datetime.date(1937, 1, 1)),
        ("8512489996", datetime.date(1948, 12, 25)),
    ],
)
def test_the_seventh_digit_of_a_cpr_number_states_the_century(
    number: str, born: datetime.date
) -> None:
    assert apd.CprNumber(number).birth_date == born


@pytest.mark.parametrize(
    ("code", "has_check_digit"),
    [
        ("325421000016001", True),
        ("325421000016002", False),
        ("325421000016021", False),
        ("1", False),
        ("123456789012345678", False),
    ],
)
def test_a_sor_code_may_be_made_up(code: str, has_check_digit: bool) -> None:
    """Made-up codes are in circulation, so only the form is asked for."""
    assert apd.SorCode(code).has_check_digit is has_check_digit


@pytest.mark.parametrize("number", ["1", "012345", "999999"])
def test_a_provider_number_keeps_its_zeros(number: str) -> None:
    assert apd.ProviderNumber(number).value == number


@pytest.mark.parametrize("make", [apd.MedComId, apd.EpisodeId])
@pytest.mark.parametrize(
    ("given", "value"),
    [(A_UUID, A_UUID), (A_UUID.upper(), A_UUID.upper()), (uuid.UUID(A_UUID), A_UUID)],
    ids=["text", "text in capitals, which are kept", "a uuid.UUID"],
)
def test_a_uuid(make: type[apd.MedComId | apd.EpisodeId], given: Any, value: str) -> None:
    assert make(given).value == value


def test_a_new_medcom_id_is_another_each_time() -> None:
    assert apd.MedComId.new() != apd.MedComId.new()


@pytest.mark.parametrize("root", ["1.2.208.176.9", "2.16.840.1.113883.3", "0.0", "1", A_UUID])
def test_any_other_identifier_has_an_oid_or_a_uuid_for_root(root: str) -> None:
    assert apd.Identifier(root).root == root


@pytest.mark.parametrize(
    ("root", "extension", "kind"),
    [
        (apd.Oid.CPR, "2512489996", apd.CprNumber),
        (apd.Oid.CPR, "251248-9996", apd.CprNumber),
        (apd.Oid.CPR, "25124899", None),
        (apd.Oid.CPR, "3213219900", None),
        (apd.Oid.SOR, "325421000016001", apd.SorCode),
        (apd.Oid.SOR, "32542A", None),
        (apd.Oid.PROVIDER, "012345", apd.ProviderNumber),
        (apd.Oid.PROVIDER, "0123456", None),
        (apd.Oid.MEDCOM, A_UUID, apd.MedComId),
        (apd.Oid.MEDCOM, "17", None),
        (apd.Oid.MEDCOM, None, None),
        (apd.Oid.EPISODE_OF_CARE, A_UUID, apd.EpisodeId),
        ("1.2.3", "17", None),
    ],
)
def test_the_root_determines_the_class_as_far_as_the_number_is_of_its_form(
    root: str, extension: str | None, kind: Any
) -> None:
    """Any other is an Identifier, with the number as it stands."""
    known = known_identifier(root, extension)
    assert known == (None if kind is None else kind(extension))
    if known is None:
        other = apd.Identifier(root, extension)
        assert (other.root, other.extension) == (root, extension)


@pytest.mark.parametrize(
    ("made", "root", "authority"),
    [
        (apd.CprNumber("2512489996"), "1.2.208.176.1.2", "CPR"),
        (apd.SorCode("1"), "1.2.208.176.1.1", "SOR"),
        (apd.ProviderNumber("1"), "1.2.208.176.1.4", "Yderregisteret"),
        (apd.MedComId(A_UUID), "1.2.208.184", "MedCom"),
        (
            apd.EpisodeId(A_UUID),
            "1.2.208.176.7.1.10.83",
            "Sundhedsvæsenets Klassifikations System",
        ),
        (apd.Identifier("1.2.3", "4", "Nogen"), "1.2.3", "Nogen"),
    ],
)
def test_every_identifier_has_a_root_an_extension_and_an_authority(
    made: Any, root: str, authority: str
) -> None:
    assert (made.root, made.authority) == (root, authority)
    assert made.extension == made.value


# Refused -------------------------------------------------------------------------------------

_NOT_CPR = ("is not a CPR number", "ten digits that begin with a date of birth")
_NOT_SOR = ("does not have the right form", "1 to 18 digits")
_NOT_PROVIDER = ("does not have the right form", "1 to 6 digits")
_NOT_UUID = ("does not have the right form", "a UUID")
_NOT_ROOT = ("does not have the right form", "an OID or a UUID")

REFUSED = [
    Refused(apd.CprNumber, "value", "251248999", *_NOT_CPR),
    Refused(apd.CprNumber, "value", "25124899961", *_NOT_CPR),
    Refused(apd.CprNumber, "value", "3113489996", *_NOT_CPR),
    Refused(apd.CprNumber, "value", "2902019900", *_NOT_CPR),
    Refused(apd.CprNumber, "value", "0013489996", *_NOT_CPR),
    Refused(apd.CprNumber, "value", "6013489996", *_NOT_CPR),
    Refused(apd.CprNumber, "value", "9212489996", *_NOT_CPR),
    Refused(apd.CprNumber, "value", "25124899A6", *_NOT_CPR),
    Refused(apd.CprNumber, "value", "٢٥١٢٤٨٩٩٩٦", *_NOT_CPR),
    Refused(apd.CprNumber, "value", "", *_NOT_CPR),
    Refused(apd.CprNumber, "value", 2512489996, *_NOT_CPR),
    Refused(apd.CprNumber, "value", None, *_NOT_CPR),
    Refused(apd.SorCode, "value", "", *_NOT_SOR),
    Refused(apd.SorCode, "value", "1234567890123456789", *_NOT_SOR),
    Refused(apd.SorCode, "value", "3254-21", *_NOT_SOR),
    Refused(apd.SorCode, "value", "٣٢٥٤٢١", *_NOT_SOR),
    Refused(apd.SorCode, "value", 325421000016001, *_NOT_SOR),
    Refused(apd.ProviderNumber, "value", "1234567", *_NOT_PROVIDER),
    Refused(apd.ProviderNumber, "value", "12 345", *_NOT_PROVIDER),
    Refused(apd.ProviderNumber, "value", "", *_NOT_PROVIDER),
    Refused(apd.MedComId, "value", "0d6f3c1a", *_NOT_UUID),
    Refused(apd.MedComId, "value", A_UUID.replace("-", ""), *_NOT_UUID),
    Refused(apd.MedComId, "value", None, *_NOT_UUID),
    Refused(apd.EpisodeId, "value", f"{{{A_UUID}}}", *_NOT_UUID),
    Refused(apd.Identifier, "root", "MedCom", *_NOT_ROOT),
    Refused(apd.Identifier, "root", "1.02.3", *_NOT_ROOT),
    Refused(apd.Identifier, "root", "3.1.2", *_NOT_ROOT),
    Refused(apd.Identifier, "root", "3", *_NOT_ROOT),
    Refused(apd.Identifier, "root", "", *_NOT_ROOT),
    Refused(
        apd.Identifier, "extension", "2512489996", "is the root of CprNumber", "as CprNumber",
        {"root": apd.Oid.CPR}, "Identifier.root",
    ),
    Refused(
        apd.Identifier, "extension", "325421000016001", "is the root of SorCode", "as SorCode",
        {"root": apd.Oid.SOR}, "Identifier.root",
    ),
    Refused(
        apd.Identifier, "extension", "12\x0034",
        "contains a control character that XML cannot represent", "remove characters",
        {"root": "1.2.3"},
    ),
    Refused(apd.Identifier, "authority", 17, "not int", "text (str)", {"root": "1.2.3"}),
]  # fmt: skip


@pytest.mark.parametrize("row", REFUSED, ids=str)
def test_refused(row: Refused) -> None:
    assert_refused(row)


# Shown ---------------------------------------------------------------------------------------


def test_a_cpr_number_is_never_shown() -> None:
    number = apd.CprNumber("2512489996")
    assert repr(number) == str(number) == f"{number}" == "CprNumber(***)"


def test_the_number_of_an_unknown_kind_could_be_a_cpr_number_and_is_not_shown() -> None:
    assert "2512489996" not in repr(apd.Identifier("1.2.3", "2512489996"))


def test_numbers_of_organisations_are_no_secret() -> None:
    assert "325421" in repr(apd.SorCode("325421"))


# Compared ------------------------------------------------------------------------------------


def test_identifiers_are_values() -> None:
    number = apd.CprNumber("2512489996")
    assert number == apd.CprNumber("251248-9996") != apd.CprNumber("2512489997")
    assert len({number, evolve(number)}) == 1
    with pytest.raises(AttributeError):
        number.value = "2512489997"  # type: ignore[misc]
