"""Carrying a plan out: answers, silence, crashes, and how the register finds its way back."""

from collections.abc import Iterator

import pytest
from attrs import evolve

import apd
from apd.publication import (
    Answer,
    Booking,
    Found,
    Kind,
    MemoryRegister,
    Outcome,
    Result,
    Retry,
    Sent,
    State,
    synchronize,
)
from apd.publication.exchanges import Execution
from tests import samples
from tests.publication.house import House
from tests.publication.making import DAY, HOUR, KEY, MINUTE, NOW, booking
from tests.publication.registry import Crash, Fault

FIRST = booking()
CHANGED = booking(reason=apd.Reason("Andet"), changed=NOW + MINUTE)
CANCELLED = booking(status=apd.Status.CANCELLED, changed=NOW + MINUTE)


def published() -> House:
    house = House()
    assert house.run(FIRST) == ["done"]
    return house


def uuids() -> Iterator[str]:
    """The entryUUIDs of a registry that gives its own."""
    return (f"urn:uuid:{samples.medcom_id(number).value}" for number in range(9000, 9999))


# --- what a vendor's functions may return, and how long is waited ------------------------------


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("send", "send must return an Answer, not bytes"),
        ("look_up", "look_up must return Found or None, not bytes"),
    ],
)
def test_what_a_function_must_return(name: str, problem: str) -> None:
    house = House()
    if name == "look_up":
        house.registry.faults = [Fault.SILENT]
        house.run(FIRST)
        house.now += DAY
    functions = {"send": house.registry.send, "look_up": house.registry.look_up}
    with pytest.raises(TypeError, match=problem):
        synchronize(
            [FIRST],
            house.register,
            house.now,
            clock=lambda: house.now,
            key=KEY,
            **{**functions, name: lambda _: b"yes"},
        )


@pytest.mark.parametrize(
    ("count", "minutes"),
    [*enumerate((1, 3, 10, 30, 60, 120, 240), 1), (8, 240), (11, 240), (12, None), (99, None)],
)
def test_how_long_is_waited_after_a_refusal(count: int, minutes: int | None) -> None:
    expected = None if minutes is None else NOW + minutes * MINUTE
    assert Retry().again(count, NOW) == expected
    assert Retry(pauses=()).again(count, NOW) is None


@pytest.mark.parametrize(
    ("result", "is_published"), [(Result.DONE, True), (Result.NOT_ACCEPTED, False)]
)
def test_what_became_of_an_attempt_can_be_recorded(result: Result, is_published: bool) -> None:
    house = House()
    house.registry.faults = [Fault.SILENT]
    house.run(FIRST)
    id = house.plan(FIRST)[0].appointment_id
    [entry] = house.register.entries([id], NOW)
    attempt = entry.attempt
    assert attempt is not None
    execution = Execution(house.register, lambda: house.now, HOUR)
    outcome = execution.record(id, attempt, result)
    assert (outcome.appointment_id, outcome.result) == (id, result)
    [entry] = house.register.entries([id], NOW)
    assert entry.attempt is None
    assert (entry.document is not None) is is_published


# --- what goes wrong once ----------------------------------------------------------------------


@pytest.mark.parametrize("held", [FIRST, CHANGED, CANCELLED], ids=["first", "changed", "cancelled"])
@pytest.mark.parametrize(
    ("fault", "stated", "next_outcomes"),
    [
        (Fault.REFUSES, ["refused"], ["done"]),
        (Fault.LOSES, ["unanswered"], ["not-accepted", "done"]),
        (Fault.SILENT, ["unanswered"], ["done"]),
        (Fault.CRASH_BEFORE, None, ["not-accepted", "done"]),
        (Fault.CRASH_AFTER, None, ["done"]),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)
def test_the_next_run_repairs_it(
    held: Booking, fault: Fault, stated: list[str] | None, next_outcomes: list[str]
) -> None:
    house = House() if held is FIRST else published()
    house.registry.faults = [fault]
    if stated is None:
        with pytest.raises(Crash):
            house.run(held)
        house.now += 5 * MINUTE
    else:
        assert house.run(held) == stated
    assert house.run(held) == next_outcomes
    assert house.shown() == ([] if held is CANCELLED else [held.appointment])
    assert len(house.registry.filed) == (2 if held is CHANGED else 1)
    assert house.run(held) == []


@pytest.mark.parametrize("fault", [Fault.LOSES, Fault.SILENT])
@pytest.mark.parametrize("after", [[], [CANCELLED], [CHANGED]], ids=["gone", "cancelled", "other"])
def test_what_was_left_unanswered_may_have_changed_since(
    fault: Fault, after: list[Booking]
) -> None:
    house = House()
    house.registry.faults = [fault]
    house.run(FIRST)
    house.run(*after)
    assert house.shown() == [held.appointment for held in after if held is CHANGED]


def test_nothing_is_asked_before_the_message_can_no_longer_be_under_way() -> None:
    house = House()
    house.registry.faults = [Fault.SILENT]
    assert house.run(FIRST) == ["unanswered"]
    house.now -= 4 * MINUTE
    assert house.run(FIRST) == []
    assert house.run(FIRST) == ["done"]


def test_how_long_that_may_be_is_what_was_asked_for() -> None:
    house = House()
    house.registry.faults = [Fault.SILENT]
    assert [one.result for one in house.running([FIRST], lease=HOUR)] == ["unanswered"]
    house.now += HOUR - MINUTE
    assert house.run(FIRST) == []
    assert house.run(FIRST) == ["done"]


def test_while_the_registry_cannot_be_asked_it_stays_unanswered() -> None:
    house = House()
    house.registry.faults = [Fault.SILENT]
    house.run(FIRST)
    house.registry.is_deaf = True
    assert house.run(FIRST) == ["unanswered"]
    house.registry.is_deaf = False
    assert house.run(FIRST) == ["done"]


def test_a_due_time_is_kept_through_a_crash() -> None:
    house = House()
    house.registry.faults = [Fault.CRASH_AFTER]
    with pytest.raises(Crash):
        house.run(FIRST)
    house.now += 20 * MINUTE
    (outcome,) = house.running([FIRST])
    assert outcome.due == NOW + 15 * MINUTE
    assert outcome.late_by == 5 * MINUTE


def test_one_may_stop_at_any_outcome() -> None:
    house = House()
    held = [booking(number) for number in range(1, 6)]
    run = house.running(held)
    next(run)
    next(run)
    del run
    assert len(house.shown()) == 2
    assert house.run(*held) == ["done"] * 3


# --- refused for good ------------------------------------------------------------------------


@pytest.mark.parametrize("held", [CHANGED, CANCELLED], ids=["changed", "cancelled"])
def test_somebody_else_deprecated_the_document(held: Booking) -> None:
    house = published()
    house.registry.filed[0].approved = False
    corrected = ["refused"] if held is CHANGED else ["done"]  # for it is out of display
    assert house.run(held) == corrected
    assert house.run(held) == (["done"] if held is CHANGED else [])
    assert house.shown() == ([CHANGED.appointment] if held is CHANGED else [])


@pytest.mark.parametrize("held", [CHANGED, CANCELLED], ids=["changed", "cancelled"])
def test_the_registry_lost_the_document(held: Booking) -> None:
    house = published()
    house.registry.filed.clear()
    house.run(held)
    house.run(held)
    assert house.shown() == ([CHANGED.appointment] if held is CHANGED else [])


@pytest.mark.parametrize("held", [CHANGED, CANCELLED], ids=["changed", "cancelled"])
def test_a_registry_that_gives_its_own_entry_uuids(held: Booking) -> None:
    house = House()
    house.registry.own_entry_uuids = uuids()
    house.run(FIRST)
    assert house.run(held) == ["refused"]  # and asked what it calls it
    assert house.run(held) == ["done"]
    assert house.shown() == ([CHANGED.appointment] if held is CHANGED else [])


def test_its_own_entry_uuid_is_known_also_when_the_answer_was_lost() -> None:
    house = House()
    house.registry.own_entry_uuids = uuids()
    house.registry.faults = [Fault.SILENT]
    assert [*house.run(FIRST), *house.run(FIRST)] == ["unanswered", "done"]
    document = house.entry(FIRST).document
    assert document is not None
    assert document.entry_uuid == next(uuids())


def test_refused_and_not_to_be_asked() -> None:
    house = published()
    house.registry.filed[0].approved = False
    house.registry.is_deaf = True
    assert house.run(CHANGED) == ["refused"]
    assert house.entry(FIRST).state is State.APPROVED
    house.registry.is_deaf = False
    assert house.run(CHANGED) == ["refused"]
    assert house.run(CHANGED) == ["done"]


def test_an_id_that_the_repository_has_and_the_registry_does_not_know_is_given_up() -> None:
    house = House()
    taken: set[apd.MedComId] = set()

    def send(step: Sent) -> Answer:
        if not taken:
            taken.add(step.document_id)
        return Answer.DUPLICATE if step.document_id in taken else house.registry.send(step)

    for stated in (["refused"], ["done"], []):
        outcomes = synchronize(
            [FIRST],
            house.register,
            NOW,
            send=send,
            look_up=house.registry.look_up,
            clock=lambda: NOW,
            key=KEY,
        )
        assert [outcome.result for outcome in outcomes] == stated
    assert house.shown() == [FIRST.appointment]


# --- the register is lost ----------------------------------------------------------------------


def test_a_register_that_is_lost_is_found_again() -> None:
    house = published()
    house.run(CHANGED)
    house.run(CANCELLED)
    house.run(FIRST)
    house.run(CHANGED)
    house.register = MemoryRegister()
    approved = house.registry.approved()
    # versions 1 and 2 are found deprecated, 3 as well; 4 is there, and is made sure of
    for stated in (["refused"], ["refused"], ["refused"], ["refused"], ["done"], []):
        assert house.run(CHANGED) == stated
        assert house.registry.approved().keys() == approved.keys()
    assert house.shown() == [CHANGED.appointment]


def test_a_duplicate_that_cannot_be_asked_for_is_tried_again() -> None:
    house = published()
    house.register = MemoryRegister()
    house.registry.is_deaf = True
    assert house.run(CHANGED) == ["refused"]
    house.registry.is_deaf = False
    assert house.run(CHANGED) == ["refused"]  # what it says is not known
    assert house.run(CHANGED) == ["done"]
    assert house.shown() == [CHANGED.appointment]


# --- two processes -----------------------------------------------------------------------------


def test_two_with_one_plan_send_it_once() -> None:
    house = House()
    steps = house.plan(*[booking(number) for number in range(1, 6)])
    assert house.carry_out(steps) == ["done"] * 5
    assert house.carry_out(steps) == ["taken"] * 5
    assert len(house.registry.filed) == 5


def late_send(house: House, meanwhile: list[Booking], *, arrives_first: bool) -> list[Outcome]:
    """A process that stands still while it sends, longer than it may; others go on meanwhile."""

    def send(step: Sent) -> Answer:
        answer = house.registry.receive(step) if arrives_first else None
        house.now += 5 * MINUTE
        house.run(*meanwhile)
        return answer or house.registry.receive(step)

    return list(
        synchronize(
            [FIRST],
            house.register,
            house.now,
            send=send,
            look_up=house.registry.look_up,
            clock=lambda: house.now,
            key=KEY,
        )
    )


@pytest.mark.parametrize("arrives_first", [True, False])
@pytest.mark.parametrize("meanwhile", [[FIRST], [CHANGED], []], ids=["same", "other", "gone"])
def test_one_that_was_given_up_and_wakes(arrives_first: bool, meanwhile: list[Booking]) -> None:
    house = House()
    late_send(house, meanwhile, arrives_first=arrives_first)
    for _ in range(4):
        house.registry.approved()  # asserts that none has two
        house.run(*meanwhile)
    assert house.shown() == [held.appointment for held in meanwhile]
    assert house.run(*meanwhile) == []


def test_two_settle_the_same() -> None:
    house = House()
    house.registry.faults = [Fault.SILENT]
    house.run(FIRST)
    asked: list[apd.MedComId] = []

    def look_up(document_id: apd.MedComId) -> Found | None:
        asked.append(document_id)
        if len(asked) == 1:  # the other one comes in between
            assert house.run(FIRST) == ["done"]
        return house.registry.look_up(document_id)

    outcomes = synchronize(
        [FIRST],
        house.register,
        house.now + DAY,
        send=house.registry.send,
        look_up=look_up,
        clock=lambda: house.now,
        key=KEY,
    )
    assert [outcome.result for outcome in outcomes] == ["taken"]
    assert len(house.registry.filed) == 1


def test_an_outcome_states_nothing_personal() -> None:
    house = published()
    (outcome,) = house.running([CHANGED])
    assert outcome.kind is Kind.REPLACE
    assert samples.CPR not in repr(outcome)
    assert evolve(outcome).result.display("en") == "The registry accepted it."
    assert outcome.result.display() == "Registret har godtaget det."
