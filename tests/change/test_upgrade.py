"""Lifting older releases: what is done, what is asked for, and that the result is valid."""

import re
from typing import Any, get_type_hints

import pytest
from attrs import evolve
from hypothesis import given, settings

import apd
from apd.change import Answers, Upgrade, upgrade
from apd.change.upgrade_inputs import ANSWERS, answers_for
from apd.testing import strategies as apd_st
from tests import samples
from tests.cda.test_older_releases import BEFORE_2, OLDER, Older, plain
from tests.places import EXAMPLES, needs_examples

UUID = "0b0c54c5-6c1e-4f0c-9a2c-3d0a9f8e7b61"
NEW_ID = apd.MedComId("9f0c7a52-4f0e-4d3a-9a55-0c6d2e8f9b11")
PAPERS: Answers = {"id": NEW_ID, "time": apd.local_time(2026, 11, 2, 9, 30)}
ALL = {
    **PAPERS,
    "version_number": 3,
    "category": apd.Category.REGIONAL,
    "performer_telecom": apd.Telecom.phone("65000004"),
    "episode_label": apd.Code("ALAL01", apd.Oid.SKS, "Kræft"),
    "episode_ids": (apd.EpisodeId(UUID),),
    "location_id": apd.SorCode("333333000016001"),
}


def asked(upgraded: Upgrade) -> list[tuple[str, tuple[str, ...]]]:
    """What is missing, and the answers that give it."""
    return [(lack.path, lack.answers) for lack in upgraded.missing]


# Older releases ------------------------------------------------------------------------------

each = pytest.mark.parametrize("older", OLDER.values(), ids=list(OLDER))


@each
def test_what_an_older_release_lacks_is_asked_for(older: Older) -> None:
    document = evolve(apd.loads(older.data), version_number=None)
    upgraded = upgrade(document)
    assert not upgraded.is_complete
    category = [("appointment.category", ("category",))] if older.release in BEFORE_2 else []
    assert asked(upgraded) == [("id", ("id",)), ("time", ("time",)), *category]
    assert upgraded.document.release == apd.Release.V2_0_1


@each
def test_with_the_answers_it_is_valid(older: Older) -> None:
    document = evolve(apd.loads(older.data), version_number=None)
    upgraded = upgrade(document, **PAPERS, category=apd.Category.REGIONAL)
    assert upgraded.is_complete
    written = apd.dumps(upgraded.document)
    assert apd.validate(written).is_valid
    again = apd.loads(written)
    assert again.release == apd.Release.V2_0_1
    assert again.appointment == evolve(older.appointment, category=apd.Category.REGIONAL)
    assert (again.id, again.time) == (NEW_ID, PAPERS["time"])


@each
def test_what_was_done_is_reported_in_both_languages(older: Older) -> None:
    upgraded = upgrade(apd.loads(older.data), **PAPERS, category=apd.Category.MUNICIPAL)
    reported = {step.path: step.wording for step in upgraded.steps}
    assert reported["release"].da.startswith("Versionen af DK-APD er ændret fra DK-APD")
    assert reported["release"].en.endswith("to DK-APD 2.0.1.")
    assert "id" in reported
    assert ("appointment.requester" in reported) is (older.release in BEFORE_2)
    assert "Kommunal aftale" in reported["appointment.category"].da
    wordings = [wording for step in upgraded.steps for wording in step.wording]
    assert not any(samples.CPR in wording or "Solveig" in wording for wording in wordings)


@settings(max_examples=max(1, settings.default.max_examples // 3))
@given(document=apd_st.documents())
def test_any_document_of_1_1_is_lifted(document: apd.AppointmentDocument) -> None:
    older = OLDER["1.1"]._replace(document=plain(document))
    read = apd.loads(older.data)
    category = document.appointment.category or apd.Category.REGIONAL
    number = 8 if read.version_number == 7 else 7
    upgraded = upgrade(read, **PAPERS, category=category, version_number=number)
    assert upgraded.is_complete
    again = apd.loads(apd.dumps(upgraded.document))
    assert again.appointment == older.document.appointment


@needs_examples
@pytest.mark.parametrize("name", [path.name for path in sorted(EXAMPLES.glob("*.xml"))])
def test_official_examples_are_lifted(name: str) -> None:
    try:
        document = apd.load(EXAMPLES / name)
    except apd.ParseError:
        assert "No_Time_Place" in name  # there is no appointment in it
        return
    bare = upgrade(document)
    for lack in bare.missing:
        assert lack.answers, lack.path
    answers: Any = {name: ALL[name] for lack in bare.missing for name in lack.answers}
    upgraded = upgrade(document, **answers)
    assert upgraded.is_complete
    assert apd.validate(apd.dumps(upgraded.document)).is_valid
    is_same = apd.dumps(upgraded.document) == (EXAMPLES / name).read_bytes()
    assert bool(upgraded.steps) is not is_same


# 2.0.1 -------------------------------------------------------------------------------------------


def test_a_valid_document_stays_what_it_is() -> None:
    document = samples.full_document()
    upgraded = upgrade(document)
    assert (upgraded.document, upgraded.steps, upgraded.missing) == (document, (), ())
    assert upgraded.is_complete


def test_an_answer_takes_the_place_of_what_is_there() -> None:
    upgraded = upgrade(samples.document(), **PAPERS, category=apd.Category.PRACTITIONER)
    assert upgraded.document.appointment.category is apd.Category.PRACTITIONER
    (step,) = [one for one in upgraded.steps if one.path == "appointment.category"]
    assert step.wording.en == (
        "The category was changed from Regional appointment to Practitioner appointment."
    )


def test_a_version_number_goes_on() -> None:
    document = evolve(samples.full_document(), release=apd.Release.V2_0)
    assert ("version_number", ("version_number",)) in asked(upgrade(document, **PAPERS))
    upgraded = upgrade(document, **PAPERS, version_number=3)
    assert upgraded.is_complete
    assert upgraded.document.set_id == document.set_id


def test_deviations_that_are_forbidden_go_and_others_stay() -> None:
    data = apd.dumps(samples.document())
    wrong = data.replace(b'realmCode code="DK"', b'realmCode code="SE"')
    odd = wrong.replace(b"<title>", b'<title mediaType="text/plain">', 1)
    document = apd.loads(odd)
    upgraded = upgrade(document, **PAPERS)
    assert upgraded.is_complete
    written = apd.dumps(upgraded.document)
    assert b'realmCode code="DK"' in written
    assert b'mediaType="text/plain"' in written
    (step,) = [one for one in upgraded.steps if one.path.startswith("/")]
    assert step.path == "/ClinicalDocument/realmCode"


def test_elements_in_a_wrong_order_take_nothing_else_with_them() -> None:
    usual = re.compile(
        rb"(<representedCustodianOrganization[^>]*>\s*)(<id [^>]*>\s*)(<name>.*?</name>)"
    )
    data = usual.sub(rb"\1\3\2", apd.dumps(samples.document()))
    data = data.replace(b"<performer", b"<!-- a note --><performer", 1)
    assert not apd.validate(data).is_valid

    upgraded = upgrade(apd.loads(data), **PAPERS)

    assert upgraded.is_complete
    assert b"<!-- a note -->" in apd.dumps(upgraded.document)
    (step,) = [one for one in upgraded.steps if one.path.startswith("/")]
    assert step.path.startswith("/ClinicalDocument/custodian/")


def test_what_should_be_there_is_advised() -> None:
    bare = samples.document(
        appointment=samples.appointment(
            performer=samples.performer(telecoms=()), location=samples.location(telecom=None)
        )
    )
    advised = {lack.path: lack.answers for lack in upgrade(bare).advised}
    assert advised == {
        "set_id": ("set_id",),
        "appointment.performer.telecoms": ("performer_telecom",),
        "appointment.location.telecom": ("location_telecom",),
    }


# Answers -----------------------------------------------------------------------------------------


def test_whatever_is_demanded_can_be_answered() -> None:
    least = samples.document(
        id=None,
        custodian=apd.Custodian(id=None),
        confidentiality=None,
        appointment=samples.appointment(
            id=None,
            category=None,
            reason=None,
            responsible=None,
            performer=apd.Performer(id=None),
            location=apd.SorLocation(),
            requester=apd.Requester(id=None),
            episode_of_care=apd.EpisodeOfCare([]),
            status=None,
        ),
    )
    errors = apd.validate(least).errors
    fields = {found.field for found in errors if found.layer is not apd.Layer.SCHEMA}
    assert len(fields) >= 12
    assert [field for field in fields if not answers_for(field)] == []
    assert set(ANSWERS) == set(get_type_hints(Answers))


def test_parts_that_are_missing_are_made() -> None:
    empty = samples.document(
        custodian=None,
        appointment=samples.appointment(
            id=None, reason=None, responsible=None, performer=None, location=None, status=None
        ),
    )
    answers: Any = {
        name: {
            "reason": apd.Reason("Kontrol"),
            "status": apd.Status.ACTIVE,
            "appointment_id": apd.MedComId(UUID),
        }.get(name, f"{name}" if name.endswith("_name") else apd.SorCode("333333000016001"))
        for lack in upgrade(empty).missing
        for name in lack.answers
        if name not in PAPERS
    }
    upgraded = upgrade(empty, **PAPERS, **answers)
    assert upgraded.is_complete
    appointment = apd.loads(apd.dumps(upgraded.document)).appointment
    assert appointment.performer is not None
    assert appointment.performer.organization == apd.Organization(name="performer_name")
    assert isinstance(appointment.location, apd.SorLocation)
    assert upgraded.document.custodian == apd.Custodian(id=apd.SorCode("333333000016001"))


def test_answers_that_are_wrong() -> None:
    document = samples.document()
    with pytest.raises(TypeError, match=r"has no argument 'colour'; the possible ones are id, "):
        upgrade(document, colour="red")  # type: ignore[call-arg]
    with pytest.raises(apd.InvalidValue, match=r"Appointment\.category"):
        upgrade(document, category="region")  # type: ignore[arg-type]


# how an answer is given as a text, and what it becomes
READ = [
    ("category", "kommune", apd.Category.MUNICIPAL),
    ("category", "PractitionerAppointment", apd.Category.PRACTITIONER),
    ("id", UUID, apd.MedComId(UUID)),
    ("time", "2026-11-02T09:30", apd.local_time(2026, 11, 2, 9, 30)),
    ("time", "2026-11-02T08:30:00+00:00", apd.local_time(2026, 11, 2, 9, 30)),
    ("version_number", "2", 2),
    ("status", "active", apd.Status.ACTIVE),
    ("confidentiality", "R", apd.Confidentiality.RESTRICTED),
    ("language", "da-DK", "da-DK"),
    ("reason", "Kontrol", apd.Reason("Kontrol")),
    ("patient_id", "050312-9900", apd.CprNumber(samples.CPR)),
    ("responsible_id", "123", apd.SorCode("123")),
    ("responsible_id", "yder:012345", apd.ProviderNumber("012345")),
    ("performer_id", "provider:012345", apd.ProviderNumber("012345")),
    ("performer_telecom", "65 00 00 04", apd.Telecom.phone("65000004")),
    ("performer_telecom", "mailto:a@example.dk", apd.Telecom("mailto:a@example.dk")),
    ("episode_label", "ALAL21 Ondt i knæ", apd.Code("ALAL21", apd.Oid.SKS, "Ondt i knæ")),
    ("episode_label", "ALAL21", apd.Code("ALAL21", apd.Oid.SKS)),
    ("episode_ids", f"{UUID},{UUID}", (apd.EpisodeId(UUID), apd.EpisodeId(UUID))),
]


@pytest.mark.parametrize(("name", "text", "value"), READ)
def test_answers_are_read_from_texts(name: str, text: str, value: object) -> None:
    assert ANSWERS[name].read(text) == value


def test_new_ids_are_made() -> None:
    made = {ANSWERS["id"].read("new"), ANSWERS["id"].read("ny")}
    assert len(made) == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("category", "amt"),
        ("id", "17"),
        ("time", "i morgen"),
        ("version_number", "to"),
        ("status", "aktiv"),
        ("location_id", "A1"),
        ("performer_id", "yder:x"),
        ("performer_telecom", "tel:"),
        ("episode_ids", "1,2"),
        ("patient_id", "1"),
    ],
)
def test_texts_that_are_no_answer(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        ANSWERS[name].read(text)


def test_every_answer_has_a_hint() -> None:
    assert all(all(answer.hint) for answer in ANSWERS.values())
