"""The clock of a test: a simulated one, so that the test takes no time, or that of the machine."""

import datetime
import time
from typing import Protocol

from attrs import define, field

from apd.model.time import danish_time


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
