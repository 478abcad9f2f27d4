"""The viewers of an overview: the patient, a proxy, a professional.

``may_edit`` states whether a portal may offer the viewer to change an appointment in the booking
system; an overview itself is read-only. ``may_lift`` states whether the viewer may lift a block.

Source: Aftaleoversigten 1.0.10, rules #9 and #10; MedCom's FAQ of 2023 on logging (MinLog).
"""

from enum import StrEnum
from typing import Any, ClassVar

from attrs import Attribute, field, frozen

from apd.errors import ApdError, InvalidValue
from apd.model.contact import PersonName
from apd.model.identifiers import CprNumber, Identifier
from apd.model.party import Organization
from apd.model.validators import is_a, optional
from apd.wording import Wording

PatientId = CprNumber | Identifier


class NotAllowed(ApdError):
    """The viewer may not do or see what was requested.

    The message states what is refused, but never the patient.
    """


class Role(StrEnum):
    """The role of a viewer."""

    PATIENT = "patient"
    PROXY = "proxy"
    PROFESSIONAL = "professional"


@frozen
class PatientViewer:
    """A patient, who views their own overview.

    Args:
        id: the patient's CPR number, as authenticated by the portal.
    """

    role: ClassVar[Role] = Role.PATIENT
    may_edit: ClassVar[bool] = False
    may_lift: ClassVar[bool] = False
    id: PatientId = field(validator=is_a(CprNumber, Identifier))

    def may_see(self, patient: PatientId) -> bool:
        """True for the patient's own overview."""
        return same_person(self.id, patient)


@frozen
class ProxyViewer:
    """A holder of a digital power of attorney (fuldmagt) of the patient, who may only read (#9).

    Args:
        name: the proxy's name.
        patient: the CPR number of the patient who gave the power of attorney.
        id: the proxy's own CPR number, if it is to be in the record.
    """

    role: ClassVar[Role] = Role.PROXY
    may_edit: ClassVar[bool] = False
    may_lift: ClassVar[bool] = False
    name: PersonName = field(validator=is_a(PersonName))
    patient: PatientId = field(validator=is_a(CprNumber, Identifier))
    id: PatientId | None = field(default=None, validator=optional(CprNumber, Identifier))

    def may_see(self, patient: PatientId) -> bool:
        """True for the overview of the patient who gave the power of attorney."""
        return same_person(self.patient, patient)


def _is_full_name(instance: object, attribute: "Attribute[Any]", value: PersonName) -> None:
    is_a(PersonName)(instance, attribute, value)
    if not value.given or not value.family:
        raise InvalidValue(
            "ProfessionalViewer.name",
            Wording("er ikke et fuldt navn", "is not a full name"),
            Wording(
                "angiv fornavne og efternavn; loven kræver dem i loggen",
                "specify the given names and the family name; the law requires them in the log",
            ),
        )


@frozen
class ProfessionalViewer:
    """A professional who treats the patient, and whose full name must be logged (F3).

    Args:
        name: the full name: given names and family name.
        organization: the professional's organisation.
        id: the professional's own number, if it is to be in the record.
    """

    role: ClassVar[Role] = Role.PROFESSIONAL
    may_edit: ClassVar[bool] = True
    may_lift: ClassVar[bool] = True
    name: PersonName = field(validator=_is_full_name)
    organization: Organization | None = field(default=None, validator=optional(Organization))
    id: PatientId | None = field(default=None, validator=optional(CprNumber, Identifier))

    def may_see(self, patient: PatientId) -> bool:
        """True: the infrastructure checks that the professional treats the patient."""
        return True


Viewer = PatientViewer | ProxyViewer | ProfessionalViewer
VIEWER_TYPES = (PatientViewer, ProxyViewer, ProfessionalViewer)


def same_person(one: PatientId, other: PatientId) -> bool:
    """True if two ids are of the same person, whatever blanks the number has."""
    return person_key(one) == person_key(other)


def person_key(id: PatientId) -> tuple[str, str]:
    """The key that two ids of a person share."""
    number = (id.extension or "").replace("-", "").replace(" ", "")
    return id.root, number.casefold()
