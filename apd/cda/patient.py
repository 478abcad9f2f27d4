"""The patient: CDA recordTarget."""

from apd.cda.datatypes import (
    read_address,
    read_date,
    read_id,
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
from apd.model.identifiers import CprNumber, Identifier
from apd.model.party import Patient
from apd.standard.codes import Gender, Oid

_GENDERS: dict[str | None, Gender] = {gender.value: gender for gender in Gender}


def read_patient(record_target: Element | None) -> Patient | None:
    """The patient; None without an id, as nobody's appointment can be shown to nobody."""
    role = None if record_target is None else child(record_target, "patientRole")
    if role is None:
        return None
    parts = named(role)
    patient_id = read_id(parts.get("id"))
    if not isinstance(patient_id, CprNumber | Identifier) or patient_id.extension is None:
        return None
    person = parts.get("patient")
    about = {} if person is None else named(person)
    return Patient(
        id=patient_id,
        name=read_person_name(about.get("name")),
        address=read_address(parts.get("addr")),
        telecoms=read_telecoms(role),
        gender=_GENDERS.get(read_symbol(about.get("administrativeGenderCode"))),
        birth_date=read_date(about.get("birthTime")),
        provider_organization=read_organization(parts.get("providerOrganization")),
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
        f"{write_organization('providerOrganization', patient.provider_organization)}"
        "</patientRole>"
        "</recordTarget>"
    )
