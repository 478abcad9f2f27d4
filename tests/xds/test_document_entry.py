"""From a document to its metadata: every attribute, and the sheet's worked values."""

import datetime
import hashlib
import uuid

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd import xds
from apd.testing import strategies as apd_st
from apd.xds.ebxml.vocabulary import DOCUMENT_ENTRY_SLOTS
from apd.xds.metadata.attributes import DOCUMENT_ENTRY, SUBMISSION_SET, Place
from tests import samples
from tests.model.refusal import Refused, assert_refused
from tests.places import EXAMPLES, needs_examples
from tests.xds.making import (
    NOW,
    REPOSITORY,
    SENT,
    SOURCE,
    configuration,
    document,
    entry,
    number,
    submission_set,
)

DATA = b"<ClinicalDocument/>"
SHA1 = hashlib.sha1(DATA).hexdigest()
APPROVED = "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved"


def rows(holder):
    """The values of each attribute: of a code the code, its system and its name."""
    found = {}
    for row in xds.metadata(holder):
        value = (row.value, row.system, row.display) if row.system else row.value
        found.setdefault(row.name, []).append(value)
    return found


# --- every attribute -------------------------------------------------------------------------

SNOMED = "2.16.840.1.113883.6.96"
WRITTEN = {
    "author.authorInstitution": [
        "Ortopædkirurgisk Afdeling^^^^^&1.2.208.176.1.1&ISO^^^^111111000016003"
    ],
    "author.authorPerson": ["^Egeskov^Bodil"],
    "availabilityStatus": [APPROVED],
    "classCode": [("001", "1.2.208.184.100.9", "Klinisk rapport")],
    "confidentialityCode": [("N", "2.16.840.1.113883.5.25", "normal")],
    "creationTime": ["20260201083000"],
    "entryUUID": ["urn:uuid:00000000-0000-0000-0000-000000000007"],
    "eventCodeList": [
        ("ALAL21", "1.2.208.176.2.4", "Kronisk obstruktiv lungesygdom (KOL)"),
    ],
    "formatCode": [("urn:ad:dk:medcom:apd-v2.0.1:full", "1.2.208.184.100.10", "DK APD schema")],
    "hash": [SHA1],
    "healthcareFacilityTypeCode": [("22232009", SNOMED, "hospital")],
    "homeCommunityId": ["urn:oid:1.2.208.176.8.1"],
    "languageCode": ["da-DK"],
    "mimeType": ["text/xml"],
    "objectType": ["urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1"],
    "patientId": ["0503129900^^^&1.2.208.176.1.2&ISO"],
    "practiceSettingCode": [("394801008", SNOMED, "ortopædisk kirurgi")],
    "repositoryUniqueId": [REPOSITORY],
    "serviceStartTime": ["20260305091500"],
    "serviceStopTime": ["20260305094500"],
    "size": ["19"],
    "sourcePatientId": ["0503129900^^^&1.2.208.176.1.2&ISO"],
    "sourcePatientInfo": ["PID-5|Tranekær^Solveig^Maj", "PID-7|20120305", "PID-8|F"],
    "title": ["Aftale for 0503129900"],
    "typeCode": [
        (
            "39289-4",
            "2.16.840.1.113883.6.1",
            "Dato og tidspunkt for møde mellem patient og sundhedsperson",
        )
    ],
    "uniqueId": ["1.2.208.184^00000000-0000-0000-0000-000000000001"],
}
NEVER = {"legalAuthenticator", "logicalID", "referenceIdList", "URI", "version"}
FULL = xds.document_entry(
    document(), configuration(repository_unique_id=REPOSITORY), entry_uuid=number(7), data=DATA
)


@pytest.mark.parametrize("name", WRITTEN)
def test_attribute(name) -> None:
    assert rows(FULL)[name] == WRITTEN[name]


def test_there_are_no_others() -> None:
    assert rows(FULL).keys() == WRITTEN.keys()
    known = {name.partition(".")[0] for name in WRITTEN} | NEVER
    assert known == {row.name for row in DOCUMENT_ENTRY}


@pytest.mark.parametrize("table", [DOCUMENT_ENTRY, SUBMISSION_SET])
def test_tables(table) -> None:
    for name in ("name", "field"):
        values = [getattr(row, name) for row in table]
        assert len(set(values)) == len(values)
    keys = [(row.place, row.key) for row in table]
    assert len(set(keys)) == len(keys)


def test_slots_are_known() -> None:
    assert {row.key for row in DOCUMENT_ENTRY if row.place is Place.SLOT} == DOCUMENT_ENTRY_SLOTS


SUBMITTED = {
    "author.authorInstitution": WRITTEN["author.authorInstitution"],
    "author.authorPerson": WRITTEN["author.authorPerson"],
    "availabilityStatus": [APPROVED],
    "contentTypeCode": WRITTEN["typeCode"],
    "entryUUID": ["urn:uuid:00000000-0000-0000-0000-000000000008"],
    "homeCommunityId": ["urn:oid:1.2.208.176.8.1"],
    "patientId": WRITTEN["patientId"],
    "sourceId": [SOURCE],
    "submissionTime": [SENT],
    "title": ["Aftale"],
    "uniqueId": ["2.25.8"],
}


def test_submission_set() -> None:
    assert rows(submission_set()) == SUBMITTED


def test_what_the_repository_supplies_is_left_out() -> None:
    assert rows(entry()).keys() == WRITTEN.keys() - {"hash", "size", "repositoryUniqueId"}


# --- what differs from document to document --------------------------------------------------

SOR, PROVIDER = apd.SorCode("222222000016008"), apd.ProviderNumber("012345")
SOR_XON, PROVIDER_XON = "&1.2.208.176.1.1&ISO^^^^222222000016008", "&1.2.208.176.1.4&ISO^^^^012345"
INSTITUTIONS = [
    (SOR, apd.Organization(name="Læger & Co"), rf"Læger \T\ Co^^^^^{SOR_XON}"),
    (PROVIDER, apd.Organization(name="Læger", id=SOR), f"Læger^^^^^{SOR_XON}"),
    (SOR, apd.Organization(name="Læger", id=apd.SorCode("1")), f"Læger^^^^^{SOR_XON}"),
    (PROVIDER, apd.Organization(name="Læger", id=PROVIDER), f"Læger^^^^^{PROVIDER_XON}"),
    (None, apd.Organization(name="Læger", id=SOR), f"Læger^^^^^{SOR_XON}"),
    (None, apd.Organization(name="Læger"), "Læger"),
    (SOR, None, f"^^^^^{SOR_XON}"),
]


@pytest.mark.parametrize(("id_", "organization", "written"), INSTITUTIONS)
def test_institution(id_, organization, written) -> None:
    responsible = samples.responsible(id=id_, organization=organization)
    found = rows(entry(document(responsible=responsible)))
    assert found["author.authorInstitution"] == [written]


def test_no_author() -> None:
    assert entry(document(responsible=None)).author is None
    nobody = apd.Responsible(id=None, time=NOW)
    assert entry(document(responsible=nobody)).author is None


def test_author_without_person() -> None:
    made = entry(document(responsible=samples.responsible(person=None)))
    assert "author.authorPerson" not in rows(made)
    titled = apd.Person(apd.PersonName(prefix=["Læge"]))
    made = entry(document(responsible=samples.responsible(person=titled)))
    assert "author.authorPerson" not in rows(made)


CHANGED = [
    ({"schedule": apd.Schedule(apd.local_time(2026, 3, 29, 4))}, "serviceStartTime",
     ["20260329020000"]),
    ({"schedule": apd.Schedule(apd.local_time(2026, 3, 29, 4))}, "serviceStopTime", None),
    ({"episode_of_care": None}, "eventCodeList", None),
    ({"episode_of_care": apd.EpisodeOfCare([], apd.Code("ALAL51", apd.Oid.SKS))}, "eventCodeList",
     [("ALAL51", apd.Oid.SKS, "Graviditet, fødsel og barsel")]),
    ({"episode_of_care": apd.EpisodeOfCare([], apd.Code("ZZ1", apd.Oid.SKS, "Andet"))},
     "eventCodeList", [("ZZ1", apd.Oid.SKS, "Andet")]),
    ({"patient": samples.patient(name=None, gender=None, birth_date=None)}, "sourcePatientInfo",
     None),
    ({"patient": samples.patient(gender=apd.Gender.UNDIFFERENTIATED, name=None)},
     "sourcePatientInfo", ["PID-7|20120305", "PID-8|U"]),
    ({"patient": samples.patient(id=apd.Identifier("1.2.3", "a^1", "Grønland"))}, "patientId",
     [r"a\S\1^^^&1.2.3&ISO"]),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "name", "written"), CHANGED)
def test_by_appointment(changes, name, written) -> None:
    assert rows(entry(document(**changes))).get(name) == written


CHANGED_DOCUMENTS = [
    ({"confidentiality": apd.Confidentiality.RESTRICTED}, "confidentialityCode",
     ["R"]),
    ({"confidentiality": None}, "confidentialityCode", []),
    ({"language": None}, "languageCode", []),
    ({"time": None}, "creationTime", []),
    ({"id": None}, "uniqueId", []),
    ({"id": apd.Identifier("1.2.3")}, "uniqueId", ["1.2.3"]),
    *[({"release": release}, "formatCode", []) for release in apd.RELEASES[:-1]],
]  # fmt: skip


@pytest.mark.parametrize(("changes", "name", "values"), CHANGED_DOCUMENTS)
def test_by_document(changes, name, values) -> None:
    made = entry(samples.document(**changes))
    assert [row.value for row in xds.metadata(made) if row.name == name] == values


@given(apd_st.documents(complete=False))
def test_any_document_has_metadata(any_document) -> None:
    made = entry(any_document)
    assert made.unique_id is None or made.unique_id.root == any_document.id.root
    schedule = any_document.appointment.schedule
    begins = schedule.first_day if schedule.date_only else schedule.start
    assert made.service_start_time == begins
    # whatever the document lacks, the metadata agree with it
    rules = {finding.rule for finding in xds.check_metadata(any_document, made).findings}
    assert not [rule for rule in rules if rule.startswith("XDS:")]


# --- what MedCom's own example comes to ------------------------------------------------------

WORKED = {
    "author.authorInstitution": [
        "Aftale Ansvarlige Organisation^^^^^&1.2.208.176.1.1&ISO^^^^325431000016004"
    ],
    "author.authorPerson": ["^Jensen^Jens^Bo&Henrik"],
    "creationTime": ["20220909071100"],
    "serviceStartTime": ["20221001080000"],
    "serviceStopTime": ["20221001083000"],
    "sourcePatientId": ["2906910651^^^&1.2.208.176.1.2&ISO"],
    "patientId": ["2906910651^^^&1.2.208.176.1.2&ISO"],
    "eventCodeList": [("ALAL51", "1.2.208.176.2.4", "Graviditet, fødsel og barsel")],
    "title": ["Aftale for 2906910651"],
    "languageCode": ["da-DK"],
}


@needs_examples
@pytest.mark.parametrize("name", WORKED)
def test_worked_value(name) -> None:
    example = apd.load(EXAMPLES / "2.0_DK-APD_Example_1_2_apd_maximum.xml")
    # the values were worked out from an older copy, with other times
    older = evolve(
        example,
        time=datetime.datetime.fromisoformat("2022-09-09T09:11:00+02:00"),
        appointment=evolve(
            example.appointment,
            schedule=apd.Schedule(
                datetime.datetime.fromisoformat("2022-10-01T10:00:00+02:00"),
                datetime.datetime.fromisoformat("2022-10-01T10:30:00+02:00"),
            ),
        ),
    )
    assert rows(entry(older))[name] == WORKED[name]


@needs_examples
def test_worked_values_of_the_patient() -> None:
    example = apd.load(EXAMPLES / "2.0_DK-APD_Example_1_2_apd_maximum.xml")
    name, born, gender = rows(entry(example))["sourcePatientInfo"]
    assert name.startswith("PID-5|Andersen^")
    assert name.endswith("^Aftaler")
    assert (born, gender) == ("PID-7|19910629", "PID-8|M")


# --- ids -------------------------------------------------------------------------------------

UUID_OF_7 = "urn:uuid:00000000-0000-0000-0000-000000000007"
IDS = [
    (uuid.UUID(int=7), UUID_OF_7),
    (UUID_OF_7.upper(), UUID_OF_7),
    ("Document01", "Document01"),
]


@pytest.mark.parametrize(("given_id", "kept"), IDS)
def test_entry_uuid(given_id, kept) -> None:
    assert xds.DocumentEntry(entry_uuid=given_id).entry_uuid == kept


_ENTRY = {"entry_uuid": "x"}
REFUSED = [
    Refused(xds.DocumentEntry, "entry_uuid", "urn:uuid:1", "is not an entry UUID", "urn:uuid:"),
    Refused(xds.DocumentEntry, "entry_uuid", "a b", "does not have the right form", "white space"),
    Refused(xds.DocumentEntry, "logical_id", "x1", "is not an entry UUID", "urn:uuid:", _ENTRY),
    Refused(xds.DocumentEntry, "hash", "abc", "does not have the right form", "SHA-1", _ENTRY),
    Refused(xds.DocumentEntry, "size", -1, "is not a number of bytes", "whole number", _ENTRY),
    Refused(xds.DocumentEntry, "version", True, "is not a version", "whole number", _ENTRY),
    Refused(xds.DocumentEntry, "home_community_id", "DK", "does not have the right form", "OID",
            _ENTRY),
    Refused(xds.DocumentEntry, "creation_time", datetime.datetime(2026, 1, 1), "has no time zone",
            "local_time", _ENTRY),
    Refused(xds.DocumentEntry, "patient_id", apd.Identifier("1.2.3"), "has no number",
            "extension", _ENTRY),
    Refused(xds.DocumentEntry, "patient_id", samples.CPR, "not str", "CprNumber", _ENTRY),
    Refused(xds.DocumentEntry, "extra_slots", [xds.Slot("hash", ["1"])], "names a slot twice",
            "once", _ENTRY),
    Refused(xds.DocumentEntry, "extra_slots", [xds.Slot("a", ["1"])] * 2, "names a slot twice",
            "once", _ENTRY),
    Refused(xds.Author, "person", None, "is empty", "organisation", where="Author"),
    Refused(xds.SourcePatientInfo, "name", None, "is empty", "name", where="SourcePatientInfo"),
    Refused(xds.SourcePatientInfo, "birth_date", NOW, "not datetime", "date"),
    Refused(xds.Reference, "id", apd.Identifier("1.2.3"), "has no number", "extension",
            {"type": "urn:x"}),
]  # fmt: skip


@pytest.mark.parametrize("row", REFUSED, ids=str)
def test_refused(row) -> None:
    assert_refused(row)


@given(st.uuids())
def test_unique_ids_of_submissions_are_oids(id_) -> None:
    made = xds.submission_set(entry(), configuration(), now=NOW, id=id_)
    assert made.unique_id == f"2.25.{id_.int}"
    assert len(made.unique_id) <= 64  # as IHE asks
    assert uuid.UUID(made.entry_uuid.removeprefix("urn:uuid:")) == id_


def test_equal_input_gives_equal_metadata() -> None:
    assert entry() == entry()
    assert submission_set() == submission_set()


@pytest.mark.parametrize("form", ["{0}", "urn:uuid:{0}", " {0} "])
def test_a_submission_set_takes_its_id_as_an_entry_does(form: str) -> None:
    id = uuid.UUID("7F1C8B52-4F0E-4D3A-9A55-0C6D2E8F9B11")
    made = [
        xds.submission_set(entry(), configuration(), now=NOW, id=given)
        for given in (id, form.format(id), form.format(str(id).upper()))
    ]

    assert made[0] == made[1] == made[2]
    assert (
        made[0].entry_uuid
        == xds.document_entry(document(), configuration(), entry_uuid=form.format(id)).entry_uuid
    )
    assert made[0].unique_id == f"2.25.{id.int}"


def test_a_submission_set_needs_a_uuid() -> None:
    with pytest.raises(apd.InvalidValue, match="id is not an entry UUID"):
        xds.submission_set(entry(), configuration(), now=NOW, id="set")
