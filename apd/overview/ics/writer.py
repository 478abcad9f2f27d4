"""An overview as an iCalendar file: the calendar, and each appointment as a VEVENT."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from apd.model.time import copenhagen
from apd.overview.groups import series_key
from apd.overview.ics import zone
from apd.overview.ics.content_lines import (
    component,
    escaped,
    folded,
    local,
    text_lines,
    utc,
)
from apd.overview.shown import ShownAppointment
from apd.overview.value import Overview
from apd.privacy.masking import hide_patient, show, uuid_of_name
from apd.standard.codes import Confidentiality, Status
from apd.text.appointment import Line, PartKind
from apd.wording import Hide, Wording

_INDICATIVE = Wording("Vejledende tid: {about}", "Indicative time: {about}")
_DURING_THE_DAY = Wording("I løbet af dagen: {about}", "During the day: {about}")
_CANCELLED = Wording("Gælder ikke længere: {about}", "No longer valid: {about}")

_SAID_OF_TIME = ("when", "note")
_IN_OTHER_PROPERTIES = frozenset((*_SAID_OF_TIME, "about"))
_WITH_TELEPHONE = ("performer", "where")
_PLAIN = frozenset((PartKind.TEXT, PartKind.CAUTION, PartKind.TIME, PartKind.LINK))


def event(
    shown: ShownAppointment,
    now: datetime.datetime,
    hide: Hide,
    *,
    is_cancelled: bool = False,
    is_message: bool = False,
    more: Iterable[str] = (),
) -> Iterator[str]:
    """The lines of an appointment as a VEVENT.

    A message is stamped with the time of the overview, since the latest of several with one
    SEQUENCE counts (RFC 5546, §2.1.5). ``more`` are lines of properties that do not come from the
    document.
    """
    stamp = now if is_message else shown.document.time or now
    lines = _lines(shown, stamp, hide, is_cancelled=is_cancelled)
    return component("VEVENT", chain(lines, more))


def _lines(
    shown: ShownAppointment, stamp: datetime.datetime, hide: Hide, *, is_cancelled: bool
) -> Iterator[str]:
    yield f"UID:{shown.key}"
    yield f"SEQUENCE:{_sequence(shown, is_cancelled)}"
    yield f"DTSTAMP:{utc(stamp)}"
    if shown.document.time is not None:
        yield f"LAST-MODIFIED:{utc(shown.document.time)}"
    yield from _times(shown)
    yield from _text_lines(shown, hide, is_cancelled)
    yield f"CLASS:{_class(shown)}"
    yield f"STATUS:{_status(shown, is_cancelled)}"
    # an unknown time of day does not make anybody busy all day
    is_free = is_cancelled or shown.schedule.date_only
    yield f"TRANSP:{'TRANSPARENT' if is_free else 'OPAQUE'}"


def _sequence(shown: ShownAppointment, is_cancelled: bool) -> int:
    """Deprecation is a change, although the document has no new version."""
    is_withdrawn = is_cancelled and shown.appointment.status is Status.ACTIVE
    return shown.sequence + is_withdrawn


def _times(shown: ShownAppointment) -> Iterator[str]:
    """Start and end in Danish local time, or both in UTC if local time is ambiguous.

    In the hour that occurs twice, a local time means the first (RFC 5545, §3.3.5). If no time of
    day is known, dates; DTEND is the day after the last (§3.6.1).
    """
    moments = [moment for moment in (shown.start, shown.end) if moment is not None]
    named = zip(("DTSTART", "DTEND"), moments, strict=False)
    if shown.schedule.date_only:
        for name, moment in named:
            yield f"{name};VALUE=DATE:{local(moment)[:8]}"
    elif all(map(_is_clear_by_clock, moments)):
        for name, moment in named:
            yield f"{name};TZID={zone.NAME}:{local(moment.astimezone(copenhagen()))}"
    else:
        for name, moment in named:
            yield f"{name}:{utc(moment)}"


def _is_clear_by_clock(moment: datetime.datetime) -> bool:
    return moment.astimezone(copenhagen()).fold == 0


def _text_lines(shown: ShownAppointment, hide: Hide, is_cancelled: bool) -> Iterator[str]:
    lines = {line.key: line for line in shown.lines}
    language, its_own = shown.language, shown.document.language
    place = ", ".join(_texts(lines["where"], PartKind.TEXT))
    yield from text_lines("SUMMARY", _summary(shown, is_cancelled), hide, its_own)
    yield from text_lines("DESCRIPTION", _description(shown), hide, language)
    yield from text_lines("LOCATION", place, hide, its_own)
    category = shown.appointment.category
    if category is not None:
        yield f"CATEGORIES:{escaped(category.display(language))}"
    for contact in dict.fromkeys(_contact(lines[key]) for key in _WITH_TELEPHONE):
        yield from text_lines("CONTACT", contact, hide, language)


def _summary(shown: ShownAppointment, is_cancelled: bool) -> str:
    if is_cancelled:
        return _CANCELLED.in_language(shown.language).format(about=shown.about)
    if shown.schedule.date_only:
        return _DURING_THE_DAY.in_language(shown.language).format(about=shown.about)
    if shown.schedule.indicative:
        return _INDICATIVE.in_language(shown.language).format(about=shown.about)
    return shown.about


def _description(shown: ShownAppointment) -> str:
    """The cautions about the times, then everything else but the header data, line by line."""
    lines = tuple(_with_meeting(shown))
    of_time = [
        text
        for line in lines
        if line.key in _SAID_OF_TIME
        for text in _texts(line, PartKind.TEXT, PartKind.CAUTION)
    ]
    others = [
        f"{line.label}: {', '.join(_texts(line, *_PLAIN))}"
        for line in lines
        if not line.is_detail and line.key not in _IN_OTHER_PROPERTIES
    ]
    return "\n".join((*of_time, *others))


def _with_meeting(shown: ShownAppointment) -> Iterator[Line]:
    """The lines; those of the location and the performer are the merged ones of ``meeting``."""
    meeting = iter(shown.meeting)
    for line in shown.lines:
        if line.key not in _WITH_TELEPHONE:
            yield line
        elif (merged := next(meeting, None)) is not None:
            yield merged


def _contact(line: Line) -> str:
    """The name and the telephone numbers; empty without telephone numbers."""
    links = list(_texts(line, PartKind.LINK))
    return ", ".join((line.texts[0], *links)) if links else ""


def _texts(line: Line, *kinds: PartKind) -> Iterator[str]:
    return (part.text for part in line.parts if part.kind in kinds)


def _class(shown: ShownAppointment) -> str:
    is_normal = shown.document.confidentiality in (None, Confidentiality.NORMAL)
    return "PRIVATE" if is_normal else "CONFIDENTIAL"


def _status(shown: ShownAppointment, is_cancelled: bool) -> str:
    if is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if shown.schedule.indicative else "CONFIRMED"


_PRODUCT = "-//dk-apd//Aftaleoversigten//DA"


def calendar(overview: Overview, *, hide: Hide | None = None) -> bytes:
    """An iCalendar file: a VEVENT for each appointment, with cancelled ones as CANCELLED.

    The UID of an event is the key of its appointment, and its SEQUENCE grows with the versions, so
    that a calendar that imports the file again updates its events. Times are those of
    Europe/Copenhagen, whose clock changes are in the file. An indicative time is TENTATIVE, which
    is stated first in summary and description; an open end is left open. An appointment without a
    time of day is an event of whole days, shown as free. Nothing is public: CLASS is PRIVATE, or
    CONFIDENTIAL for a document of restricted access.

    The times of the file are those of the documents, so the same overview always gives the same
    bytes. Reference: RFC 5545, §3.6.1; the ORGANIZER, which RFC 5546 requires for PUBLISH, is left
    out, as there is no calendar address for answers.

    Args:
        overview: the overview.
        hide: is applied to every text, for example to mask CPR numbers; None shows everything,
            except CPR numbers in the name of the calendar.

    Returns:
        The file, in UTF-8.
    """
    hide = hide or show
    name = hide_patient(overview.patient.id)(overview.title)
    notices = "\n".join(notice.text for notice in overview.notices)
    siblings = siblings_of(overview)
    titles = [  # the second of each is for calendars from before RFC 7986
        *text_lines("NAME", name, hide),
        *text_lines("X-WR-CALNAME", name, hide),
        *text_lines("DESCRIPTION", notices, hide),
        *text_lines("X-WR-CALDESC", notices, hide),
        *zone.timezone((overview.now, *moments((*overview.appointments, *overview.cancelled)))),
    ]
    events = (
        event(shown, overview.now, hide, is_cancelled=is_cancelled, more=relations(shown, siblings))
        for all, is_cancelled in ((overview.appointments, False), (overview.cancelled, True))
        for shown in all
    )
    return folded(component("VCALENDAR", chain(head("PUBLISH"), titles, *events)))


def head(method: str) -> tuple[str, ...]:
    """The first lines of every file; for the method see RFC 5546, §1.4."""
    return "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", f"METHOD:{method}"


def moments(appointments: Iterable[ShownAppointment]) -> Iterator[datetime.datetime]:
    """The times of all events, for the time zone of a file."""
    for shown in appointments:
        yield shown.start
        yield shown.end or shown.start


def siblings_of(overview: Overview) -> dict[str, ShownAppointment]:
    """The first appointment of the series of each later one, by the key of the latter."""
    return {
        shown.key: group.first
        for group in overview.groups()
        if series_key(group.first) is not None
        for shown in group.appointments[1:]
    }


def relations(shown: ShownAppointment, siblings: Mapping[str, ShownAppointment]) -> Iterator[str]:
    """The UUID of its series, since its id may be anything, even a CPR number."""
    series = series_key(shown)
    if series is not None:
        yield f"REFID:{uuid_of_name(' '.join(series))}"
    if shown.key in siblings:
        yield f"RELATED-TO;RELTYPE=SIBLING:{siblings[shown.key].key}"
