"""The document as a whole, from the model to XML: DK-APD 2.0.1 with the errata of 2021."""

from lxml import etree

from apd.cda import narrative
from apd.cda.parts import write_parts
from apd.cda.restore import restore
from apd.cda.xml import DEFAULT_NAMESPACE
from apd.model.document import AppointmentDocument, Difference

# Stands for a readable text that was read: indenting must not touch its white space.
_TEXT_GOES_HERE = '<text ID="readable-text-5d1c0c2e"/>'
_XML_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def write(document: AppointmentDocument) -> bytes:
    """The document as XML, whatever it lacks: UTF-8, indented, the same bytes every time."""
    text, is_own = _readable_text(document)
    root = etree.fromstring(write_parts(document).document(text if is_own else _TEXT_GOES_HERE))
    restore(root, document.unmapped)
    xml = etree.tostring(root, encoding="UTF-8", pretty_print=True, xml_declaration=False)
    if not is_own:
        own_text = text.replace(DEFAULT_NAMESPACE, "", 1)
        xml = xml.replace(_TEXT_GOES_HERE.encode(), own_text.encode(), 1)
    return _XML_DECLARATION + xml


def _readable_text(document: AppointmentDocument) -> tuple[str, bool]:
    """The readable text of the section as XML, and whether it is the writer's own.

    A text that was read is kept as long as the data it speaks of are the same.
    """
    appointment = document.appointment
    cells = narrative.cells(appointment)
    for piece in document.unmapped:
        if piece.difference is Difference.NARRATIVE:
            if piece.expected == narrative.summary(cells, appointment.patient):
                return piece.xml or "", False
            break
    return narrative.write_narrative(cells), True
