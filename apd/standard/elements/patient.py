"""The patient (recordTarget). Source: APD-DK 2.0.1, header; CONF-DK:19–22; official Schematron."""

from apd.standard.codes import Gender, Oid
from apd.standard.element import NOT_BLANK, Element, In, Is
from apd.standard.elements.common_constraints import attributes, has, identified, occurs, row, such
from apd.standard.paths import PATIENT, PATIENT_ROLE, PROVIDER_ORGANIZATION, RECORD_TARGET
from apd.standard.requirement import OFFICIAL, PROFILE, requirement
from apd.wording import Wording

PERSON = attributes("classCode=PSN determinerCode=INSTANCE")
ORGANIZATION = attributes("classCode=ORG determinerCode=INSTANCE")

ELEMENTS: tuple[Element, ...] = (
    row(
        RECORD_TARGET,
        None,
        occurs(
            requirement(
                "",
                Wording(
                    "Dokumentet skal have præcis én patient (recordTarget).",
                    "The document must have exactly one patient (recordTarget).",
                ),
                Wording(
                    "En aftale tilhører én patient. CDA tillader flere, men profilens regel om "
                    "titlen "
                    "kan ikke opfyldes for mere end ét CPR-nummer.",
                    "An appointment belongs to one patient. CDA allows more, but the profile's "
                    "rule on the title cannot be met for more than one CPR number.",
                ),
                Wording(
                    "Opret et dokument for hver patient.",
                    "Create one document for each patient.",
                ),
                name="APD-PATIENT-1",
                source=f"{PROFILE}, header (9ac6 speaks of one patient)",
            )
        ),
        field="appointment.patient",
        fixed=attributes("typeCode=RCT contextControlCode=OP"),
    ),
    row(
        PATIENT_ROLE,
        None,
        such(
            requirement(
                "9ac6",
                Wording(
                    f"Patienten skal have et id med roden {Oid.CPR} (CPR).",
                    f"The patient must have an id with the root {Oid.CPR} (CPR).",
                ),
                Wording(
                    "Aftaleoversigten finder patientens aftaler ud fra CPR-nummeret.",
                    "The overview finds a patient's appointments by the CPR number.",
                ),
                Wording("Angiv patientens CPR-nummer.", "Specify the patient's CPR number."),
                name="APD-PATIENT-2",
                source=f"{PROFILE}, header (9ac6 takes the title from it)",
            ),
            "id",
            {"root": Is(Oid.CPR), "extension": NOT_BLANK},
            most=None,
        ),
        field="appointment.patient",
        fixed=attributes("classCode=PAT"),
    ),
    row(PATIENT_ROLE / "id", "II", field="appointment.patient.id"),
    row(PATIENT_ROLE / "addr", "AD", field="appointment.patient.address"),
    row(PATIENT_ROLE / "telecom", "TEL", field="appointment.patient.telecoms"),
    row(PATIENT, None, field="appointment.patient", fixed=PERSON),
    row(PATIENT / "name", "PN", field="appointment.patient.name"),
    row(
        PATIENT / "administrativeGenderCode",
        "CE",
        has(
            requirement(
                "",
                Wording(
                    f"Kønnet skal være M, F eller UN fra {Oid.GENDER}.",
                    f"The gender must be M, F or UN from {Oid.GENDER}.",
                ),
                Wording(
                    "HL7's værdisæt for administrativt køn, som MedComs skabelon henviser til. "
                    "Deres Schematron tæller kun de gyldige koder og opdager derfor ikke en "
                    "ugyldig.",
                    "HL7's value set for administrative gender, to which MedCom's template binds. "
                    "Their Schematron only counts valid codes, so it does not notice an invalid "
                    "one.",
                ),
                Wording(
                    "Brug en af de tre koder, eller udelad kønnet.",
                    "Use one of the three codes, or leave the gender out.",
                ),
                name="APD-GENDER-1",
                source=f"{OFFICIAL}, value set 2.16.840.1.113883.1.11.1",
            ),
            {"code": In(tuple(Gender), padded=True), "codeSystem": Is(Oid.GENDER)},
            or_null=True,
        ),
        field="appointment.patient.gender",
    ),
    row(PATIENT / "birthTime", "TS", field="appointment.patient.birth_date"),
    row(
        PROVIDER_ORGANIZATION,
        None,
        field="appointment.patient.provider_organization",
        fixed=ORGANIZATION,
    ),
    row(
        PROVIDER_ORGANIZATION / "id",
        "II",
        *identified(
            "CONF-DK:19-PROVIDER",
            Wording(
                "Patientens egen læge (providerOrganization)",
                "The patient's own practice (providerOrganization)",
            ),
        ),
        field="appointment.patient.provider_organization.id",
    ),
    row(
        PROVIDER_ORGANIZATION / "name",
        "ON",
        field="appointment.patient.provider_organization.name",
    ),
    row(
        PROVIDER_ORGANIZATION / "telecom",
        "TEL",
        field="appointment.patient.provider_organization.telecoms",
    ),
    row(
        PROVIDER_ORGANIZATION / "addr",
        "AD",
        field="appointment.patient.provider_organization.address",
    ),
)
