"""The register of what was published: the store of the entries of all appointments.

Any database that can read and write an entry in one transaction can be a register. This module has
one in memory; :class:`apd.publication.SqliteRegister` is in a file. A register keeps ids, keyed
digests, times and states, and encrypted data for later deprecations. It is not a copy of a
patient's overview (rule #6): no name, CPR number or document can be read from it.
"""

import datetime
from collections.abc import Callable, Collection, Container, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import RLock
from typing import Protocol, runtime_checkable

from attrs import evolve

from apd.errors import ApdError
from apd.findings import Finding
from apd.model.identifiers import MedComId
from apd.publication.entry import Entry, Kind, Trouble, TroubleKind
from apd.wording import Wording


class RegisterError(ApdError):
    """The register cannot be read or written; the operation has changed nothing."""


_WRONG_KEY = Wording(
    "registret er dannet med en anden nøgle: brug den, som det blev taget i brug med",
    "the register was made with another key: use the one that it was created with",
)


class WrongKeyError(RegisterError):
    """The register was made with another key.

    With the given key, every appointment would look like another patient's, and be deprecated.
    """

    def __init__(self, wording: Wording = _WRONG_KEY) -> None:
        super().__init__(wording)


Change = Callable[[Entry], Entry | None]
"""A transition: the new entry, or None for no change."""


class Register(Protocol):
    """The interface of a register.

    An unknown appointment has the empty entry ``Entry(appointment_id=…)``.
    """

    def entries(
        self, appointment_ids: Collection[MedComId], now: datetime.datetime
    ) -> Iterable[Entry]:
        """The entries of these appointments, and every other entry that is not history.

        Args:
            appointment_ids: the ids of appointments, in lower case.
            now: entries of other appointments may be left out if they have no attempt, and no
                document that ends after it or has no end.
        """

    def expired(self, now: datetime.datetime) -> Iterable[Entry]:
        """The entries with an attempt that expired at ``now`` or before."""

    def update(self, appointment_id: MedComId, change: Change) -> bool:
        """Read an entry, and write the changed one, in one transaction.

        No other process may write the entry in between, and the new one must be on disk when this
        returns, since a message is sent next.

        Args:
            appointment_id: the id of the appointment, in lower case.
            change: is called with the entry, and returns the new one, or None for no change.

        Returns:
            True if an entry was written.
        """


@runtime_checkable
class BulkRegister(Register, Protocol):
    """Additional methods of a register, so that very many bookings need not be in memory at a time.

    The registers of this package have them. Without them, a plan holds all bookings and entries.
    """

    def some(self, appointment_ids: Collection[MedComId]) -> Iterable[Entry]:
        """The entries of some hundred appointments, by their ids in lower case."""

    def others(self, known: Container[str], now: datetime.datetime) -> Iterable[Entry]:
        """Every entry that is not history, of appointments that are not known.

        Args:
            known: the ids of the known appointments, in lower case.
            now: see :meth:`Register.entries`.
        """

    def together(self) -> AbstractContextManager[None]:
        """Combine updates in one transaction, which is on disk when this ends.

        If an exception ends it, nothing is written.
        """


def is_current(entry: Entry, now: datetime.datetime) -> bool:
    """False for an entry that is history: no attempt, and no approved document to come."""
    if entry.attempt is not None:
        return True
    document = entry.document
    return document is not None and (document.ends is None or document.ends > now)


@runtime_checkable
class PublisherRegister(BulkRegister, Protocol):
    """The methods of a register that a :class:`apd.publication.Publisher` needs in addition."""

    def recent(self, since: datetime.datetime) -> Iterable[Entry]:
        """The entries that are not history at a time, have a trouble, or were accepted after it."""

    def troubled(self) -> Iterable[Entry]:
        """The entries with a trouble."""

    def key_check(self) -> bytes | None:
        """The check value of the key of the register's digests, if known."""

    def remember_key(self, check: bytes) -> None:
        """Store the check value of the key, unless there is one; on disk when this returns."""


def is_recent(entry: Entry, since: datetime.datetime) -> bool:
    """False for an entry that was history before a time, and had no trouble."""
    if entry.trouble is not None or is_current(entry, since):
        return True
    return entry.accepted is not None and entry.accepted.at > since


class MemoryRegister:
    """A register in memory, for tests and experiments; it is thread-safe.

    Args:
        entries: the initial entries.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries = {entry.appointment_id: entry for entry in entries}
        self._lock = RLock()
        self._key_check: bytes | None = None

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

    def recent(self, since: datetime.datetime) -> list[Entry]:
        """See :meth:`PublisherRegister.recent`."""
        with self._lock:
            return [entry for entry in self._entries.values() if is_recent(entry, since)]

    def troubled(self) -> list[Entry]:
        """See :meth:`PublisherRegister.troubled`."""
        with self._lock:
            return [entry for entry in self._entries.values() if entry.trouble is not None]

    def key_check(self) -> bytes | None:
        """See :meth:`PublisherRegister.key_check`."""
        return self._key_check

    def remember_key(self, check: bytes) -> None:
        """See :meth:`PublisherRegister.remember_key`."""
        with self._lock:
            self._key_check = self._key_check or check

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


# --- what does not get through: noted, released, and forgotten -----------------------------------


def note_unsendable(
    register: PublisherRegister, id: MedComId, step: Kind, findings: Iterable[Finding]
) -> None:
    """Record that no message can be made, with the rules that are broken."""
    rules = tuple(dict.fromkeys(finding.rule for finding in findings))
    trouble = Trouble(kind=TroubleKind.UNSENDABLE, step=step, codes=rules)

    def noted(entry: Entry) -> Entry | None:
        return None if entry.trouble == trouble else evolve(entry, trouble=trouble)

    register.update(id, noted)


def entry_of(register: PublisherRegister, id: MedComId) -> Entry:
    """The entry of an appointment; an empty one if it is unknown."""
    return next(iter(register.some([id])), Entry(appointment_id=id))


def unsendable_step(entry: Entry) -> Kind:
    """The step that an incomplete booking needs."""
    return Kind.PUBLISH if entry.document is None else Kind.REPLACE


def release(register: PublisherRegister, ids: Iterable[MedComId] | None = None) -> int:
    """Release steps that wait or are parked, of all or some appointments; returns how many."""
    if ids is None:
        ids = [one.appointment_id for one in list(register.troubled())]
    return sum(register.update(id, _without_trouble) for id in ids)


def forget_troubles(register: PublisherRegister, known: Container[str]) -> None:
    """Forget the troubles of appointments without a booking (``known``) and without a document."""
    for entry in list(register.troubled()):
        if entry.appointment_id.value not in known and entry.document is None:
            register.update(entry.appointment_id, _without_trouble)


def _without_trouble(entry: Entry) -> Entry | None:
    return None if entry.trouble is None else evolve(entry, trouble=None)
