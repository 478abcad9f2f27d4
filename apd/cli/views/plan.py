"""The output of ``apd plan``: the plan, messages under way, and outcomes.

It has no personal data: ids, times, and reasons from the rules.
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
from apd.findings import Finding
from apd.model.identifiers import MedComId
from apd.model.schedule import Schedule
from apd.model.time import danish_time
from apd.privacy.masking import hide_numbers
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
    Status,
    Step,
    Trouble,
    TroubleKind,
)
from apd.standard.business_rules import business_rule
from apd.wording import Language, Wording, as_sentence

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
_TROUBLES = (_ACTION, Wording("Tilstand", "State"), Wording("Koder", "Codes"), _APPOINTMENT)
_WAITS = Wording(
    "afvist {count} gange, venter til {time}", "refused {count} times, waits until {time}"
)
_PARKED = Wording("afvist {count} gange, parkeret", "refused {count} times, parked")
_UNSENDABLE = Wording("kan ikke sendes", "cannot be sent")
_RELEASED = Wording("Frigivet: {count}", "Released: {count}")
_OVERDUE = Wording("{time}, overskredet", "{time}, overdue")
_LATE = Wording("{result} {minutes} minutter for sent.", "{result} {minutes} minutes late.")
_NOT_WRITTEN = Wording("(ikke skrevet)", "(not written)")
_NOTHING_UNDER_WAY = Wording("Ingen besked venter på svar.", "No message awaits an answer.")

_MINUTE = datetime.timedelta(minutes=1)
_NEED_ATTENTION = frozenset(
    {
        Ground.INCOMPLETE,
        Ground.UNDER_WAY,
        Ground.OUTDATED,
        Ground.UNREADABLE,
        Ground.WAITING,
        Ground.PARKED,
    }
)
"""The reasons for leaving a booking that need attention; others are shown on request."""


@frozen
class Planned:
    """The view of a step of a plan, without its booking and its document.

    Args:
        kind: the kind of step.
        appointment_id: the id of the appointment.
        reason: the reason.
        starts: the start of the appointment, a day if no time of day is known; None for a
            booking that is gone.
        due: the deadline.
        document_id: the id of the document; None if nothing is sent, like the fields below.
        entry_uuid: the entry UUID of the document.
        replaces: the entry UUID of the document that it replaces.
        message: the file of the message, or None.
        findings: why no message can be made.
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
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, step: Step, booking: Booking | None) -> Self:
        """The view of a step and its booking."""
        starts = None if booking is None else _start(booking.appointment.schedule)
        if isinstance(step, Leave):
            return cls(
                step.kind,
                step.appointment_id,
                step.reason,
                starts,
                step.due,
                findings=step.findings,
            )
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
        """Whether it leaves a booking that needs attention."""
        return self.reason in _NEED_ATTENTION


@frozen(kw_only=True)
class PlanView:
    """Writes it to standard output, for people or as JSON Lines; all, or what needs attention."""

    words: Words
    clock: datetime.datetime
    wants_json: bool
    wants_all: bool

    def outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """The outcomes of messages."""
        self._write(outcomes, _outcome_data, self._outcome_row, _OUTCOMES)

    def released(self, count: int) -> None:
        """The number of refused messages that are sent again."""
        if self.wants_json:
            streams.write(f"{json.dumps({'type': 'released', 'count': count})}\n")
        else:
            streams.write(f"{self.words.put(_RELEASED, count=count)}\n")

    def status(self, status: Status, *, as_metrics: bool) -> None:
        """The status of publication, also in the OpenMetrics text format."""
        if as_metrics:
            streams.write(status.openmetrics())
        elif self.wants_json:
            streams.write(f"{json.dumps({'type': 'status', **status.to_dict()})}\n")
        else:
            write_table(list(status.rows(self.words.language)))

    def troubled(self, entries: Sequence[Entry]) -> None:
        """The refused messages, and those that cannot be sent."""
        troubles = [(one.appointment_id, one.trouble) for one in entries if one.trouble]
        self._write(troubles, _trouble_data, self._trouble_row, _TROUBLES)

    def under_way(self, waiting: Sequence[tuple[Entry, Attempt]]) -> None:
        """Messages that await an answer."""
        self._write(waiting, _attempt_data, self._attempt_row, _UNDER_WAY)
        if not waiting:
            streams.note(f"apd: {self.words.put(_NOTHING_UNDER_WAY)}")

    def shows(self, planned: Planned) -> bool:
        """Whether a step is shown."""
        return self.wants_all or planned.kind is not Kind.LEAVE or planned.is_wanting

    def plan(self, shown: Sequence[Planned], counted: Counter[Kind], *, with_files: bool) -> None:
        """A plan, the number of its steps of each kind, and whether messages were to be written."""

        def row(planned: Planned) -> list[str]:
            return [*self._plan_row(planned), *([self._file(planned)] if with_files else [])]

        self._write(shown, _plan_data, row, (*_PLAN, *([_FILE] if with_files else [])))
        if not self.wants_json:
            summary = ", ".join(
                f"{kind.display(self.words.language)}: {counted[kind]}" for kind in Kind
            )
            streams.write(f"{streams.printable(as_sentence(summary))}\n")

    def _write(
        self,
        items: Iterable[_T],
        as_data: Callable[[_T, Language], Data],
        as_row: Callable[[_T], list[str]],
        header: Iterable[Wording],
    ) -> None:
        if self.wants_json:
            for item in items:
                streams.write(f"{json.dumps(as_data(item, self.words.language))}\n")
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

    def _trouble_row(self, one: tuple[MedComId, Trouble]) -> list[str]:
        id, trouble = one
        state = _PARKED if trouble.is_parked else _WAITS
        if trouble.kind is TroubleKind.UNSENDABLE:
            state = _UNSENDABLE
        until = "" if trouble.again is None else _clock(trouble.again)
        return [
            trouble.step.display(self.words.language),
            self.words.put(state, count=trouble.count, time=until),
            hide_numbers(", ".join(trouble.codes)),
            id.value,
        ]

    def _outcome_row(self, outcome: Outcome) -> list[str]:
        result = outcome.result.display(self.words.language)
        if outcome.result is Result.DONE and outcome.late_by is not None:
            minutes = -(-outcome.late_by // _MINUTE)  # rounded up
            result = self.words.put(_LATE, result=result, minutes=minutes)
        if outcome.errors:
            result = f"{result} ({', '.join(_codes(outcome))})"
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
    """The start; the day alone if no time of day is known."""
    return schedule.first_day if schedule.date_only else schedule.start


def _clock(time: datetime.datetime) -> str:
    return f"{danish_time(time):%Y-%m-%d %H:%M}"


# --- for programs ----------------------------------------------------------------------------


def _plan_data(planned: Planned, language: Language) -> Data:
    starts = planned.starts
    data: Data = {
        "type": "step",
        "action": planned.kind.value,
        "appointment": planned.appointment_id.value,
        "starts": _iso(starts) if isinstance(starts, datetime.datetime) else starts and f"{starts}",
        "reason": planned.reason.value,
        "rule": planned.reason.rule,
        "source": planned.reason.source,
    }
    if planned.findings:
        data["findings"] = [
            {"rule": one.rule, "field": one.field, "message": one.wording.in_language(language)}
            for one in planned.findings
        ]
    if planned.document_id is None:
        return data if planned.due is None else {**data, "due": _iso(planned.due)}
    return {
        **data,
        "due": _iso(planned.due),
        "document": planned.document_id.value,
        "entry_uuid": planned.entry_uuid,
        "replaces": planned.replaces,
        "message": None if planned.message is None else str(planned.message),
    }


def _attempt_data(one: tuple[Entry, Attempt], _: Language) -> Data:
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


def _trouble_data(one: tuple[MedComId, Trouble], _: Language) -> Data:
    id, trouble = one
    return {
        "type": "trouble",
        "kind": trouble.kind.value,
        "action": trouble.step.value,
        "appointment": id.value,
        "codes": [hide_numbers(code) for code in trouble.codes],
        "count": trouble.count,
        "again": _iso(trouble.again),
        "parked": trouble.is_parked,
    }


def _codes(outcome: Outcome) -> list[str]:
    """The codes of an answer, without CPR numbers."""
    return [hide_numbers(error.code) for error in outcome.errors]


def _outcome_data(outcome: Outcome, language: Language) -> Data:
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
        "errors": [
            {"code": code, "advice": error.advice(language) or None}
            for code, error in zip(_codes(outcome), outcome.errors, strict=True)
        ],
    }


def _iso(time: datetime.datetime | None) -> str | None:
    return None if time is None else danish_time(time).isoformat()
