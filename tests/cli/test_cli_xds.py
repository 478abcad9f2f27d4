"""``apd xds``: metadata and messages, what is masked in them, and what is refused."""

import json
import os
import re
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

import apd
from apd import xds
from tests.cli.inside import Result, call_inside
from tests.places import ROOT

DOCUMENT = ROOT / "examples" / "documents" / "hospital-visit.xml"
CPR = "2512489996"
ENTRY, OLD, SUBMISSION = (str(uuid.UUID(int=number)) for number in (10, 20, 30))
SOURCE = "1.2.208.176.43210.8.1.29"
CODES = ("--facility", "hospital", "--specialty", "Ortopædisk  KIRURGI")
FIXED = ("--entry-uuid", ENTRY, "--submission-uuid", SUBMISSION, "--now", "2026-02-02T09:31")

Call = Callable[..., Result]


@pytest.fixture
def call(monkeypatch) -> Call:
    """Calls ``apd xds`` on a document in this process."""
    return lambda *arguments, file=DOCUMENT, **more: call_inside(
        monkeypatch, "xds", file, *CODES, *arguments, **more
    )


@pytest.fixture
def entry() -> xds.DocumentEntry:
    """What the library makes of the document."""
    configuration = xds.ProducerConfiguration(
        healthcare_facility_type_code="22232009",
        practice_setting_code="394801008",
        source_id=SOURCE,
    )
    data = DOCUMENT.read_bytes()
    return xds.document_entry(
        apd.loads(data), configuration, entry_uuid=uuid.UUID(ENTRY), data=data
    )


def sent(message: bytes) -> xds.Submission:
    """The submission in a message with its headers."""
    head, _, body = message.partition(b"\r\n\r\n")
    content_type = re.search(rb"Content-Type: (.*)", head)
    assert content_type is not None
    assert xds.check_message(body, content_type[1].strip().decode()).is_valid
    return xds.read_submission(body, content_type[1].strip().decode())


# --- metadata --------------------------------------------------------------------------------


def test_a_table_with_every_attribute(apd_command, entry) -> None:
    result = apd_command("xds", DOCUMENT, *CODES, "--entry-uuid", ENTRY, "--show-cpr")
    lines = [line.split(maxsplit=1) for line in result.out.splitlines()]
    assert (result.status, result.err) == (0, "")
    assert lines == [
        [row.name, f"{row.value} ({row.display})" if row.display else row.value]
        for row in xds.metadata(entry)
    ]


def test_json(call, entry) -> None:
    result = call("--format", "json", "--entry-uuid", f"urn:uuid:{ENTRY}", "--show-cpr")
    assert json.loads(result.out) == xds.metadata_json(entry)


def test_fhir(call, entry) -> None:
    result = call("--format", "fhir", "--entry-uuid", ENTRY, "--replaces", OLD)
    replaced = xds.document_reference(entry, replaces=f"urn:uuid:{OLD}")
    assert json.loads(result.out) == replaced


@pytest.mark.parametrize("form", ["text", "json"])
def test_numbers_are_masked_for_people(call, form) -> None:
    masked = call("--format", form).out
    assert CPR not in masked
    assert "251248-****" in masked
    assert ('"masked": true' in masked) == (form == "json")


@pytest.mark.parametrize("form", ["fhir", "ebrim", "mime"])
def test_what_is_sent_is_in_the_clear(call, form) -> None:
    assert CPR in call("--format", form, "--source", SOURCE).out


def test_ids_are_new_each_time_unless_given(call) -> None:
    def entry_uuid() -> str:
        found: str = json.loads(call("--format", "json").out)["entryUUID"]
        return found

    assert entry_uuid() != entry_uuid()


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ([], "urn:oid:1.2.208.176.8.1"),
        (["--home-community", "test1"], "urn:oid:1.2.208.176.43210.8.10"),
        (["--home-community", "urn:oid:1.2.208.193.100"], "urn:oid:1.2.208.193.100"),
        (["--home-community", "none"], None),
    ],
)
def test_the_home_community(call, given, written) -> None:
    assert json.loads(call("--format", "json", *given).out).get("homeCommunityId") == written


def test_findings_are_reported_as_by_the_validator(call) -> None:
    older = DOCUMENT.read_bytes().replace(b"apd-v2.0.1", b"apd-v1.1")
    result = call("--lang", "en", file="-", stdin=older)
    assert result.status == 1
    assert "typeCode" in result.out
    assert re.fullmatch(
        r"-: error: formatCode is missing: .+ \[XDS-REQUIRED:formatCode\]\n"
        r"  path +DocumentEntry.formatCode\n  source +Danish XDS metadata profile .+\n",
        result.err,
    )


@pytest.mark.parametrize("option", ["facility", "specialty", "home-community"])
def test_the_codes_are_listed_and_each_is_found_by_code_and_name(monkeypatch, option) -> None:
    listed = call_inside(monkeypatch, "xds", "--codes", option)
    assert (listed.status, listed.err) == (0, "")
    lines = listed.out.splitlines()
    for line in (lines[0], lines[-1]):
        for given in line.split(maxsplit=1):
            arguments = ("nowhere.xml", *CODES, f"--{option}", given, "--lang", "en")
            found = call_inside(monkeypatch, "xds", *arguments)
            assert found.err == "apd: nowhere.xml: There is no such file.\n"


def test_the_codes_are_listed_in_a_file(call, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    listed = call("xds", "--codes", "specialty")

    assert call("xds", "--codes", "specialty", "-o", "-").out == listed.out
    for arguments in (("--codes", "specialty", "-o", "a"), ("-o", "b", "--codes", "specialty")):
        result = call("xds", *arguments)
        assert (result.status, result.out, result.err) == (0, "", "")
    assert (tmp_path / "a").read_text("utf-8") == listed.out
    assert (tmp_path / "b").read_text("utf-8") == listed.out
    assert call("xds", "--codes", "specialty", "-o", "").status == 2


# --- messages --------------------------------------------------------------------------------


def test_a_new_document(apd_command, entry) -> None:
    arguments = (DOCUMENT, *CODES, *FIXED, "--source", SOURCE, "--format", "mime")
    result = apd_command("xds", *arguments)
    submission = sent(result.out.encode())
    assert submission.entry is not None
    assert submission.entry.entry_uuid == entry.entry_uuid
    assert submission.replaces is None
    assert submission.submission_set.submission_time == apd.local_time(2026, 2, 2, 9, 31)
    assert apd_command("xds", *arguments) == result  # the same to the letter


def test_one_in_the_place_of_another(call, tmp_path) -> None:
    target = tmp_path / "message.mime"
    options = ("--replaces", OLD, "--source", SOURCE, "--format", "mime", "-o", target)
    assert call(*options) == (0, "", "")
    message = target.read_bytes()
    assert sent(message).replaces == f"urn:uuid:{OLD}"
    assert DOCUMENT.read_bytes() in message


def test_a_deprecated_one(call) -> None:
    result = call("--deprecate", OLD, "--source", SOURCE)
    submission = xds.read_submission(result.out.encode())
    assert submission.deprecates == f"urn:uuid:{OLD}"
    assert submission.entry is None
    assert submission.submission_set.patient_id == apd.CprNumber(CPR)


def test_ebrim_is_the_envelope_that_the_package_holds(call) -> None:
    envelope, package = (
        call("--replaces", OLD, "--source", SOURCE, *FIXED, "--format", form).out
        for form in ("ebrim", "mime")
    )
    assert envelope.startswith("<?xml")
    assert envelope in package
    assert call("--replaces", OLD, "--source", SOURCE, *FIXED).out == envelope


def test_security_headers_and_the_version_of_soap(call, tmp_path) -> None:
    security = tmp_path / "security.xml"
    security.write_text('<wsse:Security xmlns:wsse="urn:x">…</wsse:Security>', "utf-8")
    options = ("--source", SOURCE, "--security", security, "--soap", "1.1", "--format", "mime")
    message = call("--deprecate", OLD, *options).out
    assert 'SOAPAction: "urn:ihe:iti:2010:UpdateDocumentSet"' in message
    assert f"<soap:Header>{security.read_text('utf-8')}" in message
    assert "wsa:To" not in message


def test_the_address_that_a_message_is_sent_to(call) -> None:
    url = "https://registry.example.dk/drs?a=1&b=2"
    message = call("--source", SOURCE, "--to", url, "--format", "ebrim").out
    assert f"<wsa:To>{url.replace('&', '&amp;')}</wsa:To>" in message


def test_a_message_that_lacks_something_is_not_made(call, tmp_path) -> None:
    target = tmp_path / "message.mime"
    older = DOCUMENT.read_bytes().replace(b"apd-v2.0.1", b"apd-v1.1")
    options = ("--source", SOURCE, "--format", "mime", "-o", target)
    result = call(*options, file="-", stdin=older)
    assert (result.status, result.out) == (2, "")
    assert "[XDS-REQUIRED:formatCode]" in result.err
    assert not target.exists()
    assert call(*options, "--no-check", file="-", stdin=older).status == 0
    assert target.exists()


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="there is no /dev/null")
def test_a_device_is_written_to_and_not_replaced(call) -> None:
    assert call("-o", os.devnull) == (0, "", "")
    assert Path(os.devnull).is_char_device()


# --- refusals --------------------------------------------------------------------------------

REFUSED = [
    (["--facility", "hospitl"], "did you mean 22232009 (hospital)"),
    (["--specialty", "qqqq"], "there is no such code; see apd xds --codes specialty"),
    (["--home-community", "1.2.3"], "see apd xds --codes home-community"),
    (["--source", "x"], "--source does not have the right form: specify an OID"),
    (["--format", "xml"], "'ebrim'"),
    (["--format", "ebrim"], "a message needs --source"),
    (["--entry-uuid", "x"], "is not an entry UUID; specify a UUID, or urn:uuid: and a UUID"),
    (["--submission-uuid", "x"], "not a valid UUID"),
    (["--now", "soon"], "is not a time; specify a time such as 2026-11-02T09:31"),
    (["--now", "2026-03-29T02:30"], "is not a time"),
    (["--soap", "2"], "'1.1'"),
    (["--replaces", OLD, "--deprecate", OLD], "specify either --replaces or --deprecate"),
    (["--replaces", OLD, "--format", "text"], "--replaces goes with --format fhir, ebrim, mime"),
    (["--deprecate", OLD, "--format", "fhir"], "--deprecate goes with --format ebrim, mime"),
    (["--security", "nowhere"], "nowhere: There is no such file."),
    (["--security", "half.xml"], "is not well-formed XML"),
    (["--security", "latin"], "is not UTF-8"),
    (["--to", "registry.example.dk"], "is not an address; specify https://… or http://…"),
    (["--to", "http://[x"], "is not an address"),
    (["--codes", "x"], "'specialty'"),
    (["-o", "no/such/directory"], "cannot write no/such/directory: No such file or directory"),
    (["-o", "same.xml"], "same.xml would be overwritten"),
]


@pytest.mark.parametrize(("options", "wording"), REFUSED)
def test_what_cannot_be_done_is_one_line(call, tmp_path, monkeypatch, options, wording) -> None:
    monkeypatch.chdir(tmp_path)
    Path("same.xml").write_bytes(DOCUMENT.read_bytes())
    Path("half.xml").write_text("<a>", encoding="utf-8")
    Path("latin").write_bytes(b"<a>\xe6</a>")
    result = call(*options, "--lang", "en", file="same.xml")
    assert (result.status, result.out) == (2, "")
    assert re.fullmatch(r"apd: .+\n", result.err)
    assert wording in result.err
    assert Path("same.xml").read_bytes() == DOCUMENT.read_bytes()


@pytest.mark.parametrize(
    ("file", "stdin", "wording"),
    [
        ("nowhere.xml", b"", "apd: nowhere.xml: Filen findes ikke.\n"),
        ("-", b"", "apd: -: "),
        ("-", b"<html/>", "apd: -: "),
    ],
)
def test_what_is_no_document(call, file, stdin, wording) -> None:
    result = call(file=file, stdin=stdin)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(wording)


def test_no_number_in_errors(call, tmp_path) -> None:
    path = tmp_path / f"{CPR}.xml"
    path.write_bytes(DOCUMENT.read_bytes().replace(b"apd-v2.0.1", b"apd-v1.1"))
    for options in ([], ["--format", "fhir"], ["-o", tmp_path / "no" / CPR]):
        assert CPR not in call(*options, file=path).err
