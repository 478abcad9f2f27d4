"""The position of an element in the text of a document: line and column."""

from bisect import bisect_left
from functools import cached_property
from itertools import accumulate, islice

from apd.cda.encoding import codec_of
from apd.cda.lossless.markup import attribute_in, start_tags
from apd.cda.xml import Element, number_of_elements

_MARK = "\ufeff"


class SourcePlaces:
    """Finds the positions of elements in the text that they were read from.

    Elements and tags are counted as far as they are asked for.

    Args:
        data: the document.
        root: the root element that was read from it.
    """

    def __init__(self, data: bytes | str, root: Element) -> None:
        text, is_certain = _text(data)
        self._text = text
        self._left = enumerate(root.iter("*"))
        self._numbers: dict[Element, int] = {}
        self._starts_left = start_tags(text, None if is_certain else number_of_elements(root))
        self._starts: list[int] = []
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
        number, starts = self.number(element), self._starts
        starts.extend(islice(self._starts_left, max(0, number + 1 - len(starts))))
        return starts[number] if number < len(starts) else None

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
