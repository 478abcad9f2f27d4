"""The plan: what is sent of each booking, by what the registry has of it."""

import datetime
from collections.abc import Collection
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd.publication import (
    Booking,
    Deprecate,
    Entry,
    Ground,
    Kind,
    Leave,
    LegalBasis,
    MemoryRegister,
    Publish,
    Registered,
    Replace,
    Result,
    State,
    plan,
)
from tests import samples
from tests.publication.house import House
from tests.publication.making import DAY, HOUR, KEY, MINUTE, NOW, booking
from tests.publication.registry import Fault

Status = apd.Status
AHEAD = 7 * 31 * DAY  # beyond the horizon


def planned(house: House, *bookings: Booking) -> list[tuple[Kind, Ground]]:
    return [(step.kind, step.reason) for step in house.plan(*bookings)]


def published(*bookings: Booking) -> House:
    """A house that has published these."""
    house = House()
    assert set(house.run(*bookings)) == {"done"}
    return house


# --- nothing is published yet ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "kind", "reason"),
    [
        (booking(), Kind.PUBLISH, Ground.NEW),
        (booking(repeats=True), Kind.PUBLISH, Ground.NEW),
        (booking(starts=NOW + AHEAD), Kind.PUBLISH, Ground.NEW),
        (booking(starts=NOW + AHEAD, repeats=True), Kind.LEAVE, Ground.BEYOND_HORIZON),
        (
            booking(starts=NOW + 31 * DAY, repeats=True, basis=LegalBasis.HEALTH_ACT_138),
            Kind.LEAVE,
            Ground.BEYOND_HORIZON,
        ),
        # 30 days ahead, for five hours already
        (
            booking(
                starts=NOW + 30 * DAY,
                repeats=True,
                basis=LegalBasis.HEALTH_ACT_138,
                changed=NOW - DAY,
            ),
            Kind.PUBLISH,
            Ground.INTO_HORIZON,
        ),
        (booking(basis=LegalBasis.SERVICES_ACT_85), Kind.LEAVE, Ground.LEGAL_BASIS),
        (booking(basis=LegalBasis.OTHER), Kind.LEAVE, Ground.LEGAL_BASIS),
        (booking(patient_present=False), Kind.LEAVE, Ground.WITHOUT_PATIENT),
        (booking(status=Status.CANCELLED), Kind.LEAVE, Ground.NOT_ACTIVE),
        (booking(status=Status.COMPLETED), Kind.LEAVE, Ground.NOT_ACTIVE),
        (booking(starts=NOW - DAY, status=Status.COMPLETED), Kind.LEAVE, Ground.NOT_ACTIVE),
        (booking(status=None), Kind.LEAVE, Ground.NOT_ACTIVE),
        (booking(reason=None), Kind.LEAVE, Ground.INCOMPLETE),
        # under way, and over
        (booking(starts=NOW - MINUTE), Kind.PUBLISH, Ground.NEW),
        (booking(starts=NOW - HOUR, changed=NOW - DAY), Kind.LEAVE, Ground.OVER),
        (booking(starts=NOW - 2 * DAY, lasts=3 * DAY), Kind.PUBLISH, Ground.NEW),
        (booking(starts=NOW - 2 * HOUR, lasts=None), Kind.PUBLISH, Ground.NEW),
        (
            booking(starts=NOW - 10 * HOUR, lasts=None, changed=NOW - 11 * HOUR),
            Kind.LEAVE,
            Ground.OVER,
        ),
        # a standing one is not over as long as it stands
        (booking(starts=NOW - 99 * DAY, lasts=None, standing=True), Kind.PUBLISH, Ground.NEW),
        (booking(status=Status.CANCELLED, standing=True), Kind.LEAVE, Ground.NOT_ACTIVE),
    ],
)
def test_what_is_not_published(held: Booking, kind: Kind, reason: Ground) -> None:
    assert planned(House(), held) == [(kind, reason)]


@pytest.mark.parametrize(
    ("entered", "run", "kind"),
    [
        # minutes from its end: entered when it was over, and the run comes in time or not
        (0, 0, Kind.PUBLISH),
        (5, 9, Kind.PUBLISH),
        (5, 20, Kind.PUBLISH),
        (5, 21, Kind.PUBLISH),
        (5, 5 + 24 * 60, Kind.PUBLISH),
        (5, 6 + 24 * 60, Kind.LEAVE),
        (7 * 24 * 60, 7 * 24 * 60 + 20, Kind.PUBLISH),
        # entered when it had begun, or shortly before, so that it may be over before the run
        (-10, 1, Kind.PUBLISH),
        (-60, 60, Kind.PUBLISH),
        (-75, 1, Kind.PUBLISH),
        # entered in time: it should have been published before it began
        (-76, 0, Kind.LEAVE),
        (-76, 1, Kind.LEAVE),
        (-24 * 60, 1, Kind.LEAVE),
        # the past of a system that begins to publish
        (-30 * 24 * 60, 90 * 24 * 60, Kind.LEAVE),
        (10, 90 * 24 * 60, Kind.LEAVE),
    ],
)
def test_what_is_entered_late_is_not_lost(entered: int, run: int, kind: Kind) -> None:
    ends = booking().ends
    assert ends is not None
    house = House(now=ends + run * MINUTE)
    late = booking(changed=ends + entered * MINUTE)
    reason = Ground.NEW if kind is Kind.PUBLISH else Ground.OVER
    assert planned(house, late) == [(kind, reason)]


def test_nor_if_the_registry_refuses_it_until_minute_16() -> None:
    late = booking(starts=NOW - 2 * HOUR)
    house = House()
    house.registry.faults = [Fault.REFUSES] * 4
    assert [house.run(late) for _ in range(4)] == [["refused"]] * 4
    assert house.run(late) == ["done"]
    assert house.shown() == [late.appointment]
    house.now += 9 * DAY
    assert planned(house, late) == [(Kind.LEAVE, Ground.UNCHANGED)]


# --- it is published, to begin in three days and to last an hour --------------------------------

ORDINARY = booking()
REPEATING = booking(repeats=True)


@pytest.mark.parametrize(
    ("was", "days", "held", "kind", "reason"),
    [
        (ORDINARY, 0, booking(), Kind.LEAVE, Ground.UNCHANGED),
        (ORDINARY, 0, booking(changed=NOW + HOUR), Kind.LEAVE, Ground.UNCHANGED),
        (ORDINARY, 0, booking(basis=LegalBasis.HEALTH_ACT_138), Kind.LEAVE, Ground.UNCHANGED),
        (ORDINARY, 0, booking(starts=NOW + 4 * DAY), Kind.REPLACE, Ground.CHANGED),
        (ORDINARY, 0, booking(reason=apd.Reason("Andet")), Kind.REPLACE, Ground.CHANGED),
        (ORDINARY, 0, booking(starts=NOW + AHEAD), Kind.REPLACE, Ground.CHANGED),
        (ORDINARY, 0, booking(starts=NOW - DAY), Kind.REPLACE, Ground.CHANGED),
        (ORDINARY, 0, booking(status=Status.CANCELLED), Kind.DEPRECATE, Ground.NOT_ACTIVE),
        (ORDINARY, 0, booking(status=Status.COMPLETED), Kind.DEPRECATE, Ground.NOT_ACTIVE),
        (ORDINARY, 0, booking(patient_present=False), Kind.DEPRECATE, Ground.WITHOUT_PATIENT),
        (
            ORDINARY,
            0,
            booking(basis=LegalBasis.SERVICES_ACT_85),
            Kind.DEPRECATE,
            Ground.LEGAL_BASIS,
        ),
        (ORDINARY, 0, booking(reason=None), Kind.LEAVE, Ground.INCOMPLETE),
        (ORDINARY, 0, None, Kind.DEPRECATE, Ground.GONE),
        # six months are no limit: what is published stays, wherever it is moved to
        (REPEATING, 0, booking(starts=NOW + AHEAD, repeats=True), Kind.REPLACE, Ground.CHANGED),
        (
            booking(starts=NOW + AHEAD),
            0,
            booking(starts=NOW + AHEAD, repeats=True),
            Kind.REPLACE,
            Ground.CHANGED,
        ),
        # 30 days are one: it is moved beyond them, or comes under a law that has them
        (
            booking(repeats=True, basis=LegalBasis.SERVICES_ACT_83),
            0,
            booking(starts=NOW + 31 * DAY, repeats=True, basis=LegalBasis.SERVICES_ACT_83),
            Kind.DEPRECATE,
            Ground.BEYOND_HORIZON,
        ),
        (
            booking(starts=NOW + 60 * DAY, repeats=True),
            0,
            booking(starts=NOW + 60 * DAY, repeats=True, basis=LegalBasis.SERVICES_ACT_83),
            Kind.DEPRECATE,
            Ground.BEYOND_HORIZON,
        ),
        # it is under way
        (ORDINARY, 3, booking(), Kind.LEAVE, Ground.UNCHANGED),
        (ORDINARY, 3, None, Kind.DEPRECATE, Ground.GONE),
        (ORDINARY, 3, booking(status=Status.COMPLETED), Kind.LEAVE, Ground.HELD),
        # it is over: only what the booking system says counts
        (ORDINARY, 9, booking(), Kind.LEAVE, Ground.UNCHANGED),
        (ORDINARY, 9, booking(status=Status.COMPLETED), Kind.LEAVE, Ground.HELD),
        (ORDINARY, 9, booking(status=Status.CANCELLED), Kind.DEPRECATE, Ground.NOT_ACTIVE),
        (ORDINARY, 9, booking(status=Status.NULLIFIED), Kind.DEPRECATE, Ground.NOT_ACTIVE),
        (ORDINARY, 9, booking(reason=apd.Reason("Andet")), Kind.REPLACE, Ground.CHANGED),
        (
            ORDINARY,
            9,
            booking(basis=LegalBasis.SERVICES_ACT_85, status=Status.COMPLETED),
            Kind.DEPRECATE,
            Ground.LEGAL_BASIS,
        ),
        (
            ORDINARY,
            9,
            booking(
                status=Status.COMPLETED,
                patient=samples.patient(id=apd.CprNumber("2512489996")),
            ),
            Kind.DEPRECATE,
            Ground.OTHER_PATIENT,
        ),
        (booking(lasts=None), 3, None, Kind.DEPRECATE, Ground.GONE),
    ],
)
def test_what_is_published(
    was: Booking, days: int, held: Booking | None, kind: Kind, reason: Ground
) -> None:
    house = published(was)
    house.now = NOW + days * DAY + 5 * MINUTE
    assert planned(house, *([held] if held else [])) == [(kind, reason)]


@pytest.mark.parametrize(
    ("now", "kind", "reason"),
    [
        (ORDINARY.starts - MINUTE, Kind.DEPRECATE, Ground.NOT_ACTIVE),
        (ORDINARY.starts, Kind.LEAVE, Ground.HELD),
    ],
)
def test_it_may_be_completed_from_its_start_on(
    now: datetime.datetime, kind: Kind, reason: Ground
) -> None:
    house = published(ORDINARY)
    house.now = now
    assert planned(house, booking(status=Status.COMPLETED)) == [(kind, reason)]


@pytest.mark.parametrize(
    ("lasts", "now"),
    [(HOUR, NOW + 3 * DAY + HOUR), (None, apd.local_time(2026, 2, 6))],
)
def test_what_is_over_and_gone_stays_and_is_not_spoken_of(
    lasts: datetime.timedelta | None, now: datetime.datetime
) -> None:
    house = published(booking(lasts=lasts))
    house.now = now
    assert house.plan() == ()
    house.now -= MINUTE
    assert [step.kind for step in house.plan()] == [Kind.DEPRECATE]


def test_a_standing_one_stays_until_it_is_gone_or_stands_no_more() -> None:
    standing = booking(lasts=None, standing=True)
    house = published(standing)
    house.now += 400 * DAY
    assert planned(house, standing) == [(Kind.LEAVE, Ground.UNCHANGED)]
    assert planned(house) == [(Kind.DEPRECATE, Ground.GONE)]
    # it no longer stands: the register learns that it is over, and it stays where it is
    assert house.run(evolve(standing, standing=False, changed=house.now)) == ["done"]
    assert house.plan() == ()
    assert house.shown() == [standing.appointment]


class Talkative(MemoryRegister):
    """A register that tells more than it is asked."""

    def entries(
        self, appointment_ids: Collection[apd.MedComId], now: datetime.datetime
    ) -> list[Entry]:
        return super().entries(appointment_ids, NOW - 999 * DAY)


def test_nor_is_it_if_the_register_returns_all_it_has() -> None:
    house = House(register=Talkative())
    house.run(booking())
    house.now += 9 * DAY
    assert house.plan() == ()


def test_what_was_taken_out_is_published_again_with_another_id() -> None:
    house = published(booking())
    house.run()
    assert house.shown() == []
    assert planned(house, booking()) == [(Kind.PUBLISH, Ground.NEW)]
    house.run(booking())
    assert len({filed.document.id for filed in house.registry.filed}) == 2
    assert house.shown() == [booking().appointment]


OTHER_PATIENT = samples.patient(id=apd.CprNumber("2512489996"))


def test_what_was_once_published_does_not_wait_to_be_published_again() -> None:
    house = published(booking(repeats=True))
    assert house.run(booking(repeats=True, status=Status.CANCELLED)) == ["done"]
    far_ahead = booking(starts=NOW + AHEAD, repeats=True)
    assert planned(house, far_ahead) == [(Kind.PUBLISH, Ground.NEW)]


def test_another_cpr_number_takes_nothing_out_that_is_far_ahead() -> None:
    house = published(booking(repeats=True))
    corrected = booking(starts=NOW + AHEAD, repeats=True, patient=OTHER_PATIENT)
    assert house.run(corrected) == ["done", "done"]
    assert house.shown() == [corrected.appointment]


def test_it_is_shown_up_to_the_horizon_as_time_goes_by() -> None:
    weekly = [
        booking(number, NOW + number * 7 * DAY, repeats=True, changed=NOW - DAY)
        for number in range(1, 60)
    ]
    house = House()
    for _ in range(10):
        house.run(*weekly)
        last = max(appointment.schedule.start for appointment in house.shown())
        assert datetime.timedelta(days=174) < last - house.now < datetime.timedelta(days=185)
        house.now += 9 * DAY


def test_values_are_the_names() -> None:
    """They stand in JSON, in exit lines and in registers, so they stay as they are."""
    for values in (Ground, Kind, Result, State):
        assert [one.value for one in values] == [
            one.name.lower().replace("_", "-") for one in values
        ]


# --- what a step carries -----------------------------------------------------------------------


def test_to_publish() -> None:
    (step,) = House().plan(booking())
    assert isinstance(step, Publish)
    assert step.appointment_id == samples.medcom_id(2)
    assert step.due == NOW + 15 * MINUTE
    assert step.version == 1
    assert step.document == apd.AppointmentDocument(
        id=step.document_id,
        time=NOW,
        appointment=booking().appointment,
        custodian=samples.custodian(),
    )
    assert apd.loads(apd.dumps(step.document)) == step.document
    assert step.entry_uuid.startswith("urn:uuid:")


def test_how_confidential_it_is_stands_in_the_document() -> None:
    restricted = evolve(booking(), confidentiality=apd.Confidentiality.RESTRICTED)
    (step,) = House().plan(restricted)
    assert isinstance(step, Publish)
    assert step.document.confidentiality is apd.Confidentiality.RESTRICTED
    (step,) = published(booking()).plan(restricted)
    assert isinstance(step, Replace)
    assert step.document.confidentiality is apd.Confidentiality.RESTRICTED


def test_to_replace() -> None:
    (first,) = House().plan(booking())
    house = published(booking())
    (step,) = house.plan(booking(reason=apd.Reason("Andet"), changed=NOW + MINUTE))
    assert isinstance(first, Publish)
    assert isinstance(step, Replace)
    assert step.due == NOW + 16 * MINUTE
    assert step.version == 2
    assert step.document.appointment.reason == apd.Reason("Andet")
    assert step.document_id not in (first.document_id, step.target.document_id)
    assert step.target == first.registered


def test_to_deprecate() -> None:
    house = published(booking())
    (step,) = house.plan(booking(status=Status.CANCELLED, changed=NOW + MINUTE))
    assert isinstance(step, Deprecate)
    assert step.due == NOW + 16 * MINUTE
    assert step.version == 1
    assert step.document_id == step.target.document_id
    assert step.entry_uuid == step.target.entry_uuid


def test_for_another_patient_one_is_taken_out_and_one_is_published() -> None:
    """No registry lets a document replace one about somebody else."""
    house = published(booking())
    corrected = booking(patient=samples.patient(id=apd.CprNumber("2512489996")))
    assert planned(house, corrected) == [
        (Kind.DEPRECATE, Ground.OTHER_PATIENT),
        (Kind.PUBLISH, Ground.NEW),
    ]
    assert house.carry_out(house.plan(corrected)) == ["done", "done"]
    assert house.shown() == [corrected.appointment]
    assert planned(house, corrected) == [(Kind.LEAVE, Ground.UNCHANGED)]


def test_for_another_patient_nothing_is_published_if_the_other_stays() -> None:
    house = published(booking())
    corrected = booking(patient=samples.patient(id=apd.CprNumber("2512489996")))
    steps = house.plan(corrected)
    house.registry.own_entry_uuids = iter(())
    house.registry.filed[0].entry_uuid = "urn:uuid:00000000-0000-0000-0000-00000000000b"
    assert house.carry_out(steps) == ["refused", "taken"]
    assert house.shown() == [booking().appointment]


def test_the_order() -> None:
    was = [booking(number, changed=NOW) for number in (11, 12, 13, 14)]
    house = published(*was)
    held = [
        booking(21, changed=NOW + MINUTE),
        booking(20, changed=NOW + 2 * MINUTE),
        was[3],
        booking(12, reason=apd.Reason("Andet")),
        booking(13, status=Status.CANCELLED),
    ]
    order = [
        (step.kind.value, int(step.appointment_id.value[-2:], 16)) for step in house.plan(*held)
    ]
    assert order == [
        ("deprecate", 11),
        ("deprecate", 13),
        ("replace", 12),
        ("publish", 21),
        ("publish", 20),
        ("leave", 14),
    ]


# --- what is left alone ------------------------------------------------------------------------


def test_what_is_under_way_is_left_to_whoever_began_it() -> None:
    house = published(booking(2), booking(3))
    house.registry.faults = [Fault.LOSES, Fault.LOSES]
    changed = booking(2, reason=apd.Reason("Andet"))
    assert house.carry_out(house.plan(changed)) == ["unanswered", "unanswered"]
    for held in ([], [changed, booking(3)], [booking(2), booking(3, status=Status.CANCELLED)]):
        assert planned(house, *held) == [(Kind.LEAVE, Ground.UNDER_WAY)] * 2


@pytest.mark.parametrize(
    "held", [[], [booking()], [booking(status=Status.CANCELLED)], [booking(starts=NOW + 4 * DAY)]]
)
def test_bookings_that_were_read_before_something_was_sent_change_nothing(
    held: list[Booking],
) -> None:
    house = published(booking())
    house.now = NOW - MINUTE
    assert planned(house, *held) == [(Kind.LEAVE, Ground.OUTDATED)]


def test_what_is_no_longer_known_to_be_published_is_not_sent_for_ever() -> None:
    house = published(booking())
    house.run(booking(status=Status.CANCELLED))
    assert house.plan() == ()


def test_documents_published_before_there_was_a_register_are_replaced() -> None:
    old = Registered(
        document_id=samples.medcom_id(50),
        entry_uuid=f"urn:uuid:{samples.medcom_id(51).value}",
        ends=booking().ends,
    )
    register = MemoryRegister([Entry(appointment_id=booking().id, document=old)])
    (step,) = plan([booking()], register, NOW, key=KEY)
    assert isinstance(step, Replace)
    assert step.target == old
    assert [step.kind for step in plan([], register, NOW, key=KEY)] == [Kind.DEPRECATE]


def test_the_case_of_an_id_is_no_change_of_appointment() -> None:
    lower, upper = (
        booking(id=apd.MedComId(text))
        for text in ("5a1d7e42-9b33-4b5e-8f0e-7c2f6d1a9e05", "5A1D7E42-9B33-4B5E-8F0E-7C2F6D1A9E05")
    )
    assert [step.kind for step in published(lower).plan(upper)] == [Kind.REPLACE]


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bookings", "now", "key", "field"),
    [
        ([booking(2), booking(3), booking(2, starts=NOW)], NOW, KEY, "bookings"),
        ([booking(2)] * 2, NOW, KEY, "bookings"),
        ([booking()], NOW.replace(tzinfo=None), KEY, "now"),
        ([booking()], None, KEY, "now"),
        ([booking()], NOW, b"short", "key"),
    ],
)
def test_refused(bookings: list[Booking], now: Any, key: bytes, field: str) -> None:
    with pytest.raises(apd.InvalidValue) as caught:
        plan(bookings, MemoryRegister(), now, key=key)
    assert caught.value.field == field


def test_what_replaces_or_deprecates_has_a_document_to_take_out() -> None:
    nothing = Entry(appointment_id=samples.medcom_id(2))
    house = published(booking())
    for held in ([], [booking(reason=apd.Reason("Andet"))]):
        [step] = house.plan(*held)
        assert isinstance(step, Deprecate | Replace)
        with pytest.raises(apd.InvalidValue, match="has no document") as caught:
            evolve(step, seen=nothing)
        assert caught.value.field == f"{type(step).__name__}.seen"


# --- laws --------------------------------------------------------------------------------------

_BOOKINGS = st.builds(
    booking,
    number=st.integers(1, 8),
    starts=st.timedeltas(-3 * DAY, 220 * DAY).map(lambda ahead: NOW + ahead),
    lasts=st.none() | st.timedeltas(MINUTE, 3 * DAY),
    repeats=st.booleans(),
    basis=st.sampled_from(LegalBasis),
    patient_present=st.sampled_from([True, True, True, False]),
    changed=st.timedeltas(-DAY, DAY).map(lambda ago: NOW + ago),
    status=st.sampled_from([*[Status.ACTIVE] * 5, Status.CANCELLED, Status.COMPLETED]),
    reason=st.sampled_from([apd.Reason("Kontrol"), apd.Reason("Samtale"), None]),
    patient=st.sampled_from(
        [samples.patient(), samples.patient(id=apd.CprNumber("2512489996"))],
    ),
)
_HELD = st.lists(_BOOKINGS, unique_by=lambda held: held.id)


@given(_HELD, _HELD, st.timedeltas(MINUTE, 30 * DAY))
def test_after_a_plan_there_is_nothing_left_to_do(
    earlier: list[Booking], later: list[Booking], between: datetime.timedelta
) -> None:
    house = House()
    house.run(*earlier)
    house.now += between
    house.carry_out(house.plan(*later))
    assert all(isinstance(step, Leave) for step in house.plan(*later))
    house.registry.approved()  # asserts that none has two


@given(_HELD, _HELD, st.randoms(use_true_random=False))
def test_equal_input_gives_an_equal_plan(
    earlier: list[Booking], later: list[Booking], random: Any
) -> None:
    houses = House(), House()
    for house in houses:
        house.run(*earlier)
    mixed = [evolve(held) for held in later]
    random.shuffle(mixed)
    assert houses[0].plan(*later) == houses[1].plan(*mixed)


@given(_HELD)
def test_every_booking_has_a_step(held: list[Booking]) -> None:
    steps = House().plan(*held)
    assert sorted(step.appointment_id.value for step in steps) == sorted(b.id.value for b in held)
