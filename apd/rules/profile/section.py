"""The body and its one section. Source: APD-DK 2.0.1, section; CONF:1098 (C-CDA)."""

from apd.rules.index import Index, Node, below
from apd.rules.profile.shapes import (
    OFFICIAL,
    PROFILE,
    dated_template,
    each,
    fixed,
    in_document,
    one,
    part,
)
from apd.rules.registry import Rule
from apd.standard.codes import Oid
from apd.standard.templates import SECTION_TEMPLATE, TEMPLATE_DATE
from apd.wording import Wording

_SOURCE = f"{PROFILE}, section"
_THE_SECTION = Wording("Sektionen", "The section")


_sections = part("sections")


def _codes(index: Index) -> list[Node]:
    return below(index.sections, "code")


RULES: tuple[Rule, ...] = (
    one(
        "7ccb",
        in_document,
        "component",
        Wording("Dokumentet", "The document"),
        Wording("component rummer dokumentets krop.", "component holds the body."),
        source=_SOURCE,
    ),
    one(
        "30fc",
        lambda index: index.document.all("component"),
        "structuredBody",
        Wording("Kroppen", "The body"),
        Wording(
            "Aftalen skal stå i strukturerede data; nonXMLBody er ikke tilladt.",
            "The appointment must stand in structured data; nonXMLBody is not allowed.",
        ),
        source=_SOURCE,
    ),
    one(
        "63ff",
        part("bodies"),
        "component",
        Wording("structuredBody", "structuredBody"),
        Wording("Et dokument har én aftale.", "A document has one appointment."),
        source=_SOURCE,
    ),
    one(
        "4981",
        lambda index: below(index.bodies, "component"),
        "section",
        Wording("component i structuredBody", "component in structuredBody"),
        Wording("Et dokument har én aftale.", "A document has one appointment."),
        source=_SOURCE,
    ),
    dated_template(
        "9b39 efbf CONF:1098-7723",
        _sections,
        SECTION_TEMPLATE,
        TEMPLATE_DATE,
        _THE_SECTION,
        Wording(
            "templateId siger, at det er aftalesektionen, og i hvilken udgave.",
            "The templateId says that this is the section of the appointment, and its release.",
        ),
        source=_SOURCE,
    ),
    one(
        "CONF:1098-14749",
        _sections,
        "code",
        _THE_SECTION,
        Wording("Koden siger, hvad sektionen rummer.", "The code says what the section holds."),
        source=f"{_SOURCE}; C-CDA",
    ),
    fixed(
        "CONF:1098-14750",
        _codes,
        "code",
        "18776-5",
        Wording("Det er LOINC-koden for en plan.", "It is LOINC's code of a plan."),
        source=f"{_SOURCE}; C-CDA",
    ),
    fixed(
        "CONF:1098-30813",
        _codes,
        "codeSystem",
        Oid.LOINC,
        Wording("Sektionens kode er fra LOINC.", "The code of the section is LOINC's."),
        source=f"{OFFICIAL}; C-CDA",
    ),
    fixed(
        "bfb2",
        _codes,
        "codeSystemName",
        "LOINC",
        Wording(
            "Kodesystemets navn står ved koden. Klausulens ordlyd foreligger ikke her; MedComs "
            "Schematron kræver navnet.",
            "The code system is named by the code. The text of the clause is not at hand; "
            "MedCom's Schematron asks for the name.",
        ),
        source=OFFICIAL,
    ),
    one(
        "d9f0",
        _sections,
        "title",
        _THE_SECTION,
        Wording(
            "Titlen er overskriften over den læsbare tekst.",
            "The title is the heading of the readable text.",
        ),
        source=_SOURCE,
    ),
    one(
        "CONF:1098-7725",
        _sections,
        "text",
        _THE_SECTION,
        Wording(
            "Den læsbare tekst er det, mennesker får vist.",
            "The readable text is what people are shown.",
        ),
        source=f"{_SOURCE}; C-CDA",
    ),
    each(
        "",
        lambda index: [*below(index.sections, "title"), *index.narratives],
        lambda node: not node.is_null,
        Wording(
            "Sektionens titel og tekst må ikke være null.",
            "The title and the text of the section may not be null.",
        ),
        Wording(
            "Det er det, mennesker får vist. Teksten må være tom, men ikke null.",
            "It is what people are shown. The text may be empty, but not null.",
        ),
        Wording("Fjern nullFlavor.", "Remove the nullFlavor."),
        name="APD-SECTION-1",
        source=OFFICIAL,
    ),
    one(
        "8506",
        _sections,
        "entry",
        _THE_SECTION,
        Wording("Et dokument har én aftale.", "A document has one appointment."),
        source=_SOURCE,
    ),
    one(
        "dfed",
        lambda index: below(index.sections, "entry"),
        "encounter",
        Wording("entry", "entry"),
        Wording("Aftalen er en encounter.", "The appointment is an encounter."),
        source=_SOURCE,
    ),
)
