"""The weeks and the months of an overview, as calendar sheets of days."""

import calendar
import datetime
from typing import NamedTuple

from apd.overview.agenda import AgendaEntry
from apd.overview.days import Day, OnDay
from apd.overview.html.rendering import foreign_language
from apd.overview.shown import Phase
from apd.overview.value import Overview
from apd.text.overview import Words
from apd.text.page import PageWords
from apd.text.times import MONTHS, WEEKDAYS, weekday

_DAY = datetime.timedelta(days=1)
_WEEK = 7


class Mark(NamedTuple):
    """An appointment on a day; its time is a moment, or the day if it lasts all day."""

    on_day: OnDay
    time: str
    lang: str | None
    entry: AgendaEntry


class Cell(NamedTuple):
    """A day of a sheet, with its appointments; the title with and without *den* and the year."""

    date: datetime.date
    title: str
    short_title: str
    is_today: bool
    marks: tuple[Mark, ...]


class Sheet(NamedTuple):
    """A week or a month that appointments touch; ``id`` is its anchor on the page."""

    id: str
    title: str
    cells: tuple[Cell, ...]
    is_past: bool


def weeks(overview: Overview) -> tuple[Sheet, ...]:
    """Every ISO week that appointments touch."""
    sheets = _Sheets(overview)
    return tuple(
        sheets.sheet(f"w-{week.name}", week.title, week.monday, _WEEK) for week in overview.weeks
    )


def months(overview: Overview) -> tuple[Sheet, ...]:
    """Every month that appointments touch."""
    sheets = _Sheets(overview)
    firsts = dict.fromkeys(day.date.replace(day=1) for day in overview.days)
    return tuple(
        sheets.sheet(
            f"m-{first.isoformat()[:7]}",
            sheets.page_words("month_of_year", month=sheets.month(first), year=first.year),
            first,
            calendar.monthrange(first.year, first.month)[1],
        )
        for first in firsts
    )


class _Sheets:
    """Makes the sheets of an overview."""

    def __init__(self, overview: Overview) -> None:
        self._days = {day.date: day for day in overview.days}
        self._today = overview.now.date()
        agenda = overview.agenda
        self._entries = {
            entry.shown.key: entry for day in (*agenda.past, *agenda.days) for entry in day.entries
        }
        self._words = Words(overview.language)
        self.page_words = PageWords(overview.language)

    def month(self, date: datetime.date) -> str:
        """The name of the month."""
        return self._words.put(MONTHS[date.month - 1])

    def sheet(self, id: str, title: str, first: datetime.date, count: int) -> Sheet:
        """A number of days from a first one on."""
        cells = tuple(self._cell(first + number * _DAY) for number in range(count))
        is_past = cells[-1].date < self._today and all(
            mark.on_day.appointment.phase is Phase.PAST for cell in cells for mark in cell.marks
        )
        return Sheet(id, title, cells, is_past)

    def _cell(self, date: datetime.date) -> Cell:
        words = self._words
        day: Day | None = self._days.get(date)
        short_title = self.page_words(
            "day_of_week",
            weekday=words.put(WEEKDAYS[date.weekday()]),
            day=date.day,
            month=self.month(date),
        )
        marks = tuple(self._mark(on_day, date) for on_day in day.appointments) if day else ()
        return Cell(date, weekday(date, words.language), short_title, date == self._today, marks)

    def _mark(self, on_day: OnDay, date: datetime.date) -> Mark:
        shown = on_day.appointment
        return Mark(
            on_day,
            (on_day.begins or on_day.ends or date).isoformat(),
            foreign_language(shown.document.language, shown.language),
            self._entries[shown.key],
        )
