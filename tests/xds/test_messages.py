"""The messages: built as the description of ebRIM has it, and read back to the same values."""

import email
from email.policy import HTTP

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import apd
from apd import xds
from apd.findings import Severity
from apd.testing import strategies as apd_st
from apd.xds.soap.incoming import open_message
from apd.xds.soap.mtom import read_package
from tests.xds.making import (
    NOW,
    OLD,
    REPOSITORY,
    configuration,
    document,
    entry,
    header,
    number,
    submission,
    submission_set,
)

DATA = apd.dumps(document())
STORED = xds.document_entry(
    document(), configuration(repository_unique_id=REPOSITORY), entry_uuid=number(7), data=DATA
)
FIND = xds.find_documents(apd.CprNumber("0503129900"))
GET = xds.get_documents(unique_ids=[document().id])

VERSIONS = list(xds.SoapVersion)
MADE = {
    "new": lambda header: xds.provide_and_register(submission(), DATA, header),
    "replace": lambda header: xds.provide_and_register(submission(OLD), DATA, header),
    "register": lambda header: xds.register(xds.publish(STORED, submission_set()), header),
    "deprecate": lambda header: xds.update(xds.deprecate(submission_set(), OLD), header),
    "find": lambda header: xds.query(FIND, header),
    "get": lambda header: xds.query(GET, header),
}
SENT = {
    "new": submission(),
    "replace": submission(OLD),
    "register": xds.publish(STORED, submission_set()),
    "deprecate": xds.deprecate(submission_set(), OLD),
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", MADE)
def test_structure(name, version) -> None:
    message = MADE[name](header(version=version))
    assert xds.check_message(message.body, message.content_type).findings == ()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", SENT)
def test_read_back(name, version) -> None:
    message = MADE[name](header(version=version))
    assert xds.read_submission(message.body, message.content_type) == SENT[name]


@pytest.mark.parametrize("name", ["new", "replace"])
def test_document_is_read_back(name) -> None:
    message = MADE[name](header())
    assert xds.read_document(message.body, message.content_type) == DATA


@pytest.mark.parametrize("name", MADE)
def test_equal_input_gives_equal_bytes(name) -> None:
    assert bytes(MADE[name](header())) == bytes(MADE[name](header()))


OUTLINES = [
    ("new", ["ExtrinsicObject", "RegistryPackage", "Association"], ["HasMember"]),
    ("replace", ["ExtrinsicObject", "RegistryPackage", "Association", "Association"],
     ["HasMember", "RPLC"]),
    ("register", ["ExtrinsicObject", "RegistryPackage", "Association"], ["HasMember"]),
    ("deprecate", ["RegistryPackage", "Association"], ["UpdateAvailabilityStatus"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "objects", "associations"), OUTLINES)
def test_outline(name, objects, associations) -> None:
    message = MADE[name](header())
    stated = open_message(message.body, message.content_type).content
    (found,) = stated.iter("{*}RegistryObjectList")
    assert [etree.QName(child).localname for child in found] == objects
    types = [child.get("associationType") for child in found.iter("{*}Association")]
    assert [type_.rpartition(":")[2] for type_ in types] == associations


# --- associations ----------------------------------------------------------------------------


def test_replacing() -> None:
    member, replaced = submission(OLD).associations
    assert (member.source, member.target) == (submission_set().entry_uuid, entry().entry_uuid)
    assert member.slots == (xds.Slot("SubmissionSetStatus", ["Original"]),)
    assert (replaced.source, replaced.target) == (entry().entry_uuid, OLD)
    assert submission(OLD).replaces == OLD
    assert submission().replaces is None


def test_deprecating() -> None:
    sent = xds.deprecate(submission_set(), OLD)
    (change,) = sent.associations
    assert (change.source, change.target) == (submission_set().entry_uuid, OLD)
    assert {slot.name: slot.values for slot in change.slots} == {
        "OriginalStatus": ("urn:oasis:names:tc:ebxml-regrep:StatusType:Approved",),
        "NewStatus": ("urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated",),
    }
    assert (sent.deprecates, sent.replaces, sent.entry) == (OLD, None, None)


@pytest.mark.parametrize("old", ["Document01", "1.2.208.184^x", "urn:uuid:1", ""])
def test_only_an_entry_uuid_can_be_replaced_or_deprecated(old) -> None:
    with pytest.raises(apd.InvalidValue, match="replaces is not an entry UUID"):
        submission(old)
    with pytest.raises(apd.InvalidValue, match="entry_uuid is not an entry UUID"):
        xds.deprecate(submission_set(), old)


def test_ids_are_used_once_in_a_message() -> None:
    message = MADE["replace"](header())
    stated = open_message(message.body, message.content_type).content
    ids = [found.get("id") for found in stated.iter() if found.get("id")]
    document_id = ids.pop()  # the Document names its entry
    assert document_id == entry().entry_uuid
    assert len(set(ids)) == len(ids)


# --- what the transactions are called --------------------------------------------------------

ACTIONS = [
    ("new", "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b"),
    ("replace", "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b"),
    ("register", "urn:ihe:iti:2007:RegisterDocumentSet-b"),
    ("deprecate", "urn:ihe:iti:2010:UpdateDocumentSet"),
    ("find", "urn:ihe:iti:2007:RegistryStoredQuery"),
]


@pytest.mark.parametrize(("name", "action"), ACTIONS)
def test_action(name, action) -> None:
    message = MADE[name](header())
    envelope, _ = read_package(message.body, message.content_type)
    assert f'<wsa:Action soap:mustUnderstand="1">{action}</wsa:Action>' in envelope.decode()
    assert f'action="{action}"' in message.headers["Content-Type"]
    assert "SOAPAction" not in message.headers
    older = MADE[name](header(version=xds.SoapVersion.V1_1))
    assert older.headers["SOAPAction"] == f'"{action}"'
    assert "action=" not in older.headers["Content-Type"]


def test_as_bytes_is_a_mime_message() -> None:
    message = MADE["new"](header(version=xds.SoapVersion.V1_1))
    found = email.message_from_bytes(bytes(message), policy=HTTP)
    assert found["SOAPAction"] == message.headers["SOAPAction"]
    assert [part.get_content_type() for part in found.iter_parts()] == [
        "application/xop+xml",
        "text/xml",
    ]


# --- what is refused -------------------------------------------------------------------------


def refused(make):
    """The rules that a message is refused for."""
    with pytest.raises(apd.InvalidDocument) as caught:
        make()
    assert all(finding.severity is Severity.ERROR for finding in caught.value.findings)
    return {finding.rule for finding in caught.value.findings}


def test_metadata_of_another_document() -> None:
    other = apd.dumps(document(patient=evolve(document().appointment.patient, gender=None)))
    assert refused(lambda: xds.provide_and_register(submission(), other, header())) == {
        "XDS:sourcePatientInfo"
    }


def test_metadata_that_are_not_complete() -> None:
    nameless = evolve(entry(), source_patient_info=None, class_code=None)
    sent = xds.publish(nameless, evolve(submission_set(), source_id=None))
    rules = {"XDS-REQUIRED:classCode", "XDS-REQUIRED:sourceId", "XDS-REQUIRED:sourcePatientInfo"}
    assert refused(lambda: xds.provide_and_register(sent, DATA, header())) == rules
    message = xds.provide_and_register(sent, DATA, header(), check=False)
    assert xds.read_submission(message.body, message.content_type) == sent


def test_registering_asks_for_what_the_repository_supplies() -> None:
    rules = {"XDS-REQUIRED:hash", "XDS-REQUIRED:size", "XDS-REQUIRED:repositoryUniqueId"}
    assert refused(lambda: xds.register(submission(), header())) == rules
    assert xds.register(submission(), header(), check=False).body


def test_providing_leaves_it_out() -> None:
    sent = xds.publish(STORED, submission_set())
    message = xds.provide_and_register(sent, DATA, header())
    assert xds.read_submission(message.body, message.content_type) == submission()


def test_deprecating_asks_for_a_complete_submission_set() -> None:
    sent = xds.deprecate(evolve(submission_set(), patient_id=None, unique_id=None), OLD)
    rules = {"XDS-REQUIRED:patientId", "XDS-REQUIRED:uniqueId"}
    assert refused(lambda: xds.update(sent, header())) == rules


def test_the_wrong_kind_of_submission() -> None:
    change = xds.deprecate(submission_set(), OLD)
    with pytest.raises(apd.InvalidValue, match="has no document"):
        xds.provide_and_register(change, DATA, header())
    with pytest.raises(apd.InvalidValue, match="has no document"):
        xds.register(change, header())
    with pytest.raises(apd.InvalidValue, match="deprecates nothing"):
        xds.update(submission(), header())


def test_no_document() -> None:
    with pytest.raises(apd.ParseError):
        xds.provide_and_register(submission(), b"%PDF-1.7", header())


# --- any document ----------------------------------------------------------------------------

PATIENTS = apd_st.patients().map(
    lambda patient: evolve(
        patient,
        name=apd.PersonName(["A"], "B"),
        gender=apd.Gender.MALE,
        birth_date=NOW.date(),
    )
)


RESPONSIBLE = document().appointment.responsible


@given(apd_st.documents(), PATIENTS, st.booleans())
def test_any_document_goes_there_and_back(any_document, patient, replaces) -> None:
    sent = evolve(
        any_document,
        confidentiality=apd.Confidentiality.NORMAL,
        release=apd.Release.V2_0_1,
        appointment=evolve(any_document.appointment, patient=patient, responsible=RESPONSIBLE),
    )
    data, made = apd.dumps(sent), entry(sent)
    published = xds.publish(made, submission_set(made), replaces=OLD if replaces else None)
    message = xds.provide_and_register(published, data, header())
    assert xds.check_message(message.body, message.content_type).findings == ()
    assert xds.read_submission(message.body, message.content_type) == published
    assert xds.read_document(message.body, message.content_type) == data
