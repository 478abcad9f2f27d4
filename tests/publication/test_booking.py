"""A booking: what it takes, and when its appointment is over."""

import datetime

import pytest
from attrs import evolve

import apd
from apd.publication import Booking, Unreadable, over_at, read_bookings
from tests import samples
from tests.model.refusal import Refused, assert_refused
from tests.publication.making import HOUR, NOW, booking

WHOLE = {
    name: getattr(booking(), name)
    for name in ("appointment", "custodian", "legal_basis", "patient_present", "changed")
}
NO_UUID = ("is not a UUID under MedCom's root", "a MedComId", "Booking.appointment.id")


def refused(field: str, value: object, problem: str, expected: str, where: str = "") -> Refused:
    others = {name: given for name, given in WHOLE.items() if name != field}
    return Refused(Booking, field, value, problem, expected, others, where)


@pytest.mark.parametrize(
    "row",
    [
        refused("appointment", None, "not None", "Appointment"),
        refused("appointment", samples.appointment(id=None), *NO_UUID),
        refused("appointment", samples.appointment(id=apd.Identifier("1.2.3", "A-1")), *NO_UUID),
        refused("custodian", None, "not None", "Custodian"),
        refused("legal_basis", "sundhedsloven", "not str", "LegalBasis"),
        refused("patient_present", 1, "not int", "bool"),
        refused("changed", datetime.date(2026, 2, 2), "not date", "datetime"),
        refused("changed", datetime.datetime(2026, 2, 2, 9), "has no time zone", "local_time()"),
        refused("standing", 1, "not int", "bool"),
        refused("confidentiality", "N", "not str", "Confidentiality"),
    ],
    ids=str,
)
def test_refused(row: Refused) -> None:
    assert_refused(row)


@pytest.mark.parametrize("lasts", [None, HOUR])
def test_a_standing_appointment_is_not_over_as_long_as_it_stands(
    lasts: datetime.timedelta | None,
) -> None:
    standing = booking(lasts=lasts, standing=True)
    assert standing.ends is None
    assert evolve(standing, standing=False).ends is not None


def test_its_id_has_no_case() -> None:
    upper = booking(id=apd.MedComId("5A1D7E42-9B33-4B5E-8F0E-7C2F6D1A9E05"))
    assert upper.id == apd.MedComId("5a1d7e42-9b33-4b5e-8f0e-7c2f6d1a9e05")


def test_nothing_personal_in_its_repr() -> None:
    shown = repr(evolve(booking(), changed=NOW))
    for secret in (samples.CPR, "Solveig", "Birkelunden", "Kontrol"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("starts", "ends", "over"),
    [
        ((2026, 3, 5, 10), (2026, 3, 5, 11), "2026-03-05T11:00:00+01:00"),
        ((2026, 3, 5, 23), (2026, 3, 6, 1), "2026-03-06T01:00:00+01:00"),  # over midnight
        ((2026, 3, 27, 8), (2026, 3, 30, 12), "2026-03-30T12:00:00+02:00"),  # over days
        ((2026, 3, 5, 10), None, "2026-03-06T00:00:00+01:00"),
        ((2026, 3, 28, 23, 30), None, "2026-03-29T00:00:00+01:00"),
        ((2026, 3, 29, 1), None, "2026-03-30T00:00:00+02:00"),  # a day of 23 hours
        ((2026, 10, 25, 1), None, "2026-10-26T00:00:00+01:00"),  # a day of 25 hours
        ((2028, 2, 29, 10), None, "2028-03-01T00:00:00+01:00"),
        ((2026, 12, 31, 10), None, "2027-01-01T00:00:00+01:00"),
    ],
)
def test_when_it_is_over(starts: tuple[int, ...], ends: tuple[int, ...] | None, over: str) -> None:
    schedule = apd.Schedule(
        apd.local_time(*starts), None if ends is None else apd.local_time(*ends)
    )
    assert over_at(schedule).isoformat() == over


# --- bookings that cannot be read ---

KNOWN = booking().appointment.id


@pytest.mark.parametrize("row", [Refused(Unreadable, "appointment_id", 17, "not int", "MedComId")])
def test_what_an_unreadable_booking_refuses(row: Refused) -> None:
    assert_refused(row)


@pytest.mark.parametrize(
    ("id_of", "expected"),
    [(lambda _: KNOWN, KNOWN), (lambda _: None, None), (lambda record: record["id"], None)],
    ids=["known", "not known", "fails as well"],
)
def test_a_record_of_which_no_booking_can_be_made(id_of, expected) -> None:
    made = list(read_bookings([{}], lambda record: record["start"], id_of))
    assert made == [Unreadable(appointment_id=expected, reason="KeyError")]
