"""The location of an appointment (sted, lokation): the three location types, as three classes.

Source: Aftaleoversigten 2.0, table 1; APD-DK 2.0.1, location participation (typeCode LOC, DST,
SBJ).
"""

import unicodedata

from attrs import field, frozen

from apd.model.contact import Address, Telecom, telephones, words_of
from apd.model.identifiers import Identifier, OrganizationId, ProviderNumber, SorCode, id_key
from apd.model.validators import is_optional_text, masked, optional, optional_line
from apd.standard.codes import Oid

PATIENTS_HOME = "Borgerens egen adresse"

_is_organization_id = optional(SorCode, ProviderNumber, Identifier)


@frozen(kw_only=True, cache_hash=True)
class _Place:
    """What the three types have in common.

    Args:
        id: SOR code of the place.
        name: name of the place, or directions to it.
        address: where it is.
        telecom: how to reach it.
    """

    id: OrganizationId | None = field(default=None, validator=_is_organization_id)
    name: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=masked
    )
    address: Address | None = field(default=None, validator=optional(Address))
    telecom: Telecom | None = field(default=None, validator=optional(Telecom))

    @property
    def telephones(self) -> tuple[Telecom, ...]:
        """The telephone number of the place, if it has one."""
        return () if self.telecom is None else telephones((self.telecom,))


@frozen(kw_only=True, cache_hash=True)
class SorLocation(_Place):
    """Location type 1: a place registered in SOR, with a visiting address there (LOC).

    Args:
        id: SOR code of the place; required.
        name: name of the place, department or room.
        address: required; written as not provided if it is None.
        telecom: a telephone number is required (FAQ of 2023); written as not provided if it is
            None.
    """


@frozen(kw_only=True, cache_hash=True)
class OtherLocation(_Place):
    """Location type 2: a place outside SOR, such as a sports hall or a swimming pool (DST).

    Args:
        id: usually None.
        name: name of the place, or directions to it.
        address: where it is.
        telecom: may be left out.
    """


@frozen(kw_only=True)
class HomeLocation(_Place):
    """Location type 3: the patient's own home (borgerens egen adresse) (SBJ).

    Args:
        id: usually None.
        name: a description of the place; *Borgerens egen adresse* unless there are directions.
        address: the home address; None for a patient with a protected address.
        telecom: may be left out.
    """

    name: str | None = field(
        default=PATIENTS_HOME, converter=optional_line, validator=is_optional_text, repr=masked
    )


Location = SorLocation | OtherLocation | HomeLocation
LOCATION_TYPES: dict[type[Location], int] = {SorLocation: 1, OtherLocation: 2, HomeLocation: 3}
"""The number of each location type in table 1 of Aftaleoversigten 2.0."""


# --- the same place ---------------------------------------------------------------------------

_HOME = ("home",)
_DENMARK = frozenset(("danmark", "denmark", "dk"))


def place_key(location: Location | None) -> tuple[str, ...]:
    """The key of a place: two locations are the same place if their keys are equal.

    * A home is the patient's home, with its address or a protected one, and whatever else the
      document states about it. Whose home it is makes no difference.
    * A place with a SOR code is the place with that code. The room or entrance makes no difference.
      Without the code it cannot be known to be the same place, so it is a different one.
    * Any other place is identified by its name and address. Case, white space, commas and line
      breaks make no difference, nor does the city if there is a postal code, nor Denmark as the
      country. An address that is not provided counts as none.
    * Ids other than SOR codes identify a place if nothing else does.
    * Telephone numbers make no difference, nor does the type of the location, except for a home.

    The key contains the text of the location, and so may contain personal data: keep only a digest
    of it.

    Args:
        location: a location; None, for no location, has a key of its own.
    """
    if location is None:
        return ()
    if isinstance(location, HomeLocation):
        return _HOME
    id = location.id
    if id is not None and id.root == Oid.SOR and id.extension is not None:
        return "sor", id.extension.casefold()
    name_and_address = _normalized(location.name), *_address_key(location.address)
    if any(name_and_address):
        return "named", *name_and_address
    return ("unknown",) if id is None else ("id", *id_key(id))


def is_same_place(one: Location | None, other: Location | None) -> bool:
    """Whether two locations are the same place, by :func:`place_key`.

    Every comparison of places uses this: in a series, in a set of documents, in a patient's day,
    and between two versions of a document.
    """
    return one is other or place_key(one) == place_key(other)


def _normalized(*texts: str | None) -> str:
    """The words of texts, however they are written."""
    composed = (unicodedata.normalize("NFKC", text) for text in texts if text)
    return " ".join(word for text in composed for word in words_of(text))


def _address_key(address: Address | None) -> tuple[str, str, str]:
    if address is None:
        return "", "", ""
    country = _normalized(address.country)
    return (
        _normalized(*address.lines),
        _normalized(address.postal_code) or _normalized(address.city),
        "" if country in _DENMARK else country,
    )
