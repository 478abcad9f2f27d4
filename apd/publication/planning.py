"""The plan: the steps that follow from the current bookings and the register.

The step for each appointment depends on its booking and on the state of the registry:

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

The booking system takes precedence at any time: an appointment that is cancelled, wrong or changed
is corrected in the registry, also when it is over (rule #5). Without a change, time decides. An
appointment that is over is not published for the first time, so that a new system does not publish
its past; an exception for one day is an appointment that was entered when it had begun or was about
to (:mod:`apd.publication.policy`). Nor is it deprecated because its booking is gone; the register
knows when it is over. A standing appointment is not over as long as it stands.

What may not be published yet and what must be deprecated are separate questions. Six months
(rule #3) are a minimum, so they only delay a first publication. A document that the patient has
seen is not deprecated because the appointment was moved further ahead or became part of a series,
and is published again at once if it was deprecated for another reason, such as a changed CPR
number. The 30 days of serviceloven § 83 and sundhedsloven § 138 are a limit, and apply to both.

A refused step waits until its pause is over, or is parked, as long as the booking is unchanged. A
protected address is removed first of all.
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
    """Plan the steps that bring the registry in line with the bookings and the rules.

    Nothing is sent or written. Equal input gives an equal plan; after a plan was carried out, the
    next one leaves everything unchanged.

    Args:
        bookings: **all** bookings that are not over, those that were entered within the last day
            (:data:`apd.publication.LATE_ENTRY`), and any others. A missing booking that is not
            over counts as cancelled. Pass a booking that cannot be read as
            :class:`Unreadable`.
        register: the register of what was published.
        now: the time, with a time zone, taken *before* the bookings were read. It decides the
            horizon and what is over, and becomes the time of the documents.
        key: 16 to 64 secret bytes for the register's digests, always the same; keep them
            elsewhere than the register.
        bases: what the laws permit; see :class:`apd.publication.LegalBases`.

    Returns:
        A step for every booking, and for every document to deprecate because its booking is
        gone. Deprecations come first, then replacements, publications, and what is left
        unchanged; within each, the earliest deadline first.

    Raises:
        InvalidValue: two bookings share an appointment id, a time has no zone, or the key is not
            valid.
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
    """The plan as a generator, for very many bookings, which are read once and not kept.

    Only a few hundred are in memory at a time if the register is a
    :class:`apd.publication.BulkRegister`. **Send nothing before it is exhausted**: only then all
    bookings were read. Send the steps in the order of :func:`place_in_plan`.

    Args:
        bookings: as for :func:`plan`.
        register: what was published.
        now: the time, with a zone.
        key: the secret of the register's digests.
        bases: what the laws permit.

    Returns:
        Each step with its booking, in the order of the bookings (None for an unreadable one); then
        the steps whose booking is gone, with None.

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
    """The sort key of a plan: the kind of step, its deadline, and the appointment."""
    when = None if isinstance(step, Leave) else step.due
    return _ORDER[step.kind], when or _UNKNOWN, step.appointment_id.value


class _AskedOnce:
    """A register that is queried once for all bookings."""

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
    """New bookings by their ids, which are then known."""
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
                    "tildel hver aftale sit eget id, og angiv hver booking én gang",
                    "assign each appointment its own id, and specify each booking once",
                ),
            )
        known.add(id.value)
        held[id] = booking
    return held


class _Planner:
    """Decides on the steps, all for the same time."""

    def __init__(self, now: datetime.datetime, key: bytes, bases: LegalBases) -> None:
        self._now = now
        self._bases = bases
        self._horizon = Horizon.at(now, bases)
        self._digest = Digester(key)

    def steps(self, booking: Booking, entry: Entry) -> tuple[Step, ...]:
        """The step for a booking and its entry; two steps if its patient changed."""
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
        """The step of a booking that waits because the registry refused it."""
        trouble = entry.trouble
        if trouble is None or not trouble.stops(kind, digest, self._now):
            return None
        return _leave(entry, Ground.PARKED if trouble.is_parked else Ground.WAITING, due)

    def gone(self, entry: Entry) -> Step:
        """The step for an entry of a coming appointment without a booking."""
        bar = self._held_back(entry)
        return _leave(entry, bar) if bar else self._deprecate(entry, Ground.GONE, None)

    def _held_back(self, entry: Entry) -> Ground | None:
        """The reason why nothing can be decided yet, or None."""
        if entry.attempt is not None:
            return Ground.UNDER_WAY
        if entry.planned is not None and entry.planned > self._now:
            return Ground.OUTDATED
        return None

    def _bar(self, booking: Booking, entry: Entry) -> Ground | None:
        """The reason why a booking is not published now, or is left unchanged, or None."""
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
        """Whether a booking has been over for too long to be published for the first time."""
        is_over = booking.ends is not None and booking.ends <= self._now
        return is_over and not was_entered_late(booking, self._now)

    def _may_wait(self, booking: Booking, entry: Entry) -> bool:
        """Whether a booking was never published, and is not due yet."""
        return entry.state is State.NONE and not self._horizon.reaches(booking)

    def _was_held(self, booking: Booking) -> bool:
        status = booking.appointment.status
        return status is Status.COMPLETED and booking.starts <= self._now

    def _is_about(self, document: Registered, booking: Booking) -> bool:
        """False if a document is known to be about another patient."""
        return document.patient in (None, self._digest.patient(booking))

    def _shared(self, booking: Booking, entry: Entry) -> tuple[Step, ...]:
        """The steps for a booking to be shown."""
        digest = self._digest(booking)
        if entry.document is None:
            return (self._submit(Publish, booking, entry, digest),)
        if entry.document.digest == digest:
            return (_leave(entry, Ground.UNCHANGED),)
        if self._is_about(entry.document, booking):
            return (self._submit(Replace, booking, entry, digest),)
        # a document cannot be replaced by one about another patient
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
        """The reason why a booking to be shown is sent now."""
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
    """The document of a booking, without the patient's address if that is protected."""
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
