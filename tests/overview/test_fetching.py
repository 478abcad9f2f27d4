"""A patient's documents are found, retrieved and checked: what is shown, and what is told."""

import base64
import hashlib
import json
import pickle
import re
from collections.abc import Callable
from typing import Any

import pytest
from attrs import define, evolve, field

import apd
from apd import overview as ov
from apd import xds
from apd.overview import fetching
from apd.overview.fetch_problems import FetchProblem, FetchProblemKind
from apd.publication import Reply
from apd.testing.registry import Fault, Registry, Transaction
from apd.testing.registry.registry import REPOSITORY
from apd.xds.ebxml.error_codes import ERROR_CODES
from apd.xds.metadata.attribute_formats import write_unique_id
from tests import samples
from tests.overview import kit
from tests.testing import messages

SECRET = "Samtale om misbrug"
OASIS = "urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:"
ELSEWHERE = "1.2.208.176.43210.8.99.12"


@define
class Place:
    """A registry with a repository, and what stands in its answers in place of what it wrote."""

    registry: Registry = field(factory=Registry)
    changes: list[Callable[[bytes], bytes]] = field(factory=list)
    sent: list[xds.Message] = field(factory=list)

    def post(self, message: xds.Message) -> Reply:
        self.sent.append(message)
        answer = self.registry.receive(message.body, message.content_type)
        body = answer.body
        for change in self.changes:
            body = change(body)
        return Reply(body, answer.content_type if body.startswith(b"--") else None)

    def fetch(self, **given: Any) -> fetching.Fetched:
        return fetching.fetch(kit.PATIENT, self.post, **given)


def stored(place: Place, number: int, data: bytes | None = None, **changes: Any) -> Any:
    """A document in the registry; its bytes, or attributes of its entry, may be others."""
    document = kit.document(number, kit.schedule(f"2026-03-{number:02} 10:00", "10:30"))
    right = apd.dumps(document)
    entry = evolve(
        messages.entry(document),
        **{
            "hash": hashlib.sha1(right).hexdigest(),
            "size": len(right),
            "repository_unique_id": REPOSITORY,
            **changes,
        },
    )
    place.registry.put(entry, right if data is None else data)
    return entry


def kinds(fetched: fetching.Fetched) -> list[tuple[str, str]]:
    return [(one.kind.value, one.code) for one in fetched.problems]


def shown(fetched: fetching.Fetched) -> ov.Overview:
    return ov.make_overview(
        fetched.entries, patient=kit.PATIENT, viewer=kit.NURSE, now=kit.at("2026-03-01 08:00")
    )


def days(fetched: fetching.Fetched) -> list[int]:
    return [one.start.day for one in shown(fetched).appointments]


@pytest.fixture
def place() -> Place:
    return Place()


# --- what is right -------------------------------------------------------------------------------


def test_found_retrieved_and_shown(place) -> None:
    for number in (3, 4):
        stored(place, number)
    fetched = place.fetch()
    assert (days(fetched), fetched.problems, fetched.is_complete) == ([3, 4], (), True)
    assert not shown(fetched).is_incomplete
    assert [one.transaction.number for one in place.sent] == ["ITI-18", "ITI-43"]


def test_each_repository_of_each_community_is_asked_once(place) -> None:
    stored(place, 3)
    stored(place, 4, repository_unique_id=ELSEWHERE)
    stored(place, 5, repository_unique_id=ELSEWHERE, home_community_id="1.2.208.176.43210.8.20")
    stored(place, 6)
    fetched = place.fetch()
    assert (days(fetched), fetched.problems) == ([3, 4, 5, 6], ())
    assert place.registry.count(Transaction.RETRIEVE) == 3


def test_more_than_one_answer_can_hold_is_asked_for_in_parts(place, monkeypatch) -> None:
    monkeypatch.setattr(fetching, "MAX_REQUESTED", 2)
    for number in (3, 4, 5):
        stored(place, number)
    assert days(place.fetch()) == [3, 4, 5]
    assert place.registry.count(Transaction.RETRIEVE) == 2


def test_the_period_and_the_status_are_asked_for(place) -> None:
    for number in (3, 4, 5):
        stored(place, number)
    stored(place, 6, availability_status=xds.AvailabilityStatus.DEPRECATED)
    window = {
        "starts_from": kit.at("2026-03-04 00:00"),
        "starts_before": kit.at("2026-03-05 00:00"),
    }
    assert days(place.fetch(**window)) == [4]
    fetched = place.fetch(statuses=xds.AvailabilityStatus)
    assert days(fetched) == [3, 4, 5]
    assert [one.start.day for one in shown(fetched).cancelled] == [6]


def test_the_same_awaited(place) -> None:
    stored(place, 3)

    async def post(message: xds.Message) -> Reply:
        return place.post(message)

    awaited = fetching.fetch_async(kit.PATIENT, post)
    with pytest.raises(StopIteration) as done:  # nothing in it waits, so no loop is needed
        awaited.send(None)
    assert done.value.value == place.fetch()


def test_who_asks_without_a_cpr_number_is_refused(place) -> None:
    with pytest.raises(apd.InvalidValue, match="patient"):
        fetching.fetch("2512489996", place.post)  # type: ignore[arg-type]


# --- what others write ---------------------------------------------------------------------------


def inline(body: bytes) -> bytes:
    """An answer with its documents in it, in base64, and not beside it in a package."""
    if not body.startswith(b"--"):
        return body
    boundary = body.partition(b"\r\n")[0]
    pieces = body.split(boundary)[1:-1]
    envelope, *documents = [
        piece.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n") for piece in pieces
    ]
    for document in documents:
        envelope = re.sub(rb"<xop:Include[^>]*/>", base64.encodebytes(document), envelope, count=1)
    return envelope


FOREIGN = {
    "as it is": lambda body: body,
    "base64 in the answer": inline,
    "OASIS's older URN": lambda body: body.replace(
        b"urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success",
        b"urn:oasis:names:tc:ebxml-regrep:rs:3.0:ResponseStatusType:Success",
    ),
    "an association without id": lambda body: body.replace(
        b"</rim:RegistryObjectList>",
        b'<rim:Association associationType="urn:oasis:names:tc:ebxml-regrep:AssociationType:'
        b'HasMember" sourceObject="a" targetObject="b"/></rim:RegistryObjectList>',
    ),
}


@pytest.mark.parametrize("shape", FOREIGN)
def test_what_others_write_is_read(place, shape) -> None:
    for number in (3, 4):
        stored(place, number)
    place.changes.append(FOREIGN[shape])
    fetched = place.fetch()
    assert (days(fetched), fetched.problems) == ([3, 4], ())


def test_a_unique_id_may_be_the_uuid_alone(place) -> None:
    stored(place, 3, unique_id=samples.medcom_id(3).value)
    fetched = place.fetch()
    assert (days(fetched), fetched.problems) == ([3], ())


def test_a_unique_id_that_is_no_oid_is_asked_for_and_found_to_be_another(place) -> None:
    stored(place, 3)
    stored(place, 4, unique_id="aftale-4")
    fetched = place.fetch()
    assert days(fetched) == [3]
    assert [(one.kind.value, one.document_id) for one in fetched.problems] == [
        ("other-document", "aftale-4")
    ]


# --- what is not what it should be ---------------------------------------------------------------

OTHERS = apd.CprNumber("2512489996")
OF_ANOTHER = apd.dumps(
    kit.document(4, kit.schedule("2026-03-04 10:00", "10:30"), patient=samples.patient(id=OTHERS))
)
TAMPERED = {
    # what is wrong: the bytes, attributes of the entry; what is told
    "bytes": (
        apd.dumps(kit.document(4, kit.schedule("2026-03-04 10:00", "10:30"))) + b"\n",
        {},
        "other-document",
    ),
    "hash": (None, {"hash": "0" * 40}, "other-document"),
    "size": (None, {"size": 1}, "other-document"),
    "another id": (None, {"unique_id": samples.medcom_id(77)}, "other-document"),
    "no document": (b"<html/>", {}, "other-document"),
    "nothing": (b"", {}, "not-retrieved"),
    "another patient": (OF_ANOTHER, {"hash": None, "size": None}, "other-document"),
    "another format": (
        None,
        {"format_code": apd.Code("urn:ad:dk:medcom:phmr:full", "1.2.208.184.100.10", "PHMR")},
        "other-document",
    ),
    "no repository": (None, {"repository_unique_id": None}, "no-place"),
}


@pytest.mark.parametrize("wrong", TAMPERED)
def test_what_fails_a_check_is_left_out_and_reported(place, wrong) -> None:
    data, changes, kind = TAMPERED[wrong]
    stored(place, 3)
    entry = stored(place, 4, data, **changes)
    fetched = place.fetch()
    assert days(fetched) == [3]
    assert [(one.kind.value, one.document_id) for one in fetched.problems] == [
        (kind, write_unique_id(entry.unique_id))
    ]
    assert not fetched.is_complete
    made = shown(fetched)
    assert "incomplete" in [notice.key for notice in made.notices]
    for language in ("da", "en"):
        [message] = [one.message(language) for one in fetched.problems]
        assert_names_nobody(message)


def assert_names_nobody(text: str) -> None:
    for personal in (samples.CPR, OTHERS.value, "Solveig", "Tranekær", "Kontrol af knæ"):
        assert personal not in text


def test_an_entry_of_another_patient_is_never_retrieved(place) -> None:
    stored(place, 3)
    entry = stored(place, 4, OF_ANOTHER, patient_id=OTHERS)
    registry, place.registry = place.registry, Registry()
    asked = registry.receive(*_question(OTHERS))
    foreign = Place()
    answers = iter([Reply(asked.body, asked.content_type)])
    fetched = fetching.fetch(kit.PATIENT, lambda _: next(answers))
    assert kinds(fetched) == [("other-patient", "")]
    assert fetched.problems[0].document_id == write_unique_id(entry.unique_id)
    assert foreign.sent == []
    assert days(fetched) == []
    assert_names_nobody(repr(fetched))


def _question(patient: apd.CprNumber) -> tuple[bytes, str]:
    asked = xds.query(xds.find_documents(patient), messages.header())
    return asked.body, asked.content_type


# --- what is withheld ----------------------------------------------------------------------------


@pytest.mark.parametrize("transaction", [Transaction.QUERY, Transaction.RETRIEVE])
@pytest.mark.parametrize("status", ["Success", "PartialSuccess"])
def test_what_is_withheld_is_reported_and_nothing_more(place, transaction, status) -> None:
    stored(place, 3)
    success = b"urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Success"
    other = f"urn:ihe:iti:2007:ResponseStatusType:{status}".encode()
    place.changes.append(
        lambda body: body.replace(success, other) if b"Consent Filter" in body else body
    )
    place.registry.order(
        Fault.CONSENT_FILTER, transaction=transaction, withheld=[samples.medcom_id(4)]
    )
    without = place.fetch()
    hidden = stored(place, 4, title=SECRET)
    place.registry.order(Fault.CONSENT_FILTER, transaction=transaction, withheld=[hidden.unique_id])
    fetched = place.fetch()
    assert fetched == without
    assert pickle.dumps(fetched) == pickle.dumps(without)
    assert (days(fetched), fetched.problems, fetched.is_complete) == ([3], (), True)
    made = shown(fetched)
    assert (made.has_withheld, made.is_incomplete) == (True, False)
    everything = repr(fetched) + json.dumps(ov.as_data(made), ensure_ascii=False)
    assert write_unique_id(hidden.unique_id) not in everything
    assert SECRET not in everything


def test_all_is_withheld_also_by_a_refusal(place) -> None:
    stored(place, 3)
    place.registry.order(Fault.CONSENT_FILTER, transaction=Transaction.QUERY)
    place.changes.append(lambda body: body.replace(b"Type:Success", b"Type:Failure"))
    fetched = place.fetch()
    assert (fetched.entries, fetched.problems) == ((ov.Withheld(),), ())


def test_that_a_withheld_document_is_gone_is_not_reported(place) -> None:
    stored(place, 3)
    hidden = stored(place, 4)
    place.registry.order(
        Fault.CONSENT_FILTER, transaction=Transaction.RETRIEVE, withheld=[hidden.unique_id]
    )
    also = b"".join(
        b'<rs:RegistryError codeContext="Samtale om misbrug" errorCode="%b"'
        b' severity="urn:oasis:names:tc:ebxml-regrep:ErrorSeverityType:Error"/>' % code
        for code in (b"XDSDocumentUniqueIdError", b"XDSRepositoryBusy")
    )
    place.changes.append(
        lambda body: body.replace(b"</rs:RegistryErrorList>", also + b"</rs:RegistryErrorList>")
    )
    fetched = place.fetch()
    assert (days(fetched), kinds(fetched)) == ([3], [("error", "XDSRepositoryBusy")])
    assert [problem.context for problem in fetched.problems] == [""]


def test_a_withheld_document_may_come_empty(place) -> None:
    entries = [stored(place, 3), stored(place, 4, b"")]
    place.registry.order(
        Fault.CONSENT_FILTER,
        transaction=Transaction.RETRIEVE,
        withheld=[samples.medcom_id(77)],
    )
    fetched = place.fetch()
    assert (days(fetched), fetched.problems) == ([3], ())
    assert shown(fetched).has_withheld
    assert write_unique_id(entries[1].unique_id) not in repr(fetched)


# --- what a registry and a repository say --------------------------------------------------------


def test_every_code_of_the_table_is_explained(place) -> None:
    for code in ERROR_CODES:
        for transaction in (Transaction.QUERY, Transaction.RETRIEVE):
            place.registry.clear()
            stored(place, 3)
            place.registry.order(Fault.REFUSE, code=f"urn:x:{code}", transaction=transaction)
            fetched = place.fetch()
            assert kinds(fetched) == [("error", code)]
            [problem] = fetched.problems
            assert problem.is_temporary == ERROR_CODES[code].is_temporary
            for language in ("da", "en"):
                reported = problem.message(language)
                assert reported.startswith(f"{transaction.number} {code}: ")
                assert ERROR_CODES[code].meaning.in_language(language) in reported
                assert ERROR_CODES[code].advice.in_language(language) in reported
            made = shown(fetched)
            assert (made.is_incomplete, made.has_withheld) == (True, False)
            assert made.nothing_upcoming == "Ingen kommende aftaler kan vises."


FAULTS = [
    (Fault.FAULT, "fault", False),
    (Fault.HTML, "not-understood", False),
    (Fault.TIME_OUT, "no-answer", True),
    (Fault.REFUSE, "error", False),
]


@pytest.mark.parametrize(("fault", "kind", "is_temporary"), FAULTS)
@pytest.mark.parametrize("transaction", [Transaction.QUERY, Transaction.RETRIEVE])
def test_one_that_fails_does_not_stop_the_others(
    place, fault, kind, is_temporary, transaction
) -> None:
    stored(place, 3)
    stored(place, 4, repository_unique_id=ELSEWHERE)
    place.registry.order(fault, transaction=transaction, code="Unauthorized Role")
    fetched = place.fetch()
    assert [(one.kind.value, one.is_temporary) for one in fetched.problems] == [
        (kind, is_temporary)
    ]
    assert days(fetched) == ([] if transaction is Transaction.QUERY else [4])
    assert not fetched.is_complete


@pytest.mark.parametrize(
    ("transaction", "reported", "seen"),
    [
        (Transaction.QUERY, [("partial", ""), ("error", "XDSUnavailableCommunity")], [3, 4]),
        (
            Transaction.RETRIEVE,
            [("partial", ""), ("error", "XDSDocumentUniqueIdError"), ("not-retrieved", "")],
            [3],
        ),
    ],
)
@pytest.mark.parametrize("urn", ["urn:ihe:iti:2007:ResponseStatusType:", OASIS])
def test_a_partial_success(place, transaction, reported, seen, urn) -> None:
    for number in (3, 4):
        stored(place, number)
    place.registry.order(Fault.PARTIAL_SUCCESS, transaction=transaction)
    place.changes.append(
        lambda body: body.replace(b"urn:ihe:iti:2007:ResponseStatusType:", urn.encode())
    )
    fetched = place.fetch()
    assert (kinds(fetched), days(fetched)) == (reported, seen)
    assert shown(fetched).is_incomplete


def test_a_refusal_that_gives_no_reason_is_not_understood(place) -> None:
    stored(place, 3)
    place.changes.append(lambda body: body.replace(b"Type:Success", b"Type:Failure"))
    fetched = place.fetch()
    assert ("not-understood", "") in kinds(fetched)
    assert not fetched.is_complete


def test_a_document_that_is_found_twice_is_shown_once_by_the_entry_that_stands(place) -> None:
    gone = xds.AvailabilityStatus.DEPRECATED
    stored(place, 3)
    stored(place, 3, availability_status=gone)
    stored(place, 4, availability_status=gone)
    stored(place, 4)
    fetched = place.fetch(statuses=xds.AvailabilityStatus)
    assert (days(fetched), fetched.problems) == ([3, 4], ())
    assert len(fetched.entries) == 2


def test_three_in_a_row_without_an_answer_are_enough(place) -> None:
    for number in range(3, 9):
        stored(place, number, repository_unique_id=f"1.2.208.176.43210.8.99.{number}")
    place.registry.order(Fault.TIME_OUT, transaction=Transaction.RETRIEVE, times=9)
    fetched = place.fetch()
    assert kinds(fetched) == [("no-answer", "")] * 3
    assert fetched.entries == (ov.NotFetched(),)


def test_a_warning_is_reported_and_nothing_is_missing_for_it(place) -> None:
    stored(place, 3)
    place.registry.order(Fault.CONSENT_FILTER, transaction=Transaction.QUERY, withheld=["x"])
    place.changes.append(lambda body: body.replace(b"Consent Filter Applied", b"slow today"))
    fetched = place.fetch()
    assert kinds(fetched) == [("error", "XDSRegistryError")]
    assert (fetched.is_complete, days(fetched)) == (True, [3])


def test_a_header_that_cannot_be_had_is_as_no_answer(place) -> None:
    def header() -> str:
        raise ConnectionError

    assert kinds(place.fetch(header=header)) == [("no-answer", "")]


def test_the_message_of_a_problem_names_nobody() -> None:
    problem = FetchProblem(
        kind=FetchProblemKind.ERROR,
        transaction=Transaction.QUERY,
        code=f"X {samples.CPR}",
        context=f"{samples.CPR} is not known",
        document_id=f"{samples.CPR}",
    )
    for text in (repr(problem), problem.message("da"), problem.message("en")):
        assert samples.CPR not in text
