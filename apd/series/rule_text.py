"""The text of a recurrence rule, checked part by part (RFC 5545, 3.3.10).

dateutil reads a rule leniently: it drops what it does not understand (``BYMONTHDAY=0`` becomes
every day) and never ends for what is impossible (``INTERVAL=0``). A patient would be called in on
the wrong days, so a rule is checked against the grammar first.
"""

import datetime
import re
from typing import NamedTuple

from apd.errors import InvalidValue
from apd.limits import MAX_RULE_CHARACTERS
from apd.model.time import copenhagen
from apd.model.validators import wrong_type
from apd.wording import Wording

_FIELD = "Rule.text"
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_SIGNED = "[+-]?[0-9]{1,3}"
_UNSIGNED = "[0-9]{1,2}"
_UTC, _LOCAL, _DATE = "%Y%m%dT%H%M%SZ", "%Y%m%dT%H%M%S", "%Y%m%d"


class _Part(NamedTuple):
    """What one part of a rule may hold: its form, what it may count, the FREQ it goes with."""

    form: str
    expected: Wording
    numbers: range | None = None
    frequencies: tuple[str, ...] = _FREQUENCIES


_NO_WEEKLY = tuple(name for name in _FREQUENCIES if name != "WEEKLY")
_BY_YEAR_DAY = ("YEARLY", "HOURLY", "MINUTELY", "SECONDLY")

_PARTS = {
    "FREQ": _Part(
        "|".join(_FREQUENCIES),
        Wording(
            f"angiv en af {', '.join(_FREQUENCIES)}", f"specify one of {', '.join(_FREQUENCIES)}"
        ),
    ),
    "INTERVAL": _Part(
        "[0-9]{1,4}",
        Wording("angiv et helt tal fra 1 til 9999", "specify a whole number from 1 to 9999"),
        range(1, 10_000),
    ),
    "COUNT": _Part(
        "[0-9]{1,6}",
        Wording("angiv et helt tal fra 1 til 999999", "specify a whole number from 1 to 999999"),
        range(1, 1_000_000),
    ),
    "UNTIL": _Part(
        "[0-9]{8}(?:T[0-9]{6}Z?)?",
        Wording(
            "angiv et tidspunkt som 20261231T225959Z, eller dansk lokal tid",
            "specify a time such as 20261231T225959Z, or Danish local time",
        ),
    ),
    "WKST": _Part(_DAY, Wording("angiv MO til SU", "specify MO to SU")),
    "BYDAY": _Part(
        f"(?:[+-]?[1-9][0-9]?)?{_DAY}",
        Wording(
            "angiv MO til SU; 1MO eller -1FR kun med MONTHLY, eller med YEARLY uden BYWEEKNO",
            "specify MO to SU; 1MO or -1FR only with MONTHLY, or with YEARLY without BYWEEKNO",
        ),
    ),
    "BYMONTH": _Part(_UNSIGNED, Wording("angiv 1 til 12", "specify 1 to 12"), range(1, 13)),
    "BYMONTHDAY": _Part(
        _SIGNED,
        Wording(
            "angiv 1 til 31, eller -1 til -31 fra slutningen; ikke med WEEKLY",
            "specify 1 to 31, or -1 to -31 from the end; not with WEEKLY",
        ),
        range(1, 32),
        _NO_WEEKLY,
    ),
    "BYYEARDAY": _Part(
        _SIGNED,
        Wording(
            "angiv 1 til 366, eller -1 til -366; ikke med DAILY, WEEKLY eller MONTHLY",
            "specify 1 to 366, or -1 to -366; not with DAILY, WEEKLY or MONTHLY",
        ),
        range(1, 367),
        _BY_YEAR_DAY,
    ),
    "BYWEEKNO": _Part(
        _SIGNED,
        Wording(
            "angiv 1 til 53, eller -1 til -53; kun med YEARLY",
            "specify 1 to 53, or -1 to -53; only with YEARLY",
        ),
        range(1, 54),
        ("YEARLY",),
    ),
    "BYHOUR": _Part(_UNSIGNED, Wording("angiv 0 til 23", "specify 0 to 23"), range(24)),
    "BYMINUTE": _Part(_UNSIGNED, Wording("angiv 0 til 59", "specify 0 to 59"), range(60)),
    "BYSECOND": _Part(_UNSIGNED, Wording("angiv 0 til 59", "specify 0 to 59"), range(60)),
    "BYSETPOS": _Part(
        _SIGNED,
        Wording("angiv 1 til 366, eller -1 til -366", "specify 1 to 366, or -1 to -366"),
        range(1, 367),
    ),
}
"""The parts of a rule. BYEASTER is dateutil's own and not part of RFC 5545."""


_TWICE = Wording("har den samme del to gange", "has the same part twice")
_UNKNOWN = Wording("har en ukendt del", "has an unknown part")


def as_rule_text(text: str) -> str:
    """Converter: the rule in a normal form, in which equal rules have equal texts.

    In upper case, without ``RRULE:``, with WKST, and with UNTIL as a Danish local time.

    Raises:
        InvalidValue: a part is unknown, specified twice or malformed; FREQ is missing; it has both
            COUNT and UNTIL; or a part does not apply to FREQ.
    """
    if not isinstance(text, str):
        raise wrong_type(
            _FIELD, text, Wording("tekst (str) som FREQ=DAILY", "text (str) such as FREQ=DAILY")
        )
    if len(text) > MAX_RULE_CHARACTERS:
        raise InvalidValue(
            _FIELD,
            Wording(
                f"har mere end {MAX_RULE_CHARACTERS} tegn",
                f"has more than {MAX_RULE_CHARACTERS} characters",
            ),
            Wording("angiv hvert tal og hver dag én gang", "specify each number and each day once"),
        )
    parts: dict[str, str] = {}
    for part in "".join(text.upper().split()).removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        if name not in _PARTS or name in parts:
            raise InvalidValue(
                _FIELD,
                _TWICE if name in parts else _UNKNOWN,
                Wording(
                    f"angiv NAVN=VÆRDI, hver én gang, ud af {', '.join(_PARTS)}",
                    f"specify NAME=VALUE, each once, out of {', '.join(_PARTS)}",
                ),
            )
        parts[name] = value
    if "FREQ" not in parts:
        raise InvalidValue(
            _FIELD,
            Wording("har ingen FREQ", "has no FREQ"),
            Wording("begynd f.eks. med FREQ=WEEKLY", "begin with a part such as FREQ=WEEKLY"),
        )
    if "COUNT" in parts and "UNTIL" in parts:
        raise InvalidValue(
            _FIELD,
            Wording("har både COUNT og UNTIL", "has both COUNT and UNTIL"),
            Wording("angiv en af dem", "specify one of them"),
        )
    for name in filter(parts.__contains__, _PARTS):  # FREQ first, as others depend on it
        if not _is_right(name, parts[name], parts):
            raise InvalidValue(
                _FIELD,
                Wording(f"har en ugyldig {name}", f"has an invalid {name}"),
                _PARTS[name].expected,
            )
    if "BYSETPOS" in parts and not any(name[:2] == "BY" for name in parts.keys() - {"BYSETPOS"}):
        raise InvalidValue(
            _FIELD,
            Wording("har BYSETPOS alene", "has a BYSETPOS alone"),
            Wording(
                "angiv også det, den tæller, f.eks. BYDAY",
                "specify what it counts as well, such as BYDAY",
            ),
        )
    if "UNTIL" in parts:
        parts["UNTIL"] = _local_until(parts["UNTIL"])
    parts.setdefault("WKST", "MO")  # where none is given, dateutil asks the calendar module
    return ";".join(f"{name}={value}" for name, value in parts.items())


def count_of(text: str) -> int | None:
    """The COUNT of a rule, or None."""
    found = re.search("COUNT=([0-9]+)", text)
    return int(found[1]) if found else None


def for_dateutil(text: str) -> str:
    """The rule as a text that means the same to dateutil.

    Weekdays with and without an ordinal are alternatives in RFC 5545, but two conditions in
    dateutil. So if BYDAY has both, each weekday without an ordinal is expanded: the first Tuesday,
    the second, and so on.
    """
    parts = dict(part.split("=") for part in text.split(";"))
    days = parts.get("BYDAY", "").split(",")
    numbered = [day for day in days if not day.isalpha()]
    if len(numbered) in (0, len(days)):
        return text
    most = 5 if parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts else 53
    each = [f"{number}{day}" for day in days if day.isalpha() for number in range(1, most + 1)]
    return text.replace(f"BYDAY={parts['BYDAY']}", f"BYDAY={','.join([*numbered, *each])}")


def _is_right(name: str, value: str, parts: dict[str, str]) -> bool:
    form, _, numbers, frequencies = _PARTS[name]
    values = value.split(",") if name.startswith("BY") else [value]
    if not all(re.fullmatch(form, one) for one in values):
        return False
    if numbers is not None and not all(abs(int(one)) in numbers for one in values):
        return False
    if name == "BYDAY" and any(one[0] not in "MTWFS" for one in values):
        return parts["FREQ"] in ("MONTHLY", "YEARLY") and "BYWEEKNO" not in parts
    return parts["FREQ"] in frequencies


def _local_until(value: str) -> str:
    """The last clock time that a rule may give.

    A time in UTC, as RFC 5545 asks for beside a local start, becomes the clock time then. In the
    second pass of an hour every clock time of that hour has been: it becomes the hour's last. A
    date alone means that whole day.
    """
    try:
        if value.endswith("Z"):
            moment = datetime.datetime.strptime(value, _UTC).replace(tzinfo=datetime.UTC)
            local = moment.astimezone(copenhagen())
            until = local.replace(minute=59, second=59) if local.fold else local
        elif "T" in value:
            until = datetime.datetime.strptime(value, _LOCAL)
        else:
            until = datetime.datetime.strptime(value, _DATE).replace(hour=23, minute=59, second=59)
    except (ValueError, OverflowError):
        raise InvalidValue(
            _FIELD,
            Wording("har en UNTIL, der ikke er en dato", "has an UNTIL that is not a date"),
            _PARTS["UNTIL"].expected,
        ) from None
    return until.strftime(_LOCAL)
