"""The document around an appointment, and its content outside the model.

A document that was read may lack anything, so most fields of the model may be None.
:func:`apd.complete` checks a document once and returns a view in which no field is None that the
standard requires.
"""

import datetime
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.model.appointment import Appointment, Reason
from apd.model.identifiers import DocumentId, Identifier, MedComId
from apd.model.location import HomeLocation, Location, OtherLocation, SorLocation
from apd.model.party import Custodian, Patient, Performer, Responsible
from apd.model.schedule import Schedule
from apd.model.time import as_optional_time, is_time
from apd.model.validators import (
    field_name,
    is_a,
    is_optional_code,
    masked,
    optional,
    optional_line,
)
from apd.person_numbers import repr_without_numbers
from apd.prompt import Tabular
from apd.standard.codes import AppointmentType, Category, Confidentiality, Status
from apd.standard.releases import Release
from apd.wording import WordedStrEnum, Wording


class Difference(WordedStrEnum):
    """How a piece of the XML that was read differs from the model."""

    EXTRA = "extra", Wording("findes kun i dokumentet", "only in the document")
    """An element that the model has no place for."""
    MISSING = "missing", Wording("mangler i dokumentet", "missing from the document")
    """The standard has an element here, but the document does not."""
    CHANGED = "changed", Wording("har et andet indhold", "with different content")
    """An element has other attributes or another text; its children are not included."""
    ORDER = "order", Wording("står i en anden rækkefølge", "in a different order")
    """Elements of one name are in another order."""
    NARRATIVE = (
        "narrative",
        Wording("læsbar tekst, anderledes formuleret", "readable text, worded differently"),
    )
    """The readable text is not worded as the writer would word it."""


@frozen(kw_only=True)
class Unmapped:
    """A piece of a document that was read and that the model does not contain, for a report.

    Args:
        path: XPath with positions in the document that was read.
        difference: what kind of piece it is.
        xml: the piece as XML; for :attr:`Difference.ORDER` the positions, such as ``"2 1"``;
            None if there was nothing.
        expected: what the writer would have written there, or None.
    """

    path: str
    difference: Difference
    xml: str | None = field(default=None, repr=masked)
    expected: str | None = field(default=None, repr=masked)


class Layout(NamedTuple):
    """Where the parts of a document are in its text, in which no comment hides anything.

    Args:
        header: behind the start tag of the root.
        section: where the section of the appointment starts.
        text: where its readable text starts.
        text_end: behind that text and white space.
        encounter: where the appointment starts.
        end: behind the appointment and white space.
    """

    header: int
    section: int
    text: int
    text_end: int
    encounter: int
    end: int


@frozen(eq=False)
class DocumentSource:
    """The XML that a document was read from, and the model at that time.

    Args:
        data: the bytes of the XML; those of a text are in UTF-8.
        fields: the fields of the document as it was read, by their names.
        current: the release that was current for the reader.
        compare: finds what the XML states and the model does not; a function of a module.
        layout: where its parts are, if the reader knows; else the writer searches for them.
    """

    data: bytes = field(repr=False)
    fields: Mapping[str, Any] = field(repr=False)
    current: Release
    compare: Callable[["DocumentSource"], tuple[Unmapped, ...]] = field(repr=False)
    layout: Layout | None = field(default=None, repr=False)

    @property
    def release(self) -> Release:
        """The release of the XML."""
        release: Release = self.fields["release"]
        return release

    def says(self, document: "AppointmentDocument") -> bool:
        """Whether the XML states the same as the document, regardless of the document's release."""
        return all(
            value is (now := getattr(document, name)) or value == now
            for name, value in self.fields.items()
            if name != "release"
        )


def is_version(value: object) -> bool:
    """Whether it is a version number: a whole number from 0, with at most nine digits."""
    return type(value) is int and 0 <= value < 10**9


def is_optional_version(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    """Validator: a version number, or None."""
    if value is not None and not is_version(value):
        raise InvalidValue(
            field_name(instance, attribute),
            Wording("er ikke et versionsnummer", "is not a version number"),
            Wording(
                "angiv et helt tal fra 0 med højst ni cifre",
                "specify a whole number from 0, with at most nine digits",
            ),
        )


@frozen(kw_only=True)
class AppointmentDocument(Tabular):
    """A DK-APD document (aftaledokument): one appointment, and the header data around it.

    Args:
        id: the document's own id, a new one for every version of the document.
        time: when this version was created, with a time zone.
        appointment: what the document is about.
        custodian: who keeps it (forvalter).
        confidentiality: normal, as a rule.
        language: language of the texts.
        set_id: the same in every version of a document.
        version_number: 1 for the first version, and so on.
        release: the release of DK-APD that was read. The writer always writes the current one.
        source: the XML that was read, to which the writer applies the changes of the model. A
            new document has none. It is ignored when documents are compared.
    """

    id: DocumentId | None = field(validator=optional(MedComId, Identifier))
    time: datetime.datetime | None = field(converter=as_optional_time, validator=is_time)
    appointment: Appointment = field(validator=is_a(Appointment))
    custodian: Custodian | None = field(validator=optional(Custodian))
    confidentiality: Confidentiality | None = field(
        default=Confidentiality.NORMAL, validator=optional(Confidentiality)
    )
    language: str | None = field(
        default="da-DK",
        converter=optional_line,
        validator=is_optional_code,
        repr=repr_without_numbers,
    )
    set_id: DocumentId | None = field(default=None, validator=optional(MedComId, Identifier))
    version_number: int | None = field(default=None, validator=is_optional_version)
    release: Release = field(default=Release.CURRENT, validator=is_a(Release))
    source: DocumentSource | None = field(
        default=None, eq=False, repr=False, validator=optional(DocumentSource)
    )

    @property
    def unmapped(self) -> tuple[Unmapped, ...]:
        """What the XML that was read states and the model did not; computed on each access."""
        return () if self.source is None else self.source.compare(self.source)

    @property
    def types(self) -> tuple[AppointmentType, ...]:
        """The appointment types 1 to 4 that follow from the data."""
        return self.appointment.types

    @property
    def title(self) -> str:
        """The document's title: *Aftale for* and the CPR number, unmasked."""
        return f"Aftale for {self.appointment.patient.id.value or ''}".rstrip()


@frozen(kw_only=True)
class CompleteAppointment:
    """What the standard requires of an appointment; no field is None.

    Args:
        id: the appointment's own id.
        category: who runs it.
        patient: whose appointment it is.
        schedule: when.
        reason: what about.
        responsible: who made the booking (aftaleansvarlig).
        performer: who carries it out (aftaleudførende).
        location: where.
        status: active, as long as the appointment is valid.

    Raises:
        InvalidValue: one of them is None, or has the wrong type.
    """

    id: DocumentId = field(validator=is_a(MedComId, Identifier))
    category: Category = field(validator=is_a(Category))
    patient: Patient = field(validator=is_a(Patient))
    schedule: Schedule = field(validator=is_a(Schedule))
    reason: Reason = field(validator=is_a(Reason))
    responsible: Responsible = field(validator=is_a(Responsible))
    performer: Performer = field(validator=is_a(Performer))
    location: Location = field(validator=is_a(SorLocation, OtherLocation, HomeLocation))
    status: Status = field(validator=is_a(Status))


@frozen(kw_only=True)
class CompleteDocument:
    """What the standard requires of a document; no field is None.

    Args:
        id: the document's own id.
        appointment: what it is about.
        custodian: who keeps it (forvalter).
        confidentiality: normal, as a rule.
        document: the document itself, with the optional fields, and for :func:`apd.dump`.

    Raises:
        InvalidValue: one of them is None, or has the wrong type.
    """

    id: DocumentId = field(validator=is_a(MedComId, Identifier))
    appointment: CompleteAppointment = field(validator=is_a(CompleteAppointment))
    custodian: Custodian = field(validator=is_a(Custodian))
    confidentiality: Confidentiality = field(validator=is_a(Confidentiality))
    document: AppointmentDocument = field(validator=is_a(AppointmentDocument))
