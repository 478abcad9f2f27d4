"""Links that a calendar takes appointments from: files of iCalendar within the page.

Each is a ``data:`` link, so that no script runs and nothing is asked for. Its events are those of
the calendar file, without what they have to do with each other. Source: RFC 2397.
"""

import datetime
import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from apd.model.time import copenhagen
from apd.overview.ics.content_lines import folded
from apd.overview.ics.writer import event, head, moments
from apd.overview.ics.zone import timezone
from apd.overview.shown import ShownAppointment
from apd.overview.value import Overview
from apd.privacy.masking import show
from apd.wording import Hide

_SCHEME = "data:text/calendar;charset=utf-8,"
_others = re.compile(r"[^A-Za-z0-9\-._~;:/,=@+()!*$?%]+")
"""What has a meaning within such a link or within an attribute."""
_FREQUENT = (("%", "%25"), ("\r\n", "%0D%0A"), (" ", "%20"), ("\\", "%5C"))
"""Escapes that are cheaper than those of the standard library, which looks at every byte."""


class CalendarLinks(NamedTuple):
    """The links of a page.

    Args:
        by_key: of each appointment that is not over, by its key.
        of_all: of all of them; None where there are not several.
    """

    by_key: dict[str, Markup]
    of_all: Markup | None


def calendar_links(overview: Overview, hide: Hide | None) -> CalendarLinks:
    """The links of an overview.

    Args:
        overview: what is shown.
        hide: is applied to every text of them.
    """
    coming = [entry.shown for entry in overview.agenda.entries]
    events = {shown.key: _quoted(event(shown, overview.now, hide or show)) for shown in coming}
    beginnings = _Beginnings()
    return CalendarLinks(
        {shown.key: _link(beginnings.of(shown), events[shown.key]) for shown in coming},
        _link(beginnings.of(*coming), *events.values()) if len(coming) > 1 else None,
    )


class _Beginnings:
    """What a file begins with, the time zone of the years of its appointments among it."""

    def __init__(self) -> None:
        self._made: dict[frozenset[int], str] = {}

    def of(self, *appointments: ShownAppointment) -> str:
        """The beginning of a file; its cost is that of the years, not of what happens in them."""
        years = frozenset(one.astimezone(copenhagen()).year for one in moments(appointments))
        if years not in self._made:
            starts = (datetime.datetime(year, 1, 1, tzinfo=copenhagen()) for year in years)
            lines = ("BEGIN:VCALENDAR", *head("PUBLISH"), *timezone(starts))
            self._made[years] = _quoted(lines)
        return self._made[years]


def _link(*parts: str) -> Markup:
    return Markup(f"{_SCHEME}{''.join(parts)}{_END}")


def _quoted(lines: Iterable[str]) -> str:
    text = folded(lines).decode()
    for character, escape in _FREQUENT:
        text = text.replace(character, escape)
    return _others.sub(lambda found: quote(found[0]), text)


_END = _quoted(("END:VCALENDAR",))
