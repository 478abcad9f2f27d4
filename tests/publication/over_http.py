"""A publisher that posts over HTTP to the registry for tests, and what is held of each message."""

import ssl
from contextlib import closing
from typing import Any, Self
from uuid import uuid4

import httpx
from attrs import define, field

import apd
from apd import xds
from apd.publication import Publisher, PublisherRegister, Reply
from apd.publication.http import HttpPost
from apd.testing.registry import RunningRegistry, Transaction
from apd.xds.metadata.attribute_formats import write_unique_id
from tests.publication.making import KEY
from tests.publication.publishing import PRODUCER

CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""None, as reading those of the system takes time."""


def hold(message: xds.Message) -> None:
    """A message is as the schema has it, and says the same when it is read and written again."""
    report = xds.check_message(message.body, message.content_type)
    assert report.is_valid, [finding.rule for finding in report.findings]
    if message.transaction is Transaction.QUERY:
        return
    read = xds.read_submission(message.body, message.content_type)
    header = xds.SoapHeader(message_id=uuid4())
    if message.transaction is Transaction.UPDATE:
        written = xds.update(read, header)
    else:
        data = xds.read_document(message.body, message.content_type)
        assert apd.dumps(apd.loads(data)) == data
        written = xds.provide_and_register(read, data, header)
        assert xds.read_document(written.body, written.content_type) == data
    assert xds.read_submission(written.body, written.content_type) == read


def document_id(message: xds.Message) -> str | None:
    """The own id of the document that a message submits, as the metadata write it."""
    if message.transaction is not Transaction.PROVIDE_AND_REGISTER:
        return None
    entry = xds.read_submission(message.body, message.content_type).entry
    assert entry is not None
    return write_unique_id(entry.unique_id)


@define
class Connection:
    """A registry that runs, and a ``post`` that holds every message against the schema.

    Args:
        running: the registry.
        client: sends the messages.
        sent: what was sent when a document was accepted, by its own id. What was refused may be
            sent again under the same id with another time of making.
    """

    running: RunningRegistry
    client: httpx.Client = field(
        factory=lambda: httpx.Client(verify=CERTIFICATES, timeout=20), repr=False
    )
    sent: dict[str, bytes] = field(factory=dict, repr=False)

    @classmethod
    def begin(cls) -> Self:
        """One with a registry of its own."""
        return cls(RunningRegistry().start())

    def close(self) -> None:
        """End both."""
        self.client.close()
        self.running.close()

    def publisher(self, register: PublisherRegister, **settings: Any) -> Publisher:
        """A publisher as a new process makes it."""
        given: dict[str, Any] = {"key": KEY, "producer": PRODUCER, **settings}
        return Publisher(register, given.pop("post", self.post), **given)

    def post(self, message: xds.Message) -> Reply:
        """Post a message; what the registry does not answer to is not sent again."""
        hold(message)
        id = document_id(message)
        is_new = id is not None and id not in self.running.documents
        try:
            return self._http()(message)
        finally:
            if id is not None and is_new and id in self.running.documents:
                self.sent[id] = xds.read_document(message.body, message.content_type)

    def _http(self) -> HttpPost:
        url = self.running.url
        return HttpPost(self.client, registry=url, repository=url, repeats=0)

    def assert_fetched_as_sent(self) -> None:
        """ITI-43 answers with the bytes that were sent, for each document that was accepted."""
        entries = self.running.entries
        if not entries:
            return
        reply = self._http()(xds.retrieve(entries, xds.SoapHeader(message_id=uuid4())))
        fetched = xds.read_retrieved(reply.body, reply.content_type)
        for entry in entries:
            came = fetched.document(entry)
            assert came is not None
            assert came.data == self.sent[write_unique_id(entry.unique_id)]
            assert xds.check_retrieved(came.data, entry).is_valid


def connected() -> closing[Connection]:
    """A connection, for a ``with``."""
    return closing(Connection.begin())
