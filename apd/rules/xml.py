"""The XML layer: what :func:`apd.cda.xml.parse` refuses. The parser makes the findings."""

from apd.cda.xml import MAX_BYTES
from apd.finding import Layer
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
            f"Dokumentet må højst fylde {MAX_BYTES // 1024} KiB.",
            f"The document may have {MAX_BYTES // 1024} KiB at most.",
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
            "Elementerne må højst ligge 256 inde i hinanden.",
            "Elements may be nested 256 deep at most.",
        ),
        Wording(
            "Et aftaledokument er omkring 13 elementer dybt; et langt dybere er en fejl eller et "
            "angreb.",
            "An appointment is about 13 elements deep; one that is far deeper is a mistake or an "
            "attack.",
        ),
        Wording("Fjern det, der ikke hører til.", "Remove what does not belong there."),
    ),
)
