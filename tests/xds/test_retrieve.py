"""Documents are fetched: what is asked for, what comes, and whether it is the right one."""

import base64

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd import xds
from apd.testing import strategies as apd_st
from apd.testing.synthetic.older_releases import as_released, document_of_release
from apd.xds.ebxml.retrieval import MAX_REQUESTED
from apd.xds.ebxml.vocabulary import RS, XDS_B, XOP
from apd.xds.soap.envelope import Addressing
from apd.xds.soap.server import open_request, read_request, write_answer
from tests import samples
from tests.model.refusal import assert_silent
from tests.xds.making import REPOSITORY, SECRETS, document, entry, header
from tests.xds.test_responses import ERRORS, STATUSES

OASIS = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:"
DATA = apd.dumps(document())
STORED = xds.document_entry(
    document(),
    xds.ProducerConfiguration(
        healthcare_facility_type_code="22232009",
        practice_setting_code="394801008",
        repository_unique_id=REPOSITORY,
    ),
    entry_uuid="urn:uuid:00000000-0000-0000-0000-000000000007",
    data=DATA,
)
UNIQUE_IDS = apd_st.medcom_ids() | apd_st.identifiers() | st.just("aftale-1 & 2")
OIDS = st.sampled_from(["1.2.208.176.43210.8.2", "2.25.7"])
REQUESTS = st.builds(
    xds.DocumentRequest,
    unique_id=UNIQUE_IDS,
    repository_unique_id=OIDS | st.just("lager"),
    home_community_id=st.none() | OIDS,
)
DOCUMENTS = st.builds(
    xds.RetrievedDocument,
    unique_id=UNIQUE_IDS,
    data=st.binary(min_size=1, max_size=40),
    repository_unique_id=OIDS,
    home_community_id=st.none() | OIDS,
    mime_type=st.just("text/xml"),
)


# --- what is written is read back ------------------------------------------------------------


@given(st.lists(REQUESTS, min_size=1, max_size=3), st.sampled_from(xds.SoapVersion))
def test_requests_are_read_back(wanted, version) -> None:
    message = xds.retrieve(wanted, header(version=version))
    assert xds.check_message(message.body, message.content_type).findings == ()
    request = read_request(open_request(message.body, message.content_type))
    assert request.transaction is xds.Transaction.RETRIEVE
    assert request.asked == tuple(wanted)


@given(
    st.builds(xds.RetrieveResponse, STATUSES, ERRORS, st.lists(DOCUMENTS, max_size=3)),
    st.sampled_from(xds.SoapVersion),
)
def test_answers_are_read_back(response, version) -> None:
    answer = write_answer(response, xds.Transaction.RETRIEVE, Addressing(), header(version=version))
    assert xds.check_message(answer.body, answer.content_type).findings == ()
    assert xds.read_retrieved(answer.body, answer.content_type) == response


def test_an_entry_states_which_document() -> None:
    message = xds.retrieve([STORED], header())
    asked = read_request(open_request(message.body, message.content_type)).asked
    assert asked == (
        xds.DocumentRequest(
            unique_id=document().id,
            repository_unique_id=REPOSITORY,
            home_community_id=STORED.home_community_id,
        ),
    )


NOTHING_TO_ASK_FOR = [
    ([], "has 0 documents"),
    ([STORED] * (MAX_REQUESTED + 1), "has 100 documents"),
    ([entry()], "repository_unique_id"),
    ([evolve(STORED, unique_id=None)], "unique_id is missing"),
]


@pytest.mark.parametrize(("wanted", "message"), NOTHING_TO_ASK_FOR)
def test_nothing_to_ask_for(wanted, message) -> None:
    with pytest.raises(apd.InvalidValue, match=message):
        xds.retrieve(wanted, header())


NO_REQUESTS = [
    ("<xdsb:DocumentUniqueId>", "<xdsb:DocumentUnknownId>"),
    ("<xdsb:RepositoryUniqueId>", "<xdsb:RepositoryUnknownId>"),
    ("<xdsb:DocumentRequest>", "<xdsb:Document>"),
]


@pytest.mark.parametrize(("usual", "other"), NO_REQUESTS)
def test_requests_that_name_no_document(usual, other) -> None:
    body = xds.retrieve([STORED], header()).body.decode()
    body = body.replace(usual, other).replace(usual.replace("<", "</"), other.replace("<", "</"))
    with pytest.raises(apd.ParseError, match="which documents"):
        read_request(open_request(body.encode()))


def test_the_action_is_that_of_the_message() -> None:
    body = xds.retrieve([STORED], header()).body
    without = body.replace(b"wsa:Action", b"wsa:Faction")
    assert read_request(open_request(without)).transaction is xds.Transaction.RETRIEVE
    other = body.replace(xds.Transaction.RETRIEVE.encode(), xds.Transaction.QUERY.encode())
    with pytest.raises(apd.ParseError, match="wsa:Action"):
        read_request(open_request(other))


# --- answers of others -----------------------------------------------------------------------


def answer(*documents: str, status: str = f"{OASIS}Success", errors: str = "") -> bytes:
    """An answer as others write it: without prefixes, indented, with base64 in lines."""
    return (
        f'<RetrieveDocumentSetResponse xmlns="{XDS_B}">\n'
        f' <r:RegistryResponse xmlns:r="{RS}" status="{status}">{errors}</r:RegistryResponse>\n'
        f"{''.join(documents)}</RetrieveDocumentSetResponse>"
    ).encode()


def inline(unique_id: str = "1.2.3^4", home: str = "", data: bytes = DATA) -> str:
    """A document that stands in the answer."""
    inside = base64.encodebytes(data).decode()
    return (
        f"<DocumentResponse>{home}<RepositoryUniqueId> {REPOSITORY} </RepositoryUniqueId>"
        f"<DocumentUniqueId>{unique_id}</DocumentUniqueId><mimeType>text/xml</mimeType>"
        f"<Document>{inside}</Document></DocumentResponse>"
    )


HOME = "<HomeCommunityId>urn:oid:1.2.208.176.8.1</HomeCommunityId>"
SHAPES = [
    (inline(), apd.Identifier("1.2.3", "4"), None),
    (inline(home=HOME), apd.Identifier("1.2.3", "4"), "1.2.208.176.8.1"),
    (inline("aftale-7"), "aftale-7", None),
    (inline("1.2.208.184.7"), apd.Identifier("1.2.208.184.7"), None),
]


@pytest.mark.parametrize(("content", "unique_id", "home"), SHAPES)
def test_documents_in_the_answer(content, unique_id, home) -> None:
    response = xds.read_retrieved(answer(content))
    (found,) = response.documents
    assert response.succeeded
    assert (found.unique_id, found.home_community_id) == (unique_id, home)
    assert (found.repository_unique_id, found.mime_type) == (REPOSITORY, "text/xml")
    assert found.data == DATA


PARTIAL = [f"{OASIS}PartialSuccess", "urn:ihe:iti:2007:ResponseStatusType:PartialSuccess"]


@pytest.mark.parametrize("status", PARTIAL)
def test_a_partial_success_by_either_urn(status) -> None:
    errors = (
        f'<r:RegistryErrorList xmlns:r="{RS}"><r:RegistryError errorCode="XDSDocumentUniqueIdError"'
        ' codeContext="1.2.3^5"/></r:RegistryErrorList>'
    )
    response = xds.read_retrieved(answer(inline(), status=status, errors=errors))
    assert response.status is xds.ResponseStatus.PARTIAL_SUCCESS
    assert not response.succeeded
    assert [error.code for error in response.errors] == ["XDSDocumentUniqueIdError"]
    assert len(response.documents) == 1


def test_a_request_that_is_refused_as_a_submission_is() -> None:
    refused = xds.RegistryResponse(
        xds.ResponseStatus.FAILURE, [xds.RegistryError("XDSRepositoryBusy")]
    )
    response = xds.read_retrieved(xds.write_response(refused).encode())
    assert response == xds.RetrieveResponse(refused.status, refused.errors)


WITHOUT_CONTENT = [
    "<Document/>",
    "<Document>***</Document>",
    f'<Document><Include xmlns="{XOP}" href="cid:gone"/></Document>',
    "",
]


@pytest.mark.parametrize("content", WITHOUT_CONTENT)
def test_one_document_without_content_leaves_the_others(content) -> None:
    empty = (
        f"<DocumentResponse><DocumentUniqueId>1.2.3</DocumentUniqueId>{content}</DocumentResponse>"
    )
    response = xds.read_retrieved(answer(empty, inline()))
    assert [found.data for found in response.documents] == [b"", DATA]
    assert not xds.check_retrieved(response.documents[0].data, STORED).is_valid


NO_ANSWERS = [
    f'<RetrieveDocumentSetResponse xmlns="{XDS_B}"/>'.encode(),
    answer(status="urn:x:Done"),
    b"<html>502</html>",
]


@pytest.mark.parametrize("body", NO_ANSWERS)
def test_no_answers(body) -> None:
    with pytest.raises(apd.ParseError):
        xds.read_retrieved(body)


def test_nothing_personal_is_shown() -> None:
    text = repr(xds.read_retrieved(answer(inline())))
    assert not any(secret in text for secret in SECRETS)


# --- answers that were filtered --------------------------------------------------------------

FILTERED = [
    (xds.RegistryError("XDSRegistryError", "Consent Filter Applied"), True),
    (xds.RegistryError("urn:nsp:ConsentFilterApplied"), True),
    (xds.RegistryError("XDSRegistryError", "consent"), False),
    (xds.RegistryError("XDSRegistryBusy"), False),
]


@pytest.mark.parametrize(("error", "is_filtered"), FILTERED)
def test_consent_filter(error, is_filtered) -> None:
    response = xds.QueryResponse(xds.ResponseStatus.SUCCESS, [error], [STORED])
    assert response.is_filtered is is_filtered
    assert not xds.QueryResponse(xds.ResponseStatus.SUCCESS).is_filtered


# --- whether it is the document of the entry -------------------------------------------------


CHANGED = DATA.replace(b"Egeskov", b"Egeskou")
CHECKED = [
    ("what was registered", DATA, {}, set()),
    ("bytes that were changed", CHANGED, {}, {"XDS:hash"}),
    ("bytes beside them", DATA + b"\n", {}, {"XDS:hash", "XDS:size"}),
    ("a wrong hash", DATA, {"hash": "0" * 40}, {"XDS:hash"}),
    ("a wrong size", DATA, {"size": 1}, {"XDS:size"}),
    ("no hash and no size", CHANGED, {"hash": None, "size": None}, set()),
    ("another id", DATA, {"unique_id": samples.medcom_id(77)}, {"XDS:uniqueId"}),
    ("an id that is none", DATA, {"unique_id": "aftale-7"}, {"XDS:uniqueId"}),
    ("the same id, the UUID alone", DATA, {"unique_id": document().id.value}, set()),
    ("the same id as a URN", DATA, {"unique_id": f"urn:uuid:{document().id.value}"}, set()),
    ("the same id, turned", DATA, {"unique_id": f"{document().id.value}^1.2.208.184"}, set()),
    ("the UUID of another", DATA, {"unique_id": samples.medcom_id(77).value}, {"XDS:uniqueId"}),
    ("the root alone", DATA, {"unique_id": apd.Identifier("1.2.208.184")}, {"XDS:uniqueId"}),
    ("an entry without id", DATA, {"unique_id": None}, {"XDS:uniqueId"}),
    ("another patient", DATA, {"patient_id": apd.CprNumber("2512489996")}, {"XDS:patientId"}),
    ("an entry without patient", DATA, {"patient_id": None}, {"XDS:patientId"}),
    ("another format", DATA, {"format_code": apd.Code("x", "1.2.3")}, {"XDS:formatCode"}),
    ("an entry without format", DATA, {"format_code": None}, set()),
    ("nothing", b"", {}, {"XDS:hash", "XDS:size", "XDS-RETRIEVED"}),
    ("something else", b"<html/>", {"hash": None, "size": None}, {"XDS-RETRIEVED"}),
]


@pytest.mark.parametrize(
    ("_", "data", "changes", "rules"), CHECKED, ids=[row[0] for row in CHECKED]
)
def test_checked(_, data, changes, rules) -> None:
    report = xds.check_retrieved(data, evolve(STORED, **changes))
    assert {finding.rule for finding in report.findings} == rules
    assert report.is_valid is (not rules)
    for finding in report.findings:
        assert not any(secret in finding.wording.da + finding.wording.en for secret in SECRETS)


def test_the_document_of_another_patient() -> None:
    data = apd.dumps(document(patient=samples.patient(id=apd.CprNumber("2512489996"))))
    rules = {finding.rule for finding in xds.check_retrieved(data, STORED).findings}
    assert "XDS:patientId" in rules


def test_an_older_release_is_not_what_an_entry_of_2_0_1_promises() -> None:
    data = as_released(document_of_release(apd.Release.V1_1, samples.document()))
    stored = evolve(STORED, hash=None, size=None)
    rules = [finding.rule for finding in xds.check_retrieved(data, stored).findings]
    assert rules == ["XDS:formatCode"]
    foreign = apd.Code("urn:ad:dk:medcom:appointmentsummary:full", "1.2.208.184.100.10")
    assert xds.check_retrieved(data, evolve(stored, format_code=foreign)).is_valid


def test_broken_answers_say_nothing_personal() -> None:
    whole = answer(inline())
    for cut in range(0, len(whole), 997):
        try:
            xds.read_retrieved(whole[:cut])
        except apd.ApdError as error:
            assert_silent(error, *SECRETS)
