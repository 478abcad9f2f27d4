"""Appointments that the patient cannot keep both."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd.limits import MAX_AT_ONCE, MAX_CLASHES_ON_CARD, MAX_CLASHES_ON_PAGE
from tests import samples
from tests.overview import kit
from tests.overview.kit import document, overview, schedule

HALF_AN_HOUR = datetime.timedelta(minutes=30)
CLINIC = samples.location()
POOL = apd.OtherLocation(name="Svømmehallen", address=samples.address(lines=["Badevej 2"]))
BADEVEJ = samples.address(lines=["Badevej 2, stuen"], country=None, use=None)
NEAR_POOL = apd.SorLocation(id=apd.SorCode("1"), name="Træning", address=BADEVEJ)
TOWN_POOL = apd.OtherLocation(
    name="Svømmehallen", address=samples.address(lines=["Badevej 2"], postal_code="8000")
)
NO_ADDRESS = apd.OtherLocation(name="Svømmehallen")
PROTECTED_HOME = apd.HomeLocation()


def day(start: str, end: str | None = None, **more) -> apd.Schedule:
    return schedule(f"2026-03-10 {start}", end, **more)


def found(one, other, travel=HALF_AN_HOUR, places=(CLINIC, CLINIC), **more):
    documents = (
        document(n, when, location=place)
        for n, (when, place) in enumerate(zip((one, other), places, strict=True))
    )
    overlaps = overview(*documents, travel=travel, **more).overlaps
    assert len(overlaps) <= 1
    return overlaps[0] if overlaps else None


@pytest.mark.parametrize(
    ("one", "other", "kind", "severity", "minutes"),
    [
        pytest.param(
            *(day("10:00", "11:00"), day("10:40", "11:30")),
            *("time", "firm", 20),
            id="overlapping",
        ),
        pytest.param(
            *(day("10:00", "12:00"), day("10:30", "11:00")), *("time", "firm", 30), id="inside"
        ),
        pytest.param(
            *(day("10:00", "11:00"), day("10:00", "11:00")), *("time", "firm", 60), id="same"
        ),
        pytest.param(
            *(day("10:00", "11:00"), day("10:30", "13:00", indicative=True)),
            *("time", "soft", 30),
            id="one is indicative",
        ),
        pytest.param(
            *(day("10:00", "11:00", indicative=True), day("10:30", "13:00")),
            *("time", "soft", 30),
            id="the first is indicative",
        ),
        pytest.param(
            *(day("10:00", "11:00", indicative=True), day("10:30", "13:00", indicative=True)),
            *("time", "soft", 30),
            id="both are indicative",
        ),
        pytest.param(
            *(day("10:00", "11:00"), day("10:30")),
            *("time", "firm", None),
            id="one with an open end begins inside",
        ),
        pytest.param(
            *(day("10:00"), day("10:00", "11:00")),
            *("time", "firm", None),
            id="one with an open end begins at once",
        ),
        pytest.param(
            *(day("10:00"), day("10:00")), *("time", "firm", None), id="both ends are open"
        ),
    ],
)
def test_overlaps_in_time(one, other, kind, severity, minutes) -> None:
    overlap = found(one, other)
    assert (overlap.kind, overlap.severity, overlap.minutes) == (kind, severity, minutes)
    assert found(other, one).kind == kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(day("10:00", "11:00"), day("11:00", "12:00"), id="one after the other"),
        pytest.param(day("10:00"), day("10:10", "11:00"), id="after one with an open end"),
        pytest.param(day("09:00", "10:00"), day("10:00"), id="an open end after one"),
    ],
)
def test_no_overlap_in_one_place(one, other) -> None:
    assert found(one, other) is None


@pytest.mark.parametrize(
    ("one", "other", "severity", "minutes"),
    [
        pytest.param(day("10:00", "11:00"), day("11:00", "12:00"), "firm", 0, id="at once"),
        pytest.param(day("10:00", "11:00"), day("11:29", "12:00"), "firm", 29, id="a minute less"),
        pytest.param(
            *(day("10:00", "11:00"), day("11:10", "12:00", indicative=True)),
            *("soft", 10),
            id="indicative",
        ),
        pytest.param(day("10:00"), day("10:10", "11:00"), "firm", 10, id="from an open end"),
    ],
)
def test_too_little_time_to_travel(one, other, severity, minutes) -> None:
    overlap = found(one, other, places=(CLINIC, POOL))
    assert (overlap.kind, overlap.severity, overlap.minutes) == ("travel", severity, minutes)
    assert found(one, other) is None
    assert found(one, other, places=(CLINIC, POOL), travel=datetime.timedelta()) is None


def test_time_enough_to_travel() -> None:
    enough = day("10:00", "11:00"), day("11:30", "12:00")
    assert found(*enough, places=(CLINIC, POOL)) is None


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        pytest.param(CLINIC, POOL, True, id="other addresses"),
        pytest.param(POOL, NEAR_POOL, False, id="one building"),
        pytest.param(POOL, TOWN_POOL, True, id="one street in two towns"),
        pytest.param(
            CLINIC, samples.location(address=None, name="Sal 2"), False, id="one SOR code"
        ),
        pytest.param(POOL, NO_ADDRESS, False, id="one name, one address"),
        pytest.param(NO_ADDRESS, apd.OtherLocation(name="Torvet"), True, id="two names"),
        pytest.param(kit.HOME, PROTECTED_HOME, False, id="at home"),
        pytest.param(PROTECTED_HOME, PROTECTED_HOME, False, id="at a home that is protected"),
        pytest.param(PROTECTED_HOME, CLINIC, True, id="from home"),
        pytest.param(
            kit.HOME, apd.OtherLocation(address=kit.HOME.address), False, id="home by its address"
        ),
        pytest.param(CLINIC, None, False, id="a place that is not known"),
        pytest.param(CLINIC, apd.OtherLocation(), False, id="a place of which nothing is told"),
    ],
)
def test_places(one, other, apart) -> None:
    times = day("10:00", "11:00"), day("11:00", "12:00")
    for places in ((one, other), (other, one)):
        assert (found(*times, places=places) is not None) == apart


def test_appointments_of_one_series_may_overlap() -> None:
    series = apd.Repetition(samples.medcom_id(500))
    documents = [document(n, day("10:00", "11:00"), repetition=series) for n in (1, 2)]
    assert overview(*documents).overlaps == ()
    alone = document(3, day("10:00", "11:00"))
    assert len(overview(*documents, alone).overlaps) == 2
    nameless = [document(n, day("10:00", "11:00"), repetition=apd.Repetition()) for n in (1, 2)]
    assert len(overview(*nameless).overlaps) == 1


def test_what_is_past_is_no_conflict() -> None:
    times = day("10:00", "11:00"), day("10:30", "11:30")
    assert found(*times, now=kit.at("2026-03-10 10:59")) is not None
    assert found(*times, now=kit.at("2026-03-10 11:00")) is None


def test_over_the_end_of_summer_time() -> None:
    first = apd.Schedule(kit.at("2026-10-25 02:30"), kit.at("2026-10-25 03:30"))
    assert (first.end - first.start) == datetime.timedelta(hours=2)
    assert found(first, schedule("2026-10-25 03:00", "04:00")).minutes == 30


KNEE, BLOOD = apd.Reason("Kontrol"), apd.Reason("Blodprøve")


@pytest.mark.parametrize(
    ("one", "other", "language", "text"),
    [
        pytest.param(
            *(day("10:00", "11:00"), day("10:30", "11:30"), "da"),
            "Kontrol (tirsdag den 10. marts 2026 kl. 10.00–11.00) overlapper "
            "Blodprøve (tirsdag den 10. marts 2026 kl. 10.30–11.30)",
        ),
        pytest.param(
            *(day("10:00", "11:00"), day("10:30", "11:30"), "en"),
            "Kontrol (Tuesday 10 March 2026, 10:00–11:00) overlaps "
            "Blodprøve (Tuesday 10 March 2026, 10:30–11:30)",
        ),
        pytest.param(
            *(day("10:00", "11:00"), day("10:30", "11:30", indicative=True), "da"),
            "Kontrol (tirsdag den 10. marts 2026 kl. 10.00–11.00) overlapper måske "
            "Blodprøve (tirsdag den 10. marts 2026 kl. 10.30–11.30), da tiden er vejledende",
        ),
        pytest.param(
            *(day("10:00", "11:00"), day("10:30", "11:30", indicative=True), "en"),
            "Kontrol (Tuesday 10 March 2026, 10:00–11:00) may overlap "
            "Blodprøve (Tuesday 10 March 2026, 10:30–11:30), as the time is indicative",
        ),
        pytest.param(
            *(day("10:00", "11:00"), day("11:10", "11:30"), "da"),
            "Der er 10 min. fra Kontrol (tirsdag den 10. marts 2026 kl. 10.00–11.00) til "
            "Blodprøve (tirsdag den 10. marts 2026 kl. 11.10–11.30), som er et andet sted",
        ),
        pytest.param(
            *(day("10:00", "11:00"), day("11:10", "11:30"), "en"),
            "There are 10 min from Kontrol (Tuesday 10 March 2026, 10:00–11:00) to "
            "Blodprøve (Tuesday 10 March 2026, 11:10–11:30), which is in another place",
        ),
        pytest.param(
            *(day("10:00", "11:00"), day("11:10", "11:30", indicative=True), "da"),
            "Der er måske kun 10 min. fra Kontrol (tirsdag den 10. marts 2026 kl. 10.00–11.00) "
            "til Blodprøve (tirsdag den 10. marts 2026 kl. 11.10–11.30), som er et andet sted; "
            "tiden er vejledende",
        ),
        pytest.param(
            *(day("10:00", "11:00"), day("11:10", "11:30", indicative=True), "en"),
            "There may be only 10 min from Kontrol (Tuesday 10 March 2026, 10:00–11:00) "
            "to Blodprøve (Tuesday 10 March 2026, 11:10–11:30), which is in another place; "
            "the time is indicative",
        ),
    ],
)
def test_the_text_of_an_overlap(one, other, language, text) -> None:
    first = document(1, one, reason=KNEE)
    second = document(2, other, reason=BLOOD, location=POOL)
    made = overview(first, second, travel=HALF_AN_HOUR, language=language)
    (overlap,) = made.overlaps
    assert overlap.text == text
    knee, blood = made.appointments
    assert made.overlaps_of(knee) == made.overlaps_of(blood) == (overlap,)
    assert overlap.other_than(knee) == blood
    assert overlap.other_than(blood) == knee


def test_one_of_three_that_is_free() -> None:
    whens = day("10:00", "11:00"), day("10:30", "11:30"), day("13:00", "14:00")
    made = overview(*(document(n, when) for n, when in enumerate(whens)))
    assert [len(made.overlaps_of(shown)) for shown in made.appointments] == [1, 1, 0]


MINUTES = st.integers(0, 240)
PLACES = st.sampled_from([CLINIC, POOL, kit.HOME, None])


@st.composite
def days_of_appointments(draw) -> list[apd.AppointmentDocument]:
    """Up to eight appointments of one forenoon, some with an open end, in several places."""
    documents = []
    for number in range(draw(st.integers(0, 8))):
        start = kit.at("2026-03-10 08:00") + datetime.timedelta(minutes=draw(MINUTES))
        length = datetime.timedelta(minutes=draw(st.integers(1, 90)))
        end = draw(st.sampled_from([None, start + length, start + length]))
        documents.append(document(number, apd.Schedule(start, end), location=draw(PLACES)))
    return documents


def minutes_taken(when: apd.Schedule) -> set[int]:
    """The minutes that are surely taken: with an open end, the one it begins in."""
    begins = when.start.hour * 60 + when.start.minute
    length = 1 if when.end is None else (when.end - when.start).seconds // 60
    return set(range(begins, begins + length))


def minutes_between(one: apd.Schedule, other: apd.Schedule) -> int:
    """From the end of the earlier to the start of the later; an open end is its start."""
    first, second = sorted((one, other), key=lambda when: when.start)
    return (second.start - (first.end or first.start)).seconds // 60


def test_each_appointment_is_held_against_so_many_at_once() -> None:
    when = day("10:00", "11:00")
    few = overview(*(document(number, when) for number in range(MAX_AT_ONCE)))
    assert (len(few.overlaps), few.has_more_overlaps) == (
        MAX_AT_ONCE * (MAX_AT_ONCE - 1) / 2,
        False,
    )
    more = overview(*(document(number, when) for number in range(MAX_AT_ONCE + 10)))
    assert len(more.overlaps) == len(few.overlaps) + 10 * MAX_AT_ONCE
    assert more.has_more_overlaps
    assert more.shown_overlaps.rest == "Overlap, der ikke vises her: mindst 5900"
    one_by_one = (document(n, day(f"{n // 60:02}:{n % 60:02}")) for n in range(2 * MAX_AT_ONCE))
    assert not overview(*one_by_one).has_more_overlaps


def test_so_many_conflicts_are_shown_in_one_place() -> None:
    when = day("10:00", "11:00")
    made = overview(*(document(number, when) for number in range(12)), language="en")
    assert made.shown_overlaps == (
        made.overlaps[:MAX_CLASHES_ON_PAGE],
        "Overlaps not shown here: 16",
    )
    of_first = made.overlaps_of(made.appointments[0])
    reported = made.shown_overlaps_of(made.appointments[0])
    assert reported == (of_first[:MAX_CLASHES_ON_CARD], "Overlaps not shown here: 6")


@given(days_of_appointments(), st.sampled_from([0, 15, 60]))
def test_the_sweep_finds_what_a_look_at_every_minute_finds(documents, minutes) -> None:
    made = overview(*documents, travel=datetime.timedelta(minutes=minutes))
    swept = [{overlap.first.key, overlap.second.key, overlap.kind} for overlap in made.overlaps]
    expected = []
    for one, other in itertools.combinations((d.appointment for d in documents), 2):
        are_apart = one.location != other.location and None not in (one.location, other.location)
        if minutes_taken(one.schedule) & minutes_taken(other.schedule):
            expected.append({one.id.value, other.id.value, "time"})
        elif are_apart and minutes_between(one.schedule, other.schedule) < minutes:
            expected.append({one.id.value, other.id.value, "travel"})
    assert sorted(map(sorted, swept)) == sorted(map(sorted, expected))
