"""What an overview is made of: documents, each with what the registry says of it.

Source: Aftaleoversigten 1.0.10, rules #4, #5 and #10; IHE XDS, availabilityStatus and the
association that a document replaces another.
"""

from collections.abc import Iterable
from enum import StrEnum

from attrs import field, frozen

from apd.finding import Finding
from apd.model.checks import all_are, as_tuple, is_a, optional
from apd.model.document import AppointmentDocument
from apd.model.identifiers import DocumentId, Identifier, MedComId


class Availability(StrEnum):
    """The registry status of a document (XDS availabilityStatus)."""

    APPROVED = "approved"
    DEPRECATED = "deprecated"


def _as_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return as_tuple(findings)


@frozen
class RegisteredDocument:
    """A document and its status in the registry.

    Args:
        document: the document.
        availability: approved, or deprecated when it was taken out of display (rule #5).
        replaced_by: id of the document that replaces this one, if there is one.
        findings: what a validation found in it, to be shown beside it.
    """

    document: AppointmentDocument = field(validator=is_a(AppointmentDocument))
    availability: Availability = field(default=Availability.APPROVED, validator=is_a(Availability))
    replaced_by: DocumentId | None = field(
        default=None, kw_only=True, validator=optional(MedComId, Identifier)
    )
    findings: tuple[Finding, ...] = field(
        default=(), kw_only=True, converter=_as_findings, validator=all_are(Finding)
    )


@frozen
class Withheld:
    """Stands for whatever the infrastructure withheld because the patient blocked it (rule #10).

    It holds nothing, so there is nothing in it that could be shown: not an id, not a time, not
    even whether it stands for one appointment or for all of them.
    """


Entry = RegisteredDocument | Withheld
