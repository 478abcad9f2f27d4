"""The clock of a test: simulated, so that it is over at once, or that of the machine."""

import datetime
import time
from typing import Protocol

from attrs import define, field

from apd.model.time import danish_time


class Clock(Protocol):
    """The clock of a test."""

    is_simulated: bool

    def now(self) -> datetime.datetime:
        """The time, with a zone."""
        ...

    def wait(self) -> None:
        """Let some time pass."""
        ...


@define
class SimulatedClock:
    """A clock that goes a minute further each time that is waited.

    Args:
        start: the time that it begins with, with a zone.
    """

    start: datetime.datetime
    is_simulated: bool = field(default=True, init=False)
    _now: datetime.datetime = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._now = danish_time(self.start, "start")

    def now(self) -> datetime.datetime:
        """The time."""
        return self._now

    def wait(self) -> None:
        """A minute passes."""
        self._now += datetime.timedelta(minutes=1)


@define
class RealClock:
    """The clock of the machine, for a system that publishes in its own time.

    Args:
        seconds: so long is waited each time.
    """

    seconds: float = 5.0
    is_simulated: bool = field(default=False, init=False)

    def now(self) -> datetime.datetime:
        """The time."""
        return datetime.datetime.now(datetime.UTC)

    def wait(self) -> None:
        """The seconds pass."""
        time.sleep(self.seconds)
