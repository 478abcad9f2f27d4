"""A run of the tests, and its clock: bookings, calls of the producer, and fetched documents."""

import datetime
import time
from collections.abc import Iterable, Sequence
from typing import Protocol

from attrs import define, evolve, field, frozen

from apd.findings import Severity
from apd.model.identifiers import CprNumber
from apd.model.time import danish_time
from apd.overview import Availability, RegisteredDocument
from apd.overview.fetching import fetch
from apd.publication import Booking, Reply
from apd.standard.codes import Category, Status
from apd.testing.certification.producers import Handover, Producer, ProducerError, kind_of
from apd.testing.certification.protocol import Evidence
from apd.testing.certification.scenarios import Case, booking
from apd.testing.registry import Registry
from apd.wording import Wording
from apd.xds import AvailabilityStatus, Message, Transaction
from apd.xds.metadata.attribute_formats import write_unique_id


class Clock(Protocol):
    """The clock of a test."""

    is_simulated: bool

    def now(self) -> datetime.datetime:
        """The current time, with a time zone."""
        ...

    def wait(self) -> None:
        """Let some time pass."""
        ...


@define
class SimulatedClock:
    """A simulated clock, which advances by a minute for each wait.

    Args:
        start: the initial time, with a time zone.
    """

    start: datetime.datetime
    is_simulated: bool = field(default=True, init=False)
    _now: datetime.datetime = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._now = danish_time(self.start, "start")

    def now(self) -> datetime.datetime:
        """The current time."""
        return self._now

    def wait(self) -> None:
        """Advance by a minute."""
        self._now += datetime.timedelta(minutes=1)


@define
class RealClock:
    """The clock of the machine, for a system that publishes on a schedule of its own.

    Args:
        seconds: the length of each wait.
    """

    seconds: float = 5.0
    is_simulated: bool = field(default=False, init=False)

    def now(self) -> datetime.datetime:
        """The current time."""
        return datetime.datetime.now(datetime.UTC)

    def wait(self) -> None:
        """Sleep for the seconds of one wait."""
        time.sleep(self.seconds)


@frozen
class Saved:
    """A case that was booked."""

    case: Case
    booking: Booking


@define
class Seen:
    """The document of a booking as last fetched, or None, and when it first was as expected."""

    found: RegisteredDocument | None = None
    at: datetime.datetime | None = None


@define
class Execution:
    """One run of all tests."""

    producer: Producer
    registry: Registry
    clock: Clock
    categories: Sequence[Category]
    patience: datetime.timedelta
    held: dict[str, Booking] = field(factory=dict)
    failures: dict[str, Wording] = field(factory=dict)
    problems: list[Wording] = field(factory=list)
    raised: Wording | None = None

    # --- booking, and what the producer does ---

    def book(self, cases: Iterable[Case]) -> list[Saved]:
        """Add the booking of a test."""
        now = self.clock.now()
        saved = [Saved(case, booking(case, self.categories, now)) for case in cases]
        self.held |= {one.booking.id.value: one.booking for one in saved}
        return saved

    def cancel(self, saved: Saved) -> Saved:
        """Cancel a booking; it is kept, with its status."""
        old = saved.booking
        cancelled = evolve(
            old,
            appointment=evolve(old.appointment, status=Status.CANCELLED),
            changed=self.clock.now(),
        )
        self.held[old.id.value] = cancelled
        return Saved(saved.case, cancelled)

    def post(self, message: Message) -> Reply:
        """Send a message to the registry."""
        answer = self.registry.receive(message.body, message.content_type)
        return Reply(answer.body, answer.content_type)

    def hand_over(self) -> None:
        """Call the producer; an error that it raises is kept as a reason."""
        handover = Handover(
            bookings=tuple(self.held.values()),
            now=self.clock.now(),
            post=self.post,
            url=getattr(self.registry, "url", None),
        )
        try:
            self.failures |= self.producer.publish(handover) or {}
        except ProducerError as error:
            self.raised = error.wording
        except Exception as error:  # its text may quote what is personal
            kind = kind_of(error)
            self.raised = Wording(f"systemet fejlede: {kind}", f"the system failed: {kind}")

    # --- fetching ---

    def until(
        self, saved: Sequence[Saved], status: Availability = Availability.APPROVED
    ) -> dict[str, Seen]:
        """Wait until every saved booking can be fetched with a status, or time is up."""
        seen = {one.booking.id.value: Seen() for one in saved}
        give_up = self.clock.now() + self.patience
        self.raised, looked_at = None, -1
        while True:
            self.hand_over()
            # counted before it is looked, as a system may publish meanwhile
            count = self._submissions()
            if count != looked_at:
                self._look(saved, seen, status)
                looked_at = count
            is_done = all(one.at is not None for one in seen.values())
            # a maker has made what it makes
            if is_done or not self.producer.is_publisher or self.clock.now() >= give_up:
                return seen
            self.clock.wait()

    def _submissions(self) -> int:
        """The number of messages received that were not queries."""
        asking = (Transaction.QUERY, Transaction.RETRIEVE)
        return sum(one.transaction not in asking for one in self.registry.received)

    def _look(self, saved: Sequence[Saved], seen: dict[str, Seen], status: Availability) -> None:
        found: dict[object, list[RegisteredDocument]] = {}
        self.problems = []
        for whose in dict.fromkeys(one.booking.appointment.patient.id for one in saved):
            assert isinstance(whose, CprNumber)
            fetched = fetch(whose, self.post, statuses=AvailabilityStatus)
            found[whose] = [one for one in fetched.entries if isinstance(one, RegisteredDocument)]
            self.problems += [
                Wording(problem.message("da"), problem.message("en"))
                for problem in fetched.problems
                if problem.severity is Severity.ERROR
            ]
        now = self.clock.now()
        for one in saved:
            of_it = [
                document
                for document in found[one.booking.appointment.patient.id]
                if _is_of(document, one.booking)
            ]
            of_it.sort(key=lambda document: document.availability is Availability.APPROVED)
            state = seen[one.booking.id.value]
            state.found = of_it[-1] if of_it else None
            if state.found is None or state.found.availability is not status:
                state.at = None
            elif state.at is None:
                state.at = now

    # --- rows ---

    def evidence(self, one: Saved, seen: Seen) -> Evidence:
        """The evidence of a booking, for the protocol."""
        found = seen.found
        id = None if found is None else found.document.id
        return Evidence(
            about=one.case.words,
            document_id=None if id is None else write_unique_id(id),
            saved=one.booking.changed,
            fetched=seen.at,
            status="" if found is None else found.availability.capitalize(),
        )

    def missing(self, one: Saved) -> Wording:
        """A message that a booking cannot be fetched, with the reason if known."""
        why = self.failures.get(one.booking.id.value) or self.raised
        return about(one.case, why or NOT_FETCHED)


NOT_FETCHED = Wording("kan ikke hentes", "cannot be fetched")


def about(case: Case, stated: Wording) -> Wording:
    """A problem with one case."""
    return Wording(f"{case.words.da}: {stated.da}", f"{case.words.en}: {stated.en}")


def _is_of(document: RegisteredDocument, booking: Booking) -> bool:
    """Matches by the appointment's id or, since a system may use ids of its own, by the start."""
    appointment = document.document.appointment
    same_start = appointment.schedule.start == booking.starts
    return appointment.id == booking.appointment.id or same_start
