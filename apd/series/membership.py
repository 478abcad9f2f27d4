"""Which appointments are one series, by an edition of the business rules."""

from collections.abc import Callable, Sequence

from apd.model.appointment import Appointment, is_same_reason
from apd.model.identifiers import DocumentId, id_key
from apd.model.location import is_same_place
from apd.series import errors
from apd.series.errors import Forbidden
from apd.standard.edition import Edition


def repetition_id_of(appointment: Appointment) -> DocumentId | None:
    """What ties an appointment to its series (repetitions-id), if it has one."""
    return None if appointment.repetition is None else appointment.repetition.id


_SPEAKS_AGAINST: tuple[tuple[Forbidden, Callable[[Appointment, Appointment], bool]], ...] = (
    (errors.NO_ID, lambda one, _: one.id is None),
    (errors.NOT_REPEATING, lambda one, _: one.repetition is None),
    (
        errors.OTHER_SERIES,
        lambda one, template: id_key(repetition_id_of(one)) != id_key(repetition_id_of(template)),
    ),
    (
        errors.OTHER_PATIENT,
        lambda one, template: id_key(one.patient.id) != id_key(template.patient.id),
    ),
    (
        errors.OTHER_LOCATION,
        lambda one, template: not is_same_place(one.location, template.location),
    ),
    (
        errors.OTHER_REASON,
        lambda one, template: not is_same_reason(one.reason, template.reason),
    ),
)
"""What speaks against an appointment in a series with a template."""


def what_forbids(
    appointments: Sequence[Appointment], template: Appointment, edition: Edition
) -> Forbidden | None:
    """What forbids that appointments are one series, or None where nothing does.

    Args:
        appointments: the appointments.
        template: what an appointment of the series says.
        edition: the edition that is judged by.
    """
    rules = [row for row in _SPEAKS_AGAINST if row[0].applies_in(edition)]
    for appointment in appointments:
        for forbidden, speaks_against in rules:
            if speaks_against(appointment, template):
                return forbidden
    ids = {id_key(appointment.id) for appointment in appointments}
    return errors.SAME_ID if len(ids) < len(appointments) else None
