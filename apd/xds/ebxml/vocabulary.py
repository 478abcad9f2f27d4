"""The names of ebRIM, XDS and SOAP: namespaces and URNs.

Sources: Danish XDS metadata profile 1.0.1; IHE ITI TF-2 and TF-3; OASIS ebRS and ebRIM 3.0.
"""

from enum import StrEnum

RIM = "urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"
RS = "urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0"
LCM = "urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0"
QUERY = "urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0"
XDS_B = "urn:ihe:iti:xds-b:2007"
XOP = "http://www.w3.org/2004/08/xop/include"
WS_ADDRESSING = "http://www.w3.org/2005/08/addressing"

URN_OID = "urn:oid:"
URN_UUID = "urn:uuid:"

SUBMISSION_SET_NODE = "urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd"
"""The classification of a registry package that is a submission set."""
DOCUMENT_ENTRY_AUTHOR = "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d"
SUBMISSION_SET_AUTHOR = "urn:uuid:a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d"

DOCUMENT_ENTRY_SLOTS = frozenset(
    {
        "URI",
        "creationTime",
        "hash",
        "languageCode",
        "legalAuthenticator",
        "repositoryUniqueId",
        "serviceStartTime",
        "serviceStopTime",
        "size",
        "sourcePatientId",
        "sourcePatientInfo",
        "urn:ihe:iti:xds:2013:referenceIdList",
    }
)
"""The slots that hold an attribute of a document entry."""

FIND_DOCUMENTS = "urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d"
GET_DOCUMENTS = "urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4"

_REGREP = "urn:oasis:names:tc:ebxml-regrep"
OBJECT_TYPE = f"{_REGREP}:ObjectType:RegistryObject:"
"""The prefix of the object type of an ebRIM object; its element's name follows."""
RESPONSE_STATUS = f"{_REGREP}:ResponseStatusType:"
ERROR_SEVERITY = f"{_REGREP}:ErrorSeverityType:"


class AvailabilityStatus(StrEnum):
    """The availability status of a document (availabilityStatus)."""

    APPROVED = f"{_REGREP}:StatusType:Approved"
    DEPRECATED = f"{_REGREP}:StatusType:Deprecated"


class ObjectType(StrEnum):
    """Whether the document is stored, or generated on demand (objectType)."""

    STABLE = "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1"
    ON_DEMAND = "urn:uuid:34268e47-fdf5-41a6-ba33-82133c465248"


class AssociationType(StrEnum):
    """The relation between the ends of an association (associationType)."""

    HAS_MEMBER = f"{_REGREP}:AssociationType:HasMember"
    REPLACES = "urn:ihe:iti:2007:AssociationType:RPLC"
    UPDATE_AVAILABILITY_STATUS = "urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus"


class Transaction(StrEnum):
    """The IHE transactions that producers and viewers of appointments use, by their actions."""

    PROVIDE_AND_REGISTER = "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b"
    """ITI-41: submit a document and its metadata to a repository."""
    REGISTER = "urn:ihe:iti:2007:RegisterDocumentSet-b"
    """ITI-42: register a document in one's own repository."""
    UPDATE = "urn:ihe:iti:2010:UpdateDocumentSet"
    """ITI-57: deprecate a document."""
    QUERY = "urn:ihe:iti:2007:RegistryStoredQuery"
    """ITI-18: query the registry."""
    RETRIEVE = "urn:ihe:iti:2007:RetrieveDocumentSet"
    """ITI-43: fetch documents from a repository."""

    @property
    def number(self) -> str:
        """Its number at IHE, such as ``ITI-41``."""
        return _NUMBERS[self]

    @property
    def response_action(self) -> str:
        """The action of its answer."""
        return f"{self}Response"


_NUMBERS = {
    Transaction.PROVIDE_AND_REGISTER: "ITI-41",
    Transaction.REGISTER: "ITI-42",
    Transaction.UPDATE: "ITI-57",
    Transaction.QUERY: "ITI-18",
    Transaction.RETRIEVE: "ITI-43",
}
