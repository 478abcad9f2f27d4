"""Names of persons, addresses and telecoms. All are personal data: ``repr`` shows none of them."""

import re
from collections.abc import Iterable, Mapping
from typing import Self
from urllib.parse import unquote

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.model.validators import (
    are_texts,
    demand,
    distinct,
    field_name,
    is_optional_text,
    lines,
    masked,
    optional,
    optional_line,
)
from apd.standard.codes import REMARKS, AddressUse, NullFlavor, TelecomUse
from apd.wording import Language, Wording


def words_of(text: str) -> tuple[str, ...]:
    """The words and numbers of a text in lower case, without what is between them."""
    return tuple(_words_in(text.casefold()))


@frozen(cache_hash=True)
class PersonName:
    """A person's name (navn); HL7 PN.

    Args:
        given: given names (fornavne), in order.
        family: family name (efternavn).
        prefix: what precedes the name, such as ``("Læge",)``.
        suffix: what follows it, such as ``("ph.d.",)``.

    Raises:
        InvalidValue: there is no part, or one that XML cannot represent.
    """

    given: tuple[str, ...] = field(default=(), converter=lines, validator=are_texts, repr=masked)
    family: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=masked
    )
    prefix: tuple[str, ...] = field(default=(), converter=lines, validator=are_texts, repr=masked)
    suffix: tuple[str, ...] = field(default=(), converter=lines, validator=are_texts, repr=masked)

    def __attrs_post_init__(self) -> None:
        if not (self.family or self.given or self.prefix or self.suffix):
            raise InvalidValue(
                "PersonName",
                Wording("er tomt", "is empty"),
                Wording(
                    "angiv mindst et fornavn eller et efternavn",
                    "specify at least a given or family name",
                ),
            )

    @property
    def full(self) -> str:
        """The full name: prefix, given names, family name, suffix."""
        family = (self.family,) if self.family else ()
        return " ".join((*self.prefix, *self.given, *family, *self.suffix))

    def __str__(self) -> str:
        return "PersonName(***)"


@frozen(cache_hash=True)
class Address:
    """A postal address (adresse); HL7 AD.

    It has either content, or a null flavor that states why there is none; see
    :meth:`not_informed`. It takes whatever a document states; the validator warns about a postal
    code or a city that cannot exist (:func:`is_danish_place`).

    Args:
        lines: street address lines, in order.
        postal_code: postnummer, such as ``"5000"``.
        city: by.
        country: land.
        use: what the address is for, or None.
        null_flavor: why there is no content.

    Raises:
        InvalidValue: it has neither content nor a null flavor, or both.
    """

    lines: tuple[str, ...] = field(default=(), converter=lines, validator=are_texts, repr=masked)
    postal_code: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=masked
    )
    city: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=masked
    )
    country: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=masked
    )
    use: AddressUse | None = field(default=None, kw_only=True, validator=optional(AddressUse))
    null_flavor: NullFlavor | None = field(
        default=None, kw_only=True, validator=optional(NullFlavor)
    )

    def __attrs_post_init__(self) -> None:
        has_content = bool(self.lines or self.postal_code or self.city or self.country)
        if has_content and self.null_flavor:
            raise InvalidValue(
                "Address",
                Wording("har både indhold og en nullFlavor", "has content and a null flavor"),
                Wording("angiv en af delene", "specify one of them"),
            )
        if not has_content and not self.null_flavor:
            raise InvalidValue(
                "Address",
                Wording("er tom", "is empty"),
                Wording(
                    "angiv dens dele, eller en nullFlavor",
                    "specify its parts, or a null flavor",
                ),
            )

    @classmethod
    def not_informed(
        cls,
        use: AddressUse | None = None,
        null_flavor: NullFlavor = NullFlavor.NO_INFORMATION,
    ) -> Self:
        """An address that is not provided (ikke oplyst)."""
        return cls(use=use, null_flavor=null_flavor)

    @property
    def is_informed(self) -> bool:
        """False for an address that is not provided."""
        return self.null_flavor is None

    @property
    def one_line(self) -> str:
        """The address on one line, as people write it: street, postal code and city."""
        place = " ".join(part for part in (self.postal_code, self.city) if part)
        return ", ".join(part for part in (*self.lines, place, self.country) if part)

    def __str__(self) -> str:
        return "Address(***)"


PROTECTED = "ADRESSEBESKYTTET"
"""The text for each part of a protected address, as in MedCom's example from a region."""


def is_protected(address: Address | None) -> bool:
    """Whether an address states that it is protected: by that word, or masked (MSK)."""
    if address is None:
        return False
    stated = {*address.lines, address.city}
    return address.null_flavor is NullFlavor.MASKED or PROTECTED in {
        text.upper() for text in stated if text
    }


# RFC 3986, section 3: a scheme, a colon, and what the scheme calls for, in ASCII
# (nothing is given back, as no part of one can be part of another)
_CHARACTERS = r"A-Za-z0-9\-._~!$&'()*+,;="
_ESCAPE = "%[0-9A-Fa-f]{2}"
_URI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.\-]*+:"
    rf"(?=.)(?://(?:(?:[{_CHARACTERS}:]|{_ESCAPE})*@)?(?:[{_CHARACTERS}]|{_ESCAPE})*(?::[0-9]*)?(?=[/?#]|$))?"
    rf"(?>(?:[{_CHARACTERS}:@/]++|{_ESCAPE})*)(?:\?(?>(?:[{_CHARACTERS}:@/?]++|{_ESCAPE})*))?"
    rf"(?:#(?>(?:[{_CHARACTERS}:@/?]++|{_ESCAPE})*))?"
).fullmatch
_begins_with_scheme = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:").match
_BLANKS = re.compile(r"\s+")
_words_in = re.compile(r"[^\W_]+").findall


_NUMBER = re.compile(r"(?P<abroad>\+)?(?P<number>[0-9().\-/ ]+)(?:;[A-Za-z0-9\-]+(?:=[^;]*)?)*")
_MOST_DIGITS, _FEWEST, _FEWEST_ABROAD, _FEWEST_IN_DENMARK = 15, 3, 7, 10
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+").fullmatch
NUMBER_SCHEMES = ("tel", "sms", "fax")
_usual_number = re.compile(r"tel:(?:\+45)?[0-9]{8}").fullmatch


def is_dialable(number: str) -> bool:
    """Whether a telephone number can exist, by RFC 3966 and the number of digits in ITU-T E.164."""
    found = _NUMBER.fullmatch(number)
    digits = "" if found is None else "".join(filter(str.isdecimal, found["number"]))
    fewest = _FEWEST
    if found is not None and found["abroad"]:
        fewest = _FEWEST_IN_DENMARK if digits.startswith("45") else _FEWEST_ABROAD
    return fewest <= len(digits) <= _MOST_DIGITS


def is_well_formed(uri: str) -> bool:
    """Whether a telecom has a scheme, and for telephone numbers and e-mail addresses its form.

    ``Telecom`` itself takes any URI, so that nothing in a document is lost; the validator warns
    about those that are not well-formed.
    """
    if _usual_number(uri):
        return True
    if not _begins_with_scheme(uri):
        return False
    scheme, _, address = uri.partition(":")
    stated = unquote(address)
    if scheme.lower() in NUMBER_SCHEMES:
        return is_dialable(stated)
    return scheme.lower() != "mailto" or _EMAIL(stated.partition("?")[0]) is not None


_DENMARK = frozenset(("", "dk", "dnk", "danmark", "denmark"))
_POSTAL_CODE = re.compile(r"(?:DK[ -]?)?[0-9]{4}|FO[ -]?[0-9]{3}", re.IGNORECASE).fullmatch


def is_danish_place(postal_code: str | None, city: str | None, country: str | None) -> bool:
    """False if a place in Denmark has a postal code or a city that cannot exist.

    Postal codes have four digits (0000 for a protected address), those of the Faroe Islands three;
    a city has letters. Places in other countries are not checked.
    """
    if (country or "").strip().casefold() not in _DENMARK:
        return True
    if postal_code and _POSTAL_CODE(postal_code) is None:
        return False
    return not city or any(map(str.isalpha, city))


def _demand_number(number: str, argument: str) -> str:
    demand(number, argument, str)
    dialled = _BLANKS.sub("", number)
    if not is_dialable(dialled):
        raise InvalidValue(
            argument,
            Wording("er ikke et telefonnummer", "is not a telephone number"),
            Wording(
                "angiv 3 til 15 cifre, f.eks. 65113333 eller +4565113333",
                "specify 3 to 15 digits, such as 65113333 or +4565113333",
            ),
        )
    return dialled


def _is_uri(instance: object, attribute: "Attribute[str]", value: object) -> None:
    if not isinstance(value, str) or _URI(value) is None:
        raise InvalidValue(
            field_name(instance, attribute),
            Wording("er ikke en URI", "is not a URI"),
            Wording(
                "angiv skema og adresse uden blanktegn, f.eks. tel:65113333",
                "specify a scheme and an address without white space, such as tel:65113333",
            ),
        )


def _unpadded(value: str) -> str:
    return value.strip() if isinstance(value, str) else value


@frozen(cache_hash=True)
class Telecom:
    """A telephone number, e-mail or web address (telekommunikationsadresse); HL7 TEL.

    Args:
        value: a URI with its scheme: ``tel:65113333``, ``mailto:…``, ``sms:…``, ``http:…``.
        use: what it is for, or None.

    Raises:
        InvalidValue: it has no scheme, or contains a blank or a character outside ASCII.
    """

    value: str = field(converter=_unpadded, validator=_is_uri, repr=masked)
    use: TelecomUse | None = field(default=None, validator=optional(TelecomUse))

    @classmethod
    def phone(cls, number: str, use: TelecomUse | None = TelecomUse.WORK) -> Self:
        """A telephone number; blanks in it are dropped.

        Raises:
            InvalidValue: no such number can exist; see :func:`is_dialable`.
        """
        return cls("tel:" + _demand_number(number, "Telecom.phone(number)"), use)

    @classmethod
    def sms(cls, number: str, use: TelecomUse | None = TelecomUse.MOBILE) -> Self:
        """A number for text messages; blanks in it are dropped.

        Raises:
            InvalidValue: no such number can exist; see :func:`is_dialable`.
        """
        return cls("sms:" + _demand_number(number, "Telecom.sms(number)"), use)

    @classmethod
    def email(cls, address: str, use: TelecomUse | None = TelecomUse.WORK) -> Self:
        """An e-mail address.

        Raises:
            InvalidValue: it has no @ with something on both sides.
        """
        demand(address, "Telecom.email(address)", str)
        if _EMAIL(address.strip()) is None:
            raise InvalidValue(
                "Telecom.email(address)",
                Wording("er ikke en e-mailadresse", "is not an e-mail address"),
                Wording(
                    "angiv f.eks. navn@example.dk", "specify an address such as name@example.dk"
                ),
            )
        return cls("mailto:" + address.strip(), use)

    @property
    def scheme(self) -> str:
        """The part before the first colon, in lower case, such as ``tel`` or ``mailto``."""
        return self.value.partition(":")[0].lower()

    @property
    def is_phone(self) -> bool:
        """Whether it is a telephone number: ``tel:`` with at least one digit.

        Digits of an escape, such as ``%20``, and of a parameter, such as ``;ext=1``, do not count.
        """
        if self.scheme != "tel":
            return False
        number = self.address.partition(";")[0]
        return any(map(str.isdecimal, unquote(number)))

    @property
    def address(self) -> str:
        """The number or address for people, without ``tel:`` and the like."""
        scheme, _, address = self.value.partition(":")
        return address if scheme.lower() in ("tel", "sms", "mailto", "fax") else self.value

    def __str__(self) -> str:
        return "Telecom(***)"


def as_telecoms(telecoms: Iterable[Telecom]) -> tuple[Telecom, ...]:
    """Converter: any number of telecoms, in order and without duplicates."""
    return distinct(telecoms)


def remarked(
    text: str,
    use: AddressUse | TelecomUse | None,
    language: Language,
    uses: Mapping[str, Wording] = REMARKS,
) -> str:
    """A text with contact details, with their use in parentheses."""
    remark = uses.get(use) if use else None
    return text if remark is None else f"{text} ({remark.in_language(language)})"


def telephones(telecoms: Iterable[Telecom]) -> tuple[Telecom, ...]:
    """The telephone numbers among telecoms, in order, each number once."""
    found: dict[str, Telecom] = {}
    for telecom in telecoms:
        if telecom.is_phone:
            found.setdefault(telecom.address, telecom)
    return tuple(found.values())
