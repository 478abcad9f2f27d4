"""The document as a whole, from XML to the model."""

import datetime
import re
from functools import partial
from typing import NamedTuple, TypedDict, cast

from apd.cda import narrative
from apd.cda.authors import read_authors
from apd.cda.custodian import read_custodian
from apd.cda.datatypes import read_document_id, read_symbol, read_time
from apd.cda.difference import compare
from apd.cda.encounter import read_encounter, read_schedule
from apd.cda.parts import write_parts
from apd.cda.patient import read_patient
from apd.cda.recognition import APD_TEMPLATES
from apd.cda.releases import lift, release_of
from apd.cda.service_events import Events, find_events, read_episode, read_header_schedule
from apd.cda.templates import DOCUMENT_TEMPLATE
from apd.cda.xml import (
    Element,
    child,
    fragment,
    hl7,
    local_name,
    named,
    own_letters,
    parse,
    resolve_types,
)
from apd.errors import ParseError
from apd.finding import Finding, Layer
from apd.model.appointment import Appointment
from apd.model.codes import Confidentiality, Release
from apd.model.document import (
    AppointmentDocument,
    Difference,
    FoundLater,
    Unmapped,
    is_version,
)
from apd.model.identifiers import DocumentId
from apd.model.party import Custodian
from apd.wording import Wording

_ROOT, _TEMPLATE_ID = hl7("ClinicalDocument"), hl7("templateId")
_SECTION, _ENCOUNTER = hl7("section"), hl7("encounter")
_CONFIDENTIALITIES: dict[str | None, Confidentiality] = {c.value: c for c in Confidentiality}
_TO_SECTION = ("component", "structuredBody", "component", "section")
_TO_ENCOUNTER = (*_TO_SECTION, "entry", "encounter")


class _Problem(NamedTuple):
    """A reason why there is no appointment to be had, and how to get to where it shows."""

    rule: str
    wording: Wording
    steps: tuple[str, ...] = ()


_NOT_CDA = _Problem(
    "APD-ROOT",
    Wording(
        "Dokumentet er ikke CDA: roden skal være ClinicalDocument i urn:hl7-org:v3.",
        "This is not CDA: the root must be ClinicalDocument in urn:hl7-org:v3.",
    ),
)
_NOT_APD = _Problem(
    "APD-TEMPLATE",
    Wording(
        f"Dokumentet er ikke et aftaledokument: templateId {DOCUMENT_TEMPLATE} mangler.",
        f"This is not an appointment document: templateId {DOCUMENT_TEMPLATE} is missing.",
    ),
)
_NO_APPOINTMENT = _Problem(
    "APD-ENCOUNTER",
    Wording(
        "Der er ingen aftale i dokumentet: sektionen skal have en entry med en encounter.",
        "There is no appointment in it: the section must have an entry with an encounter.",
    ),
    _TO_ENCOUNTER,
)
_NO_START = _Problem(
    "APD-START",
    Wording(
        "Aftalen har intet starttidspunkt: effectiveTime/low skal have en værdi.",
        "The appointment has no start: effectiveTime/low must have a value.",
    ),
    (*_TO_ENCOUNTER, "effectiveTime", "low"),
)
_NO_PATIENT = _Problem(
    "APD-PATIENT",
    Wording(
        "Aftalen har ingen patient: patientRole/id skal have et CPR-nummer.",
        "The appointment has no patient: patientRole/id must have a CPR number.",
    ),
    ("recordTarget", "patientRole", "id"),
)


def read(data: bytes | str) -> AppointmentDocument:
    """The document in bytes or a text, of any release.

    Raises:
        ParseError: no XML that may be read, or no appointment in it.
    """
    said = _read_parts(_open(data))
    return AppointmentDocument(**said, unmapped=FoundLater(partial(_find_unmapped, data, said)))


class _Opened(NamedTuple):
    """A document of elements, made to look like 2.0.1."""

    root: Element
    encounter: Element
    events: Events
    release: Release


def _open(data: bytes | str) -> _Opened:
    root = parse(data)
    resolve_types(root, data)
    if root.tag != _ROOT:
        raise _parse_error(root, _NOT_CDA)
    templates = list(root.iter(_TEMPLATE_ID))
    declared = [(template.get("root"), template.get("extension")) for template in templates]
    if all(template not in APD_TEMPLATES for template, _ in declared):
        raise _parse_error(root, _NOT_APD)
    encounter = next(root.iter(_ENCOUNTER), None)
    if encounter is None:
        raise _parse_error(root, _NO_APPOINTMENT)
    events = find_events(root)
    release = release_of(events.values(), declared)
    if release is not Release.V2_0_1:
        lift(root, encounter, templates)
        events = find_events(root)
    return _Opened(root, encounter, events, release)


def _parse_error(root: Element, *problems: _Problem) -> ParseError:
    return ParseError(_finding(root, problem) for problem in problems)


def _finding(root: Element, problem: _Problem) -> Finding:
    """The problem, at the last element that is there on the way to where it should be."""
    path, element = f"/{local_name(root)}", root
    for step in problem.steps:
        below = child(element, step)
        if below is None:
            break
        path, element = f"{path}/{step}", below
    return Finding(
        rule=problem.rule,
        layer=Layer.PROFILE,
        wording=problem.wording,
        path=path,
        line=cast(int, element.sourceline),
    )


class _DocumentParts(TypedDict):
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


def _read_parts(opened: _Opened) -> _DocumentParts:
    root, encounter, events, release = opened
    parts = named(root)
    schedule = read_schedule(encounter) or read_header_schedule(events)
    patient = read_patient(parts.get("recordTarget"))
    if schedule is None or patient is None:
        missing = ((schedule, _NO_START), (patient, _NO_PATIENT))
        raise _parse_error(root, *(problem for part, problem in missing if part is None))
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
            **read_encounter(encounter),
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


# --- what the model does not say -------------------------------------------------------------

# Stands for the readable text while the rest is compared.
_TEXT_TAKEN = "<text/>"
# Between elements like these, white space is something to read.
_has_inline_markup = re.compile(
    "<(?:[^<>: ]+:)?(?:content|br|sub|sup|linkHtml|footnote|footnoteRef|renderMultiMedia)[ />]"
).search


def _find_unmapped(data: bytes | str, said: _DocumentParts) -> tuple[Unmapped, ...]:
    """All that a document says and its model does not."""
    root, encounter, _, release = _open(data)
    document = AppointmentDocument(**said)
    text = _find_text(encounter)
    readable = _compare_text(data, text, document)
    if text is not None:
        tail = text.tail
        text.clear()
        text.tail = tail
    pieces = [
        *readable,
        *compare(root, encounter, write_parts(document), "" if text is None else _TEXT_TAKEN),
    ]
    if release is not Release.V2_0_1:
        # What 2.0.1 demands and an older release did not have is no peculiarity of this one.
        pieces = [piece for piece in pieces if piece.difference is not Difference.MISSING]
    return tuple(pieces)


def _find_text(encounter: Element) -> Element | None:
    """The readable text beside an encounter; None where that is not in a section of the body."""
    around = list(encounter.iterancestors())
    if tuple(map(local_name, reversed(around))) != ("ClinicalDocument", *_TO_ENCOUNTER[:-1]):
        return None
    return child(around[1], "text")


def _compare_text(
    data: bytes | str, text: Element | None, document: AppointmentDocument
) -> list[Unmapped]:
    """The readable text, if it is not the writer's own."""
    cells = narrative.cells(document.appointment)
    letters = "" if text is None else own_letters(text)
    if letters == narrative.write_narrative(cells):
        return []
    if _has_inline_markup(letters):
        with_blanks = parse(data, keep_blanks=True)
        text = _find_text(next(with_blanks.iter(_ENCOUNTER)))
    xml = None if text is None else fragment(text)
    return [
        Unmapped(
            path="/".join(("/ClinicalDocument", *_TO_SECTION, "text")),
            difference=Difference.NARRATIVE,
            xml=xml,
            expected=narrative.summary(cells, document.appointment.patient),
        )
    ]
