"""Makes the metadata of a document, with the producer's configuration.

Source: Danish XDS metadata profile 1.0.1. Where its texts and its examples disagree, the
choices are those of ``docs/xds.md``.
"""

import datetime
import hashlib
from typing import TYPE_CHECKING, Any

from attrs import Attribute, field, frozen

from apd.errors import InvalidValue
from apd.model.appointment import EpisodeOfCare
from apd.model.code import Code
from apd.model.document import AppointmentDocument
from apd.model.identifiers import OrganizationId, SorCode
from apd.model.party import Organization, Patient, Responsible
from apd.model.schedule import Schedule
from apd.model.validators import field_name
from apd.standard.codes import Confidentiality, Oid
from apd.standard.releases import Release
from apd.wording import Wording
from apd.xds.ebxml.vocabulary import ObjectType
from apd.xds.metadata.composite_values import (
    Author,
    SourcePatientInfo,
    family_and_given,
    name_and_id,
)
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.metadata.submission import SubmissionSet, symbol
from apd.xds.metadata.validators import bare_oid, is_optional_oid, real_entry_uuid
from apd.xds.metadata.value_sets import (
    APD_2_0_1,
    APPOINTMENT_DOCUMENT,
    CLINICAL_REPORT,
    COMMON_DOMAIN,
    MEDIA_TYPE,
    NORMAL,
    TEST_HOME_COMMUNITIES,
    VALUE_SETS,
)

_A_TEST_COMMUNITY = TEST_HOME_COMMUNITIES.codes[0].code


def _facility_type(code: str | Code) -> Code:
    return VALUE_SETS["healthcareFacilityTypeCode"].chosen(
        code, "ProducerConfiguration.healthcare_facility_type_code"
    )


def _practice_setting(code: str | Code) -> Code:
    return VALUE_SETS["practiceSettingCode"].chosen(
        code, "ProducerConfiguration.practice_setting_code"
    )


def _is_home_community(instance: object, attribute: "Attribute[Any]", value: str | None) -> None:
    if value is None or value in VALUE_SETS["homeCommunityId"]:
        return
    if value not in TEST_HOME_COMMUNITIES:
        raise InvalidValue(
            field_name(instance, attribute),
            Wording(
                "er ikke et home community i værdisættet",
                "is not a home community of the value set",
            ),
            Wording(
                f"angiv {COMMON_DOMAIN} (produktion), eller et testmiljøs, som {_A_TEST_COMMUNITY}",
                f"specify {COMMON_DOMAIN} (production), or that of a test environment, "
                f"such as {_A_TEST_COMMUNITY}",
            ),
        )


@frozen(kw_only=True)
class ProducerConfiguration:
    """The producer and its domain: the values that all documents of a department share.

    Args:
        healthcare_facility_type_code: the type of facility (enhedstype), of the 65 codes of
            ``VALUE_SETS["healthcareFacilityTypeCode"]``; the code alone is enough.
        practice_setting_code: the specialty (speciale) closest to the appointments, of the
            54 codes of ``VALUE_SETS["practiceSettingCode"]``; the code alone is enough.
        source_id: OID of the system that submits. Metadata can be made without it, messages
            cannot.
        home_community_id: OID of the XDS domain, with or without ``urn:oid:``; by default the
            common Danish domain (production). None if the receiver does not require one.
        repository_unique_id: OID of the repository, for a producer with its own (ITI-42).

    Raises:
        InvalidValue: a code is not in its value set, or an OID is malformed.
    """

    healthcare_facility_type_code: Code = field(converter=_facility_type)
    practice_setting_code: Code = field(converter=_practice_setting)
    source_id: str | None = field(default=None, converter=bare_oid, validator=is_optional_oid)
    home_community_id: str | None = field(
        default=COMMON_DOMAIN, converter=bare_oid, validator=_is_home_community
    )
    repository_unique_id: str | None = field(
        default=None, converter=bare_oid, validator=is_optional_oid
    )


if TYPE_CHECKING:
    from uuid import UUID

TITLE_OF_SUBMISSIONS = "Aftale"

_FORMATS = {Release.V2_0_1: APD_2_0_1}
"""The older releases have no format code; their documents are published as 2.0.1."""


def document_entry(
    document: AppointmentDocument,
    configuration: ProducerConfiguration,
    *,
    entry_uuid: "str | UUID",
    data: bytes | None = None,
) -> DocumentEntry:
    """The metadata of a document, for a registry.

    Args:
        document: the document.
        configuration: the values that the document does not state.
        entry_uuid: the id of the entry: a new UUID, or a symbolic id within one message.
        data: the document's bytes, to include hash and size. A repository computes them; with
            your own repository (ITI-42) they are required.

    Returns:
        The entry. Values that the document lacks are None; :func:`check_entry` reports them.

    Raises:
        InvalidValue: ``entry_uuid`` begins like an entry UUID and is not one.
    """
    return DocumentEntry(
        entry_uuid=entry_uuid,
        healthcare_facility_type_code=configuration.healthcare_facility_type_code,
        practice_setting_code=configuration.practice_setting_code,
        home_community_id=configuration.home_community_id,
        repository_unique_id=configuration.repository_unique_id,
        **from_document(document),
        **({} if data is None else from_bytes(data)),
    )


def from_document(document: AppointmentDocument) -> dict[str, Any]:
    """The fields of an entry that come from the document, by name."""
    appointment = document.appointment
    patient = appointment.patient
    return {
        "unique_id": document.id,
        "patient_id": patient.id,
        "source_patient_id": patient.id,
        "source_patient_info": _patient_info(patient),
        "author": _author(appointment.responsible),
        "title": document.title,
        "creation_time": document.time,
        **_service_times(appointment.schedule),
        "class_code": CLINICAL_REPORT,
        "type_code": APPOINTMENT_DOCUMENT,
        "format_code": _FORMATS.get(document.release),
        "event_code_list": _event_codes(appointment.episode_of_care),
        "confidentiality_code": _confidentiality(document.confidentiality),
        "language_code": document.language,
        "mime_type": MEDIA_TYPE,
        "object_type": ObjectType.STABLE,
    }


def _service_times(schedule: Schedule) -> dict[str, datetime.date | None]:
    """Start and end; without times of day, the first and the last day."""
    start: datetime.date = schedule.start
    end: datetime.date | None = schedule.end
    if schedule.date_only:
        start, end = schedule.first_day, end and schedule.last_day
    return {"service_start_time": start, "service_stop_time": end}


def from_bytes(data: bytes) -> dict[str, Any]:
    """The fields of an entry that come from the document's bytes, by name."""
    return {"hash": hashlib.sha1(data, usedforsecurity=False).hexdigest(), "size": len(data)}


def _patient_info(patient: Patient) -> SourcePatientInfo | None:
    name = family_and_given(patient.name)
    if name is None and patient.birth_date is None and patient.gender is None:
        return None
    return SourcePatientInfo(name=name, birth_date=patient.birth_date, gender=patient.gender)


def _author(responsible: Responsible | None) -> Author | None:
    """The author for the metadata: the responsible, with its SOR code if there is one."""
    if responsible is None:
        return None
    name = None if responsible.organization is None else responsible.organization.name
    identifier = _sor_first(responsible)
    institution = None
    if name is not None or identifier is not None:
        institution = name_and_id(Organization(name=name, id=identifier))
    person = None if responsible.person is None else family_and_given(responsible.person.name)
    return None if institution is None and person is None else Author(institution, person)


def _sor_first(responsible: Responsible) -> OrganizationId | None:
    """The profile uses the role's id and requires a SOR code, which a practice may have, too."""
    beside = None if responsible.organization is None else responsible.organization.id
    if isinstance(beside, SorCode) and not isinstance(responsible.id, SorCode):
        return beside
    return responsible.id


def _event_codes(episode: EpisodeOfCare | None) -> tuple[Code, ...]:
    """The label of the episode of care, with the words of the value set if it has none."""
    if episode is None or episode.label is None:
        return ()
    label = episode.label
    known = VALUE_SETS["eventCodeList"].find(label.code, label.system)
    return (label if label.display or known is None else known,)


def _confidentiality(confidentiality: Confidentiality | None) -> Code | None:
    if confidentiality is None:
        return None
    if confidentiality is Confidentiality.NORMAL:
        return NORMAL
    return Code(confidentiality, Oid.CONFIDENTIALITY)


def submission_set(
    entry: DocumentEntry,
    configuration: ProducerConfiguration,
    *,
    now: datetime.datetime,
    id: "str | UUID",
) -> SubmissionSet:
    """The submission set for a document: for a new one, a replacement or a deprecation.

    Args:
        entry: the document's entry, made here or read from the registry.
        configuration: the sender.
        now: the time of sending, with a time zone.
        id: a new UUID for every submission, as text or not. The set's OID is the same number
            below 2.25.

    Raises:
        InvalidValue: ``now`` has no zone, or ``id`` is no UUID.
    """
    entry_uuid = real_entry_uuid(id, "id")
    return SubmissionSet(
        entry_uuid=entry_uuid,
        unique_id=f"2.25.{int(symbol(entry_uuid).replace('-', ''), 16)}",
        source_id=configuration.source_id,
        patient_id=entry.patient_id,
        submission_time=now,
        author=entry.author,
        content_type_code=entry.type_code,
        title=TITLE_OF_SUBMISSIONS,
        home_community_id=configuration.home_community_id,
    )
