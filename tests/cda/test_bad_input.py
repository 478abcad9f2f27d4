"""Input that is broken, hostile or something else: a document or an error of ours, and soon."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import apd
from tests.cda.editing import ENCOUNTER, HL7, WRITTEN, edited, give, remove, replace, say
from tests.model.refusal import assert_silent
from tests.places import EXAMPLES, ROOT, example_names

SECONDS = 10
SECRETS = ("0503129900", "Solveig", "Tranekær", "Birkelunden", "Genoptræning", "65000001")
MEBIBYTE = 1024 * 1024


@contextmanager
def soon() -> Iterator[None]:
    """What is inside takes a bounded time of this process, however busy the machine is."""
    begin = time.process_time()
    yield
    assert time.process_time() - begin < SECONDS


def outcome(data: bytes | str) -> apd.AppointmentDocument | apd.ParseError:
    """What is made of the input: a document that can be written, or an error with findings."""
    with soon():
        try:
            document = apd.loads(data)
        except apd.ParseError as error:
            assert error.findings
            assert_silent(error, *SECRETS)
            for finding in error.findings:
                assert not any(secret in repr(finding) for secret in SECRETS)
            return error
        apd.dumps(document, check=False)
        return document


def refused(data: bytes | str) -> apd.Finding:
    """The one finding of an input that is refused."""
    error = outcome(data)
    assert isinstance(error, apd.ParseError)
    (finding,) = error.findings
    return finding


MISTAKES = {
    "<a>text": "the document ends before all elements are closed",
    "<a x='1'": "a start tag or an end tag is malformed",
    "<a x=1/>": "a start tag or an end tag is malformed",
    "<a></b>": "an end tag does not match its start tag",
    "<a>1 & 2</a>": "must be written as &amp;",
    "<a/><b/>": "there is content after the end tag of the root",
    "<a x='1' x='2'/>": "the same attribute twice",
    "<a x/>": "an attribute has no value",
    "<a>&nbsp;</a>": "an entity such as &nbsp; is not declared",
    "<a x:y='1'/>": "a prefix is not declared with xmlns",
    "<a>\x01</a>": "not allowed in XML",
    "<a>&#1;</a>": "not allowed in XML",
    "<a><!-- </a>": "is not closed",
    "<a><![CDATA[ </a>": "is not closed",
    "<a><!-- -- --></a>": "a comment must not contain --",
    '<?xml version="1.0"><a/>': "the XML declaration is malformed",
    "<a><?xml version='1.0'?></a>": "must be the first thing in the document",
}
"""What developers get wrong when they write XML by hand, and what is said of it."""


@pytest.mark.parametrize("text", MISTAKES)
def test_what_is_not_well_formed_is_named_in_both_languages(text: str) -> None:
    wording = refused(text).wording
    assert MISTAKES[text] in wording.en
    assert re.fullmatch(r"Det er ikke velformet XML: .*\w.*\.", wording.da)
    assert "libxml2" not in wording.da


def test_a_mistake_without_danish_words_is_not_named_in_english() -> None:
    wording = refused("<a>]]></a>").wording
    assert wording.en == "This is not well-formed XML (misplaced cdata end)."
    assert wording.da == "Det er ikke velformet XML (libxml2: ERR_MISPLACED_CDATA_END)."


# Not XML, or none that is taken --------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"<",
        b"<a",
        b"<a></b>",
        b"<a/><b/>",
        b"<a>&unknown;</a>",
        b'<a b="1" b="2"/>',
        b"<a:b/>",
        b"<a>\x01</a>",
        b"<a>&#0;</a>",
        b"<?xml version='9'?>",
        WRITTEN + WRITTEN,
        WRITTEN + b"x",
    ],
)
def test_not_well_formed(data: bytes | str) -> None:
    assert refused(data).rule == "XML-SYNTAX"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Birkelunden", "Birke & lunden", "& or < in a text must be written"),
        ("Birkelunden", "&nbsp;", "an entity such as &nbsp;"),
        ("Birkelunden", "\x01", "is not allowed in XML"),
        ("Birkelunden", "&#xD800;", "is not allowed in XML"),
        ("<title>", "<!-- a -- b --><title>", "must not contain --"),
        ("<title>", "<!-- <title>", "is not closed"),
        ("<title>", "<?xml version='1.0'?><title>", "an XML declaration"),
        ("<title>", "<title ID='a' ID='b'>", "the same attribute twice"),
        ("<title>", "<title><x:y/>", "a prefix is not declared"),
        ("<title>", "<title xmlns:x=''>", "the name of a namespace"),
        ("<title>", "<title xmlns:x='a b'>", "the name of a namespace"),
        ("<title>", "<title><title>", "an end tag does not match"),
        ("</ClinicalDocument>", "</ClinicalDocument>x", "content after the end tag of the root"),
        ("</ClinicalDocument>", "</ClinicalDocument>\0", "content after the end tag of the root"),
    ],
)
def test_the_reason_of_a_syntax_error(old: str, new: str, reason: str) -> None:
    document = WRITTEN.decode()
    assert old in document
    finding = refused(document.replace(old, new, 1).encode())
    assert finding.rule == "XML-SYNTAX"
    assert reason in finding.wording.en
    assert "libxml2" not in finding.wording.da


def test_a_syntax_error_has_a_line() -> None:
    lines = WRITTEN.split(b"\n")
    lines[40] = lines[40] + b"</wrong>"
    assert refused(b"\n".join(lines)).line == 41


@pytest.mark.parametrize("length", range(1, len(WRITTEN), 100))
def test_cut_off_anywhere(length: int) -> None:
    assert refused(WRITTEN[:length]).rule == "XML-SYNTAX"


@pytest.mark.parametrize(
    "data",
    [
        WRITTEN.decode().encode("ISO-8859-1"),
        WRITTEN.replace(b"UTF-8", b"UTF-16"),
        WRITTEN.replace(b"UTF-8", b"x-unknown"),
        WRITTEN.replace("æ".encode(), b"\xff"),
        WRITTEN.replace("æ".encode(), b"\xed\xa0\x80"),
        WRITTEN.decode().encode("UTF-16")[:-1],
        WRITTEN.decode().replace("Solveig", "Solveig\ud800"),
        WRITTEN.decode().replace("Solveig", "\udc80Solveig"),
        WRITTEN.decode().replace("Solveig", "Solveig\x00"),
        WRITTEN.replace(b"Solveig", b"Solveig\x00"),
    ],
    ids=[
        "Latin-1 that says it is UTF-8",
        "UTF-8 that says it is UTF-16",
        "an unknown encoding",
        "a byte that UTF-8 has not",
        "a surrogate in UTF-8",
        "UTF-16 cut off",
        "a text with half a surrogate",
        "a text with the other half",
        "a text with NUL",
        "NUL",
    ],
)
def test_bytes_that_are_not_what_they_say(data: bytes | str) -> None:
    assert refused(data).rule in ("XML-SYNTAX", "XML-ENCODING")


@pytest.mark.parametrize("encoding", ["UTF-32", "UTF-7", "cp037", "UTF-16-LE", "UTF-16-BE"])
def test_encodings_that_hardly_anyone_uses(encoding: str) -> None:
    outcome(WRITTEN.decode().encode(encoding))
    outcome(WRITTEN.decode().replace("UTF-8", encoding).encode(encoding))


# Not an appointment --------------------------------------------------------------------------

CDA = f'<ClinicalDocument xmlns="{HL7}"><templateId root="{{}}"/></ClinicalDocument>'


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"<project/>", "APD-ROOT"),
        (b"<ClinicalDocument/>", "APD-ROOT"),
        (b'<ClinicalDocument xmlns="urn:hl7-org:v2"/>', "APD-ROOT"),
        (f'<section xmlns="{HL7}"/>', "APD-ROOT"),
        (f'<ClinicalDocument xmlns="{HL7}"/>', "APD-TEMPLATE"),
        (CDA.format("1.2.208.184.11.1"), "APD-TEMPLATE"),
        (WRITTEN.replace(b"1.2.208.184.14.", b"1.2.208.184.15."), "APD-TEMPLATE"),
        (CDA.format("1.2.208.184.14.1"), "APD-ENCOUNTER"),
        (edited(WRITTEN, remove(ENCOUNTER)), "APD-ENCOUNTER"),
        (edited(WRITTEN, remove("recordTarget")), "APD-PATIENT"),
        (edited(WRITTEN, remove("recordTarget/patientRole/id")), "APD-PATIENT"),
        (
            edited(WRITTEN, give("recordTarget/patientRole/id", extension=None)),
            "APD-PATIENT",
        ),
        (
            edited(WRITTEN, remove(f"{ENCOUNTER}/effectiveTime/low"), remove("documentationOf[1]")),
            "APD-START",
        ),
        (
            edited(
                WRITTEN,
                give(f"{ENCOUNTER}/effectiveTime/low", value="i morgen"),
                remove("documentationOf[1]"),
            ),
            "APD-START",
        ),
    ],
)
def test_no_appointment_in_it(data: bytes | str, rule: str) -> None:
    finding = refused(data)
    assert finding.rule == rule
    assert finding.path.startswith("/")
    assert finding.line
    assert finding.message
    assert finding.wording.da != finding.wording.en


def test_two_things_that_are_missing_are_both_named() -> None:
    data = edited(
        WRITTEN, remove(f"{ENCOUNTER}/effectiveTime"), remove("documentationOf[1]"),
        remove("recordTarget"),
    )  # fmt: skip
    error = outcome(data)
    assert isinstance(error, apd.ParseError)
    assert [finding.rule for finding in error.findings] == ["APD-START", "APD-PATIENT"]
    assert "APD-START" in str(error)
    assert "APD-PATIENT" in str(error)


@pytest.mark.parametrize(
    "value",
    [
        "20260230", "20261301", "20260305240100+0100", "20260305106000+0100",
        "20260329023000", "20260305101500+9999", "20260305101500+2400", "00000101",
        "99991231235959", "18991231", "2026", "202603", "-20260305", "2026-03-05T10:75:00",
        "2026-0305", "05-03-2026", "20260305101500ZZ", "２０２６０３０５", "", " ",
    ],
)  # fmt: skip
def test_a_time_that_there_is_not_is_no_time(value: str) -> None:
    data = edited(
        WRITTEN, give(f"{ENCOUNTER}/effectiveTime/low", value=value), remove("documentationOf[1]")
    )
    assert refused(data).rule == "APD-START"
    elsewhere = edited(WRITTEN, give("effectiveTime", value=value))
    document = outcome(elsewhere)
    assert isinstance(document, apd.AppointmentDocument)
    assert document.time is None


# Hostile -------------------------------------------------------------------------------------

LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
)


def with_doctype(inside: str, body: bytes = WRITTEN) -> bytes:
    """The document with a document type."""
    doctype = f"<!DOCTYPE ClinicalDocument{inside}>\n".encode()
    return body.replace(b"<ClinicalDocument", doctype + b"<ClinicalDocument", 1)


def with_text(text: str) -> bytes:
    """The document with a text for a title, unescaped."""
    return edited(WRITTEN, say("title", "TITLE")).replace(b"TITLE", text.encode())


@pytest.mark.parametrize(
    "inside",
    [
        "",
        ' SYSTEM "http://localhost:9/x.dtd"',
        ' PUBLIC "-//X" "file:///etc/passwd"',
        ' [<!ENTITY a "b">]',
        ' [<!ATTLIST author typeCode CDATA "X">]',
        ' [<!ENTITY % a SYSTEM "http://localhost:9/x"> %a;]',
        f" [{LAUGHS}]",
    ],
)
def test_a_document_type_is_refused(inside: str) -> None:
    assert refused(with_doctype(inside)).rule == "XML-DTD"


def test_a_billion_laughs_are_not_laughed() -> None:
    assert refused(with_doctype(f" [{LAUGHS}]", with_text("&l9;"))).rule.startswith("XML-")


def test_a_file_that_an_entity_names_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Solveig", encoding="utf-8")
    doctype = f' [<!ENTITY e SYSTEM "{secret.as_uri()}">]'
    assert refused(with_doctype(doctype, with_text("&e;"))).rule == "XML-DTD"


def test_nothing_is_included(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Solveig", encoding="utf-8")
    include = '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{}" parse="text"/>'
    data = edited(WRITTEN, replace("versionNumber", include.format(secret.as_uri())))
    document = apd.loads(data)
    written = apd.dumps(document, check=False)
    assert b"i:include" in written
    assert written.count(b"Solveig") == WRITTEN.count(b"Solveig")


def nested(depth: int) -> bytes:
    """The document with elements inside of each other."""
    return edited(WRITTEN, replace("versionNumber", "<N/>")).replace(
        b"<N/>", b"<n>" * depth + b"</n>" * depth
    )


@pytest.mark.parametrize("depth", [300, 1_000, 10_000, 70_000])
def test_too_deep(depth: int) -> None:
    assert refused(nested(depth)).rule == "XML-DEPTH"


@pytest.mark.parametrize("depth", [1, 50, 200, 240])
def test_deep_but_not_too_deep(depth: int) -> None:
    document = outcome(nested(depth))
    assert isinstance(document, apd.AppointmentDocument)
    assert apd.dumps(document, check=False) == nested(depth)
    assert document.unmapped
    changed = apd.dumps(evolve(document, language="en"), check=False)
    assert changed.count(b"<n>") == depth
    assert b'"en"' in changed


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" * (50 * MEBIBYTE // 3),
        WRITTEN + b" " * 2 * MEBIBYTE,
        (WRITTEN.decode() + " " * 2 * MEBIBYTE),
        b"\x00" * 50 * MEBIBYTE,
    ],
    ids=["nested", "blanks", "text", "zeros"],
)
def test_too_large(data: bytes | str) -> None:
    assert refused(data).rule == "XML-SIZE"


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    large = tmp_path / "large.xml"
    with large.open("wb") as file:
        file.truncate(20 * 1024 * MEBIBYTE)  # a hole, which takes no place on the disk
    with soon(), pytest.raises(apd.ParseError, match="XML-SIZE"):
        apd.load(large)


@pytest.mark.parametrize("mebibytes", [0.1, 1, 1.9])
@pytest.mark.parametrize("character", ["x", "æ", " ", "&amp;", "<!-- -->", "&#120;"])
def test_a_long_text(character: str, mebibytes: float) -> None:
    outcome(with_text(character * int(mebibytes * MEBIBYTE / len(character.encode()))))


@pytest.mark.parametrize("name", ["a" * 100_000, "æ" * 40_000])
def test_a_long_name(name: str) -> None:
    outcome(edited(WRITTEN, replace("versionNumber", "<N/>")).replace(b"N/", f"{name}/".encode()))


SCRIPT = """
import resource, sys
import apd
resource.setrlimit(resource.RLIMIT_AS, (800 * 2**20,) * 2)
try:
    len(apd.loads(eval(sys.argv[1])).unmapped)
except apd.ParseError as error:
    print(error.findings[0].rule)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit to set")
@pytest.mark.parametrize(
    "expression",
    [
        "b'<a>' * (50 * 2**20 // 3)",
        "b'<a>' * (2**21 // 3)",
        f"b'<!DOCTYPE a [{LAUGHS}]><a>&l9;</a>'",
        "b'<a>' + b'&#120;' * 300_000 + b'</a>'",
        "b'<a ' + b' '.join(b'a%d=\"\"' % n for n in range(150_000)) + b'/>'",
    ],
    ids=["50 MB of depth", "2 MB of depth", "a billion laughs", "references", "attributes"],
)
def test_memory_is_bounded(expression: str) -> None:
    with soon():
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT, expression],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
        )
    assert run.returncode == 0, run.stderr[-500:]
    assert run.stdout.strip().startswith(("XML-", "APD-"))


# Random --------------------------------------------------------------------------------------

SOURCES = {"written": WRITTEN} | {name: (EXAMPLES / name).read_bytes() for name in example_names()}


@given(st.data(), st.sampled_from(sorted(SOURCES)))
def test_random_bytes_in_a_document(data: st.DataObject, source: str) -> None:
    changed = bytearray(SOURCES[source])
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(changed) - 1))
        length = data.draw(st.sampled_from([0, 1, 1, 1, 10, 1000]))
        changed[place : place + length] = data.draw(st.binary(max_size=4))
    outcome(bytes(changed))


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_random_bytes_alone(data: bytes | str) -> None:
    assert isinstance(outcome(data), apd.ParseError)


@given(st.text(st.characters(), max_size=20), st.integers(0, len(WRITTEN.decode())))
def test_random_text_in_a_document(inserted: str, place: int) -> None:
    text = WRITTEN.decode()
    outcome(text[:place] + inserted + text[place:])


@pytest.mark.parametrize("data", [b"<a>Solveig", b'<?xml version="1.0" encoding="x-y"?><a/>'])
def test_an_error_carries_no_other_error_along(data: bytes) -> None:
    """That of lxml may quote the document."""
    with pytest.raises(apd.ParseError) as caught:
        apd.loads(data)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None
