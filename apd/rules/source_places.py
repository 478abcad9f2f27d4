"""The position of an element in the text of a document: line and column."""

import re
from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property, lru_cache
from itertools import accumulate

from apd.cda.encoding import codec_of
from apd.cda.lossless.markup import attribute_in
from apd.cda.xml import Element, number_of_elements

_MARK = "\ufeff"
# nothing is given back, and each ends with the text if nothing else ends it
_HIDDEN = (
    r"!--[^\-]*+(?>(?:-(?!->)[^\-]*+)*)"
    r"|!\[CDATA\[[^\]]*+(?>(?:\](?!\]>)[^\]]*+)*)"
    r"|\?[^?]*+(?>(?:\?(?!>)[^?]*+)*)"
)
_TO_START = rf"[^<]*+(?>(?:<(?:/|{_HIDDEN})[^<]*+)*)<(?=[^/!?])"
"""Up to the bracket with which the next element starts."""
_BLOCK = 16
"""So many of these are passed at once, and the last one remembered."""
_next_start = re.compile(_TO_START).match


@lru_cache(maxsize=_BLOCK)
def _passing(starts: int) -> Callable[[str, int], re.Match[str] | None]:
    """Passes so many starts of elements at once."""
    return re.compile(f"(?:{_TO_START}){{{starts}}}").match


class SourcePlaces:
    """Finds the positions of elements in the text that they were read from.

    Elements and tags are counted as far as they are asked for.

    Args:
        data: the document.
        root: the root element that was read from it.
    """

    def __init__(self, data: bytes | str, root: Element) -> None:
        text, is_certain = _text(data)
        if not is_certain and _number_of_starts(text) != number_of_elements(root):
            text = ""
        self._text = text
        self._left = enumerate(root.iter("*"))
        self._numbers: dict[Element, int] = {}
        self._blocks = [0]  # behind so many blocks of starts, where the next one begins
        self._known: dict[tuple[Element, str], tuple[int | None, int | None]] = {}
        self._asked = 0

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line ends, without the line ends before it."""
        return list(accumulate(map(len, self._text.split("\n"))))

    def number(self, element: Element) -> int:
        """The place of an element in the order of the document."""
        if element not in self._numbers:
            for number, one in self._left:
                self._numbers[one] = number
                if one is element:
                    break
        return self._numbers.get(element, 0)

    def _start(self, element: Element) -> int | None:
        """Where an element starts in the text; None where it is not found."""
        block, before = divmod(self.number(element), _BLOCK)
        text, blocks = self._text, self._blocks
        while len(blocks) <= block:
            found = _passing(_BLOCK)(text, blocks[-1])
            if found is None:
                return None
            blocks.append(found.end())
        found = _passing(before + 1)(text, blocks[block])
        return None if found is None else found.end() - 1

    def of(self, element: Element, attribute: str = "") -> tuple[int | None, int | None]:
        """Line and column of an element, each from 1; without a column where it is not found.

        Args:
            element: the element.
            attribute: the attribute to find, by lxml's name; "" for the element.
        """
        known = self._known.get((element, attribute))
        if known is None:
            known = self._known[element, attribute] = self._found(element, attribute)
        return known

    def _found(self, element: Element, attribute: str) -> tuple[int | None, int | None]:
        start = self._start(element)
        if start is None:
            # lxml-stubs has no type for it
            return getattr(element, "sourceline", None), None
        if attribute:
            found = attribute_in(self._text, start, attribute.rpartition("}")[2])
            start = start if found is None else found[0]
        return self._line_and_column(start)

    def _line_and_column(self, at: int) -> tuple[int, int]:
        self._asked += 1
        if self._asked <= _FEW:
            text = self._text
            return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        before = bisect_left(range(len(self._lines)), at, key=self._line_end)
        return before + 1, at - (self._line_end(before - 1) if before else -1)

    def _line_end(self, line: int) -> int:
        return self._lines[line] + line


_FEW = 8
"""So many places are found without a table of all lines, which takes as long to make."""


def _number_of_starts(text: str) -> int:
    number, found = 0, _next_start(text)
    while found is not None:
        number, found = number + 1, _next_start(text, found.end())
    return number


def _text(data: bytes | str) -> tuple[str, bool]:
    """What the lines and columns of a document are counted in, and whether libxml2 read the same.

    Of most encodings Python and libxml2 have each their own table.
    """
    if isinstance(data, str):
        return data.removeprefix(_MARK), True
    codec = codec_of(data)
    try:
        return data.decode(codec).removeprefix(_MARK), codec == "utf-8"
    except (LookupError, ValueError):
        return "", False
