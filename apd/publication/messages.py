"""The messages of a plan's steps, and the interpretation of answers."""

import datetime
from collections.abc import Callable
from uuid import uuid4

from attrs import evolve, field, frozen

from apd.api import dumps
from apd.errors import ApdError, InvalidDocument, InvalidValue, ParseError
from apd.findings import Finding, Layer
from apd.model.identifiers import MedComId
from apd.model.validators import masked
from apd.person_numbers import repr_without_numbers
from apd.publication.booking import Producer
from apd.publication.entry import Found
from apd.publication.exchanges import Acknowledgement, Answer
from apd.publication.plan import Deprecate, Publish, Replace
from apd.publication.sealing import Sealer, Sender
from apd.wording import Wording
from apd.xds import (
    AvailabilityStatus,
    DocumentEntry,
    Message,
    ProducerConfiguration,
    RegistryError,
    ResponseStatus,
    SoapFault,
    SoapHeader,
    document_entry,
    get_documents,
    query,
    read_query_response,
    read_response,
)
from apd.xds.soap.outgoing import Sending


@frozen
class Reply:
    """The HTTP answer to a message.

    Args:
        body: its body. It may contain personal data, so ``repr`` does not show it.
        content_type: its media type, which is needed for a package (MTOM).
    """

    body: bytes = field(repr=masked)
    content_type: str | None = field(default=None, repr=repr_without_numbers)


class NoReplyError(OSError):
    """There is no answer, or none about the document, which may have been received."""


def as_reply(given: object) -> Reply:
    """The return value of ``post`` as a reply; ``TypeError`` for what is none, such as None."""
    if isinstance(given, Reply):
        return given
    if isinstance(given, bytes):
        return Reply(given)
    if isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], bytes):
        return Reply(*given)
    raise TypeError(
        "post must return the answer: a Reply, its body as bytes, or the body and its content "
        f"type, not {type(given).__name__}"
    )


def acknowledgement_of(reply: Reply) -> Acknowledgement:
    """Interpret a reply to ITI-41 or ITI-57.

    A SOAP fault, the error page of a gateway and a partial success do not state whether the
    document was accepted: the registry must be queried.
    """
    try:
        response = read_response(reply.body, reply.content_type)
    except SoapFault as fault:
        return Acknowledgement(Answer.UNANSWERED, [RegistryError(code) for code in fault.codes])
    except ParseError:
        return Acknowledgement(Answer.UNANSWERED)
    if response.succeeded:
        return Acknowledgement(Answer.ACCEPTED, response.errors)
    if response.is_duplicate:
        return Acknowledgement(Answer.DUPLICATE, response.errors)
    is_clear = response.status is ResponseStatus.FAILURE
    return Acknowledgement(Answer.REFUSED if is_clear else Answer.UNANSWERED, response.errors)


def found_of(reply: Reply) -> Found | None:
    """The document in a reply to ITI-18; None if the registry does not have it.

    :class:`NoReplyError` where it does not state whether there is one.
    """
    entries = _answered(reply)
    if not entries:
        return None
    entry = entries[0]
    is_approved = entry.availability_status is AvailabilityStatus.APPROVED
    return Found(entry_uuid=entry.entry_uuid, approved=is_approved)


def sender_of(reply: Reply, configuration: ProducerConfiguration) -> Sender | None:
    """The patient of a document in a reply to ITI-18; None if the registry does not have it.

    :class:`NoReplyError` where it does not state whether there is one.
    """
    entries = _answered(reply)
    return Sender(entries[0], configuration) if entries else None


def _answered(reply: Reply) -> tuple[DocumentEntry, ...]:
    try:
        response = read_query_response(reply.body, reply.content_type)
    except (SoapFault, ParseError):
        raise NoReplyError from None
    if response.entries:
        return response.entries
    # a warning beside nothing: it may have been filtered (consent), or not been looked for
    if not response.succeeded or response.errors:
        raise NoReplyError
    return ()


def question_about(document_id: MedComId, header: SoapHeader) -> Message:
    """A query for a document by its uniqueId (ITI-18, GetDocuments)."""
    return query(get_documents(unique_ids=[document_id]), header)


def question_about_entry(entry_uuid: str, header: SoapHeader) -> Message:
    """A query for a document by its entryUUID (ITI-18, GetDocuments)."""
    return query(get_documents(entry_uuids=[entry_uuid]), header)


@frozen
class MessageMaker:
    """Makes the messages of one run's steps; a sealer encrypts data for deprecations."""

    sealer: Sealer | None

    def submission(
        self,
        step: Publish | Replace,
        configuration: ProducerConfiguration,
        header: SoapHeader,
        now: datetime.datetime,
    ) -> tuple[Message, Publish | Replace]:
        """The message that submits a document, and the step with the data for the register.

        :class:`InvalidDocument` or :class:`InvalidValue` where something that is demanded is
        missing.
        """
        document = step.document
        entry = document_entry(document, configuration, entry_uuid=step.entry_uuid)
        replaces = step.target.entry_uuid if isinstance(step, Replace) else None
        sending = Sending(now=now, submission_id=uuid4(), header=header)
        # the plan has validated it
        data = dumps(document, check=False)
        message = sending.publish(entry, data, configuration, replaces)
        sender = Sender(entry, configuration)
        sealed = self.sealer.seal(sender, step.document_id) if self.sealer else None
        registered = evolve(step.registered, producer=configuration.source_id, sealed=sealed)
        return message, evolve(step, registered=registered)

    def deprecation(
        self, step: Deprecate, sender: Sender, header: SoapHeader, now: datetime.datetime
    ) -> Message:
        """The message that deprecates a document."""
        sending = Sending(now=now, submission_id=uuid4(), header=header)
        return sending.deprecate(sender.entry, sender.configuration, step.entry_uuid)

    def opened(self, step: Deprecate) -> Sender | None:
        """The patient of the document to deprecate, if the register has it; or ``SealError``."""
        sealed = step.target.sealed
        if self.sealer is None or sealed is None:
            return None
        return self.sealer.open(sealed, step.document_id, step.entry_uuid)


def no_header() -> str:
    """The default of ``header``."""
    return ""


def header_of(header: Callable[[], object]) -> SoapHeader:
    """The result of ``header``: a header, or the security headers as XML.

    An exception is a :class:`NoReplyError`, another type a ``TypeError``.
    """
    try:
        given = header()
    except Exception as error:
        raise NoReplyError(type(error).__name__) from None
    if isinstance(given, SoapHeader):
        return given
    if isinstance(given, str):
        return SoapHeader(message_id=uuid4(), security=given)
    raise TypeError(
        f"header must return a SoapHeader, or the security headers as XML, not "
        f"{type(given).__name__}"
    )


def configuration_of(producer: Producer | None) -> ProducerConfiguration:
    """Who publishes, as the metadata have it; :class:`InvalidDocument` if nobody does."""
    if producer is None:
        raise InvalidDocument([NO_PRODUCER])
    return producer.configuration


def findings_of(error: ApdError) -> tuple[Finding, ...]:
    """The reasons why no message can be made, as findings."""
    if isinstance(error, InvalidDocument):
        return error.findings
    field_name = error.field if isinstance(error, InvalidValue) else ""
    return (
        Finding(
            rule="XDS-VALUE",
            layer=Layer.PROFILE,
            wording=error.wording,
            field=field_name,
            source=_PROFILE,
        ),
    )


_PROFILE = "Danish XDS metadata profile 1.0.1"

NO_PRODUCER = Finding(
    rule="XDS-REQUIRED:sourceId",
    layer=Layer.PROFILE,
    wording=Wording(
        "Det fremgår ikke, hvem der publicerer aftalen: angiv producer i bookingen eller for alle "
        "bookinger.",
        "It is not stated who publishes the appointment: specify producer in the booking or for "
        "all bookings.",
    ),
    field="Booking.producer",
    source=_PROFILE,
)
"""The finding of a booking without a producer."""

DOUBLED = Finding(
    rule="BOOKING-DOUBLED",
    layer=Layer.BUSINESS,
    wording=Wording(
        "To bookinger har det samme aftale-id, så ingen ved, hvilken der gælder; det publicerede "
        "bliver stående. Tildel hver aftale sit eget id, og angiv hver booking én gang.",
        "Two bookings have the same appointment id, so it is unknown which is right; what is "
        "published stays. Assign each appointment its own id, and specify each booking once.",
    ),
    field="Booking.appointment.id",
)
"""The finding of a booking whose appointment another booking has."""


def internal_error(error: Exception) -> Finding:
    """A fault of the program itself; its message is left out, as it may quote the data."""
    kind = type(error).__name__
    return Finding(
        rule="INTERNAL-ERROR",
        layer=Layer.BUSINESS,
        wording=Wording(
            f"Intern fejl ({kind}): meld den til dk-apd.",
            f"Internal error ({kind}): report it to dk-apd.",
        ),
    )
