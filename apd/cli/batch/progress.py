"""Progress: a bar on standard error, if that is a terminal; and the state after Ctrl-C."""

import sys
import time
from typing import TYPE_CHECKING

from apd.cli.io.streams import is_quiet
from apd.cli.language import say
from apd.wording import Wording

if TYPE_CHECKING:
    from rich.progress import Progress

_SECONDS_BETWEEN = 0.1
_DOCUMENTS = Wording("dokumenter", "documents")
_INTERRUPTED = Wording(
    "afbrudt efter {done} {counted}. {go_on}", "interrupted after {done} {counted}. {go_on}"
)
_INTERRUPTED_OF = Wording(
    "afbrudt efter {done} af {total} {counted}. {go_on}",
    "interrupted after {done} of {total} {counted}. {go_on}",
)
NOTHING_WRITTEN = Wording("Intet er skrevet.", "Nothing was written.")
"""How to continue if there is nothing to resume."""
SAME_WITH_RESUME = Wording(
    "Den samme kommando med --resume fortsætter derfra.",
    "The same command with --resume goes on from there.",
)


class Bar:
    """A bar with rate and remaining time, which appears as the work goes on.

    The total is None if unknown; with at most one there is no bar. If the work is interrupted, the
    exception states how far it came, and how to go on.
    """

    def __init__(self, total: int | None, go_on: Wording, *, counted: Wording = _DOCUMENTS) -> None:
        self._done, self._total = 0, total
        self._go_on, self._counted = go_on, counted
        self._left = total
        self._bar = _made() if wanted() and (total is None or total > 1) else None
        self._task = self._bar.add_task("", total=total) if self._bar else None
        self._shown_at = 0.0
        self._is_shown = False

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.hide()
        if kind is not None and issubclass(kind, KeyboardInterrupt):
            raise KeyboardInterrupt(self._how_far()) from None

    def _how_far(self) -> str:
        key = _INTERRUPTED if self._total is None else _INTERRUPTED_OF
        return say(
            key,
            done=self._done,
            total=self._total,
            counted=say(self._counted),
            go_on=say(self._go_on),
        )

    def advance(self) -> None:
        """Count a document that is done."""
        self._done += 1
        if self._bar is None or self._task is None:
            return
        self._bar.advance(self._task)
        now = time.monotonic()
        if now - self._shown_at >= _SECONDS_BETWEEN:
            self._shown_at = now
            if not self._is_shown:
                self._is_shown = True
                self._bar.start()
            self._bar.refresh()

    def skip(self) -> None:
        """Reduce the total by a document that was done before."""
        self._done += 1
        if self._left is None or self._bar is None or self._task is None:
            return
        self._left -= 1
        self._bar.update(self._task, total=self._left)

    def hide(self) -> None:
        """Hide the bar to print other lines; it returns with the next documents."""
        if self._bar is not None and self._is_shown:
            self._bar.stop()
            self._is_shown = False

    def make_room(self, path: str | None) -> None:
        """Like :meth:`hide`, before a line is written to a file or to standard output."""
        if path is None and sys.stdout.isatty():
            self.hide()


def wanted() -> bool:
    """True if the bar is visible and wanted."""
    return not is_quiet() and sys.stderr is not None and sys.stderr.isatty()


def _made() -> "Progress":
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """The rate, in documents per second."""

        def render(self, task: Task) -> Text:
            return Text("" if task.speed is None else f"{task.speed:,.0f}/s")

    return Progress(
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
