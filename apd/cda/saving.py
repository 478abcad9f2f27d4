"""A document written so that it is read as it is: what is put back never says otherwise.

Of a document that was changed since it was read, some piece may speak of what was there before:
a name that is null, beside which there is a name now. Nobody can tell by its place, so what was
written is read again.
"""

from collections.abc import Sequence

from attrs import evolve

from apd.cda.reader import read
from apd.cda.writer import write
from apd.errors import ParseError
from apd.model.document import AppointmentDocument, FoundLater, Unmapped
from apd.standard.codes import Release

# How often pieces may turn out to say otherwise before no more of them are tried.
_TRIES = 100


def write_document(document: AppointmentDocument) -> bytes:
    """The document as XML, with all of its pieces that leave what its model says."""
    pieces = document.unmapped
    if isinstance(pieces, FoundLater) and pieces.is_of(document):
        return write(document, as_read=True)
    data = write(document)
    if not pieces or _says(data, document):
        return data
    return write(evolve(document, unmapped=_harmless(document)))


def _says(data: bytes, document: AppointmentDocument) -> bool:
    """True where reading what was written gives the model of the document."""
    try:
        return _model(read(data)) == _model(document)
    except ParseError:
        return False


def _model(document: AppointmentDocument) -> AppointmentDocument:
    return evolve(document, unmapped=(), release=Release.V2_0_1)


def _harmless(document: AppointmentDocument) -> Sequence[Unmapped]:
    """The pieces that leave what the model says: as many at a time as do, else by halves."""
    kept: list[Unmapped] = []
    groups = [list(document.unmapped)]
    tries = 0
    while groups and tries < _TRIES:
        group = groups.pop()
        tried = evolve(document, unmapped=[*kept, *group])
        if _says(write(tried), document):
            kept += group
            continue
        tries += 1
        if len(group) > 1:
            half = len(group) // 2
            groups += group[half:], group[:half]
    return kept
