"""A document written: its own bytes, the XML that was read with what has changed, or made anew."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from attrs import evolve

from apd.cda import narrative
from apd.cda.lossless.comparing import Theirs, deviations, is_own, open_source
from apd.cda.lossless.markup import NOTHING_DECLARED, Element, Markup, edited, encoded
from apd.cda.lossless.merging import Merger
from apd.cda.reader import read
from apd.cda.writer import Parts, write, write_parts
from apd.errors import ParseError
from apd.model.document import AppointmentDocument, Unmapped
from apd.standard.releases import Release


def write_document(document: AppointmentDocument, release: Release = Release.CURRENT) -> bytes:
    """The document as XML of a release, whatever it lacks.

    One that was not changed since it was read, and is of the release, is the bytes that were read.
    In one that was changed, what has changed is changed in the XML that was read.
    """
    source = document.source
    if source is None:
        return write(document, release)
    if source.release == release and source.says(document):
        return source.data
    model = AppointmentDocument(**source.said)
    if source.release == release and is_own(source, model):
        return write(document, release)
    theirs = open_source(source, model, release)
    if source.release != release:
        theirs = _completed(theirs)
    for text in _merged(theirs, document, release):
        data = encoded(text, theirs.codec)
        if _says(data, document, release):
            return data
    return write(document, release)


def without(
    document: AppointmentDocument, goes: Callable[[Unmapped], bool], *, remarks: bool = True
) -> AppointmentDocument:
    """A document that says the same and is no longer peculiar in some ways.

    Args:
        document: the document.
        goes: tells which pieces of what is beyond its model are written by the standard instead.
        remarks: keep comments and processing instructions.
    """
    fresh = read(write_document(document))
    source = fresh.source
    if document.source is None or source is None:
        return document
    theirs = open_source(source, fresh, Release.CURRENT)
    edits = [edit for d in deviations(theirs) if goes(d.piece) for edit in d.undone]
    if not remarks:
        edits += theirs.markup.hidden()
    data = encoded(edited(theirs.markup.text, edits), theirs.codec)
    if not _says(data, document, Release.CURRENT):
        data = write(document, Release.CURRENT)
    return evolve(document, source=read(data).source)


def _says(data: bytes, document: AppointmentDocument, release: Release) -> bool:
    """True where reading what was written gives the model of the document."""
    try:
        read_again = read(data, release)
    except ParseError:
        return False
    source = read_again.source
    return source is not None and source.release == release and source.says(document)


# --- merging ---------------------------------------------------------------------------------


class _Change(NamedTuple):
    """Elements of one name in which base and ours differ."""

    place: Element
    key: str
    base: str
    ours: str


def _merged(theirs: Theirs, document: AppointmentDocument, release: Release) -> Iterator[str]:
    """Theirs with the change in it: as few edits as do; and then, if that says otherwise, with
    one part after the other, and at last all parts, as the writer has them."""
    ours = write_parts(document, release)
    changes = list(_changes(theirs, ours))
    wholes: list[set[int]] = [set(), *({number} for number in range(len(changes)))]
    if len(changes) > 1:
        wholes.append(set(range(len(changes))))
    for whole in wholes:
        merger = Merger(theirs.markup)
        for number, change in enumerate(changes):
            if number in whole:
                merger.replace(change.place, change.key, change.ours)
            else:
                merger.change(*change)
        _change_text(merger, theirs, document, ours)
        yield edited(theirs.markup.text, merger.edits)


def _changes(theirs: Theirs, ours: Parts) -> Iterator[_Change]:
    places = (
        (theirs.markup.root, theirs.base.header, ours.header),
        (theirs.encounter, theirs.base.encounter, ours.encounter),
    )
    for place, before, after in places:
        if before != after:
            then, now = _by_name(before), _by_name(after)
            for key in {**then, **now}:
                if then.get(key) != now.get(key):
                    yield _Change(place, key, then.get(key, ""), now.get(key, ""))


def _by_name(elements: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for xml in elements:
        if xml:
            key = (
                xml[1 : xml.index(" ")] if " " in xml.partition(">")[0] else xml[1 : xml.index(">")]
            )
            found[key] = found.get(key, "") + xml
    return found


def _change_text(
    merger: Merger, theirs: Theirs, document: AppointmentDocument, ours: Parts
) -> None:
    """The readable text goes with the data that it speaks of, and stays as long as they do."""
    section, own = theirs.section, theirs.base.section[-1]
    if section is None or _speaks_of(theirs.model) == _speaks_of(document):
        return
    if theirs.has_own_text:
        merger.change(section, "text", own, ours.section[-1])
    else:
        merger.replace_text(section, ours.section[-1])


def _speaks_of(document: AppointmentDocument) -> str:
    appointment = document.appointment
    return narrative.summary(narrative.cells(appointment), appointment.patient)


def _completed(theirs: Theirs) -> Theirs:
    """Theirs with what the release demands and an older one did not have."""
    merger = Merger(theirs.markup)
    merger.complete(theirs.markup.root, Markup(theirs.base.xml).root)
    completed = Markup(edited(theirs.markup.text, merger.edits), NOTHING_DECLARED)
    return Theirs(completed, theirs.codec, theirs.base, theirs.model)
