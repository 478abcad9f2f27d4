"""A page as a parser of HTML sees it."""

from urllib.parse import unquote

import lxml.html
from lxml.html import HtmlElement


def parsed(page: str) -> HtmlElement:
    """The root of a page."""
    return lxml.html.document_fromstring(page)


def text_of(element: HtmlElement) -> str:
    """All that is read in an element, with one blank for many."""
    return " ".join(element.text_content().split())


def texts(root: HtmlElement, selector: str) -> list[str]:
    """What is read in the elements that a path selects."""
    return [text_of(element) for element in root.xpath(selector)]


def ids(root: HtmlElement) -> list[str]:
    """Every id on the page."""
    return [str(value) for value in root.xpath("//@id")]


def calendars(root: HtmlElement) -> dict[str, str]:
    """The calendar files of the links: by the id of the card, or ``all``."""
    scheme = "data:text/calendar;charset=utf-8,"
    return {
        next(iter(link.xpath("ancestor::article/@id")), "all"): unquote(
            link.get("href").removeprefix(scheme)
        )
        for link in root.xpath("//a[@download]")
    }
