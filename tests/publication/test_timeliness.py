"""Publication in time (#2): when something is due, and what was late."""

import datetime

import pytest

import apd
from apd.publication import (
    Answer,
    Booking,
    Kind,
    LegalBasis,
    MemoryRegister,
    Outcome,
    Result,
    carry_out,
    due,
    late,
    overdue,
    plan,
)
from tests import samples
from tests.publication.making import DAY, HOUR, KEY, MINUTE, NOW, booking
from tests.publication.registry import Registry

FAR_AHEAD = booking(starts=apd.local_time(2026, 9, 29, 10), repeats=True)
HOME_CARE = booking(
    starts=apd.local_time(2026, 4, 28, 10), repeats=True, basis=LegalBasis.SERVICES_ACT_83
)


@pytest.mark.parametrize(
    ("held", "kind", "when"),
    [
        (booking(), Kind.PUBLISH, NOW + 15 * MINUTE),
        (booking(), Kind.REPLACE, NOW + 15 * MINUTE),
        (booking(), Kind.DEPRECATE, NOW + 15 * MINUTE),
        # it comes within reach on 29 March, the day when summer time begins
        (FAR_AHEAD, Kind.PUBLISH, apd.local_time(2026, 3, 29, 0, 15)),
        (HOME_CARE, Kind.PUBLISH, apd.local_time(2026, 3, 29, 0, 15)),
        # it was moved out of reach: what is published is wrong at once
        (FAR_AHEAD, Kind.DEPRECATE, NOW + 15 * MINUTE),
        # made when it was within reach
        (booking(repeats=True), Kind.PUBLISH, NOW + 15 * MINUTE),
        # over the hour that summer time skips
        (
            booking(changed=apd.local_time(2026, 3, 29, 1, 50)),
            Kind.PUBLISH,
            apd.local_time(2026, 3, 29, 3, 5),
        ),
    ],
)
def test_due(held: Booking, kind: Kind, when: datetime.datetime) -> None:
    assert due(held, kind) == when


def outcome(minutes: float, result: Result = Result.DONE, *, is_known: bool = True) -> Outcome:
    return Outcome(
        appointment_id=samples.medcom_id(2),
        kind=Kind.PUBLISH,
        document_id=samples.medcom_id(3),
        result=result,
        at=NOW + minutes * MINUTE,
        due=NOW + 15 * MINUTE if is_known else None,
    )


@pytest.mark.parametrize(
    ("minutes", "by"), [(0, None), (15, None), (16, MINUTE), (24 * 60, DAY - 15 * MINUTE)]
)
def test_how_late(minutes: float, by: datetime.timedelta | None) -> None:
    assert outcome(minutes).late_by == by


def test_what_was_late() -> None:
    in_time, hour, minute = outcome(3), outcome(75), outcome(16)
    unknown, failed = outcome(75, is_known=False), outcome(75, Result.REFUSED)
    assert late([in_time, minute, unknown, failed, hour]) == (hour, minute)


def test_what_is_overdue() -> None:
    held = [booking(2, changed=NOW), booking(3, changed=NOW - HOUR), booking(4, changed=NOW - DAY)]
    steps = plan(held, MemoryRegister(), NOW, key=KEY)
    oldest = [samples.medcom_id(4), samples.medcom_id(3)]
    assert [step.appointment_id for step in overdue(steps, NOW)] == oldest
    assert overdue(steps, NOW - 2 * DAY) == ()


def test_a_booking_that_is_gone_has_no_due_time() -> None:
    registry, register = Registry(), MemoryRegister()
    tools = {"send": registry.send, "look_up": registry.look_up, "clock": lambda: NOW}
    steps = plan([booking()], register, NOW, key=KEY)
    list(carry_out(steps, register, **tools))  # type: ignore[arg-type]
    gone = plan([], register, NOW + DAY, key=KEY)
    assert [step.kind for step in gone] == [Kind.DEPRECATE]
    assert overdue(gone, NOW + DAY) == ()


def test_what_was_sent_late_is_reported() -> None:
    register = MemoryRegister()
    steps = plan([booking(changed=NOW - HOUR)], register, NOW, key=KEY)
    done = carry_out(
        steps,
        register,
        send=lambda step: Answer.ACCEPTED,
        look_up=lambda id: None,
        clock=lambda: NOW + MINUTE,
    )
    (found,) = late(done)
    assert found.late_by == 46 * MINUTE
