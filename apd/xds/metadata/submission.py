"""A submission to a registry: a submission set, its entry, and associations.

Source: Danish XDS metadata profile 1.0.1, SubmissionSet; IHE ITI TF-3, sections 4.2.1 and 4.2.2;
TF-2, ITI-41 and ITI-57.
"""

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

from attrs import field, frozen

from apd.model.code import Code
from apd.model.time import is_time
from apd.model.validators import (
    all_are,
    as_tuple,
    is_a,
    is_optional_text,
    is_text,
    masked,
    one_line,
    optional,
    optional_line,
)
from apd.person_numbers import repr_without_numbers
from apd.xds.ebxml.vocabulary import URN_UUID, AssociationType, AvailabilityStatus
from apd.xds.metadata.composite_values import Author, Slot, as_slots
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.metadata.validators import (
    PatientId,
    as_entry_uuid,
    as_optional_entry_uuid,
    as_patient_id,
    as_utc,
    bare_oid,
    is_object_id,
    is_optional_object_id,
    is_optional_oid,
    is_patient_id,
    real_entry_uuid,
)

if TYPE_CHECKING:
    from uuid import UUID


@frozen(kw_only=True)
class SubmissionSet:
    """The metadata of a submission (SubmissionSet).

    Args:
        entry_uuid: like that of a document entry.
        unique_id: an OID, a new one for every submission; another text if others write one.
        source_id: OID of the system that submits.
        patient_id: the patient.
        submission_time: the time of sending.
        author: its author, usually that of the document.
        content_type_code: its type, usually that of the document.
        title: its title, without personal data.
        home_community_id: OID of the XDS domain.
        availability_status: approved.
    """

    entry_uuid: str = field(
        converter=as_entry_uuid, validator=is_object_id, repr=repr_without_numbers
    )
    unique_id: str | None = field(
        default=None, converter=bare_oid, validator=is_optional_text, repr=repr_without_numbers
    )
    source_id: str | None = field(
        default=None, converter=bare_oid, validator=is_optional_oid, repr=repr_without_numbers
    )
    patient_id: PatientId | None = field(
        default=None, converter=as_patient_id, validator=is_patient_id
    )
    submission_time: datetime.datetime | None = field(
        default=None, converter=as_utc, validator=is_time
    )
    author: Author | None = field(default=None, validator=optional(Author))
    content_type_code: Code | None = field(default=None, validator=optional(Code))
    title: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=masked
    )
    home_community_id: str | None = field(
        default=None, converter=bare_oid, validator=is_optional_oid, repr=repr_without_numbers
    )
    availability_status: AvailabilityStatus | None = field(
        default=AvailabilityStatus.APPROVED, validator=optional(AvailabilityStatus)
    )


@frozen
class Association:
    """A relation between two objects (Association).

    Args:
        id: the id of the association, symbolic or an entry UUID; None if others leave it out.
        type: its type; :class:`AssociationType` has those used here.
        source: the id of its source object.
        target: the id of its target object.
        slots: additional values.
    """

    id: str | None = field(
        converter=as_optional_entry_uuid, validator=is_optional_object_id, repr=repr_without_numbers
    )
    type: str = field(converter=one_line, validator=is_text, repr=repr_without_numbers)
    source: str = field(converter=as_entry_uuid, validator=is_object_id, repr=repr_without_numbers)
    target: str = field(converter=as_entry_uuid, validator=is_object_id, repr=repr_without_numbers)
    slots: tuple[Slot, ...] = field(default=(), converter=as_slots, validator=all_are(Slot))


def _as_associations(associations: Iterable[Association]) -> tuple[Association, ...]:
    return as_tuple(associations)


@frozen(kw_only=True)
class Submission:
    """One submission: made by :func:`publish` or :func:`deprecate`, or read.

    Args:
        submission_set: the submission set.
        entry: the metadata of the document; None if none is sent.
        associations: the relations between its objects, and to earlier documents.
    """

    submission_set: SubmissionSet = field(validator=is_a(SubmissionSet))
    entry: DocumentEntry | None = field(default=None, validator=optional(DocumentEntry))
    associations: tuple[Association, ...] = field(
        default=(), converter=_as_associations, validator=all_are(Association)
    )

    @property
    def replaces(self) -> str | None:
        """The entry UUID of the document that this one replaces, or None."""
        return self._target(AssociationType.REPLACES)

    @property
    def deprecates(self) -> str | None:
        """The entry UUID of the document that is deprecated, or None."""
        return self._target(AssociationType.UPDATE_AVAILABILITY_STATUS)

    def _target(self, type: AssociationType) -> str | None:
        targets = (found.target for found in self.associations if found.type == type)
        return next(targets, None)


def symbol(object_id: str) -> str:
    """The prefix of ids of the parts of an object: its id, without the form of an entry UUID."""
    return object_id.removeprefix(URN_UUID)


def publish(
    entry: DocumentEntry,
    submission_set: SubmissionSet,
    *,
    replaces: "str | UUID | None" = None,
) -> Submission:
    """The submission of a document, new or as a replacement.

    Args:
        entry: the metadata of the document.
        submission_set: the submission set.
        replaces: the entry UUID of the approved document that this one replaces, or None. The
            registry deprecates that one when it accepts this.

    Raises:
        InvalidValue: ``replaces`` is not an entry UUID.
    """
    stem = symbol(submission_set.entry_uuid)
    associations = [
        Association(
            f"{stem}-HasMember",
            AssociationType.HAS_MEMBER,
            submission_set.entry_uuid,
            entry.entry_uuid,
            (Slot("SubmissionSetStatus", ("Original",)),),
        )
    ]
    if replaces is not None:
        old = real_entry_uuid(replaces, "replaces")
        associations.append(
            Association(f"{stem}-RPLC", AssociationType.REPLACES, entry.entry_uuid, old)
        )
    return Submission(submission_set=submission_set, entry=entry, associations=associations)


def deprecate(submission_set: SubmissionSet, entry_uuid: "str | UUID") -> Submission:
    """The submission that deprecates a document, for example of a cancelled appointment.

    Args:
        submission_set: the submission set.
        entry_uuid: entry UUID of the approved document.

    Raises:
        InvalidValue: it is not an entry UUID.
    """
    change = Association(
        f"{symbol(submission_set.entry_uuid)}-UpdateAvailabilityStatus",
        AssociationType.UPDATE_AVAILABILITY_STATUS,
        submission_set.entry_uuid,
        real_entry_uuid(entry_uuid, "entry_uuid"),
        (
            Slot("OriginalStatus", (AvailabilityStatus.APPROVED,)),
            Slot("NewStatus", (AvailabilityStatus.DEPRECATED,)),
        ),
    )
    return Submission(submission_set=submission_set, associations=[change])
