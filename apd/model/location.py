"""Where the patient meets (sted, lokation): the three location types, as three classes.

Source: Aftaleoversigten, table 1; APD-DK 2.0.1, location participation (typeCode LOC, DST, SBJ).
"""

from attrs import field, frozen

from apd.model.checks import is_optional_text, masked, optional, optional_line
from apd.model.contact import Address, Telecom, telephones
from apd.model.identifiers import Identifier, OrganizationId, ProviderNumber, SorCode

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
        id: SOR code of the place; demanded.
        name: name of the place, department or room.
        address: demanded; written as not informed where it is None.
        telecom: demanded, by a telephone number (FAQ of 2023); written as not informed where
            it is None.
    """


@frozen(kw_only=True, cache_hash=True)
class OtherLocation(_Place):
    """Location type 2: a place outside SOR, such as a sports hall or a swimming bath (DST).

    Args:
        id: None, as a rule.
        name: name of the place, or directions to it.
        address: where it is.
        telecom: may be left out.
    """


@frozen(kw_only=True)
class HomeLocation(_Place):
    """Location type 3: the patient's own home (borgerens egen adresse) (SBJ).

    Args:
        id: None, as a rule.
        name: what is said of the place; *Borgerens egen adresse* unless there are directions.
        address: the home address; None for a patient with a protected address.
        telecom: may be left out.
    """

    name: str | None = field(
        default=PATIENTS_HOME, converter=optional_line, validator=is_optional_text, repr=masked
    )


Location = SorLocation | OtherLocation | HomeLocation
