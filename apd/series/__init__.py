"""Repeating appointments (repeterende aftaler, type 4): patterns, series, and their changes.

::

    pattern = Pattern(
        Recurrence.of("FREQ=WEEKLY;BYDAY=MO,TH", local_time(2026, 3, 2, 10, 15)),
        datetime.timedelta(minutes=45),
    )
    series = Series(id=own_id, template=appointment, pattern=pattern)
    outcome = series.extend(now, horizon)
"""

from apd.series.changes import Change, ChangeKind
from apd.series.errors import Forbidden, SeriesRuleError
from apd.series.pattern import Occurrence, Pattern, Planned, timetable
from apd.series.recurrence import Recurrence, Rule
from apd.series.series import Outcome, Series
from apd.series.timing import ClockEnd, MissingHour

__all__ = [
    "Change",
    "ChangeKind",
    "ClockEnd",
    "Forbidden",
    "MissingHour",
    "Occurrence",
    "Outcome",
    "Pattern",
    "Planned",
    "Recurrence",
    "Rule",
    "Series",
    "SeriesRuleError",
    "timetable",
]
