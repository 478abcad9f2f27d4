"""Which document is whose, and on which day: patients with a few or many appointments, series.

Documents are numbered from 1 on, and dealt out in blocks of twelve. A block is shared by some
patients, and each of them has their share of the days in order: one appointment after another,
so that none overlaps. What stands in a block follows from the seed and from its number alone.
"""

import datetime
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from apd.model.location import HomeLocation
from apd.testing.synthetic.activities import Variant, variants
from apd.testing.synthetic.criteria import Selection
from apd.testing.synthetic.dice import Dice

BLOCK = 12
_SHARES = ((12,), (1, 11), (2, 10), (3, 9), (4, 8), (6, 6), (1, 2, 9), (1, 3, 8), (2, 4, 6),
           (1, 1, 2, 8), (1, 2, 3, 6), (1, 1, 1, 4, 5))  # fmt: skip
_ALONE = (1,) * BLOCK
_WEEK = 7
_WEEKEND = (5, 6)
_SERIES_PERCENT, _LONGEST_SERIES = 20, 6


class Slot(NamedTuple):
    """What a document is about.

    Args:
        patient: number of the patient; it is that of the first document on the patient.
        variant: what happens.
        series: number of the first document of the series; its own if it is not in a series.
        first_day: the day of that document.
        day: the day on which the appointment begins.
        nights: how many nights it lasts.
    """

    patient: int
    variant: Variant
    series: int
    first_day: datetime.date
    day: datetime.date
    nights: int


def slot_of(seed: int, number: int, selection: Selection) -> Slot:
    """What a document is about.

    Args:
        seed: which population.
        number: of the document, from 1 on.
        selection: which documents are wanted.
    """
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
    """The appointments of a patient, each in a part of the days that is ``width`` long."""
    wanted = variants(selection)
    alone = [variant for variant in wanted if not variant.repeats] or wanted
    in_series = [variant for variant in wanted if variant.repeats] or wanted
    begins, _ = selection.days
    done = 0
    while done < share:
        left = share - done
        is_series = left > 1 and dice.happens(_SERIES_PERCENT)
        variant = dice.one_of(in_series if is_series else alone)
        length = dice.between(2, min(left, _LONGEST_SERIES)) if variant.repeats and left > 1 else 1
        nights = variant.activity.nights if width > variant.activity.nights + 2 else 0
        first_day = _day(dice, begins + datetime.timedelta(done * width), width - nights, variant)
        for place in range(length):
            day = first_day + datetime.timedelta(place * min(width, _WEEK))
            yield Slot(patient, variant, patient + done, first_day, day, nights)
        done += length


def _day(dice: Dice, begins: datetime.date, width: int, variant: Variant) -> datetime.date:
    """One of that many days; no Saturday or Sunday where there is a choice, but at home."""
    if width <= len(_WEEKEND):
        return begins + datetime.timedelta(dice.below(max(width, 1)))
    day = begins + datetime.timedelta(dice.below(width - len(_WEEKEND)))
    if day.weekday() in _WEEKEND and variant.activity.location is not HomeLocation:
        day += datetime.timedelta(_WEEK - day.weekday())
    return day
