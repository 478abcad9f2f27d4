"""Writes a document: its own bytes, the XML that was read with changes, or new XML."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from attrs import evolve

from apd.cda import narrative
from apd.cda.document_parts import Change, changes, stated
from apd.cda.encounter import ENCOUNTER
from apd.cda.loader import TO_ENCOUNTER, open_document, open_excerpt
from apd.cda.lossless.markup import Edit, Element, edited, encoded, hidden_in, root_of
from apd.cda.lossless.merging import Merger
from apd.cda.lossless.unmapped import Theirs, deviations, is_own, open_source
from apd.cda.reader import is_read_as, read, read_with
from apd.cda.writer import HEADER, RECORD_TARGET, write, write_parts
from apd.errors import InvalidDocument, ParseError
from apd.findings import Finding, Layer
from apd.limits import MAX_DOCUMENT_BYTES
from apd.model.document import AppointmentDocument, Difference, Unmapped
from apd.standard.releases import Release
from apd.wording import Wording


def write_document(document: AppointmentDocument, release: Release = Release.CURRENT) -> bytes:
    """The document as XML of a release, even if it is incomplete.

    A document of the release that has not changed since it was read gives the bytes that were read.
    For one that has changed, the changes are applied to the XML that was read.

    Raises:
        InvalidDocument: that would exceed a limit of the reader, or lose what is beyond the model.
    """
    source = document.source
    if source is None:
        return write(document, release)
    if source.release == release and source.says(document):
        return source.data
    model = AppointmentDocument(**source.fields)
    if source.release == release and is_own(source, model):
        return write(document, release)
    theirs = open_source(source, model, release)
    if source.release != release:
        theirs = _completed(theirs)
    is_as_read = source.current == source.release == release
    for edits, header, encounter in _merged(theirs, document):
        data = encoded(edited(theirs.text, edits), theirs.codec)
        is_written = (
            _is_change_read(data, theirs, edits, document, header, encounter)
            if is_as_read
            else _is_read_back(data, document, release)
        )
        if is_written:
            return data
    if _states_more(theirs):
        raise InvalidDocument([_NOT_APPLIED])
    return write(document, release)


def _states_more(theirs: Theirs) -> bool:
    """Whether theirs has anything that would be lost if the model were written anew."""
    return any(hidden_in(theirs.text)) or any(
        deviation.piece.difference is not Difference.MISSING for deviation in deviations(theirs)
    )


_NOT_APPLIED = Finding(
    rule="APD-SOURCE",
    layer=Layer.PROFILE,
    wording=Wording(
        "Ændringen kan ikke skrives ind i den XML, der blev læst, uden at noget uden for modellen "
        "går tabt.",
        "The change cannot be written into the XML that was read without losing something outside "
        "the model.",
    ),
    remedy_wording=Wording(
        "Skriv modellen alene: attrs.evolve(document, source=None).",
        "Write the model alone: attrs.evolve(document, source=None).",
    ),
    path="/ClinicalDocument",
)


def _refuse_if_over_limit(error: ParseError) -> None:
    """What nobody could read is not written, and nothing is left out to make it shorter."""
    if any(finding.layer is Layer.XML for finding in error.findings):
        raise InvalidDocument(error.findings) from None


def _is_change_read(
    data: bytes,
    theirs: Theirs,
    edits: list[Edit],
    document: AppointmentDocument,
    header: set[str],
    encounter: set[str],
) -> bool:
    """True where reading gives the content of the document in the parts that have changed.

    As a rule it is enough to read an excerpt with these parts.
    """
    excerpt = theirs.outline and theirs.outline.excerpt(edits, *read_with(header, encounter))
    if excerpt and len(data) <= MAX_DOCUMENT_BYTES:
        opened = open_excerpt(excerpt, theirs.release)
        if opened is not None and is_read_as(opened, document, header, encounter):
            return True
    try:
        opened = open_document(data, theirs.release)
    except ParseError as error:
        _refuse_if_over_limit(error)
        return False
    return opened.release == theirs.release and is_read_as(opened, document, header, encounter)


def without(
    document: AppointmentDocument,
    goes: Callable[[Unmapped], bool],
    *,
    remarks: bool = True,
    parts: Collection[str] = (),
) -> AppointmentDocument:
    """A document with the same content and without some of its deviations.

    Pieces beyond its model for which ``goes`` is true are written according to the standard
    instead, and so is all of some ``parts``, by the paths that :func:`path_of_part` gives;
    ``remarks`` keeps comments and processing instructions. Raises as :func:`write_document`.
    """
    fresh = read(write_document(document))
    source = fresh.source
    if document.source is None or source is None:
        return document
    theirs = open_source(source, fresh, Release.CURRENT)
    merger = Merger(theirs.text, theirs.indent)
    for deviation in deviations(theirs):
        if path_of_part(deviation.piece.path) not in parts and goes(deviation.piece):
            deviation.undo(merger)
    for of, place, above in (
        (HEADER, theirs.header, _HEADER_PATH),
        (ENCOUNTER, theirs.encounter, _ENCOUNTER_PATH),
    ):
        names = [part.name for part in of if f"{above}/{part.name}" in parts]
        for part in stated(of, names, document, Release.CURRENT):
            merger.replace(place, part.name, part.after)
    if not remarks:
        merger.edits += hidden_in(theirs.text)
    data = encoded(edited(theirs.text, merger.edits), theirs.codec)
    if not _is_read_back(data, document, Release.CURRENT):
        raise InvalidDocument([_NOT_APPLIED])
    return evolve(document, source=read(data).source)


_HEADER_PATH = "/ClinicalDocument"
_ENCOUNTER_PATH = "/".join((_HEADER_PATH, *TO_ENCOUNTER))
_in_part = re.compile(
    rf"(?P<part>{_ENCOUNTER_PATH}/(?:\w+)|{_HEADER_PATH}/(?!component\b)\w+)(?:/.*)?"
).fullmatch
_POSITION = re.compile(r"\[[0-9]+\]")


def path_of_part(path: str) -> str | None:
    """The path of the part of header or encounter that a path leads into; None for any other."""
    found = _in_part(_POSITION.sub("", path))
    return None if found is None else found["part"]


def _is_read_back(data: bytes, document: AppointmentDocument, release: Release) -> bool:
    """True where reading what was written gives the model of the document."""
    try:
        read_again = read(data, release)
    except ParseError as error:
        _refuse_if_over_limit(error)
        return False
    source = read_again.source
    return source is not None and source.release == release and source.says(document)


# --- merging ---------------------------------------------------------------------------------


class _Place(NamedTuple):
    """A part that has changed, and the element that it is in."""

    element: Element
    part: Change


def _merged(
    theirs: Theirs, document: AppointmentDocument
) -> Iterator[tuple[list[Edit], set[str], set[str]]]:
    """As few edits of theirs as will do for the change.

    Then, if that says otherwise, with one part after the other, and all of them, as the writer has
    them; at last also with the parts that have not changed and are read with these. Each with the
    names of what has changed in the header and in the encounter.
    """
    header = list(changes(HEADER, theirs.model, document, theirs.release))
    inside = list(changes(ENCOUNTER, theirs.model, document, theirs.release))
    of_header, of_encounter = ({part.name for part in parts} for parts in (header, inside))
    places = [_Place(theirs.header, part) for part in header]
    places += [_Place(theirs.encounter, part) for part in inside]
    changed = set(range(len(places)))
    wholes: list[set[int]] = [set(), *({number} for number in changed)]
    if len(changed) > 1:
        wholes.append(changed)
    for whole in wholes:
        yield _edits(theirs, document, places, whole), of_header, of_encounter
    _, looked_at = read_with(of_header, of_encounter)
    beside = stated(ENCOUNTER, {*looked_at} - of_encounter, document, theirs.release)
    places += [_Place(theirs.encounter, part) for part in beside]
    unchanged = set(range(len(changed), len(places)))
    for whole in (unchanged, changed | unchanged) if unchanged else ():
        yield _edits(theirs, document, places, whole), of_header, of_encounter


def _edits(
    theirs: Theirs, document: AppointmentDocument, places: list[_Place], whole: set[int]
) -> list[Edit]:
    """The edits that change the parts; those of some numbers as the writer has them."""
    merger = Merger(theirs.text, theirs.indent)
    for number, (place, part) in enumerate(places):
        is_other_patient = part.name == RECORD_TARGET and part.after in part.others
        if number in whole or is_other_patient:
            merger.replace(place, part.name, part.after)
        else:
            merger.change(place, *part)
    _change_text(merger, theirs, document)
    return merger.edits


def _change_text(merger: Merger, theirs: Theirs, document: AppointmentDocument) -> None:
    """The readable text goes with the data that it speaks of, and stays as long as they do."""
    then, appointment = theirs.model.appointment, document.appointment
    if narrative.spoken_of(then) == narrative.spoken_of(appointment):
        return
    section, now = theirs.section, narrative.cells_after(then, theirs.cells, appointment)
    is_as_it_was = theirs.cells == now and (
        theirs.summary == narrative.summary(now, appointment.patient)
    )
    if section is None or is_as_it_was:
        return
    text = theirs.text_with_cells if theirs.has_own_text else None
    if text is not None:
        written = (one for one in text.all() if one.key == narrative.CELL)
        for cell, before, stated in zip(written, theirs.cells, now, strict=True):
            if before != stated:
                merger.set_text(cell, stated)
    else:
        merger.replace_text(section, now)


def _completed(theirs: Theirs) -> Theirs:
    """Theirs with what the release demands and an older one did not have."""
    merger = Merger(theirs.text, theirs.indent)
    merger.complete(theirs.root, root_of(write_parts(theirs.model, theirs.release).xml))
    return Theirs(edited(theirs.text, merger.edits), theirs.codec, theirs.model, theirs.release)
