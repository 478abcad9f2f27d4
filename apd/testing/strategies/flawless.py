"""Makes a complete document free of all findings, warnings and information included."""

from typing import Any, TypeVar

from attrs import evolve, fields, has
from hypothesis import assume

from apd.api import dumps
from apd.model.contact import Address, Telecom, is_danish_place, is_well_formed
from apd.model.document import AppointmentDocument, DocumentSource
from apd.model.identifiers import CprNumber, OrganizationId, ProviderNumber, SorCode
from apd.model.location import HomeLocation, Location, SorLocation
from apd.model.party import Organization, Patient, Performer, Requester, Responsible
from apd.model.schedule import Schedule
from apd.testing.numbers import gender_of, phone, sor_code
from apd.validation import validate

_PHONE, _SOR_CODE = phone(102030), sor_code(1)
_Role = TypeVar("_Role", Responsible, Requester, Performer)


def without_flaws(document: AppointmentDocument) -> AppointmentDocument:
    """The document with corrections for the rules that are warnings.

    For use in a strategy: the rare document that is not corrected is rejected.
    """
    document = _usable(document)
    appointment = document.appointment
    patient = _patient(appointment.patient)
    if patient.birth_date and document.time and patient.birth_date > document.time.date():
        patient = evolve(patient, birth_date=None)
    fixed = evolve(
        document,
        appointment=evolve(
            appointment,
            patient=patient,
            schedule=_schedule(appointment.schedule),
            responsible=appointment.responsible and _role(appointment.responsible),
            requester=appointment.requester and _role(appointment.requester),
            performer=appointment.performer and _performer(appointment.performer),
            location=appointment.location and _location(appointment.location, patient.address),
        ),
    )
    assume(not validate(dumps(fixed)).findings)
    return fixed


def _usable(value: Any) -> Any:
    """A value with valid telephone numbers and existing addresses."""
    match value:
        case Telecom():
            return value if is_well_formed(value.value) else evolve(_PHONE, use=value.use)
        case Address(postal_code=code, city=city, country=country):
            is_right = is_danish_place(code, city, country)
            return value if is_right else evolve(value, postal_code="0101", city="Kløverby")
        case tuple():
            return tuple(map(_usable, value))
    if not has(type(value)) or isinstance(value, DocumentSource):
        return value
    parts = {part.alias: getattr(value, part.name) for part in fields(type(value)) if part.init}
    changed = {name: made for name, old in parts.items() if (made := _usable(old)) is not old}
    return evolve(value, **changed) if changed else value


def _patient(patient: Patient) -> Patient:
    """Gender and date of birth agree with the CPR number, or are not stated."""
    assert isinstance(patient.id, CprNumber)  # it is complete
    own = patient.provider_organization
    return evolve(
        patient,
        gender=patient.gender and gender_of(patient.id.value),
        birth_date=patient.birth_date and patient.id.birth_date,
        provider_organization=own and evolve(own, id=_number(own.id)),
    )


def _number(id: OrganizationId | None) -> SorCode | ProviderNumber:
    return id if isinstance(id, SorCode | ProviderNumber) else _SOR_CODE


def _schedule(schedule: Schedule) -> Schedule:
    """An indicative time has an end, except for a day whose note says that no time is set."""
    is_open = schedule.indicative and schedule.end is None and not schedule.date_only
    return evolve(schedule, indicative=False, note=None) if is_open else schedule


def _role(role: _Role) -> _Role:
    of_role = role.organization
    is_numbered = of_role is not None and of_role.id is not None
    return evolve(role, organization=_numbered(of_role)) if of_role and is_numbered else role


def _numbered(organization: Organization) -> Organization:
    return evolve(organization, id=_number(organization.id))


def _performer(performer: Performer) -> Performer:
    """With an id and a telephone number."""
    fixed = evolve(_role(performer), id=_number(performer.id))
    return fixed if fixed.telecoms and fixed.telephones else evolve(fixed, telecoms=[_PHONE])


def _location(location: Location, home: Address | None) -> Location:
    """A location in SOR has a telephone number; the home has the patient's address."""
    if isinstance(location, HomeLocation):
        return evolve(location, address=home if home and home.is_informed else None)
    if isinstance(location, SorLocation):
        return evolve(location, telecom=_reachable(location.telecom))
    return location


def _reachable(telecom: Telecom | None) -> Telecom:
    return telecom if telecom and telecom.scheme == "tel" else _PHONE
