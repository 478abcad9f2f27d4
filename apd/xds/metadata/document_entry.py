"""The metadata of a document in a registry: the document entry (DocumentEntry).

As in the model, required values may be None: an entry that was read may lack them, and
:func:`apd.xds.check_entry` reports what is missing.
Source: Danish XDS metadata profile 1.0.1; IHE ITI TF-3, section 4.2.3.2.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from attrs import Attribute, field, frozen, validators

from apd.errors import InvalidValue
from apd.model.code import Code
from apd.model.contact import PersonName
from apd.model.document import is_optional_version
from apd.model.identifiers import DocumentId, Identifier, MedComId
from apd.model.time import is_time
from apd.model.validators import (
    Validator,
    all_are,
    as_tuple,
    field_name,
    is_optional_text,
    masked,
    matches,
    optional,
    optional_line,
)
from apd.person_numbers import repr_without_numbers
from apd.wording import Wording
from apd.xds.ebxml.vocabulary import (
    DOCUMENT_ENTRY_SLOTS,
    AvailabilityStatus,
    ObjectType,
)
from apd.xds.metadata.composite_values import (
    Author,
    Reference,
    Slot,
    SourcePatientInfo,
    as_slots,
    family_and_given,
)
from apd.xds.metadata.validators import (
    PatientId,
    as_day_or_utc,
    as_document_id,
    as_entry_uuid,
    as_optional_entry_uuid,
    as_patient_id,
    as_utc,
    bare_oid,
    is_day_or_time,
    is_object_id,
    is_optional_entry_uuid,
    is_optional_oid,
    is_patient_id,
)
from apd.xds.metadata.value_sets import MEDIA_TYPE


def _as_references(references: Iterable[Reference]) -> tuple[Reference, ...]:
    return as_tuple(references)


def _as_codes(codes: Iterable[Code]) -> tuple[Code, ...]:
    return as_tuple(codes)


def _lower(value: str | None) -> str | None:
    return value.lower() if isinstance(value, str) else value


_is_optional_sha1: Validator = validators.optional(
    matches(
        "[0-9a-f]{40}",
        Wording(
            "angiv SHA-1 som 40 hexadecimale cifre", "specify the SHA-1 as 40 hexadecimal digits"
        ),
    )
)


def _is_optional_count(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    if value is not None and not (type(value) is int and value >= 0):
        raise InvalidValue(
            field_name(instance, attribute),
            Wording("er ikke et antal bytes", "is not a number of bytes"),
            Wording("angiv et helt tal (int) fra 0", "specify a whole number (int) from 0"),
        )


def _are_extra(instance: object, attribute: "Attribute[Any]", value: tuple[Slot, ...]) -> None:
    all_are(Slot)(instance, attribute, value)
    names = [slot.name for slot in value]
    if len(set(names)) < len(names) or not DOCUMENT_ENTRY_SLOTS.isdisjoint(names):
        raise InvalidValue(
            field_name(instance, attribute),
            Wording("nævner en slot to gange", "names a slot twice"),
            Wording(
                "angiv hvert navn én gang, og brug feltet, hvor der er et",
                "specify each name once, and use the field where there is one",
            ),
        )


_is_code = optional(Code)


@frozen(kw_only=True)
class DocumentEntry:
    """The metadata of a document in a registry (DocumentEntry).

    Each field is an attribute of XDS, with its name in lower case and underscores. Times are in
    UTC, and OIDs have no prefix.

    Args:
        entry_uuid: the registry's id of the entry: ``urn:uuid:`` and a UUID, a
            :class:`uuid.UUID`, or in a message a symbolic id, which the registry replaces.
        unique_id: the unique id of the document; a text if a registry has one that does not begin
            with an OID, which is an error in one's own entries.
        patient_id: the patient's id in the domain: the CPR number.
        source_patient_id: the patient's id in the source: the CPR number.
        source_patient_info: name, date of birth and gender.
        author: the responsible.
        title: title of the document.
        creation_time: when the document was made (its effectiveTime).
        service_start_time: the start of the appointment; a :class:`datetime.date` if no time of
            day is known.
        service_stop_time: its end; a date is the last day; None if unknown.
        class_code: a clinical report.
        type_code: the type of document.
        format_code: the profile and its version.
        event_code_list: the label of the episode of care, if there is one.
        confidentiality_code: normal.
        healthcare_facility_type_code: the type of facility (enhedstype).
        practice_setting_code: the specialty (speciale).
        language_code: language of the texts, ``da-DK``.
        mime_type: media type of the document.
        home_community_id: OID of the XDS domain.
        object_type: a stored document.
        availability_status: approved or deprecated.
        hash: SHA-1 of the document's bytes, 40 hexadecimal digits; from the repository.
        size: number of the document's bytes; from the repository.
        repository_unique_id: OID of the repository; from the repository. Another text if others
            write one.
        uri: the address of the document; usually None.
        reference_id_list: references to what it belongs to; usually empty.
        legal_authenticator: the person who signed it; none for an appointment document.
        logical_id: id of the entry through all its versions; from the registry.
        version: version of the entry, 1 for the first; from the registry.
        extra_slots: slots that none of the above holds, as they were read.
    """

    entry_uuid: str = field(
        converter=as_entry_uuid, validator=is_object_id, repr=repr_without_numbers
    )
    unique_id: DocumentId | str | None = field(
        default=None,
        converter=as_document_id,
        validator=optional(MedComId, Identifier, str),
        repr=repr_without_numbers,
    )
    patient_id: PatientId | None = field(
        default=None, converter=as_patient_id, validator=is_patient_id
    )
    source_patient_id: PatientId | None = field(
        default=None, converter=as_patient_id, validator=is_patient_id
    )
    source_patient_info: SourcePatientInfo | None = field(
        default=None, validator=optional(SourcePatientInfo)
    )
    author: Author | None = field(default=None, validator=optional(Author))
    title: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=masked
    )
    creation_time: datetime.datetime | None = field(
        default=None, converter=as_utc, validator=is_time
    )
    service_start_time: datetime.date | None = field(
        default=None, converter=as_day_or_utc, validator=is_day_or_time
    )
    service_stop_time: datetime.date | None = field(
        default=None, converter=as_day_or_utc, validator=is_day_or_time
    )
    class_code: Code | None = field(default=None, validator=_is_code)
    type_code: Code | None = field(default=None, validator=_is_code)
    format_code: Code | None = field(default=None, validator=_is_code)
    event_code_list: tuple[Code, ...] = field(
        default=(), converter=_as_codes, validator=all_are(Code), repr=masked
    )
    confidentiality_code: Code | None = field(default=None, validator=_is_code)
    healthcare_facility_type_code: Code | None = field(default=None, validator=_is_code)
    practice_setting_code: Code | None = field(default=None, validator=_is_code)
    language_code: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=repr_without_numbers
    )
    mime_type: str | None = field(
        default=MEDIA_TYPE,
        converter=optional_line,
        validator=is_optional_text,
        repr=repr_without_numbers,
    )
    home_community_id: str | None = field(
        default=None, converter=bare_oid, validator=is_optional_oid, repr=repr_without_numbers
    )
    object_type: ObjectType | None = field(
        default=ObjectType.STABLE, validator=optional(ObjectType)
    )
    availability_status: AvailabilityStatus | None = field(
        default=AvailabilityStatus.APPROVED, validator=optional(AvailabilityStatus)
    )
    hash: str | None = field(
        default=None, converter=_lower, validator=_is_optional_sha1, repr=repr_without_numbers
    )
    size: int | None = field(default=None, validator=_is_optional_count)
    repository_unique_id: str | None = field(
        default=None, converter=bare_oid, validator=is_optional_text, repr=repr_without_numbers
    )
    uri: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=repr_without_numbers
    )
    reference_id_list: tuple[Reference, ...] = field(
        default=(), converter=_as_references, validator=all_are(Reference), repr=masked
    )
    legal_authenticator: PersonName | None = field(
        default=None, converter=family_and_given, validator=optional(PersonName)
    )
    logical_id: str | None = field(
        default=None,
        converter=as_optional_entry_uuid,
        validator=is_optional_entry_uuid,
        repr=repr_without_numbers,
    )
    version: int | None = field(default=None, validator=is_optional_version)
    extra_slots: tuple[Slot, ...] = field(default=(), converter=as_slots, validator=_are_extra)
