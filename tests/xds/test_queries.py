"""Questions to a registry: which stored query, and its parameters in their form."""

import pytest

import apd
from apd import xds
from tests.xds.making import OLD, header

CPR = apd.CprNumber("0503129900")
DOCUMENT = apd.MedComId("00000000-0000-0000-0000-000000000001")
APPROVED = "('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved')"
DEPRECATED = "('urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated')"
TYPE = "('39289-4^^2.16.840.1.113883.6.1')"

PATIENT = ("$XDSDocumentEntryPatientId", ("'0503129900^^^&1.2.208.176.1.2&ISO'",))
QUESTIONS = [
    (
        xds.find_documents(CPR),
        "urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d",
        [
            PATIENT,
            ("$XDSDocumentEntryStatus", (APPROVED,)),
            ("$XDSDocumentEntryTypeCode", (TYPE,)),
        ],
    ),
    (
        xds.find_documents(
            CPR,
            types=(),
            statuses=xds.AvailabilityStatus,
            starts_from=apd.local_time(2026, 3, 29, 3),
            starts_before=apd.local_time(2026, 10, 25, 4),
        ),
        "urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d",
        [
            PATIENT,
            ("$XDSDocumentEntryStatus", (APPROVED, DEPRECATED)),
            ("$XDSDocumentEntryServiceStartTimeFrom", ("20260329010000",)),
            ("$XDSDocumentEntryServiceStartTimeTo", ("20261025030000",)),
        ],
    ),
    (
        xds.get_documents(unique_ids=[DOCUMENT, apd.Identifier("1.2.3", "O'Hara")]),
        "urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4",
        [
            (
                "$XDSDocumentEntryUniqueId",
                (f"('1.2.208.184^{DOCUMENT.value}')", "('1.2.3^O''Hara')"),
            )
        ],
    ),
    (
        xds.get_documents(entry_uuids=[OLD]),
        "urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4",
        [("$XDSDocumentEntryEntryUUID", (f"('{OLD}')",))],
    ),
]


@pytest.mark.parametrize(("question", "id_", "parameters"), QUESTIONS)
def test_question(question, id_, parameters) -> None:
    assert question.id == id_
    assert [(slot.name, slot.values) for slot in question.parameters] == parameters


def test_message() -> None:
    question = xds.get_documents(
        entry_uuids=[OLD], returns=xds.Return.REFERENCES, home_community_id="1.2.208.176.8.1"
    )
    body = xds.query(question, header()).body.decode()
    assert 'returnType="ObjectRef"' in body
    assert 'home="urn:oid:1.2.208.176.8.1"' in body
    assert xds.check_message(body.encode()).findings == ()


@pytest.mark.parametrize("asked", [{}, {"unique_ids": [DOCUMENT], "entry_uuids": [OLD]}])
def test_one_of_the_two(asked) -> None:
    with pytest.raises(apd.InvalidValue, match="unique_ids or entry_uuids"):
        xds.get_documents(**asked)


def test_no_entry_uuid() -> None:
    with pytest.raises(apd.InvalidValue, match="entry_uuids is not an entry UUID"):
        xds.get_documents(entry_uuids=["Document01"])


def test_patients_are_not_shown() -> None:
    assert "0503129900" not in repr(xds.find_documents(CPR))
