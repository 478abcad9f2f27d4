"""One bad booking, no bookings at all, or a wrong key change nothing for the others, over HTTP."""

from collections.abc import Iterator
from typing import Any

import pytest

import apd
from apd.publication import Booking, MemoryRegister, Run, Unreadable, WrongKeyError
from apd.xds.metadata.attribute_formats import write_unique_id
from tests.publication.making import MINUTE, NOW, booking, moved
from tests.publication.over_http import Connection, connected
from tests.publication.publishing import results, some

OURS = list(some(6, booking))
BAD = booking(7)
"""Published as well, before something goes wrong with it."""


@pytest.fixture
def connection() -> Iterator[Connection]:
    with connected() as opened:
        yield opened


class Nights:
    """Runs over one register, three minutes apart."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self.register, self.now = connection, MemoryRegister(), NOW

    def run(self, *bookings: Booking | Unreadable, **settings: Any) -> Run:
        self.now += 3 * MINUTE
        given = {"clock": lambda: self.now, **settings}
        return self.connection.publisher(self.register, **given).run(bookings)

    def shown(self) -> dict[str, bytes]:
        """What a patient sees, by the ids of the documents."""
        running = self.connection.running
        ids = [write_unique_id(entry.unique_id) for entry in running.approved()]
        return {id: running.documents[id] for id in ids}


ALL_CHANGED = [*map(moved, OURS[:3]), *OURS[3:], booking(50)]
ISOLATED = [
    # what is held of the bad one, and whether a run says so
    pytest.param([booking(7, reason=None)], True, id="unsendable"),
    pytest.param([Unreadable(appointment_id=BAD.id, reason="KeyError")], False, id="unreadable"),
    pytest.param([Unreadable(appointment_id=None)], False, id="unreadable, without an id"),
]


@pytest.mark.parametrize(("bad", "is_reported"), ISOLATED)
def test_a_bad_booking(connection: Connection, bad: list[Any], is_reported: bool) -> None:
    nights = Nights(connection)
    nights.run(*OURS, BAD)
    before = nights.shown()
    run = nights.run(*bad, *ALL_CHANGED)
    assert sorted(one for one in results(run) if one[1] == "done") == [
        ("publish", "done"),
        *[("replace", "done")] * 3,
    ]
    assert bool(run.of("unsendable")) is is_reported
    after = nights.shown()
    assert len(after) == 8
    assert len(before.items() & after.items()) == 4  # three that did not change, and the bad one
    assert any(apd.loads(data).appointment == BAD.appointment for data in after.values())
    connection.assert_fetched_as_sent()


def refused(nights: Nights) -> None:
    with pytest.raises(WrongKeyError):
        nights.run(*ALL_CHANGED, key=b"another key of the tests")


def braked(nights: Nights) -> None:
    run = nights.run()
    assert run.braked
    assert run.braked.deprecations == 6


@pytest.mark.parametrize("wrong", [refused, braked], ids=["wrong key", "no bookings"])
def test_a_run_that_must_not_be(connection: Connection, wrong: Any) -> None:
    nights = Nights(connection)
    nights.run(*OURS)
    before, count = nights.shown(), connection.running.count()
    wrong(nights)
    assert (nights.shown(), connection.running.count()) == (before, count)
    run = nights.run(*ALL_CHANGED)
    assert sorted(results(run)) == [("publish", "done"), *[("replace", "done")] * 3]
    assert len(nights.shown()) == 7
