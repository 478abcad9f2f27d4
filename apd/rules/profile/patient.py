"""The patient (recordTarget). Source: APD-DK 2.0.1, header; CONF-DK:19–22; official Schematron."""

from apd.rules.index import Index, Node, below
from apd.rules.profile.organizations import identified
from apd.rules.profile.shapes import OFFICIAL, PROFILE, each, rule
from apd.rules.registry import Rule
from apd.standard.codes import Gender, Oid
from apd.wording import Wording

_GENDERS = frozenset(Gender)


def _one_patient(index: Index) -> list[Node]:
    patients = index.document.all("recordTarget")
    return [*patients[1:]] if patients else [index.document]


def _is_gender(node: Node) -> bool:
    is_known = node.get("code") in _GENDERS and node.get("codeSystem") == Oid.GENDER
    return is_known or node.is_null


def _has_cpr(index: Index) -> list[Node]:
    return [
        role
        for role in index.patient_roles
        if not any(id.get("root") == Oid.CPR and id.get("extension") for id in role.all("id"))
    ]


RULES: tuple[Rule, ...] = (
    rule(
        "",
        _one_patient,
        Wording(
            "Dokumentet skal have præcis én patient (recordTarget).",
            "The document must have exactly one patient (recordTarget).",
        ),
        Wording(
            "En aftale er én patients. CDA tillader flere, men profilens regel om titlen kan ikke "
            "opfyldes for mere end ét CPR-nummer.",
            "An appointment is that of one patient. CDA allows more, but the profile's rule on the "
            "title cannot be met for more than one CPR number.",
        ),
        Wording(
            "Lav et dokument for hver patient.",
            "Make one document for each patient.",
        ),
        name="APD-PATIENT-1",
        source=f"{PROFILE}, header (9ac6 speaks of one patient)",
    ),
    rule(
        "",
        _has_cpr,
        Wording(
            f"Patienten skal have et id med roden {Oid.CPR} (CPR).",
            f"The patient must have an id with the root {Oid.CPR} (CPR).",
        ),
        Wording(
            "Aftaleoversigten finder patientens aftaler ved CPR-nummeret.",
            "The overview finds the appointments of a patient by the CPR number.",
        ),
        Wording("Angiv patientens CPR-nummer.", "Give the patient's CPR number."),
        name="APD-PATIENT-2",
        source=f"{PROFILE}, header (9ac6 takes the title from it)",
    ),
    each(
        "",
        lambda index: below(index.patients, "administrativeGenderCode"),
        _is_gender,
        Wording(
            f"Kønnet skal være M, F eller UN fra {Oid.GENDER}.",
            f"The gender must be M, F or UN of {Oid.GENDER}.",
        ),
        Wording(
            "HL7's værdisæt for administrativt køn, som MedComs skabelon binder til. Deres "
            "Schematron tæller kun de rigtige koder og ser derfor ikke en forkert.",
            "HL7's value set of administrative gender, to which MedCom's template binds. Their "
            "Schematron only counts the right codes and so does not see a wrong one.",
        ),
        Wording("Brug en af de tre koder, eller udelad kønnet.", "Use one of these, or none."),
        name="APD-GENDER-1",
        source=f"{OFFICIAL}, value set 2.16.840.1.113883.1.11.1",
    ),
    identified(
        "CONF-DK:19-PROVIDER",
        lambda index: below(index.patient_roles, "providerOrganization"),
        Wording("Patientens egen læge (providerOrganization)", "The patient's own practice"),
    ),
)
