"""The MIME package: other parsers find the very bytes in it, and others' packages are read."""

import base64
import email
from email.policy import HTTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd import xds
from apd.limits import MAX_PARTS
from apd.xds.soap.mtom import PackagePart, read_package, write_package
from tests.xds.making import header, submission
from tests.xds.test_messages import DATA, MADE

# bytes that a careless writer or reader would change
CONTENTS = st.binary(max_size=60) | st.lists(
    st.sampled_from([b"\r", b"\n", b"\r\n", b"-", b"--", b"--b", b"--b--", b" ", b"\x00", b"\xc3"])
).map(b"".join)


def package(content, envelope=b"<a/>", boundary="b", version=xds.SoapVersion.V1_2):
    """A package around some bytes."""
    return write_package(
        envelope,
        [PackagePart("text/xml", "part@example.dk", content)],
        action="urn:x",
        version=version,
        boundary=boundary,
    )


@given(CONTENTS, CONTENTS)
def test_bytes_are_the_same(content, envelope) -> None:
    content_type, body = package(content, envelope)
    assert read_package(body, content_type) == (
        envelope,
        {"message@dk-apd": envelope, "part@example.dk": content},
    )


@given(CONTENTS)
def test_another_parser_finds_the_same(content) -> None:
    """By the letter of RFC 2046: split at the delimiters, and each part at its empty line."""
    content_type, body = package(content)
    boundary = content_type.partition('boundary="')[2].partition('"')[0].encode()
    before, *parts, after = (b"\r\n" + body).split(b"\r\n--" + boundary)
    assert (before, after) == (b"", b"--\r\n")
    assert [part.partition(b"\r\n\r\n")[2] for part in parts] == [b"<a/>", content]


def test_the_parser_of_the_standard_library_finds_the_same() -> None:
    message = MADE["new"](header())
    found = email.message_from_bytes(bytes(message), policy=HTTP)
    root, part = found.iter_parts()
    assert found.get_content_type() == "multipart/related"
    assert root["Content-ID"] == "<message@dk-apd>" == found["Content-Type"].params["start"]
    assert root["Content-Type"].params["type"] == "application/soap+xml"
    assert part.get_payload(decode=True) == DATA
    assert f'href="cid:{part["Content-ID"][1:-1]}"' in root.get_payload()
    assert {p["Content-Transfer-Encoding"] for p in (root, part)} == {"binary"}


def test_lines_of_the_package_end_in_crlf() -> None:
    _, body = package(b"1\n2")
    head = body.replace(b"1\n2", b"")
    assert head.count(b"\n") == head.count(b"\r\n")


def test_a_boundary_that_stands_in_the_document() -> None:
    content_type, body = package(b"--limit\r\n--limit--", boundary="limit")
    assert 'boundary="limit-x"' in content_type
    assert read_package(body, content_type)[1]["part@example.dk"] == b"--limit\r\n--limit--"


@pytest.mark.parametrize("symbol", ["Document01", "<dokument>", 'å"%&', "a@b"])
def test_any_symbolic_id(symbol) -> None:
    sent = submission()
    made = xds.document_entry(apd.loads(DATA), _CONFIGURATION, entry_uuid=symbol)
    message = xds.provide_and_register(xds.publish(made, sent.submission_set), DATA, header())
    assert message.body.isascii() or message.body.decode()
    assert xds.read_document(message.body, message.content_type) == DATA
    assert xds.read_submission(message.body, message.content_type).entry.entry_uuid == symbol


_CONFIGURATION = xds.ProducerConfiguration(
    healthcare_facility_type_code="22232009", practice_setting_code="394801008"
)

# --- packages of others ----------------------------------------------------------------------

ANSWER = xds.write_response(xds.RegistryResponse(xds.ResponseStatus.SUCCESS)).encode()
PART = b"--x\r\nContent-Type: application/xop+xml\r\n"
KIND = 'multipart/related; boundary="x"'
PACKAGES = [
    (KIND, PART + b"\r\n" + ANSWER + b"\r\n--x--\r\n"),
    (KIND, b"hello\r\n" + PART + b"\r\n" + ANSWER + b"\r\n--x--\r\nbye"),
    (KIND, PART + b"\r\n" + ANSWER),  # cut short
    (KIND, (PART + b"\r\n" + ANSWER + b"\r\n--x--\r\n").replace(b"\r\n", b"\n")),
    ("Multipart/Related;\r\n boundary=x; start=root",
     PART + b"Content-ID: <other>\r\n\r\n<a/>\r\n" + PART + b"Content-ID: <root>\r\n\r\n" + ANSWER
     + b"\r\n--x--"),
    (KIND, PART + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(ANSWER)
     + b"\r\n--x--"),
    (KIND + '; start="<not here>"', PART + b"\r\n" + ANSWER + b"\r\n--x--\r\n"),
    ("application/soap+xml", ANSWER),
    (None, ANSWER),
]  # fmt: skip


@pytest.mark.parametrize(("content_type", "body"), PACKAGES)
def test_packages_of_others(content_type, body) -> None:
    assert xds.read_response(body, content_type).succeeded


NESTED = PART + b"\r\n" + b"--x\r\nContent-Type:\r\n multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\n"
NO_PACKAGES = [
    (KIND, b""),
    (KIND, ANSWER),
    (KIND, NESTED),
    (KIND, PART.replace(b"application/xop+xml", b"message/rfc822") + b"\r\n"),
    (KIND, PART + b"\r\n\xff\xfe\r\n--x--"),
    ("multipart/related", PART + b"\r\n" + ANSWER),
    ("multipart/related; boundary=", PART),
    ("multipart/digest; boundary=x", PART),
    ("multipart/related; boundary=æ\x00\n", PART),
]


@pytest.mark.parametrize(("content_type", "body"), NO_PACKAGES)
def test_no_packages(content_type, body) -> None:
    with pytest.raises(apd.ParseError):
        xds.read_response(body, content_type)


def test_a_package_has_so_many_parts() -> None:
    parts = "".join(f"--x\r\nContent-ID: <{n}>\r\n\r\na\r\n" for n in range(MAX_PARTS + 1))
    with pytest.raises(apd.ParseError, match=f"more than {MAX_PARTS} parts"):
        read_package(f"{parts}--x--\r\n".encode(), 'multipart/related; boundary="x"')
