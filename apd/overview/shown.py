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
    """Where an appointment stands in time."""

    UPCOMING = "upcoming", Wording("Kommende", "Upcoming")
    """It begins later than now."""
    ONGOING = "ongoing", Wording("I gang", "In progress")
    """It has begun and is not over; with an open end, until the day it began on is over."""
    PAST = "past", Wording("Tidligere", "Past")


class Remark(StrEnum):
    """What is peculiar about how an appointment stands in the registry."""

    SEVERAL_VERSIONS = "several_versions"
    """More than one version of it stands; the newest is shown."""
    NEWER_WITHDRAWN = "newer_withdrawn"
    """A newer version of it was taken out of display, while this one was left standing."""


@frozen(kw_only=True)
class ShownAppointment:
    """One appointment as an overview shows it.

    Args:
        key: names the appointment in the overview and in what is made of it: a UUID, the same in
            every version of the appointment. Where a document has no id at all, it holds in this
            overview only.
        document: the document that says it.
        phase: upcoming, ongoing or past.
        language: of the texts.
        sequence: 0 for the first version of the appointment, growing with each (RFC 5545's
            SEQUENCE).
        remarks: what is peculiar about how it stands.
        findings: what a validation found in the document.
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
        """When it ends; None where that is not known."""
        return self.schedule.end

    @property
    def about(self) -> str:
        """What it is about, as the booking system words it."""
        return appointment.about(self.appointment, Words(self.language))

    @property
    def place(self) -> str:
        """Where it is, in few words."""
        return appointment.place_of(self.appointment, Words(self.language))

    @property
    def repeats(self) -> bool:
        """It is one of a series (type 4), whether or not others of it are here."""
        return self.appointment.repetition is not None

    @property
    def when(self) -> str:
        """When it is, in full: *torsdag den 5. marts 2026 kl. 10.15–10.45*.

        Where this is shown without the lines, :attr:`cautions` go with it.
        """
        return times.period(self.schedule, self.language)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What must be stated wherever the appointment is shown, sentence by sentence.

        That its times are indicative, with the part of the day and the note that belong to that;
        that its end is not known; that another version stands.
        """
        words = Words(self.language)
        of_registry = (words(remark.value) for remark in self.remarks)
        return (*times.cautions(self.schedule, self.language), *of_registry)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its full description, line by line, the cautions among them."""
        return appointment.lines_of(self.document, self.language, self.remarks)

    @cached_property
    def meeting(self) -> tuple[Line, ...]:
        """Where it is and who carries it out: one line where that is the same, else two."""
        return appointment.meeting_of(self.document, self.lines, self.language)
