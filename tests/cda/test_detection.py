"""What bytes are, said first and alone: the same one finding wherever they are opened."""

import base64
import time
import tracemalloc
from collections.abc import Callable

import pytest

import apd
from apd.cda.detection import holds_appointment, other_than_appointment
from apd.change import anonymise_bytes
from apd.rules.catalogue import rules_of_the_library
from apd.standard.file_kinds import CDA_DOCUMENTS
from apd.wording import Language
from tests.cda.other_files import (
    DOCUMENT,
    JAVA,
    KNOWN_TO_JAVA,
    OTHER_FILES,
    SECRETS,
    TEXT,
    UNKNOWN_TO_JAVA,
    OtherFile,
    cda,
    declaring,
)

LANGUAGES: tuple[Language, ...] = ("da", "en")


def refusal(data: bytes | str) -> apd.Finding:
    """The one finding that reading ends with."""
    with pytest.raises(apd.ParseError) as caught:
        apd.loads(data)
    (finding,) = caught.value.findings
    return finding


@pytest.fixture(params=OTHER_FILES.values(), ids=list(OTHER_FILES))
def other(request: pytest.FixtureRequest) -> OtherFile:
    """Each of the files that are no appointment document."""
    file: OtherFile = request.param
    return file


# --- one finding, the same everywhere --------------------------------------------------------


def test_one_finding_states_what_it_is(other: OtherFile) -> None:
    finding = refusal(other.data)

    assert (finding.rule, finding.layer) == (other.rule, apd.Layer.XML)
    assert other.danish in finding.wording.da
    assert other.english in finding.wording.en
    assert not any(secret in repr(finding) for secret in SECRETS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_does_not_say_what_to_do(other: OtherFile, language: Language) -> None:
    (finding,) = apd.validate(other.data, language=language).findings
    read = refusal(other.data).remedy_wording.in_language(language)
    (usual,) = (rule.remedy for rule in rules_of_the_library() if rule.id == finding.rule)
    assert finding.remedy == (read or usual.in_language(language))
    sentences = f"{finding.remedy} {usual.in_language(language)}".split(".")
    assert not [one for one in sentences if one.strip() and one.strip() in finding.message]


@pytest.mark.parametrize("language", LANGUAGES)
def test_validating_states_the_same(other: OtherFile, language: Language) -> None:
    (finding,) = apd.validate(other.data, language=language).findings

    assert finding.severity is apd.Severity.ERROR
    assert finding.message == refusal(other.data).wording.in_language(language)
    assert finding.rule in {rule.id for rule in rules_of_the_library()}


def test_what_has_to_do_with_appointments_is_not_left_alone(other: OtherFile) -> None:
    found = other_than_appointment(other.data)

    assert found == (refusal(other.data) if other.is_left_alone else None)


@pytest.mark.parametrize("name", ["nothing", "JSON", "HTML", "text", "base64", "no namespace"])
def test_a_text_is_recognised_as_bytes_are(name: str) -> None:
    data = OTHER_FILES[name].data
    rule = refusal(data.decode()).rule

    assert rule == OTHER_FILES[name].rule


def test_a_text_may_declare_any_encoding() -> None:
    assert apd.loads(declaring("utf-16").decode()) == apd.loads(DOCUMENT)
    assert apd.validate(declaring("utf-7").decode()).findings == ()


@pytest.mark.parametrize("text", ["outbox/aftale.xml", "C:\\Aftaler\\a.xml", "aftale", "a.xml "])
def test_the_name_of_a_file_is_distinguished_from_a_document(text: str) -> None:
    (validated,) = apd.validate(text, language="da").findings
    read = refusal(text)

    assert validated.remedy == "Er det en fil? Brug pathlib.Path(…)."
    assert read.remedy == "Is it a file? Pass pathlib.Path(…)."
    with pytest.raises(apd.ParseError, match=r"no < in it\. Is it a file\?"):
        apd.loads(text)
    assert read.rule == validated.rule == "XML-IS-TEXT"


def test_what_is_no_xml_cannot_be_made_anonymous() -> None:
    with pytest.raises(apd.ParseError, match="XML-IS-JSON"):
        anonymise_bytes(OTHER_FILES["JSON"].data, "seed")


# --- what is none of it ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        DOCUMENT,
        b"\xef\xbb\xbf" + DOCUMENT,
        TEXT.partition("?>")[2].strip().encode(),
        b"\n\n" + TEXT.partition("?>")[2].encode(),
        b"<!-- ours -->" + TEXT.partition("?>")[2].encode(),
        declaring("UTF-16", "utf-16"),
        declaring("UTF-16LE", "utf-16-le"),
        declaring("ISO-10646-UCS-2", "utf-16"),
    ],
    ids=[
        "as it is", "BOM", "no declaration", "blank lines and no declaration", "comment",
        "UTF-16", "UTF-16LE", "UCS-2",
    ],
)  # fmt: skip
def test_documents_are_documents(data: bytes) -> None:
    assert apd.validate(data).findings == ()
    assert apd.loads(data) == apd.loads(DOCUMENT)
    assert other_than_appointment(data) is None


@pytest.mark.parametrize("data", [b"<a", b"<a></b>", DOCUMENT[:-9], DOCUMENT + b"x"])
def test_broken_xml_is_broken_xml(data: bytes) -> None:
    assert refusal(data).rule == "XML-SYNTAX"


@pytest.mark.parametrize("document", CDA_DOCUMENTS, ids=lambda document: document.short)
def test_other_danish_documents_are_named(document) -> None:
    for data in (cda(document.template), cda("9.9", *document.code)):
        wording = refusal(data).wording
        assert f"{document.short} ({document.name.da})" in wording.da
        assert f"{document.short} ({document.name.en})" in wording.en


# --- encodings that Java's parsers lack ------------------------------------------------------


@pytest.mark.parametrize("make", UNKNOWN_TO_JAVA.values(), ids=list(UNKNOWN_TO_JAVA))
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_encoding_that_java_lacks_is_a_warning(
    make: Callable[[], bytes], language: Language
) -> None:
    (finding,) = apd.validate(make(), language=language).findings

    assert (finding.rule, finding.severity) == ("XML-ENCODING-JAVA", apd.Severity.WARNING)
    assert JAVA[LANGUAGES.index(language)] in finding.message
    assert apd.loads(make()) == apd.loads(DOCUMENT)


@pytest.mark.parametrize("name", KNOWN_TO_JAVA)
def test_an_encoding_that_java_has_is_none(name: str) -> None:
    assert apd.validate(declaring(name, name)).findings == ()


# --- within bounds ---------------------------------------------------------------------------

LONG = 400_000
HOSTILE = {
    "{": b"{" * LONG,
    '["': b'["' * LONG,
    "base64": b"PD94bWwg" * (LONG // 8),
    "blanks": b" " * LONG,
    "ends": b"\r\n" * LONG,
    "names": b"<a:" * LONG,
    "declarations": b"x" + b"<?xml " * (LONG // 6),
    "encodings": b"<?xml " + b"encoding=" * (LONG // 9),
    "headers": b"a: b\n" * (LONG // 5),
    "escaped": b"<a>" + b"&lt;a:" * (LONG // 6) + b"</a>",
    "oids": b"x" + b"1.2.208.184.14.1" * (LONG // 16),
    "resources": b'{"a":' + b'"resourceType" : ' * (LONG // 17),
    "gzip": b"\x1f\x8b" + b"\0" * LONG,
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=list(HOSTILE))
def test_it_costs_in_proportion_to_the_size(data: bytes) -> None:
    """No expression runs away, and nothing is unpacked; the bounds are generous."""
    tracemalloc.start()
    begin = time.process_time()
    other_than_appointment(data)
    refusal(data)
    took, (_, peak) = time.process_time() - begin, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert took < 10
    assert peak < 30 * len(data)


@pytest.mark.parametrize("skipped", range(7))
def test_a_document_is_seen_in_base64_wherever_it_begins(skipped: int) -> None:
    assert holds_appointment(base64.b64encode(b"x" * skipped + DOCUMENT))
    assert not holds_appointment(base64.b64encode(b"x" * skipped + cda("1.2.208.184.13.1")))
