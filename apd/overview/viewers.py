"""Who looks at an overview: the patient, a proxy, a professional.

``may_edit`` says whether a portal may offer the viewer to change an appointment, in the booking
system that made it: an overview itself is for reading. ``may_lift`` says the same of a block.

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
    """What was asked for is not for this viewer to do or to see.

    The message says what is refused and never whose data it is about.
    """


class Role(StrEnum):
    """In which role somebody looks at an overview."""

    PATIENT = "patient"
    PROXY = "proxy"
    PROFESSIONAL = "professional"


@frozen
class PatientViewer:
    """The patient, who looks at the patient's own overview.

    Args:
        id: the patient's CPR number, as the portal has made sure of it.
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
    """Who holds a digital power of attorney (fuldmagt) of the patient: reads, never edits (#9).

    Args:
        name: the proxy's name.
        patient: CPR number of the patient who gave the power of attorney.
        id: the proxy's own CPR number, if it is to stand in the record.
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
                "give the given names and the family name; the law asks for them in the log",
            ),
        )


@frozen
class ProfessionalViewer:
    """Who treats the patient, and whose full name the log has to hold (F3).

    Args:
        name: the full name: given names and family name.
        organization: for whom the professional acts.
        id: the professional's own number, if it is to stand in the record.
    """

    role: ClassVar[Role] = Role.PROFESSIONAL
    may_edit: ClassVar[bool] = True
    may_lift: ClassVar[bool] = True
    name: PersonName = field(validator=_is_full_name)
    organization: Organization | None = field(default=None, validator=optional(Organization))
    id: PatientId | None = field(default=None, validator=optional(CprNumber, Identifier))

    def may_see(self, patient: PatientId) -> bool:
        """True: that the professional treats the patient is for the infrastructure to know."""
        return True


Viewer = PatientViewer | ProxyViewer | ProfessionalViewer
VIEWER_TYPES = (PatientViewer, ProxyViewer, ProfessionalViewer)


def same_person(one: PatientId, other: PatientId) -> bool:
    """True when two ids are of one person, however the number is spaced."""
    return person_key(one) == person_key(other)


def person_key(id: PatientId) -> tuple[str, str]:
    """What two ids of one person have in common."""
    number = (id.extension or "").replace("-", "").replace(" ", "")
    return id.root, number.casefold()
