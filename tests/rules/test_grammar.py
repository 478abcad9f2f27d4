"""The two laws of the grammar: it admits what is clean, and nothing that breaks row or schema.

A document that names the project's own XSD as its schema is judged the full way.
"""

import random
import re
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import apd
from apd.cda.detection import parse_document
from apd.cda.grammar import (
    MOST_CHARACTERS,
    as_written,
    canonical,
    grammar_of,
    without_comments,
)
from apd.cda.lossless.defaults import DEFAULTS
from apd.cda.xml import Element, hl7, local_name
from apd.findings import Layer, Severity
from apd.rules.admitted_values import BY_ELEMENT, COVERED, AdmittedValues, admitted_values
from apd.rules.admitted_view import AdmittedView
from apd.rules.document_view import DocumentView, Node
from apd.rules.rule import Rule
from apd.rules.settings import Settings, functions, unchecked_walk, usual
from apd.standard.element_types import DATA_TYPES
from apd.standard.paths import ENCOUNTER
from apd.testing import strategies as apd_st
from apd.testing.defects import defects, is_of_set, with_defect
from apd.wording import Wording
from tests.laws.bases import bases, sample, unlike_edits
from tests.laws.edits import ALL_KINDS, edits_of
from tests.places import SCHEMA, needs_kit, needs_second_kit
from tests.rules.editing import valid, valid_document
from tests.rules.kit import cases, causes, second_cases
from tests.sampling import one_in

GRAMMAR = grammar_of(apd.Release.CURRENT)
FUNCTIONS = [one for one in functions(usual()) if one.rule not in COVERED]


def admitted(data: bytes | str) -> bool:
    """Whether the grammar admits a document, if it is one."""
    try:
        return values_of(data) is not None
    except apd.ParseError:
        return False


def text_of(data: bytes | str) -> str | None:
    """The text of a document, as the rules match it."""
    text = as_written(data)
    return None if text is None else without_comments(text)


def values_of(data: bytes | str) -> AdmittedValues | None:
    """The values of a document that the grammar admits, as it is written or brought into form."""
    return admitted_values(GRAMMAR, text_of(data)) or admitted_values(
        GRAMMAR, canonical(data, parse_document(data))
    )


def otherwise_judged(documents: Iterable[tuple[str, bytes]]) -> list[str]:
    """The documents of which something else is said than the full way says."""
    return [
        name
        for name, data in documents
        if admitted(data)
        and apd.validate(data).findings != apd.validate(data, schema=SCHEMA).findings
    ]


# --- what is admitted breaks no row and no schema -----------------------------------------------


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_an_edited_document_is_judged_as_the_full_way_judges_it(kind: str) -> None:
    assert not otherwise_judged((edit.name, edit.data()) for _, edit in sample(kind, 12))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(16))
def test_every_edited_document_is_judged_as_the_full_way_judges_it(part: int) -> None:
    edits = (edit for number, (_, edit) in enumerate(unlike_edits()) if number % 16 == part)

    assert not otherwise_judged((edit.name, edit.data()) for edit in edits)


@needs_kit
def test_some_cases_of_the_kit_are_judged_as_the_full_way_judges_them() -> None:
    assert not otherwise_judged((case.id, case.data) for case in cases(60))


@needs_second_kit
def test_some_cases_of_the_second_kit_are_judged_as_the_full_way_judges_them() -> None:
    assert not otherwise_judged((case.id, case.data) for case in second_cases(40))
    assert not otherwise_judged((case.id, case.data) for case in causes())


@pytest.mark.slow
@needs_kit
@needs_second_kit
def test_every_case_is_judged_as_the_full_way_judges_it() -> None:
    assert not otherwise_judged((case.id, case.data) for case in cases())
    assert not otherwise_judged((case.id, case.data) for case in second_cases())


CHARACTERS = (
    *"<>&\"'=/!?-;:]#ax0 ",
    *"\t\n\r\0\x0b\x1f\x7f\x85\xa0\u2028\ufeff\ufffe\ud800\U0001f600",
)


def edits_of_a_character(text: str, places: Iterable[int]) -> Iterator[tuple[str, str]]:
    """A document with one character out, another in its place, or one more."""
    for at in places:
        yield f"{at} out", text[:at] + text[at + 1 :]
        for character in CHARACTERS:
            yield f"{at} {character!r} instead", text[:at] + character + text[at + 1 :]
            yield f"{at} {character!r} more", text[:at] + character + text[at:]


def otherwise_read(documents: Iterable[tuple[str, str]]) -> list[str]:
    """The documents that are admitted as they are written, and that the full way judges otherwise.

    As text and, where that is possible, as UTF-8.
    """
    return [
        name
        for name, text in documents
        if GRAMMAR.kept(text_of(text)) is not None
        for data in (text, text.encode(errors="replace"))
        if apd.validate(data).findings != apd.validate(data, schema=SCHEMA).findings
    ]


def test_a_blank_in_an_element_without_content_is_judged_as_the_full_way_judges_it() -> None:
    """The schema allows it where it has elements, and nowhere else."""
    text = next(iter(bases().values())).decode()
    empty = [found.span() for found in re.finditer(r"<(\w+)[^<>]*/>", text)]
    opened = [
        text[:start] + re.sub(r"<(\w+)([^<>]*)/>", r"<\1\2>\n</\1>", text[start:end]) + text[end:]
        for start, end in empty
    ]

    assert not otherwise_judged((one[:60], one.encode()) for one in opened)
    assert 5 < sum(map(admitted, opened)) < len(opened) - 5


def with_comments() -> str:
    """A clean document with a comment in front of some tags."""
    return re.sub("(?=</?(?:patient|telecom|name|time|td))", "<!-- - > -->", valid().decode())


TEXTS = {"as made": lambda: valid().decode(), "with comments": with_comments}


@pytest.mark.parametrize("text", TEXTS)
def test_a_character_more_or_less_is_read_as_libxml2_reads_it(text: str) -> None:
    made = TEXTS[text]()
    places = range(0, len(made), 2018)

    assert not otherwise_read(edits_of_a_character(made, places))


@pytest.mark.parametrize("part", range(4))
def test_a_character_more_or_less_in_a_comment_is_read_as_libxml2_reads_it(part: int) -> None:
    text = with_comments()
    start = text.index("<!--", text.index("<patient"))
    places = range(start - 2 + part, text.index("-->", start) + 5, 4)

    assert not otherwise_read(edits_of_a_character(text, places))


@pytest.mark.slow
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("part", range(8))
def test_many_characters_are_read_as_libxml2_reads_it(part: int, text: str) -> None:
    made = TEXTS[text]()

    assert not otherwise_read(edits_of_a_character(made, range(part, len(made), 8 * 13)))


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("<title>Aftale for", "<title>Aftale ]]> for"),
        ("<title>Aftale for", "<title>Aftale & for"),
        ("<title>Aftale for", "<title>Aftale &nbsp; for"),
        ("<title>Aftale for", "<title>Aftale \x1f for"),
        ("<title>Aftale for", "<title>Aftale \ufffe for"),
        ("<title>Aftale for", "<title>Aftale \ud800 for"),
        ("</city>", "</postalCode>"),
        ("<city>", '<city x="1">'),
        ('<telecom use="H"', '<telecom use="H" use="H"'),
        ('classCode="DOCCLIN"', 'classCode="DOCCLIN" classCode="DOCCLIN"'),
        (' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', ""),
        (' xmlns="urn:hl7-org:v3"', ""),
        ("http://www.w3.org/2001/XMLSchema-instance", "http://www-w3.org/2001/XMLSchema-instance"),
        ('version="1.0"', "version='1.0\""),
        ('version="1.0"', 'version="1.1"'),
        ('encoding="UTF-8"', 'encoding="ISO-8859-1"'),
        ("<ClinicalDocument", "<!-- a -- b --><ClinicalDocument"),
        ("<ClinicalDocument", "<!-- a ---><ClinicalDocument"),
        ("<recordTarget", "<!-- a -- b --><recordTarget"),
        ("<recordTarget", "<!-- a ---><recordTarget"),
        ("<recordTarget", "<!-- \x1f --><recordTarget"),
        ("<recordTarget", "<recordTarget<!-- a -->"),
        ("<city>", "<city <!-- a --> >"),
        ("<city>", "<!-- a --><!-- b <city>"),
        ("</city>", "</<!-- a -->city>"),
        ('use="H"', 'use="H<!-- a -->"'),
        ("</city>", "<!-- a -->]]></city>"),
        ("<city>", "<city><![CDATA[<!-- a --><b>]]>"),
        ("<recordTarget", "<?a <!-- a --><?><recordTarget"),
        ("<ClinicalDocument", "<?xml a?><ClinicalDocument"),
        ("<ClinicalDocument", "<!DOCTYPE ClinicalDocument><ClinicalDocument"),
        ("</ClinicalDocument>", "</ClinicalDocument>."),
        ("</ClinicalDocument>", "</ClinicalDocument></ClinicalDocument>"),
        ("<?xml", "\n<?xml"),
        ("<?xml", "\ufeff<?xml"),
    ],
)
def test_what_is_no_xml_or_is_read_otherwise_is_not_admitted_as_written(
    written: str, instead: str
) -> None:
    assert written in valid().decode()

    assert GRAMMAR.kept(text_of(valid().decode().replace(written, instead, 1))) is None


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ('<?xml version="1.0" encoding="UTF-8"?>', ""),
        ('<?xml version="1.0" encoding="UTF-8"?>', "<?xml version='1.0' encoding='utf-8'?>"),
        ('encoding="UTF-8"', 'encoding="UTF-8" standalone="no"'),
        ("<ClinicalDocument", '<?xml-stylesheet href="a.xsl"?>\n<!-- - -->\n<ClinicalDocument'),
        ("</ClinicalDocument>", "</ClinicalDocument>\n<!-- -->\n"),
        ("<recordTarget", "<!-- <a> - \u2028 --><!----> <!-- > --><recordTarget"),
        ("</city>", "<!-- a --></city>"),
        (' xmlns:xsi="', ' xmlns:sdtc="urn:hl7-org:sdtc" xmlns:xsi="'),
        ("\n", "\r\n"),
        ("\n", "\n\n\t"),
        ('"/>', '" />'),
    ],
)
def test_what_states_the_same_is_admitted_as_written(written: str, instead: str) -> None:
    assert written in valid().decode()

    assert GRAMMAR.kept(text_of(valid().decode().replace(written, instead))) is not None


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (
            'extension="POCD_HD000040" root="2.16.840.1.113883.1.3"',
            "root='2.16.840.1.113883.1.3'\n  extension='POCD_HD000040'",
        ),
        ("<title>Aftale for", "<title>Aftale<!-- - --> for"),
        ("<title>Aftale for", "<title>&#65;ftale for"),
        ("<title>Aftale for", "<title><![CDATA[Aftale]]> for"),
        ("<city>", "<city><!-- a -->"),
    ],
)
def test_what_is_written_otherwise_is_brought_into_form(written: str, instead: str) -> None:
    text = valid().decode().replace(written, instead, 1)
    assert text != valid().decode()

    assert GRAMMAR.kept(text) is None
    assert values_of(text) == values_of(valid())


@given(apd_st.documents())
def test_any_document_is_judged_as_the_full_way_judges_it(
    document: apd.AppointmentDocument,
) -> None:
    assert not otherwise_judged([("", apd.dumps(document, check=False))])


@given(apd_st.documents(flawless=True), st.integers(0, 1_000_000))
def test_an_edit_of_any_document_is_judged_as_the_full_way_judges_it(
    document: apd.AppointmentDocument, number: int
) -> None:
    edits = list(edits_of(apd.dumps(document)))
    edit = edits[number % len(edits)]

    assert not otherwise_judged([(edit.name, edit.data())])


@pytest.mark.parametrize("rule", one_in(4, (rule for rule in defects() if not is_of_set(rule))))
def test_a_defect_is_not_admitted_but_where_a_function_sees_it(rule: str) -> None:
    data = with_defect(valid_document(), rule)
    found = {one.rule for one in apd.validate(data, schema=SCHEMA).findings}

    assert {one.rule for one in apd.validate(data).findings} == found
    assert not (admitted(data) and found & set(COVERED))


# --- what is clean is admitted ------------------------------------------------------------------


@pytest.mark.parametrize("name", bases())
def test_a_clean_example_is_admitted(name: str) -> None:
    data = bases()[name]

    assert not apd.validate(data, schema=SCHEMA).findings
    assert admitted(data)


@pytest.mark.parametrize("name", bases())
def test_what_only_repeats_a_default_of_the_schema_may_be_left_out(name: str) -> None:
    root = parse_document(bases()[name])
    for element in root.iter("*"):
        for attribute, value in DEFAULTS.get(local_name(element), ()):
            if element.get(attribute) == value:
                del element.attrib[attribute]
    data = etree.tostring(root)

    assert data.count(b"=") < bases()[name].count(b"=") - 30
    assert not apd.validate(data, schema=SCHEMA).findings
    assert admitted(data)
    assert apd.loads(data) == apd.loads(bases()[name])


@given(apd_st.documents(flawless=True))
def test_a_clean_document_is_admitted(document: apd.AppointmentDocument) -> None:
    data = apd.dumps(document)

    assert admitted(data)


@pytest.mark.parametrize(
    ("extension", "is_admitted"),
    [("x" * 64, True), ("x" * 65, False), ("&amp;" * 64, True), ("&amp;" * 64 + "x", False)],
)
def test_a_reference_is_one_character_of_an_id(extension: str, is_admitted: bool) -> None:
    set_id = f'<setId extension="{extension}" root="1.2.3"/>'
    text = re.sub("<setId [^>]*/>", set_id, valid().decode())

    assert (GRAMMAR.kept(text) is not None) is is_admitted


@pytest.mark.parametrize("mark", ['"', "&quot;"])
@pytest.mark.parametrize(
    ("written", "is_admitted"),
    [
        ("<given>{0}A</given><family>B</family>", False),
        ("<given>A</given><family>{0}B</family>", True),
        ('<given nullFlavor="NI"/>\n<family>{0}B</family>', False),
        ('<given nullFlavor="NI"></given><family>A {0}B{0}</family>', True),
        (" {0}A", False),
        ("A {0}", True),
    ],
)
def test_a_name_begins_with_its_first_text(written: str, is_admitted: bool, mark: str) -> None:
    name = f"<name>{written.format(mark)}</name><administrativeGenderCode"
    text = re.sub(
        "<name>(?:(?!<name>).)*?<administrativeGenderCode", name, valid().decode(), flags=re.S
    )

    assert (GRAMMAR.kept(text) is not None) is is_admitted
    assert apd.validate(text, schema=SCHEMA).is_valid
    assert (not apd.validate(text, schema=SCHEMA).findings) is is_admitted


def test_a_document_under_a_prefix_is_admitted() -> None:
    (edit,) = [one for one in edits_of(valid(), "prefix") if one.detail == "prefix"]

    assert apd.validate(edit.data()).findings == ()


def test_a_long_document_gets_the_full_way() -> None:
    text = valid().decode()
    longest = text + "\n" * (MOST_CHARACTERS - len(text))

    assert GRAMMAR.kept(longest) is not None
    assert GRAMMAR.kept(longest + "\n") is None


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        ("<patient ", '<telecom use="H" value="tel:65000001"/>'),
        ("<family>", "<given>Vera</given>"),
        ("<postalCode>", "<streetAddressLine>Birkelunden 12</streetAddressLine>"),
        ("</tbody>", "<tr><td>a</td></tr>"),
        ("</tbody>", "<tr><td><content>a<br/></content></td></tr>"),
        ("</paragraph>", "&amp;"),
        ("</paragraph>", "<sub>a</sub>"),
        ("<table", "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ("<ClinicalDocument", "<!-- - -->"),
        ("<ClinicalDocument", "<?a b?>"),
    ],
)
@pytest.mark.parametrize("is_broken", [False, True])
def test_what_is_repeated_is_matched_or_refused_at_once(
    before: str, piece: str, is_broken: bool
) -> None:
    """One that tried the pieces in more than one way would not end."""
    text = valid().decode()
    number = (MOST_CHARACTERS - len(text)) // len(piece)
    text = text.replace(before, piece * number + before, 1)
    assert text.count(piece) >= number

    if is_broken:
        text = text.replace("</ClinicalDocument>", "<x/></ClinicalDocument>")
    assert (GRAMMAR.kept(text) is None) == is_broken


def test_a_document_of_many_namespaces_is_not_made_canonical() -> None:
    declared = " ".join(f'xmlns:n{number}="u:{number}"' for number in range(900))
    many = valid().replace(b"<ClinicalDocument ", f"<ClinicalDocument {declared} ".encode())
    foreign = valid().replace(b"<ClinicalDocument ", b'<ClinicalDocument xmlns:n="u:n" ')

    assert canonical(many, parse_document(many)) is None
    assert canonical(foreign, parse_document(foreign)) is not None
    assert canonical(valid().decode().encode("utf-16"), parse_document(valid())) is None


def test_there_are_rules_of_all_that_the_grammar_stands_for() -> None:
    assert set(defects()) >= set(COVERED)


LOOKED_AT = {rule: types for rule, types in {**COVERED, **BY_ELEMENT}.items() if types}


@pytest.mark.parametrize("rule", LOOKED_AT)
def test_a_rule_finds_nothing_without_elements_of_the_data_types_it_looks_at(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = next(one.check for one in functions(usual()) if one.rule == rule)
    root = parse_document(with_defect(valid_document(), rule))
    view, without = (DocumentView(root, unchecked_walk()) for _ in range(2))
    of_type, others = without.of_type, set(DATA_TYPES).difference(LOOKED_AT[rule])
    monkeypatch.setattr(without, "of_type", lambda *types: of_type(*others.intersection(types)))

    assert list(check(view))
    assert not view.types.isdisjoint(LOOKED_AT[rule])
    assert not list(check(without))


def translated(element: Element, chance: random.Random, depth: int = 4) -> None:
    """Give a code translations, and translations of these."""
    for code in chance.choices("ABCDEFGH", k=chance.randrange(4) if depth else 0):
        attributes = {"code": code, "codeSystem": "1.2.3"}
        translated(etree.SubElement(element, hl7("translation"), attributes), chance, depth - 1)


@pytest.mark.parametrize("seed", range(100))
def test_translations_are_kept_apart_in_a_document_that_is_not_walked(seed: int) -> None:
    check = next(one.check for one in functions(usual()) if one.rule == "DT-CD-TRANSLATION")
    root = parse_document(valid())
    translated(root.find(f".//{hl7('encounter')}/{hl7('code')}"), random.Random(seed))
    views = AdmittedView(lambda: root, GRAMMAR.places), DocumentView(root, unchecked_walk())
    found, walked = ({node.element for node in check(view)} for view in views)
    assert found == walked


# --- what the values of an admitted document settle ----------------------------------------------


def left_open(data: bytes) -> set[str]:
    """The rules of which the values of a document do not say that they find nothing."""
    values = values_of(data)
    assert values is not None
    return {one.rule for one in FUNCTIONS if one.settled is None or not one.settled(values)}


@pytest.mark.parametrize("rule", [one.rule for one in FUNCTIONS])
def test_a_clean_document_leaves_few_rules_open(rule: str) -> None:
    assert any(rule not in left_open(data) for data in bases().values())


@pytest.mark.parametrize(
    "rule",
    sorted(one.rule for one in FUNCTIONS if admitted(with_defect(valid_document(), one.rule))),
)
def test_a_document_that_breaks_a_rule_leaves_it_open(rule: str) -> None:
    assert rule in left_open(with_defect(valid_document(), rule))


def within(begins: str, ends: str) -> dict[str, object]:
    """An appointment from one time to another, in encounter and header."""
    return dict.fromkeys(("begins", "begins_in_header"), begins) | dict.fromkeys(
        ("ends", "ends_in_header"), ends
    )


@pytest.mark.parametrize(
    ("rule", "changed", "is_settled"),
    [
        ("APD-START-2", {"begins": "19010101090000+0100"}, True),
        ("APD-START-2", {"begins": "19000101000000+0200"}, False),
        ("APD-START-2", {"begins": "99980101000000+0100"}, False),
        ("APD-START-2", {"begins": ""}, True),
        ("APD-END-2", {"ends": "99971231235900+0100"}, True),
        ("APD-END-2", {"ends": "99980101000000+0100"}, False),
        ("APD-END-2", {"ends": ""}, True),
        ("CONF-DK-APD:ad38", {"begins": "", "begins_in_header": ""}, False),
        ("CONF-DK-APD:7e5c", {"ends": ""}, False),
        ("CONF-DK-APD:7e5c", {"ends": "", "ends_in_header": "", "null_end": "NI"}, False),
        ("CONF-DK-APD:7e5c", {"null_end": "NI", "null_end_in_header": "NI"}, True),
        ("DT-IVL-ORDER", {"ends": "", "ends_in_header": ""}, True),
        ("DT-IVL-ORDER", {"ends_in_header": ""}, False),
        ("DT-IVL-ORDER", within("20261025024500+0200", "20261025021500+0100"), True),
        ("DT-IVL-ORDER", within("20261025021500+0100", "20261025024500+0200"), False),
        ("DT-II-SAME", {"same_id": False}, True),
        ("DT-II-SAME", {"same_id": True}, False),
        ("DT-TEL-SAME", {"second_telecom": True}, False),
        ("BR-8", {"precondition": False, "ends": ""}, True),
        ("BR-8", {"precondition": True, "ends": ""}, False),
        ("BR-OFFSET", {"authored": ["20260330120000+0200"]}, True),
        ("BR-OFFSET", {"authored": ["20260329120000+0200"]}, True),  # the clock changes that day
        ("BR-OFFSET", {"authored": ["20260329120000+0100"]}, False),
        ("BR-OFFSET", {"authored": ["20260329013000+0100"]}, True),
        ("BR-OFFSET", {"authored": ["20260329023000+0100"]}, False),  # which is 03:30+0200
        ("BR-OFFSET", {"authored": ["20260329023000+0200"]}, False),
        ("BR-OFFSET", {"authored": ["20261025023000+0200"]}, True),  # this hour comes twice
        ("BR-OFFSET", {"authored": ["20261025023000+0100"]}, True),
        ("BR-OFFSET", {"authored": ["20261025033000+0200"]}, False),
        ("BR-OFFSET", {"authored": ["20261024120000+0200"]}, True),
        ("BR-OFFSET", {"authored": ["20261026120000+0200"]}, False),
        ("BR-OFFSET", {"authored": ["99991231120000+0100"]}, False),
        ("BR-OFFSET", {"authored": []}, True),
        ("BR-F1-PERFORMER", {"without_telephone": True}, False),
        ("BR-F1-LOCATION", {"without_telephone_in_sor": True}, False),
        ("BR-HOME", {"at_home": True, "location_address": "<city>Odense</city>"}, False),
        ("BR-HOME", {"at_home": True, "location_address": ""}, True),
        ("BR-HOME", {"at_home": True, "location_address": "a", "home": "a"}, True),
        ("BR-PROTECTED-HOME", {"at_home": True}, True),
        ("BR-PROTECTED-HOME", {"at_home": True, "masked": True}, False),
        ("BR-PROTECTED-TEXT", {"masked": True}, False),
        ("BR-PROTECTED-TEXT", {"home": "Adressebeskyttet"}, False),
        ("BR-TELECOM", {"telecoms": ["tel:65113333", "tel:11"]}, False),
        ("BR-POSTAL", {"postal_codes": ["5000", " 999"]}, False),
        ("BR-POSTAL", {"cities": ["Odense", "5000"]}, False),
        ("BR-BIRTH", {"birth": "20260201", "made": "20260201120000+0100"}, True),
        ("BR-BIRTH", {"birth": "20260202", "made": "20260201120000+0100"}, False),
        ("BR-BIRTH", {"birth": "18571231"}, False),
        ("BR-BIRTH", {"birth": ""}, True),
        ("BR-CPR-1", {"cpr": ""}, True),
        ("BR-CPR-1", {"cpr": "251248-9996"}, False),
        ("BR-CPR-2", {"cpr": "2512489996", "birth": "194812251200"}, True),
        ("BR-CPR-2", {"cpr": "2512489996", "birth": "20481225"}, False),
        ("BR-CPR-2", {"cpr": "", "birth": "20481225"}, True),
        ("BR-CPR-2", {"birth": ""}, True),
        ("BR-CPR-3", {"cpr": "2512489996", "gender": "M"}, False),
        ("BR-CPR-3", {"cpr": "2512489996", "gender": "UN"}, True),
        ("BR-SOR-1", {"sor_codes": [""]}, False),
        ("BR-SOR-2", {"sor_codes": ["111111000016004"]}, False),
        ("BR-TEXT-DATE", {"text": "den 5.3.2026", "begins": "20260305090000+0100"}, True),
        ("BR-TEXT-DATE", {"text": "den 5.3.2026", "begins": "20260305090000+0200"}, False),
        ("BR-TEXT-DATE", {"begins": ""}, False),
        ("BR-TEXT-TIME", {"text": "9.00", "begins": "20260305090000+0100", "ends": ""}, True),
        ("BR-TEXT-TIME", {"text": "9.00", "begins": "20260305090000+0000", "ends": ""}, False),
        ("BR-TEXT-PLACE", {"place": " "}, False),
        ("BR-TEXT-PLACE", {"place": "Stue  4", "text": "i stue 4"}, True),
        ("BR-TEXT-EMPTY", {"text": "– –"}, False),
    ],
)
def test_values_settle_a_rule_where_nothing_can_be_found(
    rule: str, changed: dict[str, object], is_settled: bool
) -> None:
    values = values_of(valid())
    (function,) = [one for one in FUNCTIONS if one.rule == rule]
    assert values is not None and function.settled is not None

    assert function.settled(values._replace(**changed)) is is_settled  # type: ignore[arg-type]


def test_values_show_nothing_of_the_patient() -> None:
    values = values_of(valid())

    assert values is not None
    assert values.cpr in valid().decode()
    assert repr(values) == "AdmittedValues(***)"


# --- who asks for more gets the full way --------------------------------------------------------


def _padded(view: DocumentView) -> list[Node]:
    assert not isinstance(view, AdmittedView)
    return view.at(ENCOUNTER / "id")


OWN_RULE = Rule(
    id="HOUSE-1",
    layer=Layer.BUSINESS,
    severity=Severity.WARNING,
    source="house",
    wording=Wording("Egen regel.", "A rule of one's own."),
    explanation=Wording("", ""),
    remedy=Wording("", ""),
    check=_padded,
)


def test_a_rule_of_ones_own_gets_the_whole_view() -> None:
    found = apd.validate(valid(), settings=Settings(rules=(OWN_RULE,))).findings

    assert [one.rule for one in found] == ["HOUSE-1"]


def test_what_the_functions_find_in_an_admitted_document_is_weighed_by_the_settings() -> None:
    data = valid().replace(b"05-03-2026", b"06-03-2026")
    settings = Settings(severities={"BR-TEXT-DATE": "error"})
    assert admitted(data)

    assert [one.severity for one in apd.validate(data, settings=settings).findings] == ["error"]
    assert apd.validate(data, settings=Settings(off=("BR-TEXT-DATE",))).findings == ()
