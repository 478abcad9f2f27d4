"""The digest that tells whether a booking has changed."""

import subprocess
import sys
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given

import apd
from apd.publication import Booking, Digester, LegalBasis
from apd.testing import strategies as apd_st
from tests import samples
from tests.places import ROOT
from tests.publication.making import DAY, KEY, NOW, booking

DIGEST = Digester(KEY)


def full_booking() -> Booking:
    return evolve(booking(), appointment=samples.full_appointment())


def leaves(value: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The paths of all fields of a value that say something and hold no other class."""
    if attrs.has(type(value)):
        return [
            leaf
            for attribute in attrs.fields(type(value))
            for leaf in leaves(getattr(value, attribute.name), (*path, attribute.name))
        ]
    return [path] if value not in (None, ()) else []


def without(value: Any, path: tuple[str, ...]) -> Any:
    """A copy in which one field is another, whatever its validators say."""
    name, *rest = path
    old = getattr(value, name)
    new = without(old, tuple(rest)) if rest else ("other",) if isinstance(old, tuple) else "other"
    copy = evolve(value)
    object.__setattr__(copy, name, new)
    return copy


@pytest.mark.parametrize("path", leaves(samples.full_appointment()), ids=".".join)
def test_everything_counts(path: tuple[str, ...]) -> None:
    held = full_booking()
    changed = without(held, ("appointment", *path))
    assert DIGEST(changed) != DIGEST(held)


@pytest.mark.parametrize(
    "changes",
    [
        {"custodian": samples.custodian(name="En anden")},
        {"confidentiality": apd.Confidentiality.RESTRICTED},
    ],
)
def test_so_do_custodian_and_confidentiality(changes: dict[str, Any]) -> None:
    assert DIGEST(evolve(booking(), **changes)) != DIGEST(booking())


@pytest.mark.parametrize(
    "changes",
    [
        {"changed": NOW + DAY},
        {"legal_basis": LegalBasis.SERVICES_ACT_84},
        {"patient_present": False},
    ],
)
def test_what_neither_the_document_nor_the_register_holds_does_not(changes: dict[str, Any]) -> None:
    assert DIGEST(evolve(booking(), **changes)) == DIGEST(booking())


def test_whether_it_stands_counts_as_the_register_holds_until_when() -> None:
    assert DIGEST(booking(standing=True)) != DIGEST(booking())


@given(apd_st.appointments(), apd_st.appointments())
def test_equal_content_has_equal_digests_and_other_content_others(
    one: apd.Appointment, other: apd.Appointment
) -> None:
    first, second = (evolve(booking(), appointment=each) for each in (one, other))
    assert DIGEST(first) == DIGEST(evolve(booking(), appointment=evolve(one)))
    assert (DIGEST(first) == DIGEST(second)) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # where one text ends and the next begins; what looks like a field
        ({"given": ["Anna Bo"]}, {"given": ["Anna", "Bo"]}),
        ({"given": ["Anna"], "family": "Bo"}, {"given": ["Anna"], "suffix": ["Bo"]}),
        ({"given": ["A 1:B"]}, {"given": ["A", "B"]}),
        ({"given": ["A"], "family": "B"}, {"given": ["A family=1:B"]}),
    ],
)
def test_no_two_contents_look_alike(one: dict[str, Any], other: dict[str, Any]) -> None:
    found = {
        DIGEST(booking(patient=samples.patient(name=apd.PersonName(**name))))
        for name in (one, other)
    }
    assert len(found) == 2


def test_the_class_of_a_location_counts() -> None:
    address = samples.address()
    found = {
        DIGEST(booking(location=kind(name="Hallen", address=address)))
        for kind in (apd.OtherLocation, apd.HomeLocation, apd.SorLocation)
    }
    assert len(found) == 3


def test_it_is_the_same_in_every_process_and_for_good() -> None:
    program = (
        "from tests.publication.test_digest import DIGEST, full_booking;"
        "print(DIGEST(full_booking()).hex())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert found == {
        "3c600a05554ab5eddcb3b3d09a553c8b"
    }  # another one would replace every document there is


def test_a_key_makes_it_ones_own() -> None:
    assert Digester(b"another key of the tests")(booking()) != DIGEST(booking())


@pytest.mark.parametrize("key", [b"", b"fifteen bytes..", b"x" * 65, "a text of 16 long"])
def test_a_key_that_is_none(key: Any) -> None:
    with pytest.raises(apd.InvalidValue, match="16 to 64 secret bytes") as caught:
        Digester(key)
    assert caught.value.field == "key"


def test_whose_it_is() -> None:
    held = booking()
    other = booking(patient=samples.patient(id=apd.CprNumber("2512489996")))
    moved = booking(starts=NOW + 9 * DAY)
    assert DIGEST.patient(held) == DIGEST.patient(moved) != DIGEST.patient(other)


def test_the_register_does_not_show_which_appointments_one_patient_has() -> None:
    assert DIGEST.patient(booking(2)) != DIGEST.patient(booking(3))
