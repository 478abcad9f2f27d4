"""The messages about one document, each with a submission and a header of its own."""

import datetime
from uuid import UUID

from attrs import frozen

from apd.xds.metadata.entry import DocumentEntry
from apd.xds.metadata.from_document import ProducerConfiguration, submission_set
from apd.xds.metadata.submission import SubmissionSet, deprecate, publish
from apd.xds.soap.envelope import SoapHeader
from apd.xds.soap.messages import Message, provide_and_register, update


@frozen(kw_only=True)
class Sending:
    """How a message is made, beside what it is about.

    Args:
        now: when it is sent.
        submission_id: id of the submission.
        header: the header, with an id and the security headers.
        check: refuse metadata that lack something.
    """

    now: datetime.datetime
    submission_id: UUID
    header: SoapHeader
    check: bool = True

    def publish(
        self,
        entry: DocumentEntry,
        document: bytes,
        configuration: ProducerConfiguration,
        replaces: UUID | str | None = None,
    ) -> Message:
        """The message that submits a document, new or in the place of another (ITI-41).

        Raises:
            InvalidDocument: the metadata lack what is demanded.
        """
        submission = publish(entry, self._set(entry, configuration), replaces=replaces)
        return provide_and_register(submission, document, self.header, check=self.check)

    def deprecate(
        self, entry: DocumentEntry, configuration: ProducerConfiguration, entry_uuid: UUID | str
    ) -> Message:
        """The message that deprecates a document (ITI-57).

        Raises:
            InvalidDocument: the metadata lack what is demanded.
        """
        submission = deprecate(self._set(entry, configuration), entry_uuid)
        return update(submission, self.header, check=self.check)

    def _set(self, entry: DocumentEntry, configuration: ProducerConfiguration) -> SubmissionSet:
        return submission_set(entry, configuration, now=self.now, id=self.submission_id)
