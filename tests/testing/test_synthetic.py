"""Synthetic documents: valid, the same every time, of many kinds, and nobody's."""

import datetime
import hashlib
import itertools
import pickle
from collections import Counter
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve
from stdnum.dk import cpr

import apd
from apd.testing import defects, synthetic
from apd.testing.numbers import MOST_PATIENTS, cpr_number
from apd.testing.synthetic import Selection, as_released, document, document_name, documents
from apd.testing.synthetic.activities import variants
from apd.testing.synthetic.older_releases import FIRST_RELEASES
from apd.validation import validate_all

pytestmark = pytest.mark.slow  # many processes, one after another

CLASSES = [apd.SorLocation, apd.OtherLocation, apd.HomeLocation]
SEED = 2
FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)


@cache
def many() -> list[apd.AppointmentDocument]:
    """Some hundred documents, of many patients."""
    return list(documents(600, SEED))


def findings(made: list[apd.AppointmentDocument]) -> list[str]:
    """The rules that documents break, each for itself or all of them together."""
    reports = validate_all(map(as_released, made))
    alone = [finding.rule for report in reports for finding in report.findings]
    return alone + [found.finding.rule for found in reports.findings]


# The same every time -------------------------------------------------------------------------


def test_the_bytes_are_the_same_on_every_machine() -> None:
    """They change with what is made and with the writer; then the digest is to be renewed here."""
    digest = hashlib.sha256(b"".join(map(apd.dumps, documents(100, seed=1))))

    assert digest.hexdigest() == "c0914634edb298e8cc7995e643097e28072f7a3534799b6d6588d790ef8e81f9"


def test_a_document_follows_from_seed_and_number_alone() -> None:
    numbers = [40, 1, 599, 12, 13]

    assert [document(SEED, number) for number in numbers] == [many()[n - 1] for n in numbers]
    assert document(SEED, 1) != document(SEED + 1, 1)


def test_documents_are_made_as_they_are_taken() -> None:
    endless = documents(synthetic.MOST_DOCUMENTS, SEED)

    assert list(itertools.islice(endless, 3)) == many()[:3]


def test_they_are_read_as_they_were_made() -> None:
    assert [apd.loads(apd.dumps(made)) for made in many()[:100]] == many()[:100]


# Valid ---------------------------------------------------------------------------------------


def test_nothing_is_to_be_remarked_not_even_of_all_together() -> None:
    assert findings(many()) == []


DAY = datetime.date(2026, 3, 29)  # the clock is changed, and it is a Sunday
NARROW: dict[str, tuple[dict[str, Any], Callable[[apd.AppointmentDocument], bool]]] = {
    **{
        f"type {type}": ({"types": [type]}, lambda made, type=type: type in made.types)
        for type in apd.AppointmentType
    },
    **{
        location.__name__: (
            {"locations": [location]},
            lambda made, location=location: isinstance(made.appointment.location, location),
        )
        for location in CLASSES
    },
    **{
        category.value: (
            {"categories": [category]},
            lambda made, category=category: made.appointment.category is category,
        )
        for category in apd.Category
    },
    "one day": (
        {"first": DAY, "last": DAY},
        lambda made: made.appointment.schedule.start.date() == DAY,
    ),
    "three days": (
        {"first": DAY, "last": DAY + datetime.timedelta(2)},
        lambda made: 0 <= (made.appointment.schedule.start.date() - DAY).days <= 2,
    ),
    "from a day": (
        {"first": DAY},
        lambda made: 0 <= (made.appointment.schedule.start.date() - DAY).days <= 364,
    ),
    "until a day": (
        {"last": DAY},
        lambda made: 0 <= (DAY - made.appointment.schedule.start.date()).days <= 364,
    ),
    "all at once": (
        {"types": [3], "locations": [apd.HomeLocation], "first": DAY, "last": DAY},
        lambda made: made.types[0] == 3 and isinstance(made.appointment.location, apd.HomeLocation),
    ),
}


@pytest.mark.parametrize("case", NARROW)
def test_they_can_be_narrowed(case: str) -> None:
    chosen, holds = NARROW[case]
    made = list(documents(60, 3, Selection(**chosen)))

    assert all(map(holds, made))
    assert findings(made) == []


def test_there_is_something_of_every_kind() -> None:
    for type, location, category in itertools.product((1, 2, 3), CLASSES, apd.Category):
        kinds = variants(Selection(types=[type], locations=[location], categories=[category]))
        assert {kind.repeats for kind in kinds} == {False, True}


@pytest.mark.parametrize("release", apd.RELEASES)
def test_older_releases_are_written_as_they_were(release: apd.Release) -> None:
    for made in documents(60, 3, Selection(release=release)):
        read = apd.loads(as_released(made))
        stated_before_2 = {"category": None} if release in FIRST_RELEASES else {}
        assert read.release == made.release == release
        assert apd.dumps(made).count(b"apd-v2.0.1") == 1
        assert read.appointment == evolve(made.appointment, **stated_before_2)


# Of a number of patients ---------------------------------------------------------------------


@pytest.mark.parametrize(("patients", "count"), [(1, 40), (3, 60), (7, 25)])
def test_so_many_patients_have_the_documents_in_turn(patients: int, count: int) -> None:
    selection = Selection(patients=patients)
    made = list(documents(count, 7, selection))
    whose = [one.appointment.patient.id for one in made]

    assert len(set(whose)) == patients
    assert all(own == whose[number % patients] for number, own in enumerate(whose))
    assert findings(made) == []
    days = {(id, one.appointment.schedule.first_day) for id, one in zip(whose, made, strict=True)}
    assert len(days) == count
    assert document(7, count, selection) == made[-1]


def test_their_series_are_weekly() -> None:
    series: dict[object, list[datetime.date]] = {}
    for made in documents(200, 7, Selection(patients=2)):
        if made.appointment.repetition:
            days = series.setdefault(made.appointment.repetition.id, [])
            days.append(made.appointment.schedule.first_day)

    assert {2, 3, 4} <= set(map(len, series.values()))
    for days in series.values():
        assert {(later - day).days for day, later in itertools.pairwise(days)} == {7}


@pytest.mark.parametrize("first", [DAY, DAY + datetime.timedelta(3)])
def test_each_day_has_one_and_then_there_is_no_more(first: datetime.date) -> None:
    last = first + datetime.timedelta(30)
    selection = Selection(patients=2, types=[2], first=first, last=last)
    made = list(documents(62, 7, selection))

    assert findings(made) == []
    assert {one.appointment.schedule.first_day for one in made} == {
        first + datetime.timedelta(day) for day in range(31)
    }
    with pytest.raises(apd.InvalidValue, match="31 appointments at most"):
        documents(63, 7, selection)


# Of many kinds -------------------------------------------------------------------------------


def test_patients_come_again_and_some_only_once() -> None:
    times = Counter(made.appointment.patient.id for made in many())
    names = {(made.appointment.patient.id, made.appointment.patient.name) for made in many()}

    assert {1, 2, 8} < set(times.values())
    assert len(names) == len(times)


def test_a_series_shares_all_but_its_times() -> None:
    series: dict[object, list[apd.Appointment]] = {}
    for made in many():
        if made.appointment.repetition:
            series.setdefault(made.appointment.repetition.id, []).append(made.appointment)

    assert {len(same) for same in series.values()} == {2, 3, 4, 5, 6}
    for same in series.values():
        assert len({(one.patient, one.location, one.reason, one.performer) for one in same}) == 1
        starts = [one.schedule.start for one in same]
        days = {(later - start).days for start, later in itertools.pairwise(starts)}
        assert len({start.time() for start in starts}) == 1
        assert max(days) - min(days) <= 1  # the clock may be changed in between


KINDS: dict[str, Callable[[apd.AppointmentDocument], object]] = {
    "requester": lambda made: made.appointment.requester,
    "episode of care": lambda made: made.appointment.episode_of_care,
    "code of the reason": lambda made: made.appointment.reason and made.appointment.reason.code,
    "night": lambda made: made.appointment.schedule.part_of_day is apd.PartOfDay.NIGHT,
    "a day without a time": lambda made: made.appointment.schedule.date_only,
    "an open day": lambda made: (
        made.appointment.schedule.date_only and made.appointment.schedule.end is None
    ),
    "a series of days": lambda made: (
        made.appointment.schedule.date_only and made.appointment.repetition
    ),
    "several days": lambda made: (
        (made.appointment.schedule.end or made.appointment.schedule.start)
        - made.appointment.schedule.start
        > datetime.timedelta(days=1)
    ),
    "provider number": lambda made: isinstance(
        made.appointment.responsible and made.appointment.responsible.id, apd.ProviderNumber
    ),
    "own practice": lambda made: made.appointment.patient.provider_organization,
    "versions": lambda made: made.version_number,
    "masked address": lambda made: (
        made.appointment.patient.address and not made.appointment.patient.address.is_informed
    ),
    "no address": lambda made: made.appointment.patient.address is None,
}


@pytest.mark.parametrize("kind", KINDS)
def test_some_have_it_and_some_do_not(kind: str) -> None:
    assert {bool(KINDS[kind](made)) for made in many()} == {False, True}


# Nobody's ------------------------------------------------------------------------------------


def test_cpr_numbers_are_those_of_test_persons() -> None:
    for made in many():
        number = made.appointment.patient.id.value or ""
        assert int(number[6:]) >= 9900
        assert cpr.checksum(number) != 0


def test_every_patient_has_a_number_of_their_own() -> None:
    numbers = [
        *range(30_000),
        *range(700_000, 720_000),
        *range(MOST_PATIENTS - 10_000, MOST_PATIENTS),
    ]

    assert len({cpr_number(number, 17).value for number in numbers}) == len(numbers)


def test_no_telephone_and_no_town_exists() -> None:
    for made in many():
        data = apd.dumps(made).decode()
        assert 'value="tel:' in data
        assert all(rest.startswith("00") for rest in data.split('value="tel:')[1:])
        assert all(rest[:2] in ("01", "02", "03", "04") for rest in data.split("<postalCode>")[1:])


# Names and errors ----------------------------------------------------------------------------


def test_a_name_shows_what_it_is() -> None:
    for number, made in enumerate(many()[:60], 1):
        name = document_name(SEED, number)
        appointment = made.appointment
        assert name.startswith(f"{number:07}-")
        assert f"-type{'-'.join(str(int(type)) for type in made.types)}-" in name
        assert name.endswith("-home") is isinstance(appointment.location, apd.HomeLocation)
        assert ("-region-" in name) is (appointment.category is apd.Category.REGIONAL)


WRONG: list[tuple[Callable[[], object], str]] = [
    (lambda: document(1, 0), "number"),
    (lambda: document(1, synthetic.MOST_DOCUMENTS + 1), "number"),
    (lambda: documents(synthetic.MOST_DOCUMENTS + 1, 1), "number"),
    (lambda: document_name(1, -1), "number"),
    (lambda: Selection(types=[5]), "types"),
    (lambda: Selection(types=[]), "types"),
    (lambda: Selection(patients=0), "patients"),
    (lambda: Selection(patients=True), "patients"),
    (lambda: Selection(patients=10**7), "patients"),
    (lambda: Selection(locations=["home"]), "locations"),
    (lambda: Selection(categories=[None]), "categories"),
    (lambda: Selection(first=LAST, last=FIRST), "last"),
    (lambda: Selection(first=datetime.date(1999, 1, 1)), "first"),
    (lambda: Selection(last=datetime.datetime(2026, 1, 1)), "last"),
    (lambda: document(1, 1, Selection(types=[2], release=apd.Release.V1_1)), "Selection"),
]


@pytest.mark.parametrize(("call", "named"), WRONG)
def test_what_cannot_be_is_refused(call: Callable[[], object], named: str) -> None:
    with pytest.raises(apd.InvalidValue, match=named):
        call()


def test_a_selection_can_be_passed_to_another_process() -> None:
    selection = Selection(types=[1, 4], locations=[apd.HomeLocation], first=FIRST)

    assert pickle.loads(pickle.dumps(selection)) == selection


@pytest.mark.parametrize("room", [synthetic, defects])
def test_what_is_public_is_there_and_documented(room: ModuleType) -> None:
    for name in room.__all__:
        thing = getattr(room, name)
        assert not callable(thing) or thing.__doc__
