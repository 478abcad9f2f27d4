"""Removes the patient's address from the address fields of a document.

What is removed, following MedCom's example from a region and Aftaleoversigten on protected
addresses:

* the patient's address becomes the word ADRESSEBESKYTTET, and the patient's telecoms are removed,
  as a number leads to an address;
* a location at home (type 3) states only that it is at home;
* any other address in the same building becomes not provided.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import attrs
from attrs import evolve

from apd.cda.datatypes import read_address
from apd.cda.loader import open_document
from apd.cda.xml import Element, hl7, parse_fragment
from apd.errors import InvalidValue
from apd.model.contact import PROTECTED, Address, is_protected
from apd.model.document import AppointmentDocument, Unmapped
from apd.model.location import HomeLocation
from apd.privacy.address_terms import is_same_building

T = TypeVar("T")

PROTECTED_ADDRESS = Address((PROTECTED,), "0000", PROTECTED)
_ADDRESS, _PATIENT, _PROVIDER = hl7("addr"), hl7("recordTarget"), hl7("providerOrganization")
_PARTICIPANT, _HOME_TYPE = hl7("participant"), "SBJ"


def home_addresses(document: AppointmentDocument) -> tuple[Address, ...]:
    """Every address of the patient in a document, including those outside the model."""
    location = document.appointment.location
    found = [document.appointment.patient.address]
    if isinstance(location, HomeLocation):
        found.append(location.address)
    for home in _homes_in(document):
        found += [
            read_address([address])
            for address in home.iter(_ADDRESS)
            if next(address.iterancestors(_PROVIDER), None) is None
        ]
    return tuple(dict.fromkeys(one for one in found if one is not None and _is_open(one)))


def _is_open(address: Address) -> bool:
    return address.is_informed and not is_protected(address)


def _homes_in(document: AppointmentDocument) -> list[Element]:
    """The patient and the locations at home, as the XML that was read has them.

    Differences from the model do not decide it: an address may differ in a part of it alone.
    """
    if document.source is None:
        return []
    root = open_document(document.source.data, document.source.current).root
    return [element for element in root.iter(_PATIENT, _PARTICIPANT) if _is_home(element)]


def _is_home(element: Element) -> bool:
    """True for the patient, and for a participant that is a location at home."""
    return element.tag == _PATIENT or element.get("typeCode", "").strip() == _HOME_TYPE


def is_at_home(document: AppointmentDocument) -> bool:
    """Whether a document has a location at home, in the model or outside it."""
    return isinstance(document.appointment.location, HomeLocation) or any(
        home.tag == _PARTICIPANT for home in _homes_in(document)
    )


def is_of_home(piece: Unmapped, at_home: bool) -> bool:
    """Whether a piece outside the model is about the patient or the patient's home.

    If there is a location at home, all pieces about any location are removed, as they do not show
    which one they belong to.
    """
    if "/recordTarget" in piece.path:
        return True
    return at_home and ("/participant" in piece.path or _has_home_in(piece))


def _has_home_in(piece: Unmapped) -> bool:
    if piece.xml is None or "participant" not in piece.xml:
        return False
    try:
        return any(map(_is_home, parse_fragment(piece.xml).iter(_PARTICIPANT)))
    except (SyntaxError, ValueError):  # a text that stood between elements
        return False


def stripped(document: AppointmentDocument, homes: Sequence[Address]) -> AppointmentDocument:
    """A document without the patient's addresses in address fields; its texts and XML stay."""

    def strip(value: Any) -> Any:
        is_home = isinstance(value, Address) and any(is_same_building(value, h) for h in homes)
        return None if is_home else value

    at_home = isinstance(document.appointment.location, HomeLocation)
    appointment = evolve(
        document.appointment,
        patient=evolve(document.appointment.patient, address=None, telecoms=()),
        location=HomeLocation() if at_home else document.appointment.location,
    )
    appointment = rewritten(appointment, strip)
    patient = evolve(appointment.patient, address=PROTECTED_ADDRESS)
    return evolve(
        document,
        appointment=evolve(appointment, patient=patient),
        custodian=rewritten(document.custodian, strip),
    )


def rewritten(value: T, rewrite: Callable[[Any], Any]) -> T:
    """A value of the model with every object in it replaced or removed, inner ones first."""
    return rewrite(_with_parts(value, rewrite)) if attrs.has(type(value)) else value


def _with_parts(value: Any, rewrite: Callable[[Any], Any]) -> Any:
    changes = {}
    for field in attrs.fields(type(value)):
        old = getattr(value, field.name)
        if isinstance(old, tuple):
            made = (rewritten(one, rewrite) for one in old)
            new: Any = tuple(one for one in made if one is not None)
        else:
            new = rewritten(old, rewrite)
        if new != old:
            changes[field.name] = new
    try:
        return evolve(value, **changes) if changes else value
    except InvalidValue:  # an organisation of which nothing else is known
        return None
