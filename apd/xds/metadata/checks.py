"""Checks that metadata are complete, use the value sets, and agree with their document.

Source: Danish XDS metadata profile 1.0.1; APD-DK 2.0.1.


Findings are like the validator's; their ids are ``XDS:`` and the attribute (disagreement),
``XDS-REQUIRED:``, ``XDS-FORBIDDEN:``, ``XDS-VALUE:`` and ``XDS-LENGTH:``.
Source: Danish XDS metadata profile 1.0.1.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from attrs import evolve, fields, has

from apd.errors import InvalidValue
from apd.findings import Finding, Layer, Report, Severity
from apd.model.code import Code
from apd.model.contact import PersonName
from apd.model.document import AppointmentDocument
from apd.model.identifiers import CprNumber
from apd.model.time import midnight
from apd.standard.codes import Oid
from apd.wording import Language, Wording
from apd.xds.metadata.attribute_formats import (
    MOST_OF_A_NAME,
    MOST_OF_A_VALUE,
    Format,
    read_unique_id,
    write_author,
)
from apd.xds.metadata.attributes import (
    DOCUMENT_ENTRY,
    SUBMISSION_SET,
    Attribute,
    Optionality,
    Place,
)
from apd.xds.metadata.composite_values import Author, Slot, SourcePatientInfo
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.metadata.from_document import from_bytes, from_document
from apd.xds.metadata.submission import SubmissionSet
from apd.xds.metadata.value_sets import TEST_HOME_COMMUNITIES, VALUE_SETS, ValueSet

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
        "koden for APD-DK 2.0.1; ældre versioner har ingen, skriv dem som 2.0.1",
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
    "referenceIdList": Wording(
        "andet, som dokumentet er knyttet til", "other items that the document is linked to"
    ),
    "repositoryUniqueId": Wording("repositoriets OID", "the repository's OID"),
    "serviceStartTime": Wording("aftalens start, i UTC", "the appointment's start, in UTC"),
    "serviceStopTime": Wording(
        "aftalens slut, i UTC, hvis den kendes", "the appointment's end, in UTC, if it is known"
    ),
    "size": Wording("dokumentets størrelse i bytes", "the size of the document in bytes"),
    "sourceId": Wording(
        "OID for det afsendende system, fra producentens konfiguration",
        "the OID of the submitting system, from the producer's configuration",
    ),
    "sourcePatientId": Wording("patientens CPR-nummer", "the patient's CPR number"),
    "sourcePatientInfo": Wording(
        "patientens navn, fødselsdato og køn", "the patient's name, date of birth and gender"
    ),
    "submissionTime": Wording("afsendelsens tidspunkt, i UTC", "the time of submission, in UTC"),
    "SubmissionSet.title": Wording("afsendelsens titel", "the title of the submission"),
    "SubmissionSet.uniqueId": Wording("en ny OID", "a new OID"),
    "title": Wording("dokumentets titel", "the document's title"),
    "typeCode": Wording("dokumentets code, 39289-4", "the document's code, 39289-4"),
    "uniqueId": Wording("dokumentets id", "the document's id"),
    "URI": Wording("dokumentets adresse", "the document's address"),
    "version": Wording("registreringens version", "the version of the entry"),
}


def origin_of(kind: str, name: str) -> Wording:
    """The description and the source of an attribute of an entry or a submission set."""
    return _ORIGINS.get(f"{kind}.{name}") or _ORIGINS[name]


SOURCE = "Danish XDS metadata profile 1.0.1"

Holder = DocumentEntry | SubmissionSet
_A_DAY = datetime.timedelta(days=1)
_DEMANDED = frozenset({Optionality.REQUIRED, Optionality.EXPECTED})


def _texts_of(slots: Iterable[Slot]) -> list[str]:
    return [text for slot in slots for text in (slot.name, *slot.values)]


_EXTRA_SLOTS = Attribute(
    "extraSlots", "extra_slots", Optionality.OPTIONAL, Format(_texts_of, tuple), Place.SLOT
)
_CHECKED = (*DOCUMENT_ENTRY, _EXTRA_SLOTS)


def check_entry(entry: DocumentEntry, *, stored: bool = False, language: Language = "en") -> Report:
    """Check that an entry has the required attributes, and codes of the value sets.

    Args:
        entry: the entry.
        stored: whether it must also have the repository's attributes: hash, size, repository id.
        language: the language of the messages.
    """
    demanded = _DEMANDED | {Optionality.REPOSITORY} if stored else _DEMANDED
    return report_of(_faults(entry, _CHECKED, demanded), language)


def check_submission_set(submission_set: SubmissionSet, *, language: Language = "en") -> Report:
    """Check that a submission set has the required attributes.

    Args:
        submission_set: the submission set.
        language: the language of the messages.
    """
    return report_of(_faults(submission_set, SUBMISSION_SET, _DEMANDED), language)


def check_metadata(
    document: AppointmentDocument,
    entry: DocumentEntry,
    data: bytes | None = None,
    *,
    language: Language = "en",
) -> Report:
    """Check that an entry is complete and agrees with its document.

    Codes are compared with their systems, not with their names. Hash and size are compared if the
    bytes are given and the entry has them.

    Args:
        document: the document.
        entry: its entry, made or read.
        data: the document's bytes, or None.
        language: the language of the messages.
    """
    expected = from_document(document)
    if data is not None:
        found = from_bytes(data)
        expected |= {name: found[name] for name in found if getattr(entry, name) is not None}
    faults = list(_faults(entry, _CHECKED, _DEMANDED))
    missing = {fault.path for fault in faults if fault.rule.startswith("XDS-REQUIRED")}
    faults += [fault for fault in disagreements(entry, expected) if fault.path not in missing]
    return report_of(faults, language)


def report_of(faults: Iterable[Finding], language: Language) -> Report:
    """The findings as a report in one language."""
    return Report([evolve(fault, language=language) for fault in faults])


def _finding(
    kind: str, row: Attribute, holder: Holder, da: str, en: str, severity: Severity = Severity.ERROR
) -> Finding:
    """A finding about an attribute, with its description and source."""
    held_by = type(holder).__name__
    origin = origin_of(held_by, row.name)
    return Finding(
        rule=f"XDS{kind}:{row.name}",
        layer=Layer.PROFILE,
        wording=Wording(f"{row.name} {da}: {origin.da}.", f"{row.name} {en}: {origin.en}."),
        severity=severity,
        path=f"{held_by}.{row.name}",
        source=f"{SOURCE}, {row.name}",
    )


# --- what is demanded ------------------------------------------------------------------------


def _faults(
    holder: Holder, table: Iterable[Attribute], demanded: frozenset[Optionality]
) -> Iterator[Finding]:
    """The findings of metadata by themselves, attribute by attribute."""
    for row in table:
        if not row.values(holder):
            yield from _missing(row, holder, demanded)
        else:
            yield from _unwanted(row, holder)
            yield from _incomplete(row, holder)
            yield from _foreign(row, holder)
            yield from _too_long(row, holder)


def _missing(row: Attribute, holder: Holder, demanded: frozenset[Optionality]) -> Iterator[Finding]:
    if row.optionality in demanded:
        severity = Severity.WARNING if row.optionality is Optionality.EXPECTED else Severity.ERROR
        yield _finding("-REQUIRED", row, holder, "mangler", "is missing", severity)


def _unwanted(row: Attribute, holder: Holder) -> Iterator[Finding]:
    if row.optionality is Optionality.FORBIDDEN:
        yield _finding("-FORBIDDEN", row, holder, "skal udelades", "must be left out")


def _incomplete(row: Attribute, holder: Holder) -> Iterator[Finding]:
    """The findings of an author or patient that lacks a required part."""
    value = getattr(holder, row.field)
    needed: tuple[object, ...] = ()
    if isinstance(value, Author):
        institution = value.institution
        needed = (institution and institution.name, institution and institution.id)
    elif isinstance(value, SourcePatientInfo):
        needed = (value.name, value.birth_date, value.gender)
    if any(part is None for part in needed):
        yield _finding("-REQUIRED", row, holder, "er ikke fuldstændig", "is not complete")


# --- what is allowed -------------------------------------------------------------------------


def _foreign(row: Attribute, holder: Holder) -> Iterator[Finding]:
    """The findings of values outside their value set, or numbers from another register."""
    weigh = _WEIGHTS.get(row.name)
    severity = None if weigh is None else weigh(getattr(holder, row.field))
    if severity is not None:
        wording = _IS_NO_CPR if weigh is _is_cpr else _IS_NO_OID if weigh is _is_id else _IS_FOREIGN
        yield _finding("-VALUE", row, holder, wording.da, wording.en, severity)


_IS_FOREIGN = Wording("er ikke fra værdisættet", "is not of the value set")
_IS_NO_CPR = Wording("er ikke et CPR-nummer på ti cifre", "is not a CPR number of ten digits")

_IS_NO_OID = Wording("er ikke en OID", "is not an OID")

Weigh = Callable[[Any], Severity | None]
"""The severity of a value outside its set; None for one in the set."""


def _of(allowed: ValueSet, severity: Severity = Severity.ERROR) -> Weigh:
    def weigh(value: Any) -> Severity | None:
        codes = value if isinstance(value, tuple) else (value,)
        return None if all(code in allowed for code in codes) else severity

    return weigh


def _is_cpr(value: Any) -> Severity | None:
    """By its class: below the root of CPR, there may be a number that is not a CPR number."""
    return None if isinstance(value, CprNumber) else Severity.ERROR


def _is_id(value: Any) -> Severity | None:
    """An error for an id that does not begin with an OID or UUID."""
    is_text = isinstance(value, str) and isinstance(read_unique_id(value), str)
    return Severity.ERROR if is_text else None


def _from_sor(value: Author) -> Severity | None:
    """A warning for another register: a provider number is legal in the document."""
    identifier = None if value.institution is None else value.institution.id
    return None if identifier is None or identifier.root == Oid.SOR else Severity.WARNING


def _domain(value: str) -> Severity | None:
    if value in TEST_HOME_COMMUNITIES:
        return Severity.INFORMATION
    return None if value in VALUE_SETS["homeCommunityId"] else Severity.ERROR


_WEIGHTS: dict[str, Weigh] = {
    **{name: _of(allowed) for name, allowed in VALUE_SETS.items()},
    "author": _from_sor,
    # codes of other lists are seen there, too
    "eventCodeList": _of(VALUE_SETS["eventCodeList"], Severity.WARNING),
    "homeCommunityId": _domain,
    "patientId": _is_cpr,
    "sourcePatientId": _is_cpr,
    "repositoryUniqueId": _is_id,
    "uniqueId": _is_id,
}


def _too_long(row: Attribute, holder: Holder) -> Iterator[Finding]:
    """The finding of a text that is too long as written, separators included."""
    exceeded = [most for text, most in _written(row, holder) if len(text) > most]
    if exceeded:
        most = exceeded[0]
        yield _finding(
            "-LENGTH", row, holder, f"er på over {most} tegn", f"has more than {most} characters"
        )


def _written(row: Attribute, holder: Holder) -> Iterator[tuple[str, int]]:
    """The texts of an attribute in ebRIM, with their maximum length."""
    for value in row.values(holder):
        if isinstance(value, Code):
            yield value.code, MOST_OF_A_VALUE
            yield value.system, MOST_OF_A_VALUE
            yield value.display or "", MOST_OF_A_NAME
        elif isinstance(value, Author):
            yield from ((text, MOST_OF_A_VALUE) for text in write_author(value).values())
        else:
            yield value, row.format.most


# --- whether it agrees with the document -----------------------------------------------------


def disagreements(entry: DocumentEntry, expected: dict[str, Any]) -> Iterator[Finding]:
    """What in an entry is not the expected value of its field."""
    right = evolve(entry, **expected)
    for row in DOCUMENT_ENTRY:
        given, demanded = getattr(entry, row.field), getattr(right, row.field)
        if _meant(given) != _meant(demanded) and not _is_same_day(given, demanded):
            yield _finding(
                "", row, entry, "svarer ikke til dokumentet", "does not agree with the document"
            )


def _is_same_day(one: Any, other: Any) -> bool:
    """True for a date and a moment that may be equal, as written by others or cut by a registry.

    That is midnight of the day in UTC, whose zeros a registry may cut; or any moment of the day in
    Denmark up to the midnight that ends it, as the document says the day with a time, too.
    """
    for day, moment in ((one, other), (other, one)):
        if type(day) is datetime.date and isinstance(moment, datetime.datetime):
            if moment == datetime.datetime.combine(day, datetime.time(), datetime.UTC):
                return True
            try:
                return midnight(day) <= moment <= midnight(day + _A_DAY)
            except (InvalidValue, OverflowError):  # a year that times do not have here
                return False
    return False


def _meant(value: Any) -> object:
    """A value in a comparable form: codes without their names."""
    if isinstance(value, Code):
        return value.code, value.system
    if isinstance(value, PersonName):
        # some systems write several given names as one
        return value.family, " ".join(value.given)
    if isinstance(value, tuple):
        return frozenset(map(_meant, value))
    if has(type(value)):
        return type(value), *(_meant(getattr(value, part.name)) for part in fields(type(value)))
    return value
