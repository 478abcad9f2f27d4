"""What became of an appointment when its series changed."""

from enum import StrEnum

from attrs import field, frozen

from apd.model.appointment import Appointment
from apd.model.validators import is_a, optional
from apd.wording import Language, Wording


class ChangeKind(StrEnum):
    """What became of an appointment, and so of its document."""

    ADDED = "added"
    """It is new: a document is published."""
    CHANGED = "changed"
    """It is still of its series: its document is replaced."""
    LEFT_THE_SERIES = "left the series"
    """It no longer repeats, as it has another location: its document is replaced."""
    ENDED = "ended"
    """The repetition has ended for it, as it has another reason: its document is replaced."""
    CANCELLED = "cancelled"
    """It is cancelled: its document is taken out of display (deprecated), unchanged (R9)."""

    def display(self, language: Language = "da") -> str:
        """What became of it, in words."""
        return _KINDS[self].in_language(language)


_KINDS = {
    ChangeKind.ADDED: Wording("Ny aftale", "New appointment"),
    ChangeKind.CHANGED: Wording("Ændret", "Changed"),
    ChangeKind.LEFT_THE_SERIES: Wording("Ikke længere repeterende", "No longer repeating"),
    ChangeKind.ENDED: Wording("Repetitionen er afsluttet", "The repetition has ended"),
    ChangeKind.CANCELLED: Wording("Aflyst", "Cancelled"),
}


@frozen
class Change:
    """What became of one appointment.

    Args:
        kind: what became of it.
        rule: the rule that speaks of such a change, ``"R5"`` to ``"R10"``; R6 and R7 do so in
            edition 1.0 alone.
        old: the appointment as it was; None for one that is added.
        new: the appointment as it is, with the same id; None for one that is cancelled.
    """

    kind: ChangeKind = field(validator=is_a(ChangeKind))
    rule: str = field(validator=is_a(str))
    old: Appointment | None = field(validator=optional(Appointment))
    new: Appointment | None = field(validator=optional(Appointment))
