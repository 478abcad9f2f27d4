"""The same months as in :mod:`test_simulation`, over HTTP: a publisher, and a registry with faults.

Every message is as the schema of ebRIM has it, and every document comes back as it was sent.
"""

from collections.abc import Callable, Generator, Iterator
from functools import partial
from types import coroutine
from typing import Any, ClassVar

import httpx
import pytest
from attrs import define, field
from hypothesis import settings

import apd
from apd import xds
from apd.publication import AsyncPublisher, Booking, LegalBasis, Publisher, Reply
from apd.testing import registry as http
from apd.xds.metadata.attribute_formats import write_unique_id
from tests.publication.making import DAY, HOUR, KEY
from tests.publication.over_http import Connection
from tests.publication.publishing import PRODUCER
from tests.publication.registry import Crash, Fault, Filed, Registry
from tests.publication.test_simulation import BEGINNINGS, House, HouseWithFile, Made

QUESTIONS = (http.Transaction.QUERY, http.Transaction.RETRIEVE)


@define
class RegistryOverHttp(Registry):
    """What the registry over HTTP has, as the simulation looks at it."""

    connection: Connection = field(factory=Connection.begin)
    read: dict[str, apd.AppointmentDocument] = field(factory=dict)

    def receive_over_http(self, message: xds.Message, fault: Any) -> Reply:
        """Post a message, of which something may go wrong."""
        if fault is Fault.CRASH_BEFORE:
            raise Crash
        is_filter = fault is http.Fault.CONSENT_FILTER
        if isinstance(fault, http.Fault) and (message.transaction in QUESTIONS or not is_filter):
            order = self.connection.running.order
            order(fault, transaction=message.transaction, seconds=0)
        try:
            return self.connection.post(message)
        finally:
            self._look()
            if fault is Fault.CRASH_AFTER:
                raise Crash

    def _look(self) -> None:
        running = self.connection.running
        documents = running.documents
        self.filed = []
        for entry in running.entries:
            id = write_unique_id(entry.unique_id)
            if id not in self.read:
                self.read[id] = apd.loads(documents[id])
            is_approved = entry.availability_status is xds.AvailabilityStatus.APPROVED
            self.filed.append(Filed(entry.entry_uuid, self.read[id], is_approved))


class Wrong(BaseException):
    """Something that a publisher would take for a failure of ``post``."""


@coroutine
def handed_over(message: xds.Message) -> Generator[xds.Message, Reply, Reply]:
    """Wait until somebody has posted a message."""
    return (yield message)


class HouseOverHttp(House):
    """The house with a publisher, which is not braked, and with every fault that there is."""

    kinds: ClassVar[tuple[Any, ...]] = (*http.Fault, Fault.CRASH_BEFORE, Fault.CRASH_AFTER)
    registry: RegistryOverHttp

    def make_registry(self) -> Registry:
        return RegistryOverHttp()

    def _settings(self) -> dict[str, Any]:
        return {"key": KEY, "producer": PRODUCER, "clock": lambda: self.now, "brake": None}

    def _run_through(self, fault: Callable[[], Any]) -> None:
        held, now = dict(self.held), self.now

        def post(message: xds.Message) -> Reply:
            try:
                return self._posted(message, held, now, fault)
            except AssertionError as error:
                raise Wrong from error

        try:
            Publisher(self.register, post, **self._settings()).run(held.values(), now=now)
        except Wrong as wrong:
            raise AssertionError("something wrong was posted") from wrong.__cause__

    def _running(self, fault: Callable[[], Any]) -> Iterator[object]:
        """A run that goes on by one message as it is asked to."""
        held, now = dict(self.held), self.now
        publisher = AsyncPublisher(self.register, handed_over, **self._settings())
        run = publisher.run(held.values(), now=now)

        def going_on() -> Iterator[object]:
            resume: Callable[[], xds.Message] = partial(run.send, None)
            try:
                while True:
                    message = resume()
                    try:
                        reply = self._posted(message, held, now, fault)
                    except httpx.TransportError as error:
                        resume = partial(run.throw, error)
                    else:
                        resume = partial(run.send, reply)
                    yield message
            except StopIteration:
                return
            finally:
                run.close()

        return going_on()

    def _posted(
        self,
        message: xds.Message,
        held: dict[apd.MedComId, Booking],
        now: Any,
        fault: Callable[[], Any],
    ) -> Reply:
        if message.transaction is http.Transaction.PROVIDE_AND_REGISTER:
            data = xds.read_document(message.body, message.content_type)
            id = apd.loads(data).appointment.id
            assert isinstance(id, apd.MedComId)
            assert apd.loads(data).appointment == held[id].appointment
            self._allowed(held[id], now)
        reply = self.registry.receive_over_http(message, fault())
        self.registry.approved()  # asserts that none has two
        return reply

    def teardown(self) -> None:
        try:
            super().teardown()
            self.registry.connection.assert_fetched_as_sent()
        finally:
            self.registry.connection.close()


class HouseOverHttpWithFile(HouseOverHttp, HouseWithFile):
    """The same with a register in a file."""


class LongHouseOverHttp(HouseOverHttp):
    """The same for longer."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", HouseOverHttp.kinds, ids=str)
def test_each_fault_at_each_step(kind: Any) -> None:
    """Made, moved and cancelled, with two runs in a row that meet the same fault."""
    house = HouseOverHttp()
    house.begin(BEGINNINGS[0], [])
    house.book(Made(5 * DAY, HOUR, False, LegalBasis.HEALTH_ACT, True, False))
    for change in (
        lambda: house.word_otherwise(0, apd.Reason("Samtale")),
        lambda: house.move(0, 6 * DAY, HOUR),
        lambda: house.mark(0, apd.Status.CANCELLED),
        lambda: None,
    ):
        house.wait(30, [kind] * 2)
        change()
    house.teardown()
    assert len(house.registry.filed) == 3


def _some(examples: int, steps: int) -> settings:
    return settings(max_examples=examples, stateful_step_count=steps, deadline=None)


TestOverHttp = HouseOverHttp.TestCase
TestOverHttp.settings = _some(1, steps=12)
TestOverHttpForLonger = pytest.mark.slow(LongHouseOverHttp.TestCase)
TestOverHttpForLonger.settings = _some(8, steps=50)
TestOverHttpWithFile = pytest.mark.slow(HouseOverHttpWithFile.TestCase)
TestOverHttpWithFile.settings = _some(3, steps=30)
