"""The plan: from the bookings held and the register to what is to be sent.

For each appointment, by what the booking system says of it and what the registry has:

===============================  ======================  =====================================
the booking                      nothing approved        a document approved
===============================  ======================  =====================================
may be shared, to come           Publish                 Replace if it changed, else Leave
may be shared, over              Leave; Publish if it    Replace if it changed, else Leave
                                 was entered late
may not be shared                Leave                   Deprecate
repeats, beyond the 30 days      Leave                   Deprecate
repeats, beyond 6 months         Leave; Publish if it    Replace if it changed, else Leave
                                 was once published
status completed, and begun      Leave                   Leave
lacks what a document needs      Leave                   Leave
is about another patient now     Publish                 Deprecate, then as if nothing were
                                                         approved
cannot be read                   Leave                   Leave
is not there                     not in the plan         Deprecate if to come; if it is over,
                                                         not in the plan
===============================  ======================  =====================================

What the booking system says counts at any time: an appointment that it calls cancelled, wrong or
changed is put right in the registry, also when it is over (rule #5). Time alone counts where it
says nothing. What is over is not published for the first time, so that a new system does not
publish its past; but for a day it is if it was entered when it had begun or was about to
(:mod:`apd.publication.policy`). And what is over is not deprecated because the booking system
no longer hands it on; the register knows until when it would have been. A standing appointment is
not over as long as it stands.

What may not be published yet and what must be taken down are two questions. Six months (rule #3)
are the least that is published ahead, so they only let a first publication wait; what the patient
has seen is not taken from her because it was moved further ahead or became part of a series, and
comes back at once if it was taken down for another reason, such as a CPR number that changed. The
30 days of serviceloven § 83 and sundhedsloven § 138 are a limit, and hold for both.

What the registry refused waits until its pause is over, or is parked, as long as the booking says
the same; and the address of a patient whose address is protected is taken out before anything.
"""

import datetime
from collections.abc import Collection, Container, Iterable, Iterator
from hmac import compare_digest
from itertools import islice
from typing import TypeVar

from attrs import evolve

from apd.errors import InvalidValue
from apd.findings import Finding
from apd.model.document import AppointmentDocument
from apd.model.identifiers import MedComId
from apd.model.time import danish_time
from apd.publication.booking import Booking, Unreadable, without_address_of_patient
from apd.publication.digest import Digester, check_of
from apd.publication.entry import Entry, Kind, Registered, State, document_id, entry_uuid
from apd.publication.legal_basis import LEGAL_BASES, LegalBases
from apd.publication.plan import Deprecate, Ground, Leave, Publish, Replace, Step
from apd.publication.policy import Horizon, due, enters, refusals, was_entered_late
from apd.publication.register import (
    BulkRegister,
    PublisherRegister,
    Register,
    WrongKeyError,
    is_current,
)
from apd.standard.codes import Status
from apd.validation import validate
from apd.wording import Wording

B = TypeVar("B", bound=Booking)

_ORDER = {kind: place for place, kind in enumerate(Kind)}
_STAYS = frozenset({Ground.UNDER_WAY, Ground.OUTDATED, Ground.HELD})
_AT_ONCE = 500
_UNKNOWN = datetime.datetime.min.replace(tzinfo=datetime.UTC)


def plan(
    bookings: Iterable[Booking | Unreadable],
    register: Register,
    now: datetime.datetime,
    *,
    key: bytes,
    bases: LegalBases = LEGAL_BASES,
) -> tuple[Step, ...]:
    """What is to be sent, so that the registry has what the rules ask for.

    Nothing is sent and nothing is written by this. Equal input gives an equal plan; a plan that
    was carried out is followed by one that leaves everything.

    Args:
        bookings: **all** bookings held that are not over, those that were entered within the
            last day (:data:`apd.publication.LATE_ENTRY`), and as many others as you like. One
            that is missing is taken for cancelled, if it is not over. One that cannot be read
            is given as :class:`Unreadable`.
        register: what was published.
        now: the time, with a zone; take it *before* you read the bookings. It decides the
            horizon and what is over, and becomes the time of the documents.
        key: 16 to 64 secret bytes for the register's digests, always the same; keep them
            elsewhere than the register.
        bases: what the laws permit; see :class:`apd.publication.LegalBases`.

    Returns:
        A step for every booking, and for every document that is to be deprecated as its booking
        is gone. First what to deprecate, then what to replace, to publish, and to leave; of
        each what is due first comes first.

    Raises:
        InvalidValue: two bookings of one appointment id, a time without a zone, a bad key.
        WrongKeyError: the register was made with another key.
    """
    steps = (step for _, step in plan_each(bookings, register, now, key=key, bases=bases))
    return tuple(sorted(steps, key=place_in_plan))


def plan_each(
    bookings: Iterable[B | Unreadable],
    register: Register,
    now: datetime.datetime,
    *,
    key: bytes,
    bases: LegalBases = LEGAL_BASES,
) -> Iterator[tuple[B | None, Step]]:
    """The plan as a stream, for very many bookings: they are read once and none is kept.

    A few hundred are held at a time, if the register is a
    :class:`apd.publication.BulkRegister`. **Send nothing before it has come to its end**: only
    then all bookings were read. The order in which the steps are sent is that of
    :func:`place_in_plan`.

    Args:
        bookings: as for :func:`plan`.
        register: what was published.
        now: the time, with a zone.
        key: the secret of the register's digests.
        bases: what the laws permit.

    Returns:
        Each step with its booking, in the order of the bookings (None for one that cannot be
        read); then those whose booking is gone, with None.

    Raises:
        InvalidValue: as :func:`plan`.
        WrongKeyError: the register was made with another key.
    """
    danish_time(now, "now")
    if isinstance(register, PublisherRegister):
        known = register.key_check()
        if known is not None and not compare_digest(known, check_of(key)):
            raise WrongKeyError
    bulk = register if isinstance(register, BulkRegister) else _AskedOnce(register, now)
    return _planned(bookings, bulk, _Planner(now, key, bases), now)


def place_in_plan(step: Step) -> tuple[int, datetime.datetime, str]:
    """What a plan is sorted by: the kind of step, when it is due, and the appointment."""
    when = None if isinstance(step, Leave) else step.due
    return _ORDER[step.kind], when or _UNKNOWN, step.appointment_id.value


class _AskedOnce:
    """A register that can be asked but once, for all bookings at a time."""

    def __init__(self, register: Register, now: datetime.datetime) -> None:
        self._register, self._now = register, now
        self._found: dict[str, Entry] | None = None

    def some(self, appointment_ids: Collection[MedComId]) -> list[Entry]:
        entries = self._register.entries(appointment_ids, self._now)
        self._found = {entry.appointment_id.value: entry for entry in entries}
        return [self._found[id.value] for id in appointment_ids if id.value in self._found]

    def others(self, known: Container[str], now: datetime.datetime) -> list[Entry]:
        if self._found is None:
            self.some(())
        found = (self._found or {}).items()
        return [entry for id, entry in found if id not in known]


def _planned(
    bookings: Iterable[B | Unreadable],
    register: "BulkRegister | _AskedOnce",
    planner: "_Planner",
    now: datetime.datetime,
) -> Iterator[tuple[B | None, Step]]:
    left = iter(bookings)
    at_once = None if isinstance(register, _AskedOnce) else _AT_ONCE
    known: set[str] = set()
    all_are_known = True
    while some := list(islice(left, at_once)):
        all_are_known = all_are_known and all(one.id is not None for one in some)
        held = _by_id(some, known)
        entries = {entry.appointment_id: entry for entry in register.some(held.keys())}
        for id, booking in held.items():
            entry = entries.get(id) or Entry(appointment_id=id)
            if isinstance(booking, Unreadable):
                yield None, _leave(entry, Ground.UNREADABLE)
            else:
                for step in planner.steps(booking, entry):
                    yield booking, step
    for entry in register.others(known, now):
        if is_current(entry, now):
            yield None, planner.gone(entry) if all_are_known else _leave(entry, Ground.UNREADABLE)


def _by_id(bookings: Iterable[B | Unreadable], known: set[str]) -> dict[MedComId, B | Unreadable]:
    """Bookings by their ids, which were not known and are now."""
    held: dict[MedComId, B | Unreadable] = {}
    for booking in bookings:
        id = booking.id
        if id is None:
            continue
        if id.value in known:
            raise InvalidValue(
                "bookings",
                Wording(
                    "har to med det samme aftale-id", "contain two with the same appointment id"
                ),
                Wording(
                    "giv hver aftale sit eget id, og angiv hver booking én gang",
                    "give each appointment an id of its own, and each booking once",
                ),
            )
        known.add(id.value)
        held[id] = booking
    return held


class _Planner:
    """Decides step by step, all at one time."""

    def __init__(self, now: datetime.datetime, key: bytes, bases: LegalBases) -> None:
        self._now = now
        self._bases = bases
        self._horizon = Horizon.at(now, bases)
        self._digest = Digester(key)

    def steps(self, booking: Booking, entry: Entry) -> tuple[Step, ...]:
        """The step for a booking and what is registered of it; two where its patient changed."""
        if booking.address_protected:
            booking = without_address_of_patient(booking)
        bar = self._held_back(entry) or self._bar(booking, entry)
        if bar is None:
            return self._shared(booking, entry)
        if entry.document is None or bar in _STAYS:
            return (_leave(entry, bar),)
        return (self._deprecate(entry, bar, due(booking, Kind.DEPRECATE, self._bases)),)

    def _stopped(
        self, entry: Entry, kind: Kind, digest: bytes | None, due: datetime.datetime | None
    ) -> Leave | None:
        """That a step waits, as the registry refused it."""
        trouble = entry.trouble
        if trouble is None or not trouble.stops(kind, digest, self._now):
            return None
        return _leave(entry, Ground.PARKED if trouble.is_parked else Ground.WAITING, due)

    def gone(self, entry: Entry) -> Step:
        """The step for what is registered and to come, and has no booking."""
        bar = self._held_back(entry)
        return _leave(entry, bar) if bar else self._deprecate(entry, Ground.GONE, None)

    def _held_back(self, entry: Entry) -> Ground | None:
        """Why nothing can be decided yet."""
        if entry.attempt is not None:
            return Ground.UNDER_WAY
        if entry.planned is not None and entry.planned > self._now:
            return Ground.OUTDATED
        return None

    def _bar(self, booking: Booking, entry: Entry) -> Ground | None:
        """Why a booking is not to be published now, or is to stay as it is."""
        refused = refusals(booking, self._bases)
        if refused == (Ground.NOT_ACTIVE,) and entry.document and self._was_held(booking):
            is_same = self._is_about(entry.document, booking)
            return Ground.HELD if is_same else Ground.OTHER_PATIENT
        if refused:
            return refused[0]
        if not self._horizon.permits(booking) or self._may_wait(booking, entry):
            return Ground.BEYOND_HORIZON
        return Ground.OVER if entry.document is None and self._is_past(booking) else None

    def _is_past(self, booking: Booking) -> bool:
        """Whether a booking is over, and too long to be published for the first time."""
        is_over = booking.ends is not None and booking.ends <= self._now
        return is_over and not was_entered_late(booking, self._now)

    def _may_wait(self, booking: Booking, entry: Entry) -> bool:
        """Whether a booking was never published, and need not be yet."""
        return entry.state is State.NONE and not self._horizon.reaches(booking)

    def _was_held(self, booking: Booking) -> bool:
        status = booking.appointment.status
        return status is Status.COMPLETED and booking.starts <= self._now

    def _is_about(self, document: Registered, booking: Booking) -> bool:
        """False where it is known that a document is about another patient."""
        return document.patient in (None, self._digest.patient(booking))

    def _shared(self, booking: Booking, entry: Entry) -> tuple[Step, ...]:
        """The steps for a booking that is to be seen."""
        digest = self._digest(booking)
        if entry.document is None:
            return (self._submit(Publish, booking, entry, digest),)
        if entry.document.digest == digest:
            return (_leave(entry, Ground.UNCHANGED),)
        if self._is_about(entry.document, booking):
            return (self._submit(Replace, booking, entry, digest),)
        # no registry replaces a document by one about somebody else
        deprecated = evolve(entry, document=None, planned=self._now)
        return (
            self._deprecate(entry, Ground.OTHER_PATIENT, due(booking, Kind.DEPRECATE, self._bases)),
            *self.steps(booking, deprecated),
        )

    def _submit(
        self, make: type[Publish] | type[Replace], booking: Booking, entry: Entry, digest: bytes
    ) -> Step:
        is_due = due(booking, make.kind, self._bases)
        if stopped := self._stopped(entry, make.kind, digest, is_due):
            return stopped
        document = self._document(booking, entry)
        report = validate(document)
        if not report.is_valid:
            return _leave(entry, Ground.INCOMPLETE, is_due, report.errors)
        return make(
            reason=self._why(booking, make.kind),
            due=is_due,
            planned=self._now,
            seen=entry,
            document=document,
            registered=Registered(
                document_id=document_id(entry),
                entry_uuid=entry_uuid(entry),
                digest=digest,
                patient=self._digest.patient(booking),
                ends=booking.ends,
            ),
        )

    def _why(self, booking: Booking, kind: Kind) -> Ground:
        """Why what is to be seen is sent now."""
        if kind is Kind.REPLACE:
            return Ground.CHANGED
        entered = enters(booking, self._bases)
        came_near = entered is not None and booking.changed < entered <= self._now
        return Ground.INTO_HORIZON if came_near else Ground.NEW

    def _document(self, booking: Booking, entry: Entry) -> AppointmentDocument:
        return document_of(booking, document_id(entry), self._now)

    def _deprecate(self, entry: Entry, reason: Ground, due: datetime.datetime | None) -> Step:
        stopped = self._stopped(entry, Kind.DEPRECATE, None, due)
        return stopped or Deprecate(reason=reason, due=due, planned=self._now, seen=entry)


def document_of(booking: Booking, id: MedComId, now: datetime.datetime) -> AppointmentDocument:
    """The document of a booking, without its address where that is protected.

    Args:
        booking: the booking.
        id: the document's id.
        now: the document's time, with a zone.
    """
    if booking.address_protected:
        booking = without_address_of_patient(booking)
    return AppointmentDocument(
        id=id,
        time=now,
        appointment=booking.appointment,
        custodian=booking.custodian,
        confidentiality=booking.confidentiality,
    )


def _leave(
    entry: Entry,
    reason: Ground,
    due: datetime.datetime | None = None,
    findings: tuple[Finding, ...] = (),
) -> Leave:
    return Leave(appointment_id=entry.appointment_id, reason=reason, due=due, findings=findings)
