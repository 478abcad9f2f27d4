"""Tables 1 to 3 as in 2.0: the content of an appointment, its types, and the parts of the day.

Also address protection, added in 1.0.8, whose sentences are A1 to A3 here.
"""

from functools import partial
from typing import Any

from apd.standard.business_rule import BusinessRule, Strength
from apd.wording import Wording

_CONTENT = partial(BusinessRule, section="table 1", edition_from="1.0", edition_to="2.0")
_TYPES = partial(BusinessRule, section="table 2", edition_from="1.0", edition_to="2.0")

TABLE_1: tuple[BusinessRule, ...] = (
    _CONTENT(
        id="Table 1",
        wording=Wording(
            "Det fremgår præcist af aftalen, hvornår og hvor den finder sted, og hvem patienten "
            "kan kontakte.",
            "The appointment shows the patient exactly when and where it takes place, and whom "
            "to contact.",
        ),
        quotation="eksakte detaljer om mødetidspunkt",
        rules=("BR-TEXT-EMPTY", "BR-TEXT-DATE", "BR-TEXT-TIME", "BR-TEXT-PLACE"),
        kept_by=("apd.cda.narrative", "apd.overview"),
    ),
    _CONTENT(
        id="Table 1 time",
        section="table 1, start and end",
        wording=Wording(
            "Mødetidspunktet har en start og eventuelt en slutning.",
            "The time of the appointment has a start and, if known, an end.",
        ),
        quotation="med start og eventuelt sluttidspunkt",
        rules=("BR-OFFSET",),
        kept_by=("apd.model.schedule",),
    ),
    _CONTENT(
        id="Table 1 patient",
        section="table 1, patient",
        wording=Wording(
            "Det fremgår af aftalen, hvem patienten er.", "The appointment identifies the patient."
        ),
        quotation="Information om patienten",
        rules=("BR-CPR-1", "BR-CPR-2", "BR-CPR-3", "BR-BIRTH"),
        kept_by=("apd.model.party",),
        unseen=Wording(
            "Om CPR-nummeret tilhører den rette person; det fremgår af CPR-registret.",
            "Whether the CPR number belongs to the right person; only the CPR register shows that.",
        ),
    ),
    _CONTENT(
        id="Table 1 responsible",
        section="table 1, responsible",
        wording=Wording(
            "Den aftaleansvarlige organisation har booket aftalen.",
            "The responsible organisation has made the booking.",
        ),
        quotation="som har booket en aftale",
        kept_by=("apd.model.party",),
        unseen=Wording(
            "Hvem der har booket; det fremgår af bookingsystemet.",
            "Who made the booking; only the booking system shows that.",
        ),
    ),
    _CONTENT(
        id="Table 1 requester",
        section="table 1, requester",
        strength=Strength.MAY,
        wording=Wording(
            "Rekvirenten har henvist patienten.", "The requester has referred the patient."
        ),
        quotation="der har rekvireret aftalen",
        kept_by=("apd.model.party",),
        unseen=Wording("Om patienten er henvist.", "Whether the patient was referred."),
    ),
    _CONTENT(
        id="Table 1 performer",
        section="table 1, performer",
        wording=Wording(
            "Den aftaleudførende udfører aftalen og er ofte den aftaleansvarlige.",
            "The performer carries out the appointment and is often the responsible organisation.",
        ),
        quotation="udførende for aftalen",
        kept_by=("apd.model.party",),
        unseen=Wording("Hvem der udfører den.", "Who carries it out."),
    ),
    _CONTENT(
        id="Table 1 custodian",
        section="table 1, custodian",
        wording=Wording("Forvalteren forvalter dokumentet.", "The custodian manages the document."),
        quotation="forvalter aftaledokumentet",
        kept_by=("apd.model.party",),
        unseen=Wording("Hvem der forvalter det.", "Who manages it."),
    ),
    _CONTENT(
        id="Table 1 location",
        section="table 1, location",
        wording=Wording(
            "Mødestedet er et sted i SOR (1), en adresse uden for SOR (2) eller hjemmet (3).",
            "The location is a place in SOR (1), an address outside SOR (2) or the home (3).",
        ),
        quotation="en af tre forskellige typer",
        rules=("BR-HOME",),
        kept_by=("apd.model.location",),
    ),
    _CONTENT(
        id="Table 1 episode",
        section="table 1, episode of care",
        strength=Strength.MAY,
        wording=Wording(
            "Forløbs-id'er og en sigende forløbslabel knytter et klinisk forløb sammen (LPR3).",
            "Episode ids and a descriptive episode label link a clinical episode of care (LPR3).",
        ),
        quotation="et eller flere forløbsID",
        kept_by=("apd.model.appointment",),
        unseen=Wording(
            "Hvilket forløb aftalen hører til.", "Which episode the appointment belongs to."
        ),
    ),
    _CONTENT(
        id="Table 1 preconditions",
        section="table 1, preconditions",
        strength=Strength.MAY,
        wording=Wording(
            "Betingelser angiver, om tiderne er vejledende, og om aftalen er en del af en serie.",
            "Preconditions state whether the times are indicative and whether the appointment is "
            "part of a series.",
        ),
        quotation="Definerer ekstra betingelser",
        kept_by=("apd.model.appointment", "apd.model.schedule"),
    ),
    _CONTENT(
        id="Table 1 reason",
        section="table 1, reason",
        wording=Wording(
            "Årsagen angiver, hvad aftalen drejer sig om, som bookingsystemet formulerer det.",
            "The reason states what the appointment is about, as the booking system words it.",
        ),
        quotation="hvad aftalen vedrører",
        kept_by=("apd.model.appointment",),
        unseen=Wording("Om teksten er forståelig.", "Whether the text is understandable."),
    ),
)

TABLES_2_AND_3: tuple[BusinessRule, ...] = (
    _TYPES(
        id="Type 1",
        section="table 2, type 1",
        wording=Wording(
            "En standardaftale har en start og en slutning.",
            "A standard appointment has a start and an end.",
        ),
        quotation="altid start og sluttidspunkt",
        kept_by=("apd.model.appointment", "apd.model.schedule"),
    ),
    _TYPES(
        id="Type 2",
        section="table 2, type 2",
        wording=Wording(
            "Er tiderne vejledende, har aftalen både start og slutning, og det fremgår af "
            "visningen.",
            "If the times are indicative, the appointment has both a start and an end, and the "
            "viewer shows that.",
        ),
        quotation="hvilket skal præciseres i visningen",
        rules=("BR-8",),
        kept_by=("apd.model.schedule", "apd.overview"),
    ),
    _TYPES(
        id="Type 3",
        section="table 2, type 3",
        wording=Wording(
            "Slutningen er ikke kendt. En stående aftale ser ud på samme måde.",
            "The end is not known. A standing appointment looks the same.",
        ),
        quotation="sluttidspunkt er ikke kendt",
        kept_by=("apd.model.schedule",),
        unseen=Wording(
            "Om en aftale uden slutning er en stående aftale: i CDA er de ens.",
            "Whether an appointment without an end is a standing one: the two are alike in CDA.",
        ),
    ),
    _TYPES(
        id="Type 4",
        section="table 2, type 4",
        wording=Wording(
            "En repeterende aftale er desuden af type 1, 2 eller 3.",
            "A repeating appointment is also of type 1, 2 or 3.",
        ),
        quotation="af typen 1,2 eller 3",
        kept_by=("apd.model.appointment",),
    ),
    _TYPES(
        id="Type 5",
        section="table 2, type 5",
        ended_in="1.0.7",
        wording=Wording(
            "En intervalaftale er som type 2 med et tidsrum; typen er udfaset (erratum 4).",
            "An interval appointment is like type 2 with a time span; the type is phased out "
            "(errata item 4).",
        ),
        quotation="udfaset af den tekniske standard",
        kept_by=("apd.model.schedule",),
        unseen=Wording(
            "At der er ment et interval: det skrives som type 2.",
            "That an interval was meant: it is written as type 2.",
        ),
    ),
    _TYPES(
        id="Table 3",
        section="table 3",
        strength=Strength.MAY,
        wording=Wording(
            "Seks dele af døgnet: morgen 7–9, formiddag 9–11, middag 11–13, eftermiddag 13–17, "
            "aften 17–22, nat 22–7.",
            "Six parts of the day: morning 7–9, forenoon 9–11, midday 11–13, afternoon 13–17, "
            "evening 17–22, night 22–7.",
        ),
        quotation="Oversigt intervaller",
        kept_by=("apd.model.schedule", "apd.overview"),
        unseen=Wording(
            "Hvilken del af døgnet der blev ment: ethvert interval er tilladt.",
            "Which part of the day was meant: any interval is allowed.",
        ),
    ),
)


def _protection(id: str, **of_row: Any) -> BusinessRule:
    section = f"address protection ({id})"
    return BusinessRule(id=id, section=section, edition_from="1.0.8", edition_to="2.0", **of_row)


ADDRESSES: tuple[BusinessRule, ...] = (
    _protection(
        "A1",
        wording=Wording(
            "Adressen vises, medmindre der er adressebeskyttelse.",
            "The address is shown unless it is protected.",
        ),
        quotation="medmindre der er lagt adressebeskyttelse",
        rules=("BR-PROTECTED-HOME", "BR-PROTECTED-TEXT", "BR-POSTAL"),
        kept_by=("apd.overview",),
        unseen=Wording(
            "Om der er adressebeskyttelse; det fremgår af CPR-registret.",
            "Whether it is protected; only the CPR register shows that.",
        ),
    ),
    _protection(
        "A2",
        wording=Wording(
            "Et barns adresse skjules for den anden forælder, hvis den er beskyttet hos både "
            "bo-forælder og barn.",
            "A child's address is hidden from the other parent if it is protected for both the "
            "resident parent and the child.",
        ),
        quotation="både bo-forældre og barn",
        unseen=Wording(
            "Hvem der er forælder, og hvad der er registreret; det fremgår af CPR-registret.",
            "Who the parents are and what is registered; only the CPR register shows that.",
        ),
    ),
    _protection(
        "A3",
        strength=Strength.MAY,
        wording=Wording(
            "Beskyttelsen gælder fremadrettet; dokumenter fra før kan have adressen.",
            "Protection applies from then on; earlier documents may contain the address.",
        ),
        quotation="vil den gælde fremadrettet",
        kept_by=("apd.model.location", "apd.overview"),
    ),
)
