"""The XML that a document was read from, as a text of the JSON form.

It stands under ``source``, and only where the model does not say all of it. XML in UTF-8 is that
text; any other is a ``data:`` URI with its bytes in Base64 (RFC 2397), which no XML begins like.
"""

import base64
import binascii

from apd.cda.lossless.writing import write_document
from apd.cda.reader import read
from apd.cda.xml import as_bytes
from apd.errors import ParseError
from apd.jsonform.expected import Refused
from apd.jsonform.problems import Kind
from apd.jsonform.scalars import read_text
from apd.model.document import AppointmentDocument, DocumentSource
from apd.wording import Wording

_URI = "data:application/xml;base64,"
_NOT_READ = Wording(
    "kan ikke l\u00e6ses som et aftaledokument", "cannot be read as an appointment document"
)
_EXPECTED = Wording(
    f'XML i UTF-8, eller "{_URI}" og XML i Base64', f'XML in UTF-8, or "{_URI}" and XML in Base64'
)


def source_of(document: AppointmentDocument) -> str | None:
    """The XML of a document as it would be written, if the model does not say all of it."""
    if document.source is None or not document.unmapped:
        return None
    is_changed = not document.source.says(document)
    data = write_document(document) if is_changed else document.source.data
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = ""
    is_text = as_bytes(text) == data  # not where it declares another encoding
    return text if is_text else _URI + base64.b64encode(data).decode()


def read_source(value: object, _: object = None) -> DocumentSource | None:
    """The XML that a document was read from."""
    text = read_text(value)
    try:
        if text.startswith(_URI):
            return read(base64.b64decode(text.removeprefix(_URI), validate=True)).source
        return read(text).source
    except (ParseError, binascii.Error):
        pass
    raise Refused(Kind.VALUE, _NOT_READ, _EXPECTED)
