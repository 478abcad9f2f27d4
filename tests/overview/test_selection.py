"""Which appointments an overview shows."""

import random

import attrs
import pytest

import apd
from apd import overview as ov
from apd.overview import ics
from apd.wording import Wording
from tests import samples
from tests.overview import kit
from tests.overview.kit import document, overview, schedule

APPROVED, DEPRECATED = ov.Availability.APPROVED, ov.Availability.DEPRECATED
SOON = schedule("2026-03-10 10:00", "10:30")
NEW_ID = samples.medcom_id(99)


def with_status(status: apd.Status | None) -> apd.AppointmentDocument:
    return document(1, SOON, status=status)


@pytest.mark.parametrize(
    ("entry", "shown", "cancelled"),
    [
        pytest.param(ov.RegisteredDocument(document(1, SOON)), 1, 0, id="approved and active"),
        pytest.param(ov.RegisteredDocument(document(1, SOON), DEPRECATED), 0, 1, id="deprecated"),
        pytest.param(
            ov.RegisteredDocument(document(1, SOON), replaced_by=NEW_ID), 0, 0, id="replaced"
        ),
        pytest.param(
            ov.RegisteredDocument(document(1, SOON), DEPRECATED, replaced_by=NEW_ID),
            *(0, 0),
            id="deprecated as it was replaced",
        ),
        *(
            pytest.param(
                ov.RegisteredDocument(with_status(status)),
                *(0, status in ("aborted", "cancelled", "nullified", "obsolete")),
                id=f"status {status}",
            )
            for status in (*apd.Status, None)
            if status is not apd.Status.ACTIVE
        ),
    ],
)
def test_only_what_stands_is_shown(entry, shown, cancelled) -> None:
    made = overview(entry)
    assert len(made.appointments) == shown
    assert len(made.cancelled) == cancelled
    assert len(made.days) == shown
    if not shown:
        assert "Kontrol af knæ" not in str(
            [line.texts for a in made.appointments for line in a.lines]
        )


def version(number: int, reason: str, **changes) -> apd.AppointmentDocument:
    made = document(
        number,
        SOON,
        reason=apd.Reason(reason),
        time=apd.local_time(2026, 2, number),
        version_number=number,
        **changes,
    )
    appointment = attrs.evolve(made.appointment, id=samples.medcom_id(77))
    return attrs.evolve(made, appointment=appointment)


def test_the_newest_of_two_versions_that_both_stand_by_mistake() -> None:
    versions = [version(1, "Gammel"), version(2, "Mellem"), version(3, "Ny")]
    random.Random(5).shuffle(versions)
    (shown,) = overview(*versions).appointments
    assert shown.about == "Ny"
    assert shown.remarks == (ov.Remark.SEVERAL_VERSIONS,)
    assert shown.sequence == 2
    caution = "Der står flere versioner af aftalen i registret. Her vises den nyeste."
    assert caution in shown.cautions
    assert kit.line(shown, "note").texts == shown.cautions
    (shown,) = overview(*versions, language="en").appointments
    assert (
        "There are several versions of the appointment in the registry. The newest is shown."
        in shown.cautions
    )


@pytest.mark.parametrize("lacks", ["time", "version_number"])
def test_a_version_that_does_not_say_when_it_was_made_is_older(lacks) -> None:
    """Whatever the order given, and by its number only where the times are the same."""
    when = apd.local_time(2026, 2, 1)
    reported = attrs.evolve(version(1, "Ny"), time=when)
    mute = attrs.evolve(version(2, "Gammel"), **{"time": when, "version_number": 2, lacks: None})
    for entries in ([reported, mute], [mute, reported]):
        assert [shown.about for shown in overview(*entries).appointments] == ["Ny"]


def test_the_sequence_without_version_numbers_counts_what_is_here() -> None:
    alone = attrs.evolve(version(1, "Ny"), version_number=None)
    assert overview(alone).appointments[0].sequence == 0
    assert overview(alone, version(1, "Gammel")).appointments[0].sequence == 1


def test_versions_whose_ids_are_in_other_letters_are_one_appointment() -> None:
    older, newer = version(1, "Gammel"), version(2, "Ny")
    upper = apd.MedComId(newer.appointment.id.value.upper())
    newer = attrs.evolve(newer, appointment=attrs.evolve(newer.appointment, id=upper))
    assert [shown.about for shown in overview(older, newer).appointments] == ["Ny"]


def test_one_that_is_replaced_is_not_called_a_version() -> None:
    old = ov.RegisteredDocument(version(1, "Gammel"), DEPRECATED, replaced_by=samples.medcom_id(2))
    made = overview(old, version(2, "Ny"))
    (shown,) = made.appointments
    assert (shown.about, shown.remarks, shown.sequence) == ("Ny", (), 1)
    assert not made.cancelled


def test_a_newer_version_that_was_withdrawn_is_reported() -> None:
    newer = ov.RegisteredDocument(version(2, "Ny"), DEPRECATED)
    (shown,) = overview(version(1, "Gammel"), newer).appointments
    assert shown.about == "Gammel"
    assert shown.remarks == (ov.Remark.NEWER_WITHDRAWN,)


def test_a_newest_version_that_is_cancelled_cancels_the_appointment() -> None:
    made = overview(version(1, "Gammel"), version(2, "Ny", status=apd.Status.CANCELLED))
    assert not made.appointments
    assert [shown.about for shown in made.cancelled] == ["Ny"]


def test_one_replaced_by_an_appointment_that_is_here_is_cancelled() -> None:
    moved = ov.RegisteredDocument(document(1, SOON), replaced_by=samples.medcom_id(2))
    made = overview(moved, document(2, schedule("2026-03-11 10:00", "10:30")))
    assert [len(made.appointments), len(made.cancelled)] == [1, 1]


def test_appointments_without_ids_are_all_shown() -> None:
    nameless = attrs.evolve(document(1, SOON, id=None), id=None)
    keys = {shown.key for shown in overview(nameless, nameless).appointments}
    assert len(keys) == 2


def test_a_key_does_not_show_an_id_that_may_be_personal() -> None:
    personal = apd.Identifier("1.2.3", samples.CPR)
    (shown,) = overview(document(1, SOON, id=personal)).appointments
    assert samples.CPR not in shown.key
    assert shown.key == overview(document(2, SOON, id=personal)).appointments[0].key


@pytest.mark.parametrize("number", [samples.CPR, "251248-9996", f"A-{samples.CPR}-1"])
def test_nobody_finds_a_cpr_number_by_trying_all_of_them(number: str) -> None:
    """Neither a key nor the UUID of a series depends on the number."""
    other = number.replace("9900", "9918").replace("9996", "9988")
    keys, calendars = [], []
    for one in (number, other):
        id = apd.Identifier("1.2.3", one)
        made = overview(document(1, SOON, id=id, repetition=apd.Repetition(id)))
        keys += [shown.key for shown in made.appointments]
        calendars.append(ics.calendar(made))
    assert keys[0] == keys[1]
    assert calendars[0] == calendars[1]
    assert b"REFID" in calendars[0]


def test_ids_that_differ_in_a_cpr_number_alone_are_two_appointments() -> None:
    ids = [apd.Identifier("1.2.3", number) for number in (samples.CPR, "0707809985")]
    documents = [document(number, SOON, id=id) for number, id in enumerate(ids, 1)]
    made, turned = overview(*documents), overview(*documents[::-1])
    keys = {shown.key: shown.appointment.id for shown in made.appointments}
    assert len(keys) == 2
    assert keys == {shown.key: shown.appointment.id for shown in turned.appointments}


OTHER = samples.patient(id=apd.CprNumber("2512489996"))


def test_documents_of_several_patients_are_refused_unless_one_is_named() -> None:
    entries = document(1, SOON), document(2, SOON, patient=OTHER)
    with pytest.raises(apd.InvalidValue, match="several patients") as caught:
        overview(*entries)
    assert samples.CPR not in str(caught.value)
    made = overview(*entries, patient=apd.CprNumber("2512489996"), viewer=kit.NURSE)
    assert [shown.appointment.patient for shown in made.appointments] == [OTHER]


def test_the_patient_is_as_the_newest_document_states() -> None:
    moved = samples.patient(address=samples.address(lines=["Nyvej 2"]))
    old = document(1, SOON, time=apd.local_time(2026, 1, 1))
    new = document(2, SOON, patient=moved, time=apd.local_time(2026, 2, 1))
    assert overview(new, old).patient == moved


def test_no_documents() -> None:
    assert overview().patient.id == kit.PATIENT
    assert overview(viewer=kit.DAUGHTER).patient.id == kit.PATIENT
    assert overview(viewer=kit.NURSE, patient=kit.PATIENT).appointments == ()
    with pytest.raises(apd.InvalidValue, match="patient is not stated"):
        overview(viewer=kit.NURSE)


def test_a_patient_without_a_cpr_number() -> None:
    tourist = apd.Identifier("1.2.3", "AB-12 34")
    patient = samples.patient(id=apd.Identifier("1.2.3", "ab1234"))
    made = overview(document(1, SOON, patient=patient), viewer=ov.PatientViewer(tourist))
    assert len(made.appointments) == 1


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("viewer", "patient"),
        ("language", "sv"),
        ("travel", -kit.datetime.timedelta(1)),
        ("now", kit.datetime.datetime(2026, 3, 5)),
    ],
)
def test_wrong_arguments_are_refused(field, wrong) -> None:
    with pytest.raises(apd.InvalidValue) as caught:
        overview(document(1, SOON), **{field: wrong})
    assert caught.value.field == field


def test_a_bare_document_is_refused() -> None:
    with pytest.raises(apd.InvalidValue, match="RegisteredDocument"):
        ov.make_overview([document(1, SOON)], viewer=kit.SELF, now=kit.NOW)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("document", "<ClinicalDocument/>"),
        ("availability", "approved"),
        ("replaced_by", "1"),
        ("findings", ["wrong"]),
    ],
)
def test_wrong_fields_are_refused(field, wrong) -> None:
    with pytest.raises(apd.InvalidValue) as caught:
        ov.RegisteredDocument(**{"document": document(1, SOON), field: wrong})
    assert caught.value.field == f"RegisteredDocument.{field}"


def test_only_the_document_and_its_status_go_by_their_place() -> None:
    with pytest.raises(TypeError):
        ov.RegisteredDocument(document(1, SOON), APPROVED, ())


def test_findings_come_along() -> None:
    finding = apd.Finding(rule="X", layer=apd.Layer.PROFILE, wording=Wording("da", "en"))
    (shown,) = overview(ov.RegisteredDocument(document(1, SOON), findings=[finding])).appointments
    assert shown.findings == (finding,)


@pytest.mark.parametrize(
    ("when", "now", "phase"),
    [
        (schedule("2026-03-05 12:00", "13:00"), "2026-03-05 11:59", "upcoming"),
        (schedule("2026-03-05 12:00", "13:00"), "2026-03-05 12:00", "ongoing"),
        (schedule("2026-03-05 12:00", "13:00"), "2026-03-05 12:59", "ongoing"),
        (schedule("2026-03-05 12:00", "13:00"), "2026-03-05 13:00", "past"),
        (schedule("2026-03-05 12:00"), "2026-03-05 11:59", "upcoming"),
        (schedule("2026-03-05 12:00"), "2026-03-05 23:59", "ongoing"),
        (schedule("2026-03-05 12:00"), "2026-03-06 00:00", "past"),
        (schedule("2026-03-05 22:00", "2026-03-06 07:00"), "2026-03-06 06:59", "ongoing"),
    ],
)
def test_phases(when, now, phase) -> None:
    made = overview(document(1, when), now=kit.at(now))
    (shown,) = made.appointments
    assert shown.phase == phase
    assert getattr(made, phase) == (shown,)


def test_sorted_by_start_whatever_the_order_given() -> None:
    starts = ["2026-03-05 12:00", "2026-03-05 09:00", "2027-01-01 08:00", "2025-12-31 08:00"]
    documents = [document(n, schedule(start)) for n, start in enumerate(starts)]
    made = overview(*documents)
    assert [shown.start for shown in made.appointments] == sorted(map(kit.at, starts))
    assert made == overview(*reversed(documents))
