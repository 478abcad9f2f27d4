"""An entry of the register: what the national registry has of one appointment.

An :class:`Entry` records what the national registry has of an appointment, as far as is known, and
what has been sent and not answered yet:

====================  =================================================================
state                 what it means
====================  =================================================================
``State.NONE``        nothing was ever accepted
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

**Nothing is sent twice and nothing is lost.** What is to be sent is written down first, with the
id of its document. Begun can only be what was planned from the very entry that is still there:
of two processes with the same plan, one begins and the other has to leave it. While an entry
is PENDING nothing else is planned for its appointment. A process that dies leaves it PENDING,
and so does an answer that never came: either may have been accepted. When the attempt has
expired, whoever comes next asks the registry for the document and confirms or abandons.

**A document id is used until the registry has accepted it.** It follows from the appointment's id
and a version number, and the number goes up when a document with it is accepted, not when it is
sent. What has to be sent again after a time-out thus carries the same id, and a registry that
had accepted it after all refuses the second as a duplicate. That also holds when the first
message arrives after it was given up: two documents of one version cannot both be accepted. The
entryUUID follows in the same way, for a registry that would take an identical document twice. An
id goes unused for good only if it is taken and yet the registry knows no document by it.

**What the registry accepted is a fact,** whoever reports it: a process that was given up, and
hears that its message was accepted, still records it (:func:`confirmed` asks for the version,
not for whose attempt it is). To give up is not: only the attempt that still stands can be
abandoned.

**If the register is lost,** planning begins with version 1 again. The registry refuses that as a
duplicate, is asked, and answers what became of it; so one run after the other finds its way to the
version that is approved.
"""

import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from attrs import evolve, field, frozen

from apd.model.identifiers import MedComId
from apd.model.validators import matches
from apd.standard.identifier_forms import UUID as UUID_FORM
from apd.wording import WordedStrEnum, Wording

is_entry_uuid = matches(
    f"urn:uuid:{UUID_FORM}",
    Wording("angiv urn:uuid: og en UUID", "give urn:uuid: and a UUID"),
)


class Kind(WordedStrEnum):
    """What a plan does about an appointment; in the order in which a plan does it.

    What misleads the patient goes before what is missing.
    """

    DEPRECATE = "deprecate", Wording("tag ud af visning", "deprecate")
    REPLACE = "replace", Wording("erstat", "replace")
    PUBLISH = "publish", Wording("publicér", "publish")
    LEAVE = "leave", Wording("lad stå", "leave")


@frozen(kw_only=True)
class Registered:
    """A document in the registry.

    Args:
        document_id: the document's id; XDS calls it uniqueId.
        entry_uuid: what the registry calls its entry: ``urn:uuid:`` and a UUID.
        digest: keyed digest of what it says, or None where that is not known.
        patient: keyed digest of whose it is, another one for each appointment of a patient; or
            None where that is not known.
        ends: when its appointment is over, with a zone; None for a standing one. What is over is
            history, and is not deprecated because the booking system no longer has it.
        producer: OID of the system that submitted it, or None where that is not known.
        sealed: what a deprecation has to name (who sends it, and the patient), encrypted with the
            register's key; or None. See :mod:`apd.publication.sealing`.
    """

    document_id: MedComId
    entry_uuid: str = field(validator=is_entry_uuid)
    digest: bytes | None = field(default=None, repr=False)
    patient: bytes | None = field(default=None, repr=False)
    ends: datetime.datetime | None
    producer: str | None = None
    sealed: bytes | None = field(default=None, repr=False)


@frozen(kw_only=True)
class Found:
    """What the registry answers when it is asked for a document.

    Args:
        entry_uuid: what the registry calls its entry: ``urn:uuid:`` and a UUID.
        approved: its availability status: True for Approved, False for Deprecated.
    """

    entry_uuid: str = field(validator=is_entry_uuid)
    approved: bool


@frozen(kw_only=True)
class Attempt:
    """Something that is about to be sent, or was sent and is not answered.

    Args:
        kind: publish, replace or deprecate.
        version: the version number of the document it sends; of one that it deprecates, the
            version that is there.
        document: the document that it publishes, or that it deprecates.
        due: when it should have been accepted, or None where that is not known.
        expires: until when it may still be on its way. Nobody but who began it touches the
            entry before that.
    """

    kind: Kind
    version: int
    document: Registered
    due: datetime.datetime | None
    expires: datetime.datetime


class TroubleKind(StrEnum):
    """Why something about an appointment does not get through."""

    REFUSED = "refused"
    """The registry refused it."""
    UNSENDABLE = "unsendable"
    """No message can be made of it."""


@frozen(kw_only=True)
class Trouble:
    """What keeps the last step about an appointment from being accepted.

    Args:
        kind: whether the registry refused it, or it could not be sent.
        step: publish, replace or deprecate.
        codes: the registry's error codes; of what cannot be sent, the rules that it breaks.
        count: how often the registry refused it.
        again: when it is tried again; None for what is parked, which waits until the booking
            changes or it is released.
        digest: keyed digest of the booking that the step was about; None for a deprecation.
    """

    kind: TroubleKind
    step: Kind
    codes: tuple[str, ...] = ()
    count: int = 0
    again: datetime.datetime | None = None
    digest: bytes | None = field(default=None, repr=False)

    @property
    def is_parked(self) -> bool:
        """True for what was refused so often that it is not tried again by itself."""
        return self.kind is TroubleKind.REFUSED and self.again is None

    def stops(self, step: Kind, digest: bytes | None, now: datetime.datetime) -> bool:
        """Whether a step must wait: it is the one that was refused, and its pause is not over."""
        if self.kind is not TroubleKind.REFUSED or (step, digest) != (self.step, self.digest):
            return False
        return self.again is None or self.again > now


@frozen(kw_only=True)
class Acceptance:
    """When the last step about an appointment was accepted.

    Args:
        at: when the registry answered.
        due: when it should have, or None where that is not known.
    """

    at: datetime.datetime
    due: datetime.datetime | None

    @property
    def late_by(self) -> datetime.timedelta | None:
        """How much too late it was, or None if it was in time."""
        return self.at - self.due if self.due is not None and self.at > self.due else None


class State(StrEnum):
    """The state of an entry."""

    NONE = "none"
    PENDING = "pending"
    APPROVED = "approved"
    DEPRECATED = "deprecated"


@frozen(kw_only=True)
class Entry:
    """What the register keeps of one appointment: ids, a digest and times, no content.

    Args:
        appointment_id: the appointment's id, a UUID in lower case.
        version: the number of the last version that is used up, 0 before the first.
        document: the document that is approved, or None.
        planned: the ``now`` of the plan that something was last sent by. A plan from bookings
            that were read before it leaves the appointment alone.
        attempt: what is not answered yet, or None.
        trouble: what keeps the last step from being accepted, or None.
        accepted: when the last step was accepted, or None where that is not known.
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
        """The state that follows; see the table of this module."""
        if self.attempt is not None:
            return State.PENDING
        if self.document is not None:
            return State.APPROVED
        return State.DEPRECATED if self.version else State.NONE


def document_id(entry: Entry) -> MedComId:
    """The id of the next document of an appointment: a UUID, always the same for a version."""
    return MedComId(_derived(entry, "document"))


def entry_uuid(entry: Entry) -> str:
    """The entryUUID that the next document of an appointment is submitted with.

    A registry keeps an entryUUID that is a UUID, and gives its own only where it is not one.
    """
    return f"urn:uuid:{_derived(entry, 'entry')}"


def _derived(entry: Entry, what: str) -> UUID:
    return uuid5(UUID(entry.appointment_id.value), f"{what} {entry.version + 1}")


# --- transitions: each gives the entry as it is to be, or None where nothing is to change ------


def begun(entry: Entry, seen: Entry, attempt: Attempt, planned: datetime.datetime) -> Entry | None:
    """An attempt begins, unless the entry is no longer the one that was seen by the plan."""
    is_same = _without_history(entry) == _without_history(seen)
    return evolve(entry, attempt=attempt, planned=planned) if is_same else None


def _without_history(entry: Entry) -> Entry:
    """What decides what is to be sent; not why it did not get through, nor when it did."""
    return evolve(entry, trouble=None, accepted=None)


def confirmed(
    entry: Entry, attempt: Attempt, found: Found | None = None, *, is_ours: bool = True
) -> Entry | None:
    """The registry accepted an attempt.

    Args:
        entry: the entry as it is.
        attempt: what was accepted.
        found: what the registry answers about the document it published, if it was asked.
        is_ours: False if the registry has a document of that id which this attempt did not
            bring there; what it says is then not known.

    Returns:
        None where that is known already.
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
    """The registry did not accept an attempt; with its id taken, the next has another."""
    if entry.attempt != attempt:
        return None
    return evolve(entry, attempt=None, version=attempt.version if id_is_taken else entry.version)


def corrected(entry: Entry, attempt: Attempt, found: Found | None) -> Entry | None:
    """The registry refused to replace or deprecate a document, and answered what it has of it.

    Somebody else may have deprecated it, or the registry may call it otherwise.
    """
    if entry.attempt != attempt:
        return None
    document = _as_found(entry.document, found) if entry.document and found else None
    return evolve(entry, attempt=None, document=document)


def _as_found(document: Registered, found: Found) -> Registered | None:
    return evolve(document, entry_uuid=found.entry_uuid) if found.approved else None
