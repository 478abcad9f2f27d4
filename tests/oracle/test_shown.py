"""What an overview shows, and to whom, for random documents of a registry."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

import pytest
from hypothesis import strategies as st
from lxml import etree

import apd
from apd import overview as ov
from tests import samples
from tests.oracle import times as t
from tests.oracle.agreeing import agree, on_scenarios
from tests.oracle.expected import shown
from tests.oracle.expected.shown import Version, Viewer

PATIENTS = {"Solveig": samples.CPR, "Asta": "2512489996"}
STREET = "Birkelunden 12"
HOME = samples.address(lines=[STREET], use=apd.AddressUse.HOME)
HOUR, DAY = 60 * t.MINUTE, 24 * 60 * t.MINUTE
INDICATIVE = "vejledende"
"""The word of table 2 for times that are indicative."""


class Scene(NamedTuple):
    """What the registry has, and who looks when at whose appointments."""

    versions: Sequence[Version]
    viewer: Viewer
    patient: str
    now: datetime.datetime
    has_blocked: bool


_PHONES = st.none() | st.integers(0, 9).map(lambda number: f"7000000{number}")
_LASTS = st.sampled_from([None, t.MINUTE, HOUR, 9 * HOUR, 3 * DAY])
_STATUSES = st.sampled_from([*4 * ["active"], "cancelled", "completed", "nullified"])


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """A patient's documents, and some of another one."""
    now = draw(t.moments())
    versions = [
        draw(_versions(now, number)) for number in range(draw(st.sampled_from([0, *range(3, 8)])))
    ]
    role = draw(st.sampled_from(["patient", "proxy", "professional"]))
    own = draw(st.sampled_from([*5 * ["Solveig"], "Asta"]))
    viewer = Viewer(role, None if role == "professional" else own)
    return Scene(versions, viewer, "Solveig", now, draw(st.booleans()))


@st.composite
def _versions(draw: st.DrawFn, now: datetime.datetime, number: int) -> Version:
    start = now + draw(st.integers(-4000, 4000)) * t.MINUTE * draw(st.sampled_from([0, 1, 1]))
    lasts = draw(_LASTS)
    appointment = draw(st.sampled_from("abcd"))
    return Version(
        appointment=appointment,
        document=str(number),
        made=now - DAY + draw(st.permutations(range(7)))[0] * HOUR + number * t.MINUTE,
        patient="Asta" if appointment == "d" else "Solveig",
        start=start,
        end=None if lasts is None else start + lasts,
        approved=draw(st.sampled_from([*3 * [True], False])),
        replaced=draw(st.sampled_from([*3 * [False], True])),
        status=draw(_STATUSES),
        indicative=draw(st.booleans()),
        repeats=draw(st.booleans()),
        at_home=draw(st.booleans()),
        protected=draw(st.sampled_from([False, False, True])),
        performer_phone=draw(_PHONES),
        place_phone=draw(_PHONES),
    )


def _registered(one: Version) -> ov.RegisteredDocument:
    phone, place_phone = _telecoms(one.performer_phone), _telecoms(one.place_phone)
    stands_with_unit = int(one.document) % 2 == 0
    unit = apd.Organization(
        name="Ortopædkirurgisk Ambulatorium", telecoms=phone if stands_with_unit else ()
    )
    place = {"telecom": place_phone[0] if place_phone else None}
    appointment = samples.appointment(
        id=_appointment_id(one.appointment),
        patient=samples.patient(id=apd.CprNumber(PATIENTS[one.patient]), address=HOME, telecoms=()),
        schedule=apd.Schedule(one.start, one.end, indicative=one.indicative),
        performer=samples.performer(organization=unit, telecoms=() if stands_with_unit else phone),
        responsible=samples.responsible(telecoms=()),
        location=apd.HomeLocation(address=HOME, **place)
        if one.at_home
        else samples.location(**place),
        repetition=apd.Repetition(samples.medcom_id(5)) if one.repeats else None,
        status=apd.Status(one.status),
    )
    id = samples.medcom_id(int(one.document))
    document = samples.document(id=id, time=one.made, appointment=appointment)
    return ov.RegisteredDocument(
        ov.without_address(document) if one.protected else document,
        ov.Availability.APPROVED if one.approved else ov.Availability.DEPRECATED,
        replaced_by=samples.medcom_id(99) if one.replaced else None,
    )


def _telecoms(phone: str | None) -> list[apd.Telecom]:
    return [apd.Telecom.phone(phone)] if phone else []


def _appointment_id(name: str) -> apd.MedComId:
    return samples.medcom_id(1000 + ord(name))


def _viewer(viewer: Viewer) -> ov.Viewer:
    name = apd.PersonName(["Bodil"], "Egeskov")
    if viewer.patient is None:
        return ov.ProfessionalViewer(name, apd.Organization(name="Ortopædkirurgisk Afdeling"))
    own = apd.CprNumber(PATIENTS[viewer.patient])
    return ov.PatientViewer(own) if viewer.role == "patient" else ov.ProxyViewer(name, own)


def _the_overview(scene: Scene) -> None:
    entries: list[ov.Entry] = [_registered(one) for one in scene.versions]
    if scene.has_blocked:
        entries.append(ov.Withheld())
    viewer = _viewer(scene.viewer)
    patient = apd.CprNumber(PATIENTS[scene.patient])
    if not shown.may_see(scene.viewer, scene.patient):
        with pytest.raises(ov.NotAllowed):
            ov.make_overview(entries, viewer=viewer, patient=patient, now=scene.now)
        return
    found = ov.make_overview(entries, viewer=viewer, patient=patient, now=scene.now)
    expected = shown.shown(scene.versions, scene.patient, scene.now)
    assert {one.key: _shown(one) for one in found.appointments} == {
        _appointment_id(id).value: one for id, one in expected.items()
    }
    starts = [one.start for one in found.appointments]
    assert starts == sorted(starts)
    assert found.has_withheld == scene.has_blocked
    assert any(notice.key == "withheld" for notice in found.notices) == scene.has_blocked
    if shown.must_not_edit(scene.viewer):
        assert not viewer.may_edit


def _shown(one: ov.ShownAppointment) -> shown.Shown:
    stated = " ".join(text for line in one.lines for text in line.texts)
    xml = etree.fromstring(apd.dumps(one.document, check=False))
    readable = " ".join(next(xml.iter("{urn:hl7-org:v3}text")).itertext())
    assert _phones(readable) == _phones(stated)
    assert (STREET in readable) == (STREET in stated)
    id = one.document.id
    assert isinstance(id, apd.MedComId)
    return shown.Shown(
        document=str(int(id.value.replace("-", ""), 16)),
        phase=one.phase.value,
        types=frozenset(int(type.value) for type in one.appointment.types),
        is_called_indicative=any(INDICATIVE in caution for caution in one.cautions),
        phones=_phones(stated),
        shows_home=STREET in stated,
    )


def _phones(stated: str) -> frozenset[str]:
    together = stated.replace(" ", "")
    return frozenset(phone for phone in map("7000000{}".format, range(10)) if phone in together)


@on_scenarios(40, 2000)
def test_the_overview(times: int) -> None:
    agree(_the_overview, scenes(), times)
