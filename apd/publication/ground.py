"""Why something is published, replaced, deprecated or left: the rule, and words for it."""

from enum import StrEnum

from apd.standard.business_rules import business_rule
from apd.wording import Language, Wording


class Ground(StrEnum):
    """The reason for one step of a plan. The value is a stable name for programs.

    Rules are those of :mod:`apd.standard.business_rules`: ``#1`` to ``#7`` of Aftaleoversigten
    1.0.10, and ``F2`` of MedCom's FAQ of 2023.
    """

    NEW = "new"
    INTO_HORIZON = "into-horizon"
    CHANGED = "changed"
    OTHER_PATIENT = "other-patient"
    GONE = "gone"
    LEGAL_BASIS = "legal-basis"
    WITHOUT_PATIENT = "without-patient"
    NOT_ACTIVE = "not-active"
    BEYOND_HORIZON = "beyond-horizon"
    INCOMPLETE = "incomplete"
    UNCHANGED = "unchanged"
    OVER = "over"
    HELD = "held"
    UNDER_WAY = "under-way"
    OUTDATED = "outdated"

    @property
    def rule(self) -> str | None:
        """The rule that asks for it, such as ``"#3"``; None where no rule does."""
        return _GROUNDS[self][0]

    @property
    def source(self) -> str | None:
        """Where the rule is written, with its edition; None where no rule asks for it."""
        return None if self.rule is None else business_rule(self.rule).citation

    @property
    def wording(self) -> Wording:
        """The reason in Danish and English."""
        return _GROUNDS[self][1]

    def display(self, language: Language = "da") -> str:
        """The reason in words."""
        return self.wording.in_language(language)


_GROUNDS: dict[Ground, tuple[str | None, Wording]] = {
    Ground.NEW: (
        "#2",
        Wording("Aftalen er ikke udgivet.", "The appointment is not published."),
    ),
    Ground.INTO_HORIZON: (
        "#3",
        Wording(
            "Aftalen er nu så nær, at den skal udgives.",
            "The appointment is now so near that it is to be published.",
        ),
    ),
    Ground.CHANGED: (
        "#2",
        Wording(
            "Aftalen er ændret, siden den blev udgivet.",
            "The appointment has changed since it was published.",
        ),
    ),
    Ground.OTHER_PATIENT: (
        "#5",
        Wording(
            "Aftalen er nu en anden patients, eller patienten har fået et andet CPR-nummer.",
            "The appointment is now another patient's, or the patient has another CPR number.",
        ),
    ),
    Ground.GONE: (
        "#5",
        Wording(
            "Aftalen findes ikke længere i bookingsystemet.",
            "The booking system no longer has the appointment.",
        ),
    ),
    Ground.LEGAL_BASIS: (
        "F2",
        Wording(
            "Aftalens retsgrundlag giver ikke hjemmel til at dele den.",
            "The legal basis of the appointment does not allow that it is shared.",
        ),
    ),
    Ground.WITHOUT_PATIENT: (
        "#7",
        Wording(
            "Patienten deltager ikke; møder mellem fagpersoner deles ikke.",
            "The patient does not take part; meetings between professionals are not shared.",
        ),
    ),
    Ground.NOT_ACTIVE: (
        "#4",
        Wording("Aftalens status er ikke active.", "The appointment's status is not active."),
    ),
    Ground.BEYOND_HORIZON: (
        "#3",
        Wording(
            "Den repeterende aftale ligger længere fremme, end der udgives.",
            "The repeating appointment is further ahead than is published.",
        ),
    ),
    Ground.INCOMPLETE: (
        "#1",
        Wording(
            "Aftalen mangler noget, som standarden kræver, og kan ikke skrives.",
            "The appointment lacks what the standard demands, and cannot be written.",
        ),
    ),
    Ground.UNCHANGED: (
        None,
        Wording("Aftalen er udgivet, som den er.", "The appointment is published as it is."),
    ),
    Ground.OVER: (
        None,
        Wording(
            "Aftalen er forbi og har ikke været udgivet.",
            "The appointment is over and was not published.",
        ),
    ),
    Ground.HELD: (
        None,
        Wording(
            "Aftalen er holdt; den bliver stående, som den er udgivet.",
            "The appointment was held; it stays as it is published.",
        ),
    ),
    Ground.UNDER_WAY: (
        None,
        Wording(
            "Noget er sendt om aftalen, og svaret er ikke kendt endnu.",
            "Something was sent about the appointment, and the answer is not known yet.",
        ),
    ),
    Ground.OUTDATED: (
        None,
        Wording(
            "Der er sendt noget om aftalen, efter at bookingerne blev læst.",
            "Something was sent about the appointment after the bookings were read.",
        ),
    ),
}
