"""The values that can be specified for a document that lacks them: a table with one row each."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, TypedDict

from attrs import evolve

from apd.errors import InvalidValue
from apd.model.appointment import EpisodeOfCare, Reason, Repetition
from apd.model.code import Code
from apd.model.contact import Telecom
from apd.model.document import AppointmentDocument
from apd.model.identifiers import CprNumber, EpisodeId, MedComId, ProviderNumber, SorCode
from apd.model.location import SorLocation
from apd.model.party import Custodian, Organization, Performer, Requester, Responsible
from apd.model.time import read_time
from apd.standard.codes import Category, Confidentiality, Oid, Status
from apd.wording import Wording


class Answers(TypedDict, total=False):
    """The arguments of :func:`apd.change.upgrade`, each with the name of its row below."""

    id: MedComId
    time: datetime.datetime
    set_id: MedComId
    version_number: int
    confidentiality: Confidentiality
    language: str
    appointment_id: MedComId
    category: Category
    status: Status
    reason: Reason
    patient_id: CprNumber
    responsible_id: SorCode | ProviderNumber
    responsible_name: str
    requester_id: SorCode
    requester_name: str
    performer_id: SorCode | ProviderNumber
    performer_name: str
    performer_telecom: Telecom
    location_id: SorCode
    location_name: str
    location_telecom: Telecom
    custodian_id: SorCode
    custodian_name: str
    episode_ids: tuple[EpisodeId | MedComId, ...]
    episode_label: Code
    repetition_id: MedComId


class Answer(NamedTuple):
    """A value that can be specified.

    Args:
        path: the field that it fills, from the document on.
        read: makes the value from a text of the command line; raises ValueError.
        hint: the form of the text.
    """

    path: str
    read: Callable[[str], object]
    hint: Wording


# --- from texts ------------------------------------------------------------------------------

_CATEGORIES = {
    **dict.fromkeys(("region", "regional"), Category.REGIONAL),
    **dict.fromkeys(("kommune", "municipality", "municipal"), Category.MUNICIPAL),
    **dict.fromkeys(("praksis", "practice", "practitioner"), Category.PRACTITIONER),
    **{category.value.lower(): category for category in Category},
}
_NEW = ("new", "ny")


def _category(text: str) -> Category:
    if text.lower() not in _CATEGORIES:
        raise InvalidValue(
            "category",
            Wording("er ikke en kategori", "is not a category"),
            Wording(
                "angiv region, municipality eller practice",
                "specify region, municipality or practice",
            ),
        )
    return _CATEGORIES[text.lower()]


def _medcom_id(text: str) -> MedComId:
    return MedComId.new() if text.lower() in _NEW else MedComId(text)


def _time(text: str) -> datetime.datetime:
    try:
        return read_time(text)
    except (ValueError, OverflowError):
        raise InvalidValue(
            "time",
            Wording("er ikke et tidspunkt", "is not a time"),
            Wording(
                "angiv et tidspunkt som 2026-11-02T09:30", "specify a time such as 2026-11-02T09:30"
            ),
        ) from None


def _organization_id(text: str) -> SorCode | ProviderNumber:
    scheme, colon, number = text.partition(":")
    is_provider = colon and scheme.lower() in ("yder", "provider")
    return ProviderNumber(number) if is_provider else SorCode(text)


def _telecom(text: str) -> Telecom:
    return Telecom(text) if ":" in text else Telecom.phone(text)


def _label(text: str) -> Code:
    code, _, display = text.partition(" ")
    return Code(code, Oid.SKS, display)


def _episode_ids(text: str) -> tuple[EpisodeId, ...]:
    return tuple(map(EpisodeId, text.split(",")))


_UUID = Wording("en UUID eller new", "a UUID or new")
_SOR = Wording("en SOR-kode", "a SOR code")
_SOR_OR_PROVIDER = Wording(
    "en SOR-kode eller yder: og et ydernummer", "a SOR code or provider: and a provider number"
)
_NAME = Wording("et navn", "a name")
_PHONE = Wording(
    "et telefonnummer eller mailto: og en e-mailadresse",
    "a telephone number or mailto: and an e-mail address",
)

ANSWERS: dict[str, Answer] = {
    "id": Answer("id", _medcom_id, _UUID),
    "time": Answer("time", _time, Wording("2026-11-02T09:30", "2026-11-02T09:30")),
    "set_id": Answer("set_id", _medcom_id, _UUID),
    "version_number": Answer("version_number", int, Wording("et tal", "a number")),
    "confidentiality": Answer(
        "confidentiality", Confidentiality, Wording("N, R eller V", "N, R or V")
    ),
    "language": Answer("language", str, Wording("da-DK", "da-DK")),
    "appointment_id": Answer("appointment.id", _medcom_id, _UUID),
    "category": Answer(
        "appointment.category",
        _category,
        Wording("region, kommune eller praksis", "region, municipality or practice"),
    ),
    "status": Answer("appointment.status", Status, Wording("active", "active")),
    "reason": Answer("appointment.reason", Reason, Wording("en tekst", "a text")),
    "patient_id": Answer(
        "appointment.patient.id", CprNumber, Wording("et CPR-nummer", "a CPR number")
    ),
    "responsible_id": Answer("appointment.responsible.id", _organization_id, _SOR_OR_PROVIDER),
    "responsible_name": Answer("appointment.responsible.organization.name", str, _NAME),
    "requester_id": Answer("appointment.requester.id", SorCode, _SOR),
    "requester_name": Answer("appointment.requester.organization.name", str, _NAME),
    "performer_id": Answer("appointment.performer.id", _organization_id, _SOR_OR_PROVIDER),
    "performer_name": Answer("appointment.performer.organization.name", str, _NAME),
    "performer_telecom": Answer("appointment.performer.telecoms", _telecom, _PHONE),
    "location_id": Answer("appointment.location.id", SorCode, _SOR),
    "location_name": Answer("appointment.location.name", str, _NAME),
    "location_telecom": Answer("appointment.location.telecom", _telecom, _PHONE),
    "custodian_id": Answer("custodian.id", SorCode, _SOR),
    "custodian_name": Answer("custodian.name", str, _NAME),
    "episode_ids": Answer(
        "appointment.episode_of_care.ids",
        _episode_ids,
        Wording("UUID'er adskilt af komma", "UUIDs separated by commas"),
    ),
    "episode_label": Answer(
        "appointment.episode_of_care.label",
        _label,
        Wording("en SKS-kode og dens tekst", "an SKS code and its display text"),
    ),
    "repetition_id": Answer("appointment.repetition.id", _medcom_id, _UUID),
}
"""Every answer by its name, as in ``--set``."""

# What the answers make of a part that is missing as a whole.
_FILLED_BY = {
    "custodian": ("custodian_id",),
    "appointment.requester": ("requester_id", "requester_name"),
    "appointment.responsible.organization": ("responsible_name",),
    "appointment.performer.organization": ("performer_name",),
    "appointment.responsible": ("responsible_id", "responsible_name"),
    "appointment.performer": ("performer_id", "performer_name"),
    "appointment.location": ("location_id", "location_name"),
}
_MADE: dict[str, Callable[..., object]] = {
    "custodian": partial(Custodian, id=None),
    "appointment.responsible": partial(Responsible, id=None),
    "appointment.requester": partial(Requester, id=None),
    "appointment.performer": partial(Performer, id=None),
    "appointment.location": SorLocation,
    "appointment.episode_of_care": partial(EpisodeOfCare, ids=()),
    "appointment.repetition": Repetition,
}


def answers_for(path: str) -> tuple[str, ...]:
    """The names of the answers that fill a field; none if there are none."""
    exact = tuple(name for name, answer in ANSWERS.items() if answer.path == path)
    return exact or _FILLED_BY.get(path, ())


def answered(document: AppointmentDocument, name: str, value: object) -> AppointmentDocument:
    """The document with an answer inserted; the object it belongs to is made if it is missing."""
    path = ANSWERS[name].path
    if path.endswith(".telecoms"):  # one is all that the profile allows
        value = (value,)
    made: AppointmentDocument = _put(document, "", path.split("."), value)
    return made


def _put(into: Any, path: str, steps: list[str], value: object) -> Any:
    """An object with another value in a field, or in a field of a field."""
    name, *rest = steps
    below = f"{path}.{name}".lstrip(".")
    if rest:
        value = _put(None if into is None else getattr(into, name), below, rest, value)
    if into is not None:
        return evolve(into, **{name: value})
    make: Any = Organization if path.endswith(".organization") else _MADE[path]
    return make(**{name: value})
