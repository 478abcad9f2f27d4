"""Removes a protected address from an overview or a document, and searches for remains.

Source: Aftaleoversigten 2.0, handling of address protection; MedCom's example of a region.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import overload

from attrs import evolve

from apd.model.appointment import Appointment
from apd.model.contact import Address
from apd.model.document import AppointmentDocument
from apd.overview.data import as_data
from apd.overview.value import Overview
from apd.privacy.address_removal import appointment_without_address, document_without
from apd.privacy.address_terms import terms_of
from apd.privacy.address_traces import AddressTrace, Ground, Search, neutral, readings, traces_in
from apd.privacy.stripping import PROTECTED_ADDRESS, home_addresses
from apd.publication.booking import Booking


@overload
def without_address(of: AppointmentDocument, *also: Address) -> AppointmentDocument: ...
@overload
def without_address(of: Overview, *also: Address) -> Overview: ...
@overload
def without_address(of: Appointment, *also: Address) -> Appointment: ...
@overload
def without_address(of: Booking, *also: Address) -> Booking: ...


def without_address(
    of: AppointmentDocument | Overview | Appointment | Booking, *also: Address
) -> AppointmentDocument | Overview | Appointment | Booking:
    """A document, overview, appointment or booking without the patient's address anywhere.

    The patient's address becomes the word ADRESSEBESKYTTET, and the patient's telecoms are removed.
    A location at home states only that it is at home. Other addresses in the same building become
    not provided. In texts, ADRESSEBESKYTTET replaces what revealed the address;
    ``docs/showing.md`` describes this precisely. The readable text is generated again. Content
    outside the model is removed if it is about the patient or reveals the address, and so are
    comments and processing instructions.

    Everything else is kept, including ids: to publish the document, give it a new id.

    Args:
        of: the object to remove the address from.
        also: other addresses of the patient, which the document does not state as such.
    """
    if isinstance(of, Appointment):
        return appointment_without_address(of, *also)
    if isinstance(of, Booking):
        return evolve(of, appointment=appointment_without_address(of.appointment, *also))
    if isinstance(of, AppointmentDocument):
        return document_without(of, tuple(dict.fromkeys((*home_addresses(of), *also))))
    shown = (*of.appointments, *of.cancelled)
    own = (address for one in shown for address in home_addresses(one.document))
    homes = tuple(dict.fromkeys((*own, *also)))
    return _with_documents(of, lambda document: document_without(document, homes))


def _with_documents(
    overview: Overview, change: Callable[[AppointmentDocument], AppointmentDocument]
) -> Overview:
    """An overview with every document in it changed, and the patient without an address."""
    changed = {
        shown.key: evolve(shown, document=change(shown.document))
        for shown in (*overview.cancelled, *overview.appointments)
    }
    return evolve(
        overview,
        patient=evolve(overview.patient, address=PROTECTED_ADDRESS, telecoms=()),
        appointments=tuple(changed[shown.key] for shown in overview.appointments),
        cancelled=tuple(changed[shown.key] for shown in overview.cancelled),
        overlaps=tuple(
            evolve(overlap, first=changed[overlap.first.key], second=changed[overlap.second.key])
            for overlap in overview.overlaps
        ),
    )


def address_traces(
    of: AppointmentDocument | Overview | bytes | str,
    address: Address,
    beside: Iterable[AppointmentDocument] = (),
) -> tuple[AddressTrace, ...]:
    """The places where an address can still be recognised; empty if it is gone.

    Case, white space, entities, tags, JSON's escapes, URIs and folded lines of a calendar make no
    difference.

    Args:
        of: a document or an overview; or bytes or a text: CDA, a page, a calendar, JSON.
        address: the address to look for.
        beside: the documents that a page, a calendar or JSON was made from. It may contain what
            they state of other persons. For a CDA document this is not needed.
    """
    search = Search(terms_of([address]), address)
    if isinstance(of, AppointmentDocument):
        found = search.in_document(of)
    elif isinstance(of, Overview):
        found = _in_overview(search, of)
    else:
        found = search.in_data(of, beside)
    return tuple(dict.fromkeys(found))


def _in_overview(search: Search, overview: Overview) -> Iterator[AddressTrace]:
    shown = (*overview.appointments, *overview.cancelled)
    documents = [one.document for one in shown]
    for document in documents:
        yield from search.in_document(document)
    elsewhere = _with_documents(overview, lambda one: neutral(one, [search.address]))
    stated_elsewhere = Ground(list(readings(_as_json(elsewhere))), [])
    wanted = search.without(stated_elsewhere, *search.grounds(documents))
    yield from traces_in(wanted, _as_json(overview))


def _as_json(overview: Overview) -> str:
    return json.dumps(as_data(overview), ensure_ascii=False)
