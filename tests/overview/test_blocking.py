"""What the patient blocked: shown as withheld, lifted only on purpose, and never leaked."""

import json
import pickle

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd import overview as ov
from apd.testing import strategies as apd_st
from tests import samples
from tests.model.refusal import assert_silent
from tests.overview import kit
from tests.overview.kit import document, overview, schedule

SECRET = document(
    7,
    schedule("2026-03-10 10:20", "11:00"),
    reason=apd.Reason("Samtale om misbrug"),
    performer=samples.performer(organization=apd.Organization(name="Rusmiddelcentret")),
)
OPEN = document(1, schedule("2026-03-10 10:00", "10:30"))


def lift(made: ov.Overview, *entries, **more):
    arguments = {"ground": ov.LiftGround.CONSENT, "now": kit.at("2026-03-05 12:05"), **more}
    registered = [ov.RegisteredDocument(one) for one in entries]
    return ov.lift_block(made, registered, **arguments)


@pytest.mark.parametrize("viewer", [kit.SELF, kit.DAUGHTER, kit.NURSE])
def test_withheld_is_reported_and_not_how_much(viewer) -> None:
    one = overview(OPEN, ov.Withheld(), viewer=viewer)
    several = overview(ov.Withheld(), OPEN, *[ov.Withheld()] * 5, viewer=viewer)
    assert one.has_withheld
    assert one == several
    assert ov.as_data(one) == ov.as_data(several)
    assert pickle.dumps(one) == pickle.dumps(several)


def test_apart_from_the_notice_nothing_is_other_than_without_it() -> None:
    with_block = overview(OPEN, ov.Withheld(), viewer=kit.NURSE)
    without = overview(OPEN, viewer=kit.NURSE)
    assert attrs.evolve(with_block, has_withheld=False) == without


def test_everything_may_be_withheld() -> None:
    made = overview(ov.Withheld(), viewer=kit.NURSE, patient=kit.PATIENT)
    assert (made.has_withheld, made.appointments) == (True, ())
    assert made.patient == apd.Patient(id=kit.PATIENT)


def test_a_placeholder_holds_nothing() -> None:
    assert attrs.fields(ov.Withheld) == ()
    assert ov.Withheld() == ov.Withheld()


def test_the_id_of_a_blocked_document_that_replaces_another_is_not_reported() -> None:
    replaced = ov.RegisteredDocument(OPEN, replaced_by=SECRET.id)
    made = overview(replaced, ov.Withheld(), viewer=kit.NURSE)
    assert (made.appointments, made.cancelled) == ((), ())
    assert SECRET.id.value not in kit.as_json(made)
    assert SECRET.id.value.encode() not in pickle.dumps(made)


@pytest.mark.parametrize(
    ("ground", "explanation", "da", "en"),
    [
        (
            *(ov.LiftGround.CONSENT, None),
            "Spærringen er ophævet. Grundlag: patientens samtykke.",
            "The block has been lifted. Ground: the patient's consent.",
        ),
        (
            *(ov.LiftGround.EMERGENCY, "Fundet bevidstløs"),
            "Spærringen er ophævet. Grundlag: værdispring.",
            "The block has been lifted. Ground: emergency.",
        ),
    ],
)
def test_a_professional_lifts_a_block(ground, explanation, da, en) -> None:
    made = overview(OPEN, ov.Withheld(), viewer=kit.NURSE)
    lifted, record = lift(made, OPEN, SECRET, ground=ground, explanation=explanation)
    assert [shown.about for shown in lifted.appointments] == [
        "Kontrol af knæ",
        "Samtale om misbrug",
    ]
    assert len(lifted.overlaps) == 1
    assert not lifted.has_withheld
    assert lifted.lifted == record
    assert da in [notice.text for notice in lifted.notices]
    english = attrs.evolve(lifted, language="en")
    assert en in [notice.text for notice in english.notices]
    assert record.as_data() == {
        "event": "lift",
        "time": "2026-03-05T12:05:00+01:00",
        "viewer": made.record.as_data()["viewer"],
        "patient": made.record.as_data()["patient"],
        "ground": ground.value,
        "explanation": explanation,
    }
    json.dumps(record.as_data())


def test_the_overview_before_lifting_is_unchanged() -> None:
    made = overview(OPEN, ov.Withheld(), viewer=kit.NURSE)
    before = kit.as_json(made)
    lift(made, OPEN, SECRET)
    assert kit.as_json(made) == before
    assert made.has_withheld


def test_lifting_keeps_how_the_overview_was_asked_for() -> None:
    travel = kit.datetime.timedelta(minutes=20)
    made = overview(ov.Withheld(), OPEN, viewer=kit.NURSE, language="en", travel=travel)
    stranger = document(9, patient=samples.patient(id=apd.CprNumber("2512489996")))
    lifted, _ = lift(made, OPEN, SECRET, stranger)
    assert (lifted.language, lifted.travel, lifted.viewer) == ("en", travel, kit.NURSE)
    assert len(lifted.appointments) == 2


def test_what_is_withheld_still_is_reported() -> None:
    made = overview(OPEN, ov.Withheld(), viewer=kit.NURSE)
    entries = [ov.RegisteredDocument(OPEN), ov.Withheld()]
    lifted, _ = ov.lift_block(made, entries, ground=ov.LiftGround.CONSENT, now=kit.NOW)
    assert [notice.key for notice in lifted.notices] == ["withheld", "lifted", "logged"]


@pytest.mark.parametrize("viewer", [kit.SELF, kit.DAUGHTER])
def test_nobody_but_a_professional_lifts_a_block(viewer) -> None:
    with pytest.raises(ov.NotAllowed) as caught:
        lift(overview(OPEN, ov.Withheld(), viewer=viewer), OPEN, SECRET)
    assert_silent(caught.value, samples.CPR, "misbrug")


def test_an_emergency_is_explained() -> None:
    made = overview(OPEN, ov.Withheld(), viewer=kit.NURSE)
    with pytest.raises(apd.InvalidValue, match="explanation is missing"):
        lift(made, OPEN, SECRET, ground=ov.LiftGround.EMERGENCY)
    with pytest.raises(apd.InvalidValue, match="explanation is missing"):
        lift(made, OPEN, SECRET, ground=ov.LiftGround.EMERGENCY, explanation="  ")


def test_there_has_to_be_something_to_lift() -> None:
    with pytest.raises(apd.InvalidValue, match="nothing withheld"):
        lift(overview(OPEN, viewer=kit.NURSE), OPEN, SECRET)


# --- the law: nothing of what is blocked is in any output ---------------------------------------

LONG_ENOUGH = 6
PATIENT = samples.patient()


def of_patient(documents, first_id: int) -> list[apd.AppointmentDocument]:
    """The documents as the patient's, each with ids of its own."""
    return [
        attrs.evolve(
            one,
            id=samples.medcom_id(first_id + 2 * number),
            appointment=attrs.evolve(
                one.appointment, id=samples.medcom_id(first_id + 2 * number + 1), patient=PATIENT
            ),
        )
        for number, one in enumerate(documents)
    ]


def telling_values(documents) -> set[str]:
    """The values that documents hold, but for short ones, which occur everywhere."""
    schedules = [one.appointment.schedule for one in documents]
    times = {time.isoformat() for when in schedules for time in (when.start, when.end) if time}
    values = set().union(times, *map(kit.texts_in, documents))
    return {value for value in values if len(value) >= LONG_ENOUGH}


SOME = st.lists(apd_st.documents(), min_size=1, max_size=2)


@given(SOME, SOME)
def test_nothing_blocked_is_in_any_output(shown, hidden) -> None:
    """What the infrastructure withholds stands neither in the value nor in what is made of it.

    Once the block is lifted the same search finds it, so it would have found it before.
    """
    shown, hidden = of_patient(shown, 10**30), of_patient(hidden, 2 * 10**30)
    replaced = ov.RegisteredDocument(document(1), replaced_by=hidden[0].id)
    made = overview(*shown, ov.Withheld(), replaced, viewer=kit.NURSE)
    everything = outputs(made)
    plain = outputs(overview(*shown, viewer=kit.NURSE))
    secrets = {
        secret
        for secret in telling_values(hidden) - telling_values(shown)
        if not any(secret in output for output in plain)
    }
    assert not {secret for secret in secrets if any(secret in one for one in everything)}
    lifted = outputs(lift(made, *shown, *hidden).overview)
    assert {one.appointment.id.value for one in hidden} <= secrets
    assert all(any(one.appointment.id.value in output for output in lifted) for one in hidden)


def outputs(made: ov.Overview) -> tuple[str, ...]:
    """All that can be made of an overview, and all that is in it."""
    whole = pickle.dumps(made).decode("utf-8", "replace")
    return kit.as_json(made), repr(made), json.dumps(made.record.as_data()), whole
