"""The body and its one section. Source: APD-DK 2.0.1, section; CONF:1098 (C-CDA)."""

from apd.standard.codes import SECTION_CODE, SECTION_TEMPLATE, Oid
from apd.standard.element import Element
from apd.standard.elements.common_constraints import (
    attributes,
    dated_template,
    exactly_one,
    fixed,
    not_null,
    row,
)
from apd.standard.paths import BODY, ROOT, SECTION, SECTION_TEXT
from apd.standard.requirement import OFFICIAL, PROFILE, requirement
from apd.wording import Wording

_SOURCE = f"{PROFILE}, section"
_THE_SECTION = Wording("Sektionen", "The section")
_COMPONENT = attributes("typeCode=COMP contextConductionInd=true")

_NOT_NULL = requirement(
    "",
    Wording(
        "Sektionens titel og tekst må ikke være null.",
        "The title and the text of the section must not be null.",
    ),
    Wording(
        "Begge vises for læseren. Teksten må gerne være tom, men ikke null.",
        "Both are shown to readers. The text may be empty, but not null.",
    ),
    Wording("Fjern nullFlavor.", "Remove the nullFlavor."),
    name="APD-SECTION-1",
    source=OFFICIAL,
)
_ONE_APPOINTMENT = Wording("Et dokument har én aftale.", "A document has one appointment.")


def section(date: str) -> tuple[Element, ...]:
    """The rows of the body and its section."""
    return (
        row(
            ROOT / "component",
            None,
            exactly_one(
                "7ccb",
                Wording("Dokumentet", "The document"),
                Wording("component rummer dokumentets krop.", "component contains the body."),
                source=_SOURCE,
            ),
            fixed=_COMPONENT,
        ),
        row(
            BODY,
            None,
            exactly_one(
                "30fc",
                Wording("Kroppen", "The body"),
                Wording(
                    "Aftalen skal være i strukturerede data; nonXMLBody er ikke tilladt.",
                    "The appointment must be in structured data; nonXMLBody is not allowed.",
                ),
                source=_SOURCE,
            ),
            fixed=attributes("classCode=DOCBODY moodCode=EVN"),
        ),
        row(
            BODY / "component",
            None,
            exactly_one(
                "63ff",
                Wording("structuredBody", "structuredBody"),
                _ONE_APPOINTMENT,
                source=_SOURCE,
            ),
            fixed=_COMPONENT,
        ),
        row(
            SECTION,
            None,
            exactly_one(
                "4981",
                Wording("component i structuredBody", "component in structuredBody"),
                _ONE_APPOINTMENT,
                source=_SOURCE,
            ),
            dated_template(
                "9b39 efbf CONF:1098-7723",
                SECTION_TEMPLATE,
                date,
                _THE_SECTION,
                Wording(
                    "templateId angiver, at det er aftalesektionen, og hvilken version den følger.",
                    "The templateId states that this is the appointment section, and which "
                    "release it follows.",
                ),
                source=_SOURCE,
            ),
            fixed=attributes("classCode=DOCSECT moodCode=EVN"),
        ),
        row(
            SECTION / "code",
            "CE",
            exactly_one(
                "CONF:1098-14749",
                _THE_SECTION,
                Wording(
                    "Koden angiver, hvad sektionen rummer.",
                    "The code states what the section contains.",
                ),
                source=f"{_SOURCE}; C-CDA",
            ),
            fixed(
                "CONF:1098-14750",
                "code",
                SECTION_CODE,
                Wording("Det er LOINC-koden for en plan.", "It is the LOINC code for a plan."),
                source=f"{_SOURCE}; C-CDA",
            ),
            fixed(
                "CONF:1098-30813",
                "codeSystem",
                Oid.LOINC,
                Wording("Sektionens kode er fra LOINC.", "The code of the section is from LOINC."),
                source=f"{OFFICIAL}; C-CDA",
            ),
            fixed(
                "bfb2",
                "codeSystemName",
                "LOINC",
                Wording(
                    "Kodesystemets navn skal angives sammen med koden. Klausulens ordlyd er ikke "
                    "tilgængelig her; "
                    "MedComs Schematron kræver navnet.",
                    "The name of the code system must be specified with the code. The text of "
                    "the clause is not available here; MedCom's Schematron requires the name.",
                ),
                source=OFFICIAL,
            ),
        ),
        row(
            SECTION / "title",
            "ST",
            exactly_one(
                "d9f0",
                _THE_SECTION,
                Wording(
                    "Titlen er overskriften over den læsbare tekst.",
                    "The title is the heading of the readable text.",
                ),
                source=_SOURCE,
            ),
            not_null(_NOT_NULL),
        ),
        row(
            SECTION_TEXT,
            None,
            exactly_one(
                "CONF:1098-7725",
                _THE_SECTION,
                Wording(
                    "Den læsbare tekst er det, læseren får vist.",
                    "The readable text is what readers see.",
                ),
                source=f"{_SOURCE}; C-CDA",
            ),
            not_null(_NOT_NULL),
        ),
        row(
            SECTION / "entry",
            None,
            exactly_one(
                "8506",
                _THE_SECTION,
                _ONE_APPOINTMENT,
                source=_SOURCE,
            ),
        ),
    )
