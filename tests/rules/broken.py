"""Edits that break a rule in other ways than its defect in the library: ``-``; and, where the
valid document has nothing the rule looks at, that give it something and break nothing: ``+``.
"""

import re

BY_EDIT = """
- XSD-ELEMENT | remove $time
- XSD-ATTRIBUTE | unset $encounter classCode
- XSD-VALUE | set code code=
- XSD-TYPE | unset $repetition/criterion/value xsi:type
- XSD-TYPE | set $repetition/criterion/value xsi:type=NoSuchType
- CONF-DK-APD:9ac6 | text title Aftale for 0102030405
- CONF-DK-APD:9ac6 | replace extension="0503129900" => extension="0503129900&#160;"
+ CONF-DK-APD:9ac6 | replace extension="0503129900" => extension="&#9;0503129900"
- APD-TITLE-1 | set title nullFlavor=NI
- CONF-DK:33-APPOINTMENT | set $encounter/effectiveTime/low value=20260305090000
+ CONF-DK:36 | set confidentialityCode code=R
- PROHIBIT-dataEnterer | after author[2] <dataEnterer/>
- PROHIBIT-informant | after author[2] <informant/>
- PROHIBIT-informationRecipient | after custodian <informationRecipient/>
- PROHIBIT-legalAuthenticator | after custodian <legalAuthenticator/>
- PROHIBIT-authenticator | after custodian <authenticator/>
- PROHIBIT-participant | after custodian <participant/>
- PROHIBIT-inFulfillmentOf | after custodian <inFulfillmentOf/>
+ CONF-DK-APD:61c6 | remove author[2]
- CONF-DK-APD:c79d | remove $requester/telecom
+ CONF-DK-APD:c79d | unset $author/telecom value && unset $author/telecom use
                     && set $author/telecom nullFlavor=NI
- APD-AUTHOR-CODE-1 | double $requester/code
- APD-CUSTODIAN-1 | remove $custodian/id
+ APD-CONSENT-1 | after documentationOf[3]
                  <authorization><consent><statusCode code="completed"/></consent></authorization>
- CONF-DK-APD:851d | remove documentationOf[1]
- CONF-DK-APD:4318 | double $time/templateId
- CONF-DK-APD:0561 | unset $time/effectiveTime/low value
- CONF-DK-APD:0b61 | double $version/templateId
+ CONF-DK-APD:42f3 | remove documentationOf[3]
- CONF-DK-APD:2035 | double $episode/templateId
- CONF-DK-APD:8aa5 | set $episode/id[2] extension=F-2
- APD-SECTION-1 | set $section/title nullFlavor=NI
- CONF-DK-APD:dfed | remove $encounter
- CONF-DK-APD:49d8 | remove $encounter/templateId
- APD-ENCOUNTER-1 | set $encounter/id nullFlavor=NI
+ CONF-DK-APD:9245 | set $encounter/code code=PractitionerAppointment
- CONF-DK-APD:0da6 | set $encounter/statusCode code=completed
+ CONF-DK-APD:ad38 | set $time/effectiveTime/low value=20260305080000+0000
+ CONF-DK-APD:7e5c | unset $time/effectiveTime/high value
                     && set $time/effectiveTime/high nullFlavor=NI
                     && unset $encounter/effectiveTime/high value
                     && set $encounter/effectiveTime/high nullFlavor=NI
- APD-ENCOUNTER-AUTHOR-1 | after $encounter/performer <author/> && double $encounter/author
- CONF-DK-APD:ad1e | double $performer/id
- CONF-DK:19-PERFORMER | unset $performer/id extension
+ CONF-DK-APD:889e | set $encounter/participant typeCode=DST
- CONF-DK-APD:7dc2 | unset $place classCode
+ CONF-DK-APD:3315 | remove $place/id && set $encounter/participant typeCode=DST
- CONF-DK-APD:91ea | set $place/id root=1.2.208.176.1.4
- CONF-DK-APD:c7e3 | remove $place/telecom
- CONF-DK-APD:aa36 | unset $reason/code codeSystem
+ CONF-DK-APD:aa36 | unset $reason/code codeSystem && set $reason/code code=NI
                     && unset $reason/code codeSystemName
+ APD-REASON-1 | add $reason <templateId root="1.2.208.184.10.33"/>
- CONF-DK-APD:d38c | double $repetition/criterion/value
+ CONF-DK-APD:d38c | remove $repetition/criterion/value
- CONF-DK-APD:d425 | double $indicative/templateId
- DT-NULL | set $custodian/addr nullFlavor=OTH
+ DT-NULL | unset confidentialityCode code && set confidentialityCode nullFlavor=OTH
- DT-NULL | end code <originalText><reference nullFlavor="NI" value="x"/></originalText>
- DT-NULL | end $encounter/code <qualifier><name nullFlavor="NI" code="x" codeSystem="1.2.3"/>
            <value code="y" codeSystem="1.2.3"/></qualifier>
- DT-NULL | end $patient/patient/name <suffix nullFlavor="NI" qualifier="AC"/>
- DT-NULL | end $patient/patient/name <validTime><low nullFlavor="NI" value="2026"/></validTime>
- DT-NULL | end $patient/addr <useablePeriod nullFlavor="NI" value="2026"/>
+ DT-NULL | end $patient/addr <useablePeriod value="2026"/>
- DT-NULL | end $patient/telecom[1] <useablePeriod nullFlavor="NI" value="2026"/>
- DT-NULL | add $encounter/performer <time><low value="2026"/><width nullFlavor="NI" value="1"/>
            </time>
- CONF-DK-APD:d058 | unset $encounter/effectiveTime/high value
                     && set $encounter/effectiveTime/high nullFlavor=NI&#32;
- APD-STRUCTURE-2 | after $encounter/entryRelationship <entryRelationship typeCode="COMP">
                    <observation classCode="COND" moodCode="EVN"><code nullFlavor="NI"/>
                    </observation></entryRelationship>
- APD-STRUCTURE-2 | end $place <scopingEntity classCode="ORG"/>
+ APD-STRUCTURE-2 | end $place <scopingEntity classCode="ENT"/>
- DT-XSI-TYPE | set $patient/patient/administrativeGenderCode xsi:type=CV
- DT-XSI-TYPE | after $performer/id <code xsi:type="CV" code="x" codeSystem="1.2.3"/>
- DT-XSI-TYPE | end $place/playingEntity <desc xsi:type="ST">Rum 4</desc>
+ DT-XSI-TYPE | set $encounter/effectiveTime/low xsi:type=IVXB_TS
+ DT-XSI-TYPE | set $time/effectiveTime/high xsi:type=IVXB_TS
+ DT-XSI-TYPE | end $patient/telecom[1] <useablePeriod xsi:type="IVL_TS" value="2026"/>
- DT-NULL | add $place/playingEntity <quantity value="1" nullFlavor="NI"/>
- DT-TS-EMPTY | add $place/playingEntity <quantity unit="h"/>
- DT-NULL | add $encounter/entryRelationship <seperatableInd value="true" nullFlavor="NI"/>
+ DT-CD-SYSTEM | end $reason/code <translation code="1"/>
+ DT-ED-LANGUAGE | add $reason/code <originalText language="1">Rum</originalText>
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
- DT-CD-EMPTY | after $performer/id <code><originalText nullFlavor="NI"/></code>
+ DT-CD-EMPTY | after $performer/id <code><originalText>x</originalText></code>
- DT-CD-LINES | replace displayName="Plan of care note" => displayName="Plan&#9;of care note"
+ DT-CD-LINES | replace displayName="Plan of care note" => displayName="Plan  of care note"
- APD-REASON-2 | set $reason/code codeSystem=7f1c8b52-4f0e-4d3a-9a55-0c6d2e8f9b11
- APD-REASON-2 | set $reason/code codeSystem=SNOMED
+ APD-REASON-2 | set $reason/code codeSystem=1.2.208.176.2.4
- DT-BLANK-ONLY | end $patient/patient/name <given>&#160;</given>
- DT-BLANK-ONLY | end $patient/addr <county>&#8195;&#12288;</county>
- DT-BLANK-ONLY | after $patient/telecom[1] <telecom use="&#32;" value="tel:00102039"/>
+ DT-BLANK-ONLY | end $patient/patient/name <given>&#160;x</given>
- APD-TIME-1 | set author[1]/time value=99990305090000+0100
+ APD-TIME-1 | set author[1]/time value=99980305090000+0100
- APD-BIRTH-1 | set $patient/patient/birthTime value=2012
+ APD-BIRTH-1 | set $patient/patient/birthTime value=20120102
- DT-CD-SYSTEM-VERSION | after $performer/id <code><originalText>x</originalText><translation
                         codeSystemVersion="1"><originalText>y</originalText></translation></code>
- DT-CD-TRANSLATION | end code <translation codeSystem="1.2.3"><originalText>x</originalText>
                      </translation>
- DT-CD-TRANSLATION | end code <translation code="x" codeSystem="1.2.3"><translation code="x"
                      codeSystem="1.2.3"/></translation>
- DT-CD-TRANSLATION | end code <translation><originalText>x</originalText></translation>
                      && end code <translation><originalText>y</originalText></translation>
+ DT-CD-TRANSLATION | end code <translation code="x" codeSystem="1.2.3"><translation code="y"
                      codeSystem="1.2.3"/></translation> && end code <translation code="x"
                      codeSystem="1.2.4"/>
- DT-AD-CONTENT | text $custodian/addr loose
- DT-AD-CONTENT | remove $custodian/addr/streetAddressLine && remove $custodian/addr/postalCode
                  && remove $custodian/addr/city && text $custodian/addr Vej 1
                  && end $custodian/addr <useablePeriod value="2026"/>
- DT-AD-SAME | double $patient/addr
- DT-AD-PART | text $patient/addr/city
- DT-AD-PART | end $patient/addr <county> </county>
+ DT-AD-PART | end $patient/addr <county nullFlavor="NI"/>
+ DT-AD-PART | end $patient/addr <useablePeriod value="2026"/>
- DT-II-LENGTH | after $patient/id <id root="1.2.3" extension="7*65"/>
+ DT-II-LENGTH | after $patient/id <id root="1.2.3" extension="7*64"/>
- DT-II-LENGTH | after $patient/id <id root="1.7*127" extension="1"/>
+ DT-II-LENGTH | after $patient/id <id root="1.7*126" extension="1"/>
- DT-AD-PERIOD | end $patient/addr <useablePeriod xsi:type="IVL_TS"><low value="2025"/>
                 <high value="20260101"/></useablePeriod>
- DT-AD-PERIOD | end $patient/addr <useablePeriod xsi:type="IVL_TS"><low value="2026"/>
                 <high value="2026"/></useablePeriod>
- DT-AD-PERIOD | end $patient/addr <useablePeriod xsi:type="IVL_TS"><low value="2026"/>
                 <width value="1" unit="kg"/></useablePeriod>
+ DT-AD-PERIOD | end $patient/addr <useablePeriod xsi:type="IVL_TS"><low value="2025"/>
                 <high value="2026"/></useablePeriod>
+ DT-AD-PERIOD | end $patient/addr <useablePeriod xsi:type="IVL_TS"><low value="2026"/>
                 <width value="1" unit="d"/></useablePeriod>
- DT-EN-QUOTE | add $patient/patient/name <prefix> "Dr."</prefix>
- DT-EN-QUOTE | text $custodian/name "Nord"
+ DT-EN-QUOTE | end $patient/patient/name <suffix>"ph.d."</suffix>
- DT-EN-QUALIFIER | after $patient/patient/name <name><given qualifier="CL CL">x</given>
                    <family qualifier="BR SP BR">y</family></name>
+ DT-EN-QUALIFIER | after $patient/patient/name <name><given qualifier="CL CL">x</given>
                    <family qualifier="BR">y</family></name>
- DT-AD-NULL | after $patient/addr <addr nullFlavor="NI"/>
- DT-EN-MIXED | text $place/playingEntity/name Indgang 4
                && end $place/playingEntity/name <validTime/>
- DT-ED-EMPTY | remove $section/title && before $section/text <title> </title>
- DT-ED-EMPTY | remove $section/title && before $section/text <title><!-- x --></title>
+ DT-ED-EMPTY | remove $section/title && before $section/text <title>&#160;</title>
- DT-ON-PLAIN | end $custodian/name <validTime/>
- DT-ON-PLAIN | end $custodian/name <prefix>x</prefix>
- DT-TEL-NULL | after $patient/telecom[2] <telecom nullFlavor="NI"/>
- DT-TEL-SAME | double $patient/telecom[1]
- DT-TS-FORM | set $patient/patient/birthTime value=20120230
- DT-IVL-CONTENT | set $time/effectiveTime value=20260305
- DT-IVL-CONTENT | add $encounter/performer <time><center value="2026"/><width value="1"
                   unit="d"/></time>
- DT-IVL-WIDTH | add $encounter/performer <time><low value="2026"/><width unit="d"/></time>
- DT-IVL-WIDTH | add $encounter/performer <time><low value="2026"/><width value="1" unit="d">
                 <translation value="24" code="h" codeSystem="2.16.840.1.113883.6.8"/></width>
                 </time>
+ DT-IVL-WIDTH | add $encounter/performer <time><low value="2026"/><width value="1" unit="d"/>
                 </time>
+ DT-IVL-WIDTH | add $encounter/performer <time><low value="2026"/><width value="1"/></time>
- DT-IVL-ORDER | set $time/effectiveTime/high value=20260305080000+0100
- DT-IVL-OFFSET | set $time/effectiveTime/low value=20260305090000+01
- DT-IVL-INFINITE | unset $time/effectiveTime/high value
                    && set $time/effectiveTime/high nullFlavor=NINF
- BR-8 | unset $encounter/effectiveTime/high value
         && set $encounter/effectiveTime/high nullFlavor=NI
+ BR-OFFSET | set effectiveTime value=20260701093000+0200
+ BR-F1-LOCATION | remove $place/telecom && set $encounter/participant typeCode=DST
- BR-F1-LOCATION | set $place/telecom value=mailto:sted@example.dk
+ BR-F1-LOCATION | before $place/telecom <telecom nullFlavor="NI"/>
- BR-F1-LOCATION | set $place/telecom value=tel:%20
- BR-F1-PERFORMER | set $performer/telecom value=tel:;ext=12
- BR-F1-PERFORMER | set $performer/telecom value=mailto:sted@example.dk
+ BR-F1-PERFORMER | before $performer/telecom <telecom nullFlavor="NI"/>
+ BR-F1-PERFORMER | set $performer/telecom value=mailto:sted@example.dk
                    && after $performer/representedOrganization/name <telecom value="tel:65000004"/>
- BR-HOME | set $encounter/participant typeCode=SBJ
+ BR-HOME | set $encounter/participant typeCode=SBJ && replace Birkelunden 12 => Ahornparken 7
            && after $patient/addr/streetAddressLine <streetAddressLine>2. sal</streetAddressLine>
+ BR-HOME | set $encounter/participant typeCode=SBJ && replace Birkelunden 12 => Ahornparken 7
            && remove $place/addr/streetAddressLine[2] && end $place/addr <county nullFlavor="NI"/>
+ BR-CPR-1 | replace 0503129900 => 6503129900
- BR-CPR-1 | set $patient/id extension=050312-9900
+ BR-CPR-1 | unset $patient/id extension
+ BR-CPR-1 | set $author/id root=1.2.208.176.1.2 && set $author/id extension=12
- BR-CPR-2 | after $patient/id <id root="1.2.3" extension="0503129900"/>
             && set $patient/patient/birthTime value=20120306
+ BR-CPR-2 | unset $patient/id extension && set $patient/patient/birthTime value=20120306
+ BR-CPR-2 | set $patient/id root=1.2.3 && set $patient/patient/birthTime value=20120306
- BR-CPR-2 | set $patient/patient/birthTime value=20120306
+ BR-CPR-2 | set $patient/patient/birthTime value=201203051200
+ BR-CPR-3 | set $patient/patient/administrativeGenderCode code=UN
+ BR-CPR-3 | replace 0503129900 => 0503129910
- BR-CPR-3 | replace 0503129900 => 0503129901
+ BR-CPR-3 | unset $patient/id extension && set $patient/patient/administrativeGenderCode code=M
- BR-TELECOM | set $patient/telecom[1] value=tel:ring
- BR-TELECOM | set $patient/telecom[1] value=sms:+45
- BR-TELECOM | set $patient/telecom[1] value=mailto:ida
- BR-TELECOM | set $patient/telecom[1] value=65113333
- BR-TELECOM | set $patient/telecom[1] value=ida@example.dk
- BR-TELECOM | set $patient/telecom[1] value=12:34
+ BR-TELECOM | set $patient/telecom[1] value=tel:+4665113333
- BR-POSTAL | text $patient/addr/postalCode 999
- BR-POSTAL | text $patient/addr/city 9999
+ BR-POSTAL | text $patient/addr/postalCode 0000
+ BR-POSTAL | remove $patient/addr/postalCode && before $patient/addr/city <postalCode/>
+ BR-POSTAL | remove $patient/addr/postalCode
              && before $patient/addr/city <postalCode nullFlavor="NI"/>
+ BR-BIRTH | set $patient/patient/birthTime value=201203051200
- BR-SOR-1 | set $custodian/id extension=12A
- BR-SOR-2 | set $custodian/id extension=111111000016004
- BR-SOR-2 | set $custodian/id extension=11004
+ BR-SOR-2 | set $custodian/id extension=111002
- BR-TEXT-EMPTY | remove $section/text && after $section/title <text> </text>
- BR-TEXT-EMPTY | remove $section/text && after $section/title <text>–</text>
+ BR-TEXT-EMPTY | text $cells/td[1] 5. marts 2026
- BR-TEXT-DATE | replace 05-03-2026 => 06-03-2026
+ BR-TEXT-DATE | replace 05-03-2026 => 5. marts 2026
- BR-TEXT-TIME | replace 09:00 - 11:00 => 09:00
+ BR-TEXT-TIME | replace 09:00 - 11:00 => kl. 9.00 til 11.00
- BR-TEXT-PLACE | replace Indgang 4, stuen, Ahornparken 7 => Indgang 5
+ BR-TEXT-PLACE | text $place/playingEntity/name Indgang 5
- BR-PROTECTED-HOME | set $encounter/participant typeCode=SBJ && $protect
+ BR-PROTECTED-HOME | set $encounter/participant typeCode=SBJ && $protect && remove $place/addr
- BR-PROTECTED-HOME | set $encounter/participant typeCode=SBJ && remove $patient/addr
     && after $patient/id <addr><streetAddressLine nullFlavor="MSK"/></addr>
- BR-PROTECTED-HOME | set $encounter/participant typeCode=SBJ && remove $patient/addr
     && after $patient/id <addr><streetAddressLine> Adressebeskyttet</streetAddressLine></addr>
+ BR-PROTECTED-HOME | set $encounter/participant typeCode=SBJ && remove $patient/addr
     && after $patient/id <addr><streetAddressLine nullFlavor="NI"/></addr>
+ BR-PROTECTED-HOME | set $encounter/participant typeCode=SBJ && remove $patient/addr
     && after $patient/id <addr nullFlavor="NI"/>
- BR-PROTECTED-TEXT | $protect && replace 5230 Odense M, Danmark, tlf => 5300 Kerteminde, tlf
+ BR-PROTECTED-TEXT | $protect
+ BR-PROTECTED-TEXT | $protect && replace 5230 Odense M, Danmark, tlf => 5300 Kerteminde, tlf
     && after $performer/representedOrganization/name <addr><postalCode>5300</postalCode></addr>
"""

PROTECT = 'remove $patient/addr && after $patient/id <addr nullFlavor="MSK"/>'


SO_OFTEN = re.compile(r"7\*([0-9]+)")
"""So many digits."""


def _so_often(found: re.Match[str]) -> str:
    return "7" * int(found[1])


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
        edit = SO_OFTEN.sub(_so_often, edit.replace("$protect", PROTECT))
        found.setdefault(rule, {"-": [], "+": []})[line[0]].append(edit)
    return found
