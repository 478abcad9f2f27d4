"""The requests as XML without an envelope: readers and writers.

Source: IHE ITI TF-2, ITI-41, ITI-42 and ITI-57; OASIS ebRS 3.0.
"""

from collections.abc import Mapping

from apd.cda.xml import Element, attribute
from apd.xds.ebxml.ebrim import DOCUMENT, read_content, write_include
from apd.xds.ebxml.registry_objects import (
    ASSOCIATION,
    EXTRINSIC_OBJECT,
    REGISTRY_PACKAGE,
    read_association,
    read_document_entry,
    read_submission_set,
    write_association,
    write_document_entry,
    write_submission_set,
)
from apd.xds.ebxml.vocabulary import LCM, RIM, XDS_B
from apd.xds.errors import not_understood
from apd.xds.metadata.submission import Submission

PROVIDE_AND_REGISTER = f"{{{XDS_B}}}ProvideAndRegisterDocumentSetRequest"
SUBMIT_OBJECTS = f"{{{LCM}}}SubmitObjectsRequest"
_OBJECT_LIST = f"{{{RIM}}}RegistryObjectList"
_NAMESPACES = f' xmlns:lcm="{LCM}" xmlns:rim="{RIM}"'

# --- SubmitObjectsRequest: ITI-42, ITI-57, and inside ITI-41 ---------------------------------


def write_submit_objects(submission: Submission, namespaces: str = _NAMESPACES) -> str:
    """The submission as objects: entry, submission set, associations."""
    entry = "" if submission.entry is None else write_document_entry(submission.entry)
    associations = "".join(map(write_association, submission.associations))
    return (
        f"<lcm:SubmitObjectsRequest{namespaces}><rim:RegistryObjectList>{entry}"
        f"{write_submission_set(submission.submission_set)}{associations}"
        "</rim:RegistryObjectList></lcm:SubmitObjectsRequest>"
    )


def read_submit_objects(request: Element) -> Submission:
    """The submission in a request, one set with at most one document."""
    objects = [child for objects in request.iterchildren(_OBJECT_LIST) for child in objects]
    sets = [read_submission_set(found) for found in objects if found.tag == REGISTRY_PACKAGE]
    entries = [read_document_entry(found) for found in objects if found.tag == EXTRINSIC_OBJECT]
    if len(sets) != 1 or len(entries) > 1:
        raise not_understood(
            "Meddelelsen skal have ét SubmissionSet og højst ét dokument.",
            "The message must have one submission set and at most one document.",
        )
    return Submission(
        submission_set=sets[0],
        entry=entries[0] if entries else None,
        associations=[read_association(found) for found in objects if found.tag == ASSOCIATION],
    )


# --- ProvideAndRegisterDocumentSetRequest: ITI-41 --------------------------------------------


def write_provide_and_register(submission: Submission, entry_id: str, content_id: str) -> str:
    """The submission, with a reference to the document's bytes in the package (XOP)."""
    return (
        f'<xdsb:ProvideAndRegisterDocumentSetRequest xmlns:xdsb="{XDS_B}"{_NAMESPACES}>'
        f"{write_submit_objects(submission, '')}"
        f'<xdsb:Document id="{attribute(entry_id)}">'
        f"{write_include(content_id)}</xdsb:Document></xdsb:ProvideAndRegisterDocumentSetRequest>"
    )


def read_provide_and_register(
    request: Element, parts: Mapping[str, bytes]
) -> tuple[Submission, bytes]:
    """The submission and the document's bytes; :class:`ParseError` if a part is missing."""
    submit = next(request.iterchildren(SUBMIT_OBJECTS), None)
    document = next(request.iterchildren(DOCUMENT), None)
    if submit is None or document is None:
        raise not_understood(
            "Meddelelsen mangler sine metadata eller sit dokument.",
            "The message lacks its metadata or its document.",
        )
    data = read_content(document, parts)
    if not data:
        raise not_understood(
            "Dokumentets indhold er ikke i meddelelsen.",
            "The contents of the document are not in the message.",
        )
    return read_submit_objects(submit), data
