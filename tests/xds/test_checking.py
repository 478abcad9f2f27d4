"""Whether metadata are complete, of the value sets, and those of their document."""

import datetime

import pytest
from attrs import evolve, fields

import apd
from apd import xds
from apd.findings import Layer, Severity
from apd.xds.metadata.attributes import DOCUMENT_ENTRY, SUBMISSION_SET, Optionality
from apd.xds.metadata.checks import origin_of
from tests import samples
from tests.xds.making import (
    LABEL,
    NOW,
    SECRETS,
    document,
    entry,
    number,
    submission_set,
)

DATA = apd.dumps(document())


def rules(report):
    """The rules that were broken, with what they weigh."""
    return {(finding.rule, finding.severity.value) for finding in report.findings}


def test_nothing_to_find() -> None:
    assert xds.check_entry(entry()).findings == ()
    assert xds.check_metadata(document(), entry()).findings == ()
    assert xds.check_metadata(document(), entry(), DATA).findings == ()
    assert xds.check_submission_set(submission_set()).findings == ()


# --- what is demanded ------------------------------------------------------------------------

EMPTY = xds.DocumentEntry(
    entry_uuid="x", mime_type=None, object_type=None, availability_status=None
)
WEIGHTS = {Optionality.REQUIRED: "error", Optionality.EXPECTED: "warning"}


def test_everything_is_missing() -> None:
    assert rules(xds.check_entry(EMPTY)) == {
        (f"XDS-REQUIRED:{row.name}", WEIGHTS[row.optionality])
        for row in DOCUMENT_ENTRY
        if row.optionality in WEIGHTS and row.name != "entryUUID"
    }


def test_everything_is_missing_in_a_submission_set() -> None:
    empty = xds.SubmissionSet(entry_uuid="x", availability_status=None)
    assert rules(xds.check_submission_set(empty)) == {
        (f"XDS-REQUIRED:{row.name}", WEIGHTS[row.optionality])
        for row in SUBMISSION_SET
        if row.name != "entryUUID"
    }


def test_a_repository_has_more_to_say() -> None:
    assert rules(xds.check_entry(entry(), stored=True)) == {
        ("XDS-REQUIRED:hash", "error"),
        ("XDS-REQUIRED:size", "error"),
        ("XDS-REQUIRED:repositoryUniqueId", "error"),
    }


def test_what_is_missing_is_reported_once() -> None:
    found = [finding.path for finding in xds.check_metadata(document(), EMPTY).findings]
    assert len(set(found)) == len(found)


SICK = apd.PersonName(["A"], "B")
SHORT = apd.Organization(name="Afdeling")
BORN = datetime.date(2012, 3, 5)
BY_THEMSELVES = [
    # the change to a faultless entry, and what is found then
    ({"author": xds.Author(SHORT)}, ("XDS-REQUIRED:author", "error")),
    ({"author": xds.Author(person=SICK)}, ("XDS-REQUIRED:author", "error")),
    ({"author": xds.Author(apd.Organization(name="A", id=apd.ProviderNumber("1")))},
     ("XDS-VALUE:author", "warning")),
    ({"source_patient_info": xds.SourcePatientInfo(name=SICK, birth_date=BORN)},
     ("XDS-REQUIRED:sourcePatientInfo", "error")),
    ({"legal_authenticator": SICK}, ("XDS-FORBIDDEN:legalAuthenticator", "error")),
    ({"class_code": apd.Code("002", "1.2.208.184.100.9")}, ("XDS-VALUE:classCode", "error")),
    ({"class_code": apd.Code("001", "1.2.3")}, ("XDS-VALUE:classCode", "error")),
    ({"type_code": apd.Code("53576-5", apd.Oid.LOINC)}, ("XDS-VALUE:typeCode", "error")),
    ({"format_code": apd.Code("urn:ad:dk:medcom:appointment", "1.2.208.184.14.1")},
     ("XDS-VALUE:formatCode", "error")),
    ({"event_code_list": [LABEL, apd.Code("ZZ3160", apd.Oid.SKS)]},
     ("XDS-VALUE:eventCodeList", "warning")),
    ({"confidentiality_code": apd.Code("R", apd.Oid.CONFIDENTIALITY)},
     ("XDS-VALUE:confidentialityCode", "error")),
    ({"healthcare_facility_type_code": apd.Code("N/A", apd.Oid.SNOMED_CT)},
     ("XDS-VALUE:healthcareFacilityTypeCode", "error")),
    ({"practice_setting_code": apd.Code("22232009", apd.Oid.SNOMED_CT)},
     ("XDS-VALUE:practiceSettingCode", "error")),
    ({"language_code": '"da-DK"'}, ("XDS-VALUE:languageCode", "error")),
    ({"mime_type": "application/octet-stream"}, ("XDS-VALUE:mimeType", "error")),
    ({"home_community_id": "1.2.3"}, ("XDS-VALUE:homeCommunityId", "error")),
    ({"home_community_id": "1.2.208.176.43210.8.20"},
     ("XDS-VALUE:homeCommunityId", "information")),
    ({"home_community_id": None}, ("XDS-REQUIRED:homeCommunityId", "warning")),
    ({"patient_id": apd.Identifier("1.2.3", "1")}, ("XDS-VALUE:patientId", "error")),
    ({"source_patient_id": apd.Identifier("1.2.3", "1")}, ("XDS-VALUE:sourcePatientId", "error")),
    ({"title": "a" * 128}, ("XDS-LENGTH:title", "error")),
    ({"uri": "a" * 257}, ("XDS-LENGTH:URI", "error")),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "expected"), BY_THEMSELVES)
def test_entry(changes, expected) -> None:
    assert rules(xds.check_entry(evolve(entry(), **changes))) == {expected}


FAULTLESS = [
    {"title": "a" * 127},
    {"uri": "a" * 256},
    {"event_code_list": []},
    {"service_stop_time": None},
    {"type_code": apd.Code("56446-8", apd.Oid.LOINC)},
    {"format_code": apd.Code("urn:ad:dk:medcom:appointmentsummary:full", "1.2.208.184.100.10")},
    {"class_code": apd.Code("001", "1.2.208.184.100.9", "Clinical report")},
    {"home_community_id": "1.2.208.193.100"},
    {"language_code": "da"},
    {"version": 3, "logical_id": f"urn:uuid:{number(1)}", "hash": "0" * 40, "size": 1},
]


@pytest.mark.parametrize("changes", FAULTLESS, ids=str)
def test_faultless(changes) -> None:
    assert xds.check_entry(evolve(entry(), **changes)).findings == ()


def test_of_a_submission_set() -> None:
    foreign = evolve(submission_set(), patient_id=apd.Identifier("1.2.3", "1"), title="a" * 128)
    assert rules(xds.check_submission_set(foreign)) == {
        ("XDS-VALUE:patientId", "error"),
        ("XDS-LENGTH:title", "error"),
    }


# --- whether it agrees with the document -----------------------------------------------------

LATER = apd.local_time(2026, 3, 5, 11, 15)
OTHER = {
    # a change to the document that its entry does not know of, and the attributes that tell
    "id": ({"id": samples.medcom_id(77)}, None, {"uniqueId"}),
    "time": ({"time": NOW}, None, {"creationTime"}),
    "release": ({"release": apd.Release.V1_1}, None, {"formatCode"}),
    "confidentiality": (
        {"confidentiality": apd.Confidentiality.RESTRICTED},
        None,
        {"confidentialityCode"},
    ),
    "language": ({"language": "en-GB"}, None, {"languageCode"}),
    "patient": (
        {},
        {"patient": samples.patient(id=apd.CprNumber("0503129919"))},
        {"patientId", "sourcePatientId", "title"},
    ),
    "name": ({}, {"patient": samples.patient(name=SICK)}, {"sourcePatientInfo"}),
    "schedule": (
        {},
        {"schedule": apd.Schedule(LATER)},
        {"serviceStartTime", "serviceStopTime"},
    ),
    "responsible": ({}, {"responsible": samples.responsible(id=apd.SorCode("1"))}, {"author"}),
    "episode": ({}, {"episode_of_care": None}, {"eventCodeList"}),
}


@pytest.mark.parametrize("name", OTHER)
def test_disagreement(name) -> None:
    changes, appointment, expected = OTHER[name]
    other = evolve(document(**(appointment or {})), **changes)
    found = xds.check_metadata(other, entry()).findings
    assert {finding.rule for finding in found} == {f"XDS:{attribute}" for attribute in expected}


FIXED = [
    ({"class_code": apd.Code("006", "1.2.208.184.100.9")}, "classCode"),
    ({"type_code": apd.Code("56446-8", apd.Oid.LOINC)}, "typeCode"),
    ({"mime_type": "application/cda+xml"}, "mimeType"),
    ({"object_type": xds.ObjectType.ON_DEMAND}, "objectType"),
    ({"hash": "0" * 40}, "hash"),
    ({"size": 1}, "size"),
]


@pytest.mark.parametrize(("changes", "attribute"), FIXED)
def test_what_is_the_same_for_all(changes, attribute) -> None:
    found = xds.check_metadata(document(), evolve(entry(), **changes), DATA)
    assert rules(found) == {(f"XDS:{attribute}", "error")}


def test_bytes_that_are_not_given_are_not_compared() -> None:
    assert xds.check_metadata(document(), evolve(entry(), hash="0" * 40, size=1)).is_valid


AGREEING = [
    {"type_code": apd.Code("39289-4", apd.Oid.LOINC, "Follow-up")},
    {"event_code_list": [apd.Code("ALAL21", apd.Oid.SKS)]},
    {"source_patient_info": xds.SourcePatientInfo(
        name=apd.PersonName(["Solveig Maj"], "Tranekær"), birth_date=BORN, gender=apd.Gender.FEMALE
    )},
    {"service_start_time": samples.schedule().start.astimezone(datetime.UTC)},
    {"language_code": "da-DK", "entry_uuid": "another"},
]  # fmt: skip


@pytest.mark.parametrize("changes", AGREEING, ids=str)
def test_agreement_is_in_what_is_meant(changes) -> None:
    assert xds.check_metadata(document(), evolve(entry(), **changes)).findings == ()


# --- what is said ----------------------------------------------------------------------------


def test_finding() -> None:
    (found,) = xds.check_metadata(evolve(document(), time=NOW), entry(), language="da").findings
    assert found.rule == "XDS:creationTime"
    assert found.layer is Layer.PROFILE
    assert found.severity is Severity.ERROR
    assert found.path == "DocumentEntry.creationTime"
    assert found.source == "Danish XDS metadata profile 1.0.1, creationTime"
    assert found.message == (
        "creationTime svarer ikke til dokumentet: dokumentets effectiveTime, i UTC."
    )
    assert found.wording.en == (
        "creationTime does not agree with the document: the document's effectiveTime, in UTC."
    )


def test_findings_hold_nothing_personal() -> None:
    other = apd.load("examples/documents/home-nurse.xml")
    found = [
        *xds.check_metadata(other, entry(), b"x").findings,
        *xds.check_metadata(document(), entry(other)).findings,
        *xds.check_entry(EMPTY).findings,
    ]
    shown = "".join(f"{finding!r} {finding} {finding.wording.da}" for finding in found)
    assert len(found) > 20
    for secret in (*SECRETS, other.appointment.patient.id.value, "Skovsang", "Vera"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("kind", "table"), [("DocumentEntry", DOCUMENT_ENTRY), ("SubmissionSet", SUBMISSION_SET)]
)
def test_every_attribute_is_explained(kind, table) -> None:
    for row in table:
        reported = origin_of(kind, row.name)
        assert reported.da
        assert reported.en
        assert reported.da != reported.en


def test_every_field_is_an_attribute() -> None:
    names = {field.name for field in fields(xds.DocumentEntry)} - {"extra_slots"}
    assert names == {row.field for row in DOCUMENT_ENTRY}
    names = {field.name for field in fields(xds.SubmissionSet)}
    assert names == {row.field for row in SUBMISSION_SET}
