"""The table of elements: a row an element of the document, from the root to the narrative."""

from functools import cache

from apd.standard.element import Element
from apd.standard.elements import authors, custodian, patient, performer, reason
from apd.standard.elements.encounter import encounter
from apd.standard.elements.events import events
from apd.standard.elements.header import header
from apd.standard.elements.location import location
from apd.standard.elements.preconditions import preconditions
from apd.standard.elements.section import section
from apd.standard.templates import PROFILE_VERSION, TEMPLATE_DATE

__all__ = ["elements"]


@cache
def elements(date: str = TEMPLATE_DATE, version: str = PROFILE_VERSION) -> tuple[Element, ...]:
    """The rows, in the order of the document.

    Args:
        date: the date of the templates.
        version: the version of the profile, as its id says it.
    """
    return (
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
    )
