"""F1: the telephones of the place and of the performer, alike wherever an appointment is shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from lxml import etree

import apd
from apd import overview as ov
from apd.overview import html, ics
from apd.testing import strategies as apd_st
from apd.text.appointment import lines_of
from tests import samples
from tests.cli.inside import call_inside
from tests.overview import kit
from tests.overview.reading_ics import lines as unfolded

NUMBER = "65998877"
PHONE = apd.Telecom.phone(NUMBER)
EMAIL = apd.Telecom.email("kontakt@example.dk")
_NONE: dict[str, Any] = {
    "location": samples.location(telecom=None),
    "performer": samples.performer(telecoms=()),
}
CLINIC = apd.Organization(name="Ambulatoriet", telecoms=[EMAIL, PHONE])

# Where the number stands: what an appointment without one has instead.
STANDS: dict[str, dict[str, Any]] = {
    "a place in SOR": {"location": samples.location(telecom=PHONE)},
    "a place outside SOR": {"location": apd.OtherLocation(name="Hallen", telecom=PHONE)},
    "at home": {"location": apd.HomeLocation(telecom=PHONE)},
    "the performer": {"performer": samples.performer(telecoms=[EMAIL, PHONE])},
    "the performer's organisation": {
        "performer": samples.performer(telecoms=(), organization=CLINIC)
    },
    "the organisation beside an e-mail of the performer": {
        "performer": samples.performer(telecoms=[EMAIL], organization=CLINIC)
    },
    "the organisation beside another number of the performer": {
        "performer": samples.performer(organization=CLINIC)
    },
}


def made(case: str) -> apd.AppointmentDocument:
    return kit.document(1, **{**_NONE, **STANDS[case]})


def readable(document: apd.AppointmentDocument) -> str:
    """The readable text of what is written."""
    root = etree.fromstring(apd.dumps(document, check=False))
    text = next(root.iter("{urn:hl7-org:v3}text"))
    return "".join(map(str, text.itertext()))


def calendar_contacts(document: apd.AppointmentDocument) -> str:
    lines = unfolded(ics.calendar(kit.overview(document)).decode())
    return "\n".join(line for line in lines if line.startswith("CONTACT"))


def lines_text(document: apd.AppointmentDocument) -> str:
    lines = lines_of(document, "da")
    return "\n".join(text for line in lines for text in line.texts)


VIEWS: dict[str, Callable[[apd.AppointmentDocument], str]] = {
    "readable text": readable,
    "lines": lines_text,
    "data": lambda document: str(ov.as_data(kit.overview(document))),
    "page": lambda document: html.page(kit.overview(document)),
    "page of the document": html.document_page,
    "calendar": lambda document: ics.calendar(kit.overview(document)).decode(),
    "calendar's contacts": calendar_contacts,
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("case", STANDS)
def test_it_is_shown(case: str, view: str) -> None:
    assert NUMBER not in VIEWS[view](kit.document(1, **_NONE))
    assert NUMBER in VIEWS[view](made(case)).replace("\r\n ", "")


@pytest.mark.parametrize("command", [["show"], ["overview", "--now", "2026-03-01"]])
@pytest.mark.parametrize("case", STANDS)
def test_it_is_printed(
    case: str, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "d.xml"
    path.write_bytes(apd.dumps(made(case), check=False))
    assert f"Telefon {NUMBER}" in call_inside(monkeypatch, *command, path).out


@pytest.mark.parametrize("case", STANDS)
def test_that_it_is_another_is_stated(case: str) -> None:
    one, other = kit.document(1, **_NONE), made(case)
    changes = list(apd.diff(one, other).lines(personal=True))
    assert any(NUMBER in line for line in changes), changes


@pytest.mark.parametrize("case", STANDS)
def test_it_counts(case: str) -> None:
    """For the rules of F1, for what an upgrade advises, and in the model."""
    document = made(case)
    missing = {"BR-F1-PERFORMER", "BR-F1-LOCATION"}
    found = apd.validate(apd.dumps(document, check=False)).findings
    lacks = {finding.rule for finding in found} & missing
    appointment = document.appointment
    assert PHONE in appointment.telephones
    has_it = {
        "BR-F1-PERFORMER": bool(appointment.performer and appointment.performer.telephones),
        "BR-F1-LOCATION": not isinstance(appointment.location, apd.SorLocation)
        or bool(appointment.location.telephones),
    }
    assert lacks == {rule for rule in missing if not has_it[rule]}


def test_a_number_that_is_no_longer_valid_is_marked_as_such() -> None:
    bad = evolve(PHONE, use=apd.TelecomUse.BAD)
    document = kit.document(1, location=samples.location(telecom=bad))
    assert f"tlf. {NUMBER} (gælder ikke længere)" in readable(document)


def test_of_several_telecoms_a_place_has_the_telephone() -> None:
    """The model has one telecom of a place: what is to be shown goes before anything else."""
    document = kit.document(1, location=apd.OtherLocation(name="Hallen", telecom=PHONE))
    data = apd.dumps(document)
    two = data.replace(
        f'<telecom use="WP" value="tel:{NUMBER}"/>'.encode(),
        f'<telecom value="mailto:a@example.dk"/><telecom use="WP" value="tel:{NUMBER}"/>'.encode(),
    )
    assert two != data
    read = apd.loads(two)
    assert read.appointment.telephones == document.appointment.telephones
    assert apd.dumps(read, check=False) == two


@given(apd_st.documents(complete=False))
def test_whatever_telephones_there_are_are_readable(document: apd.AppointmentDocument) -> None:
    text, lines = readable(document), lines_text(document)
    for phone in document.appointment.telephones:
        assert f"tlf. {phone.address}" in text
        assert f"Telefon {phone.address}" in lines
