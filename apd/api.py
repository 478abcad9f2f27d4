"""Reading and writing documents, under the names that the standard library's ``json`` uses."""

import os
from typing import BinaryIO

from apd.cda.reader import read
from apd.cda.saving import write_document
from apd.cda.xml import MAX_BYTES
from apd.errors import InvalidDocument
from apd.files import whole_file
from apd.finding import Finding, Layer, Severity
from apd.model.completeness import missing
from apd.model.document import AppointmentDocument
from apd.validation import no_rule_speaks_of, validate
from apd.wording import Wording

Source = str | os.PathLike[str] | BinaryIO


def loads(data: bytes | str) -> AppointmentDocument:
    """Read an appointment document of any release.

    Lenient: what deviates but can be understood is read. What the model has no place for is in
    the document's ``unmapped``, and goes back to where it stood when the document is written.

    Args:
        data: the XML, as bytes in any encoding or as text.

    Raises:
        ParseError: it is not XML, is XML that is refused (a document type, more than 512 KiB), or
            there is no appointment in it.
    """
    return read(data)


def load(source: Source) -> AppointmentDocument:
    """Read an appointment document from a path or from a file opened in binary mode.

    Raises:
        ParseError: as :func:`loads`.
        OSError: the file cannot be read.
    """
    if isinstance(source, str | os.PathLike):
        with open(source, "rb") as file:
            return read(file.read(MAX_BYTES + 1))
    return read(source.read(MAX_BYTES + 1))


def dumps(document: AppointmentDocument, *, check: bool = True) -> bytes:
    """Write a document as DK-APD 2.0.1 with the errata of 2021: UTF-8, indented.

    The same document always gives the same bytes. What is demanded but not known is written as
    null where the standard allows that.

    Args:
        document: what to write.
        check: False writes the document whatever it lacks.

    Raises:
        InvalidDocument: the document lacks what the profile demands or has what it forbids;
            its findings name every single thing.
    """
    data = _written(document)
    if data is None:
        raise InvalidDocument([_NOT_WRITABLE])
    if check:
        findings = _faults(document, data)
        if findings:
            raise InvalidDocument(findings)
    return data


def _written(document: AppointmentDocument) -> bytes | None:
    """None where a piece cannot be written; the error of lxml, which may quote it, ends here."""
    try:
        return write_document(document)
    except (SyntaxError, ValueError, LookupError):
        return None


_NOT_WRITABLE = Finding(
    rule="APD-UNMAPPED",
    layer=Layer.XML,
    wording=Wording(
        "Et stykke i dokumentets unmapped er ikke XML, der kan skrives. Fjern det.",
        "A piece in the document's unmapped is no XML that can be written. Take it out.",
    ),
    path="unmapped",
)


def _faults(document: AppointmentDocument, data: bytes) -> list[Finding]:
    """What the document lacks, and what it has that is forbidden.

    Of a document that holds nothing beyond the model, the model tells all; the tests show that
    what is complete breaks no rule. What was read and put back is looked at as XML, with the
    rules that may speak of it.
    """
    findings = list(missing(document))
    if not no_rule_speaks_of(document.unmapped):
        named = {clause for finding in findings for clause in finding.conformance}
        errors = [f for f in validate(data).findings if f.severity is Severity.ERROR]
        findings += [error for error in errors if named.isdisjoint(error.conformance)]
    return findings


def dump(
    document: AppointmentDocument,
    target: str | os.PathLike[str] | BinaryIO,
    *,
    check: bool = True,
) -> None:
    """Write a document to a path or to a file opened in binary mode; see :func:`dumps`.

    A file appears as a whole or not at all; a pipe or a device is written to.

    Raises:
        InvalidDocument: as :func:`dumps`; nothing has been written.
        OSError: the file cannot be written.
    """
    data = dumps(document, check=check)
    if isinstance(target, str | os.PathLike):
        with whole_file(target) as file:
            file.write(data)
    else:
        target.write(data)
