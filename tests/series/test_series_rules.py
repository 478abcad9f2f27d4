"""The rules R1 to R4 of repeating appointments: what a series is; and what each rule forbids."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from attrs import evolve

import apd
from apd.series import ChangeKind, Pattern, Recurrence, Series, SeriesRuleError
from tests import samples
from tests.series.making import (
    ELSEWHERE,
    MONDAYS,
    OTHER_ID,
    OTHER_PATIENT,
    OTHER_REASON,
    REPETITION_ID,
    SERIES_ID,
    clock,
    first_id,
    half_an_hour_from,
    ids,
    only,
    template,
    time_at,
    times,
    weekly,
)

# --- R1 to R4: what a series is -------------------------------------------------------------


def test_r1_many_a_day_on_many_days_overlapping() -> None:
    hourly = Recurrence.of("FREQ=HOURLY", clock("2026-03-28 22:00"))
    pattern = Pattern(hourly, datetime.timedelta(hours=30), missing_hour="skip")
    series = Series(id=SERIES_ID, template=template(), pattern=pattern)
    series = series.extend(time_at("2026-03-28 00:00"), time_at("2026-03-31 00:00")).series
    assert len(series.appointments) == 2 + 23 + 24
    assert len(set(ids(series))) == 49


def test_r1_two_at_the_same_time() -> None:
    series = weekly()
    again = template(id=OTHER_ID, schedule=series.appointments[0].schedule)
    added = series.add(again).series
    assert times(added) == [MONDAYS[0], *MONDAYS]


def test_r2_each_appointment_has_an_id_of_its_own() -> None:
    series = weekly()
    assert times(series) == MONDAYS
    assert len(set(ids(series))) == 4
    assert samples.medcom_id(2) not in ids(series)  # the template's


def test_r3_all_have_the_repetition_id() -> None:
    assert {one.repetition for one in weekly().appointments} == {apd.Repetition(REPETITION_ID)}
    assert weekly().repetition_id == REPETITION_ID


def test_r3_the_repetition_id_may_be_missing() -> None:
    series = weekly(repetition=apd.Repetition())
    assert {one.repetition for one in series.appointments} == {apd.Repetition()}
    assert series.repetition_id is None
    assert series.appointments[0].types == (1, 4)


def test_r4_all_are_one_patients() -> None:
    assert weekly().patient == samples.patient()
    assert {one.patient for one in weekly().appointments} == {samples.patient()}


def test_r4_a_patient_may_move_house() -> None:
    """Whose a series is the number says, not the address."""
    moved = samples.patient(address=samples.address(lines=["Rosenhaven 4"]))
    added = weekly().add(template(id=OTHER_ID, patient=moved)).series
    assert len(added.appointments) == 5


class Forbidden(NamedTuple):
    """What a rule forbids, words of what is said of it, and the editions that forbid it so."""

    rule: str
    attempt: Callable[[Series], object]
    english: str
    danish: str
    editions: tuple[str, ...] = ("1.0", "2.0")


FORBIDDEN = {
    "no id": Forbidden(
        "R2", lambda series: series.add(template(id=None)), "has no id", "intet aftale-id"
    ),
    "an id that is there": Forbidden(
        "R2", lambda series: series.add(template(id=first_id(series))), "same id", "samme aftale-id"
    ),
    "an id that is there, in capitals": Forbidden(
        "R2", lambda series: series.add(template(id=apd.MedComId(first_id(series).value.upper()))),
        "same id", "samme aftale-id",
    ),
    "the same id twice": Forbidden(
        "R2", lambda series: series.add(template(id=OTHER_ID), template(id=OTHER_ID)),
        "same id", "samme aftale-id",
    ),
    "another series": Forbidden(
        "R3", lambda series: series.add(template(id=OTHER_ID, repetition=apd.Repetition(OTHER_ID))),
        "another series", "en anden serie",
    ),
    "a series that does not repeat": Forbidden(
        "R3", lambda series: Series(id=SERIES_ID, template=samples.appointment()),
        "does not repeat", "ikke repeterende",
    ),
    "an appointment that does not repeat": Forbidden(
        "R3",
        lambda series: Series(
            id=SERIES_ID, template=template(), appointments=[samples.appointment()]
        ),
        "does not repeat", "ikke repeterende",
    ),
    "another patient": Forbidden(
        "R4", lambda series: series.add(template(id=OTHER_ID, patient=OTHER_PATIENT)),
        "another patient", "anden borger",
    ),
    "another patient for all to come": Forbidden(
        "R4", lambda series: evolve(series, template=template(patient=OTHER_PATIENT)),
        "another patient", "anden borger",
    ),
    "different location": Forbidden(
        "R6", lambda series: series.add(template(id=OTHER_ID, location=ELSEWHERE)),
        "different location", "andet mødested", ("1.0",),
    ),
    "another type of location": Forbidden(
        "R6", lambda series: series.add(template(id=OTHER_ID, location=apd.HomeLocation())),
        "different location", "andet mødested", ("1.0",),
    ),
    "no location": Forbidden(
        "R6", lambda series: series.add(template(id=OTHER_ID, location=None)),
        "different location", "andet mødested", ("1.0",),
    ),
    "another location for all to come": Forbidden(
        "R6", lambda series: evolve(series, template=template(location=ELSEWHERE)),
        "different location", "andet mødested", ("1.0",),
    ),
    "the repetition kept at another location": Forbidden(
        "R6",
        lambda series: series.change_location(first_id(series), ELSEWHERE, keep_repetition=True),
        "different location", "andet mødested", ("1.0",),
    ),
    "different reason": Forbidden(
        "R7", lambda series: series.add(template(id=OTHER_ID, reason=OTHER_REASON)),
        "different reason", "anden årsag", ("1.0",),
    ),
    "the repetition kept for another reason": Forbidden(
        "R7",
        lambda series: series.change_reason(first_id(series), OTHER_REASON, keep_repetition=True),
        "different reason", "anden årsag", ("1.0",),
    ),
    "another reason with the old repetition id": Forbidden(
        "R7",
        lambda series: series.change_reason(
            first_id(series), OTHER_REASON, new_repetition_id=REPETITION_ID
        ),
        "cannot keep the repetition id", "kan ikke beholde seriens repetitions-id", ("1.0",),
    ),
    "a new series with the old repetition id": Forbidden(
        "R3",
        lambda series: series.change_reason(
            first_id(series), OTHER_REASON, new_repetition_id=REPETITION_ID
        ),
        "cannot have the repetition id", "kan ikke have repetitions-id", ("2.0",),
    ),
    "some of all": Forbidden(
        "R8",
        lambda series: series.move_all({id: samples.schedule() for id in ids(series)[1:]}),
        "do not match", "svarer ikke til",
    ),
    "more than all": Forbidden(
        "R8",
        lambda series: series.move_all(
            {id: samples.schedule() for id in [*ids(series), OTHER_ID]}
        ),
        "do not match", "svarer ikke til",
    ),
}  # fmt: skip


BY_EDITION = {
    f"{what}-{edition}": (row, edition)
    for what, row in FORBIDDEN.items()
    for edition in row.editions
}
ALLOWED_NOW = {
    what: row for what, row in FORBIDDEN.items() if row.rule in ("R6", "R7")
    if "old repetition id" not in what
}  # fmt: skip


@pytest.mark.parametrize("row", ALLOWED_NOW.values(), ids=ALLOWED_NOW)
def test_what_2_0_struck_is_allowed(row: Forbidden) -> None:
    assert row.editions == ("1.0",)
    row.attempt(weekly())


@pytest.mark.parametrize(("row", "edition"), BY_EDITION.values(), ids=BY_EDITION)
def test_what_is_forbidden_is_refused_by_its_rule(row: Forbidden, edition: str) -> None:
    series = evolve(weekly(), edition=edition)
    before = repr(series)
    with pytest.raises(SeriesRuleError) as caught:
        row.attempt(series)
    error = caught.value
    assert error.rule == row.rule
    assert isinstance(error, apd.ApdError)
    assert str(error) == error.message("en")
    assert error.message("en").startswith(f"{row.rule}: ")
    assert row.english in error.message("en")
    assert row.danish in error.message("da")
    named = {"R4": "1.0.12", "R6": "1.0.12", "R7": "1.0.12"}.get(row.rule, "2.0")
    assert str(error).endswith(f" (Aftaleoversigten {named})")
    for secret in (samples.CPR, "Solveig", "Indgang", "Samtale"):
        assert secret not in str(error) + error.message("da") + repr(error)
    assert repr(series) == before


# --- a series as a value --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": str(SERIES_ID)}, "Series.id must be .*, not str"),
        ({"template": None}, "Series.template must be .*, not None"),
        ({"appointments": ["x"]}, "Series.appointments must be .*, not str"),
        ({"pattern": "FREQ=DAILY"}, "Series.pattern must be .*, not str"),
        ({"closed": ["x"]}, "Series.closed must be .*, not str"),
        ({"edition": "1.0.12"}, "edition is not a known edition"),
    ],
)
def test_no_series(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(apd.InvalidValue, match=message):
        Series(**{"id": SERIES_ID, "template": template(), **fields})


def test_bookings_that_are_there_make_a_series() -> None:
    """A vendor who knows appointments and no pattern."""
    bookings = [
        template(id=samples.medcom_id(number), schedule=half_an_hour_from(monday))
        for number, monday in enumerate(reversed(MONDAYS), 10)
    ]
    series = Series(id=uuid.uuid4(), template=bookings[0], appointments=bookings)
    assert times(series) == MONDAYS
    assert times(series.cancel(samples.medcom_id(10)).series) == MONDAYS[:3]


def test_what_became_of_it_in_words() -> None:
    words = {kind: (kind.display("da"), kind.display("en")) for kind in ChangeKind}
    assert words[ChangeKind.CANCELLED] == ("Aflyst", "Cancelled")
    assert len(set(words.values())) == len(ChangeKind)


def test_documents_of_a_series_break_no_rule() -> None:
    """What the operations make passes the validator's rules over sets of documents (R2 to R7)."""
    series = weekly()
    first, second, third, _ = ids(series)
    moved = series.move(first, half_an_hour_from("2026-03-11 14:00")).series
    left = moved.change_location(second, ELSEWHERE)
    ended = left.series.change_reason(third, OTHER_REASON, new_repetition_id=OTHER_ID)
    more = ended.series.add(template(id=samples.medcom_id(9), repetition=None))
    standing = [*more.series.appointments, only(left).new, only(ended).new]
    documents = [
        samples.document(id=samples.medcom_id(100 + number), appointment=one)
        for number, one in enumerate(standing)
    ]
    assert apd.validate_all(documents, edition="1.0").findings == ()
    kept = [evolve(one, repetition=apd.Repetition(REPETITION_ID)) for one in standing if one]
    broken = [
        evolve(document, appointment=one) for document, one in zip(documents, kept, strict=True)
    ]
    for edition, severity in (("1.0", "error"), ("2.0", "information")):
        findings = [one.finding for one in apd.validate_all(broken, edition=edition).findings]
        assert {one.rule for one in findings} == {"SET-SERIES-LOCATION", "SET-SERIES-REASON"}
        assert {one.severity for one in findings} == {severity}
