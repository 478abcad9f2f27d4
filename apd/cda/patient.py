"""The patient: CDA recordTarget."""

from apd.cda.datatypes import (
    read_address,
    read_date,
    read_patient_ids,
    read_person_name,
    read_symbol,
    read_telecoms,
    write_address,
    write_id,
    write_person_name,
    write_telecoms,
)
from apd.cda.organization import read_organization, write_organization
from apd.cda.xml import Element, child, named
from apd.model.party import Patient
from apd.standard.codes import Gender, Oid

_GENDERS: dict[str | None, Gender] = {gender.value: gender for gender in Gender}


class SeveralPatients(Exception):
    """A document that names two CPR numbers: nobody may guess whose appointment it is."""


def read_patient(record_target: Element | None) -> Patient | None:
    """The patient; None without an id, as nobody's appointment can be shown to nobody.

    Args:
        record_target: the first recordTarget.

    Raises:
        SeveralPatients: there are two different CPR numbers.
    """
    roles = _roles(record_target)
    ids = dict.fromkeys(id for role in roles for id in read_patient_ids(child(role, "id")))
    numbers = [id for id in ids if id.root == Oid.CPR] or [*ids][:1]
    if len(numbers) > 1:
        raise SeveralPatients
    if not numbers:
        return None
    role = roles[0]
    parts = named(role)
    person = parts.get("patient")
    about = {} if person is None else named(person)
    return Patient(
        id=numbers[0],
        name=read_person_name(about.get("name")),
        address=read_address(parts.get("addr")),
        telecoms=read_telecoms(role),
        gender=_GENDERS.get(read_symbol(about.get("administrativeGenderCode"))),
        birth_date=read_date(about.get("birthTime")),
        provider_organization=read_organization(parts.get("providerOrganization")),
    )


def _roles(record_target: Element | None) -> list[Element]:
    """The patientRole of every recordTarget, as a rule of one."""
    if record_target is None:
        return []
    targets = [record_target, *record_target.itersiblings(record_target.tag)]
    found = (child(target, "patientRole") for target in targets)
    return [role for role in found if role is not None]


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
        f"{write_organization('providerOrganization', patient.provider_organization)}"
        "</patientRole>"
        "</recordTarget>"
    )
