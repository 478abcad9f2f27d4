"""The strategies reach every corner of the model, and make nothing that belongs to anyone."""

import datetime
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache
from itertools import chain
from typing import Any

import attrs
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis.strategies import SearchStrategy
from stdnum import verhoeff
from stdnum.dk import cpr

import apd
from apd.testing import strategies as apd_st
from tests.sampling import examples

# one process makes for all of them what takes long to make
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("strategies")]

Made = list[Any]


def inside(value: Any) -> Iterator[Any]:
    """A value, and everything of the model that is inside it."""
    yield value
    if isinstance(value, tuple):
        for item in value:
            yield from inside(item)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from inside(getattr(value, field.name))


POOL: list[tuple[SearchStrategy[Any], int]] = [
    (apd_st.documents(complete=False), 500),
    (apd_st.appointments(complete=False), 300),
    (apd_st.patients(complete=False), 100),
    (apd_st.responsibles(complete=False), 100),
    (apd_st.requesters(complete=False), 100),
    (apd_st.performers(complete=False), 200),
    (apd_st.custodians(complete=False), 200),
    (apd_st.organizations(), 200),
    (apd_st.locations(complete=False), 600),
    (apd_st.episodes_of_care(complete=False), 200),
    (apd_st.repetitions(complete=False), 200),
    (apd_st.addresses(), 600),
    (apd_st.telecoms(), 600),
]


@cache
def parts() -> dict[type, Made]:
    """Many parts of documents by their class, and all that is inside of them."""
    found: dict[type, Made] = {}
    made = chain.from_iterable(examples(strategy, count) for strategy, count in POOL)
    for value in chain.from_iterable(map(inside, made)):
        found.setdefault(type(value), []).append(value)
    return found


@cache
def schedules() -> Made:
    """Some thousand schedules."""
    return examples(apd_st.schedules(), 1000)


@cache
def texts() -> Made:
    """Some thousand texts."""
    return examples(apd_st.texts(), 1000)


# What they give is nobody's ------------------------------------------------------------------


@given(apd_st.cpr_numbers())
def test_a_cpr_number_is_one_that_nobody_can_have(number: apd.CprNumber) -> None:
    """It is in the range of the test persons, and its check digit is wrong."""
    digits = number.value
    assert int(digits[6:]) >= 9900
    assert cpr.checksum(digits) != 0
    assert 1937 <= number.birth_date.year <= 2036


def test_some_are_replacement_numbers() -> None:
    days = {int(number.value[:2]) for number in examples(apd_st.cpr_numbers(), 100)}
    assert min(days) <= 31
    assert max(days) > 60


@given(apd_st.sor_codes())
def test_a_sor_code_is_one_as_sor_makes_them(code: apd.SorCode) -> None:
    assert code.has_check_digit
    assert code.value[:-1].endswith("100001600")
    assert verhoeff.is_valid(code.value)


# What complete means -------------------------------------------------------------------------


@given(apd_st.documents())
def test_a_complete_document_is_written(document: apd.AppointmentDocument) -> None:
    apd.dumps(document)
    assert document.release == apd.Release.V2_0_1
    assert document.unmapped == ()


def test_others_lack_something_as_a_rule() -> None:
    lacking = [apd.validate(document).errors for document in parts()[apd.AppointmentDocument]]
    assert sum(map(bool, lacking)) > len(lacking) / 2
    fields = {finding.field for findings in lacking for finding in findings}
    assert {
        "appointment.category",
        "appointment.episode_of_care.label",
        "appointment.location.id",
        "appointment.performer",
        "appointment.performer.telecoms",
        "appointment.reason",
        "appointment.responsible.id",
        "appointment.status",
        "id",
    } <= fields


# What they reach -----------------------------------------------------------------------------

CLASSES: list[type] = [
    apd.AppointmentDocument, apd.Appointment, apd.Patient, apd.Responsible, apd.Requester,
    apd.Performer, apd.Custodian, apd.Organization, apd.Person, apd.SorLocation,
    apd.OtherLocation, apd.HomeLocation, apd.Schedule, apd.Reason, apd.EpisodeOfCare,
    apd.Repetition, apd.PersonName, apd.Address, apd.Telecom, apd.Identifier, apd.Code,
    apd.CprNumber, apd.SorCode, apd.ProviderNumber, apd.MedComId, apd.EpisodeId,
]  # fmt: skip
OF_WHAT_WAS_READ = {"release", "source"}
FIELDS = [
    (part, field.name)
    for part in CLASSES
    for field in attrs.fields(part)
    if field.name not in OF_WHAT_WAS_READ
]


def may_be(part: Any, field: str, value: object) -> bool:
    """Whether a field of a part may be of that value instead."""
    try:
        return bool(getattr(attrs.evolve(part, **{field: value}), field) == value)
    except (apd.InvalidValue, TypeError):
        return False


@pytest.mark.parametrize(("part", "field"), FIELDS)
def test_every_field_is_given_and_left_out(part: type, field: str) -> None:
    """As far as the model takes None for it, or an empty tuple."""
    made = parts()[part]
    values = [getattr(one, field) for one in made]
    assert any(value not in (None, ()) for value in values)
    for nothing in (None, ()):
        if any(may_be(one, field, nothing) for one in made):
            assert nothing in values


ENUMERATIONS: list[tuple[type[Enum], type, str]] = [
    (apd.Category, apd.Appointment, "category"),
    (apd.Status, apd.Appointment, "status"),
    (apd.Confidentiality, apd.AppointmentDocument, "confidentiality"),
    (apd.Gender, apd.Patient, "gender"),
    (apd.AddressUse, apd.Address, "use"),
    (apd.NullFlavor, apd.Address, "null_flavor"),
    (apd.TelecomUse, apd.Telecom, "use"),
]


@pytest.mark.parametrize(("kind", "part", "field"), ENUMERATIONS)
def test_every_item_of_an_enumeration_is_used(kind: type[Enum], part: type, field: str) -> None:
    used = {getattr(one, field) for one in parts()[part]}
    assert used >= set(kind)


KINDS: list[tuple[type, str, set[type]]] = [
    (apd.Appointment, "location", {apd.SorLocation, apd.OtherLocation, apd.HomeLocation}),
    (apd.Patient, "id", {apd.CprNumber, apd.Identifier}),
    (apd.AppointmentDocument, "id", {apd.MedComId, apd.Identifier}),
    (apd.AppointmentDocument, "set_id", {apd.MedComId, apd.Identifier}),
    (apd.Repetition, "id", {apd.MedComId, apd.Identifier}),
    *[
        (role, "id", {apd.SorCode, apd.ProviderNumber, apd.Identifier})
        for role in (
            apd.Responsible, apd.Requester, apd.Performer, apd.Custodian, apd.Organization,
            apd.SorLocation, apd.OtherLocation, apd.HomeLocation,
        )
    ],
]  # fmt: skip


@pytest.mark.parametrize(("part", "field", "kinds"), KINDS)
def test_every_class_that_a_field_takes_is_used(part: type, field: str, kinds: set[type]) -> None:
    assert {type(getattr(one, field)) for one in parts()[part]} >= kinds


def test_the_ids_of_an_episode_are_of_every_class_none_or_several() -> None:
    ids = [episode.ids for episode in parts()[apd.EpisodeOfCare]]
    assert {type(id) for some in ids for id in some} == {
        apd.EpisodeId,
        apd.MedComId,
        apd.Identifier,
    }
    assert {len(some) for some in ids} >= {0, 1, 2, 3}


_HOUR = datetime.timedelta(hours=1)
_AUTUMN = datetime.timedelta(hours=1), datetime.timedelta(hours=2)


def comes_twice(time: datetime.datetime) -> bool:
    """Whether the clock shows the time once more an hour later, or did an hour before."""
    moments = [time.astimezone(datetime.UTC) + shift for shift in (-_HOUR, _HOUR)]
    shown = [apd.Schedule(moment).start.replace(tzinfo=None) for moment in moments]
    return time.replace(tzinfo=None) in shown


def spans_a_change(schedule: apd.Schedule) -> bool:
    """Whether the clock is changed between start and end, on one day or the next."""
    start, end = schedule.start, schedule.end
    if end is None or end - start > datetime.timedelta(days=1):
        return False
    return start.utcoffset() != end.utcoffset()


SCHEDULES: dict[str, Callable[[apd.Schedule], bool]] = {
    "exact": lambda s: s.type == 1,
    "indicative": lambda s: s.type == 2,
    "indicative, without a note": lambda s: s.type == 2 and s.note is None,
    "open end": lambda s: s.end is None and not s.indicative,
    "open end, indicative": lambda s: s.end is None and s.indicative and s.note is not None,
    "several days": lambda s: s.end is not None and (s.end - s.start).days > 2,
    "a few seconds": lambda s: s.end is not None and (s.end - s.start).total_seconds() < 10,
    "summer": lambda s: s.start.utcoffset() == _AUTUMN[1],
    "winter": lambda s: s.start.utcoffset() == _AUTUMN[0],
    "over a change to summer": lambda s: spans_a_change(s) and s.start.utcoffset() == _AUTUMN[0],
    "over a change to winter": lambda s: spans_a_change(s) and s.start.utcoffset() == _AUTUMN[1],
    "first pass of an hour": lambda s: comes_twice(s.start) and s.start.utcoffset() == _AUTUMN[1],
    "second pass of it": lambda s: comes_twice(s.start) and s.start.utcoffset() == _AUTUMN[0],
    "long ago": lambda s: s.start.year < 1930,
    "far ahead": lambda s: s.start.year > 9000,
}


@pytest.mark.parametrize("case", SCHEDULES)
def test_every_kind_of_schedule_is_made(case: str) -> None:
    assert any(map(SCHEDULES[case], schedules()))


def test_every_part_of_the_day_is_made() -> None:
    assert {schedule.part_of_day for schedule in schedules()} == {None, *apd.PartOfDay}


@pytest.mark.parametrize(
    "characters",
    ["&", "<", ">", '"', "'", "]]>", "æ", "\u202e", "\u2066", "😀", "\U00020000", "\u0301", "\x85"],
)
def test_every_kind_of_text_is_made(characters: str) -> None:
    assert any(characters in text for text in texts())


# How they shrink -----------------------------------------------------------------------------


def test_the_smallest_document_is_small() -> None:
    """What a failing example shrinks to, if nothing in it matters."""
    quick = settings(database=None, phases=[Phase.generate, Phase.shrink])
    smallest = find(apd_st.documents(), lambda _: True, settings=quick)
    appointment = smallest.appointment
    patient = appointment.patient
    nothing: list[object] = [
        smallest.set_id, smallest.version_number, appointment.requester, patient.name,
        appointment.episode_of_care, appointment.repetition, patient.address, patient.gender,
    ]  # fmt: skip
    assert nothing == [None] * len(nothing)
    assert patient.telecoms == ()
    assert len(apd.dumps(smallest)) < 7000


@pytest.mark.parametrize("name", ["documents", "appointments", "patients", "performers"])
def test_a_strategy_is_shown_by_its_name(name: str) -> None:
    assert repr(getattr(apd_st, name)(complete=False)) == f"{name}(complete=False)"


@pytest.mark.parametrize("name", apd_st.__all__)
def test_every_strategy_is_documented(name: str) -> None:
    assert getattr(apd_st, name).__doc__
