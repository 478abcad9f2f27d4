"""Loads bytes as the elements of an appointment document, migrated to the current release."""

from typing import NamedTuple, cast

from apd.cda.detection import is_appointment, not_appointment, parse_document
from apd.cda.migrations import lift, release_of
from apd.cda.service_events import Events, find_events
from apd.cda.xml import (
    TEMPLATE_ID,
    Children,
    Element,
    child,
    children,
    hl7,
    local_name,
    parse_excerpt,
)
from apd.errors import ParseError
from apd.findings import Finding, Layer
from apd.standard.releases import Release
from apd.wording import Wording

_ENCOUNTER, _DOCUMENTATION_OF = hl7("encounter"), hl7("documentationOf")
TO_SECTION = ("component", "structuredBody", "component", "section")
"""The path from the root to the section of a document."""
TO_ENCOUNTER = (*TO_SECTION, "entry", "encounter")
"""The path from the root to the appointment itself."""


class Problem(NamedTuple):
    """A reason why no appointment can be read, and the path to its place."""

    rule: str
    wording: Wording
    steps: tuple[str, ...] = ()


_NO_APPOINTMENT = Problem(
    "APD-ENCOUNTER",
    Wording(
        "Der er ingen aftale i dokumentet: sektionen skal have en entry med en encounter.",
        "There is no appointment in the document: the section must have an entry with an "
        "encounter.",
    ),
    TO_ENCOUNTER,
)


class LoadedDocument(NamedTuple):
    """The elements of a document, migrated to the current release, and its original release."""

    root: Element
    header: Children
    encounter: Element
    events: Events
    release: Release


def open_document(data: bytes | str, current: Release) -> LoadedDocument:
    """The elements of a document of any release; :class:`ParseError` if there are none."""
    return open_root(parse_document(data), current)


def open_excerpt(text: str, release: Release) -> LoadedDocument | None:
    """The elements of a document of a release of which only some are there; None if it is no XML.

    Args:
        text: the root, whose header or appointment may be missing; the root stands for one that is.
        release: the release of the whole document, which is current.
    """
    root = parse_excerpt(text)
    if root is None:
        return None
    header = children(root)
    encounter = next(root.iter(_ENCOUNTER), root)
    return LoadedDocument(root, header, encounter, _events(header), release)


def open_root(root: Element, current: Release) -> LoadedDocument:
    """As :func:`open_document`, for a root element, which may contain comments and instructions."""
    if not is_appointment(root):
        raise not_appointment(root)
    encounter = next(root.iter(_ENCOUNTER), None)
    if encounter is None:
        raise parse_error(root, _NO_APPOINTMENT)
    header = children(root)
    events = _events(header)
    release = release_of(root, events, current)
    if release != current:
        events = lift(root, encounter, list(root.iter(TEMPLATE_ID)), events, current)
        header = children(root)
    return LoadedDocument(root, header, encounter, events, release)


def release_of_root(root: Element, current: Release) -> Release:
    """The release of a document; the current one if in doubt."""
    return release_of(root, find_events(list(root.iterchildren(_DOCUMENTATION_OF))), current)


def _events(header: Children) -> Events:
    return find_events(header.get(_DOCUMENTATION_OF, ()))


def parse_error(root: Element, *problems: Problem) -> ParseError:
    """The error if no appointment can be read, with all reasons."""
    return ParseError(_finding(root, problem) for problem in problems)


def _finding(root: Element, problem: Problem) -> Finding:
    """The problem, at the last element that is there on the way to where it should be."""
    path, element = f"/{local_name(root)}", root
    for step in problem.steps:
        below = child(element, step)
        if below is None:
            break
        path, element = f"{path}/{step}", below
    return Finding(
        rule=problem.rule,
        layer=Layer.PROFILE,
        wording=problem.wording,
        path=path,
        line=cast(int, element.sourceline),
    )
