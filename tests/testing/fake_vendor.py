"""The writer of a vendor who fills in templates, with bugs to order.

It shares nothing with the library's own writer: other names of organisations than codes, another
order of telecoms, its own readable text.
"""

import datetime
from enum import Enum
from typing import Any

import apd


class Bug(Enum):
    """What the vendor got wrong."""

    UTC_AS_LOCAL = "the clock is that of UTC"
    WINTERS_OFFSET = "+0100 all the year"
    TWELVE_HOURS = "%I where %H was meant"
    AMPERSAND = "an & as it is"
    SWAPPED_NAMES = "given and family name swapped"
    CUSTODIANS_CODE = "the custodian's SOR code on the performer"
    ID_REUSED = "the id of the first document, for all of them"
    NO_TELECOM = "no telecom on the performer"
    MINUTES_ONLY = "times without seconds"
    NAMESPACE = "a slash in the namespace"
    ENCODING = "UTF-8 that is declared as ISO-8859-1"
    SERIES = "the series of another patient"


FIRST_ID, OTHER_SERIES = (
    "00000000-0000-4000-8000-000000000001",
    "00000000-0000-4000-8000-00000000beef",
)
_MEDCOM = 'assigningAuthorityName="MedCom" root="1.2.208.184"'
_SDTC = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def written(of: apd.AppointmentDocument, bug: Bug | None = None) -> bytes:
    """The document of an appointment with a repetition, at a place in SOR."""
    it: Any = of.appointment

    def escaped(text: str) -> str:
        return text if bug is Bug.AMPERSAND else text.replace("&", "&amp;")

    def time(at: datetime.datetime) -> str:
        if bug is Bug.UTC_AS_LOCAL:
            return f"{at.astimezone(datetime.UTC):%Y%m%d%H%M%S}{at:%z}"
        hour, seconds = "%I" if bug is Bug.TWELVE_HOURS else "%H", "%S"
        offset = "+0100" if bug is Bug.WINTERS_OFFSET else "%z"
        return at.strftime(f"%Y%m%d{hour}%M{'' if bug is Bug.MINUTES_ONLY else seconds}{offset}")

    def sor(code: Any) -> str:
        return f'<id extension="{code.value}" root="1.2.208.176.1.1" assigningAuthorityName="SOR"/>'

    def address(of: Any) -> str:
        lines = "".join(f"<streetAddressLine>{line}</streetAddressLine>" for line in of.lines)
        place = f"<postalCode>{of.postal_code}</postalCode><city>{of.city}</city>"
        use = f' use="{of.use.value}"' if of.use else ""
        return f"<addr{use}>{lines}{place}</addr>"

    def telecom(*of: Any) -> str:
        return "".join(f'<telecom value="{one.value}" use="{one.use.value}"/>' for one in of[::-1])

    def name(of: Any) -> str:
        given, family = [(one, "given") for one in of.given], [(of.family, "family")]
        if bug is Bug.SWAPPED_NAMES:
            given, family = [(of.family, "given")], [(" ".join(of.given), "family")]
        return (
            f"<name>{''.join(f'<{tag}>{text}</{tag}>' for text, tag in (*given, *family))}</name>"
        )

    start, end = time(it.schedule.start), time(it.schedule.end)
    interval = f'<effectiveTime><low value="{start}"/><high value="{end}"/></effectiveTime>'
    performer_id = of.custodian.id if bug is Bug.CUSTODIANS_CODE else it.performer.id  # type: ignore[union-attr]
    phones = "" if bug is Bug.NO_TELECOM else telecom(*it.performer.telecoms)
    document_id = FIRST_ID if bug is Bug.ID_REUSED else of.id.value  # type: ignore[union-attr]
    series = OTHER_SERIES if bug is Bug.SERIES else it.repetition.id.value
    patient, custodian, place = it.patient, of.custodian, it.location
    namespace = "urn:hl7-org/v3" if bug is Bug.NAMESPACE else "urn:hl7-org:v3"
    encoding = "ISO-8859-1" if bug is Bug.ENCODING else "UTF-8"
    clock = f"{it.schedule.start:%H.%M}-{it.schedule.end:%H.%M}"
    return f"""<?xml version="1.0" encoding="{encoding}"?>
<ClinicalDocument xmlns="{namespace}" {_SDTC}>
<realmCode code="DK"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<templateId root="1.2.208.184.14.1" extension="2019-09-10"/>
<id {_MEDCOM} extension="{document_id}"/>
<code code="39289-4" codeSystem="2.16.840.1.113883.6.1" codeSystemName="LOINC"
 displayName="Dato og tidspunkt for møde mellem patient og sundhedsperson"/>
<title>Aftale for {patient.id.value}</title><effectiveTime value="{time(of.time)}"/>
<confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/><languageCode code="da-DK"/>
<recordTarget><patientRole>
<id extension="{patient.id.value}" root="1.2.208.176.1.2" assigningAuthorityName="CPR"/>
{address(patient.address)}{telecom(*patient.telecoms)}<patient>{name(patient.name)}
<administrativeGenderCode code="{patient.gender.value}" codeSystem="2.16.840.1.113883.5.1"/>
<birthTime value="{patient.birth_date:%Y%m%d}"/></patient></patientRole></recordTarget>
<author><time value="{time(it.responsible.time)}"/><assignedAuthor>{sor(it.responsible.id)}
{address(it.responsible.address)}{telecom(*it.responsible.telecoms)}<representedOrganization>
<name>{escaped(it.responsible.organization.name)}</name></representedOrganization></assignedAuthor>
</author>
<custodian><assignedCustodian><representedCustodianOrganization>{sor(custodian.id)}
<name>{custodian.name}</name>{telecom(custodian.telecom)}{address(custodian.address)}
</representedCustodianOrganization></assignedCustodian></custodian>
<documentationOf><serviceEvent><templateId root="1.2.208.184.10.1.11"/>{interval}</serviceEvent>
</documentationOf>
<documentationOf><serviceEvent><templateId root="1.2.208.184.10.1.10"/><id root="1.2.208.184.100.10"
 extension="apd-v2.0.1" assigningAuthorityName="MedCom"/></serviceEvent></documentationOf>
<component><structuredBody><component><section>
<templateId root="1.2.208.184.14.11.1" extension="2019-09-10"/><code code="18776-5"
 codeSystem="2.16.840.1.113883.6.1" codeSystemName="LOINC" displayName="Plan of care note"/>
<title>Aftale</title>
<text>{it.schedule.start:%d.%m.%Y} kl. {clock}, {place.name}: {it.reason.text}</text>
<entry><encounter classCode="ENC" moodCode="APT">
<templateId root="1.2.208.184.14.11.2" extension="2019-09-10"/>
<id {_MEDCOM} extension="{it.id.value}"/><code code="RegionalAppointment"
 codeSystem="1.2.208.184.100.1" codeSystemName="MedCom Message Codes"/>
<statusCode code="active"/>{interval}
<performer>
<assignedEntity>{sor(performer_id)}{address(it.performer.address)}{phones}<representedOrganization>
<name>{escaped(it.performer.organization.name)}</name></representedOrganization></assignedEntity>
</performer>
<participant typeCode="LOC"><participantRole classCode="SDLOC">
<templateId root="1.2.208.184.14.11.3" extension="2019-09-10"/>{sor(place.id)}
{address(place.address)}{telecom(place.telecom)}
<playingEntity classCode="PLC"><name>{place.name}</name></playingEntity>
</participantRole></participant><entryRelationship typeCode="RSON">
<observation classCode="OBS" moodCode="EVN">
<code code="NI" displayName="{it.reason.text}"/></observation></entryRelationship>
<precondition typeCode="PRCN">
<templateId root="1.2.208.184.14.11.4" extension="2019-09-10"/><criterion><code
 code="RepeatingDocumentType" codeSystem="1.2.208.184.100.1" codeSystemName="MedCom Message Codes"/>
<value xsi:type="II" {_MEDCOM} extension="{series}"/></criterion></precondition></encounter></entry>
</section>
</component></structuredBody></component></ClinicalDocument>""".encode()
