"""What may arrive instead of an appointment document: kinds of files, and other documents.

A row has the name of a kind, what to do about it, and why it occurs. Findings, rules and pages are
generated from the rows; :mod:`apd.cda.detection` recognises the kinds by their bytes.

Sources: XML 1.0; RFC 2045, 4648 and 8259; SOAP 1.1 and 1.2; IHE ITI TF-2, appendix V; FHIR R4. The
Danish CDA documents: MedCom's profiles PHMR-DK, QFDD-DK, QRD-DK, CPD-DK, PDC-DK, PRF-DK, PSCR-DK,
PMR-DK and PHAD-DK, and Sundhedsdatastyrelsen's LPR3.
"""

from typing import NamedTuple

from attrs import frozen

from apd.findings import Layer
from apd.standard.codes import DOCUMENT_CODE, DOCUMENT_TEMPLATE, Oid
from apd.standard.requirement import Requirement
from apd.wording import Wording

_TAKE_OUT = Wording(
    "Pak dokumentet ud, og angiv det alene.", "Extract the document and pass it alone."
)


class Statement(NamedTuple):
    """What is wrong with a file, and what to do; None where the rule says it."""

    wording: Wording
    remedy: Wording | None = None


@frozen
class FileKind:
    """A kind of file that is no appointment document: its name with its article, and what to do.

    ``take_out`` is what to do if it contains an appointment document.
    """

    rule: str
    name: Wording
    do: Wording
    explanation: Wording
    take_out: Wording = _TAKE_OUT

    def says(self, name: Wording | None = None, *, holds_appointment: bool = False) -> "Statement":
        """The message about a file, with a more precise name if given."""
        da, en = name or self.name
        if holds_appointment:
            wording = Wording(
                f"Det er {da}, der indeholder et aftaledokument.",
                f"This is {en}, and it contains an appointment document.",
            )
            return Statement(wording, self.take_out)
        wording = Wording(
            f"Det er {da}, ikke et aftaledokument.", f"This is {en}, not an appointment document."
        )
        return Statement(wording, self.do)

    @property
    def requirement(self) -> Requirement:
        """The rule that such a file breaks."""
        return Requirement(
            id=self.rule,
            layer=Layer.XML,
            source="XML 1.0; HL7 CDA R2",
            wording=Wording(
                f"Det må ikke være {self.name.da}; det skal være et aftaledokument i XML.",
                f"It must not be {self.name.en}; it must be an appointment document in XML.",
            ),
            explanation=self.explanation,
            remedy=self.do,
        )


EMPTY = FileKind(
    "XML-EMPTY",
    Wording("en tom fil", "an empty file"),
    Wording("Hent dokumentet igen, hvor det kom fra.", "Fetch the document from its source again."),
    Wording(
        "Den rummer ingenting, eller kun mellemrum, linjeskift eller et BOM. Det sker, når noget "
        "afbrydes, mens det skrives eller sendes.",
        "It contains nothing, or only white space or a byte order mark. This happens when writing "
        "or sending is interrupted.",
    ),
)
TEXT = FileKind(
    "XML-IS-TEXT",
    Wording("tekst uden XML", "text without XML"),
    Wording("Angiv selve dokumentet, som er XML.", "Pass the document itself, which is XML."),
    Wording(
        "XML begynder med <; der er intet dokument i teksten. I Python er en str selve XML'en; "
        "et filnavn angives som pathlib.Path.",
        "XML begins with <; there is no document in the text. In Python a str is the XML itself; "
        "a file name is passed as a pathlib.Path.",
    ),
)
BINARY = FileKind(
    "XML-IS-BINARY",
    Wording("binære data", "binary data"),
    Wording("Angiv selve dokumentet, som er XML.", "Pass the document itself, which is XML."),
    Wording(
        "Bytene er hverken tekst eller XML: et billede, et arkiv eller noget krypteret.",
        "The bytes are neither text nor XML, but an image, an archive or something encrypted.",
    ),
)
JSON = FileKind(
    "XML-IS-JSON",
    Wording("JSON", "JSON"),
    Wording(
        "Aftaledokumenter er XML; er det bibliotekets egen JSON, danner apd build et dokument af "
        "den.",
        "Appointment documents are XML; if this is the library's own JSON, apd build makes a "
        "document from it.",
    ),
    Wording(
        "Tjenester svarer ofte i JSON, også når de melder fejl.",
        "Services often respond in JSON, also when they report errors.",
    ),
)
HTML = FileKind(
    "XML-IS-HTML",
    Wording("en HTML-side", "an HTML page"),
    Wording(
        "Det er oftest en fejlside fra en gateway: læs fejlen på siden, og hent dokumentet igen.",
        "It is usually an error page from a gateway: read the error on the page, and fetch the "
        "document again.",
    ),
    Wording(
        "En gateway eller en proxy svarer med en side, når den tjeneste, der har dokumentet, ikke "
        "kan nås.",
        "A gateway or a proxy responds with a page if the service that has the document cannot be "
        "reached.",
    ),
)
GZIP = FileKind(
    "XML-IS-GZIP",
    Wording("gzip", "gzip"),
    Wording("Pak det ud først.", "Unpack it first."),
    Wording(
        "Et svar eller en fil er pakket og er ikke blevet pakket ud. Biblioteket gør det ikke "
        "selv, da det udpakkede kan fylde meget.",
        "A response or a file is compressed and has not been decompressed. The library does not do "
        "so, as the result may be very large.",
    ),
)
ZIP = FileKind(
    "XML-IS-ZIP",
    Wording("et ZIP-arkiv", "a ZIP archive"),
    Wording(
        "Pak det ud først; apd validate læser selv arkiver, hvis navn slutter på .zip.",
        "Unpack it first; apd validate reads archives whose names end in .zip.",
    ),
    Wording(
        "Et arkiv rummer filer; dokumentet er en af dem.",
        "An archive contains files; the document is one of them.",
    ),
)
PDF = FileKind(
    "XML-IS-PDF",
    Wording("en PDF", "a PDF"),
    Wording(
        "Hent selve dokumentet som XML; en PDF kan ikke konverteres til det.",
        "Fetch the document itself as XML; a PDF cannot be converted into one.",
    ),
    Wording(
        "En PDF er til at læse; data kan ikke tages ud af den med sikkerhed.",
        "A PDF is for reading; data cannot be extracted from it reliably.",
    ),
)
BASE64 = FileKind(
    "XML-IS-BASE64",
    Wording("base64", "base64"),
    Wording("Afkod det først.", "Decode it first."),
    Wording(
        "I beskeder og i JSON sendes dokumenter ofte i base64.",
        "In messages and in JSON, documents are often sent in base64.",
    ),
    Wording("Afkod det først, og angiv dokumentet.", "Decode it first, and pass the document."),
)
MIME = FileKind(
    "XML-IS-MIME",
    Wording("en MIME-besked (MTOM)", "a MIME message (MTOM)"),
    Wording(
        "Angiv kun dokumentet, uden headere og skillelinjer.",
        "Pass only the document, without headers and boundaries.",
    ),
    Wording(
        "XDS sender dokumenter som dele af en MIME-besked (MTOM); dokumentet er en af delene. "
        "HTTP har sine headere foran det.",
        "XDS sends documents as parts of a MIME message (MTOM); the document is one of the parts. "
        "HTTP puts its headers before it.",
    ),
)
SOAP = FileKind(
    "XML-IS-SOAP",
    Wording("en SOAP-besked", "a SOAP message"),
    Wording(
        "Et svar eller en fejl fra en tjeneste er til den, der kaldte den; angiv selve dokumentet.",
        "A response or a fault from a service is for the caller; pass the document itself.",
    ),
    Wording(
        "Dokumenter sendes i SOAP. Dokumentet pakkes ikke ud i det stille, da kun det, der blev "
        "sendt, kan være underskrevet eller logget.",
        "Documents are sent in SOAP. The document is not extracted silently, as it may be the "
        "message as sent that is signed or logged.",
    ),
)
FHIR = FileKind(
    "XML-IS-FHIR",
    Wording("en FHIR-ressource", "a FHIR resource"),
    Wording("Et aftaledokument er CDA, ikke FHIR.", "An appointment document is CDA, not FHIR."),
    Wording(
        "Et FHIR-API returnerer dokumenter som Binary, med dokumentet i base64.",
        "A FHIR API returns documents as Binary, with the document in base64.",
    ),
    Wording(
        "Pak dokumentet ud, afkod det fra base64, og angiv det alene.",
        "Extract the document, decode it from base64, and pass it alone.",
    ),
)
EBXML = FileKind(
    "XML-IS-EBXML",
    Wording("en IHE XDS-besked (ebRIM)", "an IHE XDS message (ebRIM)"),
    Wording(
        "Metadata angiver, hvor dokumentet er: hent det, og angiv det.",
        "Metadata state where the document is: fetch it, and pass it.",
    ),
    Wording(
        "Beskeder til og fra et register rummer metadata; dokumentet selv hentes for sig.",
        "Messages to and from a registry contain metadata; the document is fetched separately.",
    ),
)
BEFORE = FileKind(
    "XML-PROLOG",
    Wording(
        "et dokument med noget foran XML-erklæringen",
        "a document with something before the XML declaration",
    ),
    Wording(
        "Fjern det; dokumentet skal begynde med det allerførste tegn.",
        "Remove it; the document must begin with the very first character.",
    ),
    Wording(
        "En blank linje, en loglinje, en kommentar eller et ekstra BOM foran erklæringen gør, "
        "at ingen XML-parser læser dokumentet.",
        "A blank line, a log line, a comment or an extra byte order mark before the declaration "
        "prevents every XML parser from reading the document.",
    ),
)

KINDS = (
    EMPTY, TEXT, BINARY, JSON, HTML, GZIP, ZIP, PDF, BASE64, MIME, SOAP, FHIR, EBXML, BEFORE,
)  # fmt: skip
"""All kinds, in the order in which their rules are listed."""


# --- names that say more than the kind -------------------------------------------------------

BLANKS_BEFORE = Wording(
    "Der står blanke tegn foran XML-erklæringen.",
    "There is white space before the XML declaration.",
)
MARK_BEFORE = Wording(
    "Der står et ekstra BOM foran XML-erklæringen.",
    "There is an extra byte order mark before the XML declaration.",
)
TEXT_BEFORE = Wording(
    "Der står tekst foran XML-erklæringen, f.eks. en loglinje.",
    "There is text before the XML declaration, such as a log line.",
)
COMMENT_BEFORE = Wording(
    "Der står en kommentar eller en instruktion foran XML-erklæringen.",
    "There is a comment or a processing instruction before the XML declaration.",
)
TEXT_BEFORE_ROOT = Wording(
    "Der står tekst foran dokumentet, f.eks. en loglinje.",
    "There is text before the document, such as a log line.",
)

IN_HTTP = Wording("en HTTP-besked med headere", "an HTTP message with headers")

A_PATH = Statement(
    Wording(
        "Teksten er ikke XML, for der er intet < i den.",
        "The text is not XML, as there is no < in it.",
    ),
    Wording("Er det en fil? Brug pathlib.Path(…).", "Is it a file? Pass pathlib.Path(…)."),
)
"""The words for a ``str`` that cannot be XML."""

MAGIC: tuple[tuple[bytes, FileKind, Wording | None], ...] = (
    (b"\x1f\x8b", GZIP, None),
    (b"PK\x03\x04", ZIP, None),
    (b"PK\x05\x06", ZIP, None),
    (b"%PDF-", PDF, None),
    (b"BZh", BINARY, Wording("data pakket med bzip2", "data packed with bzip2")),
    (b"\xfd7zXZ\x00", BINARY, Wording("data pakket med xz", "data packed with xz")),
    (b"7z\xbc\xaf\x27\x1c", BINARY, Wording("et 7z-arkiv", "a 7z archive")),
    (b"(\xb5/\xfd", BINARY, Wording("data pakket med zstd", "data packed with zstd")),
    (b"Rar!", BINARY, Wording("et RAR-arkiv", "a RAR archive")),
    (b"GIF8", BINARY, Wording("et GIF-billede", "a GIF image")),
    (b"\x89PNG", BINARY, Wording("et PNG-billede", "a PNG image")),
    (b"\xff\xd8\xff", BINARY, Wording("et JPEG-billede", "a JPEG image")),
    (b"\xd0\xcf\x11\xe0", BINARY, Wording("et Office-dokument", "an Office document")),
    (b"{\\rtf", TEXT, Wording("et RTF-dokument", "an RTF document")),
    (b"MSH|", TEXT, Wording("en HL7 v2-besked", "an HL7 v2 message")),
    (b"UNA:", TEXT, Wording("en EDIFACT-besked", "an EDIFACT message")),
    (b"UNB+", TEXT, Wording("en EDIFACT-besked", "an EDIFACT message")),
    (
        b"&lt;",
        TEXT,
        Wording("XML, hvor < er skrevet som &lt;", "XML in which < is written as &lt;"),
    ),
    (
        b"%3C",
        TEXT,
        Wording("XML, hvor < er skrevet som %3C", "XML in which < is written as %3C"),
    ),
)
"""The first bytes of files, the kind they show, and a more precise name."""

NAMESPACES: tuple[tuple[str, FileKind, Wording | None], ...] = (
    (
        "http://schemas.xmlsoap.org/soap/envelope/",
        SOAP,
        Wording("en SOAP 1.1-besked", "a SOAP 1.1 message"),
    ),
    (
        "http://www.w3.org/2003/05/soap-envelope",
        SOAP,
        Wording("en SOAP 1.2-besked", "a SOAP 1.2 message"),
    ),
    ("http://hl7.org/fhir", FHIR, None),
    ("urn:oasis:names:tc:ebxml-regrep:", EBXML, None),
    ("urn:ihe:", EBXML, None),
    ("http://www.w3.org/1999/xhtml", HTML, None),
)
"""What the namespace of the root begins with."""

FHIR_RESOURCES = frozenset(
    ("Appointment", "Binary", "Bundle", "Composition", "DocumentReference", "OperationOutcome")
)
"""The FHIR resources that are named; the name of any other comes from a stranger."""


def fhir_resource(name: str) -> Wording:
    """The name of a FHIR resource."""
    if name not in FHIR_RESOURCES:
        return FHIR.name
    return Wording(f"FHIR-ressourcen {name}", f"the FHIR resource {name}")


def in_base64(inner: FileKind | None) -> Wording:
    """The name of base64, by its content; None is XML."""
    da, en = ("XML", "XML") if inner is None else inner.name
    return Wording(f"{da} i base64", f"{en} in base64")


# --- other CDA documents ---------------------------------------------------------------------


class CdaDocument(NamedTuple):
    """A Danish CDA document other than an appointment: its names, template and code.

    The code is None where other documents share it.
    """

    short: str
    name: Wording
    template: str
    code: tuple[str, str] | None


_MEDCOM_CODES = Oid.MEDCOM_MESSAGE_CODES

CDA_DOCUMENTS = (
    CdaDocument(
        "PHMR",
        Wording("hjemmemonitorering", "home monitoring"),
        "1.2.208.184.11.1",
        ("53576-5", Oid.LOINC),
    ),
    CdaDocument(
        "QFDD",
        Wording("spørgeskema", "questionnaire"),
        "1.2.208.184.12.1",
        ("74468-0", Oid.LOINC),
    ),
    CdaDocument(
        "QRD",
        Wording("besvaret spørgeskema", "answered questionnaire"),
        "1.2.208.184.13.1",
        ("74465-6", Oid.LOINC),
    ),
    CdaDocument(
        "CPD",
        Wording("plan for forløb og indsats", "care plan"),
        "1.2.208.184.15.1",
        ("81215-6", Oid.LOINC),
    ),
    CdaDocument(
        "PDC",
        Wording("stamkort", "personal data card"),
        "1.2.208.184.16.1",
        ("PDC", _MEDCOM_CODES),
    ),
    CdaDocument(
        "PRF",
        Wording("svangrehenvisning", "pregnancy referral"),
        "1.2.208.184.19.1",
        ("PRF", _MEDCOM_CODES),
    ),
    CdaDocument(
        "PSCR",
        Wording("vandrejournal", "shared pregnancy record"),
        "1.2.208.184.20.1",
        ("PSCR", _MEDCOM_CODES),
    ),
    CdaDocument(
        "PMR",
        Wording("målinger i graviditeten", "pregnancy measurements"),
        "1.2.208.184.21.1",
        ("PMR", _MEDCOM_CODES),
    ),
    CdaDocument(
        "PHAD",
        Wording("aftaler og planer i PDF", "agreements and plans as a PDF"),
        "1.2.208.184.22.1",
        ("103140-0", Oid.LOINC),
    ),
    CdaDocument(
        "LPR3",
        Wording(
            "indberetning til Landspatientregisteret", "report to the National Patient Register"
        ),
        "1.2.208.176.7.1.10.71",
        ("34133-9", Oid.LOINC),
    ),
)
"""Known by template, else by code. PHMR before 2015 had another template, but the same code."""


def other_cda(template: set[str | None], code: tuple[str | None, str | None]) -> Statement:
    """The message about a CDA document, by the roots of its templateIds and its code."""
    by_template = (one for one in CDA_DOCUMENTS if one.template in template)
    by_code = (one for one in CDA_DOCUMENTS if one.code == code)
    known = next(by_template, None) or next(by_code, None)
    if known is not None:
        other = Wording(
            f"Det er et andet CDA-dokument, {known.short} ({known.name.da}), ikke et "
            "aftaledokument.",
            f"This is another CDA document, {known.short} ({known.name.en}), not an appointment "
            "document.",
        )
        return Statement(other, _PASS_ON)
    if code == (DOCUMENT_CODE, Oid.LOINC):
        untold = Wording(
            f"Dokumentets kode er koden for en aftale, men templateId {DOCUMENT_TEMPLATE} mangler.",
            f"The code of the document is that of an appointment, but templateId "
            f"{DOCUMENT_TEMPLATE} is missing.",
        )
        return Statement(untold, _ADD_TEMPLATE)
    return Statement(
        Wording(
            "Dokumentet er ikke et aftaledokument: det er CDA af en anden profil, og templateId "
            f"{DOCUMENT_TEMPLATE} mangler.",
            "This is not an appointment document: it is CDA of another profile, and templateId "
            f"{DOCUMENT_TEMPLATE} is missing.",
        )
    )


_PASS_ON = Wording(
    "Send det til det program, det er beregnet til.", "Send it to the program it is intended for."
)
_ADD_TEMPLATE = Wording(
    "Tilføj det, hvis det er et aftaledokument.", "Add it if this is an appointment document."
)
_ADD_NAMESPACE = Wording(
    'Skriv xmlns="urn:hl7-org:v3" på roden.', 'Write xmlns="urn:hl7-org:v3" on the root.'
)

NO_NAMESPACE = Statement(
    Wording("ClinicalDocument står uden navnerum.", "ClinicalDocument has no namespace."),
    _ADD_NAMESPACE,
)
OTHER_NAMESPACE = Statement(
    Wording(
        "ClinicalDocument står i et andet navnerum end CDA's.",
        "ClinicalDocument is in a namespace other than CDA.",
    ),
    _ADD_NAMESPACE,
)
OTHER_NAME = Statement(
    Wording(
        "Det er et aftaledokument, hvis rod ikke er ClinicalDocument i urn:hl7-org:v3.",
        "This is an appointment document whose root is not ClinicalDocument in urn:hl7-org:v3.",
    ),
    Wording("Ret rodens navn.", "Correct the name of the root."),
)
_OTHER_ROOT = Wording(
    "Dokumentet er ikke CDA: roden skal være ClinicalDocument i urn:hl7-org:v3.",
    "This is not CDA: the root must be ClinicalDocument in urn:hl7-org:v3.",
)
OTHER_ROOT = Statement(_OTHER_ROOT)
HOLDS_APPOINTMENT = Statement(
    Wording(
        f"{_OTHER_ROOT.da} Det indeholder et aftaledokument.",
        f"{_OTHER_ROOT.en} It contains an appointment document.",
    ),
    _TAKE_OUT,
)
