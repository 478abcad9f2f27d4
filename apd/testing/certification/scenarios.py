"""The bookings of each test, as data; days are counted from the day of the test.

Source: NSP, Systemintegrationstest Aftaleoversigt, tests 1 to 4; the scenarios are those that the
README of a public set of test data for the national infrastructure names (0101 to 0501), with
appointments of our own.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from attrs import evolve, field, frozen
from stdnum.dk import cpr

from apd.model.appointment import Appointment, Reason, Repetition
from apd.model.identifiers import CprNumber, MedComId
from apd.model.location import HomeLocation, SorLocation
from apd.model.party import Organization, Patient, Performer, Responsible
from apd.model.schedule import PartOfDay, Schedule
from apd.model.time import combined, danish_time
from apd.publication import Booking, LegalBasis
from apd.standard.codes import AppointmentType, Category
from apd.testing.numbers import FIRST_TEST_SERIAL, gender_of
from apd.testing.synthetic.organizations import custodian, place_code, unit
from apd.testing.synthetic.people import is_protected, patient, town_of
from apd.wording import Wording

STANDARD, INDICATIVE, OPEN_END, REPEATING = (
    AppointmentType.STANDARD,
    AppointmentType.INDICATIVE,
    AppointmentType.OPEN_END,
    AppointmentType.REPEATING,
)
_SEED = 16
_UNITS = {
    Category.REGIONAL: "Ortopædkirurgisk Ambulatorium",
    Category.MUNICIPAL: "Træningscenteret",
    Category.PRACTITIONER: "Fysioterapeuterne",
}
_CHILD_YEARS = 8
_WEEK = 7
_BEYOND = 3 * _WEEK
"""The number of days that a series continues after the last day that must be published."""


# --- when ----------------------------------------------------------------------------------------


def _exact(day: datetime.date) -> Schedule:
    return Schedule(combined(day, datetime.time(9)), combined(day, datetime.time(9, 45)))


def _part_of_day(day: datetime.date) -> Schedule:
    return Schedule.during(PartOfDay.FORENOON, day)


def _open_end(day: datetime.date) -> Schedule:
    return Schedule(combined(day, datetime.time(10)))


def _days(day: datetime.date) -> Schedule:
    end = combined(day + datetime.timedelta(days=3), datetime.time(11))
    return Schedule(combined(day, datetime.time(12)), end)


def _by_day(day: datetime.date) -> Schedule:
    return Schedule.on(day, None)


# --- what ----------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Case:
    """An appointment that is booked for a test.

    Args:
        id: the id of the row in the protocol; in test 1 followed by the type.
        words: a description of the booking.
        rule: the rules of Aftaleoversigten that it tests.
        day: the day of the appointment, counted from the day of the test.
        schedule: the time on that day.
        category: the category; None for any that the system supports.
        type: the appointment type that the system must support.
        series: the name of its series, if it is part of one.
        patient: the number of the patient.
        is_protected: whether the patient's name and address are protected.
        is_child: whether the patient is a child.
    """

    id: str
    words: Wording
    rule: str = "#1"
    day: int
    schedule: Callable[[datetime.date], Schedule] = field(default=_exact, repr=False)
    category: Category | None = None
    type: AppointmentType = STANDARD
    series: str = ""
    patient: int = 1
    is_protected: bool = False
    is_child: bool = False

    @property
    def row_id(self) -> str:
        """The id of its row in the protocol."""
        return self.id.partition("-")[0]


_REGION, _MUNICIPALITY = Category.REGIONAL, Category.MUNICIPAL

TYPES: Sequence[Case] = (
    Case(id="1-1", words=Wording("type 1, standard", "type 1, standard"), day=3),
    Case(
        id="1-2",
        words=Wording("type 2, tidspunkt ikke eksakt", "type 2, time not exact"),
        day=4,
        schedule=_part_of_day,
        type=INDICATIVE,
    ),
    Case(
        id="1-3",
        words=Wording("type 3, sluttidspunkt ikke kendt", "type 3, end not known"),
        day=5,
        schedule=_open_end,
        type=OPEN_END,
    ),
    Case(
        id="1-4",
        words=Wording("type 4, repeterende", "type 4, repeating"),
        day=6,
        type=REPEATING,
        series="1-4",
    ),
)
"""Test 1: one appointment of each type."""

CANCELLED = Case(
    id="4",
    words=Wording("en aftale, der aflyses", "an appointment that is cancelled"),
    rule="#4, #5",
    day=10,
    patient=3,
)
"""Test 4: one that is cancelled."""


def _of(category: Category | None, number: str, da: str, en: str, day: int, **more: Any) -> Case:
    """A scenario; those that begin with the same two digits are about one patient."""
    patient = 10 + int(number[:2])
    return Case(
        id=number, words=Wording(da, en), category=category, day=day, patient=patient, **more
    )


_FIRST = "kommune, første af to med samme repetitions-id", "municipality, first of a series of two"
_SECOND = "kommune, anden af to med samme repetitions-id", "municipality, second of a series of two"
_ABOUT = "kommune, vejledende tid, fremtidig", "municipality, indicative time, future"
_OVER_DAYS = "region, start og slut på hver sin dag", "region, start and end on different days"
_SERIES: dict[str, Any] = {"type": REPEATING, "series": "01", "rule": "#1, #3"}
_PART: dict[str, Any] = {"type": INDICATIVE, "schedule": _part_of_day, "rule": "#1, #8"}
_DAY: dict[str, Any] = {"type": INDICATIVE, "schedule": _by_day}

SCENARIOS: Sequence[Case] = (
    _of(_MUNICIPALITY, "0101", "kommune, minimum", "municipality, minimum", 8),
    _of(_MUNICIPALITY, "0102", *_FIRST, 9, **_SERIES),
    _of(_MUNICIPALITY, "0103", *_SECOND, 16, **_SERIES),
    _of(_MUNICIPALITY, "0104", *_ABOUT, 11, **_PART),
    _of(_MUNICIPALITY, "0105", "kommune, tidligere", "municipality, past", -7),
    _of(_REGION, "0201", *_OVER_DAYS, 8, schedule=_days),
    _of(_REGION, "0202", "region, uden klokkeslæt", "region, no time of day", 15, **_DAY),
    _of(_REGION, "0203", "region, tidligere", "region, past", -8),
    _of(_MUNICIPALITY, "0301", "kommune, fremtidig", "municipality, future", 12),
    _of(_MUNICIPALITY, "0302", "kommune, tidligere", "municipality, past", -9),
    _of(_REGION, "0303", "region, fremtidig", "region, future", 13),
    _of(_REGION, "0304", "region, tidligere", "region, past", -10),
    _of(
        *(None, "0401", "navne- og adressebeskyttelse", "name and address protection", 14),
        is_protected=True,
    ),
    _of(None, "0501", "et barn", "a child", 17, is_child=True),
)
"""The scenarios; each is one row of the protocol."""

ROW_IDS = ("1", "2", "3", "4", *(case.id for case in SCENARIOS))
"""The ids of the rows of a protocol, in their order."""


def series_cases(today: datetime.date, last: datetime.date) -> list[Case]:
    """Test 3: a weekly series with an appointment on the last day that must be published."""
    ahead = (last - today).days
    days = range(ahead % _WEEK or _WEEK, ahead + _BEYOND, _WEEK)
    return [
        Case(
            id=f"3-{number}",
            words=Wording(f"nr. {number} i serien", f"no. {number} of the series"),
            rule="#3",
            day=day,
            type=REPEATING,
            series="3",
            patient=2,
        )
        for number, day in enumerate(days, 1)
    ]


# --- bookings ------------------------------------------------------------------------------------


def booking(case: Case, categories: Iterable[Category], now: datetime.datetime) -> Booking:
    """The booking of a case, always the same; the first category is used if any will do."""
    category = case.category or _category(case, tuple(categories))
    number, booked = _patient_number(case.patient), danish_time(now, "now")
    town = town_of(_SEED, number)
    runs_it = unit(category, _UNITS[category], town)
    whose = _child(number, booked.date()) if case.is_child else patient(_SEED, number)
    organization = Organization(name=runs_it.name, id=runs_it.id)
    is_at_home = case.is_protected and category is Category.MUNICIPAL
    place = SorLocation(
        id=place_code(category, _UNITS[category], town),
        name=runs_it.name,
        address=runs_it.address,
        telecom=runs_it.telecoms[0],
    )
    appointment = Appointment(
        id=_id(case.id, booked),
        category=category,
        patient=whose,
        schedule=case.schedule(booked.date() + datetime.timedelta(days=case.day)),
        reason=Reason("Kontrol"),
        responsible=Responsible(
            id=runs_it.id,
            organization=organization,
            address=runs_it.address,
            telecoms=runs_it.telecoms,
            time=booked.replace(microsecond=0),
        ),
        performer=Performer(
            id=runs_it.id,
            organization=organization,
            address=runs_it.address,
            telecoms=runs_it.telecoms,
        ),
        location=HomeLocation(address=whose.address) if is_at_home else place,
        repetition=Repetition(_id(f"series {case.series}", booked)) if case.series else None,
    )
    return Booking(
        appointment=appointment,
        custodian=custodian(category, town),
        legal_basis=LegalBasis.HEALTH_ACT,
        patient_present=True,
        changed=booked,
        address_protected=case.is_protected,
    )


def _category(case: Case, supported: Sequence[Category]) -> Category:
    """Any location; for a protected address the patient's home, if the category allows it."""
    if case.is_protected and Category.MUNICIPAL in supported:
        return Category.MUNICIPAL
    return supported[0]


def _id(name: str, now: datetime.datetime) -> MedComId:
    return MedComId(uuid5(NAMESPACE_OID, f"apd certify {name} {now.isoformat()}"))


def _patient_number(number: int) -> int:
    """A patient whose address is known; the booking makes it protected."""
    first = 100 * number
    return next(one for one in range(first, first + 100) if not is_protected(patient(_SEED, one)))


def _child(number: int, today: datetime.date) -> Patient:
    """The patient with a CPR number of a child, which is that of a test person."""
    born = today.replace(year=today.year - _CHILD_YEARS, day=1)
    serial = FIRST_TEST_SERIAL + 10
    digits = f"{born:%d%m%y}{serial}"
    if cpr.checksum(digits) == 0:
        digits = f"{born:%d%m%y}{serial + 1}"
    id = CprNumber(digits)
    return evolve(patient(_SEED, number), id=id, gender=gender_of(digits), birth_date=id.birth_date)
