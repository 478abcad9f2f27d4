"""The registry for tests follows the rules of XDS: what is accepted, refused, found and fetched."""

import datetime
import uuid

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree

import apd
from apd import xds
from apd.testing.registry import Fault, Registry, Transaction
from apd.xds.ebxml.requests import write_submit_objects
from apd.xds.ebxml.vocabulary import FIND_DOCUMENTS, GET_DOCUMENTS
from apd.xds.metadata.attribute_formats import MOST_OF_A_UNIQUE_ID, write_unique_id
from apd.xds.metadata.composite_values import Slot
from apd.xds.soap.envelope import write_envelope
from tests import samples
from tests.testing.messages import (
    asked,
    deprecated,
    document,
    entry,
    fetched,
    header,
    outcome,
    post,
    provided,
    submission_set,
)
from tests.xds.making import SECRETS, entries

CPR = apd.CprNumber(samples.CPR)
OTHER = samples.patient(id=apd.CprNumber("2512489996"))
FIRST, SECOND = document(1), document(2)
DATA, SECOND_DATA = apd.dumps(FIRST), apd.dumps(SECOND)
OF_FIRST, OF_SECOND = entry(FIRST), entry(SECOND)
APPROVED, DEPRECATED = xds.AvailabilityStatus
UNKNOWN = f"urn:uuid:{uuid.UUID(int=12345)}"
OK = (True, [])


@pytest.fixture
def registry() -> Registry:
    """A registry that has the first document."""
    made = Registry()
    assert outcome(made, provided(OF_FIRST, DATA)) == OK
    return made


def status_of(registry: Registry, entry: xds.DocumentEntry) -> xds.AvailabilityStatus | None:
    (found,) = (one for one in registry.entries if one.entry_uuid == entry.entry_uuid)
    return found.availability_status


# --- submissions that are accepted -----------------------------------------------------------


def test_the_registry_supplies_what_is_its_own(registry) -> None:
    (kept,) = registry.entries
    found = xds.document_entry(
        FIRST, samples_configuration(kept), entry_uuid=OF_FIRST.entry_uuid, data=DATA
    )
    assert kept == evolve(found, logical_id=OF_FIRST.entry_uuid, version=1)
    assert xds.check_metadata(FIRST, kept, DATA).errors == ()
    assert registry.approved(CPR) == registry.approved() == (kept,)
    assert registry.approved(OTHER.id) == ()


def samples_configuration(kept: xds.DocumentEntry) -> xds.ProducerConfiguration:
    return xds.ProducerConfiguration(
        healthcare_facility_type_code="22232009",
        practice_setting_code="394801008",
        repository_unique_id=kept.repository_unique_id,
    )


def test_a_symbolic_id_is_replaced() -> None:
    registry = Registry(new_uuid=lambda: uuid.UUID(int=77))
    assert outcome(registry, provided(evolve(OF_FIRST, entry_uuid="Document01"), DATA)) == OK
    assert registry.entries[0].entry_uuid == f"urn:uuid:{uuid.UUID(int=77)}"


def test_a_replaced_document_is_deprecated(registry) -> None:
    assert outcome(registry, provided(OF_SECOND, SECOND_DATA, OF_FIRST.entry_uuid)) == OK
    assert status_of(registry, OF_FIRST) is DEPRECATED
    assert [found.unique_id for found in registry.approved()] == [SECOND.id]


def test_a_deprecated_document_stays(registry) -> None:
    assert outcome(registry, deprecated(OF_FIRST)) == OK
    assert registry.approved() == ()
    assert status_of(registry, OF_FIRST) is DEPRECATED
    assert fetched(registry, *registry.entries).documents[0].data == DATA


def test_a_repository_of_ones_own_registers() -> None:
    registry = Registry()
    own = evolve(entry(FIRST), hash="0" * 40, size=3, repository_unique_id="1.2.208.176.43210.8.2")
    sent = xds.publish(own, submission_set(own))
    assert outcome(registry, xds.register(sent, header())) == OK
    assert registry.entries[0].repository_unique_id == "1.2.208.176.43210.8.2"
    assert registry.documents == {}
    assert codes(fetched(registry, own)) == ["XDSDocumentUniqueIdError"]


# --- submissions that are refused ------------------------------------------------------------

CHANGED = DATA.replace(b"Egeskov", b"Egeskou")
OF_OTHER = entry(document(3, patient=OTHER))
REFUSED = {
    "the same document again": (
        lambda: provided(entry(FIRST), DATA),
        ["XDSDuplicateUniqueIdInRegistry"],
    ),
    "other bytes with its id": (lambda: provided(entry(FIRST), CHANGED), ["XDSNonIdenticalHash"]),
    "another document with its entry UUID": (
        lambda: provided(evolve(OF_SECOND, entry_uuid=OF_FIRST.entry_uuid), SECOND_DATA),
        ["XDSRegistryMetadataError"],
    ),
    "a replacement of what is not there": (
        lambda: provided(OF_SECOND, SECOND_DATA, UNKNOWN),
        ["UnresolvedReferenceException"],
    ),
    "a replacement of another patient's": (
        lambda: provided(OF_OTHER, SECOND_DATA, OF_FIRST.entry_uuid),
        ["XDSPatientIdDoesNotMatch"],
    ),
    "a submission set of another patient": (
        lambda: provided(OF_SECOND, SECOND_DATA, patient_id=OTHER.id),
        ["XDSPatientIdDoesNotMatch"],
    ),
    "metadata that lack something": (
        lambda: provided(
            evolve(OF_SECOND, class_code=None, practice_setting_code=None), SECOND_DATA
        ),
        ["XDSRegistryMetadataError"] * 2,
    ),
    "a deprecation of what is not there": (
        lambda: deprecated(evolve(OF_FIRST, entry_uuid=UNKNOWN)),
        ["UnresolvedReferenceException"],
    ),
    "a deprecation in another patient's name": (
        lambda: deprecated(OF_FIRST, patient_id=OTHER.id),
        ["XDSPatientIdDoesNotMatch"],
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(registry, name) -> None:
    make, expected = REFUSED[name]
    before = registry.entries
    assert outcome(registry, make()) == (False, expected)
    assert registry.entries == before
    assert list(registry.documents.values()) == [DATA]


def test_what_is_deprecated_is_neither_replaced_nor_deprecated_again(registry) -> None:
    assert outcome(registry, deprecated(OF_FIRST)) == OK
    assert outcome(registry, deprecated(OF_FIRST)) == (False, ["XDSMetadataUpdateError"])
    refused = outcome(registry, provided(OF_SECOND, SECOND_DATA, OF_FIRST.entry_uuid))
    assert refused == (False, ["XDSRegistryDeprecatedDocumentError"])


def test_a_submission_set_is_taken_once(registry) -> None:
    first = submission_set(OF_SECOND)
    for number, expected in ((2, OK), (3, (False, ["XDSDuplicateUniqueIdInRegistry"]))):
        of = entry(document(number))
        sent = xds.publish(of, first)
        data = apd.dumps(document(number))
        assert outcome(registry, xds.provide_and_register(sent, data, header())) == expected


@pytest.mark.parametrize(("slot", "value"), [("hash", "0" * 40), ("size", "1")])
def test_hash_and_size_that_are_stated_are_those_of_the_bytes(slot, value) -> None:
    registry = Registry()
    message = provided(OF_FIRST, DATA)
    first_slot = (
        f'<rim:Slot name="{slot}"><rim:ValueList><rim:Value>{value}</rim:Value></rim:ValueList>'
    )
    first = b'<rim:Slot name="creationTime">'
    body = message.body.replace(first, f"{first_slot}</rim:Slot>".encode() + first)
    answer = registry.receive(body, message.content_type)
    response = xds.read_response(answer.body)
    assert codes(response) == ["XDSRepositoryMetadataError"]
    assert registry.entries == ()


# submissions that the functions of the library do not make


def submitted(
    registry: Registry, action: Transaction, submission: xds.Submission
) -> tuple[bool, list[str]]:
    """What is answered to ITI-42 or ITI-57."""
    body = write_envelope(write_submit_objects(submission), action, header())
    response = xds.read_response(registry.receive(body).body)
    return response.succeeded, codes(response)


OF_SET = submission_set(OF_SECOND)
PUBLISHED = xds.publish(
    evolve(OF_SECOND, hash="0" * 40, size=3, repository_unique_id="1.2.3"), OF_SET
)
HAS_MEMBER = PUBLISHED.associations[0]
TAKEN_BACK = xds.deprecate(OF_SET, OF_FIRST.entry_uuid)
CHANGE = TAKEN_BACK.associations[0]
REGISTER, UPDATE = Transaction.REGISTER, Transaction.UPDATE
UNUSUAL = [
    (REGISTER, evolve(PUBLISHED, entry=None), "XDSRegistryMetadataError"),
    (REGISTER, evolve(PUBLISHED, associations=[]), "XDSRegistryMetadataError"),
    (
        REGISTER,
        evolve(PUBLISHED, associations=[HAS_MEMBER, evolve(HAS_MEMBER, type="urn:x:APND")]),
        "XDSRegistryMetadataError",
    ),
    (
        REGISTER,
        evolve(
            PUBLISHED,
            associations=[
                HAS_MEMBER,
                xds.Association("r", xds.AssociationType.REPLACES, UNKNOWN, OF_FIRST.entry_uuid),
            ],
        ),
        "UnresolvedReferenceException",
    ),
    (UPDATE, evolve(TAKEN_BACK, associations=[]), "XDSMetadataUpdateError"),
    (UPDATE, evolve(TAKEN_BACK, entry=PUBLISHED.entry), "XDSMetadataUpdateOperationError"),
    (
        UPDATE,
        evolve(TAKEN_BACK, associations=[evolve(CHANGE, slots=[CHANGE.slots[0]])]),
        "XDSMetadataUpdateError",
    ),
]


@pytest.mark.parametrize(("action", "submission", "code"), UNUSUAL)
def test_unusual_submissions(registry, action, submission, code) -> None:
    before = registry.entries
    assert submitted(registry, action, submission) == (False, [code])
    assert registry.entries == before


def test_an_entry_is_approved_again(registry) -> None:
    assert submitted(registry, UPDATE, TAKEN_BACK) == OK
    again = evolve(
        CHANGE, slots=[Slot("OriginalStatus", [DEPRECATED]), Slot("NewStatus", [APPROVED])]
    )
    sent_by = evolve(OF_SET, unique_id="2.25.77")
    back = evolve(TAKEN_BACK, submission_set=sent_by, associations=[again])
    assert submitted(registry, UPDATE, back) == OK
    assert len(registry.approved()) == 1


def test_foreign_metadata_are_taken_unchecked() -> None:
    registry = Registry(check=False)
    assert outcome(registry, provided(evolve(OF_FIRST, class_code=None), DATA)) == OK


# --- what is no message ----------------------------------------------------------------------

GOOD = xds.query(xds.get_documents(unique_ids=[FIRST.id]), header())
NO_MESSAGES = [
    b"",
    b"<a/>",
    b"not XML",
    GOOD.body[:-9],
    b"<!DOCTYPE a><a/>",
    GOOD.body.replace(b"RegistryStoredQuery<", b"RetrieveDocumentSet<"),
]


@pytest.mark.parametrize("body", NO_MESSAGES)
def test_no_message_is_a_fault(registry, body) -> None:
    answer = registry.receive(body, "application/soap+xml")
    assert answer.status == 400
    with pytest.raises(xds.SoapFault) as caught:
        xds.read_response(answer.body, answer.content_type)
    assert caught.value.codes == ("soap:Sender",)
    assert registry.received[-1].transaction is None


def test_a_fault_of_soap_1_1() -> None:
    registry = Registry()
    registry.order(Fault.FAULT)
    old = xds.query(xds.get_documents(unique_ids=[FIRST.id]), header(version=xds.SoapVersion.V1_1))
    answer = post(registry, old)
    assert (answer.status, answer.content_type) == (500, "text/xml; charset=UTF-8")
    with pytest.raises(xds.SoapFault) as caught:
        xds.read_response(answer.body, answer.content_type)
    assert caught.value.codes == ("soap:Server",)


def test_metadata_that_cannot_be_read_are_refused(registry) -> None:
    message = deprecated(OF_FIRST)
    body = message.body.replace(b"rim:RegistryPackage", b"rim:Package")
    response = xds.read_response(registry.receive(body, message.content_type).body)
    assert codes(response) == ["XDSRegistryMetadataError"]


def test_an_answer_names_the_message(registry) -> None:
    message = xds.query(xds.find_documents(CPR), header(to="urn:x"))
    wsa = "{http://www.w3.org/2005/08/addressing}"
    sent, answered = (
        {child.tag: child.text for child in etree.fromstring(body)[0]}
        for body in (message.body, post(registry, message).body)
    )
    assert answered[f"{wsa}RelatesTo"] == sent[f"{wsa}MessageID"]
    assert answered[f"{wsa}Action"] == "urn:ihe:iti:2007:RegistryStoredQueryResponse"


# --- questions -------------------------------------------------------------------------------

STARTS = FIRST.appointment.schedule.start
MINUTE = datetime.timedelta(minutes=1)
FINDS = [
    (xds.find_documents(CPR), True),
    (xds.find_documents(CPR, types=()), True),
    (xds.find_documents(CPR, types=[apd.Code("x", "1.2.3")]), False),
    (xds.find_documents(CPR, statuses=[DEPRECATED]), False),
    (xds.find_documents(CPR, statuses=[APPROVED, DEPRECATED]), True),
    (xds.find_documents(CPR, starts_from=STARTS), True),
    (xds.find_documents(CPR, starts_from=STARTS + MINUTE), False),
    (xds.find_documents(CPR, starts_before=STARTS + MINUTE), True),
    (xds.find_documents(CPR, starts_before=STARTS), False),
    (xds.find_documents(apd.CprNumber("2512489996")), False),
    (xds.get_documents(unique_ids=[FIRST.id]), True),
    (xds.get_documents(unique_ids=[SECOND.id]), False),
    (xds.get_documents(unique_ids=[SECOND.id, FIRST.id]), True),
    (xds.get_documents(entry_uuids=[OF_FIRST.entry_uuid]), True),
    (xds.get_documents(entry_uuids=[UNKNOWN]), False),
]


@pytest.mark.parametrize(("question", "is_found"), FINDS)
def test_questions(registry, question, is_found) -> None:
    answer = asked(registry, question)
    assert answer.succeeded
    assert answer.entries == (registry.entries if is_found else ())
    as_references = asked(registry, evolve(question, returns=xds.Return.REFERENCES))
    assert as_references.references == ((OF_FIRST.entry_uuid,) if is_found else ())
    assert as_references.entries == ()


FILTERS = [
    ("$XDSDocumentEntryFormatCode", "('urn:ad:dk:medcom:apd-v2.0.1:full^^1.2.208.184.100.10')", 1),
    ("$XDSDocumentEntryFormatCode", "('other^^1.2.208.184.100.10')", 0),
    ("$XDSDocumentEntryPracticeSettingCode", "('394801008^^2.16.840.1.113883.6.96')", 1),
    ("$XDSDocumentEntryEventCodeList", "('ALAL21^^1.2.208.176.2.4')", 0),
    ("$XDSDocumentEntryServiceStopTimeFrom", "1990", 1),
    ("$XDSDocumentEntryServiceStopTimeTo", "'1990'", 0),
    ("$XDSDocumentEntryCreationTimeTo", "20990101", 1),
    ("$XDSDocumentEntryCreationTimeTo", "soon", 0),
    ("$XDSDocumentEntryType", "('urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1')", 1),
    ("$XDSDocumentEntryType", "('urn:uuid:34268e47-fdf5-41a6-ba33-82133c465248')", 0),
    ("$MetadataLevel", "1", 1),
]


@pytest.mark.parametrize(("name", "value", "found"), FILTERS)
def test_filters(registry, name, value, found) -> None:
    question = xds.find_documents(CPR)
    question = evolve(question, parameters=[*question.parameters, Slot(name, [value])])
    assert len(asked(registry, question).entries) == found


PATIENT, STATUS, TYPE = xds.find_documents(CPR).parameters
NOBODY = Slot(PATIENT.name, ["'nobody'"])


def test_a_patient_that_cannot_be_read_is_nobody(registry) -> None:
    registry.put(evolve(OF_SECOND, patient_id=None))
    answer = asked(registry, xds.Query(FIND_DOCUMENTS, [NOBODY, STATUS]))
    assert (answer.succeeded, answer.entries) == (True, ())


WRONG = [
    (xds.Query("urn:uuid:00000000-0000-0000-0000-000000000001", []), "XDSUnknownStoredQuery"),
    (xds.Query(FIND_DOCUMENTS, [STATUS, TYPE]), "XDSStoredQueryMissingParam"),
    (xds.Query(FIND_DOCUMENTS, [PATIENT]), "XDSStoredQueryMissingParam"),
    (xds.Query(FIND_DOCUMENTS, [PATIENT, STATUS, Slot("$X", ["1"])]), "XDSRegistryError"),
    (xds.Query(GET_DOCUMENTS, []), "XDSStoredQueryParamNumber"),
    (xds.Query(GET_DOCUMENTS, [PATIENT]), "XDSStoredQueryParamNumber"),
]


@pytest.mark.parametrize(("question", "code"), WRONG)
def test_questions_that_are_wrong(registry, question, code) -> None:
    answer = asked(registry, question)
    assert (answer.succeeded, codes(answer), answer.entries) == (False, [code], ())


# --- documents -------------------------------------------------------------------------------


def codes(response: xds.RegistryResponse) -> list[str]:
    return [error.code for error in response.errors]


def test_the_bytes_that_were_sent(registry) -> None:
    (kept,) = asked(registry, xds.find_documents(CPR)).entries
    answer = fetched(registry, kept)
    found = answer.document(kept)
    assert answer.succeeded
    assert found.data == DATA
    assert xds.check_retrieved(found.data, kept).is_valid


NOT_THERE = [
    ({"unique_id": SECOND.id}, "XDSDocumentUniqueIdError"),
    ({"repository_unique_id": "1.2.3"}, "XDSUnknownRepositoryId"),
    ({"home_community_id": "1.2.3"}, "XDSUnknownCommunity"),
]


@pytest.mark.parametrize(("changes", "code"), NOT_THERE)
def test_documents_that_are_not_there(registry, changes, code) -> None:
    (kept,) = registry.entries
    wrong = evolve(kept, **changes)
    answer = fetched(registry, wrong)
    assert (answer.status, codes(answer)) == (xds.ResponseStatus.FAILURE, [code])
    answer = fetched(registry, wrong, kept)
    assert (answer.status, codes(answer)) == (xds.ResponseStatus.PARTIAL_SUCCESS, [code])
    assert [found.data for found in answer.documents] == [DATA]


def test_what_others_published_is_put_in() -> None:
    registry = Registry()
    foreign = evolve(
        OF_FIRST, unique_id="aftale-7", repository_unique_id="lager", hash=None, mime_type=None
    )
    registry.put(foreign, DATA)
    (found,) = asked(registry, xds.get_documents(unique_ids=["aftale-7"])).entries
    assert found == foreign
    assert fetched(registry, found).documents[0].data == DATA


@given(entries(), st.binary(min_size=1, max_size=99))
def test_whatever_is_put_in_comes_out(of, data) -> None:
    """The very entry and the very bytes, whatever texts the metadata have."""
    registry = Registry()
    unique_id = of.unique_id or SECOND.id
    assume(len(write_unique_id(unique_id)) <= MOST_OF_A_UNIQUE_ID)  # or nobody can ask for it
    foreign = evolve(of, entry_uuid=UNKNOWN, unique_id=unique_id, repository_unique_id="1.2.3")
    registry.put(foreign, data)
    by_uuid = asked(registry, xds.get_documents(entry_uuids=[UNKNOWN]))
    assert by_uuid.entries == (foreign,)
    assert asked(registry, xds.get_documents(unique_ids=[unique_id])) == by_uuid
    (found,) = fetched(registry, foreign).documents
    assert (found.unique_id, found.data) == (foreign.unique_id, data)


def test_what_was_tampered_with_is_seen(registry) -> None:
    (kept,) = registry.entries
    registry.put(kept, CHANGED)
    report = xds.check_retrieved(fetched(registry, kept).documents[0].data, kept)
    assert [finding.rule for finding in report.findings] == ["XDS:hash"]


# --- what a test can see ---------------------------------------------------------------------


def test_what_came_in_is_counted(registry) -> None:
    outcome(registry, provided(entry(FIRST), DATA))
    asked(registry, xds.find_documents(CPR))
    fetched(registry, *registry.entries)
    outcome(registry, deprecated(OF_FIRST))
    assert {one: registry.count(one) for one in Transaction} == {
        Transaction.PROVIDE_AND_REGISTER: 2,
        Transaction.REGISTER: 0,
        Transaction.UPDATE: 1,
        Transaction.QUERY: 1,
        Transaction.RETRIEVE: 1,
    }
    assert registry.count() == 5
    assert [one.document_ids for one in registry.received] == [
        (f"1.2.208.184^{FIRST.id.value}",),
        (f"1.2.208.184^{FIRST.id.value}",),
        (),
        (f"1.2.208.184^{FIRST.id.value}",),
        (),
    ]


def test_nothing_personal_is_kept_of_messages_or_shown(registry) -> None:
    answer = post(registry, xds.query(xds.find_documents(CPR), header()))
    shown = f"{registry!r} {registry.received} {answer!r}"
    assert not any(secret in shown for secret in SECRETS)


def test_clear(registry) -> None:
    registry.clear()
    assert (registry.entries, registry.received, dict(registry.documents)) == ((), (), {})
