"""What has changed between two documents: every field, in words, and what the rules say of it."""

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import apd
from apd.change import Comparison, Kind
from apd.change.comparing import BOOKKEEPING
from apd.testing import strategies as apd_st
from tests import samples

fewer = settings(max_examples=max(1, settings.default.max_examples // 2))
FULL = samples.full_document()
APPOINTMENT = FULL.appointment


def changed(**changes: Any) -> apd.AppointmentDocument:
    """The full document with another appointment."""
    return evolve(FULL, appointment=evolve(APPOINTMENT, **changes))


def differences(
    old: apd.AppointmentDocument, new: apd.AppointmentDocument
) -> list[tuple[str, Kind]]:
    """Where and how two documents differ."""
    compared = apd.diff(old, new)
    all_of_it = (*compared.changes, *compared.bookkeeping, *compared.unmapped)
    return [(change.path, change.kind) for change in all_of_it]


# What is said ---------------------------------------------------------------------------------

LATER = apd.Schedule(apd.local_time(2026, 3, 10, 13, 0), apd.local_time(2026, 3, 10, 13, 30))
OTHER_PLACE = apd.OtherLocation(name="Svømmehallen", address=samples.address(lines=["Åvej 2"]))
EXACT = samples.document()
PLACE = EXACT.appointment.location

# a change, its path and kind, and the sentence in Danish and in English
CHANGES = [
    (
        samples.document(appointment=samples.appointment(schedule=LATER)),
        "appointment.schedule",
        Kind.MOVED,
        "Mødetiden er flyttet fra torsdag den 5. marts 2026 kl. 10.15–10.45 til tirsdag den "
        "10. marts 2026 kl. 13.00–13.30.",
        "The time was moved from Thursday 5 March 2026, 10:15–10:45 to Tuesday 10 March 2026, "
        "13:00–13:30.",
    ),
    (
        samples.document(
            appointment=samples.appointment(schedule=evolve(samples.schedule(), end=None))
        ),
        "appointment.schedule.end",
        Kind.REMOVED,
        "Sluttidspunktet er fjernet: torsdag den 5. marts 2026 kl. 10.45.",
        "The end was removed: Thursday 5 March 2026, 10:45.",
    ),
    (
        samples.document(
            appointment=samples.appointment(schedule=evolve(samples.schedule(), indicative=True))
        ),
        "appointment.schedule.indicative",
        Kind.CHANGED,
        "Vejledende tid er ændret fra nej til ja.",
        "Indicative time was changed from no to yes.",
    ),
    (
        samples.document(appointment=samples.appointment(location=OTHER_PLACE)),
        "appointment.location",
        Kind.CHANGED,
        "Mødestedet er ændret fra et sted i SOR, SOR-kode 333333000016001 til et sted uden for "
        "SOR.",
        "The location was changed from a place in SOR, SOR code 333333000016001 to a place "
        "outside SOR.",
    ),
    (
        samples.document(appointment=samples.appointment(location=evolve(PLACE, name="Indgang 5"))),
        "appointment.location.name",
        Kind.CHANGED,
        "Mødestedets navn er ændret.",
        "The location's name was changed.",
    ),
    (
        samples.document(
            appointment=samples.appointment(
                location=evolve(PLACE, telecom=apd.Telecom.phone("65000009"))
            )
        ),
        "appointment.location.telecom",
        Kind.CHANGED,
        "Mødestedets kontaktoplysning er ændret.",
        "The location's telecom was changed.",
    ),
    (
        samples.document(appointment=samples.appointment(reason=apd.Reason("Blodprøve"))),
        "appointment.reason.text",
        Kind.CHANGED,
        "Årsagen er ændret.",
        "The reason was changed.",
    ),
    (
        samples.document(
            appointment=samples.appointment(
                performer=samples.performer(
                    id=apd.SorCode("555555000016009"),
                    organization=apd.Organization(name="Røntgen"),
                )
            )
        ),
        "appointment.performer",
        Kind.CHANGED,
        "Den udførende er ændret fra Ortopædkirurgisk Ambulatorium, SOR-kode 111111000016003 til "
        "Røntgen, SOR-kode 555555000016009.",
        "The performer was changed from Ortopædkirurgisk Ambulatorium, SOR code 111111000016003 "
        "to Røntgen, SOR code 555555000016009.",
    ),
    (
        samples.document(appointment=samples.appointment(requester=samples.requester())),
        "appointment.requester",
        Kind.ADDED,
        "Rekvirenten er tilføjet: Lægerne på Torvet, SOR-kode 222222000016008.",
        "The requester was added: Lægerne på Torvet, SOR code 222222000016008.",
    ),
    (
        samples.document(
            appointment=samples.appointment(
                patient=samples.patient(address=samples.address(lines=["Åvej 2"]))
            )
        ),
        "appointment.patient.address",
        Kind.CHANGED,
        "Patientens adresse er ændret.",
        "The patient's address was changed.",
    ),
    (
        samples.document(
            appointment=samples.appointment(
                patient=samples.patient(telecoms=samples.patient().telecoms[::-1])
            )
        ),
        "appointment.patient.telecoms",
        Kind.MOVED,
        "Patientens kontaktoplysning står i en anden rækkefølge.",
        "The patient's telecom was put in another order.",
    ),
    (
        samples.document(appointment=samples.appointment(status=apd.Status.CANCELLED)),
        "appointment.status",
        Kind.CHANGED,
        "Status er ændret fra aktiv til aflyst.",
        "The status was changed from active to cancelled.",
    ),
]


@pytest.mark.parametrize(("new", "path", "kind", "da", "en"), CHANGES)
def test_the_text_of_a_change(
    new: apd.AppointmentDocument, path: str, kind: Kind, da: str, en: str
) -> None:
    compared = apd.diff(EXACT, new, "da")
    (change,) = compared.changes
    assert (change.path, change.kind, change.message) == (path, kind, da)
    assert change.describe(language="en") == en
    assert apd.diff(EXACT, new).changes[0].message == en
    assert not compared.is_same


def test_personal_data_are_stated_when_asked_for() -> None:
    new = samples.document(
        appointment=samples.appointment(
            reason=apd.Reason("Blodprøve"),
            patient=samples.patient(birth_date=datetime.date(2012, 3, 6)),
        )
    )
    compared = apd.diff(EXACT, new)
    assert list(compared.lines(personal=True)) == [
        "The patient's date of birth was changed from 5 March 2012 to 6 March 2012.",
        "The reason was changed from Kontrol af knæ to Blodprøve.",
    ]
    assert not any(secret in repr(compared) for secret in ("Kontrol", "Blodprøve", "2012"))


def test_the_same_document() -> None:
    compared = apd.diff(FULL, FULL, "da")
    assert (compared.is_same, compared.changes, compared.bookkeeping) == (True, (), ())
    assert list(compared.lines()) == ["Aftalen er den samme."]


def test_other_people_and_other_appointments_are_stated_first() -> None:
    other = changed(
        id=samples.medcom_id(99), patient=samples.patient(id=apd.CprNumber("0102039999"))
    )
    compared = apd.diff(FULL, other)
    assert (compared.is_same_patient, compared.is_same_appointment) == (False, False)
    assert list(compared.lines())[:2] == [
        "The documents are about two different patients.",
        "The documents are about two different appointments.",
    ]
    assert compared.consequences == ()


def test_a_uuid_in_other_letters_is_the_same_appointment() -> None:
    upper = "5A1D7E42-9B33-4B5E-8F0E-7C2F6D1A9E05"
    one, other = (changed(id=apd.MedComId(id)) for id in (upper, upper.lower()))
    compared = apd.diff(one, other)
    assert compared.is_same_appointment
    assert differences(one, other) == [("appointment.id", Kind.CHANGED)]


def test_bookkeeping_is_reported_separately() -> None:
    newer = evolve(
        FULL,
        id=samples.medcom_id(77),
        time=apd.local_time(2026, 2, 9),
        version_number=3,
        release=apd.Release.V2_0,
        set_id=None,
    )
    compared = apd.diff(FULL, newer)
    assert compared.is_same
    assert compared.changes == ()
    assert {change.path for change in compared.bookkeeping} == BOOKKEEPING - {
        "appointment.responsible.time"
    }


def with_extras(*extras: str) -> apd.AppointmentDocument:
    """The full document with elements before the custodian that nobody knows."""
    data = apd.dumps(FULL).decode().replace("<custodian", f"{''.join(extras)}<custodian", 1)
    return apd.loads(data)


def test_what_is_not_in_the_model_is_reported_by_its_path() -> None:
    b, c, path = "<b/>", "<c/>", "/ClinicalDocument/"
    expected_changes: dict[tuple[str, ...], list[tuple[str, Kind]]] = {
        (b,): [],
        ('<b x="1"/>',): [(f"{path}b", Kind.CHANGED)],
        (): [(f"{path}b", Kind.REMOVED)],
        (b, c): [(f"{path}c", Kind.ADDED)],
    }
    old = with_extras(b)
    for extras, expected in expected_changes.items():
        new = with_extras(*extras)
        assert differences(old, new) == expected
        assert apd.diff(old, new).is_same is (not expected)
    assert differences(with_extras(b, c), with_extras(c, b)) == [(f"{path}b", Kind.MOVED)]
    lines = apd.diff(old, with_extras(), "da").lines()
    assert list(lines) == [f"Uden for modellen er der fjernet noget: {path}b."]


# Every field -----------------------------------------------------------------------------------


def without_each(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every field of a value, and a value like it in which that field says nothing."""
    for field in attrs.fields(type(value)):
        inside, below = getattr(value, field.name), f"{path}.{field.name}".lstrip(".")
        nothing: Any = () if isinstance(inside, tuple) else None
        with suppress(apd.InvalidValue):
            yield below, evolve(value, **{field.name: nothing})
        if attrs.has(type(inside)) and not isinstance(inside, apd.Release):
            for deeper, other in without_each(inside, below):
                yield deeper, evolve(value, **{field.name: other})


def test_every_field_that_goes_is_reported() -> None:
    gone = 0
    for path, new in without_each(FULL):
        if new == FULL:
            continue
        compared = apd.diff(FULL, new, "da")
        first = next(iter((*compared.changes, *compared.bookkeeping)))
        assert path.startswith(first.path)
        assert first.message[0].isupper()
        gone += 1
    assert gone > 80


@fewer
@given(apd_st.documents(complete=False))
def test_nothing_differs_from_itself(document: apd.AppointmentDocument) -> None:
    again = apd.loads(apd.dumps(document, check=False))
    assert differences(document, again) == []


@fewer
@given(apd_st.documents(complete=False), apd_st.documents(complete=False), st.data())
def test_whatever_differs_is_reported(
    one: apd.AppointmentDocument, other: apd.AppointmentDocument, data: st.DataObject
) -> None:
    """Some fields of one document are put into another; told is what differs, and no more."""
    names = [field.name for field in attrs.fields(apd.Appointment)]
    taken = data.draw(st.sets(st.sampled_from(names), min_size=1))
    changes = {name: getattr(other.appointment, name) for name in taken}
    new = evolve(one, appointment=evolve(one.appointment, **changes))
    differing = {
        name for name in names if getattr(one.appointment, name) != getattr(new.appointment, name)
    }
    found = {path.split(".")[1] for path, _ in differences(one, new)}
    assert found == differing
    assert bool(differences(one, new)) is (one != new)
    assert len(differences(one, other)) == len(differences(other, one)) > 0 or one == other
    for line in apd.diff(one, other, "da").lines(personal=True):
        assert line
    _shows_nobody(apd.diff(one, other), one)


def _shows_nobody(compared: Comparison, document: apd.AppointmentDocument) -> None:
    number = document.appointment.patient.id.value
    assert number
    if len(number) > 6:
        assert number not in repr(compared)


# The rules of repeating appointments -------------------------------------------------------------

SERIES = apd.Repetition(samples.medcom_id(5))
OTHER_SERIES = apd.Repetition(samples.medcom_id(55))
REPEATING = samples.document(appointment=samples.appointment(repetition=SERIES))
HOME = apd.HomeLocation()

BLOOD = apd.Reason("Blodprøve")
MOVED: dict[str, bool | None] = {"R5": True, "R8": None}
MOVED_OUT: dict[str, bool | None] = {"R5": False, "R8": None}

# what is changed; the rules of 1.0 and of 2.0 that speak of it, and whether the newer document
# follows them
RULES: list[tuple[dict[str, Any], dict[str, bool | None], dict[str, bool | None]]] = [
    ({"schedule": LATER}, MOVED, MOVED),
    ({"schedule": LATER, "repetition": None}, MOVED_OUT, MOVED_OUT),
    ({"schedule": LATER, "repetition": OTHER_SERIES}, MOVED_OUT, MOVED_OUT),
    ({"location": HOME}, {"R6": False}, {}),
    ({"location": HOME, "schedule": LATER}, {"R6": False}, MOVED),
    ({"location": HOME, "repetition": None}, {"R6": True}, {}),
    ({"location": HOME, "repetition": None, "schedule": LATER}, {"R6": True}, {}),
    ({"location": evolve(PLACE, name="Indgang 5"), "schedule": LATER}, MOVED, MOVED),
    ({"reason": BLOOD}, {"R7": False}, {}),
    ({"reason": BLOOD, "schedule": LATER}, {"R7": False}, MOVED),
    ({"reason": BLOOD, "repetition": None}, {"R7": True}, {}),
    ({"reason": BLOOD, "repetition": OTHER_SERIES}, {"R7": True}, {}),
    ({"reason": apd.Reason("KONTROL af knæ")}, {}, {}),
    ({"status": apd.Status.CANCELLED}, {"R9": True}, {"R9": True}),
    ({"status": apd.Status.CANCELLED, "repetition": None}, {"R9": False}, {"R9": False}),
    ({"category": apd.Category.MUNICIPAL}, {}, {}),
    ({"id": samples.medcom_id(98), "schedule": LATER}, {}, {}),
]
BY_EDITION = [
    (changes, edition, rules)
    for changes, of_1_0, of_2_0 in RULES
    for edition, rules in (("1.0", of_1_0), ("2.0", of_2_0))
]


@pytest.mark.parametrize(("changes", "edition", "rules"), BY_EDITION)
def test_rules_that_speak_of_a_change(
    changes: dict[str, Any], edition: str, rules: dict[str, bool | None]
) -> None:
    new = evolve(REPEATING, appointment=evolve(REPEATING.appointment, **changes))
    compared = apd.diff(REPEATING, new, "da", edition=edition)
    assert {one.rule: one.is_followed for one in compared.consequences} == rules
    for one in compared.consequences:
        message = f"Det nye dokument følger ikke {one.rule}."
        assert (message in compared.lines()) is (one.is_followed is False)
        named = "1.0.12" if one.rule in ("R6", "R7") else "2.0"
        assert str(one).endswith(f" (Aftaleoversigten {named})")
        assert one.rule in {rule for change in compared.changes for rule in change.rules}


def test_the_rules_are_not_for_a_single_appointment() -> None:
    moved = samples.document(appointment=samples.appointment(schedule=LATER))
    compared = apd.diff(EXACT, moved)
    assert compared.changes[0].rules == ("R5", "R8")
    assert compared.consequences == ()


def test_an_appointment_that_no_longer_stands() -> None:
    cancelled = samples.document(appointment=samples.appointment(status=apd.Status.CANCELLED))
    assert [one.rule for one in apd.diff(EXACT, cancelled).consequences] == ["#5"]
    assert apd.diff(cancelled, EXACT).consequences == ()


# The name at the top -----------------------------------------------------------------------------


def test_the_name_at_the_top_costs_nothing_until_it_is_used() -> None:
    import subprocess
    import sys

    code = "import apd, sys; assert 'apd.change' not in sys.modules; apd.diff; apd.change"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    with pytest.raises(AttributeError, match="no attribute 'difference'"):
        apd.difference  # type: ignore[attr-defined]  # noqa: B018


def test_what_may_hold_personal_data_is_marked() -> None:
    patient = samples.patient(telecoms=samples.patient().telecoms[::-1])
    other = samples.document(
        appointment=samples.appointment(patient=patient, schedule=LATER, category=None)
    )
    marked = {change.path: change.is_personal for change in apd.diff(EXACT, other).changes}
    assert marked == {
        "appointment.category": False,
        "appointment.patient.telecoms": True,
        "appointment.schedule": False,
    }


BEYOND = (
    '<authorization typeCode="AUTH"><consent classCode="CONS" moodCode="EVN">'
    '<statusCode code="completed" displayName="Sø"/></consent></authorization>'
)


def _beyond(piece: str) -> apd.AppointmentDocument:
    """A document with something beyond the model."""
    written = apd.dumps(samples.document()).decode()
    return apd.loads(written.replace("  <component ", f"  {piece}\n  <component ", 1))


OTHERWISE_WRITTEN = {
    "indented": BEYOND.replace("><", ">\n\t\t<"),
    "CRLF": BEYOND.replace("><", ">\r\n<"),
    "a reference": BEYOND.replace("ø", "&#248;"),
    "other quotes": BEYOND.replace('"', "'"),
    "an element with two tags": BEYOND.replace("/>", "></statusCode>"),
    "a comment": BEYOND.replace("<status", "<!-- x --><status"),
    "an instruction": BEYOND.replace("<status", "<?x y?><status"),
    "blanks": BEYOND.replace("=", " = ").replace("/>", " />"),
    "a prefix": re.sub("<(/?)", r"<\1h:", BEYOND).replace(" ", ' xmlns:h="urn:hl7-org:v3" ', 1),
    "attributes in another order": BEYOND.replace(
        'classCode="CONS" moodCode="EVN"', 'moodCode="EVN" classCode="CONS"'
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", OTHERWISE_WRITTEN)
def test_what_is_beyond_the_model_is_compared_by_what_it_says(case: str) -> None:
    one, other = _beyond(BEYOND), _beyond(OTHERWISE_WRITTEN[case])
    assert one.unmapped
    assert apd.diff(one, other).is_same
    assert apd.diff(other, one).is_same


@pytest.mark.parametrize(
    ("old", "new"), [("completed", "active"), ("Sø", "So"), ("<consent", "<consent ID='a'")]
)
def test_what_says_something_else_beyond_the_model_is_a_change(old: str, new: str) -> None:
    (change,) = apd.diff(_beyond(BEYOND), _beyond(BEYOND.replace(old, new))).unmapped
    assert change.kind is Kind.CHANGED


def test_a_readable_text_with_other_blanks_is_the_same() -> None:
    data = apd.dumps(samples.document())
    for old, new in ((b'width="', b'width = "'), (b"<text>", b'<text xmlns="urn:hl7-org:v3">')):
        other = apd.loads(data.replace(old, new))
        assert not other.unmapped
        assert apd.diff(apd.loads(data), other).is_same
