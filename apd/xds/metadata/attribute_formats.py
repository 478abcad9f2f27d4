"""The formats of metadata attributes: writers from values to texts, and readers back.

A reader returns what it recognises, or None; the field then validates the value.
Lengths: OASIS ebRIM 3.0 (LongName, FreeFormText); IHE ITI TF-3, table 4.2.3.1.7-2; Danish XDS
metadata profile 1.0.1 (title).
"""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from apd.errors import InvalidValue
from apd.model.identifiers import CprNumber, DocumentId, Identifier, MedComId, known_identifier
from apd.xds.ebxml.vocabulary import URN_OID, AvailabilityStatus, ObjectType
from apd.xds.metadata import hl7v2
from apd.xds.metadata.composite_values import Author, Reference, SourcePatientInfo
from apd.xds.metadata.validators import PatientId

T = TypeVar("T")

MOST_OF_A_VALUE = 256
"""The maximum length of a slot value, a code or an identifier (LongName)."""
MOST_OF_A_NAME = 1024
"""The maximum length of the name of a code (FreeFormText)."""
MOST_OF_A_UNIQUE_ID = 128
_MOST_OF_AN_OID = 64
_MOST_OF_A_TITLE = 127


class Format(NamedTuple):
    """A format: what writes a value as texts, what reads it or gives None, and the longest text.

    For a classification it is codes or authors in place of texts.
    """

    write: Callable[[Any], Sequence[Any]]
    read: Callable[[Sequence[Any]], Any]
    most: int = MOST_OF_A_VALUE


def _single(
    write: Callable[[Any], str], read: Callable[[str], object], most: int = MOST_OF_A_VALUE
) -> Format:
    """A value that is one text; the first one if several were read."""
    return Format(
        lambda value: (write(value),),
        lambda texts: read(texts[0]) if texts and texts[0] else None,
        most,
    )


def write_unique_id(identifier: DocumentId | str) -> str:
    """The id of a document: ``root^extension``, or the root alone; a text is written unchanged."""
    if isinstance(identifier, str):
        return identifier
    if identifier.extension is None:
        return identifier.root
    return f"{identifier.root}^{identifier.extension}"


def read_unique_id(text: str) -> DocumentId | str | None:
    """The id of a document; the text itself if it does not begin with an OID or UUID.

    The registry knows the document by that text, so it is used unchanged in queries.
    """
    root, _, extension = text.partition("^")
    try:
        found = known_identifier(root, extension) or Identifier(root, extension or None)
    except InvalidValue:
        return text.strip() or None
    return found if isinstance(found, MedComId | Identifier) else text


def _read_patient_id(text: str) -> PatientId | None:
    found = hl7v2.read_cx(text)
    return found if isinstance(found, CprNumber | Identifier) else None


def _read_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


def _enumeration(members: type[StrEnum]) -> Format:
    """A value of a closed list; a status is also read without its URN, as some systems write it."""
    known = {member.value: member for member in members}
    short = {member.value.rpartition(":")[2].casefold(): member for member in members}
    return _single(str, lambda text: known.get(text) or short.get(text.strip().casefold()))


def _write_patient_info(info: SourcePatientInfo) -> Sequence[str]:
    return hl7v2.write_pid(info.name, info.gender, info.birth_date)


def _read_patient_info(texts: Sequence[str]) -> SourcePatientInfo | None:
    name, gender, birth_date = hl7v2.read_pid(texts)
    try:
        return SourcePatientInfo(name=name, gender=gender, birth_date=birth_date)
    except InvalidValue:  # says nothing of these
        return None


def _write_references(references: Iterable[Reference]) -> Sequence[str]:
    return [hl7v2.write_cxi(reference.id, reference.type) for reference in references]


def _read_references(texts: Sequence[str]) -> Sequence[Reference]:
    found = map(hl7v2.read_cxi, texts)
    return [Reference(*parts) for parts in found if parts is not None]


def write_author(author: Author) -> dict[str, str]:
    """An author as texts, by the names of the slots that hold them."""
    texts = {}
    if author.institution is not None:
        texts["authorInstitution"] = hl7v2.write_xon(author.institution.name, author.institution.id)
    if author.person is not None:
        texts["authorPerson"] = hl7v2.write_xcn(author.person)
    return texts


def _first(items: Sequence[T]) -> T | None:
    return items[0] if items else None


TEXT = _single(str, str)
TITLE = _single(str, str, _MOST_OF_A_TITLE)
OID = _single(str, str, _MOST_OF_AN_OID)
URN_OF_OID = _single(lambda oid: f"{URN_OID}{oid}", str, len(URN_OID) + _MOST_OF_AN_OID)
UNIQUE_ID = _single(write_unique_id, read_unique_id, MOST_OF_A_UNIQUE_ID)
NUMBER = _single(str, _read_number)
DTM = _single(hl7v2.write_dtm, hl7v2.read_dtm)
DAY_OR_DTM = _single(hl7v2.write_day_or_dtm, hl7v2.read_day_or_dtm)
CX = _single(hl7v2.write_cx, _read_patient_id)
XCN = _single(hl7v2.write_xcn, hl7v2.read_xcn)
STATUS = _enumeration(AvailabilityStatus)
OBJECT_TYPE = _enumeration(ObjectType)
PID = Format(_write_patient_info, _read_patient_info)
REFERENCES = Format(_write_references, _read_references)

# what a classification holds is not a text
CODE = Format(lambda code: (code,), _first)
CODES = Format(tuple, tuple)
AUTHOR = Format(lambda author: (author,), _first)
