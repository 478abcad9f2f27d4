"""An overview as messages to calendars, which invite, update and cancel: iTIP.

Source: RFC 5546, §3.2.2 (REQUEST), §3.2.5 (CANCEL), §2.1.4 (SEQUENCE); RFC 6047 for e-mail.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain

from attrs import field, frozen

from apd.errors import InvalidValue
from apd.model.contact import Telecom
from apd.model.validators import demand, masked
from apd.overview.ics import zone
from apd.overview.ics.content_lines import component, folded
from apd.overview.ics.writer import event, head, moments, relations, siblings_of
from apd.overview.shown import Phase
from apd.overview.value import Overview
from apd.privacy.masking import show
from apd.wording import Hide, Wording


class CalendarMethod(StrEnum):
    """The method of a message."""

    REQUEST = "REQUEST"
    """To add an appointment, or update it to a new version."""
    CANCEL = "CANCEL"
    """To cancel an appointment."""


@frozen
class CalendarMessage:
    """A message about one appointment.

    Args:
        key: the key of the appointment in the overview, which is the UID in the message.
        method: its method.
        data: the message, in UTF-8.
    """

    key: str
    method: CalendarMethod
    data: bytes = field(repr=masked)

    @property
    def content_type(self) -> str:
        """Its media type in an e-mail; programs need the method in it."""
        return f"text/calendar; charset=utf-8; method={self.method}"


def messages(
    overview: Overview,
    *,
    organizer: Telecom,
    attendees: Iterable[Telecom],
    hide: Hide | None = None,
) -> tuple[CalendarMessage, ...]:
    """A message for each appointment that is not over: REQUEST, or CANCEL if it is cancelled.

    A message is about one appointment, as all events in it must have the same UID. UID and
    SEQUENCE are those of :func:`apd.overview.ics.calendar`: a new version of a document, or that
    it was deprecated, has a higher SEQUENCE. No answer is requested. Nothing is sent.

    Example::

        for message in ics.messages(
            shown,
            organizer=apd.Telecom.email("aftaler@example.dk"),
            attendees=[apd.Telecom.email("vera@example.dk")],
        ):
            Path(f"{message.key}.ics").write_bytes(message.data)

    Args:
        overview: the overview.
        organizer: the e-mail address of the organizer; a calendar accepts later messages of the
            same one only.
        attendees: the e-mail addresses of the owners of the calendars, at least one.
        hide: is applied to every text, for example to mask CPR numbers; None shows everything.

    Returns:
        The messages, by the time of the appointments; those to cancel come last.

    Raises:
        InvalidValue: an address is not an e-mail address, or there are no attendees.
    """
    people = (_mailbox(organizer, "organizer"), *(_mailbox(one, "attendees") for one in attendees))
    if len(people) == 1:
        raise InvalidValue(
            "attendees", Wording("er tom", "is empty"), Wording("angiv mindst én", "specify one")
        )
    return tuple(_messages(overview, tuple(_people(*people)), hide or show))


def _mailbox(given: Telecom, argument: str) -> str:
    demand(given, argument, Telecom)
    if given.scheme != "mailto" or "?" in given.value:
        raise InvalidValue(
            argument,
            Wording("er ikke en e-mail-adresse", "is not an e-mail address"),
            Wording("angiv apd.Telecom.email(…)", "specify apd.Telecom.email(…)"),
        )
    return given.value


def _people(organizer: str, *attendees: str) -> Iterator[str]:
    yield f"ORGANIZER:{organizer}"
    for attendee in attendees:
        yield f"ATTENDEE;CUTYPE=INDIVIDUAL;RSVP=FALSE:{attendee}"


def _messages(overview: Overview, people: tuple[str, ...], hide: Hide) -> Iterator[CalendarMessage]:
    siblings = siblings_of(overview)
    for shown_all, method in (
        (overview.appointments, CalendarMethod.REQUEST),
        (overview.cancelled, CalendarMethod.CANCEL),
    ):
        for shown in shown_all:
            if shown.phase is Phase.PAST:
                continue
            lines = event(
                shown,
                overview.now,
                hide,
                is_cancelled=method is CalendarMethod.CANCEL,
                is_message=True,
                more=chain(people, relations(shown, siblings)),
            )
            parts = chain(head(method), zone.timezone(moments([shown])), lines)
            yield CalendarMessage(shown.key, method, folded(component("VCALENDAR", parts)))
