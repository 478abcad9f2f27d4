"""The patient: CDA recordTarget."""

from collections.abc import Sequence

from apd.cda.datatypes import (
    all_telecoms,
    date_of,
    read_address,
    read_date,
    read_patient_ids,
    read_person_name,
    read_symbol,
    write_address,
    write_id,
    write_person_name,
    write_telecoms,
    written_address,
    written_person_name,
)
from apd.cda.grammar.kept import KeptParts
from apd.cda.organization import (
    kept_organization,
    read_organization,
    write_organization,
    write_other_organization,
)
from apd.cda.written import attributes_in
from apd.cda.xml import ADDR, ID, NAME, TELECOM, Element, children, first, hl7
from apd.model.identity import is_another
from apd.model.party import Patient
from apd.standard.codes import Gender, Oid

_PROVIDER_TAG = "providerOrganization"
_ROLE, _PERSON, _PROVIDER = map(hl7, ("patientRole", "patient", _PROVIDER_TAG))
_GENDER, _BORN = hl7("administrativeGenderCode"), hl7("birthTime")
_GENDERS: dict[str | None, Gender] = {gender.value: gender for gender in Gender}


class SeveralPatients(Exception):
    """A document with two CPR numbers: it is not clear whose appointment it is."""


def read_patient(record_targets: Sequence[Element]) -> Patient | None:
    """The patient; None without an id, as the appointment then belongs to nobody.

    :class:`SeveralPatients` if there are two different CPR numbers.
    """
    found = [first(children(target), _ROLE) for target in record_targets]
    roles = [children(role) for role in found if role is not None]
    ids = [id for role in roles for id in read_patient_ids(role.get(ID, ()))]
    numbers = {id for id in ids if id.root == Oid.CPR}
    if len(numbers) > 1:
        raise SeveralPatients
    if not ids:
        return None
    parts = roles[0]
    about = children(first(parts, _PERSON))
    return Patient(
        id=numbers.pop() if numbers else ids[0],
        name=read_person_name(about.get(NAME, ())),
        address=read_address(parts.get(ADDR, ())),
        telecoms=all_telecoms(parts.get(TELECOM, ())),
        gender=_GENDERS.get(read_symbol(first(about, _GENDER))),
        birth_date=read_date(first(about, _BORN)),
        provider_organization=read_organization(first(parts, _PROVIDER)),
    )


def kept_patient(kept: KeptParts) -> Patient | None:
    """As :func:`read_patient`, of a document that the grammar admits."""
    ids = read_patient_ids(attributes_in(kept["patient_ids"]))
    if len(ids) != 1:
        return None
    birth = kept["birth"]
    return Patient(
        id=ids[0],
        name=written_person_name(kept["patient_name"]),
        address=written_address(kept["home"]),
        telecoms=all_telecoms(attributes_in(kept["patient_telecoms"])),
        gender=_GENDERS.get(kept["gender"]),
        birth_date=date_of(birth) if birth else None,
        provider_organization=kept_organization(kept["provider_organization"]),
    )


def write_patient(patient: Patient) -> str:
    """The patient."""
    gender, born = patient.gender, patient.birth_date
    return (
        '<recordTarget contextControlCode="OP" typeCode="RCT">'
        '<patientRole classCode="PAT">'
        f"{write_id(patient.id)}"
        f"{write_address(patient.address)}"
        f"{write_telecoms(patient.telecoms)}"
        '<patient classCode="PSN" determinerCode="INSTANCE">'
        f"{write_person_name(patient.name)}"
        + (
            f'<administrativeGenderCode code="{gender}" codeSystem="{Oid.GENDER}"/>'
            if gender is not None
            else ""
        )
        + (f'<birthTime value="{born.isoformat().replace("-", "")}"/>' if born is not None else "")
        + "</patient>"
        f"{write_organization(_PROVIDER_TAG, patient.provider_organization)}"
        "</patientRole>"
        "</recordTarget>"
    )


def write_other_patient(old: Patient, new: Patient) -> tuple[str, ...]:
    """The patient if it is another one than before, or else the organisation if it is."""
    if is_another(old, new):
        return (write_patient(new),)
    practices = old.provider_organization, new.provider_organization
    return write_other_organization(_PROVIDER_TAG, *practices)
