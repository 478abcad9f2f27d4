"""Documents that wish the page ill stay text, as a parser and as a browser see it."""

import re
from itertools import pairwise

import pytest
from lxml import etree

from apd.overview import html
from apd.text.characters import visible
from tests.overview.html import hostile, scenes
from tests.overview.html.browsing import NARROW, is_wider_than_window
from tests.overview.html.reading import parsed, texts

HOSTILE_TEXT = """<text><script>document.title = 'taken'</script>
<img src="http://example.com/x.png" onerror="document.title = 'taken'"/>
<linkHtml href="javascript:alert(1)">Tryk</linkHtml>
<table><tr><td colspan="99"><iframe src="http://example.com"/>&lt;/div&gt;&lt;script&gt;</td></tr></table>
<style>body { display: none }</style></text>"""


@pytest.fixture(scope="module")
def overview_text() -> str:
    return html.page(hostile.overview())


@pytest.fixture(scope="module")
def document_text() -> str:
    """A hostile document whose readable text is hostile as well."""
    data = scenes.disagreeing().decode()
    data = re.sub("<text>.*?</text>", HOSTILE_TEXT, data, count=1, flags=re.DOTALL)
    data = data.replace("Operation i knæet", "&lt;script&gt;alert(1)&lt;/script&gt;")
    return html.document_page(data, name=hostile.SCRIPT)


def test_nothing_becomes_markup(overview_text, document_text) -> None:
    for page in (overview_text, document_text):
        root = parsed(page)
        assert root.xpath("//script | //img | //iframe | //object | //svg | //form") == []
        assert len(root.xpath("//style")) == len(root.xpath("//head")) == 1
        for href in root.xpath("//a/@href"):
            assert re.match("#|tel:|sms:|mailto:|https?:|data:text/calendar;", href)
    assert "{{ 7 * 7 }} {% raw %}" in overview_text


@pytest.mark.parametrize("text", hostile.TEXTS)
def test_every_text_is_there_as_text(overview_text, text) -> None:
    shown = " ".join(visible(text).split())
    root = parsed(overview_text)
    headings = texts(root, "//article//h3 | //article//h4")
    assert [heading.startswith(shown) for heading in headings].count(True) == 1
    assert texts(root, "//dd/bdi").count(shown) >= 1


def test_controls_of_the_direction_are_seen_and_end_with_their_text(overview_text) -> None:
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x7f-\x9f]", overview_text)
    assert "\ufffd00.21 .lk gadirf \ufffdskjult" in overview_text
    root = parsed(overview_text)
    shown = visible(hostile.TURNED)
    for element in root.iter(etree.Element):
        if element.tag not in ("bdi", "title") and element.text:
            assert shown not in element.text


PHONE_WITH_SCRIPTS = NARROW._replace(scripts=True)


def test_a_browser_runs_nothing(show, overview_text, document_text) -> None:
    """Scripts may run here, and none does; what asks for something is caught by ``show``."""
    for text in (overview_text, document_text):
        page = show(text, screen=PHONE_WITH_SCRIPTS)
        assert page.title() != "taken"
        assert page.locator("h1").is_visible()
        assert page.evaluate("document.scripts.length") == 0


def test_long_words_and_texts_stay_on_the_page(show, overview_text, document_text) -> None:
    places = ("#list", "#week", "#month")
    for text, fragment in (*((overview_text, place) for place in places), (document_text, "")):
        page = show(text, fragment, PHONE_WITH_SCRIPTS)
        for width in (1100, 640, NARROW.width):
            page.set_viewport_size({"width": width, "height": NARROW.height})
            assert not is_wider_than_window(page)


def test_cards_keep_to_themselves(show, overview_text) -> None:
    page = show(overview_text, "#list", screen=PHONE_WITH_SCRIPTS)
    boxes = [card.bounding_box() for card in page.locator("article").all()]
    assert len(boxes) == len(hostile.TEXTS)
    for upper, lower in pairwise(boxes):
        assert upper["y"] + upper["height"] <= lower["y"]
        assert upper["x"] + upper["width"] <= NARROW.width
