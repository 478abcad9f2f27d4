"""The page of one document, valid or not: its data beside its readable text, and findings."""

import re
from itertools import chain, zip_longest

import pytest
from attrs import evolve
from hypothesis import given, settings

import apd
from apd.overview import html
from apd.testing import strategies as apd_st
from apd.text.appointment import Detail, lines_of
from apd.text.characters import visible
from tests import samples
from tests.overview.html import scenes
from tests.overview.html.reading import ids, parsed, text_of, texts
from tests.places import EXAMPLES, example_names, needs_examples


def section(page: str, id: str) -> str:
    """What is read in the section with a heading."""
    return text_of(parsed(page).xpath(f"//section[@aria-labelledby='{id}']")[0])


def test_valid() -> None:
    data = (scenes.DOCUMENTS / "hospital-visit.xml").read_bytes()
    page = html.document_page(data, name="hospital-visit.xml")
    root = parsed(page)
    assert root.get("lang") == "da"
    assert texts(root, "//title") == ["Aftaledokument: hospital-visit.xml"]
    assert texts(root, "//header/p") == ["hospital-visit.xml", "Kontrollen fandt ingen fejl."]
    for stated in (
        "Patient Vera Lykke Skovsang CPR 2512489996 kvinde født 25. december 1948",
        "Status aktiv",
        "DK-APD 2.0.1",
        "tirsdag den 3. marts 2026 kl. 10.15–10.45",
    ):
        assert stated in section(page, "data")
    assert "03-03-2026 10:15 - 10:45 Kontrol efter operation" in section(page, "text")
    assert "Teksten svarer til data." in section(page, "text")
    assert section(page, "findings") == "Fund ved kontrol af dokumentet (0) Intet at bemærke."
    assert root.xpath("//*[@id='unmapped']") == []


def test_disagreement_is_seen() -> None:
    """The date in the text is another than in the data."""
    page = html.document_page(scenes.disagreeing(), language="en")
    assert "Tuesday 10 March 2026, 07:30–15:00" in section(page, "data")
    document, data = section(page, "text").split("The text generated from the data")
    assert "The text does not match the data. Compare them." in document
    assert "11-03-2026" in document
    assert "10-03-2026" in data
    assert "BR-TEXT-DATE" in section(page, "findings")
    assert "readable text, worded differently" in section(page, "unmapped")


def marked(page: str) -> list[str]:
    """What is read in the cells that are marked."""
    return texts(parsed(page), "//td[@class='differs']")


DIFFERENT = [  # the number of the cell, what it says instead, what is noted
    (0, "04-03-2026", "03-03-2026"),
    (1, "10:15 - 11:45", "10:15 - 10:45"),
    (2, "Operation", "Kontrol efter operation"),
    (
        3,
        "Skadestuen",
        "Ambulatoriet, indgang C, 1. sal, Sygehusalléen 1, 9999 Kløverby, tlf. 00401070",
    ),
    (4, "Lægehuset, tlf. 00401000", "Kløverby Sygehus, tlf. 00401000"),
    (5, "Ja", "Nej"),
    (6, "Ja", "Nej"),
]


@pytest.mark.parametrize(("number", "wrong", "right"), DIFFERENT)
def test_the_cell_that_states_something_else_is_marked(number, wrong, right) -> None:
    """With what the data say, and no other cell."""
    text = (scenes.DOCUMENTS / "hospital-visit.xml").read_text("utf-8")
    parts = re.split("(?<=<td>)[^<]*", text)
    cells = re.findall("(?<=<td>)[^<]*", text)
    cells[number] = wrong
    changed = "".join(chain.from_iterable(zip_longest(parts, cells, fillvalue="")))
    assert marked(html.document_page(changed, language="en")) == [f"{wrong} The data say: {right}"]
    assert marked(html.document_page(text)) == []


SAME = ["3. marts 2026", "2026-03-03", "3/3-2026", "tirsdag 03.03.2026, husk at faste"]


@pytest.mark.parametrize("date", SAME)
def test_other_words_for_the_same_are_not_marked(date) -> None:
    text = (scenes.DOCUMENTS / "hospital-visit.xml").read_text("utf-8")
    assert marked(html.document_page(text.replace("<td>03-03-2026", f"<td>{date}"))) == []


def test_headings_may_stand_before_their_cells() -> None:
    text = (scenes.DOCUMENTS / "hospital-visit.xml").read_text("utf-8")
    start, end = text.index("<text>"), text.index("</text>")
    rows = "".join(
        f"<tr><th>{heading}</th><td>{cell}</td></tr>"
        for heading, cell in (
            ("Aftale dato", "04-03-2026"),
            ("Aftale tidspunkt", "kl. 10.15-10.45"),
            ("Bemærk", "<content>04-03-2026</content>"),
        )
    )
    made = f"{text[:start]}<text><table><tbody>{rows}</tbody></table>{text[end:]}"
    assert marked(html.document_page(made)) == ["04-03-2026 Data siger: 03-03-2026"]


def test_what_is_noted_at_a_cell_is_hidden_as_the_rest() -> None:
    document = samples.document(appointment=samples.appointment(reason=apd.Reason(samples.CPR)))
    data = apd.dumps(document, check=False).replace(f"<td>{samples.CPR}".encode(), b"<td>Kontrol")
    page = html.document_page(data, hide=lambda text: text.replace(samples.CPR, "****"))
    assert marked(page) == ["Kontrol Data siger: ****"]
    assert samples.CPR not in page


def source_lines(page: str) -> list[str]:
    """The lines of the document that stand with its findings."""
    return texts(parsed(page), "//*[@id='findings']/following-sibling::ul//*[@class='source-line']")


def test_the_line_stands_with_what_was_found_in_it() -> None:
    data = (scenes.DOCUMENTS / "hospital-visit.xml").read_bytes()
    changed = data.replace(b'code="active"', b'code="cancelled"')
    number = changed[: changed.index(b"<statusCode")].count(b"\n") + 1
    page = html.document_page(changed)
    assert set(source_lines(page)) == {f'linje {number} <statusCode code="cancelled"/>'}
    assert texts(parsed(page), "//mark") == ['code="cancelled"'] * len(source_lines(page))
    assert source_lines(html.document_page(changed.decode())) == source_lines(page)
    assert source_lines(html.document_page(b"<a")) == []


@pytest.mark.parametrize("hide", [None, lambda text: text])
def test_a_line_shows_nothing_personal_and_no_markup(hide) -> None:
    """Whether the rest is shown in full or not."""
    data = (scenes.DOCUMENTS / "hospital-visit.xml").read_bytes()
    line = f"<!-- {samples.CPR} --><statusCode code='<script>' x='{samples.CPR}'/>"
    hostile = line.replace("<script>", "&lt;script&gt;alert(1)").encode()
    page = html.document_page(data.replace(b'<statusCode code="active"/>', hostile), hide=hide)
    shown = [one for one in source_lines(page) if "statusCode" in one]
    assert shown
    assert all("<!-- … --><statusCode code='…' x='…'/>" in one for one in shown)
    assert parsed(page).xpath("//script") == []


def test_findings_have_clause_message_and_remedy() -> None:
    data = (scenes.DOCUMENTS / "hospital-visit.xml").read_bytes()
    page = html.document_page(data.replace(b'code="active"', b'code="cancelled"'))
    report = apd.validate(data.replace(b'code="active"', b'code="cancelled"'), language="da")
    assert not report.is_valid
    reported = section(page, "findings")
    for finding in report.findings:
        for part in (finding.message, finding.rule, finding.path, *finding.conformance):
            assert " ".join(part.split()) in reported
    assert "Sådan rettes det" in reported
    assert "Status aflyst" in section(page, "data")
    errors = sum(finding.severity is apd.Severity.ERROR for finding in report.findings)
    assert f"Kontrollen fandt {errors} fejl." in text_of(parsed(page).xpath("//header")[0])


def test_findings_begin_with_what_weighs_most() -> None:
    """Each with its own line of the document, those of one weight in the order of the report."""
    data = (scenes.DOCUMENTS / "hospital-visit.xml").read_bytes()
    for old, new in ((b"9990011000016000", b"9990011000016001"), (b'"active"', b'"cancelled"')):
        data = data.replace(old, new)
    found = apd.validate(data).findings
    by_weight = sorted(found, key=lambda finding: -finding.severity.weight)
    assert by_weight != [*found]
    root = parsed(html.document_page(data, findings=found))
    items = root.xpath("//ul[@class='findings']")[0]
    reported = [text_of(item) for item in items]
    assert len(reported) == len(found)
    for item, text, finding in zip(items, reported, by_weight, strict=True):
        assert finding.severity.value in item.get("class")
        assert finding.rule in text
        assert text.count(f"linje {finding.line} ") == 2, "the place, and the line itself"


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (b"", "XML-EMPTY"),
        (b"<html><body>", "XML-IS-HTML"),
        ("aftale", "XML-IS-TEXT"),
        (b"<html/>", "XML-IS-HTML"),
        (b"<a", "XML-SYNTAX"),
        (b"<project/>", None),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "XML-DTD"),
        (b"<ClinicalDocument xmlns='urn:hl7-org:v3'/>", None),
    ],
)
def test_no_document(source, rule) -> None:
    page = html.document_page(source, language="en")
    with pytest.raises(apd.ParseError) as caught:
        apd.loads(source)
    assert texts(parsed(page), "//header/p") == ["No appointment can be read from the document."]
    assert "The document has no readable text." in section(page, "text")
    for finding in caught.value.findings:
        assert finding.rule == (rule or finding.rule)
        assert finding.wording.en in section(page, "findings")


@pytest.mark.parametrize("data", [b"", b"<a>", b"<a/>", b"{}"])
@pytest.mark.parametrize("are_given", [True, False])
def test_why_nothing_can_be_read_is_found_once(data: bytes, are_given: bool) -> None:
    given = apd.validate(data).findings if are_given else None
    page = html.document_page(data, findings=given)
    assert "(1)" in section(page, "findings")
    assert "(2)" not in section(page, "findings")


def test_no_appointment_but_a_text() -> None:
    """What people can still read of a document that systems cannot."""
    data = (scenes.DOCUMENTS / "hospital-visit.xml").read_bytes()
    page = html.document_page(
        data.replace(b"<encounter ", b"<act ").replace(b"</encounter>", b"</act>")
    )
    assert "Der kan ikke læses nogen aftale i dokumentet." in section(page, "data")
    assert "03-03-2026" in section(page, "text")


def test_what_the_model_has_no_place_for() -> None:
    data = (scenes.DOCUMENTS / "hospital-visit.xml").read_bytes()
    extra = b"<authorization><consent><code code='A &lt; B'/></consent></authorization>"
    changed = data.replace(b"<documentationOf", extra + b"<documentationOf", 1)
    page = html.document_page(changed)
    assert "/ClinicalDocument/authorization findes kun i dokumentet" in section(page, "unmapped")
    assert "A &lt; B" in section(page, "unmapped")  # the XML as it is written
    hidden = html.document_page(changed, hide=lambda text: text)
    assert "/ClinicalDocument/authorization" in section(hidden, "unmapped")
    assert "A &lt; B" not in section(hidden, "unmapped")
    assert "Indholdet vises ikke her." in section(hidden, "unmapped")


def test_a_document_of_the_model() -> None:
    page = html.document_page(samples.full_document())
    assert "Genoptræning" in section(page, "data")
    assert "Genoptræning" in section(page, "text")
    assert "Teksten svarer til data." in section(page, "text")


def test_findings_may_be_given() -> None:
    data = scenes.disagreeing()
    page = html.document_page(data, findings=[])
    assert "Intet at bemærke." in section(page, "findings")


def test_numbers_can_be_hidden_everywhere() -> None:
    document = scenes.example("hospital-visit")
    number = document.appointment.patient.id.value
    data = apd.dumps(evolve(document, set_id=apd.Identifier("1.2.3", number)), check=False)
    data = data.replace(b"Kontrol efter", f"Kontrol af {number} efter".encode())
    page = html.document_page(data, name=f"{number}.xml", hide=lambda t: t.replace(number, "****"))
    assert number in html.document_page(data)
    assert number not in page
    assert "CPR ****" in page


# It tells no time, so there is no appointment in it; its text can be read.
UNREADABLE = ("Tidligere_versioner_DK-APD_Example_No_Time_Place.xml",)


@needs_examples
@pytest.mark.parametrize("name", example_names())
def test_official_examples(name) -> None:
    page = html.document_page((EXAMPLES / name).read_bytes(), name=name)
    found = ids(parsed(page))
    assert len(found) == len(set(found))
    assert ("Der kan ikke læses" in page) == (name in UNREADABLE)
    assert "Dokumentet har ingen læsbar tekst" not in page


@settings(max_examples=max(settings.default.max_examples // 4, 1))
@given(apd_st.documents(complete=False))
def test_every_document_has_a_page_that_states_all_of_it(document) -> None:
    page = html.document_page(document)
    assert marked(page) == []
    reported = {" ".join(text.split()) for text in texts(parsed(page), "//bdi")}
    for line in lines_of(document, "da", detail=Detail.FULL):
        assert {" ".join(visible(text).split()) for text in line.texts} <= reported
