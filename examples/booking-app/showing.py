"""What the registry has of a patient, fetched and shown as the overview."""

import uuid

import clinic
import httpx
import tables

import apd
from apd import overview, xds
from apd.publication.http import HttpPost

WHO_LOOKS = overview.ProfessionalViewer(
    clinic.SECRETARY.name, clinic.DEPARTMENTS["hospital"].organization
)


class NoOverview(Exception):
    """The registry cannot be asked now, or its answer cannot be read."""


def _header() -> xds.SoapHeader:
    return xds.SoapHeader(message_id=uuid.uuid4())


def overview_of(patient: apd.CprNumber, post: HttpPost) -> overview.Overview:
    """The overview of a patient, as the registry has it now.

    Raises:
        NoOverview: the registry cannot be asked now, or its answer cannot be read.
    """
    try:
        entries = _fetched(patient, post)
    except (OSError, httpx.HTTPError, apd.ParseError, xds.SoapFault) as error:
        raise NoOverview from error
    return overview.make_overview(entries, viewer=WHO_LOOKS, now=tables.now(), patient=patient)


def _fetched(patient: apd.CprNumber, post: HttpPost) -> list[overview.Entry]:
    """The patient's documents, and whether something is withheld."""
    reply = post(xds.query(xds.find_documents(patient), _header()))
    found = xds.read_query_response(reply.body, reply.content_type)
    withheld: list[overview.Entry] = [overview.Withheld()] if found.is_filtered else []
    if not found.succeeded:
        raise NoOverview
    if not found.entries:
        return withheld
    reply = post(xds.retrieve(found.entries, _header()))
    fetched = xds.read_retrieved(reply.body, reply.content_type)
    documents: list[overview.Entry] = []
    for entry in found.entries:
        came = fetched.document(entry)
        if came is None or not xds.check_retrieved(came.data, entry).is_valid:
            raise NoOverview  # better no overview than one that lacks an appointment
        documents.append(overview.RegisteredDocument(apd.loads(came.data)))
    return documents + withheld
