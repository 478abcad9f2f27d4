"""The records of viewing an overview, for the log of the system that shows it.

The library makes the records but writes no log: the system must keep them.

Source: Aftaleoversigten 1.0.10, rule #10; MedCom's FAQ of 2023 (F3: full name, MinLog).
"""

import datetime
from typing import Any

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.model.identifiers import AnyIdentifier, CprNumber, Identifier
from apd.model.party import Organization
from apd.model.time import as_time, is_time
from apd.model.validators import is_a, is_optional_text, masked, optional_line
from apd.overview.viewers import (
    VIEWER_TYPES,
    PatientId,
    PatientViewer,
    ProfessionalViewer,
    Viewer,
)
from apd.wording import WordedStrEnum, Wording

Data = dict[str, Any]


class LiftGround(WordedStrEnum):
    """The ground for lifting a block."""

    CONSENT = "consent", Wording("patientens samtykke", "the patient's consent")
    """The patient consents (samtykke)."""
    EMERGENCY = "emergency", Wording("værdispring", "emergency")
    """The patient's care cannot wait for consent (værdispring)."""


@frozen
class ViewingRecord:
    """The record of viewing a patient's overview. Its ``repr`` names nobody.

    Args:
        viewer: the viewer.
        patient: the patient.
        time: the time, with a time zone.
    """

    viewer: Viewer = field(validator=is_a(*VIEWER_TYPES), repr=masked)
    patient: PatientId = field(validator=is_a(CprNumber, Identifier), repr=masked)
    time: datetime.datetime = field(converter=as_time, validator=is_time)

    def as_data(self) -> Data:
        """The unmasked record as data for :mod:`json`, for the log."""
        return {
            "event": "viewing",
            "time": self.time.isoformat(),
            "viewer": _viewer_data(self.viewer),
            "patient": id_data(self.patient),
        }


def _has_explanation(instance: Any, attribute: "Attribute[Any]", value: str | None) -> None:
    is_optional_text(instance, attribute, value)
    if value is None and instance.ground is LiftGround.EMERGENCY:
        raise InvalidValue(
            "LiftRecord.explanation",
            Wording("mangler", "is missing"),
            Wording(
                "angiv, hvorfor der ikke kunne ventes på samtykke",
                "explain why it could not wait for consent",
            ),
        )


@frozen
class LiftRecord:
    """The record of a professional's lifting the block on an overview. Its ``repr`` names nobody.

    Args:
        viewer: the professional.
        patient: the patient.
        time: the time, with a time zone.
        ground: consent or emergency.
        explanation: the professional's explanation; required in an emergency.

    Raises:
        InvalidValue: the viewer is not a professional, or an emergency is not explained.
    """

    viewer: ProfessionalViewer = field(validator=is_a(ProfessionalViewer), repr=masked)
    patient: PatientId = field(validator=is_a(CprNumber, Identifier), repr=masked)
    time: datetime.datetime = field(converter=as_time, validator=is_time)
    ground: LiftGround = field(validator=is_a(LiftGround))
    explanation: str | None = field(
        default=None, converter=optional_line, validator=_has_explanation, repr=masked
    )

    def as_data(self) -> Data:
        """The unmasked record as data for :mod:`json`, for the log."""
        return {
            "event": "lift",
            "time": self.time.isoformat(),
            "viewer": _viewer_data(self.viewer),
            "patient": id_data(self.patient),
            "ground": self.ground.value,
            "explanation": self.explanation,
        }


def _viewer_data(viewer: Viewer) -> Data:
    data: Data = {"role": viewer.role.value, "id": id_data(viewer.id)}
    if not isinstance(viewer, PatientViewer):
        data["name"] = viewer.name.full
    if isinstance(viewer, ProfessionalViewer):
        data["organization"] = _organization_data(viewer.organization)
    return data


def _organization_data(organization: Organization | None) -> Data | None:
    if organization is None:
        return None
    return {"id": id_data(organization.id), "name": organization.name}


def id_data(id: AnyIdentifier | None) -> Data | None:
    """An identifier as JSON."""
    return None if id is None else {"root": id.root, "extension": id.extension}
