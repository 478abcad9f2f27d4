"""The document as a whole, from XML to the model."""

import datetime
from typing import TypedDict

from apd.cda.authors import read_authors
from apd.cda.custodian import read_custodian
from apd.cda.datatypes import read_document_id, read_symbol, read_time
from apd.cda.encounter import read_encounter
from apd.cda.interval import is_start_skipped
from apd.cda.lossless.comparing import unmapped_in
from apd.cda.opening import TO_ENCOUNTER, Opened, Problem, open_document, parse_error
from apd.cda.patient import SeveralPatients, read_patient
from apd.cda.service_events import find_header_interval, read_episode
from apd.cda.xml import Element, as_bytes, child, named
from apd.model.appointment import Appointment
from apd.model.document import AppointmentDocument, DocumentSource, is_version
from apd.model.identifiers import DocumentId
from apd.model.party import Custodian
from apd.standard.codes import Confidentiality
from apd.standard.releases import Release
from apd.wording import Wording

_CONFIDENTIALITIES: dict[str | None, Confidentiality] = {c.value: c for c in Confidentiality}

_NO_START = Problem(
    "APD-START",
    Wording(
        "Aftalen har intet starttidspunkt: effectiveTime/low skal have en værdi.",
        "The appointment has no start: effectiveTime/low must have a value.",
    ),
    (*TO_ENCOUNTER, "effectiveTime", "low"),
)
_SEVERAL_PATIENTS = Problem(
    "APD-PATIENT",
    Wording(
        "Dokumentet nævner to forskellige CPR-numre; hvis aftalen er, kan ingen gætte.",
        "The document names two different CPR numbers; nobody may guess whose appointment it is.",
    ),
    ("recordTarget", "patientRole", "id"),
)
_SKIPPED_START = Problem(
    "APD-START",
    Wording(
        "Aftalens starttidspunkt findes ikke: uret springer timen over, når sommertiden begynder. "
        "effectiveTime/low skal have et andet tidspunkt, eller det samme med tidszone.",
        "The start of the appointment does not exist: the clock skips this hour when summer time "
        "begins. effectiveTime/low must have another time, or the same with an offset.",
    ),
    (*TO_ENCOUNTER, "effectiveTime", "low"),
)
_NO_PATIENT = Problem(
    "APD-PATIENT",
    Wording(
        "Aftalen har ingen patient: patientRole/id skal have et CPR-nummer.",
        "The appointment has no patient: patientRole/id must have a CPR number.",
    ),
    ("recordTarget", "patientRole", "id"),
)


class DocumentParts(TypedDict):
    """What a document says, as arguments of :class:`AppointmentDocument`."""

    id: DocumentId | None
    time: datetime.datetime | None
    appointment: Appointment
    custodian: Custodian | None
    confidentiality: Confidentiality | None
    language: str | None
    set_id: DocumentId | None
    version_number: int | None
    release: Release


def read(data: bytes | str, current: Release = Release.CURRENT) -> AppointmentDocument:
    """The document in bytes or a text, of any release.

    Args:
        data: the document.
        current: the release that is current; documents of others are lifted to it.

    Raises:
        ParseError: no XML that may be read, or no appointment in it.
    """
    said = _read_parts(open_document(data, current))
    kept = as_bytes(data) if isinstance(data, str) else data
    source = DocumentSource(kept, said, current, unmapped_in)
    return AppointmentDocument(**said, source=source)


def _read_parts(opened: Opened) -> DocumentParts:
    root, encounter, events, release = opened
    parts = named(root)
    in_header = find_header_interval(events)
    schedule, said = read_encounter(encounter, in_header)
    try:
        patient = read_patient(parts.get("recordTarget"))
    except SeveralPatients:
        raise parse_error(root, _SEVERAL_PATIENTS) from None
    if schedule is None or patient is None:
        intervals = (child(encounter, "effectiveTime"), in_header)
        no_start = _SKIPPED_START if any(map(is_start_skipped, intervals)) else _NO_START
        missing = ((schedule, no_start), (patient, _NO_PATIENT))
        raise parse_error(root, *(problem for part, problem in missing if part is None))
    responsible, requester = read_authors(root)
    return {
        "id": read_document_id(parts.get("id")),
        "time": read_time(parts.get("effectiveTime")),
        "appointment": Appointment(
            patient=patient,
            schedule=schedule,
            responsible=responsible,
            requester=requester,
            episode_of_care=read_episode(events),
            **said,
        ),
        "custodian": read_custodian(parts.get("custodian")),
        "confidentiality": _CONFIDENTIALITIES.get(read_symbol(parts.get("confidentialityCode"))),
        "language": read_symbol(parts.get("languageCode")),
        "set_id": read_document_id(parts.get("setId")),
        "version_number": _read_version_number(parts.get("versionNumber")),
        "release": release,
    }


def _read_version_number(element: Element | None) -> int | None:
    try:
        number = None if element is None else int(element.get("value", ""))
    except ValueError:
        return None
    return number if number is not None and is_version(number) else None
