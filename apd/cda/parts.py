"""What the writer makes of the model, in the pieces that reading compares with.

Source: APD-DK 2.0.1, sections 2 and 3; errata of 2021-11-24.
"""

from collections.abc import Iterable
from typing import NamedTuple

from apd.cda.authors import write_authors
from apd.cda.custodian import write_custodian
from apd.cda.datatypes import write_id, write_time
from apd.cda.encounter import write_encounter
from apd.cda.patient import write_patient
from apd.cda.service_events import write_service_events
from apd.cda.templates import DOCUMENT_TEMPLATE, SECTION_TEMPLATE, TEMPLATE_DATE
from apd.cda.xml import HL7, XSI, attribute, content
from apd.model.codes import CODE_SYSTEM_NAMES, Confidentiality, Oid
from apd.model.document import AppointmentDocument

_LOINC = f'codeSystem="{Oid.LOINC}" codeSystemName="{CODE_SYSTEM_NAMES[Oid.LOINC]}"'
_ROOT_START = (
    f'<ClinicalDocument xmlns="{HL7}" xmlns:xsi="{XSI}" classCode="DOCCLIN" moodCode="EVN">'
)
_FIRST = [
    '<realmCode code="DK"/>',
    '<typeId extension="POCD_HD000040" root="2.16.840.1.113883.1.3"/>',
    f'<templateId extension="{TEMPLATE_DATE}" root="{DOCUMENT_TEMPLATE}"/>',
]
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
_END = "</encounter></entry></section></component></structuredBody></component>"
_ROOT_END = "</ClinicalDocument>"


class Parts(NamedTuple):
    """What the model says, as XML without white space, in the pieces that readers compare.

    Args:
        header: the children of the root before its component, one text each.
        encounter: the children of the encounter, one text each.
    """

    header: list[str]
    encounter: list[str]

    def frame(self, text: str) -> tuple[str, str]:
        """What stands before and after the children of the encounter, down to the header."""
        return f"{_SECTION_START}{text}{_ENCOUNTER_START}", f"{_END}{_ROOT_END}"

    def document(self, text: str) -> str:
        """The whole document, given its readable text."""
        before, after = self.frame(text)
        return "".join([_ROOT_START, *self.header, before, *self.encounter, after])


def write_parts(document: AppointmentDocument) -> Parts:
    """Everything the model says, but for the readable text."""
    appointment = document.appointment
    language, version = document.language, document.version_number
    header = (
        *_FIRST,
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
    )
    return Parts(_present(header), _present(write_encounter(appointment)))


def _present(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if part]


def _write_confidentiality(confidentiality: Confidentiality | None) -> str:
    if confidentiality is None:
        return ""
    return f'<confidentialityCode code="{confidentiality}" codeSystem="{Oid.CONFIDENTIALITY}"/>'
