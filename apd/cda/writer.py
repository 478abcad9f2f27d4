"""The document as a whole, from the model to XML: DK-APD with the errata of 2021.

Source: APD-DK 2.0.1, sections 2 and 3; errata of 2021-11-24.
"""

from typing import NamedTuple

from lxml import etree

from apd.cda import narrative
from apd.cda.authors import write_authors
from apd.cda.custodian import write_custodian
from apd.cda.datatypes import write_id, write_time
from apd.cda.encounter import write_encounter
from apd.cda.patient import write_patient
from apd.cda.service_events import write_service_events
from apd.cda.xml import DEFAULT_NAMESPACE, XSI_NAMESPACE, attribute, content
from apd.model.document import AppointmentDocument
from apd.standard.codes import (
    CODE_SYSTEM_NAMES,
    DOCUMENT_CODE,
    DOCUMENT_DISPLAY,
    REALM,
    SECTION_CODE,
    SECTION_DISPLAY,
    TYPE_EXTENSION,
    TYPE_ROOT,
    Confidentiality,
    Oid,
)
from apd.standard.releases import Release
from apd.standard.templates import DOCUMENT_TEMPLATE, SECTION_TEMPLATE

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
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


class Parts(NamedTuple):
    """What a document is written of: elements as XML on one line, or nothing where there is none.

    Args:
        header: the elements of the root, but for the component.
        section: the elements of the section before its entry, the readable text last.
        encounter: the elements of the encounter.
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
    """The model as XML, whatever it lacks: UTF-8, indented, the same bytes every time."""
    root = etree.fromstring(write_parts(document, release).xml)
    xml = etree.tostring(root, encoding="UTF-8", pretty_print=True, xml_declaration=False)
    return DECLARATION + xml


def write_parts(document: AppointmentDocument, release: Release) -> Parts:
    """All that the model says, as a document of a release."""
    appointment = document.appointment
    language, version = document.language, document.version_number
    return Parts(
        [
            f'<realmCode code="{REALM}"/>',
            f'<typeId extension="{TYPE_EXTENSION}" root="{TYPE_ROOT}"/>',
            _template(release, DOCUMENT_TEMPLATE),
            write_id(document.id),
            _CODE,
            f"<title>{content(document.title)}</title>",
            write_time("effectiveTime", document.time),
            _write_confidentiality(document.confidentiality),
            "" if language is None else f'<languageCode code="{attribute(language)}"/>',
            write_id(document.set_id, "setId"),
            "" if version is None else f'<versionNumber value="{version}"/>',
            write_patient(appointment.patient),
            *write_authors(appointment.responsible, appointment.requester),
            write_custodian(document.custodian),
            *write_service_events(appointment.schedule, appointment.episode_of_care, release),
        ],
        [
            _template(release, SECTION_TEMPLATE),
            _SECTION_CODE,
            "<title>Aftale</title>",
            narrative.write_narrative(narrative.cells(appointment)),
        ],
        write_encounter(appointment, release),
    )


def _template(release: Release, root: str) -> str:
    return f'<templateId extension="{release.template_date}" root="{root}"/>'


def _write_confidentiality(confidentiality: Confidentiality | None) -> str:
    if confidentiality is None:
        return ""
    return f'<confidentialityCode code="{confidentiality}" codeSystem="{Oid.CONFIDENTIALITY}"/>'
