"""What a test orders goes wrong, once or more often, and leaves the registry as it says."""

import pytest

import apd
from apd import xds
from apd.findings import Severity
from apd.testing.registry import AnswerLost, Fault, NoAnswer, Registry, Transaction
from tests.testing.messages import (
    asked,
    deprecated,
    entry,
    fetched,
    header,
    outcome,
    post,
    provided,
)
from tests.testing.test_registry import CPR, DATA, FIRST, OF_FIRST, OF_SECOND, SECOND_DATA, codes

FIND = xds.query(xds.find_documents(CPR), header())
PROVIDE = provided(OF_FIRST, DATA)
FETCH = xds.retrieve(
    [xds.DocumentRequest(unique_id=FIRST.id, repository_unique_id="1.2.3")], header()
)
PARTIAL = xds.ResponseStatus.PARTIAL_SUCCESS


@pytest.fixture
def registry() -> Registry:
    """A registry that has nothing, and does not really wait."""
    return Registry(sleep=lambda seconds: None)


@pytest.fixture
def full(registry) -> Registry:
    """One that has two documents."""
    assert outcome(registry, provided(OF_FIRST, DATA)) == (True, [])
    assert outcome(registry, provided(OF_SECOND, SECOND_DATA)) == (True, [])
    return registry


# --- refusals --------------------------------------------------------------------------------

REFUSALS = [
    (Fault.REFUSE, None, PROVIDE, xds.read_response, "XDSRepositoryError"),
    (Fault.REFUSE, "XDSUnknownPatientId", PROVIDE, xds.read_response, "XDSUnknownPatientId"),
    (Fault.REFUSE, None, FIND, xds.read_query_response, "XDSRegistryError"),
    (Fault.REFUSE, "XDSTooManyResults", FIND, xds.read_query_response, "XDSTooManyResults"),
    (Fault.REFUSE, None, FETCH, xds.read_retrieved, "XDSRepositoryError"),
    (Fault.BUSY, None, PROVIDE, xds.read_response, "XDSRepositoryBusy"),
    (Fault.BUSY, None, FIND, xds.read_query_response, "XDSRegistryBusy"),
    (Fault.BUSY, None, FETCH, xds.read_retrieved, "XDSRepositoryBusy"),
]


@pytest.mark.parametrize(("fault", "code", "message", "read", "expected"), REFUSALS)
def test_refusals(registry, fault, code, message, read, expected) -> None:
    registry.order(fault, code=code)
    answer = post(registry, message)
    assert xds.check_message(answer.body, answer.content_type).findings == ()
    response = read(answer.body, answer.content_type)
    assert (answer.status, response.status) == (200, xds.ResponseStatus.FAILURE)
    assert codes(response) == [expected]
    assert registry.entries == ()
    (received,) = registry.received
    assert (received.fault, received.codes) == (fault, (expected,))


# --- no answer of XDS ------------------------------------------------------------------------


def test_a_soap_fault(registry) -> None:
    registry.order(Fault.FAULT, code="id card expired")
    answer = post(registry, PROVIDE)
    assert answer.status == 500
    with pytest.raises(xds.SoapFault) as caught:
        xds.read_response(answer.body, answer.content_type)
    assert (caught.value.codes, caught.value.reason) == (("soap:Receiver",), "id card expired")
    assert registry.entries == ()


def test_the_page_of_a_gateway(registry) -> None:
    registry.order(Fault.HTML)
    answer = post(registry, PROVIDE)
    assert (answer.status, answer.headers) == (502, {"Content-Type": "text/html; charset=UTF-8"})
    with pytest.raises(apd.ParseError):
        xds.read_response(answer.body, answer.content_type)
    assert registry.entries == ()


def test_a_time_out(registry) -> None:
    registry.order(Fault.TIME_OUT, seconds=7)
    with pytest.raises(NoAnswer) as caught:
        post(registry, PROVIDE)
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.seconds == 7
    assert registry.entries == ()


def test_a_lost_answer(registry) -> None:
    registry.order(Fault.LOSE_ANSWER)
    with pytest.raises(AnswerLost) as caught:
        post(registry, PROVIDE)
    assert isinstance(caught.value, ConnectionError)
    assert [found.unique_id for found in registry.approved()] == [FIRST.id]
    assert registry.received[0].status is None
    assert outcome(registry, provided(entry(FIRST), DATA)) == (
        False,
        ["XDSDuplicateUniqueIdInRegistry"],
    )


# --- answers that are late, or not whole -----------------------------------------------------


def test_a_slow_answer() -> None:
    waited: list[float] = []
    registry = Registry(sleep=waited.append)
    registry.order(Fault.SLOW, seconds=3)
    assert outcome(registry, PROVIDE) == (True, [])
    assert waited == [3]


def test_a_submission_in_part(registry) -> None:
    registry.order(Fault.PARTIAL_SUCCESS)
    response = xds.read_response(post(registry, PROVIDE).body)
    assert (response.status, codes(response)) == (PARTIAL, ["XDSExtraMetadataNotSaved"])
    assert len(registry.approved()) == 1


def test_a_question_in_part(full) -> None:
    full.order(Fault.PARTIAL_SUCCESS)
    response = asked(full, xds.find_documents(CPR))
    assert (response.status, codes(response)) == (PARTIAL, ["XDSUnavailableCommunity"])
    assert response.entries == full.entries


def test_documents_in_part(full) -> None:
    full.order(Fault.PARTIAL_SUCCESS)
    response = fetched(full, *full.entries)
    assert (response.status, codes(response)) == (PARTIAL, ["XDSDocumentUniqueIdError"])
    assert [found.data for found in response.documents] == [DATA]


@pytest.mark.parametrize("fault", [Fault.PARTIAL_SUCCESS, Fault.CONSENT_FILTER])
def test_a_failure_stays_one(registry, fault) -> None:
    registry.order(fault, times=2)
    response = asked(registry, xds.Query("urn:uuid:00000000-0000-0000-0000-000000000001", []))
    assert (response.status, codes(response)) == (
        xds.ResponseStatus.FAILURE,
        ["XDSUnknownStoredQuery"],
    )


# --- consent ---------------------------------------------------------------------------------

WITHHELD = [((), 0), ([FIRST.id], 1), (["1.2.208.184^other"], 2)]


@pytest.mark.parametrize(("withheld", "rest"), WITHHELD)
def test_what_is_withheld_does_not_come(full, withheld, rest) -> None:
    full.order(Fault.CONSENT_FILTER, times=3, withheld=withheld)
    question = xds.find_documents(CPR)
    found = asked(full, question)
    refs = asked(full, xds.Query(question.id, question.parameters, xds.Return.REFERENCES))
    documents = fetched(full, *full.entries)
    assert found.entries == full.entries[2 - rest :]
    assert refs.references == tuple(entry.entry_uuid for entry in full.entries[2 - rest :])
    assert [one.data for one in documents.documents] == [DATA, SECOND_DATA][2 - rest :]
    for response in (found, refs, documents):
        assert response.succeeded
        assert response.is_filtered
        assert [error.severity for error in response.errors] == [Severity.WARNING]


def test_a_consent_filter_waits_for_who_reads(registry) -> None:
    registry.order(Fault.CONSENT_FILTER)
    assert outcome(registry, PROVIDE) == (True, [])
    assert asked(registry, xds.find_documents(CPR)).is_filtered


# --- which messages --------------------------------------------------------------------------


def test_orders_are_used_up_in_their_order(registry) -> None:
    registry.order(Fault.BUSY, times=2)
    registry.order(Fault.REFUSE, code="XDSUnknownPatientId")
    answers = [outcome(registry, PROVIDE) for _ in range(4)]
    assert answers == [
        *[(False, ["XDSRepositoryBusy"])] * 2,
        (False, ["XDSUnknownPatientId"]),
        (True, []),
    ]


def test_an_order_for_one_transaction(registry) -> None:
    registry.order(Fault.REFUSE, transaction=Transaction.UPDATE)
    assert outcome(registry, PROVIDE) == (True, [])
    assert outcome(registry, deprecated(OF_FIRST)) == (False, ["XDSRegistryError"])
    assert outcome(registry, deprecated(OF_FIRST)) == (True, [])


def test_a_fault_by_its_name(registry) -> None:
    registry.order("busy")
    assert outcome(registry, PROVIDE) == (False, ["XDSRepositoryBusy"])
    with pytest.raises(ValueError, match="on strike"):
        registry.order("on strike")


def test_a_message_that_cannot_be_read_meets_the_order_too(registry) -> None:
    body = PROVIDE.body.replace(b"rim:RegistryPackage", b"rim:Package")
    registry.order(Fault.HTML)
    assert registry.receive(body, PROVIDE.content_type).status == 502
    answer = registry.receive(body, PROVIDE.content_type)
    assert codes(xds.read_response(answer.body)) == ["XDSRepositoryMetadataError"]
