"""Reads the whole document, from XML to the model."""

import datetime
from collections.abc import Callable, Collection, Iterator
from typing import Any, TypedDict, cast

from apd.cda.authors import kept_authors, read_authors
from apd.cda.custodian import kept_custodian, read_custodian
from apd.cda.datatypes import read_document_id, read_symbol, read_time
from apd.cda.encounter import SCHEDULE, kept_encounter, read_encounter, read_named
from apd.cda.grammar import Grammar, as_written, grammar_after_few, without_comments
from apd.cda.grammar.kept import KeptParts
from apd.cda.interval import is_start_skipped
from apd.cda.loader import TO_ENCOUNTER, LoadedDocument, Problem, open_document, parse_error
from apd.cda.lossless.unmapped import unmapped_in
from apd.cda.migrations import stated_release
from apd.cda.patient import SeveralPatients, kept_patient, read_patient
from apd.cda.service_events import (
    find_header_interval,
    kept_episode,
    kept_events,
    read_episode,
)
from apd.cda.timestamps import time_of
from apd.cda.written import attributes_in
from apd.cda.xml import EFFECTIVE_TIME, ID, Children, Element, as_bytes, child, first, hl7
from apd.model.appointment import Appointment
from apd.model.document import AppointmentDocument, DocumentSource, Layout, is_version
from apd.model.identifiers import DocumentId
from apd.model.party import Custodian
from apd.standard.codes import Confidentiality
from apd.standard.releases import Release
from apd.wording import Wording

_RECORD_TARGET, _AUTHOR, _CUSTODIAN = map(hl7, ("recordTarget", "author", "custodian"))
_CONFIDENTIALITY, _LANGUAGE = hl7("confidentialityCode"), hl7("languageCode")
_SET_ID, _VERSION_NUMBER = hl7("setId"), hl7("versionNumber")
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
        "Dokumentet har to forskellige CPR-numre; det kan ikke afgøres, hvem aftalen tilhører.",
        "The document has two different CPR numbers; it is not clear whose appointment it is.",
    ),
    ("recordTarget", "patientRole", "id"),
)
_SKIPPED_START = Problem(
    "APD-START",
    Wording(
        "Aftalens starttidspunkt findes ikke: timen springes over, når sommertiden begynder. "
        "effectiveTime/low skal være et andet tidspunkt, eller det samme med tidszone.",
        "The start of the appointment does not exist: that hour is skipped when summer time "
        "begins. effectiveTime/low must be another time, or the same time with an offset.",
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
    """The content of a document, as arguments of :class:`AppointmentDocument`."""

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
    """Read a document of any release from bytes or a text, migrated to the current release.

    :class:`ParseError` if it is not XML that may be read, or contains no appointment.
    """
    known = read_from_text(data, grammar_after_few(current), current)
    fields, layout = known or (read_elements(open_document(data, current)), None)
    kept = as_bytes(data) if isinstance(data, str) else data
    source = DocumentSource(kept, fields, current, unmapped_in, layout)
    return AppointmentDocument(**fields, source=source)


def read_from_text(
    data: bytes | str, grammar: Grammar | None, release: Release
) -> tuple[DocumentParts, Layout | None] | None:
    """The content of a document, and where its parts are; None of one that is to be parsed.

    It is what :func:`read_elements` makes of the same document.
    """
    written = None if grammar is None else as_written(data)
    if grammar is None or written is None:
        return None
    text = without_comments(written)
    readable = grammar.readable(text)
    if readable is None:
        return None
    fields = _read_kept(readable.parts.kept, release)
    return None if fields is None else (fields, readable.layout if text is written else None)


def _read_kept(kept: KeptParts, release: Release) -> DocumentParts | None:
    events = kept_events(kept)
    if events is not None and stated_release(events, release) != release:
        return None
    schedule, fields = kept_encounter(kept)
    patient = kept_patient(kept)
    if schedule is None or patient is None:
        return None  # an error, which the reader of the elements explains
    responsible, requester = kept_authors(kept)
    made, version_number = kept["made"], kept["version_number"]
    appointment = Appointment(
        patient=patient,
        schedule=schedule,
        responsible=responsible,
        requester=requester,
        episode_of_care=kept_episode(kept) if events is None else read_episode(events),
        **fields,
    )
    return {
        "id": read_document_id(attributes_in(kept["document_ids"])),
        "time": time_of(made) if made else None,
        "appointment": appointment,
        "custodian": kept_custodian(kept["custodian"]),
        "confidentiality": _CONFIDENTIALITIES.get(kept["confidentiality"]),
        "language": kept["language"] or None,
        "set_id": read_document_id(attributes_in(kept["set_ids"])),
        "version_number": int(version_number) if version_number else None,
        "release": release,
    }


def read_elements(opened: LoadedDocument) -> DocumentParts:
    """The content of any document, from its elements."""
    root, header, encounter, events, release = opened
    schedule, fields = read_encounter(encounter, events)
    try:
        patient = read_patient(header.get(_RECORD_TARGET, ()))
    except SeveralPatients:
        raise parse_error(root, _SEVERAL_PATIENTS) from None
    if schedule is None or patient is None:
        intervals = (child(encounter, "effectiveTime"), find_header_interval(events))
        no_start = _SKIPPED_START if any(map(is_start_skipped, intervals)) else _NO_START
        missing = ((schedule, no_start), (patient, _NO_PATIENT))
        raise parse_error(root, *(problem for part, problem in missing if part is None))
    responsible, requester = read_authors(header.get(_AUTHOR, ()))
    parts: Any = {field: read(header) for _, field, read in _HEADER}
    appointment = Appointment(
        patient=patient,
        schedule=schedule,
        responsible=responsible,
        requester=requester,
        episode_of_care=read_episode(events),
        **fields,
    )
    parts |= {"appointment": appointment, "release": release}
    return cast(DocumentParts, parts)


def is_read_as(
    opened: LoadedDocument,
    document: AppointmentDocument,
    header: Collection[str],
    encounter: Collection[str],
) -> bool:
    """Whether reading gives the content of a document, in the parts that may have changed.

    Those are the elements of the root that ``header`` names, and of the encounter that
    ``encounter`` does.
    """
    try:
        fields = list(_said_of(opened, header, encounter))
    except SeveralPatients:
        return False
    return all(
        value == getattr(document if in_document else document.appointment, name)
        for in_document, name, value in fields
    )


def read_with(
    header: Collection[str], encounter: Collection[str]
) -> tuple[Collection[str], Collection[str]]:
    """The elements that :func:`is_read_as` looks at for some elements of header and encounter."""
    if "documentationOf" in header:
        encounter = {*encounter, "effectiveTime"}  # which the header repeats
    if not SCHEDULE.isdisjoint(encounter):
        encounter = SCHEDULE.union(encounter)
    return header, encounter


def _said_of(
    opened: LoadedDocument, header: Collection[str], encounter: Collection[str]
) -> Iterator[tuple[bool, str, object]]:
    """The fields that some parts carry: whether of the document, the name, the value."""
    header, encounter = read_with(header, encounter)
    parts = opened.header
    for name, field, read_part in _HEADER:
        if name in header:
            yield True, field, read_part(parts)
    if "recordTarget" in header:
        yield False, "patient", read_patient(parts.get(_RECORD_TARGET, ()))
    if "author" in header:
        responsible, requester = read_authors(parts.get(_AUTHOR, ()))
        yield False, "responsible", responsible
        yield False, "requester", requester
    if "documentationOf" in header:
        yield False, "episode_of_care", read_episode(opened.events)
    if encounter:
        for field, value in read_named(opened.encounter, opened.events, encounter):
            yield False, field, value


def _read_version_number(element: Element | None) -> int | None:
    try:
        number = None if element is None else int(element.get("value", ""))
    except ValueError:
        return None
    return number if number is not None and is_version(number) else None


_HEADER: tuple[tuple[str, str, Callable[[Children], object]], ...] = (
    ("id", "id", lambda header: read_document_id(header.get(ID, ()))),
    ("effectiveTime", "time", lambda header: read_time(first(header, EFFECTIVE_TIME))),
    ("custodian", "custodian", lambda header: read_custodian(first(header, _CUSTODIAN))),
    (
        "confidentialityCode",
        "confidentiality",
        lambda header: _CONFIDENTIALITIES.get(read_symbol(first(header, _CONFIDENTIALITY))),
    ),
    ("languageCode", "language", lambda header: read_symbol(first(header, _LANGUAGE))),
    ("setId", "set_id", lambda header: read_document_id(header.get(_SET_ID, ()))),
    (
        "versionNumber",
        "version_number",
        lambda header: _read_version_number(first(header, _VERSION_NUMBER)),
    ),
)
"""Elements of the root, the fields of a document that each carries, and its reader."""
