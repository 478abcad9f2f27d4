"""The position of an element in the text of a document: line and column."""

from bisect import bisect_left
from itertools import accumulate

from apd.cda.lossless.markup import attribute_in, decoded, encoded, start_tags
from apd.cda.xml import Element

_MARK = "\ufeff"


class SourcePlaces:
    """Finds the positions of elements in the text that they were read from.

    Args:
        data: the document.
        root: the root element that was read from it.
    """

    def __init__(self, data: bytes | str, root: Element) -> None:
        self._numbers = {one: number for number, one in enumerate(root.iter("*"))}
        text = _text(data)
        self._starts = [] if text is None else start_tags(text, len(self._numbers))
        self._text = text or ""
        # where each line ends, without the line ends before it
        self._lines = list(accumulate(map(len, self._text.split("\n"))))

    def number(self, element: Element) -> int:
        """The place of an element in the order of the document."""
        return self._numbers.get(element, 0)

    def of(self, element: Element, attribute: str = "") -> tuple[int | None, int | None]:
        """Line and column of an element, each from 1; without a column where it is not found.

        Args:
            element: the element.
            attribute: the attribute to find, by lxml's name; "" for the element.
        """
        if not self._starts:
            # lxml-stubs has no type for it
            return getattr(element, "sourceline", None), None
        start = self._starts[self.number(element)]
        if attribute:
            found = attribute_in(self._text, start, attribute.rpartition("}")[2])
            start = start if found is None else found[0]
        before = bisect_left(range(len(self._lines)), start, key=self._line_end)
        return before + 1, start - (self._line_end(before - 1) if before else -1)

    def _line_end(self, line: int) -> int:
        return self._lines[line] + line


def _text(data: bytes | str) -> str | None:
    """What the lines and columns of a document are counted in."""
    if isinstance(data, str):
        return data.removeprefix(_MARK)
    text, codec = decoded(data)
    return text.removeprefix(_MARK) if encoded(text, codec) == data else None
