"""Reading and writing documents, under the names that the standard library's ``json`` uses."""

import os
import stat
from pathlib import Path
from typing import BinaryIO

from apd.cda.reader import read
from apd.cda.writer import Written, write
from apd.cda.xml import MAX_BYTES
from apd.errors import InvalidDocument
from apd.finding import Finding, Layer
from apd.model.completeness import missing
from apd.model.document import AppointmentDocument
from apd.wording import Wording

Source = str | os.PathLike[str] | BinaryIO


def loads(data: bytes | str) -> AppointmentDocument:
    """Read an appointment document of any release.

    Lenient: what deviates but can be understood is read. What the model has no place for is in
    the document's ``unmapped``, and goes back to where it stood when the document is written.

    Args:
        data: the XML, as bytes in any encoding or as text.

    Raises:
        ParseError: it is not XML, is XML that is refused (a document type, more than 2 MiB), or
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
    written = write(document)
    if check:
        findings = (*missing(document), *_left_out(written))
        if findings:
            raise InvalidDocument(findings)
    return written.data


def _left_out(written: Written) -> list[Finding]:
    """What the document that was read did not have, and still has not."""
    return [
        Finding(
            rule="APD-MISSING",
            layer=Layer.PROFILE,
            wording=Wording(
                "Et element, som standarden kræver, mangler; det manglede også, da dokumentet "
                "blev læst. Angiv det, eller fjern det fra dokumentets unmapped.",
                "An element that the standard demands is missing, as it was when the document "
                "was read. Give it, or take it out of the document's unmapped.",
            ),
            path=piece.path,
            source="APD-DK 2.0.1",
        )
        for piece in written.left_out
    ]


def dump(
    document: AppointmentDocument,
    target: str | os.PathLike[str] | BinaryIO,
    *,
    check: bool = True,
) -> None:
    """Write a document to a path or to a file opened in binary mode; see :func:`dumps`.

    A file appears as a whole or not at all.

    Raises:
        InvalidDocument: as :func:`dumps`; nothing has been written.
        OSError: the file cannot be written.
    """
    data = dumps(document, check=check)
    if isinstance(target, str | os.PathLike):
        _replace(Path(target), data)
    else:
        target.write(data)


def _replace(path: Path, data: bytes) -> None:
    """Write beside the file first, so that nobody ever sees half of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with beside.open("xb") as file:
            file.write(data)
        if path.exists():
            beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
