"""Telling appointment documents from other XML, before anything else is asked of them."""

from enum import Enum
from io import BytesIO

from lxml import etree

from apd.cda.xml import hl7
from apd.standard.templates import DOCUMENT_TEMPLATE, ENCOUNTER_TEMPLATE, SECTION_TEMPLATE

_ROOT, _TEMPLATE_ID = hl7("ClinicalDocument"), hl7("templateId")
APD_TEMPLATES = frozenset((DOCUMENT_TEMPLATE, SECTION_TEMPLATE, ENCOUNTER_TEMPLATE))
"""The template ids by which an appointment document is known; one of them is enough."""


class Kind(Enum):
    """What a file is, as far as it can be read."""

    APPOINTMENT = "appointment"
    OTHER = "other"
    UNKNOWN = "unknown"


def kind_of(data: bytes) -> Kind:
    """What kind of document this is, by its root and its template ids.

    It is read no further than to the first template id of DK-APD, so what is broken after that,
    or has a document type, is known as an appointment document as well. Nothing is fetched and
    no entity is expanded.

    Args:
        data: the document, or the beginning of it.

    Returns:
        ``APPOINTMENT`` for a ClinicalDocument with a template id of DK-APD, of any release;
        ``OTHER`` for any other XML; ``UNKNOWN`` for what is no XML before that can be told.
    """
    is_root = True
    try:
        for _, element in _starts(data):
            if is_root and element.tag != _ROOT:
                return Kind.OTHER
            is_root = False
            if element.tag == _TEMPLATE_ID and element.get("root") in APD_TEMPLATES:
                return Kind.APPOINTMENT
    except (etree.XMLSyntaxError, LookupError, UnicodeError, ValueError):
        return Kind.UNKNOWN
    return Kind.OTHER


def _starts(data: bytes) -> "etree.iterparse":
    return etree.iterparse(
        BytesIO(data),
        events=("start",),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
