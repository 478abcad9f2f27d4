"""A document entry as MedCom's FHIR DocumentReference for appointments, as JSON.

Source: MedCom, FHIR IG xdsdocuments 1.0.0 (draft), APDDKDocumentReference, and its parent
MedComDocumentReference; FHIR R4. The draft binds the type to a set with LOINC 56446-8 alone;
this module uses 39289-4, which the APD standard and the metadata profile require.
"""

import base64
import datetime
from collections.abc import Mapping
from typing import Any

from apd.errors import InvalidDocument
from apd.findings import Severity
from apd.model.code import Code
from apd.model.contact import PersonName
from apd.model.identifiers import AnyIdentifier
from apd.standard.codes import Gender, Oid
from apd.xds.ebxml.vocabulary import URN_OID, URN_UUID, AvailabilityStatus
from apd.xds.metadata.checks import check_entry
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.metadata.validators import real_entry_uuid
from apd.xds.metadata.value_sets import COMMON_DOMAIN

PROFILE = "https://medcomfhir.dk/ig/xdsdocuments/StructureDefinition/apd-dk-documentreference"
_CORE = "https://medcomfhir.dk/ig/coredocument/StructureDefinition/medcom-core-document"
HOME_COMMUNITY_EXTENSION = f"{_CORE}-homecommunityid-extension"
VERSION_EXTENSION = f"{_CORE}-version-id-extension"
PROFILE_VERSION = "1.0.0"

Json = dict[str, Any]

_SYSTEMS: Mapping[str, str] = {
    Oid.LOINC: "http://loinc.org",
    Oid.SNOMED_CT: "http://snomed.info/sct",
    Oid.CONFIDENTIALITY: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
}
_STATUSES = {
    AvailabilityStatus.APPROVED: "current",
    AvailabilityStatus.DEPRECATED: "superseded",
}
_GENDERS = {
    Gender.MALE: "male",
    Gender.FEMALE: "female",
    Gender.UNDIFFERENTIATED: "other",
}


def document_reference(
    entry: DocumentEntry, *, replaces: str | None = None, check: bool = True
) -> Json:
    """The entry as a DocumentReference, with patient, organisation and person contained.

    Args:
        entry: the entry.
        replaces: the entry UUID of the document that this one replaces, or None.
        check: False to write an incomplete resource, too.

    Returns:
        The resource, for :func:`json.dumps`. Unknown values are left out.

    Raises:
        InvalidDocument: the entry lacks required values, which its findings name.
        InvalidValue: ``replaces`` is not an entry UUID.
    """
    errors = [f for f in check_entry(entry).findings if f.severity is Severity.ERROR]
    if check and errors:
        raise InvalidDocument(errors)
    status = entry.availability_status
    return _filled(
        {
            "resourceType": "DocumentReference",
            "meta": {"profile": [PROFILE]},
            "contained": _contained(entry),
            "extension": _extensions(entry),
            "masterIdentifier": entry.unique_id and _identifier(entry.unique_id),
            "identifier": _entry_identifiers(entry),
            "status": status and _STATUSES[status],
            "type": _concept(entry.type_code),
            "category": _concepts(entry.class_code),
            "subject": _patient(entry) and {"reference": "#patient"},
            "author": _authors(entry),
            "relatesTo": replaces and [_replaced(replaces)],
            "securityLabel": _concepts(entry.confidentiality_code),
            "content": [
                _filled({"attachment": _attachment(entry), "format": _coding(entry.format_code)})
            ],
            "context": _context(entry),
        }
    )


def _filled(resource: Json) -> Json:
    """The data without empty values, which FHIR does not permit."""
    return {key: value for key, value in resource.items() if value not in (None, "", [], {}, ())}


# --- data types ------------------------------------------------------------------------------


def _coding(code: Code | None) -> Json | None:
    if code is None:
        return None
    system = _SYSTEMS.get(code.system, f"{URN_OID}{code.system}")
    return _filled({"system": system, "code": code.code, "display": code.display})


def _concept(code: Code | None) -> Json | None:
    return None if code is None else {"coding": [_coding(code)]}


def _concepts(*codes: Code | None) -> list[Json]:
    return [concept for code in codes if (concept := _concept(code)) is not None]


def _identifier(identifier: AnyIdentifier | str) -> Json:
    """Root and extension as system and value; a root alone, or a text, is the value."""
    if isinstance(identifier, str):
        return {"value": identifier}
    urn = URN_UUID if "-" in identifier.root else URN_OID
    if identifier.extension is None:
        return {"system": "urn:ietf:rfc:3986", "value": f"{urn}{identifier.root}"}
    return {"system": f"{urn}{identifier.root}", "value": identifier.extension}


def _urn(urn: str) -> Json:
    return {"system": "urn:ietf:rfc:3986", "value": urn}


def _name(name: PersonName, **more: str) -> Json:
    return _filled({**more, "family": name.family, "given": list(name.given)})


def _date_time(time: datetime.date | None) -> str | None:
    """A moment in UTC, or a date; in FHIR a date at the end of a period includes the whole day."""
    if isinstance(time, datetime.datetime):
        return time.strftime("%Y-%m-%dT%H:%M:%SZ")
    return None if time is None else time.isoformat()


# --- parts of the resource -------------------------------------------------------------------


def _extensions(entry: DocumentEntry) -> list[Json]:
    home = entry.home_community_id
    extensions: list[Json] = []
    if home is not None:
        coding = {"system": f"{URN_OID}{COMMON_DOMAIN}", "code": home}
        extensions.append({"url": HOME_COMMUNITY_EXTENSION, "valueCoding": coding})
    return [*extensions, {"url": VERSION_EXTENSION, "valueString": PROFILE_VERSION}]


def _entry_identifiers(entry: DocumentEntry) -> list[Json]:
    """The entry's UUID; a symbolic id has no meaning outside its message."""
    real = entry.entry_uuid.startswith(URN_UUID)
    return [_urn(entry.entry_uuid)] if real else []


def _replaced(entry_uuid: str) -> Json:
    target = {"identifier": _urn(real_entry_uuid(entry_uuid, "replaces"))}
    return {"code": "replaces", "target": target}


def _contained(entry: DocumentEntry) -> list[Json]:
    resources = (_patient(entry), _organization(entry), _practitioner(entry))
    return [resource for resource in resources if resource is not None]


def _patient(entry: DocumentEntry) -> Json | None:
    identifier = entry.source_patient_id or entry.patient_id
    info = entry.source_patient_info
    if identifier is None:
        return None
    known: Json = {}
    if info is not None:
        known = {
            "name": info.name and [_name(info.name, use="official")],
            "gender": info.gender and _GENDERS[info.gender],
            "birthDate": info.birth_date and info.birth_date.isoformat(),
        }
    return _filled(
        {
            "resourceType": "Patient",
            "id": "patient",
            "identifier": [_identifier(identifier)],
            **known,
        }
    )


def _organization(entry: DocumentEntry) -> Json | None:
    institution = None if entry.author is None else entry.author.institution
    if institution is None:
        return None
    return _filled(
        {
            "resourceType": "Organization",
            "id": "organization",
            "identifier": institution.id and [_identifier(institution.id)],
            "name": institution.name,
        }
    )


def _practitioner(entry: DocumentEntry) -> Json | None:
    person = None if entry.author is None else entry.author.person
    if person is None:
        return None
    return {"resourceType": "Practitioner", "id": "practitioner", "name": [_name(person)]}


def _authors(entry: DocumentEntry) -> list[Json]:
    known = (_organization(entry), _practitioner(entry))
    return [{"reference": f"#{author['id']}"} for author in known if author is not None]


def _attachment(entry: DocumentEntry) -> Json:
    sha1 = entry.hash
    return _filled(
        {
            "contentType": entry.mime_type,
            "language": entry.language_code,
            "url": entry.uri,
            "size": entry.size,
            # FHIR has the bytes of the hash in base64, XDS has them in hexadecimal
            "hash": sha1 and base64.b64encode(bytes.fromhex(sha1)).decode(),
            "title": entry.title,
            "creation": _date_time(entry.creation_time),
        }
    )


def _context(entry: DocumentEntry) -> Json:
    start, end = _date_time(entry.service_start_time), _date_time(entry.service_stop_time)
    return _filled(
        {
            "event": _concepts(*entry.event_code_list),
            "period": _filled({"start": start, "end": end}),
            "facilityType": _concept(entry.healthcare_facility_type_code),
            "practiceSetting": _concept(entry.practice_setting_code),
            "sourcePatientInfo": _patient(entry) and {"reference": "#patient"},
            "related": [
                {"identifier": _identifier(reference.id)} for reference in entry.reference_id_list
            ],
        }
    )
