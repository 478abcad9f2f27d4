"""The content of the registry: entries, their documents, and the ids in use."""

from attrs import define, evolve, field

from apd.model.identifiers import DocumentId
from apd.xds.ebxml.vocabulary import AvailabilityStatus
from apd.xds.metadata.attribute_formats import write_unique_id
from apd.xds.metadata.document_entry import DocumentEntry


@define
class Store:
    """Entries by entry UUID, in order of arrival, and documents by their unique ids."""

    repository_unique_id: str
    home_community_id: str
    entries: dict[str, DocumentEntry] = field(factory=dict)
    documents: dict[str, bytes] = field(factory=dict)
    taken: set[str] = field(factory=set)
    _of_documents: dict[str, dict[str, None]] = field(factory=dict)

    def put(self, entry: DocumentEntry, data: bytes | None = None) -> None:
        """Store an entry, replacing one with the same entry UUID, and the document if given."""
        self.entries[entry.entry_uuid] = entry
        if entry.unique_id is not None:
            written = write_unique_id(entry.unique_id)
            self._of_documents.setdefault(written, {})[entry.entry_uuid] = None
            if data is not None:
                self.documents[written] = data

    def of_document(self, unique_id: DocumentId | str) -> list[DocumentEntry]:
        """The entries of a document: one, unless a test stored more."""
        return [self.entries[id] for id in self._of_documents.get(write_unique_id(unique_id), ())]

    def set_status(self, entry_uuid: str, status: AvailabilityStatus) -> None:
        """Approve or deprecate a stored entry."""
        found = self.entries[entry_uuid]
        self.entries[entry_uuid] = evolve(found, availability_status=status)
