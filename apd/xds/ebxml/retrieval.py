"""Retrieval requests and answers, as XML without an envelope: readers and writers.

Source: IHE ITI TF-2, ITI-43; the order of the elements is that of IHE XDS.b.
"""

from collections.abc import Iterable, Mapping, Sequence

from attrs import field, frozen

from apd.cda.xml import Element, content
from apd.errors import InvalidValue
from apd.limits import MAX_PARTS
from apd.model.identifiers import DocumentId, Identifier, MedComId
from apd.model.validators import is_optional_text, is_text, masked, optional, optional_line
from apd.person_numbers import repr_without_numbers
from apd.wording import Wording
from apd.xds.ebxml.ebrim import DOCUMENT, read_content, write_include
from apd.xds.ebxml.responses import (
    REGISTRY_RESPONSE,
    RegistryResponse,
    read_registry_response,
    write_response,
)
from apd.xds.ebxml.vocabulary import URN_OID, XDS_B
from apd.xds.errors import not_understood
from apd.xds.metadata.attribute_formats import read_unique_id, write_unique_id
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.metadata.validators import as_document_id, bare_oid, is_optional_oid

RETRIEVE = f"{{{XDS_B}}}RetrieveDocumentSetRequest"
RETRIEVED = f"{{{XDS_B}}}RetrieveDocumentSetResponse"
_HOME, _REPOSITORY, _UNIQUE_ID = "HomeCommunityId", "RepositoryUniqueId", "DocumentUniqueId"
_REQUEST, _RESPONSE, _MIME_TYPE = "DocumentRequest", "DocumentResponse", "mimeType"
MAX_REQUESTED = MAX_PARTS - 1
"""The maximum number of documents; the answer itself is one more part."""


@frozen(kw_only=True)
class DocumentRequest:
    """A request for a document; :func:`retrieve` makes it from an entry.

    Args:
        unique_id: the unique id of the document, as the registry states it.
        repository_unique_id: OID of the repository that holds it.
        home_community_id: OID of the community, or None.

    Raises:
        InvalidValue: one of the first two is missing.
    """

    unique_id: DocumentId | str = field(
        converter=as_document_id,
        validator=optional(MedComId, Identifier, str),
        repr=repr_without_numbers,
    )
    repository_unique_id: str = field(
        converter=bare_oid, validator=is_text, repr=repr_without_numbers
    )
    home_community_id: str | None = field(
        default=None, converter=bare_oid, validator=is_optional_oid, repr=repr_without_numbers
    )

    def __attrs_post_init__(self) -> None:
        """Refuse a request without the id of the document.

        Raises:
            InvalidValue: the id is missing.
        """
        if self.unique_id is None:
            raise InvalidValue(
                "DocumentRequest.unique_id",
                Wording("mangler", "is missing"),
                Wording("angiv dokumentets id", "specify the id of the document"),
            )


def _as_request(document: DocumentEntry | DocumentRequest) -> DocumentRequest:
    if isinstance(document, DocumentRequest):
        return document
    return DocumentRequest(
        unique_id=document.unique_id,
        repository_unique_id=document.repository_unique_id,
        home_community_id=document.home_community_id,
    )


@frozen(kw_only=True)
class RetrievedDocument:
    """A document from a repository.

    Args:
        unique_id: its unique id, as the repository states it.
        data: its bytes; empty if the answer refers to a missing part.
        repository_unique_id: OID of the repository.
        home_community_id: OID of the community, or None.
        mime_type: its media type.
    """

    unique_id: DocumentId | str | None = field(converter=as_document_id, repr=repr_without_numbers)
    data: bytes = field(repr=masked)
    repository_unique_id: str | None = field(
        default=None, converter=bare_oid, validator=is_optional_text, repr=repr_without_numbers
    )
    home_community_id: str | None = field(
        default=None, converter=bare_oid, validator=is_optional_text, repr=repr_without_numbers
    )
    mime_type: str | None = field(
        default=None, converter=optional_line, validator=is_optional_text, repr=repr_without_numbers
    )


def _as_documents(documents: Iterable[RetrievedDocument]) -> tuple[RetrievedDocument, ...]:
    return tuple(documents)


@frozen
class RetrieveResponse(RegistryResponse):
    """The answer to ITI-43.

    Args:
        status: the status; partial success if some documents are missing.
        errors: errors and warnings.
        documents: the documents. Compare each with its entry by means of
            :func:`apd.xds.check_retrieved` before showing it.
    """

    documents: tuple[RetrievedDocument, ...] = field(default=(), converter=_as_documents)

    def document(self, entry: DocumentEntry) -> RetrievedDocument | None:
        """The document of an entry, or None if it is missing."""
        return next((found for found in self.documents if found.unique_id == entry.unique_id), None)


# --- what is asked for -----------------------------------------------------------------------


def requests(
    documents: Iterable[DocumentEntry | DocumentRequest],
) -> tuple[DocumentRequest, ...]:
    """The requests for the documents of entries.

    Raises:
        InvalidValue: there are none, or more than an answer can contain; or an entry does not
            state its document or repository.
    """
    asked = tuple(map(_as_request, documents))
    if not 0 < len(asked) <= MAX_REQUESTED:
        raise InvalidValue(
            "retrieve",
            Wording(f"har {len(asked)} dokumenter", f"has {len(asked)} documents"),
            Wording(
                f"angiv 1 til {MAX_REQUESTED} ad gangen",
                f"specify 1 to {MAX_REQUESTED} at a time",
            ),
        )
    return asked


def write_retrieve(documents: Iterable[DocumentRequest]) -> str:
    """What is asked for."""
    inside = "".join([f"<xdsb:{_REQUEST}>{_write_place(d)}</xdsb:{_REQUEST}>" for d in documents])
    return (
        f'<xdsb:RetrieveDocumentSetRequest xmlns:xdsb="{XDS_B}">{inside}'
        "</xdsb:RetrieveDocumentSetRequest>"
    )


def read_retrieve_request(request: Element) -> tuple[DocumentRequest, ...]:
    """Read a retrieval request; :class:`ParseError` if it is empty, or a document has no id."""
    try:
        found = [
            DocumentRequest(
                unique_id=read_unique_id(_text_of(asked, _UNIQUE_ID)),
                repository_unique_id=_text_of(asked, _REPOSITORY),
                home_community_id=_text_of(asked, _HOME) or None,
            )
            for asked in request.iterchildren(f"{{{XDS_B}}}{_REQUEST}")
        ]
        return requests(found)
    except InvalidValue:
        raise not_understood(
            "Meddelelsen siger ikke, hvilke dokumenter der bedes om, eller beder om for mange.",
            "The message does not say which documents are asked for, or asks for too many.",
        ) from None


# --- what is handed out ----------------------------------------------------------------------


def write_retrieve_response(response: RetrieveResponse, content_ids: Sequence[str]) -> str:
    """The answer as XML, with references to the bytes in the package (XOP), in order."""
    status = write_response(RegistryResponse(response.status, response.errors))
    inside = "".join(
        [
            f"<xdsb:{_RESPONSE}>{_write_place(document)}"
            f"<xdsb:{_MIME_TYPE}>{content(document.mime_type or '')}</xdsb:{_MIME_TYPE}>"
            f"<xdsb:Document>{write_include(content_id)}</xdsb:Document></xdsb:{_RESPONSE}>"
            for document, content_id in zip(response.documents, content_ids, strict=True)
        ]
    )
    return (
        f'<xdsb:RetrieveDocumentSetResponse xmlns:xdsb="{XDS_B}">{status}{inside}'
        "</xdsb:RetrieveDocumentSetResponse>"
    )


def read_retrieve_response(content: Element, parts: Mapping[str, bytes]) -> RetrieveResponse:
    """Read an answer with the parts of its package; :class:`ParseError` without a status."""
    answer = next(content.iterchildren(REGISTRY_RESPONSE), content)
    response = read_registry_response(answer)
    documents = [_read_document(d, parts) for d in content.iterchildren(f"{{{XDS_B}}}{_RESPONSE}")]
    return RetrieveResponse(response.status, response.errors, documents)


def _read_document(content: Element, parts: Mapping[str, bytes]) -> RetrievedDocument:
    document = next(content.iterchildren(DOCUMENT), None)
    return RetrievedDocument(
        unique_id=read_unique_id(_text_of(content, _UNIQUE_ID)),
        data=b"" if document is None else read_content(document, parts),
        repository_unique_id=_text_of(content, _REPOSITORY) or None,
        home_community_id=_text_of(content, _HOME) or None,
        mime_type=_text_of(content, _MIME_TYPE) or None,
    )


def _write_place(document: DocumentRequest | RetrievedDocument) -> str:
    """The ids of a document, its repository and its community."""
    home, unique_id = document.home_community_id, document.unique_id
    pieces = {
        _HOME: None if home is None else f"{URN_OID}{home}",
        _REPOSITORY: document.repository_unique_id or "",
        _UNIQUE_ID: "" if unique_id is None else write_unique_id(unique_id),
    }
    return "".join(
        [
            f"<xdsb:{name}>{content(text)}</xdsb:{name}>"
            for name, text in pieces.items()
            if text is not None
        ]
    )


def _text_of(element: Element, name: str) -> str:
    found = next(element.iterchildren(f"{{{XDS_B}}}{name}"), None)
    return "" if found is None else (found.text or "").strip()
