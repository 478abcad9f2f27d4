"""Compares elements by their canonical XML, without walking through them."""

import re
from itertools import accumulate
from operator import eq

from apd.cda.lossless.markup import WRITERS_SCOPE, Element
from apd.cda.xml import canonical_xml, parse
from apd.limits import MAX_SCOPE


class Canonical:
    """The canonical XML of a text: attributes in order, no comments, no blanks between elements."""

    def __init__(self, root: Element) -> None:
        self._pieces = _canonical(root.markup.text).split("<")[1:]
        closes = root.markup.closes
        # a tag that closes itself is two tags there
        self._more = list(accumulate(map(eq, closes, range(len(closes))), initial=0))
        self._closes, self._scope = closes, root.scope
        self._is_known = len(self._pieces) == len(closes) + self._more[-1] and all(
            self._scope.get(prefix, uri) == uri for prefix, uri in WRITERS_SCOPE.items()
        )

    def of(self, element: Element) -> list[str] | None:
        """The canonical XML of an element; None if its prefixes may have an unusual meaning."""
        if not self._is_known or element.scope is not self._scope:
            return None
        number, closing = element.number, self._closes[element.number]
        first = number + self._more[number]
        return self._pieces[first : max(closing + self._more[closing], first + 1)]


def _canonical(text: str) -> str:
    """Canonical XML; empty where it cannot be had, or would cost too much."""
    if len(set(_declared_prefixes(text))) > MAX_SCOPE:
        return ""
    return canonical_xml(parse(text, max_bytes=len(text))) or ""


_declared_prefixes = re.compile(r"\bxmlns:([^\s=]+)").findall
