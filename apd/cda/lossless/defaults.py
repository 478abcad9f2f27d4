"""Attributes with one value fixed or by default in the CDA schema, by the name of the element.

If a name is used for several classes, their values agree. Source: HL7 CDA R2, POCD_MT000040.
"""

_ACT = "moodCode=EVN"
_COMPONENT = "typeCode=COMP contextConductionInd=true"
_ORGANIZATION = "classCode=ORG determinerCode=INSTANCE"
_PERSON = "classCode=PSN determinerCode=INSTANCE"
_DEFAULTS = {
    "ClinicalDocument": f"classCode=DOCCLIN {_ACT}",
    "recordTarget": "typeCode=RCT contextControlCode=OP",
    "patientRole": "classCode=PAT",
    "patient": _PERSON,
    "providerOrganization": _ORGANIZATION,
    "author": "typeCode=AUT contextControlCode=OP",
    "assignedAuthor": "classCode=ASSIGNED",
    "assignedPerson": _PERSON,
    "representedOrganization": _ORGANIZATION,
    "custodian": "typeCode=CST",
    "assignedCustodian": "classCode=ASSIGNED",
    "representedCustodianOrganization": _ORGANIZATION,
    "documentationOf": "typeCode=DOC",
    "serviceEvent": f"classCode=ACT {_ACT}",
    "component": _COMPONENT,
    "structuredBody": f"classCode=DOCBODY {_ACT}",
    "section": f"classCode=DOCSECT {_ACT}",
    "entry": _COMPONENT,
    "performer": "typeCode=PRF",
    "assignedEntity": "classCode=ASSIGNED",
    "participant": "contextControlCode=OP",
    "participantRole": "classCode=ROL",
    "playingEntity": "classCode=ENT determinerCode=INSTANCE",
    "entryRelationship": "contextConductionInd=true",
    "precondition": "typeCode=PRCN",
    "criterion": "classCode=OBS moodCode=EVN.CRT",
}
DEFAULTS: dict[str, frozenset[tuple[str, str]]] = {
    name: frozenset((key, value) for key, _, value in (d.partition("=") for d in stated.split()))
    for name, stated in _DEFAULTS.items()
}
"""By the name of an element, pairs of an attribute and its value if it is left out."""
