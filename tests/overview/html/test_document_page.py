"""The page of one document, valid or not: its data beside its readable text, and findings."""

import pytest
from attrs import evolve
from hypothesis import given, settings

import apd
from apd.overview import html
from apd.overview.html.rendering import visible
from apd.testing import strategies as apd_st
from apd.text.appointment import Detail, lines_of
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
    for said in (
        "Patient Vera Lykke Skovsang CPR 2512489996 kvinde født 25. december 1948",
        "Status aktiv",
        "DK-APD 2.0.1",
        "tirsdag den 3. marts 2026 kl. 10.15–10.45",
    ):
        assert said in section(page, "data")
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
    assert "readable text, worded otherwise" in section(page, "unmapped")


def test_findings_have_clause_message_and_remedy() -> None:
    data = (scenes.DOCUMENTS / "hospital-visit.xml").read_bytes()
    page = html.document_page(data.replace(b'code="active"', b'code="cancelled"'))
    report = apd.validate(data.replace(b'code="active"', b'code="cancelled"'), language="da")
    assert not report.is_valid
    told = section(page, "findings")
    for finding in report.findings:
        for part in (finding.message, finding.rule, finding.path, *finding.conformance):
            assert " ".join(part.split()) in told
    assert "Sådan rettes det" in told
    assert "Status aflyst" in section(page, "data")
    errors = sum(finding.severity is apd.Severity.ERROR for finding in report.findings)
    assert f"Kontrollen fandt {errors} fejl." in text_of(parsed(page).xpath("//header")[0])


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
def test_every_document_has_a_page_that_says_all_of_it(document) -> None:
    told = {" ".join(text.split()) for text in texts(parsed(html.document_page(document)), "//bdi")}
    for line in lines_of(document, "da", detail=Detail.FULL):
        assert {" ".join(visible(text).split()) for text in line.texts} <= told
