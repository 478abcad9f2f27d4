"""One appointment: who, when, where and why."""

from collections.abc import Iterable

from attrs import evolve, field, frozen

from apd.model.code import Code
from apd.model.contact import Telecom, telephones
from apd.model.identifiers import DocumentId, EpisodeId, Identifier, MedComId
from apd.model.location import HomeLocation, Location, OtherLocation, SorLocation
from apd.model.party import (
    Custodian,
    Organization,
    Patient,
    Performer,
    Requester,
    Responsible,
)
from apd.model.schedule import Schedule
from apd.model.validators import all_are, distinct, is_a, is_text, masked, one_line, optional
from apd.standard.codes import AppointmentType, Category, Status


def _without_display(code: Code | None) -> Code | None:
    return evolve(code, display=None) if isinstance(code, Code) and code.display else code


RECURRING = frozenset({Custodian, Organization, Performer, SorLocation})
"""What the appointments of an organisation share: few values, often repeated, never a patient's.
Therefore what was made from them may be cached."""


@frozen
class Reason:
    """What the appointment is about (årsag), as the booking system words it.

    Args:
        text: free text.
        code: a SNOMED CT or SKS code for the same, or None. Its own display is dropped: the
            document has one place for a text, which contains ``text``.
    """

    text: str = field(converter=one_line, validator=is_text, repr=masked)
    code: Code | None = field(
        default=None, converter=_without_display, validator=optional(Code), repr=masked
    )


def reason_key(reason: Reason | None) -> tuple[str, ...]:
    """The key of a reason: its text and its code.

    Case and white space make no difference. The key is personal data.

    Args:
        reason: a reason; None, for no reason, has a key of its own.
    """
    if reason is None:
        return ()
    code = () if reason.code is None else (reason.code.system, reason.code.code)
    return " ".join(reason.text.split()).casefold(), *code


def is_same_reason(one: Reason | None, other: Reason | None) -> bool:
    """Whether two reasons are the same, by :func:`reason_key`."""
    return one is other or reason_key(one) == reason_key(other)


def _as_ids(
    ids: Iterable[EpisodeId | MedComId | Identifier],
) -> tuple[EpisodeId | MedComId | Identifier, ...]:
    return distinct(ids)


@frozen
class EpisodeOfCare:
    """The episode of care (forløb) that the appointment belongs to.

    Args:
        ids: episode ids (forløbs-id'er), at most one of them a :class:`MedComId`.
        label: what the episode is about (forløbslabel): an SKS code ALAL… with its words.
    """

    ids: tuple[EpisodeId | MedComId | Identifier, ...] = field(
        converter=_as_ids, validator=all_are(EpisodeId, MedComId, Identifier)
    )
    label: Code | None = field(default=None, validator=optional(Code), repr=masked)


@frozen
class Repetition:
    """States that the appointment repeats (repeterende aftale, type 4).

    Args:
        id: links the appointments of one series (repetitions-id). Optional since errata item 16.
    """

    id: DocumentId | None = field(default=None, validator=optional(MedComId, Identifier))


@frozen(kw_only=True)
class Appointment:
    """An appointment (aftale) between a patient and those who treat the patient.

    What the standard requires must be passed, even if it is None: a document that was read may
    lack it, and :func:`apd.dumps` reports what is missing.

    Args:
        id: the appointment's own id, which differs from the document's.
        category: who runs it: region, municipality or practice.
        patient: whose appointment it is.
        schedule: when.
        reason: what it is about.
        responsible: who made the booking (aftaleansvarlig).
        performer: who carries it out (aftaleudførende).
        location: where, as one of the three location types.
        requester: who referred the patient (rekvirent), if anyone.
        episode_of_care: the episode it belongs to (forløb), if any.
        repetition: given when the appointment repeats.
        status: active, as long as the appointment is valid.
    """

    id: DocumentId | None = field(validator=optional(MedComId, Identifier))
    category: Category | None = field(validator=optional(Category))
    patient: Patient = field(validator=is_a(Patient))
    schedule: Schedule = field(validator=is_a(Schedule))
    reason: Reason | None = field(validator=optional(Reason))
    responsible: Responsible | None = field(validator=optional(Responsible))
    performer: Performer | None = field(validator=optional(Performer))
    location: Location | None = field(validator=optional(SorLocation, OtherLocation, HomeLocation))
    requester: Requester | None = field(default=None, validator=optional(Requester))
    episode_of_care: EpisodeOfCare | None = field(default=None, validator=optional(EpisodeOfCare))
    repetition: Repetition | None = field(default=None, validator=optional(Repetition))
    status: Status | None = field(default=Status.ACTIVE, validator=optional(Status))

    @property
    def telephones(self) -> tuple[Telecom, ...]:
        """The telephone numbers to show: of the place, then of the performer; each once.

        Source: MedCom's FAQ of 2023 (F1).
        """
        parties = (self.location, self.performer)
        return telephones(one for party in parties if party for one in party.telephones)

    @property
    def types(self) -> tuple[AppointmentType, ...]:
        """The appointment types 1 to 4 that follow from the data: one of 1–3, and 4 if it repeats.

        Source: Aftaleoversigten 2.0, table 2.
        """
        repeating = (AppointmentType.REPEATING,) if self.repetition is not None else ()
        return (self.schedule.type, *repeating)
