"""The patient, organisations, persons, and the roles around an appointment."""

import datetime

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from apd.model.party import (
    Custodian,
    Organization,
    Patient,
    Performer,
    Person,
    Requester,
    Responsible,
)
from apd.standard.codes import Gender
from apd.testing.strategies.contact import addresses, person_names, telecoms
from apd.testing.strategies.identifiers import (
    cpr_numbers,
    identifiers,
    provider_numbers,
    sor_codes,
)
from apd.testing.strategies.schedule import times
from apd.testing.strategies.text import texts

ORGANIZATION_IDS = sor_codes() | provider_numbers() | identifiers()
"""Identifiers of every kind that an organisation can have."""
MAYBE_ORGANIZATION_IDS = st.none() | ORGANIZATION_IDS

_TEXTS, _MAYBE_TEXTS = texts(), st.none() | texts()
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


@st.composite
def responsibles(draw: DrawFn, *, complete: bool = True) -> Responsible:
    """Responsibles: those who made the booking.

    Args:
        draw: the draw function of hypothesis.
        complete: only with a SOR code or a provider number.
    """
    return Responsible(
        id=draw(_RESPONSIBLE_IDS if complete else MAYBE_ORGANIZATION_IDS),
        organization=draw(_MAYBE_ORGANIZATIONS),
        person=draw(_MAYBE_PERSONS),
        address=draw(_MAYBE_ADDRESSES),
        telecoms=draw(_SOME_TELECOMS),
        time=draw(_MAYBE_TIMES),
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
        organization=draw(_MAYBE_ORGANIZATIONS),
        person=draw(_MAYBE_PERSONS),
        address=draw(_MAYBE_ADDRESSES),
        telecoms=draw(_SOME_TELECOMS),
        time=draw(_MAYBE_TIMES),
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
