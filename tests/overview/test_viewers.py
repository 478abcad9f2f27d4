"""Who may see what, and the record that looking leaves."""

import json

import pytest

import apd
from apd import overview as ov
from tests import samples
from tests.model.refusal import assert_silent
from tests.overview import kit
from tests.overview.kit import document, overview

SOMEBODY_ELSE = apd.CprNumber("2512489996")


@pytest.mark.parametrize(
    ("viewer", "may_edit", "may_lift", "role"),
    [
        (kit.SELF, False, False, "patient"),
        (kit.DAUGHTER, False, False, "proxy"),
        (kit.NURSE, True, True, "professional"),
    ],
)
def test_what_a_viewer_may(viewer, may_edit, may_lift, role) -> None:
    assert (viewer.may_edit, viewer.may_lift, viewer.role) == (may_edit, may_lift, role)


def test_a_proxy_reads_what_the_patient_reads() -> None:
    """Rule #9."""
    documents = samples.full_document(), document(3)
    of_patient, of_proxy = overview(*documents), overview(*documents, viewer=kit.DAUGHTER)
    assert of_proxy.appointments == of_patient.appointments
    assert of_proxy.overlaps == of_patient.overlaps


@pytest.mark.parametrize(
    "viewer",
    [
        ov.PatientViewer(SOMEBODY_ELSE),
        ov.ProxyViewer(apd.PersonName(["Karla"], "Tranekær"), SOMEBODY_ELSE),
    ],
)
def test_nobody_sees_the_overview_of_a_stranger(viewer) -> None:
    with pytest.raises(ov.NotAllowed) as caught:
        overview(document(1), viewer=viewer)
    assert isinstance(caught.value, apd.ApdError)
    assert_silent(caught.value, samples.CPR, SOMEBODY_ELSE.value, "Tranekær")
    with pytest.raises(ov.NotAllowed):
        overview(viewer=viewer, patient=kit.PATIENT)


def test_the_patients_number_may_be_spaced() -> None:
    spaced = apd.CprNumber("050312-9900")
    assert overview(document(1), viewer=ov.PatientViewer(spaced)).appointments


@pytest.mark.parametrize(
    "name",
    [
        apd.PersonName(["Bodil"]),
        apd.PersonName(family="Egeskov"),
        apd.PersonName(prefix=["Læge"], family="Egeskov"),
    ],
)
def test_a_professional_gives_the_full_name(name) -> None:
    """F3: the law asks for it in the log."""
    with pytest.raises(apd.InvalidValue, match="full name"):
        ov.ProfessionalViewer(name)


def test_a_name_is_a_name() -> None:
    with pytest.raises(apd.InvalidValue):
        ov.ProfessionalViewer("Bodil Egeskov")


ORGANIZATION = apd.Organization(name="Afdeling H", id=apd.SorCode("111111000016003"))


@pytest.mark.parametrize(
    ("viewer", "data"),
    [
        (
            kit.SELF,
            {
                "role": "patient",
                "id": {"root": "1.2.208.176.1.2", "extension": samples.CPR},
            },
        ),
        (kit.DAUGHTER, {"role": "proxy", "id": None, "name": "Karla Tranekær"}),
        (
            ov.ProfessionalViewer(
                apd.PersonName(["Bodil"], "Egeskov"), ORGANIZATION, apd.Identifier("1.2.3", "B12")
            ),
            {
                "role": "professional",
                "id": {"root": "1.2.3", "extension": "B12"},
                "name": "Bodil Egeskov",
                "organization": {
                    "id": {"root": "1.2.208.176.1.1", "extension": "111111000016003"},
                    "name": "Afdeling H",
                },
            },
        ),
        (
            ov.ProfessionalViewer(apd.PersonName(["Bodil"], "Egeskov")),
            {
                "role": "professional",
                "id": None,
                "name": "Bodil Egeskov",
                "organization": None,
            },
        ),
    ],
)
def test_the_record_of_a_viewing(viewer, data) -> None:
    made = overview(document(1), viewer=viewer)
    assert made.record.as_data() == {
        "event": "viewing",
        "time": "2026-03-05T12:00:00+01:00",
        "viewer": data,
        "patient": {"root": "1.2.208.176.1.2", "extension": samples.CPR},
    }
    json.dumps(made.record.as_data())


@pytest.mark.parametrize("viewer", [kit.SELF, kit.DAUGHTER, kit.NURSE])
def test_no_repr_shows_anybody(viewer) -> None:
    made = overview(samples.full_document(), viewer=viewer)
    record = made.record
    lift = ov.LiftRecord(
        kit.NURSE, kit.PATIENT, kit.NOW, ov.LiftGround.EMERGENCY, "Fundet bevidstløs"
    )
    notices, groups, days = made.notices, made.groups(), made.days
    values = (made, viewer, record, lift, *made.appointments, *notices, *groups, *days)
    lines = [line for shown in made.appointments for line in (*shown.lines, *shown.lines[0].parts)]
    shown = " ".join(map(repr, (*values, *lines))) + " ".join(map(str, (*values, *lines)))
    for secret in (
        *(samples.CPR, "Solveig", "Tranekær", "Birkelunden", "65000001", "Genoptræning"),
        *("Karla", "Bodil", "Egeskov", "bevidstløs", "Ahornparken"),
    ):
        assert secret not in shown
