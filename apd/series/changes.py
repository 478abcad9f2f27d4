"""What happens to appointments when their series changes."""

from attrs import field, frozen

from apd.model.appointment import Appointment
from apd.model.validators import is_a, optional
from apd.wording import WordedStrEnum, Wording


class ChangeKind(WordedStrEnum):
    """What happened to an appointment, and so to its document."""

    ADDED = "added", Wording("Ny aftale", "New appointment")
    """It is new: a document is published."""
    CHANGED = "changed", Wording("Ændret", "Changed")
    """It is still part of its series: its document is replaced."""
    LEFT_THE_SERIES = "left the series", Wording("Ikke længere repeterende", "No longer repeating")
    """It no longer repeats, as it has another location: its document is replaced."""
    ENDED = "ended", Wording("Repetitionen er afsluttet", "The repetition has ended")
    """The repetition has ended for it, as it has another reason: its document is replaced."""
    CANCELLED = "cancelled", Wording("Aflyst", "Cancelled")
    """It is cancelled: its document is removed from display (deprecated), unchanged (R9)."""


@frozen
class Change:
    """What happened to one appointment.

    Args:
        kind: what happened to it.
        rule: the rule on such a change, ``"R5"`` to ``"R10"``; R6 and R7 apply in edition 1.0
            only.
        old: the appointment as it was; None for one that is added.
        new: the appointment as it is, with the same id; None for one that is cancelled.
    """

    kind: ChangeKind = field(validator=is_a(ChangeKind))
    rule: str = field(validator=is_a(str))
    old: Appointment | None = field(validator=optional(Appointment))
    new: Appointment | None = field(validator=optional(Appointment))
