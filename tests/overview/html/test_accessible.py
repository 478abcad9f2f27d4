"""axe-core finds nothing to complain about, in any view, colour, width or language."""

from pathlib import Path

import pytest

import apd
from apd.overview import html
from apd.testing.certification import SimulatedClock, certify, maker
from apd.testing.certification import html as protocol_page
from tests.overview.html import scenes
from tests.overview.html.browsing import PHONE, Screen

pytestmark = pytest.mark.slow

LIGHT = Screen(scripts=True)
DARK = Screen(dark=True, scripts=True)
DARK_PHONE = PHONE._replace(dark=True, scripts=True)


def complaints(page) -> list[str]:
    """What axe-core says is wrong, once all that is folded is open."""
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['html']}" for one in found for node in one["nodes"]
    ]


def test_axe_core_complains_of_what_is_wrong(show) -> None:
    page = show("<!doctype html><p style='color: #ccc'>Svagt</p>", screen=LIGHT)
    assert {complaint.split()[0] for complaint in complaints(page)} >= {
        "color-contrast",
        "document-title",
        "html-has-lang",
    }


@pytest.mark.parametrize(
    ("language", "screen", "views"),
    [("da", LIGHT, ("list", "week")), ("en", DARK_PHONE, ("list", "month"))],
)
def test_overview(show, language, screen, views) -> None:
    now = apd.local_time(2026, 4, 9, 15, 40)  # some are past, one is upcoming, two go on
    text = html.page(scenes.overview(scenes.a_few(), language=language, now=now))
    for view in views:
        assert complaints(show(text, f"#{view}", screen)) == []


@pytest.mark.parametrize("screen", [LIGHT, DARK_PHONE], ids=["light", "dark"])
def test_document(show, screen) -> None:
    assert complaints(show(html.document_page(scenes.disagreeing()), screen=screen)) == []


@pytest.mark.parametrize("screen", [LIGHT, DARK_PHONE], ids=["light", "dark"])
def test_test_protocol(show, screen) -> None:
    """Some of it passed, some failed, and some was not tested."""
    now = apd.local_time(2026, 11, 2, 9, 31)
    protocol = certify(
        maker(lambda booking: booking.id.value),
        clock=SimulatedClock(now),
        types=[apd.AppointmentType.STANDARD],
    )
    assert complaints(show(protocol_page(protocol, "da"), screen=screen)) == []


def test_axe_core_comes_with_its_package() -> None:
    """Nothing is downloaded to run these tests."""
    package = pytest.importorskip("axe_playwright_python")
    assert (Path(package.__file__).parent / "axe.min.js").is_file()
