"""The reason (årsag). Source: APD-DK 2.0.1, encounter, reason; official Schematron."""

from apd.standard.codes import FREE_TEXT, Oid
from apd.standard.element import (
    ABSENT,
    NOT_BLANK,
    Element,
    Formed,
    Is,
    IsNot,
    Lexical,
    OrAbsent,
)
from apd.standard.elements.common_constraints import (
    WARNING,
    exactly_one,
    has,
    occurs,
    row,
    structural,
    such,
)
from apd.standard.paths import ENTRY_RELATIONSHIP, OBSERVATION, REASON, REASON_CODE
from apd.standard.requirement import (
    DATA_TYPES,
    EXAMPLES,
    INFERRED,
    OFFICIAL,
    PROFILE,
    both,
    requirement,
)
from apd.wording import Wording

_SOURCE = f"{PROFILE}, encounter, reason"
_TEMPLATE = "1.2.208.184.10.33"

_IS_CODED_OR_FREE_TEXT = requirement(
    "aa36",
    Wording(
        "Årsagen skal have en code med codeSystem, eller koden NI, hvis den er fri tekst.",
        "The reason must have a code with a codeSystem, or the code NI if it is free text.",
    ),
    both(
        Wording(
            "En årsag i fri tekst har koden NI uden codeSystem, som i MedComs eksempler.",
            "A reason in free text has the code NI without a codeSystem, as in MedCom's examples.",
        ),
        INFERRED,
    ),
    Wording(
        'Angiv codeSystem, eller skriv code="NI".', 'Specify the codeSystem, or write code="NI".'
    ),
    source=EXAMPLES,
    severity=WARNING,
)
_SYSTEM_IS_AN_OID = requirement(
    "",
    Wording(
        "Årsagens codeSystem skal være en OID.",
        "The codeSystem of the reason must be an OID.",
    ),
    both(
        Wording(
            "Ellers er det ikke klart, hvilket kodesystem koden hører til; årsagen læses uden den.",
            "Otherwise it is not clear which code system the code belongs to; the reason is read "
            "without it.",
        ),
        INFERRED,
    ),
    Wording(
        f"Angiv kodesystemets OID, f.eks. {Oid.SNOMED_CT}.",
        f"Specify the OID of the code system, such as {Oid.SNOMED_CT}.",
    ),
    name="APD-REASON-2",
    source=DATA_TYPES,
    severity=WARNING,
)
_ONE_TEMPLATE = requirement(
    "",
    Wording(
        f"Årsagen må højst have ét templateId, og det skal være {_TEMPLATE}.",
        f"The reason must have at most one templateId, and it must be {_TEMPLATE}.",
    ),
    Wording("templateId kan udelades her.", "The templateId may be left out here."),
    Wording("Fjern templateId.", "Remove the templateId."),
    name="APD-REASON-1",
    source=OFFICIAL,
)

# What CDA's own statements declare (ART-DECOR's templates of CDA R2).
_STATEMENTS = {
    "act": "2.16.840.1.113883.10.12.301",
    "encounter": "2.16.840.1.113883.10.12.302",
    "observationMedia": "2.16.840.1.113883.10.12.304",
    "organizer": "2.16.840.1.113883.10.12.305",
    "procedure": "2.16.840.1.113883.10.12.306",
    "regionOfInterest": "2.16.840.1.113883.10.12.307",
    "substanceAdministration": "2.16.840.1.113883.10.12.308",
    "supply": "2.16.840.1.113883.10.12.309",
}
_STATEMENT = requirement(
    "",
    Wording(
        "Et andet udsagn end en observation skal have CDA's eget templateId.",
        "A statement other than an observation must have CDA's own templateId.",
    ),
    Wording(
        "Ud over årsagen kan aftalen have andre udsagn. MedComs Schematron afviser dem, der ikke "
        "angiver, hvad de er.",
        "Besides the reason, the appointment may have other statements. MedCom's Schematron "
        "rejects those that do not state what they are.",
    ),
    Wording("Fjern udsagnet.", "Remove the statement."),
    name="APD-STATEMENT-1",
    source=OFFICIAL,
)

ELEMENTS: tuple[Element, ...] = (
    *(
        row(
            ENTRY_RELATIONSHIP / name,
            None,
            such(_STATEMENT, "templateId", {"root": Is(template)}, most=None),
        )
        for name, template in _STATEMENTS.items()
    ),
    *(row(ENTRY_RELATIONSHIP / name / "templateId", "II") for name in _STATEMENTS),
    row(ENTRY_RELATIONSHIP / "observation", None, structural("classCode", "OBS")),
    row(
        REASON,
        None,
        occurs(
            requirement(
                "ae0f 68a1",
                Wording(
                    "Aftalen skal have præcis én årsag: et entryRelationship med typeCode RSON.",
                    "The appointment must have exactly one reason: an entryRelationship with the "
                    "typeCode RSON.",
                ),
                Wording(
                    "Årsagen er det, aftalen drejer sig om, som bookingsystemet formulerer det.",
                    "The reason is what the appointment is about, as the booking system words it.",
                ),
                Wording("Angiv én årsag.", "Specify one reason."),
                source=_SOURCE,
            )
        ),
        field="appointment.reason",
    ),
    row(
        OBSERVATION,
        None,
        exactly_one(
            "250e",
            Wording("Årsagen", "The reason"),
            Wording("Årsagen er en observation.", "The reason is an observation."),
            source=_SOURCE,
        ),
        has(
            requirement(
                "c362 7e02",
                Wording(
                    "Årsagen skal have classCode OBS og moodCode EVN.",
                    "The reason must have classCode OBS and moodCode EVN.",
                ),
                Wording(
                    "Ældre versioner havde moodCode RQO, som MedComs Schematron stadig tillader.",
                    "Older releases had the moodCode RQO, which MedCom's Schematron still allows.",
                ),
                Wording(
                    'Skriv classCode="OBS" moodCode="EVN".',
                    'Write classCode="OBS" moodCode="EVN".',
                ),
                source=_SOURCE,
            ),
            {"classCode": Is("OBS"), "moodCode": Is("EVN")},
        ),
        field="appointment.reason",
    ),
    row(
        OBSERVATION / "templateId",
        "II",
        occurs(_ONE_TEMPLATE, least=0),
        has(_ONE_TEMPLATE, {"root": Is(_TEMPLATE)}),
    ),
    row(
        REASON_CODE,
        "CD",
        exactly_one(
            "8993",
            Wording("Årsagen (observation)", "The reason (observation)"),
            Wording(
                "Koden rummer årsagens tekst, også når årsagen ikke er kodet.",
                "The code carries the text of the reason, even if the reason is not coded.",
            ),
            source=_SOURCE,
        ),
        has(_IS_CODED_OR_FREE_TEXT, {"nullFlavor": ABSENT, "code": NOT_BLANK}),
        has(_IS_CODED_OR_FREE_TEXT, {"codeSystem": NOT_BLANK}, given={"code": IsNot(FREE_TEXT)}),
        has(_SYSTEM_IS_AN_OID, {"codeSystem": OrAbsent(Formed(Lexical.OID))}),
        has(
            requirement(
                "4c2c a7d3",
                Wording(
                    "Årsagen skal have en læsbar tekst (displayName).",
                    "The reason must have a readable text (displayName).",
                ),
                Wording(
                    "Patienten får teksten vist; en kode alene siger ikke læseren noget.",
                    "The patient is shown the text; a code alone means nothing to a reader.",
                ),
                Wording("Angiv årsagen som displayName.", "Specify the reason as the displayName."),
                source=_SOURCE,
            ),
            {"displayName": Formed(Lexical.NOT_BLANK)},
        ),
        field="appointment.reason",
    ),
)
