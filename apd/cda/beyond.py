"""What a document that was read says beyond its model, found when somebody asks for it.

The readable text is compared by itself: it is the writer's own, or kept as a whole.
"""

import datetime
import re
from typing import TypedDict

from apd.cda import narrative
from apd.cda.difference import compare
from apd.cda.letters import letters_of, rewrite, standing_alone, tag_name
from apd.cda.nodes import Node, alike, elements_in, first_in, name_of, node, pieces_of
from apd.cda.opening import TO_SECTION, open_document
from apd.cda.writer import write_letters
from apd.cda.xml import XSI, Element, hl7, parse
from apd.model.appointment import Appointment
from apd.model.document import AppointmentDocument, Difference, Unmapped
from apd.model.identifiers import DocumentId
from apd.model.party import Custodian
from apd.standard.codes import Confidentiality, Release

_TEXT = hl7("text")


class DocumentParts(TypedDict):
    """What a document says, as arguments of :class:`AppointmentDocument`."""

    id: DocumentId | None
    time: datetime.datetime | None
    appointment: Appointment
    custodian: Custodian | None
    confidentiality: Confidentiality | None
    language: str | None
    set_id: DocumentId | None
    version_number: int | None
    release: Release


def find_unmapped(
    data: bytes | str, letters: str | None, said: DocumentParts
) -> tuple[Unmapped, ...]:
    """All that a document says and its model does not.

    Args:
        data: the document.
        letters: the same as letters, if they are easily had and it was not lifted to 2.0.1.
        said: what its model says.
    """
    document = AppointmentDocument(**said)
    appointment = document.appointment
    cells = narrative.cells(appointment)
    own_text = narrative.write_narrative(cells)
    written = write_letters(document, own_text)
    if letters is None:
        root = open_document(data).root
        letters = letters_of(root) or rewrite(root)
    if letters == written:
        return ()
    words = pieces_of(written.replace(own_text, _TEXT_TAKEN, 1))
    text = _find_text(letters)
    if text is not None:
        found, told = _told_in(words, letters.replace(text, _TEXT_TAKEN, 1))
        text = text if _is_text_taken(found) else None
    if text is None:
        words.remove(_TEXT_TAKEN[1:])
        found, told = _told_in(words, letters)
    # What 2.0.1 demands and an older release did not have is no peculiarity of this one.
    with_missing = document.release is Release.V2_0_1
    pieces = compare(found, node(words), told=told, with_missing=with_missing)
    if text == own_text:
        return tuple(pieces)
    summary = narrative.summary(cells, appointment.patient)
    return (_text_read(data, text, summary), *pieces)


def _told_in(words: list[str], letters: str) -> tuple[Node, dict[str, str]]:
    """Letters as a node, told in the writer's words where those mean the same.

    Returns:
        The node; and for each word that stands for a piece of the letters, that piece.
    """
    pieces = pieces_of(letters)
    word_of = alike(pieces, words)
    told = {word: piece for piece, word in word_of.items()}
    return node([word_of.get(piece, piece) for piece in pieces]), told


# --- the readable text -----------------------------------------------------------------------

# Stands for the readable text while the rest is compared; no document has an element like it.
_TEXT_TAKEN = "<text =taken/>"
# Between elements like these, white space is something to read.
_has_inline_markup = re.compile(
    "<(?:[^<>: ]+:)?(?:content|br|sub|sup|linkHtml|footnote|footnoteRef|renderMultiMedia)[ />]"
).search


def _find_text(letters: str) -> str | None:
    """The text right inside the first section, which should be the readable one."""
    depth = start = 0
    pieces = pieces_of(letters[letters.find("<section") :])
    for number, piece in enumerate(pieces):
        if depth == 1 and piece.startswith("text") and tag_name(piece) == "text":
            start = number
        if piece[0] == "/":
            depth -= 1
        elif "/>" not in piece:
            depth += 1
        if depth == 0:
            break
        if depth == 1 and start:
            end = piece.partition(">")[0]
            return "<".join(("", *pieces[start:number], f"{end}>"))
    return None


def _is_text_taken(found: Node) -> bool:
    """True where the text that was taken was that of the appointment's section."""
    for name in TO_SECTION:
        below = first_in(found, name)
        if below is None:
            return False
        found = below
    entries = [one for one in elements_in(found) if name_of(one) == "entry"]
    is_taken = (_TEXT_TAKEN[1:], ()) in found[1]
    return is_taken and any(first_in(entry, "encounter") is not None for entry in entries)


def _text_read(data: bytes | str, text: str | None, summary: str) -> Unmapped:
    """A readable text that is not the writer's own, and a summary of what it may speak of."""
    if text is not None and _has_inline_markup(text):
        text = _find_text(rewrite(parse(data, keep_blanks=True)))
    return Unmapped(
        path="/".join(("/ClinicalDocument", *TO_SECTION, "text")),
        difference=Difference.NARRATIVE,
        xml=None if text is None else standing_alone(text),
        expected=summary,
    )


# --- pieces that nearly every document has ---------------------------------------------------

_SCHEMA_HINTS = (f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation")


def plain_text(piece: Unmapped) -> Element | None:
    """The readable text that a piece is, if there is one and it has no attributes.

    Raises:
        ParseError: it is no XML.
    """
    text = None if piece.xml is None else parse(piece.xml, keep_blanks=True)
    return None if text is None or text.tag != _TEXT or text.attrib else text


def is_schema_hint(piece: Unmapped) -> bool:
    """True where all that is peculiar about the root is where a schema could be found.

    Raises:
        ParseError: the piece is no XML.
    """
    if piece.difference is not Difference.CHANGED or piece.place:
        return False
    found, written = (dict(parse(xml or "").attrib) for xml in (piece.xml, piece.expected))
    more = found.keys() - written.keys()
    return written.items() <= found.items() and more.issubset(_SCHEMA_HINTS)
