"""What the rules of repeating appointments forbid, and the error that reports it.

Source: R1 to R10 of :mod:`apd.standard.business_rules`, which has the edition of each. R1, R5, R9
and R10 are permissions; nothing can break them.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from apd.deprecation import warn_renamed
from apd.errors import ApdError
from apd.model.appointment import Appointment, is_same_reason
from apd.model.identifiers import DocumentId, id_key
from apd.model.location import is_same_place
from apd.standard.business_rules import business_rule
from apd.standard.edition import Edition
from apd.wording import Wording


class Forbidden(NamedTuple):
    """Something that a rule forbids.

    Args:
        rule: the rule's number, such as ``"R4"``.
        problem: what is wrong.
        remedy: what would be right.
        is_ours: the library refuses it in every edition, even if the rule was removed.
    """

    rule: str
    problem: Wording
    remedy: Wording
    is_ours: bool = False

    @property
    def mend(self) -> Wording:
        """Deprecated: :attr:`remedy`. This name will be removed in 3.0."""
        warn_renamed("mend", "remedy")
        return self.remedy

    @property
    def source(self) -> str:
        """The document and edition that the rule is from, such as ``"Aftaleoversigten 1.0.12"``."""
        return business_rule(self.rule).text

    def applies_in(self, edition: Edition) -> bool:
        """Whether it is refused in an edition."""
        return self.is_ours or business_rule(self.rule).stands_in(edition)


class SeriesRuleError(ApdError):
    """A rule of repeating appointments forbids it. Nothing has been changed.

    Args:
        forbidden: what the rule forbids.

    Attributes:
        rule: the rule's number, such as ``"R4"``.
    """

    def __init__(self, forbidden: Forbidden) -> None:
        rule, problem, remedy, _ = forbidden
        source = forbidden.source
        wording = Wording(
            f"{rule}: {problem.da} {remedy.da} ({source})",
            f"{rule}: {problem.en} {remedy.en} ({source})",
        )
        super().__init__(wording, forbidden)
        self.forbidden = forbidden
        self.rule = rule


NO_ID = Forbidden(
    "R2",
    Wording("En aftale har intet aftale-id.", "An appointment has no id."),
    Wording(
        "Tildel hver aftale i serien sit eget id.",
        "Assign each appointment of the series its own id.",
    ),
)
SAME_ID = Forbidden(
    "R2",
    Wording("To aftaler har det samme aftale-id.", "Two appointments have the same id."),
    Wording(
        "Tildel hver aftale i serien sit eget id.",
        "Assign each appointment of the series its own id.",
    ),
)
NOT_REPEATING = Forbidden(
    "R3",
    Wording("En aftale er ikke repeterende.", "An appointment does not repeat."),
    Wording(
        "Angiv Repetition(id) som repetition, eller Repetition() for en serie uden repetitions-id.",
        "Specify Repetition(id) as the repetition, or Repetition() for a series without a "
        "repetition id.",
    ),
)
OTHER_SERIES = Forbidden(
    "R3",
    Wording(
        "En aftale har repetitions-id'et fra en anden serie.",
        "An appointment has the repetition id of another series.",
    ),
    Wording(
        "Et repetitions-id er unikt for sin serie: tilføj aftalen til den serie, eller fjern dens "
        "repetition først.",
        "A repetition id is unique to its series: add the appointment to that series, or remove "
        "its repetition first.",
    ),
)
OTHER_PATIENT = Forbidden(
    "R4",
    Wording("En aftale tilhører en anden borger.", "An appointment belongs to another patient."),
    Wording(
        "Et repetitions-id tilhører én borger: opret en serie med sit eget repetitions-id.",
        "A repetition id belongs to one patient: create a series with its own repetition id.",
    ),
    is_ours=True,
)
OTHER_LOCATION = Forbidden(
    "R6",
    Wording(
        "En aftale har et andet mødested end serien.",
        "An appointment has a different location from the series.",
    ),
    Wording(
        "Den er derfor ikke repeterende: hold den uden for serien, uden repetition.",
        "It therefore does not repeat: keep it out of the series, without a repetition.",
    ),
)
OTHER_REASON = Forbidden(
    "R7",
    Wording(
        "En aftale har en anden årsag end serien.",
        "An appointment has a different reason from the series.",
    ),
    Wording(
        "Hold den uden for serien, uden repetition eller med et nyt repetitions-id.",
        "Keep it out of the series, without a repetition or with a new repetition id.",
    ),
)
OLD_REPETITION = Forbidden(
    "R7",
    Wording(
        "En aftale med en anden årsag kan ikke beholde seriens repetitions-id.",
        "An appointment with another reason cannot keep the repetition id of the series.",
    ),
    Wording("Angiv et nyt repetitions-id eller intet.", "Specify a new repetition id, or none."),
)
SAME_REPETITION = Forbidden(
    "R3",
    Wording(
        "En ny serie kan ikke have repetitions-id'et fra den gamle serie.",
        "A new series cannot have the repetition id of the old one.",
    ),
    Wording(
        "Angiv et nyt repetitions-id, eller brug keep_repetition=True, hvis aftalen skal blive i "
        "serien.",
        "Specify a new repetition id, or use keep_repetition=True if the appointment is to stay in "
        "the "
        "series.",
    ),
)
NOT_ALL = Forbidden(
    "R8",
    Wording(
        "De nye tidspunkter svarer ikke til seriens aftaler.",
        "The new times do not match the appointments of the series.",
    ),
    Wording(
        "Angiv et nyt tidspunkt for hver af seriens aftaler, eller flyt den ene aftale for sig "
        "(R5).",
        "Specify a new time for every appointment of the series, or move the single appointment "
        "separately (R5).",
    ),
)


# --- which appointments are one series, by an edition --------------------------------------------


def repetition_id_of(appointment: Appointment) -> DocumentId | None:
    """The id that links an appointment to its series (repetitions-id), if it has one."""
    return None if appointment.repetition is None else appointment.repetition.id


_SPEAKS_AGAINST: tuple[tuple[Forbidden, Callable[[Appointment, Appointment], bool]], ...] = (
    (NO_ID, lambda one, _: one.id is None),
    (NOT_REPEATING, lambda one, _: one.repetition is None),
    (
        OTHER_SERIES,
        lambda one, template: id_key(repetition_id_of(one)) != id_key(repetition_id_of(template)),
    ),
    (
        OTHER_PATIENT,
        lambda one, template: id_key(one.patient.id) != id_key(template.patient.id),
    ),
    (
        OTHER_LOCATION,
        lambda one, template: not is_same_place(one.location, template.location),
    ),
    (
        OTHER_REASON,
        lambda one, template: not is_same_reason(one.reason, template.reason),
    ),
)
"""What speaks against an appointment in a series with a template."""


def what_forbids(
    appointments: Sequence[Appointment], template: Appointment, edition: Edition
) -> Forbidden | None:
    """The reason why appointments are not one series in an edition, or None; see ``template``."""
    rules = [row for row in _SPEAKS_AGAINST if row[0].applies_in(edition)]
    for appointment in appointments:
        for forbidden, speaks_against in rules:
            if speaks_against(appointment, template):
                return forbidden
    ids = {id_key(appointment.id) for appointment in appointments}
    return SAME_ID if len(ids) < len(appointments) else None
