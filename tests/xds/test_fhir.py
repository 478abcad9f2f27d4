"""The DocumentReference: every element of MedCom's profile, from the attribute it stands for."""

import base64
import hashlib
import json

import pytest
from attrs import evolve
from hypothesis import given

import apd
from apd import xds
from tests import samples
from tests.xds.making import OLD, configuration, document, entries, entry, number

DATA = apd.dumps(document())
FULL = xds.document_entry(document(), configuration(), entry_uuid=number(7), data=DATA)
MADE = xds.document_reference(FULL, replaces=OLD)

SCT, SKS = "http://snomed.info/sct", "urn:oid:1.2.208.176.2.4"


def concept(system, code, display):
    """A CodeableConcept."""
    return {"coding": [{"system": system, "code": code, "display": display}]}


ELEMENTS = {
    "resourceType": "DocumentReference",
    "status": "current",
    "masterIdentifier.system": "urn:oid:1.2.208.184",
    "masterIdentifier.value": "00000000-0000-0000-0000-000000000001",
    "identifier": [
        {
            "system": "urn:ietf:rfc:3986",
            "value": "urn:uuid:00000000-0000-0000-0000-000000000007",
        }
    ],
    "type": concept(
        "http://loinc.org",
        "39289-4",
        "Dato og tidspunkt for møde mellem patient og sundhedsperson",
    ),
    "category": [concept("urn:oid:1.2.208.184.100.9", "001", "Klinisk rapport")],
    "subject.reference": "#patient",
    "author": [{"reference": "#organization"}, {"reference": "#practitioner"}],
    "relatesTo.0.code": "replaces",
    "relatesTo.0.target.identifier.value": OLD,
    "securityLabel": [
        concept("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "N", "normal")
    ],
    "content.0.attachment.contentType": "text/xml",
    "content.0.attachment.language": "da-DK",
    "content.0.attachment.size": len(DATA),
    "content.0.attachment.title": "Aftale for 0503129900",
    "content.0.attachment.creation": "2026-02-01T08:30:00Z",
    "content.0.format": {
        "system": "urn:oid:1.2.208.184.100.10",
        "code": "urn:ad:dk:medcom:apd-v2.0.1:full",
        "display": "DK APD schema",
    },
    "context.event": [concept(SKS, "ALAL21", "Kronisk obstruktiv lungesygdom (KOL)")],
    "context.period": {"start": "2026-03-05T09:15:00Z", "end": "2026-03-05T09:45:00Z"},
    "context.facilityType": concept(SCT, "22232009", "hospital"),
    "context.practiceSetting": concept(SCT, "394801008", "ortopædisk kirurgi"),
    "context.sourcePatientInfo.reference": "#patient",
    "contained.0.resourceType": "Patient",
    "contained.0.id": "patient",
    "contained.0.identifier": [{"system": "urn:oid:1.2.208.176.1.2", "value": "0503129900"}],
    "contained.0.name": [{"use": "official", "family": "Tranekær", "given": ["Solveig", "Maj"]}],
    "contained.0.gender": "female",
    "contained.0.birthDate": "2012-03-05",
    "contained.1.resourceType": "Organization",
    "contained.1.identifier": [{"system": "urn:oid:1.2.208.176.1.1", "value": "111111000016003"}],
    "contained.1.name": "Ortopædkirurgisk Afdeling",
    "contained.2.resourceType": "Practitioner",
    "contained.2.name": [{"family": "Egeskov", "given": ["Bodil"]}],
    "extension.0.valueCoding": {
        "system": "urn:oid:1.2.208.176.8.1",
        "code": "1.2.208.176.8.1",
    },
    "extension.1.valueString": "1.0.0",
}


def at(resource, path):
    """What stands at a path of names and numbers."""
    for step in path.split("."):
        resource = resource[int(step) if step.isdigit() else step]
    return resource


@pytest.mark.parametrize("path", ELEMENTS)
def test_element(path) -> None:
    assert at(MADE, path) == ELEMENTS[path]


def test_hash_is_of_the_raw_bytes() -> None:
    written = at(MADE, "content.0.attachment.hash")
    assert base64.b64decode(written) == hashlib.sha1(DATA).digest()


def test_references_lead_to_what_is_contained() -> None:
    ids = {f"#{resource['id']}" for resource in MADE["contained"]}
    found = {MADE["subject"]["reference"], *(author["reference"] for author in MADE["author"])}
    assert found == ids


@pytest.mark.parametrize(
    ("changes", "path", "value"),
    [
        ({"availability_status": xds.AvailabilityStatus.DEPRECATED}, "status", "superseded"),
        ({"service_stop_time": None}, "context.period", {"start": "2026-03-05T09:15:00Z"}),
        ({"unique_id": apd.Identifier("1.2.3")}, "masterIdentifier",
         {"system": "urn:ietf:rfc:3986", "value": "urn:oid:1.2.3"}),
    ],
)  # fmt: skip
def test_others(changes, path, value) -> None:
    assert at(xds.document_reference(evolve(FULL, **changes)), path) == value


GENDERS = [("MALE", "male"), ("FEMALE", "female"), ("UNDIFFERENTIATED", "other")]


@pytest.mark.parametrize(("gender", "written"), GENDERS)
def test_gender(gender, written) -> None:
    made = entry(document(patient=samples.patient(gender=apd.Gender[gender])))
    assert at(xds.document_reference(made), "contained.0.gender") == written


def test_what_is_not_known_is_left_out() -> None:
    plain = entry(document(episode_of_care=None, responsible=samples.responsible(person=None)))
    made = xds.document_reference(evolve(plain, entry_uuid="Document01"))
    assert "identifier" not in made
    assert "relatesTo" not in made
    assert "event" not in made["context"]
    assert not {"hash", "size", "url"} & made["content"][0]["attachment"].keys()
    assert [resource["resourceType"] for resource in made["contained"]] == [
        "Patient",
        "Organization",
    ]


def test_refused() -> None:
    lacking = evolve(entry(), class_code=None)
    with pytest.raises(apd.InvalidDocument, match="XDS-REQUIRED:classCode"):
        xds.document_reference(lacking)
    assert "category" not in xds.document_reference(lacking, check=False)
    with pytest.raises(apd.InvalidValue, match="replaces is not an entry UUID"):
        xds.document_reference(entry(), replaces="Document01")


def _values(resource):
    """Every value in a resource."""
    if isinstance(resource, dict):
        resource = resource.values()
    if isinstance(resource, str | int):
        return [resource]
    return [resource, *(value for item in resource for value in _values(item))]


@given(entries())
def test_nothing_is_empty(any_entry) -> None:
    made = xds.document_reference(any_entry, check=False)
    assert json.loads(json.dumps(made)) == made
    filled = {key: value for key, value in made.items() if key not in ("content", "context")}
    assert all(value for value in _values(filled))
