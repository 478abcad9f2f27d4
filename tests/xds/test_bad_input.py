"""Messages that are broken, hostile or something else: values or an error of ours, and soon."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd import xds
from apd.testing.registry import Registry
from tests.model.refusal import assert_silent
from tests.xds.making import SECRETS, entry, header
from tests.xds.test_messages import MADE

SECONDS = 10
NEW = MADE["new"](header())
UPDATE = MADE["deprecate"](header())
FOUND = xds.write_response(
    xds.QueryResponse(xds.ResponseStatus.SUCCESS, [xds.RegistryError("X", "0503129900")], [entry()])
).encode()

READERS = (
    xds.read_response,
    xds.read_query_response,
    xds.read_retrieved,
    xds.read_submission,
    xds.read_document,
    xds.check_message,
)


@contextmanager
def soon() -> Iterator[None]:
    """What is inside takes a bounded time of this process, however busy the machine is."""
    begin = time.process_time()
    yield
    assert time.process_time() - begin < SECONDS


def outcomes(body: bytes, content_type: str | None = None) -> list[apd.ApdError]:
    """The errors of every reader, which say nothing personal."""
    errors = []
    for read in READERS:
        try:
            with soon():
                read(body, content_type)
        except apd.ApdError as error:
            assert_silent(error, *SECRETS)
            errors.append(error)
    return errors


NOTHING = [
    b"", b" ", b"\x00", b"<", b"<a>", b"%PDF-1.7", b"--x\r\n", b"<a/>", b"<a xmlns='urn:x'/>",
    b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', b"<?xml version='1.0' encoding='x'?><a/>",
    b"<a>" * 300 + b"</a>" * 300, FOUND[:-1], NEW.body,
]  # fmt: skip


@pytest.mark.parametrize("body", NOTHING)
def test_nothing_can_be_made_of_it(body) -> None:
    errors = outcomes(body)
    assert len(errors) == len(READERS) - 1  # the check of the structure has findings instead
    assert all(isinstance(error, apd.ParseError) and error.findings for error in errors)
    assert xds.check_message(body).findings


ENTITIES = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
HOSTILE = [
    ("application/soap+xml", ENTITIES),
    ('multipart/related; boundary="x"', b"--x\r\n\r\n" + ENTITIES + b"\r\n--x--"),
    ('multipart/related; boundary="x"', b"--x\r\n" * 20_000),
    ('multipart/related; boundary="x"', b"--x\r\n\r\n" + b"\r\n" * 50_000),
    ('multipart/related; boundary="x"', b"--x\r\n" + b"a: b\r\n" * 20_000),
    ('multipart/related; boundary="x"', b"".join(
        b"--x%d\r\nContent-Type: multipart/mixed; boundary=x%d\r\n\r\n" % (n, n + 1)
        for n in range(3000)
    )),
    ("multipart/related; boundary=" + "x" * 100_000, b""),
    ('multipart/related; boundary*=utf-99\'\'%FF; start*0="', b""),
    ("text/xml; charset=utf-99", FOUND[:50]),
]  # fmt: skip


@pytest.mark.parametrize(("content_type", "body"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile(content_type, body) -> None:
    assert len(outcomes(body, content_type)) == len(READERS) - 1


def test_too_long() -> None:
    with pytest.raises(apd.ParseError, match="bytes"):
        xds.read_response(b" " * (32 * 1024 * 1024 + 1))


@given(st.binary(max_size=100), st.text(max_size=60) | st.just('multipart/related; boundary="x"'))
def test_any_bytes(body, content_type) -> None:
    outcomes(body, content_type)
    outcomes(b"--x\r\n" + body, 'multipart/related; boundary="x"')


MESSAGES = [(NEW.body, NEW.content_type), (UPDATE.body, None), (FOUND, None)]


def with_hole(message: tuple[bytes, str | None], data: st.DataObject) -> tuple[bytes, str | None]:
    """A message in which something is missing, or something else stands."""
    body, content_type = message
    begin = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(begin, min(len(body), begin + 300)))
    instead = data.draw(st.sampled_from([b"", b"<", b'"', b"\r\n", b"<rim:Slot/>", b"^&|"]))
    return body[:begin] + instead + body[end:], content_type


@given(st.sampled_from(MESSAGES), st.data())
def test_a_message_with_a_hole(message, data) -> None:
    outcomes(*with_hole(message, data))


# --- a registry answers whatever it gets -----------------------------------------------------


def answered(body: bytes, content_type: str | None = None) -> bool:
    """Whether it is answered as XDS has it; else by a fault, which says nothing personal."""
    registry = Registry(check=False)
    assert registry.receive(NEW.body, NEW.content_type).status == 200
    with soon():
        answer = registry.receive(body, content_type)
    try:
        return xds.check_message(answer.body, answer.content_type).is_valid
    except xds.SoapFault as fault:
        assert_silent(fault, *SECRETS)
        assert not any(secret in fault.reason for secret in SECRETS)
        return False


@pytest.mark.parametrize(
    ("content_type", "body"),
    [*HOSTILE, *((None, body) for body in NOTHING)],
    ids=range(len(HOSTILE) + len(NOTHING)),
)
def test_a_registry_and_nothing_of_use(content_type, body) -> None:
    assert not answered(body, content_type)


FIND = xds.query(xds.find_documents(apd.CprNumber("0503129900")), header())
FETCH = xds.retrieve([evolve(entry(), repository_unique_id="1.2.3")], header())
ASKED = [*MESSAGES[:2], (FIND.body, None), (FETCH.body, None)]


@given(st.sampled_from(ASKED), st.data())
def test_a_registry_and_a_message_with_a_hole(message, data) -> None:
    answered(*with_hole(message, data))


# --- whole, yet not what it should be --------------------------------------------------------

SUBMITTED = UPDATE.body.decode()
WRONG = [
    (SUBMITTED.replace("RegistryPackage", "RegistryParcel"), "one submission set"),
    (SUBMITTED.replace("<rim:Association ", '<rim:RegistryPackage id="y"/><rim:Association '),
     "one submission set"),
    (SUBMITTED.replace("associationType=", "comment="), "An Association"),
    (SUBMITTED.replace("SubmitObjectsRequest", "RemoveObjectsRequest"), "not Provide"),
    (FOUND.decode(), "but AdhocQueryResponse"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "words"), WRONG)
def test_no_submission(body, words) -> None:
    with pytest.raises(apd.ParseError, match=words):
        xds.read_submission(body.encode())


PROVIDED = NEW.body.decode()
NO_DOCUMENT = [
    PROVIDED.replace("xdsb:Document ", "xdsb:Letter ").replace("xdsb:Document>", "xdsb:Letter>"),
    PROVIDED.replace('href="cid:', 'href="cid:x'),
    PROVIDED.replace("lcm:Submit", "lcm:Approve"),
    PROVIDED.replace("xop:Include", "xop:Exclude").replace("</xdsb:Document>", "æ</xdsb:Document>"),
]


@pytest.mark.parametrize("body", NO_DOCUMENT)
def test_no_document(body) -> None:
    with pytest.raises(apd.ParseError):
        xds.read_document(body.encode(), NEW.content_type)


def test_a_document_in_base64() -> None:
    stated = (
        '<ProvideAndRegisterDocumentSetRequest xmlns="urn:ihe:iti:xds-b:2007">'
        + SUBMITTED[SUBMITTED.index("<lcm:Submit") : SUBMITTED.index("</soap:Body>")]
        + '<Document id="x">PGEv\n Pg==</Document></ProvideAndRegisterDocumentSetRequest>'
    )
    assert xds.read_document(stated.encode()) == b"<a/>"


# --- what the description of the structure refuses -------------------------------------------

BROKEN = [
    ("<rim:ValueList>", "<rim:List>", "XSD-ELEMENT"),
    (' sourceObject="', ' source="', "XSD-ATTRIBUTE"),
    ("StatusType:Approved", "StatusType:Good", "XSD-VALUE"),
    ("urn:uuid:554ac39e", "urn:uuid:554ac39", "XSD-VALUE"),
    ("<rim:RegistryObjectList>", "<rim:RegistryObjectList>Aftale", "XSD-TEXT"),
    ('home="urn:oid:', 'home="', "XSD-VALUE"),
]


@pytest.mark.parametrize(("usual", "broken", "rule"), BROKEN)
def test_structure(usual, broken, rule) -> None:
    assert usual in SUBMITTED
    letters = SUBMITTED.replace(usual, broken, 1)
    if broken == "<rim:List>":
        letters = letters.replace("</rim:ValueList>", "</rim:List>", 1)
    report = xds.check_message(letters.encode(), language="da")
    assert rule in {finding.rule for finding in report.findings}
    assert not report.is_valid
    assert all(finding.language == "da" for finding in report.findings)
    shown = "".join(map(repr, report.findings))
    assert not [secret for secret in SECRETS if secret in shown]


def test_a_value_that_is_too_long() -> None:
    letters = SUBMITTED.replace("^Egeskov^", f"^{'E' * 256}^")
    assert xds.check_message(letters.encode()).findings[0].rule == "XSD-VALUE"
