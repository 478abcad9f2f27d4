"""What a producer has to do about an appointment, and by when.

Sources: Aftaleoversigten, rules #1 to #5 and #7; MedCom's FAQ (F2). What stands in the registry
and is lawful, valid and with the patient is never taken down because it is far ahead or became
part of a series: "6 måneder frem" says how far the pattern is there at least; only the 30 days
are a limit ("kun").
"""

import datetime
from typing import Literal, NamedTuple

from tests.oracle.expected.clock import DAY, midnight, today
from tests.oracle.expected.horizon import LAWS, is_within, may_be_shared, within_since

MINUTES = datetime.timedelta(minutes=15)
"""Rule #2: "tidstro" is within 15 minutes."""

Action = Literal["publish", "replace", "deprecate"]


class Held(NamedTuple):
    """A booking, as the booking system has it."""

    content: str
    """All that is published of it, as a text; where that differs, it has changed."""
    patient: str
    start: datetime.datetime
    end: datetime.datetime | None
    law: str
    changed: datetime.datetime
    """When it was made or last changed."""
    patient_present: bool = True
    status: str = "active"
    repeats: bool = False
    standing: bool = False
    """The patient comes without being called."""


class Published(NamedTuple):
    """What stands in the registry of an appointment."""

    content: str
    patient: str
    start: datetime.datetime
    end: datetime.datetime | None
    standing: bool = False


class Step(NamedTuple):
    """What to do, and by when, where that is known."""

    action: Action
    due: datetime.datetime | None = None


def planned(
    held: Held | None, published: Published | None, now: datetime.datetime, *, stood: bool = False
) -> list[Step]:
    """What to do now about an appointment; nothing where all is as it should be.

    Args:
        held: the booking, or None where the booking system has none.
        published: the document that stands, or None.
        now: the time.
        stood: a document of the appointment stood in the registry before.
    """
    if held is None:
        return [Step("deprecate")] if published and not is_over(published, now) else []
    if published is None:
        return _first(held, now, stood=stood)
    is_about_another = published.patient != held.patient
    if was_held(held, now) and not is_about_another:
        return []
    if is_about_another or must_be_taken_down(held, now):
        return [Step("deprecate", held.changed + MINUTES), *_first(held, now, stood=True)]
    if published.content != held.content:
        return [Step("replace", held.changed + MINUTES)]
    return []


def _first(held: Held, now: datetime.datetime, *, stood: bool) -> list[Step]:
    if must_be_taken_down(held, now) or not may_be_published(held, now, stood=stood):
        return []
    since = held.changed
    if held.repeats:
        since = max(since, midnight(within_since(held.law, held.start)))
    return [Step("publish", since + MINUTES)]


def was_held(held: Held, now: datetime.datetime) -> bool:
    """Whether an appointment that may be shared took place, as the booking system says."""
    may_be = may_be_shared(held.law, held.start, patient_present=held.patient_present)
    return may_be and held.status == "completed" and held.start <= now


def must_be_taken_down(held: Held, now: datetime.datetime) -> bool:
    """Whether an appointment may not stand in the registry, nor come there."""
    if not may_be_shared(held.law, held.start, patient_present=held.patient_present):
        return True
    if held.status != "active":
        return True
    return LAWS[held.law].limited and may_wait(held, now)


def may_be_published(held: Held, now: datetime.datetime, *, stood: bool) -> bool:
    """Whether an appointment that may stand there is to come there now."""
    if not stood and may_wait(held, now):
        return False
    return not is_over(held, now) or _was_entered_late(held, now)


def may_wait(held: Held, now: datetime.datetime) -> bool:
    """Whether it is so far ahead that it need not be published yet."""
    return not is_within(held.law, held.start, now, repeats=held.repeats)


def is_over(one: "Held | Published", now: datetime.datetime) -> bool:
    """Whether an appointment is over; one that stands is not."""
    over = over_at(one.start, one.end, standing=one.standing)
    return over is not None and over <= now


def _was_entered_late(held: Held, now: datetime.datetime) -> bool:
    return held.start <= held.changed + MINUTES and now <= held.changed + DAY


def over_at(
    start: datetime.datetime, end: datetime.datetime | None, *, standing: bool = False
) -> datetime.datetime | None:
    """When an appointment is over; None for one that stands."""
    if standing:
        return None
    return midnight(today(start) + DAY) if end is None else end
