"""Compares a fetched document with its booking; differences are named, values are not shown."""

from collections.abc import Callable, Iterator

from apd.api import dumps
from apd.cda.xml import content
from apd.model.appointment import Appointment
from apd.model.document import AppointmentDocument
from apd.publication import Booking
from apd.validation import validate
from apd.wording import Wording

ASPECTS: tuple[tuple[Wording, Callable[[Appointment], object]], ...] = (
    (Wording("CPR-nummer", "CPR number"), lambda one: one.patient.id),
    (Wording("starttidspunkt", "start"), lambda one: one.schedule.start),
    (Wording("sluttidspunkt", "end"), lambda one: one.schedule.end),
    (Wording("vejledende tid", "indicative time"), lambda one: one.schedule.indicative),
    (Wording("uden klokkeslæt", "no time of day"), lambda one: one.schedule.date_only),
    (Wording("repeterende (type 4)", "repeating (type 4)"), lambda one: one.repetition is not None),
    (Wording("kategori", "category"), lambda one: one.category),
    (Wording("lokationstype", "location type"), lambda one: type(one.location)),
    (Wording("årsag", "reason"), lambda one: one.reason and one.reason.text),
    (Wording("status", "status"), lambda one: one.status),
)
"""The compared parts, by name. The performer is not compared: the system decides it."""


def deviations(booking: Booking, document: AppointmentDocument) -> Iterator[Wording]:
    """The deviations of a document from its booking, and the rules that it breaks.

    Args:
        booking: the booking.
        document: the document that was fetched.
    """
    for name, value in ASPECTS:
        if value(booking.appointment) != value(document.appointment):
            yield Wording(f"afviger: {name.da}", f"differs: {name.en}")
    data = dumps(document, check=False)
    rules = dict.fromkeys(finding.rule for finding in validate(data).errors)
    if rules:
        broken = ", ".join(rules)
        yield Wording(f"dokumentet har fejl: {broken}", f"the document has errors: {broken}")
    if booking.address_protected and _has_address(booking, data):
        yield Wording(
            "den beskyttede adresse står i dokumentet",
            "the protected address is in the document",
        )


def _has_address(booking: Booking, data: bytes) -> bool:
    """Whether the bytes contain a line of the patient's address."""
    address = booking.appointment.patient.address
    lines = () if address is None else address.lines
    return any(content(line).encode() in data for line in lines)
