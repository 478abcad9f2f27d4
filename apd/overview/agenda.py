"""The agenda of an overview: the next appointment, and those after it.

Every appointment is listed once, on the day it begins; days and appointments are in strict order.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from apd.model.validators import masked
from apd.overview.days import on_day
from apd.overview.groups import fold
from apd.overview.overlaps import Overlap, OverlapSeverity
from apd.overview.shown import Phase, ShownAppointment
from apd.text import appointment, times
from apd.text.appointment import Line, LinePart, PartKind
from apd.text.overview import Words
from apd.wording import Language


@frozen
class SeriesPosition:
    """The position of an appointment in its series.

    Args:
        number: 1 for the first.
        count: the number shown of the series, including past but not withheld ones.
        language: the language of the text.
    """

    number: int
    count: int
    language: Language = "da"

    @property
    def text(self) -> str:
        """*2 af 6*."""
        return Words(self.language)("position", number=self.number, count=self.count)


@frozen(kw_only=True)
class AgendaEntry:
    """An appointment in an agenda.

    Args:
        shown: the appointment.
        title: its reason and performer; with the time if another one of that day has the same
            title.
        days_off: the number of days until it begins, in Danish local time; negative for a past
            day.
        position: its position in its series; None if no other of a series is shown.
        overlap: how certain a conflict with another appointment is; None without a conflict.
    """

    shown: ShownAppointment = field(repr=False)
    title: str = field(repr=masked)
    days_off: int
    position: SeriesPosition | None = None
    overlap: OverlapSeverity | None = None

    @property
    def date(self) -> datetime.date:
        """The day it begins, in Denmark."""
        return self.shown.schedule.first_day

    @property
    def time(self) -> str:
        """Its time on that day: *10.15–10.45*, *fra 22.00*, *i løbet af dagen*.

        :attr:`cautions` states that it is indicative.
        """
        return on_day(self.shown, self.date).time

    @property
    def distance(self) -> str:
        """The distance in days: *i dag*, *i morgen*, *om 4 dage*, *for 2 dage siden*."""
        today = self.date - datetime.timedelta(days=self.days_off)
        return times.distance(self.date, today, self.shown.language)

    @property
    def performer(self) -> str | None:
        """The performer, in few words."""
        return appointment.performer_of(self.shown.appointment)

    @property
    def cautions(self) -> tuple[str, ...]:
        """Like :attr:`ShownAppointment.cautions`, with indicative times marked in few words.

        The full sentence is in :attr:`Agenda.cautions`.
        """
        return tuple(map(self._short, self.shown.cautions))

    @property
    def overlap_text(self) -> str | None:
        """*Overlapper en anden aftale*; None if it does not."""
        if self.overlap is None:
            return None
        is_firm = self.overlap is OverlapSeverity.FIRM
        return Words(self.shown.language)("overlap_firm" if is_firm else "overlap_maybe")

    @property
    def when_parts(self) -> tuple[LinePart, ...]:
        """The line about its time, with the cautions of :attr:`cautions`."""
        line = next(line for line in self.shown.lines if line.key == "when")
        return tuple(
            evolve(part, text=self._short(part.text)) if part.kind is PartKind.CAUTION else part
            for part in line.parts
        )

    @property
    def meeting(self) -> tuple[Line, ...]:
        """Location and performer: one line if they are the same, else two."""
        return self.shown.meeting

    def _short(self, caution: str) -> str:
        schedule, language = self.shown.schedule, self.shown.language
        if caution != times.indicative(schedule, language):
            return caution
        return times.indicative_in_short(schedule, language) or caution


@frozen
class AgendaDay:
    """A day on which appointments begin.

    Args:
        date: the day, in Denmark.
        entries: the appointments that begin on it, at least one, by their start.
        language: the language of the texts.
    """

    date: datetime.date
    entries: tuple[AgendaEntry, ...] = field(repr=False)
    language: Language = "da"

    @property
    def title(self) -> str:
        """*torsdag den 5. marts 2026*."""
        return times.weekday(self.date, self.language)

    @property
    def distance(self) -> str:
        """The distance in days: *om 4 dage*."""
        return self.entries[0].distance


@frozen(kw_only=True)
class Agenda:
    """An overview in reading order: what is next, and the days.

    Made by :attr:`apd.overview.Overview.agenda`.

    Args:
        days: the days of upcoming appointments and those in progress, in order.
        past: the days of past appointments, in order.
        overlap_summary: a sentence with the number of overlaps; None if there are none.
        cautions: the sentences that :attr:`AgendaEntry.cautions` abbreviate, each once, as pairs
            of the abbreviation and the sentence.
        language: the language of the texts.
    """

    days: tuple[AgendaDay, ...] = ()
    past: tuple[AgendaDay, ...] = ()
    overlap_summary: str | None = None
    cautions: tuple[tuple[str, str], ...] = ()
    language: Language = "da"

    @property
    def entries(self) -> tuple[AgendaEntry, ...]:
        """The upcoming appointments and those in progress, in order."""
        return tuple(entry for day in self.days for entry in day.entries)

    @property
    def ongoing(self) -> tuple[AgendaEntry, ...]:
        """The appointments in progress."""
        return tuple(one for one in self.entries if one.shown.phase is Phase.ONGOING)

    @property
    def next(self) -> AgendaEntry | None:
        """The first upcoming appointment; None if there is none."""
        coming = (one for one in self.entries if one.shown.phase is Phase.UPCOMING)
        return next(coming, None)

    @property
    def later(self) -> tuple[AgendaDay, ...]:
        """The days of the appointments after the next one."""
        soon = {one.shown.key for one in (*self.ongoing, self.next) if one is not None}
        left = (
            evolve(day, entries=tuple(one for one in day.entries if one.shown.key not in soon))
            for day in self.days
        )
        return tuple(day for day in left if day.entries)


def agenda_of(
    appointments: Sequence[ShownAppointment],
    overlaps: Mapping[str, Sequence[Overlap]],
    today: datetime.date,
    *,
    language: Language,
    has_more_overlaps: bool,
) -> Agenda:
    """The agenda of appointments that are sorted by their start.

    ``overlaps`` has the conflicts of each by its key; ``has_more_overlaps`` says that there may be
    others, which were not looked for.
    """
    positions = _positions(appointments, language)
    titles = _titles(appointments, Words(language))
    entries = [
        AgendaEntry(
            shown=shown,
            title=titles[shown.key],
            days_off=(shown.schedule.first_day - today).days,
            position=positions.get(shown.key),
            overlap=_surest(overlaps.get(shown.key, ())),
        )
        for shown in appointments
    ]
    coming = [one for one in entries if one.shown.phase is not Phase.PAST]
    return Agenda(
        days=_days(coming, language),
        past=_days((one for one in entries if one.shown.phase is Phase.PAST), language),
        overlap_summary=_summary(len(overlaps), Words(language), is_least=has_more_overlaps),
        cautions=tuple(dict.fromkeys(_sentences(entries, language))),
        language=language,
    )


def _positions(
    appointments: Iterable[ShownAppointment], language: Language
) -> dict[str, SeriesPosition]:
    return {
        shown.key: SeriesPosition(number, len(group.appointments), language)
        for group in fold(appointments, language)
        if group.is_series
        for number, shown in enumerate(group.appointments, 1)
    }


def _titles(appointments: Iterable[ShownAppointment], words: Words) -> dict[str, str]:
    """The titles of appointments, distinct within a day if possible."""
    titles = {shown.key: (shown, _title(shown, words)) for shown in appointments}
    of_days = Counter((shown.schedule.first_day, title) for shown, title in titles.values())
    return {
        key: words("titled_by", title=title, detail=on_day(shown, shown.schedule.first_day).time)
        if of_days[shown.schedule.first_day, title] > 1
        else title
        for key, (shown, title) in titles.items()
    }


def _title(shown: ShownAppointment, words: Words) -> str:
    performer = appointment.performer_of(shown.appointment)
    if performer is None:
        return shown.about
    return words("titled", about=shown.about, performer=performer)


def _surest(overlaps: Iterable[Overlap]) -> OverlapSeverity | None:
    found = {overlap.severity for overlap in overlaps}
    return next((severity for severity in OverlapSeverity if severity in found), None)


def _days(entries: Iterable[AgendaEntry], language: Language) -> tuple[AgendaDay, ...]:
    days: dict[datetime.date, list[AgendaEntry]] = {}
    for entry in entries:
        days.setdefault(entry.date, []).append(entry)
    return tuple(AgendaDay(date, tuple(of_day), language) for date, of_day in days.items())


def _summary(count: int, words: Words, *, is_least: bool) -> str | None:
    if not count:
        return None
    return words("overlapping_at_least" if is_least else "overlapping", count=count)


def _sentences(entries: Iterable[AgendaEntry], language: Language) -> Iterator[tuple[str, str]]:
    for entry in entries:
        schedule = entry.shown.schedule
        short = times.indicative_in_short(schedule, language)
        sentence = times.indicative(schedule, language)
        if short is not None and sentence is not None:
            yield short, sentence
