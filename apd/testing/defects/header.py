"""Defects of the header: what the document is, its patient, authors, custodian and events."""

from apd.standard.codes import Oid
from apd.standard.templates import EPISODE_EVENT, TIME_EVENT, VERSION_EVENT
from apd.testing.defects import given
from apd.testing.defects.defect import END, IN_CDA, START, Defect

_NOBODY = '<assignedEntity><id nullFlavor="NI"/></assignedEntity>'
_SIGNED = f'<time nullFlavor="NI"/><signatureCode code="S"/>{_NOBODY}'

DEFECTS = (
    Defect("CONF-DK-APD:cdc3", "double realmCode"),
    Defect("CONF-DK-APD:cdc3-CODE", "set realmCode code=SE"),
    Defect("CONF-DK-APD:b962", "remove typeId", also=IN_CDA),
    Defect("CONF-DK-APD:9a86", "set typeId root=1.2.3", also=("XSD-VALUE",)),
    Defect("CONF-DK-APD:dc34", "set typeId extension=other"),
    Defect("CONF-DK-APD:6c69", "set templateId root=1.2.3"),
    Defect("CONF-DK-APD:6c69-DATE", "set templateId extension=2017-03-10"),
    Defect("CONF-DK-APD:a5bd", "remove id", also=IN_CDA),
    Defect("CONF-DK-APD:c89b", "set id extension=17"),
    Defect("CONF-DK-APD:f917", "remove code", also=IN_CDA),
    Defect("CONF-DK-APD:7d26", "set code code=1"),
    Defect("CONF-DK-APD:4660", "set code codeSystem=1.2.3"),
    Defect("CONF-DK-APD:e56b", "set code displayName=Appointment"),
    Defect("APD-DOCUMENT-CODE-1", "unset code codeSystemName"),
    Defect("CONF-DK-APD:17da", "remove title"),
    Defect("CONF-DK-APD:9ac6", "text title Aftale"),
    Defect("APD-TITLE-1", "set title nullFlavor=OTH"),
    Defect("CONF-DK-APD:1640", "remove effectiveTime", also=IN_CDA),
    Defect("CONF-DK:33", "set effectiveTime value=202602010930"),
    Defect(
        "CONF-DK:33-APPOINTMENT",
        "set $time/effectiveTime/high value=99971230"
        " && set $encounter/effectiveTime/high value=99971230",
        given=(given.end,),
    ),
    Defect("CONF-DK:36", "set confidentialityCode code=X"),
    Defect("CONF-DK:37", "set languageCode code=en"),
    Defect(
        "APD-SET-ID-1",
        'after setId <setId root="1.2.3" extension="1"/>',
        given=(given.set_id,),
        also=IN_CDA,
    ),
    Defect("PROHIBIT-dataEnterer", f"before custodian <dataEnterer>{_NOBODY}</dataEnterer>"),
    Defect("PROHIBIT-informant", f"before custodian <informant>{_NOBODY}</informant>"),
    Defect(
        "PROHIBIT-informationRecipient",
        "after custodian <informationRecipient><intendedRecipient/></informationRecipient>",
    ),
    Defect(
        "PROHIBIT-legalAuthenticator",
        f"after custodian <legalAuthenticator>{_SIGNED}</legalAuthenticator>",
    ),
    Defect("PROHIBIT-authenticator", f"after custodian <authenticator>{_SIGNED}</authenticator>"),
    Defect(
        "PROHIBIT-participant",
        'after custodian <participant typeCode="IND"><associatedEntity classCode="PRS"/>'
        "</participant>",
    ),
    Defect(
        "PROHIBIT-inFulfillmentOf",
        'after custodian <inFulfillmentOf><order><id nullFlavor="NI"/></order></inFulfillmentOf>',
    ),
    # patient
    Defect("APD-PATIENT-1", "double recordTarget"),
    # the title tells a CPR number, and the patient has none
    Defect("APD-PATIENT-2", "set $patient/id root=1.2.3", also=("CONF-DK-APD:9ac6",)),
    Defect(
        "APD-GENDER-1",
        "set $patient/patient/administrativeGenderCode code=W",
        given=(given.gender,),
    ),
    Defect(
        "CONF-DK:19-PROVIDER",
        "set $patient/providerOrganization/id root=1.2.3",
        given=(given.own_practice,),
    ),
    # authors
    Defect("CONF-DK-APD:61c6", "double author[2]", given=(given.requester,)),
    Defect("CONF-DK-APD:4b90", "set $author/id root=1.2.3"),
    Defect("CONF-DK-APD:40d4", "set $requester/code code=RESP", given=(given.requester,)),
    Defect("CONF-DK-APD:7616", f"set $requester/id root={Oid.PROVIDER}", given=(given.requester,)),
    Defect("CONF-DK-APD:8cd7", "remove $author/addr"),
    Defect("CONF-DK-APD:c79d", "remove $author/telecom", given=(given.one_phone_of_responsible,)),
    Defect(
        "APD-AUTHOR-CODE-1",
        'after $author/id <code code="1" codeSystem="1.2.3"/>'
        ' && after $author/code <code code="2" codeSystem="1.2.3"/>',
        also=IN_CDA,
    ),
    # custodian: who has no id has none that says who it is
    Defect(
        "APD-CUSTODIAN-1",
        'after $custodian/id <id nullFlavor="NI"/> && remove $custodian/id',
        also=("CONF-DK:19-CUSTODIAN",),
    ),
    Defect("CONF-DK:19-CUSTODIAN", "set $custodian/id assigningAuthorityName=x"),
    Defect(
        "APD-CONSENT-1",
        'before component <authorization><consent><statusCode code="active"/></consent>'
        "</authorization>",
    ),
    # events: time, version, episode of care
    Defect("CONF-DK-APD:851d", "double $time/.."),
    Defect(
        "CONF-DK-APD:4318",
        f'after $time/templateId <templateId root="{TIME_EVENT}" extension="2"/>',
    ),
    Defect("CONF-DK-APD:0b52", "remove $time/effectiveTime/low", also=(START,)),
    Defect(
        "CONF-DK-APD:0561",
        "unset $time/effectiveTime/low value && set $time/effectiveTime/low nullFlavor=NI",
        also=(START,),
    ),
    Defect("CONF-DK-APD:2d8c", "remove $time/effectiveTime/high", also=(END,)),
    Defect(
        "CONF-DK-APD:eff6",
        "unset $time/effectiveTime/high value",
        given=(given.end,),
        also=(END, "DT-TS-EMPTY"),
    ),
    Defect("CONF-DK-APD:69ee", "double $version/.."),
    Defect(
        "CONF-DK-APD:0b61",
        f'after $version/templateId <templateId root="{VERSION_EVENT}" extension="2"/>',
    ),
    Defect("CONF-DK-APD:a2e5", "set $version/id extension=apd-v1.1"),
    # then there is no id that tells the version
    Defect(
        "CONF-DK-APD:a879",
        "set $version/id root=1.2.208.184.100.3",
        also=("CONF-DK-APD:a2e5",),
    ),
    Defect("CONF-DK-APD:c69d", "unset $version/id assigningAuthorityName"),
    Defect("CONF-DK-APD:42f3", "double $episode/..", given=(given.episode,)),
    Defect(
        "CONF-DK-APD:2035",
        f'after $episode/templateId <templateId root="{EPISODE_EVENT}" extension="2"/>',
        given=(given.episode,),
    ),
    Defect("CONF-DK-APD:158f", "remove $episode/code", given=(given.episode,)),
    Defect("CONF-DK-APD:44e3", "set $episode/code codeSystem=1.2.3", given=(given.episode,)),
    Defect("CONF-DK-APD:b670", "set $episode/code codeSystemName=SKS", given=(given.episode,)),
    Defect(
        "CONF-DK-APD:8aa5",
        f'after $episode/templateId <id root="{Oid.MEDCOM}" extension="F-2"'
        ' assigningAuthorityName="MedCom"/>',
        given=(given.episode,),
    ),
    Defect("APD-TIME-EVENT-1", "set $time nullFlavor=NI"),
)
