"""Checks that a fetched document is the one that its entry describes.

Source: IHE ITI TF-3, section 4.2.3.2 (hash, size, uniqueId); Danish XDS metadata profile 1.0.1.
"""

from apd.api import loads
from apd.errors import ParseError
from apd.findings import Finding, Layer, Report
from apd.model.identifiers import DocumentId, Identifier, MedComId
from apd.wording import Language, Wording
from apd.xds.ebxml.vocabulary import URN_UUID
from apd.xds.metadata.attribute_formats import write_unique_id
from apd.xds.metadata.checks import SOURCE, disagreements, report_of
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.metadata.from_document import from_bytes, from_document
from apd.xds.metadata.value_sets import APD_2_0_1

_UNREADABLE = Finding(
    rule="XDS-RETRIEVED",
    layer=Layer.PROFILE,
    wording=Wording(
        "Det hentede kan ikke læses som et aftaledokument.",
        "What was fetched cannot be read as an appointment document.",
    ),
    path="DocumentEntry",
    source=SOURCE,
)


def check_retrieved(data: bytes, entry: DocumentEntry, *, language: Language = "en") -> Report:
    """Check that the bytes from a repository are the document of an entry.

    The patient and the document's id must be those of the entry; the id may be written in another
    way (the UUID alone, root and extension the other way round). Hash, size and format are compared
    if the entry states them; a document of an older release has no format of its own, so it
    disagrees with an entry that states 2.0.1. Other metadata are not compared: use
    :func:`check_metadata`.

    Args:
        data: the bytes.
        entry: the entry from the registry.
        language: the language of the messages.

    Returns:
        A report with an error for each difference, without content of the document. Do not show a
        document with an error: it may be another patient's.
    """
    faults = list(disagreements(entry, _stated(entry, from_bytes(data))))
    try:
        document = from_document(loads(data))
    except ParseError:
        return report_of([*faults, _UNREADABLE], language)
    expected = {"patient_id": document["patient_id"]}
    if not _is_same_id(entry.unique_id, document["unique_id"]):
        expected["unique_id"] = document["unique_id"]
    if document["format_code"] is not None or entry.format_code == APD_2_0_1:
        expected |= _stated(entry, {"format_code": document["format_code"]})
    return report_of([*faults, *disagreements(entry, expected)], language)


def _is_same_id(stated: DocumentId | str | None, own: object) -> bool:
    """Whether an entry has the id of the document, as the profile or other systems write it."""
    if stated is None or not isinstance(own, MedComId | Identifier):
        return stated == own
    parts = {part.removeprefix(URN_UUID) for part in write_unique_id(stated).lower().split("^")}
    whole = set(write_unique_id(own).lower().split("^"))
    # a UUID alone is nobody else's, which a number alone may be
    return parts == whole or (isinstance(own, MedComId) and parts == {own.value.lower()})


def _stated(entry: DocumentEntry, expected: dict[str, object]) -> dict[str, object]:
    """The expected values of the attributes that the entry has."""
    return {name: expected[name] for name in expected if getattr(entry, name) is not None}
