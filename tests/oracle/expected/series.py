"""What becomes of a series (type 4), by edition of the business rules.

Source: Aftaleoversigten, table 2, type 4; R1 to R10 are its sentences as the older text has
them. Those of R4, R6 and R7 are struck in 2.0; editions before it, in which they stand, are
called "1.0" here.
"""

import datetime
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from tests.oracle.expected.clock import clock
from tests.oracle.expected.patterns import Pattern, appointments, on_the_clock
from tests.oracle.expected.places import Place, same

Edition = Literal["2.0", "1.0"]
Key = datetime.datetime
"""An appointment of a pattern is told by the clock time that the rule says, however it is moved."""


class RuleError(Exception):
    """The edition forbids it."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


class One(NamedTuple):
    """An appointment."""

    start: datetime.datetime
    end: datetime.datetime | None
    place: Place
    reason: str
    repetition: str | None
    """The repetition id, or None for an appointment that does not repeat."""


class Series(NamedTuple):
    """The appointments of a series, those that left it, and those that were cancelled."""

    pattern: Pattern
    place: Place
    reason: str
    repetition: str
    inside: Mapping[Key, One] = {}
    outside: Mapping[Key, One] = {}
    cancelled: frozenset[Key] = frozenset()


def extend(series: Series, before: datetime.datetime) -> Series:
    """R10: those of the pattern that are not there yet; what left or was cancelled stays away."""
    known = {*series.inside, *series.outside, *series.cancelled}
    more = {
        key: One(start, end, series.place, series.reason, series.repetition)
        for key, (start, end) in appointments(series.pattern, before).items()
        if key not in known
    }
    return series._replace(inside={**series.inside, **more})


def move(
    series: Series, key: Key, start: datetime.datetime, end: datetime.datetime | None
) -> Series:
    """R5: it still repeats, and has the same repetition id."""
    return _kept(series, key, series.inside[key]._replace(start=start, end=end))


def move_all(series: Series, by: datetime.timedelta, repetition: str | None = None) -> Series:
    """R8: every appointment with the repetition id moves; the id stays, or all get another."""
    if repetition is not None:
        inside = {key: one._replace(repetition=repetition) for key, one in series.inside.items()}
        series = series._replace(inside=inside, repetition=repetition)
    if not by:
        return series
    pattern = series.pattern._replace(moved_by=series.pattern.moved_by + by)
    inside = {key: _moved(one, by, pattern) for key, one in series.inside.items()}
    return series._replace(pattern=pattern, inside=inside)


def change_place(
    series: Series, key: Key, place: Place, *, keeps: bool, edition: Edition
) -> Series:
    """R6: it no longer repeats; since 2.0 it may go on doing so."""
    old = series.inside[key]
    changed = old._replace(place=place)
    if same(old.place, place):
        return _kept(series, key, changed)
    if keeps and edition == "1.0":
        raise RuleError("R6")
    return _kept(series, key, changed) if keeps else _left(series, key, changed)


def change_reason(
    series: Series,
    key: Key,
    reason: str,
    *,
    keeps: bool,
    edition: Edition,
    repetition: str | None = None,
) -> Series:
    """R7: the repetition ends, or another begins with it; since 2.0 it may keep its own."""
    old = series.inside[key]
    changed = old._replace(reason=reason)
    if old.reason == reason:
        return series
    if keeps and edition == "1.0":
        raise RuleError("R7")
    if repetition == series.repetition:
        raise RuleError("R7" if edition == "1.0" else "R3")
    return _kept(series, key, changed) if keeps else _left(series, key, changed, repetition)


def cancel(series: Series, key: Key) -> Series:
    """R9: it is removed from display."""
    return series._replace(inside=_without(series, key), cancelled=series.cancelled | {key})


def add(series: Series, key: Key, one: One, *, same_patient: bool, edition: Edition) -> Series:
    """R10: another one takes the same repetition id (R3); by the older text it is alike."""
    if one.repetition != series.repetition:
        raise RuleError("R3")
    if not same_patient:
        raise RuleError("R4")
    if edition == "1.0" and not same(one.place, series.place):
        raise RuleError("R6")
    if edition == "1.0" and one.reason != series.reason:
        raise RuleError("R7")
    return _kept(series, key, one)


def _kept(series: Series, key: Key, changed: One) -> Series:
    return series._replace(inside={**series.inside, key: changed})


def _left(series: Series, key: Key, changed: One, repetition: str | None = None) -> Series:
    outside = {**series.outside, key: changed._replace(repetition=repetition)}
    return series._replace(inside=_without(series, key), outside=outside)


def _without(series: Series, key: Key) -> dict[Key, One]:
    return {other: one for other, one in series.inside.items() if other != key}


def _moved(one: One, by: datetime.timedelta, pattern: Pattern) -> One:
    """Later on the clock; an appointment that there is is never left out."""
    start = on_the_clock(clock(one.start) + by, pattern.missing_hour)
    return one._replace(start=start, end=one.end and start + (one.end - one.start))


def findings(ones: Iterable[One], patients: Iterable[str], edition: Edition) -> dict[str, str]:
    """What is to be said of appointments with one repetition id, by the rule; and its weight.

    Args:
        ones: the appointments.
        patients: whose they are.
        edition: by which they are judged.
    """
    together = list(ones)
    differ = {
        "R4": len(set(patients)) > 1,
        "R6": any(not same(one.place, together[0].place) for one in together),
        "R7": len({one.reason for one in together}) > 1,
    }
    struck = {"R4": "warning", "R6": "information", "R7": "information"}
    return {
        rule: "error" if edition == "1.0" else struck[rule] for rule, does in differ.items() if does
    }
