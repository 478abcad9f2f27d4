"""Intervals of time (IVL_TS)."""

import re

from apd.cda.timestamps import time_value
from apd.findings import Severity
from apd.rules.admitted_values import AdmittedValues
from apd.rules.document_view import Node
from apd.rules.rule import Rule, checked, each
from apd.standard.codes import TIME_UNITS
from apd.standard.data_types import of_data_type
from apd.wording import Wording

_hour_24 = re.compile("[0-9]{8}24").match
_CLOCK_DIGITS = 14  # of a full time, before its offset
_INTERVAL_PARTS = ("low", "high", "center", "width")
_BESIDE_CENTER = frozenset(("low", "high", "width"))


def _is_empty(node: Node) -> bool:
    if "nullFlavor" in node.attributes or "value" in node.attributes:
        return False
    return node.named.keys().isdisjoint(_INTERVAL_PARTS)


def _has_too_much(node: Node) -> bool:
    names = node.named
    if "value" in node.attributes and names:
        return True
    if "center" in names and not _BESIDE_CENTER.isdisjoint(names):
        return True
    return "width" in names and "low" in names and "high" in names


def _bounds(node: Node) -> tuple[Node | None, Node | None]:
    return node.first("low"), node.first("high")


def _is_not_in_order(node: Node) -> bool:
    low, high = _bounds(node)
    if low is None or high is None:
        return False
    begins, ends = low.get("value"), high.get("value")
    return begins is not None and ends is not None and not _is_before(begins, ends)


def _is_before(begins: str, ends: str) -> bool:
    """Whether one time is before another; whether they differ, where one is none."""
    first, last = time_value(begins), time_value(ends)
    if first is None or last is None:
        return begins != ends
    return first.utc < last.utc


def _are_in_order(values: AdmittedValues) -> bool:
    begins, ends = values.begins, values.ends
    is_in_header = begins == values.begins_in_header and ends == values.ends_in_header
    has_one_offset = begins[_CLOCK_DIGITS:] == ends[_CLOCK_DIGITS:]
    if not is_in_header or not ends:
        return is_in_header
    return begins < ends if has_one_offset else _is_before(begins, ends)


def _bound_has_no_whole_offset(node: Node) -> bool:
    for bound in _bounds(node):
        value = bound.get("value") if bound is not None else None
        at = time_value(value) if value is not None else None
        if at is not None and not at.has_whole_offset:
            return True
    return False


def _bound_is_infinite_the_wrong_way(node: Node) -> bool:
    low, high = _bounds(node)
    return (low is not None and low.get("nullFlavor") == "PINF") or (
        high is not None and high.get("nullFlavor") == "NINF"
    )


def _has_no_length(node: Node) -> bool:
    return any(
        "translation" in width.named
        or (
            "unit" in width.attributes
            and (not width.get("value") or width.get("unit") not in TIME_UNITS)
        )
        for width in node.all("width")
    )


def _is_midnight_as_24(node: Node) -> bool:
    value = node.get("value") or ""
    return _hour_24(value) is not None and time_value(value) is not None


RULES: tuple[Rule, ...] = (
    checked(
        of_data_type(
            "DT-IVL-EMPTY",
            Wording(
                "Intervallet skal have indhold eller være null.",
                "The interval must have content or be null.",
            ),
            Wording(
                "Et interval har low, high eller begge.",
                "An interval has a low, a high or both.",
            ),
            Wording(
                "Angiv low og high, eller skriv nullFlavor.",
                "Specify low and high, or write a nullFlavor.",
            ),
            "IVL",
            "dtr1-2-IVL_TS, dtr1-1-TS",
        ),
        each(_is_empty, "IVL"),
    ),
    checked(
        of_data_type(
            "DT-IVL-CONTENT",
            Wording(
                "Intervallet angiver sin længde eller sit tidspunkt to gange.",
                "The interval specifies its length or its time twice.",
            ),
            Wording(
                "value må ikke stå sammen med elementer, center ikke sammen med andre elementer "
                "og width ikke sammen med både low og high.",
                "A value must not be combined with elements, a center must not be combined with "
                "other elements, and a width must not be combined with both low and high.",
            ),
            Wording("Behold kun low og high.", "Keep only low and high."),
            "IVL",
            "IVL_TS",
        ),
        each(_has_too_much, "IVL"),
    ),
    checked(
        of_data_type(
            "DT-IVL-WIDTH",
            Wording(
                "Intervallets længde (width) skal være et tal i en enhed for tid.",
                "The length of the interval (width) must be a number in a unit of time.",
            ),
            Wording(
                "Enhederne er us, ms, s, min, h, d, wk, mo og a; en omregning (translation) er "
                "ikke tilladt.",
                "The units are us, ms, s, min, h, d, wk, mo and a; a translation is not allowed.",
            ),
            Wording(
                "Angiv low og high i stedet for width.", "Specify low and high instead of a width."
            ),
            "IVL",
            "dtr1-8-IVL_TS, dtr1-1-PQR, dtr1-2-PQR",
        ),
        each(_has_no_length, "IVL"),
    ),
    checked(
        of_data_type(
            "DT-IVL-ORDER",
            Wording(
                "Starttidspunktet skal ligge før sluttidspunktet.",
                "The start must be before the end.",
            ),
            Wording(
                "Et tidspunkt uden tidszone læses her som UTC, ligesom i MedComs Schematron; "
                "derfor kan en start uden tidszone ligge for sent.",
                "A time without an offset is read as UTC here, as in MedCom's Schematron; a "
                "start without an offset may therefore be too late.",
            ),
            Wording(
                "Ret tidspunkterne, og skriv tidszonen på begge.",
                "Correct the times, and write an offset for both.",
            ),
            "IVL",
            "dtr1-7-IVL_TS",
        ),
        each(_is_not_in_order, "IVL"),
        settled=_are_in_order,
    ),
    checked(
        of_data_type(
            "DT-IVL-OFFSET",
            Wording(
                "Tidszonen i et interval skal have fire cifre: +ttmm.",
                "An offset in an interval must have four digits: +hhmm.",
            ),
            Wording(
                "To cifre er tilladt i HL7, men ikke her.",
                "HL7 allows two digits, but not here.",
            ),
            Wording(
                "Skriv tidszonen som +0100 eller +0200.", "Write the offset as +0100 or +0200."
            ),
            "IVL",
            "dtr1-9-IVL_TS",
        ),
        each(_bound_has_no_whole_offset, "IVL"),
    ),
    checked(
        of_data_type(
            "DT-IVL-INFINITE",
            Wording(
                "Et interval kan ikke begynde i den uendelige fremtid eller ende i fortiden.",
                "An interval cannot begin in the infinite future or end in the infinite past.",
            ),
            Wording(
                "low må ikke være PINF, high ikke NINF.",
                "low must not be PINF, and high must not be NINF.",
            ),
            Wording('Skriv nullFlavor="NI".', 'Write nullFlavor="NI".'),
            "IVL",
            "IVL_TS",
        ),
        each(_bound_is_infinite_the_wrong_way, "IVL"),
    ),
    checked(
        of_data_type(
            "DT-TS-24",
            Wording(
                "Klokken 24:00 skal skrives som 00:00 den næste dag.",
                "24:00 should be written as 00:00 on the next day.",
            ),
            Wording(
                "Det er det samme øjeblik, og MedComs værktøjer accepterer det, men ikke alle "
                "systemer kan læse det.",
                "It is the same moment, and MedCom's tools accept it, but not every system can "
                "read it.",
            ),
            Wording("Skriv 00:00 den næste dag.", "Write 00:00 on the next day."),
            "TS",
            "dtr1-2-TS",
            Severity.WARNING,
        ),
        lambda view: filter(_is_midnight_as_24, view.of_type("TS", "IVL")),
        "value",
    ),
)
