"""The table of elements: a row for each element, from the root to the narrative."""

from functools import cache

from apd.standard.element import Element
from apd.standard.elements import authors, custodian, patient, performer, reason
from apd.standard.elements.encounter import encounter
from apd.standard.elements.events import events
from apd.standard.elements.header import header
from apd.standard.elements.location import location
from apd.standard.elements.preconditions import preconditions
from apd.standard.elements.section import section
from apd.standard.releases import Release

__all__ = ["elements"]


@cache
def elements(release: Release = Release.CURRENT) -> tuple[Element, ...]:
    """The rows for a release, in the order of the document."""
    date, version = release.template_date, release.version_id
    rows = (
        *header(date),
        *patient.ELEMENTS,
        *authors.ELEMENTS,
        *custodian.ELEMENTS,
        *events(version),
        *section(date),
        *encounter(date),
        *performer.ELEMENTS,
        *location(date),
        *reason.ELEMENTS,
        *preconditions(date),
        *release.elements,
    )
    return tuple({row.path: row for row in rows}.values())
