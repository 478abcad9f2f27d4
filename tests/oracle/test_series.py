"""Patterns, and series that are changed at random, by both editions of the rules."""

import datetime
import uuid
from collections.abc import Callable, Mapping, Set
from typing import Literal, NamedTuple

import pytest
from attrs import evolve
from hypothesis import strategies as st

import apd
from apd import series as lib
from tests import samples
from tests.oracle import times as t
from tests.oracle.agreeing import agree, on_scenarios
from tests.oracle.expected import patterns, series
from tests.oracle.expected.clock import DAY, midnight
from tests.oracle.expected.patterns import Pattern
from tests.oracle.expected.places import Place
from tests.oracle.expected.series import Edition, One, RuleError, Series
from tests.oracle.test_places import PLACES, location

LATER = 20 * 366 * DAY
HOUR = datetime.timedelta(hours=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
REPETITIONS = {"first": samples.medcom_id(500), "second": samples.medcom_id(501)}
OTHER_PATIENT = samples.patient(id=apd.CprNumber("2512489996"))


# --- patterns ----------------------------------------------------------------------------------


@st.composite
def some_patterns(draw: st.DrawFn) -> Pattern:
    """Days or weeks that often come over a change of the clock, now and then in its hours."""
    first = draw(t.clock_times()) - draw(st.integers(0, 3)) * draw(st.sampled_from([DAY, 7 * DAY]))
    return Pattern(
        first=first,
        count=draw(st.integers(1, 4) | st.integers(5, 8)),
        frequency=draw(st.sampled_from(["DAILY", "WEEKLY"])),
        interval=draw(st.integers(1, 3)),
        weekdays=tuple(draw(st.sets(st.integers(0, 6), max_size=3))),
        lasts=draw(st.sampled_from([None, 30 * t.MINUTE, 9 * HOUR])),
        missing_hour=draw(st.sampled_from(["refuse", "shift", "skip"])),
    )


def _pattern(pattern: Pattern) -> lib.Pattern:
    rule = f"FREQ={pattern.frequency};INTERVAL={pattern.interval};COUNT={pattern.count}"
    if pattern.frequency == "WEEKLY" and pattern.weekdays:
        rule += ";BYDAY=" + ",".join(WEEKDAYS[weekday] for weekday in pattern.weekdays)
    recurrence = lib.Recurrence.of(rule, pattern.first)
    return lib.Pattern(recurrence, pattern.lasts, missing_hour=pattern.missing_hour)


def _a_pattern(pattern: Pattern) -> None:
    made = _pattern(pattern)
    try:
        expected = patterns.appointments(pattern)
    except patterns.SkippedError:
        expected = None
    try:
        found = made.until(midnight(pattern.first.date()) + LATER)
    except apd.InvalidValue:
        assert expected is None
        return
    assert {one.original: (one.schedule.start, one.schedule.end) for one in found} == expected


@on_scenarios(40, 2000)
def test_a_pattern(times: int) -> None:
    agree(_a_pattern, some_patterns(), times)


# --- series ------------------------------------------------------------------------------------


class Operation(NamedTuple):
    """What is done to a series; which appointment it is done to, ``number`` tells."""

    name: Literal["extend", "move", "move_all", "place", "reason", "cancel", "add"]
    number: int
    by: datetime.timedelta
    place: Place
    reason: str
    keeps: bool
    repetition: str | None
    same_patient: bool


_OPERATIONS = st.builds(
    Operation,
    st.sampled_from(["extend", "move", "move_all", "place", "reason", "cancel", "add"]),
    st.integers(0, 9),
    st.builds(
        lambda days, minutes: days * DAY + minutes * t.MINUTE,
        st.integers(-9, 9),
        st.sampled_from([0, 0, 30, 60, -45]),
    ),
    PLACES,
    st.sampled_from(["Kontrol", "Samtale"]),
    st.booleans(),
    st.none() | st.just("second"),
    st.sampled_from([True, True, True, False]),
)


class Life(NamedTuple):
    """A series, the edition that it is judged by, and what is done to it."""

    pattern: Pattern
    place: Place
    edition: Edition
    operations: list[Operation]


_BEGUN = _OPERATIONS.map(lambda one: one._replace(name="extend", by=abs(one.by) + DAY))
LIVES = st.builds(
    Life,
    some_patterns(),
    PLACES,
    st.sampled_from(["2.0", "1.0"]),
    st.builds(lambda first, others: [first, *others], _BEGUN, st.lists(_OPERATIONS, max_size=8)),
)


class Pair:
    """One series as the oracle has it and as the library has it."""

    def __init__(self, life: Life) -> None:
        self.edition: Edition = life.edition
        self.expected = Series(life.pattern, life.place, "Kontrol", "first")
        self.template = samples.appointment(
            reason=apd.Reason("Kontrol"),
            location=location(life.place),
            repetition=apd.Repetition(REPETITIONS["first"]),
        )
        self.found = lib.Series(
            id=uuid.UUID(int=9),
            template=self.template,
            pattern=_pattern(life.pattern),
            edition=life.edition,
        )
        self.begins = midnight(life.pattern.first.date() + DAY)

    def change(self, number: int, todo: Operation) -> None:
        """Both are changed alike, or both refuse it."""
        before = self._appointments()
        found = self._change_found(number, todo)
        if found is None:
            return
        try:
            self.expected = self._change_expected(number, todo)
        except (RuleError, patterns.SkippedError) as error:
            _is_refused(found, getattr(error, "rule", None))
            return
        outcome = found()
        self.found = outcome.series
        after = self._appointments()
        inside = {self._id(key) for key in self.expected.inside}
        assert {one.id: one for one in self.found.appointments} == {id: after[id] for id in inside}
        kinds = {id: _kind(id, before, after, inside) for id in {*before, *after}}
        assert {change.kind: _ids(outcome, change.kind) for change in outcome.changes} == {
            kind: {id for id, other in kinds.items() if other is kind}
            for kind in kinds.values()
            if kind is not None
        }
        for change in outcome.changes:
            assert change.new == (after.get(_id_of(change)))
            assert change.old == before.get(_id_of(change))

    def _change_expected(self, number: int, todo: Operation) -> Series:
        now, edition = self.expected, self.edition
        if todo.name == "extend":
            return series.extend(now, self.begins + 10 * todo.by)
        if todo.name == "move_all":
            return series.move_all(now, todo.by, todo.repetition)
        if todo.name == "add":
            key, one = self._added(number, todo)
            return series.add(now, key, one, same_patient=todo.same_patient, edition=edition)
        key, old = self._chosen(todo)
        if todo.name == "move":
            return series.move(now, key, old.start + todo.by, old.end and old.end + todo.by)
        if todo.name == "place":
            return series.change_place(now, key, todo.place, keeps=todo.keeps, edition=edition)
        if todo.name == "reason":
            return series.change_reason(
                now,
                key,
                todo.reason,
                keeps=todo.keeps,
                edition=edition,
                repetition=None if todo.keeps else todo.repetition,
            )
        return series.cancel(now, key)

    def _change_found(self, number: int, todo: Operation) -> Callable[[], lib.Outcome] | None:
        """The same by the library, to be called; None where there is nothing to be changed."""
        now, new_id = self.found, REPETITIONS.get(todo.repetition or "")
        if todo.name == "extend":
            return lambda: now.extend(self.begins - LATER, self.begins + 10 * todo.by)
        if todo.name == "move_all":
            return lambda: now.move_all(todo.by, repetition_id=new_id)
        if todo.name == "add":
            key, one = self._added(number, todo)
            made = self._appointment(key, one)
            given = made if todo.same_patient else evolve(made, patient=OTHER_PATIENT)
            return lambda: now.add(given)
        if not self.expected.inside:
            return None
        key, old = self._chosen(todo)
        id = self._id(key)
        moved = apd.Schedule(old.start + todo.by, old.end and old.end + todo.by)
        place, reason = location(todo.place), apd.Reason(todo.reason)
        keeps, other = todo.keeps, None if todo.keeps else new_id
        return {
            "move": lambda: now.move(id, moved),
            "place": lambda: now.change_location(id, place, keep_repetition=keeps),
            "reason": lambda: now.change_reason(
                id, reason, keep_repetition=keeps, new_repetition_id=other
            ),
            "cancel": lambda: now.cancel(id),
        }[todo.name]

    def _chosen(self, todo: Operation) -> tuple[series.Key, One]:
        keys = sorted(self.expected.inside)
        key = keys[todo.number % len(keys)]
        return key, self.expected.inside[key]

    def _added(self, number: int, todo: Operation) -> tuple[series.Key, One]:
        """One that no pattern makes."""
        start = self.begins + todo.by
        key = datetime.datetime(1990, 1, 1, 0, number)
        return key, One(start, None, todo.place, todo.reason, todo.repetition or "first")

    def _id(self, key: series.Key) -> apd.MedComId:
        """The id that the library makes; it does not depend on the times."""
        return lib.Occurrence(key, samples.schedule()).id(self.found.id)

    def _appointments(self) -> dict[apd.MedComId, apd.Appointment]:
        """What the oracle says of each appointment that is not cancelled."""
        all_of_them = {**self.expected.inside, **self.expected.outside}
        return {self._id(key): self._appointment(key, one) for key, one in all_of_them.items()}

    def _appointment(self, key: series.Key, one: One) -> apd.Appointment:
        repetition = None
        if one.repetition is not None:
            repetition = apd.Repetition(REPETITIONS[one.repetition])
        return evolve(
            self.template,
            id=self._id(key),
            schedule=apd.Schedule(one.start, one.end),
            location=location(one.place),
            reason=apd.Reason(one.reason),
            repetition=repetition,
        )


def _is_refused(change: Callable[[], lib.Outcome], rule: str | None) -> None:
    """For that rule, or for a time that does not exist."""
    with pytest.raises(apd.ApdError) as refused:
        change()
    if rule is None:
        assert isinstance(refused.value, apd.InvalidValue)
    else:
        assert isinstance(refused.value, lib.SeriesRuleError)
        assert refused.value.rule == rule
        assert rule in str(refused.value)


def _kind(
    id: apd.MedComId,
    before: Mapping[apd.MedComId, apd.Appointment],
    after: Mapping[apd.MedComId, apd.Appointment],
    inside: Set[apd.MedComId],
) -> lib.ChangeKind | None:
    """What became of an appointment, told from what it was and is."""
    old, new = before.get(id), after.get(id)
    if old == new:
        return None
    if old is None:
        return lib.ChangeKind.ADDED
    if new is None:
        return lib.ChangeKind.CANCELLED
    if id in inside:
        return lib.ChangeKind.CHANGED
    is_elsewhere = old.location != new.location
    return lib.ChangeKind.LEFT_THE_SERIES if is_elsewhere else lib.ChangeKind.ENDED


def _ids(outcome: lib.Outcome, kind: lib.ChangeKind) -> set[object]:
    return {_id_of(change) for change in outcome.changes if change.kind is kind}


def _id_of(change: lib.Change) -> apd.MedComId:
    one = change.new or change.old
    assert one is not None
    assert isinstance(one.id, apd.MedComId)
    return one.id


def _a_life(life: Life) -> None:
    pair = Pair(life)
    for number, todo in enumerate(life.operations):
        pair.change(number, todo)


@on_scenarios(60, 3000)
def test_a_series(times: int) -> None:
    agree(_a_life, LIVES, times)


# --- sets of documents -------------------------------------------------------------------------

RULES = {"SET-SERIES-PATIENT": "R4", "SET-SERIES-LOCATION": "R6", "SET-SERIES-REASON": "R7"}


class Together(NamedTuple):
    """Documents with one repetition id, and the edition that they are judged by."""

    members: list[tuple[Place, str, str]]
    """Place, reason and patient of each."""
    edition: Edition


_TOGETHER = st.builds(
    Together,
    st.lists(
        st.tuples(
            st.sampled_from([Place("home"), Place("home", street="Ahornparken 7")]) | PLACES,
            st.sampled_from(["Kontrol", "Kontrol", "Kontrol", "Samtale"]),
            st.sampled_from(["Solveig", "Solveig", "Solveig", "Asta"]),
        ),
        min_size=2,
        max_size=3,
    ),
    st.sampled_from(["2.0", "1.0"]),
)


def _a_set(together: Together) -> None:
    patients = {"Solveig": samples.patient(), "Asta": OTHER_PATIENT}
    documents, ones = [], []
    for number, (place, reason, patient) in enumerate(together.members, 1):
        start = apd.local_time(2026, 3, number)
        ones.append(One(start, None, place, reason, "first"))
        appointment = samples.appointment(
            id=samples.medcom_id(100 + number),
            patient=patients[patient],
            schedule=apd.Schedule(start),
            location=location(place),
            reason=apd.Reason(reason),
            repetition=apd.Repetition(REPETITIONS["first"]),
        )
        document = samples.document(id=samples.medcom_id(number), appointment=appointment)
        documents.append(apd.dumps(document, check=False))
    reports = apd.validate_all(documents, edition=together.edition)
    assert len(list(reports)) == len(documents)
    found = {
        RULES[one.finding.rule]: one.finding.severity.value
        for one in reports.findings
        if one.finding.rule in RULES
    }
    whose = [patient for _, _, patient in together.members]
    assert found == series.findings(ones, whose, together.edition)


@on_scenarios(25, 1000)
def test_a_set_of_documents(times: int) -> None:
    agree(_a_set, _TOGETHER, times)
