"""The answers of a registry or repository: readers and writers.

Source: OASIS ebRS 3.0; IHE ITI TF-3, section 4.2.4; TF-2, ITI-18.
"""

from collections.abc import Iterable
from enum import StrEnum

from attrs import field, frozen

from apd.cda.xml import Element, attribute
from apd.findings import Severity
from apd.model.validators import masked
from apd.person_numbers import repr_without_numbers
from apd.wording import Language
from apd.xds.ebxml.error_codes import error_code
from apd.xds.ebxml.registry_objects import (
    EXTRINSIC_OBJECT,
    read_document_entry,
    write_document_entry,
)
from apd.xds.ebxml.vocabulary import (
    ERROR_SEVERITY,
    QUERY,
    RESPONSE_STATUS,
    RIM,
    RS,
)
from apd.xds.errors import not_understood
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.soap.incoming import open_as

REGISTRY_RESPONSE = f"{{{RS}}}RegistryResponse"
QUERY_RESPONSE = f"{{{QUERY}}}AdhocQueryResponse"
_ERROR_LIST, _ERROR = f"{{{RS}}}RegistryErrorList", f"{{{RS}}}RegistryError"
_OBJECT_LIST, _OBJECT_REF = f"{{{RIM}}}RegistryObjectList", f"{{{RIM}}}ObjectRef"

_DUPLICATES = frozenset(
    {"XDSDuplicateUniqueIdInRegistry", "XDSNonIdenticalHash", "XDSNonIdenticalSize"}
)
_CONSENT_FILTER = "consentfilterapplied"


class ResponseStatus(StrEnum):
    """The status of an answer."""

    SUCCESS = f"{RESPONSE_STATUS}Success"
    FAILURE = f"{RESPONSE_STATUS}Failure"
    PARTIAL_SUCCESS = "urn:ihe:iti:2007:ResponseStatusType:PartialSuccess"


@frozen
class RegistryError:
    """An error or warning.

    Args:
        code: the code of IHE, such as ``XDSDuplicateUniqueIdInRegistry``.
        context: the message of the receiver; it may name the patient.
        severity: error or warning.
        location: the place in the receiver's software, or empty.
    """

    code: str = field(repr=repr_without_numbers)
    context: str = field(default="", repr=masked)
    severity: Severity = Severity.ERROR
    location: str = field(default="", repr=masked)

    @property
    def is_duplicate(self) -> bool:
        """True if the registry already has the document, or another one with its id.

        :func:`get_documents` with the document's id shows which.
        """
        return self.code.rpartition(":")[2] in _DUPLICATES

    @property
    def is_consent_filter(self) -> bool:
        """True if it states that documents may be missing because of the patient's consent."""
        text = f"{self.code} {self.context}".replace(" ", "").casefold()
        return _CONSENT_FILTER in text

    def advice(self, language: Language = "da") -> str:
        """The meaning and the remedy of the code; empty for a code that is not IHE's."""
        known = error_code(self.code)
        if known is None:
            return ""
        return f"{known.meaning.in_language(language)} {known.advice.in_language(language)}"


def _as_errors(errors: Iterable[RegistryError]) -> tuple[RegistryError, ...]:
    return tuple(errors)


def _as_entries(entries: Iterable[DocumentEntry]) -> tuple[DocumentEntry, ...]:
    return tuple(entries)


def _as_references(references: Iterable[str]) -> tuple[str, ...]:
    return tuple(references)


@frozen
class RegistryResponse:
    """An answer (RegistryResponse).

    Args:
        status: the status.
        errors: errors and warnings.
    """

    status: ResponseStatus
    errors: tuple[RegistryError, ...] = field(default=(), converter=_as_errors)

    @property
    def succeeded(self) -> bool:
        """True if everything was accepted, perhaps with warnings."""
        return self.status is ResponseStatus.SUCCESS

    @property
    def is_filtered(self) -> bool:
        """True if documents may be missing because of the patient's consent (samtykke).

        This is the warning "Consent Filter Applied". The sources do not state its attribute, so it
        is looked for in the code and in the context.
        """
        return any(error.is_consent_filter for error in self.errors)

    @property
    def is_duplicate(self) -> bool:
        """True if it was refused because the registry already has the id."""
        return not self.succeeded and any(error.is_duplicate for error in self.errors)


@frozen
class QueryResponse(RegistryResponse):
    """The answer to a query (AdhocQueryResponse).

    Args:
        status: the status.
        errors: errors and warnings.
        entries: the documents that were found.
        references: their entry UUIDs, if only these were requested.
    """

    entries: tuple[DocumentEntry, ...] = field(default=(), converter=_as_entries)
    references: tuple[str, ...] = field(
        default=(), converter=_as_references, repr=repr_without_numbers
    )


# --- reading ---------------------------------------------------------------------------------


def read_response(body: bytes, content_type: str | None = None) -> RegistryResponse:
    """The answer to ITI-41, ITI-42 or ITI-57.

    Args:
        body: the bytes of the answer.
        content_type: its media type; needed for a package (MTOM) only.

    Raises:
        ParseError: it is not such an answer.
        SoapFault: the message was refused as a whole.
    """
    return read_registry_response(open_as(body, content_type, REGISTRY_RESPONSE).content)


def read_query_response(body: bytes, content_type: str | None = None) -> QueryResponse:
    """The answer to ITI-18.

    Args:
        body: the bytes of the answer.
        content_type: its media type; needed for a package (MTOM) only.

    Raises:
        ParseError: it is not such an answer, or a document in it has no id.
        SoapFault: the message was refused as a whole.
    """
    # some registries refuse a query with the answer to a submission
    content = open_as(body, content_type, QUERY_RESPONSE, REGISTRY_RESPONSE).content
    objects = [child for found in content.iterchildren(_OBJECT_LIST) for child in found]
    return QueryResponse(
        _read_status(content),
        _read_errors(content),
        [read_document_entry(found) for found in objects if found.tag == EXTRINSIC_OBJECT],
        [found.get("id", "") for found in objects if found.tag == _OBJECT_REF],
    )


def read_registry_response(content: Element) -> RegistryResponse:
    """The status, which must be there, and the errors of an answer (rs:RegistryResponse)."""
    return RegistryResponse(_read_status(content), _read_errors(content))


_STATUSES = {status.rpartition(":")[2]: status for status in ResponseStatus}


def _read_status(content: Element) -> ResponseStatus:
    """By the last word: OASIS and IHE have different URNs for a partial success."""
    status = _STATUSES.get(content.get("status", "").strip().rpartition(":")[2])
    if status is None:
        raise not_understood(
            "Svaret siger ikke, hvordan det gik (status).",
            "The answer does not say how it went (status).",
        )
    return status


def _read_errors(content: Element) -> list[RegistryError]:
    return [
        RegistryError(
            error.get("errorCode", ""),
            error.get("codeContext", ""),
            Severity.WARNING if error.get("severity", "").endswith(":Warning") else Severity.ERROR,
            error.get("location", ""),
        )
        for errors in content.iterchildren(_ERROR_LIST)
        for error in errors.iterchildren(_ERROR)
    ]


# --- writing: what a registry of one's own, for tests, answers -------------------------------


def write_response(response: RegistryResponse) -> str:
    """The answer as XML, without an envelope."""
    if not isinstance(response, QueryResponse):
        return (
            f'<rs:RegistryResponse status="{response.status}" xmlns:rs="{RS}">'
            f"{_write_errors(response)}</rs:RegistryResponse>"
        )
    entries = "".join(map(write_document_entry, response.entries))
    references = "".join(
        [f'<rim:ObjectRef id="{attribute(found)}"/>' for found in response.references]
    )
    return (
        f'<query:AdhocQueryResponse status="{response.status}" xmlns:query="{QUERY}"'
        f' xmlns:rim="{RIM}" xmlns:rs="{RS}">{_write_errors(response)}'
        f"<rim:RegistryObjectList>{entries}{references}</rim:RegistryObjectList>"
        "</query:AdhocQueryResponse>"
    )


def _write_errors(response: RegistryResponse) -> str:
    errors = [
        f'<rs:RegistryError codeContext="{attribute(error.context)}"'
        f' errorCode="{attribute(error.code)}" location="{attribute(error.location)}"'
        f' severity="{ERROR_SEVERITY}{error.severity.capitalize()}"/>'
        for error in response.errors
    ]
    inside = "".join(errors)
    return f"<rs:RegistryErrorList>{inside}</rs:RegistryErrorList>" if errors else ""
