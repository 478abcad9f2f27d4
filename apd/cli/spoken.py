"""Dates, times and schedules as people say them."""

import datetime

from apd.cli.labels import MONTHS, WEEKDAYS, Words
from apd.model.schedule import INDICATIVE_NOTE, Schedule
from apd.model.time import copenhagen

_SUMMER = datetime.timedelta(hours=2)


def date(day: datetime.date, words: Words) -> str:
    """*25. december 1948*."""
    return words("date", day=day.day, month=words.put(MONTHS[day.month - 1]), year=day.year)


def moment(time: datetime.datetime, words: Words) -> str:
    """*torsdag den 5. marts 2026 kl. 10.15*."""
    weekday = words.put(WEEKDAYS[time.weekday()])
    day = words("day", weekday=weekday, date=date(time, words))
    return words("moment", day=day, clock=_clock(time, words))


def _clock(time: datetime.datetime, words: Words) -> str:
    """The time of day; in the hour that comes twice, which of the two is meant."""
    clock = time.strftime(words("clock"))
    if not _comes_twice(time):
        return clock
    return words("summer" if time.utcoffset() == _SUMMER else "winter", clock=clock)


def _comes_twice(time: datetime.datetime) -> bool:
    first, second = (time.replace(tzinfo=copenhagen(), fold=fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset()


def schedule(of: Schedule, words: Words) -> list[str]:
    """Start and end, and what has to be said beside them, a line each."""
    lines = (_period(of, words), _change(of, words), _part_of_day(of, words))
    return [line for line in (*lines, *_remarks(of, words)) if line]


def _period(of: Schedule, words: Words) -> str:
    start = moment(of.start, words)
    if of.end is None:
        return words("open_end", start=start)
    if of.end.date() == of.start.date():
        return words("same_day", start=start, clock=_clock(of.end, words))
    return words("several_days", start=start, end=moment(of.end, words))


def _change(of: Schedule, words: Words) -> str | None:
    """That the clock is changed between start and end."""
    if of.end is None or of.end.utcoffset() == of.start.utcoffset():
        return None
    return words("to_summer" if of.end.utcoffset() == _SUMMER else "to_winter")


def _part_of_day(of: Schedule, words: Words) -> str | None:
    part = of.part_of_day
    if part is None:
        return None
    phrase = part.phrase(words.language)
    return phrase[0].upper() + phrase[1:]


def _remarks(of: Schedule, words: Words) -> list[str]:
    """That the times are indicative, and the note on that if it says more."""
    if not of.indicative:
        return []
    part = of.part_of_day
    said = (None, INDICATIVE_NOTE, f"{INDICATIVE_NOTE}, {part.phrase()}" if part else None)
    remark = words("indicative_start" if of.end is None else "indicative")
    return [remark] if of.note in said else [remark, str(of.note)]
