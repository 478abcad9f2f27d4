"""A schedule of days without a time of day: in JSON its start and its end are dates.

The model has midnights for them, which nobody is to take for times of day. As everywhere else that
people or programs read, the end is the last day. The form that the model has is read as well.
"""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from apd.errors import InvalidValue
from apd.jsonform.scalars import PATTERNS
from apd.model.schedule import Schedule
from apd.model.time import copenhagen, danish_time
from apd.wording import Wording

DESCRIPTIONS = {
    "start": "when the patient meets, with a zone; or a date, where no time of day is known",
    "end": "when it is over, with a zone; null where that is not known (type 3). Beside a start "
    "that is a date, the last day.",
}
"""What the JSON Schema says of these fields, which may be dates here."""

_DAY = datetime.timedelta(days=1)
_is_date = re.compile(PATTERNS[datetime.date]).fullmatch


def with_dates(schedule: Schedule, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a schedule, with dates where it has no time of day."""
    if not schedule.date_only:
        return dict(data)
    found = {**data, "start": schedule.first_day.isoformat()}
    return found if schedule.end is None else {**found, "end": schedule.last_day.isoformat()}


def with_times(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a schedule as its class has them; a start that is a date tells ``date_only``.

    Raises:
        InvalidValue: dates and times of day are mixed, or there is no such date.
    """
    start: Any = data.get("start")
    end: Any = data.get("end")
    if not _is_a_date(start):
        if _is_a_date(end):
            raise InvalidValue(
                "Schedule.end",
                Wording(
                    "er en dato ved et starttidspunkt",
                    "is a date beside a start with a time of day",
                ),
                Wording("angiv et tidspunkt, eller to datoer", "give a time, or two dates"),
            )
        return dict(data)
    if data.get("date_only") is False:
        raise InvalidValue(
            "Schedule.date_only",
            Wording("er falsk ved en dato", "is false beside a date"),
            Wording("udelad det, eller angiv et tidspunkt", "leave it out, or give a time"),
        )
    found = {"date_only": True, "indicative": True, **data}
    found["start"] = _midnight(_date(start, "start"), "start").isoformat()
    if _is_a_date(end):
        found["end"] = _midnight(_date(end, "end") + _DAY, "end").isoformat()
    return found


def _date(value: str, field: str) -> datetime.date:
    try:
        date = datetime.date.fromisoformat(value)
    except ValueError:
        raise InvalidValue(
            f"Schedule.{field}",
            Wording("er ingen dato", "is no date"),
            Wording("angiv en dato som 1948-12-25", "give a date such as 1948-12-25"),
        ) from None
    return _midnight(date, field).date()  # refuses years that the model does not have


def _midnight(day: datetime.date, field: str) -> datetime.datetime:
    moment = datetime.datetime.combine(day, datetime.time(), copenhagen())
    return danish_time(moment, f"Schedule.{field}")


def _is_a_date(value: object) -> bool:
    return isinstance(value, str) and bool(_is_date(value))
