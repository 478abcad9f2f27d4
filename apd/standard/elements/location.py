"""The location (sted). Source: APD-DK 2.0.1, encounter, section 5.3.2; official Schematron."""

from apd.standard.codes import LOCATION_TEMPLATE, Oid
from apd.standard.element import NOT_BLANK, Element, In, Is, OrAbsent
from apd.standard.elements.common_constraints import (
    NULL_COUNTS,
    dated_template,
    exactly_one,
    fixed,
    has,
    row,
    structural,
)
from apd.standard.elements.encounter import THE_APPOINTMENT
from apd.standard.paths import IN_SOR, LOCATION, PARTICIPANT, PLACE
from apd.standard.requirement import OFFICIAL, PROFILE, requirement
from apd.wording import Wording

_SOURCE = f"{PROFILE}, encounter, location"
_ROLE = Wording("Mødestedet (participantRole)", "The location (participantRole)")
_IN_SOR = Wording("Et mødested i SOR (LOC)", "A location in SOR (LOC)")
_IN_SOR_SOURCE = f"{PROFILE}, section 5.3.2"
_FIELD = "appointment.location"


def location(date: str) -> tuple[Element, ...]:
    """The rows of the location."""
    role_in_sor = IN_SOR / "participantRole"
    return (
        row(
            PARTICIPANT,
            None,
            exactly_one(
                "4ec7",
                THE_APPOINTMENT,
                Wording(
                    "Mødestedet er det sted, hvor patienten skal møde.",
                    "It is where the patient is to attend.",
                ),
                source=_SOURCE,
            ),
            has(
                requirement(
                    "889e 9b47 F98b",
                    Wording(
                        "Mødestedets type skal være LOC (i SOR), DST (uden for SOR) eller SBJ (hos "
                        "borgeren).",
                        "The type of the location must be LOC (in SOR), DST (outside SOR) or SBJ "
                        "(at home).",
                    ),
                    Wording(
                        "De tre typer af mødesteder. Kilderne siger ikke, hvilken klausul der "
                        "hører til hvilken type.",
                        "The three types of location. The sources do not say which clause belongs "
                        "to which type.",
                    ),
                    Wording(
                        "Skriv typeCode som LOC, DST eller SBJ.",
                        "Write typeCode as LOC, DST or SBJ.",
                    ),
                    source=_SOURCE,
                ),
                {"typeCode": In(("LOC", "DST", "SBJ"))},
            ),
            field=_FIELD,
        ),
        row(
            LOCATION,
            None,
            exactly_one(
                "44cd",
                Wording("Mødestedet (participant)", "The location (participant)"),
                Wording("Rollen rummer stedet.", "The role contains the place."),
                source=_SOURCE,
            ),
            fixed(
                "7dc2",
                "classCode",
                "SDLOC",
                Wording(
                    "SDLOC er et sted, hvor der ydes sundhedshjælp. Den skal angives.",
                    "SDLOC is a place where care is provided. It must be stated.",
                ),
                source=_SOURCE,
            ),
            dated_template(
                "cce6 7df6",
                LOCATION_TEMPLATE,
                date,
                _ROLE,
                Wording(
                    "templateId angiver, at det er mødestedet, og hvilken version det følger.",
                    "The templateId states that this is the location, and which release it "
                    "follows.",
                ),
                source=_SOURCE,
            ),
            field=_FIELD,
        ),
        row(
            LOCATION / "id",
            "II",
            has(
                requirement(
                    "91ea 4862 062f",
                    Wording(
                        f"Mødestedets id skal være en SOR-kode: root {Oid.SOR}, en extension og "
                        "assigningAuthorityName SOR.",
                        f"The id of the location must be a SOR code: root {Oid.SOR}, an "
                        "extension, and assigningAuthorityName SOR.",
                    ),
                    Wording(
                        "Det gælder alle typer af mødesteder. Et ydernummer kan ikke bruges her, "
                        "selv om et af MedComs eksempler gør det.",
                        "This applies to every type of location. A provider number cannot be used "
                        "here, although one of MedCom's examples has one.",
                    ),
                    Wording("Angiv stedets SOR-kode.", "Specify the SOR code of the place."),
                    source=_SOURCE,
                ),
                {"root": Is(Oid.SOR), "extension": NOT_BLANK, "assigningAuthorityName": Is("SOR")},
            ),
            field=f"{_FIELD}.id",
        ),
        row(LOCATION / "scopingEntity", None, structural("classCode", "ENT")),
        row(LOCATION / "addr", "AD", field=f"{_FIELD}.address"),
        row(LOCATION / "telecom", "TEL", field=f"{_FIELD}.telecom"),
        row(
            role_in_sor / "id",
            "II",
            exactly_one(
                "3315",
                _IN_SOR,
                Wording(
                    "Stedet identificeres ved sin SOR-kode.",
                    "The place is identified by its SOR code.",
                ),
                source=_IN_SOR_SOURCE,
            ),
            field=f"{_FIELD}.id",
        ),
        row(
            role_in_sor / "addr",
            "AD",
            exactly_one("ff1c", _IN_SOR, NULL_COUNTS, source=_IN_SOR_SOURCE),
            field=f"{_FIELD}.address",
        ),
        row(
            role_in_sor / "telecom",
            "TEL",
            exactly_one("c7e3", _IN_SOR, NULL_COUNTS, source=_IN_SOR_SOURCE),
            field=f"{_FIELD}.telecom",
        ),
        row(
            PLACE,
            None,
            exactly_one(
                "d9a4",
                _ROLE,
                Wording(
                    "Det er stedet selv, med sit navn.", "It is the place itself, with its name."
                ),
                source=_SOURCE,
            ),
            has(
                requirement(
                    "",
                    Wording(
                        "Stedets classCode skal være PLC.",
                        "The classCode of the place must be PLC.",
                    ),
                    Wording(
                        "PLC betyder et sted. Den kan udelades.",
                        "PLC means a place. It may be left out.",
                    ),
                    Wording('Skriv classCode="PLC".', 'Write classCode="PLC".'),
                    name="APD-LOCATION-1",
                    source=OFFICIAL,
                ),
                {"classCode": OrAbsent(Is("PLC"))},
            ),
            field=_FIELD,
            fixed={"determinerCode": "INSTANCE"},
        ),
        row(
            PLACE / "name",
            "PN",
            exactly_one(
                "87c3",
                Wording("Stedet (playingEntity)", "The place (playingEntity)"),
                Wording(
                    "Navnet på stedet, afdelingen eller rummet, eller en vejvisning.",
                    "The name of the place, the department or the room, or directions to it.",
                ),
                source=_SOURCE,
            ),
            field=f"{_FIELD}.name",
        ),
    )
