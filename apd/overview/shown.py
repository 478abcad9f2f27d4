"""One appointment as an overview shows it."""

import datetime
from enum import StrEnum
from functools import cached_property

from attrs import frozen

from apd.findings import Finding
from apd.model.appointment import Appointment
from apd.model.document import AppointmentDocument
from apd.model.schedule import Schedule
from apd.text import appointment, times
from apd.text.appointment import Line
from apd.text.overview import Words
from apd.wording import Language, WordedStrEnum, Wording


class Phase(WordedStrEnum):
    """The phase of an appointment."""

    UPCOMING = "upcoming", Wording("Kommende", "Upcoming")
    """It begins in the future."""
    ONGOING = "ongoing", Wording("I gang", "In progress")
    """It is in progress; with an open end, until the end of the day on which it began."""
    PAST = "past", Wording("Tidligere", "Past")


class Remark(StrEnum):
    """A remark on the state of an appointment in the registry."""

    SEVERAL_VERSIONS = "several_versions"
    """More than one version of it stands; the newest is shown."""
    NEWER_WITHDRAWN = "newer_withdrawn"
    """A newer version of it was deprecated, while this one was not."""


@frozen(kw_only=True)
class ShownAppointment:
    """One appointment as an overview shows it.

    Args:
        key: the key of the appointment in the overview and its outputs: a UUID, the same for every
            version of the appointment. If a document has no id, it is valid in this overview
            only.
        document: its document.
        phase: upcoming, ongoing or past.
        language: the language of the texts.
        sequence: 0 for the first version of the appointment, growing with each (RFC 5545's
            SEQUENCE).
        remarks: remarks on its state in the registry.
        findings: the findings of the document.
    """

    key: str
    document: AppointmentDocument
    phase: Phase
    language: Language = "da"
    sequence: int = 0
    remarks: tuple[Remark, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def appointment(self) -> Appointment:
        """The appointment."""
        return self.document.appointment

    @property
    def schedule(self) -> Schedule:
        """When it is."""
        return self.appointment.schedule

    @property
    def start(self) -> datetime.datetime:
        """When it begins."""
        return self.schedule.start

    @property
    def end(self) -> datetime.datetime | None:
        """When it ends; None if unknown."""
        return self.schedule.end

    @property
    def about(self) -> str:
        """Its reason, as worded by the booking system."""
        return appointment.about(self.appointment, Words(self.language))

    @property
    def place(self) -> str:
        """Its location, in few words."""
        return appointment.place_of(self.appointment, Words(self.language))

    @property
    def repeats(self) -> bool:
        """Whether it is part of a series (type 4), even if no other of it is here."""
        return self.appointment.repetition is not None

    @property
    def when(self) -> str:
        """Its time in full: *torsdag den 5. marts 2026 kl. 10.15–10.45*.

        If this is shown without the lines, show :attr:`cautions`, too.
        """
        return times.period(self.schedule, self.language)

    @property
    def cautions(self) -> tuple[str, ...]:
        """The sentences that must be shown wherever the appointment is shown.

        They state that its times are indicative, with the part of the day and the note; that its
        end is unknown; that another version stands.
        """
        words = Words(self.language)
        of_registry = (words(remark.value) for remark in self.remarks)
        return (*times.cautions(self.schedule, self.language), *of_registry)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its full description, line by line, including the cautions."""
        return appointment.lines_of(self.document, self.language, self.remarks)

    @cached_property
    def meeting(self) -> tuple[Line, ...]:
        """Location and performer: one line if they are the same, else two."""
        return appointment.meeting_of(self.document, self.lines, self.language)
