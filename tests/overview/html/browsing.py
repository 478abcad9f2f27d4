"""A real browser: Debian's Chromium, driven by Playwright, without any network.

Where there is none, the tests that ask for it are skipped and say what is missing.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",  # root has none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",
)


def missing() -> str | None:
    """What is missing for a browser; None where there is one."""
    try:
        import axe_playwright_python  # noqa: F401
        import playwright  # noqa: F401
    except ImportError as error:
        return f"{error.name} is not installed: pip install 'dk-apd[test]'"
    if _chromium() is None:
        return f"there is no browser: none of {', '.join(_NAMES)} is on the PATH"
    return None


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def browser() -> Iterator["Browser"]:
    """A browser with an empty profile."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=_chromium(), args=_FLAGS)
        yield started
        started.close()


class Screen(NamedTuple):
    """How somebody looks at a page.

    Args:
        width: of the window, in CSS pixels.
        height: of the window.
        dark: the dark colours are asked for.
        printed: as it looks on paper.
        scripts: whether scripts may run; pages need none.
    """

    width: int = 1100
    height: int = 900
    dark: bool = False
    printed: bool = False
    scripts: bool = False


DESKTOP = Screen()
PHONE = Screen(375, 760)
NARROW = Screen(320, 640)


class Opened(NamedTuple):
    """A page that is open.

    Args:
        file: its file.
        page: Playwright's page.
        asked_for: every address that was asked for.
        messages: errors and warnings of the browser.
    """

    file: Path
    page: "Page"
    asked_for: list[str]
    messages: list[str]


@contextmanager
def opened(
    browser: "Browser", file: Path, fragment: str = "", screen: Screen = DESKTOP
) -> Iterator[Opened]:
    """A file in a window of its own, without network."""
    context = browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        color_scheme="dark" if screen.dark else "light",
        java_script_enabled=screen.scripts,
        reduced_motion="reduce",
        offline=True,
        locale="da-DK",
    )
    asked_for: list[str] = []
    messages: list[str] = []
    context.on("request", lambda request: asked_for.append(request.url))
    page = context.new_page()
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("dialog", lambda dialog: (messages.append("a dialog"), dialog.dismiss()))
    if screen.printed:
        page.emulate_media(media="print")
    page.goto(file.as_uri() + fragment)
    yield Opened(file, page, asked_for, messages)
    context.close()


def is_wider_than_window(page: "Page") -> bool:
    """True where the page has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def style(page: "Page", selector: str, name: str) -> Any:
    """A computed style of the first element."""
    return page.locator(selector).first.evaluate(
        "(element, name) => getComputedStyle(element).getPropertyValue(name)", name
    )
