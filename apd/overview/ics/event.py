"""One appointment as a VEVENT."""

import datetime
import uuid
from collections.abc import Iterator

from icalendar import Event

from apd.model.time import copenhagen
from apd.overview.groups import series_key
from apd.overview.ics.text import Hide, add_text
from apd.overview.lines import Line, SaidKind
from apd.overview.shown import ShownAppointment
from apd.standard.codes import Confidentiality, Status
from apd.wording import Wording

_INDICATIVE = Wording("Vejledende tid: {about}", "Indicative time: {about}")
_DURING_THE_DAY = Wording("I løbet af dagen: {about}", "In the course of the day: {about}")
_CANCELLED = Wording("Gælder ikke længere: {about}", "No longer valid: {about}")

_SAID_OF_TIME = ("when", "note")
_SAID_ELSEWHERE = frozenset((*_SAID_OF_TIME, "about"))
_WITH_TELEPHONE = ("performer", "where")
_PLAIN = frozenset((SaidKind.TEXT, SaidKind.CAUTION, SaidKind.TIME, SaidKind.LINK))


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
    is_told = all(_is_told_by_clock(moment) for moment in moments)
    zone = copenhagen() if is_told else datetime.UTC
    for name, moment in zip(("DTSTART", "DTEND"), moments, strict=False):
        made.add(name, moment.astimezone(zone))


def _is_told_by_clock(moment: datetime.datetime) -> bool:
    return moment.astimezone(copenhagen()).fold == 0


def _add_texts(made: Event, shown: ShownAppointment, hide: Hide, is_cancelled: bool) -> None:
    lines = {line.key: line for line in shown.lines}
    language, its_own = shown.language, shown.document.language
    place = ", ".join(_texts(lines["where"], SaidKind.TEXT))
    add_text(made, "SUMMARY", _summary(shown, is_cancelled), hide, its_own)
    add_text(made, "DESCRIPTION", _description(shown.lines), hide, language)
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


def _description(lines: tuple[Line, ...]) -> str:
    """What must be said of the times, then everything else but the papers, line by line."""
    of_time = [
        text
        for line in lines
        if line.key in _SAID_OF_TIME
        for text in _texts(line, SaidKind.TEXT, SaidKind.CAUTION)
    ]
    others = [
        f"{line.label}: {', '.join(_texts(line, *_PLAIN))}"
        for line in lines
        if not line.is_detail and line.key not in _SAID_ELSEWHERE
    ]
    return "\n".join((*of_time, *others))


def _contact(line: Line) -> str:
    """Who it is, and the telephone numbers; nothing where there are none."""
    links = list(_texts(line, SaidKind.LINK))
    return ", ".join((line.texts[0], *links)) if links else ""


def _texts(line: Line, *kinds: SaidKind) -> Iterator[str]:
    return (said.text for said in line.said if said.kind in kinds)


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
