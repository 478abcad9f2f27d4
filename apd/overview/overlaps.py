"""Conflicts between appointments of a patient.

Two appointments conflict if they overlap in time, or if there is too little time between them to
get from one place to the other. The rules are:

* For an appointment without an end, no end is assumed. It conflicts with those in progress when it
  begins and with those that begin at the same moment; travel to the next one counts from its
  start.
* Appointments of one series may overlap (Aftaleoversigten 2.0, R1) and are not a conflict.
* An appointment without a time of day conflicts with none.
* Past appointments are not in conflict.
* Travel counts between places that are known to be different. The same place is not
  (:func:`apd.model.location.is_same_place`), nor are two places in one building. If one place is
  unknown, no conflict is shown; nor if both have the same id or, as far as addresses are known,
  the same name.
"""

import datetime
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from attrs import frozen

from apd.limits import MAX_AT_ONCE
from apd.model.contact import words_of
from apd.model.location import HomeLocation, Location, is_same_place
from apd.overview.days import on_day
from apd.overview.groups import series_key
from apd.overview.shown import Phase, ShownAppointment
from apd.privacy.address_terms import is_same_building
from apd.text import times
from apd.text.overview import Words
from apd.wording import Language

_MINUTE = datetime.timedelta(minutes=1)


class OverlapKind(StrEnum):
    """The kind of a conflict."""

    TIME = "time"
    """They overlap in time."""
    TRAVEL = "travel"
    """They are in different places, with too little time between them."""


class OverlapSeverity(StrEnum):
    """How certain a conflict is."""

    FIRM = "firm"
    """The times of both are exact."""
    SOFT = "soft"
    """The times of one of them are indicative, so there may be no conflict in the end."""


@frozen
class Overlap:
    """Two appointments that conflict.

    Args:
        first: the one that begins first.
        second: the other one.
        kind: overlapping in time, or too little time to travel.
        severity: firm, or soft if a time is indicative.
        minutes: the whole minutes for which they overlap, or between them; None if they overlap
            and an end is unknown.
    """

    first: ShownAppointment
    second: ShownAppointment
    kind: OverlapKind
    severity: OverlapSeverity
    minutes: int | None

    @property
    def text(self) -> str:
        """Its description, in one sentence."""
        words = Words(self.first.language)
        return words(
            self._key(""),
            one=_named(self.first, words),
            other=_named(self.second, words),
            minutes=self.minutes,
        )

    def text_beside(self, shown: ShownAppointment) -> str:
        """Its description for one of the two, which names only the other."""
        words, other = Words(shown.language), self.other_than(shown)
        days = {one.schedule.first_day for one in (shown, other)}
        is_one_day = days == {one.schedule.last_day for one in (shown, other)} and len(days) == 1
        time = on_day(other, *days).time if is_one_day else _period(other, words)
        named = words("named", about=other.about, time=time)
        return words(self._key("_with"), other=named, minutes=self.minutes)

    def _key(self, form: str) -> str:
        key = "overlap" if self.kind is OverlapKind.TIME else "travel"
        is_soft = self.severity is OverlapSeverity.SOFT
        return f"{key}{form}{'_soft' if is_soft else ''}"

    def other_than(self, shown: ShownAppointment) -> ShownAppointment:
        """The other one of the two."""
        return self.second if shown.key == self.first.key else self.first


def _named(shown: ShownAppointment, words: Words) -> str:
    return words("named", about=shown.about, time=_period(shown, words))


def _period(shown: ShownAppointment, words: Words) -> str:
    return times.period(shown.schedule, words.language)


class FoundOverlaps(NamedTuple):
    """The conflicts among appointments, in the order of the later appointment.

    ``has_more`` where there may be others, as more than :data:`apd.limits.MAX_AT_ONCE` appointments
    are in progress at once.
    """

    overlaps: tuple[Overlap, ...]
    has_more: bool


def find_overlaps(
    appointments: Iterable[ShownAppointment], travel: datetime.timedelta
) -> FoundOverlaps:
    """The conflicts among appointments that are sorted by their start.

    One pass compares each with those in progress. ``travel`` is the time from one place to another.
    """
    sweep = _Sweep(travel)
    return FoundOverlaps(tuple(sweep.over(appointments)), sweep.has_more)


class ShownOverlaps(NamedTuple):
    """The first conflicts in one place, and a sentence with the number of further ones, or None."""

    overlaps: tuple[Overlap, ...]
    rest: str | None


def limited(
    overlaps: Sequence[Overlap], most: int, *, has_more: bool, language: Language
) -> ShownOverlaps:
    """The conflicts that are shown, at most ``most``."""
    left = len(overlaps) - most
    if left <= 0:
        return ShownOverlaps(tuple(overlaps), None)
    key = "overlaps_left_at_least" if has_more else "overlaps_left"
    return ShownOverlaps(tuple(overlaps[:most]), Words(language)(key, count=left))


class _Kept(NamedTuple):
    """An appointment with values that are needed repeatedly."""

    shown: ShownAppointment
    start: datetime.datetime
    end: datetime.datetime | None
    least_end: datetime.datetime
    is_soft: bool
    series: tuple[str, str] | None


def _kept(shown: ShownAppointment) -> _Kept:
    when = shown.schedule
    least_end = when.end or when.start
    return _Kept(shown, when.start, when.end, least_end, when.indicative, series_key(shown))


class _Sweep:
    """A pass over appointments by their start, with those that are not over yet."""

    def __init__(self, travel: datetime.timedelta) -> None:
        self._travel = travel
        self.has_more = False

    def over(self, appointments: Iterable[ShownAppointment]) -> Iterator[Overlap]:
        travel = self._travel
        going_on: deque[_Kept] = deque(maxlen=MAX_AT_ONCE)
        for second in (_kept(shown) for shown in appointments if _may_conflict(shown)):
            not_over = [one for one in going_on if one.least_end + travel >= second.start]
            going_on = deque(not_over, maxlen=MAX_AT_ONCE)
            for first in not_over:
                overlap = _between(first, second, travel)
                if overlap is not None:
                    yield overlap
            self.has_more = self.has_more or len(going_on) == MAX_AT_ONCE
            going_on.append(second)


def _may_conflict(shown: ShownAppointment) -> bool:
    return shown.phase is not Phase.PAST and not shown.schedule.date_only


def _between(first: _Kept, second: _Kept, travel: datetime.timedelta) -> Overlap | None:
    if first.series is not None and first.series == second.series:
        return None
    if second.start == first.start or second.start < first.least_end:
        return _overlap(first, second, OverlapKind.TIME, _shared(first, second))
    free = second.start - first.least_end
    if free < travel and _are_apart(first.shown, second.shown):
        return _overlap(first, second, OverlapKind.TRAVEL, free // _MINUTE)
    return None


def _overlap(first: _Kept, second: _Kept, kind: OverlapKind, minutes: int | None) -> Overlap:
    is_soft = first.is_soft or second.is_soft
    severity = OverlapSeverity.SOFT if is_soft else OverlapSeverity.FIRM
    return Overlap(first.shown, second.shown, kind, severity, minutes)


def _shared(first: _Kept, second: _Kept) -> int | None:
    if first.end is None or second.end is None:
        return None
    return (min(first.end, second.end) - second.start) // _MINUTE


def _are_apart(first: ShownAppointment, second: ShownAppointment) -> bool:
    """True for two appointments whose places are known to be different."""
    one, other = first.appointment.location, second.appointment.location
    if one is None or other is None or not (_is_known(one) and _is_known(other)):
        return False
    return not (is_same_place(one, other) or _may_be_together(one, other))


def _is_known(place: Location) -> bool:
    return isinstance(place, HomeLocation) or bool(place.id or place.name or _has_address(place))


def _has_address(place: Location) -> bool:
    return place.address is not None and place.address.is_informed


def _may_be_together(one: Location, other: Location) -> bool:
    """True for two places between which there may be no distance."""
    if one.id is not None and one.id == other.id:
        return True
    if is_same_building(one.address, other.address):
        return True
    has_addresses = _has_address(one) and _has_address(other)
    names = words_of(one.name or ""), words_of(other.name or "")
    return not has_addresses and any(names) and names[0] == names[1]
