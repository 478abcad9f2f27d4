"""An entry of the register: the state of one appointment in the national registry.

An :class:`Entry` records the known state of an appointment in the national registry, and any
message that awaits an answer:

====================  =================================================================
state                 what it means
====================  =================================================================
``State.NONE``        nothing has been accepted yet
``State.PENDING``     something is about to be sent or was sent; the answer is not known
``State.APPROVED``    one document is approved
``State.DEPRECATED``  a document was approved once and no longer is
====================  =================================================================

The transitions, each one write of the register:

====================  ==========================================  =========================
transition            when                                        state before → after
====================  ==========================================  =========================
:func:`begun`         **before** a message is sent                any but PENDING → PENDING
:func:`confirmed`     it is known that the registry accepted it   → APPROVED or DEPRECATED
:func:`abandoned`     it is known that the registry did not       PENDING → as before
:func:`corrected`     the registry shows what it has instead      PENDING → as it shows
====================  ==========================================  =========================

**Nothing is sent twice and nothing is lost.** A message is recorded before it is sent, with the id
of its document. A step can only begin if the entry is unchanged since the plan: of two processes
with the same plan, one begins and the other must skip the step. While an entry is PENDING, nothing
else is planned for its appointment. It stays PENDING if the process dies or no answer comes: the
message may have been accepted. When the attempt has expired, the next process asks the registry for
the document, and confirms or abandons the attempt.

**A document id is used until the registry has accepted it.** It is derived from the appointment's
id and a version number, which is incremented when a document is accepted, not when it is sent. A
message that is sent again after a time-out thus has the same id, and a registry that had accepted
the first one refuses the second as a duplicate. This also holds if the first message arrives after
its attempt was abandoned: two documents of one version cannot both be accepted. The entryUUID is
derived in the same way, for registries that would accept an identical document twice. An id is
skipped only if it is in use and yet the registry knows no document with it.

**An acceptance is a fact,** whoever reports it: a process whose attempt was abandoned, and that
learns that its message was accepted, still records it (:func:`confirmed` compares the version, not
the attempt). Abandoning is not: only the current attempt can be abandoned.

**If the register is lost,** planning begins with version 1 again. The registry refuses that as a
duplicate, and a query shows the state of the document; run by run, the register thus reaches the
version that is approved.
"""

import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from attrs import evolve, field, frozen

from apd.model.identifiers import MedComId
from apd.model.validators import matches
from apd.person_numbers import repr_without_numbers
from apd.standard.identifier_forms import UUID as UUID_FORM
from apd.wording import WordedStrEnum, Wording

is_entry_uuid = matches(
    f"urn:uuid:{UUID_FORM}",
    Wording("angiv urn:uuid: og en UUID", "specify urn:uuid: and a UUID"),
)


class Kind(WordedStrEnum):
    """The kind of a step, in the order in which a plan carries them out.

    Misleading documents are corrected before missing ones are published.
    """

    DEPRECATE = "deprecate", Wording("fjern fra visning", "deprecate")
    REPLACE = "replace", Wording("erstat", "replace")
    PUBLISH = "publish", Wording("publicér", "publish")
    LEAVE = "leave", Wording("lad stå", "leave")


@frozen(kw_only=True)
class Registered:
    """A document in the registry.

    Args:
        document_id: the document's id; XDS calls it uniqueId.
        entry_uuid: the id of its entry: ``urn:uuid:`` and a UUID.
        digest: the keyed digest of its content, or None if unknown.
        patient: the keyed digest of its patient, different for each appointment of a patient; or
            None if unknown.
        ends: when its appointment is over, with a time zone; None for a standing one. A document
            whose appointment is over is not deprecated because its booking is gone.
        producer: the OID of the system that submitted it, or None if unknown.
        sealed: the sender and the patient, which a deprecation must name, encrypted with the
            register's key; or None. See :mod:`apd.publication.sealing`.
    """

    document_id: MedComId
    entry_uuid: str = field(validator=is_entry_uuid, repr=repr_without_numbers)
    digest: bytes | None = field(default=None, repr=False)
    patient: bytes | None = field(default=None, repr=False)
    ends: datetime.datetime | None
    producer: str | None = field(default=None, repr=repr_without_numbers)
    sealed: bytes | None = field(default=None, repr=False)


@frozen(kw_only=True)
class Found:
    """The answer of the registry to a query for a document.

    Args:
        entry_uuid: what the registry calls its entry: ``urn:uuid:`` and a UUID.
        approved: its availability status: True for Approved, False for Deprecated.
    """

    entry_uuid: str = field(validator=is_entry_uuid, repr=repr_without_numbers)
    approved: bool


@frozen(kw_only=True)
class Attempt:
    """A message that is about to be sent, or was sent and awaits an answer.

    Args:
        kind: publish, replace or deprecate.
        version: the version number of the document that it sends or deprecates.
        document: the document that it publishes or deprecates.
        due: the deadline for its acceptance, or None if unknown.
        expires: the end of its lease. Until then, only the process that began it changes the
            entry.
    """

    kind: Kind
    version: int
    document: Registered
    due: datetime.datetime | None
    expires: datetime.datetime


class TroubleKind(StrEnum):
    """Why a step about an appointment fails."""

    REFUSED = "refused"
    """The registry refused it."""
    UNSENDABLE = "unsendable"
    """No message can be made."""


@frozen(kw_only=True)
class Trouble:
    """The reason why the last step about an appointment is not accepted.

    Args:
        kind: whether the registry refused it, or it could not be sent.
        step: publish, replace or deprecate.
        codes: the registry's error codes; if no message can be made, the rules that are broken.
        count: the number of refusals.
        again: when it is tried again; None if it is parked until the booking changes or it is
            released.
        digest: the keyed digest of the booking; None for a deprecation.
    """

    kind: TroubleKind
    step: Kind
    codes: tuple[str, ...] = field(default=(), repr=repr_without_numbers)
    count: int = 0
    again: datetime.datetime | None = None
    digest: bytes | None = field(default=None, repr=False)

    @property
    def is_parked(self) -> bool:
        """True if it was refused so often that it is not tried again automatically."""
        return self.kind is TroubleKind.REFUSED and self.again is None

    def stops(self, step: Kind, digest: bytes | None, now: datetime.datetime) -> bool:
        """Whether a step must wait: it is the refused one, and its pause is not over."""
        if self.kind is not TroubleKind.REFUSED or (step, digest) != (self.step, self.digest):
            return False
        return self.again is None or self.again > now


@frozen(kw_only=True)
class Acceptance:
    """When the last step about an appointment was accepted.

    Args:
        at: when the registry answered.
        due: the deadline, or None if unknown.
    """

    at: datetime.datetime
    due: datetime.datetime | None

    @property
    def late_by(self) -> datetime.timedelta | None:
        """How late it was, or None if it was in time."""
        return self.at - self.due if self.due is not None and self.at > self.due else None


class State(StrEnum):
    """The state of an entry."""

    NONE = "none"
    PENDING = "pending"
    APPROVED = "approved"
    DEPRECATED = "deprecated"


@frozen(kw_only=True)
class Entry:
    """The data of one appointment in the register: ids, a digest and times, no content.

    Args:
        appointment_id: the appointment's id, a UUID in lower case.
        version: the number of the last version that was used, 0 before the first.
        document: the document that is approved, or None.
        planned: the ``now`` of the plan that last sent a message. A plan from bookings that were
            read earlier leaves the appointment alone.
        attempt: the message that awaits an answer, or None.
        trouble: the reason why the last step is not accepted, or None.
        accepted: when the last step was accepted, or None if unknown.
    """

    appointment_id: MedComId
    version: int = 0
    document: Registered | None = None
    planned: datetime.datetime | None = None
    attempt: Attempt | None = None
    trouble: Trouble | None = None
    accepted: Acceptance | None = None

    @property
    def state(self) -> State:
        """The state; see the table of this module."""
        if self.attempt is not None:
            return State.PENDING
        if self.document is not None:
            return State.APPROVED
        return State.DEPRECATED if self.version else State.NONE


def document_id(entry: Entry) -> MedComId:
    """The id of the next document of an appointment: a UUID, always the same for a version."""
    return MedComId(_derived(entry, "document"))


def entry_uuid(entry: Entry) -> str:
    """The entryUUID of the next document; a registry keeps only one that is a UUID."""
    return f"urn:uuid:{_derived(entry, 'entry')}"


def _derived(entry: Entry, what: str) -> UUID:
    return uuid5(UUID(entry.appointment_id.value), f"{what} {entry.version + 1}")


# --- transitions: each gives the entry as it is to be, or None where nothing is to change ------


def begun(entry: Entry, seen: Entry, attempt: Attempt, planned: datetime.datetime) -> Entry | None:
    """An attempt begins, unless the entry has changed since the plan."""
    is_same = _without_history(entry) == _without_history(seen)
    return evolve(entry, attempt=attempt, planned=planned) if is_same else None


def _without_history(entry: Entry) -> Entry:
    """The part of an entry that decides what is sent, without troubles and times of acceptance."""
    return evolve(entry, trouble=None, accepted=None)


def confirmed(
    entry: Entry, attempt: Attempt, found: Found | None = None, *, is_ours: bool = True
) -> Entry | None:
    """The entry after the registry accepted an attempt; None if that is recorded already.

    ``found`` is what the registry said of the document, if it was asked. It is not ours if one with
    that id came from elsewhere, whose content is unknown.
    """
    if attempt.kind is Kind.DEPRECATE:
        if entry.document is None or entry.document.document_id != attempt.document.document_id:
            return abandoned(entry, attempt)
        return evolve(abandoned(entry, attempt) or entry, document=None)
    if attempt.version <= entry.version:
        return abandoned(entry, attempt)
    document = attempt.document if is_ours else evolve(attempt.document, digest=None, patient=None)
    return evolve(
        entry,
        version=attempt.version,
        document=_as_found(document, found) if found else document,
        attempt=None,
    )


def abandoned(entry: Entry, attempt: Attempt, *, id_is_taken: bool = False) -> Entry | None:
    """The registry did not accept an attempt; if its id is in use, the next one has another."""
    if entry.attempt != attempt:
        return None
    return evolve(entry, attempt=None, version=attempt.version if id_is_taken else entry.version)


def corrected(entry: Entry, attempt: Attempt, found: Found | None) -> Entry | None:
    """The registry refused to replace or deprecate a document, and reported its state.

    Another system may have deprecated it, or the registry may have another id for it.
    """
    if entry.attempt != attempt:
        return None
    document = _as_found(entry.document, found) if entry.document and found else None
    return evolve(entry, attempt=None, document=document)


def _as_found(document: Registered, found: Found) -> Registered | None:
    return evolve(document, entry_uuid=found.entry_uuid) if found.approved else None
