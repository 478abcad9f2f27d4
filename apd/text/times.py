"""Dates, times, schedules and telecoms as people say them, on a clock in Denmark."""

import datetime
from collections.abc import Iterator, Mapping

from apd.model.contact import Telecom, remarked
from apd.model.schedule import INDICATIVE_NOTE, NO_TIME_NOTE, Schedule
from apd.model.time import copenhagen
from apd.standard.codes import REMARKS
from apd.wording import Language, Wording, as_sentence

WEEKDAYS = (
    Wording("mandag", "Monday"),
    Wording("tirsdag", "Tuesday"),
    Wording("onsdag", "Wednesday"),
    Wording("torsdag", "Thursday"),
    Wording("fredag", "Friday"),
    Wording("lørdag", "Saturday"),
    Wording("søndag", "Sunday"),
)
MONTHS = (
    Wording("januar", "January"),
    Wording("februar", "February"),
    Wording("marts", "March"),
    Wording("april", "April"),
    Wording("maj", "May"),
    Wording("juni", "June"),
    Wording("juli", "July"),
    Wording("august", "August"),
    Wording("september", "September"),
    Wording("oktober", "October"),
    Wording("november", "November"),
    Wording("december", "December"),
)
MONTH_NUMBERS = {name.lower(): at for at, month in enumerate(MONTHS, 1) for name in month}
"""The number of a month, by its name in either language."""
_DATE = Wording("{day}. {month} {year}", "{day} {month} {year}")
_DAY = Wording("{weekday} den {date}", "{weekday} {date}")
_CLOCK = Wording("{hour:02}.{minute:02}", "{hour:02}:{minute:02}")
_MOMENT = Wording("{day} kl. {clock}", "{day}, {clock}")
_DAYTIME = range(4, 22)
DURING_THE_DAY = Wording("i løbet af dagen", "during the day")
"""When an appointment is of which the day is known, and no time of day."""
_ON_A_DAY = Wording("{day} {during}", "{day}, {during}")
_SEVERAL_DAYS = Wording("fra {start} til {end}", "from {start} to {end}")
_DAYS_IN_SENTENCE = Wording("{start} – {end}", "{start} – {end}")
_OPEN_IN_SENTENCE = Wording("{start} (sluttidspunktet er ukendt)", "{start} (the end is not known)")
_IN_SUMMER = Wording("{clock} (sommertid)", "{clock} (summer time)")
_IN_WINTER = Wording("{clock} (vintertid)", "{clock} (winter time)")
_TO_SUMMER = Wording(
    "Uret stilles en time frem undervejs.", "The clock is set forward one hour in between."
)
_TO_WINTER = Wording(
    "Uret stilles en time tilbage undervejs.", "The clock is set back one hour in between."
)
_MIDNIGHT = Wording("24.00", "24:00")
_INDICATIVE_LEAD = Wording(
    # as Aftaleoversigten 2.0, table 2, has it for type 2
    "Bemærk at aftalens start- og sluttidspunkt er vejledende",
    "Please note that the start and end times of the appointment are indicative",
)
_INDICATIVE_START = Wording(
    "Bemærk at aftalens starttidspunkt er vejledende",
    "Please note that the start time of the appointment is indicative",
)
_SHORT = {
    _INDICATIVE_LEAD: Wording("Vejledende tid", "Indicative time"),
    _INDICATIVE_START: Wording("Vejledende starttid", "Indicative start time"),
}
"""Each of the two in few words, for where the sentence stands as well."""
_NO_TIME = Wording(NO_TIME_NOTE, "No time of day has been set")
_OPEN_END = Wording("Sluttidspunktet er ikke kendt", "The end is not known")
_SCHEMES = {
    "tel": Wording("Telefon {address}", "Telephone {address}"),
    "sms": Wording("SMS {address}", "Text messages {address}"),
    "mailto": Wording("E-mail {address}", "E-mail {address}"),
    "fax": Wording("Fax {address}", "Fax {address}"),
}
_NEAR = {
    -1: Wording("i går", "yesterday"),
    0: Wording("i dag", "today"),
    1: Wording("i morgen", "tomorrow"),
}
_AHEAD = Wording("om {days} dage", "in {days} days")
_AGO = Wording("for {days} dage siden", "{days} days ago")
_SUMMER = datetime.timedelta(hours=2)


def date(day: datetime.date, language: Language) -> str:
    """*25. december 1948*."""
    month = MONTHS[day.month - 1].in_language(language)
    return _DATE.in_language(language).format(day=day.day, month=month, year=day.year)


def weekday(day: datetime.date, language: Language) -> str:
    """*torsdag den 5. marts 2026*."""
    name = WEEKDAYS[day.weekday()].in_language(language)
    return _DAY.in_language(language).format(weekday=name, date=date(day, language))


def distance(day: datetime.date, today: datetime.date, language: Language) -> str:
    """How far off a day is: *i dag*, *i morgen*, *om 4 dage*, *for 4 dage siden*."""
    days = (day - today).days
    wording = _NEAR.get(days, _AHEAD if days > 0 else _AGO)
    return wording.in_language(language).format(days=abs(days))


def clock(time: datetime.datetime, language: Language) -> str:
    """*10.15*; in the hour that comes twice, which of the two is meant."""
    stated = _CLOCK.in_language(language).format(hour=time.hour, minute=time.minute)
    if not _comes_twice(time):
        return stated
    season = _IN_SUMMER if time.utcoffset() == _SUMMER else _IN_WINTER
    return season.in_language(language).format(clock=stated)


def clock_at_end(time: datetime.datetime, language: Language) -> str:
    """A clock time that something ends at: midnight is *24.00* of the day it ends."""
    is_midnight = time.time() == datetime.time()
    return _MIDNIGHT.in_language(language) if is_midnight else clock(time, language)


def _comes_twice(time: datetime.datetime) -> bool:
    if time.hour in _DAYTIME:  # at which no clock in Denmark was ever changed
        return False
    first, second = (time.replace(tzinfo=copenhagen(), fold=fold) for fold in (0, 1))
    return first.utcoffset() != second.utcoffset()


def moment(time: datetime.datetime, language: Language) -> str:
    """*torsdag den 5. marts 2026 kl. 10.15*."""
    day = weekday(time, language)
    return _MOMENT.in_language(language).format(day=day, clock=clock(time, language))


def period(schedule: Schedule, language: Language, *, in_sentence: bool = False) -> str:
    """Start and end: *torsdag den 5. marts 2026 kl. 10.15–10.45*, or *i løbet af dagen*.

    Behind *fra* or *til* (``in_sentence``) several days are written without them, and that the end
    is not known is stated with it, as no caution goes along.
    """
    several_days = (_DAYS_IN_SENTENCE if in_sentence else _SEVERAL_DAYS).in_language(language)
    if schedule.date_only:
        first, last = (weekday(day, language) for day in (schedule.first_day, schedule.last_day))
        if schedule.last_day == schedule.first_day:
            during = DURING_THE_DAY.in_language(language)
            return _ON_A_DAY.in_language(language).format(day=first, during=during)
        return several_days.format(start=first, end=last)
    start, end = moment(schedule.start, language), schedule.end
    if end is None:
        return _OPEN_IN_SENTENCE.in_language(language).format(start=start) if in_sentence else start
    if end.date() == schedule.start.date():
        return f"{start}–{clock(end, language)}"
    return several_days.format(start=start, end=moment(end, language))


def part_of_day(schedule: Schedule, language: Language) -> str | None:
    """*I løbet af formiddagen*, for an indicative time that fills a part of the day."""
    part = schedule.part_of_day
    if part is None:
        return None
    return as_sentence(part.phrase(language))


def change_of_clock(schedule: Schedule, language: Language) -> str | None:
    """That the clock is changed between start and end."""
    if schedule.date_only or schedule.end is None:
        return None
    if schedule.end.utcoffset() == schedule.start.utcoffset():
        return None
    to = _TO_SUMMER if schedule.end.utcoffset() == _SUMMER else _TO_WINTER
    return to.in_language(language)


def cautions(schedule: Schedule, language: Language) -> Iterator[str]:
    """What must be stated wherever the times are shown.

    That they are indicative, with the part of the day and the note that belong to that, so that
    nobody expects the appointment to fill the time; and that the end is not known. Where the date
    alone is known, that no time of day is set.
    Source: Aftaleoversigten 2.0, table 2, types 2, 3 and 5.
    """
    if schedule.date_only:
        yield _NO_TIME.in_language(language)
        yield from filter(None, (_note(schedule),))
        return
    lead = _lead(schedule)
    if lead is not None:
        yield lead.in_language(language)
        yield from filter(None, (part_of_day(schedule, language), _note(schedule)))
    if schedule.end is None:
        yield _OPEN_END.in_language(language)


def indicative(schedule: Schedule, language: Language) -> str | None:
    """The sentence that the times are indicative, the first of :func:`cautions` where they are."""
    lead = _lead(schedule)
    return lead and lead.in_language(language)


def indicative_in_short(schedule: Schedule, language: Language) -> str | None:
    """The same in few words, *Vejledende tid*, where the sentence stands as well."""
    lead = _lead(schedule)
    return lead and _SHORT[lead].in_language(language)


def _lead(schedule: Schedule) -> Wording | None:
    if schedule.date_only or not schedule.indicative:
        return None
    return _INDICATIVE_START if schedule.end is None else _INDICATIVE_LEAD


def _note(schedule: Schedule) -> str | None:
    """The note on an indicative time, if it says more than the lead and the part of the day."""
    part = schedule.part_of_day
    stated = (_INDICATIVE_LEAD.da, INDICATIVE_NOTE, part and f"{INDICATIVE_NOTE}, {part.phrase()}")
    return None if schedule.note in stated else schedule.note


def telecom(of: Telecom, language: Language, uses: Mapping[str, Wording] = REMARKS) -> str:
    """*Telefon 65113333*; a web address as it is. With its use."""
    wording = _SCHEMES.get(of.scheme)
    text = wording.in_language(language).format(address=of.address) if wording else of.value
    return remarked(text, of.use, language, uses)
