"""The encounter: the appointment itself, its category, status and time.

Source: APD-DK 2.0.1, encounter; errata of 2021-11-24, item 5; CONF:134 and CONF:1098 (C-CDA).
"""

from apd.standard.business_rules import business_rule
from apd.standard.codes import ENCOUNTER_TEMPLATE, Category, Oid
from apd.standard.element import Element, Formed, In, Lexical
from apd.standard.elements.common_constraints import (
    ONLY_A_UUID,
    WARNING,
    at_most_one,
    dated_template,
    exactly_one,
    fixed,
    has,
    medcom_uuid,
    not_null,
    row,
)
from apd.standard.elements.events import (
    ALWAYS_HAS_HIGH,
    ALWAYS_STARTS,
    END_UNKNOWN,
    end_of,
    start_of,
)
from apd.standard.paths import BODY_INTERVAL, ENCOUNTER
from apd.standard.requirement import (
    DATA_TYPES,
    EXAMPLES,
    OFFICIAL,
    PROFILE,
    both,
    errata,
    requirement,
)
from apd.wording import Wording

_SOURCE = f"{PROFILE}, encounter"
THE_APPOINTMENT = Wording("Aftalen (encounter)", "The appointment (encounter)")
_THE_TIME = Wording("Aftalens tid", "The time of the appointment")
*_FIRST, _LAST = Category
_ALL_BUT_LAST = ", ".join(_FIRST)
ACTIVE = "active"

_IS_GIVEN = requirement(
    "",
    Wording(
        "Aftalens id og tid må ikke være null.",
        "The id and the time of the appointment must not be null.",
    ),
    Wording(
        "En aftale uden id kan ikke ændres, og en uden tid ikke vises.",
        "An appointment without an id cannot be changed, and one without a time cannot be shown.",
    ),
    Wording("Fjern nullFlavor, og angiv værdien.", "Remove the nullFlavor, and specify the value."),
    name="APD-ENCOUNTER-1",
    source=OFFICIAL,
)


def encounter(date: str) -> tuple[Element, ...]:
    """The rows of the encounter."""
    return (
        row(
            ENCOUNTER,
            None,
            exactly_one(
                "dfed",
                Wording("entry", "entry"),
                Wording("Aftalen er en encounter.", "The appointment is an encounter."),
                source=f"{PROFILE}, section",
            ),
            fixed(
                "CONF:1098-8564",
                "classCode",
                "ENC",
                Wording("En aftale er en encounter.", "An appointment is an encounter."),
                source=f"{_SOURCE}; C-CDA",
            ),
            fixed(
                "8f97",
                "moodCode",
                "APT",
                Wording(
                    "APT betyder, at mødet er aftalt.",
                    "APT means that the meeting has been agreed.",
                ),
                source=_SOURCE,
            ),
            dated_template(
                "49d8 ad5b",
                ENCOUNTER_TEMPLATE,
                date,
                THE_APPOINTMENT,
                Wording(
                    "templateId angiver, at det er en aftale, og hvilken version den følger.",
                    "The templateId states that this is an appointment, and which release it "
                    "follows.",
                ),
                source=_SOURCE,
            ),
            field="appointment",
        ),
        row(
            ENCOUNTER / "id",
            "II",
            exactly_one(
                "7493",
                THE_APPOINTMENT,
                Wording(
                    "Aftalens id er det samme i alle versioner af dokumentet om den.",
                    "The id of the appointment is the same in all versions of the document about "
                    "it.",
                ),
                source=_SOURCE,
            ),
            has(
                requirement(
                    "22dd",
                    Wording(
                        f"Aftalens id skal være en UUID i MedComs rod {Oid.MEDCOM} med "
                        "assigningAuthorityName MedCom.",
                        f"The id of the appointment must be a UUID under MedCom's root "
                        f"{Oid.MEDCOM} "
                        "with the assigningAuthorityName MedCom.",
                    ),
                    ONLY_A_UUID,
                    Wording("Brug aftalens UUID.", "Use the UUID of the appointment."),
                    source=EXAMPLES,
                    severity=WARNING,
                ),
                medcom_uuid(Oid.MEDCOM),
            ),
            not_null(_IS_GIVEN),
            field="appointment.id",
        ),
        row(
            ENCOUNTER / "code",
            "CD",
            exactly_one(
                "CONF:1098-14749",
                THE_APPOINTMENT,
                Wording(
                    "Koden er aftalens kategori: region, kommune eller praksis.",
                    "The code is the category of the appointment: region, municipality or "
                    "practice.",
                ),
                name="CONF:1098-14749-ENCOUNTER",
                source=f"{_SOURCE}; C-CDA",
            ),
            has(
                requirement(
                    "9245",
                    Wording(
                        f"Aftalens kategori skal være {_ALL_BUT_LAST} eller {_LAST}.",
                        f"The category of the appointment must be {_ALL_BUT_LAST} or {_LAST}.",
                    ),
                    Wording(
                        "De tre kategorier, som MedCom har publiceret.",
                        "The three categories that MedCom has published.",
                    ),
                    Wording("Brug en af de tre koder.", "Use one of the three codes."),
                    source=errata(5),
                ),
                {"code": In(tuple(Category))},
            ),
            fixed(
                "ed37",
                "codeSystem",
                Oid.MEDCOM_MESSAGE_CODES,
                Wording(
                    "Kategorierne er fra MedCom Message Codes.",
                    "The categories are codes from MedCom Message Codes.",
                ),
                source=_SOURCE,
            ),
            has(
                requirement(
                    "4df9 6306",
                    Wording(
                        "Aftalens kategori skal have et codeSystemName.",
                        "The category of the appointment must have a codeSystemName.",
                    ),
                    Wording(
                        "MedComs Schematron kræver et navn, men kontrollerer ikke hvilket. "
                        "Klausulernes ordlyd er ikke tilgængelig her.",
                        "MedCom's Schematron requires a name, but does not check which. The text "
                        "of the clauses is not available here.",
                    ),
                    Wording(
                        'Skriv codeSystemName="MedCom Message Codes".',
                        'Write codeSystemName="MedCom Message Codes".',
                    ),
                    source=OFFICIAL,
                ),
                {"codeSystemName": Formed(Lexical.NOT_BLANK)},
            ),
            field="appointment.category",
        ),
        row(
            ENCOUNTER / "statusCode",
            "CS",
            exactly_one(
                "CONF:134",
                THE_APPOINTMENT,
                Wording(
                    "Status angiver, om aftalen er gyldig.",
                    "The status states whether the appointment is valid.",
                ),
                source=_SOURCE,
            ),
            fixed(
                "0da6",
                "code",
                ACTIVE,
                Wording(
                    "En gyldig aftale er active. MedComs Schematron tillader alle koder i HL7 "
                    "ActStatus, profilen kun denne.",
                    "A valid appointment is active. MedCom's Schematron allows every code of HL7 "
                    "ActStatus, the profile only this one.",
                ),
                source=f"{_SOURCE}; {business_rule('#4').citation}",
            ),
            field="appointment.status",
        ),
        row(
            BODY_INTERVAL,
            "IVL_TS",
            exactly_one(
                "4021",
                THE_APPOINTMENT,
                Wording(
                    "Det er tidspunktet, hvor patienten skal møde.",
                    "It is the time at which the patient is to attend.",
                ),
                source=_SOURCE,
            ),
            not_null(_IS_GIVEN),
            field="appointment.schedule",
        ),
        start_of(
            BODY_INTERVAL,
            exactly_one("8bfe", _THE_TIME, ALWAYS_STARTS, source=_SOURCE),
            "",
            "Aftalens starttidspunkt",
            "The start of the appointment",
            OFFICIAL,
            name="APD-START-1",
        ),
        end_of(
            BODY_INTERVAL,
            exactly_one("5df9", _THE_TIME, ALWAYS_HAS_HIGH, source=_SOURCE),
            "d058",
            "Aftalens sluttidspunkt",
            "The end of the appointment",
            f"{DATA_TYPES}, TS",
            both(
                END_UNKNOWN,
                Wording(
                    " Klausulens ordlyd er ikke tilgængelig her.",
                    " The text of the clause is not available here.",
                ),
            ),
        ),
        row(
            ENCOUNTER / "author",
            None,
            at_most_one(
                "",
                THE_APPOINTMENT,
                Wording(
                    "Rekvirenten står i headeren siden 2.0; ældre versioner har den her.",
                    "Since 2.0 the requester is in the header; older releases have it here.",
                ),
                name="APD-ENCOUNTER-AUTHOR-1",
                source=OFFICIAL,
            ),
        ),
    )
