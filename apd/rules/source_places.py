"""The position of an element in the text of a document: line and column."""

from bisect import bisect_left
from functools import cached_property
from itertools import accumulate
from typing import Any

from lxml import etree

from apd.cda.encoding import codec_of
from apd.cda.lossless.markup import attribute_in, start_tags
from apd.cda.xml import Element

_MARK = "\ufeff"
_count: Any = etree.XPath("count(//*)")


class SourcePlaces:
    """Finds the positions of elements in the text that they were read from.

    Elements and tags are counted as far as they are asked for.

    Args:
        data: the document.
        root: the root element that was read from it.
    """

    def __init__(self, data: bytes | str, root: Element) -> None:
        text = _text(data)
        self._text = text or ""
        self._left = enumerate(root.iter("*"))
        self._numbers: dict[Element, int] = {}
        self._starts_left = start_tags(self._text, int(_count(root)))
        self._starts: list[int] = []

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
        number = self.number(element)
        while len(self._starts) <= number:
            following = next(self._starts_left, None)
            if following is None:
                return None
            self._starts.append(following)
        return self._starts[number]

    def of(self, element: Element, attribute: str = "") -> tuple[int | None, int | None]:
        """Line and column of an element, each from 1; without a column where it is not found.

        Args:
            element: the element.
            attribute: the attribute to find, by lxml's name; "" for the element.
        """
        start = self._start(element)
        if start is None:
            # lxml-stubs has no type for it
            return getattr(element, "sourceline", None), None
        if attribute:
            found = attribute_in(self._text, start, attribute.rpartition("}")[2])
            start = start if found is None else found[0]
        before = bisect_left(range(len(self._lines)), start, key=self._line_end)
        return before + 1, start - (self._line_end(before - 1) if before else -1)

    def _line_end(self, line: int) -> int:
        return self._lines[line] + line


def _text(data: bytes | str) -> str | None:
    """What the lines and columns of a document are counted in."""
    try:
        text = data if isinstance(data, str) else data.decode(codec_of(data))
    except (LookupError, ValueError):
        return None
    return text.removeprefix(_MARK)
