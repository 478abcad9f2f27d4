"""A process that publishes over HTTP and ends, at a step that is told, as by a power failure."""

import os
from collections.abc import Callable
from pathlib import Path

import httpx

from apd import xds
from apd.publication import Booking, Entry, Publisher, Reply, SqliteRegister
from apd.publication.http import HttpPost
from apd.publication.register import Change
from tests.publication.making import KEY, NOW
from tests.publication.over_http import CERTIFICATES, hold
from tests.publication.publishing import PRODUCER

ENDED = 9


class Steps:
    """Counts steps, and ends the process at one of them.

    Args:
        last: the number of the step, from 1.
    """

    def __init__(self, last: int) -> None:
        self._left = last

    def __call__(self) -> None:
        """Here is a step."""
        self._left -= 1
        if self._left == 0:
            os._exit(ENDED)


class DyingRegister(SqliteRegister):
    """A register with steps before, during and after everything that it writes."""

    def __init__(self, path: Path, step: Callable[[], None]) -> None:
        super().__init__(path)
        self._step = step

    def update(self, appointment_id, change: Change) -> bool:
        def changed(entry: Entry) -> Entry | None:
            self._step()
            return change(entry)

        self._step()
        is_written = super().update(appointment_id, changed)
        self._step()
        return is_written

    def remember_key(self, check: bytes) -> None:
        self._step()
        super().remember_key(check)
        self._step()


def publish(url: str, path: Path, bookings: list[Booking], minutes: int, last: int) -> None:
    """A run at a time after the beginning of the tests, which ends at a step if it has so many."""
    step = Steps(last)
    with httpx.Client(verify=CERTIFICATES, timeout=20) as client:
        post = HttpPost(client, registry=url, repository=url)

        def posted(message: xds.Message) -> Reply:
            hold(message)
            step()
            reply = post(message)
            step()
            return reply

        now = NOW.replace(minute=minutes)
        register = DyingRegister(path, step)
        Publisher(register, posted, key=KEY, producer=PRODUCER, clock=lambda: now, brake=None).run(
            bookings
        )
