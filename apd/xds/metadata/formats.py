"""How the value of a metadata attribute becomes texts, and texts become the value again.

A format's reader takes what it can make out and returns None where there is nothing; whether a
field can hold it, the field itself says.
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
"""As many characters may stand in a slot, as a code or as an identifier (LongName)."""
MOST_OF_A_NAME = 1024
"""As many characters may the name of a code have (FreeFormText)."""
MOST_OF_A_UNIQUE_ID = 128
_MOST_OF_AN_OID = 64
_MOST_OF_A_TITLE = 127


class Format(NamedTuple):
    """One way to write a value.

    Args:
        write: the value as texts; of a classification, as codes or authors.
        read: the value that texts, codes or authors say, or None.
        most: how many characters each text may have.
    """

    write: Callable[[Any], Sequence[Any]]
    read: Callable[[Sequence[Any]], Any]
    most: int = MOST_OF_A_VALUE


def _single(
    write: Callable[[Any], str], read: Callable[[str], object], most: int = MOST_OF_A_VALUE
) -> Format:
    """A value that is one text; of several that were read, the first."""
    return Format(
        lambda value: (write(value),),
        lambda texts: read(texts[0]) if texts and texts[0] else None,
        most,
    )


def write_unique_id(identifier: DocumentId | str) -> str:
    """The id of a document: ``root^extension``, or the root alone; a text as it was read."""
    if isinstance(identifier, str):
        return identifier
    if identifier.extension is None:
        return identifier.root
    return f"{identifier.root}^{identifier.extension}"


def read_unique_id(text: str) -> DocumentId | str | None:
    """The id of a document; the text where what others write does not begin with an OID or UUID.

    The registry knows the document by what it wrote, so a text is asked for as it is.
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
    """A word of a closed list; a status is read without its URN, too, as some write it."""
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
