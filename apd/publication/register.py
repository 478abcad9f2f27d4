"""The register of what was published: an entry for each appointment, and the store of them.

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


Any database will do that can read an entry and write it back in one transaction. Here is one in
memory; :class:`apd.publication.SqliteRegister` is one in a file. A register keeps ids, keyed
digests, times and states. It is not a copy of anybody's overview (rule #6): no name, no CPR number,
no document.
"""

import datetime
from collections.abc import Callable, Collection, Container, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from threading import RLock
from typing import Protocol, runtime_checkable
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
    """

    document_id: MedComId
    entry_uuid: str = field(validator=is_entry_uuid)
    digest: bytes | None = field(default=None, repr=False)
    patient: bytes | None = field(default=None, repr=False)
    ends: datetime.datetime | None


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
    """

    appointment_id: MedComId
    version: int = 0
    document: Registered | None = None
    planned: datetime.datetime | None = None
    attempt: Attempt | None = None

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
    return evolve(entry, attempt=attempt, planned=planned) if entry == seen else None


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


Change = Callable[[Entry], Entry | None]
"""A transition: the entry as it is to be, or None where nothing is to change."""


class Register(Protocol):
    """What is asked of a register.

    An appointment that it knows nothing of has the empty entry ``Entry(appointment_id=…)``.
    """

    def entries(
        self, appointment_ids: Collection[MedComId], now: datetime.datetime
    ) -> Iterable[Entry]:
        """Every entry of these appointments, and every other that is not history.

        Args:
            appointment_ids: appointments, by their ids in lower case.
            now: entries of other appointments may be left out if they have no attempt, and no
                document that ends after it or has no end.
        """

    def expired(self, now: datetime.datetime) -> Iterable[Entry]:
        """Every entry with an attempt that expired at ``now`` or before."""

    def update(self, appointment_id: MedComId, change: Change) -> bool:
        """Read an entry, and write what the change makes of it, as one transaction.

        Nobody else may write the entry in between, and what is written must be on disk when
        this returns: a message is sent upon it.

        Args:
            appointment_id: the appointment, by its id in lower case.
            change: is given the entry, and gives what to write, or None for nothing.

        Returns:
            True if something was written.
        """


@runtime_checkable
class BulkRegister(Register, Protocol):
    """What a register can offer besides, so that very many bookings need not be held at a time.

    The registers of this package do. Without it, a plan holds all bookings and all entries.
    """

    def some(self, appointment_ids: Collection[MedComId]) -> Iterable[Entry]:
        """Every entry of these appointments, some hundreds, by their ids in lower case."""

    def others(self, known: Container[str], now: datetime.datetime) -> Iterable[Entry]:
        """Every entry that is not history, of appointments that are not known.

        Args:
            known: the ids of those that are, in lower case.
            now: see :meth:`Register.entries`.
        """

    def together(self) -> AbstractContextManager[None]:
        """What is updated meanwhile is one transaction, on disk as a whole when this ends.

        If it is left by an error, nothing was written.
        """


def is_current(entry: Entry, now: datetime.datetime) -> bool:
    """False for an entry that is history: nothing under way, and nothing approved to come."""
    if entry.attempt is not None:
        return True
    document = entry.document
    return document is not None and (document.ends is None or document.ends > now)


class MemoryRegister:
    """A register in memory, for tests and for trying out; it is safe for several threads.

    Args:
        entries: what it knows from the start.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = {entry.appointment_id: entry for entry in entries}
        self._lock = RLock()

    def entries(self, appointment_ids: Collection[MedComId], now: datetime.datetime) -> list[Entry]:
        """See :meth:`Register.entries`."""
        wanted = set(appointment_ids)
        with self._lock:
            return [
                entry
                for id, entry in self._entries.items()
                if id in wanted or is_current(entry, now)
            ]

    def some(self, appointment_ids: Collection[MedComId]) -> list[Entry]:
        """See :meth:`BulkRegister.some`."""
        with self._lock:
            return [self._entries[id] for id in appointment_ids if id in self._entries]

    def others(self, known: Container[str], now: datetime.datetime) -> list[Entry]:
        """See :meth:`BulkRegister.others`."""
        with self._lock:
            return [
                entry
                for id, entry in self._entries.items()
                if id.value not in known and is_current(entry, now)
            ]

    @contextmanager
    def together(self) -> Iterator[None]:
        """See :meth:`BulkRegister.together`."""
        with self._lock:
            before = dict(self._entries)
            try:
                yield
            except BaseException:
                self._entries = before
                raise

    def expired(self, now: datetime.datetime) -> list[Entry]:
        """See :meth:`Register.expired`."""
        with self._lock:
            return [
                entry
                for entry in self._entries.values()
                if entry.attempt is not None and entry.attempt.expires <= now
            ]

    def update(self, appointment_id: MedComId, change: Change) -> bool:
        """See :meth:`Register.update`."""
        with self._lock:
            old = self._entries.get(appointment_id) or Entry(appointment_id=appointment_id)
            new = change(old)
            if new is not None:
                self._entries[appointment_id] = new
        return new is not None
