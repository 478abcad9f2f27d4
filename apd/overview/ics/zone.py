"""Europe/Copenhagen as a VTIMEZONE, computed from the time zone database."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from apd.model.time import copenhagen
from apd.overview.ics.content_lines import component, local

NAME = "Europe/Copenhagen"
_SECOND, _WEEK = datetime.timedelta(seconds=1), datetime.timedelta(days=7)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONTHS, _NO_YEAR = range(1, 13), 0


class Observance(NamedTuple):
    """The time in Denmark from a moment on: the offset before and after, and the name of it."""

    before: datetime.timedelta
    after: datetime.timedelta
    name: str
    is_summer: bool


Onsets = list[datetime.datetime]
"""When an observance begins, on the clock as it was before (RFC 5545, §3.6.5)."""


def timezone(moments: Iterable[datetime.datetime]) -> Iterator[str]:
    """The lines of the time zone that some moments, at least one, need."""
    begins: dict[Observance, Onsets] = {}
    for change in _changes(sorted(moments)):
        observance = _observance(change)
        onset = (change + observance.before).replace(tzinfo=None)
        begins.setdefault(observance, []).append(onset)
    return component("VTIMEZONE", _lines(begins))


def _lines(begins: dict[Observance, Onsets]) -> Iterator[str]:
    yield f"TZID:{NAME}"
    last_year = max(onsets[-1].year for onsets in begins.values())
    for observance, onsets in begins.items():
        regular = _regular(onsets, last_year)
        irregular = onsets[: len(onsets) - len(regular)]
        if irregular:
            dates = ",".join(map(local, irregular[1:]))
            yield from _component(observance, irregular, f"RDATE:{dates}" if dates else "")
        if regular:
            yield from _component(observance, regular, f"RRULE:{_rule(regular[0])}")


def _changes(moments: Sequence[datetime.datetime]) -> Iterator[datetime.datetime]:
    """The clock changes in the years of some moments and before, at least one."""
    years = sorted({year for moment in moments for year in (moment.year - 1, moment.year)})
    for first, last in _runs(years):
        found = [change for year in range(first, last + 1) for change in _changes_of(year)]
        earliest = next(moment for moment in moments if moment.year >= first)
        if not found or earliest < found[0]:
            yield _utc(first)
        yield from found


def _runs(years: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of consecutive years."""
    first = years[0]
    for year, following in pairwise((*years, _NO_YEAR)):
        if following != year + 1:
            yield first, year
            first = following


def _changes_of(year: int) -> Iterator[datetime.datetime]:
    """The clock changes in a year; at most one a month."""
    months = [_utc(year, month) for month in _MONTHS]
    for early, late in pairwise((*months, _utc(year + 1))):
        if _offset(early) != _offset(late):
            yield _change_between(early, late)


def _change_between(early: datetime.datetime, late: datetime.datetime) -> datetime.datetime:
    """The first second with the offset of the later one."""
    while late - early > _SECOND:
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        if _offset(middle) == _offset(early):
            early = middle
        else:
            late = middle
    return late


def _utc(year: int, month: int = 1) -> datetime.datetime:
    return datetime.datetime(year, month, 1, tzinfo=datetime.UTC)


def _offset(moment: datetime.datetime) -> datetime.timedelta:
    offset = moment.astimezone(copenhagen()).utcoffset()
    assert offset is not None  # a ZoneInfo always has one
    return offset


def _observance(begins: datetime.datetime) -> Observance:
    local = begins.astimezone(copenhagen())
    before, name = _offset(begins - _SECOND), local.tzname()
    return Observance(before, _offset(begins), name or "", bool(local.dst()))


def _regular(onsets: Sequence[datetime.datetime], last_year: int) -> Onsets:
    """The last changes that follow a yearly rule, up to the last year; or none."""
    found: Onsets = []
    for onset, year in zip(reversed(onsets), range(last_year, 0, -1), strict=False):
        if onset.year != year or not _rule(onset) or _rule(onset) != _rule(onsets[-1]):
            break
        found.insert(0, onset)
    return found if len(found) > 1 else []


def _rule(onset: datetime.datetime) -> str:
    """A yearly rule such as the last Sunday of March; empty for another day than the last."""
    if (onset + _WEEK).month == onset.month:
        return ""
    return f"FREQ=YEARLY;BYDAY=-1{_DAYS[onset.weekday()]};BYMONTH={onset.month}"


def _component(observance: Observance, onsets: Onsets, repeats: str) -> Iterator[str]:
    lines = (
        f"DTSTART:{local(onsets[0])}",
        repeats,
        f"TZNAME:{observance.name}",
        f"TZOFFSETFROM:{_clock(observance.before)}",
        f"TZOFFSETTO:{_clock(observance.after)}",
    )
    name = "DAYLIGHT" if observance.is_summer else "STANDARD"
    return component(name, filter(None, lines))


def _clock(offset: datetime.timedelta) -> str:
    """An offset as +0100, with seconds where it has some."""
    minutes, seconds = divmod(abs(int(offset.total_seconds())), 60)
    sign = "-" if offset < datetime.timedelta() else "+"
    return f"{sign}{minutes // 60:02}{minutes % 60:02}{f'{seconds:02}' if seconds else ''}"
