"""What is planned, over random histories of one appointment."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from attrs import evolve
from hypothesis import strategies as st

import apd
from apd.publication import Booking, Leave, LegalBasis
from tests import samples
from tests.oracle import times as t
from tests.oracle.agreeing import agree, on_scenarios
from tests.oracle.expected import horizon, planned
from tests.oracle.expected.planned import Held, Published, Step
from tests.publication.house import House
from tests.publication.making import booking

PATIENTS = {
    "Solveig": samples.patient(),
    "Asta": samples.patient(id=apd.CprNumber("2512489996")),
}
HOUR, DAY = 60 * t.MINUTE, 24 * 60 * t.MINUTE


class Turn(NamedTuple):
    """Time passes, the booking is as it is now, and the planner runs."""

    wait: datetime.timedelta
    held: Held | None


@st.composite
def histories(draw: st.DrawFn) -> tuple[datetime.datetime, Sequence[Turn]]:
    """A time, and the turns from there on."""
    begins = now = draw(t.moments())
    held: Held | None = None
    turns = []
    for _ in range(draw(st.integers(1, 6))):
        wait = draw(_WAITS)
        now += wait
        what = draw(st.sampled_from([*4 * ["changed"], "as it was", "missing"]))
        if what != "as it was":
            held = draw(_bookings(now, held)) if what == "changed" else None
        turns.append(Turn(wait, held))
    return begins, turns


_WAITS = st.sampled_from(
    [t.MINUTE, 15 * t.MINUTE, 16 * t.MINUTE, HOUR, DAY, 20 * DAY, 31 * DAY, 150 * DAY]
)
_AHEAD = st.one_of(
    st.integers(-3 * 24 * 60, 3 * 24 * 60).map(lambda minutes: minutes * t.MINUTE),
    st.integers(29, 32).map(lambda days: days * DAY),
    st.integers(178, 186).map(lambda days: days * DAY),
    st.integers(200, 900).map(lambda days: days * DAY),
)
_LASTS = st.sampled_from([None, t.MINUTE, HOUR, 9 * HOUR, 3 * DAY])
_LAWS = st.sampled_from(
    3 * ["sundhedsloven", "sundhedsloven § 138", "serviceloven § 83", "andet"]
    + sorted(horizon.LAWS)
)
_STATUSES = st.sampled_from([*8 * ["active"], "cancelled", "completed", "completed", "nullified"])


@st.composite
def _bookings(draw: st.DrawFn, now: datetime.datetime, before: Held | None) -> Held:
    """A booking that is made or changed a little before now; some of it as it was."""
    changed = now - draw(st.sampled_from([0, 1, 14, 15, 16, 60])) * t.MINUTE
    start = now + draw(_AHEAD)
    lasts = draw(_LASTS)
    new = Held(
        content=draw(st.sampled_from(["Kontrol", "Samtale"])),
        patient=draw(st.sampled_from([*5 * ["Solveig"], "Asta"])),
        start=start,
        end=None if lasts is None else start + lasts,
        law=draw(_LAWS),
        changed=changed,
        patient_present=draw(st.sampled_from([*6 * [True], False])),
        status=draw(_STATUSES),
        repeats=draw(st.booleans()),
        standing=lasts is None and draw(st.booleans()),
    )
    if before is None:
        return new
    kept = draw(st.sets(st.sampled_from(["content", "law", "start", "status", "repeats"])))
    fields = {name: getattr(before, name) for name in kept}
    if "start" in kept:
        fields |= {"end": before.end, "standing": before.standing}
    return new._replace(**fields)


def _booking(held: Held) -> Booking:
    made = booking(
        starts=held.start,
        repeats=held.repeats,
        basis=LegalBasis(held.law),
        patient_present=held.patient_present,
        changed=held.changed,
        reason=apd.Reason(held.content),
        patient=PATIENTS[held.patient],
        status=apd.Status(held.status),
    )
    schedule = apd.Schedule(held.start, held.end)
    appointment = evolve(made.appointment, schedule=schedule)
    return evolve(made, appointment=appointment, standing=held.standing)


def _content(held: Held) -> str:
    """All that is published of a booking."""
    return str(held._replace(law="", changed=held.start, patient_present=True))


def _after(steps: Sequence[Step], held: Held | None, before: Published | None) -> Published | None:
    """What stands when the steps are carried out."""
    for step in steps:
        if step.action == "deprecate":
            before = None
        else:
            assert held is not None
            before = Published(held.content, held.patient, held.start, held.end, held.standing)
    return before


def _the_plan(history: tuple[datetime.datetime, Sequence[Turn]]) -> None:
    now, turns = history
    house, published, stood = House(now=now), None, False
    for turn in turns:
        house.now += turn.wait
        held = turn.held and turn.held._replace(content=_content(turn.held))
        expected = planned.planned(held, published, house.now, stood=stood)
        steps = house.plan(*([] if turn.held is None else [_booking(turn.held)]))
        found = [Step(step.kind.value, step.due) for step in steps if not isinstance(step, Leave)]
        assert found == expected
        house.carry_out(steps)
        published = _after(expected, held, published)
        stood = stood or published is not None
        assert len(house.shown()) == (published is not None)


@on_scenarios(40, 2000)
def test_the_plan(times: int) -> None:
    agree(_the_plan, histories(), times)
