"""Names, addresses and telecoms; patients, organisations, persons, and their roles."""

import datetime
import string
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from apd.model.contact import Address, PersonName, Telecom
from apd.model.party import (
    Custodian,
    Organization,
    Patient,
    Performer,
    Person,
    Requester,
    Responsible,
)
from apd.standard.codes import AddressUse, Gender, NullFlavor, TelecomUse
from apd.testing.strategies.identifiers import (
    cpr_numbers,
    identifiers,
    provider_numbers,
    sor_codes,
)
from apd.testing.strategies.schedule import times
from apd.testing.strategies.text import texts

_TEXTS, _MAYBE_TEXTS = texts(), st.none() | texts()
_SOME_TEXTS = st.lists(texts(), max_size=3)


@st.composite
def person_names(draw: DrawFn) -> PersonName:
    """Names with any of their parts, at least one."""
    parts = {
        "given": draw(_SOME_TEXTS),
        "prefix": draw(_SOME_TEXTS),
        "suffix": draw(_SOME_TEXTS),
    }
    family = draw(_MAYBE_TEXTS if any(parts.values()) else _TEXTS)
    return PersonName(family=family, **parts)


_POSTAL_CODES = st.none() | st.integers(0, 9999).map("{:04}".format) | texts(10)
_ADDRESS_USES = st.none() | st.sampled_from(AddressUse)
_NULL_FLAVORS = st.sampled_from(NullFlavor)
_IS_INFORMED = st.booleans()
_LINES, _SOME_LINES = st.lists(texts(), min_size=1, max_size=4), st.lists(texts(), max_size=4)


@st.composite
def addresses(draw: DrawFn) -> Address:
    """Addresses with any of their parts, and null addresses with every null flavor."""
    use = draw(_ADDRESS_USES)
    if not draw(_IS_INFORMED):
        return Address.not_informed(use, draw(_NULL_FLAVORS))
    postal_code, city, country = draw(_POSTAL_CODES), draw(_MAYBE_TEXTS), draw(_MAYBE_TEXTS)
    lines = draw(_SOME_LINES if postal_code or city or country else _LINES)
    return Address(lines, postal_code, city, country, use=use)


_DIGITS = st.text(string.digits, min_size=1, max_size=12)
_LETTERS = st.text(string.ascii_letters, min_size=1, max_size=12)
_IN_URIS = string.ascii_letters + string.digits + "-._~:/?@!$&'()*+,;="
_USES = st.none() | st.sampled_from(TelecomUse)
_URIS = st.one_of(
    st.builds("{}:{}".format, st.sampled_from(["tel", "sms", "fax", "TEL"]), _DIGITS),
    _DIGITS.map("tel:+45{}".format),
    _LETTERS.map("mailto:{}@example.dk".format),
    _LETTERS.map("https://{}.example".format),
    st.text(_IN_URIS, min_size=1, max_size=30).map("x-apd+1.0:{}".format),
    st.sampled_from(["mailto:s%C3%B8ren@example.dk", "https://example.dk/?a=1&b=%20#c"]),
)


def telecoms() -> SearchStrategy[Telecom]:
    """Telecoms: telephone, text message, e-mail, web and any other URI."""
    return st.builds(Telecom, _URIS, _USES)


ORGANIZATION_IDS = sor_codes() | provider_numbers() | identifiers()
"""Identifiers of every kind that an organisation can have."""
MAYBE_ORGANIZATION_IDS = st.none() | ORGANIZATION_IDS

_MAYBE_ADDRESSES, _MAYBE_TIMES = st.none() | addresses(), st.none() | times()
_TELECOMS, _SOME_TELECOMS = (
    st.lists(telecoms(), min_size=1, max_size=3),
    st.lists(telecoms(), max_size=3),
)
_ONE_TELECOM = st.lists(telecoms(), max_size=1)


def persons() -> SearchStrategy[Person]:
    """Persons who represent an organisation."""
    return st.builds(Person, person_names())


@st.composite
def organizations(draw: DrawFn, *, has_name: bool = False) -> Organization:
    """Organisations with at least one detail.

    Args:
        draw: the draw function of hypothesis.
        has_name: only with a name.
    """
    name = draw(_TEXTS if has_name else _MAYBE_TEXTS)
    id, address = draw(MAYBE_ORGANIZATION_IDS), draw(_MAYBE_ADDRESSES)
    reached = draw(_SOME_TELECOMS if name or id or address else _TELECOMS)
    return Organization(name=name, id=id, address=address, telecoms=reached)


_MAYBE_PERSONS = st.none() | persons()
_NAMED_ORGANIZATIONS = organizations(has_name=True)
_MAYBE_ORGANIZATIONS = st.none() | organizations()
_CPR_NUMBERS = cpr_numbers()
_PATIENT_IDS = _CPR_NUMBERS | identifiers(has_extension=True)
_MAYBE_NAMES = st.none() | person_names()
_MAYBE_GENDERS = st.none() | st.sampled_from(Gender)
_MAYBE_DATES = st.none() | st.dates(datetime.date.min, datetime.date.max)


@st.composite
def patients(draw: DrawFn, *, complete: bool = True) -> Patient:
    """Patients with or without a name, whose date of birth may differ from their CPR number.

    Args:
        draw: the draw function of hypothesis.
        complete: only with a CPR number.
    """
    return Patient(
        id=draw(_CPR_NUMBERS if complete else _PATIENT_IDS),
        name=draw(_MAYBE_NAMES),
        address=draw(_MAYBE_ADDRESSES),
        telecoms=draw(_SOME_TELECOMS),
        gender=draw(_MAYBE_GENDERS),
        birth_date=draw(_MAYBE_DATES),
        provider_organization=draw(_MAYBE_ORGANIZATIONS),
    )


_SOR_CODES = sor_codes()
_RESPONSIBLE_IDS = sor_codes() | provider_numbers()


def _author(draw: DrawFn) -> dict[str, Any]:
    """What both authors have beside an id."""
    return {
        "organization": draw(_MAYBE_ORGANIZATIONS),
        "person": draw(_MAYBE_PERSONS),
        "address": draw(_MAYBE_ADDRESSES),
        "telecoms": draw(_SOME_TELECOMS),
        "time": draw(_MAYBE_TIMES),
    }


@st.composite
def responsibles(draw: DrawFn, *, complete: bool = True) -> Responsible:
    """Responsibles: those who made the booking.

    Args:
        draw: the draw function of hypothesis.
        complete: only with a SOR code or a provider number.
    """
    return Responsible(
        id=draw(_RESPONSIBLE_IDS if complete else MAYBE_ORGANIZATION_IDS),
        **_author(draw),
    )


@st.composite
def requesters(draw: DrawFn, *, complete: bool = True) -> Requester:
    """Requesters: those who referred the patient.

    Args:
        draw: the draw function of hypothesis.
        complete: only with a SOR code.
    """
    return Requester(
        id=draw(_SOR_CODES if complete else MAYBE_ORGANIZATION_IDS),
        **_author(draw),
    )


@st.composite
def performers(draw: DrawFn, *, complete: bool = True) -> Performer:
    """Performers: those who carry out the appointment.

    Args:
        draw: the draw function of hypothesis.
        complete: only with an id, an organisation with a name, and at most one telecom.
    """
    return Performer(
        id=draw(ORGANIZATION_IDS if complete else MAYBE_ORGANIZATION_IDS),
        organization=draw(_NAMED_ORGANIZATIONS if complete else _MAYBE_ORGANIZATIONS),
        person=draw(_MAYBE_PERSONS),
        address=draw(_MAYBE_ADDRESSES),
        telecoms=draw(_ONE_TELECOM if complete else _SOME_TELECOMS),
    )


_MAYBE_TELECOMS = st.none() | telecoms()


@st.composite
def custodians(draw: DrawFn, *, complete: bool = True) -> Custodian:
    """Custodians: those who keep the document.

    Args:
        draw: the draw function of hypothesis.
        complete: only with a SOR code.
    """
    return Custodian(
        id=draw(_SOR_CODES if complete else MAYBE_ORGANIZATION_IDS),
        name=draw(_MAYBE_TEXTS),
        address=draw(_MAYBE_ADDRESSES),
        telecom=draw(_MAYBE_TELECOMS),
    )
