"""What may come where an appointment document is expected: a row for each kind, and its words."""

import base64
import gzip
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from tests.places import ROOT

DOCUMENT = (ROOT / "examples" / "documents" / "hospital-visit.xml").read_bytes()
"""An example of ours, in which nothing is wrong."""
TEXT = DOCUMENT.decode()
DECLARATION, _, BODY = TEXT.partition("?>")
HL7 = "urn:hl7-org:v3"
SECRETS = ("2512489996", "Skovsang", "Vera", "Humlevangen")
"""What stands in it and may be in no message."""


class OtherFile(NamedTuple):
    """Something that is no appointment document, or none that can be read as it is.

    Args:
        data: the bytes.
        rule: the rule of its one finding.
        danish: what the finding says, a part of it.
        english: the same.
        is_left_alone: it has nothing to do with appointments; else it holds one, or is one.
    """

    data: bytes
    rule: str
    danish: str
    english: str
    is_left_alone: bool = True


def of_appointment(data: bytes, rule: str, danish: str, english: str) -> OtherFile:
    """A file that is an appointment document that cannot be read as it is, or holds one."""
    return OtherFile(data, rule, danish, english, is_left_alone=False)


def declaring(encoding: str, written: str = "utf-8", mark: bytes = b"") -> bytes:
    """The document, which declares one encoding and is written in another."""
    return mark + TEXT.replace("UTF-8", encoding).encode(written)


def cda(template: str = "1.2.3", code: str = "1-2", system: str = "2.16.840.1.113883.6.1") -> bytes:
    """The beginning of a CDA document."""
    return (
        f'<ClinicalDocument xmlns="{HL7}"><templateId root="{template}"/>'
        f'<code code="{code}" codeSystem="{system}"/></ClinicalDocument>'
    ).encode()


def soap(version: str, inside: str) -> bytes:
    """A SOAP envelope."""
    return (f'<s:Envelope xmlns:s="{version}"><s:Body>{inside}</s:Body></s:Envelope>').encode()


def zipped(data: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive with the document in it."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("aftale.xml", data)
    return packed.getvalue()


SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
IN_BASE64 = base64.b64encode(DOCUMENT).decode()
ITI_41 = (
    '<ProvideAndRegisterDocumentSetRequest xmlns="urn:ihe:iti:xds-b:2007">'
    '<Document id="a">{}</Document></ProvideAndRegisterDocumentSetRequest>'
)
ANSWER = b'<RegistryResponse xmlns="urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0" status="x"/>'
PAGE = b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
PART = "Content-Type: application/xop+xml; charset=UTF-8\r\nContent-ID: <root@example.com>\r\n\r\n"
MTOM = (
    f"--part\r\n{PART}{soap(SOAP_12, '').decode()}\r\n--part\r\n{PART}{TEXT}\r\n--part--".encode()
)
EMPTY = ("tom fil", "empty file")
UTF_16_DECLARED = (
    "Erklæringen angiver utf-16, men bytene er UTF-8",
    "states utf-16, but the bytes are UTF-8",
)
HOLDS = ("der indeholder et aftaledokument", "and it contains an appointment document")
ANOTHER_CDA = ("et andet CDA-dokument, {}", "another CDA document, {}")
JAVA = ("som ikke alle XML-parsere til Java kan læse", "which not all Java XML parsers can read")


def another(short: str) -> tuple[str, str]:
    """The words for another CDA document."""
    danish, english = ANOTHER_CDA
    return danish.format(short), english.format(short)


OTHER_FILES = {
    "nothing": OtherFile(b"", "XML-EMPTY", *EMPTY),
    "white space": OtherFile(b" \r\n\t\n", "XML-EMPTY", *EMPTY),
    "only a BOM": OtherFile(b"\xef\xbb\xbf", "XML-EMPTY", *EMPTY),
    "only a BOM of UTF-16": OtherFile(b"\xff\xfe", "XML-EMPTY", *EMPTY),
    "JSON": OtherFile(b'{"error": "not found"}', "XML-IS-JSON", "JSON", "JSON"),
    "JSON list": OtherFile(b' [{"a": 1}]', "XML-IS-JSON", "JSON", "JSON"),
    "JSON in UTF-16": OtherFile('{"a": 1}'.encode("utf-16"), "XML-IS-JSON", "JSON", "JSON"),
    "JSON with the document": of_appointment(
        json.dumps({"document": TEXT}).encode(), "XML-IS-JSON", *HOLDS
    ),
    "HTML": OtherFile(PAGE, "XML-IS-HTML", "HTML-side", "HTML page"),
    "HTML without doctype": OtherFile(
        b"<html><body><p>502<br></body>", "XML-IS-HTML", "HTML-side", "HTML page"
    ),
    "HTML in capitals": OtherFile(b"\n<HTML><BODY>", "XML-IS-HTML", "HTML-side", "HTML page"),
    "XHTML": OtherFile(
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
        "XML-IS-HTML", "HTML-side", "HTML page",
    ),
    "gzip": OtherFile(gzip.compress(DOCUMENT), "XML-IS-GZIP", "gzip", "gzip"),
    "ZIP": OtherFile(zipped(DOCUMENT), "XML-IS-ZIP", "ZIP-arkiv", "ZIP archive"),
    "ZIP, not packed": of_appointment(
        zipped(DOCUMENT, zipfile.ZIP_STORED), "XML-IS-ZIP", *HOLDS
    ),
    "PDF": OtherFile(b"%PDF-1.7\n%\xe2\xe3", "XML-IS-PDF", "en PDF", "a PDF"),
    "picture": OtherFile(b"\x89PNG\r\n\x1a\n\0\0", "XML-IS-BINARY", "PNG-billede", "PNG image"),
    "bytes": OtherFile(bytes(range(40)), "XML-IS-BINARY", "binære data", "binary data"),
    "text": OtherFile(b"Der er ingen dokumenter.", "XML-IS-TEXT", "tekst", "text"),
    "HL7 v2": OtherFile(b"MSH|^~\\&|A|B", "XML-IS-TEXT", "HL7 v2", "HL7 v2"),
    "EDIFACT": OtherFile(b"UNA:+.? 'UNB+UNOC:3", "XML-IS-TEXT", "EDIFACT", "EDIFACT"),
    "base64": of_appointment(IN_BASE64.encode(), "XML-IS-BASE64", "XML i base64", "XML in base64"),
    "base64 in lines": of_appointment(base64.encodebytes(DOCUMENT), "XML-IS-BASE64", *HOLDS),
    "base64 as a data URI": of_appointment(
        f"data:text/xml;base64,{IN_BASE64}".encode(), "XML-IS-BASE64", *HOLDS
    ),
    "base64 of UTF-16": of_appointment(
        base64.b64encode(declaring("utf-16", "utf-16")), "XML-IS-BASE64", *HOLDS
    ),
    "base64 of gzip": OtherFile(
        base64.b64encode(gzip.compress(DOCUMENT)), "XML-IS-BASE64",
        "gzip i base64", "gzip in base64",
    ),
    "base64 of other XML": OtherFile(
        base64.b64encode(b'<?xml version="1.0"?><project/>'), "XML-IS-BASE64",
        "XML i base64, ikke et aftaledokument", "XML in base64, not an appointment document",
    ),
    "MTOM, boundary first": of_appointment(MTOM, "XML-IS-MIME", *HOLDS),
    "MIME, headers first": of_appointment(
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="part"\r\n\r\n' + MTOM,
        "XML-IS-MIME", *HOLDS,
    ),
    "HTTP answer": OtherFile(
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n" + PAGE,
        "XML-IS-MIME", "en HTTP-besked", "an HTTP message",
    ),
    "SOAP 1.1": of_appointment(soap(SOAP_11, BODY), "XML-IS-SOAP", "SOAP 1.1", "SOAP 1.1"),
    "SOAP 1.2": of_appointment(soap(SOAP_12, BODY), "XML-IS-SOAP", *HOLDS),
    "SOAP with base64": of_appointment(
        soap(SOAP_12, ITI_41.format(IN_BASE64)), "XML-IS-SOAP", *HOLDS
    ),
    "SOAP with base64 in lines": of_appointment(
        soap(SOAP_12, ITI_41.format(base64.encodebytes(DOCUMENT).decode())), "XML-IS-SOAP", *HOLDS
    ),
    "SOAP that is cut off": of_appointment(soap(SOAP_12, BODY)[:-9], "XML-IS-SOAP", *HOLDS),
    "SOAP fault": OtherFile(
        soap(SOAP_12, "<s:Fault/>"), "XML-IS-SOAP",
        "SOAP 1.2-besked, ikke et aftaledokument", "SOAP 1.2 message, not an appointment",
    ),
    "FHIR Binary in JSON": of_appointment(
        json.dumps({"resourceType": "Binary", "data": IN_BASE64}).encode(),
        "XML-IS-FHIR", "FHIR-ressourcen Binary", "FHIR resource Binary",
    ),
    "FHIR Binary in XML": of_appointment(
        f'<Binary xmlns="http://hl7.org/fhir"><data value="{IN_BASE64}"/></Binary>'.encode(),
        "XML-IS-FHIR", *HOLDS,
    ),
    "FHIR Binary with another document": OtherFile(
        b'{"resourceType":"Binary","data":"PGEvPg=="}', "XML-IS-FHIR",
        "Binary, ikke et aftaledokument", "Binary, not an appointment document",
    ),
    "FHIR resource in XML": OtherFile(
        b'<Appointment xmlns="http://hl7.org/fhir"/>', "XML-IS-FHIR",
        "FHIR-ressourcen Appointment", "FHIR resource Appointment",
    ),
    "FHIR resource of any name": OtherFile(
        b'{"resourceType": "Skovsang"}', "XML-IS-FHIR", "en FHIR-ressource", "a FHIR resource"
    ),
    "ebXML": OtherFile(ANSWER, "XML-IS-EBXML", "IHE XDS-besked", "IHE XDS message"),
    "ITI-41 with the document": of_appointment(
        ITI_41.format(IN_BASE64).encode(), "XML-IS-EBXML", *HOLDS
    ),
    "PHMR by template": OtherFile(cda("1.2.208.184.11.1"), "APD-TEMPLATE", *another("PHMR")),
    "QFDD by template": OtherFile(cda("1.2.208.184.12.1"), "APD-TEMPLATE", *another("QFDD")),
    "QRD by template": OtherFile(cda("1.2.208.184.13.1"), "APD-TEMPLATE", *another("QRD")),
    "CPD by template": OtherFile(cda("1.2.208.184.15.1"), "APD-TEMPLATE", *another("CPD")),
    "PDC by template": OtherFile(cda("1.2.208.184.16.1"), "APD-TEMPLATE", *another("PDC")),
    "PHAD by template": OtherFile(cda("1.2.208.184.22.1"), "APD-TEMPLATE", *another("PHAD")),
    "PHMR by code": OtherFile(cda(code="53576-5"), "APD-TEMPLATE", *another("PHMR")),
    "QRD by code": OtherFile(cda(code="74465-6"), "APD-TEMPLATE", *another("QRD")),
    "PDC by code": OtherFile(
        cda(code="PDC", system="1.2.208.184.100.1"), "APD-TEMPLATE", *another("PDC")
    ),
    "CDA of no known profile": OtherFile(
        cda(), "APD-TEMPLATE", "CDA af en anden profil", "CDA of another profile"
    ),
    "an appointment by its code only": OtherFile(
        cda(code="39289-4"), "APD-TEMPLATE", "templateId 1.2.208.184.14.1 mangler", "is missing"
    ),
    "no namespace": of_appointment(
        TEXT.replace(f' xmlns="{HL7}"', "").encode(), "APD-ROOT",
        "uden navnerum", "has no namespace",
    ),
    "another namespace": of_appointment(
        TEXT.replace(HL7, "urn:hl7-org:v2").encode(), "APD-ROOT",
        "et andet navnerum", "a namespace other than",
    ),
    "another root": OtherFile(b"<project/>", "APD-ROOT", "ikke CDA", "not CDA"),
    "another name of the root": of_appointment(
        TEXT.replace("ClinicalDocument", "clinicalDocument").encode(), "APD-ROOT",
        "rod ikke er ClinicalDocument", "whose root is not ClinicalDocument",
    ),
    "another root around it": OtherFile(
        f"<Document>{BODY}</Document>".encode(), "APD-ROOT",
        "Det indeholder et aftaledokument", "It contains an appointment document",
    ),
    "a blank line first": of_appointment(
        b"\n" + DOCUMENT, "XML-PROLOG", "blanke tegn foran", "white space before"
    ),
    "a line of a log first": of_appointment(
        b"2026-03-03 INFO Skovsang 2512489996\n" + DOCUMENT, "XML-PROLOG",
        "tekst foran XML-erklæringen", "There is text before the XML declaration",
    ),
    "a comment first": of_appointment(
        b"<!-- Skovsang -->" + DOCUMENT, "XML-PROLOG",
        "kommentar eller en instruktion foran", "comment or a processing instruction before",
    ),
    "two BOMs": of_appointment(
        b"\xef\xbb\xbf\xef\xbb\xbf" + DOCUMENT, "XML-PROLOG", "et ekstra BOM", "an extra byte order"
    ),
    "text before the root": of_appointment(
        f"Skovsang: {BODY.strip()}".encode(), "XML-PROLOG",
        "tekst foran dokumentet", "There is text before the document",
    ),
    "declares UTF-16, is UTF-8 with BOM": of_appointment(
        declaring("utf-16", mark=b"\xef\xbb\xbf"), "XML-ENCODING", *UTF_16_DECLARED
    ),
    "declares UTF-16, is UTF-8": of_appointment(
        declaring("utf-16"), "XML-ENCODING", *UTF_16_DECLARED
    ),
    "declares UTF-32, is UTF-8": of_appointment(
        declaring("utf-32"), "XML-ENCODING", "angiver utf-32", "states utf-32"
    ),
    "declares UTF-8, is UTF-16": of_appointment(
        declaring("UTF-8", "utf-16"), "XML-ENCODING",
        "angiver UTF-8, men bytene er UTF-16 med BOM",
        "states UTF-8, but the bytes are UTF-16 with",
    ),
    "declares UTF-8, is UTF-16 without BOM": of_appointment(
        declaring("UTF-8", "utf-16-le"), "XML-ENCODING",
        "bytene er UTF-16.", "the bytes are UTF-16.",
    ),
    "declares the other order of bytes": of_appointment(
        declaring("utf-16be", "utf-16"), "XML-ENCODING", "angiver utf-16be", "states utf-16be"
    ),
    "declares ISO-8859-1, is UTF-8 with BOM": of_appointment(
        declaring("iso-8859-1", mark=b"\xef\xbb\xbf"), "XML-ENCODING",
        "angiver iso-8859-1, men bytene er UTF-8", "states iso-8859-1, but the bytes are UTF-8",
    ),
    "declares ISO-8859-1, is UTF-8": of_appointment(
        declaring("iso-8859-1"), "XML-ENCODING",
        "angiver iso-8859-1, men bytene er UTF-8", "states iso-8859-1, but the bytes are UTF-8",
    ),
    "declares UTF-8, is Windows-1252": of_appointment(
        declaring("UTF-8", "windows-1252"), "XML-ENCODING",
        "angiver UTF-8, men bytene er det ikke", "states UTF-8, but the bytes are not",
    ),
    "declares nothing, is ISO-8859-1": of_appointment(
        BODY.strip().encode("iso-8859-1"), "XML-ENCODING",
        "Uden erklæring er XML i UTF-8", "without a declaration is in UTF-8",
    ),
    "declares what does not exist": of_appointment(
        declaring("Skovsang"), "XML-ENCODING", "Tegnsættet kan ikke læses", "cannot be read"
    ),
}  # fmt: skip
"""Every kind of bytes, and what is said of it."""

UNKNOWN_TO_JAVA: dict[str, Callable[[], bytes]] = {
    name: lambda name=name: declaring(name, name)  # type: ignore[misc]
    for name in ("utf-7", "utf-32", "macintosh", "utf8", "cp1252", "iso-8859-10")
}
"""Documents that can be read here, and not by a parser of Java's."""
KNOWN_TO_JAVA = (
    "utf-8",
    "UTF-16",
    "iso-8859-1",
    "ISO-8859-15",
    "windows-1252",
    "gb18030",
    "latin1",
)
