"""OIDs, code systems, template ids and the closed lists of codes, with their display texts.

Sources: HL7 CDA R2 vocabulary; MedCom message codes (1.2.208.184.100.1); APD-DK 2.0.1.
"""

from enum import StrEnum

from apd.wording import WordedIntEnum, WordedStrEnum, Wording


class Oid(StrEnum):
    """Roots of identifiers and code systems that the profile names."""

    SOR = "1.2.208.176.1.1"
    CPR = "1.2.208.176.1.2"
    PROVIDER = "1.2.208.176.1.4"
    MEDCOM = "1.2.208.184"
    EPISODE_OF_CARE = "1.2.208.176.7.1.10.83"
    SKS = "1.2.208.176.2.4"
    MEDCOM_MESSAGE_CODES = "1.2.208.184.100.1"
    MEDCOM_PROFILE_VERSION = "1.2.208.184.100.10"
    LOINC = "2.16.840.1.113883.6.1"
    SNOMED_CT = "2.16.840.1.113883.6.96"
    CONFIDENTIALITY = "2.16.840.1.113883.5.25"
    GENDER = "2.16.840.1.113883.5.1"
    PARTICIPATION_TYPE = "2.16.840.1.113883.5.90"


SKS_NAME = "Sundhedsvæsenets Klassifikations System"

CODE_SYSTEM_NAMES: dict[str, str] = {
    Oid.SKS: SKS_NAME,
    Oid.MEDCOM_MESSAGE_CODES: "MedCom Message Codes",
    Oid.LOINC: "LOINC",
    Oid.SNOMED_CT: "SNOMED CT",
    Oid.PARTICIPATION_TYPE: "ParticipationType (HL7) Code System",
}


NULL_FLAVORS = (
    *("NP", "NI", "MSK", "NA", "OTH", "NINF", "PINF", "UNK"),
    *("NASK", "TRC", "ASKU", "NAV"),
)
"""The null flavors of CDA R2."""


# --- what is the same in every appointment document ---

REALM = "DK"
TYPE_ROOT, TYPE_EXTENSION = "2.16.840.1.113883.1.3", "POCD_HD000040"
"""The typeId: HL7's registered models, and CDA R2 among them."""
LANGUAGE = "da-DK"
DOCUMENT_CODE = "39289-4"
"""LOINC's code of an appointment."""
DOCUMENT_DISPLAY = "Dato og tidspunkt for møde mellem patient og sundhedsperson"
SECTION_CODE, SECTION_DISPLAY = "18776-5", "Plan of care note"
"""LOINC's code of a plan, and its words."""
REFERRED_BY, REFERRED_BY_DISPLAY = "REFB", "ParticipationReferredBy"
"""The role of the requester among the authors."""
REQUESTER_CODES = (REFERRED_BY, "RESB")
"""What documents have for it: RESB is not a code of the system; REFB was meant."""
REPETITION_CODE, INDICATIVE_CODE = "RepeatingDocumentType", "GuidedIntervalType"
"""The criteria of the preconditions."""
FREE_TEXT = "NI"
"""The code of a reason that is not coded; it has no code system."""


class Category(WordedStrEnum):
    """Who runs the appointment: region, municipality or practice (aftalekategori)."""

    REGIONAL = "RegionalAppointment", Wording("Regional aftale", "Regional appointment")
    MUNICIPAL = "MunicipalityAppointment", Wording("Kommunal aftale", "Municipal appointment")
    PRACTITIONER = (
        "PractitionerAppointment",
        Wording("Aftale i praksissektoren", "Practitioner appointment"),
    )


class AppointmentType(WordedIntEnum):
    """The appointment types (aftaletyper) 1 to 4 of Aftaleoversigten 2.0, table 2.

    Type 5 (interval) is phased out since errata item 4; it is expressed as type 2.
    """

    STANDARD = 1, Wording("Standardaftale", "Standard appointment")
    INDICATIVE = 2, Wording("Tidspunkt ikke eksakt", "Time not exact")
    OPEN_END = 3, Wording("Sluttidspunkt ikke kendt", "End not known")
    REPEATING = 4, Wording("Repeterende aftale", "Repeating appointment")


class Status(WordedStrEnum):
    """HL7 ActStatus. A valid appointment is active (business rule #4)."""

    ACTIVE = "active", Wording("aktiv", "active")
    NORMAL = "normal", Wording("normal", "normal")
    ABORTED = "aborted", Wording("afbrudt", "aborted")
    CANCELLED = "cancelled", Wording("aflyst", "cancelled")
    COMPLETED = "completed", Wording("afsluttet", "completed")
    HELD = "held", Wording("sat i bero", "held")
    NEW = "new", Wording("ny", "new")
    SUSPENDED = "suspended", Wording("midlertidigt afbrudt", "suspended")
    NULLIFIED = "nullified", Wording("annulleret", "nullified")
    OBSOLETE = "obsolete", Wording("forældet", "obsolete")


class Confidentiality(WordedStrEnum):
    """HL7 confidentiality: normal, restricted, very restricted."""

    NORMAL = "N", Wording("normal", "normal")
    RESTRICTED = "R", Wording("begrænset adgang", "restricted")
    VERY_RESTRICTED = "V", Wording("meget begrænset adgang", "very restricted")


class Gender(WordedStrEnum):
    """HL7 administrative gender (køn)."""

    MALE = "M", Wording("mand", "male")
    FEMALE = "F", Wording("kvinde", "female")
    UNDIFFERENTIATED = "UN", Wording("ubestemt", "undifferentiated")


class AddressUse(StrEnum):
    """HL7 PostalAddressUse: what an address is for."""

    HOME = "H"
    PRIMARY_HOME = "HP"
    VACATION_HOME = "HV"
    WORK = "WP"
    DIRECT = "DIR"
    PUBLIC = "PUB"
    BAD = "BAD"
    TEMPORARY = "TMP"
    PHYSICAL = "PHYS"
    POSTAL = "PST"


class TelecomUse(StrEnum):
    """HL7 TelecommunicationAddressUse: what a telephone number or address is for."""

    HOME = "H"
    PRIMARY_HOME = "HP"
    VACATION_HOME = "HV"
    WORK = "WP"
    DIRECT = "DIR"
    PUBLIC = "PUB"
    BAD = "BAD"
    TEMPORARY = "TMP"
    MOBILE = "MC"
    ANSWERING_SERVICE = "AS"
    EMERGENCY = "EC"
    PAGER = "PG"


REMARKS: dict[str, Wording] = {
    "BAD": Wording("gælder ikke længere", "no longer valid"),
    "TMP": Wording("midlertidig", "temporary"),
}
"""What must be stated wherever an address or a telephone number is shown, by its use."""


class NullFlavor(StrEnum):
    """HL7 NullFlavor: why a value is missing."""

    NO_INFORMATION = "NI"
    OTHER = "OTH"
    NEGATIVE_INFINITY = "NINF"
    POSITIVE_INFINITY = "PINF"
    UNKNOWN = "UNK"
    ASKED_BUT_UNKNOWN = "ASKU"
    TEMPORARILY_UNAVAILABLE = "NAV"
    NOT_ASKED = "NASK"
    TRACE = "TRC"
    MASKED = "MSK"
    NOT_APPLICABLE = "NA"
    NOT_PRESENT = "NP"


DOCUMENT_TEMPLATE = "1.2.208.184.14.1"
SECTION_TEMPLATE = "1.2.208.184.14.11.1"
ENCOUNTER_TEMPLATE = "1.2.208.184.14.11.2"
LOCATION_TEMPLATE = "1.2.208.184.14.11.3"
REPETITION_TEMPLATE = "1.2.208.184.14.11.4"
INDICATIVE_TEMPLATE = "1.2.208.184.14.11.5"
PRECONDITIONS = {REPETITION_TEMPLATE: REPETITION_CODE, INDICATIVE_TEMPLATE: INDICATIVE_CODE}
"""The codes of preconditions, by the template of their kind."""

# The service events have no date.
VERSION_EVENT = "1.2.208.184.10.1.10"
TIME_EVENT = "1.2.208.184.10.1.11"
EPISODE_EVENT = "1.2.208.184.10.1.12"

TIME_UNITS = frozenset(("us", "ms", "s", "min", "h", "d", "wk", "mo", "a"))
"""The units of a length of time, from microseconds to years (UCUM)."""
