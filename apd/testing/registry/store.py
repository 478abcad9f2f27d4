"""What the registry has: entries, the documents that belong to them, and the ids that are taken."""

from attrs import define, evolve, field

from apd.model.identifiers import DocumentId
from apd.xds.ebxml.vocabulary import AvailabilityStatus
from apd.xds.metadata.entry import DocumentEntry
from apd.xds.metadata.formats import write_unique_id


@define
class Store:
    """Entries by their entry UUIDs, in the order in which they came, and documents.

    Args:
        repository_unique_id: OID of the repository.
        home_community_id: OID of the community.
        entries: entries by entry UUID.
        documents: bytes of the documents by their own ids, as the metadata write them.
        taken: the ids of the submission sets so far.
    """

    repository_unique_id: str
    home_community_id: str
    entries: dict[str, DocumentEntry] = field(factory=dict)
    documents: dict[str, bytes] = field(factory=dict)
    taken: set[str] = field(factory=set)
    _of_documents: dict[str, dict[str, None]] = field(factory=dict)

    def put(self, entry: DocumentEntry, data: bytes | None = None) -> None:
        """Keep an entry, in the place of one with its entry UUID, and the document if given."""
        self.entries[entry.entry_uuid] = entry
        if entry.unique_id is not None:
            written = write_unique_id(entry.unique_id)
            self._of_documents.setdefault(written, {})[entry.entry_uuid] = None
            if data is not None:
                self.documents[written] = data

    def of_document(self, unique_id: DocumentId | str) -> list[DocumentEntry]:
        """The entries of a document: one, unless others were put in."""
        return [self.entries[id] for id in self._of_documents.get(write_unique_id(unique_id), ())]

    def set_status(self, entry_uuid: str, status: AvailabilityStatus) -> None:
        """Approve or deprecate an entry that is there."""
        found = self.entries[entry_uuid]
        self.entries[entry_uuid] = evolve(found, availability_status=status)
