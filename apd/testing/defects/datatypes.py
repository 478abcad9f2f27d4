"""Defects of the schema and of HL7's data types.

Most are made in elements that no rule of the profile covers: another id of the patient, the code of
the performer's role, the time of the performer's participation.
"""

from apd.testing.defects import given
from apd.testing.defects.editing import Defect

_PATIENT_ID, _CODE, _TIME = "after $patient/id", "after $performer/id", "add $encounter/performer"
_TEXT = "set $indicative/criterion/text"
_METHOD = '<methodCode code="1" codeSystem="1.2.3"'

DEFECTS = (
    # schema
    Defect("XSD-ELEMENT", "after $section/text <id root='1.2.3'/>"),
    Defect("XSD-ATTRIBUTE", "set $section colour=red"),
    Defect("XSD-VALUE", "set component contextConductionInd=perhaps"),
    Defect("XSD-TYPE", "end $reason <value/>"),
    Defect("XSD-TEXT", "text recordTarget text"),
    Defect(
        "XSD-OTHER",
        "set $custodian/telecom value=tel:%zz",
        given=(given.custodian,),
        also=("BR-TELECOM",),
    ),
    # identifiers
    Defect("DT-NULL", "set $custodian/addr nullFlavor=NI", given=(given.custodian,)),
    Defect("DT-II-ROOT", f'{_PATIENT_ID} <id extension="17"/>'),
    Defect("DT-II-NULL", f'{_PATIENT_ID} <id nullFlavor="OTH" root="1.2.3"/>'),
    Defect("DT-II-FORM", f'{_PATIENT_ID} <id root="not-an-oid" extension="17"/>'),
    Defect("DT-II-SAME", "double $patient/id"),
    Defect("DT-II-LENGTH", f'{_PATIENT_ID} <id root="1.2.3" extension="{"7" * 65}"/>'),
    # codes
    Defect("DT-CD-EMPTY", f'{_CODE} <code codeSystem="1.2.3"/>'),
    Defect("DT-CS-EMPTY", "after $section/text <languageCode/>"),
    Defect(
        "DT-CD-NULL",
        f'{_CODE} <code nullFlavor="OTH" code="1" codeSystem="1.2.3"/>',
    ),
    Defect("DT-CD-SYSTEM", f'{_CODE} <code code="1"/>'),
    Defect(
        "DT-CD-SYSTEM-NAME",
        f'{_CODE} <code codeSystemName="x"><originalText>x</originalText></code>',
    ),
    Defect(
        "DT-CD-SYSTEM-VERSION",
        f'{_CODE} <code codeSystemVersion="1"><originalText>x</originalText></code>',
    ),
    Defect("DT-CD-DISPLAY", f'{_CODE} <code displayName="x"><originalText>x</originalText></code>'),
    Defect("DT-CD-SAME", f'end $reason {_METHOD}/> && end $reason {_METHOD} displayName="x"/>'),
    Defect(
        "DT-CD-TRANSLATION",
        f'{_CODE} <code code="1" codeSystem="1.2.3"><translation nullFlavor="NI"/></code>',
    ),
    Defect("DT-CD-LINES", f'{_CODE} <code code="1" codeSystem="1.2.3" displayName="a&#10;b"/>'),
    Defect("DT-CD-BLANK", "set $reason/code code=a\u00a0b && set $reason/code codeSystem=1.2.3"),
    # addresses and names
    Defect("DT-AD-CONTENT", "text $author/addr loose", given=(given.address_of_responsible,)),
    Defect("DT-AD-SAME", "double $author/addr", given=(given.address_of_responsible,)),
    Defect(
        "DT-AD-NULL",
        'after $author/addr <addr nullFlavor="NI"/>',
        given=(given.address_of_responsible,),
    ),
    Defect("DT-AD-PART", "end $author/addr <county/>", given=(given.address_of_responsible,)),
    Defect(
        "DT-AD-PERIOD",
        'end $author/addr <useablePeriod xsi:type="IVL_TS"><low value="2026"/><high value="2025"/>'
        "</useablePeriod>",
        given=(given.address_of_responsible,),
    ),
    Defect(
        "DT-EN-QUOTE",
        'text $custodian/name "Nord"',
        given=(given.custodian,),
    ),
    Defect(
        "DT-EN-QUALIFIER",
        'after $patient/patient/name <name><given qualifier="CL CL">Vera</given></name>',
        given=(given.patients_name,),
    ),
    Defect("DT-EN-EMPTY", "text $custodian/name", given=(given.custodian,)),
    Defect("DT-EN-MIXED", "text $patient/patient/name loose", given=(given.patients_name,)),
    Defect(
        "DT-ON-PLAIN",
        "text $custodian/name && end $custodian/name <prefix>x</prefix>",
        given=(given.custodian,),
    ),
    Defect("DT-EN-SAME", "double $patient/patient/name", given=(given.patients_name,)),
    # telecoms and texts
    Defect("DT-TEL-EMPTY", "unset $custodian/telecom value", given=(given.custodian,)),
    Defect("DT-TEL-URI", "set $custodian/telecom value=tel:00 65", given=(given.custodian,)),
    Defect(
        "DT-TEL-NULL",
        'after $author/telecom <telecom nullFlavor="NI"/>',
        given=(given.one_phone_of_responsible,),
    ),
    Defect("DT-TEL-SAME", "double $author/telecom", given=(given.one_phone_of_responsible,)),
    Defect("DT-ED-EMPTY", "text $section/title"),
    Defect(
        "DT-EN-NULL",
        'after $patient/patient/name <name nullFlavor="NI"/>',
        given=(given.patients_name,),
    ),
    Defect("DT-EN-PART", "end $patient/patient/name <suffix/>", given=(given.patients_name,)),
    Defect(
        "DT-ED-INTEGRITY",
        f"{_TEXT} integrityCheck=abcd",
        given=(given.indicative_times,),
    ),
    Defect("DT-ED-COMPRESSION", f"{_TEXT} compression=DF", given=(given.indicative_times,)),
    Defect("DT-ED-LANGUAGE", f"{_TEXT} language=1", given=(given.indicative_times,)),
    # attributes
    Defect("APD-STRUCTURE-1", "set $custodian classCode= ORG"),
    Defect(
        "APD-STRUCTURE-2", "set $repetition/criterion classCode=COND", given=(given.repetition,)
    ),
    Defect("DT-BLANK", "set $section/code displayName= Plan of care note"),
    Defect("DT-BLANK-ONLY", f'{_CODE} <code code="1" codeSystem="1.2.3" displayName=" "/>'),
    Defect("DT-XSI-TYPE", "set $section/code xsi:type=CV"),
    Defect("DT-INT-FORM", 'add $encounter/entryRelationship <sequenceNumber value="+1"/>'),
    # times
    Defect("DT-TS-EMPTY", "unset author[1]/time value", given=(given.time_of_booking,)),
    Defect(
        "DT-TS-FORM",
        "set $patient/patient/birthTime value=2012023",
        given=(given.birth_date,),
    ),
    Defect("APD-TIME-1", "set effectiveTime value=99991230000000+0100"),
    Defect("APD-BIRTH-1", "set $patient/patient/birthTime value=198007", given=(given.birth_date,)),
    Defect("DT-TS-24", f'{_TIME} <time value="2026030524"/>'),
    Defect("DT-IVL-EMPTY", f"{_TIME} <time/>"),
    Defect("DT-IVL-CONTENT", f'{_TIME} <time value="2026"><low value="2026"/></time>'),
    Defect("DT-IVL-WIDTH", f'{_TIME} <time><low value="2026"/><width value="1" unit="kg"/></time>'),
    Defect("DT-IVL-ORDER", f'{_TIME} <time><low value="2026"/><high value="2025"/></time>'),
    Defect("DT-IVL-OFFSET", f'{_TIME} <time><low value="20260305090000+01"/></time>'),
    Defect("DT-IVL-INFINITE", f'{_TIME} <time><low nullFlavor="PINF"/></time>'),
)
