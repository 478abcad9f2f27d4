"""Writes the whole document, from the model to XML: DK-APD with the errata of 2021.

Source: APD-DK 2.0.1, sections 2 and 3; errata of 2021-11-24.
"""

from operator import attrgetter
from typing import NamedTuple

from apd.cda import narrative
from apd.cda.authors import write_authors, write_other_authors
from apd.cda.custodian import write_custodian
from apd.cda.datatypes import write_id, write_time
from apd.cda.document_parts import Part, fixed, write_all
from apd.cda.encounter import ENCOUNTER
from apd.cda.patient import write_other_patient, write_patient
from apd.cda.service_events import write_service_events
from apd.cda.xml import DEFAULT_NAMESPACE, XSI_NAMESPACE, attribute, content, laid_out
from apd.model.document import AppointmentDocument
from apd.model.identity import is_another
from apd.standard.codes import (
    CODE_SYSTEM_NAMES,
    DOCUMENT_CODE,
    DOCUMENT_DISPLAY,
    DOCUMENT_TEMPLATE,
    REALM,
    SECTION_CODE,
    SECTION_DISPLAY,
    SECTION_TEMPLATE,
    TYPE_EXTENSION,
    TYPE_ROOT,
    Confidentiality,
    Oid,
)
from apd.standard.releases import Release

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
ROOT_TAG = (
    f'<ClinicalDocument{DEFAULT_NAMESPACE}{XSI_NAMESPACE} classCode="DOCCLIN" moodCode="EVN">'
)
_LOINC = f'codeSystem="{Oid.LOINC}" codeSystemName="{CODE_SYSTEM_NAMES[Oid.LOINC]}"'
_CODE = f'<code code="{DOCUMENT_CODE}" {_LOINC} displayName="{DOCUMENT_DISPLAY}"/>'
_COMPONENT = '<component contextConductionInd="true" typeCode="COMP">'
_SECTION_TAG = (
    f'{_COMPONENT}<structuredBody classCode="DOCBODY" moodCode="EVN">'
    f'{_COMPONENT}<section classCode="DOCSECT" moodCode="EVN">'
)
_SECTION_CODE = f'<code code="{SECTION_CODE}" {_LOINC} displayName="{SECTION_DISPLAY}"/>'
_ENCOUNTER_TAG = '<entry><encounter classCode="ENC" moodCode="APT">'
_END = "</encounter></entry></section></component></structuredBody></component></ClinicalDocument>"


class Written(NamedTuple):
    """A written document: elements as XML on one line, empty if there are none.

    The header is everything in the root except the component; the section ends before its entry.
    """

    header: list[str]
    section: list[str]
    encounter: list[str]

    @property
    def xml(self) -> str:
        """The whole document on one line."""
        return "".join(
            (
                ROOT_TAG,
                *self.header,
                _SECTION_TAG,
                *self.section,
                _ENCOUNTER_TAG,
                *self.encounter,
                _END,
            )
        )


def write(document: AppointmentDocument, release: Release) -> bytes:
    """The model as XML, even if it is incomplete: UTF-8, indented, the same bytes every time."""
    return f"{DECLARATION}\n{laid_out(write_parts(document, release).xml)}\n".encode()


def write_parts(document: AppointmentDocument, release: Release) -> Written:
    """The content of the model, as a document of a release."""
    return Written(
        write_all(HEADER, document, release),
        [
            _template(release, SECTION_TEMPLATE),
            _SECTION_CODE,
            "<title>Aftale</title>",
            narrative.write_narrative(narrative.cells(document.appointment)),
        ],
        write_all(ENCOUNTER, document, release),
    )


def _template(release: Release, root: str) -> str:
    return f'<templateId extension="{release.template_date}" root="{root}"/>'


def _write_confidentiality(confidentiality: Confidentiality | None, _: Release) -> str:
    if confidentiality is None:
        return ""
    return f'<confidentialityCode code="{confidentiality}" codeSystem="{Oid.CONFIDENTIALITY}"/>'


def _write_language(language: str | None, _: Release) -> str:
    return "" if language is None else f'<languageCode code="{attribute(language)}"/>'


def _write_version(version: int | None, _: Release) -> str:
    return "" if version is None else f'<versionNumber value="{version}"/>'


RECORD_TARGET = "recordTarget"
"""The name of the elements that are all about the patient."""

HEADER = (
    fixed("realmCode", lambda _: f'<realmCode code="{REALM}"/>'),
    fixed("typeId", lambda _: f'<typeId extension="{TYPE_EXTENSION}" root="{TYPE_ROOT}"/>'),
    fixed("templateId", lambda release: _template(release, DOCUMENT_TEMPLATE)),
    Part("id", attrgetter("id"), lambda value, _: write_id(value)),
    fixed("code", lambda _: _CODE),
    Part("title", attrgetter("title"), lambda title, _: f"<title>{content(title)}</title>"),
    Part("effectiveTime", attrgetter("time"), lambda time, _: write_time("effectiveTime", time)),
    Part("confidentialityCode", attrgetter("confidentiality"), _write_confidentiality),
    Part("languageCode", attrgetter("language"), _write_language),
    Part("setId", attrgetter("set_id"), lambda value, _: write_id(value, "setId")),
    Part("versionNumber", attrgetter("version_number"), _write_version),
    Part(
        RECORD_TARGET,
        attrgetter("appointment.patient"),
        lambda who, _: write_patient(who),
        lambda old, new, _: write_other_patient(old, new),
    ),
    Part(
        "author",
        attrgetter("appointment.responsible", "appointment.requester"),
        lambda roles, _: write_authors(*roles),
        lambda old, new, _: write_other_authors(old, new),
    ),
    Part(
        "custodian",
        attrgetter("custodian"),
        lambda who, _: write_custodian(who),
        lambda old, new, _: [write_custodian(new)] if is_another(old, new) else (),
    ),
    Part(
        "documentationOf",
        attrgetter("appointment.schedule", "appointment.episode_of_care"),
        lambda stated, release: write_service_events(stated[0], stated[1], release),
    ),
)
"""The elements of the root, except the component, in the order that CDA requires."""
