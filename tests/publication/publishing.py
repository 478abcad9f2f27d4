"""A publisher of the tests: its register, its clock, and the registry that it sends to."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from attrs import define, field

from apd import xds
from apd.publication import (
    Booking,
    MemoryRegister,
    Post,
    Publisher,
    PublisherRegister,
    Reply,
    Run,
    Unreadable,
)
from apd.testing.registry import HttpResponse, Registry
from tests.publication.making import KEY, MINUTE, NOW

PRODUCER = xds.ProducerConfiguration(
    healthcare_facility_type_code="22232009",
    practice_setting_code="394801008",
    source_id="1.2.208.176.43210.8.1.29",
    home_community_id="1.2.208.176.43210.8.10",
)


@define
class House:
    """Runs on a clock that only moves when it is told to."""

    register: PublisherRegister = field(factory=MemoryRegister)
    registry: Registry = field(factory=Registry)
    now: datetime.datetime = NOW
    settings: dict[str, Any] = field(factory=dict)
    before_post: Callable[[xds.Message], None] = lambda _: None

    def post(self, message: xds.Message) -> Reply:
        """As a vendor's ``post``, without a connection."""
        self.before_post(message)
        response: HttpResponse = self.registry.receive(message.body, message.content_type)
        return Reply(response.body, response.content_type)

    def publisher(self, post: Post | None = None) -> Publisher:
        """A publisher as a new process makes it."""
        settings: dict[str, Any] = {"key": KEY, "producer": PRODUCER, **self.settings}
        return Publisher(self.register, post or self.post, clock=lambda: self.now, **settings)

    def run(self, *bookings: Booking | Unreadable, **given: Any) -> Run:
        """A run, four minutes after the last."""
        self.now += 4 * MINUTE
        return self.publisher().run(bookings, **given)

    def runs(self, count: int, *bookings: Booking) -> list[Run]:
        """So many runs with the same bookings."""
        return [self.run(*bookings) for _ in range(count)]

    def shown(self) -> list[datetime.date | None]:
        """When the appointments start that a patient sees."""
        return sorted(entry.service_start_time for entry in self.registry.approved())


def results(run: Run) -> list[tuple[str, str]]:
    """What a run did: kinds and results."""
    return [(outcome.kind.value, outcome.result.value) for outcome in run.outcomes]


def some(count: int, make: Callable[[int], Booking]) -> Iterable[Booking]:
    """So many bookings."""
    return [make(number) for number in range(100, 100 + count)]
