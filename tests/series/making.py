"""Patterns and series of an invented patient, to be changed by the tests."""

import datetime
import uuid
from typing import Any

import apd
from apd.series import Change, Outcome, Pattern, Recurrence, Series
from tests import samples
from tests.samples import time_at

SERIES_ID = uuid.UUID("6a6c1a2e-6f2b-4f0e-9a53-5d1f0a7f2c11")
REPETITION_ID = samples.medcom_id(500)
OTHER_ID = samples.medcom_id(501)
HALF_AN_HOUR = datetime.timedelta(minutes=30)
MONDAYS = ["2026-03-09 10:15", "2026-03-16 10:15", "2026-03-23 10:15", "2026-03-30 10:15"]
ELSEWHERE = samples.location(id=apd.SorCode("9990011000016000"), name="Indgang 9, 1. sal")
OTHER_REASON = apd.Reason("Samtale om operation")
OTHER_PATIENT = samples.patient(id=apd.CprNumber("2512489996"))


def clock(text: str) -> datetime.datetime:
    """``2026-03-29 10:15`` without a zone."""
    return datetime.datetime.fromisoformat(text)


def recurrence(rule: str, start: str = "2026-03-02 10:15", **more: Any) -> Recurrence:
    """A recurrence from a Monday on."""
    return Recurrence.of(rule, clock(start), **more)


def starts(pattern: Pattern, first: str, last: str) -> list[str]:
    """When the occurrences of a window begin, as ``03-29 10:15+02``."""
    found = pattern.between(time_at(first), time_at(last))
    return [f"{one.schedule.start:%m-%d %H:%M%z}"[:-2] for one in found]


def template(**changes: Any) -> apd.Appointment:
    """What an appointment of the series says."""
    return samples.appointment(**{"repetition": apd.Repetition(REPETITION_ID), **changes})


def weekly(**changes: Any) -> Series:
    """Four Mondays in March 2026 at 10:15 in winter, summer time from the last one on."""
    pattern = Pattern(recurrence("FREQ=WEEKLY"), HALF_AN_HOUR)
    made = Series(id=SERIES_ID, template=template(**changes), pattern=pattern)
    return made.extend(time_at("2026-03-09 00:00"), time_at("2026-04-01 00:00")).series


def ids(series: Series) -> list[apd.MedComId]:
    """The ids of its appointments, in order of time."""
    found = [one.id for one in series.appointments]
    return [id for id in found if isinstance(id, apd.MedComId)]


def times(series: Series) -> list[str]:
    """When its appointments begin."""
    return [f"{one.schedule.start:%Y-%m-%d %H:%M}" for one in series.appointments]


def half_an_hour_from(text: str) -> apd.Schedule:
    """A schedule from a clock time on."""
    return apd.Schedule(time_at(text), time_at(text) + HALF_AN_HOUR)


def only(outcome: Outcome) -> Change:
    """What became of the one appointment that is not as it was."""
    (change,) = outcome.changes
    return change


def first_id(series: Series) -> apd.MedComId:
    """The id of its first appointment."""
    return ids(series)[0]
