"""A browser for those who ask for one, and pages in it that may ask for nothing."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.cli.conftest import apd_command  # noqa: F401  # a fixture of this folder as well
from tests.overview.html import browsing
from tests.overview.html.browsing import DESKTOP, Opened, Screen

Show = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A browser, started once."""
    missing = browsing.missing()
    if missing is not None:
        pytest.skip(missing)
    with browsing.browser() as started:
        yield started


@pytest.fixture(scope="module")
def show(browser, tmp_path_factory) -> Iterator[Show]:
    """Opens a page of HTML at a place in it; the same page in the same window just goes there.

    In the end, no page has asked for anything but itself, and the browser has no complaint.
    """
    folder = tmp_path_factory.mktemp("pages")
    windows: dict[tuple[str, Screen], Opened] = {}
    with ExitStack() as stack:

        def show(html: str, fragment: str = "", screen: Screen = DESKTOP) -> Any:
            window = windows.get((html, screen))
            if window is None:
                file = folder / f"{len(windows)}.html"
                file.write_text(html, "utf-8")
                window = stack.enter_context(browsing.opened(browser, file, fragment, screen))
                windows[html, screen] = window
            else:
                window.page.goto(window.file.as_uri() + fragment)
            return window.page

        yield show
        for window in windows.values():
            asked_for = {url.partition("#")[0] for url in window.asked_for}
            assert asked_for == {window.file.as_uri()}
            assert window.messages == []
