"""How ``apd plan`` shows a plan, what is under way and the outcomes.

Nothing that it shows is personal: ids, times and reasons of the rules.
"""

import datetime
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

from attrs import frozen

from apd.cli.io import streams
from apd.cli.views.labels import Words
from apd.cli.views.tables import write_table
from apd.model.identifiers import MedComId
from apd.model.schedule import Schedule
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
_OUTCOMES = (_ACTION, Wording("Resultat", "Outcome"), _APPOINTMENT, _DOCUMENT)
_OVERDUE = Wording("{time}, overskredet", "{time}, overdue")
_LATE = Wording("{result} {minutes} minutter for sent.", "{result} {minutes} minutes late.")
_NOT_WRITTEN = Wording("(ikke skrevet)", "(not written)")
_NOTHING_UNDER_WAY = Wording("Ingen besked venter på svar.", "No message awaits an answer.")

_MINUTE = datetime.timedelta(minutes=1)
_TOLD = frozenset({Ground.INCOMPLETE, Ground.UNDER_WAY, Ground.OUTDATED})
"""Why something is left, where that is not as it should be; other reasons are shown on request."""


@frozen
class Planned:
    """What is shown of a step of a plan; of its booking and its document nothing is kept.

    Args:
        kind: what is done.
        appointment_id: about which appointment.
        reason: why.
        starts: when it starts, a day where no time of day is known; None for a booking that is
            gone.
        due: by when.
        document_id: about which document; None where nothing is sent, as what follows.
        entry_uuid: what the registry calls the document's entry.
        replaces: the same of the document that it replaces.
        message: the file of the message, or None.
    """

    kind: Kind
    appointment_id: MedComId
    reason: Ground
    starts: datetime.date | None
    due: datetime.datetime | None = None
    document_id: MedComId | None = None
    entry_uuid: str | None = None
    replaces: str | None = None
    message: Path | None = None

    @classmethod
    def of(cls, step: Step, booking: Booking | None) -> Self:
        """What is shown of a step and its booking."""
        starts = None if booking is None else _start(booking.appointment.schedule)
        if isinstance(step, Leave):
            return cls(step.kind, step.appointment_id, step.reason, starts)
        return cls(
            step.kind,
            step.appointment_id,
            step.reason,
            starts,
            step.due,
            step.document_id,
            step.entry_uuid,
            step.target.entry_uuid if isinstance(step, Replace) else None,
        )

    @property
    def is_wanting(self) -> bool:
        """Whether it leaves something that is not as it should be."""
        return self.reason in _TOLD


@frozen(kw_only=True)
class PlanView:
    """Writes it to standard output, for people or for programs.

    Args:
        words: the words of the language.
        clock: the time.
        wants_json: write JSON, one object a line.
        wants_all: also show what is left as it should be.
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
            streams.write_error(f"apd: {self.words.put(_NOTHING_UNDER_WAY)}")

    def shows(self, planned: Planned) -> bool:
        """Whether a step is shown."""
        return self.wants_all or planned.kind is not Kind.LEAVE or planned.is_wanting

    def plan(self, shown: Sequence[Planned], counted: Counter[Kind], *, with_files: bool) -> None:
        """A plan, and how many steps it has of each kind.

        Args:
            shown: the steps that are shown.
            counted: how many there are of each kind.
            with_files: messages were to be written.
        """

        def row(planned: Planned) -> list[str]:
            return [*self._plan_row(planned), *([self._file(planned)] if with_files else [])]

        self._write(shown, _plan_data, row, (*_PLAN, *([_FILE] if with_files else [])))
        if not self.wants_json:
            summary = ", ".join(
                f"{kind.display(self.words.language)}: {counted[kind]}" for kind in Kind
            )
            streams.write(f"{streams.printable(summary[:1].upper() + summary[1:])}\n")

    def _write(
        self,
        items: Iterable[_T],
        as_data: Callable[[_T], Data],
        as_row: Callable[[_T], list[str]],
        header: Iterable[Wording],
    ) -> None:
        if self.wants_json:
            for item in items:
                streams.write(f"{json.dumps(as_data(item))}\n")
        else:
            write_table([as_row(item) for item in items], [self.words.put(one) for one in header])

    # --- for people --------------------------------------------------------------------------

    def _plan_row(self, planned: Planned) -> list[str]:
        reason = planned.reason
        rule = f" ({business_rule(reason.rule).short})" if reason.rule else ""
        starts = planned.starts
        return [
            planned.kind.display(self.words.language),
            _clock(starts) if isinstance(starts, datetime.datetime) else f"{starts or ''}",
            self._due(planned.due),
            f"{reason.display(self.words.language)}{rule}",
            planned.appointment_id.value,
        ]

    def _file(self, planned: Planned) -> str:
        if planned.kind is Kind.LEAVE:
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


def _start(schedule: Schedule) -> datetime.date:
    """When it starts; the day alone where no time of day is known."""
    return schedule.first_day if schedule.date_only else schedule.start


def _clock(time: datetime.datetime) -> str:
    return f"{danish_time(time):%Y-%m-%d %H:%M}"


# --- for programs ----------------------------------------------------------------------------


def _plan_data(planned: Planned) -> Data:
    starts = planned.starts
    data = {
        "type": "step",
        "action": planned.kind.value,
        "appointment": planned.appointment_id.value,
        "starts": _iso(starts) if isinstance(starts, datetime.datetime) else starts and f"{starts}",
        "reason": planned.reason.value,
        "rule": planned.reason.rule,
        "source": planned.reason.source,
    }
    if planned.document_id is None:
        return data
    return {
        **data,
        "due": _iso(planned.due),
        "document": planned.document_id.value,
        "entry_uuid": planned.entry_uuid,
        "replaces": planned.replaces,
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


def _iso(time: datetime.datetime | None) -> str | None:
    return None if time is None else danish_time(time).isoformat()
