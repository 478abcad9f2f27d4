"""A plan as values: the steps with their kinds and reasons, and their outcomes."""

import datetime
from typing import Any, ClassVar, Self

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.findings import Finding
from apd.model.document import AppointmentDocument
from apd.model.identifiers import MedComId
from apd.model.validators import field_name
from apd.publication.entry import Entry, Kind, Registered
from apd.standard.business_rules import business_rule
from apd.wording import WordedStrEnum, Wording
from apd.xds import RegistryError


class Ground(WordedStrEnum):
    """The reason for one step of a plan. The value is a stable name for programs.

    Rules are those of :mod:`apd.standard.business_rules`: ``#1`` to ``#7`` of Aftaleoversigten
    1.0.10, and ``F2`` of MedCom's FAQ of 2023.
    """

    NEW = "new", Wording("Aftalen er ikke publiceret.", "The appointment is not published."), "#2"
    INTO_HORIZON = (
        "into-horizon",
        Wording(
            "Aftalen er nu så nær, at den skal publiceres.",
            "The appointment is now near enough to be published.",
        ),
        "#3",
    )
    CHANGED = (
        "changed",
        Wording(
            "Aftalen er ændret, siden den blev publiceret.",
            "The appointment has changed since it was published.",
        ),
        "#2",
    )
    OTHER_PATIENT = (
        "other-patient",
        Wording(
            "Aftalen er nu en anden patients, eller patienten har fået et andet CPR-nummer.",
            "The appointment now belongs to another patient, or the patient has another CPR "
            "number.",
        ),
        "#5",
    )
    GONE = (
        "gone",
        Wording(
            "Aftalen findes ikke længere i bookingsystemet.",
            "The booking system no longer has the appointment.",
        ),
        "#5",
    )
    LEGAL_BASIS = (
        "legal-basis",
        Wording(
            "Aftalens retsgrundlag giver ikke hjemmel til at dele den.",
            "The legal basis of the appointment does not allow it to be shared.",
        ),
        "F2",
    )
    WITHOUT_PATIENT = (
        "without-patient",
        Wording(
            "Patienten deltager ikke; møder mellem fagpersoner deles ikke.",
            "The patient does not take part; meetings between professionals are not shared.",
        ),
        "#7",
    )
    NOT_ACTIVE = (
        "not-active",
        Wording("Aftalens status er ikke active.", "The appointment's status is not active."),
        "#4",
    )
    BEYOND_HORIZON = (
        "beyond-horizon",
        Wording(
            "Den repeterende aftale ligger længere fremme, end der publiceres.",
            "The repeating appointment is further ahead than is published.",
        ),
        "#3",
    )
    INCOMPLETE = (
        "incomplete",
        Wording(
            "Aftalen mangler noget, som standarden kræver, og kan ikke skrives.",
            "The appointment lacks something that the standard requires, and cannot be written.",
        ),
        "#1",
    )
    UNCHANGED = (
        "unchanged",
        Wording("Aftalen er publiceret, som den er.", "The appointment is published as it is."),
    )
    OVER = (
        "over",
        Wording(
            "Aftalen er forbi og har ikke været publiceret.",
            "The appointment is over and was not published.",
        ),
    )
    HELD = (
        "held",
        Wording(
            "Aftalen har fundet sted; den bliver stående, som den er publiceret.",
            "The appointment has taken place; it stays as it is published.",
        ),
    )
    UNDER_WAY = (
        "under-way",
        Wording(
            "Der er sendt en besked om aftalen, og svaret er ikke kendt endnu.",
            "A message about the appointment was sent, and the answer is not known yet.",
        ),
    )
    OUTDATED = (
        "outdated",
        Wording(
            "Der er sendt en besked om aftalen, efter at bookingerne blev læst.",
            "A message about the appointment was sent after the bookings were read.",
        ),
    )
    UNREADABLE = (
        "unreadable",
        Wording(
            "Aftalens booking kunne ikke læses; aftalen bliver stående, som den er publiceret.",
            "The appointment's booking could not be read; it stays as it is published.",
        ),
    )
    WAITING = (
        "waiting",
        Wording(
            "Registret har afvist det; det forsøges igen efter en pause.",
            "The registry refused it; it is tried again after a pause.",
        ),
    )
    PARKED = (
        "parked",
        Wording(
            "Registret har afvist det for mange gange; det er parkeret, til bookingen ændres "
            "eller det frigives.",
            "The registry refused it too often; it is parked until the booking changes or it is "
            "released.",
        ),
    )

    rule: str | None
    """The rule that requires it, such as ``"#3"``; None if no rule does."""

    def __new__(cls, value: str, wording: Wording, rule: str | None = None) -> Self:
        """Make a reason from its value, its words and the rule that requires it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.wording = wording
        member.rule = rule
        return member

    @property
    def source(self) -> str | None:
        """The source of the rule, with its edition; None without a rule."""
        return None if self.rule is None else business_rule(self.rule).citation


class Result(WordedStrEnum):
    """The result of a step."""

    DONE = "done", Wording("Registret har godtaget det.", "The registry accepted it.")
    REFUSED = (
        "refused",
        Wording(
            "Registret har afvist det; det planlægges igen.",
            "The registry refused it; it will be planned again.",
        ),
    )
    UNANSWERED = (
        "unanswered",
        Wording(
            "Der kom intet svar; registret bliver spurgt senere.",
            "There was no answer; the registry will be queried later.",
        ),
    )
    NOT_ACCEPTED = (
        "not-accepted",
        Wording(
            "Registret har ikke fået det; det planlægges igen.",
            "The registry did not receive it; it will be planned again.",
        ),
    )
    TAKEN = (
        "taken",
        Wording(
            "Registret over det publicerede har ændret sig siden planen; aftalen planlægges igen.",
            "The register has changed since the plan; the appointment will be planned again.",
        ),
    )
    UNSENDABLE = (
        "unsendable",
        Wording(
            "Der kan ikke dannes en besked; den sendes, når det er rettet.",
            "No message can be made of it; it is sent when that is corrected.",
        ),
    )
    NOT_SENT = (
        "not-sent",
        Wording(
            "Beskeden blev ikke sendt; den planlægges igen.",
            "The message was not sent; it will be planned again.",
        ),
    )


@frozen(kw_only=True)
class Outcome:
    """The outcome of a step, for a log: ids and times without personal data.

    Args:
        appointment_id: the id of the appointment, a UUID in lower case.
        kind: publish, replace or deprecate.
        document_id: the document that was sent or deprecated, or would have been sent.
        result: the result.
        at: when the result was known.
        due: the deadline, or None if unknown.
        errors: the registry's errors, with their codes alone; ``error.advice()`` has the remedy.
        findings: the reasons why a step is ``unsendable``.
    """

    appointment_id: MedComId
    kind: Kind
    document_id: MedComId
    result: Result
    at: datetime.datetime
    due: datetime.datetime | None
    errors: tuple[RegistryError, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def late_by(self) -> datetime.timedelta | None:
        """How long after the deadline it was known, or None if it was in time."""
        if self.due is None or self.at <= self.due:
            return None
        return self.at - self.due


@frozen(kw_only=True)
class Leave:
    """No message is sent.

    Args:
        appointment_id: the id of the appointment, a UUID in lower case.
        reason: the reason; its rule, if any, forbids to send a message.
        due: the deadline to publish or replace, if the appointment is left for another reason than
            a rule: it is incomplete, waits or is parked; otherwise None.
        findings: what an incomplete booking lacks.
    """

    kind: ClassVar[Kind] = Kind.LEAVE
    appointment_id: MedComId
    reason: Ground
    due: datetime.datetime | None = None
    findings: tuple[Finding, ...] = ()


@frozen(kw_only=True)
class _Sent:
    """The fields of every step that sends a message, as long as ``seen`` is unchanged."""

    kind: ClassVar[Kind]
    reason: Ground
    due: datetime.datetime | None
    planned: datetime.datetime = field(repr=False)
    seen: Entry = field(repr=False)

    @property
    def appointment_id(self) -> MedComId:
        """The id of the appointment, a UUID in lower case."""
        return self.seen.appointment_id


@frozen(kw_only=True)
class _Submitted(_Sent):
    """The fields of both steps that submit a document."""

    document: AppointmentDocument = field(repr=False)
    registered: Registered

    @property
    def version(self) -> int:
        """The number of the document's version: 1 for the first."""
        return self.seen.version + 1

    @property
    def document_id(self) -> MedComId:
        """The id of the document to send."""
        return self.registered.document_id

    @property
    def entry_uuid(self) -> str:
        """The entryUUID to submit it with: ``urn:uuid:`` and a UUID."""
        return self.registered.entry_uuid


@frozen(kw_only=True)
class Publish(_Submitted):
    """Submits a document: Provide and Register Document Set-b (ITI-41).

    Args:
        reason: the reason.
        due: the deadline for its acceptance (rule #2).
        planned: the ``now`` of the plan, which is the document's time.
        seen: the register's entry that it was planned from.
        document: the document to send.
        registered: the state of the registry once it has accepted it.
    """

    kind: ClassVar[Kind] = Kind.PUBLISH


def _has_document(instance: object, attribute: "Attribute[Any]", value: Entry) -> None:
    if value.document is None:
        raise InvalidValue(
            field_name(instance, attribute),
            Wording("har intet dokument", "has no document"),
            Wording("angiv en post, der er godkendt (approved)", "specify one that is approved"),
        )


@frozen(kw_only=True)
class _Targeted(_Sent):
    """The properties of both steps about an approved document."""

    seen: Entry = field(repr=False, validator=_has_document)

    @property
    def target(self) -> Registered:
        """The document that is approved and will be deprecated, with its entryUUID."""
        assert self.seen.document is not None  # ensured by the constructor
        return self.seen.document


@frozen(kw_only=True)
class Replace(_Submitted, _Targeted):
    """Submits a document that replaces another (ITI-41 with association RPLC).

    The registry deprecates the other one, its ``target``.

    Args:
        reason: the reason.
        due: the deadline for its acceptance (rule #2).
        planned: the ``now`` of the plan, which is the document's time.
        seen: the register's entry that it was planned from.
        document: the document to send.
        registered: the state of the registry once it has accepted it.
    """

    kind: ClassVar[Kind] = Kind.REPLACE


@frozen(kw_only=True)
class Deprecate(_Targeted):
    """Deprecates a document, which is then no longer shown: Update Document Set (ITI-57).

    Args:
        reason: the reason.
        due: the deadline for its acceptance, or None if the booking is gone and it is unknown
            since when.
        planned: the ``now`` of the plan.
        seen: the register's entry that it was planned from.
    """

    kind: ClassVar[Kind] = Kind.DEPRECATE

    @property
    def version(self) -> int:
        """The number of the published version."""
        return self.seen.version

    @property
    def document_id(self) -> MedComId:
        """The id of the document to deprecate."""
        return self.target.document_id

    @property
    def entry_uuid(self) -> str:
        """The entryUUID of the document to deprecate: ``urn:uuid:`` and a UUID."""
        return self.target.entry_uuid


Sent = Publish | Replace | Deprecate
"""A step that sends a message."""

Step = Sent | Leave
"""A step of a plan."""
