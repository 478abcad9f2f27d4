"""The messages of the five transactions, ready to send, and those about one document.

Transport and security are up to the sender; for security headers see :class:`SoapHeader`.
Source: IHE ITI TF-2, ITI-18, ITI-41, ITI-42, ITI-43 and ITI-57.
"""

import datetime
from collections.abc import Iterable
from urllib.parse import quote
from uuid import UUID

from attrs import evolve, field, frozen
from lxml import etree

from apd.api import loads
from apd.cda.xml import parse_fragment
from apd.errors import InvalidDocument, InvalidValue
from apd.findings import Finding, Report, Severity
from apd.model.validators import masked
from apd.wording import Wording
from apd.xds.ebxml.queries import Query, write_query
from apd.xds.ebxml.requests import (
    PROVIDE_AND_REGISTER,
    SUBMIT_OBJECTS,
    read_provide_and_register,
    read_submit_objects,
    write_provide_and_register,
    write_submit_objects,
)
from apd.xds.ebxml.responses import REGISTRY_RESPONSE
from apd.xds.ebxml.retrieval import (
    RETRIEVED,
    DocumentRequest,
    RetrieveResponse,
    read_retrieve_response,
    requests,
    write_retrieve,
)
from apd.xds.ebxml.vocabulary import Transaction
from apd.xds.metadata.checks import check_entry, check_metadata, check_submission_set
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.metadata.from_document import ProducerConfiguration, submission_set
from apd.xds.metadata.submission import Submission, SubmissionSet, deprecate, publish, symbol
from apd.xds.metadata.value_sets import MEDIA_TYPE
from apd.xds.soap.envelope import SoapHeader, SoapVersion, write_envelope
from apd.xds.soap.incoming import open_as
from apd.xds.soap.mtom import PackagePart, write_package


@frozen
class Message:
    """A message to send: the body and the headers of an HTTP request.

    Args:
        transaction: the transaction.
        content_type: the media type of the body.
        body: the bytes. They contain personal data, so ``repr`` does not show them.
        version: the version of SOAP.
    """

    transaction: Transaction
    content_type: str
    body: bytes = field(repr=masked)
    version: SoapVersion = field(repr=str)

    @property
    def headers(self) -> dict[str, str]:
        """The HTTP headers: Content-Type, and SOAPAction for SOAP 1.1."""
        headers = {"Content-Type": self.content_type}
        if self.version is SoapVersion.V1_1:
            headers["SOAPAction"] = f'"{self.transaction}"'
        return headers

    def __bytes__(self) -> bytes:
        """Headers and body, as a MIME message for a file."""
        headers = {"MIME-Version": "1.0", **self.headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return head.encode() + b"\r\n" + self.body


def provide_and_register(
    submission: Submission, data: bytes, header: SoapHeader, *, check: bool = True
) -> Message:
    """ITI-41: submit a document and its metadata to a repository, new or as a replacement.

    Hash, size and repository id are left out: the repository supplies them.

    Args:
        submission: a submission from :func:`publish`.
        data: the document's bytes.
        header: the SOAP header.
        check: False to send incomplete metadata, and any document, too.

    Raises:
        InvalidValue: the submission has no document.
        InvalidDocument: the metadata lack required values, or do not agree with the document;
            its findings have the details.
        ParseError: the bytes are not an appointment document.
    """
    entry = evolve(_entry_of(submission), hash=None, size=None, repository_unique_id=None)
    if check:
        _refuse(check_metadata(loads(data), entry), check_submission_set(submission.submission_set))
    content_id = f"{quote(symbol(entry.entry_uuid), safe='')}@dk-apd"
    body = write_provide_and_register(evolve(submission, entry=entry), entry.entry_uuid, content_id)
    package = write_package(
        _envelope(body, Transaction.PROVIDE_AND_REGISTER, header),
        [PackagePart(MEDIA_TYPE, content_id, data)],
        action=Transaction.PROVIDE_AND_REGISTER,
        version=header.version,
        boundary=f"dk-apd-{symbol(header.message_id)}",
    )
    return Message(
        Transaction.PROVIDE_AND_REGISTER, package.content_type, package.body, header.version
    )


def register(submission: Submission, header: SoapHeader, *, check: bool = True) -> Message:
    """ITI-42: register a document in your own repository.

    Args:
        submission: a submission from :func:`publish`, whose entry has hash, size and repository id.
        header: the SOAP header.
        check: False to send incomplete metadata, too.

    Raises:
        InvalidValue: the submission has no document.
        InvalidDocument: the metadata lack a required value.
    """
    entry = _entry_of(submission)
    if check:
        _refuse(check_entry(entry, stored=True), check_submission_set(submission.submission_set))
    return _message(write_submit_objects(submission), Transaction.REGISTER, header)


def update(submission: Submission, header: SoapHeader, *, check: bool = True) -> Message:
    """ITI-57: deprecate a document.

    Args:
        submission: a submission from :func:`deprecate`.
        header: the SOAP header.
        check: False to send incomplete metadata, too.

    Raises:
        InvalidValue: the submission deprecates nothing.
        InvalidDocument: the metadata lack a required value.
    """
    if submission.deprecates is None:
        raise InvalidValue(
            "submission",
            Wording("trækker intet tilbage", "deprecates nothing"),
            Wording("dan den med deprecate()", "make it with deprecate()"),
        )
    if check:
        _refuse(check_submission_set(submission.submission_set))
    return _message(write_submit_objects(submission), Transaction.UPDATE, header)


def query(question: Query, header: SoapHeader) -> Message:
    """ITI-18: query the registry.

    Args:
        question: a query from :func:`find_documents` or :func:`get_documents`.
        header: the SOAP header.
    """
    return _message(write_query(question), Transaction.QUERY, header)


def retrieve(documents: Iterable[DocumentEntry | DocumentRequest], header: SoapHeader) -> Message:
    """ITI-43: fetch documents from the repository that holds them.

    Args:
        documents: their entries, as :func:`read_query_response` returns them, of one repository.
        header: the SOAP header.

    Raises:
        InvalidValue: there is no document, or more than an answer can contain (99); or an entry
            does not state its document or its repository.
    """
    return _message(write_retrieve(requests(documents)), Transaction.RETRIEVE, header)


def _entry_of(submission: Submission) -> DocumentEntry:
    if submission.entry is None:
        raise InvalidValue(
            "submission",
            Wording("har intet dokument", "has no document"),
            Wording("dan den med publish()", "make it with publish()"),
        )
    return submission.entry


def _refuse(*reports: Report) -> None:
    errors: list[Finding] = [
        finding
        for report in reports
        for finding in report.findings
        if finding.severity is Severity.ERROR
    ]
    if errors:
        raise InvalidDocument(errors)


def _message(body: str, transaction: Transaction, header: SoapHeader) -> Message:
    media_type = header.version.media_type
    action = f'; action="{transaction}"' if header.version is SoapVersion.V1_2 else ""
    return Message(
        transaction,
        f"{media_type}; charset=UTF-8{action}",
        _envelope(body, transaction, header),
        header.version,
    )


def _envelope(body: str, transaction: Transaction, header: SoapHeader) -> bytes:
    """The envelope around a body that is indented; the headers are not changed."""
    content = parse_fragment(body)
    etree.indent(content)
    return write_envelope(etree.tostring(content, encoding="unicode"), transaction, header)


# --- the other way ---------------------------------------------------------------------------


def read_submission(body: bytes, content_type: str | None = None) -> Submission:
    """The submission in a message of ITI-41, ITI-42 or ITI-57.

    Args:
        body: the bytes of the message.
        content_type: its media type; needed for a package (MTOM) only.

    Raises:
        ParseError: it is not such a message.
        SoapFault: it is a fault.
    """
    opened = open_as(body, content_type, PROVIDE_AND_REGISTER, SUBMIT_OBJECTS)
    if opened.content.tag == SUBMIT_OBJECTS:
        return read_submit_objects(opened.content)
    return read_provide_and_register(opened.content, opened.parts)[0]


def read_document(body: bytes, content_type: str | None = None) -> bytes:
    """The document's bytes in a message of ITI-41.

    Args:
        body: the bytes of the message.
        content_type: its media type; needed for a package (MTOM) only.

    Raises:
        ParseError: it is not such a message.
        SoapFault: it is a fault.
    """
    opened = open_as(body, content_type, PROVIDE_AND_REGISTER)
    return read_provide_and_register(opened.content, opened.parts)[1]


def read_retrieved(body: bytes, content_type: str | None = None) -> RetrieveResponse:
    """The answer to ITI-43, with documents in separate parts (MTOM) or inline (base64).

    Args:
        body: the bytes of the answer.
        content_type: its media type; needed for a package (MTOM) only.

    Raises:
        ParseError: it is not such an answer.
        SoapFault: the message was refused as a whole.
    """
    # some repositories refuse a request with the answer to a submission
    opened = open_as(body, content_type, RETRIEVED, REGISTRY_RESPONSE)
    return read_retrieve_response(opened.content, opened.parts)


@frozen(kw_only=True)
class Sending:
    """The settings of a message; ``check`` refuses incomplete metadata."""

    now: datetime.datetime
    submission_id: UUID | str
    header: SoapHeader
    check: bool = True

    def publish(
        self,
        entry: DocumentEntry,
        document: bytes,
        configuration: ProducerConfiguration,
        replaces: UUID | str | None = None,
    ) -> Message:
        """The message that submits a document, new or as a replacement (ITI-41)."""
        submission = publish(entry, self._set(entry, configuration), replaces=replaces)
        return provide_and_register(submission, document, self.header, check=self.check)

    def deprecate(
        self, entry: DocumentEntry, configuration: ProducerConfiguration, entry_uuid: UUID | str
    ) -> Message:
        """The message that deprecates a document (ITI-57)."""
        submission = deprecate(self._set(entry, configuration), entry_uuid)
        return update(submission, self.header, check=self.check)

    def _set(self, entry: DocumentEntry, configuration: ProducerConfiguration) -> SubmissionSet:
        return submission_set(entry, configuration, now=self.now, id=self.submission_id)
