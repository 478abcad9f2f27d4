"""The calendar around the appointments of an overview."""

import datetime
from collections.abc import Iterator

from icalendar import Calendar

from apd.overview.groups import series_key
from apd.overview.ics.event import event
from apd.overview.ics.text import Hide, add_text, as_it_is
from apd.overview.ics.zone import timezone
from apd.overview.shown import ShownAppointment
from apd.overview.value import Overview
from apd.reports.numbers import hide_patient

_PRODUCT = "-//dk-apd//Aftaleoversigten//DA"


def calendar(overview: Overview, *, hide: Hide | None = None) -> bytes:
    """An iCalendar file: one VEVENT an appointment, those that no longer stand as CANCELLED.

    Every event has the key of its appointment for UID and grows in SEQUENCE with its versions, so
    that a calendar which takes the file over again changes what it has. Times are those of
    Europe/Copenhagen, whose changes of the clock are in the file. An indicative time is TENTATIVE,
    and says so first in its summary and in its description; an open end is left open. An
    appointment without a time of day is an event of whole days, which leaves them free. Nothing is
    public: CLASS is PRIVATE, or CONFIDENTIAL for a document of restricted access.

    The times of the file are those of the documents, so the same overview always gives the same
    bytes. Reference: RFC 5545, §3.6.1; an ORGANIZER, which RFC 5546 has for PUBLISH, is left
    out, as there is no calendar address to answer to.

    Args:
        overview: what it shows.
        hide: is applied to every text, such as to hide CPR numbers; None shows everything, but
            for CPR numbers in the name of the calendar.

    Returns:
        The file, in UTF-8.
    """
    hide = hide or as_it_is
    made = Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", _PRODUCT)
    made.add("CALSCALE", "GREGORIAN")
    made.add("METHOD", "PUBLISH")
    name = hide_patient(overview.patient.id)(overview.title)
    notices = "\n".join(notice.text for notice in overview.notices)
    # the second of each is what calendars knew before RFC 7986
    for key, text in (
        ("NAME", name),
        ("X-WR-CALNAME", name),
        ("DESCRIPTION", notices),
        ("X-WR-CALDESC", notices),
    ):
        add_text(made, key, text, hide)
    made.add_component(timezone(_moments(overview)))
    siblings = _siblings(overview)
    for shown in overview.appointments:
        sibling = siblings.get(shown.key)
        made.add_component(event(shown, overview.now, hide, sibling=sibling))
    for shown in overview.cancelled:
        made.add_component(event(shown, overview.now, hide, is_cancelled=True))
    data: bytes = made.to_ical()
    return data


def _moments(overview: Overview) -> Iterator[datetime.datetime]:
    """All that happens; a calendar with no appointment yet has its time zone, too."""
    yield overview.now
    for shown in (*overview.appointments, *overview.cancelled):
        yield shown.start
        yield shown.end or shown.start


def _siblings(overview: Overview) -> dict[str, ShownAppointment]:
    """Of each appointment of a series but the first, by its key, the first."""
    return {
        shown.key: group.first
        for group in overview.groups()
        if series_key(group.first) is not None
        for shown in group.appointments[1:]
    }
