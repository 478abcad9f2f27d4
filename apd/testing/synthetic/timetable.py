"""The patient and the day of each document: patients with few or many appointments, and series.

Documents are numbered from 1 on, in blocks of twelve. A few patients share a block, and each has
appointments on consecutive parts of the days, so that none overlap. The content of a block depends
on the seed and its number alone.

With a fixed number of patients, these get the documents in turn. The days of each are divided into
terms of twelve weeks, and used one weekday of a term after another, so that a series is weekly and
no day has two appointments. Their content depends on the seed, the patient and the days.
"""

import datetime
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from apd.errors import InvalidValue
from apd.model.location import HomeLocation
from apd.testing.synthetic.activities import Variant, variants
from apd.testing.synthetic.criteria import Selection
from apd.testing.synthetic.dice import Dice
from apd.wording import Wording

BLOCK = 12
_SHARES = ((12,), (1, 11), (2, 10), (3, 9), (4, 8), (6, 6), (1, 2, 9), (1, 3, 8), (2, 4, 6),
           (1, 1, 2, 8), (1, 2, 3, 6), (1, 1, 1, 4, 5))  # fmt: skip
_ALONE = (1,) * BLOCK
_WEEK = 7
_WEEKEND = (5, 6)
_SERIES_PERCENT, _LONGEST_SERIES = 20, 6
_TERM = 12
"""The number of weeks in a term, with a fixed number of patients."""

Days = tuple[datetime.date, ...]


class Slot(NamedTuple):
    """The slot of a document.

    Args:
        patient: the number of the patient, which is that of the patient's first document.
        variant: the variant of the activity.
        series: the number of the first document of the series; its own without a series.
        first_day: the day of that document.
        day: the day on which the appointment begins.
        nights: the number of nights.
    """

    patient: int
    variant: Variant
    series: int
    first_day: datetime.date
    day: datetime.date
    nights: int


def slot_of(seed: int, number: int, selection: Selection) -> Slot:
    """The slot of a document, which has a number from 1 on in a population."""
    if selection.patients is not None:
        return _slot_in_turn(seed, number, selection.patients, selection)
    block, place = divmod(number - 1, BLOCK)
    return _block(seed, block, selection)[place]


@lru_cache(maxsize=32)  # documents are asked for one after another
def _block(seed: int, block: int, selection: Selection) -> tuple[Slot, ...]:
    dice = Dice(seed, "block", block)
    first, last = selection.days
    days = (last - first).days + 1
    slots: list[Slot] = []
    for share in dice.one_of([shares for shares in _SHARES if max(shares) <= days] or [_ALONE]):
        patient = block * BLOCK + len(slots) + 1
        slots += _of_patient(dice, patient, share, days // share, selection)
    return tuple(slots)


def _of_patient(
    dice: Dice, patient: int, share: int, width: int, selection: Selection
) -> Iterator[Slot]:
    """The appointments of a patient, each within ``width`` days."""
    begins, _ = selection.days
    for done, length, variant in _spells(dice, share, selection):
        nights = variant.activity.nights if width > variant.activity.nights + 2 else 0
        first_day = _day(dice, begins + datetime.timedelta(done * width), width - nights, variant)
        for place in range(length):
            day = first_day + datetime.timedelta(place * min(width, _WEEK))
            yield Slot(patient, variant, patient + done, first_day, day, nights)


def _spells(dice: Dice, share: int, selection: Selection) -> Iterator[tuple[int, int, Variant]]:
    """The activities of a patient in order: offset, count and variant."""
    wanted = variants(selection)
    alone = [variant for variant in wanted if not variant.repeats] or wanted
    in_series = [variant for variant in wanted if variant.repeats] or wanted
    done = 0
    while done < share:
        left = share - done
        is_series = left > 1 and dice.happens(_SERIES_PERCENT)
        variant = dice.one_of(in_series if is_series else alone)
        length = dice.between(2, min(left, _LONGEST_SERIES)) if variant.repeats and left > 1 else 1
        yield done, length, variant
        done += length


# --- where a number of patients share the documents ------------------------------------------


def _slot_in_turn(seed: int, number: int, patients: int, selection: Selection) -> Slot:
    """The slot of a document, with a fixed number of patients who have days left."""
    turn, place = divmod(number - 1, patients)
    patient = place + 1
    before, days = _term_of(seed, patient, turn, selection.days)
    began, variant = _in_term(seed, patient, days, selection)[turn - before]
    series = patient + (before + began) * patients
    return Slot(patient, variant, series, days[began], days[turn - before], nights=0)


def _term_of(
    seed: int, patient: int, turn: int, period: tuple[datetime.date, datetime.date]
) -> tuple[int, Days]:
    """The days of a term of a patient, and the number of appointments before it."""
    dice = Dice(seed, "weekdays", patient)
    order = sorted(range(_WEEK), key=lambda day: (day in _WEEKEND, dice.below(1 << 16)))
    weekdays = _by_weekday(*period)
    before = 0
    for begin in range(0, len(max(weekdays, key=len)), _TERM):
        for weekday in order:
            days = weekdays[weekday][begin : begin + _TERM]
            if turn < before + len(days):
                return before, days
            before += len(days)
    raise InvalidValue(
        "number",
        Wording(
            f"er for stort: hver patient har højst {before} aftaler, én på hver dag",
            f"is too large: a patient has {before} appointments at most, one on each day",
        ),
        Wording("angiv flere patienter eller flere dage", "specify more patients or more days"),
    )


@lru_cache(maxsize=4)
def _by_weekday(first: datetime.date, last: datetime.date) -> tuple[Days, ...]:
    """The days of a period, grouped by weekday."""
    every = range((last - first).days + 1)
    return tuple(
        tuple(
            first + datetime.timedelta(day)
            for day in every[(weekday - first.weekday()) % _WEEK :: _WEEK]
        )
        for weekday in range(_WEEK)
    )


@lru_cache(maxsize=256)  # the same patients come again and again
def _in_term(
    seed: int, patient: int, days: Days, selection: Selection
) -> tuple[tuple[int, Variant], ...]:
    """For each day: the index of the first day of its series, and the variant."""
    dice = Dice(seed, "term", patient, days[0].toordinal())
    return tuple(
        (done, variant)
        for done, length, variant in _spells(dice, len(days), selection)
        for _ in range(length)
    )


def _day(dice: Dice, begins: datetime.date, width: int, variant: Variant) -> datetime.date:
    """One of the days; not on a weekend if there is a choice, except at home."""
    if width <= len(_WEEKEND):
        return begins + datetime.timedelta(dice.below(max(width, 1)))
    day = begins + datetime.timedelta(dice.below(width - len(_WEEKEND)))
    if day.weekday() in _WEEKEND and variant.activity.location is not HomeLocation:
        day += datetime.timedelta(_WEEK - day.weekday())
    return day
