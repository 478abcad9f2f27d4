"""The overview in a real browser: what is seen, by whom, and how it is reached."""

import re

import pytest

from apd.overview import html
from tests.overview.html import scenes
from tests.overview.html.browsing import (
    DESKTOP,
    PHONE,
    Screen,
    is_wider_than_window,
    style,
)

pytestmark = pytest.mark.slow

VIEWS = ("list", "week", "month")


@pytest.fixture(scope="module")
def page_text() -> str:
    return html.page(scenes.overview())


def seen(page) -> list[str]:
    """The views that are seen."""
    return [view for view in VIEWS if page.locator(f"#{view}").is_visible()]


def focused(page) -> str:
    """What has the focus, by its text."""
    return page.evaluate("document.activeElement.innerText").strip()


def test_the_list_is_seen_first(show, page_text) -> None:
    page = show(page_text)
    assert page.title() == "Aftaler for Viggo Bækdal"
    assert seen(page) == ["list"]
    assert page.get_by_role("heading", name="I gang").is_visible()
    assert page.get_by_role("article", name="Operation i knæet").is_visible()
    assert style(page, ".to-list", "font-weight") == "700"
    assert style(page, ".to-week", "font-weight") == "400"


def test_each_view_has_an_address(show, page_text) -> None:
    for view in VIEWS:
        page = show(page_text, f"#{view}")
        assert seen(page) == [view]
        assert style(page, f".to-{view}", "font-weight") == "700"


def test_a_week_has_its_days_side_by_side(show, page_text) -> None:
    page = show(page_text, "#week")
    days = page.get_by_role("region", name="Uge 17, 2026").locator("ol > li")
    boxes = [day.bounding_box() for day in days.all()]
    assert len({box["y"] for box in boxes}) == 1
    assert [box["x"] for box in boxes] == sorted({box["x"] for box in boxes})
    texts = [day.inner_text() for day in days.all()]
    assert ["hele dagen" in text for text in texts] == [False, True, True, *[False] * 4]
    assert "fra 11.00" in texts[0]
    assert "til 10.00" in texts[3]


def test_a_month_is_a_calendar(show, page_text) -> None:
    page = show(page_text, "#month")
    april = page.get_by_role("region", name="april 2026")
    days = april.locator("ol > li")
    assert days.count() == 30
    first, monday = days.nth(0).bounding_box(), days.nth(5).bounding_box()
    assert first["x"] > monday["x"]  # 1 April 2026 is a Wednesday
    assert april.get_by_text("uge 15").is_visible()
    assert "Overlapper en anden aftale" in days.nth(8).inner_text()


def test_keyboard_alone(show, page_text) -> None:
    """From the skip link through the views to a card, and back."""
    page = show(page_text)
    page.reload()
    page.keyboard.press("Tab")
    assert focused(page) == "Spring til listen"
    assert page.locator(".skip.in-list").bounding_box()["x"] >= 0
    order = []
    for _ in range(4):
        page.keyboard.press("Tab")
        order.append(focused(page))
    assert order[:3] == ["Liste", "Uge", "Måned"]
    assert " ".join(order[3].split()).startswith(
        "Flere oplysninger : Operation i knæet, Kløverby Sygehus, tirsdag den 10. marts 2026"
    )
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert seen(page) == ["week"]
    page.keyboard.press("Tab")
    assert focused(page) == "Operation i knæet"
    page.keyboard.press("Enter")
    assert seen(page) == ["list"]
    page.keyboard.press("Tab")
    assert focused(page).startswith("Flere oplysninger")
    page.go_back()
    assert seen(page) == ["week"]


def test_the_skip_link_leads_past_the_menu(show, page_text) -> None:
    page = show(page_text, "#week")
    page.locator(".skip.in-week").focus()
    page.keyboard.press("Enter")
    assert seen(page) == ["week"]
    page.keyboard.press("Tab")
    assert focused(page) == "Operation i knæet"


def test_a_day_of_a_month_leads_to_its_week(show, page_text) -> None:
    page = show(page_text, "#month", PHONE)
    page.get_by_role("link", name="torsdag den 9. april 2026 (2 aftaler)").press("Enter")
    assert seen(page) == ["week"]
    assert page.locator("#d-2026-04-09").is_visible()


def test_what_is_folded_opens_by_keyboard(show, page_text) -> None:
    """What else the document says; all appointments of a series are seen without that."""
    page = show(page_text)
    page.reload()
    card = page.get_by_role("article", name="Operation i knæet")
    assert not card.get_by_text("SOR-kode 9990071000016008").is_visible()
    card.get_by_text("Flere oplysninger").press("Enter")
    assert card.get_by_text("SOR-kode 9990071000016008").is_visible()
    of_series = page.get_by_role("article", name="Genoptræning i vand").all()
    assert [card.is_visible() for card in of_series] == [True, True, True]


def test_the_summary_of_overlaps_leads_to_the_first(show, page_text) -> None:
    page = show(page_text)
    page.reload()
    page.locator(".overlapping a").press("Enter")
    card = page.locator("article:target")
    assert card.is_visible()
    assert "15.00–16.00" in card.inner_text()
    card.locator(".clash a").press("Enter")
    assert "Årskontrol" in page.locator("article:target").inner_text()


def test_focus_is_seen_everywhere(show, page_text) -> None:
    page = show(page_text)
    page.reload()
    for _ in range(8):
        page.keyboard.press("Tab")
        assert style(page, ":focus", "outline-style") == "solid"
        assert 0 <= page.locator(":focus").bounding_box()["y"] < DESKTOP.height


def test_a_phone_needs_no_scrolling_sideways(show, page_text) -> None:
    for view in VIEWS:
        page = show(page_text, f"#{view}", PHONE)
        for width in (320, 640, PHONE.width):
            page.set_viewport_size({"width": width, "height": PHONE.height})
            assert not is_wider_than_window(page)


def test_what_is_pressed_is_large_enough(show, page_text) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, for what is no word in a sentence."""
    for view, pressed in {"#month": "nav a, .day a", "": "[href^='tel:'], .clash a"}.items():
        targets = show(page_text, view, PHONE).locator(pressed).locator("visible=true").all()
        assert len(targets) > 5
        for target in targets:
            box = target.bounding_box()
            assert min(box["width"], box["height"]) >= 24


def test_dark(show, page_text) -> None:
    def brightness(page, name: str) -> int:
        return sum(map(int, re.findall(r"\d+", style(page, "body", name))[:3]))

    light, dark = show(page_text), show(page_text, screen=Screen(dark=True))
    assert brightness(light, "background-color") > brightness(light, "color")
    assert brightness(dark, "background-color") < brightness(dark, "color")


def test_paper_has_all_of_it(show, page_text) -> None:
    page = show(page_text, screen=Screen(dark=True, printed=True))
    assert not page.get_by_role("navigation").is_visible()
    cards = page.get_by_role("article", name="Genoptræning i vand").all()
    assert all(card.bounding_box()["height"] > 30 for card in cards)
    assert style(page, "body", "color") == "rgb(0, 0, 0)"
    for place in ("body", ".card", ".cautions"):
        assert style(page, place, "background-color") == "rgb(255, 255, 255)"


def test_calendars_are_printed_across(show, page_text) -> None:
    for view, is_wide in (("list", False), ("week", True), ("month", True)):
        pdf = show(page_text, f"#{view}").pdf(format="A4", prefer_css_page_size=True)
        boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
        assert {float(width) > float(height) for width, height in boxes} == {is_wide}
