"""For every rule an edit that breaks it: ``-``; and, where the valid document has nothing the
rule looks at, one that gives it something and breaks nothing: ``+``.
"""

BY_EDIT = """
- XSD-ELEMENT | remove $time
- XSD-ATTRIBUTE | unset $encounter classCode
- XSD-VALUE | set code code=
- XSD-TYPE | unset $repetition/criterion/value xsi:type
- XSD-TEXT | text recordTarget hello
- XSD-TYPE | set $repetition/criterion/value xsi:type=NoSuchType
- XSD-OTHER | set $custodian/telecom value=tel:%zz
- CONF-DK-APD:cdc3 | double realmCode
- CONF-DK-APD:cdc3-CODE | set realmCode code=SE
- CONF-DK-APD:b962 | remove typeId
- CONF-DK-APD:9a86 | set typeId root=1.2.3
- CONF-DK-APD:dc34 | set typeId extension=other
- CONF-DK-APD:6c69 | set templateId root=1.2.3
- CONF-DK-APD:6c69-DATE | set templateId extension=2017-03-10
- CONF-DK-APD:a5bd | remove id
- CONF-DK-APD:c89b | set id extension=17
- CONF-DK-APD:f917 | remove code
- CONF-DK-APD:7d26 | set code code=1
- CONF-DK-APD:4660 | set code codeSystem=1.2.3
- CONF-DK-APD:e56b | set code displayName=Appointment
- APD-DOCUMENT-CODE-1 | unset code codeSystemName
- CONF-DK-APD:17da | remove title
- CONF-DK-APD:9ac6 | text title Aftale for 0102030405
- APD-TITLE-1 | set title nullFlavor=NI
- CONF-DK-APD:1640 | remove effectiveTime
- CONF-DK:33 | set effectiveTime value=202602010930
- CONF-DK:33-APPOINTMENT | set $encounter/effectiveTime/low value=20260305090000
- CONF-DK:36 | set confidentialityCode code=X
+ CONF-DK:36 | set confidentialityCode code=R
- CONF-DK:37 | set languageCode code=en
- APD-SET-ID-1 | double setId
- PROHIBIT-dataEnterer | after author[2] <dataEnterer/>
- PROHIBIT-informant | after author[2] <informant/>
- PROHIBIT-informationRecipient | after custodian <informationRecipient/>
- PROHIBIT-legalAuthenticator | after custodian <legalAuthenticator/>
- PROHIBIT-authenticator | after custodian <authenticator/>
- PROHIBIT-participant | after custodian <participant/>
- PROHIBIT-inFulfillmentOf | after custodian <inFulfillmentOf/>
- APD-PATIENT-1 | double recordTarget
- APD-PATIENT-2 | set $patient/id root=1.2.3
- APD-GENDER-1 | set $patient/patient/administrativeGenderCode code=W
- CONF-DK:19-PROVIDER | set $patient/providerOrganization/id root=1.2.3
- CONF-DK-APD:61c6 | double author[2]
+ CONF-DK-APD:61c6 | remove author[2]
- CONF-DK-APD:4b90 | set $author/id root=1.2.3
- CONF-DK-APD:40d4 | set $requester/code code=RESP
- CONF-DK-APD:7616 | set $requester/id root=1.2.208.176.1.4
- CONF-DK-APD:8cd7 | remove $author/addr
- CONF-DK-APD:c79d | remove $requester/telecom
+ CONF-DK-APD:c79d | unset $author/telecom value && unset $author/telecom use
                     && set $author/telecom nullFlavor=NI
- APD-AUTHOR-CODE-1 | double $requester/code
- APD-CUSTODIAN-1 | remove $custodian/id
- CONF-DK:19-CUSTODIAN | set $custodian/id assigningAuthorityName=x
- APD-CONSENT-1 | after documentationOf[3]
                  <authorization><consent><statusCode code="active"/></consent></authorization>
+ APD-CONSENT-1 | after documentationOf[3]
                  <authorization><consent><statusCode code="completed"/></consent></authorization>
- CONF-DK-APD:851d | remove documentationOf[1]
- CONF-DK-APD:4318 | double $time/templateId
- CONF-DK-APD:0b52 | remove $time/effectiveTime/low
- CONF-DK-APD:0561 | unset $time/effectiveTime/low value
- CONF-DK-APD:2d8c | remove $time/effectiveTime/high
- CONF-DK-APD:eff6 | unset $time/effectiveTime/high value
- CONF-DK-APD:69ee | double documentationOf[2]
- CONF-DK-APD:0b61 | double $version/templateId
- CONF-DK-APD:a2e5 | set $version/id extension=apd-v1.1
- CONF-DK-APD:a879 | set $version/id root=1.2.208.184.100.3
- CONF-DK-APD:c69d | unset $version/id assigningAuthorityName
- CONF-DK-APD:42f3 | double documentationOf[3]
+ CONF-DK-APD:42f3 | remove documentationOf[3]
- CONF-DK-APD:2035 | double $episode/templateId
- CONF-DK-APD:158f | remove $episode/code
- CONF-DK-APD:44e3 | set $episode/code codeSystem=1.2.3
- CONF-DK-APD:b670 | set $episode/code codeSystemName=SKS
- CONF-DK-APD:8aa5 | set $episode/id[2] extension=F-2
- APD-TIME-EVENT-1 | set $time nullFlavor=NI
- CONF-DK-APD:7ccb | remove component
- CONF-DK-APD:30fc | remove component/structuredBody
- CONF-DK-APD:63ff | double component/structuredBody/component
- CONF-DK-APD:4981 | remove $section
- CONF-DK-APD:9b39 | set $section/templateId extension=2017-03-10
- CONF:1098-14749 | remove $section/code
- CONF:1098-14750 | set $section/code code=1
- CONF:1098-30813 | set $section/code codeSystem=1.2.3
- CONF-DK-APD:bfb2 | unset $section/code codeSystemName
- CONF-DK-APD:d9f0 | remove $section/title
- CONF:1098-7725 | remove $section/text
- APD-SECTION-1 | set $section/title nullFlavor=NI
- CONF-DK-APD:8506 | double $section/entry
- CONF-DK-APD:dfed | remove $encounter
- CONF:1098-8564 | set $encounter classCode=ACT
- CONF-DK-APD:8f97 | set $encounter moodCode=EVN
- CONF-DK-APD:49d8 | remove $encounter/templateId
- CONF-DK-APD:7493 | remove $encounter/id
- CONF-DK-APD:22dd | set $encounter/id extension=17
- CONF-DK-APD:22dd-DISTINCT | set $encounter/id extension=00000000-0000-0000-0000-000000000001
- APD-ENCOUNTER-1 | set $encounter/id nullFlavor=NI
- CONF:1098-14749-ENCOUNTER | remove $encounter/code
- CONF-DK-APD:9245 | set $encounter/code code=OtherAppointment
+ CONF-DK-APD:9245 | set $encounter/code code=PractitionerAppointment
- CONF-DK-APD:ed37 | set $encounter/code codeSystem=1.2.3
- CONF-DK-APD:4df9 | unset $encounter/code codeSystemName
- CONF:134 | remove $encounter/statusCode
- CONF-DK-APD:0da6 | set $encounter/statusCode code=completed
- CONF-DK-APD:4021 | remove $encounter/effectiveTime
- CONF-DK-APD:8bfe | remove $encounter/effectiveTime/low
- APD-START-1 | unset $encounter/effectiveTime/low value
- CONF-DK-APD:5df9 | remove $encounter/effectiveTime/high
- CONF-DK-APD:d058 | unset $encounter/effectiveTime/high value
- CONF-DK-APD:ad38 | set $time/effectiveTime/low value=20260305093000+0100
+ CONF-DK-APD:ad38 | set $time/effectiveTime/low value=20260305080000+0000
- CONF-DK-APD:7e5c | set $time/effectiveTime/high value=20260305113000+0100
+ CONF-DK-APD:7e5c | unset $time/effectiveTime/high value
                     && set $time/effectiveTime/high nullFlavor=NI
                     && unset $encounter/effectiveTime/high value
                     && set $encounter/effectiveTime/high nullFlavor=NI
- APD-ENCOUNTER-AUTHOR-1 | after $encounter/performer <author/> && double $encounter/author
- CONF-DK-APD:63d8 | remove $encounter/performer
- CONF-DK-APD:6f0d | remove $performer
- CONF-DK-APD:ad1e | double $performer/id
- CONF-DK-APD:cd01 | remove $performer/addr
- CONF-DK-APD:bf38 | after $performer/telecom <telecom value="tel:65000009"/>
- CONF-DK-APD:0d10 | remove $performer/representedOrganization
- CONF-DK-APD:b770 | remove $performer/representedOrganization/name
- CONF-DK:19-PERFORMER | unset $performer/id extension
- CONF-DK-APD:4ec7 | remove $encounter/participant
- CONF-DK-APD:889e | set $encounter/participant typeCode=ORG
+ CONF-DK-APD:889e | set $encounter/participant typeCode=DST
- CONF-DK-APD:44cd | remove $place
- CONF-DK-APD:7dc2 | unset $place classCode
- CONF-DK-APD:cce6 | set $place/templateId extension=2017-03-10
- CONF-DK-APD:3315 | remove $place/id
+ CONF-DK-APD:3315 | remove $place/id && set $encounter/participant typeCode=DST
- CONF-DK-APD:91ea | set $place/id root=1.2.208.176.1.4
- CONF-DK-APD:ff1c | remove $place/addr
- CONF-DK-APD:c7e3 | remove $place/telecom
- CONF-DK-APD:d9a4 | remove $place/playingEntity
- CONF-DK-APD:87c3 | remove $place/playingEntity/name
- APD-LOCATION-1 | set $place/playingEntity classCode=ENT
- CONF-DK-APD:ae0f | remove $encounter/entryRelationship
- CONF-DK-APD:250e | remove $reason
- CONF-DK-APD:c362 | set $reason moodCode=RQO
- CONF-DK-APD:8993 | remove $reason/code
- CONF-DK-APD:aa36 | unset $reason/code codeSystem
+ CONF-DK-APD:aa36 | unset $reason/code codeSystem && set $reason/code code=NI
                     && unset $reason/code codeSystemName
- CONF-DK-APD:4c2c | unset $reason/code displayName
- APD-REASON-1 | add $reason <templateId root="1.2.3"/>
+ APD-REASON-1 | add $reason <templateId root="1.2.208.184.10.33"/>
- CONF-DK-APD:8768 | set $repetition/templateId extension=2017-03-10
- CONF-DK-APD:4464-REPETITION | remove $repetition/criterion
- CONF-DK-APD:72b5-REPETITION | set $repetition/criterion/code code=RepeatingAppointmentType
- APD-PRECONDITION-REPETITION | double $repetition
- CONF-DK-APD:d38c | double $repetition/criterion/value
+ CONF-DK-APD:d38c | remove $repetition/criterion/value
- CONF-DK-APD:40c2 | set $repetition/criterion/value extension=series-5
- CONF-DK-APD:d425 | double $indicative/templateId
- CONF-DK-APD:4464-INDICATIVE | remove $indicative/criterion
- CONF-DK-APD:72b5-INDICATIVE | set $indicative/criterion/code codeSystem=1.2.3
- APD-PRECONDITION-INDICATIVE | double $indicative
- DT-NULL | set $custodian/addr nullFlavor=NI
+ DT-NULL | set $custodian/addr nullFlavor=OTH
- DT-II-ROOT | unset $episode/id[3] root
- DT-II-NULL | set $episode/id[3] nullFlavor=NI
- DT-II-FORM | set $episode/id[3] root=not-an-oid
- DT-II-SAME | double $episode/id[3]
- DT-CD-EMPTY | unset $episode/code code && unset $episode/code displayName
- DT-CS-EMPTY | unset languageCode code
- DT-CD-NULL | set $requester/code nullFlavor=NI
- DT-CD-SYSTEM | unset $requester/code codeSystem && unset $requester/code codeSystemName
- DT-CD-SYSTEM-NAME | unset $requester/code codeSystem
- DT-CD-DISPLAY | unset $requester/code code
- DT-CD-SAME | double confidentialityCode
- DT-AD-CONTENT | text $custodian/addr loose
- DT-AD-SAME | double $patient/addr
- DT-AD-NULL | after $patient/addr <addr nullFlavor="NI"/>
- DT-EN-EMPTY | text $custodian/name  
- DT-EN-MIXED | text $patient/patient/name loose
- DT-ON-PLAIN | end $custodian/name <prefix>x</prefix>
- DT-EN-SAME | double $patient/patient/name
- DT-TEL-EMPTY | unset $custodian/telecom value
- DT-TEL-URI | set $custodian/telecom value=tel:65 00 00 01
- DT-TEL-NULL | after $patient/telecom[2] <telecom nullFlavor="NI"/>
- DT-TEL-SAME | double $patient/telecom[1]
- DT-ED-EMPTY | text $section/title 
- DT-TS-EMPTY | unset author[1]/time value
- DT-TS-FORM | set $patient/patient/birthTime value=20120230
- DT-IVL-EMPTY | add $encounter/performer <time/>
- DT-IVL-CONTENT | set $time/effectiveTime value=20260305
- DT-IVL-ORDER | set $time/effectiveTime/high value=20260305080000+0100
- DT-IVL-OFFSET | set $time/effectiveTime/low value=20260305090000+01
- DT-IVL-INFINITE | unset $time/effectiveTime/high value
                    && set $time/effectiveTime/high nullFlavor=NINF
- BR-8 | unset $encounter/effectiveTime/high value
         && set $encounter/effectiveTime/high nullFlavor=NI
- BR-4 | set $encounter/statusCode code=cancelled
- BR-OFFSET | set effectiveTime value=20260701093000+0100
+ BR-OFFSET | set effectiveTime value=20260701093000+0200
- BR-F1-PERFORMER | set $performer/telecom value=mailto:a@example.dk
- BR-F1-LOCATION | set $place/telecom value=mailto:a@example.dk
+ BR-F1-LOCATION | remove $place/telecom && set $encounter/participant typeCode=DST
- BR-HOME | set $encounter/participant typeCode=SBJ
+ BR-HOME | set $encounter/participant typeCode=SBJ && replace Birkelunden 12 => Ahornparken 7
            && after $patient/addr/streetAddressLine <streetAddressLine>2. sal</streetAddressLine>
- BR-CPR-1 | replace 0503129900 => 3203129900
+ BR-CPR-1 | replace 0503129900 => 6503129900
- BR-CPR-2 | set $patient/patient/birthTime value=20120306
+ BR-CPR-2 | set $patient/patient/birthTime value=201203051200
- BR-CPR-3 | set $patient/patient/administrativeGenderCode code=M
+ BR-CPR-3 | set $patient/patient/administrativeGenderCode code=UN
- BR-SOR-1 | set $custodian/id extension=12A
- BR-SOR-2 | set $custodian/id extension=111111000016004
- BR-TEXT-DATE | replace 05-03-2026 => 06-03-2026
+ BR-TEXT-DATE | replace 05-03-2026 => 5. marts 2026
- BR-TEXT-TIME | replace 09:00 - 11:00 => 09:00
+ BR-TEXT-TIME | replace 09:00 - 11:00 => kl. 9.00 til 11.00
- BR-TEXT-PLACE | replace Indgang 4, stuen, Ahornparken 7 => Indgang 5
- BR-PROTECTED-HOME | set $encounter/participant typeCode=SBJ && $protect
+ BR-PROTECTED-HOME | set $encounter/participant typeCode=SBJ && $protect && remove $place/addr
- BR-PROTECTED-TEXT | $protect && replace 5230 Odense M, Danmark</td> => 5300 Kerteminde</td>
+ BR-PROTECTED-TEXT | $protect
"""

PROTECT = 'remove $patient/addr && after $patient/id <addr nullFlavor="MSK"/>'

DOCTYPE = b'<!DOCTYPE ClinicalDocument [<!ENTITY a "b">]>'


def edits() -> dict[str, dict[str, list[str]]]:
    """By rule: the edits that break it (``-``) and those that do not (``+``)."""
    lines: list[str] = []
    for line in BY_EDIT.strip("\n").splitlines():
        if line[0] in "-+":
            lines.append(line)
        else:
            lines[-1] = lines[-1].rstrip() + " " + line.strip()
    found: dict[str, dict[str, list[str]]] = {}
    for line in lines:
        rule, _, edit = line[2:].partition(" | ")
        edit = edit.replace("$protect", PROTECT)
        found.setdefault(rule, {"-": [], "+": []})[line[0]].append(edit)
    return found
