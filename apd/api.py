"""Reading and writing documents, under the names that the standard library's ``json`` uses."""

import os
from typing import Any, BinaryIO

from attrs import fields

from apd.arguments import (
    as_bytes_read,
    as_xml,
    check_document,
    check_release,
    check_source,
    check_target,
)
from apd.cda.lossless.writing import write_document
from apd.cda.reader import read
from apd.errors import InvalidDocument
from apd.findings import Finding, Layer
from apd.limits import MAX_DOCUMENT_BYTES
from apd.model.document import AppointmentDocument, CompleteAppointment, CompleteDocument
from apd.standard.releases import Release
from apd.validation import validate, without_lines
from apd.wording import Wording

Source = str | os.PathLike[str] | BinaryIO
_OF_APPOINTMENT = fields(CompleteAppointment)
_OF_DOCUMENT = ("id", "custodian", "confidentiality")


def loads(data: bytes | str, *, release: Release = Release.CURRENT) -> AppointmentDocument:
    """Read an appointment document of any release.

    Lenient: what deviates but can be understood is read. The document keeps the XML, so that
    nothing is lost when it is written; what the model has no place for is reported by its
    ``unmapped``.

    Args:
        data: the XML, as bytes in any encoding or as text.
        release: the release that is current. Documents of others are read as if lifted to it.

    Returns:
        The document; what the standard requires and the XML lacks is None in it.

    Raises:
        ParseError: it is not XML, is XML that is refused (a document type, more than 512 KiB), or
            there is no appointment in it. Where it is something else, the one finding says what.
        InvalidArgument: it is a path, a file or anything else than XML.

    Examples:
        >>> import apd
        >>> apd.loads(b"<ClinicalDocument/>")
        Traceback (most recent call last):
        ...
        apd.errors.ParseError: ...

    Source: APD-DK 2.0.1 with the errata of 2021, and its older releases.
    """
    check_release(release)
    return read(as_xml("loads", data), release)


def load(source: Source, *, release: Release = Release.CURRENT) -> AppointmentDocument:
    """Read an appointment document from a path or from a file opened in binary mode.

    Args:
        source: the path as ``str`` or ``pathlib.Path``, or the file. At most 512 KiB are read.
        release: as for :func:`loads`.

    Returns:
        The document, as :func:`loads` gives it.

    Raises:
        ParseError: as :func:`loads`.
        OSError: the file cannot be read.
        InvalidArgument: it is XML, or anything else than a path or a file.

    Examples:
        >>> import apd
        >>> document = apd.load("examples/documents/hospital-visit.xml")
        >>> document.appointment.schedule.start.isoformat()
        '2026-03-03T10:15:00+01:00'

    Source: as :func:`loads`.
    """
    check_release(release)
    check_source(source)
    if isinstance(source, str | os.PathLike):
        with open(source, "rb") as file:
            return read(file.read(MAX_DOCUMENT_BYTES + 1), release)
    return read(as_bytes_read(source.read(MAX_DOCUMENT_BYTES + 1)), release)


def dumps(
    document: AppointmentDocument, *, check: bool = True, release: Release = Release.CURRENT
) -> bytes:
    """Write a document as DK-APD 2.0.1 with the errata of 2021.

    A document that was read and not changed gives the bytes that were read. In one that was
    changed, what has changed is changed in the XML that was read, and the rest stays as it is. A
    document made anew is written in UTF-8, indented, and what is demanded but not known is
    null where the standard allows that. The same document always gives the same bytes.

    Args:
        document: what to write.
        check: False writes the document whatever it lacks.
        release: the release to write. A document of another release is lifted to it.

    Returns:
        The XML: the bytes that were read, in their encoding, or UTF-8.

    Raises:
        InvalidDocument: the document lacks what the profile requires or has what it forbids;
            its findings name each of them. Also without ``check``, a change that takes what was
            read over 512 KiB, or that would lose what the model has no place for.
        InvalidArgument: it is not a document.

    Examples:
        >>> import apd
        >>> document = apd.load("examples/documents/hospital-visit.xml")
        >>> with open("examples/documents/hospital-visit.xml", "rb") as file:
        ...     apd.dumps(document) == file.read()
        True

    Source: APD-DK 2.0.1 with the errata of 2021.
    """
    check_release(release)
    check_document("dumps", document)
    data = write_document(document, release)
    if check:
        errors = validate(data, release=release).errors
        if errors:
            raise InvalidDocument(without_lines(errors))
    return data


def dump(
    document: AppointmentDocument,
    target: str | os.PathLike[str] | BinaryIO,
    *,
    check: bool = True,
    release: Release = Release.CURRENT,
) -> None:
    """Write a document to a path or to a file opened in binary mode; see :func:`dumps`.

    A file is written completely or not at all; a pipe or a device is written to directly.

    Args:
        document: what to write.
        target: the path as ``str`` or ``pathlib.Path``, or the file. A file that is there is
            replaced and keeps its mode.
        check: as for :func:`dumps`.
        release: as for :func:`dumps`.

    Raises:
        InvalidDocument: as :func:`dumps`; nothing has been written.
        OSError: the file cannot be written.
        InvalidArgument: the arguments are swapped, or one of them is something else.

    Examples:
        >>> import io, apd
        >>> file = io.BytesIO()
        >>> apd.dump(apd.load("examples/documents/hospital-visit.xml"), file)
        >>> file.getvalue().startswith(b"<?xml")
        True

    Source: as :func:`dumps`.
    """
    check_target(document, target)
    data = dumps(document, check=check, release=release)
    if isinstance(target, str | os.PathLike):
        from apd.files import whole_file  # on first use: pathlib takes long to import

        with whole_file(target) as file:
            file.write(data)
    else:
        target.write(data)


def complete(
    document: AppointmentDocument, *, release: Release = Release.CURRENT
) -> CompleteDocument:
    """Check a document, and give it as types without None where the standard demands a value.

    Args:
        document: the document, read or made.
        release: the release of DK-APD that the document shall be of.

    Returns:
        A view of the document, whose ``document`` is the document itself.

    Raises:
        InvalidDocument: the document has errors, as :func:`apd.validate` finds them, or no value
            where the rules accept null, such as an id; its findings name each of them.
        InvalidArgument: it is not a document.

    Examples:
        >>> import apd
        >>> document = apd.load("examples/documents/hospital-visit.xml")
        >>> apd.complete(document).appointment.reason.text
        'Kontrol efter operation'

    Source: APD-DK 2.0.1 with the errata of 2021.
    """
    check_release(release)
    check_document("complete", document)
    errors = validate(document, release=release).errors
    if errors:
        raise InvalidDocument(errors)
    of_document: dict[str, Any] = {name: getattr(document, name) for name in _OF_DOCUMENT}
    of_appointment = {one.name: getattr(document.appointment, one.name) for one in _OF_APPOINTMENT}
    not_stated = [name for name, value in of_document.items() if value is None]
    not_stated += [f"appointment.{name}" for name, value in of_appointment.items() if value is None]
    if not_stated:
        raise InvalidDocument(map(_not_stated, not_stated))
    appointment = CompleteAppointment(**of_appointment)
    return CompleteDocument(appointment=appointment, document=document, **of_document)


def _not_stated(field: str) -> Finding:
    """That a document which breaks no rule has no value for a field, which it may say is null."""
    return Finding(
        rule="APD-COMPLETE",
        layer=Layer.PROFILE,
        wording=Wording(
            f"Dokumentet har ingen værdi for {field}: der står null eller intet, der kan læses.",
            f"The document has no value for {field}: it states null, or nothing that can be read.",
        ),
        remedy_wording=Wording("Angiv en værdi.", "Specify a value."),
        path="/ClinicalDocument",
        field=field,
    )
