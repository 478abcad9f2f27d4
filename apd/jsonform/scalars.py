"""Values that JSON writes as one text or number, including days without a time.

The model has midnights for such days, which must not be mistaken for times of day. As in all other
output, the end is the last day. The form of the model can be read as well.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any

from apd.errors import InvalidValue
from apd.jsonform.explanations import Refused, expected, no_such_word, wrong_type
from apd.jsonform.problems import Kind
from apd.jsonform.types import members
from apd.model.schedule import Schedule
from apd.model.time import copenhagen, danish_time
from apd.wording import Wording

DESCRIPTIONS = {
    "start": "when the patient is to attend, with an offset; or a date, if no time of day is known",
    "end": "when it ends, with an offset; null if that is not known (type 3). With a start that is "
    "a date, the last day.",
}
"""What the JSON Schema says of these fields, which may be dates here."""

_DAY = datetime.timedelta(days=1)


def with_dates(schedule: Schedule, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a schedule, with dates where it has no time of day."""
    if not schedule.date_only:
        return dict(data)
    found = {**data, "start": schedule.first_day.isoformat()}
    return found if schedule.end is None else {**found, "end": schedule.last_day.isoformat()}


def with_times(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of a schedule as its class has them; a start that is a date means ``date_only``.

    :class:`InvalidValue` where dates and times of day are mixed, or there is no such date.
    """
    start: Any = data.get("start")
    end: Any = data.get("end")
    if not _is_a_date(start):
        if _is_a_date(end):
            raise InvalidValue(
                "Schedule.end",
                Wording(
                    "er en dato, men starten har et klokkeslæt",
                    "is a date, but the start has a time of day",
                ),
                Wording("angiv et tidspunkt, eller to datoer", "specify a time, or two dates"),
            )
        return dict(data)
    if data.get("date_only") is False:
        raise InvalidValue(
            "Schedule.date_only",
            Wording(
                "er falsk, men der er en dato uden klokkeslæt",
                "is false, but there is a date without a time",
            ),
            Wording("udelad det, eller angiv et tidspunkt", "leave it out, or specify a time"),
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
            Wording("er ikke en dato", "is not a date"),
            Wording("angiv en dato som 1948-12-25", "specify a date such as 1948-12-25"),
        ) from None
    return _midnight(date, field).date()  # refuses years that the model does not have


def _midnight(day: datetime.date, field: str) -> datetime.datetime:
    moment = datetime.datetime.combine(day, datetime.time(), copenhagen())
    return danish_time(moment, f"Schedule.{field}")


def _is_a_date(value: object) -> bool:
    return isinstance(value, str) and bool(_is_date(value))


_DATE = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
PATTERNS = {datetime.date: f"^{_DATE}$", datetime.datetime: f"^{_DATE}T{_TIME}$"}
"""Dates and times as RFC 3339 has them, in regular expressions that JSON Schema knows, too."""

_MATCHES = {scalar: re.compile(pattern).fullmatch for scalar, pattern in PATTERNS.items()}
_NOT_A = {
    datetime.date: Wording("er ikke en dato", "is not a date"),
    datetime.datetime: Wording("er ikke et tidspunkt med tidszone", "is not a time with an offset"),
}
_is_date = re.compile(PATTERNS[datetime.date]).fullmatch
_HALF = Wording(
    "indeholder et halvt Unicode-tegn (et enligt surrogat)",
    "contains half of a Unicode character (a lone surrogate)",
)


def read_text(value: object, _: object = None) -> str:
    """A text of whole characters."""
    if not isinstance(value, str):
        raise wrong_type(value, str)
    if not value.isprintable():  # the cheap test that nearly every text passes
        try:
            value.encode()
        except UnicodeEncodeError:
            raise Refused(
                Kind.VALUE, _HALF, Wording("en tekst af hele tegn", "a text of whole characters")
            ) from None
    return value


def read_number(value: object, _: object = None) -> int:
    """A whole number; to JSON, 1.0 is one."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if type(value) is not int:
        raise wrong_type(value, int)
    return value


def read_flag(value: object, _: object = None) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise wrong_type(value, bool)
    return value


def read_date(value: object, _: object = None) -> datetime.date:
    """A date."""
    return datetime.date.fromisoformat(_in_form(value, datetime.date))


def read_time(value: object, _: object = None) -> datetime.datetime:
    """A time with an offset."""
    return datetime.datetime.fromisoformat(_in_form(value, datetime.datetime))


def _in_form(value: object, scalar: Any) -> str:
    if not isinstance(value, str):
        raise wrong_type(value, scalar)
    if not _MATCHES[scalar](value):
        raise Refused(Kind.TYPE, _NOT_A[scalar], expected(scalar))
    try:
        scalar.fromisoformat(value)
    except ValueError:  # the thirtieth of February
        raise Refused(Kind.VALUE, _NOT_A[scalar], expected(scalar)) from None
    return value


def word_reader(closed_list: type) -> Callable[[object, object], object]:
    """Makes the function that reads a word of a closed list."""
    known = members(closed_list)

    def read_word(value: object, _: object) -> object:
        if not isinstance(value, str):
            raise wrong_type(value, closed_list)
        if value not in known:
            raise no_such_word(known)
        return known[value]

    return read_word
