"""A document that the grammar admits is read from its text, and as its elements would be read."""

import re
from collections.abc import Iterable
from itertools import islice

import pytest
from hypothesis import given

import apd
from apd.cda.grammar import FEW_DOCUMENTS, grammar_after_few, grammar_of
from apd.cda.grammar.kept import PARSED, PARSED_TOGETHER
from apd.cda.loader import open_document
from apd.cda.reader import DocumentParts, read_elements, read_from_text
from apd.standard.codes import INDICATIVE_TEMPLATE, TIME_EVENT, VERSION_EVENT
from apd.standard.releases import RELEASES
from apd.testing import strategies as apd_st
from tests.laws.bases import bases, sample, unlike_edits
from tests.laws.edits import ALL_KINDS
from tests.places import needs_kit, needs_second_kit
from tests.rules.editing import valid
from tests.rules.kit import cases, causes, second_cases
from tests.rules.test_grammar import edits_of_a_character

CURRENT = apd.Release.CURRENT
GRAMMAR = grammar_of(CURRENT)


def from_text(data: bytes | str) -> DocumentParts | None:
    """The content of a document, from its text; None where it is to be parsed."""
    known = read_from_text(data, GRAMMAR, CURRENT)
    return None if known is None else known[0]


def otherwise_read(documents: Iterable[tuple[str, bytes | str]]) -> list[str]:
    """The documents that are read from their text, and otherwise than from their elements."""
    return [
        name
        for name, data in documents
        if (read := from_text(data)) is not None
        and read != read_elements(open_document(data, CURRENT))
    ]


@pytest.mark.parametrize("name", bases())
def test_a_clean_document_is_read_from_its_text(name: str) -> None:
    data = bases()[name]

    assert from_text(data) == read_elements(open_document(data, CURRENT))


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_an_edited_document_is_read_as_its_elements_are(kind: str) -> None:
    assert not otherwise_read((edit.name, edit.data()) for _, edit in sample(kind, 60))


@pytest.mark.slow
def test_every_edited_document_is_read_as_its_elements_are() -> None:
    assert not otherwise_read((edit.name, edit.data()) for _, edit in unlike_edits())


@needs_kit
def test_the_cases_of_the_kit_are_read_as_their_elements_are() -> None:
    assert not otherwise_read((case.id, case.data) for case in cases())


@needs_second_kit
def test_the_cases_of_the_second_kit_are_read_as_their_elements_are() -> None:
    assert not otherwise_read((case.id, case.data) for case in second_cases())
    assert not otherwise_read((case.id, case.data) for case in causes())


@given(apd_st.documents())
def test_a_document_that_was_made_is_read_as_its_elements_are(
    document: apd.AppointmentDocument,
) -> None:
    data = apd.dumps(document, check=False)

    assert not otherwise_read([("made", data), ("made, as text", data.decode())])


def test_a_character_more_or_less_is_read_as_libxml2_reads_it() -> None:
    text = valid().decode()

    assert not otherwise_read(edits_of_a_character(text, range(0, len(text), 97)))


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("Skift af forbinding", "Skift &amp; &lt;bad&gt;"),
        ("Skift af forbinding", "&quot;Skift&quot; &apos;igen&apos; &amp;amp;"),
        ("Skift af forbinding", "1 > 0"),
        ("Skovsang", "Skovsang &amp; Søn"),
        ("Humlevangen 12, 2. tv.", "A &lt;city&gt; B"),
        ("<family>Skovsang</family>", '<family nullFlavor="NI"/>'),
        ("<family>Skovsang</family>", '<family nullFlavor="NI"></family>'),
        ("<family>Skovsang</family>", "<family>Skov</family><family>sang</family>"),
        ("<family>Skovsang</family>", "<family>Skovsang</family><suffix>ph.d.</suffix>"),
        ("<given>Lykke</given>", ""),
        ('<telecom use="H" value="tel:00102030"/>', '<telecom nullFlavor="UNK"/>'),
        ('<telecom use="H" value="tel:00102030"/>', '<telecom value="mailto:a@b.example"/>' * 2),
        ('<telecom use="H" value="tel:00102030"/>', ""),
        ('<birthTime value="19481225"/>', '<birthTime value="19481225120000+0100"/>'),
        ('<birthTime value="19481225"/>', '<birthTime nullFlavor="NI"/>'),
        ("\n", "\r\n"),
        ("", "\ufeff"),
    ],
)
def test_what_is_written_in_another_way_is_read_as_its_elements_are(
    written: str, instead: str
) -> None:
    text = (bases()["home-nurse"].decode()).replace(written, instead, -1 if written else 1)

    assert apd.loads(text) == apd.loads(text.encode())
    assert not otherwise_read([("text", text), ("bytes", text.encode())])


PERFORMER = r"(?s)(<performer.*?)"
DOCUMENTATION = r"(<documentationOf.*?</documentationOf>\s*)"
INDICATIVE = (
    f'<precondition><templateId root="{INDICATIVE_TEMPLATE}"/><criterion><code code="Other"/>'
    "<text>Omkring ti</text></criterion></precondition>"
)
CONSENT = (
    '<authorization><consent><code code="AUTH"/><statusCode code="completed"/></consent>'
    "</authorization>"
)


@pytest.mark.parametrize(
    ("name", "pattern", "instead"),
    [
        ("hospital-visit", rf"{PERFORMER}<telecom[^>]*>", r"\1"),
        ("hospital-visit", rf"{PERFORMER}<telecom[^>]*>", r"\1<telecom/>"),
        ("hospital-visit", rf"{PERFORMER}(<telecom[^>]*>)", r"\1\2\2\2"),
        ("hospital-visit", rf"{PERFORMER}(<telecom[^>]*>)", r'\1<telecom nullFlavor="NA"/>\2'),
        ("hospital-visit", rf"{PERFORMER}(<addr.*?</addr>\s*)(<telecom[^>]*>\s*)", r"\1\3\2"),
        ("hospital-visit", rf"{PERFORMER}<addr.*?</addr>\s*", r"\1<addr>A</addr><addr>B</addr>"),
        ("hospital-visit", rf"{PERFORMER}(<id [^>]*?)/>", r"\1\2>\n</id>"),
        ("hospital-visit", rf"{PERFORMER}root=\"1.2.208.176.1.1\"", r'\1root="1.2.208.176.1.4"'),
        ("hospital-visit", rf"{PERFORMER}<assignedEntity.*?</assignedEntity>", r"\1"),
        ("hospital-visit", rf"{PERFORMER}(<representedOrg[^>]*)", r'\1\2 nullFlavor="NI"'),
        ("hospital-visit", r"(?s)(<participant .*?)<addr.*?</addr>", r"\1"),
        ("hospital-visit", r"(?s)(<participant .*?)<playingEntity.*?</playingEntity>", r"\1"),
        ("home-nurse", r"(?s)(<participant .*?)<playingEntity", r"\1<telecom/><playingEntity"),
        ("walking-group-open-end", r"(?s)(<participant .*?<name>)[^<]*", r"\1"),
        ("hospital-visit", r"(?s)(<custodian.*?<name>)[^<]*", r"\1"),
        ("hospital-visit", r"(?s)(<author.*?)<telecom[^>]*>", r"\1"),
        ("pool-training-1", r'code="REFB"', 'code="RESB"'),
        ("pool-training-1", r'<code code="REFB"[^>]*>', ""),
        ("hospital-visit", r"</author>", '</author><author nullFlavor="NI"/>'),
        ("pool-training-1", r"(?s)(<author.*?</author>\s*)(<author.*?</author>\s*)", r"\2\1"),
        ("pool-training-1", r"(?s)(<author.*?</author>)", r"\1\1\1"),
        ("hospital-visit", r"(?s)(<author.*?)<time [^>]*>", r"\1"),
        ("episode-of-care", TIME_EVENT, "1.2.208.184.10.1.99"),
        ("episode-of-care", VERSION_EVENT, "1.2.208.184.10.1.99"),
        ("episode-of-care", rf"(?s){DOCUMENTATION}{DOCUMENTATION}{DOCUMENTATION}", r"\3\1\2\3"),
        ("episode-of-care", rf"(?s){DOCUMENTATION}", r"\1\1<documentationOf/>"),
        ("dialysis-repeating", r"(?s)(<precondition.*</precondition>)", rf"{INDICATIVE}\1"),
        ("dialysis-repeating", r"(?s)(<precondition.*</precondition>)", r"\1\1<precondition/>"),
        ("hospital-visit", r"<component", '<authorization nullFlavor="NI"/><component'),
        ("hospital-visit", r"<component", f"{CONSENT}<component"),
    ],
)
def test_what_is_wrong_in_what_is_parsed_is_read_from_the_text_all_the_same(
    name: str, pattern: str, instead: str
) -> None:
    text, count = re.subn(pattern, instead, bases()[name].decode(), count=1)
    assert count

    assert GRAMMAR.kept(text) is None
    assert from_text(text) is not None
    assert not otherwise_read([("text", text), ("bytes", text.encode())])


@pytest.mark.parametrize("name", ["hospital-visit", "walking-group-open-end"])
def test_there_a_character_more_or_less_is_read_as_libxml2_reads_it(name: str) -> None:
    text = bases()[name].decode()
    kept = GRAMMAR.kept(text)
    assert kept is not None
    parts = [kept[name] for name in (*PARSED, *PARSED_TOGETHER)]
    places = (text.index(part) + n for part in parts for n in range(len(part)))

    assert not otherwise_read(edits_of_a_character(text, islice(places, 0, None, 41)))


@pytest.mark.parametrize("name", bases())
def test_comments_make_no_difference(name: str) -> None:
    text = re.sub(r">(\s*)<(?!\?|C)", r"><!-- A > B &c. -->\1<", bases()[name].decode())

    assert from_text(text) == from_text(bases()[name])
    assert not otherwise_read([("text", text), ("bytes", text.encode())])


@pytest.mark.parametrize(
    "version", [release.version_id for release in RELEASES if release != CURRENT]
)
def test_a_document_that_states_another_release_is_parsed(version: str) -> None:
    text = bases()["home-nurse"].decode().replace(CURRENT.version_id, version)

    assert version in text
    assert from_text(text) is None


def test_a_start_that_no_model_has_is_refused_as_ever() -> None:
    text = bases()["home-nurse"].decode().replace("20260304", "99990304")
    assert GRAMMAR.kept(text) is not None

    assert from_text(text) is None
    for _ in range(FEW_DOCUMENTS + 1):
        with pytest.raises(apd.ParseError, match="APD-START"):
            apd.loads(text)


def test_the_grammar_is_derived_when_some_documents_were_read() -> None:
    release = apd.Release("0.1", CURRENT.template_date, "apd-v0.1")  # nobody asks for it but here

    asked = [grammar_after_few(release) for _ in range(FEW_DOCUMENTS + 2)]

    assert asked[:FEW_DOCUMENTS] == [None] * FEW_DOCUMENTS
    assert asked[FEW_DOCUMENTS] is asked[-1] is grammar_of(release)
