"""Reads other forms of a recurrence: lines of iCalendar, or dateutil's objects."""

import datetime
import re
from typing import NamedTuple

from dateutil.rrule import rrule, rruleset

from apd.errors import InvalidValue
from apd.limits import MAX_RECURRENCE_CHARACTERS
from apd.model.validators import wrong_type
from apd.wording import Wording

_FIELD = "Recurrence"
_PARAMETERS = frozenset(
    {"VALUE=DATE", "VALUE=DATE-TIME", "TZID=EUROPE/COPENHAGEN", 'TZID="EUROPE/COPENHAGEN"'}
)
_FORMS = {8: "%Y%m%d", 15: "%Y%m%dT%H%M%S", 16: "%Y%m%dT%H%M%SZ"}  # by length


class RuleText(NamedTuple):
    """The text of a rule, and its own start; None if it has none."""

    text: str
    start: datetime.date | None


class RecurrenceText(NamedTuple):
    """The parts of a recurrence as passed, unchecked."""

    rules: tuple[RuleText, ...]
    excluding: tuple[RuleText, ...] = ()
    extra: tuple[datetime.date, ...] = ()
    exceptions: tuple[datetime.date, ...] = ()


def read_text(text: str) -> RecurrenceText:
    """Read lines of iCalendar; a line without a name is an RRULE.

    Raises:
        InvalidValue: a line is not DTSTART, RRULE, RDATE, EXDATE or EXRULE; a date cannot be read;
            a time zone is not Denmark's; or a start is in UTC, or there is more than one.
    """
    if len(text) > MAX_RECURRENCE_CHARACTERS:
        raise InvalidValue(
            _FIELD,
            Wording(
                f"har mere end {MAX_RECURRENCE_CHARACTERS} tegn",
                f"has more than {MAX_RECURRENCE_CHARACTERS} characters",
            ),
            Wording(
                "angiv enkelte tider med extra= og exceptions=",
                "specify single times with extra= and exceptions=",
            ),
        )
    values: dict[str, list[str]] = {
        name: [] for name in ("DTSTART", "RRULE", "RDATE", "EXDATE", "EXRULE")
    }
    for line in re.sub("\r?\n[ \t]", "", text).upper().splitlines():  # long ones are folded
        name, value = _named(line.strip())
        if name not in values:
            raise InvalidValue(
                _FIELD,
                Wording("har en linje af en anden slags", "has a line of another kind"),
                Wording(f"angiv {', '.join(values)}", f"specify {', '.join(values)}"),
            )
        if value:
            values[name].append(value)
    start = _start(_dates(values["DTSTART"]))
    return RecurrenceText(
        rules=tuple(RuleText(rule, start) for rule in values["RRULE"]),
        excluding=tuple(RuleText(rule, start) for rule in values["EXRULE"]),
        extra=_dates(values["RDATE"]),
        exceptions=_dates(values["EXDATE"]),
    )


def recurrence_of_dateutil(rule: rrule | rruleset) -> RecurrenceText:
    """Read an object of dateutil; :class:`InvalidValue` if it is none, or has a time zone."""
    if isinstance(rule, rrule):
        return RecurrenceText(rules=(_text_of_rule(rule),))
    if not isinstance(rule, rruleset):
        raise wrong_type(
            _FIELD,
            rule,
            Wording("tekst (str), rrule eller rruleset", "text (str), rrule or rruleset"),
        )
    parts = vars(rule)  # a set has no public way to ask for what it was made of
    return RecurrenceText(
        rules=tuple(map(_text_of_rule, parts["_rrule"])),
        excluding=tuple(map(_text_of_rule, parts["_exrule"])),
        extra=tuple(parts["_rdate"]),
        exceptions=tuple(parts["_exdate"]),
    )


def _text_of_rule(rule: rrule) -> RuleText:
    if vars(rule)["_tzinfo"] is not None:  # str() does not show it
        raise InvalidValue(
            _FIELD,
            Wording("har en regel med tidszone", "has a rule with a time zone"),
            Wording(
                "udelad tzinfo; tiderne er dansk lokal tid",
                "leave tzinfo out; times are Danish local times",
            ),
        )
    stated = read_text(str(rule))
    return stated.rules[0]


def _named(line: str) -> tuple[str, str]:
    """The name of a line and its value, after a look at the parameters between them."""
    before, colon, value = line.rpartition(":")
    name, *parameters = before.split(";") if colon else ["RRULE"]
    if not _PARAMETERS.issuperset(parameters):
        raise InvalidValue(
            _FIELD,
            Wording("har en parameter, der ikke forstås", "has a parameter that is not understood"),
            Wording(
                "angiv tider i dansk lokal tid eller i UTC; den eneste TZID er Europe/Copenhagen",
                "specify times in Danish local time or in UTC; the only TZID is Europe/Copenhagen",
            ),
        )
    return name, value


def _dates(values: list[str]) -> tuple[datetime.date, ...]:
    return tuple(_date(one.strip()) for value in values for one in value.split(","))


def _date(text: str) -> datetime.date:
    """A date, a clock time, or a moment in UTC."""
    try:
        read = datetime.datetime.strptime(text, _FORMS[len(text)])
    except (KeyError, ValueError):
        raise InvalidValue(
            _FIELD,
            Wording("har en dato, der ikke kan læses", "has a date that cannot be read"),
            Wording(
                "skriv den som 20260302T101500, eller 20260302",
                "write it as 20260302T101500, or 20260302",
            ),
        ) from None
    if text.endswith("Z"):
        return read.replace(tzinfo=datetime.UTC)
    return read if "T" in text else read.date()


def _start(dates: tuple[datetime.date, ...]) -> datetime.date | None:
    if len(dates) > 1:
        raise InvalidValue(
            _FIELD,
            Wording("har mere end én DTSTART", "has more than one DTSTART"),
            Wording("angiv én DTSTART", "specify one DTSTART"),
        )
    for date in dates:
        if isinstance(date, datetime.datetime) and date.tzinfo is not None:
            raise InvalidValue(
                _FIELD,
                Wording(
                    "starter på et tidspunkt i UTC, som svarer til forskellige lokale tider "
                    "sommer og vinter",
                    "starts at a time in UTC, which is a different local time in summer and in "
                    "winter",
                ),
                Wording("angiv dansk lokal tid uden Z", "specify Danish local time without a Z"),
            )
        return date
    return None
