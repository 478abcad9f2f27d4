"""Sixty documents of one patient in a browser: what is next is seen at once, nothing is hidden."""

import re
from itertools import pairwise
from urllib.parse import unquote

import pytest

from apd.overview import html
from tests import samples
from tests.overview import kit
from tests.overview.html import sixty
from tests.overview.html.browsing import Screen, is_wider_than_window, style
from tests.overview.html.hostile import SCRIPT
from tests.overview.html.reading import parsed, text_of, texts
from tests.overview.html.test_accessible import complaints
from tests.overview.reading_ics import events, own_events

PHONE = Screen(375, 812)
VIEWS = ("list", "week", "month")


@pytest.fixture(scope="module")
def page_text() -> str:
    return html.page(sixty.overview())


def test_the_dates_are_in_order_and_everything_coming_stands_once(page_text) -> None:
    made = sixty.overview()
    root = parsed(page_text)
    coming = "//article[not(ancestor::details)]"
    times = root.xpath(f"{coming}/p[@class='when']/time/@datetime")
    assert times == [entry.shown.start.isoformat() for entry in made.agenda.entries]
    assert [time[:19] for time in times] == sorted(time[:19] for time in times)
    assert root.xpath(f"{coming}/@id") == [f"a-{one.shown.key}" for one in made.agenda.entries]
    assert len(made.ongoing) + len(made.upcoming) == len(times)
    past = root.xpath("//details[@class='past']//article/p/time/@datetime")
    assert past == sorted(past, reverse=True)
    assert len(past) + len(times) == sixty.COUNT


def test_two_series_clashes_a_block_and_a_protected_address() -> None:
    """What the sixty are, so that nothing below holds of less."""
    made = sixty.overview()
    in_series = {entry.position.count for entry in made.agenda.entries if entry.position}
    assert in_series == {20, 25}
    assert len(made.overlaps) >= 10
    assert made.has_withheld
    assert made.patient.address.city == "ADRESSEBESKYTTET"
    assert any(SCRIPT in shown.about for shown in made.upcoming)


def test_headings_landmarks_and_names_of_controls(page_text) -> None:
    """What is read out: headings step by step, regions with a name, no two controls alike."""
    root = parsed(page_text)
    (body,) = root.xpath("//body")
    assert [one.tag for one in body if one.tag != "a"] == ["header", "main"]
    assert len(root.xpath("//h1")) == 1
    levels = [int(one.tag[1]) for one in root.xpath("//h1 | //h2 | //h3 | //h4")]
    assert all(lower - upper <= 1 for upper, lower in pairwise(levels))
    assert root.xpath("//nav[not(@aria-label)]") == []
    assert root.xpath("//main//section[not(@aria-label or @aria-labelledby)]") == []
    assert root.xpath("//article[not(@aria-labelledby)]") == []
    for path in ("//summary", "//*[@id='list']//a[@download]", "//label"):
        names = texts(root, path)
        assert names
        assert all(names)
        assert len(set(names)) == len(names)
    assert root.xpath("//input[not(parent::label)]") == []
    assert [link for link in root.xpath("//a") if not text_of(link)] == []


def test_nothing_coming_is_behind_a_control(page_text) -> None:
    made = sixty.overview()
    root = parsed(page_text)
    coming = {f"#a-{one.key}" for one in (*made.ongoing, *made.upcoming)}
    assert not coming & set(root.xpath("//details//li[contains(@class, 'mark')]/a/@href"))


def test_a_caution_is_shown_in_full_once(page_text) -> None:
    (caution,) = sixty.overview().agenda.cautions
    assert parsed(page_text).text_content().count(caution[1]) == 1


def test_codes_are_for_professionals(page_text) -> None:
    assert "SOR-kode" not in page_text
    assert "SOR-kode" in html.page(sixty.overview(viewer=kit.NURSE))
    coded = samples.full_document()  # a reason of SNOMED CT, and an organisation of SKS
    for viewer, count in ((kit.SELF, 0), (kit.NURSE, 1)):
        shown = unquote(html.page(kit.overview(coded, viewer=viewer)))
        for code in ("SNOMED CT", coded.appointment.reason.code.code, "SKS ", "Ydernummer"):
            assert (code in shown) == count


def test_a_cell_shows_who_carries_it_out_and_not_the_caution(page_text) -> None:
    root, performers = parsed(page_text), {one.performer for one in sixty.overview().agenda.entries}
    (caution,) = sixty.overview().agenda.cautions
    for view in ("week", "month"):
        names = texts(root, f"//*[@id='{view}']//li[contains(@class, 'mark')]/*[@class='place']")
        assert {name.replace("\u00ad", "") for name in names} == performers
        assert caution[1] not in text_of(root.xpath(f"//*[@id='{view}']")[0])


def test_no_trace_of_the_address(page_text) -> None:
    assert "Birkelunden" not in page_text
    assert texts(parsed(page_text), "//*[contains(@class, 'withheld')]")


# --- in a browser --------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_is_next_is_seen_on_a_phone(show, page_text) -> None:
    page = show(page_text, screen=PHONE)
    first = page.locator("article").first.bounding_box()
    assert first["y"] + first["height"] <= 500
    assert page.get_by_role("heading", name="Næste aftale").bounding_box()["y"] <= 500
    assert page.locator(".next .when").bounding_box()["y"] <= 500


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS)
def test_no_scrolling_sideways(show, page_text, view) -> None:
    page = show(page_text, f"#{view}", PHONE)
    for width in (320, 375, 414, 640, 960, 1100, 1600):
        page.set_viewport_size({"width": width, "height": 812})
        assert not is_wider_than_window(page)


@pytest.mark.slow
def test_it_is_seen_from_above_to_below_as_it_is_read(show, page_text) -> None:
    for screen in (PHONE, Screen(1400, 900), Screen(794, 1123, printed=True)):
        page = show(page_text, screen=screen)
        boxes = [one.bounding_box() for one in page.locator("article:visible").all()]
        assert len(boxes) == len(sixty.overview().agenda.entries)
        tops = [box["y"] for box in boxes]
        assert tops == sorted(tops)


@pytest.mark.slow
def test_a_choice_shows_some_of_the_days_and_paper_all(show, page_text) -> None:
    page = show(page_text, screen=Screen(1000, 900))
    cards = page.locator("#list section[aria-labelledby='later'] article")
    every, by = cards.count(), "Ortopædkirurgisk Ambulatorium, Kløverby Sygehus"
    page.get_by_role("radio", name=by).check()
    seen = [card.inner_text() for card in cards.all() if card.is_visible()]
    assert 0 < len(seen) < every
    assert all(by in text for text in seen)
    assert page.locator(".next").is_visible()
    page.emulate_media(media="print")
    assert all(card.is_visible() for card in cards.all())
    page.emulate_media(media="screen")
    page.get_by_role("radio", name="Alle").check()
    page.get_by_label("Kun aftaler i en serie").check()
    seen = [card.inner_text() for card in cards.all() if card.is_visible()]
    assert 0 < len(seen) < every
    assert all("i serien" in text for text in seen)
    page.get_by_label("Kun aftaler i en serie").uncheck()
    assert all(card.is_visible() for card in cards.all())


@pytest.mark.slow
def test_paper(show, page_text) -> None:
    """At most a sheet for ten appointments, and one; each says whose they are."""
    page = show(page_text, screen=Screen(900, 900))
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
    assert sheets <= len(sixty.overview().agenda.entries) / 10 + 1
    page = show(page_text, screen=Screen(794, 1123, printed=True))
    assert page.locator(".running").is_visible()
    # what makes Chromium repeat it on every sheet
    assert style(page, ".running", "display") == "table-header-group"
    assert style(page, ".running", "break-inside") == "avoid"


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(show, page_text, view) -> None:
    page = show(page_text, f"#{view}", PHONE._replace(scripts=True))
    assert complaints(page) == []


@pytest.mark.slow
def test_calendar_files_are_taken_from_the_page_itself(show, page_text, tmp_path) -> None:
    """By a link of one and by the link of all; what is saved is read as iCalendar."""
    page = show(page_text, screen=Screen(1000, 900))
    entries = sixty.overview().agenda.entries
    links = page.locator("a[download]:visible")
    for number, name, keys in (
        (0, "aftale.ics", [sixty.overview().agenda.next.shown.key]),
        (1, "aftaler.ics", [entry.shown.key for entry in entries]),
        (2, "aftale.ics", [entries[2].shown.key]),
    ):
        with page.expect_download() as download:
            links.nth(number).press("Enter")
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
        text = (tmp_path / name).read_bytes().decode()
        assert list(events(text)) == list(own_events(text)) == keys


@pytest.mark.slow
def test_hostile_text_stays_text(show, page_text) -> None:
    page = show(page_text, screen=PHONE._replace(scripts=True))
    assert page.title() == "Aftaler for Solveig Maj Tranekær"
    assert page.evaluate("document.scripts.length") == 0
    (entry,) = (one for one in sixty.overview().agenda.entries if SCRIPT in one.title)
    card = page.locator(f"#a-{entry.shown.key}")
    assert SCRIPT in card.get_by_role("heading").inner_text()


@pytest.mark.slow
def test_the_keyboard_goes_down_the_page(show, page_text) -> None:
    """In the order in which it is seen and read, card by card, and every stop can be seen."""
    page = show(page_text, screen=Screen(1000, 2500))
    page.reload()
    page.keyboard.press("Tab")  # the link that skips the menu
    tops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stop = page.locator(":focus")
        assert stop.is_visible()
        tops.append(stop.evaluate(_TOP))
    rows = [round(top / 10) for top in tops]
    assert rows == sorted(rows)


_TOP = "one => (one.closest('article') ?? one).getBoundingClientRect().top + window.scrollY"
