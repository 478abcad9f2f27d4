"""The law of what is admitted in part: the same is found as where everything is walked."""

import re
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import apd
from apd.cda.detection import parse_document
from apd.cda.grammar import (
    FEW_DOCUMENTS,
    MOST_CHARACTERS,
    as_written,
    canonical,
    grammar_after_few,
    grammar_of,
    relaxed_after_few,
    relaxed_grammar_of,
)
from apd.cda.grammar.kept import PARSED, PARSED_TOGETHER, unadmitted
from apd.cda.grammar.notation import OTHERWISE, times
from apd.cda.grammar.xsd import MANY
from apd.rules import engine
from apd.rules.known_values import UnknownValue, known_values
from apd.rules.partly_admitted import (
    PartlyWalked,
    in_parts,
    walked_elements,
)
from apd.rules.schema_layer import Verdict
from apd.rules.settings import Settings, walk
from apd.standard.codes import TIME_EVENT, VERSION_EVENT
from apd.standard.releases import RELEASES, Release
from apd.testing.defects import defects, is_of_set, with_defect
from tests.laws.bases import bases, sample, unlike_edits
from tests.laws.edits import ALL_KINDS, Edit, edits_of
from tests.places import needs_kit, needs_second_kit
from tests.rules.editing import valid, valid_document
from tests.rules.kit import cases, causes, second_cases
from tests.sampling import one_in

RELAXED = relaxed_grammar_of(Release.CURRENT)


@pytest.fixture(autouse=True, scope="module")
def _warm() -> None:
    for _ in range(FEW_DOCUMENTS + 1):
        grammar_after_few(Release.CURRENT)
        relaxed_after_few(Release.CURRENT)


def found(data: bytes | str, *, walked: bool, settings: Settings | None = None) -> object:
    """What is found in a document, by the way that is taken or by that on which all is walked."""
    with pytest.MonkeyPatch.context() as patch:
        if walked:
            patch.setattr(engine, "_admitted", lambda *_: None)
        return apd.validate(data, settings=settings).findings


def otherwise_judged(documents: Iterable[tuple[str, bytes | str]]) -> list[str]:
    """The documents in which something else is found where all of them is walked."""
    return [
        name for name, data in documents if found(data, walked=False) != found(data, walked=True)
    ]


def is_walked(data: bytes) -> bool:
    """Whether all of a document is walked, as the grammar admits no part of it."""
    parts = RELAXED.parts(as_written(data)) or RELAXED.parts(canonical(data, parse_document(data)))
    return parts is None


def named(edits: Iterable[tuple[str, Edit]]) -> Iterator[tuple[str, bytes]]:
    """Edits, by their names."""
    return ((f"{base}: {edit.name}", edit.data()) for base, edit in edits)


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_the_same_is_found_in_an_edited_document(kind: str) -> None:
    assert not otherwise_judged(named(sample(kind, 12)))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(16))
def test_the_same_is_found_in_every_edited_document(part: int) -> None:
    edits = (edit for number, edit in enumerate(unlike_edits()) if number % 16 == part)

    assert not otherwise_judged(named(edits))


def test_of_most_documents_with_one_edit_a_part_is_walked_at_the_most() -> None:
    edited = [
        data
        for kind in ("removed", "doubled", "attribute removed", "null beside content")
        for _, data in named(sample(kind, 12))
    ]

    assert sum(map(is_walked, edited)) < 0.3 * len(edited)


@given(
    st.sampled_from(sorted(bases())),
    st.lists(st.integers(0, 1_000_000), min_size=2, max_size=4),
)
def test_the_same_is_found_after_several_edits(base: str, numbers: list[int]) -> None:
    data = bases()[base]
    for number in numbers:
        edits = list(edits_of(data, ALL_KINDS[number % len(ALL_KINDS)]))
        if edits:
            data = edits[number % len(edits)].data()

    assert not otherwise_judged([("", data)])


@pytest.mark.parametrize("rule", one_in(3, (rule for rule in defects() if not is_of_set(rule))))
def test_the_same_is_found_in_a_document_with_a_defect(rule: str) -> None:
    assert not otherwise_judged([("", with_defect(valid_document(), rule))])


@needs_kit
@needs_second_kit
def test_the_same_is_found_in_some_cases_of_the_kits() -> None:
    assert not otherwise_judged((case.id, case.data) for case in cases(60))
    assert not otherwise_judged((case.id, case.data) for case in second_cases(40))
    assert not otherwise_judged((case.id, case.data) for case in causes())


@pytest.mark.slow
@needs_kit
@needs_second_kit
def test_the_same_is_found_in_every_case() -> None:
    assert not otherwise_judged((case.id, case.data) for case in cases())
    assert not otherwise_judged((case.id, case.data) for case in second_cases())


SOR = '<id extension="1" root="1.2.208.176.1.1"/>'
DECLARED = '<languageCode code="da-DK"/>'


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (DECLARED, "<languageCode code='da'/>"),
        (DECLARED, '<languageCode xmlns="urn:x" code="da-DK"/>'),
        (DECLARED, '<x:languageCode xmlns:x="urn:hl7-org:v3" code="da"/>'),
        (DECLARED, '<x:languageCode xmlns:x="urn:x" code="da-DK"/>'),
        (DECLARED, '<languageCode code="da-DK" x=">"/>'),
        (DECLARED, '<languageCode code="da-DK" x="/>"/>'),
        (DECLARED, '<languageCode code="da-DK" x="/>"></languageCode>'),
        (DECLARED, f'<languageCode code="da-DK">{SOR}</languageCode>'),
        (DECLARED, '<languageCode code="da-DK"><section><text>a</text></section></languageCode>'),
        (DECLARED, '<languageCode code="da-DK"><languageCode code="da-DK"/></languageCode>'),
        (DECLARED, '<languageCode code="da"/><languageCode code="da-DK"/>'),
        (DECLARED, '<languageCode code="da"><!-- </languageCode> --></languageCode>'),
        (DECLARED, '<languageCode code="da"><![CDATA[</languageCode>]]></languageCode>'),
        (DECLARED, '<languageCode code="da"><?x </languageCode>?></languageCode>'),
        (DECLARED, f'<languageCode code="da">{"<x>" * 240}{"</x>" * 240}</languageCode>'),
        (DECLARED, "<languageCode/ >"),
        (DECLARED, '<languageCode code="da"\n  ></languageCode\n  >'),
        (DECLARED, ""),
        (DECLARED, f"{DECLARED} text"),
        (DECLARED, f"{DECLARED}<sdtc:x/>"),
        ('<templateId root="1.2.208.184.10.1.11"', '<templateId root="1.2.208.184.10.1.12"'),
        ('<templateId root="1.2.208.184.10.1.11"', '<templateId root="1.2.3"'),
        ("<author", '<author typeCode="x"'),
        ('typeCode="LOC"', 'typeCode="SBJ"'),
        ("2.16.840.1.113883.1.3", "2.16.840.1.113883.1.4"),
        ("<city>", "<city/><city>"),
        ("<birthTime", '<birthTime value="1948"/><birthTime'),
        ("<low ", '<low nullFlavor="NI"/><low '),
        ("<custodian", "<custodian><assignedCustodian/></custodian><custodian"),
        ("</ClinicalDocument>", "<relatedDocument/></ClinicalDocument>"),
        ("<realmCode", '<x a="1"><id root="x"/><section><text>a</text></section></x><realmCode'),
        ("<realmCode", f"<x>{SOR}</x><custodian>{SOR}</custodian><realmCode"),
        ("<title>", '<x:y xmlns:x="urn:x"/><title>'),
        ("<title>", '<id root="1.2.208.184" extension="x"/><id nullFlavor="NI"/><title>'),
        ("<languageCode", f"{DECLARED}<title/><languageCode"),
        ("<title>", "<x/>text<title>"),
        ("<title>", "<recordTarget><patientRole/></recordTarget><title>"),
        ("<ClinicalDocument", '<ClinicalDocument x="&gt;&quot; y=&quot;" y="z"'),
        ("<ClinicalDocument", '<ClinicalDocument classCode="x" code="x"'),
        ("<encounter", f'<encounter x="" root="{"1" * 200}"'),
        ("<encounter", "<x/><encounter"),
        ("<statusCode", "<x/><effectiveTime/><statusCode"),
        ("<statusCode", '<statusCode code="y"/><statusCode x="y"'),
        ("<patientRole", '<id x="y"/><patientRole y="x"'),
        ("</ClinicalDocument>", "</ClinicalDocument><!-- -->"),
        ("<ClinicalDocument", "<!-- - --><?x-y?><ClinicalDocument"),
    ],
)
def test_the_same_is_found_however_a_fault_is_written(written: str, instead: str) -> None:
    text = valid().decode()
    assert written in text

    assert not otherwise_judged(
        (name, one)
        for name, one in (
            ("first", text.replace(written, instead, 1)),
            ("all", text.replace(written, instead)),
            ("with another", text.replace(written, instead).replace("<realmCode", "<realmcode")),
            ("with a comment", text.replace(written, instead).replace("<id ", "<!-- --><id ")),
        )
    )


@pytest.mark.parametrize("bound", ["low", "high"])
def test_the_same_is_found_where_a_namesake_of_what_is_misplaced_is_not_admitted(
    bound: str,
) -> None:
    text = re.sub(r"(?s)(<section.*</section>)", r"\1\1", valid().decode())
    bounds = [one.start() for one in re.finditer(f"<{bound} value", text)]
    assert len(bounds) == 3  # in the header, and in each section

    for at in bounds:
        other = re.sub('"[^"]*"', '"209901010101"', text[at:], count=1)  # without an offset
        assert not otherwise_judged([("", text[:at] + other)])


def test_what_ends_within_a_comment_is_not_taken_for_admitted() -> None:
    hidden = valid().replace(b"<code ", b"<code x='1'><!-- </code><code ", 1)
    hidden = hidden.replace(b"<title>", b"--></code><code y='1'/><title>", 1)

    assert not otherwise_judged([("", hidden)])


@pytest.mark.parametrize(
    "settings",
    [
        Settings(off=("CONF-DK:37", "XSD-ATTRIBUTE", "BR-TEXT-DATE")),
        Settings(severities={"CONF-DK:37": "information"}, edition="1.0"),
        Settings(as_release=True),
    ],
)
def test_the_same_is_found_with_any_settings(settings: Settings) -> None:
    for kind in ALL_KINDS:
        for name, data in named(sample(kind, 3)):
            ways = [found(data, walked=walked, settings=settings) for walked in (False, True)]
            assert ways[0] == ways[1], name


# --- what the law rests on ----------------------------------------------------------------------


@pytest.mark.parametrize("release", RELEASES)
def test_what_may_be_otherwise_is_in_nothing_that_recurs_without_end(release: Release) -> None:
    """A match keeps the last of what recurs only."""
    assert relaxed_grammar_of(release).ways
    with pytest.raises(AssertionError):
        times(f"(?P<{OTHERWISE}0>a)", 0, MANY)


def test_elements_on_another_way_than_the_grammar_says_are_not_walked() -> None:
    text = valid().decode().replace('code="da-DK"', 'code="da"')
    parts = RELAXED.parts(text)
    assert parts is not None

    (one,) = parts.unadmitted
    assert one.way == ("ClinicalDocument", "languageCode")
    assert walked_elements(text, parse_document(text), [one]) is not None
    other = one._replace(way=("ClinicalDocument", "author", "time"))
    assert walked_elements(text, parse_document(text), [other]) is None


def test_a_document_of_another_release_is_walked() -> None:
    text = valid().decode()
    of_version = text.replace(Release.CURRENT.version_id, "apd-v1.0")
    of_template = text.replace(Release.CURRENT.template_date, "2018-01-01", 1)
    assert len({text, of_version, of_template}) == 3

    def is_in_parts(text: str) -> bool:
        verdict = Verdict(parse_document(text))
        return in_parts(RELAXED, text, as_written(text), verdict, Release.CURRENT) is not None

    assert [is_in_parts(one) for one in (of_version, of_template)] == [False, True]
    assert not otherwise_judged([("version", of_version), ("template", of_template)])


def test_what_is_missing_is_at_the_place_where_it_should_be() -> None:
    text = valid().decode()
    parts = RELAXED.parts(text.replace('<languageCode code="da-DK"/>', ""))
    assert parts is not None

    (one,) = parts.unadmitted
    assert one.way == ("ClinicalDocument", "languageCode")
    assert one.start == one.end


REQUESTED = bases()["pool-training-1"].decode()
STARTS = '<effectiveTime><low value="20260101120000+0100"/></effectiveTime>'
SECOND_AUTHOR = re.compile(r"(?s)(</author>\s*)<author.*?</author>")


def test_a_first_author_that_is_admitted_is_not_walked() -> None:
    text = SECOND_AUTHOR.sub(r'\1<author nullFlavor="NI"/>', REQUESTED)
    parts = RELAXED.parts(text)
    assert parts is not None

    (one,) = parts.unadmitted
    assert one.way == ("ClinicalDocument", "author")
    assert text[one.start : one.end].strip() == '<author nullFlavor="NI"/>'


@pytest.mark.parametrize(
    ("pattern", "instead", "way"),
    [
        (r"(?s)(<performer.*?)<telecom[^>]*>", r"\1", "performer assignedEntity telecom"),
        (
            r"(?s)(<participant .*?)<addr.*?</addr>",
            r"\1<addr/>",
            "participant participantRole addr",
        ),
        (r'code="REFB"', 'code="X"', "author assignedAuthor code"),
        (r"(?s)(<author.*?<id )[^>]*/>", r'\1root="1.2"/>', "author assignedAuthor id"),
        (
            r"(?s)(<custodian.*?)<assignedCustodian.*?</assignedCustodian>",
            r"\1",
            "custodian assignedCustodian",
        ),
    ],
)
def test_of_what_the_reader_parses_no_more_is_walked_than_is_not_admitted(
    pattern: str, instead: str, way: str
) -> None:
    text, count = re.subn(pattern, instead, REQUESTED, count=1)
    assert count
    parts = grammar_of(Release.CURRENT).parts(text)
    assert parts is not None

    (one,) = RELAXED.within(text, parts).unadmitted

    assert one.way[-len(way.split()) :] == tuple(way.split())
    assert not otherwise_judged([("", text)])


def is_known(text: str, name: str) -> bool:
    """Whether a value of a document that is partly admitted is known."""
    root = parse_document(text)
    told = in_parts(RELAXED, text, as_written(text), Verdict(root), Release.CURRENT)
    assert told is not None
    walked = PartlyWalked(root, walk(Settings(), Release.CURRENT), told.elements)
    try:
        getattr(known_values(told.text, told.parts, walked), name)
    except UnknownValue:
        return False
    return True


@pytest.mark.parametrize(
    ("pattern", "instead", "name", "known"),
    [
        (SECOND_AUTHOR, r'\1<author nullFlavor="NI"/>', "authored", True),
        (SECOND_AUTHOR, r'\1<author><time value="2026"/></author>', "authored", False),
        (SECOND_AUTHOR, r'\1<author nullFlavor="NI"/>', "begins_in_header", True),
        (VERSION_EVENT, "1.2.3", "begins_in_header", True),
        (VERSION_EVENT, "1.2.3", "same_id", True),
        (VERSION_EVENT, TIME_EVENT, "begins_in_header", True),
        (VERSION_EVENT, f'{TIME_EVENT}"/>{STARTS}<x a="', "begins_in_header", False),
        (VERSION_EVENT, TIME_EVENT.replace("1", "&#49;", 1), "begins_in_header", False),
        (r"(?s)(<low[^>]*/>\s*)(<high[^>]*/>)", r"\2\1", "begins_in_header", False),
        (r'code="da-DK"', 'code="da"', "begins_in_header", True),
    ],
)
def test_a_value_is_unknown_only_where_what_is_not_admitted_may_have_its_place(
    pattern: str | re.Pattern[str], instead: str, name: str, known: bool
) -> None:
    text, count = re.subn(pattern, instead, REQUESTED, count=1)
    assert count

    assert is_known(text, name) == known
    assert not otherwise_judged([("", text)])


def test_a_clean_document_is_admitted_in_whole() -> None:
    for data in bases().values():
        parts = RELAXED.parts(data.decode())
        assert parts is not None
        assert not parts.unadmitted
        others = dict.fromkeys(map(unadmitted, (*PARSED, *PARSED_TOGETHER)), "")
        assert parts.kept | others == grammar_of(Release.CURRENT).kept(data.decode())


def test_a_long_document_is_walked_in_whole() -> None:
    text = valid().decode().replace('code="da-DK"', 'code="da"')
    longest = text + "\n" * (MOST_CHARACTERS - len(text))

    assert RELAXED.parts(longest) is not None
    assert RELAXED.parts(longest + "\n") is None


@pytest.mark.parametrize(
    "piece",
    ['<telecom use="H" value="tel:1"/>', "<addr>", "<id/>", "<id><id>", "<x", '<id a="/>', "<!--"],
)
@pytest.mark.parametrize("before", ["<languageCode", "<patient ", "<time ", "</assignedEntity>"])
def test_any_text_is_matched_or_refused_at_once(before: str, piece: str) -> None:
    """One that tried the pieces in more than one way would not end."""
    text = valid().decode()
    number = (MOST_CHARACTERS - len(text)) // len(piece)

    RELAXED.parts(text.replace(before, piece * number + before, 1))
