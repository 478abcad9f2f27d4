"""XDS metadata of appointment documents, and the messages that publish them.

::

    from apd import xds

    configuration = xds.ProducerConfiguration(
        healthcare_facility_type_code="22232009",
        practice_setting_code="394801008",
        source_id="1.2.208.176.43210.8.1.29",
    )
    entry = xds.document_entry(document, configuration, entry_uuid=uuid4())
    submission_set = xds.submission_set(entry, configuration, now=now, id=uuid4())
    message = xds.provide_and_register(
        xds.publish(entry, submission_set), data, xds.SoapHeader(message_id=uuid4())
    )

Nothing here opens a connection, reads a clock or generates random numbers: ids and times are
arguments.
Sources: Danish XDS metadata profile 1.0.1; IHE ITI TF-2 and TF-3.
"""

from apd.xds.ebxml.queries import Query, Return, find_documents, get_documents
from apd.xds.ebxml.responses import (
    QueryResponse,
    RegistryError,
    RegistryResponse,
    ResponseStatus,
    read_query_response,
    read_response,
    write_response,
)
from apd.xds.ebxml.retrieval import DocumentRequest, RetrievedDocument, RetrieveResponse
from apd.xds.ebxml.vocabulary import (
    AssociationType,
    AvailabilityStatus,
    ObjectType,
    Transaction,
)
from apd.xds.metadata.attributes import Listed, metadata, metadata_json
from apd.xds.metadata.checks import check_entry, check_metadata, check_submission_set
from apd.xds.metadata.composite_values import Author, Reference, Slot, SourcePatientInfo
from apd.xds.metadata.document_entry import DocumentEntry
from apd.xds.metadata.document_reference import document_reference
from apd.xds.metadata.from_document import ProducerConfiguration, document_entry, submission_set
from apd.xds.metadata.retrieved import check_retrieved
from apd.xds.metadata.submission import (
    Association,
    Submission,
    SubmissionSet,
    deprecate,
    publish,
)
from apd.xds.metadata.validators import PatientId
from apd.xds.metadata.value_sets import TEST_HOME_COMMUNITIES, VALUE_SETS, ValueSet
from apd.xds.soap.envelope import SoapFault, SoapHeader, SoapVersion
from apd.xds.soap.hsuid import Identified, ServiceUser, UserType, hsuid, read_hsuid
from apd.xds.soap.incoming import check_message
from apd.xds.soap.outgoing import (
    Message,
    provide_and_register,
    query,
    read_document,
    read_retrieved,
    read_submission,
    register,
    retrieve,
    update,
)

__all__ = [
    "TEST_HOME_COMMUNITIES",
    "VALUE_SETS",
    "Association",
    "AssociationType",
    "Author",
    "AvailabilityStatus",
    "DocumentEntry",
    "DocumentRequest",
    "Identified",
    "Listed",
    "Message",
    "ObjectType",
    "PatientId",
    "ProducerConfiguration",
    "Query",
    "QueryResponse",
    "Reference",
    "RegistryError",
    "RegistryResponse",
    "ResponseStatus",
    "RetrieveResponse",
    "RetrievedDocument",
    "Return",
    "ServiceUser",
    "Slot",
    "SoapFault",
    "SoapHeader",
    "SoapVersion",
    "SourcePatientInfo",
    "Submission",
    "SubmissionSet",
    "Transaction",
    "UserType",
    "ValueSet",
    "check_entry",
    "check_message",
    "check_metadata",
    "check_retrieved",
    "check_submission_set",
    "deprecate",
    "document_entry",
    "document_reference",
    "find_documents",
    "get_documents",
    "hsuid",
    "metadata",
    "metadata_json",
    "provide_and_register",
    "publish",
    "query",
    "read_document",
    "read_hsuid",
    "read_query_response",
    "read_response",
    "read_retrieved",
    "read_submission",
    "register",
    "retrieve",
    "submission_set",
    "update",
    "write_response",
]
