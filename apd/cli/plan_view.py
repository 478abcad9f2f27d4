"""How ``apd plan`` tells of a plan, of what is under way and of what became of it.

Nothing that it tells is personal: ids, times and reasons of the rules.
"""

import datetime
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from attrs import frozen

from apd.cli import output
from apd.cli.labels import Words
from apd.cli.tables import write_table
from apd.model.time import danish_time
from apd.publication import (
    Attempt,
    Booking,
    Entry,
    Ground,
    Kind,
    Leave,
    Outcome,
    Replace,
    Result,
    Step,
)
from apd.standard.business_rules import business_rule
from apd.wording import Wording

_T = TypeVar("_T")
Data = dict[str, Any]

_ACTION = Wording("Handling", "Action")
_APPOINTMENT = Wording("Aftale", "Appointment")
_DUE = Wording("Senest", "Due by")
_DOCUMENT = Wording("Dokument", "Document")
_PLAN = (_ACTION, Wording("Starter", "Starts"), _DUE, Wording("Hvorfor", "Why"), _APPOINTMENT)
_FILE = Wording("Fil", "File")
_UNDER_WAY = (_ACTION, _DUE, _APPOINTMENT, _DOCUMENT)
_OUTCOMES = (_ACTION, Wording("Hvad der skete", "What became of it"), _APPOINTMENT, _DOCUMENT)
_OVERDUE = Wording("{time}, overskredet", "{time}, overdue")
_LATE = Wording("{result} {minutes} minutter for sent.", "{result} {minutes} minutes late.")
_NOT_WRITTEN = Wording("(ikke skrevet)", "(not written)")
_NOTHING_UNDER_WAY = Wording("Ingen besked venter på svar.", "No message awaits an answer.")

_MINUTE = datetime.timedelta(minutes=1)
_TOLD = frozenset({Ground.INCOMPLETE, Ground.UNDER_WAY, Ground.OUTDATED})
"""Why something is left, where that is not as it should be; other reasons are told if asked."""


@frozen
class Planned:
    """A step of a plan, and its message where one was written.

    Args:
        step: the step.
        booking: what it is about, or None for a booking that is gone.
        message: the file of the message, or None.
    """

    step: Step
    booking: Booking | None
    message: Path | None = None


@frozen(kw_only=True)
class Teller:
    """Tells it on standard output, to people or to programs.

    Args:
        words: the words of the language.
        clock: the time.
        wants_json: write JSON, one object a line.
        wants_all: tell also of what is left as it should be.
    """

    words: Words
    clock: datetime.datetime
    wants_json: bool
    wants_all: bool

    def outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """What became of messages."""
        self._write(outcomes, _outcome_data, self._outcome_row, _OUTCOMES)

    def under_way(self, waiting: Sequence[tuple[Entry, Attempt]]) -> None:
        """Messages that await an answer."""
        self._write(waiting, _attempt_data, self._attempt_row, _UNDER_WAY)
        if not waiting:
            output.tell(f"apd: {self.words.put(_NOTHING_UNDER_WAY)}")

    def plan(self, plan: Sequence[Planned], *, with_files: bool) -> None:
        """A plan, and how many steps it has of each kind.

        Args:
            plan: every step.
            with_files: messages were to be written.
        """
        told = [planned for planned in plan if self.wants_all or _is_told(planned.step)]

        def row(planned: Planned) -> list[str]:
            return [*self._plan_row(planned), *([self._file(planned)] if with_files else [])]

        self._write(told, _plan_data, row, (*_PLAN, *([_FILE] if with_files else [])))
        if not self.wants_json:
            counted = Counter(planned.step.kind for planned in plan)
            said = ", ".join(
                f"{kind.display(self.words.language)}: {counted[kind]}" for kind in Kind
            )
            output.write(f"{output.printable(said[:1].upper() + said[1:])}\n")

    def _write(
        self,
        items: Iterable[_T],
        as_data: Callable[[_T], Data],
        as_row: Callable[[_T], list[str]],
        header: Iterable[Wording],
    ) -> None:
        if self.wants_json:
            for item in items:
                output.write(f"{json.dumps(as_data(item))}\n")
        else:
            write_table([as_row(item) for item in items], [self.words.put(one) for one in header])

    # --- for people --------------------------------------------------------------------------

    def _plan_row(self, planned: Planned) -> list[str]:
        step, booking = planned.step, planned.booking
        rule = f" ({business_rule(step.reason.rule).short})" if step.reason.rule else ""
        return [
            step.kind.display(self.words.language),
            "" if booking is None else _start(booking),
            "" if isinstance(step, Leave) else self._due(step.due),
            f"{step.reason.display(self.words.language)}{rule}",
            step.appointment_id.value,
        ]

    def _file(self, planned: Planned) -> str:
        if isinstance(planned.step, Leave):
            return ""
        return planned.message.name if planned.message else self.words.put(_NOT_WRITTEN)

    def _attempt_row(self, one: tuple[Entry, Attempt]) -> list[str]:
        entry, attempt = one
        return [
            attempt.kind.display(self.words.language),
            self._due(attempt.due),
            entry.appointment_id.value,
            attempt.document.document_id.value,
        ]

    def _outcome_row(self, outcome: Outcome) -> list[str]:
        result = outcome.result.display(self.words.language)
        if outcome.result is Result.DONE and outcome.late_by is not None:
            minutes = -(-outcome.late_by // _MINUTE)  # rounded up
            result = self.words.put(_LATE, result=result, minutes=minutes)
        return [
            outcome.kind.display(self.words.language),
            result,
            outcome.appointment_id.value,
            outcome.document_id.value,
        ]

    def _due(self, due: datetime.datetime | None) -> str:
        if due is None:
            return ""
        time = _clock(due)
        return self.words.put(_OVERDUE, time=time) if due < self.clock else time


def _is_told(step: Step) -> bool:
    return not isinstance(step, Leave) or step.reason in _TOLD


def _start(booking: Booking) -> str:
    schedule = booking.appointment.schedule
    return f"{schedule.first_day}" if schedule.date_only else _clock(booking.starts)


def _clock(time: datetime.datetime) -> str:
    return f"{danish_time(time):%Y-%m-%d %H:%M}"


# --- for programs ----------------------------------------------------------------------------


def _plan_data(planned: Planned) -> Data:
    step, booking = planned.step, planned.booking
    data = {
        "type": "step",
        "action": step.kind.value,
        "appointment": step.appointment_id.value,
        "starts": None if booking is None else _start_data(booking),
        "reason": step.reason.value,
        "rule": step.reason.rule,
        "source": step.reason.source,
    }
    if isinstance(step, Leave):
        return data
    return {
        **data,
        "due": _iso(step.due),
        "document": step.document_id.value,
        "entry_uuid": step.entry_uuid,
        "replaces": step.target.entry_uuid if isinstance(step, Replace) else None,
        "message": None if planned.message is None else str(planned.message),
    }


def _attempt_data(one: tuple[Entry, Attempt]) -> Data:
    entry, attempt = one
    return {
        "type": "under-way",
        "action": attempt.kind.value,
        "appointment": entry.appointment_id.value,
        "due": _iso(attempt.due),
        "document": attempt.document.document_id.value,
        "entry_uuid": attempt.document.entry_uuid,
        "expires": _iso(attempt.expires),
    }


def _outcome_data(outcome: Outcome) -> Data:
    late_by = outcome.late_by
    return {
        "type": "answer",
        "action": outcome.kind.value,
        "result": outcome.result.value,
        "appointment": outcome.appointment_id.value,
        "due": _iso(outcome.due),
        "document": outcome.document_id.value,
        "at": _iso(outcome.at),
        "late_by_seconds": None if late_by is None else int(late_by.total_seconds()),
    }


def _start_data(booking: Booking) -> str | None:
    """When it starts; the day alone where no time of day is known."""
    schedule = booking.appointment.schedule
    return schedule.first_day.isoformat() if schedule.date_only else _iso(booking.starts)


def _iso(time: datetime.datetime | None) -> str | None:
    return None if time is None else danish_time(time).isoformat()
