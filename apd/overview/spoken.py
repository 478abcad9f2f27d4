"""What an overview says of times, beside the dates and times themselves."""

import datetime
from collections.abc import Iterator

from apd.model.schedule import INDICATIVE_NOTE, Schedule
from apd.model.spoken import clock, part_of_day
from apd.overview.words import INDICATIVE_LEAD, INDICATIVE_START, OPEN_END, Words


def clock_at_end(time: datetime.datetime, words: Words) -> str:
    """A clock time that something ends at: midnight is *24.00* of the day it ends."""
    is_midnight = time.time() == datetime.time()
    return words("midnight") if is_midnight else clock(time, words.language)


def cautions(of: Schedule, words: Words) -> Iterator[str]:
    """What must be said wherever the times are shown.

    That they are indicative, with the part of the day and the note that belong to that, so that
    nobody expects the appointment to fill the time; and that the end is not known.
    Source: Aftaleoversigten, table 2, types 2, 3 and 5.
    """
    if of.indicative:
        yield words.put(INDICATIVE_START if of.end is None else INDICATIVE_LEAD)
        yield from filter(None, (part_of_day(of, words.language), note(of)))
    if of.end is None:
        yield words.put(OPEN_END)


def note(of: Schedule) -> str | None:
    """The note on an indicative time, if it says more than the lead and the part of the day."""
    part = of.part_of_day
    said = (INDICATIVE_LEAD.da, INDICATIVE_NOTE, part and f"{INDICATIVE_NOTE}, {part.phrase()}")
    return None if of.note in said else of.note
