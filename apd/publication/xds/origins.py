"""What each attribute is and where it comes from, in words, for those who read findings.

Source: Danish XDS metadata profile 1.0.1; APD-DK 2.0.1.
"""

from apd.wording import Wording

_ORIGINS: dict[str, Wording] = {
    "author": Wording(
        "den aftaleansvarlige (author[1]) med organisationens navn og SOR-kode",
        "the responsible (author[1]), with the organisation's name and SOR code",
    ),
    "availabilityStatus": Wording("status i registret", "the status in the registry"),
    "classCode": Wording("altid 001, Klinisk rapport", "always 001, clinical report"),
    "confidentialityCode": Wording(
        "dokumentets confidentialityCode, N", "the document's confidentialityCode, N"
    ),
    "contentTypeCode": Wording("dokumentets typeCode", "the document's typeCode"),
    "creationTime": Wording(
        "dokumentets effectiveTime, i UTC", "the document's effectiveTime, in UTC"
    ),
    "entryUUID": Wording("registreringens id", "the id of the entry"),
    "eventCodeList": Wording(
        "forløbslabelen i dokumentet, hvis der er en", "the document's episode label, if any"
    ),
    "extraSlots": Wording(
        "slots, der ikke har et felt for sig selv", "slots that have no field of their own"
    ),
    "formatCode": Wording(
        "koden for APD-DK 2.0.1; ældre udgaver har ingen, skriv dem som 2.0.1",
        "the code of APD-DK 2.0.1; older releases have none, write them as 2.0.1",
    ),
    "hash": Wording("SHA-1 af dokumentets bytes", "the SHA-1 of the document's bytes"),
    "healthcareFacilityTypeCode": Wording(
        "enhedstypen fra producentens konfiguration",
        "the type of facility, from the producer's configuration",
    ),
    "homeCommunityId": Wording(
        "XDS-domænet fra producentens konfiguration",
        "the XDS domain, from the producer's configuration",
    ),
    "languageCode": Wording(
        "dokumentets languageCode, da-DK", "the document's languageCode, da-DK"
    ),
    "legalAuthenticator": Wording(
        "den, der har underskrevet; en aftale har ingen",
        "whoever signed it; an appointment has none",
    ),
    "logicalID": Wording("registrets id for alle versioner", "the registry's id for all versions"),
    "mimeType": Wording("altid text/xml", "always text/xml"),
    "objectType": Wording("et lagret dokument (stable)", "a stored document (stable)"),
    "patientId": Wording("patientens CPR-nummer", "the patient's CPR number"),
    "practiceSettingCode": Wording(
        "specialet fra producentens konfiguration",
        "the specialty, from the producer's configuration",
    ),
    "referenceIdList": Wording("andre ting, den hører til", "other things that it belongs to"),
    "repositoryUniqueId": Wording("repositoriets OID", "the repository's OID"),
    "serviceStartTime": Wording("aftalens start, i UTC", "the appointment's start, in UTC"),
    "serviceStopTime": Wording(
        "aftalens slut, i UTC, hvis den kendes", "the appointment's end, in UTC, if it is known"
    ),
    "size": Wording("antallet af bytes i dokumentet", "the number of the document's bytes"),
    "sourceId": Wording(
        "OID for det afsendende system, fra producentens konfiguration",
        "the OID of the submitting system, from the producer's configuration",
    ),
    "sourcePatientId": Wording("patientens CPR-nummer", "the patient's CPR number"),
    "sourcePatientInfo": Wording(
        "patientens navn, fødselsdato og køn", "the patient's name, date of birth and gender"
    ),
    "submissionTime": Wording("afsendelsens tidspunkt, i UTC", "the time of submission, in UTC"),
    "SubmissionSet.title": Wording("hvad afsendelsen kaldes", "what the submission is called"),
    "SubmissionSet.uniqueId": Wording("en ny OID", "a new OID"),
    "title": Wording("dokumentets titel", "the document's title"),
    "typeCode": Wording("dokumentets code, 39289-4", "the document's code, 39289-4"),
    "uniqueId": Wording("dokumentets id", "the document's id"),
    "URI": Wording("dokumentets adresse", "the document's address"),
    "version": Wording("registreringens version", "the version of the entry"),
}


def origin_of(kind: str, name: str) -> Wording:
    """What an attribute is and where it comes from.

    Args:
        kind: what has it: ``DocumentEntry`` or ``SubmissionSet``.
        name: its name in XDS.
    """
    return _ORIGINS.get(f"{kind}.{name}") or _ORIGINS[name]
