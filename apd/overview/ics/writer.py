"""An overview as an iCalendar file: the calendar, and each appointment as a VEVENT."""

import datetime
import re
import uuid
from collections.abc import Iterator

from icalendar import Calendar, Component, Event, vText

from apd.model.time import copenhagen
from apd.overview.groups import series_key
from apd.overview.ics.zone import timezone
from apd.overview.shown import ShownAppointment
from apd.overview.value import Overview
from apd.privacy.masking import hide_patient, show
from apd.standard.codes import Confidentiality, Status
from apd.text.appointment import Line, PartKind, meeting_of
from apd.wording import Hide, Wording

_TO_BE_ESCAPED = re.compile(r"[\\;,]")
_END_OF_LINE = re.compile(r"\r\n|\r|\n")
# Control characters, line separators, embedded changes of direction, and halves of characters.
# Some readers take a line separator for the end of a line, and what follows for a property. A byte
# order mark within a text is lost on the way.
_NOT_TO_BE_WRITTEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*").fullmatch


class _Text(vText):
    """A text to the letter. The library's own takes a backslash before an N for a line break."""

    def to_ical(self) -> bytes:
        escaped = _TO_BE_ESCAPED.sub(r"\\\g<0>", self)
        return _END_OF_LINE.sub(r"\\n", escaped).encode()


def add_text(to: Component, name: str, text: str, hide: Hide, language: str | None = None) -> None:
    """Adds a text that may hold any character; an empty one is left out.

    Args:
        to: the component.
        name: name of the property.
        text: the text; a character that would be obeyed and not seen becomes a visible mark (�).
        hide: is applied to it.
        language: its language, if it is known; written where it has the form of one.
    """
    if not text:
        return
    parameters = {"LANGUAGE": language} if language and _LANGUAGE(language) else {}
    to.add(name, _Text(_NOT_TO_BE_WRITTEN.sub("\ufffd", hide(text))), parameters)


_INDICATIVE = Wording("Vejledende tid: {about}", "Indicative time: {about}")
_DURING_THE_DAY = Wording("I løbet af dagen: {about}", "During the day: {about}")
_CANCELLED = Wording("Gælder ikke længere: {about}", "No longer valid: {about}")

_SAID_OF_TIME = ("when", "note")
_SAID_ELSEWHERE = frozenset((*_SAID_OF_TIME, "about"))
_WITH_TELEPHONE = ("performer", "where")
_PLAIN = frozenset((PartKind.TEXT, PartKind.CAUTION, PartKind.TIME, PartKind.LINK))


def event(
    shown: ShownAppointment,
    now: datetime.datetime,
    hide: Hide,
    *,
    sibling: ShownAppointment | None = None,
    is_cancelled: bool = False,
) -> Event:
    """An appointment as a VEVENT.

    Args:
        shown: the appointment.
        now: stands for the time of a document that does not say its own.
        hide: is applied to every text.
        sibling: the first appointment of its series, if it is not the first itself.
        is_cancelled: it does not stand any more.
    """
    made = Event()
    made.add("UID", shown.key)
    made.add("SEQUENCE", _sequence(shown, is_cancelled))
    made.add("DTSTAMP", shown.document.time or now)
    if shown.document.time is not None:
        made.add("LAST-MODIFIED", shown.document.time)
    _add_times(made, shown)
    _add_texts(made, shown, hide, is_cancelled)
    made.add("CLASS", _class(shown))
    made.add("STATUS", _status(shown, is_cancelled))
    # nobody is busy all day because it is not known when on that day something is
    is_free = is_cancelled or shown.schedule.date_only
    made.add("TRANSP", "TRANSPARENT" if is_free else "OPAQUE")
    series = series_key(shown)
    if series is not None:
        made.add("REFID", _refid(series))
    if sibling is not None:
        made.add("RELATED-TO", sibling.key, {"RELTYPE": "SIBLING"})
    return made


def _sequence(shown: ShownAppointment, is_cancelled: bool) -> int:
    """To be taken out of display is a change, though the document has no version that says so."""
    is_withdrawn = is_cancelled and shown.appointment.status is Status.ACTIVE
    return shown.sequence + is_withdrawn


def _add_times(made: Event, shown: ShownAppointment) -> None:
    """Start and end on a clock in Denmark, or both in UTC where such a clock would mislead.

    In the hour that comes twice, a local time means the first (RFC 5545, §3.3.5). Where no time of
    day is known, dates; DTEND is the day after the last (§3.6.1).
    """
    moments = [moment for moment in (shown.start, shown.end) if moment is not None]
    if shown.schedule.date_only:
        for name, moment in zip(("DTSTART", "DTEND"), moments, strict=False):
            made.add(name, moment.date())
        return
    is_clear = all(_is_clear_by_clock(moment) for moment in moments)
    zone = copenhagen() if is_clear else datetime.UTC
    for name, moment in zip(("DTSTART", "DTEND"), moments, strict=False):
        made.add(name, moment.astimezone(zone))


def _is_clear_by_clock(moment: datetime.datetime) -> bool:
    return moment.astimezone(copenhagen()).fold == 0


def _add_texts(made: Event, shown: ShownAppointment, hide: Hide, is_cancelled: bool) -> None:
    lines = {line.key: line for line in shown.lines}
    language, its_own = shown.language, shown.document.language
    place = ", ".join(_texts(lines["where"], PartKind.TEXT))
    add_text(made, "SUMMARY", _summary(shown, is_cancelled), hide, its_own)
    add_text(made, "DESCRIPTION", _description(shown), hide, language)
    add_text(made, "LOCATION", place, hide, its_own)
    category = shown.appointment.category
    if category is not None:
        made.add("CATEGORIES", [category.display(language)])
    for contact in dict.fromkeys(_contact(lines[key]) for key in _WITH_TELEPHONE):
        add_text(made, "CONTACT", contact, hide, language)


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
        if not line.is_detail and line.key not in _SAID_ELSEWHERE
    ]
    return "\n".join((*of_time, *others))


def _with_meeting(shown: ShownAppointment) -> Iterator[Line]:
    """The lines, with nothing said twice of where it is and who carries it out."""
    meeting = iter(meeting_of(shown.document, shown.lines, shown.language))
    for line in shown.lines:
        if line.key not in _WITH_TELEPHONE:
            yield line
        elif (merged := next(meeting, None)) is not None:
            yield merged


def _contact(line: Line) -> str:
    """Who it is, and the telephone numbers; nothing where there are none."""
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


def _refid(series: tuple[str, str]) -> str:
    """A UUID that names a series. Its own id may be anything, a CPR number among it."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, " ".join(series)))


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
    hide = hide or show
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
