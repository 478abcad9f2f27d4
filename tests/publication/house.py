"""A house that publishes: its register, its clock, and the registry that it sends to."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import define, field

from apd import Appointment
from apd.publication import (
    Booking,
    Entry,
    MemoryRegister,
    Outcome,
    Register,
    Result,
    Step,
    carry_out,
    plan,
    synchronize_each,
)
from tests.publication.making import KEY, MINUTE, NOW
from tests.publication.registry import Registry


@define
class House:
    """Runs as a vendor would, on a clock that only moves when it is told to."""

    register: Register = field(factory=MemoryRegister)
    registry: Registry = field(factory=Registry)
    now: datetime.datetime = NOW

    def plan(self, *bookings: Booking) -> tuple[Step, ...]:
        """The plan for these bookings now."""
        return plan(bookings, self.register, self.now, key=KEY)

    def running(self, bookings: Iterable[Booking], **settings: Any) -> Iterator[Outcome]:
        """A run that goes on as its outcomes are asked for."""
        return synchronize_each(
            bookings,
            self.register,
            self.now,
            send=self.registry.send,
            look_up=self.registry.look_up,
            clock=lambda: self.now,
            key=KEY,
            **settings,
        )

    def run(self, *bookings: Booking) -> list[Result]:
        """What came of a run; then five minutes go by."""
        results = [outcome.result for outcome in self.running(bookings)]
        self.now += 5 * MINUTE
        return results

    def carry_out(self, steps: Iterable[Step]) -> list[Result]:
        """What came of carrying out a plan."""
        outcomes = carry_out(
            steps,
            self.register,
            send=self.registry.send,
            look_up=self.registry.look_up,
            clock=lambda: self.now,
        )
        return [outcome.result for outcome in outcomes]

    def entry(self, booking: Booking) -> Entry:
        """What the register has of a booking."""
        found = {entry.appointment_id: entry for entry in self.register.entries([booking.id], NOW)}
        return found.get(booking.id) or Entry(appointment_id=booking.id)

    def shown(self) -> list[Appointment]:
        """The appointments of the approved documents, by their ids."""
        approved = self.registry.approved()
        return [approved[id].appointment for id in sorted(approved, key=lambda id: id.value)]
