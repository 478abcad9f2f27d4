"""Removes a protected address from a document.

Source: Aftaleoversigten 2.0, handling of address protection; MedCom's example of a region.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote

from attrs import evolve

from apd.cda.lossless.writing import without as without_pieces
from apd.errors import InvalidDocument
from apd.model.appointment import Appointment, Reason
from apd.model.code import Code
from apd.model.contact import Address, Telecom
from apd.model.document import AppointmentDocument, Difference, Unmapped
from apd.model.identifiers import Identifier
from apd.model.location import OtherLocation, SorLocation
from apd.model.party import Custodian, Organization
from apd.model.schedule import Schedule
from apd.privacy.address_terms import AddressPart, Term, clean, find, terms_of, without
from apd.privacy.address_traces import ground_of, readings
from apd.privacy.stripping import (
    home_addresses,
    is_at_home,
    is_of_home,
    rewritten,
    stripped,
)

# Texts in which anything may stand, by the class that has them.
_FREE_TEXTS: dict[type, tuple[str, ...]] = {Reason: ("text",), Schedule: ("note",)}
_TEXTS: dict[type, tuple[str, ...]] = {
    **_FREE_TEXTS,
    Code: ("display",),
    Custodian: ("name",),
    Identifier: ("extension", "authority"),
    Organization: ("name",),
    OtherLocation: ("name",),
    SorLocation: ("name",),
}


def document_without(
    document: AppointmentDocument, homes: Sequence[Address]
) -> AppointmentDocument:
    """A document without its patient's home addresses, wherever they occur."""
    terms = terms_of(homes)
    houses = [term for term in terms if term.part is AddressPart.HOUSE]
    bare = stripped(evolve(document, source=None), homes)
    bare = rewritten(bare, lambda value: _rewritten(value, _TEXTS, houses))
    at_home = is_at_home(document)
    pieces = [piece for piece in document.unmapped if not _goes_anyway(piece, at_home)]
    identifying = _identifying(terms, bare, homes) if _speaks_of(terms, bare, pieces) else ()
    made = rewritten(bare, lambda value: _rewritten(value, _FREE_TEXTS, identifying))
    try:
        return without_pieces(
            evolve(made, source=document.source),
            lambda piece: _goes_anyway(piece, at_home) or _contains(piece, identifying),
            remarks=False,
        )
    except InvalidDocument:  # rather nothing beyond the model than the address
        return made


def appointment_without_address(appointment: Appointment, *also: Address) -> Appointment:
    """An appointment without its patient's address and further ones, wherever they occur."""
    around = AppointmentDocument(id=None, time=None, custodian=None, appointment=appointment)
    homes = tuple(dict.fromkeys((*home_addresses(around), *also)))
    return document_without(around, homes).appointment


def _speaks_of(
    terms: Sequence[Term], document: AppointmentDocument, pieces: Iterable[Unmapped]
) -> bool:
    """False when nothing that is free to say anything says a part of the address."""
    appointment = document.appointment
    texts = (appointment.reason and appointment.reason.text, appointment.schedule.note)
    return any(find(terms, clean(text)) for text in texts if text) or any(
        _contains(piece, terms) for piece in pieces
    )


def _identifying(
    terms: Sequence[Term], document: AppointmentDocument, homes: Sequence[Address]
) -> list[Term]:
    """The parts that must not stand in a free text, as nobody else has them."""
    ground = ground_of(document, homes)
    return [term for term in terms if not ground.holds(term)]


def _rewritten(value: Any, fields: dict[type, tuple[str, ...]], terms: Sequence[Term]) -> Any:
    if isinstance(value, Telecom):
        return None if find(terms, clean(unquote(value.value))) else value
    changes = {}
    for name in fields.get(type(value), ()):
        text = getattr(value, name)
        if text is not None and (changed := without(terms, text)) != text:
            changes[name] = changed
    return evolve(value, **changes) if changes else value


def _goes_anyway(piece: Unmapped, at_home: bool) -> bool:
    """True for the readable text, which is made of the data, and for what is about the patient."""
    return piece.difference is Difference.NARRATIVE or is_of_home(piece, at_home)


def _contains(piece: Unmapped, terms: Sequence[Term]) -> bool:
    texts: Iterable[str] = filter(None, (piece.xml, piece.expected))
    return any(find(terms, reading) for text in texts for reading in readings(text))
