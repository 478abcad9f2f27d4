"""Reading calendars back: by another parser than the one that wrote them, and by bare hands."""

import re
from typing import Any

from ical.calendar import Calendar as OtherCalendar
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from apd import overview as ov
from apd.overview import ics

_FOLD = re.compile(r"\r\n[ \t]")
# What the texts of a calendar show for what must not be obeyed.
_MARKED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


def written(shown: ov.Overview, **more: Any) -> str:
    """The calendar as a text, as it stands in the file."""
    return ics.calendar(shown, **more).decode()


def lines(text: str) -> list[str]:
    """The content lines, unfolded. Nothing but CRLF ends a line."""
    return _FOLD.sub("", text).removesuffix("\r\n").split("\r\n")


def other(text: str) -> OtherCalendar:
    """As the parser of another project reads it."""
    return IcsCalendarStream.calendar_from_ics(text)


def events(text: str) -> dict[str, Any]:
    """The events by their UID, as the other parser reads them."""
    found = other(text).events
    by_uid = {event.uid: event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


def own_events(text: str) -> dict[str, Any]:
    """The events by their UID, as the library that wrote them reads them."""
    return {str(event["UID"]): event for event in Calendar.from_ical(text).walk("VEVENT")}


def marked(text: str) -> str:
    """A text with a mark for every character that must not be obeyed."""
    return _MARKED.sub("\ufffd", text)
