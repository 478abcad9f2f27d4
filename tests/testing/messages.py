"""Messages to the registry for tests, each with ids of its own, and what comes back."""

import uuid
from typing import Any

from attrs import evolve

import apd
from apd import xds
from apd.testing.registry import HttpResponse, Registry
from tests import samples
from tests.xds.making import NOW, configuration


def header(**changes: Any) -> xds.SoapHeader:
    """A header with a message id of its own."""
    return xds.SoapHeader(**{"message_id": uuid.uuid4(), **changes})


def document(number: int = 1, **changes: Any) -> apd.AppointmentDocument:
    """A document by its number; ``changes`` are fields of its appointment."""
    made = samples.document(appointment=samples.appointment(**changes))
    return evolve(made, id=samples.medcom_id(number))


def entry(of: apd.AppointmentDocument, **changes: Any) -> xds.DocumentEntry:
    """Its entry, with an entry UUID of its own."""
    return evolve(xds.document_entry(of, configuration(), entry_uuid=uuid.uuid4()), **changes)


def submission_set(of: xds.DocumentEntry) -> xds.SubmissionSet:
    """A submission set with an id of its own."""
    return xds.submission_set(of, configuration(), now=NOW, id=uuid.uuid4())


def provided(
    of: xds.DocumentEntry, data: bytes, replaces: str | None = None, **changes: Any
) -> xds.Message:
    """ITI-41, whatever the metadata say; ``changes`` are fields of the submission set."""
    sent_by = evolve(submission_set(of), **changes)
    sent = xds.publish(of, sent_by, replaces=replaces)
    return xds.provide_and_register(sent, data, header(), check=False)


def deprecated(of: xds.DocumentEntry, **changes: Any) -> xds.Message:
    """ITI-57; ``changes`` are fields of the submission set."""
    sent_by = evolve(submission_set(of), **changes)
    return xds.update(xds.deprecate(sent_by, of.entry_uuid), header(), check=False)


def post(registry: Registry, message: xds.Message) -> HttpResponse:
    """What is answered to a message."""
    return registry.receive(message.body, message.content_type)


def outcome(registry: Registry, message: xds.Message) -> tuple[bool, list[str]]:
    """Whether a submission was accepted, and the error codes."""
    answer = post(registry, message)
    response = xds.read_response(answer.body, answer.content_type)
    return response.succeeded, [error.code for error in response.errors]


def asked(registry: Registry, question: xds.Query) -> xds.QueryResponse:
    """What is answered to a question."""
    answer = post(registry, xds.query(question, header()))
    return xds.read_query_response(answer.body, answer.content_type)


def fetched(registry: Registry, *wanted: xds.DocumentEntry | xds.DocumentRequest) -> Any:
    """What is answered to who fetches documents."""
    answer = post(registry, xds.retrieve(wanted, header()))
    assert xds.check_message(answer.body, answer.content_type).findings == ()
    return xds.read_retrieved(answer.body, answer.content_type)
