"""Names of persons, addresses and telecoms."""

from typing import Any

import pytest

import apd
from apd.model.contact import is_danish_place, is_well_formed, telephones
from tests.model.refusal import Refused, assert_refused

# Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "full"),
    [
        (apd.PersonName(["Ida"]), "Ida"),
        (apd.PersonName(family="Egeskov"), "Egeskov"),
        (apd.PersonName(["Ida", "Marie"], "Egeskov"), "Ida Marie Egeskov"),
        (apd.PersonName(["Ida"], "Egeskov", ["Læge"], ["ph.d."]), "Læge Ida Egeskov ph.d."),
        (apd.PersonName(prefix=["Vagtlægen"]), "Vagtlægen"),
        (apd.PersonName(suffix=["jr."]), "jr."),
    ],
)
def test_a_name_in_full(name: apd.PersonName, full: str) -> None:
    assert name.full == full


# Addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "one_line"),
    [
        (apd.Address(["Torvet 1"], "5000", "Odense C"), "Torvet 1, 5000 Odense C"),
        (
            apd.Address(["Torvet 1", "st. tv."], "5000", "Odense C", "Danmark"),
            "Torvet 1, st. tv., 5000 Odense C, Danmark",
        ),
        (apd.Address(postal_code="5000"), "5000"),
        (apd.Address(city="Odense C"), "Odense C"),
        (apd.Address(country="Danmark"), "Danmark"),
        (apd.Address.not_informed(), ""),
    ],
)
def test_an_address_on_one_line(address: apd.Address, one_line: str) -> None:
    assert address.one_line == one_line


@pytest.mark.parametrize("use", [None, *apd.AddressUse])
@pytest.mark.parametrize("reason", apd.NullFlavor)
def test_an_address_that_is_not_stated_has_a_reason(
    use: apd.AddressUse | None, reason: apd.NullFlavor
) -> None:
    address = apd.Address.not_informed(use, reason)
    assert (address.use, address.null_flavor, address.is_informed) == (use, reason, False)


def test_an_address_is_missing_for_no_reason_unless_one_is_given() -> None:
    assert apd.Address.not_informed().null_flavor is apd.NullFlavor.NO_INFORMATION
    assert apd.Address(["Torvet 1"]).is_informed


# Telecoms ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("telecom", "value", "use", "address"),
    [
        (
            apd.Telecom.phone("65 99 88 77"),
            "tel:65998877",
            apd.TelecomUse.WORK,
            "65998877",
        ),
        (apd.Telecom.phone("+45 65\u00a011 33 33", None), "tel:+4565113333", None, "+4565113333"),
        (apd.Telecom.sms("20 30"), "sms:2030", apd.TelecomUse.MOBILE, "2030"),
        (
            apd.Telecom.email("ida@example.dk"),
            "mailto:ida@example.dk",
            apd.TelecomUse.WORK,
            "ida@example.dk",
        ),
        (apd.Telecom("fax:65"), "fax:65", None, "65"),
        (apd.Telecom("TEL:65"), "TEL:65", None, "65"),
        (apd.Telecom(" tel:65\n"), "tel:65", None, "65"),
        (
            apd.Telecom("https://example.dk/a?b=c#d"),
            "https://example.dk/a?b=c#d",
            None,
            "https://example.dk/a?b=c#d",
        ),
        (apd.Telecom("tel:65998877-1"), "tel:65998877-1", None, "65998877-1"),
    ],
)
def test_a_telecom(
    telecom: apd.Telecom, value: str, use: apd.TelecomUse | None, address: str
) -> None:
    assert (telecom.value, telecom.use, telecom.address) == (value, use, address)


@pytest.mark.parametrize("use", apd.TelecomUse)
def test_every_use_of_a_telecom(use: apd.TelecomUse) -> None:
    assert apd.Telecom("tel:65", use).use is use


def test_the_telephone_numbers_among_telecoms() -> None:
    email, sms = apd.Telecom.email("a@example.dk"), apd.Telecom.sms("333")
    one, two = apd.Telecom.phone("111"), apd.Telecom.phone("222")
    once_more = apd.Telecom.phone("111", apd.TelecomUse.MOBILE)
    assert telephones([email, two, one, sms, once_more]) == (two, one)
    assert telephones([email, sms]) == ()


@pytest.mark.parametrize(
    ("value", "is_phone"),
    [
        *((value, True) for value in ("tel:1", "TEL:6511", "tel:%2B4565113333", "tel:1;ext=2")),
        *((value, False) for value in ("tel:-", "tel:%20", "tel:;ext=2", "sms:1")),
    ],
)
def test_what_a_telephone_number_is(value: str, is_phone: bool) -> None:
    assert apd.Telecom(value).is_phone is is_phone


# Refused -------------------------------------------------------------------------------------

_NOT_URI = ("is not a URI", "specify a scheme and an address without white space")
_EMPTY_ADDRESS: dict[str, Any] = {
    "problem": "is empty",
    "expected": "a null flavor",
    "where": "Address",
}
_EMPTY_NAME: dict[str, Any] = {
    "problem": "is empty",
    "expected": "at least a given or family name",
    "where": "PersonName",
}

REFUSED = [
    Refused(apd.PersonName, "given", (), **_EMPTY_NAME),
    Refused(apd.PersonName, "given", [" ", ""], **_EMPTY_NAME),
    Refused(apd.PersonName, "family", " ", **_EMPTY_NAME),
    Refused(apd.Address, "lines", (), **_EMPTY_ADDRESS),
    Refused(apd.Address, "city", "\n", **_EMPTY_ADDRESS),
    Refused(
        apd.Address, "city", "Odense", "has content and a null flavor", "one of them",
        {"null_flavor": apd.NullFlavor.MASKED}, "Address",
    ),
    Refused(apd.Address, "use", "WP", "not str", "AddressUse or None", {"city": "Odense"}),
    Refused(apd.Address, "null_flavor", "NI", "not str", "NullFlavor or None"),
    Refused(apd.Telecom, "value", "65998877", *_NOT_URI),
    Refused(apd.Telecom, "value", "fax:", *_NOT_URI),
    Refused(apd.Telecom, "value", ":65998877", *_NOT_URI),
    Refused(apd.Telecom, "value", "4el:65998877", *_NOT_URI),
    Refused(apd.Telecom, "value", "tel:6599 8877", *_NOT_URI),
    Refused(apd.Telecom, "value", "mailto:søren@example.dk", *_NOT_URI),
    Refused(apd.Telecom, "value", "tel:65\x00113333", *_NOT_URI),
    Refused(apd.Telecom, "value", "", *_NOT_URI),
    Refused(apd.Telecom, "value", 65998877, *_NOT_URI),
    Refused(apd.Telecom, "use", "MC", "not str", "TelecomUse or None", {"value": "tel:65"}),
    Refused(
        apd.Telecom.phone, "number", 65113333, "not int", "str", where="Telecom.phone(number)"
    ),
    *[
        Refused(
            make, "number", number, "is not a telephone number", "3 to 15 digits",
            where=f"Telecom.{make.__name__}(number)",
        )
        for make in (apd.Telecom.phone, apd.Telecom.sms)
        for number in (
            *("ring til os", "+45", "", " ", "+", "-", "65", "+459988", "tel:65113333", "1" * 16),
            *("65113333 lok. 4", "6511333e", "+4665", "post@example.dk", "65+113333"),
        )
    ],
    *[
        Refused(
            apd.Telecom.email, "address", address, "is not an e-mail address", "name@example.dk",
            where="Telecom.email(address)",
        )
        for address in ("", "ida", "@example.dk", "ida@", "ida @example.dk", "a@b@c", "65113333")
    ],
    Refused(apd.Telecom.sms, "number", None, "not None", "str", where="Telecom.sms(number)"),
    Refused(
        apd.Telecom.email, "address", b"a@b.dk", "not bytes", "str", where="Telecom.email(address)"
    ),
]  # fmt: skip


@pytest.mark.parametrize("row", REFUSED, ids=str)
def test_refused(row: Refused) -> None:
    assert_refused(row)


@pytest.mark.parametrize(
    "number",
    [
        *("112", "1813", "65113333", "65 11 33 33", "+4565113333", "+45 65 11 33 33", "00102030"),
        *("+46 8 123 45", "+1 (555) 010-0199", "65113333;ext=12", "+298 123456", "0046812345"),
    ],
)
def test_what_can_be_dialled(number: str) -> None:
    telecom = apd.Telecom.phone(number)
    assert telecom.value == "tel:" + number.replace(" ", "")
    assert is_well_formed(telecom.value)


@pytest.mark.parametrize(
    ("uri", "is_right"),
    [
        *[(f"{scheme}:65113333", True) for scheme in ("tel", "sms", "fax", "TEL")],
        *[(f"{scheme}:ring", False) for scheme in ("tel", "sms", "fax", "TEL")],
        ("tel:+45", False),
        ("tel:", False),
        ("tel:65%2011%2033%2033", True),
        ("mailto:ida@example.dk", True),
        ("mailto:s%C3%B8ren@example.dk?subject=a@b", True),
        ("mailto:ida", False),
        ("mailto:@example.dk", False),
        ("https://example.dk", True),
        ("x-apd:anything", True),
        *((value, False) for value in ("", "65113333", "ida@example.dk", "12:34", "//example.dk")),
    ],
)
def test_a_telecom_takes_what_documents_state_and_shows_whether_it_is_right(
    uri: str, is_right: bool
) -> None:
    assert is_well_formed(uri) is is_right
    if uri != "tel:" and uri[:1].isalpha() and ":" in uri:
        assert apd.Telecom(uri).value == uri


@pytest.mark.parametrize(
    ("postal_code", "city", "country", "is_right"),
    [
        ("5000", "Odense C", None, True),
        ("5000", None, None, True),
        (None, "Odense", None, True),
        ("0000", "ADRESSEBESKYTTET", None, True),
        ("DK-5000", "Odense", "Danmark", True),
        ("FO-100", "Tórshavn", None, True),
        ("999", "By", None, False),
        ("50000", "By", "DK", False),
        ("By", "9999", None, False),
        ("9999", "9999", "DENMARK", False),
        ("5000", "-", None, False),
        ("999", "Norge", "Norge", True),
        ("SW1A 1AA", "London", "GB", True),
    ],
)
def test_a_place_in_denmark(
    postal_code: str | None, city: str | None, country: str | None, is_right: bool
) -> None:
    assert is_danish_place(postal_code, city, country) is is_right
    # whatever it is, it is held, so that nothing is lost of what is read
    assert apd.Address(["x 1"], postal_code, city, country).city == city
