"""Names of persons, addresses and telecoms. All of it personal data: a ``repr`` shows none."""

import re
from collections.abc import Iterable
from typing import Self

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.model.checks import (
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
    """The words and numbers of a text in small letters, without what stands between them."""
    return tuple(_words_in(text.casefold()))


@frozen(cache_hash=True)
class PersonName:
    """A person's name (navn); HL7 PN.

    Args:
        given: given names (fornavne), in order.
        family: family name (efternavn).
        prefix: what stands before, such as ``("Læge",)``.
        suffix: what stands after, such as ``("ph.d.",)``.

    Raises:
        InvalidValue: no part at all, or a part that XML cannot carry.
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
                    "give at least a given or family name",
                ),
            )

    @property
    def full(self) -> str:
        """The name as it is said: prefix, given names, family name, suffix."""
        family = (self.family,) if self.family else ()
        return " ".join((*self.prefix, *self.given, *family, *self.suffix))

    def __str__(self) -> str:
        return "PersonName(***)"


@frozen(cache_hash=True)
class Address:
    """A postal address (adresse); HL7 AD.

    Either it has content, or it has a null flavor that says why it has none; see
    :meth:`not_informed`.

    Args:
        lines: street address lines, in order.
        postal_code: postnummer, such as ``"5000"``.
        city: by.
        country: land.
        use: what the address is for, or None.
        null_flavor: why there is no content.

    Raises:
        InvalidValue: neither content nor null flavor, or both.
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
                Wording("angiv en af delene", "give one of them"),
            )
        if not has_content and not self.null_flavor:
            raise InvalidValue(
                "Address",
                Wording("er tom", "is empty"),
                Wording(
                    "angiv dens dele, eller en nullFlavor",
                    "give its parts, or a null flavor",
                ),
            )

    @classmethod
    def not_informed(
        cls,
        use: AddressUse | None = None,
        null_flavor: NullFlavor = NullFlavor.NO_INFORMATION,
    ) -> Self:
        """An address that is not told (ikke oplyst)."""
        return cls(use=use, null_flavor=null_flavor)

    @property
    def is_informed(self) -> bool:
        """False for an address that is not told."""
        return self.null_flavor is None

    @property
    def one_line(self) -> str:
        """The address on one line, as people write it: street, postal code and city."""
        place = " ".join(part for part in (self.postal_code, self.city) if part)
        return ", ".join(part for part in (*self.lines, place, self.country) if part)

    def __str__(self) -> str:
        return "Address(***)"


# RFC 3986, section 3: a scheme, a colon, and what the scheme calls for, in ASCII
# (possessive, as no part of one can be part of another)
_CHARACTERS = r"A-Za-z0-9\-._~!$&'()*+,;="
_ESCAPE = "%[0-9A-Fa-f]{2}"
_URI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.\-]*+:"
    rf"(?=.)(?://(?:(?:[{_CHARACTERS}:]|{_ESCAPE})*@)?(?:[{_CHARACTERS}]|{_ESCAPE})*(?::[0-9]*)?(?=[/?#]|$))?"
    rf"(?:[{_CHARACTERS}:@/]++|{_ESCAPE})*+(?:\?(?:[{_CHARACTERS}:@/?]++|{_ESCAPE})*+)?"
    rf"(?:#(?:[{_CHARACTERS}:@/?]++|{_ESCAPE})*+)?"
).fullmatch
_BLANKS = re.compile(r"\s+")
_words_in = re.compile(r"[^\W_]+").findall


def _is_uri(instance: object, attribute: "Attribute[str]", value: object) -> None:
    if not isinstance(value, str) or _URI(value) is None:
        raise InvalidValue(
            field_name(instance, attribute),
            Wording("er ikke en URI", "is not a URI"),
            Wording(
                "angiv skema og adresse uden blanktegn, som tel:65113333",
                "give scheme and address without blanks, such as tel:65113333",
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
        InvalidValue: no scheme, or a blank or non-ASCII character in it.
    """

    value: str = field(converter=_unpadded, validator=_is_uri, repr=masked)
    use: TelecomUse | None = field(default=None, validator=optional(TelecomUse))

    @classmethod
    def phone(cls, number: str, use: TelecomUse | None = TelecomUse.WORK) -> Self:
        """A telephone number; blanks in it are dropped."""
        demand(number, "Telecom.phone(number)", str)
        return cls("tel:" + _BLANKS.sub("", number), use)

    @classmethod
    def sms(cls, number: str, use: TelecomUse | None = TelecomUse.MOBILE) -> Self:
        """A number for text messages; blanks in it are dropped."""
        demand(number, "Telecom.sms(number)", str)
        return cls("sms:" + _BLANKS.sub("", number), use)

    @classmethod
    def email(cls, address: str, use: TelecomUse | None = TelecomUse.WORK) -> Self:
        """An e-mail address."""
        demand(address, "Telecom.email(address)", str)
        return cls("mailto:" + address, use)

    @property
    def scheme(self) -> str:
        """What stands before the first colon, in lower case: ``tel``, ``mailto`` …"""
        return self.value.partition(":")[0].lower()

    @property
    def is_phone(self) -> bool:
        """True for a telephone number: ``tel:`` with a digit in it."""
        return self.scheme == "tel" and any(map(str.isdecimal, self.value))

    @property
    def address(self) -> str:
        """What people dial or write: the number or address without ``tel:`` and the like."""
        if self.scheme in ("tel", "sms", "mailto", "fax"):
            return self.value.partition(":")[2]
        return self.value

    def __str__(self) -> str:
        return "Telecom(***)"


def as_telecoms(telecoms: Iterable[Telecom]) -> tuple[Telecom, ...]:
    """Converter: any number of telecoms, in order; the same one is not said twice."""
    return distinct(telecoms)


def remarked(text: str, use: AddressUse | TelecomUse | None, language: Language) -> str:
    """A text that says where to reach somebody, with what must be said of it because of its use."""
    remark = REMARKS.get(use) if use else None
    return text if remark is None else f"{text} ({remark.in_language(language)})"


def telephones(telecoms: Iterable[Telecom]) -> tuple[Telecom, ...]:
    """The telephone numbers among telecoms, in order, each number once."""
    found: dict[str, Telecom] = {}
    for telecom in telecoms:
        if telecom.is_phone:
            found.setdefault(telecom.address, telecom)
    return tuple(found.values())
