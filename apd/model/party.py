"""The participants: patient, organisations, persons, and their four roles.

The roles are the responsible (aftaleansvarlig), the requester (rekvirent), the performer
(aftaleudførende) and the custodian (forvalter).
"""

import datetime

from attrs import field, frozen

from apd.errors import InvalidValue
from apd.model.contact import Address, PersonName, Telecom, as_telecoms, telephones
from apd.model.identifiers import (
    CprNumber,
    Identifier,
    OrganizationId,
    ProviderNumber,
    SorCode,
)
from apd.model.time import as_optional_time, is_time
from apd.model.validators import (
    all_are,
    has_number,
    is_a,
    is_optional_date,
    is_optional_text,
    masked,
    optional,
    optional_line,
)
from apd.person_numbers import repr_without_numbers
from apd.standard.codes import Gender
from apd.wording import Wording

_is_organization_id = optional(SorCode, ProviderNumber, Identifier)


@frozen(cache_hash=True)
class Person:
    """A person acting for an organisation (person).

    Args:
        name: the person's name.
    """

    name: PersonName = field(validator=is_a(PersonName))


@frozen(kw_only=True, cache_hash=True)
class Organization:
    """An organisation (organisation).

    Args:
        name: its name.
        id: SOR code or provider number.
        address: where it is.
        telecoms: how to reach it.

    Raises:
        InvalidValue: all fields are empty.
    """

    name: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=repr_without_numbers
    )
    id: OrganizationId | None = field(default=None, validator=_is_organization_id)
    address: Address | None = field(default=None, validator=optional(Address))
    telecoms: tuple[Telecom, ...] = field(
        default=(), converter=as_telecoms, validator=all_are(Telecom)
    )

    def __attrs_post_init__(self) -> None:
        if not (self.name or self.id or self.address or self.telecoms):
            raise InvalidValue(
                "Organization",
                Wording("er tom", "is empty"),
                Wording("angiv mindst et navn eller et id", "specify at least a name or an id"),
            )


@frozen(kw_only=True)
class Patient:
    """The patient (borger, patient).

    Args:
        id: the CPR number; an :class:`Identifier` for a patient who has none.
        name: the patient's name.
        address: the patient's address.
        telecoms: how to reach the patient.
        gender: administrative gender.
        birth_date: date of birth. It is not derived from the CPR number, which may disagree.
        provider_organization: the patient's own practice (egen læge).
    """

    id: CprNumber | Identifier = field(validator=[is_a(CprNumber, Identifier), has_number])
    name: PersonName | None = field(default=None, validator=optional(PersonName))
    address: Address | None = field(default=None, validator=optional(Address))
    telecoms: tuple[Telecom, ...] = field(
        default=(), converter=as_telecoms, validator=all_are(Telecom)
    )
    gender: Gender | None = field(default=None, validator=optional(Gender))
    birth_date: datetime.date | None = field(default=None, validator=is_optional_date, repr=masked)
    provider_organization: Organization | None = field(
        default=None, validator=optional(Organization)
    )


@frozen(kw_only=True)
class _Role:
    """What the roles around an appointment have in common.

    Args:
        id: SOR code or provider number of who has the role.
        organization: the organisation, at least by its name.
        person: the person who acts for it.
        address: where to find them.
        telecoms: how to reach them.
    """

    id: OrganizationId | None = field(validator=_is_organization_id)
    organization: Organization | None = field(default=None, validator=optional(Organization))
    person: Person | None = field(default=None, validator=optional(Person))
    address: Address | None = field(default=None, validator=optional(Address))
    telecoms: tuple[Telecom, ...] = field(
        default=(), converter=as_telecoms, validator=all_are(Telecom)
    )

    @property
    def telephones(self) -> tuple[Telecom, ...]:
        """The telephone numbers of the role, then those of the organisation; each once."""
        of_organization = self.organization.telecoms if self.organization else ()
        return telephones((*self.telecoms, *of_organization))


@frozen(kw_only=True)
class Responsible(_Role):
    """Who made the booking and is responsible for it (aftaleansvarlig).

    Args:
        id: SOR code, or provider number of a practice.
        organization: the organisation.
        person: the person who made the booking.
        address: the address; required; written as not provided if it is None.
        telecoms: at least one is required; written as not provided if there is none.
        time: when the appointment was written, with a time zone.
    """

    time: datetime.datetime | None = field(
        default=None, converter=as_optional_time, validator=is_time
    )


@frozen(kw_only=True)
class Requester(_Role):
    """Who referred the patient (rekvirent).

    Args:
        id: SOR code.
        organization: the organisation.
        person: the person who referred.
        address: the address; required; written as not provided if it is None.
        telecoms: at least one is required; written as not provided if there is none.
        time: when the appointment was requested, with a time zone.
    """

    time: datetime.datetime | None = field(
        default=None, converter=as_optional_time, validator=is_time
    )


@frozen(kw_only=True)
class Performer(_Role):
    """Who carries out the appointment (aftaleudførende); often the responsible.

    Args:
        id: SOR code.
        organization: the organisation, with its name.
        person: the person.
        address: the address; required; written as not provided if it is None.
        telecoms: one is required; written as not provided if there is none.
    """


@frozen(kw_only=True, cache_hash=True)
class Custodian:
    """The organisation that keeps the document and is its data controller (forvalter).

    Args:
        id: SOR code.
        name: name of the organisation.
        address: its address.
        telecom: how to reach it.
    """

    id: OrganizationId | None = field(validator=_is_organization_id)
    name: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=repr_without_numbers
    )
    address: Address | None = field(default=None, validator=optional(Address))
    telecom: Telecom | None = field(default=None, validator=optional(Telecom))
