"""Identifiers: CPR, SOR code, provider number, MedCom UUID, episode of care, and any other.

Each has a root (an OID that identifies the issuer) and an extension (the number). Those that the
profile names have a class of their own, so that a SOR code cannot be used in place of a CPR number.
Roots: APD-DK 2.0.1, and MedCom's CDA header profile.
"""

import datetime
import re
from typing import TYPE_CHECKING, Any, ClassVar, Self

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.model.validators import (
    field_name,
    is_oid_or_uuid,
    is_optional_text,
    is_uuid,
    masked,
    matches,
    one_line,
    optional_line,
)
from apd.person_numbers import repr_without_numbers
from apd.standard.codes import SKS_NAME, Oid
from apd.wording import Wording

if TYPE_CHECKING:  # what is imported on first use costs more than the rest of this package
    from uuid import UUID

FIRST_BIRTH = datetime.date(1858, 1, 1)
"""The earliest date of birth that a CPR number can express."""
_CPR = re.compile("[0-9]{10}")
# Dates that exist in every year; only 29 February takes a look at the century.
_ANY_YEAR = re.compile(
    "(?:(?:0[1-9]|[12][0-9]|3[01])(?:0[13578]|1[02])|(?:0[1-9]|[12][0-9]|30)(?:0[469]|11)"
    "|(?:0[1-9]|1[0-9]|2[0-8])02)[0-9]{6}"
)
# Test and replacement numbers are made by adding 60 to the day of birth.
_DAY_OFFSET = 60


_separators = re.compile(r"[\s\-\u2010-\u2015]+")


def _without_separators(value: str) -> str:
    return _separators.sub("", value) if isinstance(value, str) else value


def _birth_date_of(digits: str) -> datetime.date:
    """The date in a CPR number. Raises ValueError (python-stdnum's) where there is none."""
    from stdnum.dk import cpr  # on first use, see above

    day = int(digits[:2])
    if day > _DAY_OFFSET:
        digits = f"{day - _DAY_OFFSET:02}{digits[2:]}"
    return cpr.get_birth_date(digits)


def _is_cpr(instance: object, attribute: "Attribute[str]", value: object) -> None:
    try:
        if isinstance(value, str) and _CPR.fullmatch(value):
            if not _ANY_YEAR.fullmatch(value):
                _birth_date_of(value)
            return
    except ValueError:
        pass
    raise InvalidValue(
        field_name(instance, attribute),
        Wording("er ikke et CPR-nummer", "is not a CPR number"),
        Wording(
            "angiv ti cifre, der begynder med en fødselsdato (DDMMÅÅ); siden 2007 kræves "
            "intet kontrolciffer",
            "specify ten digits that begin with a date of birth (DDMMYY); a check digit has not "
            "been required since 2007",
        ),
    )


@frozen(repr=False)
class CprNumber:
    """A Danish personal number (CPR-nummer).

    Test numbers, replacement numbers (60 added to the day) and numbers without a valid check
    digit (assigned since 2007) are accepted as well. ``str`` and ``repr`` never show it; use
    :attr:`value` for that.

    Args:
        value: ten digits, DDMMYYSSSS; blanks and hyphens between them are dropped.

    Raises:
        InvalidValue: it does not have ten digits, or they do not begin with a date.
    """

    root: ClassVar[str] = Oid.CPR.value
    authority: ClassVar[str] = "CPR"
    value: str = field(converter=_without_separators, validator=_is_cpr)

    @property
    def extension(self) -> str:
        """The ten digits."""
        return self.value

    @property
    def birth_date(self) -> datetime.date:
        """The date of birth in the number, with the century from its seventh digit."""
        return _birth_date_of(self.value)

    def __repr__(self) -> str:
        return "CprNumber(***)"


@frozen(cache_hash=True)
class SorCode:
    """A code of Sundhedsvæsenets Organisationsregister (SOR-kode).

    Args:
        value: 1 to 18 digits.

    Raises:
        InvalidValue: anything but 1 to 18 digits.
    """

    root: ClassVar[str] = Oid.SOR.value
    authority: ClassVar[str] = "SOR"
    value: str = field(
        converter=one_line,
        validator=matches(
            "[0-9]{1,18}",
            Wording("angiv en SOR-kode på 1 til 18 cifre", "specify a SOR code of 1 to 18 digits"),
        ),
        repr=repr_without_numbers,
    )

    @property
    def extension(self) -> str:
        """The digits."""
        return self.value

    @property
    def has_check_digit(self) -> bool:
        """Whether the last digit is the correct check digit.

        SOR codes are SNOMED identifiers: partition ``00`` or ``01`` before a Verhoeff digit.
        Invented codes are in use that fail this, so the constructor does not require it.
        """
        from stdnum import verhoeff

        return self.value[-3:-1] in ("00", "01") and bool(verhoeff.is_valid(self.value))


@frozen(cache_hash=True)
class ProviderNumber:
    """A number of Yderregisteret (ydernummer), of a practice.

    Args:
        value: 1 to 6 digits.

    Raises:
        InvalidValue: anything but 1 to 6 digits.
    """

    root: ClassVar[str] = Oid.PROVIDER.value
    authority: ClassVar[str] = "Yderregisteret"
    value: str = field(
        converter=one_line,
        validator=matches(
            "[0-9]{1,6}",
            Wording(
                "angiv et ydernummer på 1 til 6 cifre",
                "specify a provider number (ydernummer) of 1 to 6 digits",
            ),
        ),
    )

    @property
    def extension(self) -> str:
        """The digits."""
        return self.value


def _uuid_text(value: "str | UUID") -> str:
    return one_line(value) if isinstance(value, str) else str(value)


@frozen
class MedComId:
    """A UUID under MedCom's root: of documents, appointments, series and some episodes.

    Args:
        value: a UUID, as text in either case or as :class:`uuid.UUID`.

    Raises:
        InvalidValue: it is not a UUID.
    """

    root: ClassVar[str] = Oid.MEDCOM.value
    authority: ClassVar[str] = "MedCom"
    value: str = field(converter=_uuid_text, validator=is_uuid)

    @property
    def extension(self) -> str:
        """The UUID as text."""
        return self.value

    @classmethod
    def new(cls) -> Self:
        """A new, random one."""
        from uuid import uuid4  # on first use, see above

        return cls(uuid4())


@frozen
class EpisodeId:
    """A UUID of an episode of care in the national patient register (forløbs-id, LPR3).

    Args:
        value: a UUID, as text in either case or as :class:`uuid.UUID`.

    Raises:
        InvalidValue: it is not a UUID.
    """

    root: ClassVar[str] = Oid.EPISODE_OF_CARE.value
    authority: ClassVar[str] = SKS_NAME
    value: str = field(converter=_uuid_text, validator=is_uuid)

    @property
    def extension(self) -> str:
        """The UUID as text."""
        return self.value


_TYPE_BY_ROOT: dict[str, type[CprNumber | SorCode | ProviderNumber | MedComId | EpisodeId]] = {
    t.root: t for t in (CprNumber, SorCode, ProviderNumber, MedComId, EpisodeId)
}


def known_identifier(root: str, extension: str | None) -> "AnyIdentifier | None":
    """The identifier as one of the classes above, or None if none of them can represent it."""
    known = _TYPE_BY_ROOT.get(root)
    if known is None or extension is None:
        return None
    try:
        identifier = known(extension)
    except InvalidValue:
        return None
    # a CPR number is the same with a hyphen; any other number is what its letters say
    is_same = known is CprNumber or identifier.extension == extension
    return identifier if is_same else None


def _has_no_own_class(instance: Any, attribute: "Attribute[Any]", value: str) -> None:
    known = known_identifier(value, instance.extension)
    if known is not None:
        name = type(known).__name__
        raise InvalidValue(
            "Identifier.root",
            Wording(f"er roden for {name}", f"is the root of {name}"),
            Wording(f"angiv nummeret som {name}", f"specify the number as {name}"),
        )


@frozen(cache_hash=True)
class Identifier:
    """An identifier that none of the other classes describes.

    Readers also use it for a number that does not have the form its root requires (a document id
    that is not a UUID, a SOR code with letters), so that it is kept and can be reported.

    Args:
        root: an OID or a UUID.
        extension: the number under that root, or None if the root is the whole identifier.
        authority: name of the issuer, or None.

    Raises:
        InvalidValue: the root is neither an OID nor a UUID, or there is a class for such a number.
    """

    root: str = field(
        converter=one_line, validator=[is_oid_or_uuid, _has_no_own_class], repr=repr_without_numbers
    )
    extension: str | None = field(
        default=None,
        converter=optional_line,
        validator=is_optional_text,
        repr=masked,  # could be anything, a personal number among it
    )
    authority: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=repr_without_numbers
    )

    @property
    def value(self) -> str | None:
        """The extension, under the name used by the other classes."""
        return self.extension


AnyIdentifier = CprNumber | SorCode | ProviderNumber | MedComId | EpisodeId | Identifier
OrganizationId = SorCode | ProviderNumber | Identifier
DocumentId = MedComId | Identifier


def key_of(root: str | None, extension: str | None) -> tuple[str, str]:
    """A key of the two parts of an identifier, which ignores case."""
    return (root or "").casefold(), (extension or "").casefold()


def id_key(id: AnyIdentifier | None) -> tuple[str, str]:
    """The key of an identifier: two are the same if their keys are equal.

    A UUID may be written in either case. None, for no identifier, has a key of its own.
    """
    return key_of(None, None) if id is None else key_of(id.root, id.extension)
