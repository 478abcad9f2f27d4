"""The composite values of metadata: author, patient, slots.

Names and identifiers are those of the model, reduced to the parts that metadata have.
Source: Danish XDS metadata profile 1.0.1; IHE ITI TF-3, table 4.2.3.1.7-2.
"""

import datetime
from collections.abc import Iterable

from attrs import field, frozen

from apd.errors import InvalidValue
from apd.model.contact import PersonName
from apd.model.identifiers import (
    AnyIdentifier,
    CprNumber,
    EpisodeId,
    Identifier,
    MedComId,
    ProviderNumber,
    SorCode,
)
from apd.model.party import Organization
from apd.model.validators import (
    are_texts,
    as_tuple,
    has_number,
    is_a,
    is_optional_date,
    is_text,
    lines,
    masked,
    one_line,
    optional,
)
from apd.person_numbers import repr_without_numbers
from apd.standard.codes import Gender
from apd.wording import Wording
from apd.xds.metadata.validators import (
    as_identifier,
    without_authority,
)


@frozen
class Slot:
    """A list of values with a name (rim:Slot), for attributes without a field.

    Args:
        name: its name.
        values: its values, in order.
    """

    name: str = field(converter=one_line, validator=is_text, repr=repr_without_numbers)
    values: tuple[str, ...] = field(converter=lines, validator=are_texts, repr=masked)


def as_slots(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Converter: as :func:`apd.model.validators.as_tuple`."""
    return as_tuple(slots)


def family_and_given(name: PersonName | None) -> PersonName | None:
    """The name without prefix and suffix; None if nothing is left."""
    if name is None or not (name.prefix or name.suffix):
        return name
    return PersonName(name.given, name.family) if name.given or name.family else None


def name_and_id(organization: Organization | None) -> Organization | None:
    """The organisation without address and telecoms; None if nothing is left."""
    if organization is None:
        return None
    identifier = organization.id
    if identifier is not None and identifier.extension is None:
        identifier = None
    if organization.name is None and identifier is None:
        return None
    return Organization(name=organization.name, id=without_authority(identifier))


@frozen
class Author:
    """The author of the document: for an appointment, the responsible.

    Args:
        institution: the organisation, by its name and id alone (authorInstitution).
        person: the person, by family and given names alone (authorPerson).
    """

    institution: Organization | None = field(
        default=None, converter=name_and_id, validator=optional(Organization)
    )
    person: PersonName | None = field(
        default=None, converter=family_and_given, validator=optional(PersonName)
    )

    def __attrs_post_init__(self) -> None:
        if self.institution is None and self.person is None:
            raise InvalidValue(
                "Author",
                Wording("er tom", "is empty"),
                Wording("angiv organisationen med dens id", "specify the organisation with its id"),
            )


@frozen(kw_only=True)
class SourcePatientInfo:
    """The patient as the document has it (sourcePatientInfo).

    Args:
        name: family and given names alone (PID-5).
        birth_date: date of birth (PID-7).
        gender: administrative gender (PID-8).
    """

    name: PersonName | None = field(
        default=None, converter=family_and_given, validator=optional(PersonName)
    )
    birth_date: datetime.date | None = field(default=None, validator=is_optional_date, repr=masked)
    gender: Gender | None = field(default=None, validator=optional(Gender))

    def __attrs_post_init__(self) -> None:
        if self.name is None and self.birth_date is None and self.gender is None:
            raise InvalidValue(
                "SourcePatientInfo",
                Wording("er tom", "is empty"),
                Wording("angiv mindst et navn", "specify at least a name"),
            )


@frozen
class Reference:
    """A reference to something that the document belongs to (referenceIdList).

    Args:
        id: its identifier.
        type: its type, as a URN of IHE, such as
            ``urn:ihe:iti:xds:2013:uniqueId``.
    """

    id: AnyIdentifier = field(
        converter=as_identifier,
        validator=[
            is_a(CprNumber, SorCode, ProviderNumber, MedComId, EpisodeId, Identifier),
            has_number,
        ],
    )
    type: str = field(converter=one_line, validator=is_text, repr=repr_without_numbers)
