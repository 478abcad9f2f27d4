"""The XML layer: what :func:`apd.cda.xml.parse` refuses. The parser makes the findings."""

from apd.finding import Layer
from apd.limits import MAX_ATTRIBUTES, MAX_DECLARATIONS, MAX_DEPTH, MAX_DOCUMENT_BYTES
from apd.standard.requirement import Requirement
from apd.wording import Wording


def _xml(id: str, wording: Wording, explanation: Wording, mend: Wording) -> Requirement:
    return Requirement(
        id=id,
        layer=Layer.XML,
        source="XML 1.0",
        wording=wording,
        explanation=explanation,
        mend=mend,
    )


RULES: tuple[Requirement, ...] = (
    _xml(
        "XML-SYNTAX",
        Wording("Dokumentet skal være velformet XML.", "The document must be well-formed XML."),
        Wording(
            "Er det ikke det, kan intet i det læses med sikkerhed, og der kontrolleres ikke mere.",
            "If it is not, nothing in it can be read with certainty, and nothing else is checked.",
        ),
        Wording(
            "Ret fejlen på den nævnte linje. Lav XML med et bibliotek, ikke ved at sætte tekst "
            "sammen.",
            "Correct the fault at the line that is named. Make XML with a library, not by putting "
            "text together.",
        ),
    ),
    _xml(
        "XML-ENCODING",
        Wording("Tegnsættet skal kunne læses.", "The encoding must be one that can be read."),
        Wording(
            "Aftaledokumenter er i UTF-8.",
            "Appointment documents are in UTF-8.",
        ),
        Wording("Skriv dokumentet i UTF-8.", "Write the document in UTF-8."),
    ),
    _xml(
        "XML-DTD",
        Wording("Dokumentet må ikke have en DOCTYPE.", "The document may not have a DOCTYPE."),
        Wording(
            "En DOCTYPE kan hente filer og udvide entiteter; CDA bruger ingen.",
            "A DOCTYPE can fetch files and expand entities; CDA uses none.",
        ),
        Wording("Fjern DOCTYPE.", "Remove the DOCTYPE."),
    ),
    _xml(
        "XML-SIZE",
        Wording(
            f"Dokumentet må højst fylde {MAX_DOCUMENT_BYTES // 1024} KiB.",
            f"The document may have {MAX_DOCUMENT_BYTES // 1024} KiB at most.",
        ),
        Wording(
            "Et aftaledokument er på omkring 10 kB; et langt større er en fejl eller et angreb.",
            "An appointment has about 10 kB; one that is far longer is a mistake or an attack.",
        ),
        Wording("Fjern det, der ikke hører til.", "Remove what does not belong there."),
    ),
    _xml(
        "XML-DEPTH",
        Wording(
            f"Elementerne må højst ligge {MAX_DEPTH} inde i hinanden.",
            f"Elements may be nested {MAX_DEPTH} deep at most.",
        ),
        Wording(
            "Et aftaledokument er omkring 13 elementer dybt; et langt dybere er en fejl eller et "
            "angreb.",
            "An appointment is about 13 elements deep; one that is far deeper is a mistake or an "
            "attack.",
        ),
        Wording("Fjern det, der ikke hører til.", "Remove what does not belong there."),
    ),
    _xml(
        "XML-ATTRIBUTES",
        Wording(
            f"Et element må højst have {MAX_ATTRIBUTES} attributter.",
            f"An element may have {MAX_ATTRIBUTES} attributes at most.",
        ),
        Wording(
            "CDA kender omkring ti til et element; langt flere er en fejl eller et angreb.",
            "CDA knows about ten of an element; far more are a mistake or an attack.",
        ),
        Wording("Fjern dem, der ikke hører til.", "Remove those that do not belong there."),
    ),
    _xml(
        "XML-DECLARATIONS",
        Wording(
            f"Dokumentet må højst erklære {MAX_DECLARATIONS} navnerum (xmlns).",
            f"The document may declare {MAX_DECLARATIONS} namespaces (xmlns) at most.",
        ),
        Wording(
            "Et aftaledokument bruger tre eller fire navnerum; langt flere erklæringer er en fejl "
            "eller et angreb.",
            "An appointment uses three or four namespaces; far more declarations are a mistake or "
            "an attack.",
        ),
        Wording(
            "Erklær hvert navnerum én gang, på roden.",
            "Declare each namespace once, at the root.",
        ),
    ),
)
