"""The HL7 data type of an element, by its name and that of its parent.

Source: CDA R2 (POCD_MT000040), data types release 1, SDTC extensions.
"""

DATA_TYPES = (
    *("II", "CS", "CD", "AD", "TEL", "PN", "ON", "EN", "ED", "TS", "IVL"),
    *("INT", "PQ", "BL"),
)
"""The HL7 data types by which elements are grouped. CD stands for CE and CV, ED for ST as well."""

NARRATIVE = "narrative"
"""Stands among the data types for the readable text of a section."""
UNOPENED = "unopened"
"""Statements and classes that an appointment does not use."""
BY_PARENT = "by parent"
"""The type depends on the parent: :data:`TYPES_BY_PARENT`."""
STATED = "stated"
"""The element states its type with xsi:type: :data:`STATED_TYPES`."""

_BY_TYPE = {
    "II": "id typeId templateId setId sdtc:id sdtc:templateId",
    "CS": "realmCode languageCode signatureCode statusCode sdtc:statusCode",
    "CD": """
        code confidentialityCode administrativeGenderCode maritalStatusCode
        religiousAffiliationCode raceCode ethnicGroupCode functionCode modeCode
        proficiencyLevelCode standardIndustryClassCode priorityCode awarenessCode
        dischargeDispositionCode interpretationCode methodCode targetSiteCode translation
        sdtc:code sdtc:raceCode sdtc:ethnicGroupCode sdtc:functionCode sdtc:dischargeDispositionCode
    """,
    "AD": "addr",
    "TEL": "telecom",
    "ED": "title desc originalText derivationExpr sdtc:desc",
    "TS": "birthTime copyTime sdtc:birthTime sdtc:deceasedTime",
    "INT": "versionNumber sequenceNumber sdtc:multipleBirthOrderNumber",
    "PQ": "quantity",
    "BL": "seperatableInd preferenceInd sdtc:deceasedInd sdtc:multipleBirthInd",
    UNOPENED: """
        act observationMedia organizer procedure regionOfInterest specimen
        substanceAdministration supply reference observationRange
    """,
    BY_PARENT: "name text effectiveTime time low high center",
    STATED: "value",
}
TYPES: dict[str, str] = {name: kind for kind, names in _BY_TYPE.items() for name in names.split()}
"""The type of an element by its name, or how to find it."""

_PERSONS = """
    patient assignedPerson playingEntity associatedPerson relatedPerson informationRecipient
    guardianPerson maintainingPerson subject
"""
_ORGANIZATIONS = """
    providerOrganization representedOrganization representedCustodianOrganization
    receivedOrganization scopingOrganization guardianOrganization wholeOrganization
    serviceProviderOrganization
"""
_WITH_ONE_TIME = "author dataEnterer legalAuthenticator authenticator"
_BOUNDS = dict.fromkeys(["effectiveTime", "time", "useablePeriod", "validTime"], "TS")
TYPES_BY_PARENT: dict[str, dict[str, str]] = {
    "name": {
        **dict.fromkeys(_PERSONS.split(), "PN"),
        **dict.fromkeys(_ORGANIZATIONS.split(), "ON"),
        **dict.fromkeys(["place", "location"], "EN"),
    },
    "text": {"section": NARRATIVE, "": "ED"},
    "effectiveTime": {"ClinicalDocument": "TS", "": "IVL"},
    "time": {**dict.fromkeys(_WITH_ONE_TIME.split(), "TS"), "": "IVL"},
    **dict.fromkeys(("low", "high", "center"), _BOUNDS),
}
"""The type by the name of the parent, and by "" for any other parent."""

STATED_TYPES = {
    **{kind: kind for kind in DATA_TYPES},
    **dict.fromkeys(("CE", "CV"), "CD"),
    "ST": "ED",
    "IVL_TS": "IVL",
}
"""Types that the value of an observation or a criterion can state."""
