"""One appointment, and what belongs to it."""

from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given

import apd
from apd.testing import strategies as apd_st
from tests import samples
from tests.model.refusal import Refused, assert_refused

EXACT = apd.Schedule(apd.local_time(2026, 3, 5, 10), apd.local_time(2026, 3, 5, 11))
INDICATIVE = evolve(EXACT, indicative=True)
OPEN = evolve(EXACT, end=None)
ONCE, SEVERAL_TIMES = None, apd.Repetition()


@pytest.mark.parametrize(
    ("schedule", "repetition", "types"),
    [
        (EXACT, ONCE, (1,)),
        (INDICATIVE, ONCE, (2,)),
        (OPEN, ONCE, (3,)),
        (EXACT, SEVERAL_TIMES, (1, 4)),
        (INDICATIVE, SEVERAL_TIMES, (2, 4)),
        (OPEN, SEVERAL_TIMES, (3, 4)),
        (EXACT, apd.Repetition(samples.medcom_id(1)), (1, 4)),
    ],
)
def test_the_types_follow_from_the_schedule_and_the_repetition(
    schedule: apd.Schedule, repetition: apd.Repetition | None, types: tuple[int, ...]
) -> None:
    appointment = samples.appointment(schedule=schedule, repetition=repetition)
    assert appointment.types == samples.document(appointment=appointment).types == types


@given(apd_st.appointments(complete=False))
def test_an_appointment_is_of_one_of_types_1_to_3_and_of_type_4_if_it_repeats(
    appointment: apd.Appointment,
) -> None:
    first, *more = appointment.types
    assert first in (1, 2, 3)
    assert more == ([4] if appointment.repetition else [])


def test_what_the_standard_demands_cannot_be_forgotten_but_may_be_none() -> None:
    demanded = {
        "id", "category", "patient", "schedule", "reason", "responsible", "performer", "location",
    }  # fmt: skip
    with pytest.raises(TypeError) as caught:
        apd.Appointment()  # type: ignore[call-arg]
    assert all(repr(field) in str(caught.value) for field in demanded)
    nothing = dict.fromkeys(demanded - {"patient", "schedule"})
    made = samples.appointment(**nothing)
    assert all(getattr(made, field) is None for field in nothing)


def test_an_appointment_is_active_unless_another_status_is_given() -> None:
    assert samples.appointment().status is apd.Status.ACTIVE


def test_a_reason_has_one_place_for_words() -> None:
    """The display of its code is dropped."""
    code = apd.Code("91251008", apd.Oid.SNOMED_CT, "fysioterapi")
    reason = apd.Reason("Genoptræning", code)
    assert reason.code == apd.Code("91251008", apd.Oid.SNOMED_CT)


def test_the_ids_of_an_episode_are_kept_in_order_each_once() -> None:
    ids: list[apd.EpisodeId | apd.MedComId] = [
        samples.medcom_id(2),
        apd.EpisodeId(samples.medcom_id(1).value),
    ]
    assert apd.EpisodeOfCare(iter(ids * 2)).ids == tuple(ids)
    assert apd.EpisodeOfCare([]).ids == ()


_DOCUMENT_ID = "MedComId, Identifier or None"
_A_REASON = {"text": "Kontrol"}
_TYPES = {
    "id": _DOCUMENT_ID,
    "category": "Category or None",
    "patient": "Patient",
    "schedule": "Schedule",
    "reason": "Reason or None",
    "responsible": "Responsible or None",
    "performer": "Performer or None",
    "location": "SorLocation, OtherLocation, HomeLocation or None",
    "requester": "Requester or None",
    "episode_of_care": "EpisodeOfCare or None",
    "repetition": "Repetition or None",
    "status": "Status or None",
}


def an_appointment(**changes: Any) -> apd.Appointment:
    """The sample, with a name that errors do not show."""
    return samples.appointment(**changes)


@pytest.mark.parametrize(
    "row",
    [
        Refused(apd.Reason, "code", "91251008", "not str", "Code or None", _A_REASON),
        Refused(
            apd.EpisodeOfCare, "ids", ["0d6f3c1a"], "not str", "EpisodeId, MedComId or Identifier"
        ),
        Refused(apd.EpisodeOfCare, "ids", [None], "not None", "EpisodeId, MedComId or Identifier"),
        Refused(apd.EpisodeOfCare, "label", "ALAL51", "not str", "Code or None", {"ids": []}),
        Refused(apd.Repetition, "id", "0d6f3c1a", "not str", _DOCUMENT_ID),
        Refused(apd.Repetition, "id", apd.SorCode("1"), "not SorCode", _DOCUMENT_ID),
        *[
            Refused(
                an_appointment,
                field,
                b"hemmelig",
                "not bytes",
                expected,
                where=f"Appointment.{field}",
            )
            for field, expected in _TYPES.items()
        ],
    ],
    ids=str,
)
def test_refused(row: Refused) -> None:
    assert_refused(row)


def test_the_full_sample_has_every_field() -> None:
    full = samples.full_appointment()

    assert [field.name for field in fields(type(full)) if not getattr(full, field.name)] == []


def test_every_field_of_an_appointment_is_in_the_table() -> None:
    assert {field.name for field in fields(apd.Appointment)} == set(_TYPES)


@pytest.mark.parametrize("role", [samples.requester(), samples.performer()])
def test_one_role_cannot_stand_for_another(role: Any) -> None:
    with pytest.raises(
        apd.InvalidValue, match=r"Appointment\.responsible must be Responsible or None"
    ):
        samples.appointment(responsible=role)
