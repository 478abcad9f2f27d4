"""Values of the model as people say them, with what is personal or without it."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from apd.model.appointment import EpisodeOfCare, Reason, Repetition
from apd.model.code import Code
from apd.model.contact import Address, PersonName, Telecom
from apd.model.identifiers import (
    AnyIdentifier,
    CprNumber,
    EpisodeId,
    Identifier,
    MedComId,
    ProviderNumber,
    SorCode,
)
from apd.model.location import (
    PATIENTS_HOME,
    HomeLocation,
    Location,
    OtherLocation,
    SorLocation,
)
from apd.model.party import (
    Custodian,
    Organization,
    Patient,
    Performer,
    Person,
    Requester,
    Responsible,
)
from apd.model.schedule import Schedule
from apd.standard.codes import CODE_SYSTEM_NAMES, Category, Confidentiality, Gender, Oid, Status
from apd.standard.releases import Release
from apd.text.terms import PLACES, TERMS, Words
from apd.text.times import date, moment, period, telecom
from apd.wording import Language


def in_words(value: object, language: Language, *, personal: bool) -> str | None:
    """A value of the model, or a part, in words; None if it has nothing that may be shown.

    What is ``personal`` is what the model's own ``repr`` masks.
    """
    if value is None:
        return None
    always = _ALWAYS.get(type(value))
    if always is not None:
        return always(value, language)
    in_part = _IN_PART.get(type(value))
    if in_part is not None:
        return in_part(value, language, personal)
    describe = _PERSONAL.get(type(value))
    return describe(value, language) if describe is not None and personal else None


# --- identifiers and codes -------------------------------------------------------------------


def code(of: Code) -> str:
    """A code behind the name of its system: *SNOMED CT 91251008*."""
    return f"{_SYSTEM_NAMES.get(of.system, of.system)} {of.code}"


def identifier(of: AnyIdentifier, language: Language) -> str:
    """An identifier, with what it is: *SOR-kode 9990021000016009*, *X-7 (1.2.3)*."""
    if of.value is None:
        return of.root
    wording = TERMS[_ID_KEYS.get(type(of), "rooted_id")].in_language(language)
    return wording.format(value=of.value, root=of.authority or of.root)


def is_foreign(id: AnyIdentifier) -> bool:
    """True for an identifier of a kind that has no name here."""
    return type(id) not in _ID_KEYS


def place_kind(place: Location, language: Language) -> str:
    """Which of the three kinds of places it is: *et sted i SOR*."""
    return PLACES[type(place)].in_language(language)


def _displayed(of: Code, _: Language) -> str:
    return f"{of.display} ({code(of)})" if of.display else code(of)


def _repetition(repetition: Repetition, language: Language) -> str:
    if repetition.id is None:
        return Words(language)("series_unnamed")
    return Words(language)("in_series", id=repetition.id.value or repetition.id.root)


def _episode(episode: EpisodeOfCare, language: Language, personal: bool) -> str | None:
    stated = (in_words(id, language, personal=personal) for id in episode.ids)
    return _joined(in_words(episode.label, language, personal=personal), *stated)


# --- who and where ---------------------------------------------------------------------------


def _address(address: Address, language: Language) -> str:
    return address.one_line if address.is_informed else Words(language)("not_informed")


def _party(
    party: Performer | Responsible | Requester | Custodian | Organization,
    language: Language,
    personal: bool,
) -> str | None:
    """Who it is: the organisation and its code, and the person if that may be shown."""
    named = party if isinstance(party, Custodian | Organization) else party.organization
    person = None if isinstance(party, Custodian | Organization) else party.person
    return _joined(
        None if named is None else named.name,
        in_words(person, language, personal=personal),
        in_words(party.id, language, personal=personal),
        *(_telephones(party, language) if personal and isinstance(party, Performer) else ()),
    )


def _place(place: Location, language: Language, personal: bool) -> str:
    kind = place_kind(place, language)
    name = None if place.name == PATIENTS_HOME else place.name
    named = (name, in_words(place.address, language, personal=True)) if personal else ()
    telephones = _telephones(place, language) if personal else ()
    id = in_words(place.id, language, personal=personal)
    return _joined(kind, *named, id, *telephones) or kind


def _telephones(of: Performer | Location, language: Language) -> Iterator[str]:
    return (telecom(phone, language) for phone in of.telephones)


def _patient(patient: Patient, language: Language) -> str | None:
    name = None if patient.name is None else patient.name.full
    return _joined(name, in_words(patient.id, language, personal=True))


def _joined(*texts: str | None) -> str | None:
    return ", ".join(stated for stated in texts if stated) or None


# --- which of them is which ------------------------------------------------------------------

_SYSTEM_NAMES = {**CODE_SYSTEM_NAMES, Oid.SKS: "SKS"}
_ID_KEYS: dict[type, str] = {SorCode: "sor", ProviderNumber: "provider", EpisodeId: "episode_id"}
_ALWAYS: dict[type, Callable[[Any, Language], str | None]] = {
    bool: lambda value, language: Words(language)("yes" if value else "no"),
    int: lambda value, _: str(value),
    datetime.datetime: moment,
    Schedule: lambda value, language: period(value, language, in_sentence=True),
    Category: Category.display,
    Gender: Gender.display,
    Status: Status.display,
    Confidentiality: Confidentiality.display,
    Release: lambda value, language: Words(language)("release", release=value),
    SorCode: identifier,
    ProviderNumber: identifier,
    MedComId: lambda value, _: value.value,
    EpisodeId: lambda value, _: value.value,
    str: lambda value, _: value,  # a text that is personal does not get here, see Change
}
_IN_PART: dict[type, Callable[[Any, Language, bool], str | None]] = {
    Performer: _party,
    Responsible: _party,
    Requester: _party,
    Custodian: _party,
    Organization: _party,
    SorLocation: _place,
    OtherLocation: _place,
    HomeLocation: _place,
    EpisodeOfCare: _episode,
    Repetition: lambda value, language, personal: (
        _repetition(value, language) if personal or not isinstance(value.id, Identifier) else None
    ),
}
_PERSONAL: dict[type, Callable[[Any, Language], str | None]] = {
    datetime.date: date,
    CprNumber: lambda value, language: Words(language)("cpr", value=value.value),
    Identifier: identifier,
    Code: _displayed,
    PersonName: lambda value, _: value.full,
    Person: lambda value, _: value.name.full,
    Address: _address,
    Telecom: lambda value, _: value.address,
    Reason: lambda value, _: value.text,
    Patient: _patient,
}
