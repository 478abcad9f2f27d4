"""Defects of the header: document type, patient, authors, custodian and events."""

from apd.standard.codes import REFERRED_BY, Oid
from apd.testing.defects import given
from apd.testing.defects.editing import IN_CDA, Defect

_NOBODY = '<assignedEntity><id nullFlavor="NI"/></assignedEntity>'
_SIGNED = f'<time nullFlavor="NI"/><signatureCode code="S"/>{_NOBODY}'

_OTHER_CPR = "2512489996"  # one of the official test numbers

DEFECTS = (
    Defect("CONF-DK-APD:b962", also=IN_CDA),
    Defect("CONF-DK-APD:9a86", also=("XSD-VALUE",)),
    Defect("CONF-DK-APD:a5bd", also=IN_CDA),
    Defect("CONF-DK-APD:f917", also=IN_CDA),
    Defect("CONF-DK-APD:9ac6", "text title Aftale"),
    Defect("APD-TITLE-1", "set title nullFlavor=OTH"),
    Defect("CONF-DK-APD:1640", also=IN_CDA),
    Defect(
        "CONF-DK:33-APPOINTMENT",
        "set $time/effectiveTime/high value=99971230"
        " && set $encounter/effectiveTime/high value=99971230",
        given=(given.end,),
    ),
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
    Defect(
        "APD-RELATED-DOCUMENT-1",
        'before component <relatedDocument typeCode="RPLC"><parentDocument><id root="1.2.3"/>'
        '<code code="1" codeSystem="1.2.3"/></parentDocument></relatedDocument>',
    ),
    # patient
    Defect("APD-PATIENT-1", "double recordTarget"),
    Defect(
        "APD-PATIENT-3",
        f'after $patient/id <id root="{Oid.CPR}" extension="{_OTHER_CPR}"'
        ' assigningAuthorityName="CPR"/>',
    ),
    Defect("APD-GENDER-1", given=(given.gender,)),
    # authors
    Defect("CONF-DK-APD:61c6", "double author[2]", given=(given.requester,)),
    Defect("CONF-DK-APD:c79d", given=(given.one_phone_of_responsible,)),
    Defect(
        "APD-AUTHOR-CODE-1",
        'after $author/id <code code="1" codeSystem="1.2.3"/>'
        ' && after $author/code <code code="2" codeSystem="1.2.3"/>',
        also=IN_CDA,
    ),
    Defect(
        "APD-AUTHOR-CODE-2",
        f'after $author/id <code code="{REFERRED_BY}" codeSystem="{Oid.PARTICIPATION_TYPE}"/>',
    ),
    # custodian: who has no id has none that says who it is
    Defect("APD-CUSTODIAN-2", also=IN_CDA),
    Defect(
        "APD-CUSTODIAN-1",
        'after $custodian/id <id nullFlavor="NI"/> && remove $custodian/id',
    ),
    Defect("CONF-DK:19-CUSTODIAN", "set $custodian/id assigningAuthorityName=x"),
    Defect(
        "APD-CONSENT-1",
        'before component <authorization><consent><statusCode code="active"/></consent>'
        "</authorization>",
    ),
    # events: time, version, episode of care
    Defect("CONF-DK-APD:851d", "double $time/.."),
    Defect("CONF-DK-APD:4318", also=("DT-II-SAME",)),
    Defect("CONF-DK-APD:0b52"),
    Defect(
        "CONF-DK-APD:0561",
        "unset $time/effectiveTime/low value && set $time/effectiveTime/low nullFlavor=NI",
    ),
    Defect("CONF-DK-APD:2d8c"),
    Defect("CONF-DK-APD:eff6", given=(given.end,)),
    Defect("CONF-DK-APD:69ee", "double $version/.."),
    Defect("CONF-DK-APD:0b61", also=("DT-II-SAME",)),
    Defect("APD-RELEASE", "set $version/id extension=apd-v1.1", also=("CONF-DK-APD:a2e5",)),
    Defect("CONF-DK-APD:a879"),
    Defect("CONF-DK-APD:42f3", "double $episode/..", given=(given.episode,)),
    Defect("CONF-DK-APD:2035", also=("DT-II-SAME",)),
    Defect(
        "CONF-DK-APD:8aa5",
        f'after $episode/templateId <id root="{Oid.MEDCOM}" extension="F-2"'
        ' assigningAuthorityName="MedCom"/>',
        given=(given.episode,),
    ),
)
