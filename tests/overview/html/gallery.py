"""The pictures of docs/gallery.md: python -m tests.overview.html.gallery makes them anew.

Everything is fixed but the fonts, which are those of the machine. A page asks for Arial where
nothing better is there; with Debian's fonts-liberation the pictures come out as they are.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from apd.overview import html
from tests.overview.html import browsing, scenes
from tests.overview.html.browsing import DESKTOP, PHONE, Screen
from tests.places import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGE = ROOT / "docs" / "gallery.md"
PICTURES = ROOT / "docs" / "gallery"
_PAPER = Screen(794, 1123, printed=True)  # A4, at 96 dots an inch


class Shot(NamedTuple):
    """A picture.

    Args:
        make: makes the page.
        screen: how it is looked at.
        fragment: where in the page.
        opens: texts that are pressed first.
        only: the element that is shown, by its name to assistive technology; None shows the window.
    """

    make: Callable[[], str]
    screen: Screen = DESKTOP
    fragment: str = ""
    opens: tuple[str, ...] = ()
    only: str | None = None


def _danish() -> str:
    return html.page(scenes.overview())


def _english() -> str:
    return html.page(scenes.overview(language="en"))


def _disagreeing() -> str:
    data = scenes.disagreeing()
    return html.document_page(data, name="operation-indicative.xml", language="en")


SHOTS = {
    "list": Shot(_danish),
    "week": Shot(_danish, fragment="#w-2026-W15"),
    "month": Shot(_danish, fragment="#month"),
    "card": Shot(
        _danish,
        DESKTOP._replace(height=3000),  # the menu stays at the top, and not above the card
        opens=("Flere oplysninger", "Fund ved kontrol af dokumentet (1)"),
        only="Årskontrol",
    ),
    "english": Shot(_english),
    "dark": Shot(_danish, DESKTOP._replace(dark=True)),
    "phone-list": Shot(_danish, PHONE),
    "phone-week": Shot(_danish, PHONE, "#week"),
    "phone-month": Shot(_danish, PHONE, "#month"),
    "paper": Shot(_danish, _PAPER),
    "document": Shot(_disagreeing),
}


def take(page: "Page", address: str, shot: Shot) -> bytes:
    """The picture, as PNG.

    Args:
        page: a window of the browser.
        address: of the page that ``shot.make`` made; another one for every picture, so that
            nothing is left of the last.
        shot: what the picture shows.
    """
    screen = shot.screen
    page.set_viewport_size({"width": screen.width, "height": screen.height})
    page.emulate_media(
        media="print" if screen.printed else "screen",
        color_scheme="dark" if screen.dark else "light",
    )
    page.goto(address + shot.fragment)
    if shot.only is None:
        return page.screenshot()
    element = page.get_by_role("article", name=shot.only)
    for text in shot.opens:
        element.get_by_text(text).click()
    return element.screenshot()


def pictures(browser: "Browser", folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every picture with its name.

    Args:
        browser: takes them.
        folder: for the pages while they are open.
    """
    with closing(browser.new_context(offline=True, locale="da-DK")) as window:
        page = window.new_page()
        for name, shot in SHOTS.items():
            file = folder / f"{name}.html"
            file.write_text(shot.make(), "utf-8")
            yield name, take(page, file.as_uri(), shot)


def main() -> None:
    """Make all of them."""
    missing = browsing.missing()
    if missing is not None:
        sys.exit(missing)
    PICTURES.mkdir(exist_ok=True)
    with browsing.browser() as browser, tempfile.TemporaryDirectory() as folder:
        for name, picture in pictures(browser, Path(folder)):
            (PICTURES / f"{name}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
