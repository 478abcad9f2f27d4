"""The document as a whole, from the model to XML: DK-APD 2.0.1 with the errata of 2021.

Source: APD-DK 2.0.1, sections 2 and 3; errata of 2021-11-24.
"""

from lxml import etree

from apd.cda import narrative
from apd.cda.authors import write_authors
from apd.cda.custodian import write_custodian
from apd.cda.datatypes import write_id, write_time
from apd.cda.encounter import write_encounter
from apd.cda.patient import write_patient
from apd.cda.restore import restore
from apd.cda.service_events import write_service_events
from apd.cda.xml import DEFAULT_NAMESPACE, XSI_NAMESPACE, attribute, content, parse_fragment
from apd.model.document import AppointmentDocument, Difference
from apd.standard.codes import CODE_SYSTEM_NAMES, Confidentiality, Oid
from apd.standard.templates import DOCUMENT_TEMPLATE, SECTION_TEMPLATE, TEMPLATE_DATE

# Stands for a readable text that was read: indenting must not touch its white space.
_TEXT_GOES_HERE = '<text ID="readable-text-5d1c0c2e"/>'
_XML_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'

_ROOT_NAME = "<ClinicalDocument"
_ROOT_WITH_NAMESPACES = f"{_ROOT_NAME}{DEFAULT_NAMESPACE}{XSI_NAMESPACE}"
_LOINC = f'codeSystem="{Oid.LOINC}" codeSystemName="{CODE_SYSTEM_NAMES[Oid.LOINC]}"'
_FIRST = (
    '<realmCode code="DK"/>'
    '<typeId extension="POCD_HD000040" root="2.16.840.1.113883.1.3"/>'
    f'<templateId extension="{TEMPLATE_DATE}" root="{DOCUMENT_TEMPLATE}"/>'
)
_CODE = (
    f'<code code="39289-4" {_LOINC}'
    ' displayName="Dato og tidspunkt for møde mellem patient og sundhedsperson"/>'
)
_COMPONENT = '<component contextConductionInd="true" typeCode="COMP">'
_SECTION_START = (
    f'{_COMPONENT}<structuredBody classCode="DOCBODY" moodCode="EVN">'
    f'{_COMPONENT}<section classCode="DOCSECT" moodCode="EVN">'
    f'<templateId extension="{TEMPLATE_DATE}" root="{SECTION_TEMPLATE}"/>'
    f'<code code="18776-5" {_LOINC} displayName="Plan of care note"/>'
    "<title>Aftale</title>"
)
_ENCOUNTER_START = '<entry><encounter classCode="ENC" moodCode="APT">'
_END = "</encounter></entry></section></component></structuredBody></component></ClinicalDocument>"


def write(document: AppointmentDocument, *, as_read: bool = False) -> bytes:
    """The document as XML, whatever it lacks: UTF-8, indented, the same bytes every time.

    Args:
        document: the document.
        as_read: it says what it said when it was read.
    """
    text, is_indented = _readable_text(document)
    letters = write_letters(document, text if is_indented else _TEXT_GOES_HERE)
    root = etree.fromstring(letters.replace(_ROOT_NAME, _ROOT_WITH_NAMESPACES, 1))
    restore(root, document.unmapped, as_read=as_read)
    xml = etree.tostring(root, encoding="UTF-8", pretty_print=True, xml_declaration=False)
    if not is_indented:
        if not as_read:
            parse_fragment(text)  # an error for what is no XML, as of every other piece
        own_text = text.replace(DEFAULT_NAMESPACE, "", 1)
        xml = xml.replace(_TEXT_GOES_HERE.encode(), own_text.encode(), 1)
    return _XML_DECLARATION + xml


def _readable_text(document: AppointmentDocument) -> tuple[str, bool]:
    """The readable text of the section as XML, and whether it may be indented.

    A text that was read is kept as long as the data it speaks of are the same, and so is that
    there was none.
    """
    appointment = document.appointment
    cells = narrative.cells(appointment)
    for piece in document.unmapped:
        if piece.difference is Difference.NARRATIVE:
            if piece.expected == narrative.summary(cells, appointment.patient):
                return piece.xml or "", piece.xml is None
            break
    return narrative.write_narrative(cells), True


def write_letters(document: AppointmentDocument, text: str) -> str:
    """All that the model says, as letters; see :mod:`apd.cda.letters`.

    Args:
        document: the document.
        text: its readable text, as letters.
    """
    appointment = document.appointment
    language, version = document.language, document.version_number
    return "".join(
        (
            f'{_ROOT_NAME} classCode="DOCCLIN" moodCode="EVN">',
            _FIRST,
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
            *write_service_events(appointment.schedule, appointment.episode_of_care),
            _SECTION_START,
            text,
            _ENCOUNTER_START,
            *write_encounter(appointment),
            _END,
        )
    )


def _write_confidentiality(confidentiality: Confidentiality | None) -> str:
    if confidentiality is None:
        return ""
    return f'<confidentialityCode code="{confidentiality}" codeSystem="{Oid.CONFIDENTIALITY}"/>'
