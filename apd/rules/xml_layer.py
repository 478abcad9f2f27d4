"""The XML layer: data that cannot be read, or that are not an appointment document.

:mod:`apd.cda.detection` and :mod:`apd.cda.xml` make the findings.
"""

from apd.cda.encoding import WRITE_UTF_8
from apd.findings import Layer, Severity
from apd.limits import MAX_ATTRIBUTES, MAX_DECLARATIONS, MAX_DEPTH, MAX_DOCUMENT_BYTES
from apd.standard.codes import DOCUMENT_TEMPLATE
from apd.standard.file_kinds import KINDS
from apd.standard.requirement import Requirement
from apd.wording import Wording

UNKNOWN_TO_JAVA = "XML-ENCODING-JAVA"
OTHER_RELEASE = "APD-RELEASE"


def _xml(
    id: str,
    wording: Wording,
    explanation: Wording,
    remedy: Wording,
    source: str = "XML 1.0",
    severity: Severity = Severity.ERROR,
) -> Requirement:
    return Requirement(
        id=id,
        layer=Layer.XML,
        severity=severity,
        source=source,
        wording=wording,
        explanation=explanation,
        remedy=remedy,
    )


RULES: tuple[Requirement, ...] = (
    _xml(
        "XML-SYNTAX",
        Wording("Dokumentet skal være velformet XML.", "The document must be well-formed XML."),
        Wording(
            "Ellers kan intet i det læses med sikkerhed, og der kontrolleres ikke mere.",
            "Otherwise nothing in it can be read reliably, and nothing else is checked.",
        ),
        Wording(
            "Ret fejlen på den angivne linje. Dan XML med et bibliotek, ikke ved at sætte tekst "
            "sammen.",
            "Correct the error on the line stated. Generate XML with a library, not by "
            "concatenating text.",
        ),
    ),
    _xml(
        "XML-ENCODING",
        Wording(
            "Dokumentet skal være i det tegnsæt, som det erklærer, og skal kunne læses i det.",
            "The document must be in the encoding that it declares, and must be readable in it.",
        ),
        Wording(
            "Aftaledokumenter er i UTF-8. Svarer erklæringen ikke til bytene, afviser parserne i "
            "Java og .NET dokumentet, eller de læser andre tegn end dem, der blev skrevet. Det "
            'sker, når en tekst med encoding="utf-16" gemmes i UTF-8.',
            "Appointment documents are in UTF-8. If the declaration does not match the bytes, "
            "the parsers of Java and .NET reject the document, or read other characters than "
            'those written. This happens when a text with encoding="utf-16" is saved as UTF-8.',
        ),
        WRITE_UTF_8,
        "XML 1.0, 4.3.3",
    ),
    _xml(
        UNKNOWN_TO_JAVA,
        Wording(
            "Tegnsættet skal være et, som Javas XML-parsere kan læse.",
            "The encoding must be one that Java's XML parsers can read.",
        ),
        Wording(
            "Modtagerne bruger Java. Apache Xerces kender hverken UTF-7, UTF-32, Macintosh eller "
            "UTF8 uden bindestreg og afviser dokumentet; af disse kender JDK'ens egen parser "
            "UTF8.",
            "The receivers use Java. Apache Xerces knows neither UTF-7, UTF-32, Macintosh nor "
            "UTF8 without a hyphen, and rejects the document; of these, the JDK's own parser "
            "knows UTF8.",
        ),
        Wording("Skriv dokumentet i UTF-8.", "Write the document in UTF-8."),
        "XML 1.0, 4.3.3; Apache Xerces",
        Severity.WARNING,
    ),
    _xml(
        "XML-DTD",
        Wording("Dokumentet må ikke have en DOCTYPE.", "The document must not have a DOCTYPE."),
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
            f"The document must not exceed {MAX_DOCUMENT_BYTES // 1024} KiB.",
        ),
        Wording(
            "Et aftaledokument er på omkring 10 kB; et, der er langt større, er en fejl eller et "
            "angreb.",
            "An appointment document is about 10 kB; one that is far larger is a mistake or an "
            "attack.",
        ),
        Wording("Fjern det, der ikke hører til.", "Remove what does not belong there."),
    ),
    _xml(
        "XML-DEPTH",
        Wording(
            f"Elementerne må højst være indlejret i {MAX_DEPTH} niveauer.",
            f"Elements must not be nested more than {MAX_DEPTH} deep.",
        ),
        Wording(
            "Et aftaledokument er omkring 13 elementer dybt; et, der er langt dybere, er en fejl "
            "eller et angreb.",
            "An appointment document is about 13 elements deep; one that is far deeper is a "
            "mistake or an attack.",
        ),
        Wording("Fjern det, der ikke hører til.", "Remove what does not belong there."),
    ),
    _xml(
        "XML-ATTRIBUTES",
        Wording(
            f"Et element må højst have {MAX_ATTRIBUTES} attributter.",
            f"An element must not have more than {MAX_ATTRIBUTES} attributes.",
        ),
        Wording(
            "CDA definerer omkring ti til et element; langt flere er en fejl eller et angreb.",
            "CDA defines about ten per element; far more are a mistake or an attack.",
        ),
        Wording("Fjern dem, der ikke hører til.", "Remove those that do not belong there."),
    ),
    _xml(
        "XML-DECLARATIONS",
        Wording(
            f"Dokumentet må højst erklære {MAX_DECLARATIONS} navnerum (xmlns).",
            f"The document must not declare more than {MAX_DECLARATIONS} namespaces (xmlns).",
        ),
        Wording(
            "Et aftaledokument bruger tre eller fire navnerum; langt flere erklæringer er en fejl "
            "eller et angreb.",
            "An appointment document uses three or four namespaces; far more declarations are a "
            "mistake or an attack.",
        ),
        Wording(
            "Erklær hvert navnerum én gang, på roden.",
            "Declare each namespace once, on the root.",
        ),
    ),
    *(kind.requirement for kind in KINDS),
    _xml(
        "APD-ROOT",
        Wording(
            "Roden skal være ClinicalDocument i urn:hl7-org:v3.",
            "The root must be ClinicalDocument in urn:hl7-org:v3.",
        ),
        Wording(
            "Ellers er det ikke CDA. Mangler navnerummet, eller ligger dokumentet inde i noget "
            "andet, kan intet system læse det som CDA.",
            "Otherwise it is not CDA. If the namespace is missing, or the document is inside "
            "something else, no system can read it as CDA.",
        ),
        Wording(
            'Skriv xmlns="urn:hl7-org:v3" på roden, eller angiv dokumentet alene.',
            'Write xmlns="urn:hl7-org:v3" on the root, or pass the document alone.',
        ),
        "HL7 CDA R2",
    ),
    _xml(
        "APD-TEMPLATE",
        Wording(
            f"Dokumentet skal have templateId {DOCUMENT_TEMPLATE}.",
            f"The document must have templateId {DOCUMENT_TEMPLATE}.",
        ),
        Wording(
            "Et CDA-dokument uden et templateId fra DK-APD er en anden slags dokument, f.eks. "
            "PHMR, QRD eller et stamkort. Det kontrolleres ikke mod aftalernes regler.",
            "A CDA document without a DK-APD templateId is another kind of document, such as PHMR, "
            "QRD or a personal data card. It is not checked against the rules for appointments.",
        ),
        Wording(
            "Send dokumentet til det program, det er beregnet til; er det en aftale, så tilføj "
            "templateId.",
            "Send the document to the program it is intended for; if it is an appointment, add "
            "the templateId.",
        ),
        "APD-DK 2.0.1, header",
    ),
    _xml(
        OTHER_RELEASE,
        Wording(
            "Dokumentet er af en anden version af DK-APD end den gældende.",
            "The document is of another release of DK-APD than the one in force.",
        ),
        Wording(
            "Det fremgår af den profilversion, som dokumentet angiver, eller af dets "
            "template-id'er. De øvrige fund viser, hvad den gældende version kræver; med "
            "--as-release (Settings.as_release) kontrolleres dokumentet efter sin egen version.",
            "The profile version that it states, or its template ids, show this. The other "
            "findings show what the release in force requires; with --as-release "
            "(Settings.as_release) the document is checked against its own release.",
        ),
        Wording(
            "Send dokumenter af den gældende version; apd upgrade opgraderer ældre dokumenter.",
            "Send documents of the release in force; apd upgrade upgrades older documents.",
        ),
        "APD-DK 2.0.1, header; MedCom's examples for 1.0, 1.1 and the draft of 2.0",
        Severity.INFORMATION,
    ),
)
